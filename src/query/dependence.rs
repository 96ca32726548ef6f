//! Who depends on what: dependents, dependencies, and the chains between two.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Given, Row};
use super::territory::{Territory, Whence};
use super::writer::Writer;
use crate::facts::{Catalogue, EntityIx, EntityKind, GOODS, TERRITORIES};
use crate::graph::{ArcIx, Channel, Direction, Follow, Graph, Node, NodeIx, Reach, Standing};
use crate::request::{Filter, MOST_CHAINS, Subject};

const METHOD: &str = "X depends on Y if, by the relations the documents state, X could lose something were Y cut off; \
                      a calculation, not a forecast. Shortest chain shown.";

/// Which of the two questions is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Dependents,
    Dependencies,
}

impl Side {
    fn direction(self) -> Direction {
        match self {
            Side::Dependents => Direction::Dependents,
            Side::Dependencies => Direction::Dependencies,
        }
    }

    /// The nodes from which something is asked about.
    fn starts(self, of: Subject, writer: &Writer) -> Vec<NodeIx> {
        match self {
            Side::Dependents => of.target_nodes(writer.catalogue, writer.graph),
            Side::Dependencies => of.subject_nodes(writer.catalogue, writer.graph),
        }
    }
}

/// Answers `dependents` and `dependencies`: the same walk in either direction.
pub(super) fn dependence(
    mut writer: Writer,
    side: Side,
    of: Subject,
    filter: &Filter,
    follow: &Follow,
) -> Answer {
    let graph = writer.graph;
    let starts = side.starts(of, &writer);
    let picker = Picker::new(&writer, side, vec![of], filter).without_parts();
    let base = graph.reach(
        &starts,
        side.direction(),
        &Follow {
            plans: false,
            possible: false,
            ..*follow
        },
    );
    let certain = picker.pick(graph, &base);
    let mut known: HashSet<EntityIx> = certain.iter().map(|found| found.entity).collect();
    push_rows(&mut writer, certain, group);
    if follow.plans || follow.possible {
        let wide = graph.reach(&starts, side.direction(), follow);
        let more: Vec<Found> = picker
            .pick(graph, &wide)
            .into_iter()
            .filter(|found| !known.contains(&found.entity))
            .collect();
        known.extend(more.iter().map(|found| found.entity));
        push_rows(&mut writer, more, |_| WITH_MORE);
    }
    push_first_steps(&mut writer, &picker, &base, &known, follow);
    if side == Side::Dependents {
        push_unsaid(&mut writer, &picker, of, &known);
    }
    let title = title(&writer, side, of, filter);
    let command = if side == Side::Dependents {
        "dependents"
    } else {
        "dependencies"
    };
    let given = given(&writer, of, filter, follow);
    writer.finish(command, given, title, METHOD)
}

/// Rows for the nearest of what something depends on, or what depends on it; and how many there are
/// in all.
pub(super) fn nearest(
    writer: &mut Writer,
    (side, of): (Side, Subject),
    follow: &Follow,
    group: &'static str,
    most: usize,
) -> (Vec<Row>, usize) {
    let (graph, all) = (writer.graph, Filter::default());
    let starts = side.starts(of, writer);
    let picker = Picker::new(writer, side, vec![of], &all).without_parts();
    let mut found = picker.pick(graph, &graph.reach(&starts, side.direction(), follow));
    found.sort_by_key(|found| {
        (
            found.distance,
            group_rank(writer.catalogue[found.entity].kind),
            found.entity,
        )
    });
    let rows = found
        .iter()
        .take(most)
        .map(|found| row(writer, group, found))
        .collect();
    (rows, found.len())
}

/// The heading for rows that are there only because plans or undocumented shares were asked for.
pub(super) const WITH_MORE: &str = "Only with plans or undocumented shares";

fn title(writer: &Writer, side: Side, of: Subject, filter: &Filter) -> String {
    let name = writer.subject_name(of);
    let kinds = filter
        .kinds
        .iter()
        .map(|kind| kind.plural())
        .collect::<Vec<_>>()
        .join(", ");
    let within = whence(writer, filter.within, filter.from);
    let depth = match filter.depth {
        Some(1) => ", directly".to_owned(),
        Some(depth) => format!(", at most {depth} facts away"),
        None => String::new(),
    };
    match (side, kinds.is_empty()) {
        (Side::Dependents, true) => format!("Who{within} depends on {name}{depth}"),
        (Side::Dependents, false) => format!("Which {kinds}{within} depend on {name}{depth}"),
        (Side::Dependencies, true) => format!("What {name} depends on{within}{depth}"),
        (Side::Dependencies, false) => format!("Which {kinds} {name} depends on{within}{depth}"),
    }
}

