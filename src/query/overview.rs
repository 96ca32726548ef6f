//! The whole network in brief: on what most depends, and how that hangs together.

use std::cmp::Reverse;
use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Row};
use super::sector::{Finding, push};
use super::writer::Writer;
use crate::facts::{EntityIx, EntityKind, GOODS, TERRITORIES};
use crate::graph::{Arc, ArcIx, Channel, Direction, Follow, Node, NodeIx};

const MOST: &str = "Most depended on";
const TIES: &str = "How they hang together";

const OVERVIEW: &str = "The goods, makers, territories and policies on which most firms and goods depend, by documented relations, and the firms that \
                        depend on most; between them the shortest chains that pass by none of the others. What depends on a good only by \
                        being or taking a kind of it, or by making it, does not count, so that no mere class is named; nor does the owner of \
                        a firm, nor is named what only one thing depends on. Of equals at the end of a list all are named, or none where that would double it.";

/// How many of each role an overview names.
const NAMED_OF: [(OverviewRole, usize); 5] = [
    (OverviewRole::Good, 8),
    (OverviewRole::Maker, 3),
    (OverviewRole::Territory, 3),
    (OverviewRole::Policy, 2),
    (OverviewRole::Dependent, 2),
];

/// The entities that are looked at for each role: those that most relations touch.
const CANDIDATES: usize = 100;

/// For what an entity is in an overview.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OverviewRole {
    Good,
    Maker,
    Territory,
    Policy,
    /// Not depended on, but depending.
    Dependent,
}

impl OverviewRole {
    fn has(self, kind: EntityKind) -> bool {
        match self {
            OverviewRole::Good => GOODS.contains(kind),
            OverviewRole::Maker | OverviewRole::Dependent => {
                matches!(kind, EntityKind::Firm | EntityKind::Group)
            }
            OverviewRole::Territory => TERRITORIES.contains(kind),
            OverviewRole::Policy => kind == EntityKind::Policy,
        }
    }

    fn direction(self) -> Direction {
        if self == OverviewRole::Dependent {
            Direction::Dependencies
        } else {
            Direction::Dependents
        }
    }
}

/// Answers `overview`. One walk for each of at most a hundred candidates of each role.
pub(super) fn overview(mut writer: Writer) -> Answer {
    let mut named: Vec<EntityIx> = Vec::new();
    for (role, most) in NAMED_OF {
        for (entity, count) in first(leading(&writer, role, &named), most) {
            named.push(entity);
            let words = if role == OverviewRole::Dependent {
                "depends on"
            } else {
                "is depended on by"
            };
            let beyond = if role == OverviewRole::Good {
                " beyond its kinds and makers"
            } else {
                ""
            };
            let things = if count == 1 {
                "firm or good"
            } else {
                "firms and goods"
            };
            let remark = format!("{words} {count} {things}{beyond}");
            let row = Row {
                group: MOST,
                entity: Some(writer.entity(entity)),
                remarks: vec![remark],
                ..Row::default()
            };
            writer.push(row);
        }
    }
    for (entity, other, chain) in links(&writer, &named) {
        let remarks = vec![format!("on {}", writer.name(other))];
        push(
            &mut writer,
            Finding {
                group: TIES,
                entity,
                output: None,
                chain,
                remarks,
            },
        );
    }
    writer.finish(
        "overview",
        IndexMap::new(),
        "Overview: what most depends on".to_owned(),
        OVERVIEW,
    )
}

/// The first so many, and all that count as much as the last of them; or none that do, where those
/// would be more than as many again.
fn first(mut counted: Vec<(EntityIx, usize)>, most: usize) -> Vec<(EntityIx, usize)> {
    let last = counted
        .get(most.saturating_sub(1))
        .map_or(0, |(_, count)| *count);
    let with_equals = counted
        .iter()
        .take_while(|(_, count)| *count >= last)
        .count();
    let above = counted
        .iter()
        .take_while(|(_, count)| *count > last)
        .count();
    counted.truncate(if with_equals > 2 * most {
        above
    } else {
        with_equals
    });
    counted
}

