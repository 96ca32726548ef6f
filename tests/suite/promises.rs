//! What a user is promised of the facts that come with hanjung: one test for each promise, then
//! laws that every answer keeps.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use hanjung::World;
use hanjung::ask::examples;
use hanjung::facts::{Claim, EntityIx, EntityKind, Lang, Status};
use hanjung::graph::Follow;
use hanjung::query::{Answer, EvidenceView, FactView, NodeView, Row};
use hanjung::render::{Format, Layout, render};
use hanjung::request::{Filter, Misunderstanding, Question, Read, Subject};

/// What is asked.
struct Asked(World);

impl Asked {
    fn entity(&self, id: &str) -> EntityIx {
        self.0
            .entity(id)
            .unwrap_or_else(|| panic!("no entity `{id}`"))
    }

    fn id(&self, entity: EntityIx) -> &str {
        &self.0.parts().catalogue[entity].id
    }

    fn entities(&self) -> Vec<EntityIx> {
        self.0.entities().collect()
    }

    fn understand(&self, question: &str) -> Result<Read<Question>, Misunderstanding> {
        let read = self.0.understand(question);
        read.map_err(|troubles| troubles.0[0].fault.clone())
    }

    fn answer(&self, question: &Question) -> Answer {
        self.0.answer(question, Lang::En)
    }

    fn dependents(&self, of: EntityIx, follow: Follow) -> Answer {
        self.answer(&Question::Dependents {
            of: Subject::Entity(of).into(),
            filter: Filter::default(),
            follow,
        })
    }

    fn dependencies(&self, of: EntityIx, follow: Follow) -> Answer {
        self.answer(&Question::Dependencies {
            of: Subject::Entity(of).into(),
            filter: Filter::default(),
            follow,
        })
    }
}

static BUILT_IN: LazyLock<Asked> =
    LazyLock::new(|| Asked(World::built_in().expect("the built-in facts are sound")));

/// Who depends on each entity, and what it depends on.
static ANSWERS: LazyLock<Vec<(EntityIx, Answer, Answer)>> = LazyLock::new(|| {
    let both = |entity| {
        (
            entity,
            BUILT_IN.dependents(entity, Follow::default()),
            BUILT_IN.dependencies(entity, Follow::default()),
        )
    };
    BUILT_IN.entities().into_iter().map(both).collect()
});

/// Follows all that can be followed.
const ALL: Follow = Follow {
    plans: true,
    possible: true,
    market: true,
    ownership: true,
    technology: true,
};

/// The answer of the built-in facts to a question in English.
fn ask(question: &str) -> Answer {
    match BUILT_IN.understand(question) {
        Ok(read) => BUILT_IN.answer(&read.value),
        Err(fault) => panic!("“{question}”: {fault}"),
    }
}

fn ids(rows: &[Row]) -> Vec<&str> {
    rows.iter()
        .filter_map(|row| row.entity.as_ref())
        .map(|entity| entity.id.as_str())
        .collect()
}

#[track_caller]
fn assert_has(answer: &Answer, wanted: &[&str]) {
    let found = ids(&answer.rows);
    let missing: Vec<_> = wanted.iter().filter(|id| !found.contains(id)).collect();
    assert!(
        missing.is_empty(),
        "{}: {missing:?} missing from {found:?}",
        answer.title
    );
}

#[track_caller]
fn assert_lacks(answer: &Answer, unwanted: &[&str]) {
    let found = ids(&answer.rows);
    let wrong: Vec<_> = unwanted.iter().filter(|id| found.contains(id)).collect();
    assert!(
        wrong.is_empty(),
        "{}: {wrong:?} have no place there",
        answer.title
    );
}

#[track_caller]
fn row<'a>(rows: &'a [Row], id: &str) -> &'a Row {
    let found = rows
        .iter()
        .find(|row| row.entity.as_ref().is_some_and(|entity| entity.id == id));
    found.unwrap_or_else(|| panic!("no row for {id} among {:?}", ids(rows)))
}

/// The facts that a row cites, in order.
fn facts<'a>(answer: &'a Answer, row: &'a Row) -> Vec<&'a FactView> {
    let readings = row
        .steps
        .iter()
        .flat_map(|step| &step.facts)
        .chain(&row.facts);
    readings
        .map(|reading| &answer.facts[&reading.fact])
        .collect()
}

/// The entities that a chain runs through, from the dependent on.
fn way(row: &Row) -> Vec<&str> {
    let first = row.steps.first().map(|step| step.from.entity.as_str());
    first
        .into_iter()
        .chain(row.steps.iter().map(|step| step.to.entity.as_str()))
        .collect()
}