/// Where and whose rows are, as titles say it: ` in Japan from South Korea`.
pub(super) fn whence(writer: &Writer, within: Option<EntityIx>, from: Option<EntityIx>) -> String {
    let named = [("in", within), ("from", from)]
        .into_iter()
        .filter_map(|(word, place)| Some((word, place?)));
    named
        .map(|(word, place)| format!(" {word} {}", writer.name(place)))
        .collect()
}

fn given(
    writer: &Writer,
    of: Subject,
    filter: &Filter,
    follow: &Follow,
) -> IndexMap<&'static str, Given> {
    let mut given = IndexMap::from([("of", writer.given(of))]);
    insert_filter(writer, &mut given, filter);
    insert_follow(&mut given, follow);
    given
}

pub(super) fn insert_filter(
    writer: &Writer,
    given: &mut IndexMap<&'static str, Given>,
    filter: &Filter,
) {
    if !filter.kinds.is_empty() {
        given.insert(
            "kind",
            Given::Words(
                filter
                    .kinds
                    .iter()
                    .map(|kind| kind.noun().to_owned())
                    .collect(),
            ),
        );
    }
    insert_whence(writer, given, filter.within, filter.from);
    if let Some(depth) = filter.depth {
        given.insert("depth", Given::Number(depth.into()));
    }
}

pub(super) fn insert_whence(
    writer: &Writer,
    given: &mut IndexMap<&'static str, Given>,
    within: Option<EntityIx>,
    from: Option<EntityIx>,
) {
    for (word, place) in [("in", within), ("from", from)] {
        given.extend(place.map(|place| (word, Given::of(writer.entity(place)))));
    }
}

pub(super) fn insert_follow(given: &mut IndexMap<&'static str, Given>, follow: &Follow) {
    let words = [
        ("plans", follow.plans),
        ("possible", follow.possible),
        ("market", follow.market),
        ("ownership", follow.ownership),
        ("technology", follow.technology),
    ];
    let words: Vec<String> = words
        .iter()
        .filter(|(_, is_on)| *is_on)
        .map(|(word, _)| (*word).to_owned())
        .collect();
    if !words.is_empty() {
        given.insert("include", Given::Words(words));
    }
}

/// The heading under which entities of a kind stand.
fn group(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Firm | EntityKind::Group | EntityKind::Organisation | EntityKind::Person => {
            "Firms and groups"
        }
        EntityKind::Economy => "Economies",
        EntityKind::Material
        | EntityKind::Product
        | EntityKind::Technology
        | EntityKind::Sector => "Goods",
        EntityKind::Plant => "Plants",
        EntityKind::Place | EntityKind::Event => "Places",
        EntityKind::Policy => "Policies",
    }
}

const GROUPS: [&str; 6] = [
    "Firms and groups",
    "Economies",
    "Goods",
    "Plants",
    "Places",
    "Policies",
];

/// The place of a kind's heading among all.
pub(super) fn group_rank(kind: EntityKind) -> usize {
    GROUPS
        .iter()
        .position(|name| *name == group(kind))
        .unwrap_or(GROUPS.len())
}

/// An entity that was reached.
struct Found {
    entity: EntityIx,
    distance: u32,
    chain: Vec<ArcIx>,
}

fn push_rows(
    writer: &mut Writer,
    mut found: Vec<Found>,
    heading: impl Fn(EntityKind) -> &'static str,
) {
    let kind = |found: &Found| writer.catalogue[found.entity].kind;
    let order = |found: &Found| group_rank(kind(found));
    found.sort_by_key(|found| (order(found), found.distance, found.entity));
    writer.reserve(found.len());
    for found in found {
        let group = heading(writer.catalogue[found.entity].kind);
        let row = row(writer, group, &found);
        writer.push(row);
    }
}

fn row(writer: &mut Writer, group: &'static str, found: &Found) -> Row {
    let entity = Some(writer.entity(found.entity));
    Row {
        group,
        entity,
        distance: Some(found.distance),
        steps: writer.steps(&found.chain),
        ..Row::default()
    }
}

/// Picks the entities that a walk reached, as the question wants them.
pub(super) struct Picker<'q> {
    side: Side,
    /// What is asked about, which is no row of the answer.
    of: Vec<Subject>,
    filter: &'q Filter,
    whence: Whence<'q>,
    /// The places in what is asked about, which lose with it by their very meaning.
    parts: Option<Territory>,
    catalogue: &'q Catalogue,
}

