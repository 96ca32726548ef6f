//! The worked example of the design, and the wrong chains that it names: who depends on whom,
//! whatever the shares.

use std::collections::BTreeSet;

use hanjung::request::{Filter, Question, Subject};

use crate::laws::asked::{Asked, follow, ids};
use crate::laws::oracle::Along;
use crate::laws::{ALL, DOCUMENTED};

const POSSIBLE: Along = Along {
    possible: true,
    ..DOCUMENTED
};

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn dependents(asked: &Asked, on: &str, along: Along) -> BTreeSet<String> {
    ids(&asked.dependents(on, along))
}

fn dependencies(asked: &Asked, of: &str, along: Along) -> BTreeSet<String> {
    ids(&asked.dependencies(of, along))
}

/// What one maker's output of a good depends on, and who depends on it.
fn around(
    asked: &Asked,
    by: &str,
    good: &str,
    along: Along,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let of = Subject::Supply {
        by: asked.entity(by),
        good: asked.entity(good),
    };
    let (filter, follow) = (Filter::default(), follow(along));
    let ask = |question| ids(&asked.answer(&question));
    let on = ask(Question::Dependencies {
        of: of.into(),
        filter: filter.clone(),
        follow,
    });
    (
        on,
        ask(Question::Dependents {
            of: of.into(),
            filter,
            follow,
        }),
    )
}

/// Graphite from China goes into Acme's batteries, and these into Motorco's cars.
fn worked_example() -> Asked {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["china"]),
        ("Material", &["graphite"]),
        ("Product", &["anode", "battery", "ev"]),
        ("Firm", &["acme", "motorco"]),
    ];
    Asked::of_facts(
        &entities,
        &[
            r#"Produces(by: "china", good: "graphite", world_share: AtLeast(0.6))"#,
            r#"Needs(good: "anode", input: "graphite")"#,
            r#"Needs(good: "battery", input: "anode")"#,
            r#"Produces(by: "acme", good: "battery", business_share: Exactly(0.5))"#,
            r#"Supplies(from: "acme", to: "motorco", good: "battery", share: Exactly(0.4))"#,
            r#"Produces(by: "motorco", good: "ev")"#,
            r#"Needs(good: "ev", input: "battery")"#,
        ],
    )
}

#[test]
fn in_the_worked_example_all_rests_on_china() {
    let (asked, all) = (
        worked_example(),
        set(&["graphite", "anode", "battery", "ev", "acme", "motorco"]),
    );
    for along in [DOCUMENTED, POSSIBLE] {
        assert_eq!(dependents(&asked, "china", along), all);
        assert_eq!(around(&asked, "china", "graphite", along).1, all);
        for (by, good) in [("acme", "battery"), ("motorco", "ev")] {
            assert!(
                around(&asked, by, good, along).0.contains("china"),
                "{good} from {by}"
            );
        }
    }
}

#[test]
fn in_the_worked_example_only_motorco_rests_on_acme_by_documents() {
    let asked = worked_example();
    assert_eq!(dependents(&asked, "acme", DOCUMENTED), set(&["motorco"]));
    assert_eq!(
        dependents(&asked, "acme", POSSIBLE),
        set(&["motorco", "battery", "ev"])
    );
    assert!(
        around(&asked, "motorco", "ev", DOCUMENTED)
            .0
            .contains("acme")
    );
    assert_eq!(
        around(&asked, "acme", "battery", DOCUMENTED).1,
        set(&["acme", "motorco"])
    );
}

#[test]
fn in_the_worked_example_motorco_rests_on_all_that_leads_to_china() {
    let expected = set(&["ev", "battery", "anode", "graphite", "china", "acme"]);
    assert_eq!(
        dependencies(&worked_example(), "motorco", DOCUMENTED),
        expected
    );
    assert_eq!(
        dependencies(&worked_example(), "graphite", DOCUMENTED),
        set(&["china"])
    );
}

/// Samsung makes NAND in Xi'an, and DRAM nobody says where.
fn samsung() -> Asked {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["china"]),
        ("Plant", &["xian-plant"]),
        ("Product", &["nand", "dram"]),
        ("Firm", &["samsung", "phoneco", "driveco"]),
    ];
    Asked::of_facts(
        &entities,
        &[
            r#"Produces(by: "samsung", good: "nand", at: "xian-plant", output_share: AtLeast(0.4))"#,
            r#"Produces(by: "samsung", good: "dram")"#,
            r#"Located(plant: "xian-plant", place: "china")"#,
            r#"Supplies(from: "samsung", to: "phoneco", good: "dram")"#,
            r#"Supplies(from: "samsung", to: "driveco", good: "nand")"#,
        ],
    )
}

#[test]
fn a_buyer_of_dram_does_not_rest_on_the_site_of_the_nand() {
    let asked = samsung();
    assert_eq!(
        dependencies(&asked, "phoneco", ALL),
        set(&["dram", "samsung"])
    );
    for on in ["xian-plant", "china"] {
        assert!(dependents(&asked, on, DOCUMENTED).is_superset(&set(&["samsung", "driveco"])));
        assert!(!dependents(&asked, on, ALL).contains("phoneco"));
    }
}

