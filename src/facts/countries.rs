//! Which economy each thing belongs to.

use std::collections::{HashMap, HashSet};

use super::catalogue::{Catalogue, EntityIx, Fact};
use super::roles::Tie;
use super::vocabulary::EntityKind;

/// For each entity the one economy that it belongs to: by where it stands or has its seat, and a
/// policy by who restricts trade with it. An economy belongs to itself; what no fact places belongs
/// to its home, and what facts place in several has none.
pub(super) fn countries(catalogue: &Catalogue) -> Vec<Option<EntityIx>> {
    let mut within: HashMap<EntityIx, Vec<EntityIx>> = HashMap::new();
    for (inner, outer) in catalogue
        .facts()
        .filter(|fact| fact.is_actual())
        .filter_map(placed)
    {
        within.entry(inner).or_default().push(outer);
    }
    catalogue
        .entities_with_index()
        .map(|(entity, _)| country(catalogue, &within, entity))
        .collect()
}

/// Something, and where it is or by whom.
fn placed(fact: &Fact) -> Option<(EntityIx, EntityIx)> {
    [Tie::PartOf, Tie::StandsIn, Tie::SeatedIn, Tie::PolicyOf]
        .into_iter()
        .find_map(|tie| fact.tied(tie))
}

fn country(
    catalogue: &Catalogue,
    within: &HashMap<EntityIx, Vec<EntityIx>>,
    entity: EntityIx,
) -> Option<EntityIx> {
    let (mut found, mut seen, mut open) = (HashSet::new(), HashSet::new(), vec![entity]);
    while let Some(entity) = open.pop() {
        if catalogue[entity].kind == EntityKind::Economy {
            found.insert(entity);
        } else if seen.insert(entity) {
            open.extend(within.get(&entity).into_iter().flatten());
        }
    }
    match found.len() {
        0 => catalogue[entity].declared_home(),
        1 => found.into_iter().next(),
        _ => None,
    }
}
