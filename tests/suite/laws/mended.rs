//! What hanjung was once wrong on, each as small as it can be.

use std::collections::BTreeSet;

use hanjung::facts::Interval;
use hanjung::graph::Standing;
use hanjung::query::Answer;

use crate::laws::asked::{Asked, distances, facts, ids};
use crate::laws::oracle::Along;
use crate::laws::{ALL, DOCUMENTED};

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn is_dependent(asked: &Asked, from: &str, to: &str, along: Along) -> (bool, bool) {
    (
        ids(&asked.dependencies(from, along)).contains(to),
        ids(&asked.dependents(to, along)).contains(from),
    )
}

#[test]
fn an_economy_that_operates_owns_or_licenses_is_depended_on() {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["china"]),
        ("Plant", &["reactor"]),
        ("Firm", &["comac", "licensee"]),
        ("Product", &["jet"]),
    ];
    let facts = [
        r#"Operates(firm: "china", plant: "reactor")"#,
        r#"Owns(owner: "china", owned: "comac")"#,
        r#"Licenses(licensor: "china", licensee: "licensee", good: "jet")"#,
    ];
    let asked = Asked::of_facts(&entities, &facts);
    for who in ["reactor", "comac", "licensee"] {
        assert_eq!(
            is_dependent(&asked, who, "china", ALL),
            (true, true),
            "{who}"
        );
    }
}

#[test]
fn what_replaces_its_own_kind_is_inherited() {
    let entities: [(&str, &[&str]); 2] = [
        ("Material", &["silicon"]),
        (
            "Product",
            &[
                "anode",
                "silicon-anode",
                "battery",
                "silicon-battery",
                "pouch-cell",
            ],
        ),
    ];
    let facts = [
        r#"IsA(child: "silicon-anode", parent: "anode")"#,
        r#"Needs(good: "silicon-anode", input: "silicon")"#,
        r#"Needs(good: "battery", input: "anode")"#,
        r#"IsA(child: "silicon-battery", parent: "battery")"#,
        r#"Replaces(good: "silicon-anode", replaced: "anode", in: "silicon-battery")"#,
        r#"IsA(child: "pouch-cell", parent: "silicon-battery")"#,
    ];
    let asked = Asked::of_facts(&entities, &facts);
    assert_eq!(
        ids(&asked.dependents("silicon", DOCUMENTED)),
        set(&["silicon-anode", "silicon-battery", "pouch-cell"])
    );
}

#[test]
fn a_need_stated_below_a_replacement_is_inherited() {
    let entities: [(&str, &[&str]); 1] = [(
        "Product",
        &[
            "anode",
            "metal",
            "battery",
            "metal-battery",
            "hybrid",
            "hybrid-pouch",
        ],
    )];
    let facts = [
        r#"Needs(good: "battery", input: "anode")"#,
        r#"IsA(child: "metal-battery", parent: "battery")"#,
        r#"Replaces(good: "metal", replaced: "anode", in: "metal-battery")"#,
        r#"IsA(child: "hybrid", parent: "metal-battery")"#,
        r#"Needs(good: "hybrid", input: "anode")"#,
        r#"IsA(child: "hybrid-pouch", parent: "hybrid")"#,
    ];
    let dependents = ids(&Asked::of_facts(&entities, &facts).dependents("anode", DOCUMENTED));
    assert_eq!(dependents, set(&["battery", "hybrid", "hybrid-pouch"]));
}

#[test]
fn a_plan_to_make_a_good_does_not_end_the_dependence_on_its_licensor() {
    let entities: [(&str, &[&str]); 2] =
        [("Firm", &["asml", "licensee"]), ("Product", &["scanner"])];
    let facts = [
        r#"Licenses(licensor: "asml", licensee: "licensee", good: "scanner")"#,
        r#"Plan Produces(by: "licensee", good: "scanner")"#,
    ];
    let along = Along {
        technology: true,
        ..DOCUMENTED
    };
    assert_eq!(
        is_dependent(
            &Asked::of_facts(&entities, &facts),
            "licensee",
            "asml",
            along
        ),
        (true, true)
    );
}

/// Three figures for one share, of these years.
fn three_figures(years: [u16; 3]) -> Asked {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china"]),
        ("Material", &["graphite"]),
        ("Firm", &["posco"]),
    ];
    let share = |share: &str, year: u16| {
        format!(
            r#"Sources(buyer: "posco", good: "graphite", from: "china", share: {share}, as_of: "{year}")"#
        )
    };
    let [first, second, third] = years;
    let facts = [
        share("About(0.1)", first),
        share("AtLeast(0.8)", second),
        share("Between(0.3, 0.4)", third),
    ];
    Asked::of_facts(&entities, &facts.each_ref().map(|fact| fact.as_str()))
}

