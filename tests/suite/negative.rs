//! What is documented where nothing answers a question: it is told as such, claims no dependence,
//! and every line of it has facts.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use hanjung::World;
use hanjung::facts::{EntityIx, EntityKind, Lang, Role, Status};
use hanjung::graph::Follow;
use hanjung::query::{Answer, Given, Instead, InsteadSort};
use hanjung::render::{Format, Layout, render};
use hanjung::request::{DEFAULT_CHAINS, FactFilter, Filter, Question, Subject};

static BUILT_IN: LazyLock<World> =
    LazyLock::new(|| World::built_in().expect("the built-in facts are sound"));

fn put(question: &Question) -> Answer {
    BUILT_IN.answer(question, Lang::En)
}

fn ask(words: &str) -> Answer {
    let read = BUILT_IN
        .understand(words)
        .unwrap_or_else(|fault| panic!("{fault}"));
    put(&read.value)
}

fn entity(id: &str) -> EntityIx {
    BUILT_IN
        .entity(id)
        .unwrap_or_else(|| panic!("there is no {id}"))
}

fn subject(id: &str) -> Subject {
    Subject::Entity(entity(id))
}

fn why_following(from: EntityIx, to: EntityIx, follow: Follow) -> Answer {
    let (from, to) = (Subject::Entity(from), Subject::Entity(to));
    put(&Question::Why {
        through: None,
        from: from.into(),
        to: to.into(),
        follow,
        most: DEFAULT_CHAINS,
    })
}

fn why(from: &str, to: &str) -> Answer {
    why_following(entity(from), entity(to), Follow::default())
}

fn exposure(of: &str, to: &str) -> Answer {
    put(&Question::Exposure {
        of: subject(of).into(),
        to: subject(to).into(),
        follow: Follow::default(),
    })
}

fn around(of: Subject, follow: Follow, filter: Filter) -> (Answer, Answer) {
    let dependents = put(&Question::Dependents {
        of: of.into(),
        filter: filter.clone(),
        follow,
    });
    (
        dependents,
        put(&Question::Dependencies {
            of: of.into(),
            filter,
            follow,
        }),
    )
}

fn of_sort(answer: &Answer, sort: InsteadSort) -> Vec<&Instead> {
    answer
        .instead
        .iter()
        .filter(|instead| instead.sort == sort)
        .collect()
}

/// The ids of the facts that are told of a sort.
fn facts(answer: &Answer, sort: InsteadSort) -> Vec<&str> {
    let rows = of_sort(answer, sort)
        .into_iter()
        .flat_map(|instead| &instead.rows);
    rows.flat_map(|row| &row.facts)
        .map(|reading| reading.fact.as_str())
        .collect()
}

fn with(word: &str) -> Follow {
    let is = |other| word == other;
    let (plans, possible, market) = (is("plans"), is("possible"), is("market"));
    Follow {
        plans,
        possible,
        market,
        ownership: is("ownership"),
        technology: is("technology"),
    }
}

const WORDS: [&str; 5] = ["plans", "possible", "market", "ownership", "technology"];

/// The sorts that may be followed besides, each by itself, and how much each would give.
fn included(answer: &Answer, sort: InsteadSort) -> BTreeSet<(Vec<&str>, usize)> {
    of_sort(answer, sort)
        .into_iter()
        .map(|instead| (instead.include.clone(), instead.count))
        .collect()
}

/// By which sorts, each by itself, something would have rows, and how many.
fn expected<'w>(rows: impl Fn(Follow) -> usize) -> BTreeSet<(Vec<&'w str>, usize)> {
    let found = WORDS.iter().map(|&word| (vec![word], rows(with(word))));
    found.filter(|(_, count)| *count > 0).collect()
}

/// Pairs of entities, far enough apart to be quick, and near enough to be many.
fn pairs() -> impl Iterator<Item = (EntityIx, EntityIx)> {
    let all: Vec<EntityIx> = BUILT_IN.entities().collect();
    let count = all.len();
    (0..count * count)
        .step_by(811)
        .map(move |at| (all[at / count], all[at % count]))
        .filter(|(a, b)| a != b)
}

/// Whether a fact names something, as far as the fields of it say.
fn names(answer: &Answer, fact: &str, ix: EntityIx) -> bool {
    let id = BUILT_IN.id(ix);
    answer.facts[fact]
        .fields
        .values()
        .any(|field| field.split(' ').any(|named| named == id))
}