impl<'q> Picker<'q> {
    pub fn new(writer: &Writer<'q>, side: Side, of: Vec<Subject>, filter: &'q Filter) -> Self {
        let whence = Whence::new(writer.catalogue, filter.within, filter.from);
        Picker {
            side,
            of,
            filter,
            whence,
            parts: None,
            catalogue: writer.catalogue,
        }
    }

    /// Leaves out the places in a territory that is asked about, unless places are asked for.
    fn without_parts(mut self) -> Self {
        let is_told =
            self.side == Side::Dependents && !self.filter.kinds.contains(&EntityKind::Place);
        let asked = self
            .of
            .iter()
            .find_map(|of| of.entity())
            .filter(|_| is_told);
        let asked = asked.filter(|&asked| TERRITORIES.contains(self.catalogue[asked].kind));
        self.parts = asked.map(|asked| Territory::sites(self.catalogue, asked));
        self
    }

    /// The entities reached, nearest first, each by the nearest node that stands for it.
    fn pick(&self, graph: &Graph, reach: &Reach) -> Vec<Found> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for &node in reach.nodes() {
            if let Some(entity) = self.entity(graph.node(node))
                && seen.insert(entity)
            {
                let chain = reach.chain(node);
                let distance = graph.facts_in(&chain) as u32;
                if self.is_near(distance) {
                    found.push(Found {
                        entity,
                        distance,
                        chain,
                    });
                }
            }
        }
        found
    }

    /// The entity that the question wants told when this node is reached.
    pub fn entity(&self, node: Node) -> Option<EntityIx> {
        let entity = match self.side {
            Side::Dependents => self.dependent(node)?,
            Side::Dependencies => self.dependency(node)?,
        };
        let is_there = self.whence.is_open() || self.is_there(node, entity);
        Some(entity).filter(|&entity| self.wants(entity) && is_there)
    }

    /// The one that the question wants told when one of its outputs, or something it needs for
    /// nothing in particular, is reached.
    pub fn maker(&self, node: Node) -> Option<EntityIx> {
        let (Node::Supply { by, .. } | Node::Intake { by, into: None, .. }) = node else {
            return None;
        };
        Some(by).filter(|&by| {
            self.wants(by) && self.whence.has(by) && self.catalogue[by].kind != EntityKind::Plant
        })
    }

    /// Whether something so many facts away is wanted.
    pub fn is_near(&self, distance: u32) -> bool {
        self.filter.depth.is_none_or(|depth| distance <= depth)
    }

    /// Whether an entity is itself what is asked about.
    pub fn is_about(&self, entity: EntityIx) -> bool {
        self.of.contains(&Subject::Entity(entity))
    }

    /// Whether an entity is of a kind that is wanted, and not itself what is asked about.
    fn wants(&self, entity: EntityIx) -> bool {
        let is_wanted = self.filter.kinds.is_empty()
            || self.filter.kinds.contains(&self.catalogue[entity].kind);
        is_wanted && !self.is_about(entity) && !self.is_part(entity)
    }

    fn is_part(&self, entity: EntityIx) -> bool {
        let is_inside = self.parts.as_ref().is_some_and(|parts| parts.has(entity));
        is_inside && self.catalogue[entity].kind == EntityKind::Place
    }

    fn dependent(&self, node: Node) -> Option<EntityIx> {
        match node {
            Node::Good(entity) | Node::Actor(entity) | Node::Policy(entity) => Some(entity),
            Node::Place(entity) if self.catalogue[entity].kind == EntityKind::Place => Some(entity),
            _ => None,
        }
    }

    fn dependency(&self, node: Node) -> Option<EntityIx> {
        match node {
            Node::Recipe(_) | Node::Intake { .. } => None,
            _ => Some(node.entity()),
        }
    }

    fn is_there(&self, node: Node, entity: EntityIx) -> bool {
        match node {
            Node::Supply { by, .. } => {
                self.catalogue[by].kind != EntityKind::Plant && self.whence.has(by)
            }
            Node::Good(_) | Node::Class(_) => false,
            _ => self.whence.has(entity),
        }
    }
}

pub(super) const PLANS: &str = "Plans, forecasts and opinions: not counted";
const POSSIBLE: &str = "Possible, share not documented: not counted";

