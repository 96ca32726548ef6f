//! What the nodes and arcs of the graph stand for.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::facts::{EntityIx, FactIx, Interval};

/// A node of the graph. No node stands for two things: a country's economy and its territory are
/// two nodes, and so are a good and one maker's output of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Node {
    /// A good being obtainable at all.
    Good(EntityIx),
    /// What is common to all of a good, whoever makes it: that it is a good of this kind, and of
    /// the kinds above.
    Class(EntityIx),
    /// What it takes to make a good, whoever makes it: its bill of materials, and what its parent
    /// kinds take.
    Recipe(EntityIx),
    /// One maker's output of a good.
    Supply {
        /// The maker.
        by: EntityIx,
        /// The good.
        good: EntityIx,
    },
    /// That a good is made at a site at all, by whomever.
    Making {
        /// The plant, place or economy.
        at: EntityIx,
        /// The good.
        good: EntityIx,
    },
    /// All of a good that comes from somewhere: what is made at a plant or on a territory, by
    /// whomever, and what an economy's companies hold.
    Origin {
        /// The plant, place or economy.
        of: EntityIx,
        /// The good.
        good: EntityIx,
    },
    /// All of a good that somebody takes in.
    Intake {
        /// Who.
        by: EntityIx,
        /// What it goes into, where it is a kind of an input of that; `None` where it goes into
        /// nothing that is known.
        into: Option<EntityIx>,
        /// What it takes in.
        good: EntityIx,
    },
    /// A firm, group, organisation or economy in all it does; a plant in all it makes.
    Actor(EntityIx),
    /// A firm, group or organisation going on at all: what all of its supplies and plants rest on.
    Maker(EntityIx),
    /// A plant as a site.
    Plant(EntityIx),
    /// A territory. Only part-of arcs leave it: it is where chains end.
    Place(EntityIx),
    /// A policy.
    Policy(EntityIx),
}

impl Node {
    /// The entity that the node belongs to; for what somebody makes or takes in, the good.
    pub fn entity(self) -> EntityIx {
        match self {
            Node::Good(entity)
            | Node::Class(entity)
            | Node::Recipe(entity)
            | Node::Actor(entity)
            | Node::Maker(entity)
            | Node::Plant(entity)
            | Node::Place(entity)
            | Node::Policy(entity) => entity,
            Node::Supply { good, .. }
            | Node::Making { good, .. }
            | Node::Origin { good, .. }
            | Node::Intake { good, .. } => good,
        }
    }
}

/// A node of a [`Graph`](super::Graph), by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NodeIx(pub(super) u32);

/// An arc of a [`Graph`](super::Graph), by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArcIx(pub(super) u32);

/// A requirement of a [`Graph`](super::Graph), by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RequirementIx(pub(super) u32);

macro_rules! numbered {
    ($($name:ident)*) => {$(
        impl $name {
            /// The one with this number.
            pub fn new(index: usize) -> Self {
                $name(index as u32)
            }

            /// The number, for use as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

numbered!(NodeIx ArcIx RequirementIx);

/// The way in which one thing depends on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Channel {
    /// What something is made of, or what somebody buys or uses.
    Inputs,
    /// A kind on the kind above it.
    Kind,
    /// A good on those who make it.
    Sources,
    /// What is made on where it is made; a place on the larger place.
    Sites,
    /// What is made somewhere on all that comes from there; that on what comes from the larger
    /// place, or of the kind above.
    Origin,
    /// A firm on what it makes, operates and owns; a plant on what is made there.
    Output,
    /// A buyer on the one it buys from: the short way, beside the one through what the purchase
    /// goes into. No loss goes along it.
    Purchase,
    /// A group on its members.
    Members,
    /// A supply or plant on the firm it belongs to.
    Operation,
    /// A supply on the policy that restricts it.
    Policy,
    /// A seller on its market: a place where it sells, or what a buyer makes of what it sells.
    Market,
    /// A subsidiary on its owner, a member on its group.
    Ownership,
    /// A licensee on the licensor.
    Technology,
}

/// How an arc counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Standing {
    /// It follows from what the documents state.
    Documented,
    /// It pools without a documented share: a good on one of its makers, a group on one of its
    /// members.
    Possible,
    /// It rests on a plan, target, forecast or opinion.
    Planned,
}

/// From which end a fact's sentence is read in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Wording {
    /// As the claim reads.
    Forward,
    /// From the other end.
    Reversed,
}

/// A fact in an arc, with the end from which it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reading {
    /// The fact.
    pub fact: FactIx,
    /// From which end.
    pub wording: Wording,
}

/// An arc from a dependent to something it depends on: one alternative (OR) of a requirement.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Arc {
    /// The dependent.
    pub from: NodeIx,
    /// What it depends on.
    pub to: NodeIx,
    /// The requirement that this is an alternative of.
    pub requirement: RequirementIx,
    /// The part of the requirement that it can cover, narrowed by what the other alternatives
    /// leave; never [0, 0].
    pub share: Interval,
    /// Alternatives of one requirement that have this number in common are parts of one whole:
    /// their shares come to at most 1. Others may hold the same twice, as a country's share holds
    /// those of its firms.
    pub whole: u32,
    /// Whether the share was widened by as much as rounding may have changed it, for the printed
    /// shares of its whole come to more than the whole.
    pub is_rounded: bool,
    /// Whether a document gives the share, in figures or in words.
    pub is_share_documented: bool,
    /// Whether it stands for all that no other alternative covers.
    pub is_rest: bool,
    /// How it counts.
    pub standing: Standing,
    /// Whether an arc next to it rests on one of its facts too.
    pub(super) shares_facts: bool,
    /// Where its facts stand among the readings.
    pub(super) readings: Readings,
}

/// Where the facts of an arc stand among the readings of the graph: three stretches, one behind the
/// other.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Readings {
    /// The beginning of the facts that make it; none for arcs that hold by the meaning of their
    /// nodes, such as a supply on its recipe.
    pub makers: u32,
    /// The beginning of further facts that give the share.
    pub figures: u32,
    /// The beginning of further facts that say the same without adding to what is known of the
    /// share.
    pub others: u32,
    /// The end of them all.
    pub end: u32,
}

/// Something that a node cannot do without, as it can't without its other requirements (AND):
/// alternatives, of which those that are parts of one whole come to at most 1 together.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Requirement {
    /// Whose requirement it is.
    pub dependent: NodeIx,
    /// In what way.
    pub channel: Channel,
    /// Its arcs, one for each alternative.
    pub(super) arcs: Range<u32>,
}
