//! Questions whose answers could mislead, each on facts made up to be as few as can be.

use crate::small::Asked;
use hanjung::World;
use hanjung::facts::{Claim, EntityKind};
use hanjung::graph::Follow;
use hanjung::query::{Answer, Row};
use hanjung::request::{FactFilter, FigureFilter, Filter, Question, Subject, When};

impl Asked {
    /// Entities, each as its kind and ids, and facts without their evidence: each is reported in a
    /// passage of its own, unless a word of evidence stands before the claim.
    fn new(entities: &[(&str, &[&str])], facts: &[&str]) -> Asked {
        Asked::with(&[], entities, facts)
    }

    /// The same with some records as they are.
    fn with(declared: &[&str], entities: &[(&str, &[&str])], facts: &[&str]) -> Asked {
        let mut records =
            vec![r#"Document(id: "d", title: "D", publisher: "P", date: "2025")"#.to_owned()];
        records.extend(declared.iter().map(|record| (*record).to_owned()));
        for (kind, ids) in entities {
            records.extend(
                ids.iter()
                    .map(|id| format!(r#"{kind}(id: "{id}", en: "{id}")"#)),
            );
        }
        records.extend(facts.iter().enumerate().map(|(at, fact)| record(at, fact)));
        let text = format!("[{}]", records.join(",\n"));
        Asked::of_text(&text)
    }

    fn dependents(&self, of: &str, kinds: &[EntityKind]) -> Answer {
        let filter = Filter {
            kinds: kinds.to_vec(),
            ..Filter::default()
        };
        let of = Subject::Entity(self.entity(of));
        self.ask(&Question::Dependents {
            of: of.into(),
            filter,
            follow: Follow::default(),
        })
    }

    fn figures(&self, measure: Option<&str>, period: Option<&str>) -> Answer {
        let when = period.map(|period| When::parse(period).expect("a time"));
        let measure = measure.map(str::to_owned);
        self.ask(&Question::Figures(FigureFilter {
            measure,
            when,
            ..FigureFilter::default()
        }))
    }

    fn sector(&self, of: &str, within: Option<&str>, from: Option<&str>) -> Answer {
        let [entity, within, from] =
            [Some(of), within, from].map(|id| id.map(|id| self.entity(id)));
        self.ask(&Question::Sector {
            of: entity.expect("a good").into(),
            within: within.map(Into::into),
            from: from.map(Into::into),
        })
    }

    fn chokepoints(&self, of: Option<&str>) -> Answer {
        let of = of.map(|id| Subject::Entity(self.entity(id)));
        self.ask(&Question::Chokepoints {
            of: of.map(Into::into),
            filter: Filter::default(),
            follow: Follow::default(),
        })
    }
}

fn record(at: usize, fact: &str) -> String {
    let is_status = |word: &str| !word.contains('(');
    let (status, claim) = fact
        .split_once(' ')
        .filter(|(word, _)| is_status(word))
        .unwrap_or(("Reported", fact));
    let claim = claim
        .strip_suffix(')')
        .expect("a claim ends with a bracket");
    format!(r#"{claim}, evidence: [{status}(doc: "d", at: "p{at}")])"#)
}

/// The headings of an answer, each with what its rows are about.
fn told(answer: &Answer) -> Vec<(&str, Vec<String>)> {
    by_heading(&answer.rows)
}

/// The same of what does not count.
fn told_aside(answer: &Answer) -> Vec<(&str, Vec<String>)> {
    by_heading(&answer.aside)
}

fn by_heading(rows: &[Row]) -> Vec<(&str, Vec<String>)> {
    let mut told: Vec<(&str, Vec<String>)> = Vec::new();
    for row in rows {
        match told.last_mut() {
            Some((heading, rows)) if *heading == row.group => rows.push(about(row)),
            _ => told.push((row.group, vec![about(row)])),
        }
    }
    told
}

fn about(row: &Row) -> String {
    let output = row.output.as_ref().map(|node| node.name.clone());
    let entity = row.entity.as_ref().map(|entity| entity.id.clone());
    output.or(entity).unwrap_or_else(|| {
        row.facts
            .iter()
            .map(|fact| fact.text.as_str())
            .collect::<Vec<_>>()
            .join(" / ")
    })
}

fn rows<'a>(told: &'a [(&str, Vec<String>)], heading: &str) -> Vec<&'a str> {
    told.iter()
        .filter(|(group, _)| *group == heading)
        .flat_map(|(_, rows)| rows)
        .map(String::as_str)
        .collect()
}

const SINGLE: &str = "Single sources: by a document, all comes from one";
const ONLY_NAMED: &str = "The only source that a document names; others may exist";
const ONLY_POSSIBLE: &str = "Possible source, the only one named; of unknown part";
const CERTAIN: &str = "Firms are sure to lose some output";

fn batteries() -> Asked {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["china", "korea"]),
        ("Material", &["graphite", "lithium", "nickel", "separator"]),
        ("Product", &["battery", "pouch-cell"]),
        ("Firm", &["acme", "motorco"]),
    ];
    let facts = [
        r#"Needs(good: "battery", input: "graphite")"#,
        r#"Needs(good: "battery", input: "lithium")"#,
        r#"Needs(good: "battery", input: "nickel")"#,
        r#"Needs(good: "battery", input: "separator")"#,
        r#"IsA(child: "pouch-cell", parent: "battery")"#,
        r#"Produces(by: "china", good: "graphite", world_share: InWords("sole"))"#,
        r#"Produces(by: "china", good: "lithium", world_share: InWords("dominant"))"#,
        r#"Produces(by: "korea", good: "separator")"#,
        r#"Supplies(from: "china", to: "korea", good: "nickel", share: InWords("heavily dependent"))"#,
        r#"Produces(by: "acme", good: "pouch-cell")"#,
        r#"Uses(by: "motorco", good: "pouch-cell")"#,
    ];
    Asked::new(&entities, &facts)
}

