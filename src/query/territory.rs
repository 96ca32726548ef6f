//! What lies in a territory, and which economy something belongs to.

use std::collections::{HashMap, HashSet};

use super::party::Party;
use crate::facts::{Catalogue, EntityIx, EntityKind, Fact, TERRITORIES, Tie};

/// The entities in a territory, or in any of several: the places that are part of it, and what stands or has its seat in
/// any of them.
pub(super) struct Territory {
    inside: HashSet<EntityIx>,
}

impl Territory {
    /// What is in a territory: places, plants, and those who have their seat there. One pass over
    /// the facts.
    pub fn new(catalogue: &Catalogue, places: &[EntityIx]) -> Self {
        let standing = catalogue.facts().filter(|fact| fact.is_actual());
        Self::gather(
            places,
            standing.filter_map(|fact| site(fact).or_else(|| seat(fact))),
        )
    }

    /// The same, with what is planned or foreseen there.
    fn with_plans(catalogue: &Catalogue, places: &[EntityIx]) -> Self {
        Self::gather(
            places,
            catalogue
                .facts()
                .filter_map(|fact| site(fact).or_else(|| seat(fact))),
        )
    }

    /// The places and plants in a territory, those that are planned included. Who has only a seat
    /// there may do anything elsewhere.
    pub fn sites(catalogue: &Catalogue, places: &[EntityIx]) -> Self {
        Self::gather(places, catalogue.facts().filter_map(site))
    }

    /// All that is in some places, by pairs of what is within what.
    fn gather(places: &[EntityIx], pairs: impl Iterator<Item = (EntityIx, EntityIx)>) -> Self {
        let mut parts: HashMap<EntityIx, Vec<EntityIx>> = HashMap::new();
        for (inner, outer) in pairs {
            parts.entry(outer).or_default().push(inner);
        }
        let mut inside = HashSet::new();
        let mut open = places.to_vec();
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

/// Where and whose the rows of an answer must be.
pub(super) struct Whence<'c> {
    catalogue: &'c Catalogue,
    territory: Option<Territory>,
    from: Option<Vec<EntityIx>>,
}

impl<'c> Whence<'c> {
    /// What is in a territory, and of an economy; what is left open lets all pass.
    pub fn new(catalogue: &'c Catalogue, within: Option<&Party>, from: Option<&Party>) -> Self {
        Whence {
            catalogue,
            territory: within.map(|party| Territory::new(catalogue, &places(party))),
            from: from.map(places),
        }
    }

    /// The same, with what is planned or foreseen in the territory.
    pub fn with_plans(
        catalogue: &'c Catalogue,
        within: Option<&Party>,
        from: Option<&Party>,
    ) -> Self {
        Whence {
            catalogue,
            territory: within.map(|party| Territory::with_plans(catalogue, &places(party))),
            from: from.map(places),
        }
    }

    /// Whether all may pass.
    pub fn is_open(&self) -> bool {
        self.territory.is_none() && self.from.is_none()
    }

    /// Whether it is asked where they are.
    pub fn has_territory(&self) -> bool {
        self.territory.is_some()
    }

    /// Whether an entity is where it is asked for, and whose.
    pub fn has(&self, entity: EntityIx) -> bool {
        self.is_there(entity) && self.is_theirs(entity)
    }

    /// Whether an entity is in the territory.
    pub fn is_there(&self, entity: EntityIx) -> bool {
        self.territory
            .as_ref()
            .is_none_or(|territory| territory.has(entity))
    }

    /// Whether an entity is one of the economy's own.
    pub fn is_theirs(&self, entity: EntityIx) -> bool {
        let Some(economies) = &self.from else {
            return true;
        };
        let home = self.catalogue.home(entity);
        home.is_some_and(|home| economies.contains(&home))
    }
}

fn places(party: &Party) -> Vec<EntityIx> {
    party.entities().collect()
}

/// A place or plant, and the place that it is in.
pub(super) fn site(fact: &Fact) -> Option<(EntityIx, EntityIx)> {
    fact.tied(Tie::PartOf).or_else(|| fact.tied(Tie::StandsIn))
}

/// Somebody, and the place of the seat.
pub(super) fn seat(fact: &Fact) -> Option<(EntityIx, EntityIx)> {
    fact.tied(Tie::SeatedIn)
}

/// An entity and the plants it operates or makes something at.
pub(super) fn with_plants(catalogue: &Catalogue, entity: EntityIx) -> HashSet<EntityIx> {
    let sites = catalogue
        .facts()
        .filter_map(|fact| fact.tied(Tie::WorksAt))
        .filter(|(who, _)| *who == entity)
        .map(|(_, site)| site);
    sites
        .filter(|&site| catalogue[site].kind == EntityKind::Plant)
        .chain([entity])
        .collect()
}

/// An entity; if it is a territory, with the places and plants in it.
pub(super) fn with_sites(catalogue: &Catalogue, entity: EntityIx) -> HashSet<EntityIx> {
    let is_territory = TERRITORIES.contains(catalogue[entity].kind);
    let territory = is_territory.then(|| Territory::sites(catalogue, &[entity]));
    let inside = catalogue.entities_with_index().map(|(ix, _)| ix);
    inside
        .filter(|&ix| {
            ix == entity
                || territory
                    .as_ref()
                    .is_some_and(|territory| territory.has(ix))
        })
        .collect()
}
