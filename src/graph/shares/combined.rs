//! What several statements on one alternative come to.

use super::{Holding, Stake, Statement};
use crate::facts::{Date, EntityKind, Interval};
use crate::graph::Channel;

/// The days of the latest figures of one alternative: of what companies hold, and of all else. They
/// are figures of two things, so that neither makes the other old.
pub(in crate::graph) struct Latest {
    held: Option<Date>,
    other: Option<Date>,
}

impl Latest {
    pub fn of<'s>(statements: impl Iterator<Item = &'s Statement> + Clone) -> Self {
        Latest {
            held: latest(statements.clone(), true),
            other: latest(statements, false),
        }
    }

    /// Whether a statement counts: no figure of an earlier day does. What is no figure has no day
    /// on which it would cease to be true.
    pub fn lets_count(&self, statement: &Statement) -> bool {
        let latest = if statement.holding.is_held {
            self.held
        } else {
            self.other
        };
        statement.figure_of.is_none() || statement.figure_of == latest
    }
}

fn latest<'s>(statements: impl Iterator<Item = &'s Statement>, is_held: bool) -> Option<Date> {
    statements
        .filter(|statement| statement.holding.is_held == is_held)
        .filter_map(|statement| statement.figure_of)
        .max_by_key(|day| (day.last_day(), day.first_day()))
}

/// What the statements that count come to.
///
/// A site may lie within another, and a group may have members in common with another, though not
/// one of its outputs with another. Plans take nothing from anybody.
pub(in crate::graph) fn stake(
    statements: &[Statement],
    channel: Channel,
    is_planned: bool,
) -> Stake {
    let holding = holding(statements, channel);
    let is_mixed = is_mixed(statements, channel);
    let may_overlap = match channel {
        Channel::Sites => true,
        Channel::Output => false,
        _ => holding.kind == EntityKind::Group || is_mixed,
    };
    let is_rest = statements.iter().any(|statement| statement.is_rest);
    Stake {
        share: share(statements, is_mixed),
        rounding: statements
            .iter()
            .map(|statement| statement.rounding)
            .fold(0.0, f64::max),
        is_documented: statements.iter().any(|statement| statement.is_documented),
        holding,
        is_part: !may_overlap && !is_planned && !is_rest,
        is_rest,
        is_planned,
    }
}

/// The holding of the first statement that gives the share, or else of the first of all. What
/// somebody makes, operates and owns are parts of one business, whatever kind of thing each is, so
/// there the kind of the holder is the same for all.
fn holding(statements: &[Statement], channel: Channel) -> Holding {
    let told = statements.iter().find(|statement| statement.is_documented);
    let holding = told.unwrap_or(&statements[0]).holding;
    Holding {
        kind: match channel {
            Channel::Output => EntityKind::Firm,
            _ => holding.kind,
        },
        is_held: is_held(statements),
        day: holding.day,
    }
}

fn is_held(statements: &[Statement]) -> bool {
    statements.iter().any(|statement| statement.holding.is_held)
}

/// Whether it is what an economy makes together with what its companies hold, of which nobody says
/// how far they are the same. Of nothing there is nothing to mix.
fn is_mixed(statements: &[Statement], channel: Channel) -> bool {
    channel == Channel::Sources
        && statements.iter().any(|statement| statement.is_made)
        && is_held(statements)
        && statements.iter().any(|statement| statement.share.hi > 0.0)
}

/// The share as far as it is stated. Of a mixed one the statements are shares of two wholes, which
/// may be the same tonnes or others: it is no less than either, and may be all.
fn share(statements: &[Statement], is_mixed: bool) -> Interval {
    let shares: Vec<Interval> = statements.iter().map(|statement| statement.share).collect();
    match is_mixed {
        true => Interval {
            lo: shares.iter().map(|share| share.lo).fold(0.0, f64::max),
            hi: 1.0,
        },
        false => Interval::of_all(&shares),
    }
}