/// The first sentence of a row.
fn first_sentence(row: &Row) -> &str {
    &row.steps[0].facts[0].text
}

// Graphite

#[test]
fn graphite_reaches_anodes_batteries_and_electronics_directly_or_in_one_step() {
    let answer = ask("who depends on graphite");
    for id in [
        "graphite-anode",
        "lithium-ion-battery",
        "ev-battery",
        "other-electronic-products",
    ] {
        let row = row(&answer.rows, id);
        assert!(
            row.distance.is_some_and(|facts| facts <= 2),
            "{id}: {:?}",
            way(row)
        );
    }
}

#[test]
fn graphite_reaches_kinds_of_batteries_and_their_makers_by_chain() {
    let answer = ask("who depends on graphite");
    for id in [
        "lfp-battery",
        "ternary-lithium-battery",
        "lg-energy-solution",
        "samsung-sdi",
        "hyundai-motor-group",
    ] {
        let way = way(row(&answer.rows, id));
        assert!(
            way.len() > 2 && way[0] == id && way.ends_with(&["graphite"]),
            "{id}: {way:?}"
        );
    }
}

#[test]
fn graphite_reaches_neither_samsung_electronics_nor_lithium_metal_batteries_nor_posco_international()
 {
    let unwanted = [
        "samsung-electronics",
        "lithium-metal-battery",
        "posco-international",
        "samsung-group",
    ];
    let answer = ask("who depends on graphite");
    assert_lacks(&answer, &unwanted);
    assert!(
        ids(&answer.aside).iter().all(|id| !unwanted.contains(id)),
        "{:?}",
        ids(&answer.aside)
    );
}

#[test]
fn graphite_does_not_reach_south_korea_by_a_warning_of_its_minister() {
    let answer = ask("who depends on graphite");
    assert_lacks(&answer, &["south-korea"]);
    assert!(
        !ids(&answer.aside).contains(&"south-korea"),
        "{:?}",
        ids(&answer.aside)
    );
}

// Why Hyundai Motor Group depends on graphite

#[test]
fn hyundai_motor_group_depends_on_graphite_hop_by_hop() {
    let answer = ask("why does Hyundai Motor Group depend on graphite");
    let way = way(&answer.rows[0]);
    assert_eq!(
        way,
        [
            "hyundai-motor-group",
            "ternary-lithium-battery",
            "lithium-ion-battery",
            "graphite-anode",
            "graphite"
        ]
    );
    assert!(
        first_sentence(&answer.rows[0]).contains("South Korean battery makers"),
        "{}",
        first_sentence(&answer.rows[0])
    );
}

#[test]
fn every_hop_from_hyundai_motor_group_to_graphite_has_a_passage_or_is_marked_as_inferred() {
    let answer = ask("why does Hyundai Motor Group depend on graphite");
    let facts = facts(&answer, &answer.rows[0]);
    for fact in &facts {
        let is_cited = fact
            .evidence
            .iter()
            .all(|evidence| evidence.document.is_some() && evidence.passage.is_some());
        assert!(
            is_cited || fact.status == Status::InferredByCurator,
            "{}",
            fact.text
        );
    }
    assert_eq!(facts[0].evidence[0].passage.as_deref(), Some("p18"));
    assert_eq!(facts[0].status, Status::Reported);
}

#[test]
fn the_bridge_from_ternary_to_lithium_ion_batteries_is_marked_as_inferred() {
    let answer = ask("why does Hyundai Motor Group depend on graphite");
    let bridge = facts(&answer, &answer.rows[0])[1];
    assert_eq!(bridge.status, Status::InferredByCurator);
    assert!(
        bridge
            .evidence
            .iter()
            .all(|evidence| evidence.note.is_some()),
        "{bridge:?}"
    );
    let page = render(&answer, Format::Text, &Layout::default());
    let line = page
        .lines()
        .skip_while(|line| !line.contains(&bridge.text))
        .take(2)
        .collect::<String>();
    assert!(line.contains("curator’s inference"), "{page}");
}

// Plants of Samsung Electronics and SK hynix in China

