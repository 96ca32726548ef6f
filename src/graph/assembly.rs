//! Collects nodes, requirements and their alternatives while the rules run, then numbers them and
//! narrows their shares.

use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use super::node::{
    Arc, Channel, Node, NodeIx, Reading, Readings, Requirement, RequirementIx, Standing,
};
use super::shares::{Holding, Part, Stake, shared_out};
use super::{Graph, Parts};
use crate::facts::{Catalogue, Claim, Date, EntityIx, EntityKind, Extent, Fact, FactIx, Interval};

/// What tells the requirements of one node apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Need {
    /// By the meaning of the node: a supply on its recipe, an output on its territory.
    Meaning(Node),
    /// This input, purchase or use.
    Good(EntityIx),
    /// The kind above.
    Parent(EntityIx),
    /// Those who make the good.
    Sources,
    /// Where it is made.
    Sites,
    /// The larger place, the owner, the market, the policy, …
    Single(EntityIx, Channel),
    /// What it makes.
    Output,
    /// Its members.
    Members,
}

/// One way in which a requirement may be met.
pub(super) struct Alternative<'c> {
    pub to: Node,
    pub share: Option<&'c Extent>,
    /// Whether the share is one that the last of the facts states.
    pub is_stated: bool,
    pub is_rest: bool,
    pub is_planned: bool,
    pub readings: Vec<Reading>,
}

impl Alternative<'_> {
    /// All of the requirement, by these facts.
    pub fn all(to: Node, readings: Vec<Reading>, is_planned: bool) -> Self {
        Alternative {
            to,
            share: Some(&Extent::Exactly(1.0)),
            is_stated: false,
            is_rest: false,
            is_planned,
            readings,
        }
    }

    /// A part of the requirement, as large as a document says, if it does.
    pub fn part(
        to: Node,
        share: Option<&'_ Extent>,
        reading: Reading,
        is_planned: bool,
    ) -> Alternative<'_> {
        Alternative {
            to,
            share,
            is_stated: share.is_some(),
            is_rest: false,
            is_planned,
            readings: vec![reading],
        }
    }

    /// Whatever the other alternatives leave.
    pub fn rest(to: Node, readings: Vec<Reading>, is_planned: bool) -> Self {
        Alternative {
            to,
            share: None,
            is_stated: false,
            is_rest: true,
            is_planned,
            readings,
        }
    }
}

/// What one fact, or several together, say of an alternative.
struct Said {
    share: Interval,
    rounding: f64,
    /// The day that the share is told for, where a document gives it as a figure and that day is
    /// known. Of figures of different days only the latest counts.
    figure_of: Option<Date>,
    is_documented: bool,
    holding: Holding,
    /// Whether it is what is made, rather than what companies hold or what somebody buys.
    is_made: bool,
    is_rest: bool,
    readings: Vec<Reading>,
}

/// All that is said of one alternative.
struct Draft {
    to: NodeIx,
    is_planned: bool,
    said: Vec<Said>,
}

/// One alternative with what counts of what is said of it.
struct Told {
    to: NodeIx,
    is_planned: bool,
    is_rest: bool,
    holding: Holding,
    is_made: bool,
    shares: Vec<Interval>,
    rounding: f64,
    is_share_documented: bool,
    readings: Vec<Reading>,
    /// Further facts that give the share.
    figures: Vec<Reading>,
    /// Facts that say the same without adding to what is known of the share.
    others: Vec<Reading>,
}

struct RequirementDraft {
    dependent: NodeIx,
    channel: Channel,
    alternatives: Vec<Draft>,
}

/// A map whose keys are numbers of our own making, for which a quick hash is good enough.
type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;

pub(super) struct Assembly<'c> {
    catalogue: &'c Catalogue,
    nodes: IndexSet<Node, FixedState>,
    requirements: Vec<RequirementDraft>,
    numbers: HashMap<(NodeIx, Need), usize>,
    /// Where each alternative stands, by its requirement, what it leads to and whether it is
    /// planned.
    places: HashMap<(usize, NodeIx, bool), usize>,
}

/// Who or what holds the share that an alternative stands for.
fn holder(node: Node) -> EntityIx {
    match node {
        Node::Supply { by, .. } => by,
        node => node.entity(),
    }
}

impl<'c> Assembly<'c> {
    pub fn new(catalogue: &'c Catalogue) -> Self {
        let (nodes, numbers, places) =
            (IndexSet::default(), HashMap::default(), HashMap::default());
        Assembly {
            catalogue,
            nodes,
            requirements: Vec::new(),
            numbers,
            places,
        }
    }

    pub fn node(&mut self, node: Node) -> NodeIx {
        NodeIx(self.nodes.insert_full(node).0 as u32)
    }

    /// Adds an arc that holds by the meaning of its nodes.
    pub fn meaning(&mut self, from: Node, channel: Channel, to: Node) {
        self.add(
            from,
            Need::Meaning(to),
            channel,
            Alternative::all(to, Vec::new(), false),
        );
    }