/// The entities of a role, those with most dependents (or dependencies) first.
fn leading(writer: &Writer, role: OverviewRole, known: &[EntityIx]) -> Vec<(EntityIx, usize)> {
    let (catalogue, graph) = (writer.catalogue, writer.graph);
    let nodes = |entity| match role {
        OverviewRole::Dependent => graph.subject_nodes(catalogue, entity),
        _ => graph.target_nodes(catalogue, entity),
    };
    let is_wanted =
        |entity: &EntityIx| role.has(catalogue[*entity].kind) && !known.contains(entity);
    let mut wanted: Vec<EntityIx> = catalogue
        .entities_with_index()
        .map(|(ix, _)| ix)
        .filter(is_wanted)
        .collect();
    wanted.sort_by_key(|&entity| {
        (
            Reverse(graph.arcs_at(&nodes(entity), role.direction()).count()),
            entity,
        )
    });
    wanted.truncate(CANDIDATES);
    let count = |entity| {
        (
            entity,
            firms_and_goods(writer, &nodes(entity), entity, role.direction()),
        )
    };
    let mut counted: Vec<(EntityIx, usize)> = wanted
        .into_iter()
        .map(count)
        .filter(|(_, count)| *count > 1)
        .collect();
    counted.sort_by_key(|&(entity, count)| (Reverse(count), entity));
    counted
}

/// How many firms, groups and goods a walk from some nodes reaches.
fn firms_and_goods(
    writer: &Writer,
    nodes: &[NodeIx],
    own: EntityIx,
    direction: Direction,
) -> usize {
    let graph = writer.graph;
    // A class would count all that depends on any of its kinds, a good its makers, and what is
    // owned its owners.
    let is_of_a_kind = |arc: &Arc| match graph.channel(arc) {
        Channel::Kind => true,
        Channel::Output => matches!(graph.node(arc.to), Node::Actor(_)),
        _ => false,
    };
    let is_left_out = |arc: &Arc| {
        direction == Direction::Dependents && nodes.contains(&arc.to) && is_of_a_kind(arc)
    };
    let follow = Follow::default();
    let reach = graph.reach_along(nodes, direction, |arc| {
        follow.passes(graph, arc) && !is_left_out(arc)
    });
    let is_counted =
        |kind| matches!(kind, EntityKind::Firm | EntityKind::Group) || GOODS.contains(kind);
    let told = |node: &NodeIx| match writer.graph.node(*node) {
        Node::Good(entity) | Node::Actor(entity) => Some(entity),
        _ => None,
    };
    let reached: HashSet<EntityIx> = reach.nodes().iter().filter_map(told).collect();
    reached
        .into_iter()
        .filter(|&entity| entity != own && is_counted(writer.catalogue[entity].kind))
        .count()
}

/// A dependent, what it depends on, and the chain between them.
type Link = (EntityIx, EntityIx, Vec<ArcIx>);

/// The shortest chains between the named that pass by none of the rest, without those that two
/// others make up.
fn links(writer: &Writer, named: &[EntityIx]) -> Vec<Link> {
    let all: Vec<Link> = named
        .iter()
        .flat_map(|&entity| links_of(writer, entity, named))
        .collect();
    let has = |from: EntityIx, to: EntityIx| all.iter().any(|link| (link.0, link.1) == (from, to));
    let is_made_up = |link: &&Link| {
        let between = |&other: &EntityIx| {
            has(link.0, other) && has(other, link.1) && !has(other, link.0) && !has(link.1, other)
        };
        named.iter().any(between)
    };
    all.iter()
        .filter(|link| !is_made_up(link))
        .cloned()
        .collect()
}

fn links_of(writer: &Writer, entity: EntityIx, named: &[EntityIx]) -> Vec<Link> {
    let (catalogue, graph) = (writer.catalogue, writer.graph);
    let reach = graph.reach(
        &graph.subject_nodes(catalogue, entity),
        Direction::Dependencies,
        &Follow::default(),
    );
    let reached = |other: EntityIx| {
        let own = [Node::Recipe(other), Node::Good(other)]
            .into_iter()
            .filter_map(|node| graph.find(node));
        let nodes = own.chain(graph.target_nodes(catalogue, other));
        let node = nodes
            .into_iter()
            .find(|&node| reach.distance(node).is_some())?;
        let mut chain = reach.chain(node);
        // That a maker goes on at all says no more than its output does.
        chain.pop_if(|last| matches!(graph.node(graph.arc(*last).to), Node::Maker(_)));
        Some(chain)
    };
    let passes_by = |chain: &[ArcIx], other: EntityIx| {
        let inner = chain
            .iter()
            .skip(1)
            .map(|&arc| graph.node(graph.arc(arc).from));
        inner.into_iter().any(|node| {
            named
                .iter()
                .any(|&one| one != entity && one != other && is_of(node, one))
        })
    };
    let others = named.iter().filter(|&&other| other != entity);
    let found = others.filter_map(|&other| Some((entity, other, reached(other)?)));
    found
        .filter(|(_, other, chain)| !chain.is_empty() && !passes_by(chain, *other))
        .collect()
}

/// Whether a node stands for an entity, or for an output of a good. That a chain runs through an
/// output of some maker does not make the maker a part of it.
fn is_of(node: Node, entity: EntityIx) -> bool {
    node.entity() == entity
}
