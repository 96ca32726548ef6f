//! What is lost when entities are cut: the worked example of the design, cell by cell, and that
//! exactly what depends on the cut loses.

use std::collections::BTreeSet;
use std::fs;

use hanjung::facts::Interval;
use hanjung::graph::loss::Losses;
use hanjung::graph::{Node, NodeIx};
use prop::sample::subsequence;
use proptest::prelude::*;

use crate::laws::asked::{Asked, follow, ids};
use crate::laws::made_up::worlds;
use crate::laws::oracle::Along;
use crate::laws::{DOCUMENTED, WAYS, hold};

const POSSIBLE: Along = Along {
    possible: true,
    ..DOCUMENTED
};

/// The worked example as the goldens have it.
fn worked_example() -> Asked {
    let text = |name| fs::read_to_string(format!("tests/goldens/data/{name}.ron")).unwrap();
    Asked::of_texts(&[text("documents"), text("worked-example")])
}

/// A node by the entities that it stands for: one maker's output as `acme-batteries:battery`.
fn node(asked: &Asked, name: &str) -> NodeIx {
    match name.split_once(':') {
        Some((by, good)) => asked
            .graph()
            .output(asked.entity(by), asked.entity(good))
            .expect("it makes the good"),
        None => asked.facts.subject_nodes(asked.entity(name))[0],
    }
}

/// The nodes that a cut takes: what one makes of a good and its kinds, or all that an entity means
/// when it is asked who depends on it.
fn cut_nodes(asked: &Asked, name: &str) -> Vec<NodeIx> {
    match name.split_once(':') {
        Some((by, good)) => asked
            .graph()
            .output_as_target(asked.entity(by), asked.entity(good)),
        None => asked.facts.target_nodes(asked.entity(name)),
    }
}

/// What cutting a part of something takes from these, by what is followed.
fn taken(asked: &Asked, along: Along, cut: (&str, f64), from: &[&str]) -> Vec<(f64, f64)> {
    let follow = follow(along);
    let network = asked
        .graph()
        .network(|arc| follow.passes(asked.graph(), arc));
    let cut: Vec<(NodeIx, f64)> = cut_nodes(asked, cut.0)
        .into_iter()
        .map(|node| (node, cut.1))
        .collect();
    let losses = network.losses(&cut);
    from.iter()
        .map(|name| losses.of(node(asked, name)))
        .map(|Interval { lo, hi }| (lo, hi))
        .collect()
}

const GOODS: [&str; 6] = [
    "graphite",
    "graphite-anode",
    "battery",
    "electric-vehicle",
    "acme-batteries:battery",
    "motorco:electric-vehicle",
];

#[test]
fn in_the_worked_example_china_takes_what_the_design_says() {
    let asked = worked_example();
    for along in [DOCUMENTED, POSSIBLE] {
        for cut in ["china", "china:graphite"] {
            assert_eq!(
                taken(&asked, along, (cut, 1.0), &GOODS),
                [(0.6, 1.0); 6],
                "{cut}"
            );
            assert_eq!(
                taken(&asked, along, (cut, 1.0), &["acme-batteries", "motorco"]),
                [(0.3, 0.5), (0.0, 1.0)],
                "{cut}"
            );
        }
    }
}

#[test]
fn in_the_worked_example_bounds_are_wider_if_nothing_says_who_goes_short() {
    let asked = worked_example();
    let sound = |cut: &str, id: &str| {
        let network = asked
            .graph()
            .network(|arc| follow(DOCUMENTED).passes(asked.graph(), arc));
        let cut: Vec<(NodeIx, f64)> = cut_nodes(&asked, cut)
            .into_iter()
            .map(|node| (node, 1.0))
            .collect();
        let bounds = network.sound_losses(&cut).of(node(&asked, id));
        (bounds.lo, bounds.hi)
    };
    assert_eq!(sound("china", "graphite"), (0.6, 1.0));
    for id in GOODS
        .into_iter()
        .filter(|id| *id != "graphite")
        .chain(["motorco"])
    {
        assert_eq!(sound("china", id), (0.0, 1.0), "{id}");
    }
    assert_eq!(sound("china", "acme-batteries"), (0.0, 0.5));
    for (id, bounds) in [
        ("acme-batteries", (1.0, 1.0)),
        ("acme-batteries:battery", (1.0, 1.0)),
        ("motorco:electric-vehicle", (0.4, 0.4)),
        ("motorco", (0.0, 0.4)),
        ("battery", (0.0, 0.0)),
    ] {
        assert_eq!(sound("acme-batteries", id), bounds, "{id}");
    }
}

#[test]
fn in_the_worked_example_a_supply_is_cut_without_its_territory() {
    let asked = worked_example();
    let of_china = |cut| {
        let network = asked.graph().network(|_| true);
        let cut: Vec<(NodeIx, f64)> = cut_nodes(&asked, cut)
            .into_iter()
            .map(|node| (node, 1.0))
            .collect();
        let china = asked
            .graph()
            .find(Node::Place(asked.entity("china")))
            .unwrap();
        network.losses(&cut).of(china)
    };
    assert_eq!(of_china("china"), Interval::WHOLE);
    assert_eq!(of_china("china:graphite"), Interval { lo: 0.0, hi: 0.0 });
}

