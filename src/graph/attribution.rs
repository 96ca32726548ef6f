//! Which facts tell an arc: those that make it, those that give its share too, and those that say
//! the same.
//!
//! They are kept apart because a chain cites as few facts as make it, and is as long as these are
//! many; the others are told beside it, so that nothing that documents say of a share is hidden.

use std::mem::replace;

use super::node::{Node, Reading};
use super::shares::{Holding, Latest, Statement};
use crate::facts::{Catalogue, Claim, EntityIx, Extent, Fact, Interval};

/// An alternative of a requirement, as one fact states it, or several together.
pub(super) struct Alternative<'c> {
    pub to: Node,
    pub share: Option<&'c Extent>,
    /// Whether the share is one that the last of the facts states.
    pub is_stated: bool,
    pub is_rest: bool,
    pub is_planned: bool,
    pub readings: Vec<Reading>,
}

impl Alternative<'_> {
    /// All of the requirement, by these facts.
    pub fn all(to: Node, readings: Vec<Reading>, is_planned: bool) -> Self {
        Alternative {
            to,
            share: Some(&Extent::Exactly(1.0)),
            is_stated: false,
            is_rest: false,
            is_planned,
            readings,
        }
    }

    /// A part of the requirement, as large as a document says, if it does.
    pub fn part(
        to: Node,
        share: Option<&'_ Extent>,
        reading: Reading,
        is_planned: bool,
    ) -> Alternative<'_> {
        Alternative {
            to,
            share,
            is_stated: share.is_some(),
            is_rest: false,
            is_planned,
            readings: vec![reading],
        }
    }

    /// Whatever the other alternatives leave.
    pub fn rest(to: Node, readings: Vec<Reading>, is_planned: bool) -> Self {
        Alternative {
            to,
            share: None,
            is_stated: false,
            is_rest: true,
            is_planned,
            readings,
        }
    }
}

/// What is said of an alternative, and by which facts.
pub(super) struct Said {
    pub statement: Statement,
    pub readings: Vec<Reading>,
}

impl Said {
    pub fn of(catalogue: &Catalogue, alternative: Alternative) -> Self {
        Said {
            statement: statement(catalogue, &alternative),
            readings: alternative.readings,
        }
    }
}

/// Where several facts make an alternative, the last states the share: those before it say by which
/// kinds and inputs it matters. So its day, its rounding and whether companies hold it are read off
/// the last.
fn statement(catalogue: &Catalogue, alternative: &Alternative) -> Statement {
    let last = alternative.readings.last();
    let fact = last.map(|reading| &catalogue[reading.fact]);
    let share = alternative.share;
    let figure = share.filter(|share| alternative.is_stated && share.is_figure());
    Statement {
        share: share.map_or(Interval::UNKNOWN, Extent::interval),
        rounding: figure.map_or(0.0, Extent::rounding),
        figure_of: fact
            .filter(|_| figure.is_some())
            .and_then(|fact| catalogue.told_for(fact)),
        is_documented: share.is_some(),
        holding: Holding {
            kind: catalogue[holder(alternative.to)].kind,
            is_held: fact.is_some_and(Fact::is_held),
            day: fact.and_then(|fact| fact.as_of.or(fact.since)),
        },
        is_made: fact.is_some_and(|fact| fact.claim == Claim::Produces && !fact.is_held()),
        is_rest: alternative.is_rest,
    }
}

/// Who or what holds the share that an alternative stands for.
fn holder(node: Node) -> EntityIx {
    match node {
        Node::Supply { by, .. } => by,
        node => node.entity(),
    }
}

/// Drops what does not count any more, so that no arc is told by it either.
pub(super) fn forget_outdated(said: &mut Vec<Said>) {
    let latest = Latest::of(said.iter().map(|said| &said.statement));
    said.retain(|said| latest.lets_count(&said.statement));
}

/// The facts that tell an arc.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Attribution {
    /// Those that make it: the first that give its share, or where nobody does, the first of all.
    pub makers: Vec<Reading>,
    /// Further facts that give the share.
    pub figures: Vec<Reading>,
    /// Facts that say the same without adding to what is known of the share.
    pub others: Vec<Reading>,
}

impl Attribution {
    /// Who tells what is said of one alternative, in the order in which it is said.
    pub fn of(said: Vec<Said>) -> Self {
        let mut said = said.into_iter();
        let Some(first) = said.next() else {
            return Attribution::default();
        };
        let mut told = Told::begun(first);
        said.for_each(|again| told.take_in(again));
        told.attribution
    }
}