/// The share of Posco's graphite that comes from China.
fn share_from_china(asked: &Asked) -> Interval {
    let supply = asked
        .graph()
        .output(asked.entity("china"), asked.entity("graphite"));
    let arc = asked
        .graph()
        .arcs()
        .find(|(_, arc)| Some(arc.to) == supply && arc.standing == Standing::Documented);
    arc.expect("posco rests on graphite from China").1.share
}

#[test]
fn of_figures_of_different_years_the_latest_counts() {
    assert_eq!(
        share_from_china(&three_figures([2021, 2022, 2023])),
        Interval { lo: 0.3, hi: 0.4 }
    );
    assert_eq!(
        share_from_china(&three_figures([2021, 2023, 2022])),
        Interval { lo: 0.8, hi: 1.0 }
    );
}

#[test]
fn three_shares_that_contradict_each_other_leave_all_that_any_allows() {
    let share = share_from_china(&three_figures([2023, 2023, 2023]));
    assert!(
        (share.lo - 0.09).abs() < 1e-9 && share.hi == 1.0,
        "{share:?}"
    );
}

#[test]
fn shares_of_different_years_do_not_make_a_whole() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china", "brazil", "chile"]),
        ("Material", &["graphite"]),
        ("Firm", &["posco"]),
    ];
    let facts = [
        r#"Sources(buyer: "posco", good: "graphite", from: "china", share: Exactly(0.6), as_of: "2021")"#,
        r#"Sources(buyer: "posco", good: "graphite", from: "brazil", share: Exactly(0.6), as_of: "2024")"#,
        r#"Produces(by: "chile", good: "graphite", world_share: AtLeast(0.1))"#,
    ];
    assert_eq!(
        is_dependent(
            &Asked::of_facts(&entities, &facts),
            "posco",
            "chile",
            DOCUMENTED
        ),
        (true, true)
    );
}

#[test]
fn a_planned_supplier_shows_with_plans_although_the_present_one_covers_all() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china", "tanzania"]),
        ("Material", &["graphite"]),
        ("Firm", &["posco"]),
    ];
    let facts = [
        r#"Sources(buyer: "posco", good: "graphite", from: "china", share: Exactly(1.0))"#,
        r#"Plan Sources(buyer: "posco", good: "graphite", from: "tanzania")"#,
    ];
    assert_eq!(
        is_dependent(
            &Asked::of_facts(&entities, &facts),
            "posco",
            "tanzania",
            ALL
        ),
        (true, true)
    );
}

