//! Who depends on what: dependents, dependencies, and the chains between two.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Given, Row};
use super::party::Party;
use super::territory::{Territory, Whence};
use super::writer::Writer;
use crate::facts::{Catalogue, EntityIx, EntityKind, GOODS, TERRITORIES};
use crate::graph::{ArcIx, Channel, Direction, Follow, Graph, Node, NodeIx, Reach, Standing};
use crate::request::{Filter, MOST_CHAINS, Subject};

const METHOD: &str = "X depends on Y if, by the relations the documents state, X could lose something were Y cut off; \
                      a calculation, not a forecast. Shortest chain shown.";

/// Answers `dependents` and `dependencies`: the same walk in either direction, for each thing that
/// is asked about by itself, since one of them may depend on another.
pub(super) fn dependence(
    mut writer: Writer,
    direction: Direction,
    of: &Party,
    filter: &Filter<Party>,
    follow: &Follow,
) -> Answer {
    let walks = walks(&writer, direction, of, filter, &stated(follow));
    let certain = picked(writer.graph, &walks);
    let mut known: HashSet<EntityIx> = certain.iter().map(|found| found.entity).collect();
    push_rows(&mut writer, certain, group);
    if follow.plans || follow.possible {
        let wide = self::walks(&writer, direction, of, filter, follow);
        let mut more = picked(writer.graph, &wide);
        more.retain(|found| !known.contains(&found.entity));
        known.extend(more.iter().map(|found| found.entity));
        push_rows(&mut writer, more, |_| WITH_MORE);
    }
    let mut aside: Vec<(Standing, Found)> = walks
        .iter()
        .flat_map(|(picker, base)| uncounted(writer.graph, picker, base, &known, follow))
        .collect();
    if walks.len() > 1 {
        aside.sort_by_key(|(standing, found)| {
            (
                *standing == Standing::Possible,
                found.distance,
                found.entity,
            )
        });
        let mut seen = HashSet::new();
        aside.retain(|(_, found)| seen.insert(found.entity));
    }
    push_found_aside(&mut writer, aside);
    if direction == Direction::Dependents
        && let Some((picker, _)) = walks.first()
    {
        push_unsaid(&mut writer, picker, of, &known);
    }
    let title = title(&writer, direction, of, filter);
    let command = if direction == Direction::Dependents {
        "dependents"
    } else {
        "dependencies"
    };
    let given = given(&writer, of, filter, follow);
    writer.finish(command, given, title, METHOD)
}

/// Without plans and undocumented shares.
pub(super) fn stated(follow: &Follow) -> Follow {
    Follow {
        plans: false,
        possible: false,
        ..*follow
    }
}

/// A walk from each thing that is asked about, with what picks the rows out of it.
fn walks<'q>(
    writer: &Writer<'q>,
    direction: Direction,
    of: &Party,
    filter: &'q Filter<Party>,
    follow: &Follow,
) -> Vec<(Picker<'q>, Reach)> {
    let walk = |one: Party| {
        let starts = one.starts(direction, writer.catalogue, writer.graph);
        let picker = Picker::new(writer, direction, one.all().to_vec(), filter).without_parts();
        (picker, writer.graph.reach(&starts, direction, follow))
    };
    of.each().map(walk).collect()
}

/// The entities that walks reached, each by the shortest chain.
fn picked(graph: &Graph, walks: &[(Picker, Reach)]) -> Vec<Found> {
    let mut nearest: IndexMap<EntityIx, Found> = IndexMap::new();
    for found in walks
        .iter()
        .flat_map(|(picker, reach)| picker.pick(graph, reach))
    {
        match nearest.get_mut(&found.entity) {
            Some(known) if known.distance <= found.distance => {}
            Some(known) => *known = found,
            None => {
                nearest.insert(found.entity, found);
            }
        }
    }
    nearest.into_values().collect()
}

