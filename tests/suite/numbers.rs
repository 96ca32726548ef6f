//! Numbers are never wrong, and never told as less or more than they are: shares, sums of shares,
//! bounds, concentration.

use crate::small::Asked;
use hanjung::facts::Lang;
use hanjung::graph::Follow;
use hanjung::query::{Answer, Row};
use hanjung::render::{Format, Layout, render};
use hanjung::request::{Cut, Filter, Question};

impl Asked {
    /// Entities and facts as records, the facts without their evidence.
    fn of(entities: &str, facts: &[&str]) -> Asked {
        let evidence = r#"evidence: [Reported(doc: "d", at: "p1")])"#;
        let fact = |fact: &&str| {
            format!(
                "{}, {evidence}",
                fact.strip_suffix(')').expect("a fact ends with a bracket")
            )
        };
        let facts: Vec<String> = facts.iter().map(fact).collect();
        let document = r#"Document(id: "d", title: "D", publisher: "P", date: "2025")"#;
        let text = format!("[{document}, {entities}, {}]", facts.join(", "));
        Asked::of_text(&text)
    }

    fn what_if(&self, cut: &str, part: f64) -> Answer {
        let cuts = vec![Cut {
            of: self.subject(cut).into(),
            part,
        }];
        self.ask(&Question::WhatIf {
            cuts,
            filter: Filter::default(),
            follow: Follow::default(),
        })
    }

    fn exposure(&self, of: &str, to: &str) -> Answer {
        let (of, to) = (self.subject(of), self.subject(to));
        self.ask(&Question::Exposure {
            of: of.into(),
            to: to.into(),
            follow: Follow::default(),
        })
    }

    fn chokepoints_of(&self, of: &str) -> Answer {
        let (of, filter, follow) = (Some(self.subject(of)), Filter::default(), Follow::default());
        self.ask(&Question::Chokepoints {
            of: of.map(Into::into),
            filter,
            follow,
        })
    }

    fn why(&self, from: &str, to: &str) -> Answer {
        let (from, to) = (self.subject(from), self.subject(to));
        self.ask(&Question::Why {
            through: None,
            from: from.into(),
            to: to.into(),
            follow: Follow::default(),
            most: 3,
        })
    }
}

fn row<'a>(answer: &'a Answer, id: &str) -> &'a Row {
    let is_it = |row: &&Row| {
        row.output.is_none() && row.entity.as_ref().is_some_and(|entity| entity.id == id)
    };
    answer
        .rows
        .iter()
        .find(is_it)
        .unwrap_or_else(|| panic!("no row for {id}: {:?}", answer.rows))
}

fn bounds(answer: &Answer, id: &str) -> (f64, f64) {
    let bounds = row(answer, id).bounds.expect("the row has bounds");
    (bounds.lo, bounds.hi)
}

fn text(answer: &Answer, format: Format) -> String {
    render(answer, format, &Layout::default())
}

const EUV: &str = r#"Economy(id: "nl", en: "Netherlands"), Firm(id: "asml", en: "ASML"), Product(id: "euv", en: "EUV tool")"#;

fn euv() -> Asked {
    Asked::of(
        EUV,
        &[
            r#"Produces(by: "nl", good: "euv", world_share: Exactly(1.0))"#,
            r#"Produces(by: "asml", good: "euv", world_share: Exactly(1.0))"#,
        ],
    )
}

#[test]
fn concentration_is_told_among_makers_of_one_kind() {
    let answer = euv().chokepoints_of("euv");
    let found: Vec<_> = answer
        .rows
        .iter()
        .filter_map(|row| row.concentration)
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|found| (found.among.noun(), found.index, found.makers))
        .collect();
    assert_eq!(found, [("economy", 10_000.0, 1), ("firm", 10_000.0, 1)]);
    assert!(text(&answer, Format::Json).contains("\"index\": 10000.0"));
}