#[test]
fn a_single_source_is_one_by_a_document_and_no_sale_to_a_country_is_a_firms_source() {
    let answer = batteries().chokepoints(Some("motorco"));
    let told = told(&answer);
    assert_eq!(rows(&told, SINGLE), ["graphite from china"]);
    assert_eq!(rows(&told, ONLY_NAMED), ["lithium from china"]);
    assert_eq!(
        rows(&told, ONLY_POSSIBLE),
        ["pouch-cell from acme", "separator from korea"]
    );
    let answer = batteries().chokepoints(Some("korea"));
    assert_eq!(
        rows(&self::told(&answer), ONLY_NAMED),
        ["nickel from china"],
        "the buyer itself has that source"
    );
    let answer = batteries().chokepoints(None);
    assert_eq!(
        rows(&self::told(&answer), ONLY_NAMED),
        ["lithium from china"]
    );
}

#[test]
fn no_maker_is_a_chokepoint_of_its_own_good_and_no_class_of_its_members() {
    let answer = batteries().chokepoints(None);
    let told = told(&answer);
    let certain = rows(&told, CERTAIN);
    assert!(
        certain.contains(&"graphite") && certain.contains(&"china"),
        "{certain:?}"
    );
    let acme = |id: &str| {
        let of = answer
            .rows
            .iter()
            .filter(|row| row.entity.as_ref().is_some_and(|entity| entity.id == id));
        of.flat_map(|row| &row.remarks)
            .any(|remark| remark.contains("acme"))
    };
    assert!(acme("graphite") && !acme("pouch-cell") && !acme("battery"));
    let maker_of_its_own = batteries().chokepoints(Some("acme"));
    assert!(
        maker_of_its_own
            .rows
            .iter()
            .all(|row| about(row) != "pouch-cell from acme")
    );
}

#[test]
fn chokepoints_are_told_strongest_first() {
    let answer = batteries().chokepoints(None);
    let headings: Vec<&str> = told(&answer)
        .into_iter()
        .map(|(heading, _)| heading)
        .collect();
    let places: Vec<usize> = [CERTAIN, SINGLE, ONLY_NAMED, ONLY_POSSIBLE]
        .iter()
        .map(|heading| {
            headings
                .iter()
                .position(|known| known == heading)
                .expect(heading)
        })
        .collect();
    assert!(places.is_sorted(), "{headings:?}");
}

