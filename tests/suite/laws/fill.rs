//! The greedy fill finds the best of all shares, judged by trying them: bounds in tenths have their
//! optimum at shares in tenths, for a linear program has one at a vertex.

use hanjung::facts::Interval;
use hanjung::graph::loss::{Part, greatest, least};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::laws::hold;

/// An alternative: the least and the most of its share, and its loss, all in tenths.
type Way = (u8, u8, u8);

fn tenths(n: u8) -> f64 {
    f64::from(n) / 10.0
}

fn ways() -> impl Strategy<Value = Vec<Way>> {
    let way = (0..=10u8, 0..=10u8, 0..=10u8).prop_map(|(a, b, loss)| (a.min(b), a.max(b), loss));
    vec(way, 1..=4)
}

fn least_sum(ways: &[Way]) -> u8 {
    ways.iter().map(|way| way.0).sum()
}

/// Alternatives whose least shares do not come to more than the whole.
fn sound_ways() -> impl Strategy<Value = Vec<Way>> {
    ways().prop_filter("the shares contradict each other", |ways| {
        least_sum(ways) <= 10
    })
}

/// Every choice of shares in tenths that comes to at most the whole; where something stands for the
/// rest, to as much of it as it can.
fn choices(ways: &[Way], is_whole: bool) -> Vec<Vec<u8>> {
    let mut choices = vec![Vec::new()];
    for &(lo, hi, _) in ways {
        choices = choices
            .iter()
            .flat_map(|begun| (lo..=hi).map(|share| [begun.as_slice(), &[share]].concat()))
            .collect();
    }
    let most = ways.iter().map(|way| way.1).sum::<u8>().min(10);
    let fits = |choice: &Vec<u8>| match choice.iter().sum::<u8>() {
        sum if is_whole => sum == most,
        sum => sum <= 10,
    };
    choices.into_iter().filter(fits).collect()
}

/// The losses, in hundredths, that some choice of shares gives.
fn losses(ways: &[Way], is_whole: bool) -> Vec<u32> {
    let loss = |choice: &Vec<u8>| {
        choice
            .iter()
            .zip(ways)
            .map(|(share, way)| u32::from(*share) * u32::from(way.2))
            .sum()
    };
    choices(ways, is_whole).iter().map(loss).collect()
}

fn parts(ways: &[Way]) -> Vec<Part> {
    let part = |(number, &(lo, hi, loss)): (usize, &Way)| Part {
        number: number as u32,
        ..Part::new(
            Interval {
                lo: tenths(lo),
                hi: tenths(hi),
            },
            tenths(loss),
        )
    };
    ways.iter().enumerate().map(part).collect()
}

fn is_near(found: f64, hundredths: u32) -> bool {
    (found - f64::from(hundredths) / 100.0).abs() < 1e-9
}

/// That the chosen shares are allowed and give the bound.
fn check_choice(parts: &[Part], bound: f64, is_whole: bool) -> Result<(), TestCaseError> {
    for Part { share, chosen, .. } in parts {
        prop_assert!(
            share.lo - 1e-9 <= *chosen && *chosen <= share.hi + 1e-9,
            "{:?}",
            parts
        );
    }
    let sum: f64 = parts.iter().map(|part| part.chosen).sum();
    let most = parts.iter().map(|part| part.share.hi).sum::<f64>().min(1.0);
    prop_assert!(
        sum <= 1.0 + 1e-9 && (!is_whole || sum >= most - 1e-9),
        "{:?}",
        parts
    );
    let given: f64 = parts.iter().map(|part| part.chosen * part.loss).sum();
    prop_assert!((given - bound).abs() < 1e-9, "{} {:?}", bound, parts);
    Ok(())
}

#[test]
fn the_least_is_the_least_of_all_choices() {
    hold(400, 30, sound_ways(), |ways| {
        for is_whole in [false, true] {
            let mut parts = parts(&ways);
            let found = least(&mut parts, is_whole);
            let tried = losses(&ways, is_whole).into_iter().min().unwrap();
            prop_assert!(
                is_near(found, tried),
                "{} {} rest: {}",
                found,
                tried,
                is_whole
            );
            check_choice(&parts, found, is_whole)?;
        }
        Ok(())
    });
}

#[test]
fn the_greatest_is_the_greatest_of_all_choices() {
    hold(400, 31, sound_ways(), |ways| {
        let mut parts = parts(&ways);
        let found = greatest(&mut parts);
        let tried = losses(&ways, false).into_iter().max().unwrap();
        prop_assert!(is_near(found, tried), "{} {}", found, tried);
        check_choice(&parts, found, false)
    });
}

#[test]
fn shares_that_contradict_each_other_prove_what_each_proves() {
    hold(
        200,
        32,
        ways().prop_filter("they fit", |ways| least_sum(ways) > 10),
        |ways| {
            let proven = ways
                .iter()
                .map(|way| u32::from(way.0) * u32::from(way.2))
                .max()
                .unwrap();
            let possible = ways
                .iter()
                .map(|way| u32::from(way.1) * u32::from(way.2))
                .sum::<u32>()
                .min(100);
            for is_whole in [false, true] {
                prop_assert!(is_near(least(&mut parts(&ways), is_whole), proven));
            }
            prop_assert!(is_near(greatest(&mut parts(&ways)), possible));
            Ok(())
        },
    );
}

#[test]
fn the_parts_keep_their_numbers() {
    hold(100, 33, sound_ways(), |ways| {
        let mut parts = parts(&ways);
        least(&mut parts, true);
        greatest(&mut parts);
        for part in parts {
            let way = ways[part.number as usize];
            prop_assert_eq!(
                (part.share.lo, part.share.hi, part.loss),
                (tenths(way.0), tenths(way.1), tenths(way.2))
            );
        }
        Ok(())
    });
}
