//! A sector: the goods and firms of more than one chain at a time.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answer::{Answer, Row, Step};
use super::dependence::{PLANS, insert_whence, whence};
use super::listing::{capitalised, facts_where, kinds_of};
use super::party::Party;
use super::territory::Whence;
use super::writer::Writer;
use crate::facts::{EntityIx, EntityKind, Fact, GOODS};
use crate::graph::{Arc, ArcIx, Channel, Direction, Graph, Node, NodeIx, Reach, Standing};

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
        match of.single() {
            Some(_) => capitalised(&name),
            None => name,
        }
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
pub(super) struct Finding {
    pub group: &'static str,
    pub entity: EntityIx,
    /// Its output, where that is meant and not itself.
    pub output: Option<NodeIx>,
    pub chain: Vec<ArcIx>,
    pub remarks: Vec<String>,
}

/// What tells things found apart.
type Key = (EntityIx, Option<NodeIx>);

impl Finding {
    fn key(&self) -> Key {
        (self.entity, self.output)
    }
}

pub(super) fn push(writer: &mut Writer, found: Finding) {
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
