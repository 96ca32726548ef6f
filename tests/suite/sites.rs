//! Where things are made, who buys them, and who owns what: what these relations mean, promised by
//! small examples.

use std::collections::BTreeMap;

use crate::small::Asked;
use hanjung::graph::Follow;
use hanjung::query::Row;
use hanjung::request::{Cut, Filter, Question};

const PEOPLE: &str = r#"
    Economy(id: "china", en: "China"), Economy(id: "korea", en: "Korea"), Place(id: "xian", en: "Xi'an"),
    Firm(id: "chipco", en: "Chipco"), Firm(id: "cellco", en: "Cellco"), Firm(id: "carco", en: "Carco"), Firm(id: "orco", en: "Orco"),
    Plant(id: "works", en: "the Works"), Policy(id: "control", en: "the control"),
    Product(id: "chip", en: "chip"), Product(id: "nand", en: "NAND"), Product(id: "battery", en: "battery"), Product(id: "car", en: "car"),
    Product(id: "core", en: "core"), Material(id: "ore", en: "ore")"#;

impl Asked {
    /// Facts of one document; a word of evidence other than `Reported` may stand before each.
    fn of_facts(facts: &[&str]) -> Asked {
        let document = r#"Document(id: "d", title: "D", publisher: "P", date: "2025")"#;
        let fact = |fact: &&str| {
            let (status, claim) = fact
                .split_once(' ')
                .filter(|(word, _)| !word.contains('('))
                .unwrap_or(("Reported", fact));
            format!(
                r#"{}, evidence: [{status}(doc: "d", at: "p1")])"#,
                claim.strip_suffix(')').expect("it ends with a bracket")
            )
        };
        let text = format!(
            "[{document}, {PEOPLE}, {}]",
            facts.iter().map(fact).collect::<Vec<_>>().join(", ")
        );
        Asked::of_text(&text)
    }

    /// Who depends on something, each with the length of the chain.
    fn distances(&self, of: &str, follow: Follow) -> BTreeMap<String, u32> {
        let of = self.subject(of);
        let answer = self.ask(&Question::Dependents {
            of: of.into(),
            filter: Filter::default(),
            follow,
        });
        let told = |row: &Row| Some((row.entity.as_ref()?.id.to_string(), row.distance?));
        answer.rows.iter().filter_map(told).collect()
    }

    fn depends(&self, who: &str, on: &str) -> bool {
        self.distances(on, Follow::default()).contains_key(who)
    }

    /// What somebody loses without a part of something, in per cent, at least and at most: whoever
    /// goes short, and in proportion.
    fn loses(&self, who: &str, cut: &str, part: f64) -> Option<[(u32, u32); 2]> {
        let cuts = vec![Cut {
            of: self.subject(cut).into(),
            part,
        }];
        let answer = self.ask(&Question::WhatIf {
            cuts,
            filter: Filter::default(),
            follow: Follow::default(),
        });
        let is_it = |row: &&Row| {
            row.output.is_none() && row.entity.as_ref().is_some_and(|entity| entity.id == who)
        };
        let row = answer.rows.iter().find(is_it)?;
        let bounds = row.bounds.expect("it has bounds");
        let per_cent = |share: f64| (share * 100.0).round() as u32;
        Some(
            [bounds, row.proportional.unwrap_or(bounds)]
                .map(|bounds| (per_cent(bounds.lo), per_cent(bounds.hi))),
        )
    }
}

/// NAND is a chip; Chipco makes two fifths of its NAND in Xi'an, and Carco takes it.
const XIAN: [&str; 5] = [
    r#"IsA(child: "nand", parent: "chip")"#,
    r#"PartOf(part: "xian", whole: "china")"#,
    r#"Produces(by: "chipco", good: "nand", at: "xian", output_share: Exactly(0.4), business_share: Exactly(0.5))"#,
    r#"Produces(by: "chipco", good: "core", at: "xian")"#,
    r#"Supplies(from: "chipco", to: "carco", good: "nand")"#,
];

#[test]
fn what_is_made_on_a_territory_comes_from_there_whoever_makes_it() {
    let asked = Asked::of_facts(&XIAN);
    for origin in ["china:nand", "xian:nand", "china:chip"] {
        assert_eq!(
            asked.loses("chipco", origin, 1.0),
            Some([(20, 20); 2]),
            "{origin}"
        );
        assert!(asked.depends("carco", origin), "{origin}");
    }
    assert!(asked.distances("korea:nand", Follow::default()).is_empty());
    assert!(
        !asked.depends("carco", "china:core"),
        "cores are made there too, but go to nobody"
    );
}

