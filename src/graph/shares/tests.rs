//! What some statements come to, in a table.
//!
//! Alternatives are parted by `|`, statements on one alternative by `&`. A statement is a share
//! (`0.6`, `0.6..` for at least, `0.3..0.9`, `?` where no document gives it, `rest`) and words on
//! it: who holds it (an economy, if nothing is said), `@2020` since when, `in:2020` for which day it
//! is a figure, `±0.05` by how much it may be rounded, `held`, `made`, `plan`. What comes of it is a
//! share and the letter of the whole that it is a part of.

use super::{Allotment, Holding, Latest, Statement, shared_out, stake};
use crate::facts::{Date, EntityKind, Interval};
use crate::graph::Channel;

const TABLE: &[(&str, Channel, &str, &str)] = &[
    // One alternative.
    ("a share is kept", Channel::Inputs, "0.4..0.5", "0.4..0.5 a"),
    (
        "statements narrow each other",
        Channel::Inputs,
        "0.4.. & 0.45..0.6 & ?",
        "0.45..0.6 a",
    ),
    (
        "of statements that contradict each other all that either allows is kept",
        Channel::Inputs,
        "0.2..0.3 & 0.45",
        "0.2..0.45 a",
    ),
    (
        "of figures of different days the latest counts",
        Channel::Sources,
        "0.6 in:2020 & 0.5 in:2023 & 0.7 in:2021",
        "0.5 a",
    ),
    (
        "a day in a year is later than the year before, and the year than a day in it",
        Channel::Sources,
        "0.6 in:2022 & 0.5 in:2023-06-30 & 0.7 in:2023",
        "0.7 a",
    ),
    (
        "words have no day",
        Channel::Sources,
        "0.3.. & 0.6 in:2020 & 0.5 in:2023",
        "0.5 a",
    ),
    (
        "what is held does not make old what is made",
        Channel::Sources,
        "0.6 in:2020 made & 0.5 in:2023 held",
        "0.6..1 a",
    ),
    (
        "what is made and what is held may be the same or not",
        Channel::Sources,
        "0.3..0.4 made & 0.5 held",
        "0.5..1 a",
    ),
    (
        "of nothing there is nothing to mix",
        Channel::Sources,
        "0 made & 0 held",
        "0 a",
    ),
    (
        "only among sources is there what is held",
        Channel::Inputs,
        "0.3..0.4 made & 0.4 held",
        "0.4 a",
    ),
    // Parts of one whole.
    (
        "parts of one whole leave each other room",
        Channel::Sources,
        "0.6.. | 0.3..0.9 | Firm 0.5..",
        "0.6..0.7 a | 0.3..0.4 a | 0.5..1 b",
    ),
    (
        "as much as is stated at least is kept where there is no room",
        Channel::Sources,
        "0.6.. | 0.7..0.9",
        "0.6 a | 0.7 a",
    ),
    (
        "what companies hold leaves room for what is made elsewhere",
        Channel::Sources,
        "0.8 held | 0.7..",
        "0.8 a | 0.7..1 b",
    ),
    (
        "what is both made and held is part of no whole",
        Channel::Sources,
        "0.3 made & 0.5 held | 0.6.. made",
        "0.5..1 a | 0.6..1 b",
    ),
    (
        "sites may lie within each other",
        Channel::Sites,
        "Place 0.6.. | Place 0.7..",
        "0.6..1 a | 0.7..1 b",
    ),
    (
        "groups may have members in common",
        Channel::Sources,
        "Group 0.6.. | Group 0.7..",
        "0.6..1 a | 0.7..1 b",
    ),
    (
        "outputs of a group have nothing in common",
        Channel::Output,
        "Group 0.6.. | Group 0.3..",
        "0.6..0.7 a | 0.3..0.4 a",
    ),
    (
        "what somebody makes, operates and owns is one business",
        Channel::Output,
        "Firm 0.6.. | Plant 0.3.. | Product ?",
        "0.6..0.7 a | 0.3..0.4 a | 0..0.1 a",
    ),
    (
        "plans take nothing from anybody, and leave nothing to each other",
        Channel::Sources,
        "0.6.. | plan 0.7.. | plan 0.8..",
        "0.6..1 a | 0.7..1 b | 0.8..1 c",
    ),
    // Days.
    (
        "shares of different days are parts of different wholes",
        Channel::Sources,
        "0.6.. @2020 | 0.5.. @2023",
        "0.6..1 a | 0.5..1 b",
    ),
    (
        "what no document gives holds on the day of the others",
        Channel::Sources,
        "0.5 @2023 | ? @2019",
        "0.5 a | 0..0.5 a",
    ),
    (
        "on none of them if they are several",
        Channel::Sources,
        "0.5 @2023 | 0.6 @2020 | ?",
        "0.5 a | 0.6 b | 0..1 c",
    ),
    (
        "on that of those who hold likewise",
        Channel::Sources,
        "0.5 @2023 | Firm 0.7 @2020 | Firm ?",
        "0.5 a | 0.7 b | 0..0.3 b",
    ),
    (
        "the first statement that gives the share says of which day it is",
        Channel::Sources,
        "? @2020 & 0.3.. @2023 & 0.2.. @2021 | 0.6.. @2023",
        "0.3..0.4 a | 0.6..0.7 a",
    ),
    // The rest.
    (
        "the rest is what all leave",
        Channel::Inputs,
        "0.6.. | 0.1 | rest",
        "0.6..0.9 a | 0.1 a | 0..0.3 b",
    ),
    (
        "of several wholes the one that holds most at least leaves least",
        Channel::Inputs,
        "0.2..0.3 | Firm 0.5 | Group 0.1 | rest",
        "0.2..0.3 a | 0.5 b | 0.1 c | 0.1..0.5 d",
    ),
    (
        "what is part of no whole leaves less too",
        Channel::Inputs,
        "Group 0.7 | 0.2 | rest",
        "0.7 a | 0.2 b | 0.1..0.3 c",
    ),
    (
        "the rest does not know of plans",
        Channel::Inputs,
        "0.6 | plan 0.3 | rest",
        "0.6 a | 0.3 b | 0.4 c",
    ),
    (
        "the rest of a plan may be less by what is planned",
        Channel::Inputs,
        "0.2 | plan 0.3 | plan rest",
        "0.2 a | 0.3 b | 0.5..0.7 c",
    ),
    (
        "what is left is counted in decimals",
        Channel::Inputs,
        "0.7 | 0.2 | 0.1 | rest",
        "0.7 a | 0.2 a | 0.1 a | 0 b",
    ),
    (
        "no share is too small to count",
        Channel::Inputs,
        "0.000000000001 | rest",
        "0.000000000001 a | 0.999999999999 b",
    ),
    // Rounding.
    (
        "what rounding explains is taken as rounded, and leaves no rest",
        Channel::Inputs,
        "0.334 ±0.0005 | 0.334 ±0.0005 | 0.333 ±0.0005 | rest",
        "0.3335..0.334 a rounded | 0.3335..0.334 a rounded | 0.3325..0.333 a rounded | 0 b",
    ),
    (
        "the coarsest of several statements on one share says how far it is rounded",
        Channel::Inputs,
        "0.6 ±0.0005 & 0.6 ±0.05 | 0.42",
        "0.55..0.58 a rounded | 0.42 a rounded",
    ),
    (
        "rounding explains no more than it can have changed",
        Channel::Inputs,
        "0.5 ±0.0005 | 0.6 ±0.0005",
        "0.5 a | 0.6 a",
    ),
    (
        "nothing is taken as rounded that fits as it is printed",
        Channel::Inputs,
        "0.5 ±0.05 | 0.4..0.6 ±0.05",
        "0.5 a | 0.4..0.5 a",
    ),
    (
        "only the whole that comes to too much is taken as rounded",
        Channel::Sources,
        "0.6 ±0.05 | 0.45 ±0.05 | Firm 0.5 ±0.05",
        "0.55..0.6 a rounded | 0.4..0.45 a rounded | 0.5 b",
    ),
];

