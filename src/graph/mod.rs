//! The graph of who depends on what: finer nodes than the curator's entities, so that no chain
//! passes through a node that stands for two things; requirements, their alternatives, and the
//! facts behind each arc.
//!
//! It is an AND-OR graph, or directed hypergraph: a node needs all of its requirements (AND), each
//! of which is met by its alternatives (OR), by each in so far as its share goes. A recipe is a
//! bill of materials.
//!
//! Every arc runs from a dependent to what it depends on. petgraph holds nodes and arcs and stays
//! in here; the rest of the crate sees numbers.

mod node;
mod per_entity;
mod kinds;
mod shares;
mod attribution;
mod assembly;
mod purchases;
mod build;
mod steps;
mod walk;
mod dominators;
pub mod loss;

use petgraph::graph::DiGraph;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use dominators::Dominators;
pub use node::{
    Arc, ArcIx, Channel, Node, NodeIx, Reading, Requirement, RequirementIx, Standing, Wording,
};
pub use steps::ChainStep;
pub use walk::{Direction, Reach};

use crate::facts::{Catalogue, EntityIx, EntityKind};
use node::Readings;

/// The graph of a catalogue.
///
/// ```
/// use hanjung::World;
///
/// let world = World::of_texts([("a.ron", r#"[
///     Document(id: "d", title: "D", publisher: "P", date: "2025"),
///     Material(id: "graphite", en: "graphite"), Product(id: "anode", en: "anode"),
///     Needs(good: "anode", input: "graphite", evidence: [Reported(doc: "d", at: "p1")]),
/// ]"#)])?;
/// let anode = world.subject_nodes(world.entity("anode").unwrap());
/// assert_eq!(anode.len(), 1);
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
#[derive(Debug)]
pub struct Graph {
    /// Its edges bear the numbers of the arcs.
    net: DiGraph<(), ()>,
    tables: Tables,
}

/// The graph but for the net, which follows from it: what can be kept ready for the next time.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Tables {
    /// Every node, in the order of the numbers.
    nodes: Vec<Node>,
    /// The numbers of the nodes in the order of what they stand for.
    sorted: Vec<NodeIx>,
    arcs: Vec<Arc>,
    requirements: Vec<Requirement>,
    /// The facts behind the arcs, arc by arc.
    readings: Vec<Reading>,
}

impl Tables {
    fn node(&self, ix: NodeIx) -> Node {
        self.nodes[ix.index()]
    }

    fn channel(&self, arc: &Arc) -> Channel {
        self.requirements[arc.requirement.0 as usize].channel
    }
}

impl From<Tables> for Graph {
    fn from(tables: Tables) -> Self {
        let mut net = DiGraph::with_capacity(tables.nodes.len(), tables.arcs.len());
        for _ in &tables.nodes {
            net.add_node(());
        }
        for arc in &tables.arcs {
            net.add_edge(arc.from.0.into(), arc.to.0.into(), ());
        }
        Graph { net, tables }
    }
}

impl Serialize for Graph {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.tables.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Graph {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tables::deserialize(deserializer).map(Graph::from)
    }
}

/// Which arcs a question follows beside those of inputs, sites and outputs that documents state.
///
/// For machines it is the list of their words: `["plans", "market"]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Arcs that rest on plans, targets, forecasts and opinions.
    pub plans: bool,
    /// Arcs that pool without a documented share.
    pub possible: bool,
    /// A seller's dependence on its market.
    pub market: bool,
    /// A subsidiary's dependence on its owner, and a member's on its group.
    pub ownership: bool,
    /// A licensee's dependence on the licensor.
    pub technology: bool,
}

/// The word of a sort of arc, and where a [`Follow`] says whether it is followed.
pub type FollowWord = (&'static str, fn(&mut Follow) -> &mut bool);

impl Serialize for Follow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.words())
    }
}

impl<'de> Deserialize<'de> for Follow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = Vec::<String>::deserialize(deserializer)?;
        words.iter().try_fold(Follow::default(), |follow, word| {
            let known = || Follow::WORDS.map(|(word, _)| word).join(", ");
            follow.with_word(word).ok_or_else(|| {
                D::Error::custom(format!("“{word}” can’t be included: try {}", known()))
            })
        })
    }
}

