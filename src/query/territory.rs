//! What lies in a territory.

use std::collections::{HashMap, HashSet};

use crate::facts::{Catalogue, Claim, EntityIx, Fact, Field};

/// The entities in a territory: the places that are part of it, and what stands or has its seat in any of them.
pub(super) struct Territory {
    inside: HashSet<EntityIx>,
}

impl Territory {
    /// Gathers what is in a territory. One pass over the facts.
    pub fn new(catalogue: &Catalogue, place: EntityIx) -> Self {
        let mut parts: HashMap<EntityIx, Vec<EntityIx>> = HashMap::new();
        for fact in catalogue.facts().filter(|fact| fact.is_actual()) {
            if let Some((inner, outer)) = containment(fact) {
                parts.entry(outer).or_default().push(inner);
            }
        }
        let mut inside = HashSet::new();
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            if inside.insert(place) {
                open.extend(parts.get(&place).into_iter().flatten());
            }
        }
        Territory { inside }
    }

    /// Whether an entity is in it.
    pub fn has(&self, entity: EntityIx) -> bool {
        self.inside.contains(&entity)
    }
}

fn containment(fact: &Fact) -> Option<(EntityIx, EntityIx)> {
    match fact.claim {
        Claim::PartOf => Some((fact.entity(Field::Part)?, fact.entity(Field::Whole)?)),
        Claim::Located => Some((fact.entity(Field::Plant)?, fact.entity(Field::Place)?)),
        Claim::Headquartered => Some((fact.entity(Field::Firm)?, fact.entity(Field::Place)?)),
        _ => None,
    }
}
