//! More than one chain at a time: the goods and firms of a sector, and the whole network in brief.

use std::cmp::Reverse;
use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Row, Step};
use super::dependence::{PLANS, insert_whence, whence};
use super::listing::{capitalised, facts_where, kinds_of};
use super::party::Party;
use super::territory::Whence;
use super::writer::Writer;
use crate::facts::{EntityIx, EntityKind, Fact, GOODS, TERRITORIES};
use crate::graph::{Arc, ArcIx, Channel, Direction, Follow, Graph, Node, NodeIx, Reach, Standing};

const KINDS: &str = "Kinds";
const MAKERS: &str = "Makers";
const BUYERS: &str = "Buyers and users";
const INPUTS: &str = "Inputs and where they are from";
const SITES: &str = "Sites there";
const NAMED: &str = "Facts that name it";
const OF_THAT_HOME: &str = "Of that economy, but not said to make or buy it there: not counted";

const SECTOR: &str = "A good with its kinds, who makes or buys them, and what goes into them, each by the shortest chain of facts; \
                      nothing counts that rests on a plan or on an undocumented share.";

/// Answers `sector`: a good and its kinds, their makers and buyers, and their inputs; where it is
/// no good, the facts that name it.
pub(super) fn sector(
    mut writer: Writer,
    of: &Party,
    within: Option<&Party>,
    from: Option<&Party>,
) -> Answer {
    let name = writer.party_name(of);
    let place = whence(&writer, within, from);
    let mut given = IndexMap::from([("entity", writer.given_party(of))]);
    insert_whence(&writer, &mut given, within, from);
    let is_good = |entity: EntityIx| GOODS.contains(writer.catalogue[entity].kind);
    if !of.entities().any(is_good) {
        writer.push_for_each(of, |writer, one| push_named(writer, one.owner()));
        return writer.finish(
            "sector",
            given,
            format!("Facts on {name}"),
            "No good: no kinds, makers or inputs are known of it.",
        );
    }
    writer.push_for_each(of, |writer, one| {
        if GOODS.contains(writer.catalogue[one.owner()].kind) {
            push_sector(writer, one.owner(), within, from);
        } else {
            push_named(writer, one.owner());
        }
    });
    writer.sort_rows_by_heading(&[KINDS, MAKERS, BUYERS, SITES, INPUTS, NAMED]);
    let title = format!(
        "{}{place}: kinds, makers, buyers and inputs",
        capitalised(&name)
    );
    writer.finish("sector", given, title, SECTOR)
}

/// Rows for the facts that name something.
fn push_named(writer: &mut Writer, entity: EntityIx) {
    let names = |fact: &Fact| fact.entities().any(|named| named == entity);
    for ix in facts_where(writer.catalogue, names) {
        let reading = writer.fact(ix, false);
        writer.push(Row {
            group: NAMED,
            facts: vec![reading],
            ..Row::default()
        });
    }
}

fn push_sector(
    writer: &mut Writer,
    entity: EntityIx,
    within: Option<&Party>,
    from: Option<&Party>,
) {
    let sector = Sector::new(writer, entity, within, from);
    let outward = sector.outward(writer);
    let is_there = sector.whence.is_open() || !outward.is_empty();
    let inputs = if is_there {
        sector.inputs(writer, &sector.made(writer.graph, &outward))
    } else {
        Vec::new()
    };
    let mut known: HashSet<_> = outward.iter().map(Finding::key).collect();
    outward
        .into_iter()
        .chain(inputs)
        .for_each(|found| push(writer, found));
    let planned = Sector::with_plans(writer, entity, within, from);
    push_planned(writer, &planned, &mut known);
    if let (Some(economy), None) = (within, from) {
        let of_home = Sector::new(writer, entity, None, within);
        push_of_that_home(writer, &of_home, economy, &known);
    }
}

/// Rows for who makes or buys it by plans, forecasts or opinions alone, or in a place of which only
/// those speak.
fn push_planned(writer: &mut Writer, planned: &Sector, known: &mut HashSet<Key>) {
    let found = planned.outward(writer);
    push_aside(
        writer,
        PLANS,
        found.into_iter().filter(|found| known.insert(found.key())),
    );
}

/// A note on who is of the economy whose territory is asked for, but not said to make or buy there;
/// and rows, where there are no others.
fn push_of_that_home(writer: &mut Writer, of_home: &Sector, economy: &Party, known: &HashSet<Key>) {
    let mut found = of_home.outward(writer);
    found.retain(|found| !known.contains(&found.key()));
    if !found.is_empty() {
        let note = note_on_home(writer, economy, found.len());
        writer.note(note);
    }
    if !writer.has_rows() {
        push_aside(writer, OF_THAT_HOME, found);
    }
}

fn note_on_home(writer: &Writer, economy: &Party, count: usize) -> String {
    let (id, name) = (writer.party_written(economy), writer.party_name(economy));
    let are = if count == 1 {
        "maker or buyer is"
    } else {
        "makers and buyers are"
    };
    format!("{count} {are} of {name}, but not said to make or buy it there: ask with --from {id}")
}