/// Rows for the nearest of what something depends on, or what depends on it; and how many there are
/// in all.
pub(super) fn nearest(
    writer: &mut Writer,
    (direction, of): (Direction, &Party),
    follow: &Follow,
    group: &'static str,
    most: usize,
) -> (Vec<Row>, usize) {
    let (graph, all) = (writer.graph, Filter::default());
    let starts = of.starts(direction, writer.catalogue, writer.graph);
    let picker = Picker::new(writer, direction, of.all().to_vec(), &all).without_parts();
    let mut found = picker.pick(graph, &graph.reach(&starts, direction, follow));
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

fn title(writer: &Writer, direction: Direction, of: &Party, filter: &Filter<Party>) -> String {
    let name = writer.party_name(of);
    let kinds = filter
        .kinds
        .iter()
        .map(|kind| kind.plural())
        .collect::<Vec<_>>()
        .join(", ");
    let within = whence(writer, filter.within.as_ref(), filter.from.as_ref());
    let depth = match filter.depth {
        Some(1) => ", directly".to_owned(),
        Some(depth) => format!(", at most {depth} facts away"),
        None => String::new(),
    };
    match (direction, kinds.is_empty()) {
        (Direction::Dependents, true) => format!("Who{within} depends on {name}{depth}"),
        (Direction::Dependents, false) => format!("Which {kinds}{within} depend on {name}{depth}"),
        (Direction::Dependencies, true) => format!("What {name} depends on{within}{depth}"),
        (Direction::Dependencies, false) => {
            format!("Which {kinds} {name} depends on{within}{depth}")
        }
    }
}

/// Where and whose rows are, as titles say it: ` in Japan from South Korea`.
pub(super) fn whence(writer: &Writer, within: Option<&Party>, from: Option<&Party>) -> String {
    let named = [("in", within), ("from", from)]
        .into_iter()
        .filter_map(|(word, place)| Some((word, place?)));
    named
        .map(|(word, place)| format!(" {word} {}", writer.party_name(place)))
        .collect()
}

fn given(
    writer: &Writer,
    of: &Party,
    filter: &Filter<Party>,
    follow: &Follow,
) -> IndexMap<&'static str, Given> {
    let mut given = IndexMap::from([("of", writer.given_party(of))]);
    insert_filter(writer, &mut given, filter);
    insert_follow(&mut given, follow);
    given
}

pub(super) fn insert_filter(
    writer: &Writer,
    given: &mut IndexMap<&'static str, Given>,
    filter: &Filter<Party>,
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
    insert_whence(writer, given, filter.within.as_ref(), filter.from.as_ref());
    if let Some(depth) = filter.depth {
        given.insert("depth", Given::Number(depth.into()));
    }
}

pub(super) fn insert_whence(
    writer: &Writer,
    given: &mut IndexMap<&'static str, Given>,
    within: Option<&Party>,
    from: Option<&Party>,
) {
    for (word, place) in [("in", within), ("from", from)] {
        given.extend(place.map(|place| (word, writer.given_party(place))));
    }
}