#[test]
fn statements_come_to_what_the_table_says() {
    for (why, channel, stated, expected) in TABLE {
        assert_eq!(come_to(*channel, stated), *expected, "{why}: {stated}");
    }
}

fn come_to(channel: Channel, stated: &str) -> String {
    let alternatives = stated.split(" | ");
    let mut stakes: Vec<_> = alternatives
        .map(|alternative| {
            let is_planned = alternative.contains("plan");
            stake(&counting(alternative), channel, is_planned)
        })
        .collect();
    let parts: Vec<String> = shared_out(&mut stakes).iter().map(printed).collect();
    parts.join(" | ")
}

/// The statements on an alternative that count.
fn counting(alternative: &str) -> Vec<Statement> {
    let all: Vec<Statement> = alternative.split(" & ").map(statement).collect();
    let latest = Latest::of(all.iter());
    all.into_iter()
        .filter(|statement| latest.lets_count(statement))
        .collect()
}

fn statement(text: &str) -> Statement {
    let holding = Holding {
        kind: EntityKind::Economy,
        is_held: false,
        day: None,
    };
    let mut statement = Statement {
        share: Interval::UNKNOWN,
        rounding: 0.0,
        figure_of: None,
        is_documented: false,
        holding,
        is_made: false,
        is_rest: false,
    };
    text.split(' ').for_each(|word| read(&mut statement, word));
    statement
}

fn read(statement: &mut Statement, word: &str) {
    match word {
        "?" | "plan" => {}
        "rest" => statement.is_rest = true,
        "held" => statement.holding.is_held = true,
        "made" => statement.is_made = true,
        _ => read_value(statement, word),
    }
}

fn read_value(statement: &mut Statement, word: &str) {
    if let Some(day) = word.strip_prefix('@') {
        statement.holding.day = Date::parse(day);
    } else if let Some(day) = word.strip_prefix("in:") {
        statement.figure_of = Date::parse(day);
    } else if let Some(rounding) = word.strip_prefix('±') {
        statement.rounding = rounding.parse().unwrap();
    } else if let Some(kind) = EntityKind::from_word(word) {
        statement.holding.kind = kind;
    } else {
        statement.share = interval(word);
        statement.is_documented = true;
    }
}

fn interval(word: &str) -> Interval {
    let (lo, hi) = word.split_once("..").unwrap_or((word, word));
    Interval {
        lo: lo.parse().unwrap(),
        hi: hi.parse().unwrap_or(1.0),
    }
}

fn printed(allotment: &Allotment) -> String {
    let Interval { lo, hi } = allotment.share;
    let share = match lo == hi {
        true => lo.to_string(),
        false => format!("{lo}..{hi}"),
    };
    let whole = char::from(b'a' + allotment.whole as u8);
    let rounded = if allotment.is_rounded { " rounded" } else { "" };
    format!("{share} {whole}{rounded}")
}