fn push_aside(writer: &mut Writer, group: &'static str, found: impl IntoIterator<Item = Finding>) {
    for found in found {
        let row = row(writer, Finding { group, ..found });
        writer.push_aside(row);
    }
}

/// Something to tell, with the chain that proves it.
struct Finding {
    group: &'static str,
    entity: EntityIx,
    /// Its output, where that is meant and not itself.
    output: Option<NodeIx>,
    chain: Vec<ArcIx>,
    remarks: Vec<String>,
}

/// What tells things found apart.
type Key = (EntityIx, Option<NodeIx>);

impl Finding {
    fn key(&self) -> Key {
        (self.entity, self.output)
    }
}

fn push(writer: &mut Writer, found: Finding) {
    let row = row(writer, found);
    writer.push(row);
}

fn row(writer: &mut Writer, found: Finding) -> Row {
    Row {
        group: found.group,
        entity: Some(writer.entity(found.entity)),
        output: found.output.map(|node| writer.node_view(node)),
        distance: Some(writer.graph.facts_in(&found.chain) as u32),
        steps: whole(writer, &found.chain),
        remarks: found.remarks,
        ..Row::default()
    }
}

/// The steps of a chain to its very end: also that by which one maker's output of a good is that
/// good, which rests on no fact.
fn whole(writer: &mut Writer, chain: &[ArcIx]) -> Vec<Step> {
    let graph = writer.graph;
    let told = chain
        .iter()
        .rposition(|&arc| !graph.readings(arc).is_empty())
        .map_or(0, |last| last + 1);
    let mut steps = writer.steps(chain);
    if told < chain.len() {
        steps.push(writer.step_by_meaning(&chain[told..]));
    }
    steps
}

/// A good and its kinds, and where those are looked for.
struct Sector<'c> {
    entity: EntityIx,
    goods: HashSet<EntityIx>,
    whence: Whence<'c>,
    /// What arcs are followed beside documented ones.
    standing: Standing,
}

impl<'c> Sector<'c> {
    fn new(
        writer: &Writer<'c>,
        entity: EntityIx,
        within: Option<&Party>,
        from: Option<&Party>,
    ) -> Self {
        let whence = Whence::new(writer.catalogue, within, from);
        Sector {
            entity,
            goods: kinds_of(writer.catalogue, entity),
            whence,
            standing: Standing::Documented,
        }
    }

    fn with_plans(
        writer: &Writer<'c>,
        entity: EntityIx,
        within: Option<&Party>,
        from: Option<&Party>,
    ) -> Self {
        let whence = Whence::with_plans(writer.catalogue, within, from);
        Sector {
            whence,
            standing: Standing::Planned,
            ..Sector::new(writer, entity, None, None)
        }
    }

    /// The nodes whose inputs are told: how the goods are made that some chains run along, and the
    /// outputs in those chains.
    fn made(&self, graph: &Graph, outward: &[Finding]) -> Vec<NodeIx> {
        let mut made: Vec<NodeIx> = graph.find(Node::Recipe(self.entity)).into_iter().collect();
        for node in outward
            .iter()
            .flat_map(|found| &found.chain)
            .map(|&arc| graph.arc(arc).from)
        {
            made.extend(match graph.node(node) {
                Node::Supply { good, .. } if self.goods.contains(&good) => Some(node),
                Node::Good(good) | Node::Class(good) | Node::Recipe(good)
                    if self.goods.contains(&good) =>
                {
                    graph.find(Node::Recipe(good))
                }
                _ => None,
            });
        }
        made.sort_unstable();
        made.dedup();
        made
    }

    /// Whether an output is made there: by somebody from there, or at a site there.
    fn is_made_there(&self, graph: &Graph, node: NodeIx) -> bool {
        let Node::Supply { by, .. } = graph.node(node) else {
            return false;
        };
        let sites = graph
            .arcs_at(&[node], Direction::Dependencies)
            .map(|ix| graph.arc(ix));
        let sites = sites.filter(|arc| graph.channel(arc) == Channel::Sites);
        let site = |arc: &Arc| match graph.node(arc.to) {
            Node::Making { at, .. } => at,
            site => site.entity(),
        };
        self.whence.is_there(by) || sites.map(site).any(|site| self.whence.is_there(site))
    }

    /// The kinds, makers and buyers: all that depends on the good without another good in between.
    /// Whom a buyer is known to buy from comes before what else it may buy, then the chain of
    /// fewest facts, then the one along how goods are made, as the chains of inputs run.
    fn outward(&self, writer: &Writer) -> Vec<Finding> {
        let graph = writer.graph;
        let own = [
            Node::Recipe(self.entity),
            Node::Class(self.entity),
            Node::Good(self.entity),
        ];
        let mut all: Vec<(bool, usize, Finding)> = Vec::new();
        for (with_rest, node) in own
            .map(|node| (false, node))
            .into_iter()
            .chain(own.map(|node| (true, node)))
        {
            let start: Vec<NodeIx> = graph.find(node).into_iter().collect();
            let passes = |arc: &Arc| (with_rest || !arc.is_rest) && self.leads_out(graph, arc);
            let reach = graph.reach_along(&start, Direction::Dependents, passes);
            let found = reach
                .nodes()
                .iter()
                .filter_map(|&node| self.found(writer, &reach, node));
            all.extend(found.map(|found| (with_rest, graph.facts_in(&found.chain), found)));
        }
        all.sort_by_key(|(with_rest, facts, _)| (*with_rest, *facts));
        let mut seen = HashSet::new();
        all.into_iter()
            .map(|(.., found)| found)
            .filter(|found| seen.insert(found.key()))
            .collect()
    }

