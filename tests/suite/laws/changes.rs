//! What an answer does when the facts change: by a fact less, a plan more, another order, another
//! file, a narrower share, a seat.

use std::collections::{BTreeMap, BTreeSet};

use hanjung::facts::{Claim, EntityKind, KindSet, TERRITORIES};
use hanjung::query::Answer;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::laws::asked::{Asked, cited, id, ids, passage};
use crate::laws::made_up::{drafts, further, worlds};
use crate::laws::oracle::Along;
use crate::laws::world::{Fact, PLANNED, Share, World, evidence, file};
use crate::laws::{ALL, DOCUMENTED, WAYS, hold};

/// The answers to who depends on each entity, and on whom each depends.
fn answers(asked: &Asked, world: &World, along: Along) -> Vec<(String, Answer)> {
    let both = |id: String| {
        let (to, from) = (asked.dependents(&id, along), asked.dependencies(&id, along));
        [
            (format!("dependents {id}"), to),
            (format!("dependencies {id}"), from),
        ]
    };
    world.ids().flat_map(both).collect()
}

/// The entities of each answer.
fn rows(asked: &Asked, world: &World, along: Along) -> BTreeMap<String, BTreeSet<String>> {
    answers(asked, world, along)
        .into_iter()
        .map(|(question, answer)| (question, ids(&answer)))
        .collect()
}

/// Whether a fact can stand in the way of a dependence: by replacing an input, by ending what a
/// seller had, or by telling what goes into what somebody makes, so that what he buys is no need of
/// his own.
fn can_stand_in_the_way(fact: &Fact) -> bool {
    let kinds = [Claim::Replaces, Claim::IsA, Claim::Needs];
    let makings = [
        Claim::Produces,
        Claim::Supplies,
        Claim::Sources,
        Claim::Restricts,
    ];
    kinds.contains(&fact.claim) || makings.contains(&fact.claim) || fact.claim == Claim::Acquires
}

#[test]
fn a_fact_that_no_chain_cites_and_no_share_depends_on_can_go() {
    hold(150, 8, (worlds(), any::<Index>()), |(world, at)| {
        prop_assume!(!world.facts.is_empty());
        let at = at.index(world.facts.len());
        let (gone, less) = (&world.facts[at], world.without(at));
        prop_assume!(gone.shares.is_empty());
        let (asked, asked_less) = (Asked::of(&world), Asked::of(&less));
        for along in [DOCUMENTED, ALL] {
            let rows_less = rows(&asked_less, &less, along);
            for (question, answer) in answers(&asked, &world, along) {
                if !cited(&answer).contains(&gone.passage) {
                    let (rows, rows_less) = (ids(&answer), &rows_less[&question]);
                    prop_assert!(
                        rows.is_subset(rows_less),
                        "{}: {:?} {:?}",
                        question,
                        rows,
                        rows_less
                    );
                    prop_assert!(
                        can_stand_in_the_way(gone) || rows == *rows_less,
                        "{}: {:?}",
                        question,
                        rows_less
                    );
                }
            }
        }
        Ok(())
    });
}

/// The entities of an answer under their headings.
fn grouped(answer: &Answer) -> BTreeSet<(&str, String)> {
    answer.rows.iter().map(|row| (row.group, id(row))).collect()
}

#[test]
fn a_plan_changes_no_answer_without_plans() {
    hold(
        100,
        9,
        (worlds(), drafts(), 0..4usize),
        |(world, draft, status)| {
            let Some(fact) = further(&world, &draft) else {
                return Ok(());
            };
            let more = world.with(
                [
                    world.facts.clone(),
                    vec![Fact {
                        status: PLANNED[status],
                        ..fact
                    }],
                ]
                .concat(),
            );
            let (asked, asked_more) = (Asked::of(&world), Asked::of(&more));
            for along in [
                DOCUMENTED,
                Along {
                    plans: false,
                    ..ALL
                },
            ] {
                let before = answers(&asked, &world, along);
                for ((question, before), (_, after)) in
                    before.iter().zip(answers(&asked_more, &more, along))
                {
                    prop_assert_eq!(grouped(before), grouped(&after), "{}\n{:?}", question, more);
                }
            }
            Ok(())
        },
    );
}

/// An answer but for the places of its facts in the files.
fn placeless(answer: &Answer) -> Value {
    let mut answer = serde_json::to_value(answer).expect("an answer can be written as JSON");
    for fact in answer["facts"]
        .as_object_mut()
        .expect("facts have ids")
        .values_mut()
    {
        fact["at"].take();
    }
    answer
}