/// What was taken in so far.
struct Told {
    attribution: Attribution,
    is_documented: bool,
    /// Whether the share may be more than nothing, by any fact so far.
    is_any: bool,
}

impl Told {
    fn begun(first: Said) -> Self {
        Told {
            attribution: Attribution {
                makers: first.readings,
                ..Attribution::default()
            },
            is_documented: first.statement.is_documented,
            is_any: first.statement.share.hi > 0.0,
        }
    }

    fn take_in(&mut self, again: Said) {
        let is_documented = again.statement.is_documented;
        let Attribution {
            makers,
            figures,
            others,
        } = &mut self.attribution;
        match (is_documented, self.is_documented) {
            // A chain is to cite a fact that says how much, wherever one does.
            (true, false) => add_new(others, replace(makers, again.readings)),
            // A share of nothing makes no dependence, so another fact tells the arc.
            (true, true) if !self.is_any => add_new(figures, replace(makers, again.readings)),
            (true, true) => add_new(figures, again.readings),
            (false, _) => add_new(others, again.readings),
        }
        self.is_documented |= is_documented;
        self.is_any |= again.statement.share.hi > 0.0;
    }
}

fn add_new(readings: &mut Vec<Reading>, more: Vec<Reading>) {
    for reading in more {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Date, EntityKind, FactIx};
    use crate::graph::Wording;

    /// What facts 0, 1, 2, … say of the share, in this order, where `None` is that no document
    /// gives it; and which of them make the arc, give its share too, and say the same.
    type Row = (&'static [Option<f64>], [&'static [u32]; 3]);

    const TABLE: &[Row] = &[
        // The first that gives the share makes the arc.
        (&[Some(0.5)], [&[0], &[], &[]]),
        (&[Some(0.5), Some(0.6)], [&[0], &[1], &[]]),
        (&[Some(0.5), None, Some(0.6)], [&[0], &[2], &[1]]),
        // Where the first gives none, the first that does takes its place.
        (&[None, None], [&[0], &[], &[1]]),
        (&[None, None, Some(0.5)], [&[2], &[], &[1, 0]]),
        (&[None, Some(0.0), Some(0.5)], [&[1], &[2], &[0]]),
        // A share of nothing makes no arc.
        (&[Some(0.0), Some(0.5), Some(0.6)], [&[1], &[0, 2], &[]]),
        (&[Some(0.0), Some(0.0), Some(0.5)], [&[2], &[0, 1], &[]]),
        (&[], [&[], &[], &[]]),
    ];

    #[test]
    fn arcs_are_told_by_those_in_the_table() {
        for (shares, expected) in TABLE {
            let said = shares
                .iter()
                .zip(0..)
                .map(|(share, fact)| said(fact, *share));
            let Attribution {
                makers,
                figures,
                others,
            } = Attribution::of(said.collect());
            let told = [makers, figures, others].map(|readings| numbers(&readings));
            assert_eq!(told, *expected, "{shares:?}");
        }
    }

    #[test]
    fn no_fact_is_told_twice() {
        let said = [said(0, Some(0.5)), said(1, None), said(1, None)];
        assert_eq!(numbers(&Attribution::of(said.into()).others), [1]);
    }

    #[test]
    fn an_earlier_figure_tells_no_arc() {
        let figure = |fact, day| {
            let mut said = said(fact, Some(0.5));
            said.statement.figure_of = Date::parse(day);
            said
        };
        let mut said = vec![figure(0, "2020"), figure(1, "2023"), figure(2, "2021")];
        forget_outdated(&mut said);
        assert_eq!(numbers(&Attribution::of(said).makers), [1]);
    }

    fn said(fact: u32, share: Option<f64>) -> Said {
        let holding = Holding {
            kind: EntityKind::Firm,
            is_held: false,
            day: None,
        };
        let statement = Statement {
            share: share.map_or(Interval::UNKNOWN, |share| Interval { lo: 0.0, hi: share }),
            rounding: 0.0,
            figure_of: None,
            is_documented: share.is_some(),
            holding,
            is_made: false,
            is_rest: false,
        };
        let reading = Reading {
            fact: FactIx(fact),
            wording: Wording::Forward,
        };
        Said {
            statement,
            readings: vec![reading],
        }
    }

    fn numbers(readings: &[Reading]) -> Vec<u32> {
        readings.iter().map(|reading| reading.fact.0).collect()
    }
}
