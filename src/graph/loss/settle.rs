//! The least fixed point of the losses that a cut causes, reached from 0.

use std::ops::Range;

use super::bound::{Known, Side};
use super::fill::{Part, ROUNDING};
use super::network::{Network, REST, Way};
use super::places::Places;
use crate::facts::Interval;
use crate::graph::{ArcIx, NodeIx, RequirementIx};

/// How often the losses of nodes that depend on each other in a circle are worked out before they
/// count as unsettled.
pub const MOST_ROUNDS: usize = 100_000;

/// Losses that would grow by less than this part of themselves are at rest. A part of themselves,
/// because in a circle that loses little at each turn small steps can come to much.
const STILL: f64 = 1e-13;

/// By how much upper bounds in a circle are raised, one attempt after the other.
const UNITS: [f64; 6] = [1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10];

/// How an upper bound that was reached from below is raised: to whole units, because what comes to
/// the same in the end is then the same; each by a unit more, so that what each takes in by less
/// than all of it rises by less; each by a part of itself, for what takes in more than all of
/// something.
const GUESSES: [fn(f64, f64) -> f64; 3] = [
    |most, unit| whole_units(most, unit) * unit,
    |most, unit| (whole_units(most, unit) + 1.0) * unit,
    |most, unit| most * (1.0 + unit),
];

/// The units that a number comes to; a thousandth of one too much counts as rounding.
fn whole_units(number: f64, unit: f64) -> f64 {
    (number / unit - 1e-3).ceil()
}

/// How often upper bounds that were raised are worked out anew, to see whether they hold, before
/// they are raised by more.
const ROUNDS_UP: usize = 40;

/// How often upper bounds of 1 are worked out anew to bring them down.
const ROUNDS_DOWN: usize = 1_000;

/// What is lost of each node of a network when some are cut.
#[derive(Debug)]
pub struct Losses<'n> {
    network: &'n Network,
    /// By place.
    bounds: Vec<Interval>,
    /// What the cut itself takes, by place, in their order.
    cut: Vec<(u32, f64)>,
    reached: Places,
    /// What is gone entirely.
    gone: Places,
    is_even: bool,
    unsettled: usize,
}

/// One bound of a node's loss, and what gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// The bound.
    pub bound: f64,
    /// The requirement that gives it; none where the cut itself does.
    pub requirement: Option<RequirementIx>,
    /// The alternatives of that requirement that take part, the largest loss first.
    pub terms: Vec<Term>,
}

/// One alternative in a proof.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The alternative.
    pub arc: ArcIx,
    /// The share that gives the bound.
    pub share: f64,
    /// The bound of the loss of what it leads to.
    pub loss: f64,
}

