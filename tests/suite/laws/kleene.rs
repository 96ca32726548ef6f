//! The losses of a small network by the definition alone: from 0, every node is worked out again
//! and again from all choices of shares, one for each corner of what the intervals allow. Nothing
//! here knows components, orders or greedy fills.

use hanjung::facts::Interval;

use crate::laws::webs::{Cut, Requirement, Way, Web, tenths};

/// The bounds of a share, the loss of what it leads to.
type Stake = (f64, f64, f64);

const NEAR: f64 = 1e-12;

/// What is known of losses while they are worked out.
struct Known {
    losses: Vec<Interval>,
    /// What is gone entirely, and what the cut reaches, where that is all that is known of what is
    /// shared out.
    steps: Option<(Vec<bool>, Vec<bool>)>,
}

impl Known {
    fn of(&self, way: &Way) -> Interval {
        let step = |is: bool| if is { 1.0 } else { 0.0 };
        match &self.steps {
            Some((gone, reached)) if way.is_shared_out => Interval {
                lo: step(gone[way.to]),
                hi: step(reached[way.to]),
            },
            _ => self.losses[way.to],
        }
    }
}

/// The losses of all nodes if shortage is shared in proportion, worked out until nothing changes.
pub fn losses(web: &Web, cut: &Cut) -> Vec<Interval> {
    worked_out(web, cut, &gone(web, cut), None)
}

/// The losses of all nodes whoever goes short.
pub fn sound_losses(web: &Web, cut: &Cut) -> Vec<Interval> {
    let gone = gone(web, cut);
    worked_out(web, cut, &gone, Some((gone.clone(), reached(web, cut))))
}

fn worked_out(
    web: &Web,
    cut: &Cut,
    gone: &[bool],
    steps: Option<(Vec<bool>, Vec<bool>)>,
) -> Vec<Interval> {
    let nothing = Interval { lo: 0.0, hi: 0.0 };
    let start = |node: usize| {
        if gone[node] {
            Interval { lo: 1.0, hi: 1.0 }
        } else {
            nothing
        }
    };
    let mut known = Known {
        losses: (0..web.nodes).map(start).collect(),
        steps,
    };
    for _ in 0..10_000 {
        let more = |a: Interval, b: Interval| Interval {
            lo: a.lo.max(b.lo),
            hi: a.hi.max(b.hi),
        };
        let next: Vec<Interval> = (0..web.nodes)
            .map(|node| more(start(node), loss(web, cut, &known, node)))
            .collect();
        let is_near =
            |a: &Interval, b: &Interval| (a.lo - b.lo).abs() < 1e-15 && (a.hi - b.hi).abs() < 1e-15;
        if next
            .iter()
            .zip(&known.losses)
            .all(|(next, last)| is_near(next, last))
        {
            return next;
        }
        known.losses = next;
    }
    panic!("the losses do not come to rest")
}

/// What is gone entirely: cut, or with a requirement that what is gone covers; gone round until
/// nothing is added.
fn gone(web: &Web, cut: &Cut) -> Vec<bool> {
    let mut gone: Vec<bool> = (0..web.nodes)
        .map(|node| cut.contains(&(node, 10)))
        .collect();
    for _ in 0..web.nodes {
        for requirement in &web.requirements {
            let ways: Vec<&Way> = requirement.ways.iter().filter(|way| way.hi > 0).collect();
            let has_rest = ways.iter().any(|way| way.whole.is_none());
            let is_all_gone = has_rest && ways.iter().all(|way| gone[way.to]);
            let is_covered = |whole: u8| {
                let of_gone = ways
                    .iter()
                    .filter(|way| way.whole == Some(whole) && gone[way.to]);
                of_gone.map(|way| way.lo).sum::<u8>() == 10 && requirement.least_of(whole) == 10
            };
            gone[requirement.of] |= is_all_gone || requirement.wholes().into_iter().any(is_covered);
        }
    }
    gone
}

/// What leads to the cut along ways that can have any share.
fn reached(web: &Web, cut: &Cut) -> Vec<bool> {
    let mut reached: Vec<bool> = (0..web.nodes)
        .map(|node| cut.iter().any(|(cut, _)| *cut == node))
        .collect();
    for _ in 0..web.nodes {
        for requirement in &web.requirements {
            reached[requirement.of] |= requirement
                .ways
                .iter()
                .any(|way| way.hi > 0 && reached[way.to]);
        }
    }
    reached
}

fn loss(web: &Web, cut: &Cut, losses: &Known, node: usize) -> Interval {
    let cut_of = cut;
    let cut = cut
        .iter()
        .filter(|(which, _)| *which == node)
        .map(|(_, part)| tenths(*part))
        .fold(0.0, f64::max);
    let requirements = || {
        web.requirements
            .iter()
            .filter(|requirement| requirement.of == node)
    };
    Interval {
        lo: requirements()
            .map(|requirement| least(requirement, losses))
            .fold(cut, f64::max),
        hi: requirements()
            .map(|requirement| greatest(web, cut_of, requirement, losses))
            .fold(cut, f64::max),
    }
}

