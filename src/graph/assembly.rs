//! Collects nodes, requirements and their alternatives while the rules run, then numbers them and narrows their shares.

use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use super::node::{Arc, Channel, Node, NodeIx, Reading, Readings, Requirement, RequirementIx, Standing};
use super::{Graph, Parts};
use crate::facts::{Catalogue, Date, EntityIx, EntityKind, Extent, FactIx, Interval};

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
    pub is_rest: bool,
    pub is_planned: bool,
    pub readings: Vec<Reading>,
}

impl Alternative<'_> {
    /// All of the requirement, by these facts.
    pub fn all(to: Node, readings: Vec<Reading>, is_planned: bool) -> Self {
        Alternative { to, share: Some(&Extent::Exactly(1.0)), is_rest: false, is_planned, readings }
    }

    /// A part of the requirement, as large as a document says, if it does.
    pub fn part(to: Node, share: Option<&'_ Extent>, reading: Reading, is_planned: bool) -> Alternative<'_> {
        Alternative { to, share, is_rest: false, is_planned, readings: vec![reading] }
    }

    /// Whatever the other alternatives leave.
    pub fn rest(to: Node, readings: Vec<Reading>, is_planned: bool) -> Self {
        Alternative { to, share: None, is_rest: true, is_planned, readings }
    }
}

struct Draft {
    to: NodeIx,
    holding: Holding,
    /// What each fact says of the share.
    shares: Vec<Interval>,
    is_share_documented: bool,
    is_rest: bool,
    is_planned: bool,
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
    /// Where each alternative stands, by its requirement, what it leads to and whether it is planned.
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
        let (nodes, numbers, places) = (IndexSet::default(), HashMap::default(), HashMap::default());
        Assembly { catalogue, nodes, requirements: Vec::new(), numbers, places }
    }

    pub fn node(&mut self, node: Node) -> NodeIx {
        NodeIx(self.nodes.insert_full(node).0 as u32)
    }

    /// Adds an arc that holds by the meaning of its nodes.
    pub fn meaning(&mut self, from: Node, channel: Channel, to: Node) {
        self.add(from, Need::Meaning(to), channel, Alternative::all(to, Vec::new(), false));
    }

    /// Adds an alternative to a requirement; one that is there already is narrowed by the new share.
    pub fn add(&mut self, from: Node, need: Need, channel: Channel, alternative: Alternative) {
        let (dependent, to) = (self.node(from), self.node(alternative.to));
        let number = *self.numbers.entry((dependent, need)).or_insert_with(|| {
            self.requirements.push(RequirementDraft { dependent, channel, alternatives: Vec::new() });
            self.requirements.len() - 1
        });
        let alternatives = &mut self.requirements[number].alternatives;
        let share = interval(&alternative);
        let day = |reading: &Reading| self.catalogue[reading.fact].as_of.or(self.catalogue[reading.fact].since);
        let holding = Holding {
            kind: self.catalogue[holder(alternative.to)].kind,
            day: alternative.readings.last().and_then(day),
        };
        match self.places.entry((number, to, alternative.is_planned)) {
            Entry::Occupied(place) => alternatives[*place.get()].merge(holding, share, alternative),
            Entry::Vacant(place) => {
                place.insert(alternatives.len());
                alternatives.push(Draft::new(to, holding, share, alternative));
            }
        }
    }

    pub fn finish(self) -> Graph {
        let nodes: Vec<Node> = self.nodes.into_iter().collect();
        let mut sorted: Vec<NodeIx> = (0..nodes.len() as u32).map(NodeIx).collect();
        sorted.sort_unstable_by_key(|ix| nodes[ix.index()]);
        let mut parts = Parts { nodes, sorted, ..Parts::default() };
        for requirement in self.requirements {
            requirement.finish(&mut parts);
        }
        parts.mark_shared_facts();
        parts.into()
    }
}

