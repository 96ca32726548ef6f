//! The short ways from buyers to what they buy: a purchase is direct, though the dependence runs
//! through what it goes into.
//!
//! They are for walks alone. A loss goes the long way, on which the shares are; a short way is laid
//! only where there is a long one, so that both tell the same dependences.

use std::ops::Range;

use foldhash::fast::FixedState;
use indexmap::{IndexMap, IndexSet};

use super::Tables;
use super::node::{
    Arc, Channel, Node, NodeIx, Reading, Readings, Requirement, RequirementIx, Standing,
};
use crate::facts::{Catalogue, Tie};

/// A short way: from whom to what, by which purchase, and how it counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Short {
    from: NodeIx,
    to: NodeIx,
    purchase: Reading,
    standing: Standing,
}

impl Tables {
    /// Lays the short ways. Takes time in proportion to the arcs.
    pub(super) fn add_purchases(&mut self, catalogue: &Catalogue) {
        let buyers = self.buyers();
        let mut laid: IndexMap<Short, Arc, FixedState> = IndexMap::default();
        for arc in &self.arcs {
            let Some(purchase) = self.purchase(catalogue, arc) else {
                continue;
            };
            for &(from, standing) in buyers.get(&arc.from).into_iter().flatten() {
                let standing = standing.max(arc.standing);
                laid.entry(Short {
                    from,
                    to: arc.to,
                    purchase,
                    standing,
                })
                .or_insert_with(|| arc.clone());
            }
        }
        laid.into_iter()
            .for_each(|(short, long)| self.lay(catalogue, short, long));
    }

    /// The purchase that an arc rests on, if it leads from what somebody makes to what is bought
    /// for it.
    fn purchase(&self, catalogue: &Catalogue, arc: &Arc) -> Option<Reading> {
        let Readings {
            makers, figures, ..
        } = arc.readings;
        let last = *self.readings[makers as usize..figures as usize].last()?;
        (is_purchase(catalogue, last) && self.channel(arc) == Channel::Inputs).then_some(last)
    }

    /// The actors whose output each supply is, or is taken in for; and how that counts.
    fn buyers(&self) -> IndexMap<NodeIx, IndexSet<(NodeIx, Standing), FixedState>, FixedState> {
        let mut buyers: IndexMap<NodeIx, IndexSet<(NodeIx, Standing), FixedState>, FixedState> =
            IndexMap::default();
        let is_own_output = |arc: &&Arc| match (self.node(arc.from), self.node(arc.to)) {
            (Node::Actor(actor), Node::Supply { by, .. }) => {
                by == actor && self.channel(arc) == Channel::Output
            }
            _ => false,
        };
        for arc in self.arcs.iter().filter(is_own_output) {
            buyers
                .entry(arc.to)
                .or_default()
                .insert((arc.from, arc.standing));
        }
        for arc in self
            .arcs
            .iter()
            .filter(|arc| matches!(self.node(arc.to), Node::Intake { into: Some(_), .. }))
        {
            let own: Vec<_> = buyers
                .get(&arc.from)
                .into_iter()
                .flatten()
                .copied()
                .collect();
            let own = own
                .into_iter()
                .map(|(buyer, standing)| (buyer, standing.max(arc.standing)));
            buyers.entry(arc.to).or_default().extend(own);
        }
        buyers
    }

    fn lay(&mut self, catalogue: &Catalogue, short: Short, long: Arc) {
        let Short {
            from,
            to,
            purchase,
            standing,
        } = short;
        let Readings {
            figures,
            others,
            end,
            ..
        } = long.readings;
        let makers = self.readings.len() as u32;
        self.readings.push(purchase);
        let figures = self.copy_purchases(catalogue, figures..others);
        let others = self.copy_purchases(catalogue, others..end);
        let end = self.readings.len() as u32;
        let (requirement, arc) = (
            RequirementIx(self.requirements.len() as u32),
            self.arcs.len() as u32,
        );
        let readings = Readings {
            makers,
            figures,
            others,
            end,
        };
        self.arcs.push(Arc {
            from,
            to,
            requirement,
            standing,
            readings,
            whole: 0,
            ..long
        });
        let channel = Channel::Purchase;
        self.requirements.push(Requirement {
            dependent: from,
            channel,
            arcs: arc..arc + 1,
        });
    }

    /// Copies the purchases among some readings to the end of all; where the copies begin.
    fn copy_purchases(&mut self, catalogue: &Catalogue, of: Range<u32>) -> u32 {
        let begin = self.readings.len() as u32;
        let copied = of
            .map(|at| self.readings[at as usize])
            .filter(|&reading| is_purchase(catalogue, reading));
        let copied: Vec<Reading> = copied.collect();
        self.readings.extend(copied);
        begin
    }
}

fn is_purchase(catalogue: &Catalogue, reading: Reading) -> bool {
    let fact = &catalogue[reading.fact];
    fact.claim.form().tie(Tie::Gets).is_some()
}
