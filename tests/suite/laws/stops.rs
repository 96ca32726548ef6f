//! What can't be gone around, what stops something, and what it is exposed to, beside what trying
//! shows.

use std::collections::{BTreeMap, BTreeSet};

use hanjung::query::{Answer, Row};
use proptest::prelude::*;

use crate::laws::asked::{Asked, ids};
use crate::laws::made_up::worlds;
use crate::laws::oracle::{Oracle, Set};
use crate::laws::{ALL, CHANNELS, DOCUMENTED, hold};

/// How many are cut together at most.
const MOST_TOGETHER: usize = 3;

/// Ways that are told of one that is exposed to another though they are followed only when asked
/// for.
const ASKED_FOR: [&str; 3] = [
    "Through its markets",
    "Through its owners",
    "Through technology",
];

#[test]
fn what_something_is_exposed_to_is_whatever_takes_something_from_it() {
    hold(20, 70, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, CHANNELS, ALL] {
            let counts = |row: &Row| has_loss(row) && (along.market || !is_asked_for(row));
            for of in world.ids() {
                let takes = |to: &String| asked.exposure(&of, to, along).rows.iter().any(counts);
                let others = world.ids().filter(|to| *to != of);
                let taking: BTreeSet<String> = others.filter(takes).collect();
                let told = ids(&asked.exposures(&of, along));
                prop_assert_eq!(told, taking, "exposure of {} {:?}", of, along);
            }
        }
        Ok(())
    });
}

fn is_asked_for(row: &Row) -> bool {
    ASKED_FOR.contains(&row.group)
}

fn has_loss(row: &Row) -> bool {
    row.bounds.is_some_and(|bounds| bounds.hi > 0.0)
}

#[test]
fn what_is_on_every_chain_is_that_without_which_no_chain_is_left() {
    hold(60, 71, worlds(), |world| {
        let (asked, oracle) = (Asked::of(&world), Oracle::new(&world));
        for along in [DOCUMENTED, CHANNELS, ALL] {
            for (of, id) in world.ids().enumerate() {
                let expected = oracle.unavoidable(of, along).into_iter();
                let names = |raws: BTreeSet<usize>| raws.into_iter().map(|raw| world.id(raw));
                let expected: BTreeMap<String, BTreeSet<String>> = expected
                    .map(|(guard, raws)| (world.id(guard), names(raws).collect()))
                    .collect();
                let told = on_every_chain(&asked.chokepoints(&id, along));
                prop_assert_eq!(told, expected, "chokepoints of {} {:?}", id, along);
            }
        }
        Ok(())
    });
}

/// Who is on every chain, to which raw materials.
fn on_every_chain(answer: &Answer) -> BTreeMap<String, BTreeSet<String>> {
    let guarding = |row: &Row| {
        let raws = row.remarks.first()?.strip_prefix("on every chain to ")?;
        Some((
            crate::laws::asked::id(row),
            raws.split(", ").map(str::to_owned).collect(),
        ))
    };
    answer.rows.iter().filter_map(guarding).collect()
}

#[test]
fn what_stops_something_are_the_smallest_sets_without_which_nothing_is_left() {
    hold(60, 72, worlds(), |world| {
        let (asked, oracle) = (Asked::of(&world), Oracle::new(&world));
        for along in [DOCUMENTED, CHANNELS] {
            for (of, id) in world.ids().enumerate() {
                let expected = oracle.stoppers(of, MOST_TOGETHER, along).into_iter();
                let names = |set: Set| set.into_iter().map(|entity| world.id(entity)).collect();
                let expected: BTreeSet<BTreeSet<String>> = expected.map(names).collect();
                let told: BTreeSet<_> = asked.stoppers(&id, along).rows.iter().map(set).collect();
                prop_assert_eq!(told, expected, "stoppers of {} {:?}", id, along);
            }
        }
        Ok(())
    });
}

/// Those that a row cuts together.
fn set(row: &Row) -> BTreeSet<String> {
    let entities = row.entity.iter().chain(&row.with);
    entities.map(|entity| entity.id.to_string()).collect()
}
