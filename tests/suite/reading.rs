//! Where the five documents mislead, and that the facts that come with hanjung are not misled: one
//! test for each of the nineteen points in the reading notes of the documents, named after its
//! number. Ids, claims, values, statuses and passages are looked at, never the wording of notes.
//! Further tests look at what is easily read as less than it says; a last one holds
//! docs/curation.md to facts that exist.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use hanjung::World;
use hanjung::facts::{
    Amount, Catalogue, Claim, Date, EntityIx, EntityKind, Evidence, Extent, Fact, Field, GOODS,
    Lang, Names, Period, Status, TERRITORIES, Value,
};
use hanjung::graph::Follow;
use hanjung::query::{Answer, Row};
use hanjung::request::{Filter, Question, Subject};

use Extent::{About, AtLeast, Between, Exactly};
use Field as F;

static DATA: LazyLock<World> =
    LazyLock::new(|| World::built_in().expect("the built-in facts are sound"));

/// What the five documents say, and what is inferred; facts that rest on other documents alone are
/// left out.
static READ: LazyLock<Vec<&Fact>> =
    LazyLock::new(|| catalogue().facts().filter(|fact| is_read(fact)).collect());

const REPIW: &str = "repiw-lee-interview";
const GARBLED: &str = "global-times-2023-12";
const NEWSLETTER: &str = "korean-industrial-insight-17";
const CHIP_4: &str = "global-times-2022-07";
const MINERALS: &str = "korea-pro-2024-06";

/// Follows all that can be followed.
const ALL: Follow = Follow {
    plans: true,
    possible: true,
    market: true,
    ownership: true,
    technology: true,
};

// Looking facts up

fn catalogue() -> &'static Catalogue {
    DATA.parts().catalogue
}

fn is_read(fact: &Fact) -> bool {
    let is_one = |evidence: &Evidence| {
        [REPIW, GARBLED, NEWSLETTER, CHIP_4, MINERALS]
            .iter()
            .any(|document| cites(evidence, document))
    };
    fact.evidence
        .iter()
        .any(|evidence| evidence.cited.is_none() || is_one(evidence))
}

fn read() -> impl Iterator<Item = &'static Fact> {
    READ.iter().copied()
}

/// The entity with this id. Panics if there is none, so that no test passes because something was
/// renamed.
#[track_caller]
fn entity(id: &str) -> EntityIx {
    catalogue()
        .entity(id)
        .unwrap_or_else(|| panic!("no entity `{id}`"))
}

fn id(entity: EntityIx) -> &'static str {
    &catalogue()[entity].id
}

fn kind(entity: EntityIx) -> EntityKind {
    catalogue()[entity].kind
}

/// The facts of a claim that have these entities in these fields.
#[track_caller]
fn facts(claim: Claim, ends: &[(Field, &str)]) -> Vec<&'static Fact> {
    let ends: Vec<_> = ends
        .iter()
        .map(|&(field, id)| (field, entity(id)))
        .collect();
    let fits = |fact: &&Fact| {
        fact.claim == claim
            && ends
                .iter()
                .all(|&(field, end)| fact.entity(field) == Some(end))
    };
    read().filter(fits).collect()
}

/// The one fact of a claim that has these entities in these fields.
#[track_caller]
fn fact(claim: Claim, ends: &[(Field, &str)]) -> &'static Fact {
    let found = facts(claim, ends);
    assert_eq!(found.len(), 1, "{claim} {ends:?}: {:?}", fact_ids(&found));
    found[0]
}

/// The one fact of a claim that has this entity in this field and gives this amount.
#[track_caller]
fn with_amount(claim: Claim, end: (Field, &str), number: Extent, unit: &str) -> &'static Fact {
    let wanted = amount(number, unit);
    let mut found = facts(claim, &[end]);
    found.retain(|fact| amounts(fact).any(|amount| *amount == wanted));
    assert_eq!(
        found.len(),
        1,
        "{claim} {end:?} {wanted}: {:?}",
        fact_ids(&found)
    );
    found[0]
}

#[track_caller]
fn figure(subject: &str, number: Extent, unit: &str) -> &'static Fact {
    with_amount(Claim::Figure, (F::Subject, subject), number, unit)
}

/// The facts that have an entity in any field.
#[track_caller]
fn about(id: &str) -> Vec<&'static Fact> {
    let entity = entity(id);
    read()
        .filter(|fact| fact.entities().any(|end| end == entity))
        .collect()
}

/// What stands in a field of the facts of a claim that have this entity in that one.
#[track_caller]
fn others(claim: Claim, end: (Field, &str), field: Field) -> BTreeSet<&'static str> {
    facts(claim, &[end])
        .iter()
        .filter_map(|fact| fact.entity(field))
        .map(id)
        .collect()
}

/// Every piece of evidence from a passage, with its fact.
fn citing(document: &str, passage: &str) -> Vec<(&'static Fact, &'static Evidence)> {
    let evidence =
        read().flat_map(|fact| fact.evidence.iter().map(move |evidence| (fact, evidence)));
    evidence
        .filter(|(_, evidence)| cites_passage(evidence, document, passage))
        .collect()
}

fn cites(evidence: &Evidence, document: &str) -> bool {
    evidence
        .cited
        .as_ref()
        .is_some_and(|(cited, _)| *catalogue()[*cited].id == *document)
}

fn cites_passage(evidence: &Evidence, document: &str, passage: &str) -> bool {
    cites(evidence, document)
        && evidence
            .cited
            .as_ref()
            .is_some_and(|(_, at)| **at == *passage)
}

#[track_caller]
fn assert_none(claim: Claim, ends: &[(Field, &str)]) {
    let found = facts(claim, ends);
    assert!(
        found.is_empty(),
        "{:?} have no place in the data",
        fact_ids(&found)
    );
}

#[track_caller]
fn assert_status(status: Status, facts: &[&Fact]) {
    assert!(!facts.is_empty(), "there is no such fact");
    for fact in facts {
        assert_eq!(fact.status(), status, "{}", fact.id);
    }
}

