//! How exposed something is to something else: the loss were the other cut, channel by channel.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Row};
use super::dependence::{Picker, push_uncounted};
use super::elsewhere::{self, Elsewhere, SourceArc};
use super::losses::{Damage, Head, Hit, Networks, bounded, note_group, push_hits};
use super::party::Party;
use super::shock::{Loss, Shock, Unsettled};
use super::territory::{with_plants, with_sites};
use super::writer::Writer;
use crate::facts::{Claim, EntityIx, EntityKind, Fact, FactIx, Role, Tie, Value};
use crate::graph::{Arc, ArcIx, Channel, Direction, Follow, Graph, Node, NodeIx, RequirementIx};
use crate::request::{Cut, Filter, Subject};

const AT_LEAST: &str = "Exposed, at least so much";
const IN_PROPORTION: &str = "Exposed if shortage is shared in proportion";
const AT_MOST: &str = "Exposed, at most so much";
const UNKNOWN: &str = "Exposed";

const HEADINGS: [&str; 4] = [AT_LEAST, IN_PROPORTION, AT_MOST, UNKNOWN];

fn heading(loss: Loss) -> &'static str {
    match loss {
        Loss { sound, .. } if sound.lo > 0.0 => AT_LEAST,
        Loss { proportional, .. } if proportional.lo > 0.0 => IN_PROPORTION,
        Loss { sound, .. } if sound.hi < 1.0 => AT_MOST,
        _ => UNKNOWN,
    }
}

/// Answers `exposure --to`: who is exposed, firms and goods unless other kinds are asked for.
pub(super) fn exposed(
    writer: Writer,
    to: &Party,
    filter: &Filter<Party>,
    follow: &Follow,
) -> Answer {
    let title = format!("Who is exposed to {}", writer.party_name(to));
    let given = IndexMap::from([("to", writer.given_party(to))]);
    let head = Head {
        command: "exposure",
        given,
        title,
    }
    .with(&writer, filter, follow);
    let filter = with_kinds(filter);
    bounded(writer, head, |writer| {
        let picker = Picker::new(writer, Direction::Dependents, to.all().to_vec(), &filter);
        push_exposed_to(writer, to, &picker, follow)
    })
}

/// Rows for all that a picker wants of what loses when some things are cut together.
fn push_exposed_to(writer: &mut Writer, to: &Party, picker: &Picker, follow: &Follow) -> Unsettled {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    to.all()
        .iter()
        .for_each(|&to| note_group(writer, to, follow));
    let networks = Networks::new(graph, follow);
    let damage = Damage::new(catalogue, graph, &networks, &to.cuts(), follow);
    push_hits(writer, &damage, picker, follow, &HEADINGS, |hit: &Hit| {
        heading(hit.loss)
    });
    damage.shock.unsettled()
}

/// How exposed each of several is to what is cut together; those that are not are named.
fn push_exposure_of_each(
    writer: &mut Writer,
    of: &Party,
    to: &Party,
    follow: &Follow,
) -> Unsettled {
    let filter = Filter::default();
    let only: HashSet<EntityIx> = of.owners().collect();
    let picker = Picker::new(writer, Direction::Dependents, to.all().to_vec(), &filter).only(only);
    let unsettled = push_exposed_to(writer, to, &picker, follow);
    let exposed = writer.entities_of_rows();
    let safe: Vec<EntityIx> = of.owners().filter(|one| !exposed.contains(one)).collect();
    if !safe.is_empty() && !exposed.is_empty() {
        let names: Vec<&str> = safe.iter().map(|&one| writer.name(one)).collect();
        writer.note(format!("no exposure documented: {}", names.join(", ")));
    }
    unsettled
}

/// Firms, groups and goods, where no kinds are asked for.
fn with_kinds(filter: &Filter<Party>) -> Filter<Party> {
    let mut filter = filter.clone();
    if filter.kinds.is_empty() {
        use EntityKind::*;
        filter.kinds = vec![Firm, Group, Material, Product, Technology];
    }
    filter
}

/// Answers `exposure` of one: what it is exposed to, each cut for itself.
pub(super) fn exposures(
    writer: Writer,
    of: &Party,
    filter: &Filter<Party>,
    follow: &Follow,
) -> Answer {
    let title = format!("What {} is exposed to", writer.party_name(of));
    let given = IndexMap::from([("of", writer.given_party(of))]);
    let head = Head {
        command: "exposure",
        given,
        title,
    }
    .with(&writer, filter, follow);
    bounded(writer, head, |writer| {
        let mut unsettled = Unsettled::default();
        writer.push_for_each(of, |writer, one| {
            unsettled = unsettled.max(push_threats(writer, one, filter, follow));
        });
        writer.sort_rows_by_heading(&HEADINGS);
        unsettled
    })
}