#[test]
fn the_places_in_a_territory_are_no_dependents_of_it_but_what_stands_there_is() {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["china"]),
        ("Place", &["jiangsu", "wuxi"]),
        ("Plant", &["works"]),
        ("Firm", &["chipco"]),
    ];
    let facts = [
        r#"PartOf(part: "jiangsu", whole: "china")"#,
        r#"PartOf(part: "wuxi", whole: "jiangsu")"#,
        r#"Located(plant: "works", place: "wuxi")"#,
        r#"Operates(firm: "chipco", plant: "works")"#,
    ];
    let asked = Asked::new(&entities, &facts);
    let who = |of: &str, kinds: &[EntityKind]| {
        asked
            .dependents(of, kinds)
            .rows
            .iter()
            .map(about)
            .collect::<Vec<_>>()
    };
    assert_eq!(who("china", &[]), ["chipco", "works"]);
    assert_eq!(who("jiangsu", &[]), ["chipco", "works"]);
    assert_eq!(who("china", &[EntityKind::Place]), ["jiangsu", "wuxi"]);
}

fn trade() -> Asked {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["korea", "china"]),
        ("Product", &["chip", "car"]),
        ("Firm", &["acme", "motorco"]),
        ("Policy", &["duty"]),
    ];
    let facts = [
        r#"Figure(subject: "korea", measure: "exports", value: (Exactly(55), "billion USD"), period: "2023-11")"#,
        r#"Figure(subject: "korea", measure: "exports", towards: "china", value: (Exactly(11), "billion USD"), period: "2023-11")"#,
        r#"Figure(subject: "korea", measure: "exports", good: "chip", value: (Exactly(9), "billion USD"), period: "2023")"#,
        r#"Figure(subject: "korea", measure: "share of exports", value: (Exactly(7), "%"), period: "2022")"#,
        r#"Supplies(from: "acme", to: "motorco", good: "chip", value: (Exactly(4), "trillion KRW"), since: "2023-07")"#,
        r#"Restricts(policy: "duty", by: "korea", good: "car", measure: "tariff", rate: (Exactly(58), "%"), since: "2026")"#,
    ];
    Asked::new(&entities, &facts)
}

fn counts(answer: &Answer) -> Vec<(&str, usize)> {
    told(answer)
        .into_iter()
        .map(|(heading, rows)| (heading, rows.len()))
        .collect()
}

#[test]
fn a_measure_is_found_in_longer_ones_and_with_partners_and_goods_each_told_apart() {
    let answer = trade().figures(Some("exports"), None);
    let (partial, longer) = (
        "Of one good or partner only",
        "Of longer measures with these words",
    );
    assert_eq!(counts(&answer), [("Figures", 1), (partial, 2), (longer, 1)]);
    assert_eq!(
        counts(&trade().figures(Some("share of exports"), None)),
        [("Figures", 1)]
    );
    assert_eq!(counts(&trade().figures(Some("imports"), None)), []);
}

#[test]
fn sums_of_deals_and_rates_of_tariffs_are_figures() {
    assert_eq!(trade().figures(None, None).rows.len(), 6);
    let longer = "Of longer measures with these words";
    assert_eq!(
        counts(&trade().figures(Some("deal sum"), None)),
        [(longer, 1)]
    );
    assert_eq!(
        counts(&trade().figures(Some("tariff"), None)),
        [(longer, 1)]
    );
}

#[test]
fn a_time_has_the_times_within_it_but_none_around_it() {
    let answer = trade().figures(None, Some("2023"));
    assert_eq!(answer.rows.len(), 4);
    assert!(
        about(&answer.rows[0]).contains("9 billion USD"),
        "what is of just that time comes first"
    );
    assert_eq!(
        answer.notes,
        ["figures of 2023-07; 2023-11 are of a part of 2023 only"]
    );
    assert_eq!(trade().figures(None, Some("2023-11")).rows.len(), 2);
}

#[test]
fn plans_for_a_good_are_those_for_its_kinds_and_apart_those_for_what_it_is_a_kind_of() {
    let entities: [(&str, &[&str]); 2] = [
        ("Product", &["battery", "solid-battery", "sulfide-battery"]),
        ("Firm", &["acme", "motorco", "cellco"]),
    ];
    let facts = [
        r#"IsA(child: "solid-battery", parent: "battery")"#,
        r#"IsA(child: "sulfide-battery", parent: "solid-battery")"#,
        r#"Plan Produces(by: "acme", good: "sulfide-battery")"#,
        r#"Plan Produces(by: "motorco", good: "solid-battery")"#,
        r#"Plan Plans(actor: "cellco", what: "sell more", good: "battery")"#,
    ];
    let asked = Asked::new(&entities, &facts);
    let plans = |of: &str| {
        asked.ask(&Question::Plans {
            of: Some(asked.entity(of).into()),
        })
    };
    let (own, above) = (
        "Announced, foreseen or judged so",
        "Of a kind above: it is not said that this kind is meant",
    );
    assert_eq!(counts(&plans("sulfide-battery")), [(own, 1), (above, 2)]);
    assert_eq!(counts(&plans("solid-battery")), [(own, 2), (above, 1)]);
    assert_eq!(counts(&plans("battery")), [("Plans", 1), (own, 2)]);
}

