//! The losses of a small network by the definition alone: from 0, every node is worked out again and again from all choices of shares, one for each corner
//! of what the intervals allow. Nothing here knows components, orders or greedy fills.

use hanjung::facts::Interval;

use crate::webs::{Cut, Requirement, Way, Web, tenths};

/// The bounds of a share, the loss of what it leads to.
type Stake = (f64, f64, f64);

const NEAR: f64 = 1e-12;

/// The losses of all nodes, worked out until nothing changes.
pub fn losses(web: &Web, cut: &Cut) -> Vec<Interval> {
    let mut losses = vec![Interval { lo: 0.0, hi: 0.0 }; web.nodes];
    for _ in 0..10_000 {
        let next: Vec<Interval> = (0..web.nodes).map(|node| loss(web, cut, &losses, node)).collect();
        let is_near = |a: &Interval, b: &Interval| (a.lo - b.lo).abs() < 1e-15 && (a.hi - b.hi).abs() < 1e-15;
        if next.iter().zip(&losses).all(|(next, last)| is_near(next, last)) {
            return next;
        }
        losses = next;
    }
    panic!("the losses do not come to rest")
}

fn loss(web: &Web, cut: &Cut, losses: &[Interval], node: usize) -> Interval {
    let cut = cut.iter().filter(|(which, _)| *which == node).map(|(_, part)| tenths(*part)).fold(0.0, f64::max);
    let requirements = || web.requirements.iter().filter(|requirement| requirement.of == node);
    Interval {
        lo: requirements().map(|requirement| least(requirement, losses)).fold(cut, f64::max),
        hi: requirements().map(|requirement| greatest(requirement, losses)).fold(cut, f64::max),
    }
}

/// What one whole proves by itself: the others may be parts of it, or take the place of the rest and lose nothing there.
fn least(requirement: &Requirement, losses: &[Interval]) -> f64 {
    let stake = |way: &Way| (tenths(way.lo), tenths(way.hi), losses[way.to].lo);
    let beside = |way: &Way| (0.0, tenths(way.hi), 0.0);
    let proven = |whole: u8| {
        let is_own = |way: &Way| way.whole.is_none_or(|own| own == whole);
        let stakes = requirement.ways.iter().map(|way| if is_own(way) { stake(way) } else { beside(way) });
        outcomes(&stakes.collect::<Vec<_>>(), requirement.has_rest()).fold(f64::INFINITY, f64::min)
    };
    requirement.wholes().into_iter().map(proven).fold(0.0, f64::max)
}

/// What all wholes allow together.
fn greatest(requirement: &Requirement, losses: &[Interval]) -> f64 {
    let stake = |way: &Way| (tenths(way.lo), tenths(way.hi), losses[way.to].hi);
    let most = |stakes: Vec<Stake>| outcomes(&stakes, false).fold(0.0, f64::max);
    let of_wholes = |is_wanted: &dyn Fn(&Way) -> bool| {
        most(requirement.ways.iter().filter(|way| is_wanted(way)).map(stake).collect())
    };
    match requirement.wholes().as_slice() {
        [_] => of_wholes(&|_| true),
        wholes => {
            let parts = wholes.iter().map(|whole| of_wholes(&|way| way.whole == Some(*whole)));
            f64::min(parts.sum::<f64>() + of_wholes(&|way| way.whole.is_none()), 1.0)
        }
    }
}

/// The losses at all corners: each share at one of its bounds, but for at most one that fills up the whole.
fn outcomes(stakes: &[Stake], is_whole: bool) -> impl Iterator<Item = f64> {
    let most = stakes.iter().map(|stake| stake.1).sum::<f64>().min(1.0);
    let fits = move |sum: f64| sum <= 1.0 + NEAR && (!is_whole || sum >= most - NEAR);
    (0..1_u32 << stakes.len()).flat_map(move |pattern| {
        let bound = |at: usize| if pattern >> at & 1 == 0 { stakes[at].0 } else { stakes[at].1 };
        let shares: Vec<f64> = (0..stakes.len()).map(bound).collect();
        corners(stakes, shares, most)
            .into_iter()
            .filter(move |shares| fits(shares.iter().sum()))
            .map(move |shares| shares.iter().zip(stakes).map(|(share, stake)| share * stake.2).sum())
    })
}

/// Shares as they are, and with each of them changed so that they come to the whole.
fn corners(stakes: &[Stake], shares: Vec<f64>, most: f64) -> Vec<Vec<f64>> {
    let missing = most - shares.iter().sum::<f64>();
    let mut corners = vec![shares.clone()];
    for (at, &(lo, hi, _)) in stakes.iter().enumerate() {
        let filled = shares[at] + missing;
        if lo - NEAR <= filled && filled <= hi + NEAR {
            corners.push(shares.clone());
            corners.last_mut().expect("it was put in")[at] = filled;
        }
    }
    corners
}