/// What one whole proves by itself: the others may be parts of it, or take the place of the rest
/// and lose nothing there.
fn least(requirement: &Requirement, losses: &Known) -> f64 {
    let stake = |way: &Way| (tenths(way.lo), tenths(way.hi), losses.of(way).lo);
    let beside = |way: &Way| (0.0, tenths(way.hi), 0.0);
    let proven = |whole: u8| {
        let is_own = |way: &Way| way.whole.is_none_or(|own| own == whole);
        let stakes = requirement
            .ways
            .iter()
            .map(|way| if is_own(way) { stake(way) } else { beside(way) });
        outcomes(&stakes.collect::<Vec<_>>(), requirement.has_rest()).fold(f64::INFINITY, f64::min)
    };
    requirement
        .wholes()
        .into_iter()
        .map(proven)
        .fold(0.0, f64::max)
}

/// What all wholes allow together; or one of them together with what loses only what it loses too,
/// beside what the others allow of the rest.
fn greatest(web: &Web, cut: &Cut, requirement: &Requirement, losses: &Known) -> f64 {
    let wholes = requirement.wholes();
    let all = |_: &Way| false;
    let beside = |whole: u8| {
        let own: Vec<&Way> = requirement
            .ways
            .iter()
            .filter(|way| way.whole == Some(whole))
            .collect();
        let is_common =
            |way: &Way| way.whole != Some(whole) && loses_only_with(web, cut, way, &own, losses);
        together(requirement, losses, Some(whole), &is_common)
    };
    match wholes.as_slice() {
        [_] => most(
            requirement
                .ways
                .iter()
                .map(|way| stake(way, losses))
                .collect(),
        ),
        _ => wholes
            .iter()
            .map(|&whole| beside(whole))
            .fold(together(requirement, losses, None, &all), f64::min),
    }
}

fn stake(way: &Way, losses: &Known) -> Stake {
    (tenths(way.lo), tenths(way.hi), losses.of(way).hi)
}

fn most(stakes: Vec<Stake>) -> f64 {
    outcomes(&stakes, false).fold(0.0, f64::max)
}

/// The most that one whole loses with what is common to it and others, and the most that the others
/// lose of what is not.
fn together(
    requirement: &Requirement,
    losses: &Known,
    whole: Option<u8>,
    is_common: &dyn Fn(&Way) -> bool,
) -> f64 {
    let ways = &requirement.ways;
    let is_own = |way: &Way| whole.is_some() && way.whole == whole;
    let own = ways
        .iter()
        .filter(|way| is_own(way))
        .map(|way| stake(way, losses));
    let common = ways
        .iter()
        .filter(|way| is_common(way))
        .map(|way| (0.0, tenths(way.hi), losses.of(way).hi));
    let counted = |way: &Way| {
        if is_common(way) {
            (tenths(way.lo), tenths(way.hi), 0.0)
        } else {
            stake(way, losses)
        }
    };
    let mut others: Vec<Option<u8>> = ways
        .iter()
        .filter(|way| !is_own(way))
        .map(|way| way.whole)
        .collect();
    others.sort_unstable();
    others.dedup();
    let of = |other: Option<u8>| {
        most(
            ways.iter()
                .filter(|way| way.whole == other)
                .map(counted)
                .collect(),
        )
    };
    f64::min(
        most(own.chain(common).collect()) + others.into_iter().map(of).sum::<f64>(),
        1.0,
    )
}

/// Whether a way leads to what loses only through what each of the others needs all of too.
fn loses_only_with(web: &Web, cut: &Cut, way: &Way, others: &[&Way], losses: &Known) -> bool {
    let needs_all = |requirement: &Requirement, of: usize, on: usize| {
        let ways: Vec<&Way> = requirement.ways.iter().filter(|way| way.hi > 0).collect();
        requirement.of == of && matches!(ways.as_slice(), [only] if only.to == on && only.lo == 10)
    };
    let is_shared = |on: usize| {
        others.iter().all(|other| {
            web.requirements
                .iter()
                .any(|need| needs_all(need, other.to, on))
        })
    };
    let harms = |need: &Requirement| {
        need.ways
            .iter()
            .any(|way| way.hi > 0 && losses.of(way).hi > 0.0)
    };
    let mut harmful = web
        .requirements
        .iter()
        .filter(|need| need.of == way.to && harms(need));
    let is_cut = cut.iter().any(|(node, _)| *node == way.to);
    !is_cut
        && harmful.all(|need| (0..web.nodes).any(|on| needs_all(need, way.to, on) && is_shared(on)))
}

/// The losses at all corners: each share at one of its bounds, but for at most one that fills up
/// the whole.
fn outcomes(stakes: &[Stake], is_whole: bool) -> impl Iterator<Item = f64> {
    let most = stakes.iter().map(|stake| stake.1).sum::<f64>().min(1.0);
    let fits = move |sum: f64| sum <= 1.0 + NEAR && (!is_whole || sum >= most - NEAR);
    (0..1_u32 << stakes.len()).flat_map(move |pattern| {
        let bound = |at: usize| {
            if pattern >> at & 1 == 0 {
                stakes[at].0
            } else {
                stakes[at].1
            }
        };
        let shares: Vec<f64> = (0..stakes.len()).map(bound).collect();
        corners(stakes, shares, most)
            .into_iter()
            .filter(move |shares| fits(shares.iter().sum()))
            .map(move |shares| {
                shares
                    .iter()
                    .zip(stakes)
                    .map(|(share, stake)| share * stake.2)
                    .sum()
            })
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
