//! Numbers nodes, requirements and arcs. It collects what the rules say of each while they run, and
//! lays the arcs when all is said: only then is it known what the alternatives of a requirement
//! leave to each other, and which of them can cover nothing.

use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use super::attribution::{Alternative, Attribution, Said, forget_outdated};
use super::node::{Arc, Channel, Node, NodeIx, Readings, Requirement, RequirementIx, Standing};
use super::shares::{Allotment, Stake, Statement, shared_out, stake};
use super::{Graph, Tables};
use crate::facts::{Catalogue, EntityIx, FactIx};

/// What tells the requirements of one node apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum RequirementKey {
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

/// All that is said of one alternative.
struct AlternativeDraft {
    to: NodeIx,
    is_planned: bool,
    said: Vec<Said>,
}

struct RequirementDraft {
    dependent: NodeIx,
    channel: Channel,
    alternatives: Vec<AlternativeDraft>,
}

/// A map whose keys are numbers of our own making, for which a quick hash is good enough.
type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;

pub(super) struct Assembly<'c> {
    catalogue: &'c Catalogue,
    nodes: IndexSet<Node, FixedState>,
    requirements: Vec<RequirementDraft>,
    numbers: HashMap<(NodeIx, RequirementKey), usize>,
    /// Where each alternative stands, by its requirement, what it leads to and whether it is
    /// planned.
    places: HashMap<(usize, NodeIx, bool), usize>,
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
            RequirementKey::Meaning(to),
            channel,
            Alternative::all(to, Vec::new(), false),
        );
    }

    /// Adds an alternative to a requirement; one that is there already is narrowed by the new
    /// share.
    pub fn add(
        &mut self,
        from: Node,
        key: RequirementKey,
        channel: Channel,
        alternative: Alternative,
    ) {
        let (dependent, to) = (self.node(from), self.node(alternative.to));
        let number = self.requirement(dependent, key, channel);
        let is_planned = alternative.is_planned;
        let said = Said::of(self.catalogue, alternative);
        let alternatives = &mut self.requirements[number].alternatives;
        match self.places.entry((number, to, is_planned)) {
            Entry::Occupied(place) => alternatives[*place.get()].said.push(said),
            Entry::Vacant(place) => {
                place.insert(alternatives.len());
                alternatives.push(AlternativeDraft {
                    to,
                    is_planned,
                    said: vec![said],
                });
            }
        }
    }

    fn requirement(&mut self, dependent: NodeIx, key: RequirementKey, channel: Channel) -> usize {
        let requirements = &mut self.requirements;
        *self.numbers.entry((dependent, key)).or_insert_with(|| {
            requirements.push(RequirementDraft {
                dependent,
                channel,
                alternatives: Vec::new(),
            });
            requirements.len() - 1
        })
    }

    pub fn finish(self) -> Graph {
        let nodes: Vec<Node> = self.nodes.into_iter().collect();
        let mut sorted: Vec<NodeIx> = (0..nodes.len() as u32).map(NodeIx).collect();
        sorted.sort_unstable_by_key(|ix| nodes[ix.index()]);
        let mut tables = Tables {
            nodes,
            sorted,
            ..Tables::default()
        };
        for requirement in self.requirements {
            requirement.finish(&mut tables);
        }
        tables.add_purchases(self.catalogue);
        tables.mark_shared_facts();
        tables.into()
    }
}

impl RequirementDraft {
    /// Lays the arcs of what can cover anything; the others are no alternatives.
    fn finish(mut self, tables: &mut Tables) {
        let first = tables.arcs.len() as u32;
        let mut stakes = self.stakes();
        let shares = shared_out(&mut stakes);
        let drafts = std::mem::take(&mut self.alternatives).into_iter();
        for ((draft, stake), allotment) in drafts.zip(&stakes).zip(shares) {
            if allotment.share.hi > 0.0 {
                self.lay(tables, draft, stake, allotment);
            }
        }
        let arcs = first..tables.arcs.len() as u32;
        tables.requirements.push(Requirement {
            dependent: self.dependent,
            channel: self.channel,
            arcs,
        });
    }