/// Who holds a share, as to kind, and on which day, as far as it is said. Only shares that agree in both are added up: a country's share
/// holds those of its firms, and shares of different years are not parts of one whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Holding {
    kind: EntityKind,
    day: Option<Date>,
}

/// Numbers the wholes that the alternatives of a requirement are parts of.
#[derive(Default)]
struct Wholes {
    /// The holding of each number; none for what stands alone.
    holdings: Vec<Option<Holding>>,
}

impl Wholes {
    fn number(&mut self, holding: Holding, is_part: bool) -> u32 {
        let wanted = Some(holding).filter(|_| is_part);
        let known = self.holdings.iter().position(|known| is_part && *known == wanted);
        let number = known.unwrap_or_else(|| {
            self.holdings.push(wanted);
            self.holdings.len() - 1
        });
        number as u32
    }
}

/// What the stated shares of a requirement come to, plans and the rest not counted.
struct Known {
    /// The sum of the lower bounds, for each way of holding; what is part of no whole stands alone.
    least: Vec<(Option<Holding>, f64)>,
    /// The sum of the upper bounds.
    most: f64,
    /// The sum of the upper bounds of plans.
    most_planned: f64,
}

impl Known {
    fn new(alternatives: &[Draft], channel: Channel) -> Self {
        let mut known = Known { least: Vec::new(), most: 0.0, most_planned: 0.0 };
        for alternative in alternatives.iter().filter(|alternative| !alternative.is_rest) {
            let Interval { lo, hi } = alternative.share();
            if alternative.is_planned {
                known.most_planned += hi;
                continue;
            }
            known.most += hi;
            let holding = Some(alternative.holding).filter(|_| alternative.is_part_of_a_whole(channel));
            match known.least.iter_mut().find(|(other, _)| holding.is_some() && *other == holding) {
                Some((_, sum)) => *sum += lo,
                None => known.least.push((holding, lo)),
            }
        }
        known
    }

    /// What those who hold like this one have at least.
    fn least_of(&self, holding: Holding) -> f64 {
        self.least.iter().find(|(other, _)| *other == Some(holding)).map_or(0.0, |(_, sum)| *sum)
    }

    /// What all holders have at least.
    fn least(&self) -> f64 {
        self.least.iter().map(|(_, sum)| *sum).fold(0.0, f64::max)
    }
}

impl RequirementDraft {
    /// Has shares that no document gives hold on the day of those that are given, if that is one day: on any day they leave each other room.
    fn align_days(&mut self) {
        let given: Vec<Holding> =
            self.alternatives.iter().filter(|draft| draft.is_share_documented).map(|draft| draft.holding).collect();
        for draft in self.alternatives.iter_mut().filter(|draft| !draft.is_share_documented) {
            let mut days = given.iter().filter(|holding| holding.kind == draft.holding.kind).map(|holding| holding.day);
            let first = days.next();
            let is_one_day = days.all(|day| Some(day) == first);
            draft.holding.day = first.flatten().filter(|_| is_one_day);
        }
    }

    fn finish(mut self, parts: &mut Parts) {
        self.align_days();
        let requirement = RequirementIx(parts.requirements.len() as u32);
        let first = parts.arcs.len() as u32;
        let known = Known::new(&self.alternatives, self.channel);
        let mut wholes = Wholes::default();
        for alternative in self.alternatives {
            let is_part = alternative.is_part_of_a_whole(self.channel);
            let share = if is_part || alternative.is_rest { alternative.narrowed(&known) } else { alternative.share() };
            let whole = wholes.number(alternative.holding, is_part);
            if share.hi > TOLERANCE {
                let standing = alternative.standing(self.channel);
                parts.add_arc(self.dependent, requirement, share, whole, standing, alternative);
            }
        }
        let arcs = first..parts.arcs.len() as u32;
        parts.requirements.push(Requirement { dependent: self.dependent, channel: self.channel, arcs });
    }
}

/// Shares smaller than this are rounding.
const TOLERANCE: f64 = 1e-9;

