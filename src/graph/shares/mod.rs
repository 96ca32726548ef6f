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

/// Who holds a share, as to kind, and on which day, as far as it is said. Only shares that agree in
/// all are added up: a country's share holds those of its firms, what its companies hold is made in
/// other countries too, and shares of different years are not parts of one whole.
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
    /// Whether it counts as it is on the day that others have, where no document gives it.
    pub is_documented: bool,
    pub holding: Holding,
    /// Whether it and what others hold likewise are parts of one whole.
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
