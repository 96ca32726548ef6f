//! Chains as people count them: in steps, each told by the facts that it rests on.
//!
//! Neighbouring arcs are often made by one fact: that a firm makes something, and that it makes it
//! at a place. They are one step then.

use std::collections::HashSet;

use super::Graph;
use super::node::{Arc, ArcIx, Channel, Reading};
use crate::facts::FactIx;

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainStep {
    /// Its arcs, from the dependent to what it depends on; none of them holds by the meaning of its
    /// nodes.
    pub arcs: Vec<ArcIx>,
    /// The facts that it rests on.
    pub told: Vec<Reading>,
}

/// What a step rests on, as far as it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Telling {
    /// There is no step yet.
    #[default]
    Nothing,
    /// Any one of these facts makes all of it.
    AnyOf(Vec<Reading>),
    /// It takes all of these.
    All(Vec<Reading>),
}

impl Telling {
    fn readings(&self) -> &[Reading] {
        match self {
            Telling::Nothing => &[],
            Telling::AnyOf(readings) | Telling::All(readings) => readings,
        }
    }

    /// The facts that are cited for it; where any one would do, the first.
    fn told(&self) -> Vec<Reading> {
        match self {
            Telling::AnyOf(readings) => readings[..1].to_vec(),
            _ => self.readings().to_vec(),
        }
    }

    fn has(&self, reading: &Reading) -> bool {
        self.readings()
            .iter()
            .any(|known| known.fact == reading.fact)
    }

    /// Whether every fact of the other is one of this, so that whatever the other can share with the
    /// next arc, this one can too.
    pub fn covers(&self, other: &Telling) -> bool {
        other.readings().iter().all(|reading| self.has(reading))
    }
}

impl Graph {
    /// The steps of a chain: arcs that rest on facts, each taken together with those before it if a
    /// fact makes all of them.
    pub fn steps(&self, chain: &[ArcIx]) -> Vec<ChainStep> {
        let (mut steps, mut telling): (Vec<ChainStep>, Telling) = (Vec::new(), Telling::Nothing);
        for &arc in chain.iter().filter(|&&arc| !self.readings(arc).is_empty()) {
            let (next, added) = self.goes_on(&telling, arc);
            let (told, count) = (next.told(), self.readings(arc).len());
            // Where both take several facts, neither tells the other.
            let is_told_with =
                added < count && (count == 1 || matches!(telling, Telling::AnyOf(_)));
            match steps.last_mut() {
                Some(step) if is_told_with => {
                    step.arcs.push(arc);
                    step.told = told;
                }
                _ => steps.push(ChainStep {
                    arcs: vec![arc],
                    told,
                }),
            }
            telling = next;
        }
        steps
    }

    /// How a chain whose last step is told in some way goes on with an arc, at either end of it:
    /// what its last step rests on then, and how many facts more the chain rests on.
    pub(super) fn goes_on(&self, telling: &Telling, arc: ArcIx) -> (Telling, usize) {
        let all = self.readings(arc);
        match all.len() {
            0 => (telling.clone(), 0),
            1 => self.goes_on_with_one(telling, self.makers(arc)),
            count => {
                let known = all.iter().filter(|reading| telling.has(reading)).count();
                // One fact of the step before is enough for it, so it needs no other.
                let saved = if matches!(telling, Telling::All(_)) {
                    known
                } else {
                    known.min(1)
                };
                (Telling::All(all.to_vec()), count - saved)
            }
        }
    }

    fn goes_on_with_one(&self, telling: &Telling, makers: Vec<Reading>) -> (Telling, usize) {
        let common: Vec<Reading> = makers
            .iter()
            .filter(|reading| telling.has(reading))
            .copied()
            .collect();
        match telling {
            _ if common.is_empty() => (Telling::AnyOf(makers), 1),
            Telling::All(_) => (telling.clone(), 0),
            _ => (Telling::AnyOf(common), 0),
        }
    }

    /// The facts each of which alone makes an arc that rests on one. What pools is made by those
    /// that give its share, if there are any.
    fn makers(&self, arc: ArcIx) -> Vec<Reading> {
        let Arc {
            requirement,
            is_share_documented,
            ..
        } = *self.arc(arc);
        let is_pool = matches!(
            self.requirement(requirement).channel,
            Channel::Sources | Channel::Members
        );
        let others = if is_pool && is_share_documented {
            &[][..]
        } else {
            self.other_readings(arc)
        };
        self.readings(arc)
            .iter()
            .chain(self.figure_readings(arc))
            .chain(others)
            .copied()
            .collect()
    }

    /// The number of different facts that a chain rests on.
    pub fn facts_in(&self, chain: &[ArcIx]) -> usize {
        let steps = self.steps(chain);
        let mut facts: Vec<FactIx> = steps
            .iter()
            .flat_map(|step| &step.told)
            .map(|reading| reading.fact)
            .collect();
        facts.sort_unstable();
        facts.dedup();
        facts.len()
    }

    /// The facts that a chain rests on, as its steps show them.
    pub(super) fn facts_of(&self, chain: &[ArcIx]) -> HashSet<FactIx> {
        self.steps(chain)
            .iter()
            .flat_map(|step| &step.told)
            .map(|reading| reading.fact)
            .collect()
    }
}
