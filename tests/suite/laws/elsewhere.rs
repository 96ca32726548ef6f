//! Where else things come from: beside every loss stand all other sources that documents name, and
//! none that is lost itself.

use std::collections::BTreeSet;

use hanjung::facts::{Claim, EntityKind};
use hanjung::graph::Channel;
use hanjung::query::{Answer, FactView, OtherSource, Row, Step};
use hanjung::request::{Cut, Filter, Question, Subject};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::laws::asked::{Asked, follow};
use crate::laws::made_up::worlds;
use crate::laws::oracle::Along;
use crate::laws::world::{Share, World};
use crate::laws::{ALL, DOCUMENTED, hold};

const POSSIBLE: Along = Along {
    possible: true,
    ..DOCUMENTED
};

/// Without shares in figures, by which the documents may leave nothing to a source that they name.
fn without_figures(mut world: World) -> World {
    world
        .facts
        .iter_mut()
        .for_each(|fact| fact.shares.retain(|(_, share)| *share == Share::InWords));
    world
}

fn cuts(asked: &Asked, cut: &str) -> Vec<Cut> {
    vec![Cut::whole(Subject::Entity(asked.entity(cut)))]
}

fn what_if(asked: &Asked, cut: &str, along: Along) -> Answer {
    let (filter, follow) = (
        Filter {
            kinds: EntityKind::ALL.to_vec(),
            ..Filter::default()
        },
        follow(along),
    );
    asked.answer(&Question::WhatIf {
        cuts: cuts(asked, cut),
        filter,
        follow,
    })
}

/// The least and the most that is lost of one maker's output.
fn lost(asked: &Asked, cut: &str, (by, good): (&str, &str), along: Along) -> (f64, f64) {
    let of = Subject::Supply {
        by: asked.entity(by),
        good: asked.entity(good),
    };
    let question = Question::Explain {
        cuts: cuts(asked, cut),
        of: of.into(),
        follow: follow(along),
    };
    let answer = asked.answer(&question);
    answer
        .rows
        .first()
        .and_then(|row| row.bounds)
        .map_or((0.0, 0.0), |bounds| (bounds.lo, bounds.hi))
}

fn maker_and_good(step: &Step) -> (&str, &str) {
    (
        step.to
            .by
            .as_deref()
            .expect("a source is somebody's output"),
        &step.to.entity,
    )
}

fn check_named(
    asked: &Asked,
    cut: &str,
    along: Along,
    other: &OtherSource,
    answer: &Answer,
) -> TestCaseResult {
    let (by, good) = maker_and_good(&other.step);
    let (least, most) = lost(asked, cut, (by, good), along);
    prop_assert!(least < 1.0, "{} is lost entirely", by);
    prop_assert_eq!(other.exposed, most > 0.0, "{} {}", by, good);
    let names = |fact: &FactView| {
        let named: BTreeSet<&str> = fact
            .fields
            .values()
            .flat_map(|field| field.split(' '))
            .collect();
        named.contains(by) && named.contains(good)
    };
    prop_assert!(
        other
            .step
            .facts
            .iter()
            .any(|reading| names(&answer.facts[&reading.fact])),
        "{:?}",
        other
    );
    Ok(())
}

/// Whom a fact has sell a good, and to whom; or make it for anybody.
fn sale(
    world: &World,
    fact: &crate::laws::world::Fact,
) -> Option<(String, String, Option<String>)> {
    let id = |field| fact.try_end(field).map(|entity| world.id(entity));
    match fact.claim {
        Claim::Supplies => Some((id("from")?, id("good")?, id("to"))),
        Claim::Sources => Some((id("from")?, id("good")?, id("buyer"))),
        Claim::Produces => Some((id("by")?, id("good")?, None)),
        _ => None,
    }
}

/// Who else than the source in a step sells the same, by what is stated: to the same buyer; where
/// the good at large is short, to anybody.
fn others(world: &World, step: &Step) -> BTreeSet<String> {
    let (by, good) = maker_and_good(step);
    let buyer = (step.channel == Channel::Inputs)
        .then(|| step.share_of.as_deref().unwrap_or(&step.from).by.as_deref());
    let is_sort =
        |other: &str| other.split('-').next() == by.split('-').next() && !by.starts_with("group");
    let sales = world
        .facts
        .iter()
        .filter(|fact| !fact.is_planned())
        .filter_map(|fact| sale(world, fact));
    let same = sales.filter(|(_, sold, to)| {
        sold == good && buyer.is_none_or(|buyer| to.is_some() && to.as_deref() == buyer)
    });
    same.map(|(other, ..)| other)
        .filter(|other| other != by && is_sort(other))
        .collect()
}

fn check_row(
    world: &World,
    asked: &Asked,
    cut: &str,
    along: Along,
    row: &Row,
) -> Result<usize, TestCaseError> {
    let named: BTreeSet<(&str, &str)> = row
        .alternatives
        .iter()
        .map(|other| maker_and_good(&other.step))
        .collect();
    let is_taking = |step: &&Step| {
        matches!(step.channel, Channel::Inputs | Channel::Sources) && step.to.by.is_some()
    };
    for step in row
        .steps
        .iter()
        .filter(is_taking)
        .filter(|step| step.to.node == "supply")
    {
        let (_, good) = maker_and_good(step);
        for other in others(world, step).iter().filter(|other| *other != cut) {
            let is_gone = lost(asked, cut, (other, good), along).0 >= 1.0;
            prop_assert!(
                is_gone || named.contains(&(other.as_str(), good)),
                "{} of {}: {:?}",
                other,
                good,
                row
            );
        }
    }
    Ok(named.len())
}

#[test]
fn beside_a_loss_stand_all_other_sources_and_none_that_is_gone() {
    let found = std::cell::Cell::new(0);
    hold(150, 90, worlds().prop_map(without_figures), |world| {
        let asked = Asked::of(&world);
        for (cut, along) in world
            .ids()
            .flat_map(|cut| [DOCUMENTED, POSSIBLE, ALL].map(|along| (cut.clone(), along)))
        {
            let answer = what_if(&asked, &cut, along);
            for row in &answer.rows {
                found.set(found.get() + check_row(&world, &asked, &cut, along, row)?);
                row.alternatives
                    .iter()
                    .try_for_each(|other| check_named(&asked, &cut, along, other, &answer))?;
            }
        }
        Ok(())
    });
    assert!(found.get() > 100, "only {} other sources", found.get());
}
