//! Kinds of goods: what is a kind of what, and which inputs a kind has of its own, by inheritance
//! or in place of another's.

use std::collections::{HashMap, HashSet, VecDeque};

use super::node::{Reading, Wording};
use super::per_entity::PerEntity;
use crate::facts::{Catalogue, Claim, EntityIx, Fact, FactIx, Field, Tie};

/// An input of a good, with the facts that make it one: the kinds along which it is inherited, then
/// the need.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub good: EntityIx,
    pub readings: Vec<Reading>,
}

struct Replacement {
    good: EntityIx,
    replaced: EntityIx,
    fact: FactIx,
}

/// The IsA, Needs and Replaces facts, by the good they begin at.
pub(super) struct Kinds {
    parents: PerEntity<Vec<(EntityIx, FactIx)>>,
    needs: PerEntity<Vec<(EntityIx, FactIx)>>,
    replacements: HashMap<EntityIx, Vec<Replacement>>,
    /// Goods that replace an input of a parent, and all kinds below them.
    replacing: HashSet<EntityIx>,
}

fn forward(fact: FactIx) -> Reading {
    Reading {
        fact,
        wording: Wording::Forward,
    }
}

impl Kinds {
    /// Gathers the facts that `is_wanted` lets pass. One pass over them.
    pub(super) fn new(catalogue: &Catalogue, is_wanted: impl Fn(&Fact) -> bool) -> Self {
        let mut kinds = Kinds {
            parents: PerEntity::new(catalogue),
            needs: PerEntity::new(catalogue),
            replacements: HashMap::new(),
            replacing: HashSet::new(),
        };
        for (ix, fact) in catalogue
            .facts_with_index()
            .filter(|(_, fact)| is_wanted(fact))
        {
            if let Some((child, parent)) = fact.tied(Tie::KindOf) {
                kinds.parents[child].push((parent, ix));
            }
            match fact.claim {
                Claim::Needs => {
                    kinds.needs[fact.end(Field::Good)].push((fact.end(Field::Input), ix))
                }
                Claim::Replaces => {
                    let (good, replaced) = (fact.end(Field::Good), fact.end(Field::Replaced));
                    kinds
                        .replacements
                        .entry(fact.end(Field::In))
                        .or_default()
                        .push(Replacement {
                            good,
                            replaced,
                            fact: ix,
                        });
                }
                _ => {}
            }
        }
        kinds.find_replacing(catalogue);
        kinds
    }

    fn find_replacing(&mut self, catalogue: &Catalogue) {
        if self.replacements.is_empty() {
            return;
        }
        let mut children: PerEntity<Vec<EntityIx>> = PerEntity::new(catalogue);
        for (child, _) in catalogue.entities_with_index() {
            for (parent, _) in &self.parents[child] {
                children[*parent].push(child);
            }
        }
        let mut open: Vec<EntityIx> = self.replacements.keys().copied().collect();
        while let Some(good) = open.pop() {
            if self.replacing.insert(good) {
                open.extend(&children[good]);
            }
        }
    }

    /// The parents of a good, with the facts.
    pub(super) fn parents(&self, good: EntityIx) -> &[(EntityIx, FactIx)] {
        &self.parents[good]
    }

    /// Whether the good, or a kind above it, replaces an input that a kind further above has.
    pub(super) fn is_replacing(&self, good: EntityIx) -> bool {
        self.replacing.contains(&good)
    }

    /// The inputs stated of the good itself.
    pub(super) fn own_inputs(&self, good: EntityIx) -> impl Iterator<Item = Input> + '_ {
        let needs = self.needs[good].iter();
        let needs = needs.map(|&(input, fact)| Input {
            good: input,
            readings: vec![forward(fact)],
        });
        let replacements = self.replacements.get(&good).into_iter().flatten();
        needs.chain(replacements.map(|r| Input {
            good: r.good,
            readings: vec![forward(r.fact)],
        }))
    }

    /// All inputs of a good: its own, and those of the kinds above it. An input of a kind above one
    /// that replaces it is left out. Each comes with the shortest way along which it is inherited.
    ///
    /// Takes time in proportion to the kinds above and their inputs.
    pub(super) fn inputs(&self, good: EntityIx) -> Vec<Input> {
        let above = self.above(good);
        let replacements = self.replacements_in(&above);
        let mut seen = HashSet::new();
        let mut inputs: Vec<Input> = Vec::new();
        for (kind, way) in &above {
            for own in self.own_inputs(*kind) {
                if !self.is_replaced(own.good, *kind, &replacements) && seen.insert(own.good) {
                    inputs.push(Input {
                        good: own.good,
                        readings: [way.as_slice(), &own.readings].concat(),
                    });
                }
            }
        }
        inputs
    }

    /// What some kinds replace, each with the kinds above them, whose inputs it is that are
    /// replaced.
    fn replacements_in(
        &self,
        kinds: &[(EntityIx, Vec<Reading>)],
    ) -> Vec<(EntityIx, HashSet<EntityIx>)> {
        let mut found = Vec::new();
        for (kind, _) in kinds {
            for replacement in self.replacements.get(kind).into_iter().flatten() {
                let above = self
                    .above(*kind)
                    .into_iter()
                    .map(|(above, _)| above)
                    .filter(|above| above != kind);
                found.push((replacement.replaced, above.collect()));
            }
        }
        found
    }

    /// Whether an input of a kind, or a kind above the input, is replaced below that kind.
    fn is_replaced(
        &self,
        input: EntityIx,
        kind: EntityIx,
        replacements: &[(EntityIx, HashSet<EntityIx>)],
    ) -> bool {
        let mut here = replacements
            .iter()
            .filter(|(_, above)| above.contains(&kind))
            .peekable();
        here.peek().is_some() && {
            let kinds: HashSet<EntityIx> = self
                .above(input)
                .into_iter()
                .map(|(kind, _)| kind)
                .collect();
            here.any(|(replaced, _)| kinds.contains(replaced))
        }
    }

    /// The good and all kinds above it, nearest first, each with the IsA facts that lead there.
    pub(super) fn above(&self, good: EntityIx) -> Vec<(EntityIx, Vec<Reading>)> {
        let mut seen = HashSet::from([good]);
        let mut open = VecDeque::from([(good, Vec::new())]);
        let mut above = Vec::new();
        while let Some((kind, way)) = open.pop_front() {
            for &(parent, fact) in self.parents(kind) {
                if seen.insert(parent) {
                    open.push_back((parent, way.iter().copied().chain([forward(fact)]).collect()));
                }
            }
            above.push((kind, way));
        }
        above
    }
}