#[test]
fn in_the_worked_example_acme_takes_what_the_design_says() {
    let (asked, cut) = (worked_example(), ("acme-batteries", 1.0));
    let own = ["acme-batteries", "acme-batteries:battery"];
    let others = [
        "motorco:electric-vehicle",
        "motorco",
        "battery",
        "electric-vehicle",
        "graphite-anode",
        "graphite",
    ];
    assert_eq!(taken(&asked, DOCUMENTED, cut, &own), [(1.0, 1.0); 2]);
    let untouched = (0.0, 0.0);
    assert_eq!(
        taken(&asked, DOCUMENTED, cut, &others),
        [
            (0.4, 0.4),
            (0.0, 0.4),
            untouched,
            untouched,
            untouched,
            untouched
        ]
    );
    assert_eq!(taken(&asked, POSSIBLE, cut, &own), [(1.0, 1.0); 2]);
    assert_eq!(
        taken(&asked, POSSIBLE, cut, &others),
        [
            (0.4, 1.0),
            (0.0, 1.0),
            (0.0, 1.0),
            (0.0, 1.0),
            untouched,
            untouched
        ]
    );
}

#[test]
fn half_of_a_supply_takes_half_of_what_all_of_it_takes() {
    let asked = worked_example();
    let half = taken(
        &asked,
        DOCUMENTED,
        ("china:graphite", 0.5),
        &["battery", "acme-batteries", "motorco"],
    );
    assert_eq!(half, [(0.3, 0.5), (0.15, 0.25), (0.0, 0.5)]);
}

/// What each firm of the published cascade, and its supply, loses when one fails.
fn lost_in_the_cascade(failing: &str) -> Vec<(f64, f64)> {
    const SECTORS: [usize; 11] = [1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5];
    let asked = Asked::of_texts(&[fs::read_to_string("examples/cascade/cascade.ron").unwrap()]);
    let supply = |(at, sector)| format!("firm-{}:product-of-sector-{sector}", at + 1);
    let supplies: Vec<String> = SECTORS.iter().enumerate().map(supply).collect();
    let firms: Vec<&str> = supplies
        .iter()
        .map(|name| name.split_once(':').unwrap().0)
        .collect();
    let supplies: Vec<&str> = supplies.iter().map(String::as_str).collect();
    let lost = taken(&asked, DOCUMENTED, (failing, 1.0), &supplies);
    assert_eq!(
        lost,
        taken(&asked, DOCUMENTED, (failing, 1.0), &firms),
        "a firm loses what its only product loses"
    );
    lost
}

/// Losses that are certain, firm by firm.
fn certain(losses: [f64; 11]) -> Vec<(f64, f64)> {
    losses.into_iter().map(|loss| (loss, loss)).collect()
}

#[test]
fn the_published_cascade_is_found() {
    let expected = certain([0.5, 0.5, 1.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(lost_in_the_cascade("firm-3"), expected);
}

#[test]
fn in_the_cascade_a_shared_supplier_takes_half_of_all_downstream() {
    let expected = certain([0.5, 0.5, 0.0, 1.0, 0.0, 0.5, 0.5, 0.0, 0.0, 0.5, 0.5]);
    assert_eq!(lost_in_the_cascade("firm-4"), expected);
}

#[test]
fn in_the_cascade_the_only_supplier_takes_all() {
    assert_eq!(
        lost_in_the_cascade("firm-8"),
        certain([1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0])
    );
    assert_eq!(
        lost_in_the_cascade("firm-9"),
        certain([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0])
    );
}

#[test]
fn exactly_what_depends_on_a_thing_loses_when_it_is_cut() {
    hold(200, 50, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in WAYS {
            let follow = follow(along);
            let network = asked
                .graph()
                .network(|arc| follow.passes(asked.graph(), arc));
            for id in world.ids() {
                let cut: Vec<(NodeIx, f64)> = cut_nodes(&asked, &id)
                    .into_iter()
                    .map(|node| (node, 1.0))
                    .collect();
                let losing = losing(&asked, &network.losses(&cut), &id);
                prop_assert_eq!(
                    losing,
                    ids(&asked.dependents(&id, along)),
                    "cut of {} {:?}",
                    id,
                    along
                );
            }
        }
        Ok(())
    });
}

/// The entities other than the cut of which something can be lost.
fn losing(asked: &Asked, losses: &Losses, cut: &str) -> BTreeSet<String> {
    let entities = asked
        .catalogue()
        .entities_with_index()
        .filter(|(_, entity)| entity.id.as_str() != cut);
    let loses = |ix| {
        asked
            .facts
            .subject_nodes(ix)
            .iter()
            .any(|&node| losses.of(node).hi > 0.0)
    };
    entities
        .filter(|(ix, _)| loses(*ix))
        .map(|(_, entity)| entity.id.to_string())
        .collect()
}

#[test]
fn a_larger_cut_of_a_world_lowers_no_loss() {
    let cuts = worlds().prop_flat_map(|world| {
        let ids: Vec<String> = world.ids().collect();
        let most = ids.len().min(3);
        (Just(world), subsequence(ids, 1..=most))
    });
    hold(100, 51, cuts, |(world, cut)| {
        let asked = Asked::of(&world);
        let network = asked.graph().network(|_| true);
        let whole: Vec<(NodeIx, f64)> = cut
            .iter()
            .flat_map(|id| cut_nodes(&asked, id))
            .map(|node| (node, 1.0))
            .collect();
        let part: Vec<(NodeIx, f64)> = cut_nodes(&asked, &cut[0])
            .into_iter()
            .map(|node| (node, 0.5))
            .collect();
        let (whole, part) = (network.losses(&whole), network.losses(&part));
        for node in (0..network.node_count()).map(NodeIx::new) {
            let (less, more) = (part.of(node), whole.of(node));
            prop_assert!(
                more.lo >= less.lo - 1e-9 && more.hi >= less.hi - 1e-9,
                "{:?} {:?}",
                less,
                more
            );
        }
        Ok(())
    });
}