    /// Whether an arc stays among the goods of the sector, or leads from there to who makes or buys
    /// them.
    fn leads_out(&self, graph: &Graph, arc: &Arc) -> bool {
        let is_own = |node: NodeIx| match graph.node(node) {
            Node::Good(good) | Node::Class(good) | Node::Recipe(good) => self.goods.contains(&good),
            Node::Supply { good, .. } | Node::Intake { good, .. } => self.goods.contains(&good),
            _ => false,
        };
        let is_bought =
            |node: NodeIx| matches!(graph.node(node), Node::Supply { .. } | Node::Intake { .. });
        let is_end = match graph.node(arc.from) {
            // Of what a maker makes the territory wants what it makes there, even if it makes other
            // things too.
            Node::Actor(actor) => match graph.node(arc.to) {
                Node::Supply { by, .. } if by == actor => self.is_made_there(graph, arc.to),
                _ => true,
            },
            // What a buyer makes of it.
            Node::Supply { .. } => is_own(arc.to) && is_bought(arc.to),
            _ => false,
        };
        let is_followed =
            matches!(arc.standing, Standing::Documented) || arc.standing == self.standing;
        is_followed && (is_own(arc.from) || is_end)
    }

    fn found(&self, writer: &Writer, reach: &Reach, node: NodeIx) -> Option<Finding> {
        let graph = writer.graph;
        let kind = |entity: EntityIx| writer.catalogue[entity].kind;
        let chain = reach.chain(node);
        let next = chain.first().map(|&arc| graph.node(graph.arc(arc).to))?;
        let (group, entity, output) = match graph.node(node) {
            Node::Good(good) if good != self.entity && self.whence.is_open() => (KINDS, good, None),
            Node::Actor(actor) => match next {
                Node::Supply { by, good } if by == actor && self.goods.contains(&good) => {
                    (MAKERS, actor, None)
                }
                _ => (BUYERS, actor, None),
            },
            Node::Supply { by, good }
                if kind(by) == EntityKind::Economy && self.goods.contains(&good) =>
            {
                (MAKERS, by, Some(node))
            }
            _ => return None,
        };
        let made_there = || {
            chain
                .iter()
                .any(|&arc| self.is_made_there(graph, graph.arc(arc).from))
        };
        let is_there = || self.whence.is_there(entity) || made_there();
        let is_wanted = group == KINDS || self.whence.is_theirs(entity) && is_there();
        is_wanted.then_some(Finding {
            group,
            entity,
            output,
            chain,
            remarks: Vec::new(),
        })
    }

    /// What goes into what is made, and what that goes into, and who is documented to supply it;
    /// and the sites in the territory.
    fn inputs(&self, writer: &Writer, made: &[NodeIx]) -> Vec<Finding> {
        let graph = writer.graph;
        let reach = graph.reach_along(made, Direction::Dependencies, |arc| {
            arc.standing == Standing::Documented && self.leads_in(graph.node(arc.to))
        });
        let found = |&node: &NodeIx| {
            let chain = reach.chain(node);
            let channel = |&arc: &ArcIx| graph.channel(graph.arc(arc));
            let is_site = chain
                .first()
                .is_some_and(|arc| channel(arc) == Channel::Sites);
            let (group, entity, output) = match graph.node(node) {
                Node::Good(good) if !self.goods.contains(&good) => (INPUTS, good, None),
                Node::Supply { by, good } if !self.goods.contains(&good) => {
                    (INPUTS, by, Some(node))
                }
                Node::Policy(policy) => (INPUTS, policy, None),
                Node::Plant(site) | Node::Place(site) => {
                    (if is_site { SITES } else { INPUTS }, site, None)
                }
                _ => return None,
            };
            Some(Finding {
                group,
                entity,
                output,
                chain,
                remarks: Vec::new(),
            })
        };
        reach
            .nodes()
            .iter()
            .filter_map(found)
            .filter(|found| !found.chain.is_empty())
            .collect()
    }

    fn leads_in(&self, node: Node) -> bool {
        match node {
            Node::Good(_)
            | Node::Class(_)
            | Node::Recipe(_)
            | Node::Supply { .. }
            | Node::Policy(_) => true,
            Node::Plant(site) | Node::Place(site) | Node::Making { at: site, .. } => {
                self.whence.has_territory() && self.whence.is_there(site)
            }
            _ => false,
        }
    }
}

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
