//! What can't be gone around: dominators of raw materials, single sources, concentration, and whose
//! loss most firms would feel.

use std::cmp::Reverse;
use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Concentration, Row};
use super::dependence::Picker;
use super::listing::kinds_of;
use super::losses::{Head, bounded};
use super::party::Party;
use super::shock::{Shock, Unsettled};
use super::writer::Writer;
use crate::facts::{Catalogue, Date, EntityIx, EntityKind, Extent, Tie, Whole};
use crate::graph::loss::Network;
use crate::graph::{
    Arc, ArcIx, Channel, Direction, Follow, Graph, Node, NodeIx, Reach, RequirementIx, Standing,
};
use crate::request::{Cut, Filter, Subject};

const ON_EVERY_CHAIN: &str = "On every chain to a raw material";
const SINGLE_SOURCES: &str = "Single sources: by a document, all comes from one";
const ONLY_NAMED: &str = "The only source that a document names; others may exist";
const ONLY_POSSIBLE: &str = "Possible source, the only one named; of unknown part";
const CONCENTRATION: &str = "Concentration of the makers";
const CERTAIN: &str = "Firms are sure to lose some output";
const POSSIBLE: &str = "Firms may lose some output";

/// Answers `chokepoints`.
pub(super) fn chokepoints(
    writer: Writer,
    of: Option<&Party>,
    filter: &Filter<Party>,
    follow: &Follow,
) -> Answer {
    match of {
        Some(of) => of_some(writer, of, filter, follow),
        None => of_all(writer, filter, follow),
    }
}

fn push_of_one(writer: &mut Writer, of: Subject, filter: &Filter<Party>, follow: &Follow) {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    let starts = of.subject_nodes(catalogue, graph);
    let reach = graph.reach(&starts, Direction::Dependencies, follow);
    let picker = Picker::new(writer, Direction::Dependencies, vec![of], filter);
    push_dominators(writer, &picker, &starts, &reach, follow);
    let goods: Vec<EntityIx> = reach
        .nodes()
        .iter()
        .filter_map(|&node| good(graph, node))
        .collect();
    let sources = lone_sources(writer, &picker, reach.nodes(), Some(&reach));
    for strength in [
        Strength::Single,
        Strength::OnlyNamed,
        Strength::OnlyPossible,
    ] {
        push_lone_sources(writer, &sources, strength);
    }
    push_concentration(writer, &goods, of.entity());
}

const OF_ONE: [&str; 5] = [
    ON_EVERY_CHAIN,
    SINGLE_SOURCES,
    ONLY_NAMED,
    ONLY_POSSIBLE,
    CONCENTRATION,
];

fn of_some(mut writer: Writer, of: &Party, filter: &Filter<Party>, follow: &Follow) -> Answer {
    writer.push_for_each(of, |writer, one| push_of_one(writer, one, filter, follow));
    writer.sort_rows_by_heading(&OF_ONE);
    let title = format!("What {} can't go around", writer.party_name(of));
    let given = IndexMap::from([("of", writer.given_party(of))]);
    let head = Head {
        command: "chokepoints",
        given,
        title,
    }
    .with(&writer, filter, follow);
    writer.finish(
        head.command,
        head.given,
        head.title,
        "On every chain: without it no documented chain leads to the raw material (dominators). Of a single source a document says that it \
         covers all; of the only one named, nothing says so.",
    )
}

fn good(graph: &Graph, node: NodeIx) -> Option<EntityIx> {
    match graph.node(node) {
        Node::Good(good) => Some(good),
        _ => None,
    }
}

