//! Where the five documents mislead, and that the facts that come with hanjung are not misled: one test for each of the nineteen
//! points in the reading notes of the documents, named after its number. Ids, claims, values, statuses and passages are looked at, never
//! the wording of notes. A last test keeps docs/curation.md to facts that exist.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use hanjung::data::{Origin, load};
use hanjung::facts::{
    Amount, Catalogue, Claim, Date, EntityIx, EntityKind, Evidence, Extent, Fact, Field, Names, Period, Status, Value,
};
use hanjung::facts::{GOODS, Lang, TERRITORIES};
use hanjung::graph::{Follow, Graph};
use hanjung::query::{Answer, Filter, Question, Row, Subject, answer};

use Extent::{About, AtLeast, Between, Exactly};
use Field as F;

static DATA: LazyLock<(Catalogue, Graph)> =
    LazyLock::new(|| load(&Origin::default()).expect("the built-in facts are sound"));

/// Follows all that can be followed.
const ALL: Follow = Follow { plans: true, possible: true, market: true, ownership: true, technology: true };

// Looking facts up

fn catalogue() -> &'static Catalogue {
    &DATA.0
}

/// The entity with this id. Panics if there is none, so that no test passes because something was renamed.
#[track_caller]
fn entity(id: &str) -> EntityIx {
    catalogue().entity(id).unwrap_or_else(|| panic!("no entity `{id}`"))
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
    let ends: Vec<_> = ends.iter().map(|&(field, id)| (field, entity(id))).collect();
    let fits = |fact: &&Fact| fact.claim == claim && ends.iter().all(|&(field, end)| fact.entity(field) == Some(end));
    catalogue().facts().iter().filter(fits).collect()
}

/// The one fact of a claim that has these entities in these fields.
#[track_caller]
fn fact(claim: Claim, ends: &[(Field, &str)]) -> &'static Fact {
    let found = facts(claim, ends);
    assert_eq!(found.len(), 1, "{claim} {ends:?}: {:?}", fact_ids(&found));
    found[0]
}

#[track_caller]
fn assert_none(claim: Claim, ends: &[(Field, &str)]) {
    let found = facts(claim, ends);
    assert!(found.is_empty(), "{:?} have no place in the data", fact_ids(&found));
}

/// The one fact of a claim about this entity that gives this amount.
#[track_caller]
fn with_amount(claim: Claim, end: (Field, &str), wanted: &Amount) -> &'static Fact {
    let mut found = facts(claim, &[end]);
    found.retain(|fact| amounts(fact).any(|amount| amount == wanted));
    assert_eq!(found.len(), 1, "{claim} {end:?} {wanted}: {:?}", fact_ids(&found));
    found[0]
}

#[track_caller]
fn figure(subject: &str, number: Extent, unit: &str) -> &'static Fact {
    with_amount(Claim::Figure, (F::Subject, subject), &amount(number, unit))
}

fn amount(number: Extent, unit: &str) -> Amount {
    Amount { number, unit: unit.into() }
}

