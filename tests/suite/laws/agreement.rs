//! hanjung and the oracle agree on who depends on whom, and how far.

use std::collections::{BTreeMap, BTreeSet};

use hanjung::facts::{Claim, GOODS, KindSet, MAKERS};
use proptest::prelude::*;

use crate::laws::asked::{Asked, distances, ids};
use crate::laws::made_up::worlds;
use crate::laws::oracle::{Along, Oracle, stops_exports};
use crate::laws::world::{Fact, World};
use crate::laws::{CHANNELS, DOCUMENTED, WAYS, hold};

/// For each entity by its id what it depends on, by the oracle, with the lengths of the chains.
type Judged = BTreeMap<String, Lengths>;
type Lengths = BTreeMap<String, usize>;

fn judged(world: &World, along: Along) -> Judged {
    let oracle = Oracle::new(world);
    let named = |reached: BTreeMap<usize, usize>| {
        reached
            .into_iter()
            .map(|(entity, n)| (world.id(entity), n))
            .collect()
    };
    (0..world.kinds.len())
        .map(|entity| (world.id(entity), named(oracle.dependencies(entity, along))))
        .collect()
}

fn dependents(judged: &Judged, on: &str) -> BTreeSet<String> {
    judged
        .iter()
        .filter(|(_, reached)| reached.contains_key(on))
        .map(|(who, _)| who.clone())
        .collect()
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
                prop_assert_eq!(
                    ids(&asked.dependents(&id, along)),
                    dependents,
                    "dependents of {} {:?}",
                    id,
                    along
                );
            }
        }
        Ok(())
    });
}

/// Every maker with every good.
fn outputs(world: &World) -> Vec<(usize, usize)> {
    let of_kinds = |kinds: KindSet| {
        (0..world.kinds.len()).filter(move |&entity| kinds.contains(world.kinds[entity]))
    };
    of_kinds(MAKERS)
        .flat_map(|by| of_kinds(GOODS).map(move |good| (by, good)))
        .collect()
}

#[test]
fn dependents_of_what_one_makes_are_the_oracles() {
    hold(100, 60, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, CHANNELS] {
            let oracle = Oracle::new(&world);
            for (by, good) in outputs(&world) {
                let found = ids(&asked.dependents_of_output(&world.id(by), &world.id(good), along));
                let judged = oracle.dependents_of_output(by, good, along);
                let judged: BTreeSet<String> =
                    judged.into_iter().map(|entity| world.id(entity)).collect();
                prop_assert_eq!(
                    found,
                    judged,
                    "dependents of {}:{}",
                    world.id(by),
                    world.id(good)
                );
            }
        }
        Ok(())
    });
}

#[test]
fn an_export_control_means_what_the_economy_makes_of_the_good() {
    hold(300, 61, worlds(), |world| {
        let asked = Asked::of(&world);
        let of = |policy| move |fact: &&Fact| fact.end("policy") == policy;
        for fact in world
            .facts_of(Claim::Restricts)
            .filter(|fact| stops_exports(fact) && !fact.is_planned())
        {
            let policy = fact.end("policy");
            if world.facts_of(Claim::Restricts).filter(of(policy)).count() == 1 {
                let by_policy = ids(&asked.dependents(&world.id(policy), DOCUMENTED));
                let (by, good) = (world.id(fact.end("by")), world.id(fact.end("good")));
                let mut by_output = ids(&asked.dependents_of_output(&by, &good, DOCUMENTED));
                by_output.remove(&world.id(policy));
                prop_assert_eq!(by_policy, by_output, "{}", world.id(policy));
            }
        }
        Ok(())
    });
}

#[test]
fn who_depends_on_a_thing_has_it_among_its_dependencies() {
    hold(100, 20, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in WAYS {
            let on: BTreeMap<String, _> = world
                .ids()
                .map(|id| (id.clone(), ids(&asked.dependencies(&id, along))))
                .collect();
            for to in world.ids() {
                let dependents = ids(&asked.dependents(&to, along));
                let having: BTreeSet<_> = on
                    .iter()
                    .filter(|(_, on)| on.contains(&to))
                    .map(|(id, _)| id.clone())
                    .collect();
                prop_assert_eq!(dependents, having, "dependents of {} {:?}", to, along);
            }
        }
        Ok(())
    });
}

/// Compares the lengths of rows with the oracle's.
fn compare_lengths(seed: u8, fits: fn(&usize, &usize) -> bool) {
    hold(100, seed, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, CHANNELS] {
            for (from, nearest) in judged(&world, along) {
                let distances = distances(&asked.dependencies(&from, along));
                let wrong = distances
                    .iter()
                    .find(|(to, length)| !fits(&(**length as usize), &nearest[*to]));
                prop_assert_eq!(
                    wrong,
                    None,
                    "dependencies of {} {:?}: {:?}",
                    from,
                    along,
                    nearest
                );
            }
        }
        Ok(())
    });
}

#[test]
fn no_row_is_further_than_the_oracle_finds() {
    compare_lengths(2, usize::le);
}

#[test]
fn no_row_is_nearer_than_the_oracle_finds() {
    compare_lengths(18, usize::ge);
}
