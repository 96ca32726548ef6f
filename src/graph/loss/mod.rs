//! Loss: how much of each node is gone, at least and at most, when others are cut. `docs/loss.md` gives the definitions and proofs.
//!
//! A [`Network`] holds the requirements that a question follows, as plain numbers in a compact form; it is made of a graph once and
//! answers any number of cuts.

mod bound;
mod fill;
mod network;
mod settle;

pub use bound::Side;
pub use fill::{Part, greatest, least};
pub use network::{Builder, Need, Network};
pub use settle::{Losses, MOST_ROUNDS, Proof, Term};

use super::{Arc, Graph, RequirementIx};

impl Graph {
    /// The network of the requirements along the arcs that `passes` lets pass. What is not followed counts as unaffected.
    ///
    /// Takes time in proportion to the arcs.
    pub fn network(&self, passes: impl Fn(&Arc) -> bool) -> Network {
        let mut builder = Builder::new(self.node_count());
        for (number, requirement) in self.requirements().iter().enumerate() {
            let needs = self.alternatives(requirement).filter(|(_, arc)| passes(arc)).map(|(ix, arc)| Need {
                on: arc.to,
                share: arc.share,
                whole: if arc.is_rest { None } else { Some(arc.whole) },
                arc: ix,
            });
            builder.requirement(requirement.dependent, RequirementIx::new(number), needs);
        }
        builder.finish()
    }
}
