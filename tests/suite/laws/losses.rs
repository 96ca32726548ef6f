//! The laws of losses on made-up networks with circles, hubs, rests and partial cuts.

use std::collections::BTreeSet;

use hanjung::facts::Interval;
use hanjung::graph::NodeIx;
use hanjung::graph::loss::{Losses, Need, Network, NetworkBuilder, Side};
use hanjung::graph::{ArcIx, RequirementIx};
use proptest::prelude::*;

use crate::laws::hold;
use crate::laws::kleene;
use crate::laws::webs::{Cut, Requirement, Way, Web, cut_nodes, cut_webs, tenths};

const NEAR: f64 = 1e-9;

fn all(network: &Network, cut: &Cut) -> Vec<Interval> {
    let losses = network.losses(&cut_nodes(cut));
    (0..network.node_count())
        .map(|node| losses.of(NodeIx::new(node)))
        .collect()
}

fn are_near(a: Interval, b: Interval) -> bool {
    (a.lo - b.lo).abs() < NEAR && (a.hi - b.hi).abs() < NEAR
}

fn agree_with_kleene(seed: u8, wholes: u8) {
    hold(400, seed, cut_webs(wholes), |(web, cut)| {
        let (found, expected) = (all(&web.network(), &cut), kleene::losses(&web, &cut));
        for (node, (found, expected)) in found.into_iter().zip(expected).enumerate() {
            prop_assert!(
                are_near(found, expected),
                "node {}: {:?} instead of {:?}",
                node,
                found,
                expected
            );
        }
        Ok(())
    });
}

#[test]
fn losses_are_those_of_the_definition() {
    agree_with_kleene(40, 1);
}

#[test]
fn losses_over_several_wholes_are_those_of_the_definition() {
    agree_with_kleene(41, 3);
}

fn all_sound(network: &Network, cut: &Cut) -> Vec<Interval> {
    let losses = network.sound_losses(&cut_nodes(cut));
    (0..network.node_count())
        .map(|node| losses.of(NodeIx::new(node)))
        .collect()
}

fn sound_losses_agree_with_kleene(seed: u8, wholes: u8) {
    hold(400, seed, cut_webs(wholes), |(web, cut)| {
        let (found, expected) = (
            all_sound(&web.network(), &cut),
            kleene::sound_losses(&web, &cut),
        );
        for (node, (found, expected)) in found.into_iter().zip(expected).enumerate() {
            prop_assert!(
                are_near(found, expected),
                "node {}: {:?} instead of {:?}",
                node,
                found,
                expected
            );
        }
        Ok(())
    });
}

#[test]
fn sound_losses_are_those_of_the_definition() {
    sound_losses_agree_with_kleene(70, 1);
    sound_losses_agree_with_kleene(71, 3);
}

#[test]
fn sound_bounds_hold_the_proportional_ones() {
    hold(400, 72, cut_webs(3), |(web, cut)| {
        let network = web.network();
        for (sound, even) in all_sound(&network, &cut)
            .into_iter()
            .zip(all(&network, &cut))
        {
            prop_assert!(
                sound.lo <= even.lo + NEAR && even.hi <= sound.hi + NEAR,
                "{:?} in {:?}",
                even,
                sound
            );
        }
        Ok(())
    });
}

#[test]
fn what_the_cut_reaches_is_the_same_whoever_goes_short() {
    hold(200, 73, cut_webs(3), |(web, cut)| {
        let network = web.network();
        let (sound, even) = (
            network.sound_losses(&cut_nodes(&cut)),
            network.losses(&cut_nodes(&cut)),
        );
        prop_assert_eq!(
            sound.nodes().collect::<Vec<_>>(),
            even.nodes().collect::<Vec<_>>()
        );
        for node in sound.nodes() {
            prop_assert!(sound.of(node).hi > 0.0, "{:?}", node);
        }
        Ok(())
    });
}

#[test]
fn bounds_are_parts_of_the_whole_and_in_order() {
    hold(300, 42, cut_webs(3), |(web, cut)| {
        for Interval { lo, hi } in all(&web.network(), &cut) {
            prop_assert!(0.0 <= lo && lo <= hi && hi <= 1.0, "{} {}", lo, hi);
        }
        Ok(())
    });
}

