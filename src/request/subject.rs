//! What a question is about.

use crate::facts::{Catalogue, EntityIx};
use crate::graph::{Graph, NodeIx};

/// What a question is about: an entity, or one maker's output of a good ("graphite from China"). Of
/// an economy, that is what it makes and what is made on its territory, by whomever; asked who
/// depends on it, with the kinds of the good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
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
    pub(crate) fn subject_nodes(self, catalogue: &Catalogue, graph: &Graph) -> Vec<NodeIx> {
        match self {
            Subject::Entity(entity) => graph.subject_nodes(catalogue, entity),
            Subject::Supply { by, good } => graph.output(by, good).into_iter().collect(),
        }
    }

    /// The nodes that stand for it when it is asked who depends on it.
    pub(crate) fn target_nodes(self, catalogue: &Catalogue, graph: &Graph) -> Vec<NodeIx> {
        match self {
            Subject::Entity(entity) => graph.target_nodes(catalogue, entity),
            Subject::Supply { by, good } => graph.output_as_target(by, good),
        }
    }

    /// The entity; of one maker's output, the maker.
    pub fn owner(self) -> EntityIx {
        match self {
            Subject::Entity(entity) => entity,
            Subject::Supply { by, .. } => by,
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

impl From<EntityIx> for Subject {
    fn from(entity: EntityIx) -> Self {
        Subject::Entity(entity)
    }
}
