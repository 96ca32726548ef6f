//! Where else things come from: the other sources that documents name for what is short along a
//! chain.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::OtherSource;
use super::shock::Shock;
use super::writer::Writer;
use crate::facts::{Catalogue, EntityIx, EntityKind};
use crate::graph::{
    Arc, ArcIx, Channel, Direction, Graph, Node, NodeIx, Reach, RequirementIx, Standing,
};

/// Another source that documents name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SourceArc {
    arc: ArcIx,
    /// Whether some of it may be lost too.
    is_exposed: bool,
}

/// What a cut leaves of other sources.
pub(super) struct Elsewhere<'s, 'g> {
    catalogue: &'g Catalogue,
    graph: &'g Graph,
    shock: &'s Shock<'g>,
    /// What may lose anything by other ways than those that are followed.
    also: Option<&'s Reach>,
}

/// The requirements in which something is short, each with those whose output that is.
type Shortages = IndexMap<RequirementIx, HashSet<EntityIx>>;

impl<'s, 'g> Elsewhere<'s, 'g> {
    pub fn new(writer: &Writer<'g>, shock: &'s Shock<'g>) -> Self {
        Elsewhere {
            catalogue: writer.catalogue,
            graph: writer.graph,
            shock,
            also: None,
        }
    }

    /// With what may lose anything by other ways than those that are followed.
    pub fn with(self, also: &'s Reach) -> Self {
        Elsewhere {
            also: Some(also),
            ..self
        }
    }

    /// The other sources of whatever is short along a chain of a node, and along what proves its
    /// least loss: the proof may need more than one chain. Left out is what is lost entirely, and
    /// what may be the same output in other words: a firm's may lie within that of its country.
    pub fn sources(&self, node: NodeIx, chain: &[ArcIx]) -> Vec<SourceArc> {
        let mut short = Shortages::new();
        self.short_along(chain, &mut short);
        self.shock
            .proven(node)
            .iter()
            .for_each(|terms| self.short_along(terms, &mut short));
        let mut seen = HashSet::new();
        let found = short
            .iter()
            .flat_map(|(&requirement, lost)| self.others(requirement, lost));
        found.filter(|source| seen.insert(source.arc)).collect()
    }

    /// Notes for each arc of a chain by which something is taken in from whom it comes: the first
    /// maker there or further on, since between a buyer and a maker there may be an intake and the
    /// good at large. Each of these has a requirement of its own, in which others may step in.
    fn short_along(&self, chain: &[ArcIx], short: &mut Shortages) {
        for (at, &ix) in chain
            .iter()
            .enumerate()
            .filter(|(_, ix)| self.is_taking(**ix))
        {
            let taken = chain[at..].iter().take_while(|ix| self.is_taking(**ix));
            let from = taken
                .map(|&ix| self.graph.node(self.graph.arc(ix).to))
                .find_map(maker);
            if let Some(from) = from {
                short
                    .entry(self.graph.arc(ix).requirement)
                    .or_default()
                    .insert(from);
            }
        }
    }

    fn is_taking(&self, ix: ArcIx) -> bool {
        matches!(
            self.graph.channel(self.graph.arc(ix)),
            Channel::Inputs | Channel::Sources
        )
    }

    fn others(&self, requirement: RequirementIx, lost: &HashSet<EntityIx>) -> Vec<SourceArc> {
        let sources = self
            .named(requirement)
            .into_iter()
            .filter(|&ix| self.is_other(ix, lost));
        sources
            .map(|arc| SourceArc {
                arc,
                is_exposed: self.may_lose(self.graph.arc(arc).to),
            })
            .collect()
    }

    fn may_lose(&self, node: NodeIx) -> bool {
        let mut reached = std::iter::once(self.shock.reach()).chain(self.also);
        reached.any(|reach| reach.distance(node).is_some())
    }

    /// The arcs from what somebody takes to those whom documents name as its sources, plans left
    /// out; also of kinds of it.
    fn named(&self, requirement: RequirementIx) -> Vec<ArcIx> {
        let is_named = |arc: &Arc| arc.standing != Standing::Planned && !arc.is_rest;
        let all = self
            .graph
            .alternatives(self.graph.requirement(requirement))
            .filter(|(_, arc)| is_named(arc));
        all.flat_map(|(ix, arc)| match self.graph.node(arc.to) {
            Node::Supply { .. } => vec![ix],
            Node::Intake { .. } => self.named_below(arc.to),
            _ => Vec::new(),
        })
        .collect()
    }

    fn named_below(&self, intake: NodeIx) -> Vec<ArcIx> {
        let arcs = self.graph.arcs_at(&[intake], Direction::Dependencies);
        let is_named = |arc: &Arc| arc.standing != Standing::Planned && !arc.is_rest;
        let is_source = |arc: &Arc| is_named(arc) && maker(self.graph.node(arc.to)).is_some();
        arcs.filter(|&ix| is_source(self.graph.arc(ix))).collect()
    }

    /// Whether an arc leads to another source than those that are lost. A firm's output may be part
    /// of its country's, and the other way round, so it must be the same kind of maker as one that
    /// is lost, or of other economies than all of them.
    fn is_other(&self, ix: ArcIx, lost: &HashSet<EntityIx>) -> bool {
        let to = self.graph.arc(ix).to;
        let is_apart = |by: EntityIx| {
            let mut same_sort = lost
                .iter()
                .filter(|&&lost| self.is_of_the_same_sort(by, lost));
            same_sort.next().is_some()
                || lost
                    .iter()
                    .all(|&lost| self.are_of_other_economies(by, lost))
        };
        let by = maker(self.graph.node(to)).filter(|by| !lost.contains(by));
        by.is_some_and(is_apart) && !self.shock.cuts(to) && !self.shock.takes_all(to)
    }

    /// Whether two are of one kind, so that neither's output is part of the other's; groups may
    /// have members in common.
    fn is_of_the_same_sort(&self, a: EntityIx, b: EntityIx) -> bool {
        let kind = self.catalogue[a].kind;
        kind == self.catalogue[b].kind && kind != EntityKind::Group
    }

    fn are_of_other_economies(&self, a: EntityIx, b: EntityIx) -> bool {
        let economy = |it: EntityIx| self.catalogue.country(it).or(self.catalogue.home(it));
        matches!((economy(a), economy(b)), (Some(a), Some(b)) if a != b)
    }
}

fn maker(node: Node) -> Option<EntityIx> {
    match node {
        Node::Supply { by, .. } => Some(by),
        _ => None,
    }
}

/// Some sources as answers tell them.
pub(super) fn told(writer: &mut Writer, sources: &[SourceArc]) -> Vec<OtherSource> {
    let told = |source: &SourceArc| OtherSource {
        step: writer.step_along(source.arc),
        exposed: source.is_exposed,
    };
    sources.iter().map(told).collect()
}