#[test]
fn samsung_electronics_depends_in_china_on_its_xian_plant_for_at_least_40_percent_of_its_nand_flash()
 {
    let answer = ask("what does Samsung Electronics depend on in China");
    let row = row(&answer.rows, "samsung-electronics-xian-plant");
    assert!(
        first_sentence(row).contains("at least 40 % of its NAND flash"),
        "{}",
        first_sentence(row)
    );
    let share = row.steps[0].share;
    assert_eq!(
        (share.lo, share.hi, row.steps[0].share_documented),
        (0.4, 1.0, true)
    );
    assert_has(&answer, &["xian", "china"]);
    assert_eq!(answer.rows.len(), 3, "{:?}", ids(&answer.rows));
}

#[test]
fn sk_hynix_depends_in_china_on_wuxi_for_45_percent_of_its_dram() {
    let answer = ask("what does SK hynix depend on in China");
    let row = row(&answer.rows, "wuxi");
    assert!(
        first_sentence(row).contains("45 % of its DRAM"),
        "{}",
        first_sentence(row)
    );
    assert!(
        !first_sentence(row).contains("at least"),
        "{}",
        first_sentence(row)
    );
    assert_eq!((row.steps[0].share.lo, row.steps[0].share.hi), (0.45, 0.45));
}

#[test]
fn which_plants_are_in_china() {
    let answer = ask("which plants are in China");
    assert_has(
        &answer,
        &[
            "samsung-electronics-xian-plant",
            "intel-assets-in-china-acquired-by-sk-hynix",
        ],
    );
    let elsewhere = [
        "posco-international-pohang-plant",
        "posco-international-india-plant",
        "lg-energy-solution-ochang-plant",
    ];
    assert_lacks(&answer, &elsewhere);
}

// South Korea and China

#[test]
fn south_korea_depends_on_china_for_lithium_and_nickel_as_stated() {
    let answer = ask("what does South Korea depend on China for");
    assert_has(&answer, &["lithium", "nickel"]);
    for id in ["lithium", "nickel"] {
        let row = row(&answer.rows, id);
        assert!(
            first_sentence(row).starts_with(&format!("South Korea gets {id} from China")),
            "{}",
            first_sentence(row)
        );
        assert!(
            first_sentence(row).contains("“heavily dependent”"),
            "{}",
            first_sentence(row)
        );
        assert_eq!(facts(&answer, row)[0].status, Status::Reported);
    }
}

#[test]
fn south_korea_depends_on_china_for_lithium_and_nickel_and_for_no_graphite_by_a_warning() {
    let answer = ask("what does South Korea depend on China for");
    assert_has(&answer, &["lithium", "nickel"]);
    assert_lacks(&answer, &["graphite"]);
    assert!(
        !ids(&answer.aside).contains(&"graphite"),
        "{:?}",
        ids(&answer.aside)
    );
    let page = render(
        &ask("show the graphite export control"),
        Format::Text,
        &Layout::default(),
    );
    assert!(
        page.contains("Bang Moon-kyu says") && page.contains("forecast"),
        "the warning itself is kept: {page}"
    );
}

// Rare earths

#[test]
fn rare_earths_reach_motor_cores_posco_international_and_its_customer_with_a_contract() {
    let answer = ask("who depends on rare earths");
    let customer = "unnamed-north-american-automaker";
    assert_has(
        &answer,
        &["traction-motor-core", "posco-international", customer],
    );
    let why = ask(&format!(
        "why does {customer} depend on Posco International"
    ));
    let is_order =
        |fact: &&FactView| fact.claim == Claim::Supplies && fact.fields["to"] == customer;
    assert!(
        facts(&why, &why.rows[0]).iter().any(is_order),
        "{:?}",
        way(&why.rows[0])
    );
}

#[test]
fn orders_of_a_plant_still_to_open_are_plans_of_that_plant() {
    for id in ["hyundai-motor-company", "kia"] {
        let why = ask(&format!("why does {id} depend on Poland"));
        assert!(why.rows.is_empty(), "{:?}", ids(&why.rows));
        let order = facts(&why, row(&why.aside, "poland"))
            .into_iter()
            .find(|fact| fact.claim == Claim::Supplies);
        let order = order.unwrap_or_else(|| panic!("no order of {id}"));
        assert_eq!(
            (order.status, &*order.fields["from"]),
            (Status::Plan, "posco-international-brzeg-plant")
        );
        assert!(
            ask(&format!("why does {id} depend on India"))
                .rows
                .is_empty(),
            "no other plant serves {id}"
        );
    }
}

#[test]
fn rare_earths_do_not_reach_the_customers_that_posco_international_hopes_for() {
    let answer = ask("who depends on rare earths");
    assert_lacks(
        &answer,
        &[
            "mercedes-benz",
            "bmw",
            "european-automakers",
            "north-american-automakers",
        ],
    );
}