fn push_threats(
    writer: &mut Writer,
    of: Subject,
    filter: &Filter<Party>,
    follow: &Follow,
) -> Unsettled {
    let (mut found, unsettled) = threats(writer, of, filter, follow);
    found.sort_by_key(|threat| threat.loss.rank());
    for group in HEADINGS {
        for threat in found.iter().filter(|threat| heading(threat.loss) == group) {
            push_threat(writer, group, threat);
        }
    }
    unsettled
}

fn push_threat(writer: &mut Writer, group: &'static str, threat: &Threat) {
    let Threat {
        entity,
        loss,
        chain,
        others,
    } = threat;
    let row = Row {
        group,
        entity: Some(writer.entity(*entity)),
        bounds: Some(loss.sound),
        proportional: loss.beside(),
        distance: Some(writer.graph.facts_in(chain) as u32),
        steps: writer.steps(chain),
        alternatives: elsewhere::told(writer, others),
        ..Row::default()
    };
    writer.push(row);
}

/// Something to which another is exposed.
struct Threat {
    entity: EntityIx,
    /// What is lost of the other without it.
    loss: Loss,
    chain: Vec<ArcIx>,
    /// Where else what is short could come from.
    others: Vec<SourceArc>,
}

/// All that something is exposed to, nearest first.
///
/// Each is cut by itself, which costs a loss for each that is reached: a chain says that something
/// depends on it, and nothing of how much.
fn threats(
    writer: &Writer,
    of: Subject,
    filter: &Filter<Party>,
    follow: &Follow,
) -> (Vec<Threat>, Unsettled) {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    let network = graph.network(|arc| follow.passes(graph, arc));
    let nodes = of.subject_nodes(catalogue, graph);
    let reach = graph.reach(&nodes, Direction::Dependencies, follow);
    let picker = Picker::new(writer, Direction::Dependencies, vec![of], filter);
    let (mut seen, mut found, mut unsettled) = (HashSet::new(), Vec::new(), Unsettled::default());
    for &reached in reach.nodes() {
        let Some(entity) = picker
            .entity(graph.node(reached))
            .filter(|&entity| seen.insert(entity))
        else {
            continue;
        };
        let cut = Cut::whole(Subject::Entity(entity));
        let shock = Shock::new(catalogue, graph, &network, &[cut], |arc| {
            follow.passes(graph, arc)
        });
        unsettled = unsettled.max(shock.unsettled());
        let hit = nodes
            .iter()
            .copied()
            .min_by_key(|&node| shock.loss(node).rank());
        let Some(node) = hit.filter(|&node| shock.loss(node).sound.hi > 0.0) else {
            continue;
        };
        let chain = shock.chain(node);
        if picker.is_near(graph.facts_in(&chain) as u32) {
            let others = Elsewhere::new(writer, &shock).sources(node, &chain);
            found.push(Threat {
                entity,
                loss: shock.loss(node),
                chain,
                others,
            });
        }
    }
    found.sort_by_key(|threat| graph.facts_in(&threat.chain));
    (found, unsettled)
}

/// A route by which a loss comes to something: the channels of the arcs that lead out of what is
/// its own.
struct Route {
    heading: &'static str,
    channels: &'static [Channel],
    /// Whether it is followed only when asked for elsewhere.
    follow: Follow,
}

const USUAL: Follow = Follow {
    plans: false,
    possible: false,
    market: false,
    ownership: false,
    technology: false,
};

const ROUTES: [Route; 6] = [
    Route {
        heading: "Through its inputs",
        channels: &[
            Channel::Inputs,
            Channel::Kind,
            Channel::Policy,
            Channel::Origin,
        ],
        follow: USUAL,
    },
    Route {
        heading: "Through those who make it",
        channels: &[Channel::Sources],
        follow: USUAL,
    },
    Route {
        heading: "Through its production sites",
        channels: &[Channel::Sites],
        follow: USUAL,
    },
    Route {
        heading: "Through its markets",
        channels: &[Channel::Market],
        follow: Follow {
            market: true,
            ..USUAL
        },
    },
    Route {
        heading: "Through its owners",
        channels: &[Channel::Ownership],
        follow: Follow {
            ownership: true,
            ..USUAL
        },
    },
    Route {
        heading: "Through technology",
        channels: &[Channel::Technology],
        follow: Follow {
            technology: true,
            ..USUAL
        },
    },
];