#[test]
fn order_and_files_change_nothing() {
    let shuffled = worlds().prop_flat_map(|world| {
        let records = world.records();
        (
            Just(world),
            Just(records).prop_shuffle(),
            prop::collection::vec(0..4usize, 40),
        )
    });
    hold(60, 10, shuffled, |(world, records, files)| {
        let part = |at: usize| {
            records
                .iter()
                .zip(&files)
                .filter(move |(_, file)| **file == at)
                .map(|(record, _)| record.clone())
        };
        let texts: Vec<String> = (0..4)
            .map(|at| file(&part(at).collect::<Vec<_>>()))
            .collect();
        let (asked, asked_parts) = (Asked::of(&world), Asked::of_texts(&texts));
        let before = answers(&asked, &world, ALL);
        for ((question, before), (_, after)) in
            before.iter().zip(answers(&asked_parts, &world, ALL))
        {
            prop_assert_eq!(placeless(before), placeless(&after), "{}", question);
        }
        Ok(())
    });
}

/// The rows of an answer and what stands apart, as they are; but for the countries, which only tell
/// where the entities belong.
fn shown(answer: &Answer) -> Value {
    let mut rows = [answer.rows.clone(), answer.aside.clone()];
    for entity in rows
        .iter_mut()
        .flatten()
        .filter_map(|row| row.entity.as_mut())
    {
        entity.country = None;
    }
    json!(rows)
}

#[test]
fn a_fact_stated_twice_is_one_with_more_evidence() {
    hold(60, 11, (worlds(), any::<Index>()), |(world, at)| {
        prop_assume!(!world.facts.is_empty());
        let fact = at.get(&world.facts);
        let again = world.record(fact).replace(
            &evidence(fact.status, fact.passage),
            &evidence(fact.status, 99),
        );
        let records = [world.records(), vec![again]].concat();
        let (asked, asked_again) = (Asked::of(&world), Asked::of_texts(&[file(&records)]));
        let before = answers(&asked, &world, ALL);
        for ((question, before), (_, after)) in
            before.iter().zip(answers(&asked_again, &world, ALL))
        {
            prop_assert_eq!(shown(before), shown(&after), "{}", question);
            let of = |answer: &Answer| {
                answer
                    .facts
                    .values()
                    .map(|fact| fact.evidence.len())
                    .sum::<usize>()
            };
            let is_cited = before
                .facts
                .keys()
                .any(|id| passage(before, id) == fact.passage);
            prop_assert_eq!(
                of(before) + usize::from(is_cited),
                of(&after),
                "{}",
                question
            );
        }
        Ok(())
    });
}

#[test]
fn a_plan_that_comes_true_is_a_fact() {
    hold(60, 12, (worlds(), any::<Index>()), |(world, at)| {
        prop_assume!(!world.facts.is_empty());
        let at = at.index(world.facts.len());
        let [planned, reported] = ["Plan", "Reported"].map(|status| {
            let mut facts = world.facts.clone();
            facts[at].status = status;
            world.with(facts)
        });
        let again = planned.record(&Fact {
            status: "Reported",
            ..planned.facts[at].clone()
        });
        let merged = Asked::of_texts(&[file(&[planned.records(), vec![again]].concat())]);
        for along in WAYS {
            prop_assert_eq!(
                rows(&merged, &world, along),
                rows(&Asked::of(&reported), &world, along)
            );
        }
        Ok(())
    });
}

/// A share within another.
fn narrower(share: Share, least: u8, most: u8) -> Option<Share> {
    let (lo, hi) = share.bounds();
    let narrower = if least == most {
        Share::Exactly(least)
    } else {
        Share::Between(least.min(most), least.max(most))
    };
    let bounds = narrower.bounds();
    (lo <= bounds.0 && bounds.1 <= hi).then_some(narrower)
}

/// The world with one of its shares narrowed, if no other share contradicts that.
fn narrowed(world: &World, at: Index, least: u8, most: u8) -> Option<World> {
    let stating: Vec<usize> = (0..world.facts.len())
        .filter(|&fact| !world.facts[fact].shares.is_empty())
        .collect();
    let at = *stating.get(at.index(stating.len().max(1)))?;
    let (field, share) = world.facts[at].shares[0];
    let narrower = narrower(share, least, most)?;
    let mut facts = world.facts.clone();
    facts[at].shares[0].1 = narrower;
    let narrowed = world.with(facts);
    (narrowed.ledger().is_some() && !is_contradicted(world, at, field, narrower))
        .then_some(narrowed)
}