pub(super) fn insert_follow(given: &mut IndexMap<&'static str, Given>, follow: &Follow) {
    let words: Vec<String> = follow.words().map(str::to_owned).collect();
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
pub(super) struct Found {
    pub entity: EntityIx,
    pub distance: u32,
    pub chain: Vec<ArcIx>,
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
    direction: Direction,
    /// What is asked about, which is no row of the answer.
    of: Vec<Subject>,
    filter: &'q Filter<Party>,
    whence: Whence<'q>,
    /// No other entities than these, if any are given.
    only: Option<HashSet<EntityIx>>,
    /// The places in what is asked about, which lose with it by their very meaning.
    parts: Option<Territory>,
    catalogue: &'q Catalogue,
}

impl<'q> Picker<'q> {
    pub fn new(
        writer: &Writer<'q>,
        direction: Direction,
        of: Vec<Subject>,
        filter: &'q Filter<Party>,
    ) -> Self {
        let whence = Whence::new(
            writer.catalogue,
            filter.within.as_ref(),
            filter.from.as_ref(),
        );
        Picker {
            direction,
            of,
            filter,
            whence,
            only: None,
            parts: None,
            catalogue: writer.catalogue,
        }
    }

    /// Leaves out all but some entities.
    pub fn only(self, only: HashSet<EntityIx>) -> Self {
        Picker {
            only: Some(only),
            ..self
        }
    }

    /// Leaves out the places in a territory that is asked about, unless places are asked for.
    pub fn without_parts(mut self) -> Self {
        let is_told = self.direction == Direction::Dependents
            && !self.filter.kinds.contains(&EntityKind::Place);
        let is_territory = |entity: &EntityIx| TERRITORIES.contains(self.catalogue[*entity].kind);
        let asked = self.of.iter().filter_map(|of| of.entity());
        let asked: Vec<EntityIx> = asked.filter(is_territory).collect();
        let has_parts = is_told && !asked.is_empty();
        self.parts = has_parts.then(|| Territory::sites(self.catalogue, &asked));
        self
    }

    /// The entities reached that are near enough, nearest first, each by the nearest node that
    /// stands for it.
    pub fn pick(&self, graph: &Graph, reach: &Reach) -> Vec<Found> {
        let mut found = self.pick_all(graph, reach);
        found.retain(|found| self.is_near(found.distance));
        found
    }

    /// The same, however far away.
    pub fn pick_all(&self, graph: &Graph, reach: &Reach) -> Vec<Found> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for &node in reach.nodes() {
            if let Some(entity) = self.entity(graph.node(node))
                && seen.insert(entity)
            {
                let chain = reach.chain(node);
                let distance = graph.facts_in(&chain) as u32;
                found.push(Found {
                    entity,
                    distance,
                    chain,
                });
            }
        }
        found
    }

    /// The entity that the question wants told when this node is reached.
    pub fn entity(&self, node: Node) -> Option<EntityIx> {
        let entity = match self.direction {
            Direction::Dependents => self.dependent(node)?,
            Direction::Dependencies => self.dependency(node)?,
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
        let is_among = self.only.as_ref().is_none_or(|only| only.contains(&entity));
        is_wanted && is_among && !self.is_about(entity) && !self.is_part(entity)
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
pub(super) const POSSIBLE: &str = "Possible, share not documented: not counted";

/// Rows for what plans and undocumented shares would add at the first step.
pub(super) fn push_first_steps(
    writer: &mut Writer,
    picker: &Picker,
    base: &Reach,
    known: &HashSet<EntityIx>,
    follow: &Follow,
) {
    let found = uncounted(writer.graph, picker, base, known, follow);
    push_found_aside(writer, found);
}

fn push_found_aside(writer: &mut Writer, found: Vec<(Standing, Found)>) {
    for (standing, found) in found {
        let group = if standing == Standing::Planned {
            PLANS
        } else {
            POSSIBLE
        };
        let row = row(writer, group, &found);
        writer.push_aside(row);
    }
}

/// What plans, and then what undocumented shares would add at the first step, each nearest first.
pub(super) fn uncounted(
    graph: &Graph,
    picker: &Picker,
    base: &Reach,
    known: &HashSet<EntityIx>,
    follow: &Follow,
) -> Vec<(Standing, Found)> {
    let wide = Follow {
        plans: true,
        possible: true,
        ..*follow
    };
    let is_near = |node: &NodeIx| base.distance(*node) == Some(0);
    let near: Vec<NodeIx> = base.nodes().iter().copied().filter(is_near).collect();
    let steps = first_steps(graph, picker.direction, &near, &wide);
    let (mut seen, mut all) = (HashSet::new(), Vec::new());
    for (standing, is_followed) in [
        (Standing::Planned, follow.plans),
        (Standing::Possible, follow.possible),
    ] {
        let mut found = Vec::new();
        for (other, chain) in steps.iter().filter(|_| !is_followed) {
            let rests_on = chain.iter().map(|&ix| graph.arc(ix).standing).max();
            let entity = picker.entity(graph.node(*other));
            let entity = entity.filter(|entity| !known.contains(entity));
            if let Some(entity) = entity
                && rests_on == Some(standing)
                && seen.insert(entity)
            {
                let distance = graph.facts_in(chain) as u32;
                let chain = chain.clone();
                found.push(Found {
                    entity,
                    distance,
                    chain,
                });
            }
        }
        found.sort_by_key(|found| (found.distance, found.entity));
        all.extend(found.into_iter().map(|found| (standing, found)));
    }
    all
}

const UNSAID: &str = "Need what it is a kind of, which kind is not said: not counted";

/// Rows for what needs a good that the one asked about is a kind of.
fn push_unsaid(writer: &mut Writer, picker: &Picker, of: &Party, known: &HashSet<EntityIx>) {
    let catalogue = writer.catalogue;
    let asked: HashSet<EntityIx> = of
        .entities()
        .filter(|&entity| GOODS.contains(catalogue[entity].kind))
        .collect();
    let above = asked
        .iter()
        .flat_map(|&good| kinds(writer.graph, good, Direction::Dependencies));
    let mut above: Vec<EntityIx> = above.filter(|above| !asked.contains(above)).collect();
    above.sort_unstable();
    above.dedup();
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
    direction: Direction,
    near: &[NodeIx],
    follow: &Follow,
) -> Vec<(NodeIx, Vec<ArcIx>)> {
    let steps = |from: &[NodeIx]| -> Vec<(NodeIx, ArcIx)> {
        let arcs = graph.arcs_at(from, direction).map(|ix| (ix, graph.arc(ix)));
        let followed = arcs.filter(|(_, arc)| follow.passes(graph, arc));
        followed
            .map(|(ix, arc)| {
                (
                    if direction == Direction::Dependents {
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
                if direction == Direction::Dependents {
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
    (from, to, through): (&Party, &Party, Option<&Party>),
    follow: &Follow,
    most: usize,
) -> Answer {
    let graph = writer.graph;
    let most = most.min(MOST_CHAINS);
    let itself = from.single().filter(|_| from == to && through.is_none());
    let (chains, more) = match itself {
        Some(of) => {
            let circle = circle(&writer, of, follow).map(|chain| (of, chain));
            (circle.into_iter().collect(), false)
        }
        None => chains(&writer, (from, to, through), follow, most),
    };
    if chains.is_empty() && through.is_some() {
        note_other_ways(&mut writer, from, to, follow);
    }
    for (of, chain) in &chains {
        let mut row = chain_row(&mut writer, "Chains", to, chain);
        if from.single().is_none() {
            row.remarks
                .push(format!("for {}", writer.subject_name(*of)));
        }
        writer.push(row);
    }
    if chains.is_empty() && itself.is_none() && through.is_none() {
        let group = "By plans, undocumented shares, markets or ownership: not counted";
        let starts = from.subject_nodes(writer.catalogue, graph);
        let ends = to.target_nodes(writer.catalogue, graph);
        push_uncounted(&mut writer, group, to, &starts, &ends);
    }
    let title = why_title(&writer, (from, to, through), chains.is_empty());
    let mut given = IndexMap::from([
        ("from", writer.given_party(from)),
        ("to", writer.given_party(to)),
    ]);
    given.extend(through.map(|through| ("through", writer.given_party(through))));
    given.insert("most", Given::Number(most as u64));
    insert_follow(&mut given, follow);
    let method = match through {
        None => CHAINS,
        Some(_) => CHAINS_THROUGH,
    };
    let mut answer = writer.finish("why", given, title, method);
    if itself.is_some() {
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

const CHAINS: &str = "Every chain runs along relations that the documents state; shortest first, none that only adds facts to a shorter one.";
const CHAINS_THROUGH: &str = "Every chain runs along relations that the documents state, first to what it is to lead through and on from there; \
                              for each way through it the shortest, shortest first.";

fn why_title(
    writer: &Writer,
    (from, to, through): (&Party, &Party, Option<&Party>),
    is_empty: bool,
) -> String {
    let (dependent, dependency) = (writer.party_name(from), writer.party_name(to));
    let by_way = through.map(|through| format!(" through {}", writer.party_name(through)));
    let by_way = by_way.unwrap_or_default();
    let any = if from.single().is_some() {
        ""
    } else {
        "any of "
    };
    match (is_empty, from == to) {
        (true, true) => format!("No chain from {dependent} back to itself{by_way}"),
        (true, false) => format!("No chain from {dependent} to {dependency}{by_way}"),
        (false, true) if from.single().is_some() => {
            format!("The shortest circle in which {dependent} depends on itself{by_way}")
        }
        (false, _) => format!("Why {any}{dependent} depends on {dependency}{by_way}"),
    }
}

/// Where no chain leads through something: that others lead elsewhere, or would if more counted.
fn note_other_ways(writer: &mut Writer, from: &Party, to: &Party, follow: &Follow) {
    let has_chain = |follow: &Follow| !chains(writer, (from, to, None), follow, 1).0.is_empty();
    if has_chain(follow) {
        writer.note("there are chains that lead another way: ask without “through”".to_owned());
    } else if has_chain(&Follow::ALL) {
        writer.note("only what does not count leads there, and another way".to_owned());
    }
}

/// The shortest chains from any of some things to any other, each with where it begins, and
/// whether there may be more.
fn chains(
    writer: &Writer,
    (from, to, through): (&Party, &Party, Option<&Party>),
    follow: &Follow,
    most: usize,
) -> (Vec<(Subject, Vec<ArcIx>)>, bool) {
    let (mut found, mut more) = (Vec::new(), false);
    for of in from.all() {
        let others = to.all().iter().filter(|to| *to != of || through.is_some());
        let ends = others.flat_map(|to| to.target_nodes(writer.catalogue, writer.graph));
        let ends: Vec<NodeIx> = ends.collect();
        let starts = of.subject_nodes(writer.catalogue, writer.graph);
        let (chains, has_more) = match through {
            None => writer.graph.chains(&starts, &ends, follow, most),
            Some(through) => chains_through(writer, (&starts, &ends, through), follow),
        };
        found.extend(chains.into_iter().map(|chain| (*of, chain)));
        more |= has_more;
    }
    found.sort_by_key(|(_, chain)| writer.graph.facts_in(chain));
    more |= found.len() > most;
    found.truncate(most);
    (found, more)
}

/// For each node that stands for what a chain is to lead through the shortest chain to it and on
/// from there: that somebody depends on it, and it on what is asked about, are both so by
/// themselves, so each such chain proves what it says.
fn chains_through(
    writer: &Writer,
    (starts, ends, through): (&[NodeIx], &[NodeIx], &Party),
    follow: &Follow,
) -> (Vec<Vec<ArcIx>>, bool) {
    let graph = writer.graph;
    let to_it = graph.reach(starts, Direction::Dependencies, follow);
    let from_it = graph.reach(ends, Direction::Dependents, follow);
    let is_way = |node: &NodeIx| from_it.distance(*node).is_some() && is_of(writer, *node, through);
    let ways = to_it.nodes().iter().copied().filter(is_way);
    let mut chains: Vec<Vec<ArcIx>> = Vec::new();
    for node in ways {
        let chain = [to_it.chain(node), from_it.chain(node)].concat();
        let is_told = |known: &Vec<ArcIx>| graph.steps(known) == graph.steps(&chain);
        if !chain.is_empty() && !chains.iter().any(is_told) {
            chains.push(chain);
        }
    }
    (chains, false)
}

/// Whether a node stands for one of some things, or for what one of them makes or buys.
pub(super) fn is_of(writer: &Writer, node: NodeIx, party: &Party) -> bool {
    let graph = writer.graph;
    party.all().iter().any(|subject| match *subject {
        Subject::Entity(entity) => match graph.node(node) {
            Node::Supply { by, good } | Node::Intake { by, good, .. } => {
                by == entity || good == entity
            }
            node => node.entity() == entity,
        },
        Subject::Supply { .. } => subject
            .target_nodes(writer.catalogue, graph)
            .contains(&node),
    })
}

/// The shortest chain from something through anything else back to it.
fn circle(writer: &Writer, of: Subject, follow: &Follow) -> Option<Vec<ArcIx>> {
    let graph = writer.graph;
    let starts = of.subject_nodes(writer.catalogue, graph);
    let ends = of.target_nodes(writer.catalogue, graph);
    graph.circle(&starts, &ends, follow, |node| match graph.node(node) {
        Node::Supply { by, .. } | Node::Intake { by, .. } => by != of.owner(),
        node => node.entity() != of.owner(),
    })
}

/// A chain that does not count: along what documents state of shares, markets and owners, or else
/// with plans, forecasts and opinions, for what somebody thinks of another's purchases tells less.
pub(super) fn push_uncounted(
    writer: &mut Writer,
    group: &'static str,
    to: &Party,
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
    to: &Party,
    chain: &[ArcIx],
) -> Row {
    let steps = writer.steps(chain);
    let to = end_of(writer, to, chain);
    let entity = to.map(|to| writer.entity(to.owner()));
    let supply = to
        .filter(|to| to.entity().is_none())
        .map(|to| to.target_nodes(writer.catalogue, writer.graph));
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

/// Which of several things a chain leads to.
fn end_of(writer: &Writer, to: &Party, chain: &[ArcIx]) -> Option<Subject> {
    let last = chain.last().map(|&arc| writer.graph.arc(arc).to)?;
    let stands = |to: &&Subject| {
        to.target_nodes(writer.catalogue, writer.graph)
            .contains(&last)
    };
    let all = to.all().iter();
    all.clone()
        .find(stands)
        .or_else(|| all.clone().next())
        .copied()
}
