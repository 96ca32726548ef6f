//! The shares of one requirement together: which are parts of one whole, and what the others leave
//! to each.

use crate::facts::{Date, EntityKind, Interval, Tally};

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
pub(super) struct Part {
    pub share: Interval,
    /// The number of the whole that it is a part of.
    pub whole: u32,
    /// Whether the printed shares of its whole come to more than the whole, but no more than
    /// rounding explains.
    pub is_rounded: bool,
}

/// What each of some alternatives can cover. Takes time in proportion to them, for each way of
/// holding.
pub(super) fn shared_out(stakes: &mut [Stake]) -> Vec<Part> {
    align_days(stakes);
    let printed = Held::of(stakes);
    let rounded: Vec<Holding> = printed
        .least
        .iter()
        .filter(|(.., held)| held.is_rounded())
        .map(|held| held.0)
        .collect();
    let is_rounded = |stake: &Stake| stake.is_part && rounded.contains(&stake.holding);
    for stake in stakes.iter_mut().filter(|stake| is_rounded(stake)) {
        let [lo, hi, rounding] = [stake.share.lo, stake.share.hi, stake.rounding].map(Tally::of);
        let (lo, hi) = (
            (lo - rounding).max(Tally::default()),
            (hi + rounding).min(Tally::ONE),
        );
        stake.share = Interval {
            lo: lo.value(),
            hi: hi.value(),
        };
    }
    let held = if rounded.is_empty() {
        printed.clone()
    } else {
        Held::of(stakes)
    };
    let mut wholes = Wholes::default();
    let part = |stake: &Stake| Part {
        share: if stake.is_rest {
            printed.rest(stake.is_planned)
        } else {
            held.left_to(stake)
        },
        whole: wholes.number(stake),
        is_rounded: is_rounded(stake),
    };
    stakes.iter().map(part).collect()
}

/// Has shares that no document gives hold on the day of those that are given, if that is one day:
/// on any day they leave each other room.
fn align_days(stakes: &mut [Stake]) {
    let given: Vec<Holding> = stakes
        .iter()
        .filter(|stake| stake.is_documented)
        .map(|stake| stake.holding)
        .collect();
    for stake in stakes.iter_mut().filter(|stake| !stake.is_documented) {
        let is_likewise = |other: &&Holding| {
            Holding {
                day: None,
                ..**other
            } == Holding {
                day: None,
                ..stake.holding
            }
        };
        let mut days = given.iter().filter(is_likewise).map(|holding| holding.day);
        let first = days.next();
        let is_one_day = days.all(|day| Some(day) == first);
        stake.holding.day = first.flatten().filter(|_| is_one_day);
    }
}

/// What those who hold likewise have at least, as it is written and as low as it may have been
/// before it was rounded.
#[derive(Clone, Copy, Debug, Default)]
struct Least {
    written: Tally,
    unrounded: Tally,
}

impl Least {
    fn is_rounded(&self) -> bool {
        self.written > Tally::ONE && self.unrounded <= Tally::ONE
    }
}

/// What the stated shares of a requirement come to, the rest not counted.
#[derive(Clone, Default)]
struct Held {
    /// For each way of holding the sum of the lower bounds, plans left out.
    least: Vec<(Holding, Least)>,
    /// The largest lower bound of what is part of no whole.
    least_alone: Tally,
    /// The sum of the upper bounds.
    most: Tally,
    /// The sum of the upper bounds of plans.
    most_planned: Tally,
    /// The largest lower bound of a plan: it leaves the rest of a plan no more.
    least_planned: Tally,
}

impl Held {
    fn of(stakes: &[Stake]) -> Self {
        let mut held = Held::default();
        for stake in stakes.iter().filter(|stake| !stake.is_rest) {
            held.add(stake);
        }
        held
    }

    fn add(&mut self, stake: &Stake) {
        let (lo, hi) = (Tally::of(stake.share.lo), Tally::of(stake.share.hi));
        if stake.is_planned {
            self.most_planned = self.most_planned + hi;
            self.least_planned = self.least_planned.max(lo);
            return;
        }
        self.most = self.most + hi;
        if !stake.is_part {
            self.least_alone = self.least_alone.max(lo);
            return;
        }
        let at = self
            .least
            .iter()
            .position(|(holding, _)| *holding == stake.holding)
            .unwrap_or_else(|| {
                self.least.push((stake.holding, Least::default()));
                self.least.len() - 1
            });
        let least = &mut self.least[at].1;
        least.written = least.written + lo;
        least.unrounded = least.unrounded + (lo - Tally::of(stake.rounding)).max(Tally::default());
    }

    /// What the others leave to one: those who hold likewise, as far as all of them are parts of
    /// one whole.
    fn left_to(&self, stake: &Stake) -> Interval {
        let Interval { lo, hi } = stake.share;
        let likewise = self
            .least
            .iter()
            .find(|(holding, _)| stake.is_part && *holding == stake.holding);
        let Some((_, least)) = likewise else {
            return stake.share;
        };
        let room = Tally::ONE - (least.written - Tally::of(lo));
        Interval {
            lo,
            hi: hi.min(room.value()).max(lo),
        }
    }