/// Rows for what lies on every chain to some raw materials: materials of which no input is
/// documented.
fn push_dominators(
    writer: &mut Writer,
    picker: &Picker,
    starts: &[NodeIx],
    reach: &Reach,
    follow: &Follow,
) {
    let graph = writer.graph;
    let dominators = graph.dominators(starts, |arc| follow.passes(graph, arc));
    let mut guards: IndexMap<EntityIx, (NodeIx, Vec<EntityIx>)> = IndexMap::new();
    for &raw in reach
        .nodes()
        .iter()
        .filter(|&&node| is_raw(writer.catalogue, graph, node))
    {
        for node in dominators.of(raw).into_iter().skip(1) {
            let Some(entity) = picker.entity(graph.node(node)) else {
                continue;
            };
            let material = graph.node(raw).entity();
            let (_, materials) = guards.entry(entity).or_insert_with(|| (node, Vec::new()));
            if entity != material && !materials.contains(&material) {
                materials.push(material);
            }
        }
    }
    guards.retain(|_, (_, materials)| !materials.is_empty());
    guards.sort_by_cached_key(|entity, (node, materials)| {
        (Reverse(materials.len()), reach.distance(*node), *entity)
    });
    for (entity, (node, materials)) in guards {
        let names: Vec<&str> = materials
            .iter()
            .map(|&material| writer.name(material))
            .collect();
        let chain = reach.chain(node);
        let row = Row {
            group: ON_EVERY_CHAIN,
            entity: Some(writer.entity(entity)),
            distance: Some(graph.facts_in(&chain) as u32),
            steps: writer.steps(&chain),
            remarks: vec![format!("on every chain to {}", names.join(", "))],
            ..Row::default()
        };
        writer.push(row);
    }
}

fn is_raw(catalogue: &Catalogue, graph: &Graph, node: NodeIx) -> bool {
    let Some(good) = good(graph, node).filter(|&good| catalogue[good].kind == EntityKind::Material)
    else {
        return false;
    };
    let recipe = graph.find(Node::Recipe(good));
    recipe.is_none_or(|recipe| {
        graph
            .arcs_at(&[recipe], Direction::Dependencies)
            .next()
            .is_none()
    })
}

/// The arcs to those who are documented to make a good, plans left out.
fn sources(graph: &Graph, good: EntityIx) -> Vec<ArcIx> {
    let node = graph.find(Node::Good(good));
    let arcs = graph.arcs_at(node.as_slice(), Direction::Dependencies);
    let is_source =
        |arc: &Arc| graph.channel(arc) == Channel::Sources && arc.standing != Standing::Planned;
    arcs.filter(|&ix| is_source(graph.arc(ix))).collect()
}

/// How many make a good or any kind of it, plans and plants left out.
fn makers_of_kinds(catalogue: &Catalogue, graph: &Graph, good: EntityIx) -> usize {
    let class = graph.find(Node::Class(good));
    let is_kind =
        |arc: &Arc| graph.channel(arc) == Channel::Kind && arc.standing != Standing::Planned;
    let reach = graph.reach_along(class.as_slice(), Direction::Dependents, is_kind);
    let makers = reach
        .nodes()
        .iter()
        .filter_map(|&node| match graph.node(node) {
            Node::Supply { by, .. } => {
                Some(by).filter(|&by| catalogue[by].kind != EntityKind::Plant)
            }
            _ => None,
        });
    makers.collect::<HashSet<EntityIx>>().len()
}

/// How much speaks for it that there is no other source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Its share is the whole, in figures or in words.
    Single,
    /// A document gives it a share or a buyer, and no other is named.
    OnlyNamed,
    /// No other is named, and of this one not even that it covers any of what is taken.
    OnlyPossible,
}

impl Strength {
    fn heading(self) -> &'static str {
        match self {
            Strength::Single => SINGLE_SOURCES,
            Strength::OnlyNamed => ONLY_NAMED,
            Strength::OnlyPossible => ONLY_POSSIBLE,
        }
    }
}

/// A source beside which no other is known.
struct LoneSource {
    strength: Strength,
    distance: u32,
    supply: NodeIx,
    chain: Vec<ArcIx>,
}

impl LoneSource {
    fn is_of_a_good(&self, graph: &Graph) -> bool {
        self.chain
            .last()
            .is_some_and(|&ix| good(graph, graph.arc(ix).from).is_some())
    }
}

