//! How the bounds of a loss come about: which requirement gives each, by which shares and facts.

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;

use super::answer::{Answer, Cause, Derivation, Row, Term};
use super::losses::{Head, bounded_by_cuts, cut_names, given_cuts};
use super::party::{Party, single_cuts};
use super::shock::{Shock, Spread, Unsettled};
use super::writer::Writer;
use crate::graph::loss::{self, Proof, Side};
use crate::graph::{ArcIx, Follow, Graph, NodeIx, RequirementIx};
use crate::request::{Cut, Filter, Subject};

/// Answers `what-if --explain`.
pub(super) fn explain(writer: Writer, cuts: &[Cut<Party>], of: &Party, follow: &Follow) -> Answer {
    let title = format!(
        "What {} loses without {}",
        writer.party_name(of),
        cut_names(&writer, cuts)
    );
    let given = IndexMap::from([
        ("cuts", given_cuts(&writer, cuts)),
        ("explain", writer.given_party(of)),
    ]);
    let head = Head {
        command: "what-if",
        given,
        title,
    }
    .with(&writer, &Filter::default(), follow);
    bounded_by_cuts(writer, head, cuts, |writer| {
        let cuts = single_cuts(cuts);
        let mut unsettled = Unsettled::default();
        writer.push_for_each(of, |writer, one| {
            unsettled = unsettled.max(push_derivations(writer, &cuts, one, follow));
        });
        unsettled
    })
}

fn push_derivations(
    writer: &mut Writer,
    cuts: &[Cut<Subject>],
    of: Subject,
    follow: &Follow,
) -> Unsettled {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    let network = graph.network(|arc| follow.passes(graph, arc));
    let shock = Shock::new(catalogue, graph, &network, cuts, |arc| {
        follow.passes(graph, arc)
    });
    for node in of
        .subject_nodes(catalogue, graph)
        .into_iter()
        .filter(|&node| shock.loss(node).sound.hi > 0.0)
    {
        let loss = shock.loss(node);
        let spreads = std::iter::once(Spread::Anyhow).chain(loss.beside().map(|_| Spread::Even));
        let bounds =
            spreads.flat_map(|spread| [Side::Least, Side::Greatest].map(|side| (spread, side)));
        let derivations = bounds
            .map(|bound| derive(writer, &shock, bound, node))
            .collect();
        let row = Row {
            group: "How the bounds come about",
            entity: Some(writer.entity(of.owner())),
            output: of.entity().is_none().then(|| writer.node_view(node)),
            bounds: Some(loss.sound),
            proportional: loss.beside(),
            derivations,
            ..Row::default()
        };
        writer.push(row);
    }
    shock.unsettled()
}

/// How deep a derivation is told, and in how many steps: more than that nobody reads, and
/// presenters walk it by recursion.
const MOST_DEPTH: usize = 40;
const MOST_STEPS: usize = 100;

/// Which bound is derived.
type Bound = (Spread, Side);

fn derive(writer: &mut Writer, shock: &Shock, bound: Bound, node: NodeIx) -> Derivation {
    let (told, steps) = Proofs {
        graph: writer.graph,
        shock,
        bound,
    }
    .nearest(node);
    let mut deriving = Deriving {
        writer,
        shock,
        bound,
        told,
        seen: HashSet::new(),
        steps: 0,
    };
    let derivation = deriving.derive(node, 0);
    Derivation {
        omitted: steps - deriving.steps,
        ..derivation
    }
}

/// What gives one bound of each node.
#[derive(Clone, Copy)]
struct Proofs<'s> {
    graph: &'s Graph,
    shock: &'s Shock<'s>,
    bound: Bound,
}

impl Proofs<'_> {
    /// The proof of a node, and the node it is told of: where a node needs all of another by its
    /// meaning alone, that of the other, so that no step says nothing.
    fn of(self, node: NodeIx) -> (NodeIx, Proof) {
        let mut at = node;
        loop {
            let proof = self.shock.proof(at, self.bound.0, self.bound.1);
            match proof.terms.as_slice() {
                [only] if only.share == 1.0 && self.is_meant(only.arc, at) => {
                    at = self.graph.arc(only.arc).to
                }
                _ => return (at, proof),
            }
        }
    }

    fn is_meant(self, arc: ArcIx, from: NodeIx) -> bool {
        self.graph.readings(arc).is_empty() && !self.shock.cuts(from)
    }

    /// How many terms are told of each node, those near the root before those far away; and how
    /// many there are in all.
    fn nearest(self, root: NodeIx) -> (HashMap<NodeIx, usize>, usize) {
        let (mut told, mut steps, mut open) = (HashMap::new(), 0, VecDeque::from([root]));
        while let Some(node) = open.pop_front() {
            let (node, proof) = self.of(node);
            if told.contains_key(&node) {
                continue;
            }
            told.insert(
                node,
                proof.terms.len().min(MOST_STEPS.saturating_sub(steps)),
            );
            steps += proof.terms.len();
            open.extend(proof.terms.iter().map(|term| self.graph.arc(term.arc).to));
        }
        (told, steps)
    }
}

/// A derivation on its way: each node is derived once.
struct Deriving<'w, 'c, 's> {
    writer: &'w mut Writer<'c>,
    shock: &'s Shock<'s>,
    bound: Bound,
    /// How many terms are told of each node.
    told: HashMap<NodeIx, usize>,
    seen: HashSet<NodeIx>,
    steps: usize,
}

impl Deriving<'_, '_, '_> {
    fn derive(&mut self, node: NodeIx, depth: usize) -> Derivation {
        let (spread, side) = self.bound;
        let side = match side {
            Side::Least => "least",
            Side::Greatest => "most",
        };
        let of = self.writer.node_view(node);
        let proofs = Proofs {
            graph: self.writer.graph,
            shock: self.shock,
            bound: self.bound,
        };
        let (node, proof) = proofs.of(node);
        let by = match proof.requirement {
            None if proof.bound > 0.0 => Cause::Cut,
            None => Cause::Nothing,
            Some(_) if self.seen.contains(&node) => Cause::Above,
            Some(requirement) => self.need(node, requirement, &proof, depth),
        };
        Derivation {
            of,
            side,
            in_proportion: spread == Spread::Even,
            bound: proof.bound,
            omitted: 0,
            by,
        }
    }

    fn need(
        &mut self,
        node: NodeIx,
        requirement: RequirementIx,
        proof: &Proof,
        depth: usize,
    ) -> Cause {
        let graph = self.writer.graph;
        let told = if depth < MOST_DEPTH {
            self.told[&node]
        } else {
            0
        };
        if told > 0 {
            self.seen.insert(node);
        }
        self.steps += told;
        Cause::Need {
            channel: graph.requirement(requirement).channel,
            omitted: proof.terms.len() - told,
            terms: proof.terms[..told]
                .iter()
                .map(|term| self.term(term, depth))
                .collect(),
        }
    }

    fn term(&mut self, term: &loss::Term, depth: usize) -> Term {
        let step = self.writer.step_along(term.arc);
        let of = self.derive(self.writer.graph.arc(term.arc).to, depth + 1);
        Term {
            share: term.share,
            loss: term.loss,
            step,
            of,
        }
    }
}