#[test]
fn what_a_country_makes_abroad_does_not_come_from_there() {
    let asked = Asked::of_facts(&[
        r#"Produces(by: "chipco", good: "nand", at: "korea")"#,
        r#"Headquartered(firm: "chipco", place: "china")"#,
    ]);
    assert!(!asked.depends("chipco", "china:nand") && asked.depends("chipco", "korea:nand"));
}

#[test]
fn an_export_control_restricts_what_comes_from_there_and_its_kinds() {
    let control =
        r#"Restricts(policy: "control", by: "china", good: "chip", measure: "export-control")"#;
    let asked = Asked::of_facts(&[&XIAN[..], &[control]].concat());
    let (by_policy, mut by_origin) = (
        asked.distances("control", Follow::default()),
        asked.distances("china:chip", Follow::default()),
    );
    by_origin.values_mut().for_each(|distance| *distance += 1);
    assert_eq!(by_policy, by_origin);
    assert!(by_policy.contains_key("carco"));
}

#[test]
fn half_of_an_origin_is_half_of_each_site_and_kind() {
    assert_eq!(
        Asked::of_facts(&XIAN).loses("chipco", "china:chip", 0.5),
        Some([(10, 10); 2])
    );
}

#[test]
fn a_plant_lies_within_the_output_that_it_makes() {
    let asked = Asked::of_facts(&[
        r#"Needs(good: "core", input: "ore")"#,
        r#"Produces(by: "china", good: "ore", world_share: Exactly(1.0))"#,
        r#"Produces(by: "chipco", good: "core", at: "works")"#,
        r#"Operates(firm: "chipco", plant: "works")"#,
    ]);
    assert_eq!(
        asked.loses("chipco", "china:ore", 0.5),
        Some([(0, 100), (0, 50)])
    );
}

#[test]
fn a_plant_of_which_no_output_is_known_is_a_part_of_the_business() {
    let asked = Asked::of_facts(&[
        r#"Produces(by: "chipco", good: "nand", business_share: Exactly(0.7))"#,
        r#"Operates(firm: "chipco", plant: "works")"#,
        r#"Located(plant: "works", place: "china")"#,
    ]);
    assert_eq!(
        asked.loses("chipco", "china", 1.0),
        Some([(0, 30); 2]),
        "seven tenths are NAND"
    );
}

#[test]
fn a_stated_purchase_is_direct() {
    let asked = Asked::of_facts(&[
        r#"Produces(by: "carco", good: "car", business_share: Exactly(0.5))"#,
        r#"Needs(good: "car", input: "battery")"#,
        r#"Supplies(from: "cellco", to: "carco", good: "battery", share: Exactly(0.4))"#,
    ]);
    assert_eq!(asked.distances("cellco", Follow::default())["carco"], 1);
    assert_eq!(asked.distances("battery", Follow::default())["carco"], 1);
    assert_eq!(
        asked.loses("carco", "cellco", 1.0),
        Some([(20, 20); 2]),
        "two fifths of half of the business"
    );
    let cuts = vec![Cut::whole(asked.subject("cellco"))];
    let answer = asked.ask(&Question::WhatIf {
        cuts,
        filter: Filter::default(),
        follow: Follow::default(),
    });
    let row = answer
        .rows
        .iter()
        .find(|row| row.output.is_none() && row.entity.as_ref().is_some_and(|it| it.id == "carco"));
    assert_eq!(
        row.unwrap().distance,
        Some(3),
        "a loss goes through what the purchase goes into"
    );
}

#[test]
fn a_use_is_direct_as_a_purchase_is() {
    let asked = Asked::of_facts(&[
        r#"Produces(by: "carco", good: "car")"#,
        r#"Needs(good: "car", input: "chip")"#,
        r#"IsA(child: "nand", parent: "chip")"#,
        r#"Uses(by: "carco", good: "nand")"#,
    ]);
    assert_eq!(asked.distances("nand", Follow::default())["carco"], 1);
}

/// Orco has a plant in China; Chipco buys it.
fn after_a_sale(sale: &str) -> Asked {
    Asked::of_facts(&[
        r#"Operates(firm: "orco", plant: "works", as_of: "2020")"#,
        r#"Owns(owner: "orco", owned: "works")"#,
        r#"Located(plant: "works", place: "china")"#,
        r#"Produces(by: "chipco", good: "nand", at: "korea", output_share: Exactly(1.0))"#,
        sale,
    ])
}