#[test]
fn a_firm_does_not_rest_on_what_its_country_buys() {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["korea", "china"]),
        ("Material", &["lithium"]),
        ("Product", &["antibody"]),
        ("Firm", &["celltrion"]),
    ];
    let asked = Asked::of_facts(
        &entities,
        &[
            r#"Sources(buyer: "korea", good: "lithium", from: "china", share: Exactly(1.0))"#,
            r#"Headquartered(firm: "celltrion", place: "korea")"#,
            r#"Produces(by: "celltrion", good: "antibody", at: "korea")"#,
            r#"SellsIn(seller: "celltrion", place: "korea")"#,
        ],
    );
    assert_eq!(
        dependencies(&asked, "korea", DOCUMENTED),
        set(&["lithium", "china"])
    );
    assert_eq!(
        dependencies(&asked, "celltrion", ALL),
        set(&["antibody", "korea"])
    );
    assert_eq!(dependents(&asked, "lithium", ALL), set(&["korea"]));
}

#[test]
fn a_plant_does_not_pass_the_input_of_one_good_to_another() {
    let entities: [(&str, &[&str]); 4] = [
        ("Material", &["cobalt", "phosphate"]),
        ("Product", &["nmc-cell", "lfp-cell"]),
        ("Plant", &["wuxi-plant"]),
        ("Firm", &["maker", "nmc-buyer", "lfp-buyer"]),
    ];
    let asked = Asked::of_facts(
        &entities,
        &[
            r#"Needs(good: "nmc-cell", input: "cobalt")"#,
            r#"Needs(good: "lfp-cell", input: "phosphate")"#,
            r#"Produces(by: "maker", good: "nmc-cell", at: "wuxi-plant")"#,
            r#"Produces(by: "maker", good: "lfp-cell", at: "wuxi-plant")"#,
            r#"Supplies(from: "maker", to: "nmc-buyer", good: "nmc-cell")"#,
            r#"Supplies(from: "maker", to: "lfp-buyer", good: "lfp-cell")"#,
        ],
    );
    assert_eq!(
        dependents(&asked, "cobalt", ALL),
        set(&["nmc-cell", "wuxi-plant", "maker", "nmc-buyer"])
    );
    assert_eq!(
        dependents(&asked, "phosphate", ALL),
        set(&["lfp-cell", "wuxi-plant", "maker", "lfp-buyer"])
    );
    assert!(
        !around(&asked, "maker", "lfp-cell", ALL)
            .0
            .contains("cobalt")
    );
    assert!(dependencies(&asked, "lfp-buyer", DOCUMENTED).contains("wuxi-plant"));
}

#[test]
fn what_is_replaced_in_a_kind_is_not_needed_by_the_kinds_below() {
    let entities: [(&str, &[&str]); 3] = [
        ("Material", &["graphite", "lithium"]),
        (
            "Product",
            &[
                "graphite-anode",
                "battery",
                "lithium-metal-battery",
                "pouch-cell",
            ],
        ),
        ("Firm", &["maker"]),
    ];
    let asked = Asked::of_facts(
        &entities,
        &[
            r#"Needs(good: "graphite-anode", input: "graphite")"#,
            r#"Needs(good: "battery", input: "graphite-anode")"#,
            r#"IsA(child: "lithium-metal-battery", parent: "battery")"#,
            r#"Replaces(good: "lithium", replaced: "graphite-anode", in: "lithium-metal-battery")"#,
            r#"IsA(child: "pouch-cell", parent: "lithium-metal-battery")"#,
            r#"Produces(by: "maker", good: "pouch-cell")"#,
        ],
    );
    assert_eq!(
        dependents(&asked, "graphite", ALL),
        set(&["graphite-anode", "battery"])
    );
    assert_eq!(
        dependents(&asked, "lithium", DOCUMENTED),
        set(&["lithium-metal-battery", "pouch-cell", "maker"])
    );
    assert!(dependents(&asked, "battery", DOCUMENTED).contains("maker"));
}

/// A buyer with two known sources of graphite, and a third country that makes much of the world's.
fn graphite_from(china: &str, mozambique: &str) -> Asked {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china", "mozambique", "brazil"]),
        ("Material", &["graphite"]),
        ("Firm", &["posco"]),
    ];
    Asked::of_facts(
        &entities,
        &[
            &format!(r#"Sources(buyer: "posco", good: "graphite", from: "china", share: {china})"#),
            &format!(
                r#"Sources(buyer: "posco", good: "graphite", from: "mozambique", share: {mozambique})"#
            ),
            r#"Produces(by: "brazil", good: "graphite", world_share: AtLeast(0.2))"#,
        ],
    )
}