    /// What is stated of each alternative, as far as it counts.
    fn stakes(&mut self) -> Vec<Stake> {
        let channel = self.channel;
        let drafts = self.alternatives.iter_mut();
        drafts.map(|draft| draft.stake(channel)).collect()
    }

    fn lay(
        &self,
        tables: &mut Tables,
        draft: AlternativeDraft,
        stake: &Stake,
        allotment: Allotment,
    ) {
        let readings = tables.add_readings(Attribution::of(draft.said));
        tables.arcs.push(Arc {
            from: self.dependent,
            to: draft.to,
            requirement: RequirementIx(tables.requirements.len() as u32),
            share: allotment.share,
            whole: allotment.whole,
            is_rounded: allotment.is_rounded,
            is_share_documented: stake.is_documented,
            is_rest: stake.is_rest,
            standing: standing(self.channel, stake),
            shares_facts: false,
            readings,
        });
    }
}

impl AlternativeDraft {
    fn stake(&mut self, channel: Channel) -> Stake {
        forget_outdated(&mut self.said);
        let statements: Vec<Statement> = self.said.iter().map(|said| said.statement).collect();
        stake(&statements, channel, self.is_planned)
    }
}

fn standing(channel: Channel, stake: &Stake) -> Standing {
    let is_pool = matches!(channel, Channel::Sources | Channel::Members);
    match (stake.is_planned, is_pool && !stake.is_documented) {
        (true, _) => Standing::Planned,
        (false, true) => Standing::Possible,
        (false, false) => Standing::Documented,
    }
}

impl Tables {
    fn add_readings(&mut self, attribution: Attribution) -> Readings {
        let makers = self.readings.len() as u32;
        self.readings.extend(attribution.makers);
        let figures = self.readings.len() as u32;
        self.readings.extend(attribution.figures);
        let others = self.readings.len() as u32;
        self.readings.extend(attribution.others);
        let end = self.readings.len() as u32;
        Readings {
            makers,
            figures,
            others,
            end,
        }
    }

    /// Marks the arcs next to which another rests on one of their facts, if only beyond an arc that
    /// holds by the meaning of its nodes.
    ///
    /// Only there can a fact tell two arcs of a chain in one step, so a walk needs to remember only
    /// there what its last step rests on: few arcs are marked, and all others cost it nothing.
    fn mark_shared_facts(&mut self) {
        let (meant, leaving) = (self.meant(), self.leaving());
        let mut shared = vec![false; self.arcs.len()];
        for (at, arc) in self.arcs.iter().enumerate() {
            let near = meant.get(&arc.to).into_iter().flatten().chain([&arc.to]);
            for key in near.flat_map(|&node| self.facts_of(arc).map(move |fact| (fact, node))) {
                for &next in leaving.get(&key).into_iter().flatten() {
                    (shared[at], shared[next]) = (true, true);
                }
            }
        }
        for (arc, shared) in self.arcs.iter_mut().zip(shared) {
            arc.shares_facts = shared;
        }
    }

    /// For each node the nodes that it rests on by its meaning.
    fn meant(&self) -> HashMap<NodeIx, Vec<NodeIx>> {
        let mut meant: HashMap<NodeIx, Vec<NodeIx>> = HashMap::default();
        for arc in &self.arcs {
            if arc.readings.makers == arc.readings.end {
                meant.entry(arc.from).or_default().push(arc.to);
            }
        }
        meant
    }

    /// For each fact and node the arcs that rest on the fact and leave the node.
    fn leaving(&self) -> HashMap<(FactIx, NodeIx), Vec<usize>> {
        let mut leaving: HashMap<(FactIx, NodeIx), Vec<usize>> = HashMap::default();
        for (at, arc) in self.arcs.iter().enumerate() {
            for fact in self.facts_of(arc) {
                leaving.entry((fact, arc.from)).or_default().push(at);
            }
        }
        leaving
    }

    fn facts_of(&self, arc: &Arc) -> impl Iterator<Item = FactIx> + '_ {
        let Readings { makers, end, .. } = arc.readings;
        self.readings[makers as usize..end as usize]
            .iter()
            .map(|reading| reading.fact)
    }
}