/// What belongs to something itself: a firm with its outputs and plants, a group with its members.
/// What it needs is what these need, so a route begins where an arc leaves them.
fn own_nodes(graph: &Graph, nodes: &[NodeIx], follow: &Follow) -> HashSet<NodeIx> {
    let is_own = |arc: &Arc| {
        let channel = graph.channel(arc);
        let is_at_home =
            matches!(graph.node(arc.from), Node::Actor(_)) && channel == Channel::Sites;
        is_at_home
            || matches!(
                channel,
                Channel::Output | Channel::Operation | Channel::Members
            )
    };
    let passes = |arc: &Arc| follow.passes(graph, arc) && is_own(arc);
    graph
        .reach_along(nodes, Direction::Dependencies, passes)
        .nodes()
        .iter()
        .copied()
        .collect()
}

/// Answers `exposure` of one to another.
pub(super) fn exposure(writer: Writer, of: &Party, to: &Party, follow: &Follow) -> Answer {
    let each = if of.single().is_some() {
        ""
    } else {
        "each of "
    };
    let title = format!(
        "How exposed {each}{} is to {}",
        writer.party_name(of),
        writer.party_name(to)
    );
    let given = IndexMap::from([
        ("of", writer.given_party(of)),
        ("to", writer.given_party(to)),
    ]);
    let head = Head {
        command: "exposure",
        given,
        title,
    }
    .with(&writer, &Filter::default(), follow);
    bounded(writer, head, |writer| {
        let Some(one) = of.single() else {
            return push_exposure_of_each(writer, of, to, follow);
        };
        to.all()
            .iter()
            .for_each(|&to| note_group(writer, to, follow));
        let unsettled = push_routes(writer, one, to, follow);
        if let (Some(of), Some(to)) = (of.entity(), to.entity()) {
            push_figures(writer, of, to);
        }
        if !writer.has_rows() {
            push_aside(writer, of, to);
        }
        unsettled
    })
}

/// For each route the loss along it: of the whole, and of each output of which the extent is known.
///
/// Each route has a network of its own: where an arc leaves what is asked about, only the channels
/// of the route are followed, and everywhere else all. So a loss is that of this route alone,
/// whatever the others do; the routes are not added up, for they may lose the same.
fn push_routes(writer: &mut Writer, of: Subject, to: &Party, follow: &Follow) -> Unsettled {
    let (graph, catalogue) = (writer.graph, writer.catalogue);
    let nodes = of.subject_nodes(catalogue, graph);
    let own = own_nodes(graph, &nodes, follow);
    // Another source may be short by any route, not only by the one whose loss it would make good.
    let touched = graph.reach(&cut_nodes(writer, to), Direction::Dependents, follow);
    let mut unsettled = Unsettled::default();
    for route in &ROUTES {
        let follow = Follow {
            market: follow.market || route.follow.market,
            ownership: follow.ownership || route.follow.ownership,
            technology: follow.technology || route.follow.technology,
            ..*follow
        };
        let passes = |arc: &Arc| {
            let channel = graph.channel(arc);
            let is_at_home = own.contains(&arc.from) && !own.contains(&arc.to);
            follow.passes(graph, arc) && (!is_at_home || route.channels.contains(&channel))
        };
        let network = graph.network(passes);
        let shock = Shock::new(catalogue, graph, &network, &to.cuts(), passes);
        let teller = Teller {
            graph,
            route,
            shock: &shock,
            elsewhere: Elsewhere::new(writer, &shock).with(&touched),
            of,
        };
        teller.push_route(writer, &nodes, &own);
        unsettled = unsettled.max(shock.unsettled());
    }
    unsettled
}

fn cut_nodes(writer: &Writer, cut: &Party) -> Vec<NodeIx> {
    let cuts = cut.cuts().into_iter();
    cuts.flat_map(|cut| cut.nodes(writer.catalogue, writer.graph))
        .map(|(node, _)| node)
        .collect()
}

/// A loss along a chain, and where else what is short along it could come from.
struct Along {
    loss: Loss,
    chain: Vec<ArcIx>,
    others: Vec<SourceArc>,
}

/// Tells what is lost along one route: of what asks, and of each of its outputs.
struct Teller<'t, 'g> {
    graph: &'g Graph,
    route: &'t Route,
    shock: &'t Shock<'g>,
    elsewhere: Elsewhere<'t, 'g>,
    of: Subject,
}

