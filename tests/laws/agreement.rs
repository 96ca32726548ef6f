//! hanjung and the oracle agree on who depends on whom, and how far.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::asked::{Asked, ids};
use crate::made_up::worlds;
use crate::oracle::{Along, Oracle};
use crate::world::World;
use crate::{WAYS, hold};

/// For each entity by its id what it depends on, by the oracle, with the lengths of the chains.
fn judged(world: &World, along: Along) -> BTreeMap<String, BTreeMap<String, usize>> {
    let oracle = Oracle::new(world);
    let named = |reached: BTreeMap<usize, usize>| reached.into_iter().map(|(entity, n)| (world.id(entity), n)).collect();
    (0..world.kinds.len()).map(|entity| (world.id(entity), named(oracle.dependencies(entity, along)))).collect()
}

#[test]
fn dependencies_and_dependents_are_the_oracles() {
    hold(200, 1, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in WAYS {
            let judged = judged(&world, along);
            for id in world.ids() {
                let mut dependents: Vec<&String> =
                    judged.iter().filter(|(_, on)| on.contains_key(&id)).map(|(who, _)| who).collect();
                dependents.sort();
                let dependencies: Vec<&String> = judged[&id].keys().collect();
                prop_assert_eq!(ids(&asked.dependencies(&id, along)).iter().collect::<Vec<_>>(), dependencies, "dependencies {} {:?}", id, along);
                prop_assert_eq!(ids(&asked.dependents(&id, along)).iter().collect::<Vec<_>>(), dependents, "dependents {} {:?}", id, along);
            }
        }
        Ok(())
    });
}