#[test]
fn a_planned_input_shows_with_plans() {
    let entities: [(&str, &[&str]); 1] = [("Product", &["solid-state-battery", "sulfide"])];
    let facts = [r#"Forecast Needs(good: "solid-state-battery", input: "sulfide")"#];
    let asked = Asked::of_facts(&entities, &facts);
    assert_eq!(
        is_dependent(&asked, "solid-state-battery", "sulfide", DOCUMENTED),
        (false, false)
    );
    assert_eq!(
        is_dependent(&asked, "solid-state-battery", "sulfide", ALL),
        (true, true)
    );
}

#[test]
fn what_is_used_for_one_good_goes_into_no_other() {
    let entities: [(&str, &[&str]); 2] = [
        ("Firm", &["volkswagen", "taxi-firm"]),
        (
            "Product",
            &["cell", "lfp-cell", "ev", "entry-ev", "luxury-ev"],
        ),
    ];
    let facts = [
        r#"IsA(child: "lfp-cell", parent: "cell")"#,
        r#"Needs(good: "ev", input: "cell")"#,
        r#"IsA(child: "entry-ev", parent: "ev")"#,
        r#"IsA(child: "luxury-ev", parent: "ev")"#,
        r#"Produces(by: "volkswagen", good: "entry-ev")"#,
        r#"Produces(by: "volkswagen", good: "luxury-ev")"#,
        r#"Uses(by: "volkswagen", good: "lfp-cell", for: "entry-ev")"#,
        r#"Supplies(from: "volkswagen", to: "taxi-firm", good: "luxury-ev")"#,
    ];
    let asked = Asked::of_facts(&entities, &facts);
    assert_eq!(
        is_dependent(&asked, "volkswagen", "lfp-cell", DOCUMENTED),
        (true, true)
    );
    assert_eq!(
        is_dependent(&asked, "taxi-firm", "lfp-cell", ALL),
        (false, false)
    );
}

#[test]
fn a_plant_that_makes_something_at_another_is_depended_on_both_ways() {
    let entities: [(&str, &[&str]); 2] = [
        ("Plant", &["smelter", "refinery"]),
        ("Material", &["copper"]),
    ];
    let asked = Asked::of_facts(
        &entities,
        &[r#"Produces(by: "smelter", good: "copper", at: "refinery")"#],
    );
    let (forth, back) = is_dependent(&asked, "refinery", "smelter", DOCUMENTED);
    assert_eq!(forth, back);
}

/// A fact stated in two files, in this order.
fn stated_in(order: [usize; 2]) -> Answer {
    let declared = r#"[Document(id: "d", title: "D", publisher: "P", date: "2025"), Product(id: "a", en: "a"), Product(id: "b", en: "b")]"#;
    let stated = |note: &str, passage: usize| {
        format!(
            r#"[Needs(good: "a", input: "b", note: "{note}", evidence: [Reported(doc: "d", at: "p{passage}")])]"#
        )
    };
    let stated = [stated("one", 1), stated("two", 2)];
    let texts = [
        declared.to_owned(),
        stated[order[0]].clone(),
        stated[order[1]].clone(),
    ];
    Asked::of_texts(&texts).dependents("b", DOCUMENTED)
}

#[test]
fn the_order_of_the_files_decides_neither_evidence_nor_note() {
    let [one, two] = [[0, 1], [1, 0]].map(|order| {
        let answer = stated_in(order);
        let fact = answer.facts.values().next().expect("a fact is cited");
        let passages: Vec<_> = fact
            .evidence
            .iter()
            .map(|evidence| evidence.passage.clone())
            .collect();
        (fact.note.clone(), passages)
    });
    assert_eq!(one, two);
}

#[test]
fn a_fact_on_what_is_made_at_a_plant_takes_no_dependence_away() {
    let entities: [(&str, &[&str]); 3] = [
        ("Firm", &["maker"]),
        ("Plant", &["mill"]),
        ("Product", &["steel", "magnet"]),
    ];
    let operated = [
        r#"Operates(firm: "maker", plant: "mill")"#,
        r#"Uses(by: "mill", good: "magnet")"#,
    ];
    let made = [
        operated[0],
        operated[1],
        r#"Produces(by: "maker", good: "steel", at: "mill")"#,
    ];
    let is_user = |facts: &[&str]| {
        is_dependent(
            &Asked::of_facts(&entities, facts),
            "maker",
            "magnet",
            DOCUMENTED,
        )
    };
    assert_eq!(is_user(&operated), (true, true));
    assert_eq!(is_user(&made), (true, true));
}

#[test]
fn a_second_figure_makes_no_chain_longer() {
    let entities: [(&str, &[&str]); 2] = [("Economy", &["china"]), ("Material", &["graphite"])];
    let share = |share: &str, year: u16| {
        format!(r#"Produces(by: "china", good: "graphite", world_share: {share}, as_of: "{year}")"#)
    };
    let facts = [share("AtLeast(0.6)", 2023), share("AtLeast(0.7)", 2024)];
    let facts = facts.each_ref().map(|fact| fact.as_str());
    let length = |facts: &[&str]| {
        distances(&Asked::of_facts(&entities, facts).dependents("china", DOCUMENTED))["graphite"]
    };
    assert_eq!((length(&facts[..1]), length(&facts)), (1, 1));
}

#[test]
fn nothing_stands_both_in_the_rows_and_apart() {
    let entities: [(&str, &[&str]); 3] = [
        ("Group", &["group"]),
        ("Firm", &["member"]),
        ("Product", &["chip"]),
    ];
    let facts = [
        r#"MemberOf(member: "member", of: "group")"#,
        r#"Plan Uses(by: "group", good: "chip")"#,
        r#"Plan Sources(buyer: "group", good: "chip", from: "member")"#,
    ];
    let answer = Asked::of_facts(&entities, &facts).dependents(
        "member",
        Along {
            plans: true,
            ..DOCUMENTED
        },
    );
    let apart: BTreeSet<String> = answer.aside.iter().map(crate::laws::asked::id).collect();
    assert!(apart.is_disjoint(&ids(&answer)), "{apart:?}");
}

#[test]
fn a_member_of_which_no_output_is_known_depends_on_its_group_too() {
    let entities: [(&str, &[&str]); 2] = [("Group", &["group"]), ("Firm", &["member"])];
    let asked = Asked::of_facts(&entities, &[r#"MemberOf(member: "member", of: "group")"#]);
    let along = Along {
        ownership: true,
        ..DOCUMENTED
    };
    assert_eq!(is_dependent(&asked, "member", "group", along), (true, true));
}

#[test]
fn a_city_is_no_alternative_to_its_province() {
    let entities: [(&str, &[&str]); 3] = [
        ("Place", &["jiangsu", "wuxi"]),
        ("Product", &["dram"]),
        ("Firm", &["hynix"]),
    ];
    let facts = [
        r#"PartOf(part: "wuxi", whole: "jiangsu")"#,
        r#"Produces(by: "hynix", good: "dram", at: "jiangsu", output_share: Exactly(1.0))"#,
        r#"Produces(by: "hynix", good: "dram", at: "wuxi")"#,
    ];
    assert_eq!(
        is_dependent(
            &Asked::of_facts(&entities, &facts),
            "hynix",
            "wuxi",
            DOCUMENTED
        ),
        (true, true)
    );
}

#[test]
fn a_maker_is_one_fact_away_from_each_of_its_plants() {
    let entities: [(&str, &[&str]); 3] = [
        ("Firm", &["samsung"]),
        ("Plant", &["xian-plant", "pyeongtaek-plant"]),
        ("Product", &["nand"]),
    ];
    let facts = ["xian-plant", "pyeongtaek-plant"]
        .map(|plant| format!(r#"Produces(by: "samsung", good: "nand", at: "{plant}")"#));
    let asked = Asked::of_facts(&entities, &facts.each_ref().map(|fact| fact.as_str()));
    let lengths = distances(&asked.dependencies("samsung", DOCUMENTED));
    assert_eq!((lengths["xian-plant"], lengths["pyeongtaek-plant"]), (1, 1));
}

#[test]
fn a_chain_of_one_fact_comes_before_one_of_two() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china"]),
        ("Firm", &["samsung", "supplier"]),
        ("Product", &["nand", "resist"]),
    ];
    let facts = [
        r#"Produces(by: "samsung", good: "nand", at: "china")"#,
        r#"Sources(buyer: "samsung", good: "resist", from: "supplier")"#,
        r#"Produces(by: "supplier", good: "resist", at: "china")"#,
    ];
    let chains = Asked::of_facts(&entities, &facts).why("samsung", "china", DOCUMENTED, 3);
    let lengths: Vec<_> = chains.rows.iter().filter_map(|row| row.distance).collect();
    assert_eq!(lengths, [1, 2]);
}

#[test]
fn dependents_and_dependencies_count_the_same_facts_of_two_makers() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["korea"]),
        ("Firm", &["hynix", "samsung"]),
        ("Product", &["wafer"]),
    ];
    let facts = [
        r#"Supplies(from: "hynix", to: "samsung", good: "wafer")"#,
        r#"Produces(by: "samsung", good: "wafer", at: "korea")"#,
        r#"Produces(by: "hynix", good: "wafer", at: "korea")"#,
    ];
    let asked = Asked::of_facts(&entities, &facts);
    let forth = distances(&asked.dependencies("samsung", DOCUMENTED))["korea"];
    let back = distances(&asked.dependents("korea", DOCUMENTED))["samsung"];
    assert_eq!((forth, back), (1, 1));
}

#[test]
fn dependents_and_dependencies_count_the_same_facts() {
    let entities: [(&str, &[&str]); 3] = [
        ("Place", &["wuxi"]),
        ("Firm", &["hynix", "supplier"]),
        ("Product", &["dram", "resist"]),
    ];
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
    let entities: [(&str, &[&str]); 3] = [
        ("Place", &["nevada"]),
        ("Firm", &["albemarle", "buyer"]),
        ("Material", &["lithium"]),
    ];
    let stated = [
        r#"Plan Sources(buyer: "buyer", good: "lithium", from: "albemarle")"#,
        r#"Produces(by: "albemarle", good: "lithium", at: "nevada")"#,
    ];
    let rows = Asked::of_facts(&entities, &stated)
        .why("lithium", "nevada", ALL, 3)
        .rows;
    let cited: Vec<BTreeSet<String>> = rows.iter().map(facts).collect();
    assert_eq!(cited.len(), 1, "{cited:?}");
}

#[test]
fn a_documented_step_cites_the_share_that_makes_it_one() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china"]),
        ("Firm", &["btr"]),
        ("Material", &["graphite"]),
    ];
    let stated = [
        r#"Produces(by: "btr", good: "graphite", world_share: AtLeast(0.1))"#,
        r#"Produces(by: "btr", good: "graphite", at: "china")"#,
    ];
    let asked = Asked::of_facts(&entities, &stated);
    assert!(
        !ids(&Asked::of_facts(&entities, &stated[1..]).dependents("china", DOCUMENTED))
            .contains("graphite")
    );
    let rows = asked.dependents("china", DOCUMENTED).rows;
    assert!(
        rows.iter().any(|row| facts(row)
            .iter()
            .any(|id| id.starts_with("produces:btr:graphite~"))),
        "{rows:?}"
    );
}