/// The sources of what some nodes take in beside which no other is known, each by its strongest and
/// shortest chain.
fn lone_sources(
    writer: &Writer,
    picker: &Picker,
    nodes: &[NodeIx],
    reach: Option<&Reach>,
) -> Vec<LoneSource> {
    let graph = writer.graph;
    let mut needs: IndexMap<RequirementIx, Vec<ArcIx>> = IndexMap::new();
    for ix in graph
        .arcs_at(nodes, Direction::Dependencies)
        .filter(|&ix| is_source(graph, graph.arc(ix)))
    {
        needs.entry(graph.arc(ix).requirement).or_default().push(ix);
    }
    let lone = |arcs: Vec<ArcIx>| lone_source(writer, picker, &arcs, reach);
    let mut found: Vec<LoneSource> = needs.into_values().filter_map(lone).collect();
    found.sort_by_key(|source| {
        (
            source.strength,
            source.distance,
            graph.node(source.supply).entity(),
            source.supply,
        )
    });
    let mut seen = HashSet::new();
    // What one buyer alone is known to get from one seller is nothing that many can't go around.
    let is_told = |source: &LoneSource| {
        reach.is_some() || source.strength == Strength::Single || source.is_of_a_good(graph)
    };
    found.retain(|source| is_told(source) && seen.insert(source.supply));
    found
}

/// Whether an arc leads to somebody's output as where something comes from, plans and what nobody
/// names left out.
fn is_source(graph: &Graph, arc: &Arc) -> bool {
    let is_taking = matches!(graph.channel(arc), Channel::Sources | Channel::Inputs);
    is_taking
        && matches!(graph.node(arc.to), Node::Supply { .. })
        && !arc.is_rest
        && arc.standing != Standing::Planned
}

/// The one of some sources of the same need that covers all of it or is the only one; none where it
/// covers less than all, so that there are others.
fn lone_source(
    writer: &Writer,
    picker: &Picker,
    arcs: &[ArcIx],
    reach: Option<&Reach>,
) -> Option<LoneSource> {
    let graph = writer.graph;
    let is_all = |&&ix: &&ArcIx| graph.arc(ix).is_share_documented && graph.arc(ix).share.lo >= ALL;
    let (&ix, is_single) = match (arcs.iter().find(is_all), arcs) {
        (Some(ix), _) => (ix, true),
        (None, [only]) if graph.arc(*only).share.hi >= ALL && is_known_for_all(writer, *only) => {
            (only, false)
        }
        _ => return None,
    };
    let arc = graph.arc(ix);
    let by = picker.maker(graph.node(arc.to))?;
    let strength = match arc.standing {
        _ if is_single => Strength::Single,
        Standing::Possible => Strength::OnlyPossible,
        _ => Strength::OnlyNamed,
    };
    let chain = reach.map_or(Vec::new(), |reach| reach.chain(arc.from));
    let chain: Vec<ArcIx> = chain.into_iter().chain([ix]).collect();
    let is_wanted = is_taken_by_others(graph, arc.from, by);
    let distance = graph.facts_in(&chain) as u32;
    is_wanted.then_some(LoneSource {
        strength,
        distance,
        supply: arc.to,
        chain,
    })
}

/// A share from here on is the whole.
const ALL: f64 = 1.0 - 1e-9;

/// Whether the only source that is named is one for all who take the good: a sale to one buyer says
/// nothing of where others get it, and a good whose kinds have other makers has other sources.
fn is_known_for_all(writer: &Writer, ix: ArcIx) -> bool {
    let graph = writer.graph;
    let Some(good) = good(graph, graph.arc(ix).from) else {
        return true;
    };
    let readings = graph
        .readings(ix)
        .iter()
        .chain(graph.figure_readings(ix))
        .chain(graph.other_readings(ix));
    let is_only_sold = readings
        .into_iter()
        .all(|reading| writer.catalogue[reading.fact].is_purchase());
    !is_only_sold && makers_of_kinds(writer.catalogue, graph, good) <= 1
}

/// Whether anybody but the maker depends on what a node stands for.
fn is_taken_by_others(graph: &Graph, node: NodeIx, maker: EntityIx) -> bool {
    let reach = graph.reach(&[node], Direction::Dependents, &Follow::default());
    reach.nodes().iter().any(|&node| match graph.node(node) {
        Node::Actor(by) | Node::Supply { by, .. } | Node::Intake { by, .. } => by != maker,
        _ => false,
    })
}

fn push_lone_sources(writer: &mut Writer, sources: &[LoneSource], strength: Strength) {
    for LoneSource {
        distance,
        supply,
        chain,
        ..
    } in sources.iter().filter(|source| source.strength == strength)
    {
        let Node::Supply { by, .. } = writer.graph.node(*supply) else {
            continue;
        };
        let row = Row {
            group: strength.heading(),
            entity: Some(writer.entity(by)),
            output: Some(writer.node_view(*supply)),
            distance: Some(*distance),
            steps: writer.steps(chain),
            ..Row::default()
        };
        writer.push(row);
    }
}