// LFP batteries

#[test]
fn who_makes_lfp_batteries() {
    let answer = ask("who makes LFP batteries");
    let makers: Vec<&str> = answer.facts.values().filter_map(maker).collect();
    assert!(
        makers.contains(&"chinese-battery-makers") && makers.contains(&"lg-energy-solution"),
        "{makers:?}"
    );
    assert!(answer.rows.iter().all(|row| !row.facts.is_empty()));
}

fn maker(fact: &FactView) -> Option<&str> {
    let field = if fact.fields.contains_key("by") {
        "by"
    } else {
        "from"
    };
    fact.fields.get(field).map(String::as_str)
}

#[test]
fn lfp_batteries_reach_volkswagen_stellantis_and_renault_but_not_hyundai_motor_group() {
    let answer = ask("who depends on LFP batteries");
    assert_has(&answer, &["volkswagen", "stellantis", "renault"]);
    assert_lacks(
        &answer,
        &[
            "hyundai-motor-group",
            "hyundai-motor-company",
            "global-carmakers",
        ],
    );
}

// Export control

#[test]
fn graphite_is_under_export_control_by_china_since_1_december_2023() {
    let answer = ask("what is under export control and since when");
    let held: Vec<&FactView> = answer
        .facts
        .values()
        .filter(|fact| fact.status == Status::Reported)
        .collect();
    assert_eq!(held.len(), 1, "{held:?}");
    assert_eq!(
        (
            held[0].fields["good"].as_str(),
            held[0].fields["by"].as_str()
        ),
        ("graphite", "china")
    );
    assert_eq!(
        (held[0].fields["measure"].as_str(), held[0].since.as_deref()),
        ("export-control", Some("2023-12-01"))
    );
}

#[test]
fn an_export_control_is_no_tariff() {
    let answer = ask("what is under export control");
    let measures: HashSet<&str> = answer
        .facts
        .values()
        .map(|fact| fact.fields["measure"].as_str())
        .collect();
    assert_eq!(measures, HashSet::from(["export-control"]));
}

// What the data does not hold

#[test]
fn nothing_in_the_data_depends_on_turkmenistan() {
    let answer = ask("who depends on Turkmenistan");
    assert!(
        answer.is_empty() && answer.aside.is_empty(),
        "{:?} {:?}",
        ids(&answer.rows),
        ids(&answer.aside)
    );
    assert!(render(&answer, Format::Text, &Layout::default()).contains("othing in the data"));
}

// How questions are understood

#[test]
fn every_example_of_a_question_is_understood_and_answered() {
    for example in examples() {
        assert!(!ask(example).is_empty(), "{example}");
    }
}

#[test]
fn a_misspelt_question_is_mended_and_the_reader_is_told() {
    let read = BUILT_IN
        .understand("who depnds on grafite")
        .expect("it is understood");
    let of = Subject::Entity(BUILT_IN.entity("graphite"));
    assert_eq!(
        read.value,
        Question::Dependents {
            of: of.into(),
            filter: Filter::default(),
            follow: Follow::default()
        }
    );
    assert!(
        read.notes
            .iter()
            .any(|note| note.contains("grafite") && note.contains("graphite")),
        "{:?}",
        read.notes
    );
}