impl Teller<'_, '_> {
    fn push_route(&self, writer: &mut Writer, nodes: &[NodeIx], own: &HashSet<NodeIx>) {
        for &node in nodes.iter().filter(|&&node| self.loses(node)) {
            let losses = self.losses(node);
            push_along(writer, self.route.heading, self.of, &losses);
        }
        for node in self.outputs(writer, nodes, own) {
            let along = self.whole(node);
            push_exposed(
                writer,
                self.route.heading,
                self.of,
                Some(node),
                &along,
                None,
            );
        }
    }

    fn loses(&self, node: NodeIx) -> bool {
        self.shock.loss(node).sound.hi > 0.0
    }

    /// The losses of a node by what it itself needs along the route; by what its own parts need,
    /// only where that is another chain.
    fn losses(&self, node: NodeIx) -> Vec<Along> {
        let (direct, through_own): (Vec<_>, Vec<_>) = self
            .shock
            .needs(node)
            .into_iter()
            .partition(|(requirement, ..)| self.is_along(*requirement));
        let whole = self.graph.steps(&self.shock.chain(node));
        let mut chains = direct.iter().map(|(.., chain)| self.graph.steps(chain));
        let is_told = chains.any(|steps| steps == whole);
        let direct = direct
            .into_iter()
            .map(|(_, loss, chain)| self.direct(node, loss, chain));
        let through_own = (!through_own.is_empty() && !is_told).then(|| self.whole(node));
        direct.chain(through_own).collect()
    }

    fn is_along(&self, requirement: RequirementIx) -> bool {
        let channel = self.graph.requirement(requirement).channel;
        self.route.channels.contains(&channel)
    }

    /// A loss by one need of a node. A policy that is cut takes what it restricts with it, though
    /// documents say only that it is restricted: how much of it is lost is not known.
    fn direct(&self, node: NodeIx, loss: Loss, chain: Vec<ArcIx>) -> Along {
        let needed = chain.first().map_or(node, |&arc| self.graph.arc(arc).to);
        let loss = if self.shock.is_restricted(node) {
            Loss::UNKNOWN
        } else {
            loss
        };
        self.along(needed, loss, chain)
    }

    fn whole(&self, node: NodeIx) -> Along {
        self.along(node, self.shock.loss(node), self.shock.chain(node))
    }

    fn along(&self, node: NodeIx, loss: Loss, chain: Vec<ArcIx>) -> Along {
        let others = self.elsewhere.sources(node, &chain);
        Along {
            loss,
            chain,
            others,
        }
    }

    /// The outputs, and what is taken in, of which the extent of the loss is known, worst first:
    /// any other would tell no more than the row of the whole.
    fn outputs(&self, writer: &Writer, nodes: &[NodeIx], own: &HashSet<NodeIx>) -> Vec<NodeIx> {
        let needs = self.graph.arcs_at(nodes, Direction::Dependencies);
        let needs = needs.map(|ix| self.graph.arc(ix).to);
        let intakes = needs.filter(|&node| self.is_intake(node));
        let own: HashSet<NodeIx> = own.iter().copied().chain(intakes).collect();
        let is_told = |node: &NodeIx| {
            let is_known = !self.shock.loss(*node).is_unknown();
            is_known && self.loses(*node) && is_output_of_an_actor(writer, *node)
        };
        let mut outputs: Vec<NodeIx> = own
            .into_iter()
            .filter(|node| is_told(node) && !nodes.contains(node) && !self.shock.cuts(*node))
            .collect();
        outputs.sort_by_key(|&node| (self.shock.loss(node).rank(), node));
        outputs
    }

    fn is_intake(&self, node: NodeIx) -> bool {
        self.route.channels.contains(&Channel::Inputs)
            && matches!(self.graph.node(node), Node::Intake { .. })
    }
}

/// Rows for the losses along some chains: where there are several, each says through what; and
/// every sale is told, though all sales to one place are one dependence on it.
fn push_along(writer: &mut Writer, group: &'static str, of: Subject, losses: &[Along]) {
    for along in losses {
        let chain = &along.chain;
        let sales = chain
            .first()
            .map(|&arc| sales(writer, arc))
            .unwrap_or_default();
        let through = match sales.first() {
            Some((&good, _)) => {
                Some(sold(writer, good)).filter(|_| losses.len() > 1 || sales.len() > 1)
            }
            None => through(writer, chain).filter(|_| losses.len() > 1),
        };
        push_exposed(writer, group, of, None, along, through);
        for (&good, facts) in sales.iter().skip(1) {
            let facts = facts.iter().map(|&fact| writer.fact(fact, false)).collect();
            let (entity, remarks) = (Some(writer.entity(of.owner())), vec![sold(writer, good)]);
            writer.push(Row {
                group,
                entity,
                distance: Some(1),
                facts,
                remarks,
                ..Row::default()
            });
        }
    }
}

