//! Questions as values: everything in them is looked up already, so answering can't fail.

use crate::facts::{Catalogue, Claim, DocumentIx, EntityIx, EntityKind, Status};
use crate::graph::{Follow, Graph, NodeIx};

/// How many chains `why` shows unless told otherwise.
pub const DEFAULT_CHAINS: usize = 3;

/// What a question is about: an entity, or one maker's output of a good ("graphite from China").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An entity.
    Entity(EntityIx),
    /// One maker's output of a good.
    Supply {
        /// The maker.
        by: EntityIx,
        /// The good.
        good: EntityIx,
    },
}

impl Subject {
    /// The nodes that stand for it when it is asked what it depends on.
    pub fn subject_nodes(self, catalogue: &Catalogue, graph: &Graph) -> Vec<NodeIx> {
        match self {
            Subject::Entity(entity) => graph.subject_nodes(catalogue, entity),
            Subject::Supply { by, good } => graph.supply(by, good).into_iter().collect(),
        }
    }

    /// The nodes that stand for it when it is asked who depends on it.
    pub fn target_nodes(self, catalogue: &Catalogue, graph: &Graph) -> Vec<NodeIx> {
        match self {
            Subject::Entity(entity) => graph.target_nodes(catalogue, entity),
            Subject::Supply { by, good } => graph.supply(by, good).into_iter().collect(),
        }
    }

    /// The entity, if it is one.
    pub fn entity(self) -> Option<EntityIx> {
        match self {
            Subject::Entity(entity) => Some(entity),
            Subject::Supply { .. } => None,
        }
    }
}

/// Which rows of an answer are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Entities of these kinds; all where empty.
    pub kinds: Vec<EntityKind>,
    /// What is in this territory: places, plants and firms with their seat there, and what is supplied from there.
    pub within: Option<EntityIx>,
    /// At most this many facts away.
    pub depth: Option<u32>,
}

/// Which facts are wanted; what is left open lets all pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactFilter {
    /// Facts of these claims.
    pub claims: Vec<Claim>,
    /// Facts about this entity.
    pub about: Option<EntityIx>,
    /// Whether facts about kinds of the entity count too.
    pub with_kinds: bool,
    /// Facts that this document supports.
    pub document: Option<DocumentIx>,
    /// Facts with evidence of this status.
    pub status: Option<Status>,
    /// Restrictions of these measures: `export-control`, `tariff`; all facts where empty.
    pub measures: Vec<&'static str>,
}

/// A question, with everything in it looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who depends on it?
    Dependents {
        /// On what.
        of: Subject,
        /// Which rows.
        filter: Filter,
        /// Which arcs.
        follow: Follow,
    },
    /// What does it depend on?
    Dependencies {
        /// Whose dependencies.
        of: Subject,
        /// Which rows.
        filter: Filter,
        /// Which arcs.
        follow: Follow,
    },
    /// Why does one depend on the other?
    Why {
        /// The dependent.
        from: Subject,
        /// What it depends on.
        to: Subject,
        /// Which arcs.
        follow: Follow,
        /// How many chains at most.
        most: usize,
    },
    /// What is known of it?
    Show {
        /// The entity.
        entity: EntityIx,
    },
    /// Which entities of some kind are there?
    List {
        /// Of these kinds; all where empty.
        kinds: Vec<EntityKind>,
        /// In this territory.
        within: Option<EntityIx>,
    },
    /// Which entities have a text in their names?
    Find {
        /// The text.
        text: String,
    },
    /// Which documents are there?
    Documents,
    /// Which facts are there?
    Facts(FactFilter),
}
