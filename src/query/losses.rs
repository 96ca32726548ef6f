//! Losses as rows: who loses how much if something is cut.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, CutView, Given, Row};
use super::dependence::{
    Picker, WITH_MORE, group_rank, insert_filter, insert_follow, push_first_steps, stated,
};
use super::elsewhere::{self, Elsewhere, SourceArc};
use super::party::{Party, single_cuts};
use super::shock::{Loss, Shock, Unsettled};
use super::territory::{with_plants, with_sites};
use super::writer::Writer;
use crate::facts::{Catalogue, EntityIx, EntityKind, percent, written};
use crate::graph::loss::{MOST_ROUNDS, Network};
use crate::graph::{ArcIx, Channel, Direction, Follow, Graph, NodeIx};
use crate::request::{Cut, Filter, Subject};

/// How every answer with bounds says what they are.
pub(super) const METHOD: &str = "Bounds hold for every choice of shares that the documents allow; what no document joins \
                                 counts as untouched. A calculation, not a forecast: no stocks, prices or time.";

/// How an answer with proportional bounds says what they are.
const PROPORTION: &str = "No document says who goes short of what several take from: “in proportion” is what is lost if all go short alike.";

const NO_ALTERNATIVE: &str = "Sure to lose, no other source documented";
const ALTERNATIVE: &str = "Sure to lose, though another source is documented";
const IN_PROPORTION: &str = "Would lose if shortage is shared in proportion";
const AT_MOST: &str = "May lose something, at most so much";
const UNKNOWN: &str = "May lose something";
const WITHIN: &str = "Within what is cut";

/// Something that loses.
pub(super) struct Hit {
    node: NodeIx,
    pub entity: EntityIx,
    /// Whether only one output of the entity is meant.
    is_output: bool,
    pub loss: Loss,
    /// Where else it could come from.
    others: Vec<SourceArc>,
}

/// What some cuts do, and which part of that rests on what documents state.
pub(super) struct Damage<'g> {
    pub shock: Shock<'g>,
    /// What the same cuts do without plans and undocumented shares; nothing where those are not
    /// followed in any case.
    stated: Option<Shock<'g>>,
}

/// The networks that [`Damage`] is worked out on.
pub(super) struct Networks {
    all: Network,
    stated: Option<Network>,
}

impl Networks {
    pub fn new(graph: &Graph, follow: &Follow) -> Self {
        let network = |follow: Follow| graph.network(|arc| follow.passes(graph, arc));
        let has_more = stated(follow) != *follow;
        Networks {
            all: network(*follow),
            stated: has_more.then(|| network(stated(follow))),
        }
    }
}

impl<'g> Damage<'g> {
    pub fn new(
        catalogue: &'g Catalogue,
        graph: &'g Graph,
        networks: &'g Networks,
        cuts: &[Cut<Subject>],
        follow: &Follow,
    ) -> Self {
        let shock = |network, follow: Follow| {
            Shock::new(catalogue, graph, network, cuts, move |arc| {
                follow.passes(graph, arc)
            })
        };
        let of_stated = networks
            .stated
            .as_ref()
            .map(|network| shock(network, stated(follow)));
        Damage {
            shock: shock(&networks.all, *follow),
            stated: of_stated,
        }
    }

    /// Whether a hit is one only by plans or undocumented shares.
    fn is_only_possible(&self, hit: &Hit) -> bool {
        self.stated
            .as_ref()
            .is_some_and(|stated| stated.loss(hit.node).sound.hi == 0.0)
    }
}

/// What loses and is asked about: entities, and those of their outputs of which the extent is
/// known.
fn hits(graph: &Graph, shock: &Shock, picker: &Picker) -> Vec<Hit> {
    let hit = |node: NodeIx| {
        let (stands_for, loss) = (graph.node(node), shock.loss(node));
        let is_told =
            || !loss.is_unknown() && !shock.cuts(node) && !picker.is_about(stands_for.entity());
        let output = || picker.maker(stands_for).filter(|_| is_told());
        let (entity, is_output) = match picker.entity(stands_for) {
            Some(entity) => (entity, false),
            None => (output()?, true),
        };
        Some(Hit {
            node,
            entity,
            is_output,
            loss,
            others: Vec::new(),
        })
    };
    shock.nodes().filter_map(hit).collect()
}