impl Network {
    /// What is lost of each node when these parts, from 0 to 1, of these nodes are cut, if all who
    /// take from something go short of it in proportion; parts of one node are not added up, the
    /// larger counts.
    ///
    /// Takes time in proportion to the nodes that depend on the cut, and to their alternatives, but
    /// for sorting the alternatives of each requirement, and for rounds where nodes depend on each
    /// other in a circle; and 16 bytes for each node of the network.
    ///
    /// ```
    /// use hanjung::World;
    ///
    /// let world = World::of_texts([("a.ron", r#"[
    ///     Document(id: "d", title: "D", publisher: "P", date: "2025"),
    ///     Economy(id: "china", en: "China"), Material(id: "graphite", en: "graphite"), Product(id: "anode", en: "anode"),
    ///     Produces(by: "china", good: "graphite", world_share: AtLeast(0.6), evidence: [Reported(doc: "d", at: "p1")]),
    ///     Needs(good: "anode", input: "graphite", evidence: [Reported(doc: "d", at: "p1")]),
    /// ]"#)])?;
    /// let node = |id| world.subject_nodes(world.entity(id).unwrap())[0];
    /// let china = world.target_nodes(world.entity("china").unwrap());
    /// let cut: Vec<_> = china.into_iter().map(|node| (node, 1.0)).collect();
    /// let network = world.parts().graph.network(|_| true);
    /// let losses = network.losses(&cut);
    /// assert_eq!((losses.of(node("anode")).lo, losses.of(node("anode")).hi), (0.6, 1.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn losses(&self, cut: &[(NodeIx, f64)]) -> Losses<'_> {
        self.settled(cut, true)
    }

    /// As [`losses`](Self::losses), but nothing is taken for granted of who goes short of what
    /// several take from: of a part of it that is missing, each may have lost all or nothing; only
    /// where it is gone entirely, all have.
    ///
    /// ```
    /// use hanjung::World;
    ///
    /// let world = World::of_texts([("a.ron", r#"[
    ///     Document(id: "d", title: "D", publisher: "P", date: "2025"),
    ///     Economy(id: "china", en: "China"), Material(id: "graphite", en: "graphite"), Product(id: "anode", en: "anode"),
    ///     Produces(by: "china", good: "graphite", world_share: AtLeast(0.6), evidence: [Reported(doc: "d", at: "p1")]),
    ///     Needs(good: "anode", input: "graphite", evidence: [Reported(doc: "d", at: "p1")]),
    /// ]"#)])?;
    /// let node = |id| world.subject_nodes(world.entity(id).unwrap())[0];
    /// let china = world.target_nodes(world.entity("china").unwrap());
    /// let cut: Vec<_> = china.into_iter().map(|node| (node, 1.0)).collect();
    /// let network = world.parts().graph.network(|_| true);
    /// let losses = network.sound_losses(&cut);
    /// assert_eq!((losses.of(node("graphite")).lo, losses.of(node("graphite")).hi), (0.6, 1.0));
    /// assert_eq!((losses.of(node("anode")).lo, losses.of(node("anode")).hi), (0.0, 1.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sound_losses(&self, cut: &[(NodeIx, f64)]) -> Losses<'_> {
        self.settled(cut, false)
    }

    fn settled(&self, cut: &[(NodeIx, f64)], is_even: bool) -> Losses<'_> {
        let mut cut: Vec<(u32, f64)> = cut
            .iter()
            .map(|&(node, part)| (self.place(node) as u32, part))
            .collect();
        cut.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        cut.dedup_by_key(|(place, _)| *place);
        let mut bounds = vec![Interval { lo: 0.0, hi: 0.0 }; self.node_count()];
        cut.iter()
            .for_each(|&(place, part)| bounds[place as usize] = Interval { lo: part, hi: part });
        let reached = self.reached(cut.iter().map(|(place, _)| *place));
        let gone = self.gone(
            cut.iter()
                .filter(|(_, part)| *part >= 1.0)
                .map(|(place, _)| *place as usize),
        );
        gone.within(0..self.node_count())
            .for_each(|place| bounds[place] = Interval::WHOLE);
        let mut losses = Losses {
            network: self,
            bounds,
            cut,
            reached,
            gone,
            is_even,
            unsettled: 0,
        };
        losses.settle();
        losses
    }

    /// The places that depend on others, themselves included.
    fn reached(&self, from: impl Iterator<Item = u32>) -> Places {
        let mut reached = Places::none(self.node_count());
        let mut open: Vec<u32> = from
            .filter(|&place| reached.insert(place as usize))
            .collect();
        while let Some(place) = open.pop() {
            for &dependent in self.dependents(place as usize) {
                if reached.insert(dependent as usize) {
                    open.push(dependent);
                }
            }
        }
        reached
    }
}

