//! What a request is about, worked out: one thing, or all that are in a set.

use crate::facts::{Catalogue, DocumentIx, EntityIx};
use crate::graph::{Direction, Graph, NodeIx};
use crate::request::{Cut, Request, Subject};

/// A request whose sets are worked out.
pub(super) type Worked = Request<Party, DocumentIx>;

/// One thing, or several that were asked for as a set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Party {
    all: Vec<Subject>,
    /// The set as it is written; of one thing that was named as such, nothing.
    written: Option<String>,
}

impl Party {
    /// One thing.
    pub fn one(subject: impl Into<Subject>) -> Self {
        Party {
            all: vec![subject.into()],
            written: None,
        }
    }

    /// All that are in a set.
    pub fn of_set(all: Vec<Subject>, written: String) -> Self {
        Party {
            all,
            written: Some(written),
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Subject] {
        &self.all
    }

    /// How the set is written, if it was asked for as one.
    pub fn written(&self) -> Option<&str> {
        self.written.as_deref()
    }

    /// Each of them by itself.
    pub fn each(&self) -> impl Iterator<Item = Party> {
        self.all.iter().copied().map(Party::one)
    }

    /// The one thing, if it was named as such.
    pub fn single(&self) -> Option<Subject> {
        match (self.all.as_slice(), &self.written) {
            ([one], None) => Some(*one),
            _ => None,
        }
    }

    /// The one entity, if one was named as such.
    pub fn entity(&self) -> Option<EntityIx> {
        self.single()?.entity()
    }

    /// Every entity among them.
    pub fn entities(&self) -> impl Iterator<Item = EntityIx> {
        self.all.iter().filter_map(|subject| subject.entity())
    }

    /// The entity of each; of one maker's output, the maker.
    pub fn owners(&self) -> impl Iterator<Item = EntityIx> {
        self.all.iter().map(|subject| subject.owner())
    }

    /// The nodes that stand for them when it is asked what they depend on.
    pub fn subject_nodes(&self, catalogue: &Catalogue, graph: &Graph) -> Vec<NodeIx> {
        self.nodes(|subject| subject.subject_nodes(catalogue, graph))
    }

    /// The nodes that stand for them when it is asked who depends on them.
    pub fn target_nodes(&self, catalogue: &Catalogue, graph: &Graph) -> Vec<NodeIx> {
        self.nodes(|subject| subject.target_nodes(catalogue, graph))
    }

    /// The nodes from which a walk in some direction starts.
    pub fn starts(
        &self,
        direction: Direction,
        catalogue: &Catalogue,
        graph: &Graph,
    ) -> Vec<NodeIx> {
        match direction {
            Direction::Dependents => self.target_nodes(catalogue, graph),
            Direction::Dependencies => self.subject_nodes(catalogue, graph),
        }
    }

    fn nodes(&self, of: impl Fn(Subject) -> Vec<NodeIx>) -> Vec<NodeIx> {
        let mut nodes: Vec<NodeIx> = self.all.iter().copied().flat_map(of).collect();
        if self.all.len() > 1 {
            nodes.sort_unstable();
            nodes.dedup();
        }
        nodes
    }

    /// All of each of them cut.
    pub fn cuts(&self) -> Vec<Cut<Subject>> {
        self.all
            .iter()
            .map(|&subject| Cut {
                of: subject,
                part: 1.0,
            })
            .collect()
    }
}

/// What is cut, thing by thing.
pub(super) fn single_cuts(cuts: &[Cut<Party>]) -> Vec<Cut<Subject>> {
    let each = |cut: &Cut<Party>| {
        let part = cut.part;
        let all = cut.of.all().to_vec();
        all.into_iter().map(move |of| Cut { of, part })
    };
    cuts.iter().flat_map(each).collect()
}