/// Shares that come this near to the whole leave nobody out.
const NEARLY_ALL: f64 = 0.99;

/// Rows for the concentration of goods: of the one that is asked about in any case, of others where
/// it can be told.
fn push_concentration(writer: &mut Writer, goods: &[EntityIx], asked: Option<EntityIx>) {
    for &good in goods {
        match concentrations(writer, good) {
            Ok(found) => {
                for (concentration, arcs) in found {
                    let among = concentration.among.plural();
                    let remark = format!(
                        "Herfindahl–Hirschman index {:.0} of 10,000, among {among}",
                        concentration.index
                    );
                    push_concentrated(writer, good, Some(concentration), &arcs, remark);
                }
            }
            Err(reason) if asked == Some(good) => {
                let is_documented = |ix: &ArcIx| writer.graph.arc(*ix).is_share_documented;
                let arcs: Vec<ArcIx> = sources(writer.graph, good)
                    .into_iter()
                    .filter(is_documented)
                    .collect();
                push_concentrated(
                    writer,
                    good,
                    None,
                    &arcs,
                    format!("no Herfindahl–Hirschman index: {reason}"),
                );
            }
            Err(_) => {}
        }
    }
}

fn push_concentrated(
    writer: &mut Writer,
    good: EntityIx,
    concentration: Option<Concentration>,
    arcs: &[ArcIx],
    remark: String,
) {
    let row = Row {
        group: CONCENTRATION,
        entity: Some(writer.entity(good)),
        concentration,
        steps: writer.steps_apart(arcs),
        remarks: vec![remark],
        ..Row::default()
    };
    writer.push(row);
}

/// The concentration of a good among makers of each kind, for those who hold parts of one whole; of
/// several days the latest. Or why there is none.
fn concentrations(
    writer: &Writer,
    good: EntityIx,
) -> Result<Vec<(Concentration, Vec<ArcIx>)>, String> {
    let arcs = sources(writer.graph, good);
    let mut wholes: IndexMap<u32, Vec<ArcIx>> = IndexMap::new();
    for &ix in &arcs {
        wholes
            .entry(writer.graph.arc(ix).whole)
            .or_default()
            .push(ix);
    }
    let mut reason = "no maker of it is documented".to_owned();
    let mut found: IndexMap<EntityKind, (Option<Date>, Concentration, Vec<ArcIx>)> =
        IndexMap::new();
    for arcs in wholes.into_values() {
        match concentration(writer, &arcs) {
            Err(why) => reason = why,
            Ok(concentration) => {
                let day = arcs.iter().filter_map(|&ix| day(writer, ix)).max();
                let known = found.get(&concentration.among).map(|(known, ..)| *known);
                if known.is_none_or(|known| day > known) {
                    found.insert(concentration.among, (day, concentration, arcs));
                }
            }
        }
    }
    found.sort_keys();
    let found: Vec<_> = found
        .into_values()
        .map(|(_, concentration, arcs)| (concentration, arcs))
        .collect();
    if found.is_empty() {
        Err(reason)
    } else {
        Ok(found)
    }
}

/// The day that a share is told for.
fn day(writer: &Writer, ix: ArcIx) -> Option<Date> {
    let facts = writer
        .graph
        .readings(ix)
        .iter()
        .map(|reading| &writer.catalogue[reading.fact]);
    facts
        .filter_map(|fact| writer.catalogue.told_for(fact))
        .max()
}