/// Pushes a row for each thing that is hit, under its heading: the certain and large before the
/// rest, then the near; and what plans and undocumented shares would add at the first step.
pub(super) fn push_hits(
    writer: &mut Writer,
    damage: &Damage,
    picker: &Picker,
    follow: &Follow,
    headings: &[&'static str],
    heading: impl Fn(&Hit) -> &'static str,
) {
    let shock = &damage.shock;
    let elsewhere = Elsewhere::new(writer, shock);
    let mut found: Vec<(&'static str, Hit, Vec<ArcIx>, u32)> = Vec::new();
    for mut hit in hits(writer.graph, shock, picker) {
        let chain = shock.chain(hit.node);
        let distance = writer.graph.facts_in(&chain) as u32;
        hit.others = elsewhere.sources(hit.node, &chain);
        let group = if damage.is_only_possible(&hit) {
            WITH_MORE
        } else {
            heading(&hit)
        };
        if picker.is_near(distance) {
            found.push((group, hit, chain, distance));
        }
    }
    let known: HashSet<EntityIx> = found.iter().map(|(_, hit, ..)| hit.entity).collect();
    found.sort_by_cached_key(|(group, hit, _, distance)| {
        let rank = headings
            .iter()
            .chain([&WITH_MORE])
            .position(|heading| heading == group);
        // Where nothing tells losses apart by their size, firms come before goods.
        let kind = hit
            .loss
            .is_unknown()
            .then(|| group_rank(writer.catalogue[hit.entity].kind));
        (
            rank,
            hit.loss.rank(),
            kind,
            *distance,
            hit.entity,
            hit.is_output,
            hit.node,
        )
    });
    for (group, hit, chain, distance) in found {
        let row = row(writer, group, &hit, &chain);
        writer.push(Row {
            distance: Some(distance),
            ..row
        });
    }
    push_first_steps(writer, picker, shock.reach(), &known, follow);
}

fn row(writer: &mut Writer, group: &'static str, hit: &Hit, chain: &[ArcIx]) -> Row {
    Row {
        group,
        entity: Some(writer.entity(hit.entity)),
        output: hit.is_output.then(|| writer.node_view(hit.node)),
        bounds: Some(hit.loss.sound),
        proportional: hit.loss.beside(),
        steps: writer.steps(chain),
        alternatives: elsewhere::told(writer, &hit.others),
        ..Row::default()
    }
}

/// What stands above an answer with bounds.
pub(super) struct Head {
    pub command: &'static str,
    pub given: IndexMap<&'static str, Given>,
    pub title: String,
}

impl Head {
    /// With the rows and arcs that are asked for among what the question was given.
    pub fn with(mut self, writer: &Writer, filter: &Filter<Party>, follow: &Follow) -> Self {
        insert_filter(writer, &mut self.given, filter);
        insert_follow(&mut self.given, follow);
        self
    }
}

/// Has the rows of an answer with bounds written, and says so where losses did not come to rest.
pub(super) fn bounded<'c>(
    mut writer: Writer<'c>,
    head: Head,
    write: impl FnOnce(&mut Writer<'c>) -> Unsettled,
) -> Answer {
    if let Unsettled(nodes @ 1..) = write(&mut writer) {
        writer.note(format!(
            "{nodes} nodes depend on each other in a circle in which losses still grew after {MOST_ROUNDS} rounds: \
             bounds hold, but may be wider than they need be"
        ));
    }
    let mut answer = writer.finish(head.command, head.given, head.title, METHOD);
    if answer.rows.iter().any(|row| row.proportional.is_some()) {
        answer.method = format!("{METHOD} {PROPORTION}");
    }
    answer
}

/// Answers `what-if`.
pub(super) fn what_if(
    writer: Writer,
    cuts: &[Cut<Party>],
    filter: &Filter<Party>,
    follow: &Follow,
) -> Answer {
    let title = format!("What is lost without {}", cut_names(&writer, cuts));
    let given = IndexMap::from([("cuts", given_cuts(&writer, cuts))]);
    let head = Head {
        command: "what-if",
        given,
        title,
    }
    .with(&writer, filter, follow);
    bounded_by_cuts(writer, head, cuts, |writer| {
        push_lost(writer, cuts, filter, follow)
    })
}

/// As [`bounded`]; that cuts of no part of anything take nothing is an answer.
pub(super) fn bounded_by_cuts<'c>(
    writer: Writer<'c>,
    head: Head,
    cuts: &[Cut<Party>],
    write: impl FnOnce(&mut Writer<'c>) -> Unsettled,
) -> Answer {
    if cuts.iter().any(|cut| cut.part > 0.0) {
        return bounded(writer, head, write);
    }
    Answer {
        empty_means: Some("Nothing is cut, so nothing is lost."),
        ..bounded(writer, head, |_| Unsettled::default())
    }
}

fn push_lost(
    writer: &mut Writer,
    cuts: &[Cut<Party>],
    filter: &Filter<Party>,
    follow: &Follow,
) -> Unsettled {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    let networks = Networks::new(graph, follow);
    let cuts = single_cuts(cuts);
    let damage = Damage::new(catalogue, graph, &networks, &cuts, follow);
    let subjects: Vec<Subject> = cuts.iter().map(|cut| cut.of).collect();
    subjects
        .iter()
        .for_each(|&subject| note_group(writer, subject, follow));
    let inside = inside(catalogue, &subjects);
    let picker = Picker::new(writer, Direction::Dependents, subjects, filter);
    let heading = |hit: &Hit| {
        let is_site = matches!(
            catalogue[hit.entity].kind,
            EntityKind::Place | EntityKind::Plant
        );
        let is_inside = is_site && inside.contains(&hit.entity);
        match hit.loss {
            _ if is_inside => WITHIN,
            loss if loss.sound.lo > 0.0 && hit.others.is_empty() => NO_ALTERNATIVE,
            loss if loss.sound.lo > 0.0 => ALTERNATIVE,
            loss if loss.proportional.lo > 0.0 => IN_PROPORTION,
            loss if loss.sound.hi < 1.0 => AT_MOST,
            _ => UNKNOWN,
        }
    };
    push_hits(
        writer,
        &damage,
        &picker,
        follow,
        &[
            NO_ALTERNATIVE,
            ALTERNATIVE,
            IN_PROPORTION,
            AT_MOST,
            UNKNOWN,
            WITHIN,
        ],
        heading,
    );
    damage.shock.unsettled()
}

/// What belongs to some subjects by itself: the places and plants in a territory, the plants of a
/// firm.
fn inside(catalogue: &Catalogue, subjects: &[Subject]) -> HashSet<EntityIx> {
    let entities = subjects.iter().filter_map(|subject| subject.entity());
    entities
        .flat_map(|entity| {
            with_sites(catalogue, entity)
                .into_iter()
                .chain(with_plants(catalogue, entity))
        })
        .collect()
}

/// Tells the reader that members are not cut with a group, unless they are.
pub(super) fn note_group(writer: &mut Writer, cut: Subject, follow: &Follow) {
    let graph = writer.graph;
    let is_group = cut
        .entity()
        .is_some_and(|entity| writer.catalogue[entity].kind == EntityKind::Group);
    let channel = |ix| graph.channel(graph.arc(ix));
    let targets = cut.target_nodes(writer.catalogue, graph);
    let has_members = graph
        .arcs_at(&targets, Direction::Dependents)
        .any(|ix| channel(ix) == Channel::Ownership);
    if is_group && has_members && !follow.ownership {
        let name = writer.subject_name(cut);
        writer.note(format!(
            "{name}: taken as a whole; --include ownership also counts what each member makes"
        ));
    }
}

/// `China`, `half of graphite from China`: what is cut, in words.
pub(super) fn cut_names(writer: &Writer, cuts: &[Cut<Party>]) -> String {
    let is_policy = |of: &Party| {
        of.entity()
            .is_some_and(|it| writer.catalogue[it].kind == EntityKind::Policy)
    };
    let whole = |of: &Party| match is_policy(of) {
        true => format!("all that {} restricts", writer.party_name(of)),
        false => writer.party_name(of),
    };
    let name = |cut: &Cut<Party>| match cut.part {
        1.0 => whole(&cut.of),
        part => format!("{} % of {}", written(percent(part)), whole(&cut.of)),
    };
    cuts.iter().map(name).collect::<Vec<_>>().join(" and ")
}

pub(super) fn given_cuts(writer: &Writer, cuts: &[Cut<Party>]) -> Given {
    let view = |cut: &Cut<Party>| CutView {
        of: Box::new(writer.given_party(&cut.of)),
        part: cut.part,
    };
    Given::Cuts(cuts.iter().map(view).collect())
}