#[test]
fn a_completed_acquisition_owns_and_ends_what_the_seller_had() {
    let asked =
        after_a_sale(r#"Acquires(buyer: "chipco", target: "works", from: "orco", since: "2021")"#);
    assert!(asked.depends("chipco", "china") && asked.depends("chipco", "works"));
    assert!(!asked.depends("orco", "china") && !asked.depends("orco", "works"));
    assert_eq!(
        asked.loses("chipco", "china", 1.0),
        Some([(0, 100); 2]),
        "nobody says what part of its business that is"
    );
    assert_eq!(asked.loses("orco", "china", 1.0), None);
}

#[test]
fn a_planned_acquisition_changes_nothing_yet() {
    let asked = after_a_sale(r#"Plan Acquires(buyer: "chipco", target: "works", from: "orco")"#);
    assert!(!asked.depends("chipco", "china") && asked.depends("orco", "china"));
    let with_plans = Follow {
        plans: true,
        ..Follow::default()
    };
    assert!(asked.distances("china", with_plans).contains_key("chipco"));
}

#[test]
fn what_a_seller_has_after_a_sale_it_has() {
    let asked = Asked::of_facts(&[
        r#"Operates(firm: "orco", plant: "works", as_of: "2023")"#,
        r#"Located(plant: "works", place: "china")"#,
        r#"Acquires(buyer: "chipco", target: "works", from: "orco", since: "2021")"#,
    ]);
    assert!(asked.depends("orco", "china"));
}

#[test]
fn a_stake_without_control_is_no_part_of_the_business() {
    let owns = |share: &str| {
        let owns = format!(r#"Owns(owner: "chipco", owned: "cellco", share: {share})"#);
        let asked = Asked::of_facts(&[
            r#"Produces(by: "cellco", good: "battery", at: "china")"#,
            &owns,
        ]);
        (
            asked.depends("chipco", "china"),
            asked.depends("chipco", "cellco"),
        )
    };
    assert_eq!(owns("Exactly(0.3)"), (false, false));
    assert_eq!(owns("Exactly(0.51)"), (true, true));
}

#[test]
fn what_is_owned_depends_on_its_owner_only_if_asked_for_and_no_circle_closes() {
    let asked = Asked::of_facts(&[
        r#"Owns(owner: "chipco", owned: "cellco")"#,
        r#"Produces(by: "cellco", good: "battery", at: "china")"#,
    ]);
    assert!(!asked.depends("cellco", "chipco"));
    let with_owners = Follow {
        ownership: true,
        ..Follow::default()
    };
    assert!(
        asked
            .distances("chipco", with_owners)
            .contains_key("cellco")
    );
    let (of, to) = (asked.subject("chipco"), asked.subject("chipco"));
    let circle = asked.ask(&Question::Why {
        through: None,
        from: of.into(),
        to: to.into(),
        follow: with_owners,
        most: 3,
    });
    assert!(circle.rows.is_empty(), "{:?}", circle.rows);
}

#[test]
fn a_seller_has_a_market_in_what_its_buyer_makes_of_it() {
    let asked = Asked::of_facts(&[
        r#"Produces(by: "carco", good: "car", at: "china")"#,
        r#"Needs(good: "car", input: "battery")"#,
        r#"Produces(by: "carco", good: "core", at: "korea")"#,
        r#"Supplies(from: "cellco", to: "carco", good: "battery")"#,
        r#"Supplies(from: "orco", to: "cellco", good: "ore")"#,
    ]);
    let markets = Follow {
        market: true,
        ..Follow::default()
    };
    assert!(
        asked.distances("china", markets).contains_key("cellco"),
        "cars are made in China"
    );
    assert!(
        !asked.distances("korea", markets).contains_key("cellco"),
        "no battery goes into a core"
    );
    assert!(!asked.depends("cellco", "china") && !asked.depends("cellco", "carco"));
    assert!(
        asked.distances("cellco", markets).contains_key("orco"),
        "what the ore goes into is not known"
    );
    assert!(!asked.distances("china", markets).contains_key("orco"));
}

#[test]
fn a_chain_through_what_others_sell_says_so() {
    let asked = Asked::of_facts(&[
        r#"Supplies(from: "orco", to: "carco", good: "core")"#,
        r#"Produces(by: "chipco", good: "core", at: "china", world_share: AtLeast(0.3))"#,
    ]);
    let (from, follow) = (asked.subject("carco"), Follow::default());
    let others = |to: &str| {
        let answer = asked.ask(&Question::Why {
            through: None,
            from: from.into(),
            to: asked.subject(to).into(),
            follow,
            most: 1,
        });
        answer.rows[0]
            .steps
            .iter()
            .map(|step| step.from_others)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        others("china"),
        [true, false],
        "no document says that Carco buys from Chipco"
    );
    assert_eq!(others("orco"), [false]);
}