/// The Herfindahl–Hirschman index: the sum of the squares of the makers' shares in per cent (O. C.
/// Herfindahl 1950; A. O. Hirschman 1945). Only where every share is known and they come to the
/// whole; rounded shares count as they are printed, and no index is above that of a single maker.
fn concentration(writer: &Writer, arcs: &[ArcIx]) -> Result<Concentration, String> {
    let shares: Vec<f64> = arcs
        .iter()
        .filter_map(|&ix| exact_share(writer, ix))
        .collect();
    let (makers, unknown) = (arcs.len(), arcs.len() - shares.len());
    if unknown > 0 {
        return Err(format!(
            "the exact share of {unknown} of {makers} documented makers is not known"
        ));
    }
    let sum: f64 = shares.iter().sum();
    if sum < NEARLY_ALL {
        return Err(format!(
            "the known shares come to {:.0} % only",
            sum * 100.0
        ));
    }
    let index: f64 = shares.iter().map(|share| (share * 100.0).powi(2)).sum();
    let Node::Supply { by, .. } = writer.graph.node(writer.graph.arc(arcs[0]).to) else {
        return Err("its makers are not documented".to_owned());
    };
    Ok(Concentration {
        index: index.min(10_000.0),
        among: writer.catalogue[by].kind,
        makers,
    })
}

/// The share of an arc, where it is known exactly; of a rounded one, what is printed.
fn exact_share(writer: &Writer, ix: ArcIx) -> Option<f64> {
    let arc = writer.graph.arc(ix);
    if arc.is_rounded {
        let readings = writer
            .graph
            .readings(ix)
            .iter()
            .chain(writer.graph.figure_readings(ix));
        let shares = readings
            .filter_map(|reading| writer.catalogue[reading.fact].share_of(Whole::WorldSupply));
        return shares
            .filter_map(|share| {
                if let Extent::Exactly(share) = share {
                    Some(*share)
                } else {
                    None
                }
            })
            .next();
    }
    (arc.share.hi - arc.share.lo <= 1e-9).then_some(arc.share.lo)
}

fn of_all(writer: Writer, filter: &Filter<Party>, follow: &Follow) -> Answer {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    let title = "What many firms can't go around".to_owned();
    let head = Head {
        command: "chokepoints",
        given: IndexMap::new(),
        title,
    }
    .with(&writer, filter, follow);
    bounded(writer, head, |writer| {
        let network = graph.network(|arc| follow.passes(graph, arc));
        let (ranked, unsettled) = rank(catalogue, graph, &network, filter, follow);
        let picker = Picker::new(writer, Direction::Dependencies, Vec::new(), filter);
        let goods: Vec<EntityIx> = catalogue.entities_with_index().map(|(ix, _)| ix).collect();
        let nodes: Vec<NodeIx> = (0..graph.node_count()).map(NodeIx::new).collect();
        let sources = lone_sources(writer, &picker, &nodes, None);
        let (certain, possible): (Vec<_>, Vec<_>) = ranked
            .into_iter()
            .partition(|(_, victims)| !victims.certain.is_empty());
        certain
            .iter()
            .for_each(|(entity, victims)| push_ranked(writer, CERTAIN, *entity, victims));
        push_lone_sources(writer, &sources, Strength::Single);
        possible
            .iter()
            .for_each(|(entity, victims)| push_ranked(writer, POSSIBLE, *entity, victims));
        push_lone_sources(writer, &sources, Strength::OnlyNamed);
        push_lone_sources(writer, &sources, Strength::OnlyPossible);
        push_concentration(writer, &goods, None);
        unsettled
    })
}

/// The firms that lose something when an entity is cut.
struct Victims {
    certain: Vec<EntityIx>,
    possible: Vec<EntityIx>,
    /// The chain of one that loses most.
    chain: Vec<ArcIx>,
}

/// Entities by the number of other firms of which some output is lost for certain, then of which
/// some may be.
fn rank(
    catalogue: &Catalogue,
    graph: &Graph,
    network: &Network,
    filter: &Filter<Party>,
    follow: &Follow,
) -> (Vec<(EntityIx, Victims)>, Unsettled) {
    let (mut ranked, mut unsettled) = (Vec::new(), Unsettled::default());
    let is_wanted = |kind: EntityKind| filter.kinds.is_empty() || filter.kinds.contains(&kind);
    for (entity, _) in catalogue
        .entities_with_index()
        .filter(|(_, entity)| is_wanted(entity.kind))
    {
        let cut = Cut::whole(entity);
        if cut.nodes(catalogue, graph).is_empty() {
            continue;
        }
        let shock = Shock::new(catalogue, graph, network, &[cut], |arc| {
            follow.passes(graph, arc)
        });
        unsettled = unsettled.max(shock.unsettled());
        let own = Own::new(catalogue, entity);
        let victims = victims(catalogue, graph, &shock, &own);
        if !victims.certain.is_empty() || !victims.possible.is_empty() {
            ranked.push((entity, victims));
        }
    }
    ranked.sort_by_key(|(_, victims)| {
        (
            Reverse(victims.certain.len()),
            Reverse(victims.possible.len()),
        )
    });
    (ranked, unsettled)
}