    /// What all leave together.
    fn rest(&self, with_plans: bool) -> Interval {
        let most = if with_plans {
            self.most + self.most_planned
        } else {
            self.most
        };
        let alone = if with_plans {
            self.least_alone.max(self.least_planned)
        } else {
            self.least_alone
        };
        let least = self
            .least
            .iter()
            .map(|(_, least)| least.written)
            .fold(alone, Tally::max);
        let beside = |held: Tally| (Tally::ONE - held).max(Tally::default()).value();
        Interval {
            lo: beside(most),
            hi: beside(least),
        }
    }
}

/// Numbers the wholes that the alternatives of a requirement are parts of.
#[derive(Default)]
struct Wholes {
    /// The holding of each number; none for what stands alone.
    holdings: Vec<Option<Holding>>,
}

impl Wholes {
    fn number(&mut self, stake: &Stake) -> u32 {
        let wanted = Some(stake.holding).filter(|_| stake.is_part);
        let known = self
            .holdings
            .iter()
            .position(|known| wanted.is_some() && *known == wanted);
        let number = known.unwrap_or_else(|| {
            self.holdings.push(wanted);
            self.holdings.len() - 1
        });
        number as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stake(kind: EntityKind, day: Option<&str>, lo: f64, hi: f64) -> Stake {
        Stake {
            share: Interval { lo, hi },
            rounding: 0.0,
            is_documented: true,
            holding: Holding {
                kind,
                is_held: false,
                day: day.and_then(Date::parse),
            },
            is_part: true,
            is_rest: false,
            is_planned: false,
        }
    }

    fn shares(mut stakes: Vec<Stake>) -> Vec<(f64, f64, u32)> {
        shared_out(&mut stakes)
            .into_iter()
            .map(|part| (part.share.lo, part.share.hi, part.whole))
            .collect()
    }

    use EntityKind::{Economy, Firm};

    #[test]
    fn parts_of_one_whole_leave_each_other_room() {
        let stakes = vec![
            stake(Economy, None, 0.6, 1.0),
            stake(Economy, None, 0.3, 0.9),
            stake(Firm, None, 0.5, 1.0),
        ];
        assert_eq!(
            shares(stakes),
            [(0.6, 0.7, 0), (0.3, 0.4, 0), (0.5, 1.0, 1)]
        );
    }

    #[test]
    fn what_companies_hold_leaves_room_for_what_is_made_elsewhere() {
        let mut held = stake(Economy, None, 0.8, 0.8);
        held.holding.is_held = true;
        assert_eq!(
            shares(vec![held, stake(Economy, None, 0.7, 1.0)]),
            [(0.8, 0.8, 0), (0.7, 1.0, 1)]
        );
    }

    #[test]
    fn shares_of_different_days_are_parts_of_different_wholes() {
        let stakes = vec![
            stake(Economy, Some("2020"), 0.6, 1.0),
            stake(Economy, Some("2023"), 0.5, 1.0),
        ];
        assert_eq!(shares(stakes), [(0.6, 1.0, 0), (0.5, 1.0, 1)]);
    }

    #[test]
    fn what_no_document_gives_holds_on_the_day_of_the_others_if_that_is_one() {
        let unknown = Stake {
            is_documented: false,
            ..stake(Economy, None, 0.0, 1.0)
        };
        let (then, now) = (
            stake(Economy, Some("2020"), 0.6, 0.6),
            stake(Economy, Some("2023"), 0.5, 0.5),
        );
        assert_eq!(shares(vec![now, unknown]), [(0.5, 0.5, 0), (0.0, 0.5, 0)]);
        assert_eq!(
            shares(vec![now, then, unknown]),
            [(0.5, 0.5, 0), (0.6, 0.6, 1), (0.0, 1.0, 2)]
        );
    }

    #[test]
    fn what_is_left_is_counted_in_decimals() {
        let rest = Stake {
            is_rest: true,
            is_part: false,
            ..stake(Economy, None, 0.0, 1.0)
        };
        let third = |lo| stake(Economy, None, lo, lo);
        let parts = shares(vec![third(0.7), third(0.2), third(0.1), rest]);
        assert_eq!(parts[3], (0.0, 0.0, 1));
        assert_eq!(shares(vec![third(1e-12), rest])[0], (1e-12, 1e-12, 0));
    }

    #[test]
    fn what_rounding_explains_is_taken_as_rounded() {
        let rounded = |lo| Stake {
            rounding: 0.0005,
            ..stake(Economy, None, lo, lo)
        };
        let mut stakes = vec![rounded(0.334), rounded(0.334), rounded(0.333)];
        let parts = shared_out(&mut stakes);
        assert!(parts.iter().all(|part| part.is_rounded));
        let sum: Tally = parts.iter().map(|part| Tally::of(part.share.lo)).sum();
        assert!(sum <= Tally::ONE);
        assert!(parts.iter().all(|part| part.share.lo < part.share.hi));
        let mut too_much = vec![rounded(0.5), rounded(0.6)];
        assert!(
            shared_out(&mut too_much)
                .iter()
                .all(|part| !part.is_rounded)
        );
    }
}