impl Follow {
    /// Every arc.
    pub const ALL: Follow = Follow {
        plans: true,
        possible: true,
        market: true,
        ownership: true,
        technology: true,
    };

    /// The word of each sort of arc that may be followed, with its place.
    pub const WORDS: [FollowWord; 5] = [
        ("plans", |follow| &mut follow.plans),
        ("possible", |follow| &mut follow.possible),
        ("market", |follow| &mut follow.market),
        ("ownership", |follow| &mut follow.ownership),
        ("technology", |follow| &mut follow.technology),
    ];

    /// Whether nothing is followed beside what always is.
    pub fn is_usual(&self) -> bool {
        *self == Follow::default()
    }

    /// The words of what is followed, in the order of [`Follow::WORDS`].
    pub fn words(mut self) -> impl Iterator<Item = &'static str> {
        let followed = Follow::WORDS.iter().filter(move |(_, of)| *of(&mut self));
        followed.map(|(word, _)| *word)
    }

    /// What is followed with one more sort of arc; `None` if the word stands for none.
    ///
    /// ```
    /// use hanjung::graph::Follow;
    ///
    /// let follow = Follow::default().with_word("plans").unwrap();
    /// assert!(follow.plans && !follow.market);
    /// assert!(follow.words().eq(["plans"]));
    /// assert!(follow.with_word("hopes").is_none());
    /// ```
    pub fn with_word(mut self, word: &str) -> Option<Self> {
        let (_, of) = Follow::WORDS.iter().find(|(known, _)| *known == word)?;
        *of(&mut self) = true;
        Some(self)
    }

    /// What either follows.
    pub fn and(self, other: Follow) -> Follow {
        Follow {
            plans: self.plans || other.plans,
            possible: self.possible || other.possible,
            market: self.market || other.market,
            ownership: self.ownership || other.ownership,
            technology: self.technology || other.technology,
        }
    }

    /// Whether an arc is followed.
    pub fn passes(&self, graph: &Graph, arc: &Arc) -> bool {
        let standing = match arc.standing {
            Standing::Documented => true,
            Standing::Possible => self.possible,
            Standing::Planned => self.plans,
        };
        standing && self.passes_channel(graph.channel(arc))
    }

    fn passes_channel(&self, channel: Channel) -> bool {
        match channel {
            Channel::Market => self.market,
            Channel::Ownership => self.ownership,
            Channel::Technology => self.technology,
            _ => true,
        }
    }
}