/// What is cut, with what loses by its very meaning: the makers of a good and its kinds as such,
/// the members of a group.
struct Own {
    cut: EntityIx,
    kinds: HashSet<EntityIx>,
    members: HashSet<EntityIx>,
}

impl Own {
    fn new(catalogue: &Catalogue, cut: EntityIx) -> Self {
        let memberships = catalogue
            .facts()
            .filter_map(|fact| fact.tied(Tie::MemberOf));
        let members = memberships
            .filter(|(_, group)| *group == cut)
            .map(|(member, _)| member)
            .collect();
        Own {
            cut,
            kinds: kinds_of(catalogue, cut),
            members,
        }
    }

    /// The firm that loses where a node loses, unless it only loses what is cut.
    fn loser(
        &self,
        catalogue: &Catalogue,
        shock: &Shock,
        graph: &Graph,
        node: NodeIx,
    ) -> Option<EntityIx> {
        let firm = match graph.node(node) {
            Node::Supply { by, good } if !self.kinds.contains(&good) => by,
            Node::Actor(by) if self.loses_otherwise(shock, graph, node) => by,
            _ => return None,
        };
        let is_other = firm != self.cut && !self.members.contains(&firm);
        Some(firm).filter(|&firm| is_other && catalogue[firm].kind == EntityKind::Firm)
    }

    /// Whether an actor loses by anything but what it makes, which is told by itself.
    fn loses_otherwise(&self, shock: &Shock, graph: &Graph, node: NodeIx) -> bool {
        let is_otherwise = |ix: RequirementIx| graph.requirement(ix).channel != Channel::Output;
        shock
            .needs(node)
            .into_iter()
            .any(|(requirement, ..)| is_otherwise(requirement))
    }
}

fn victims(catalogue: &Catalogue, graph: &Graph, shock: &Shock, own: &Own) -> Victims {
    let mut losers: IndexMap<EntityIx, (f64, NodeIx)> = IndexMap::new();
    for node in shock.nodes() {
        if let Some(firm) = own.loser(catalogue, shock, graph, node) {
            let (least, worst) = losers.entry(firm).or_insert((0.0, node));
            let sure = shock.loss(node).sound.lo;
            if sure > *least {
                (*least, *worst) = (sure, node);
            }
        }
    }
    losers.sort_by(|_, (a, x), _, (b, y)| b.total_cmp(a).then(x.cmp(y)));
    let chain = losers
        .first()
        .map_or(Vec::new(), |(_, (_, worst))| shock.chain(*worst));
    let (certain, possible): (Vec<_>, Vec<_>) =
        losers.into_iter().partition(|(_, (least, _))| *least > 0.0);
    let firms =
        |losers: Vec<(EntityIx, (f64, NodeIx))>| losers.into_iter().map(|(firm, _)| firm).collect();
    Victims {
        certain: firms(certain),
        possible: firms(possible),
        chain,
    }
}

fn push_ranked(writer: &mut Writer, group: &'static str, entity: EntityIx, victims: &Victims) {
    let names = |firms: &[EntityIx]| {
        firms
            .iter()
            .map(|&firm| writer.name(firm))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let count = |n: usize| format!("{n} {}", if n == 1 { "firm" } else { "firms" });
    let mut remarks = Vec::new();
    if !victims.certain.is_empty() {
        remarks.push(format!(
            "sure to lose: {} ({})",
            count(victims.certain.len()),
            names(&victims.certain)
        ));
    }
    if !victims.possible.is_empty() {
        remarks.push(format!(
            "may lose: {} ({})",
            count(victims.possible.len()),
            names(&victims.possible)
        ));
    }
    let row = Row {
        group,
        entity: Some(writer.entity(entity)),
        distance: Some(writer.graph.facts_in(&victims.chain) as u32),
        steps: writer.steps(&victims.chain),
        remarks,
        ..Row::default()
    };
    writer.push(row);
}