    /// Adds an alternative to a requirement; one that is there already is narrowed by the new
    /// share.
    pub fn add(&mut self, from: Node, need: Need, channel: Channel, alternative: Alternative) {
        let (dependent, to) = (self.node(from), self.node(alternative.to));
        let number = *self.numbers.entry((dependent, need)).or_insert_with(|| {
            self.requirements.push(RequirementDraft {
                dependent,
                channel,
                alternatives: Vec::new(),
            });
            self.requirements.len() - 1
        });
        let is_planned = alternative.is_planned;
        let said = self.said(alternative);
        let alternatives = &mut self.requirements[number].alternatives;
        match self.places.entry((number, to, is_planned)) {
            Entry::Occupied(place) => alternatives[*place.get()].said.push(said),
            Entry::Vacant(place) => {
                place.insert(alternatives.len());
                alternatives.push(Draft {
                    to,
                    is_planned,
                    said: vec![said],
                });
            }
        }
    }

    fn said(&self, alternative: Alternative) -> Said {
        let fact = alternative
            .readings
            .last()
            .map(|reading| &self.catalogue[reading.fact]);
        let figure = alternative
            .share
            .filter(|share| alternative.is_stated && share.is_figure());
        Said {
            share: alternative
                .share
                .map_or(Interval::UNKNOWN, Extent::interval),
            rounding: figure.map_or(0.0, Extent::rounding),
            figure_of: fact
                .filter(|_| figure.is_some())
                .and_then(|fact| self.catalogue.told_for(fact)),
            is_documented: alternative.share.is_some(),
            holding: Holding {
                kind: self.catalogue[holder(alternative.to)].kind,
                is_held: fact.is_some_and(Fact::is_held),
                day: fact.and_then(|fact| fact.as_of.or(fact.since)),
            },
            is_made: fact.is_some_and(|fact| fact.claim == Claim::Produces && !fact.is_held()),
            is_rest: alternative.is_rest,
            readings: alternative.readings,
        }
    }

    pub fn finish(self) -> Graph {
        let nodes: Vec<Node> = self.nodes.into_iter().collect();
        let mut sorted: Vec<NodeIx> = (0..nodes.len() as u32).map(NodeIx).collect();
        sorted.sort_unstable_by_key(|ix| nodes[ix.index()]);
        let mut parts = Parts {
            nodes,
            sorted,
            ..Parts::default()
        };
        for requirement in self.requirements {
            requirement.finish(&mut parts);
        }
        parts.add_purchases(self.catalogue);
        parts.mark_shared_facts();
        parts.into()
    }
}

impl RequirementDraft {
    fn finish(self, parts: &mut Parts) {
        let requirement = RequirementIx(parts.requirements.len() as u32);
        let first = parts.arcs.len() as u32;
        let told: Vec<Told> = self.alternatives.into_iter().map(Draft::told).collect();
        let mut stakes: Vec<Stake> = told.iter().map(|told| told.stake(self.channel)).collect();
        let shares = shared_out(&mut stakes);
        for (told, part) in told
            .into_iter()
            .zip(shares)
            .filter(|(_, part)| part.share.hi > 0.0)
        {
            let standing = told.standing(self.channel);
            parts.add_arc(self.dependent, requirement, part, standing, told);
        }
        let arcs = first..parts.arcs.len() as u32;
        parts.requirements.push(Requirement {
            dependent: self.dependent,
            channel: self.channel,
            arcs,
        });
    }
}

