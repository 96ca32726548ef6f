//! Figures of one share on different days: the latest counts, and those before it change nothing.

use std::collections::BTreeMap;

use hanjung::graph::{Channel, Graph};
use proptest::prelude::*;

use crate::laws::asked::Asked;
use crate::laws::hold;

/// A figure: who holds it, in which year, how many tenths, and whether at least so many or exactly.
type Figure = (usize, u16, u8, bool);

const HOLDERS: [&str; 3] = ["aaland", "bland", "fco"];

fn figures() -> impl Strategy<Value = Vec<Figure>> {
    let figure = ((0..HOLDERS.len(), 2019..=2024u16), (0..=3u8, any::<bool>()));
    let apart =
        |figures: Vec<((usize, u16), (u8, bool))>| figures.into_iter().collect::<BTreeMap<_, _>>();
    prop::collection::vec(figure, 1..=8).prop_map(move |figures| {
        apart(figures)
            .into_iter()
            .map(|((by, year), (n, least))| (by, year, n, least))
            .collect()
    })
}

fn asked(figures: &[Figure], status: &str) -> Asked {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["aaland", "bland"]),
        ("Firm", &["fco", "buyer"]),
        ("Material", &["ore"]),
        ("Product", &["pan"]),
    ];
    let share = |n: &u8, is_least: &bool| {
        format!("{}(0.{n})", if *is_least { "AtLeast" } else { "Exactly" })
    };
    let world = |(by, year, n, least): &Figure| {
        let (by, share) = (HOLDERS[*by], share(n, least));
        [
            format!(
                r#"{status} Produces(by: "{by}", good: "ore", world_share: {share}, as_of: "{year}")"#
            ),
            format!(
                r#"{status} Supplies(from: "{by}", to: "buyer", good: "ore", share: {share}, as_of: "{year}")"#
            ),
        ]
    };
    let facts: Vec<String> = figures.iter().flat_map(world).collect();
    Asked::of_facts(
        &entities,
        &facts.iter().map(String::as_str).collect::<Vec<_>>(),
    )
}

fn latest(figures: &[Figure]) -> Vec<Figure> {
    let year = |by| {
        figures
            .iter()
            .filter(|figure| figure.0 == by)
            .map(|figure| figure.1)
            .max()
    };
    figures
        .iter()
        .filter(|figure| Some(figure.1) == year(figure.0))
        .copied()
        .collect()
}

fn arcs(graph: &Graph) -> Vec<String> {
    let arc = |(_, arc): (_, &hanjung::graph::Arc)| {
        let ends = (graph.node(arc.from), graph.node(arc.to));
        format!(
            "{ends:?} {:?} {} {:?}",
            arc.share, arc.is_share_documented, arc.standing
        )
    };
    let mut arcs: Vec<String> = graph.arcs().map(arc).collect();
    arcs.sort();
    arcs
}

#[test]
fn figures_of_earlier_days_change_nothing() {
    hold(200, 60, figures(), |figures| {
        for status in ["Reported", "Plan"] {
            prop_assert_eq!(
                arcs(asked(&figures, status).graph()),
                arcs(asked(&latest(&figures), status).graph()),
                "{:?}",
                figures
            );
        }
        Ok(())
    });
}

#[test]
fn the_latest_of_days_is_the_one_that_ends_last() {
    let entities: [(&str, &[&str]); 2] = [("Economy", &["aaland"]), ("Material", &["ore"])];
    let fact = |share, year| {
        format!(
            r#"Produces(by: "aaland", good: "ore", world_share: Exactly({share}), as_of: "{year}")"#
        )
    };
    let facts = [
        fact(0.4, "2023-11"),
        fact(0.3, "2023"),
        fact(0.2, "2023-02"),
    ];
    let asked = Asked::of_facts(&entities, &facts.each_ref().map(|fact| fact.as_str()));
    let shares: Vec<f64> = asked
        .graph()
        .arcs()
        .map(|(_, arc)| arc.share.lo)
        .filter(|lo| *lo < 1.0)
        .collect();
    assert_eq!(shares, [0.3]);
}

#[test]
fn the_only_source_counts_as_a_figure_of_its_day_and_other_words_do_not() {
    let entities: [(&str, &[&str]); 2] = [("Economy", &["aaland"]), ("Material", &["ore"])];
    let share = |shares: &[(&str, &str)]| {
        let fact = |(share, year): &(&str, &str)| {
            format!(r#"Produces(by: "aaland", good: "ore", world_share: {share}, as_of: "{year}")"#)
        };
        let facts: Vec<String> = shares.iter().map(fact).collect();
        let asked = Asked::of_facts(
            &entities,
            &facts.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        let arcs = asked.graph().arcs().map(|(_, arc)| arc);
        let shares =
            arcs.filter(|arc| asked.graph().channel(arc) == Channel::Sources && !arc.is_rest);
        shares
            .map(|arc| (arc.share.lo, arc.share.hi))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        share(&[(r#"InWords("sole")"#, "2019"), ("Exactly(0.6)", "2024")]),
        [(0.6, 0.6)]
    );
    assert_eq!(
        share(&[("Exactly(0.6)", "2019"), (r#"InWords("sole")"#, "2024")]),
        [(1.0, 1.0)]
    );
    assert_eq!(
        share(&[("Exactly(0.6)", "2019"), (r#"InWords("dominant")"#, "2024")]),
        [(0.6, 0.6)]
    );
}