/// Rows for what plans and undocumented shares would add at the first step.
pub(super) fn push_first_steps(
    writer: &mut Writer,
    picker: &Picker,
    base: &Reach,
    known: &HashSet<EntityIx>,
    follow: &Follow,
) {
    let graph = writer.graph;
    let wide = Follow {
        plans: true,
        possible: true,
        ..*follow
    };
    let near: Vec<NodeIx> = base
        .nodes()
        .iter()
        .copied()
        .filter(|&node| base.distance(node) == Some(0))
        .collect();
    let mut seen = HashSet::new();
    for (standing, group, is_followed) in [
        (Standing::Planned, PLANS, follow.plans),
        (Standing::Possible, POSSIBLE, follow.possible),
    ] {
        let mut found = Vec::new();
        for (other, chain) in first_steps(graph, picker.side, &near, &wide)
            .into_iter()
            .filter(|_| !is_followed)
        {
            let rests_on = chain.iter().map(|&ix| graph.arc(ix).standing).max();
            let entity = picker
                .entity(graph.node(other))
                .filter(|entity| !known.contains(entity));
            if let Some(entity) =
                entity.filter(|entity| rests_on == Some(standing) && seen.insert(*entity))
            {
                found.push(Found {
                    entity,
                    distance: graph.facts_in(&chain) as u32,
                    chain,
                });
            }
        }
        found.sort_by_key(|found| (found.distance, found.entity));
        for found in found {
            let row = row(writer, group, &found);
            writer.push_aside(row);
        }
    }
}

const UNSAID: &str = "Need what it is a kind of, which kind is not said: not counted";

/// Rows for what needs a good that the one asked about is a kind of.
fn push_unsaid(writer: &mut Writer, picker: &Picker, of: Subject, known: &HashSet<EntityIx>) {
    let catalogue = writer.catalogue;
    let Some(good) = of
        .entity()
        .filter(|&entity| GOODS.contains(catalogue[entity].kind))
    else {
        return;
    };
    let above = kinds(writer.graph, good, Direction::Dependencies);
    let mut above: Vec<EntityIx> = above.into_iter().filter(|&above| above != good).collect();
    above.sort_unstable();
    let needed = above.into_iter().flat_map(|above| {
        needing(writer, picker, above)
            .into_iter()
            .map(move |found| (above, found))
    });
    let mut needed: Vec<(EntityIx, Found)> = needed
        .filter(|(_, found)| !known.contains(&found.entity))
        .collect();
    needed.sort_by_key(|(above, found)| (found.distance, found.entity, *above));
    needed.dedup_by_key(|(_, found)| found.entity);
    for (above, found) in needed {
        let remarks = vec![format!("which kind of {} is not said", writer.name(above))];
        let row = Row {
            remarks,
            ..row(writer, UNSAID, &found)
        };
        writer.push_aside(row);
    }
}

/// A good and all kinds of it, or all kinds above it. Read off the graph, since not all facts need
/// be brought in for that.
fn kinds(graph: &Graph, good: EntityIx, direction: Direction) -> HashSet<EntityIx> {
    let class = graph.find(Node::Class(good));
    let is_class = |node| matches!(graph.node(node), Node::Class(_));
    let reach = graph.reach_along(class.as_slice(), direction, |arc| {
        is_class(arc.from) && is_class(arc.to)
    });
    reach
        .nodes()
        .iter()
        .map(|&node| graph.node(node).entity())
        .collect()
}

/// What needs a good itself by one fact, but for its own kinds.
fn needing(writer: &Writer, picker: &Picker, good: EntityIx) -> Vec<Found> {
    let graph = writer.graph;
    let kinds = kinds(graph, good, Direction::Dependents);
    let starts = Subject::Entity(good).target_nodes(writer.catalogue, graph);
    let reach = graph.reach(&starts, Direction::Dependents, &Follow::default());
    let needs = |found: &Found| {
        found
            .chain
            .iter()
            .any(|&ix| graph.channel(graph.arc(ix)) == Channel::Inputs)
    };
    let is_told =
        |found: &Found| found.distance <= 1 && needs(found) && !kinds.contains(&found.entity);
    picker
        .pick(graph, &reach)
        .into_iter()
        .filter(is_told)
        .collect()
}