/// Whether what another fact says of the same share leaves nothing in common with this.
fn is_contradicted(world: &World, at: usize, field: &'static str, share: Share) -> bool {
    let others = world
        .facts
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at);
    let mut stated =
        others.flat_map(|(_, fact)| fact.shares.iter().map(move |stated| (fact, stated)));
    stated.any(|(fact, &(other, known))| {
        let is_same = fact.stake(other) == world.facts[at].stake(field);
        is_same && (known.bounds().1 < share.bounds().0 || share.bounds().1 < known.bounds().0)
    })
}

#[test]
fn a_narrower_share_adds_no_dependent() {
    hold(
        150,
        13,
        (worlds(), any::<Index>(), 0..=10u8, 0..=10u8),
        |(world, at, least, most)| {
            let Some(narrowed) = narrowed(&world, at, least, most) else {
                return Ok(());
            };
            let (asked, asked_narrowed) = (Asked::of(&world), Asked::of(&narrowed));
            for along in WAYS {
                let before = rows(&asked, &world, along);
                for (question, after) in rows(&asked_narrowed, &narrowed, along) {
                    prop_assert!(
                        after.is_subset(&before[&question]),
                        "{}: {:?} {:?}",
                        question,
                        before[&question],
                        after
                    );
                }
            }
            Ok(())
        },
    );
}

/// A fact that puts something in a territory without making anything there.
fn seat(claim: Claim, who: (&'static str, usize), place: usize, passage: usize) -> Fact {
    let ends = vec![who, ("place", place)];
    Fact {
        claim,
        ends,
        shares: Vec::new(),
        measure: None,
        is_held: false,
        status: "Reported",
        passage,
    }
}

/// Facts that put every firm, group and organisation in every territory.
fn seats(world: &World) -> Vec<Fact> {
    let of = |kinds: KindSet| {
        (0..world.kinds.len()).filter(move |&entity| kinds.contains(world.kinds[entity]))
    };
    let companies = KindSet::of(&[
        EntityKind::Firm,
        EntityKind::Group,
        EntityKind::Organisation,
    ]);
    let pairs = of(companies).flat_map(|who| of(TERRITORIES).map(move |place| (who, place)));
    let seats = pairs.enumerate().flat_map(|(at, (who, place))| {
        let seat =
            |claim, field, passage| seat(claim, (field, who), place, world.new_passage() + passage);
        let located = (world.kinds[who] == EntityKind::Organisation)
            .then(|| seat(Claim::Located, "plant", 2 * at + 1));
        [Some(seat(Claim::Headquartered, "firm", 2 * at)), located]
    });
    seats
        .flatten()
        .filter(|fact| !world.facts.iter().any(|known| known.claims_the_same(fact)))
        .collect()
}

#[test]
fn a_seat_in_a_country_makes_nobody_depend_on_it() {
    hold(60, 14, worlds(), |world| {
        let more = world.with([world.facts.clone(), seats(&world)].concat());
        let (asked, asked_more) = (Asked::of(&world), Asked::of(&more));
        let before = answers(&asked, &world, ALL);
        for ((question, before), (_, after)) in before.iter().zip(answers(&asked_more, &more, ALL))
        {
            prop_assert_eq!(shown(before), shown(&after), "{}", question);
        }
        Ok(())
    });
}

/// The world with one more country, which buys goods of all firms and groups.
fn with_a_buyer(world: &World) -> World {
    let mut more = world.clone();
    more.kinds.push(EntityKind::Economy);
    let of = |kinds: KindSet| {
        (0..world.kinds.len()).filter(move |&entity| kinds.contains(world.kinds[entity]))
    };
    let goods = of(hanjung::facts::GOODS);
    for good in goods {
        let ends = vec![("by", world.kinds.len()), ("good", good)];
        let passage = more.new_passage();
        more.facts.push(Fact {
            claim: Claim::Uses,
            ends,
            shares: Vec::new(),
            measure: None,
            is_held: false,
            status: "Reported",
            passage,
        });
    }
    more
}

#[test]
fn what_a_country_buys_is_no_need_of_anybody_else() {
    hold(60, 15, worlds(), |world| {
        let more = with_a_buyer(&world);
        let country = more.id(world.kinds.len());
        let (asked, asked_more) = (Asked::of(&world), Asked::of(&more));
        for along in [DOCUMENTED, ALL] {
            let after = rows(&asked_more, &more, along);
            for (question, before) in rows(&asked, &world, along) {
                let others: BTreeSet<String> = after[&question]
                    .iter()
                    .filter(|id| **id != country)
                    .cloned()
                    .collect();
                prop_assert_eq!(others, before, "{}", question);
            }
        }
        Ok(())
    });
}
