//! What stops something entirely: its minimal cut sets, as few things together as can be.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Row};
use super::dependence::Picker;
use super::losses::{Head, METHOD, bounded};
use super::party::Party;
use super::shock::{Shock, Unsettled};
use super::writer::Writer;
use crate::facts::{EntityIx, Interval};
use crate::graph::{ArcIx, Channel, Direction, Follow, Graph, NodeIx, Standing};
use crate::request::{Cut, Filter, Subject};
/// Among how many of the nearest dependencies sets of one, two and three are tried: the larger the
/// sets, the more of them there are.
const MOST_CANDIDATES: [usize; 3] = [usize::MAX, 60, 20];

/// Answers `chokepoints --reverse`.
pub(super) fn cut_sets(writer: Writer, of: &Party, follow: &Follow) -> Answer {
    let title = format!("What stops {} entirely", writer.party_name(of));
    let given = IndexMap::from([("of", writer.given_party(of))]);
    let head = Head {
        command: "chokepoints",
        given,
        title,
    }
    .with(&writer, &Filter::default(), follow);
    let mut answer = bounded(writer, head, |writer| {
        let mut unsettled = Unsettled::default();
        writer.push_for_each(of, |writer, one| {
            let (sets, more) = minimal_cut_sets(writer, one, follow);
            sets.iter()
                .for_each(|(set, chain)| push_cut_set(writer, set, chain));
            unsettled = unsettled.max(more);
        });
        writer.sort_rows_by_heading(&GROUPS);
        unsettled
    });
    answer.method = format!("{STOPPED} {METHOD}");
    answer.empty_means = Some("By what the documents say, no such cuts are sure to stop it.");
    answer
}

const GROUPS: [&str; 3] = ["Each by itself", "Two together", "Three together"];

const STOPPED: &str = "The smallest sets of which the loss is sure to be all: of the thing itself or, of a firm, of every output that is \
                        documented. Sets of two are tried among the nearest 60 dependencies, sets of three among the nearest 20.";

fn push_cut_set(writer: &mut Writer, set: &[EntityIx], chain: &[ArcIx]) {
    let Some((first, others)) = set.split_first() else {
        return;
    };
    let row = Row {
        group: GROUPS[others.len()],
        entity: Some(writer.entity(*first)),
        with: others.iter().map(|&other| writer.entity(other)).collect(),
        bounds: Some(Interval::WHOLE),
        distance: Some(writer.graph.facts_in(chain) as u32),
        steps: writer.steps(chain),
        ..Row::default()
    };
    writer.push(row);
}

/// Entities that stop something together, and a chain to the first of them.
type CutSet = (Vec<EntityIx>, Vec<ArcIx>);

/// The smallest sets of entities whose loss is certain to stop something.
///
/// They are the minimal cut sets of the lowest order (W. E. Vesely et al., "Fault Tree Handbook",
/// NUREG-0492, 1981). Nothing larger is looked for once a size has any: it would say less, and cost
/// a loss for each set.
fn minimal_cut_sets(writer: &Writer, of: Subject, follow: &Follow) -> (Vec<CutSet>, Unsettled) {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    let network = graph.network(|arc| follow.passes(graph, arc));
    let stopped = to_be_stopped(graph, &of.subject_nodes(catalogue, graph));
    let mut unsettled = Unsettled::default();
    let mut least = |set: &[EntityIx]| -> (f64, Vec<ArcIx>) {
        let cuts: Vec<Cut<Subject>> = set.iter().map(|&entity| Cut::whole(entity)).collect();
        let shock = Shock::new(catalogue, graph, &network, &cuts, |arc| {
            follow.passes(graph, arc)
        });
        unsettled = unsettled.max(shock.unsettled());
        let least = stopped
            .iter()
            .map(|&node| shock.loss(node).sound.lo)
            .fold(1.0, f64::min);
        (
            least,
            stopped
                .first()
                .map_or(Vec::new(), |&node| shock.chain(node)),
        )
    };
    let candidates = candidates(writer, of, follow);
    for (size, most) in (1..).zip(MOST_CANDIDATES) {
        let mut found = Vec::new();
        for set in subsets(&candidates[..candidates.len().min(most)], size) {
            let (least, chain) = least(&set);
            if least > 1.0 - 1e-9 {
                found.push((set, chain));
            }
        }
        if !found.is_empty() || stopped.is_empty() {
            return (found, unsettled);
        }
    }
    (Vec::new(), unsettled)
}

/// What must be lost for something to stop: of a firm every documented output.
fn to_be_stopped(graph: &Graph, nodes: &[NodeIx]) -> Vec<NodeIx> {
    let outputs = graph
        .arcs_at(nodes, Direction::Dependencies)
        .map(|ix| graph.arc(ix));
    let outputs = outputs.filter(|arc| {
        graph.channel(arc) == Channel::Output && arc.standing == Standing::Documented
    });
    let outputs: HashSet<NodeIx> = outputs.map(|arc| arc.to).collect();
    let mut outputs: Vec<NodeIx> = outputs.into_iter().collect();
    outputs.sort_unstable();
    if outputs.is_empty() {
        nodes.to_vec()
    } else {
        outputs
    }
}

/// What something depends on, nearest first.
fn candidates(writer: &Writer, of: Subject, follow: &Follow) -> Vec<EntityIx> {
    let graph = writer.graph;
    let filter = Filter::default();
    let picker = Picker::new(writer, Direction::Dependencies, vec![of], &filter);
    let reach = graph.reach(
        &of.subject_nodes(writer.catalogue, graph),
        Direction::Dependencies,
        follow,
    );
    let mut seen = HashSet::new();
    let entities = reach
        .nodes()
        .iter()
        .filter_map(|&node| picker.entity(graph.node(node)));
    entities.filter(|&entity| seen.insert(entity)).collect()
}

/// Every set of so many of some entities, in their order.
fn subsets(entities: &[EntityIx], size: usize) -> Vec<Vec<EntityIx>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut sets = Vec::new();
    for (at, &first) in entities.iter().enumerate() {
        for rest in subsets(&entities[at + 1..], size - 1) {
            sets.push([&[first], rest.as_slice()].concat());
        }
    }
    sets
}