#[test]
fn plants_in_a_place_are_told_with_what_is_made_there_and_apart_what_is_planned() {
    let entities: [(&str, &[&str]); 5] = [
        ("Economy", &["korea"]),
        ("Place", &["seoul"]),
        ("Plant", &["works", "new-works"]),
        ("Product", &["chip", "car"]),
        ("Firm", &["acme", "motorco"]),
    ];
    let facts = [
        r#"PartOf(part: "seoul", whole: "korea")"#,
        r#"Located(plant: "works", place: "seoul")"#,
        r#"Produces(by: "acme", good: "chip", at: "works")"#,
        r#"Produces(by: "motorco", good: "car", at: "seoul")"#,
        r#"Plan Located(plant: "new-works", place: "korea")"#,
        r#"Plan Produces(by: "acme", good: "car", at: "new-works")"#,
    ];
    let asked = Asked::new(&entities, &facts);
    let list = |kinds: &[EntityKind]| {
        asked.ask(&Question::List {
            kinds: kinds.to_vec(),
            within: Some(asked.entity("korea").into()),
            from: None,
        })
    };
    let plants = list(&[EntityKind::Plant]);
    let (made, new, planned) = (
        "Made there, at no plant that is named",
        "Planned plants",
        "Planned there",
    );
    assert_eq!(
        counts(&plants),
        [("plants", 1), (made, 1), (new, 1), (planned, 1)]
    );
    assert_eq!(rows(&told(&plants), new), ["new-works"]);
    assert_eq!(counts(&list(&[EntityKind::Firm])), []);
}