/// Holds what is told of two of which the first does not depend on the second against the facts and
/// other questions; how much of each sort was told.
fn check(a: EntityIx, b: EntityIx, found: &Answer) -> [usize; 3] {
    let catalogue = BUILT_IN.parts().catalogue;
    let both = catalogue
        .facts()
        .filter(|fact| [a, b].iter().all(|&ix| fact.entities().any(|it| it == ix)))
        .count();
    let told = of_sort(found, InsteadSort::NamesBoth);
    assert!(
        told.iter().map(|instead| instead.count).sum::<usize>() >= both,
        "{}",
        found.title
    );
    // Whoever acts for a country, what is on a territory, plants and kinds are named in place of
    // what they belong to.
    let has_its_own =
        |ix: EntityIx| matches!(catalogue[ix].kind, EntityKind::Policy | EntityKind::Person);
    let facts = facts(found, InsteadSort::NamesBoth);
    assert!(
        facts
            .iter()
            .all(|fact| !has_its_own(a) || names(found, fact, a)),
        "{facts:?}"
    );
    let back = why_following(b, a, Follow::default());
    let other_way = of_sort(found, InsteadSort::OtherWay);
    assert_eq!(
        other_way.len(),
        usize::from(!back.rows.is_empty()),
        "{}",
        found.title
    );
    let wider = expected(|follow| why_following(a, b, follow).rows.len());
    let claimed = included(found, InsteadSort::ChainsWith);
    assert!(
        claimed == wider || wider.is_empty() && claimed.len() <= 1,
        "{}: {claimed:?} {wider:?}",
        found.title
    );
    [both.min(1), other_way.len(), claimed.len()]
}

#[test]
fn what_is_told_instead_of_a_chain_is_so() {
    let mut told = [0; 3];
    for (a, b) in pairs() {
        let [there, back] =
            [(a, b), (b, a)].map(|(from, to)| why_following(from, to, Follow::default()));
        assert!(
            [&there, &back]
                .iter()
                .all(|found| found.is_empty() || found.instead.is_empty()),
            "{}",
            there.title
        );
        let negative = [(a, b, there), (b, a, back)]
            .into_iter()
            .filter(|(.., found)| found.is_empty());
        for (from, to, found) in negative {
            told.iter_mut()
                .zip(check(from, to, &found))
                .for_each(|(all, more)| *all += more);
        }
    }
    assert!(told.iter().all(|count| *count > 0), "{told:?}");
}

#[test]
fn how_much_is_around_is_counted_in_full() {
    for (a, b) in pairs().step_by(3) {
        let found = why_following(a, b, Follow::default());
        let count = |sort| {
            of_sort(&found, sort)
                .iter()
                .map(|instead| instead.count)
                .sum::<usize>()
        };
        if found.is_empty() {
            let (_, needs) = around(Subject::Entity(a), Follow::default(), Filter::default());
            let (needed_by, _) = around(Subject::Entity(b), Follow::default(), Filter::default());
            assert_eq!(
                count(InsteadSort::DependsOn),
                needs.rows.len(),
                "{}",
                found.title
            );
            assert_eq!(
                count(InsteadSort::DependedOn),
                needed_by.rows.len(),
                "{}",
                found.title
            );
        }
    }
}

#[test]
fn everything_told_has_a_fact_and_little_is_told() {
    for ix in BUILT_IN.entities().step_by(9) {
        let (dependents, dependencies) =
            around(Subject::Entity(ix), Follow::default(), Filter::default());
        for answer in [dependents, dependencies] {
            assert!(
                answer.rows.is_empty() || answer.instead.is_empty(),
                "{}",
                answer.title
            );
            let aside = answer
                .aside
                .iter()
                .flat_map(|row| &row.steps)
                .flat_map(|step| step.facts.iter().chain(&step.figures));
            let mut told: BTreeSet<&str> = aside.map(|reading| reading.fact.as_str()).collect();
            for row in answer.instead.iter().flat_map(|instead| &instead.rows) {
                let steps = row
                    .steps
                    .iter()
                    .flat_map(|step| step.facts.iter().chain(&step.figures));
                told.extend(
                    row.facts
                        .iter()
                        .chain(steps)
                        .map(|reading| reading.fact.as_str()),
                );
            }
            assert!(
                !answer.rows.is_empty()
                    || answer.facts.keys().all(|fact| told.contains(fact.as_str())),
                "{}",
                answer.title
            );
            for instead in &answer.instead {
                assert!(
                    instead.count > 0 && instead.rows.len() <= 3.min(instead.count),
                    "{}",
                    answer.title
                );
                for row in &instead.rows {
                    let readings = row
                        .facts
                        .iter()
                        .chain(row.steps.iter().flat_map(|step| &step.facts));
                    let known = readings.filter(|reading| answer.facts.contains_key(&reading.fact));
                    assert!(known.count() > 0, "{}", answer.title);
                }
            }
        }
    }
}

#[test]
fn rows_that_more_would_give_are_counted_as_they_are_given() {
    let mut found = 0;
    for ix in BUILT_IN.entities().step_by(5) {
        let of = Subject::Entity(ix);
        let (dependents, dependencies) = around(of, Follow::default(), Filter::default());
        for (at, answer) in [dependents, dependencies]
            .into_iter()
            .enumerate()
            .filter(|(_, answer)| answer.is_empty())
        {
            let rows = |follow| {
                let (dependents, dependencies) = around(of, follow, Filter::default());
                [dependents, dependencies][at].rows.len()
            };
            let (wider, claimed) = (expected(rows), included(&answer, InsteadSort::RowsWith));
            assert!(
                claimed == wider || wider.is_empty() && claimed.len() <= 1,
                "{}: {claimed:?}",
                answer.title
            );
            found += claimed.len();
        }
    }
    assert!(found > 10, "{found}");
}