/// What a chain first leads through, in words.
fn through(writer: &Writer, chain: &[ArcIx]) -> Option<String> {
    let graph = writer.graph;
    let name = match graph.node(graph.arc(*chain.first()?).to) {
        Node::Supply { by, good } => writer.subject_name(Subject::Supply { by, good }),
        node => writer.name(node.entity()).to_owned(),
    };
    Some(format!("through {name}"))
}

/// The sales that an arc to a market rests on, by what is sold, beginning with the one that its
/// step tells.
fn sales(writer: &Writer, arc: ArcIx) -> IndexMap<Option<EntityIx>, Vec<FactIx>> {
    let graph = writer.graph;
    let readings = graph
        .readings(arc)
        .iter()
        .chain(graph.figure_readings(arc))
        .chain(graph.other_readings(arc));
    let mut sales: IndexMap<Option<EntityIx>, Vec<FactIx>> = IndexMap::new();
    for ix in readings.map(|reading| reading.fact) {
        let fact = &writer.catalogue[ix];
        if fact.tied(Tie::SellsIn).is_some() {
            sales.entry(fact.player(Role::What)).or_default().push(ix);
        }
    }
    sales
}

fn sold(writer: &Writer, good: Option<EntityIx>) -> String {
    match good {
        Some(good) => format!("through its sales of {}", writer.name(good)),
        None => "through all that it sells there".to_owned(),
    }
}

/// Whether a node is what somebody makes or needs: not what a plant makes, which says where it is
/// by itself.
fn is_output_of_an_actor(writer: &Writer, node: NodeIx) -> bool {
    match writer.graph.node(node) {
        Node::Intake { into: None, .. } => true,
        Node::Supply { by, .. } => writer.catalogue[by].kind != EntityKind::Plant,
        _ => false,
    }
}

fn push_exposed(
    writer: &mut Writer,
    group: &'static str,
    of: Subject,
    output: Option<NodeIx>,
    Along {
        loss,
        chain,
        others,
    }: &Along,
    through: Option<String>,
) {
    let whole = || {
        of.subject_nodes(writer.catalogue, writer.graph)
            .first()
            .copied()
    };
    let output = if of.entity().is_none() {
        output.or_else(whole)
    } else {
        output
    };
    let row = Row {
        group,
        entity: Some(writer.entity(of.owner())),
        output: output.map(|node| writer.node_view(node)),
        bounds: Some(loss.sound),
        proportional: loss.beside(),
        distance: Some(writer.graph.facts_in(chain) as u32),
        steps: writer.steps(chain),
        alternatives: elsewhere::told(writer, others),
        remarks: through.into_iter().collect(),
        ..Row::default()
    };
    writer.push(row);
}

const FIGURES: &str = "Figures cited, of unlike measure: not added to each other";

/// Facts with a number that join one, or a plant of its own, with the other, or what is in it.
fn push_figures(writer: &mut Writer, of: EntityIx, to: EntityIx) {
    let catalogue = writer.catalogue;
    let (own, there) = (with_plants(catalogue, of), with_sites(catalogue, to));
    let is_wanted = |fact: &Fact| {
        let has = |set: &HashSet<EntityIx>| fact.entities().any(|entity| set.contains(&entity));
        has_number(fact) && fact.is_actual() && has(&own) && has(&there)
    };
    let wanted: Vec<FactIx> = catalogue
        .facts_with_index()
        .filter(|(_, fact)| is_wanted(fact))
        .map(|(ix, _)| ix)
        .collect();
    for ix in wanted {
        let reading = writer.fact(ix, false);
        writer.push(Row {
            group: FIGURES,
            facts: vec![reading],
            ..Row::default()
        });
    }
}

fn has_number(fact: &Fact) -> bool {
    fact.claim == Claim::Figure
        || fact
            .values
            .iter()
            .any(|(_, value)| matches!(value, Value::Share(_)))
}

/// Where nothing counts: the chain that plans, undocumented shares, markets or owners would make.
fn push_aside(writer: &mut Writer, of: &Party, to: &Party) {
    let graph = writer.graph;
    let (starts, ends) = (
        of.subject_nodes(writer.catalogue, graph),
        to.target_nodes(writer.catalogue, graph),
    );
    push_uncounted(
        writer,
        "By plans or undocumented shares: not counted",
        to,
        &starts,
        &ends,
    );
}
