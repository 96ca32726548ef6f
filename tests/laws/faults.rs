//! Faults that a law once found, each as small as it can be.

use std::collections::BTreeSet;

use crate::asked::{Asked, distances, facts, ids};
use crate::{ALL, DOCUMENTED};

#[test]
fn dependents_and_dependencies_count_the_same_facts() {
    let entities: [(&str, &[&str]); 3] =
        [("Place", &["wuxi"]), ("Firm", &["hynix", "supplier"]), ("Product", &["dram", "resist"])];
    let stated = [
        r#"Produces(by: "hynix", good: "dram", at: "wuxi")"#,
        r#"Produces(by: "hynix", good: "dram")"#,
        r#"Supplies(from: "supplier", to: "hynix", good: "resist")"#,
        r#"Produces(by: "supplier", good: "resist", at: "wuxi")"#,
    ];
    let asked = Asked::of_facts(&entities, &stated);
    let forth = distances(&asked.dependencies("hynix", DOCUMENTED))["wuxi"];
    let back = distances(&asked.dependents("wuxi", DOCUMENTED))["hynix"];
    assert_eq!((forth, back), (1, 1));
}

#[test]
fn no_chain_only_adds_to_a_shorter_one() {
    let entities: [(&str, &[&str]); 3] =
        [("Place", &["nevada"]), ("Firm", &["albemarle", "buyer"]), ("Material", &["lithium"])];
    let stated = [
        r#"Plan Sources(buyer: "buyer", good: "lithium", from: "albemarle")"#,
        r#"Produces(by: "albemarle", good: "lithium", at: "nevada")"#,
    ];
    let rows = Asked::of_facts(&entities, &stated).why("lithium", "nevada", ALL, 3).rows;
    let cited: Vec<BTreeSet<String>> = rows.iter().map(facts).collect();
    assert_eq!(cited.len(), 1, "{cited:?}");
}

#[test]
fn a_documented_step_cites_the_share_that_makes_it_one() {
    let entities: [(&str, &[&str]); 3] = [("Economy", &["china"]), ("Firm", &["btr"]), ("Material", &["graphite"])];
    let stated = [
        r#"Produces(by: "btr", good: "graphite", world_share: AtLeast(0.1))"#,
        r#"Produces(by: "btr", good: "graphite", at: "china")"#,
    ];
    let asked = Asked::of_facts(&entities, &stated);
    assert!(!ids(&Asked::of_facts(&entities, &stated[1..]).dependents("china", DOCUMENTED)).contains("graphite"));
    let rows = asked.dependents("china", DOCUMENTED).rows;
    assert!(rows.iter().any(|row| facts(row).contains("produces:btr:graphite")), "{rows:?}");
}

#[test]
fn no_chain_rests_on_a_share_of_nothing() {
    let entities: [(&str, &[&str]); 3] = [("Economy", &["china"]), ("Material", &["graphite"]), ("Firm", &["posco"])];
    let stated = [
        r#"Sources(buyer: "posco", good: "graphite", from: "china", share: Exactly(0.0), as_of: "2021")"#,
        r#"Sources(buyer: "posco", good: "graphite", from: "china", share: Exactly(0.5), as_of: "2023")"#,
    ];
    let answer = Asked::of_facts(&entities, &stated).why("posco", "china", DOCUMENTED, 1);
    let says_something = |fact: &str| answer.facts[fact].fields["share"] == "50 %";
    assert!(facts(&answer.rows[0]).iter().any(|fact| says_something(fact)), "{:?}", answer.rows);
}