fn fact_ids(facts: &[&Fact]) -> Vec<String> {
    facts.iter().map(|fact| fact.id.to_string()).collect()
}

// Values

fn amount(number: Extent, unit: &str) -> Amount {
    Amount {
        number,
        unit: unit.into(),
    }
}

fn amounts(fact: &Fact) -> impl Iterator<Item = &Amount> {
    fact.values.iter().filter_map(|(_, value)| match value {
        Value::Amount(amount) => Some(amount),
        _ => None,
    })
}

fn amount_in(fact: &Fact, field: Field) -> Option<&Amount> {
    match fact.value(field)? {
        Value::Amount(amount) => Some(amount),
        _ => None,
    }
}

fn shares(fact: &Fact) -> impl Iterator<Item = &Extent> {
    fact.values.iter().filter_map(|(_, value)| match value {
        Value::Share(share) => Some(share),
        _ => None,
    })
}

fn text(fact: &Fact, field: Field) -> Option<&str> {
    match fact.value(field)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn by_when(fact: &Fact) -> Option<Date> {
    match fact.value(F::ByWhen)? {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

fn period(fact: &Fact) -> Option<Period> {
    match fact.value(F::Period)? {
        Value::Period(period) => Some(*period),
        _ => None,
    }
}

fn date(text: &str) -> Option<Date> {
    let date = Date::parse(text);
    assert!(date.is_some(), "{text} is no date");
    date
}

/// The number and the currency of a sum of money, in units of the currency.
fn money(amount: &Amount) -> Option<(f64, &str)> {
    let (scale, currency) = amount.unit.split_once(' ')?;
    let scale = match scale {
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    };
    let is_currency = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    is_currency.then_some((amount.number.numbers().next()? * scale, currency))
}

fn is_inferred(fact: &Fact) -> bool {
    fact.evidence
        .iter()
        .any(|evidence| evidence.status == Status::InferredByCurator)
}

/// Whether it is known who says so: by name, or as somebody unnamed.
fn has_voice(fact: &Fact, evidence: &Evidence) -> bool {
    fact.entity(F::Speaker).is_some() || evidence.by.is_some() || evidence.by_unnamed.is_some()
}

// Asking

#[track_caller]
fn dependents(of: &str, follow: Follow) -> Answer {
    let of = Subject::Entity(entity(of));
    ask(&Question::Dependents {
        of: of.into(),
        filter: Filter::default(),
        follow,
    })
}

#[track_caller]
fn dependencies(of: &str, follow: Follow) -> Answer {
    let of = Subject::Entity(entity(of));
    ask(&Question::Dependencies {
        of: of.into(),
        filter: Filter::default(),
        follow,
    })
}

fn ask(question: &Question) -> Answer {
    DATA.answer(question, Lang::En)
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
    let found: BTreeSet<_> = ids(&answer.rows).into_iter().map(entity).collect();
    let wrong: Vec<_> = unwanted
        .iter()
        .filter(|id| found.contains(&entity(id)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{}: {wrong:?} have no place there",
        answer.title
    );
}

// The nineteen points

#[test]
fn point_01_no_path_runs_through_a_country_or_a_group() {
    for mineral in ["lithium", "nickel", "cobalt", "graphite", "rare-earths"] {
        dependents(mineral, Follow::default())
            .rows
            .iter()
            .for_each(assert_passes_no_crowd);
    }
    assert_has(
        &dependents("lithium", Follow::default()),
        &["south-korea", "lg-energy-solution"],
    );
    // What a customer needs, its supplier has a stake in, though only as a market.
    let without_markets = Follow {
        market: false,
        ..ALL
    };
    let unjoined = [
        "celltrion",
        "samsung-electronics",
        "sk-hynix",
        "posco-international",
    ];
    assert_lacks(&dependents("lithium", without_markets), &unjoined);

    let unlisted = [
        "south-korean-battery-makers",
        "south-korean-carmakers",
        "chinese-battery-makers",
        "chinese-carmakers",
    ];
    for group in unlisted {
        assert_none(Claim::MemberOf, &[(F::Of, group)]);
    }
    for member in facts(Claim::MemberOf, &[]) {
        assert!(
            !is_inferred(member),
            "{}: who belongs to a group is stated",
            member.id
        );
    }
    let suppliers = others(Claim::Supplies, (F::To, "hyundai-motor-group"), F::From);
    assert_eq!(
        suppliers,
        BTreeSet::from(["south-korean-battery-makers"]),
        "the group, none of its members"
    );
}

/// Between its ends a chain passes no economy and no group as such, only what they make.
#[track_caller]
fn assert_passes_no_crowd(row: &Row) {
    for step in row
        .steps
        .iter()
        .skip(1)
        .filter(|step| step.from.by.is_none())
    {
        let kind = kind(entity(&step.from.entity));
        assert!(
            !matches!(kind, EntityKind::Economy | EntityKind::Group),
            "a chain passes {}",
            step.from.name
        );
    }
}

#[test]
fn point_02_direction() {
    fact(
        Claim::Needs,
        &[(F::Good, "ev-battery"), (F::Input, "graphite")],
    );
    assert_none(Claim::Needs, &[(F::Good, "graphite")]);
    assert_has(
        &dependents("graphite", Follow::default()),
        &["lithium-ion-battery"],
    );
    assert_lacks(&dependents("lithium-ion-battery", ALL), &["graphite"]);

    let exports = facts(
        Claim::SellsIn,
        &[
            (F::Seller, "south-korea"),
            (F::Place, "china"),
            (F::Good, "semiconductor"),
        ],
    );
    assert!(
        exports.iter().any(|fact| fact.is_actual()),
        "South Korea exports chips to China"
    );
    let buyers = others(Claim::Sources, (F::Good, "semiconductor"), F::Buyer);
    assert_eq!(
        buyers,
        BTreeSet::from(["south-korean-companies-using-chips-made-in-china"]),
        "some firms, not the country"
    );
    assert_lacks(
        &dependencies("south-korea", Follow::default()),
        &["semiconductor"],
    );

    assert_lacks(&dependencies("celltrion", Follow::default()), &["japan"]);
    assert_has(
        &dependencies(
            "celltrion",
            Follow {
                market: true,
                ..Follow::default()
            },
        ),
        &["japan"],
    );
    assert_lacks(&dependents("celltrion", ALL), &["japan"]);
}

#[test]
fn point_03_replaces_is_not_needs() {
    let replaced = [
        (F::Good, "lithium-metal"),
        (F::Replaced, "graphite-anode"),
        (F::In, "lithium-metal-battery"),
    ];
    assert!(fact(Claim::Replaces, &replaced).is_actual());
    let inputs = others(Claim::Needs, (F::Good, "lithium-metal-battery"), F::Input);
    assert_eq!(
        inputs,
        BTreeSet::from(["lithium-metal"]),
        "instead of graphite"
    );
    assert_has(&dependents("graphite", ALL), &["lithium-ion-battery"]);
    assert_lacks(
        &dependents("graphite", ALL),
        &["lithium-metal-battery", "all-solid-state-battery", "sk-on"],
    );
}

#[test]
fn point_04_an_unspecified_class_links_no_firm() {
    let about = about("other-electronic-products");
    assert_eq!(
        fact_ids(&about),
        ["needs:other-electronic-products:graphite"]
    );
    let answer = dependents("other-electronic-products", ALL);
    assert!(
        answer.is_empty() && answer.aside.is_empty(),
        "{:?}",
        ids(&answer.rows)
    );
}

#[test]
fn point_05_a_control_is_not_a_ban_and_a_warning_is_not_an_effect() {
    let control = fact(Claim::Restricts, &[(F::Good, "graphite")]);
    assert_eq!(text(control, F::Measure), Some("export-control"));
    assert_eq!(
        (control.entity(F::By).map(id), control.since),
        (Some("china"), date("2023-12-01"))
    );
    assert!(
        control.is_actual() && control.declared_caveat.is_some(),
        "it holds, for certain items only"
    );

    let about = about("graphite-export-control");
    let warnings: Vec<_> = about
        .into_iter()
        .filter(|fact| fact.claim == Claim::Says)
        .collect();
    assert!(
        !warnings.is_empty() && warnings.iter().all(|fact| !fact.is_actual()),
        "{:?}",
        fact_ids(&warnings)
    );
    assert_none(Claim::Sources, &[(F::Good, "graphite")]);
    let answer = dependents("graphite", Follow::default());
    assert_lacks(&answer, &["south-korea"]);
    assert!(
        !ids(&answer.aside).contains(&"south-korea"),
        "who warns of an effect states no purchase"
    );
}

#[test]
fn point_06_broken_figures_are_repaired() {
    let repaired = [
        (Exactly(19.7), "%", "p4", "7%"),
        (Exactly(7.8), "%", "p5", "8%"),
        (Exactly(-3.94), "billion USD", "p5", "$400 million"),
        (Exactly(-0.73), "billion USD", "p5", "7$300 million"),
    ];
    for (number, unit, passage, torn) in repaired {
        let fact = figure("south-korea", number, unit);
        assert!(
            declares(fact, passage, torn),
            "{}: {torn:?} is not declared",
            fact.id
        );
    }
    let broken_words = [
        ("p2", "first-chain"),
        ("p2", "first-class chain"),
        ("p3", "global ** chain"),
        ("p5", "monthly ** deficit"),
    ];
    for (passage, broken) in broken_words {
        assert!(
            read().any(|fact| declares(fact, passage, broken)),
            "{broken:?} is not declared"
        );
    }
    let is_garbled = |fact: &&Fact| {
        fact.evidence
            .iter()
            .any(|evidence| cites(evidence, GARBLED))
    };
    read().filter(is_garbled).for_each(assert_is_whole);
}

/// Whether a fact's evidence from a passage of the garbled document declares a broken form.
fn declares(fact: &Fact, passage: &str, form: &str) -> bool {
    let evidence = fact
        .evidence
        .iter()
        .filter(|evidence| cites_passage(evidence, GARBLED, passage));
    evidence
        .flat_map(|evidence| &evidence.garbled)
        .any(|garbled| garbled.contains(form))
}

/// Nothing torn got into a fact: no half of a figure, none of the broken words.
#[track_caller]
fn assert_is_whole(fact: &Fact) {
    for number in amounts(fact).flat_map(|amount| amount.number.numbers()) {
        assert!(
            ![7.0, 8.0, 19.0, 39.0, 300.0, 400.0].contains(&number.abs()),
            "{}: {number}",
            fact.id
        );
    }
    let texts = [F::Gist, F::What, F::On, F::Measure]
        .into_iter()
        .filter_map(|field| text(fact, field));
    for text in texts
        .chain(fact.note.as_deref())
        .chain(fact.declared_caveat.as_deref())
    {
        let broken = ["**", "first chain", "first-chain", "first-class chain"]
            .iter()
            .find(|form| text.contains(**form));
        assert_eq!(broken, None, "{}: {text}", fact.id);
    }
}

#[test]
fn point_07_one_person_has_two_names() {
    let names = Names::new(catalogue());
    let one = |name: &str| names.find_exactly(name).map(id);
    for name in ["Bang Moon-kyu", "Guan Moon Gyu", "Fang Wengui"] {
        assert_eq!(one(name), Some("bang-moon-kyu"), "{name}");
    }
    assert_eq!(
        one("Korean Association"),
        Some("korea-international-trade-association")
    );
    let ministers = others(
        Claim::Holds,
        (F::At, "ministry-of-trade-industry-and-energy"),
        F::Person,
    );
    assert_eq!(ministers, BTreeSet::from(["bang-moon-kyu"]));
    for passage in ["p2", "p3", "p4", "p6"] {
        let voices = citing(GARBLED, passage)
            .into_iter()
            .map(|(fact, evidence)| fact.entity(F::Speaker).or(evidence.by));
        let people = voices
            .flatten()
            .filter(|voice| kind(*voice) == EntityKind::Person)
            .map(id);
        assert_eq!(
            people.collect::<BTreeSet<_>>(),
            BTreeSet::from(["bang-moon-kyu"]),
            "who speaks in {passage}"
        );
    }
}

#[test]
fn point_08_two_years_for_one_target() {
    let cores = facts(
        Claim::Targets,
        &[
            (F::Actor, "posco-international"),
            (F::Good, "traction-motor-core"),
        ],
    );
    let goal = amount(Exactly(7.5), "million units");
    let capacity: Vec<_> = cores
        .into_iter()
        .filter(|fact| amount_in(fact, F::Goal) == Some(&goal))
        .collect();
    let years: BTreeSet<_> = capacity.iter().map(|fact| by_when(fact)).collect();
    assert_eq!(years, BTreeSet::from([date("2029"), date("2030")]));
    for fact in capacity {
        assert!(
            fact.conflict.is_some() && fact.until.is_none(),
            "{} contradicts the other year",
            fact.id
        );
    }

    let batteries = facts(
        Claim::Targets,
        &[(F::Actor, "sk-on"), (F::Good, "all-solid-state-battery")],
    );
    let by = |year| {
        batteries
            .iter()
            .find(|fact| by_when(fact) == date(year))
            .expect("the year is there")
    };
    assert!(by("2029").until.is_none() && by("2029").conflict.is_none());
    assert!(
        by("2030").until.is_some() && by("2030").conflict.is_none(),
        "2029 has replaced it"
    );

    let race = facts(
        Claim::Targets,
        &[(F::Good, "sulfide-based-all-solid-state-battery")],
    );
    let race: BTreeSet<_> = race
        .iter()
        .map(|fact| (fact.entity(F::Actor).map(id), by_when(fact)))
        .collect();
    let years = [
        ("sk-on", "2029"),
        ("lg-energy-solution", "2030"),
        ("samsung-sdi", "2027"),
    ];
    assert_eq!(
        race,
        years.map(|(firm, year)| (Some(firm), date(year))).into(),
        "of the overview"
    );
}

#[test]
fn point_09_missing_words_are_supplied_with_care() {
    let percent = |number| Some(amount(Exactly(number), "%"));
    let targets = facts(
        Claim::Targets,
        &[
            (F::Good, "critical-minerals"),
            (F::Actor, "government-of-south-korea"),
        ],
    );
    for (start, goal) in [
        (percent(80.0), percent(50.0)),
        (percent(2.0), percent(20.0)),
    ] {
        let ends = |fact: &Fact| {
            (
                amount_in(fact, F::Start).cloned(),
                amount_in(fact, F::Goal).cloned(),
            )
        };
        let target = targets
            .iter()
            .find(|fact| ends(fact) == (start.clone(), goal.clone()))
            .expect("the target is there");
        assert_eq!(by_when(target), date("2030"));
        assert!(
            target.evidence[0].note.is_some(),
            "{}: how was the passage read?",
            target.id
        );
    }
    for (fact, evidence) in citing(MINERALS, "p5") {
        let read = (fact.claim, evidence.status);
        let is_aim_or_reason = [
            (Claim::Targets, Status::Target),
            (Claim::Says, Status::Reported),
        ]
        .contains(&read);
        assert!(is_aim_or_reason, "{} is no fall in imports", fact.id);
    }
    assert_none(Claim::Sources, &[(F::Good, "critical-minerals")]);
    assert_none(Claim::Supplies, &[(F::Good, "critical-minerals")]);

    let tariff = fact(Claim::Restricts, &[(F::Good, "lfp-ess-battery")]);
    assert_eq!(amount_in(tariff, F::Rate), Some(&amount(About(58.0), "%")));
    let rise = figure(
        "united-states-tariff-on-chinese-lfp-batteries-for-ess",
        About(18.0),
        "percentage points",
    );
    assert_status(Status::Plan, &[tariff, rise]);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one point of the reading")]
fn point_10_what_is_planned_does_not_exist_yet() {
    for plant in [
        "posco-international-brzeg-plant",
        "posco-international-second-mexico-plant",
    ] {
        for (claim, field) in [
            (Claim::Operates, F::Plant),
            (Claim::Located, F::Plant),
            (Claim::Produces, F::At),
        ] {
            assert_status(Status::Plan, &facts(claim, &[(field, plant)]));
        }
    }
    let planned = [
        (Claim::Located, F::Plant, "yongin-semiconductor-cluster"),
        (Claim::Located, F::Plant, "sk-ai-data-center-ulsan"),
        (Claim::Produces, F::At, "dalian"),
        (Claim::Produces, F::At, "sk-on-daejeon-pilot-plant"),
        (Claim::Produces, F::By, "yongin-semiconductor-cluster"),
        (Claim::Supplies, F::Good, "opiranserin"),
        (Claim::MemberOf, F::Of, "chip-4"),
        (
            Claim::Acquires,
            F::Target,
            "branchburg-biopharmaceutical-plant",
        ),
        (Claim::Invests, F::In, "branchburg-biopharmaceutical-plant"),
        (Claim::Partners, F::With, "reelement-technologies"),
    ];
    for (claim, field, end) in planned {
        assert_status(Status::Plan, &facts(claim, &[(field, end)]));
    }
    assert_none(
        Claim::Produces,
        &[
            (F::By, "hyundai-motor-company"),
            (F::Good, "hybrid-vehicle"),
        ],
    );
    let owner = fact(
        Claim::Owns,
        &[(F::Owned, "branchburg-biopharmaceutical-plant")],
    );
    assert_eq!(
        owner.entity(F::Owner).map(id),
        Some("eli-lilly"),
        "the sale is not closed"
    );
    assert_has(
        &dependencies("sk-on", Follow::default()),
        &["sk-on-daejeon-pilot-plant"],
    );

    for (place, by_plan) in [("poland", "posco-international"), ("dalian", "sk-hynix")] {
        assert_lacks(&dependents(place, Follow::default()), &[by_plan]);
        assert_has(
            &dependents(
                place,
                Follow {
                    plans: true,
                    ..Follow::default()
                },
            ),
            &[by_plan],
        );
    }
}

#[test]
fn point_11_hoped_for_customers_are_no_customers_and_unnamed_ones_stay_unnamed() {
    let hoped_for = [
        "mercedes-benz",
        "bmw",
        "european-automakers",
        "north-american-automakers",
    ];
    let ordering = ["hyundai-motor-company", "kia"];
    let cores = |buyer| {
        facts(
            Claim::Supplies,
            &[(F::To, buyer), (F::Good, "traction-motor-core")],
        )
    };
    for buyer in hoped_for.iter().chain(&ordering) {
        assert_status(Status::Plan, &cores(buyer));
        assert!(
            cores(buyer).iter().all(|fact| is_plants(fact)),
            "the firm's other plants serve {buyer}?"
        );
    }
    for buyer in ordering {
        let from = others(Claim::Supplies, (F::To, buyer), F::From);
        assert_eq!(
            from,
            BTreeSet::from(["posco-international-brzeg-plant"]),
            "the orders of {buyer}"
        );
    }
    assert_status(Status::Reported, &cores("unnamed-north-american-automaker"));
    let answer = dependents("posco-international", Follow::default());
    assert_has(&answer, &["unnamed-north-american-automaker"]);
    assert_lacks(&answer, &hoped_for);
    assert_lacks(&answer, &ordering);

    let buyers = others(Claim::Supplies, (F::From, "lg-energy-solution"), F::To);
    assert_eq!(
        buyers,
        BTreeSet::from(["unnamed-customer-of-lg-energy-solution"])
    );
    assert_none(Claim::Supplies, &[(F::From, "hanmi-semiconductor")]);
    let unnamed: Vec<_> = catalogue()
        .entities()
        .filter(|entity| entity.id.contains("unnamed"))
        .collect();
    assert!(unnamed.len() >= 2);
    for entity in unnamed {
        assert!(
            entity.en.contains("unnamed")
                && entity.aliases.iter().all(|name| name.contains("unnamed"))
        );
        assert!(
            about(&entity.id).iter().all(|fact| !tells_who(fact)),
            "who {} is stays open",
            entity.id
        );
    }
}

fn is_plants(supply: &Fact) -> bool {
    supply
        .entity(F::From)
        .is_some_and(|from| kind(from) == EntityKind::Plant)
}

fn tells_who(fact: &Fact) -> bool {
    matches!(
        fact.claim,
        Claim::Owns | Claim::MemberOf | Claim::Headquartered | Claim::Acquires
    )
}

#[test]
fn point_12_an_opinion_has_a_voice_and_is_no_fact() {
    for fact in read() {
        let is_view =
            |evidence: &&Evidence| matches!(evidence.status, Status::Opinion | Status::Forecast);
        let has_voice = |evidence: &Evidence| has_voice(fact, evidence);
        assert!(
            fact.evidence.iter().filter(is_view).all(has_voice),
            "{}: who says so?",
            fact.id
        );
    }
    let surpassed = citing(REPIW, "p3").into_iter().map(|(fact, _)| fact);
    let surpassed: Vec<_> = surpassed.chain(about("flat-panel-display")).collect();
    assert_status(Status::Opinion, &surpassed);
    let speakers: BTreeSet<_> = surpassed
        .iter()
        .filter_map(|fact| fact.entity(F::Speaker))
        .map(id)
        .collect();
    assert_eq!(
        speakers,
        BTreeSet::from(["bang-moon-kyu", "lee-jae-myung"]),
        "who says that China has surpassed"
    );
    let hit_hard: Vec<_> = about("chip-4")
        .into_iter()
        .filter(|fact| fact.status() == Status::Forecast)
        .collect();
    assert!(
        hit_hard
            .iter()
            .any(|fact| cites_passage(&fact.evidence[0], CHIP_4, "p1")),
        "{:?}",
        fact_ids(&hit_hard)
    );
    let most = fact(
        Claim::Supplies,
        &[
            (F::From, "south-korean-battery-makers"),
            (F::To, "united-states"),
        ],
    );
    assert_eq!(
        (most.status(), most.evidence[0].by),
        (Status::Forecast, Some(entity("kim-hyun-soo")))
    );
    assert_eq!(
        shares(most).count(),
        0,
        "most of the growth is no share of the whole need"
    );
    assert_status(
        Status::Opinion,
        &facts(Claim::Uses, &[(F::Good, "seven-nanometer-process")]),
    );
}

#[test]
fn point_13_shares_of_different_kinds_stand_apart() {
    let nand = fact(
        Claim::Produces,
        &[(F::By, "samsung-electronics"), (F::Good, "nand-flash")],
    );
    let dram = fact(Claim::Produces, &[(F::By, "sk-hynix"), (F::Good, "dram")]);
    assert_eq!(
        (nand.share(F::OutputShare), shares(nand).count()),
        (Some(&AtLeast(0.4)), 1)
    );
    assert_eq!(
        (dram.share(F::OutputShare), shares(dram).count()),
        (Some(&Exactly(0.45)), 1)
    );
    let sales = fact(
        Claim::SellsIn,
        &[(F::Seller, "samsung-electronics"), (F::Place, "china")],
    );
    assert_eq!(sales.share(F::Share), Some(&Exactly(0.13)));

    let rare_earths = fact(
        Claim::Produces,
        &[(F::By, "china"), (F::Good, "rare-earths")],
    );
    assert_eq!(
        shares(rare_earths).count(),
        0,
        "a dependence of nobody named is no share of the world's supply"
    );
    let lfp = facts(
        Claim::Produces,
        &[(F::By, "china"), (F::Good, "lfp-battery")],
    );
    assert!(
        !lfp.is_empty() && lfp.iter().all(|fact| fact.is_held()),
        "what Chinese firms control is not said to be made in China"
    );

    let of_other_wholes = [
        ("south-korea", Exactly(19.7)),
        ("south-korea", About(30.0)),
        ("samsung-electronics", Exactly(13.0)),
        ("remsima", Exactly(41.0)),
        ("yuflyma", Exactly(12.0)),
    ];
    let measures =
        of_other_wholes.map(|(subject, share)| text(figure(subject, share, "%"), F::Measure));
    assert_eq!(
        BTreeSet::from(measures).len(),
        measures.len(),
        "each is a share of something else: {measures:?}"
    );
    for (document, passage) in [(GARBLED, "p4"), (CHIP_4, "p3"), (NEWSLETTER, "V.1 p1")] {
        for (fact, _) in citing(document, passage) {
            let in_figures = shares(fact).find(|share| share.words().is_none());
            assert_eq!(
                in_figures, None,
                "{}: a share of exports, trade or a drug segment is none of this",
                fact.id
            );
        }
    }
}

#[test]
fn point_14_each_figure_has_its_measure_and_period() {
    let dated = [
        ("south-korea", Exactly(55.8), "billion USD", "2023-11"),
        ("south-korea", Exactly(11.4), "billion USD", "2023-11"),
        (
            "south-korea",
            AtLeast(10.0),
            "billion USD",
            "2023-08/2023-11",
        ),
        ("south-korea", Exactly(-33.0), "%", "2023-03"),
        ("south-korea", Exactly(-3.94), "billion USD", "2023-01"),
        ("south-korea", Exactly(19.7), "%", "2023-01/2023-09"),
        ("south-korea", AtLeast(360.0), "billion USD", "2021"),
        (
            "south-korea",
            Exactly(467.68),
            "million USD",
            "2025-09-01/2025-09-20",
        ),
        (
            "samsung-electronics",
            Exactly(10.46),
            "trillion KRW",
            "2022-Q1",
        ),
        ("united-states", Exactly(23.7), "GWh", "2025-01/2025-09"),
        ("energy-storage-system", Exactly(348.0), "GWh", "2025"),
        ("l-and-f", Exactly(9.0), "billion KRW", "2025-Q3"),
        ("l-and-f", Exactly(90.0), "billion KRW", "2026"),
    ];
    for (subject, number, unit, wanted) in dated {
        let fact = figure(subject, number, unit);
        assert_eq!(period(fact), Period::parse(wanted), "{}", fact.id);
    }
    let unnamed_month = figure("south-korea", Exactly(-0.73), "billion USD");
    assert!(
        period(unnamed_month).is_none() && unnamed_month.declared_caveat.is_some(),
        "it takes no other figure's month"
    );

    let exports_balance_trade_chips = [
        Exactly(11.4),
        Exactly(-3.94),
        AtLeast(360.0),
        Between(40.0, 50.0),
    ];
    let measures = exports_balance_trade_chips
        .map(|number| text(figure("south-korea", number, "billion USD"), F::Measure));
    assert_eq!(
        BTreeSet::from(measures).len(),
        measures.len(),
        "{measures:?}"
    );
    assert_no_two_values();
}

/// No figure has two values for one measure, period, counterpart and good, unless the two are a
/// declared contradiction.
#[track_caller]
fn assert_no_two_values() {
    let mut known = HashMap::new();
    for fact in facts(Claim::Figure, &[])
        .into_iter()
        .filter(|fact| fact.conflict.is_none())
    {
        let ends = [F::Subject, F::Towards, F::Good].map(|field| fact.entity(field));
        let key = (ends, text(fact, F::Measure), period(fact), fact.as_of);
        if let Some(other) = known.insert(key, fact) {
            panic!("{} and {} are two values of one thing", fact.id, other.id);
        }
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one point of the reading")]
fn point_15_sums_that_contain_each_other_are_marked() {
    let celltrion =
        |claim, field, number, unit| with_amount(claim, (field, "celltrion"), number, unit);
    assert_marked(&[
        celltrion(Claim::Acquires, F::Buyer, Exactly(460.0), "billion KRW"),
        celltrion(Claim::Invests, F::Investor, Exactly(700.0), "billion KRW"),
        celltrion(Claim::Invests, F::Investor, AtLeast(700.0), "billion KRW"),
        celltrion(Claim::Invests, F::Investor, AtLeast(1.4), "trillion KRW"),
    ]);
    assert_eq!(
        facts(Claim::Invests, &[(F::Investor, "celltrion")]).len(),
        3,
        "no sum of the sums"
    );

    let cores = |number| figure("posco-international", Exactly(number), "million units");
    assert_marked(&[cores(2.5), cores(6.2)]);
    assert_status(Status::Plan, &[cores(2.5), cores(6.2)]);
    assert_status(Status::Reported, &[cores(4.0)]);

    let people =
        |claim, field, who, number| with_amount(claim, (field, who), Exactly(number), "people");
    let chamber = |number| {
        people(
            Claim::Plans,
            F::Actor,
            "korea-chamber-of-commerce-and-industry",
            number,
        )
    };
    let center = |number| {
        people(
            Claim::Plans,
            F::Actor,
            "integrated-work-experience-support-center",
            number,
        )
    };
    let regional = |number| {
        people(
            Claim::Figure,
            F::Subject,
            "regional-chambers-of-commerce",
            number,
        )
    };
    let academies = |number| {
        people(
            Claim::Figure,
            F::Subject,
            "leading-corporate-academies",
            number,
        )
    };
    assert_marked(&[
        chamber(53_000.0),
        center(43_000.0),
        regional(2_350.0),
        chamber(10_000.0),
        academies(7_000.0),
    ]);
    let centers = "national-human-resource-development-centers";
    assert_marked(
        &[1_974.0, 516.0, 464.0, 397.0, 142.0]
            .map(|n| people(Claim::Targets, F::Actor, centers, n)),
    );
    assert_marked(&[1_021.0, 953.0].map(|n| people(Claim::Figure, F::Subject, centers, n)));
}

/// Each says in a caveat what it contains or is contained in.
#[track_caller]
fn assert_marked(facts: &[&Fact]) {
    for fact in facts {
        assert!(
            fact.declared_caveat.is_some(),
            "{}: what contains it, what does it contain?",
            fact.id
        );
    }
}

#[test]
fn point_16_equivalents_in_brackets_are_no_facts() {
    figure("south-korea", Exactly(467.68), "million USD");
    figure(
        "advanced-semiconductor-packaging",
        Exactly(79.4),
        "billion USD",
    );
    figure("samsung-electronics", Exactly(10.46), "trillion KRW");
    figure("battery", Exactly(1545.0), "GWh");
    figure("sk-on-daejeon-pilot-plant", About(4628.0), "square metres");
    with_amount(
        Claim::Supplies,
        (F::From, "lg-energy-solution"),
        Exactly(4.309),
        "billion USD",
    );
    with_amount(
        Claim::Supplies,
        (F::From, "samsung-sdi"),
        Exactly(434.7),
        "billion KRW",
    );
    with_amount(Claim::Targets, (F::Actor, "sk-on"), Exactly(800.0), "Wh/L");

    let brackets = [
        (CHIP_4, "p7", 7.98e9, "USD"),
        (NEWSLETTER, "II.1 p1", 64e12, "KRW"),
        (NEWSLETTER, "II.1 p1", 110e12, "KRW"),
        (NEWSLETTER, "III.2 p1", 654e9, "KRW"),
        (NEWSLETTER, "III.2 p1", 6e12, "KRW"),
        (NEWSLETTER, "V.3 p1", 330e6, "USD"),
    ];
    for (document, passage, sum, currency) in brackets {
        for (fact, _) in citing(document, passage) {
            assert!(
                amounts(fact).all(|amount| money(amount) != Some((sum, currency))),
                "{}: {sum} {currency}",
                fact.id
            );
        }
    }
    assert!(
        read()
            .flat_map(amounts)
            .all(|amount| !amount.unit.contains("pyeong"))
    );
    for fact in read().filter(|fact| is_deal(fact.claim)) {
        let value = amount_in(fact, F::Value);
        assert!(
            value.is_none_or(|value| money(value).is_some()),
            "{}: {value:?} has no currency",
            fact.id
        );
    }
}

fn is_deal(claim: Claim) -> bool {
    matches!(
        claim,
        Claim::Acquires | Claim::Invests | Claim::Supplies | Claim::SellsIn
    )
}

#[test]
fn point_17_makers_products_and_processes() {
    let makers = |good| others(Claim::Produces, (F::Good, good), F::By);
    assert_eq!(
        makers("big-die-fc-bonder"),
        BTreeSet::from(["hanmi-semiconductor"]),
        "of the machine"
    );
    assert_eq!(makers("hbm"), BTreeSet::from(["sk-hynix"]), "of the memory");
    assert_eq!(makers("cowos"), BTreeSet::from(["tsmc"]), "of the process");
    let goods = others(Claim::Produces, (F::By, "hanmi-semiconductor"), F::Good);
    assert_eq!(
        goods,
        BTreeSet::from(["big-die-fc-bonder"]),
        "no memory, no packages"
    );
    for user in ["nvidia", "amd"] {
        assert_eq!(
            others(Claim::Uses, (F::By, user), F::Good),
            BTreeSet::from(["2-5d-packaging"])
        );
        assert_lacks(
            &dependencies(user, Follow::default()),
            &["tsmc", "cowos", "hbm", "hanmi-semiconductor"],
        );
    }
    assert_lacks(
        &dependents("hanmi-semiconductor", ALL),
        &["sk-hynix", "samsung-electronics", "nvidia", "tsmc"],
    );
    assert_none(
        Claim::Needs,
        &[(F::Good, "2-5d-packaging"), (F::Input, "hbm")],
    );

    assert_none(Claim::Needs, &[(F::Input, "wip-free-technology")]);
    let user = others(Claim::Uses, (F::Good, "wip-free-technology"), F::By);
    assert_eq!(
        user,
        BTreeSet::from(["sk-on-daejeon-pilot-plant"]),
        "one firm's process"
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one point of the reading")]
fn point_18_look_alikes_are_kept_apart() {
    let families: [(&[&str], &[&str]); 5] = [
        (
            &["hyundai-motor-group", "hyundai-motor-company", "kia"],
            &[],
        ),
        (
            &["samsung-group", "samsung-electronics", "samsung-sdi"],
            &[],
        ),
        (
            &[
                "sk-group",
                "sk-hynix",
                "sk-on",
                "sk-innovation",
                "sk-biopharm",
            ],
            &[],
        ),
        (
            &[
                "posco",
                "posco-future-m",
                "posco-international",
                "posco-p-and-s",
            ],
            &["acquires:posco-international:posco-p-and-s"],
        ),
        (&["lg-group", "lg-energy-solution"], &[]),
    ];
    for (family, stated) in families {
        let family: BTreeSet<_> = family.iter().map(|id| entity(id)).collect();
        let links_two =
            |fact: &&Fact| fact.entities().filter(|end| family.contains(end)).count() > 1;
        let links: Vec<_> = read()
            .filter(|fact| makes_parent(fact.claim))
            .filter(links_two)
            .collect();
        assert_eq!(
            fact_ids(&links),
            stated,
            "no parent unless a document states it"
        );
    }
    let ownership = Follow {
        ownership: true,
        ..Follow::default()
    };
    assert_has(&dependencies("lg-ai-research", ownership), &["lg-group"]);
    assert_lacks(
        &dependencies("samsung-electronics", ownership),
        &["samsung-group"],
    );
    assert_lacks(&dependencies("sk-hynix", ownership), &["sk-group"]);
    assert_lacks(
        &dependencies("hyundai-motor-company", ownership),
        &["hyundai-motor-group"],
    );
    let names = Names::new(catalogue());
    for bare in ["Hyundai", "Samsung", "SK", "LG"] {
        assert_eq!(
            names.find_exactly(bare).map(id),
            None,
            "{bare} may mean several"
        );
    }
}

fn makes_parent(claim: Claim) -> bool {
    matches!(
        claim,
        Claim::Owns | Claim::MemberOf | Claim::IsA | Claim::Acquires
    )
}

#[test]
fn point_19_outside_knowledge_only_bridges() {
    let inferred: Vec<_> = read().filter(|fact| is_inferred(fact)).collect();
    assert!(!inferred.is_empty());
    for fact in inferred {
        assert!(
            fact.entities().all(|end| may_bridge(fact.claim, kind(end))),
            "{} is no bridge",
            fact.id
        );
        assert!(
            amounts(fact).count() + shares(fact).count() == 0,
            "{}: a figure is never inferred",
            fact.id
        );
        let has_reason =
            |it: &Evidence| it.status != Status::InferredByCurator || it.note.is_some();
        assert!(fact.evidence.iter().all(has_reason), "{}: why?", fact.id);
    }
    let bridge = |child, parent| fact(Claim::IsA, &[(F::Child, child), (F::Parent, parent)]);
    let batteries = [
        ("lfp-battery", "lithium-ion-battery"),
        ("ternary-lithium-battery", "lithium-ion-battery"),
    ];
    assert_status(
        Status::InferredByCurator,
        &batteries.map(|(child, parent)| bridge(child, parent)),
    );
    assert_status(
        Status::InferredByCurator,
        &[bridge("ncm-battery", "ternary-lithium-battery")],
    );

    for anode in ["graphite-anode", "anode-material", "graphite"] {
        let makers = others(Claim::Produces, (F::Good, anode), F::By);
        assert!(
            makers
                .iter()
                .all(|maker| kind(entity(maker)) == EntityKind::Economy),
            "{anode} of {makers:?}"
        );
    }
    for firm in [
        "kia",
        "samsung-sdi",
        "sk-on",
        "lg-energy-solution",
        "posco-future-m",
        "ecopro-bm",
    ] {
        assert_none(Claim::Owns, &[(F::Owned, firm)]);
    }
}

/// Whether common knowledge may bridge facts with such a claim between such things: kinds, inputs
/// and where things are.
fn may_bridge(claim: Claim, end: EntityKind) -> bool {
    match claim {
        Claim::IsA | Claim::Needs => GOODS.contains(end),
        Claim::PartOf => TERRITORIES.contains(end),
        Claim::Located => {
            TERRITORIES.contains(end) || matches!(end, EntityKind::Plant | EntityKind::Organisation)
        }
        _ => false,
    }
}

// What is easily read as less than it says

#[test]
fn sanctions_in_force_name_who_is_under_them() {
    let sanctions = fact(
        Claim::Restricts,
        &[(F::Towards, "smic"), (F::By, "united-states")],
    );
    assert!(
        sanctions.is_actual() && sanctions.entity(F::Good).is_none(),
        "in force, and on the firm itself"
    );
}

#[test]
fn materials_of_one_list_are_needs_alike() {
    for input in ["lithium", "graphite"] {
        let need = fact(Claim::Needs, &[(F::Good, "ev-battery"), (F::Input, input)]);
        assert!(
            need.evidence
                .iter()
                .any(|evidence| cites_passage(evidence, REPIW, "p18")),
            "{}",
            need.id
        );
        assert_status(Status::Reported, &[need]);
    }
}

#[test]
fn what_companies_of_china_hold_is_held_alike() {
    for good in ["lithium", "cobalt", "graphite", "lfp-battery"] {
        let supplies = facts(Claim::Produces, &[(F::By, "china"), (F::Good, good)]);
        assert!(!supplies.is_empty(), "{good}");
        assert!(
            supplies
                .iter()
                .all(|supply| supply.is_held() && supply.is_actual()),
            "{:?}",
            fact_ids(&supplies)
        );
    }
}

#[test]
fn a_closed_purchase_is_owned() {
    let assets = "intel-assets-in-china-acquired-by-sk-hynix";
    assert!(fact(Claim::Owns, &[(F::Owner, "sk-hynix"), (F::Owned, assets)]).is_actual());
}

#[test]
fn the_largest_is_of_the_first_rank() {
    for subject in ["china", "smic"] {
        let is_first =
            |fact: &&Fact| amounts(fact).any(|found| *found == amount(Exactly(1.0), "rank"));
        assert!(
            facts(Claim::Figure, &[(F::Subject, subject)])
                .iter()
                .any(is_first),
            "{subject}"
        );
    }
}

#[test]
fn chip_4_is_dated_from_its_proposal() {
    for member in facts(Claim::MemberOf, &[(F::Of, "chip-4")]) {
        assert!(
            !member.is_actual() && member.as_of == date("2022-03"),
            "{}",
            member.id
        );
    }
}

#[test]
fn groups_named_after_a_country_are_at_home_there() {
    for (adjective, home) in [("south-korean-", "south-korea"), ("chinese-", "china")] {
        let groups = catalogue()
            .entities()
            .filter(|it| it.kind == EntityKind::Group && it.id.starts_with(adjective));
        for group in groups {
            assert_eq!(group.home, Some(entity(home)), "{}", group.id);
        }
    }
}

// The curation notes

#[test]
fn the_facts_that_the_curation_notes_name_exist() {
    let notes = include_str!("../../docs/curation.md");
    let named: BTreeSet<&str> = notes
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| is_fact_id(word))
        .collect();
    let known: BTreeSet<&str> = catalogue()
        .facts()
        .filter_map(|fact| fact.id.split(['@', '~']).next())
        .collect();
    let unknown: Vec<_> = named.difference(&known).collect();
    assert!(
        !named.is_empty() && unknown.is_empty(),
        "no such facts: {unknown:#?}"
    );
}

/// Whether a word has the form of a fact's id, such as `needs:ev-battery:graphite`.
fn is_fact_id(word: &str) -> bool {
    let claims = || Claim::ALL.iter().map(|claim| claim.word().to_lowercase());
    let begins_so =
        |(claim, rest): (&str, &str)| claims().any(|word| word == claim) && !rest.contains(' ');
    word.split_once(':').is_some_and(begins_so)
}