#[test]
fn an_unknown_name_is_said_to_be_unknown_with_the_nearest_names() {
    match BUILT_IN.understand("who depends on unobtainium") {
        Err(Misunderstanding::UnknownName { name, nearest }) => {
            assert_eq!(name, "unobtainium");
            assert!(!nearest.is_empty());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_ambiguous_name_lists_what_it_may_mean() {
    match BUILT_IN.understand("who depends on samsung") {
        Err(Misunderstanding::Ambiguous { candidates, .. }) => {
            let candidates: Vec<&str> = candidates
                .iter()
                .map(|&entity| BUILT_IN.id(entity))
                .collect();
            for id in ["samsung-electronics", "samsung-sdi", "samsung-group"] {
                assert!(candidates.contains(&id), "{id} missing from {candidates:?}");
            }
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn words_that_are_no_question_are_said_not_to_be_understood() {
    for words in [
        "",
        "graphite, graphite",
        "will graphite be dearer next year",
        "why",
    ] {
        let read = BUILT_IN.understand(words);
        assert!(
            matches!(read, Err(Misunderstanding::NotUnderstood { .. })),
            "{words}: {read:?}"
        );
    }
}

#[test]
fn names_are_known_in_korean_and_chinese_and_in_any_case_number_and_hyphenation() {
    let names = [
        ("흑연", "graphite"),
        ("石墨", "graphite"),
        ("稀土", "rare-earths"),
        ("희토류", "rare-earths"),
        ("삼성전자 시안 공장", "samsung-electronics-xian-plant"),
        ("现代汽车集团", "hyundai-motor-group"),
        ("LFP BATTERIES", "lfp-battery"),
        ("lithium ion battery", "lithium-ion-battery"),
        ("Rare Earth", "rare-earths"),
        ("sk Hynix", "sk-hynix"),
    ];
    for (name, id) in names {
        let read = BUILT_IN
            .understand(&format!("who depends on {name}"))
            .unwrap_or_else(|fault| panic!("{fault}"));
        let of = Subject::Entity(BUILT_IN.entity(id));
        assert_eq!(
            read.value,
            Question::Dependents {
                of: of.into(),
                filter: Filter::default(),
                follow: Follow::default()
            }
        );
    }
}

#[test]
fn whoever_is_known_is_known_by_the_whole_of_its_name_in_english() {
    for entity in BUILT_IN.entities() {
        let name = BUILT_IN.0.name(entity, Lang::En);
        for question in [
            format!("tell me about {name}"),
            format!("what does {name} expect"),
        ] {
            let read = BUILT_IN
                .understand(&question)
                .unwrap_or_else(|fault| panic!("{question}: {fault}"));
            assert_eq!(
                read.value,
                Question::Show { of: entity.into() },
                "{question}"
            );
        }
    }
}

#[test]
fn the_size_of_a_market_is_asked_for_like_figures() {
    let figures = |question: &str| {
        BUILT_IN
            .understand(question)
            .unwrap_or_else(|fault| panic!("{fault}"))
            .value
    };
    for question in [
        "how large is the ESS market",
        "how big is the ESS market",
        "what is the size of the ESS market",
    ] {
        assert_eq!(figures(question), figures("figures of ESS"), "{question}");
    }
}

#[test]
fn each_way_to_ask_gives_the_same_question() {
    let ways = [
        "who depends on graphite",
        "What relies upon graphite?",
        "who is dependent on graphite",
        "dependents of graphite",
    ];
    for way in ways {
        assert_eq!(
            BUILT_IN.understand(way),
            BUILT_IN.understand("who depends on graphite"),
            "{way}"
        );
    }
}

#[test]
fn a_deficit_is_asked_for_as_the_trade_balance_that_it_is() {
    let balance = BUILT_IN.understand("what was South Korea's trade balance with China");
    for name in ["trade deficit", "deficit", "trade surplus"] {
        assert_eq!(
            BUILT_IN.understand(&format!("what was South Korea's {name} with China")),
            balance,
            "{name}"
        );
    }
}

#[test]
fn a_share_of_exports_is_asked_for_by_where_they_go() {
    let ways = [
        "what share of South Korea's exports goes to China",
        "how much of South Korea's exports go to China",
    ];
    for way in ways {
        let answer = ask(way);
        assert_eq!(answer.rows.len(), 1, "{way}");
        assert!(
            facts(&answer, &answer.rows[0])[0].text.ends_with("19.7 %"),
            "{way}"
        );
    }
    assert!(
        BUILT_IN
            .understand("what share of South Korea's graphite goes to China")
            .is_err()
    );
}

#[test]
fn what_is_said_can_be_asked_for_by_who_says_it_and_of_what() {
    let by_kwon = BUILT_IN.understand("what does Kwon Oh-kyoung say");
    assert_eq!(
        by_kwon,
        BUILT_IN.understand("tell me about Kwon Oh-kyoung"),
        "also the figures of which he is the source"
    );
    let of_graphite = ask("what did Bang Moon-kyu say about graphite");
    assert_eq!(
        of_graphite.title,
        "Whether Bang Moon-kyu speaks of graphite and its kinds"
    );
    assert_eq!(of_graphite.rows.len(), 1);
    assert_eq!(
        BUILT_IN.understand("what is said of Central Asia"),
        BUILT_IN.understand("who speaks of Central Asia")
    );
    assert_eq!(
        ask("who speaks of Central Asia").rows.len(),
        2,
        "also what nobody named says"
    );
}

#[test]
fn where_something_is_can_be_asked() {
    let plant = ask("where is Samsung Electronics' Xi'an plant");
    assert_eq!(
        facts(&plant, &plant.rows[0])[0].text,
        "Samsung Electronics' Xi'an plant is in Xi'an"
    );
    assert_eq!(
        ask("where was the tour of Central Asia by Yoon Suk-yeol")
            .rows
            .len(),
        3
    );
}

#[test]
fn dependents_in_a_country_can_be_asked_for_before_and_behind_the_name() {
    let before = BUILT_IN
        .understand("who in China depends on graphite")
        .expect("it is understood");
    let behind = BUILT_IN
        .understand("who depends on graphite in China")
        .expect("it is understood");
    assert_eq!(before, behind);
}

// Laws that every answer keeps

#[test]
fn every_step_of_every_chain_cites_facts_with_evidence() {
    for_each_row(|answer, row| {
        assert!(
            !row.steps.is_empty() && row.steps.iter().all(|step| !step.facts.is_empty()),
            "{}",
            place(answer, row)
        );
        for fact in facts(answer, row) {
            let is_proven = !fact.evidence.is_empty()
                && fact
                    .evidence
                    .iter()
                    .all(|evidence| is_proof(answer, evidence));
            assert!(is_proven, "{}: {}", place(answer, row), fact.text);
        }
    });
}

/// Whether a piece of evidence names a passage of a document that the answer describes, or is a
/// curator's with a reason.
fn is_proof(answer: &Answer, evidence: &EvidenceView) -> bool {
    match (&evidence.document, &evidence.passage) {
        (Some(document), Some(_)) => answer.documents.contains_key(document),
        _ => evidence.status == Status::InferredByCurator && evidence.note.is_some(),
    }
}

#[test]
fn every_chain_leads_without_a_gap_from_the_dependent_to_what_it_depends_on() {
    for (entity, dependents, dependencies) in &*ANSWERS {
        let id = BUILT_IN.id(*entity);
        for row in dependents.rows.iter().chain(&dependents.aside) {
            // What needs a kind above what is asked about is told with its need of that.
            let is_above = row.group.starts_with("Need what it is a kind of");
            let end = row
                .steps
                .last()
                .filter(|_| is_above)
                .map_or(id, |step| step.to.entity.as_str());
            assert_leads(dependents, row, &row_id(row), end);
        }
        for row in dependencies.rows.iter().chain(&dependencies.aside) {
            assert_leads(dependencies, row, id, &row_id(row));
        }
    }
}

fn row_id(row: &Row) -> String {
    row.entity
        .as_ref()
        .map(|entity| entity.id.clone())
        .unwrap_or_default()
}

#[track_caller]
fn assert_leads(answer: &Answer, row: &Row, from: &str, to: &str) {
    let (first, last) = (&row.steps[0].from, &row.steps[row.steps.len() - 1].to);
    let belongs_to =
        |node: &NodeView, id: &str| node.entity == id || node.by.as_deref() == Some(id);
    assert!(
        first.entity == from,
        "{} begins at {}",
        place(answer, row),
        first.name
    );
    assert!(
        belongs_to(last, to),
        "{} ends at {}",
        place(answer, row),
        last.name
    );
    for pair in row.steps.windows(2) {
        let (to, from) = (&pair[0].to, &pair[1].from);
        assert!(
            is_same_thing(to, from),
            "{}: from {} on to {}",
            place(answer, row),
            to.name,
            from.name
        );
    }
}

/// Whether a chain may go on from one node to the other without a fact: they are one node, or a
/// supply and its good, or a supply and its maker or the territory it comes from. From a territory
/// it goes on only as that territory.
fn is_same_thing(to: &NodeView, from: &NodeView) -> bool {
    let is_its_good = from.by.is_none() && from.entity == to.entity && to.node != "place";
    let is_its_maker = from.by.is_none() && Some(&from.entity) == to.by.as_ref();
    let comes_from_there =
        from.node == "origin" && (&from.entity, &from.by) == (&to.entity, &to.by);
    to == from || is_its_good || is_its_maker || comes_from_there
}

#[test]
fn rows_stand_in_one_block_for_each_group_and_nearest_first() {
    for (_, dependents, dependencies) in &*ANSWERS {
        for answer in [dependents, dependencies] {
            assert_in_order(&answer.title, &answer.rows);
            assert_in_order(&answer.title, &answer.aside);
        }
    }
}

#[track_caller]
fn assert_in_order(title: &str, rows: &[Row]) {
    let mut groups: Vec<&str> = rows.iter().map(|row| row.group).collect();
    groups.dedup();
    let distinct: HashSet<&str> = groups.iter().copied().collect();
    assert_eq!(groups.len(), distinct.len(), "{title}: {groups:?}");
    for pair in rows
        .windows(2)
        .filter(|pair| pair[0].group == pair[1].group)
    {
        let id = |row: &Row| row.entity.as_ref().map(|entity| entity.id.clone());
        let order = |row: &Row| (row.distance, id(row));
        assert!(
            order(&pair[0]) < order(&pair[1]),
            "{title}: {:?} before {:?}",
            order(&pair[0]),
            order(&pair[1])
        );
    }
}

#[test]
fn filters_only_take_rows_away() {
    let of = Subject::Entity(BUILT_IN.entity("graphite"));
    let all = BUILT_IN.dependents(BUILT_IN.entity("graphite"), Follow::default());
    let filter = Filter {
        kinds: vec![EntityKind::Product],
        depth: Some(2),
        ..Filter::default()
    };
    let some = BUILT_IN.answer(&Question::Dependents {
        of: of.into(),
        filter,
        follow: Follow::default(),
    });
    let is_wanted =
        |row: &&Row| kind_of(&row_id(row)) == EntityKind::Product && row.distance <= Some(2);
    let wanted: Vec<String> = all.rows.iter().filter(is_wanted).map(row_id).collect();
    assert!(!wanted.is_empty());
    assert_eq!(ids(&some.rows), wanted);
}

#[test]
fn the_distance_of_a_row_is_the_number_of_facts_it_cites() {
    for_each_row(|answer, row| {
        let facts: HashSet<&str> = row
            .steps
            .iter()
            .flat_map(|step| &step.facts)
            .map(|reading| reading.fact.as_str())
            .collect();
        assert_eq!(
            row.distance,
            Some(facts.len() as u32),
            "{}",
            place(answer, row)
        );
    });
}

#[test]
fn no_entity_depends_on_itself_or_stands_in_an_answer_twice() {
    for (entity, dependents, dependencies) in &*ANSWERS {
        for answer in [dependents, dependencies] {
            let ids = ids(&answer.rows);
            let distinct: HashSet<&str> = ids.iter().copied().collect();
            assert!(
                distinct.len() == ids.len() && !distinct.contains(BUILT_IN.id(*entity)),
                "{}",
                answer.title
            );
        }
    }
}

#[test]
fn plans_forecasts_and_opinions_prove_no_row() {
    for (_, dependents, dependencies) in &*ANSWERS {
        for answer in [dependents, dependencies] {
            for row in &answer.rows {
                assert!(
                    facts(answer, row)
                        .iter()
                        .all(|fact| fact.status.is_actual()),
                    "{}",
                    place(answer, row)
                );
            }
        }
    }
}

#[test]
fn one_depends_on_the_other_exactly_if_the_other_is_depended_on_by_the_one() {
    for follow in [Follow::default(), ALL] {
        let (mut dependents, mut dependencies) = (HashSet::new(), HashSet::new());
        for entity in BUILT_IN.entities() {
            let id = BUILT_IN.id(entity).to_owned();
            let filter = Filter {
                kinds: EntityKind::ALL.to_vec(),
                ..Filter::default()
            };
            let of = Subject::Entity(entity);
            let answer = BUILT_IN.answer(&Question::Dependents {
                of: of.into(),
                filter,
                follow,
            });
            dependents.extend(answer.rows.iter().map(|row| (row_id(row), id.clone())));
            dependencies.extend(
                BUILT_IN
                    .dependencies(entity, follow)
                    .rows
                    .iter()
                    .map(|row| (id.clone(), row_id(row))),
            );
        }
        assert_same_pairs(&dependents, &dependencies);
    }
}

#[track_caller]
fn assert_same_pairs(
    dependents: &HashSet<(String, String)>,
    dependencies: &HashSet<(String, String)>,
) {
    assert!(dependents.len() > 100, "only {} pairs", dependents.len());
    let mut one_sided: Vec<_> = dependents.symmetric_difference(dependencies).collect();
    one_sided.sort();
    assert!(
        one_sided.is_empty(),
        "{} pairs in only one direction: {one_sided:?}",
        one_sided.len()
    );
}

fn kind_of(id: &str) -> EntityKind {
    BUILT_IN.0.kind(BUILT_IN.entity(id))
}

#[test]
fn why_has_a_chain_exactly_for_those_who_depend() {
    let graphite = BUILT_IN.entity("graphite");
    let dependents: HashSet<String> = BUILT_IN
        .dependents(graphite, Follow::default())
        .rows
        .iter()
        .map(row_id)
        .collect();
    for entity in BUILT_IN
        .entities()
        .into_iter()
        .filter(|&entity| entity != graphite)
    {
        let (from, to) = (Subject::Entity(entity), Subject::Entity(graphite));
        let why = BUILT_IN.answer(&Question::Why {
            through: None,
            from: from.into(),
            to: to.into(),
            follow: Follow::default(),
            most: 1,
        });
        assert_eq!(
            !why.is_empty(),
            dependents.contains(BUILT_IN.id(entity)),
            "{}",
            BUILT_IN.id(entity)
        );
    }
}

#[test]
fn the_order_of_the_files_makes_no_difference() {
    let mut files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data"));
    let one = world_of(&files);
    files.reverse();
    let other = world_of(&files);
    for entity in one.entities() {
        assert_same_lines(
            &answers(&one, entity),
            &answers(&other, other.entity(one.id(entity))),
        );
    }
}

/// Loads files under names in their order, so that neither a file's place nor its name tells which
/// it is.
fn world_of(files: &[(String, String)]) -> Asked {
    let texts = files
        .iter()
        .enumerate()
        .map(|(at, (_, text))| (format!("{at:03}.ron"), text.clone()));
    Asked(World::of_texts(texts).expect("the built-in facts are sound"))
}

#[track_caller]
fn assert_same_lines(one: &str, other: &str) {
    let differing = one
        .lines()
        .zip(other.lines())
        .position(|(one, other)| one != other);
    let around = |text: &str, at: usize| {
        text.lines()
            .skip(at.saturating_sub(5))
            .take(10)
            .collect::<Vec<_>>()
            .join("\n")
    };
    if let Some(at) = differing {
        panic!(
            "from line {at}:\n{}\n\nin the other order:\n{}",
            around(one, at),
            around(other, at)
        );
    }
    assert_eq!(one.len(), other.len());
}

/// The files of a folder with their names.
fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    paths.sort();
    let read = |path: &Path| {
        (
            path.display().to_string(),
            fs::read_to_string(path).expect("the file can be read"),
        )
    };
    paths
        .iter()
        .flat_map(|path| {
            if path.is_dir() {
                files(path)
            } else {
                vec![read(path)]
            }
        })
        .collect()
}

/// All that is answered on an entity, as text; in which file each fact stands left out.
fn answers(world: &Asked, entity: EntityIx) -> String {
    let show = Question::Show { of: entity.into() };
    let answers = [
        world.dependents(entity, ALL),
        world.dependencies(entity, ALL),
        world.answer(&show),
    ];
    let text: String = answers
        .iter()
        .map(|answer| render(answer, Format::Json, &Layout::default()))
        .collect();
    let is_place =
        |line: &str| line.trim_start().starts_with("\"at\": \"") && line.contains(".ron:");
    text.lines()
        .filter(|line| !is_place(line))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn the_built_in_facts_are_those_of_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graph-data");
    let read = Asked(World::of_texts(files(&folder)).expect("the built-in facts are sound"));
    let summary = |world: &Asked| -> Vec<String> {
        let answers = world
            .entities()
            .into_iter()
            .map(|entity| world.dependents(entity, ALL));
        answers
            .map(|answer| render(&answer, Format::Csv, &Layout::default()))
            .collect()
    };
    assert_eq!(summary(&read), summary(&BUILT_IN));
}

#[test]
fn styles_change_nothing_but_the_look() {
    let styled = Layout {
        styles: true,
        ..Layout::default()
    };
    for (_, dependents, _) in &*ANSWERS {
        let with = render(dependents, Format::Text, &styled);
        let without = render(dependents, Format::Text, &Layout::default());
        assert!(with.contains("\u{1b}[") && !without.contains('\u{1b}'));
        assert_eq!(anstream::adapter::strip_str(&with).to_string(), without);
    }
}

/// Looks at every row of every answer, those that do not count among them.
fn for_each_row(look: impl Fn(&Answer, &Row)) {
    for (_, dependents, dependencies) in &*ANSWERS {
        for answer in [dependents, dependencies] {
            answer
                .rows
                .iter()
                .chain(&answer.aside)
                .for_each(|row| look(answer, row));
        }
    }
}

/// Where a row stands, for messages.
fn place(answer: &Answer, row: &Row) -> String {
    format!("{}, row {}", answer.title, row_id(row))
}