impl Losses<'_> {
    /// What is lost of a node.
    pub fn of(&self, node: NodeIx) -> Interval {
        self.bounds[self.network.place(node)]
    }

    /// The nodes of which anything can be lost, in an order that depends on nothing but the
    /// network.
    pub fn nodes(&self) -> impl Iterator<Item = NodeIx> + '_ {
        self.reached
            .within(0..self.bounds.len())
            .map(|place| self.network.node_of(place))
    }

    /// How many nodes lie in circles whose losses still grew after [`MOST_ROUNDS`]: their bounds
    /// hold, but are wider than they need be.
    pub fn unsettled(&self) -> usize {
        self.unsettled
    }

    fn known(&self) -> Known<'_> {
        Known {
            network: self.network,
            losses: &self.bounds,
            cut: &self.cut,
            reached: &self.reached,
            gone: &self.gone,
            is_even: self.is_even,
        }
    }

    /// Works out the losses component by component, each after those it depends on: so that a node
    /// which lies in no circle is worked out once, from losses that are final. What is not reached
    /// loses nothing and is not looked at, however large the network.
    fn settle(&mut self) {
        let mut parts = Vec::new();
        let mut from = 0;
        while let Some(place) = self.reached.first_from(from) {
            let component = place..self.network.component_end(place);
            from = component.end;
            if component.len() == 1 && !self.is_its_own_dependent(place) {
                self.work_out(place, self.network.requirements(place), &mut parts);
            } else {
                self.settle_component(component, &mut parts);
            }
        }
    }

    fn is_its_own_dependent(&self, place: usize) -> bool {
        self.network.dependents(place).contains(&(place as u32))
    }

    /// Bounds the losses of a component: from below by going round until nothing changes, from
    /// above by raising what that gives until it holds. Stopped on the way, going round has not
    /// come as far as the losses: its lower bounds hold, its upper ones do not yet. All of a
    /// component is reached where any of it is.
    ///
    /// Requirements without an alternative in the component are worked out once and for all, for
    /// nothing in here changes them.
    fn settle_component(&mut self, component: Range<usize>, parts: &mut Vec<Part>) {
        let network = self.network;
        for place in component.clone() {
            self.work_out(
                place,
                network
                    .requirements(place)
                    .filter(|&outer| !network.is_inner(outer)),
                parts,
            );
        }
        let from_outside: Vec<f64> = self.bounds[component.clone()]
            .iter()
            .map(|bounds| bounds.hi)
            .collect();
        if !self.go_round(component.clone(), parts) {
            self.unsettled += component.len();
        }
        self.raise(component, &from_outside, parts);
    }

    /// Goes round a component, working out only what depends on a change, until nothing changes;
    /// whether it came to that.
    fn go_round(&mut self, component: Range<usize>, parts: &mut Vec<Part>) -> bool {
        let network = self.network;
        let mut waiting: Vec<bool> = vec![true; component.len()];
        for _ in 0..MOST_ROUNDS {
            let mut is_still = true;
            for place in component.clone() {
                let inner = network
                    .requirements(place)
                    .filter(|&inner| network.is_inner(inner));
                if std::mem::take(&mut waiting[place - component.start])
                    && self.work_out(place, inner, parts)
                {
                    is_still = false;
                    let dependents = network
                        .dependents(place)
                        .iter()
                        .map(|&dependent| dependent as usize);
                    dependents
                        .filter(|dependent| component.contains(dependent))
                        .for_each(|dependent| {
                            waiting[dependent - component.start] = true;
                        });
                }
            }
            if is_still {
                return true;
            }
        }
        false
    }

    /// Works out what is lost of a place through these of its requirements; whether that is more
    /// than before.
    fn work_out(
        &mut self,
        place: usize,
        requirements: impl Iterator<Item = usize>,
        parts: &mut Vec<Part>,
    ) -> bool {
        let before = self.bounds[place];
        let mut after = before;
        for requirement in requirements {
            let loss = self.known().through(self.network.ways(requirement), parts);
            after = Interval {
                lo: after.lo.max(loss.lo),
                hi: after.hi.max(loss.hi),
            };
        }
        let is_more = |before: f64, after: f64| after > before * (1.0 + STILL);
        let is_told = is_more(before.lo, after.lo) || is_more(before.hi, after.hi);
        // Steps too small to be passed on are not kept either: if they were, many of them could
        // come to much here while those who depend on it still reckon with the loss before them.
        if is_told {
            self.bounds[place] = after;
        }
        is_told
    }

    /// Raises the upper bounds of a component, which going round leaves too low, until working them
    /// out once more exceeds none of them: then no loss exceeds them either. To 1 if nothing less
    /// will do. Small raises come first, for the first that holds is kept.
    ///
    /// What a function that grows with its argument does not raise is at or above its least fixed
    /// point (D. Park, "Fixpoint induction and proofs of program properties", Machine Intelligence
    /// 5, 1969). Guessing it from below follows A. Hartmanns and B. Kaminski, "Optimistic value
    /// iteration" (2020).
    fn raise(&mut self, component: Range<usize>, from_outside: &[f64], parts: &mut Vec<Part>) {
        let reached: Vec<f64> = self.bounds[component.clone()]
            .iter()
            .map(|bounds| bounds.hi)
            .collect();
        for (unit, raised) in UNITS
            .into_iter()
            .flat_map(|unit| GUESSES.map(|raised| (unit, raised)))
        {
            self.set_most(&component, reached.iter().map(|&most| raised(most, unit)));
            if self.hold(&component, from_outside, parts) {
                return;
            }
        }
        self.set_most(&component, std::iter::repeat_n(1.0, component.len()));
        self.bring_down(&component, from_outside, parts);
    }

    /// A loss that was worked out with rounding, rounded up: each of *k* shares is multiplied once,
    /// and added once, and each time no more than half a unit in the last place goes astray; twice
    /// as much is granted, and a little for how the shares themselves were made.
    ///
    /// Of a whole no more is lost than of that part of it which loses most. Without this a circle
    /// in which nothing is lost on the way would exceed its own bound at each turn, by rounding
    /// alone, and end at 1.
    fn rounded_up(&self, loss: f64, ways: &[Way]) -> f64 {
        let rounded = loss * (1.0 + (2 * ways.len() + 4) as f64 * f64::EPSILON);
        let worst = |ways: &[Way]| match ways.iter().map(|way| way.share.lo).sum::<f64>()
            <= 1.0 + ROUNDING
        {
            true => {
                let losses = ways
                    .iter()
                    .filter(|way| way.leads())
                    .map(|way| self.known().loss(way).hi);
                losses.fold(0.0, f64::max)
            }
            false => 1.0,
        };
        let is_one_whole = ways
            .iter()
            .all(|way| way.whole == ways[0].whole || way.whole == REST);
        let of_wholes = match is_one_whole {
            true => worst(ways),
            false => ways
                .chunk_by(|a, b| a.whole == b.whole)
                .map(worst)
                .filter(|loss| *loss > 0.0)
                .reduce(sum_up)
                .unwrap_or(0.0),
        };
        rounded.min(of_wholes).min(1.0)
    }

    fn set_most(&mut self, component: &Range<usize>, most: impl Iterator<Item = f64>) {
        self.bounds[component.clone()]
            .iter_mut()
            .zip(most)
            .for_each(|(bounds, most)| {
                bounds.hi = most.clamp(bounds.lo, 1.0);
            });
    }

    /// Raises upper bounds that the others exceed; whether soon none is exceeded any more. Bounds
    /// are raised in place, so only a round that raises none has compared all of them with the same
    /// others, and proves that they hold.
    fn hold(
        &mut self,
        component: &Range<usize>,
        from_outside: &[f64],
        parts: &mut Vec<Part>,
    ) -> bool {
        for _ in 0..ROUNDS_UP {
            let mut is_exceeded = false;
            for place in component.clone() {
                let most = self.most_inside(place, from_outside[place - component.start], parts);
                is_exceeded |= most > self.bounds[place].hi;
                self.bounds[place].hi = self.bounds[place].hi.max(most);
            }
            if !is_exceeded {
                return true;
            }
        }
        false
    }

    /// Brings down upper bounds that hold, by working them out again and again. They still hold when
    /// lowered in place: each is worked out from others that are at or above the losses, and so is
    /// at or above its own.
    fn bring_down(
        &mut self,
        component: &Range<usize>,
        from_outside: &[f64],
        parts: &mut Vec<Part>,
    ) {
        for _ in 0..ROUNDS_DOWN {
            let mut is_lower = false;
            for place in component.clone() {
                let most = self.most_inside(place, from_outside[place - component.start], parts);
                let bounds = &mut self.bounds[place];
                is_lower |= most < bounds.hi * (1.0 - STILL);
                bounds.hi = most.clamp(bounds.lo, bounds.hi);
            }
            if !is_lower {
                return;
            }
        }
    }

    /// The most that a place loses, by the upper bounds of all others, and rounded up.
    fn most_inside(&self, place: usize, from_outside: f64, parts: &mut Vec<Part>) -> f64 {
        let inner = self
            .network
            .requirements(place)
            .filter(|&inner| self.network.is_inner(inner));
        let most = inner.map(|number| {
            let ways = self.network.ways(number);
            self.rounded_up(self.known().through(ways, parts).hi, ways)
        });
        most.fold(from_outside, f64::max)
    }

    /// The requirements through which a node loses anything, with the loss through each, and of its
    /// alternatives the one that takes the largest part in what is lost for certain, or else in
    /// what may be.
    pub fn through(&self, node: NodeIx) -> Vec<(RequirementIx, Interval, ArcIx)> {
        let mut parts = Vec::new();
        let each = self
            .network
            .requirements(self.network.place(node))
            .filter_map(|requirement| {
                let ways = self.network.ways(requirement);
                let loss = self.known().through(ways, &mut parts);
                self.known().bound(
                    ways,
                    if loss.lo > 0.0 {
                        Side::Least
                    } else {
                        Side::Greatest
                    },
                    &mut parts,
                );
                let heaviest = terms(ways, &parts).first()?.arc;
                Some((self.network.requirement_ix(requirement), loss, heaviest))
            });
        each.collect()
    }

    /// What gives one bound of a node's loss: the cut, or the requirement that loses most.
    pub fn proof(&self, node: NodeIx, side: Side) -> Proof {
        let place = self.network.place(node);
        let cut = self
            .cut
            .iter()
            .find(|(cut, _)| *cut as usize == place)
            .map_or(0.0, |(_, part)| *part);
        let mut proof = Proof {
            bound: cut,
            requirement: None,
            terms: Vec::new(),
        };
        let mut parts = Vec::new();
        for requirement in self.network.requirements(place) {
            let ways = self.network.ways(requirement);
            let bound = self.known().bound(ways, side, &mut parts);
            if bound > proof.bound {
                let requirement = Some(self.network.requirement_ix(requirement));
                proof = Proof {
                    bound,
                    requirement,
                    terms: terms(ways, &parts),
                };
            }
        }
        // In a circle an upper bound may have been raised beyond what its terms come to, and what
        // is gone is gone however they are rounded.
        Proof {
            bound: side.of(self.bounds[place]).max(proof.bound),
            ..proof
        }
    }
}

fn sum_up(one: f64, other: f64) -> f64 {
    (one + other).next_up()
}

/// The alternatives that take part in a bound, the largest part of it first.
fn terms(ways: &[Way], parts: &[Part]) -> Vec<Term> {
    let term = |part: &Part| Term {
        arc: ways[part.number as usize].arc,
        share: part.chosen,
        loss: part.loss,
    };
    let mut terms: Vec<Term> = parts
        .iter()
        .filter(|part| part.chosen > 0.0 && part.loss > 0.0)
        .map(term)
        .collect();
    terms.sort_by(|a, b| {
        (b.share * b.loss)
            .total_cmp(&(a.share * a.loss))
            .then(a.arc.cmp(&b.arc))
    });
    terms
}