#[test]
fn concentration_keeps_its_digits_and_is_never_above_that_of_one_maker() {
    let goods =
        r#"Economy(id: "a", en: "A"), Economy(id: "b", en: "B"), Material(id: "ore", en: "ore")"#;
    let of = |a: &str, b: &str| {
        let fact = |by: &str, share: &str| {
            format!(r#"Produces(by: "{by}", good: "ore", world_share: Exactly({share}))"#)
        };
        let facts = [fact("a", a), fact("b", b)];
        let answer = Asked::of(goods, &facts.each_ref().map(String::as_str)).chokepoints_of("ore");
        answer
            .rows
            .iter()
            .find_map(|row| row.concentration)
            .expect("the shares are known")
            .index
    };
    assert!((of("0.61", "0.39") - (61.0_f64.powi(2) + 39.0_f64.powi(2))).abs() < 1e-9);
    assert_eq!(of("1.0", "0.005"), 10_000.0);
}

#[test]
fn another_source_is_named_only_where_there_is_one() {
    let lost = euv().what_if("nl", 1.0);
    assert_eq!(bounds(&lost, "euv"), (1.0, 1.0));
    assert!(row(&lost, "euv").alternatives.is_empty());
    let goods = r#"Economy(id: "a", en: "A"), Economy(id: "b", en: "B"), Firm(id: "f", en: "F"), Material(id: "ore", en: "ore")"#;
    let shared = Asked::of(
        goods,
        &[
            r#"Produces(by: "a", good: "ore", world_share: AtLeast(0.6))"#,
            r#"Produces(by: "b", good: "ore", world_share: AtLeast(0.2))"#,
            r#"Produces(by: "f", good: "ore", world_share: AtLeast(0.5))"#,
        ],
    );
    let lost = shared.what_if("a", 1.0);
    let others: Vec<&str> = row(&lost, "ore")
        .alternatives
        .iter()
        .map(|other| other.step.to.name.as_str())
        .collect();
    assert_eq!(others, ["ore from B"]);
}

/// The other sources of what is short in a row: whose, and whether they may lose some of it too.
fn others(row: &Row) -> Vec<(&str, bool)> {
    row.alternatives
        .iter()
        .map(|other| {
            (
                other.step.to.by.as_deref().unwrap_or_default(),
                other.exposed,
            )
        })
        .collect()
}

fn ore() -> Asked {
    let goods = r#"Economy(id: "a", en: "A"), Economy(id: "b", en: "B"), Economy(id: "c", en: "C"), Firm(id: "fa", en: "FA", home: "a"),
        Firm(id: "fb", en: "FB", home: "b"), Firm(id: "smelter", en: "Smelter"), Material(id: "ore", en: "ore"), Product(id: "wire", en: "wire")"#;
    Asked::of(
        goods,
        &[
            r#"Needs(good: "wire", input: "ore")"#,
            r#"Produces(by: "smelter", good: "wire")"#,
            r#"Sources(buyer: "smelter", good: "ore", from: "a")"#,
            r#"Sources(buyer: "smelter", good: "ore", from: "b", share: Exactly(0.2))"#,
            r#"Sources(buyer: "smelter", good: "ore", from: "fa")"#,
            r#"Sources(buyer: "smelter", good: "ore", from: "fb")"#,
            r#"Produces(by: "fb", good: "ore", at: "a")"#,
            r#"Produces(by: "c", good: "ore", world_share: InWords("much"))"#,
        ],
    )
}

#[test]
fn other_sources_stand_beside_a_loss_of_unknown_extent_too() {
    let lost = ore().what_if("a", 1.0);
    assert_eq!(bounds(&lost, "smelter"), (0.0, 1.0));
    assert_eq!(
        others(row(&lost, "smelter")),
        [("b", false), ("fb", true)],
        "not what A's own firm makes, nor who sells others"
    );
    let written = |format| {
        text(&lost, format)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let words = "other sources of ore documented: B (20 %); exposed too: FB (share not known)";
    assert!(written(Format::Text).contains(words) && written(Format::Markdown).contains(words));
    assert!(
        written(Format::Csv)
            .contains(r#","elsewhere, exposed too",wire from Smelter,ore from FB,inputs,"#)
    );
    assert!(written(Format::Json).contains("\"exposed\": true"));
}

#[test]
fn where_a_buyer_names_no_supplier_other_sources_are_other_makers() {
    let goods = r#"Economy(id: "a", en: "A"), Economy(id: "b", en: "B"), Firm(id: "user", en: "User"), Material(id: "ore", en: "ore")"#;
    let made =
        |by: &str| format!(r#"Produces(by: "{by}", good: "ore", world_share: InWords("much"))"#);
    let asked = Asked::of(
        goods,
        &[&made("a"), &made("b"), r#"Uses(by: "user", good: "ore")"#],
    );
    assert_eq!(
        others(row(&asked.what_if("a", 1.0), "user")),
        [("b", false)]
    );
    assert_eq!(
        others(row(&asked.exposure("user", "a"), "user")),
        [("b", false)]
    );
    assert!(
        row(&asked.what_if("ore", 1.0), "user")
            .alternatives
            .is_empty(),
        "of what is cut itself there is no other source"
    );
}

#[test]
fn a_whole_that_is_complete_bounds_from_above_by_itself() {
    let goods = r#"Economy(id: "aaland", en: "Aaland"), Economy(id: "bland", en: "Bland"), Firm(id: "fco", en: "Fco"),
        Firm(id: "gco", en: "Gco"), Material(id: "ore", en: "ore"), Material(id: "xylene", en: "xylene")"#;
    let asked = Asked::of(
        goods,
        &[
            r#"Produces(by: "aaland", good: "ore", world_share: Exactly(0.5))"#,
            r#"Produces(by: "bland", good: "ore", world_share: Exactly(0.5))"#,
            r#"Produces(by: "fco", good: "ore", world_share: Exactly(0.5))"#,
            r#"Produces(by: "gco", good: "ore", world_share: Exactly(0.5))"#,
            r#"Needs(good: "ore", input: "xylene")"#,
            r#"Produces(by: "aaland", good: "xylene", world_share: Exactly(0.2))"#,
        ],
    );
    let lost = asked.what_if("aaland", 1.0);
    let even = row(&lost, "ore")
        .proportional
        .expect("who goes short of xylene is not said");
    assert!(
        (even.lo - 0.6).abs() < 1e-12 && (even.hi - 0.6).abs() < 1e-12,
        "{even:?}"
    );
    assert_eq!(bounds(&lost, "ore"), (0.5, 1.0));
    // A firm whose own output is lost is no common cause: what it makes may be made in either
    // country.
    assert_eq!(bounds(&asked.what_if("fco", 1.0), "ore"), (0.5, 0.5));
}

#[test]
fn shares_that_rounding_brings_above_the_whole_can_be_asked_about() {
    let goods = r#"Economy(id: "a", en: "A"), Economy(id: "b", en: "B"), Economy(id: "c", en: "C"), Material(id: "ore", en: "ore")"#;
    let asked = Asked::of(
        goods,
        &[
            r#"Produces(by: "a", good: "ore", world_share: Exactly(0.334))"#,
            r#"Produces(by: "b", good: "ore", world_share: Exactly(0.334))"#,
            r#"Produces(by: "c", good: "ore", world_share: Exactly(0.333))"#,
        ],
    );
    let lost = asked.what_if("a", 1.0);
    let (lo, hi) = bounds(&lost, "ore");
    assert!(
        lo <= 0.3335 && (0.334 - 1e-12..=0.3345).contains(&hi),
        "{lo} {hi}"
    );
    assert!(
        lost.notes
            .iter()
            .any(|note| note.contains("rounding of their digits")),
        "{:?}",
        lost.notes
    );
    let concentration = asked
        .chokepoints_of("ore")
        .rows
        .iter()
        .find_map(|row| row.concentration)
        .expect("shares are known");
    assert!((concentration.index - (2.0 * 33.4_f64.powi(2) + 33.3_f64.powi(2))).abs() < 1e-9);
}

#[test]
fn of_shares_of_different_days_the_latest_counts() {
    let goods = r#"Economy(id: "aaland", en: "Aaland"), Material(id: "ore", en: "ore")"#;
    let asked = Asked::of(
        goods,
        &[
            r#"Produces(by: "aaland", good: "ore", world_share: Exactly(0.6), as_of: "2020")"#,
            r#"Produces(by: "aaland", good: "ore", world_share: Exactly(0.5), as_of: "2023")"#,
        ],
    );
    assert_eq!(bounds(&asked.what_if("aaland", 1.0), "ore"), (0.5, 0.5));
    let catalogue = asked.world.parts().catalogue;
    let ids: Vec<&str> = catalogue.facts().map(|fact| fact.id.as_str()).collect();
    assert!(
        ids[0].starts_with("produces:aaland:ore@2020~")
            && ids[1].starts_with("produces:aaland:ore@2023~"),
        "{ids:?}"
    );
}

#[test]
fn the_id_of_a_fact_hangs_on_nothing_but_the_fact() {
    let goods = r#"Economy(id: "aaland", en: "Aaland"), Economy(id: "aa", en: "Aa"), Material(id: "ore", en: "ore")"#;
    let facts = [
        r#"Says(about: ["ore"], gist: "it is grey")"#,
        r#"Says(about: ["ore"], gist: "it is heavy")"#,
        r#"Produces(by: "aaland", good: "ore", world_share: Exactly(0.6), as_of: "2020")"#,
        r#"Figure(subject: "aaland", measure: "exports", value: (Exactly(1.0), "t"), good: "ore")"#,
        r#"Figure(subject: "aaland", measure: "exports", value: (Exactly(1.0), "t"), towards: "aa")"#,
    ];
    let all = Asked::of(goods, &facts);
    let catalogue = all.world.parts().catalogue;
    let together: std::collections::BTreeSet<String> =
        catalogue.facts().map(|fact| fact.id.to_string()).collect();
    assert_eq!(together.len(), facts.len());
    let fewer = r#"Economy(id: "aaland", en: "Aaland"), Economy(id: "aa", en: "Aa"), Material(id: "ore", en: "ore"), Firm(id: "a", en: "Afirm")"#;
    let apart: std::collections::BTreeSet<String> = facts
        .iter()
        .map(|fact| {
            Asked::of(fewer, &[fact])
                .world
                .parts()
                .catalogue
                .facts()
                .next()
                .unwrap()
                .id
                .to_string()
        })
        .collect();
    assert_eq!(together, apart);
}

#[test]
fn the_smallest_share_makes_a_dependence_and_is_told_with_its_digits() {
    let goods = r#"Economy(id: "c", en: "Cland"), Firm(id: "b", en: "Bfirm"), Material(id: "m", en: "mica")"#;
    for share in ["0.000000012", "1e-12", "1e-300"] {
        let supplies =
            format!(r#"Supplies(from: "c", to: "b", good: "m", share: Exactly({share}))"#);
        let asked = Asked::of(goods, &[&supplies]);
        let lost = asked.what_if("c:m", 1.0);
        let told = text(&lost, Format::Text);
        assert!(
            lost.rows
                .iter()
                .any(|row| row.entity.as_ref().is_some_and(|entity| entity.id == "b")),
            "{share}: {told}"
        );
        assert!(!told.contains(" 0 %"), "{share}: {told}");
    }
    let asked = Asked::of(
        goods,
        &[r#"Supplies(from: "c", to: "b", good: "m", share: Exactly(0.000000012))"#],
    );
    for format in [Format::Json, Format::Csv] {
        assert!(text(&asked.why("b", "c"), format).contains("0.0000012 %"));
    }
    let told = text(&asked.what_if("c", 1e-300), Format::Text);
    assert!(
        told.contains("1e-298 % of Cland") && !told.contains(" 0 %"),
        "{told}"
    );
}

#[test]
fn no_number_is_less_than_nothing() {
    let goods = r#"Economy(id: "c", en: "Cland"), Material(id: "m", en: "mica")"#;
    let asked = Asked::of(
        goods,
        &[
            r#"Produces(by: "c", good: "m", world_share: Exactly(-0.0), capacity: (Exactly(-0.0), "t"))"#,
        ],
    );
    let catalogue = asked.world.parts().catalogue;
    let fact = catalogue.facts().next().unwrap();
    assert_eq!(
        catalogue.sentence(fact, false, Lang::En),
        "Cland makes mica, 0 % of world supply, capacity 0 t"
    );
}

#[test]
fn losses_that_do_not_come_to_rest_are_bounded_and_said_to_be() {
    let goods = r#"Economy(id: "c", en: "Cland"), Firm(id: "r0", en: "R0"), Firm(id: "r1", en: "R1"),
        Product(id: "p0", en: "p0"), Product(id: "p1", en: "p1")"#;
    let asked = Asked::of(
        goods,
        &[
            r#"Needs(good: "p0", input: "p1")"#,
            r#"Needs(good: "p1", input: "p0")"#,
            r#"Supplies(from: "r1", to: "r0", good: "p1", share: Exactly(0.999999))"#,
            r#"Supplies(from: "c", to: "r0", good: "p1", share: Exactly(0.000001))"#,
            r#"Supplies(from: "r0", to: "r1", good: "p0", share: Exactly(1.0))"#,
            r#"Produces(by: "r0", good: "p0", business_share: Exactly(1.0))"#,
        ],
    );
    let lost = asked.what_if("c:p1", 1.0);
    let (lo, hi) = bounds(&lost, "r0");
    assert!(lo > 0.0 && hi == 1.0, "{lo} {hi}");
    assert!(
        lost.notes.iter().any(|note| note.contains("bounds hold")),
        "{:?}",
        lost.notes
    );
    assert!(!lost.is_empty());
}

#[test]
fn why_something_depends_on_itself_tells_the_circle() {
    let goods = r#"Product(id: "egg", en: "egg"), Product(id: "hen", en: "hen"), Product(id: "stone", en: "stone")"#;
    let facts = [
        r#"Needs(good: "egg", input: "hen")"#,
        r#"Needs(good: "hen", input: "egg")"#,
        r#"Needs(good: "hen", input: "stone")"#,
    ];
    let asked = Asked::of(goods, &facts);
    let circle = asked.why("egg", "egg");
    assert_eq!(
        circle.title,
        "The shortest circle in which egg depends on itself"
    );
    let cited: Vec<&str> = circle.rows[0]
        .steps
        .iter()
        .map(|step| step.facts[0].fact.as_str())
        .collect();
    assert_eq!(cited, ["needs:egg:hen", "needs:hen:egg"]);
    let none = asked.why("stone", "stone");
    assert!(none.rows.is_empty() && !none.is_empty(), "{:?}", none.title);
}

const HELIUM: &str = r#"Economy(id: "a", en: "Aland"), Firm(id: "b", en: "Bfirm"), Material(id: "helium", en: "helium"), Product(id: "chip", en: "chip")"#;

fn helium() -> Asked {
    Asked::of(
        HELIUM,
        &[
            r#"Produces(by: "a", good: "helium", world_share: Exactly(0.392))"#,
            r#"Uses(by: "b", good: "helium")"#,
            r#"Needs(good: "chip", input: "helium")"#,
            r#"Produces(by: "b", good: "chip", business_share: Exactly(1.0))"#,
        ],
    )
}

#[test]
fn a_shortage_of_what_several_take_from_may_strike_any_of_them() {
    let lost = helium().what_if("a", 1.0);
    assert_eq!(bounds(&lost, "helium"), (0.392, 0.392));
    assert_eq!(row(&lost, "helium").proportional, None);
    for who in ["chip", "b"] {
        let even = row(&lost, who).proportional.expect("both bounds are told");
        assert_eq!(
            (bounds(&lost, who), (even.lo, even.hi)),
            ((0.0, 1.0), (0.392, 0.392)),
            "{who}"
        );
    }
    let told = text(&lost, Format::Text);
    assert!(
        told.contains("0 to 100 %; 39.2 % in proportion") && told.contains("if all go short alike"),
        "{told}"
    );
    assert!(text(&lost, Format::Json).contains("\"proportional\": ["));
}

#[test]
fn what_is_gone_entirely_is_gone_for_all_who_take_from_it() {
    let lost = helium().what_if("helium", 1.0);
    assert_eq!(bounds(&lost, "b"), (1.0, 1.0));
    let half = helium().what_if("helium", 0.5);
    let even = row(&half, "b")
        .proportional
        .expect("whose half is lost is not said");
    assert_eq!(
        (bounds(&half, "b"), (even.lo, even.hi)),
        ((0.0, 1.0), (0.5, 0.5))
    );
}