#[test]
fn no_chain_rests_on_a_share_of_nothing() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china"]),
        ("Material", &["graphite"]),
        ("Firm", &["posco"]),
    ];
    let stated = [
        r#"Sources(buyer: "posco", good: "graphite", from: "china", share: Exactly(0.0), as_of: "2021")"#,
        r#"Sources(buyer: "posco", good: "graphite", from: "china", share: Exactly(0.5), as_of: "2023")"#,
    ];
    let answer = Asked::of_facts(&entities, &stated).why("posco", "china", DOCUMENTED, 1);
    let says_something = |fact: &str| answer.facts[fact].fields["share"] == "50 %";
    assert!(
        facts(&answer.rows[0])
            .iter()
            .any(|fact| says_something(fact)),
        "{:?}",
        answer.rows
    );
}

#[test]
fn dependents_and_dependencies_count_the_same_facts_of_a_shared_plant() {
    let entities: [(&str, &[&str]); 3] = [
        ("Plant", &["joint-plant"]),
        ("Firm", &["cellmaker", "carmaker"]),
        ("Product", &["cell", "foil"]),
    ];
    let stated = [
        r#"Produces(by: "cellmaker", good: "cell", at: "joint-plant")"#,
        r#"Needs(good: "cell", input: "foil")"#,
        r#"Supplies(from: "cellmaker", to: "carmaker", good: "foil")"#,
        r#"Produces(by: "carmaker", good: "cell", at: "joint-plant")"#,
    ];
    let asked = Asked::of_facts(&entities, &stated);
    let forth = distances(&asked.dependencies("carmaker", DOCUMENTED))["cellmaker"];
    let back = distances(&asked.dependents("cellmaker", DOCUMENTED))["carmaker"];
    assert_eq!((forth, back), (1, 1));
}

