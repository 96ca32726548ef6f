//! How the bounds of a loss come about: which requirement gives each, by which shares and facts.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Cause, Derivation, Row, Term};
use super::losses::{Head, bounded, cut_names, given_cuts};
use super::question::{Cut, Filter, Subject};
use super::shock::{Shock, Unsettled};
use super::writer::Writer;
use crate::graph::loss::Side;
use crate::graph::{ArcIx, Follow, NodeIx};

/// Answers `what-if --explain`.
pub(super) fn explain(writer: Writer, cuts: &[Cut], of: Subject, follow: &Follow) -> Answer {
    let title = format!("What {} loses without {}", writer.subject_name(of), cut_names(&writer, cuts));
    let given = IndexMap::from([("cuts", given_cuts(&writer, cuts)), ("explain", writer.given(of))]);
    let head = Head { command: "what-if", given, title }.with(&writer, &Filter::default(), follow);
    bounded(writer, head, |writer| push_derivations(writer, cuts, of, follow))
}

fn push_derivations(writer: &mut Writer, cuts: &[Cut], of: Subject, follow: &Follow) -> Unsettled {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    let network = graph.network(|arc| follow.passes(graph, arc));
    let shock = Shock::new(catalogue, graph, &network, cuts, |arc| follow.passes(graph, arc));
    for node in of.subject_nodes(catalogue, graph).into_iter().filter(|&node| shock.loss(node).hi > 0.0) {
        let derivations = [Side::Least, Side::Greatest].map(|side| derive(writer, &shock, side, node));
        let row = Row {
            group: "How the bounds come about",
            entity: Some(writer.entity(of.owner())),
            output: of.entity().is_none().then(|| writer.node_view(node)),
            bounds: Some(shock.loss(node)),
            derivations: derivations.to_vec(),
            ..Row::default()
        };
        writer.push(row);
    }
    shock.unsettled()
}

fn derive(writer: &mut Writer, shock: &Shock, side: Side, node: NodeIx) -> Derivation {
    Deriving { writer, shock, side, seen: HashSet::new() }.derive(node)
}

/// A derivation on its way: each node is derived once.
struct Deriving<'w, 'c, 's> {
    writer: &'w mut Writer<'c>,
    shock: &'s Shock<'s>,
    side: Side,
    seen: HashSet<NodeIx>,
}

impl Deriving<'_, '_, '_> {
    fn derive(&mut self, node: NodeIx) -> Derivation {
        let graph = self.writer.graph;
        let proof = self.shock.proof(node, self.side);
        let side = match self.side {
            Side::Least => "least",
            Side::Greatest => "most",
        };
        let of = self.writer.node_view(node);
        // Where the meaning of a node alone makes it need another, the other's derivation is its own.
        if let [only] = proof.terms.as_slice()
            && only.share == 1.0
            && graph.readings(only.arc).is_empty()
            && !self.shock.cuts(node)
        {
            return Derivation { of, ..self.derive(graph.arc(only.arc).to) };
        }
        let by = match proof.requirement {
            None if proof.bound > 0.0 => Cause::Cut,
            None => Cause::Nothing,
            Some(_) if !self.seen.insert(node) => Cause::Above,
            Some(requirement) => Cause::Need {
                channel: graph.requirement(requirement).channel,
                terms: proof.terms.iter().map(|term| self.term(term.arc, term.share)).collect(),
            },
        };
        Derivation { of, side, bound: proof.bound, by }
    }

    fn term(&mut self, arc: ArcIx, share: f64) -> Term {
        let step = self.writer.step_along(arc);
        Term { share, step, of: self.derive(self.writer.graph.arc(arc).to) }
    }
}
