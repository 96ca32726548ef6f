//! The bounds of the loss through one requirement.
//!
//! Alternatives that are parts of one whole are shared out exactly. Where there are several wholes, which may hold the same twice, the
//! bounds are still sound, though not always the tightest: at least what one whole proves by itself, at most what all add up to.

use super::fill::{Part, greatest, least};
use super::network::{REST, Way};
use crate::facts::Interval;

/// Which of the two bounds of a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The least that is lost.
    Least,
    /// The most that is lost.
    Greatest,
}

impl Side {
    /// This bound of an interval.
    pub fn of(self, interval: Interval) -> f64 {
        match self {
            Side::Least => interval.lo,
            Side::Greatest => interval.hi,
        }
    }
}

/// The loss through a requirement, given what is lost of each place.
pub(super) fn through(ways: &[Way], losses: &[Interval], parts: &mut Vec<Part>) -> Interval {
    match ways {
        [way] if way.share == Interval::WHOLE => losses[way.to as usize],
        _ if ways.iter().all(|way| losses[way.to as usize].hi == 0.0) => Interval { lo: 0.0, hi: 0.0 },
        _ => {
            let lo = bound(ways, Side::Least, losses, parts);
            let hi = bound(ways, Side::Greatest, losses, parts);
            Interval { lo, hi: hi.max(lo) }
        }
    }
}

/// One bound of the loss through a requirement. Leaves in `parts` the shares that give it.
pub(super) fn bound(ways: &[Way], side: Side, losses: &[Interval], parts: &mut Vec<Part>) -> f64 {
    parts.clear();
    parts.extend(ways.iter().zip(0..).map(|(way, number)| {
        let loss = side.of(losses[way.to as usize]);
        Part { number, ..Part::new(way.share, loss) }
    }));
    let has_rest = ways.last().is_some_and(|way| way.whole == REST);
    let is_one_whole = ways.iter().all(|way| way.whole == ways[0].whole || way.whole == REST);
    match (side, is_one_whole) {
        (Side::Least, true) => least(parts, has_rest),
        (Side::Greatest, true) => greatest(parts),
        (Side::Least, false) => least_of_wholes(ways, has_rest, parts),
        (Side::Greatest, false) => greatest_of_wholes(ways, parts),
    }
}

/// The largest of what each whole proves by itself. What the others have may be part of what it has, so that nothing more is lost through
/// them; and what they have beside it may be what they do not lose, and takes the place of the rest.
fn least_of_wholes(ways: &[Way], has_rest: bool, parts: &mut Vec<Part>) -> f64 {
    let all = parts.clone();
    let mut best: Option<(f64, Vec<Part>)> = None;
    for whole in ways.chunk_by(|a, b| a.whole == b.whole).map(|ways| ways[0].whole).filter(|&whole| whole != REST) {
        let is_other = |part: &Part| ways[part.number as usize].whole != whole;
        let mut parts = all.clone();
        for part in parts.iter_mut().filter(|part| ways[part.number as usize].whole != REST && is_other(part)) {
            (part.share.lo, part.loss) = (0.0, 0.0);
        }
        let proven = least(&mut parts, has_rest);
        if best.as_ref().is_none_or(|(known, _)| proven > *known) {
            best = Some((proven, parts));
        }
    }
    let (proven, chosen) = best.unwrap_or_default();
    *parts = chosen;
    proven
}

/// The sum of what each whole allows by itself, and of the rest.
fn greatest_of_wholes(ways: &[Way], parts: &mut [Part]) -> f64 {
    let (mut sum, mut from) = (0.0, 0);
    for whole in ways.chunk_by(|a, b| a.whole == b.whole) {
        let to = from + whole.len();
        sum += greatest(&mut parts[from..to]);
        from = to;
    }
    f64::min(sum, 1.0)
}