#[test]
fn a_share_of_the_business_takes_no_plant_further_away() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china"]),
        ("Firm", &["hynix"]),
        ("Product", &["dram"]),
    ];
    let stated = [
        r#"Produces(by: "hynix", good: "dram", at: "china")"#,
        r#"Produces(by: "hynix", good: "dram", business_share: AtLeast(0.4))"#,
    ];
    let asked = Asked::of_facts(&entities, &stated);
    assert_eq!(
        distances(&asked.dependencies("hynix", DOCUMENTED))["china"],
        1
    );
}

#[test]
fn a_site_is_told_by_the_fact_that_gives_the_share() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china"]),
        ("Firm", &["btr"]),
        ("Material", &["graphite"]),
    ];
    let stated = [
        r#"Produces(by: "btr", good: "graphite", at: "china")"#,
        r#"Produces(by: "btr", good: "graphite", at: "china", world_share: AtLeast(0.1))"#,
    ];
    let asked = Asked::of_facts(&entities, &stated);
    assert_eq!(
        distances(&asked.dependencies("graphite", DOCUMENTED))["china"],
        1
    );
}

#[test]
fn what_else_is_bought_of_a_kind_is_a_need_too() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["korea"]),
        ("Firm", &["catl", "volkswagen"]),
        ("Product", &["cell", "lfp-cell", "ev"]),
    ];
    let stated = [
        r#"IsA(child: "lfp-cell", parent: "cell")"#,
        r#"Needs(good: "ev", input: "cell")"#,
        r#"Supplies(from: "catl", to: "volkswagen", good: "lfp-cell", share: Exactly(0.4))"#,
        r#"Produces(by: "korea", good: "lfp-cell", world_share: AtLeast(0.1))"#,
        r#"Produces(by: "volkswagen", good: "ev")"#,
    ];
    let is_on_korea = |stated: &[&str]| {
        distances(&Asked::of_facts(&entities, stated).dependencies("volkswagen", DOCUMENTED))
            .contains_key("korea")
    };
    assert!(
        is_on_korea(&stated[..4]),
        "as long as nothing is known of what Volkswagen makes"
    );
    assert!(is_on_korea(&stated));
}