/// The nodes that are one step away from some, each with the arcs there: one, or two where what
/// somebody takes in lies between.
fn first_steps(
    graph: &Graph,
    side: Side,
    near: &[NodeIx],
    follow: &Follow,
) -> Vec<(NodeIx, Vec<ArcIx>)> {
    let steps = |from: &[NodeIx]| -> Vec<(NodeIx, ArcIx)> {
        let arcs = graph
            .arcs_at(from, side.direction())
            .map(|ix| (ix, graph.arc(ix)));
        let followed = arcs.filter(|(_, arc)| follow.passes(graph, arc));
        followed
            .map(|(ix, arc)| {
                (
                    if side == Side::Dependents {
                        arc.from
                    } else {
                        arc.to
                    },
                    ix,
                )
            })
            .collect()
    };
    let mut found = Vec::new();
    for (other, ix) in steps(near) {
        found.push((other, vec![ix]));
        if matches!(graph.node(other), Node::Intake { .. }) {
            let chain = |next| {
                if side == Side::Dependents {
                    vec![next, ix]
                } else {
                    vec![ix, next]
                }
            };
            found.extend(
                steps(&[other])
                    .into_iter()
                    .map(|(further, next)| (further, chain(next))),
            );
        }
    }
    found
}

/// Answers `why`.
pub(super) fn why(
    mut writer: Writer,
    from: Subject,
    to: Subject,
    follow: &Follow,
    most: usize,
) -> Answer {
    let graph = writer.graph;
    let starts = from.subject_nodes(writer.catalogue, graph);
    let ends = to.target_nodes(writer.catalogue, graph);
    let most = most.min(MOST_CHAINS);
    let (chains, more) = match from == to {
        true => (
            circle(graph, from, &starts, &ends, follow)
                .into_iter()
                .collect(),
            false,
        ),
        false => graph.chains(&starts, &ends, follow, most),
    };
    for chain in &chains {
        let row = chain_row(&mut writer, "Chains", to, chain);
        writer.push(row);
    }
    if chains.is_empty() && from != to {
        let group = "By plans, undocumented shares, markets or ownership: not counted";
        push_uncounted(&mut writer, group, to, &starts, &ends);
    }
    let (dependent, dependency) = (writer.subject_name(from), writer.subject_name(to));
    let title = match (chains.is_empty(), from == to) {
        (true, true) => format!("No chain from {dependent} back to itself"),
        (true, false) => format!("No chain from {dependent} to {dependency}"),
        (false, true) => format!("The shortest circle in which {dependent} depends on itself"),
        (false, false) => format!("Why {dependent} depends on {dependency}"),
    };
    let mut given = IndexMap::from([("from", writer.given(from)), ("to", writer.given(to))]);
    given.insert("most", Given::Number(most as u64));
    insert_follow(&mut given, follow);
    let mut answer = writer.finish("why", given, title, "Every chain runs along relations that the documents state; shortest first, none that only adds facts to a shorter one.");
    if from == to {
        answer.empty_means = Some("No relation that the documents state leads back to it.");
    }
    if more {
        let further = if most < MOST_CHAINS {
            " Ask for more with --limit."
        } else {
            ""
        };
        answer.notes.push(format!(
            "There may be more chains; these are the shortest {most}.{further}"
        ));
    }
    answer
}

/// The shortest chain from something through anything else back to it.
fn circle(
    graph: &Graph,
    of: Subject,
    starts: &[NodeIx],
    ends: &[NodeIx],
    follow: &Follow,
) -> Option<Vec<ArcIx>> {
    graph.circle(starts, ends, follow, |node| match graph.node(node) {
        Node::Supply { by, .. } | Node::Intake { by, .. } => by != of.owner(),
        node => node.entity() != of.owner(),
    })
}

/// A chain that does not count: along what documents state of shares, markets and owners, or else
/// with plans, forecasts and opinions, for what somebody thinks of another's purchases tells less.
pub(super) fn push_uncounted(
    writer: &mut Writer,
    group: &'static str,
    to: Subject,
    starts: &[NodeIx],
    ends: &[NodeIx],
) {
    let stated = Follow {
        plans: false,
        ..Follow::ALL
    };
    let chain = |follow| writer.graph.chains(starts, ends, &follow, 1).0.pop();
    if let Some(chain) = chain(stated).or_else(|| chain(Follow::ALL)) {
        let row = chain_row(writer, group, to, &chain);
        writer.push_aside(row);
    }
}

/// A row for a chain to something.
pub(super) fn chain_row(
    writer: &mut Writer,
    group: &'static str,
    to: Subject,
    chain: &[ArcIx],
) -> Row {
    let steps = writer.steps(chain);
    let entity = Some(writer.entity(to.owner()));
    let supply = to
        .entity()
        .is_none()
        .then(|| to.target_nodes(writer.catalogue, writer.graph));
    let output = supply.and_then(|nodes| nodes.first().map(|&node| writer.node_view(node)));
    Row {
        group,
        entity,
        output,
        distance: Some(writer.graph.facts_in(chain) as u32),
        steps,
        ..Row::default()
    }
}