/// What an overview of a battery names, which is made of two materials of one class and has so many
/// users.
fn overview_with(users: usize) -> Vec<String> {
    let ids: Vec<String> = (1..=users).map(|user| format!("user-{user}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let goods = ["battery-material", "anode", "cathode", "battery"];
    let uses: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"Uses(by: "{id}", good: "battery")"#))
        .collect();
    let mut facts = vec![
        r#"IsA(child: "anode", parent: "battery-material")"#,
        r#"IsA(child: "cathode", parent: "battery-material")"#,
        r#"Needs(good: "battery", input: "anode")"#,
        r#"Needs(good: "battery", input: "cathode")"#,
    ];
    facts.extend(uses.iter().map(String::as_str));
    let answer =
        Asked::new(&[("Product", &goods), ("Firm", &ids)], &facts).ask(&Question::Overview);
    rows(&told(&answer), "Most depended on")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[test]
fn an_overview_ranks_things_and_no_classes_and_names_all_equals_or_none() {
    assert_eq!(
        overview_with(4),
        [
            "anode", "cathode", "battery", "user-1", "user-2", "user-3", "user-4"
        ]
    );
    assert_eq!(overview_with(5), ["anode", "cathode", "battery"]);
}

#[test]
fn no_two_rows_of_an_exposure_read_the_same_and_every_sale_is_told() {
    let entities: [(&str, &[&str]); 3] = [
        ("Economy", &["china", "korea"]),
        ("Material", &["lithium", "nickel"]),
        ("Product", &["chip", "car"]),
    ];
    let facts = [
        r#"Supplies(from: "china", to: "korea", good: "lithium", share: InWords("heavily dependent"))"#,
        r#"Supplies(from: "china", to: "korea", good: "nickel", share: InWords("heavily dependent"))"#,
        r#"SellsIn(seller: "korea", place: "china", good: "chip", share: InWords("crucial"))"#,
        r#"SellsIn(seller: "korea", place: "china", good: "car")"#,
        r#"SellsIn(seller: "korea", place: "china")"#,
    ];
    let asked = Asked::new(&entities, &facts);
    let (of, to) = (
        Subject::Entity(asked.entity("korea")),
        Subject::Entity(asked.entity("china")),
    );
    let answer = asked.ask(&Question::Exposure {
        of: of.into(),
        to: to.into(),
        follow: Follow::default(),
    });
    let ways: Vec<String> = answer
        .rows
        .iter()
        .map(|row| row.remarks.join(" "))
        .filter(|way| !way.is_empty())
        .collect();
    let inputs = ["through lithium", "through nickel"];
    let sales = [
        "through its sales of chip",
        "through its sales of car",
        "through all that it sells there",
    ];
    assert_eq!(ways, [&inputs[..], &sales[..]].concat());
}

#[test]
fn the_sides_of_a_contradiction_stand_together_with_what_differs() {
    let facts = [
        r#"Target Targets(actor: "acme", what: "output", good: "chip", goal: (Exactly(7), "units"), by_when: "2029", conflict: "2030 further on")"#,
        r#"Opinion Says(about: ["chip", "acme"], gist: "it is new", conflict: "acme calls it old")"#,
        r#"Target Targets(actor: "acme", what: "output", good: "chip", goal: (Exactly(7), "units"), by_when: "2030", conflict: "2029 further up")"#,
    ];
    let asked = Asked::new(&[("Product", &["chip"]), ("Firm", &["acme"])], &facts);
    let answer = asked.ask(&Question::Conflicts);
    let (both, alone): (Vec<&Row>, Vec<&Row>) =
        answer.rows.iter().partition(|row| row.facts.len() == 2);
    assert_eq!((both.len(), alone.len()), (1, 1));
    assert_eq!(both[0].remarks, ["differ in by when: 2030 against 2029"]);
    assert_eq!(both[0].entity.as_ref().unwrap().id, "acme");
}

#[test]
fn who_needs_what_a_good_is_a_kind_of_is_named_apart() {
    let entities: [(&str, &[&str]); 2] = [
        (
            "Product",
            &[
                "battery",
                "lfp-battery",
                "ncm-battery",
                "car",
                "bus",
                "truck",
            ],
        ),
        ("Firm", &["acme"]),
    ];
    let facts = [
        r#"IsA(child: "lfp-battery", parent: "battery")"#,
        r#"IsA(child: "ncm-battery", parent: "battery")"#,
        r#"Needs(good: "car", input: "battery")"#,
        r#"Needs(good: "bus", input: "lfp-battery")"#,
        r#"Needs(good: "truck", input: "ncm-battery")"#,
        r#"Produces(by: "acme", good: "battery")"#,
    ];
    let answer = Asked::new(&entities, &facts).dependents("lfp-battery", &[]);
    assert_eq!(answer.rows.iter().map(about).collect::<Vec<_>>(), ["bus"]);
    let unsaid = answer
        .aside
        .iter()
        .filter(|row| row.group.starts_with("Need what it is a kind of"));
    assert_eq!(unsaid.map(about).collect::<Vec<_>>(), ["car"]);
}

const NOT_COUNTED: &str = "Plans, forecasts and opinions: not counted";
const OF_THAT_HOME: &str = "Of that economy, but not said to make or buy it there: not counted";

fn chips() -> Asked {
    let entities: [(&str, &[&str]); 4] = [
        ("Economy", &["korea", "china"]),
        ("Place", &["seoul"]),
        ("Plant", &["new-works", "works"]),
        ("Product", &["chip", "memory", "car"]),
    ];
    let facts = [
        r#"IsA(child: "memory", parent: "chip")"#,
        r#"PartOf(part: "seoul", whole: "korea")"#,
        r#"Plan Located(plant: "new-works", place: "seoul")"#,
        r#"Located(plant: "works", place: "korea")"#,
        r#"Plan Produces(by: "new-works", good: "memory")"#,
        r#"Opinion Produces(by: "works", good: "chip")"#,
        r#"Produces(by: "acme", good: "memory", at: "china")"#,
        r#"Produces(by: "motorco", good: "car", at: "works")"#,
    ];
    Asked::with(
        &[
            r#"Firm(id: "acme", en: "acme", home: "korea")"#,
            r#"Firm(id: "motorco", en: "motorco", home: "korea")"#,
        ],
        &entities,
        &facts,
    )
}

#[test]
fn a_sector_in_a_place_tells_plans_and_who_is_of_it_apart_when_nothing_is_said_to_be_made_there() {
    let chips = chips();
    let there = chips.sector("chip", Some("korea"), None);
    assert_eq!(told(&there), []);
    assert_eq!(
        rows(&told_aside(&there), NOT_COUNTED),
        ["works", "new-works"]
    );
    assert_eq!(rows(&told_aside(&there), OF_THAT_HOME), ["acme"]);
    assert!(
        there.notes[0].ends_with("ask with --from korea"),
        "{:?}",
        there.notes
    );
    let theirs = chips.sector("chip", None, Some("korea"));
    assert_eq!(rows(&told(&theirs), "Makers"), ["acme"]);
    // Where something counts, those who are only of that home are no more than counted.
    let cars = chips.sector("car", Some("korea"), None);
    assert_eq!(
        (
            rows(&told(&cars), "Makers"),
            told_aside(&cars),
            cars.notes.len()
        ),
        (vec!["works", "motorco"], vec![], 0)
    );
}

#[test]
fn no_sector_of_south_korea_is_a_bare_nothing() {
    let world = World::built_in().expect("the built-in facts are sound");
    let korea = Asked { world };
    for (good, maker, planned) in [
        (
            "semiconductor",
            "sk-hynix",
            Some("yongin-semiconductor-cluster"),
        ),
        ("electric-vehicle", "hyundai-motor-company", None),
        ("biosimilar", "celltrion", None),
    ] {
        let there = korea.sector(good, Some("south-korea"), None);
        let aside = told_aside(&there);
        assert!(
            told(&there).is_empty() && rows(&aside, OF_THAT_HOME).contains(&maker),
            "{good}: {aside:?}"
        );
        assert_eq!(rows(&aside, NOT_COUNTED), planned.as_slice(), "{good}");
        assert!(
            there
                .notes
                .iter()
                .any(|note| note.ends_with("--from south-korea")),
            "{good}: {:?}",
            there.notes
        );
        let theirs = korea.sector(good, None, Some("south-korea"));
        assert!(
            rows(&told(&theirs), "Makers").contains(&maker),
            "{good}: {:?}",
            told(&theirs)
        );
    }
}

const SAYINGS: [&str; 3] = [
    r#"Says(about: ["korea"], gist: "Korea has a market and a rival")"#,
    r#"Plan Says(speaker: "kim", about: ["korea"], gist: "he hopes to talk with the rival")"#,
    r#"Opinion Says(speaker: "kim", about: ["korea"], gist: "Korea fares well")"#,
];

fn sayings() -> Asked {
    Asked::new(&[("Economy", &["korea"]), ("Person", &["kim"])], &SAYINGS)
}

#[test]
fn words_that_no_statement_shown_has_are_told() {
    let sayings = sayings();
    let asked = |words: &[&str]| {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let answer = sayings.ask(&Question::Facts(FactFilter {
            claims: vec![Claim::Says],
            words,
            ..FactFilter::default()
        }));
        (answer.rows.len(), answer.notes)
    };
    assert_eq!(asked(&["market", "rival"]), (1, vec![]));
    assert_eq!(asked(&["rival"]), (2, vec![]));
    assert_eq!(
        asked(&["rival", "tariff"]),
        (2, vec!["none of these has “tariff”".to_owned()])
    );
    assert_eq!(
        asked(&["tariff"]),
        (3, vec!["none of these has “tariff”".to_owned()])
    );
}

#[test]
fn what_is_said_of_a_plan_is_planned_and_an_opinion_is_not() {
    let sayings = sayings();
    let planned = sayings.ask(&Question::Plans {
        of: Some(sayings.entity("kim").into()),
    });
    assert_eq!(
        rows(&told(&planned), "Announced, foreseen or judged so"),
        ["kim says that he hopes to talk with the rival"]
    );
    assert_eq!(planned.rows.len(), 1);
}

#[test]
fn a_figure_of_no_stated_time_is_counted_where_a_time_is_asked_for() {
    let balance = |value: &str, rest: &str| {
        format!(
            r#"Figure(subject: "korea", measure: "trade balance", value: (Exactly({value}), "billion USD"){rest})"#
        )
    };
    let facts = [balance("-4", r#", period: "2023-01""#), balance("-1", "")];
    let korea = Asked::new(
        &[("Economy", &["korea"])],
        &facts.each_ref().map(String::as_str),
    );
    let told = korea.figures(Some("trade balance"), Some("2023-01"));
    assert_eq!((told.rows.len(), told.notes.len()), (1, 1));
    assert!(
        told.notes[0].starts_with("1 figure of no stated time left out"),
        "{:?}",
        told.notes
    );
    assert!(korea.figures(Some("trade balance"), None).notes.is_empty());
}
