//! What the alternatives of one requirement leave to each other: which are parts of one whole, and
//! how far each is narrowed by the rest of it.

use super::{Allotment, Holding, Stake};
use crate::facts::{Interval, Tally};

/// What each of some alternatives can cover. Takes time in proportion to them, for each holding.
///
/// The rest is what the shares leave as they are printed, and not as they are widened: were it
/// otherwise, shares that fill the whole would leave a rest that only rounding made.
pub(in crate::graph) fn shared_out(stakes: &mut [Stake]) -> Vec<Allotment> {
    align_days(stakes);
    let printed = Held::of(stakes);
    let rounded = printed.rounded();
    widen(stakes, &rounded);
    let widened = match rounded.is_empty() {
        true => printed.clone(),
        false => Held::of(stakes),
    };
    let mut wholes = Wholes::default();
    let allotment = |stake: &Stake| Allotment {
        share: match stake.is_rest {
            true => printed.rest(stake.is_planned),
            false => widened.left_to(stake),
        },
        whole: wholes.number(stake),
        is_rounded: is_among(&rounded, stake),
    };
    stakes.iter().map(allotment).collect()
}

/// Has shares that no document gives hold on the day of those that are given, if that is one day:
/// what is not known may be of any day, so also of that one, and then all of them are parts of one
/// whole. Where the others are of several days, it could be of only one of them, nobody says which.
fn align_days(stakes: &mut [Stake]) {
    let given: Vec<Holding> = stakes
        .iter()
        .filter(|stake| stake.is_documented)
        .map(|stake| stake.holding)
        .collect();
    for stake in stakes.iter_mut().filter(|stake| !stake.is_documented) {
        let likewise = given.iter().filter(|other| other.is_like(&stake.holding));
        let mut days = likewise.map(|holding| holding.day);
        let first = days.next();
        let is_one_day = days.all(|day| Some(day) == first);
        stake.holding.day = first.flatten().filter(|_| is_one_day);
    }
}

impl Holding {
    /// Whether another is the same, but for the day.
    fn is_like(&self, other: &Holding) -> bool {
        (self.kind, self.is_held) == (other.kind, other.is_held)
    }
}

/// Widens the shares of the wholes that rounding explains by as much as it may have changed them.
fn widen(stakes: &mut [Stake], rounded: &[Holding]) {
    let concerned = stakes.iter_mut().filter(|stake| is_among(rounded, stake));
    for stake in concerned {
        let [lo, hi, rounding] = [stake.share.lo, stake.share.hi, stake.rounding].map(Tally::of);
        stake.share = Interval {
            lo: (lo - rounding).max(Tally::default()).value(),
            hi: (hi + rounding).min(Tally::ONE).value(),
        };
    }
}

fn is_among(holdings: &[Holding], stake: &Stake) -> bool {
    stake.is_part && holdings.contains(&stake.holding)
}

/// The sum of the lower bounds of one whole: as they are printed, and as low as they may have been
/// before they were rounded.
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
    /// For each holding the sum of the lower bounds, plans left out.
    least: Vec<(Holding, Least)>,
    /// The largest lower bound of what is part of no whole.
    least_alone: Tally,
    /// The sum of the upper bounds.
    most: Tally,
    /// The sum of the upper bounds of plans.
    most_planned: Tally,
    /// The largest lower bound of a plan: where plans count, the rest is at most what it leaves.
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
        if stake.is_part {
            let least = self.least_of(stake.holding);
            let unrounded = (lo - Tally::of(stake.rounding)).max(Tally::default());
            least.written = least.written + lo;
            least.unrounded = least.unrounded + unrounded;
        } else {
            self.least_alone = self.least_alone.max(lo);
        }
    }

    fn least_of(&mut self, holding: Holding) -> &mut Least {
        let known = self.least.iter().position(|(known, _)| *known == holding);
        let at = known.unwrap_or_else(|| {
            self.least.push((holding, Least::default()));
            self.least.len() - 1
        });
        &mut self.least[at].1
    }

    /// The holdings whose printed shares come to more than the whole only by rounding.
    fn rounded(&self) -> Vec<Holding> {
        let rounded = self.least.iter().filter(|(_, least)| least.is_rounded());
        rounded.map(|(holding, _)| *holding).collect()
    }

    /// What the others in its whole leave to one share. Where they contradict each other there is
    /// less room than its lower bound; then the lower bound is kept, for no document says which of
    /// them is wrong.
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

    /// What all leave together. Shares that may count the same twice are not added up from below:
    /// the whole with the largest lower bound leaves least.
    fn rest(&self, with_plans: bool) -> Interval {
        let (most, alone) = match with_plans {
            true => (
                self.most + self.most_planned,
                self.least_alone.max(self.least_planned),
            ),
            false => (self.most, self.least_alone),
        };
        let wholes = self.least.iter().map(|(_, least)| least.written);
        Interval {
            lo: beside(most),
            hi: beside(wholes.fold(alone, Tally::max)),
        }
    }
}

/// What some shares leave of the whole.
fn beside(held: Tally) -> f64 {
    (Tally::ONE - held).max(Tally::default()).value()
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
