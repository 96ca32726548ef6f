//! Loss: how much of each node is gone, at least and at most, when others are cut. `docs/loss.md`
//! gives the definitions and proofs.
//!
//! A [`Network`] holds the requirements that a question follows, as plain numbers in a compact
//! form; it is made of a graph once and answers any number of cuts.

mod bound;
mod fill;
mod gone;
mod network;
mod places;
mod settle;

pub use bound::Side;
pub use fill::{Part, greatest, least};
pub use network::{Need, Network, NetworkBuilder};
pub use settle::{Losses, MOST_ROUNDS, Proof, Term};

use super::{Arc, Channel, Graph, Node, RequirementIx, Standing};
use crate::facts::Interval;

/// The share of the rest where plans may take so much of it: what is planned takes nothing from
/// anybody else, but leaves the rest less.
fn without(rest: Interval, planned: f64) -> Interval {
    Interval {
        lo: (rest.lo - planned).max(0.0),
        ..rest
    }
}

impl Graph {
    /// The network of the requirements along the arcs that `passes` lets pass. What is not followed
    /// counts as unaffected.
    ///
    /// Takes time in proportion to the arcs.
    pub fn network(&self, passes: impl Fn(&Arc) -> bool) -> Network {
        let mut builder = NetworkBuilder::new(self.node_count());
        let passes = |arc: &Arc| self.carries_loss(arc) && passes(arc);
        for (number, requirement) in self.requirements().iter().enumerate() {
            let followed = || {
                self.alternatives(requirement)
                    .filter(|(_, arc)| passes(arc))
            };
            let is_planned = |arc: &Arc| arc.standing == Standing::Planned;
            let planned = followed().filter(|(_, arc)| is_planned(arc) && !arc.is_rest);
            let planned: f64 = planned.map(|(_, arc)| arc.share.hi).sum();
            let has_rest = followed().any(|(_, arc)| arc.is_rest && !is_planned(arc));
            // A planned rest beside another takes what that leaves.
            let taken = |arc: &Arc| {
                if is_planned(arc) && has_rest {
                    1.0
                } else {
                    planned
                }
            };
            let needs = followed().map(|(ix, arc)| Need {
                on: arc.to,
                share: if arc.is_rest {
                    without(arc.share, taken(arc))
                } else {
                    arc.share
                },
                whole: if arc.is_rest { None } else { Some(arc.whole) },
                is_shared_out: self.is_shared_out(arc),
                arc: ix,
            });
            builder.requirement(requirement.dependent, RequirementIx::new(number), needs);
        }
        builder.finish()
    }

    /// Whether an arc leads to what several take from, or sell for: a good at large, the output of
    /// a supplier or of a buyer, or what makers and kinds of a good have in common. Who of them
    /// goes short when a part of it is missing no document says. What is a good's own, or its
    /// makers', is summed up instead.
    fn is_shared_out(&self, arc: &Arc) -> bool {
        match (self.node(arc.from), self.node(arc.to)) {
            (Node::Good(_), Node::Class(_)) => false,
            (_, Node::Good(_) | Node::Class(_)) => true,
            (Node::Supply { .. } | Node::Intake { .. }, Node::Supply { .. }) => true,
            (Node::Actor(_), Node::Supply { .. }) => self.channel(arc) == Channel::Market,
            _ => false,
        }
    }
}