/// The nodes from which a way that can have some share leads, step by step, to the cut.
fn reached(web: &Web, cut: &Cut) -> BTreeSet<usize> {
    let mut reached: BTreeSet<usize> = cut.iter().map(|(node, _)| *node).collect();
    loop {
        let leads_there = |requirement: &&Requirement| {
            requirement
                .ways
                .iter()
                .any(|way| way.hi > 0 && reached.contains(&way.to))
        };
        let more: Vec<usize> = web
            .requirements
            .iter()
            .filter(leads_there)
            .map(|requirement| requirement.of)
            .collect();
        let before = reached.len();
        reached.extend(more);
        if reached.len() == before {
            return reached;
        }
    }
}

#[test]
fn what_the_cut_reaches_loses_and_nothing_else() {
    hold(300, 43, cut_webs(3), |(web, cut)| {
        let reached = reached(&web, &cut);
        let network = web.network();
        let losses = network.losses(&cut_nodes(&cut));
        let named: BTreeSet<usize> = losses.nodes().map(NodeIx::index).collect();
        prop_assert_eq!(&named, &reached);
        for node in (0..web.nodes).filter(|node| !reached.contains(node)) {
            prop_assert_eq!(losses.of(NodeIx::new(node)), Interval { lo: 0.0, hi: 0.0 });
        }
        Ok(())
    });
}

#[test]
fn nothing_loses_more_than_was_cut() {
    hold(300, 44, cut_webs(1), |(web, cut)| {
        let most = cut
            .iter()
            .map(|(_, part)| tenths(*part))
            .fold(0.0, f64::max);
        for loss in all(&web.network(), &cut) {
            prop_assert!(loss.hi <= most + NEAR, "{:?} of {}", loss, most);
        }
        Ok(())
    });
}

#[test]
fn a_cut_node_loses_what_is_cut_at_least() {
    hold(200, 45, cut_webs(3), |(web, cut)| {
        let losses = all(&web.network(), &cut);
        for (node, part) in cut {
            prop_assert!(
                losses[node].lo >= tenths(part),
                "node {}: {:?}",
                node,
                losses[node]
            );
        }
        Ok(())
    });
}

#[test]
fn a_larger_cut_lowers_no_loss() {
    let larger = cut_webs(3).prop_flat_map(|(web, cut)| {
        let more = prop::collection::vec((0..web.nodes, 1..=10u8), 0..=2);
        let grown = prop::collection::vec(0..=5u8, cut.len());
        (Just(web), Just(cut), more, grown)
    });
    hold(300, 46, larger, |(web, cut, more, grown)| {
        let network = web.network();
        let larger = cut
            .iter()
            .zip(grown)
            .map(|(&(node, part), by)| (node, (part + by).min(10)))
            .chain(more)
            .collect();
        for losses in [all, all_sound] {
            for (less, more) in losses(&network, &cut)
                .into_iter()
                .zip(losses(&network, &larger))
            {
                prop_assert!(
                    more.lo >= less.lo - NEAR && more.hi >= less.hi - NEAR,
                    "{:?} after {:?}",
                    more,
                    less
                );
            }
        }
        Ok(())
    });
}

/// A web with one share narrowed; none if the shares of its requirement, which are parts of one
/// whole, can then no longer come to what they have to: to at most the whole, and to all of it
/// where something stands for the rest.
fn narrowed(web: &Web, pick: usize, by: (u8, u8)) -> Option<Web> {
    let mut web = web.clone();
    let at = pick % web.requirements.len();
    let requirement = &mut web.requirements[at];
    let which = pick / 16 % requirement.ways.len();
    let way = &mut requirement.ways[which];
    way.lo = (way.lo + by.0).min(way.hi);
    way.hi = way.hi.saturating_sub(by.1).max(way.lo);
    let (least, most) = requirement
        .ways
        .iter()
        .fold((0, 0), |(lo, hi), way| (lo + way.lo, hi + way.hi));
    (least <= 10 && (most >= 10 || !requirement.has_rest())).then_some(web)
}