/// The part of the requirement that an alternative can cover, as far as it is stated.
fn interval(alternative: &Alternative) -> Interval {
    alternative.share.map_or(Interval::UNKNOWN, Extent::interval)
}

fn add_new(readings: &mut Vec<Reading>, more: Vec<Reading>) {
    for reading in more {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
}

impl Draft {
    fn new(to: NodeIx, holding: Holding, share: Interval, alternative: Alternative) -> Self {
        Draft {
            to,
            holding,
            shares: vec![share],
            is_share_documented: alternative.share.is_some(),
            is_rest: alternative.is_rest,
            is_planned: alternative.is_planned,
            readings: alternative.readings,
            figures: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Takes in another fact on the same alternative. The facts that the arc is told by are those that first give its share.
    fn merge(&mut self, holding: Holding, share: Interval, again: Alternative) {
        self.is_rest |= again.is_rest;
        self.shares.push(share);
        match (again.share.is_some(), self.is_share_documented) {
            (true, false) => {
                self.is_share_documented = true;
                self.holding = holding;
                let earlier = std::mem::replace(&mut self.readings, again.readings);
                add_new(&mut self.others, earlier);
            }
            // A share of nothing makes no dependence, so another fact tells the arc.
            (true, true) if self.shares.iter().rev().skip(1).all(|share| share.hi <= TOLERANCE) => {
                let earlier = std::mem::replace(&mut self.readings, again.readings);
                add_new(&mut self.figures, earlier);
            }
            (true, true) => add_new(&mut self.figures, again.readings),
            (false, _) => add_new(&mut self.others, again.readings),
        }
    }

    /// What the facts allow together.
    fn share(&self) -> Interval {
        Interval::of_all(&self.shares)
    }

    /// The share that the other alternatives of the requirement leave to this one.
    fn narrowed(&self, known: &Known) -> Interval {
        if self.is_rest {
            let most = if self.is_planned { known.most + known.most_planned } else { known.most };
            return Interval { lo: (1.0 - most).max(0.0), hi: (1.0 - known.least()).max(0.0) };
        }
        let Interval { lo, hi } = self.share();
        let others = known.least_of(self.holding) - lo;
        Interval { lo, hi: hi.min(1.0 - others).max(lo) }
    }

    /// Whether its share and those of others who hold likewise are parts of one whole. A site may lie within another, and a group may have
    /// members in common with another, though not one of its outputs with another; plans take nothing from anybody.
    fn is_part_of_a_whole(&self, channel: Channel) -> bool {
        let may_overlap = match channel {
            Channel::Sites => true,
            Channel::Output => false,
            _ => self.holding.kind == EntityKind::Group,
        };
        !may_overlap && !self.is_planned && !self.is_rest
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
        share: Interval,
        whole: u32,
        standing: Standing,
        draft: Draft,
    ) {
        let makers = self.readings.len() as u32;
        self.readings.extend(draft.readings);
        let figures = self.readings.len() as u32;
        self.readings.extend(draft.figures);
        let others = self.readings.len() as u32;
        self.readings.extend(draft.others);
        let end = self.readings.len() as u32;
        self.arcs.push(Arc {
            from,
            to: draft.to,
            requirement,
            share,
            whole,
            is_share_documented: draft.is_share_documented,
            is_rest: draft.is_rest,
            standing,
            shares_facts: false,
            readings: Readings { makers, figures, others, end },
        });
    }

    /// Marks the arcs next to which another rests on one of their facts, if only beyond an arc that holds by the meaning of its nodes.
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
        self.arcs.iter_mut().zip(shared).for_each(|(arc, shared)| arc.shares_facts = shared);
    }

    fn facts_of(&self, arc: &Arc) -> impl Iterator<Item = FactIx> + '_ {
        let Readings { makers, end, .. } = arc.readings;
        self.readings[makers as usize..end as usize].iter().map(|reading| reading.fact)
    }
}