#[test]
fn kia_is_told_by_the_one_plan_that_names_it() {
    let answer = why("kia", "lithium");
    assert!(answer.is_empty() && answer.aside.is_empty());
    assert_eq!(facts(&answer, InsteadSort::Names).len(), 1);
    let dependents = &of_sort(&answer, InsteadSort::DependedOn)[0];
    assert!(dependents.count > dependents.rows.len());
    assert!(matches!(&dependents.of[..], [Given::Entity(of)] if of.id == "lithium"));
}

#[test]
fn sanctions_are_told_where_there_is_no_dependence() {
    let answer = exposure("smic", "united-states");
    assert!(answer.is_empty());
    let told = facts(&answer, InsteadSort::NamesBoth);
    assert!(
        told.iter().any(|fact| fact.starts_with("restricts:")),
        "{told:?}"
    );
    assert!(of_sort(&answer, InsteadSort::DependsOn)[0].count > 0);
}

#[test]
fn a_ministers_warning_is_told_as_what_is_said_of_both() {
    let answer = exposure("south-korea", "graphite-export-control");
    assert!(answer.is_empty());
    let told = of_sort(&answer, InsteadSort::NamesBoth);
    assert!(
        told[0]
            .rows
            .iter()
            .flat_map(|row| &row.facts)
            .any(|reading| reading.text.contains("Bang Moon-kyu"))
    );
}

#[test]
fn a_filter_that_hides_all_rows_is_named_with_their_number() {
    let hidden = Filter {
        kinds: vec![EntityKind::Event],
        ..Filter::default()
    };
    let (filtered, _) = around(subject("graphite"), Follow::default(), hidden);
    let (all, _) = around(subject("graphite"), Follow::default(), Filter::default());
    assert!(filtered.is_empty() && of_sort(&filtered, InsteadSort::Names).is_empty());
    assert_eq!(
        of_sort(&filtered, InsteadSort::RowsOfAll)[0].count,
        all.rows.len()
    );
}

#[test]
fn a_relation_that_nothing_states_is_told_by_what_names_its_ends() {
    let roles = vec![
        (Role::By, entity("south-korea").into()),
        (Role::What, entity("lithium").into()),
    ];
    let claims = vec![hanjung::facts::Claim::Supplies];
    let answer = put(&Question::Facts(FactFilter {
        claims,
        roles,
        ..FactFilter::default()
    }));
    assert!(answer.is_empty());
    let told = facts(&answer, InsteadSort::Names);
    assert!(
        !told.is_empty()
            && told
                .iter()
                .all(|fact| fact.contains("south-korea") && fact.contains("lithium"))
    );
    assert!(!ask("who uses HBM").instead.is_empty());
}

#[test]
fn no_answer_that_means_something_without_rows_has_anything_instead() {
    let circle = put(&Question::Why {
        through: None,
        from: subject("kia").into(),
        to: subject("kia").into(),
        follow: Follow::default(),
        most: DEFAULT_CHAINS,
    });
    let stoppers = put(&Question::Stoppers {
        of: subject("kia").into(),
        follow: Follow::default(),
    });
    for answer in [circle, stoppers] {
        assert!(
            answer.empty_means.is_some() && answer.instead.is_empty(),
            "{}",
            answer.title
        );
    }
}

#[test]
fn every_format_tells_it() {
    let answer = exposure("smic", "united-states");
    let page = |format| render(&answer, format, &Layout::default());
    assert!(page(Format::Text).contains("none makes SMIC depend on"));
    assert!(
        page(Format::Text)
            .lines()
            .all(|line| line.chars().count() <= 80)
    );
    assert!(
        page(Format::Markdown)
            .contains("## Documented instead\n\n- 3 facts name SMIC and United States")
    );
    let csv = page(Format::Csv);
    assert!(
        csv.lines()
            .skip(1)
            .all(|line| line.split(',').nth(1) == Some("instead")),
        "{csv}"
    );
    let json: serde_json::Value = serde_json::from_str(&page(Format::Json)).unwrap();
    let sorts: Vec<&str> = json["answer"]["instead"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|instead| instead["sort"].as_str())
        .collect();
    assert_eq!(sorts, ["names-both", "depends-on", "depended-on"]);
    assert_eq!(json["outcome"], "empty");
}

#[test]
fn what_does_not_count_is_told_by_stated_facts_rather_than_by_what_somebody_thinks_of_another() {
    let answer = exposure("posco-international", "china");
    let told = &answer.aside[0].steps;
    let facts = told
        .iter()
        .flat_map(|step| &step.facts)
        .map(|reading| &answer.facts[&reading.fact]);
    assert!(
        facts.clone().all(|fact| fact.status == Status::Reported),
        "{:?}",
        facts.collect::<Vec<_>>()
    );
}