#[test]
fn a_narrower_share_widens_no_bounds() {
    let narrowings = (cut_webs(1), any::<u8>(), (0..=6u8, 0..=6u8));
    hold(500, 47, narrowings, |((web, cut), pick, by)| {
        let Some(narrower) = narrowed(&web, usize::from(pick), by) else {
            return Ok(());
        };
        for losses in [all, all_sound] {
            for (wide, narrow) in losses(&web.network(), &cut)
                .into_iter()
                .zip(losses(&narrower.network(), &cut))
            {
                prop_assert!(
                    narrow.lo >= wide.lo - NEAR && narrow.hi <= wide.hi + NEAR,
                    "{:?} in {:?}",
                    narrow,
                    wide
                );
            }
        }
        Ok(())
    });
}

/// That the proof of one bound of a node gives that bound, by shares that are allowed.
fn check_proof(web: &Web, losses: &Losses, node: usize, side: Side) -> Result<(), TestCaseError> {
    let (proof, bound) = (
        losses.proof(NodeIx::new(node), side),
        side.of(losses.of(NodeIx::new(node))),
    );
    prop_assert!(
        (proof.bound - bound).abs() < NEAR,
        "{:?} of {}",
        proof,
        bound
    );
    let Some(requirement) = proof.requirement else {
        return Ok(());
    };
    prop_assert_eq!(web.requirements[requirement.index()].of, node);
    let mut sums = [0.0; 4];
    for term in &proof.terms {
        let (of, way) = web.way(term.arc);
        prop_assert_eq!(of, requirement.index());
        prop_assert!(term.share <= tenths(way.hi) + NEAR, "{:?}", proof);
        prop_assert_eq!(term.loss, side.of(losses.of(NodeIx::new(way.to))));
        sums[way.whole.map_or(3, usize::from)] += term.share;
    }
    prop_assert!(sums.iter().all(|sum| *sum <= 1.0 + NEAR), "{:?}", proof);
    let given: f64 = proof.terms.iter().map(|term| term.share * term.loss).sum();
    // Where all that something could come from is gone, it is gone, whatever the shares of several
    // wholes come to.
    let is_gone = losses.of(NodeIx::new(node)).lo == 1.0;
    prop_assert!(
        is_gone || (given.min(1.0) - bound).abs() < NEAR,
        "{:?} gives {}",
        proof,
        given
    );
    Ok(())
}

#[test]
fn a_proof_gives_the_bound_by_shares_that_are_allowed() {
    hold(300, 48, cut_webs(3), |(web, cut)| {
        let network = web.network();
        let losses = network.losses(&cut_nodes(&cut));
        for node in 0..web.nodes {
            check_proof(&web, &losses, node, Side::Least)?;
            check_proof(&web, &losses, node, Side::Greatest)?;
        }
        Ok(())
    });
}

/// What one buyer needs, in ten units: which are lost, and for each of several ways to count who
/// holds them, whose each unit is.
#[derive(Clone, Debug)]
struct Truth {
    is_lost: Vec<bool>,
    /// For each whole the holder of each unit; none for nobody known.
    holders: Vec<Vec<Option<usize>>>,
    /// How far the documents leave each share open.
    slack: Vec<(u8, u8)>,
}

const HOLDERS: usize = 2;

fn truths() -> impl Strategy<Value = Truth> {
    let units = |of| prop::collection::vec(of, 10);
    let holder = prop::option::weighted(0.7, 0..HOLDERS);
    let slack = prop_oneof![2 => Just((0, 0)), 1 => (0..=3u8, 0..=3u8)];
    let holders = prop::collection::vec(prop::collection::vec(holder, 10), 1..=3);
    (
        units(any::<bool>()),
        holders,
        prop::collection::vec(slack, 3 * HOLDERS),
    )
        .prop_map(|(is_lost, holders, slack)| Truth {
            is_lost,
            holders,
            slack,
        })
}