impl Graph {
    /// Builds the graph of a catalogue, by the rules in `docs/architecture.md`.
    ///
    /// Takes time in proportion to the facts; and, for each maker with a named supplier, to the
    /// inputs of what it makes.
    pub fn build(catalogue: &Catalogue) -> Self {
        build::build(catalogue)
    }

    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.tables.nodes.len()
    }

    /// What a node stands for.
    pub fn node(&self, ix: NodeIx) -> Node {
        self.tables.node(ix)
    }

    /// The number of a node, if the facts make it. A binary search.
    pub fn find(&self, node: Node) -> Option<NodeIx> {
        let Tables { nodes, sorted, .. } = &self.tables;
        sorted
            .binary_search_by(|ix| nodes[ix.index()].cmp(&node))
            .ok()
            .map(|at| sorted[at])
    }

    /// An arc.
    pub fn arc(&self, ix: ArcIx) -> &Arc {
        &self.tables.arcs[ix.index()]
    }

    /// Every arc with its number.
    pub fn arcs(&self) -> impl Iterator<Item = (ArcIx, &Arc)> {
        self.tables
            .arcs
            .iter()
            .enumerate()
            .map(|(at, arc)| (ArcIx(at as u32), arc))
    }

    /// The facts behind an arc, with the end from which each is read; none where the arc holds by
    /// the meaning of its nodes.
    pub fn readings(&self, ix: ArcIx) -> &[Reading] {
        let Readings {
            makers, figures, ..
        } = self.arc(ix).readings;
        &self.tables.readings[makers as usize..figures as usize]
    }

    /// Further facts that give the share of an arc.
    pub fn figure_readings(&self, ix: ArcIx) -> &[Reading] {
        let Readings {
            figures, others, ..
        } = self.arc(ix).readings;
        &self.tables.readings[figures as usize..others as usize]
    }

    /// Further facts that say the same as an arc without adding to what is known of its share.
    pub fn other_readings(&self, ix: ArcIx) -> &[Reading] {
        let Readings { others, end, .. } = self.arc(ix).readings;
        &self.tables.readings[others as usize..end as usize]
    }

    /// A requirement.
    pub fn requirement(&self, ix: RequirementIx) -> &Requirement {
        &self.tables.requirements[ix.0 as usize]
    }

    /// In what way the dependent of an arc depends on what it leads to.
    pub fn channel(&self, arc: &Arc) -> Channel {
        self.tables.channel(arc)
    }

    /// Whether a loss goes along an arc: not along the short way from a buyer to what it buys,
    /// beside which there is one through what that goes into.
    pub fn carries_loss(&self, arc: &Arc) -> bool {
        self.channel(arc) != Channel::Purchase
    }

    /// Every requirement.
    pub fn requirements(&self) -> &[Requirement] {
        &self.tables.requirements
    }

    /// The alternatives of a requirement.
    pub fn alternatives(&self, requirement: &Requirement) -> impl Iterator<Item = (ArcIx, &Arc)> {
        requirement
            .arcs
            .clone()
            .map(|at| (ArcIx(at), &self.tables.arcs[at as usize]))
    }

    /// The nodes that stand for an entity when it is asked what it depends on. A country is asked
    /// as an economy.
    pub(crate) fn subject_nodes(&self, catalogue: &Catalogue, entity: EntityIx) -> Vec<NodeIx> {
        let nodes: &[Node] = match catalogue[entity].kind {
            EntityKind::Material | EntityKind::Product | EntityKind::Technology => {
                &[Node::Good(entity)]
            }
            EntityKind::Plant => &[Node::Actor(entity)],
            EntityKind::Place => &[Node::Place(entity)],
            EntityKind::Policy => &[Node::Policy(entity)],
            _ => &[Node::Actor(entity)],
        };
        self.existing(nodes)
    }

    /// The nodes that stand for an entity when it is asked who depends on it. A country is asked as
    /// a territory, and as an economy.
    pub(crate) fn target_nodes(&self, catalogue: &Catalogue, entity: EntityIx) -> Vec<NodeIx> {
        let nodes: &[Node] = match catalogue[entity].kind {
            EntityKind::Material | EntityKind::Product | EntityKind::Technology => {
                &[Node::Good(entity), Node::Class(entity)]
            }
            EntityKind::Economy => &[
                Node::Place(entity),
                Node::Actor(entity),
                Node::Maker(entity),
            ],
            EntityKind::Plant => &[Node::Plant(entity), Node::Actor(entity)],
            EntityKind::Place => &[Node::Place(entity)],
            EntityKind::Policy => &[Node::Policy(entity)],
            _ => &[Node::Maker(entity), Node::Actor(entity)],
        };
        self.existing(nodes)
    }

    /// The node that stands for what one makes of a good when it is asked what that depends on; of
    /// a territory whose own output no fact speaks of, all that comes from there.
    pub fn output(&self, by: EntityIx, good: EntityIx) -> Option<NodeIx> {
        self.find(Node::Supply { by, good })
            .or_else(|| self.find(Node::Origin { of: by, good }))
    }

    /// The nodes that stand for what one makes of a good when it is asked who depends on that: of a
    /// territory all that comes from there.
    pub fn output_as_target(&self, by: EntityIx, good: EntityIx) -> Vec<NodeIx> {
        self.existing(&[Node::Supply { by, good }, Node::Origin { of: by, good }])
    }

    fn existing(&self, nodes: &[Node]) -> Vec<NodeIx> {
        nodes.iter().filter_map(|&node| self.find(node)).collect()
    }
}
