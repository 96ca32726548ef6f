//! The algebra of shares: intervals in, intervals out. It knows neither nodes nor facts.
//!
//! What several statements on one alternative of a requirement come to ([`stake`]), and then what
//! all alternatives of the requirement leave to each ([`shared_out`]).

mod combined;
mod divided;
#[cfg(test)]
mod tests;

pub(super) use combined::{Latest, stake};
pub(super) use divided::shared_out;

use crate::facts::{Date, EntityKind, Interval};

/// By what shares are sorted into wholes: the kind of their holder, how it holds them, and the day,
/// as far as it is said. Only shares that agree in all of it are added up: a country's share
/// includes those of its firms, what its companies hold is made in other countries too, and shares
/// of different years are not parts of one whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holding {
    pub kind: EntityKind,
    /// Whether its companies hold it, wherever it is made.
    pub is_held: bool,
    pub day: Option<Date>,
}

/// What one fact, or several together, say of the share of an alternative.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement {
    pub share: Interval,
    /// By how much the share may be off because its digits were rounded.
    pub rounding: f64,
    /// The day that the share is told for, where a document gives it as a figure and that day is
    /// known. Of figures of different days only the latest counts.
    pub figure_of: Option<Date>,
    pub is_documented: bool,
    pub holding: Holding,
    /// Whether it is what is made, rather than what companies hold or what somebody buys.
    pub is_made: bool,
    pub is_rest: bool,
}

/// What is stated of one alternative, whatever is stated of the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stake {
    pub share: Interval,
    /// By how much the share may be off because its digits were rounded.
    pub rounding: f64,
    /// Whether a document gives the share. One that none gives may be of any day, and takes that of
    /// the others.
    pub is_documented: bool,
    pub holding: Holding,
    /// Whether all shares with its holding are parts of one whole, so that together they come to at
    /// most 1.
    pub is_part: bool,
    pub is_rest: bool,
    pub is_planned: bool,
}

/// What one alternative can cover beside the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Allotment {
    pub share: Interval,
    /// The number of the whole that it is a part of.
    pub whole: u32,
    /// Whether the printed shares of its whole come to more than the whole, but no more than
    /// rounding explains.
    pub is_rounded: bool,
}