fn add_new(readings: &mut Vec<Reading>, more: Vec<Reading>) {
    for reading in more {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
}

impl Draft {
    /// What counts of what is said of one alternative, and the facts that it is told by.
    fn told(mut self) -> Told {
        let latest = [false, true].map(|is_held| self.latest(is_held));
        let is_latest = |said: &Said, day| Some(day) == latest[usize::from(said.holding.is_held)];
        self.said
            .retain(|said| said.figure_of.is_none_or(|day| is_latest(said, day)));
        let mut said = self.said.into_iter();
        let first = said
            .next()
            .expect("an alternative is made when something is said of it");
        let mut told = Told {
            to: self.to,
            is_planned: self.is_planned,
            is_rest: first.is_rest,
            holding: first.holding,
            is_made: first.is_made,
            shares: vec![first.share],
            rounding: first.rounding,
            is_share_documented: first.is_documented,
            readings: first.readings,
            figures: Vec::new(),
            others: Vec::new(),
        };
        said.for_each(|again| told.merge(again));
        told
    }

    /// The day of the latest figure of what companies hold, or of what is made.
    fn latest(&self, is_held: bool) -> Option<Date> {
        let days = self
            .said
            .iter()
            .filter(|said| said.holding.is_held == is_held)
            .filter_map(|said| said.figure_of);
        days.max_by_key(|day| (day.last_day(), day.first_day()))
    }
}

impl Told {
    /// Takes in another fact on the same alternative. The facts that the arc is told by are those
    /// that first give its share.
    fn merge(&mut self, again: Said) {
        let says_nothing = |share: &Interval| share.hi == 0.0;
        self.is_rest |= again.is_rest;
        self.rounding = self.rounding.max(again.rounding);
        self.is_made |= again.is_made;
        let is_held = self.holding.is_held || again.holding.is_held;
        match (again.is_documented, self.is_share_documented) {
            (true, false) => {
                self.is_share_documented = true;
                self.holding = again.holding;
                let earlier = std::mem::replace(&mut self.readings, again.readings);
                add_new(&mut self.others, earlier);
            }
            // A share of nothing makes no dependence, so another fact tells the arc.
            (true, true) if self.shares.iter().all(says_nothing) => {
                let earlier = std::mem::replace(&mut self.readings, again.readings);
                add_new(&mut self.figures, earlier);
            }
            (true, true) => add_new(&mut self.figures, again.readings),
            (false, _) => add_new(&mut self.others, again.readings),
        }
        self.holding.is_held = is_held;
        self.shares.push(again.share);
    }

    /// Whether it is what an economy makes together with what its companies hold, of which nobody
    /// says how far they are the same.
    fn is_mixed(&self, channel: Channel) -> bool {
        let is_any = self.shares.iter().any(|share| share.hi > 0.0);
        channel == Channel::Sources && self.is_made && self.holding.is_held && is_any
    }

    /// Its share as far as it is stated; of a mixed one only that it is no less than either.
    fn share(&self, channel: Channel) -> Interval {
        match self.is_mixed(channel) {
            true => Interval {
                lo: self.shares.iter().map(|share| share.lo).fold(0.0, f64::max),
                hi: 1.0,
            },
            false => Interval::of_all(&self.shares),
        }
    }

    /// Its share beside those of others. A site may lie within another, and a group may have
    /// members in common with another, though not one of its outputs with another. What somebody
    /// makes, operates and owns are parts of one business: of a plant that is what its outputs
    /// leave. Plans take nothing from anybody.
    fn stake(&self, channel: Channel) -> Stake {
        let may_overlap = match channel {
            Channel::Sites => true,
            Channel::Output => false,
            _ => self.holding.kind == EntityKind::Group || self.is_mixed(channel),
        };
        let holding = match channel {
            Channel::Output => Holding {
                kind: EntityKind::Firm,
                ..self.holding
            },
            _ => self.holding,
        };
        Stake {
            share: self.share(channel),
            rounding: self.rounding,
            is_documented: self.is_share_documented,
            holding,
            is_part: !may_overlap && !self.is_planned && !self.is_rest,
            is_rest: self.is_rest,
            is_planned: self.is_planned,
        }
    }

    fn standing(&self, channel: Channel) -> Standing {
        let is_pool = matches!(channel, Channel::Sources | Channel::Members);
        match (self.is_planned, is_pool && !self.is_share_documented) {
            (true, _) => Standing::Planned,
            (false, true) => Standing::Possible,
            (false, false) => Standing::Documented,
        }
    }
}

impl Parts {
    fn add_arc(
        &mut self,
        from: NodeIx,
        requirement: RequirementIx,
        part: Part,
        standing: Standing,
        told: Told,
    ) {
        let makers = self.readings.len() as u32;
        self.readings.extend(told.readings);
        let figures = self.readings.len() as u32;
        self.readings.extend(told.figures);
        let others = self.readings.len() as u32;
        self.readings.extend(told.others);
        let end = self.readings.len() as u32;
        self.arcs.push(Arc {
            from,
            to: told.to,
            requirement,
            share: part.share,
            whole: part.whole,
            is_rounded: part.is_rounded,
            is_share_documented: told.is_share_documented,
            is_rest: told.is_rest,
            standing,
            shares_facts: false,
            readings: Readings {
                makers,
                figures,
                others,
                end,
            },
        });
    }

    /// Marks the arcs next to which another rests on one of their facts, if only beyond an arc that
    /// holds by the meaning of its nodes.
    fn mark_shared_facts(&mut self) {
        let is_meant = |arc: &&Arc| arc.readings.makers == arc.readings.end;
        let mut meant: HashMap<NodeIx, Vec<NodeIx>> = HashMap::default();
        for arc in self.arcs.iter().filter(is_meant) {
            meant.entry(arc.from).or_default().push(arc.to);
        }
        let mut leaving: HashMap<(FactIx, NodeIx), Vec<usize>> = HashMap::default();
        for (at, arc) in self.arcs.iter().enumerate() {
            for fact in self.facts_of(arc) {
                leaving.entry((fact, arc.from)).or_default().push(at);
            }
        }
        let mut shared = vec![false; self.arcs.len()];
        for (at, arc) in self.arcs.iter().enumerate() {
            let near = meant.get(&arc.to).into_iter().flatten().chain([&arc.to]);
            for key in near.flat_map(|&node| self.facts_of(arc).map(move |fact| (fact, node))) {
                for &next in leaving.get(&key).into_iter().flatten() {
                    (shared[at], shared[next]) = (true, true);
                }
            }
        }
        self.arcs
            .iter_mut()
            .zip(shared)
            .for_each(|(arc, shared)| arc.shares_facts = shared);
    }

    fn facts_of(&self, arc: &Arc) -> impl Iterator<Item = FactIx> + '_ {
        let Readings { makers, end, .. } = arc.readings;
        self.readings[makers as usize..end as usize]
            .iter()
            .map(|reading| reading.fact)
    }
}
