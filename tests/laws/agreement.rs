//! hanjung and the oracle agree on who depends on whom, and how far.

use std::collections::{BTreeMap, BTreeSet};

use hanjung::graph::Direction;
use proptest::prelude::*;

use crate::asked::{Asked, follow, ids};
use crate::made_up::worlds;
use crate::oracle::{Along, Oracle};
use crate::world::World;
use crate::{ALL, DOCUMENTED, WAYS, hold};

/// For each entity by its id what it depends on, by the oracle, with the lengths of the chains.
type Judged = BTreeMap<String, BTreeMap<String, usize>>;

fn judged(world: &World, along: Along) -> Judged {
    let oracle = Oracle::new(world);
    let named =
        |reached: BTreeMap<usize, usize>| reached.into_iter().map(|(entity, n)| (world.id(entity), n)).collect();
    (0..world.kinds.len()).map(|entity| (world.id(entity), named(oracle.dependencies(entity, along)))).collect()
}

fn dependents(judged: &Judged, on: &str) -> BTreeSet<String> {
    judged.iter().filter(|(_, reached)| reached.contains_key(on)).map(|(who, _)| who.clone()).collect()
}

#[test]
fn dependencies_and_dependents_are_the_oracles() {
    hold(200, 1, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in WAYS {
            let judged = judged(&world, along);
            for id in world.ids() {
                let dependencies: BTreeSet<String> = judged[&id].keys().cloned().collect();
                prop_assert_eq!(
                    ids(&asked.dependencies(&id, along)),
                    dependencies,
                    "dependencies of {} {:?}",
                    id,
                    along
                );
                let dependents = dependents(&judged, &id);
                prop_assert_eq!(ids(&asked.dependents(&id, along)), dependents, "dependents of {} {:?}", id, along);
            }
        }
        Ok(())
    });
}

/// The number of facts between two entities along the shortest chain, by hanjung's graph.
fn length(asked: &Asked, from: &str, to: &str, along: Along) -> Option<u32> {
    let (Asked { catalogue, graph }, from, to) = (asked, asked.entity(from), asked.entity(to));
    let starts = graph.subject_nodes(catalogue, from);
    let reach = graph.reach(&starts, Direction::Dependencies, &follow(along));
    graph.target_nodes(catalogue, to).into_iter().filter_map(|node| reach.distance(node)).min()
}

#[test]
fn chains_are_as_short_as_the_oracles() {
    hold(200, 2, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, ALL] {
            for (from, reached) in judged(&world, along) {
                for (to, shortest) in reached {
                    let length = length(&asked, &from, &to, along);
                    prop_assert_eq!(length, Some(shortest as u32), "from {} to {} {:?}", from, to, along);
                }
            }
        }
        Ok(())
    });
}
