//! The least and the greatest loss that shares within their intervals allow: a linear program that
//! a greedy fill solves exactly.

use crate::facts::Interval;

/// One alternative of a requirement: the share that it may have, and the loss of what it leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The share, from and to.
    pub share: Interval,
    /// The part of it that is gone, from 0 to 1.
    pub loss: f64,
    /// The share that the optimum gives it; set by [`least`] and [`greatest`].
    pub chosen: f64,
    /// Which alternative it is, whatever the order.
    pub number: u32,
}

impl Part {
    /// An alternative with no share chosen yet.
    pub fn new(share: Interval, loss: f64) -> Self {
        Part {
            share,
            loss,
            chosen: 0.0,
            number: 0,
        }
    }
}

/// The least Σ share · loss over all shares within their intervals that come to at most 1; to
/// exactly 1, as far as the intervals allow it, where something stands for the rest (`is_whole`).
/// Reorders the parts.
///
/// The part that is not covered by the lower bounds goes to what loses least; where nothing stands
/// for the rest, to nothing. If the lower bounds come to more than 1, the facts contradict each
/// other, and each is believed for itself.
///
/// Takes time in proportion to the parts, and to sort them where `is_whole`.
///
/// ```
/// use hanjung::facts::Interval;
/// use hanjung::graph::loss::{Part, least};
///
/// let share = |lo, hi| Interval { lo, hi };
/// let mut parts = [Part::new(share(0.4, 0.9), 1.0), Part::new(share(0.0, 0.5), 0.2)];
/// assert_eq!(least(&mut parts, false), 0.4);
/// assert_eq!(least(&mut parts, true), 0.5 * 1.0 + 0.5 * 0.2);
/// ```
pub fn least(parts: &mut [Part], is_whole: bool) -> f64 {
    let room = begin(parts);
    if room < 0.0 {
        return contradicted(parts);
    }
    if is_whole {
        parts.sort_by(|a, b| a.loss.total_cmp(&b.loss));
        fill(parts, room);
    }
    total(parts)
}

/// The greatest Σ share · loss over all shares within their intervals that come to at most 1.
/// Reorders the parts.
///
/// The part that is not covered by the lower bounds goes to what loses most. If the lower bounds
/// come to more than 1, the facts contradict each other, and the loss is bounded by the sum of the
/// upper ones.
///
/// ```
/// use hanjung::facts::Interval;
/// use hanjung::graph::loss::{Part, greatest};
///
/// let share = |lo, hi| Interval { lo, hi };
/// let mut parts = [Part::new(share(0.0, 0.5), 0.2), Part::new(share(0.4, 0.9), 1.0)];
/// assert_eq!(greatest(&mut parts), 0.9 * 1.0 + (1.0 - 0.9) * 0.2);
/// ```
pub fn greatest(parts: &mut [Part]) -> f64 {
    let room = begin(parts);
    if room < 0.0 {
        parts
            .iter_mut()
            .for_each(|part| part.chosen = part.share.hi);
        return total(parts).min(1.0);
    }
    parts.sort_by(|a, b| b.loss.total_cmp(&a.loss));
    fill(parts, room);
    total(parts)
}

/// Sums of shares that are off by less are off by rounding.
pub(super) const ROUNDING: f64 = 1e-9;

/// Gives each part its least; what is left of the whole is below 0 only if that is more than all.
fn begin(parts: &mut [Part]) -> f64 {
    parts
        .iter_mut()
        .for_each(|part| part.chosen = part.share.lo);
    let room = 1.0 - parts.iter().map(|part| part.share.lo).sum::<f64>();
    if room > -ROUNDING {
        room.max(0.0)
    } else {
        room
    }
}

/// Gives what is left to the parts in their order, each as much as it may have.
fn fill(parts: &mut [Part], mut room: f64) {
    for part in parts {
        let more = room.min(part.share.hi - part.share.lo).max(0.0);
        part.chosen += more;
        room -= more;
    }
}

/// What the chosen shares lose: something, however little, wherever a part that has any share loses
/// any.
fn total(parts: &[Part]) -> f64 {
    let loss = |part: &Part| match part.chosen * part.loss {
        0.0 if part.chosen > 0.0 && part.loss > 0.0 => f64::MIN_POSITIVE,
        loss => loss,
    };
    parts.iter().map(loss).sum::<f64>().min(1.0)
}

/// Where lower bounds contradict each other: the largest loss that one of them proves by itself.
fn contradicted(parts: &mut [Part]) -> f64 {
    let proven = |part: &Part| part.share.lo * part.loss;
    let best = (0..parts.len()).max_by(|&a, &b| proven(&parts[a]).total_cmp(&proven(&parts[b])));
    parts.iter_mut().for_each(|part| part.chosen = 0.0);
    best.map_or(0.0, |best| {
        parts[best].chosen = parts[best].share.lo;
        proven(&parts[best])
    })
}