impl Truth {
    /// The share and the loss of the units that are wanted, in numbers of units.
    fn count(&self, is_wanted: impl Fn(usize) -> bool) -> (u8, u8) {
        let units: Vec<usize> = (0..10).filter(|&unit| is_wanted(unit)).collect();
        let lost = units.iter().filter(|&&unit| self.is_lost[unit]).count();
        (units.len() as u8, lost as u8)
    }

    /// What is documented of each holder, as an alternative, and the part of it that is lost; last
    /// the rest, which nobody known holds.
    fn stakes(&self) -> Vec<(Way, f64)> {
        let mut stakes = Vec::new();
        for (whole, holders) in self.holders.iter().enumerate() {
            for holder in 0..HOLDERS {
                let (units, lost) = self.count(|unit| holders[unit] == Some(holder));
                let (below, above) = self.slack[stakes.len()];
                let (lo, hi) = (units.saturating_sub(below), (units + above).min(10));
                let way = Way {
                    to: stakes.len() + 1,
                    lo,
                    hi,
                    whole: Some(whole as u8),
                    is_shared_out: false,
                };
                stakes.push((way, f64::from(lost) / f64::from(units.max(1))));
            }
        }
        let (units, lost) =
            self.count(|unit| self.holders.iter().all(|holders| holders[unit].is_none()));
        let rest = Way {
            to: stakes.len() + 1,
            lo: 0,
            hi: 10,
            whole: None,
            is_shared_out: false,
        };
        stakes.push((rest, f64::from(lost) / f64::from(units.max(1))));
        stakes
    }
}

#[test]
fn bounds_over_several_wholes_hold_the_truth_whoever_holds_the_same_twice() {
    hold(2000, 49, truths(), |truth| {
        let stakes = truth.stakes();
        let requirement = Requirement {
            of: 0,
            ways: stakes.iter().map(|(way, _)| *way).collect(),
        }
        .fitted();
        let web = Web {
            nodes: stakes.len() + 1,
            requirements: vec![requirement],
        };
        let network = web.network();
        let cut: Vec<(NodeIx, f64)> = stakes
            .iter()
            .map(|(way, loss)| (NodeIx::new(way.to), *loss))
            .collect();
        let bounds = network.losses(&cut).of(NodeIx::new(0));
        let (_, lost) = truth.count(|_| true);
        prop_assert!(
            bounds.lo <= tenths(lost) + NEAR && tenths(lost) <= bounds.hi + NEAR,
            "{} in {:?}",
            lost,
            bounds
        );
        Ok(())
    });
}

/// A network of nodes that need these parts of each other.
fn network_of(nodes: usize, needs: &[(usize, &[(usize, f64)])]) -> Network {
    let mut builder = NetworkBuilder::new(nodes);
    for (number, (of, ways)) in needs.iter().enumerate() {
        let need = |&(to, share): &(usize, f64)| Need {
            on: NodeIx::new(to),
            share: Interval {
                lo: share,
                hi: share,
            },
            whole: Some(0),
            is_shared_out: false,
            arc: ArcIx::new(to),
        };
        builder.requirement(
            NodeIx::new(*of),
            RequirementIx::new(number),
            ways.iter().map(need),
        );
    }
    builder.finish()
}

fn exactly(loss: f64) -> Interval {
    Interval { lo: loss, hi: loss }
}

#[test]
fn a_circle_adds_nothing_that_the_cut_did_not_cause() {
    let network = network_of(
        4,
        &[
            (0, &[(1, 1.0)]),
            (1, &[(2, 1.0)]),
            (2, &[(0, 1.0)]),
            (2, &[(3, 0.5)]),
        ],
    );
    assert_eq!(
        all(&network, &vec![(3, 10)]),
        [exactly(0.5), exactly(0.5), exactly(0.5), exactly(1.0)]
    );
    assert_eq!(all(&network, &vec![]), [exactly(0.0); 4]);
}

#[test]
fn what_comes_round_a_circle_is_added_up() {
    let network = network_of(3, &[(0, &[(1, 0.5), (2, 0.5)]), (1, &[(0, 0.8)])]);
    let losses = all(&network, &vec![(2, 10)]);
    assert!(
        are_near(losses[0], exactly(0.5 / 0.6)) && are_near(losses[1], exactly(0.4 / 0.6)),
        "{losses:?}"
    );
}

