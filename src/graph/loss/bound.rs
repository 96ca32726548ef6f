//! The bounds of the loss through one requirement.
//!
//! Alternatives that are parts of one whole are shared out exactly. Where there are several wholes,
//! which may hold the same twice, the bounds are still sound, though not always the tightest: at
//! least what one whole proves by itself, at most what all add up to, or what one allows that loses
//! all that the others lose.

use super::fill::{Part, greatest, least};
use super::network::{Network, REST, Way, wholly};
use super::places::Places;
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

/// A network and what is known so far of what is lost of each of its places.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub network: &'k Network,
    pub losses: &'k [Interval],
    /// What the cut itself takes, by place, in their order.
    pub cut: &'k [(u32, f64)],
    /// What the cut reaches.
    pub reached: &'k Places,
    /// What is gone entirely.
    pub gone: &'k Places,
    /// Whether all who take from something go short of it in proportion; else nothing is taken for
    /// granted.
    pub is_even: bool,
}

impl Known<'_> {
    /// The loss of what an alternative leads to, as it counts here: where that is shared out and
    /// nothing says among whom, it may be all, none or any part.
    pub fn loss(&self, way: &Way) -> Interval {
        let to = way.to as usize;
        if self.is_even || !way.is_shared_out {
            return self.losses[to];
        }
        let all_if = |is: bool| if is { 1.0 } else { 0.0 };
        Interval {
            lo: all_if(self.gone.contains(to)),
            hi: all_if(self.reached.contains(to)),
        }
    }

    /// The loss through a requirement.
    pub fn through(&self, ways: &[Way], parts: &mut Vec<Part>) -> Interval {
        match ways {
            [way] if way.share == Interval::WHOLE => self.loss(way),
            _ if ways.iter().all(|way| self.loss(way).hi == 0.0) => Interval { lo: 0.0, hi: 0.0 },
            _ => {
                let lo = self.bound(ways, Side::Least, parts);
                let hi = self.bound(ways, Side::Greatest, parts);
                Interval { lo, hi: hi.max(lo) }
            }
        }
    }

    /// One bound of the loss through a requirement. Leaves in `parts` the shares that give it.
    pub fn bound(&self, ways: &[Way], side: Side, parts: &mut Vec<Part>) -> f64 {
        parts.clear();
        parts.extend(ways.iter().zip(0..).map(|(way, number)| {
            let loss = side.of(self.loss(way));
            Part {
                number,
                ..Part::new(way.share, loss)
            }
        }));
        let has_rest = ways.last().is_some_and(|way| way.whole == REST);
        let is_one_whole = ways
            .iter()
            .all(|way| way.whole == ways[0].whole || way.whole == REST);
        match (side, is_one_whole) {
            (Side::Least, true) => least(parts, has_rest),
            (Side::Greatest, true) => greatest(parts),
            (Side::Least, false) => least_of_wholes(ways, has_rest, parts),
            (Side::Greatest, false) => self.greatest_of_wholes(ways, parts),
        }
    }

    /// The sum of what each whole allows by itself, and of the rest; or less, where all that is
    /// lost outside of one whole is lost inside it too.
    fn greatest_of_wholes(&self, ways: &[Way], parts: &mut Vec<Part>) -> f64 {
        let all = std::mem::take(parts);
        let mut best = greatest_beside(ways, &all, &[], |_| false);
        for whole in ways
            .chunk_by(|a, b| a.whole == b.whole)
            .filter(|whole| whole[0].whole != REST)
        {
            let is_common =
                |way: &Way| way.whole != whole[0].whole && self.loses_only_with(way, whole);
            if ways.iter().any(is_common) {
                let bound = greatest_beside(ways, &all, whole, is_common);
                best = if bound.0 < best.0 { bound } else { best };
            }
        }
        *parts = best.1;
        best.0
    }

    /// Whether something loses only through what some others cannot do without either, so that its
    /// loss is part of theirs.
    fn loses_only_with(&self, way: &Way, others: &[Way]) -> bool {
        let is_cut = self
            .cut
            .binary_search_by_key(&way.to, |(place, _)| *place)
            .is_ok();
        let is_shared = |to: u32| {
            others
                .iter()
                .all(|other| self.network.needs_wholly(other.to as usize, to))
        };
        let mut requirements = self
            .network
            .requirements(way.to as usize)
            .map(|number| self.network.ways(number));
        !is_cut
            && requirements.all(|ways| {
                let is_unharmed = ways
                    .iter()
                    .filter(|way| way.leads())
                    .all(|way| self.loss(way).hi == 0.0);
                is_unharmed || wholly(ways).is_some_and(is_shared)
            })
    }
}

/// The largest of what each whole proves by itself. What the others have may be part of what it
/// has, so that nothing more is lost through them; and what they have beside it may be what they do
/// not lose, and takes the place of the rest.
fn least_of_wholes(ways: &[Way], has_rest: bool, parts: &mut Vec<Part>) -> f64 {
    let all = parts.clone();
    let mut best: Option<(f64, Vec<Part>)> = None;
    for whole in ways
        .chunk_by(|a, b| a.whole == b.whole)
        .map(|ways| ways[0].whole)
        .filter(|&whole| whole != REST)
    {
        let is_other = |part: &Part| ways[part.number as usize].whole != whole;
        let mut parts = all.clone();
        for part in parts
            .iter_mut()
            .filter(|part| ways[part.number as usize].whole != REST && is_other(part))
        {
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

/// What one whole allows together with what is common to it and others, and the sum of what each
/// other whole allows of the rest; with the shares that give it.
fn greatest_beside(
    ways: &[Way],
    all: &[Part],
    whole: &[Way],
    is_common: impl Fn(&Way) -> bool,
) -> (f64, Vec<Part>) {
    let way = |part: &Part| &ways[part.number as usize];
    let is_own = |part: &Part| {
        whole
            .first()
            .is_some_and(|first| first.whole == way(part).whole)
    };
    let common = all.iter().filter(|part| is_common(way(part)));
    let common = common.map(|part| Part {
        share: Interval {
            lo: 0.0,
            ..part.share
        },
        ..*part
    });
    let mut chosen: Vec<Part> = all
        .iter()
        .filter(|part| is_own(part))
        .copied()
        .chain(common)
        .collect();
    let mut sum = greatest(&mut chosen);
    for others in all
        .chunk_by(|a, b| way(a).whole == way(b).whole)
        .filter(|others| !is_own(&others[0]))
    {
        let counted = |part: &Part| {
            if is_common(way(part)) {
                Part { loss: 0.0, ..*part }
            } else {
                *part
            }
        };
        let mut others: Vec<Part> = others.iter().map(counted).collect();
        sum += greatest(&mut others);
        chosen.extend(others.into_iter().filter(|part| part.loss > 0.0));
    }
    (f64::min(sum, 1.0), chosen)
}