fn amounts(fact: &Fact) -> impl Iterator<Item = &Amount> {
    fact.values.iter().filter_map(|(_, value)| match value {
        Value::Amount(amount) => Some(amount),
        _ => None,
    })
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

fn day(fact: &Fact, field: Field) -> Option<Date> {
    match fact.value(field)? {
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

fn date(date: &str) -> Date {
    Date::parse(date).expect("it is a date")
}

fn fact_ids(facts: &[&Fact]) -> Vec<String> {
    facts.iter().map(|fact| fact.id.to_string()).collect()
}

/// Whether a piece of evidence cites a passage of a document; of any of its passages where none is named.
fn cites(evidence: &Evidence, document: &str, passage: Option<&str>) -> bool {
    evidence.cited.as_ref().is_some_and(|(cited, at)| {
        *catalogue()[*cited].id == *document && passage.is_none_or(|passage| **at == *passage)
    })
}

/// Every piece of evidence that cites a passage, with its fact.
fn citing(document: &str, passage: &str) -> Vec<(&'static Fact, &'static Evidence)> {
    let evidence =
        catalogue().facts().iter().flat_map(|fact| fact.evidence.iter().map(move |evidence| (fact, evidence)));
    evidence.filter(|(_, evidence)| cites(evidence, document, Some(passage))).collect()
}

/// Whether it is known who says so: by name, or as somebody unnamed.
fn has_voice(fact: &Fact, evidence: &Evidence) -> bool {
    fact.entity(F::Speaker).is_some() || evidence.by.is_some() || evidence.by_unnamed.is_some()
}

fn is_inferred(fact: &Fact) -> bool {
    fact.evidence.iter().any(|evidence| evidence.status == Status::InferredByCurator)
}

// Asking

#[track_caller]
fn dependents(of: &str, follow: Follow) -> Answer {
    let of = Subject::Entity(entity(of));
    ask(&Question::Dependents { of, filter: Filter::default(), follow })
}

#[track_caller]
fn dependencies(of: &str, follow: Follow) -> Answer {
    let of = Subject::Entity(entity(of));
    ask(&Question::Dependencies { of, filter: Filter::default(), follow })
}

fn ask(question: &Question) -> Answer {
    answer(catalogue(), &DATA.1, question, Lang::En)
}

fn with_plans() -> Follow {
    Follow { plans: true, ..Follow::default() }
}

fn ids(rows: &[Row]) -> Vec<&str> {
    rows.iter().filter_map(|row| row.entity.as_ref()).map(|entity| entity.id.as_str()).collect()
}

#[track_caller]
fn assert_has(answer: &Answer, wanted: &[&str]) {
    let found = ids(&answer.rows);
    let missing: Vec<_> = wanted.iter().filter(|id| !found.contains(id)).collect();
    assert!(missing.is_empty(), "{}: {missing:?} missing from {found:?}", answer.title);
}

#[track_caller]
fn assert_lacks(answer: &Answer, unwanted: &[&str]) {
    let found = ids(&answer.rows);
    let wrong: Vec<_> = unwanted.iter().filter(|id| found.contains(&catalogue()[entity(id)].id.as_ref())).collect();
    assert!(wrong.is_empty(), "{}: {wrong:?} have no place there", answer.title);
}

// The nineteen points

#[test]
fn point_01_no_path_runs_through_a_country_or_a_group() {
    for mineral in ["lithium", "nickel", "cobalt", "graphite", "rare-earths"] {
        dependents(mineral, Follow::default()).rows.iter().for_each(assert_passes_no_crowd);
    }
    assert_has(&dependents("lithium", Follow::default()), &["south-korea", "lg-energy-solution"]);
    assert_lacks(&dependents("lithium", ALL), &["celltrion", "samsung-electronics", "sk-hynix", "posco-international"]);
    for group in
        ["south-korean-battery-makers", "south-korean-carmakers", "chinese-battery-makers", "chinese-carmakers"]
    {
        assert_none(Claim::MemberOf, &[(F::Of, group)]);
    }
    assert!(facts(Claim::MemberOf, &[]).iter().all(|fact| !is_inferred(fact)), "who belongs to a group is stated");
    let supply = fact(Claim::Supplies, &[(F::To, "hyundai-motor-group")]);
    assert_eq!(supply.entity(F::From).map(id), Some("south-korean-battery-makers"));
}

/// Between its ends a chain passes no economy, group or territory of an economy as such: only what they make.
#[track_caller]
fn assert_passes_no_crowd(row: &Row) {
    for step in row.steps.iter().skip(1).filter(|step| step.from.by.is_none()) {
        let kind = kind(entity(&step.from.entity));
        assert!(!matches!(kind, EntityKind::Economy | EntityKind::Group), "a chain passes {}", step.from.name);
    }
}

#[test]
fn point_02_direction() {
    fact(Claim::Needs, &[(F::Good, "ev-battery"), (F::Input, "graphite")]);
    assert_none(Claim::Needs, &[(F::Good, "graphite")]);
    assert_has(&dependents("graphite", Follow::default()), &["lithium-ion-battery"]);
    assert_lacks(&dependents("lithium-ion-battery", ALL), &["graphite"]);

    let sales = facts(Claim::SellsIn, &[(F::Seller, "south-korea"), (F::Place, "china"), (F::Good, "semiconductor")]);
    assert!(sales.iter().any(|fact| fact.is_actual()));
    let users = "south-korean-companies-using-chips-made-in-china";
    assert!(fact(Claim::Sources, &[(F::Buyer, users), (F::Good, "semiconductor"), (F::From, "china")]).is_actual());
    assert_none(Claim::Sources, &[(F::Buyer, "south-korea"), (F::Good, "semiconductor")]);
    assert_lacks(&dependencies("south-korea", Follow::default()), &["semiconductor"]);

    assert_lacks(&dependencies("celltrion", Follow::default()), &["japan"]);
    assert_has(&dependencies("celltrion", Follow { market: true, ..Follow::default() }), &["japan"]);
    assert_lacks(&dependents("celltrion", ALL), &["japan"]);
}

#[test]
fn point_03_replaces_is_not_needs() {
    let replaced = [(F::Good, "lithium-metal"), (F::Replaced, "graphite-anode"), (F::In, "lithium-metal-battery")];
    assert!(fact(Claim::Replaces, &replaced).is_actual());
    fact(Claim::Needs, &[(F::Good, "lithium-metal-battery"), (F::Input, "lithium-metal")]);
    for input in ["graphite", "graphite-anode"] {
        assert_none(Claim::Needs, &[(F::Good, "lithium-metal-battery"), (F::Input, input)]);
    }
    assert_has(&dependents("graphite", ALL), &["lithium-ion-battery"]);
    assert_lacks(&dependents("graphite", ALL), &["lithium-metal-battery", "all-solid-state-battery", "sk-on"]);
}

#[test]
fn point_04_an_unspecified_class_links_no_firm() {
    let class = entity("other-electronic-products");
    let about: Vec<_> = catalogue().facts().iter().filter(|fact| fact.entities().any(|end| end == class)).collect();
    assert_eq!(about.len(), 1, "{:?}", fact_ids(&about));
    assert_eq!((about[0].claim, about[0].entity(F::Input).map(id)), (Claim::Needs, Some("graphite")));
    let answer = dependents("other-electronic-products", ALL);
    assert!(answer.is_empty() && answer.aside.is_empty(), "{:?}", ids(&answer.rows));
}

#[test]
fn point_05_a_control_is_not_a_ban_and_a_warning_is_not_an_effect() {
    let control = fact(Claim::Restricts, &[(F::Good, "graphite")]);
    assert_eq!(text(control, F::Measure), Some("export-control"));
    assert_eq!((control.entity(F::By).map(id), control.since), (Some("china"), Some(date("2023-12-01"))));
    assert!(control.is_actual() && control.note.is_some(), "it holds, for certain items only");

    let about = entity("graphite-export-control");
    let warnings = facts(Claim::Says, &[(F::Speaker, "bang-moon-kyu")]);
    let mut warnings = warnings.iter().filter(|fact| fact.entities().any(|end| end == about)).peekable();
    assert!(warnings.peek().is_some() && warnings.all(|fact| !fact.is_actual()));
    let purchase = fact(Claim::Sources, &[(F::Buyer, "south-korea"), (F::Good, "graphite"), (F::From, "china")]);
    assert_eq!(purchase.status(), Status::Forecast);
    let answer = dependents("graphite", Follow::default());
    assert_lacks(&answer, &["south-korea"]);
    assert!(ids(&answer.aside).contains(&"south-korea"));
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
        assert!(is_garbled(&fact.evidence, passage, torn), "{}: {torn:?} is not declared", fact.id);
    }
    for torn in [7.0, 8.0, 19.0, 39.0, 300.0, 400.0] {
        let has = |fact: &Fact| amounts(fact).any(|amount| amount.number.numbers().any(|number| number.abs() == torn));
        let found: Vec<_> = garbled_document().filter(|fact| has(fact)).collect();
        assert!(found.is_empty(), "{torn} in {:?}", fact_ids(&found));
    }
    let chains =
        [("p2", "first-chain"), ("p2", "first-class chain"), ("p3", "global ** chain"), ("p5", "monthly ** deficit")];
    for (passage, broken) in chains {
        assert!(
            garbled_document().any(|fact| is_garbled(&fact.evidence, passage, broken)),
            "{broken:?} is not declared"
        );
    }
    garbled_document().for_each(assert_reads_whole);
}

fn garbled_document() -> impl Iterator<Item = &'static Fact> {
    let cites = |fact: &&Fact| fact.evidence.iter().any(|evidence| cites(evidence, "global-times-2023-12", None));
    catalogue().facts().iter().filter(cites)
}

/// Whether evidence from a passage of the garbled document declares a broken form.
fn is_garbled(evidence: &[Evidence], passage: &str, form: &str) -> bool {
    let declares = |evidence: &Evidence| evidence.garbled.iter().any(|garbled| garbled.contains(form));
    evidence.iter().any(|evidence| cites(evidence, "global-times-2023-12", Some(passage)) && declares(evidence))
}

/// Nothing torn got into the words of a fact.
#[track_caller]
fn assert_reads_whole(fact: &Fact) {
    let texts = [F::Gist, F::What, F::On, F::Measure].into_iter().filter_map(|field| text(fact, field));
    for text in texts.chain(fact.note.as_deref()) {
        let broken =
            ["**", "first chain", "first-chain", "first-class chain"].iter().find(|form| text.contains(**form));
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
    assert_eq!(one("Korean Association"), Some("korea-international-trade-association"));
    let ministers = facts(Claim::Holds, &[(F::At, "ministry-of-trade-industry-and-energy")]);
    assert_eq!(
        ministers.iter().map(|fact| fact.entity(F::Person).map(id)).collect::<Vec<_>>(),
        [Some("bang-moon-kyu")]
    );
    for passage in ["p2", "p3", "p4", "p6"] {
        let speaks = |(fact, evidence): &(&Fact, &Evidence)| {
            fact.entity(F::Speaker).or(evidence.by) == Some(entity("bang-moon-kyu"))
        };
        assert!(citing("global-times-2023-12", passage).iter().any(speaks), "he speaks in {passage} under either name");
    }
}

#[test]
fn point_08_two_years_for_one_target() {
    let cores = amount(Exactly(7.5), "million units");
    let targets = facts(Claim::Targets, &[(F::Actor, "posco-international"), (F::Good, "traction-motor-core")]);
    let capacity: HashMap<_, _> = targets
        .into_iter()
        .filter(|fact| fact.value(F::Goal) == Some(&Value::Amount(cores.clone())))
        .map(|fact| (day(fact, F::ByWhen), fact))
        .collect();
    assert_eq!(capacity.len(), 2, "{:?}", capacity.keys());
    for year in ["2029", "2030"] {
        let fact = capacity[&Some(date(year))];
        assert!(fact.conflict.is_some() && fact.until.is_none(), "{year} contradicts the other, neither is replaced");
    }

    let targets = facts(Claim::Targets, &[(F::Actor, "sk-on"), (F::Good, "all-solid-state-battery")]);
    let by = |year| targets.iter().find(|fact| day(fact, F::ByWhen) == Some(date(year))).expect("the year is there");
    assert!(by("2029").until.is_none() && by("2029").conflict.is_none());
    assert!(by("2030").until.is_some() && by("2030").conflict.is_none(), "2029 has replaced it");
}

#[test]
fn point_09_missing_words_are_supplied_with_care() {
    let percent = |number| Value::Amount(amount(Exactly(number), "%"));
    for (start, goal) in [(80.0, 50.0), (2.0, 20.0)] {
        let targets = facts(Claim::Targets, &[(F::Good, "critical-minerals")]);
        let is_it =
            |fact: &&Fact| (fact.value(F::Start), fact.value(F::Goal)) == (Some(&percent(start)), Some(&percent(goal)));
        let target = targets.into_iter().find(is_it).unwrap_or_else(|| panic!("no target from {start} % to {goal} %"));
        assert_eq!((target.status(), day(target, F::ByWhen)), (Status::Target, Some(date("2030"))));
        assert!(target.evidence[0].note.is_some(), "how the words were supplied is told");
    }
    let p5 = citing("korea-pro-2024-06", "p5");
    assert!(p5.iter().all(|(fact, _)| fact.claim == Claim::Targets), "a target is no figure of imports");
    assert_none(Claim::Sources, &[(F::Good, "critical-minerals")]);
    assert_none(Claim::Supplies, &[(F::Good, "critical-minerals")]);

    let tariff = fact(Claim::Restricts, &[(F::Good, "lfp-ess-battery")]);
    assert_eq!(tariff.value(F::Rate), Some(&Value::Amount(amount(About(58.0), "%"))));
    let rise = figure("united-states-tariff-on-chinese-lfp-batteries-for-ess", About(18.0), "percentage points");
    for fact in [tariff, rise] {
        assert_eq!(fact.status(), Status::Plan);
        assert!(fact.evidence.iter().any(|evidence| evidence.garbled.iter().any(|form| form.contains("18% to 58%"))));
    }
}

#[test]
fn point_10_what_is_planned_does_not_exist_yet() {
    let (brzeg, second) = ("posco-international-brzeg-plant", "posco-international-second-mexico-plant");
    for plant in [brzeg, second] {
        for (claim, field) in [(Claim::Operates, F::Plant), (Claim::Located, F::Plant), (Claim::Produces, F::At)] {
            assert_eq!(fact(claim, &[(field, plant)]).status(), Status::Plan);
        }
    }
    assert_eq!(fact(Claim::Located, &[(F::Plant, "yongin-semiconductor-cluster")]).status(), Status::Plan);
    assert_eq!(fact(Claim::Located, &[(F::Plant, "sk-ai-data-center-ulsan")]).status(), Status::Plan);
    assert_eq!(fact(Claim::Acquires, &[(F::Target, "branchburg-biopharmaceutical-plant")]).status(), Status::Plan);
    assert_eq!(fact(Claim::Partners, &[(F::With, "reelement-technologies")]).status(), Status::Plan);
    for (claim, field, planned) in [
        (Claim::MemberOf, F::Of, "chip-4"),
        (Claim::Invests, F::In, "branchburg-biopharmaceutical-plant"),
        (Claim::Plans, F::At, "lg-energy-solution-ochang-plant"),
        (Claim::Plans, F::Actor, "government-of-south-korea"),
    ] {
        let found = facts(claim, &[(field, planned)]);
        assert!(!found.is_empty() && found.iter().all(|fact| fact.status() == Status::Plan), "{claim} {planned}");
    }
    for (place, hangs_on_plans) in
        [("poland", ["posco-international", brzeg]), ("dalian", ["sk-hynix", "semiconductor-wafer"])]
    {
        assert_lacks(&dependents(place, Follow::default()), &hangs_on_plans);
        assert_has(&dependents(place, Follow { possible: true, ..with_plans() }), &hangs_on_plans);
    }
    assert!(fact(Claim::Operates, &[(F::Plant, "sk-on-daejeon-pilot-plant")]).is_actual(), "this one is completed");
}

#[test]
fn point_11_hoped_for_customers_are_no_customers_and_unnamed_ones_stay_unnamed() {
    let cores = |buyer| fact(Claim::Supplies, &[(F::From, "posco-international"), (F::To, buyer)]);
    let hoped_for = ["mercedes-benz", "bmw", "european-automakers", "north-american-automakers"];
    for buyer in hoped_for {
        assert_eq!(cores(buyer).status(), Status::Plan, "{buyer}");
    }
    let customers = ["hyundai-motor-company", "kia", "unnamed-north-american-automaker"];
    for buyer in customers {
        assert!(cores(buyer).is_actual(), "{buyer}");
    }
    let answer = dependents("posco-international", Follow::default());
    assert_has(&answer, &customers);
    assert_lacks(&answer, &hoped_for);

    let buyers: Vec<_> = facts(Claim::Supplies, &[(F::From, "lg-energy-solution")]);
    assert_eq!(
        buyers.iter().map(|fact| fact.entity(F::To).map(id)).collect::<Vec<_>>(),
        [Some("unnamed-customer-of-lg-energy-solution")]
    );
    assert_none(Claim::Supplies, &[(F::From, "hanmi-semiconductor")]);
    let unnamed: Vec<_> =
        catalogue().entities_with_index().filter(|(_, entity)| entity.id.contains("unnamed")).collect();
    assert!(!unnamed.is_empty());
    for (unnamed, entity) in unnamed {
        assert!(entity.en.contains("unnamed") && entity.ko.is_none() && entity.aliases.is_empty(), "{}", entity.id);
        let tells =
            |fact: &&Fact| matches!(fact.claim, Claim::Owns | Claim::MemberOf | Claim::IsA | Claim::Headquartered);
        let found: Vec<_> =
            catalogue().facts().iter().filter(tells).filter(|fact| fact.entities().any(|end| end == unnamed)).collect();
        assert!(found.is_empty(), "{:?} tell who {} is", fact_ids(&found), entity.id);
    }
}

#[test]
fn point_12_an_opinion_has_a_voice_and_is_no_fact() {
    for fact in catalogue().facts() {
        for evidence in fact.evidence.iter().filter(|it| matches!(it.status, Status::Opinion | Status::Forecast)) {
            assert!(has_voice(fact, evidence), "{}: who says so?", fact.id);
        }
    }
    for (speaker, document, passage) in
        [("lee-jae-myung", "repiw-lee-interview", "p1"), ("bang-moon-kyu", "global-times-2023-12", "p6")]
    {
        let says = citing(document, passage).into_iter().filter(|(fact, _)| fact.claim == Claim::Says);
        let surpassed: Vec<_> = says.filter(|(fact, _)| fact.entity(F::Speaker) == Some(entity(speaker))).collect();
        assert!(!surpassed.is_empty() && surpassed.iter().all(|(_, evidence)| evidence.status == Status::Opinion));
    }
    let fears = facts(Claim::Says, &[]).into_iter().filter(|fact| fact.entities().any(|end| end == entity("chip-4")));
    let hit_hard = |fact: &&Fact| {
        fact.status() == Status::Forecast
            && fact.evidence.iter().any(|it| cites(it, "global-times-2022-07", Some("p1")))
    };
    assert_eq!(fears.filter(hit_hard).count(), 1);
    let most = fact(Claim::Supplies, &[(F::From, "south-korean-battery-makers"), (F::To, "united-states")]);
    assert_eq!((most.status(), most.evidence[0].by), (Status::Forecast, Some(entity("kim-hyun-soo"))));
    assert!(
        facts(Claim::Uses, &[(F::By, "smic"), (F::Good, "seven-nanometer-process")])
            .iter()
            .all(|fact| !fact.is_actual())
    );
}

#[test]
fn point_13_shares_of_different_kinds_stand_apart() {
    let nand = fact(Claim::Produces, &[(F::By, "samsung-electronics"), (F::Good, "nand-flash")]);
    let dram = fact(Claim::Produces, &[(F::By, "sk-hynix"), (F::Good, "dram")]);
    assert_eq!((nand.share(F::OutputShare), shares(nand).count()), (Some(&AtLeast(0.4)), 1));
    assert_eq!((dram.share(F::OutputShare), shares(dram).count()), (Some(&Exactly(0.45)), 1));
    let sales = fact(Claim::SellsIn, &[(F::Seller, "samsung-electronics"), (F::Place, "china")]);
    assert_eq!(sales.share(F::Share), Some(&Exactly(0.13)));
    for fact in facts(Claim::Produces, &[]) {
        assert!(shares(fact).count() <= 1, "{}: two shares of different wholes", fact.id);
    }

    let of_something_else = [
        ("south-korea", Exactly(19.7)),
        ("south-korea", About(30.0)),
        ("samsung-electronics", Exactly(13.0)),
        ("remsima", Exactly(41.0)),
        ("yuflyma", Exactly(12.0)),
    ];
    let measures: BTreeSet<_> = of_something_else
        .iter()
        .map(|(subject, share)| text(figure(subject, share.clone(), "%"), F::Measure))
        .collect();
    assert_eq!(measures.len(), of_something_else.len(), "each is a share of another whole: {measures:?}");
    for share in [0.197, 0.3, 0.41, 0.12, 0.08] {
        let found: Vec<_> =
            catalogue().facts().iter().filter(|fact| shares(fact).any(|it| it.numbers().any(|n| n == share))).collect();
        assert!(found.is_empty(), "{share} is no share of sales, output or supply: {:?}", fact_ids(&found));
    }
}

#[test]
fn point_14_each_figure_has_its_measure_and_period() {
    let months = [
        ("south-korea", Exactly(55.8), "billion USD", "2023-11"),
        ("south-korea", Exactly(11.4), "billion USD", "2023-11"),
        ("south-korea", AtLeast(10.0), "billion USD", "2023-08/2023-11"),
        ("south-korea", Exactly(-33.0), "%", "2023-03"),
        ("south-korea", Exactly(-3.94), "billion USD", "2023-01"),
        ("south-korea", Exactly(19.7), "%", "2023-01/2023-09"),
        ("south-korea", AtLeast(360.0), "billion USD", "2021"),
        ("south-korea", Exactly(467.68), "million USD", "2025-09-01/2025-09-20"),
        ("samsung-electronics", Exactly(10.46), "trillion KRW", "2022-Q1"),
        ("united-states", Exactly(23.7), "GWh", "2025-01/2025-09"),
        ("energy-storage-system", Exactly(348.0), "GWh", "2025"),
        ("l-and-f", Exactly(9.0), "billion KRW", "2025-Q3"),
        ("l-and-f", Exactly(90.0), "billion KRW", "2026"),
    ];
    for (subject, number, unit, wanted) in months {
        let fact = figure(subject, number, unit);
        assert_eq!(period(fact), Period::parse(wanted), "{}", fact.id);
    }
    let unnamed_month = figure("south-korea", Exactly(-0.73), "billion USD");
    assert!(period(unnamed_month).is_none() && unnamed_month.note.is_some());

    let measure = |number, unit| text(figure("south-korea", number, unit), F::Measure).expect("it has a measure");
    let (exports, balance) = (measure(Exactly(11.4), "billion USD"), measure(Exactly(-3.94), "billion USD"));
    let (trade, chips) = (measure(AtLeast(360.0), "billion USD"), measure(Between(40.0, 50.0), "billion USD"));
    assert_eq!(BTreeSet::from([exports, balance, trade, chips]).len(), 4);
    for fact in facts(Claim::Figure, &[]).into_iter().filter(|fact| amounts(fact).any(is_money)) {
        let is_dated = period(fact).is_some() || fact.as_of.is_some();
        assert!(is_dated || fact.note.is_some(), "{}: of when is it?", fact.id);
    }
    assert_no_two_values();
}

/// No figure has two values for one measure, period, counterpart and good, unless the two are a declared contradiction.
#[track_caller]
fn assert_no_two_values() {
    let mut known = HashMap::new();
    for fact in facts(Claim::Figure, &[]).into_iter().filter(|fact| fact.conflict.is_none()) {
        let ends = [F::Subject, F::Towards, F::Good].map(|field| fact.entity(field));
        let key = (ends, text(fact, F::Measure), fact.value(F::Period).map(|period| format!("{period:?}")), fact.as_of);
        if let Some(other) = known.insert(key, fact) {
            panic!("{} and {} are two values of one thing", fact.id, other.id);
        }
    }
}

fn is_money(amount: &Amount) -> bool {
    money(amount).is_some()
}

/// The single number and the currency of a sum of money, in units of the currency.
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

#[test]
fn point_15_sums_that_contain_each_other_are_marked() {
    let plant = |number| {
        with_amount(Claim::Invests, (F::In, "branchburg-biopharmaceutical-plant"), &amount(number, "billion KRW"))
    };
    let price = fact(Claim::Acquires, &[(F::Buyer, "celltrion")]);
    assert_eq!(price.value(F::Value), Some(&Value::Amount(amount(Exactly(460.0), "billion KRW"))));
    let whole = with_amount(Claim::Invests, (F::Investor, "celltrion"), &amount(AtLeast(1.4), "trillion KRW"));
    assert_marked(&[price, plant(Exactly(700.0)), plant(AtLeast(700.0)), whole]);
    assert_eq!(facts(Claim::Invests, &[(F::Investor, "celltrion")]).len(), 3, "no sum of the sums is added");

    let cores = |number| figure("posco-international", Exactly(number), "million units");
    assert_marked(&[cores(2.5), cores(6.2)]);
    assert_eq!(
        (cores(2.5).status(), cores(6.2).status(), cores(4.0).status()),
        (Status::Plan, Status::Plan, Status::Reported)
    );

    let people = |claim, end, number| with_amount(claim, end, &amount(Exactly(number), "people"));
    let chamber = (F::Actor, "korea-chamber-of-commerce-and-industry");
    let support = (F::Actor, "integrated-work-experience-support-center");
    let centers = "national-human-resource-development-centers";
    let field = |number| people(Claim::Targets, (F::Actor, centers), number);
    let half = |number| people(Claim::Figure, (F::Subject, centers), number);
    assert_marked(&[people(Claim::Plans, chamber, 53_000.0), people(Claim::Plans, chamber, 10_000.0)]);
    assert_marked(&[
        people(Claim::Plans, support, 43_000.0),
        people(Claim::Figure, (F::Subject, "regional-chambers-of-commerce"), 2_350.0),
    ]);
    assert_marked(&[
        field(1_974.0),
        field(516.0),
        field(464.0),
        field(397.0),
        field(142.0),
        half(1_021.0),
        half(953.0),
    ]);
}

/// Each says in a note what it contains or is contained in.
#[track_caller]
fn assert_marked(facts: &[&Fact]) {
    for fact in facts {
        assert!(fact.note.is_some(), "{}: what contains it, what does it contain?", fact.id);
    }
}

#[test]
fn point_16_equivalents_in_brackets_are_no_facts() {
    let printed = [
        ("south-korea", Exactly(467.68), "million USD"),
        ("advanced-semiconductor-packaging", Exactly(46.0), "billion USD"),
        ("advanced-semiconductor-packaging", Exactly(79.4), "billion USD"),
        ("samsung-electronics", Exactly(10.46), "trillion KRW"),
        ("sk-on-daejeon-pilot-plant", About(4628.0), "square metres"),
        ("battery", Exactly(1545.0), "GWh"),
    ];
    for (subject, number, unit) in printed {
        figure(subject, number, unit);
    }
    let order = fact(Claim::Supplies, &[(F::From, "lg-energy-solution")]);
    assert_eq!(order.value(F::Value), Some(&Value::Amount(amount(Exactly(4.309), "billion USD"))));
    let goals: Vec<_> = facts(Claim::Targets, &[(F::Actor, "sk-on")]).into_iter().flat_map(amounts).cloned().collect();
    assert_eq!(goals, [amount(Exactly(1000.0), "Wh/L"), amount(Exactly(800.0), "Wh/L")], "of energy per volume");

    let brackets = [(7.98e9, "USD"), (64e12, "KRW"), (110e12, "KRW"), (654e9, "KRW"), (6e12, "KRW"), (330e6, "USD")];
    for fact in catalogue().facts() {
        for amount in amounts(fact) {
            assert!(money(amount).is_none_or(|money| !brackets.contains(&money)), "{}: {amount}", fact.id);
            assert!(!amount.unit.contains("pyeong"), "{}: {amount}", fact.id);
        }
        let paid = [F::Value]
            .into_iter()
            .filter(|_| matches!(fact.claim, Claim::Acquires | Claim::Invests | Claim::Supplies | Claim::SellsIn));
        for value in paid.filter_map(|field| fact.value(field)) {
            assert!(
                matches!(value, Value::Amount(amount) if is_money(amount)),
                "{}: {value:?} has no currency",
                fact.id
            );
        }
    }
}

#[test]
fn point_17_makers_products_and_processes() {
    let makers = |good| -> Vec<_> {
        facts(Claim::Produces, &[(F::Good, good)]).iter().filter_map(|fact| fact.entity(F::By)).map(id).collect()
    };
    assert_eq!(makers("big-die-fc-bonder"), ["hanmi-semiconductor"], "the machine");
    assert_eq!(makers("hbm"), ["sk-hynix"], "the memory");
    assert_eq!(makers("cowos"), ["tsmc"], "the process");
    let goods: Vec<_> = facts(Claim::Produces, &[(F::By, "hanmi-semiconductor")])
        .iter()
        .filter_map(|fact| fact.entity(F::Good))
        .map(id)
        .collect();
    assert_eq!(goods, ["big-die-fc-bonder"]);
    for user in ["nvidia", "amd"] {
        assert_eq!(fact(Claim::Uses, &[(F::By, user)]).entity(F::Good).map(id), Some("2-5d-packaging"));
        assert_lacks(&dependencies(user, Follow::default()), &["tsmc", "cowos", "hbm", "hanmi-semiconductor"]);
    }
    assert_lacks(
        &dependents("hanmi-semiconductor", ALL),
        &["sk-hynix", "samsung-electronics", "nvidia", "amd", "tsmc"],
    );
    assert_none(Claim::Needs, &[(F::Good, "2-5d-packaging"), (F::Input, "hbm")]);
    assert_none(Claim::Needs, &[(F::Good, "all-solid-state-battery"), (F::Input, "wip-free-technology")]);
    fact(Claim::Uses, &[(F::By, "sk-on-daejeon-pilot-plant"), (F::Good, "wip-free-technology")]);
}

#[test]
fn point_18_look_alikes_are_kept_apart() {
    let families: [&[&str]; 5] = [
        &["hyundai-motor-group", "hyundai-motor-company", "kia"],
        &["samsung-group", "samsung-electronics", "samsung-sdi"],
        &["sk-group", "sk-hynix", "sk-on", "sk-innovation", "sk-biopharm"],
        &["posco", "posco-future-m", "posco-international", "posco-p-and-s"],
        &["lg-group", "lg-energy-solution"],
    ];
    for family in families {
        let family: BTreeSet<_> = family.iter().map(|id| entity(id)).collect();
        let is_link = |fact: &&Fact| matches!(fact.claim, Claim::Owns | Claim::MemberOf | Claim::IsA | Claim::Acquires);
        let links = catalogue()
            .facts()
            .iter()
            .filter(is_link)
            .filter(|fact| fact.entities().filter(|end| family.contains(end)).count() > 1);
        let links: Vec<_> = links.map(|fact| &*fact.id).collect();
        let stated: &[&str] =
            if family.contains(&entity("posco")) { &["acquires:posco-international:posco-p-and-s"] } else { &[] };
        assert_eq!(links, stated, "no parent unless a document states it");
    }
    for (group, member) in [
        ("samsung-group", "samsung-electronics"),
        ("sk-group", "sk-hynix"),
        ("hyundai-motor-group", "hyundai-motor-company"),
    ] {
        assert_eq!((kind(entity(group)), kind(entity(member))), (EntityKind::Group, EntityKind::Firm));
        assert_lacks(&dependents(member, Follow { ownership: true, ..Follow::default() }), &[group]);
        assert_lacks(&dependencies(member, Follow { ownership: true, ..Follow::default() }), &[group]);
    }
    let names = Names::new(catalogue());
    for bare in ["Hyundai", "Samsung", "SK", "LG"] {
        assert_eq!(names.find_exactly(bare).map(id), None, "{bare} may mean several");
    }
}

#[test]
fn point_19_outside_knowledge_only_bridges() {
    let inferred: Vec<_> = catalogue().facts().iter().filter(|fact| is_inferred(fact)).collect();
    assert!(!inferred.is_empty());
    for fact in inferred {
        let fits = |end: EntityIx| match fact.claim {
            Claim::IsA | Claim::Needs => GOODS.contains(kind(end)),
            Claim::PartOf => TERRITORIES.contains(kind(end)),
            Claim::Located => !matches!(kind(end), EntityKind::Firm | EntityKind::Group | EntityKind::Person),
            _ => false,
        };
        assert!(fact.entities().all(fits), "{}: no bridge between kinds, inputs or territories", fact.id);
        assert!(amounts(fact).count() + shares(fact).count() == 0, "{}: a figure is never inferred", fact.id);
        let has_reason = |it: &Evidence| it.status != Status::InferredByCurator || it.note.is_some();
        assert!(fact.evidence.iter().all(has_reason), "{}: why?", fact.id);
    }
    let bridges = [
        ("lfp-battery", "lithium-ion-battery"),
        ("ternary-lithium-battery", "lithium-ion-battery"),
        ("ncm-battery", "ternary-lithium-battery"),
    ];
    for (child, parent) in bridges {
        assert_eq!(fact(Claim::IsA, &[(F::Child, child), (F::Parent, parent)]).status(), Status::InferredByCurator);
    }
    let maker_of_anodes =
        |fact: &&&Fact| fact.entity(F::By).is_some_and(|by| matches!(kind(by), EntityKind::Firm | EntityKind::Group));
    for anode in ["graphite-anode", "anode-material", "graphite"] {
        assert_eq!(facts(Claim::Produces, &[(F::Good, anode)]).iter().filter(maker_of_anodes).count(), 0, "{anode}");
    }
    for owned in ["kia", "samsung-sdi", "sk-on", "lg-energy-solution", "posco-future-m", "ecopro-bm"] {
        assert_none(Claim::Owns, &[(F::Owned, owned)]);
    }
}

// The curation notes

#[test]
fn the_facts_that_the_curation_notes_name_exist() {
    let notes = include_str!("../docs/curation.md");
    let is_id = |word: &&str| word.split_once(':').is_some_and(|(claim, rest)| is_claim(claim) && !rest.contains(' '));
    let named: BTreeSet<&str> = notes.split('`').skip(1).step_by(2).filter(is_id).collect();
    let known: BTreeSet<&str> = catalogue().facts().iter().map(|fact| &*fact.id).collect();
    let unknown: Vec<_> = named.difference(&known).collect();
    assert!(
        named.len() > 50 && unknown.is_empty(),
        "{} facts named, of which there are not: {unknown:#?}",
        named.len()
    );
}

fn is_claim(word: &str) -> bool {
    Claim::ALL
        .iter()
        .any(|claim| claim.word().eq_ignore_ascii_case(word) && word.chars().all(|c| c.is_ascii_lowercase()))
}