#[test]
fn known_shares_that_come_to_the_whole_leave_no_rest() {
    let whole = graphite_from("Exactly(0.7)", "Exactly(0.3)");
    assert_eq!(
        dependencies(&whole, "posco", ALL),
        set(&["graphite", "china", "mozambique"])
    );
    let part = graphite_from("Exactly(0.7)", "AtMost(0.3)");
    assert_eq!(
        dependencies(&part, "posco", DOCUMENTED),
        set(&["graphite", "china", "mozambique", "brazil"])
    );
    let nothing = graphite_from("Exactly(0.7)", "Exactly(0.0)");
    assert_eq!(
        dependencies(&nothing, "posco", DOCUMENTED),
        set(&["graphite", "china", "brazil"])
    );
}

#[test]
fn a_member_does_not_rest_on_the_inputs_of_the_other_members() {
    let entities: [(&str, &[&str]); 4] = [
        ("Material", &["cobalt"]),
        ("Product", &["battery", "chip"]),
        ("Firm", &["cellmaker", "chipmaker"]),
        ("Group", &["group"]),
    ];
    let asked = Asked::of_facts(
        &entities,
        &[
            r#"Needs(good: "battery", input: "cobalt")"#,
            r#"Produces(by: "cellmaker", good: "battery")"#,
            r#"Produces(by: "chipmaker", good: "chip")"#,
            r#"MemberOf(member: "cellmaker", of: "group")"#,
            r#"MemberOf(member: "chipmaker", of: "group")"#,
            r#"Owns(owner: "cellmaker", owned: "chipmaker")"#,
        ],
    );
    assert_eq!(
        dependencies(&asked, "chipmaker", ALL),
        set(&["chip", "group", "cellmaker"])
    );
    assert_eq!(
        dependents(&asked, "cobalt", DOCUMENTED),
        set(&["battery", "cellmaker"])
    );
    assert_eq!(
        dependents(&asked, "cobalt", ALL),
        set(&["battery", "cellmaker", "group"])
    );
}

#[test]
fn a_cut_of_one_country_is_no_cut_of_what_others_make_of_the_good() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china", "chile"]),
        ("Material", &["lithium"]),
        ("Firm", &["posco", "sqm"]),
    ];
    let asked = Asked::of_facts(
        &entities,
        &[
            r#"Produces(by: "china", good: "lithium")"#,
            r#"Produces(by: "sqm", good: "lithium", at: "chile")"#,
            r#"Sources(buyer: "posco", good: "lithium", from: "sqm", share: Exactly(1.0))"#,
        ],
    );
    assert_eq!(
        dependencies(&asked, "posco", ALL),
        set(&["lithium", "sqm", "chile"])
    );
    assert_eq!(dependents(&asked, "china", DOCUMENTED), set(&[]));
    assert_eq!(dependents(&asked, "china", POSSIBLE), set(&["lithium"]));
}

#[test]
fn a_supplier_in_a_country_is_no_alternative_to_the_country() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china"]),
        ("Material", &["graphite"]),
        ("Firm", &["btr", "posco"]),
    ];
    let facts = [
        r#"Sources(buyer: "posco", good: "graphite", from: "china", share: Exactly(1.0))"#,
        r#"Supplies(from: "btr", to: "posco", good: "graphite")"#,
        r#"Produces(by: "btr", good: "graphite", at: "china")"#,
    ];
    assert!(dependencies(&Asked::of_facts(&entities, &facts), "posco", DOCUMENTED).contains("btr"));
}

#[test]
fn a_plant_in_a_country_is_no_alternative_to_the_country() {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["china"]),
        ("Plant", &["xian-plant"]),
        ("Product", &["nand"]),
        ("Firm", &["samsung"]),
    ];
    let facts = [
        r#"Produces(by: "samsung", good: "nand", at: "china", output_share: Exactly(1.0))"#,
        r#"Produces(by: "samsung", good: "nand", at: "xian-plant")"#,
        r#"Located(plant: "xian-plant", place: "china")"#,
    ];
    assert!(
        dependencies(&Asked::of_facts(&entities, &facts), "samsung", DOCUMENTED)
            .contains("xian-plant")
    );
}

#[test]
fn all_that_is_bought_of_one_kind_is_not_all_that_is_bought() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["korea"]),
        ("Firm", &["catl", "volkswagen"]),
        ("Product", &["cell", "lfp-cell", "ev"]),
    ];
    let facts = [
        r#"IsA(child: "lfp-cell", parent: "cell")"#,
        r#"Needs(good: "ev", input: "cell")"#,
        r#"Produces(by: "volkswagen", good: "ev")"#,
        r#"Supplies(from: "catl", to: "volkswagen", good: "lfp-cell", share: Exactly(1.0))"#,
        r#"Produces(by: "korea", good: "cell", world_share: AtLeast(0.1))"#,
    ];
    let expected = set(&["ev", "cell", "lfp-cell", "catl", "korea"]);
    assert_eq!(
        dependencies(
            &Asked::of_facts(&entities, &facts),
            "volkswagen",
            DOCUMENTED
        ),
        expected
    );
}