#[test]
fn the_smallest_share_in_a_circle_reaches_all_of_it() {
    let network = network_of(
        4,
        &[
            (0, &[(1, 1.0)]),
            (1, &[(2, 0.5)]),
            (2, &[(0, 1e-9), (3, 1e-15)]),
        ],
    );
    let losses = network.losses(&[(NodeIx::new(3), 1.0)]);
    assert_eq!(losses.nodes().count(), 4);
    assert!((0..3).all(|node| losses.of(NodeIx::new(node)).lo > 0.0));
}

#[test]
fn what_needs_all_of_a_thing_loses_exactly_as_much_however_slowly_that_grows() {
    let (slow, little) = ([(3, 0.998), (4, 0.001), (1, 0.001)], [(4, 0.5), (2, 4e-11)]);
    let network = network_of(
        5,
        &[(0, &little), (1, &[(0, 1.0)]), (2, &slow), (3, &[(2, 1.0)])],
    );
    let losses = all(&network, &vec![(4, 10)]);
    assert_eq!(losses[0], losses[1]);
}

/// Two nodes that need almost all from each other: all is lost in the end, but little at each turn.
fn slow_circle(trickle: f64) -> Network {
    network_of(
        3,
        &[(0, &[(1, 1.0 - trickle), (2, trickle)]), (1, &[(0, 1.0)])],
    )
}

#[test]
fn bounds_hold_where_losses_do_not_come_to_rest() {
    for trickle in [1e-6, 1e-9, 1e-12, 1e-14] {
        let network = slow_circle(trickle);
        let losses = network.losses(&[(NodeIx::new(2), 1.0)]);
        let bounds = losses.of(NodeIx::new(0));
        assert_eq!((losses.unsettled(), bounds.hi), (2, 1.0), "{trickle}");
        assert!(bounds.lo > 0.0, "{trickle}: {bounds:?}");
    }
}

#[test]
fn upper_bounds_in_slow_circles_are_never_too_low() {
    // Loss of the first: (1 - t) x + t / 2, where x is its own, so 1/2 whatever t is.
    for trickle in [0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-7] {
        let slow = network_of(
            4,
            &[
                (0, &[(1, 1.0 - trickle), (2, trickle)]),
                (1, &[(0, 1.0)]),
                (2, &[(3, 0.5)]),
            ],
        );
        let losses = slow.losses(&[(NodeIx::new(3), 1.0)]);
        let bounds = losses.of(NodeIx::new(0));
        assert!(
            bounds.lo <= 0.5 && bounds.hi >= 0.5,
            "{trickle}: {bounds:?}"
        );
    }
}

#[test]
fn upper_bounds_are_raised_no_further_than_they_must() {
    for trickle in [0.1, 1e-2, 1e-3] {
        let slow = network_of(
            4,
            &[
                (0, &[(1, 1.0 - trickle), (2, trickle)]),
                (1, &[(0, 1.0)]),
                (2, &[(3, 0.5)]),
            ],
        );
        let bounds = slow.losses(&[(NodeIx::new(3), 1.0)]).of(NodeIx::new(0));
        assert!(bounds.hi <= 0.5 + NEAR, "{trickle}: {bounds:?}");
    }
}

#[test]
fn what_the_smallest_share_joins_is_lost_however_little() {
    let chain = network_of(3, &[(0, &[(1, 1e-200)]), (1, &[(2, 1e-200)])]);
    let losses = chain.losses(&[(NodeIx::new(2), 1.0)]);
    assert_eq!(losses.nodes().count(), 3);
    assert!(losses.of(NodeIx::new(0)).hi > 0.0);
}

#[test]
fn losses_that_come_to_rest_slowly_are_near_the_truth() {
    for trickle in [0.1, 1e-2, 1e-3, 3e-4] {
        let network = slow_circle(trickle);
        let loss = network.losses(&[(NodeIx::new(2), 1.0)]).of(NodeIx::new(0));
        assert!(are_near(loss, exactly(1.0)), "{trickle}: {loss:?}");
    }
}
