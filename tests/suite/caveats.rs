//! Caveats travel with their facts: whatever tells a fact, in whatever format, tells what a reader
//! must know of it.

use std::collections::HashSet;
use std::sync::LazyLock;

use hanjung::World;
use hanjung::facts::{EntityIx, Lang};
use hanjung::graph::Follow;
use hanjung::query::{Answer, ReadingView, Row};
use hanjung::render::diagram::{Picture, Theme, dot, html, mermaid, place, svg, tree};
use hanjung::render::{Format, Layout, render};
use hanjung::request::{FactFilter, Filter, Question, Subject};

static BUILT_IN: LazyLock<World> =
    LazyLock::new(|| World::built_in().expect("the built-in facts are sound"));

const ALL: Follow = Follow {
    plans: true,
    possible: true,
    market: true,
    ownership: true,
    technology: true,
};
const WIDE: Layout = Layout {
    width: 100_000,
    proofs: true,
    styles: false,
};
const BRIEF: Layout = Layout {
    proofs: false,
    ..WIDE
};

fn ask(question: &Question) -> Answer {
    BUILT_IN.answer(question, Lang::En)
}

/// The entities that facts with a caveat speak of.
fn entities() -> Vec<EntityIx> {
    let catalogue = BUILT_IN.parts().catalogue;
    let with_caveat = catalogue.facts().filter(|fact| fact.caveat().is_some());
    let mut entities: Vec<EntityIx> = with_caveat
        .flat_map(|fact| fact.entities().collect::<Vec<_>>())
        .collect();
    entities.sort_unstable();
    entities.dedup();
    entities
}

/// The answers in which chains cite facts with a caveat.
fn answers() -> Vec<Answer> {
    let of = |entity| Question::Dependencies {
        of: Subject::Entity(entity).into(),
        filter: Filter::default(),
        follow: ALL,
    };
    entities()
        .into_iter()
        .map(|entity| ask(&of(entity)))
        .collect()
}

/// An answer that consists of one row.
fn alone(answer: &Answer, row: &Row) -> Answer {
    let mut alone = answer.clone();
    (alone.rows, alone.aside) = (vec![row.clone()], Vec::new());
    alone
}

fn readings(row: &Row) -> impl Iterator<Item = &ReadingView> {
    row.steps
        .iter()
        .flat_map(|step| step.facts.iter().chain(&step.figures))
        .chain(&row.facts)
}

/// The caveats of a row, by the facts that it cites.
fn caveats(answer: &Answer, row: &Row) -> Vec<String> {
    readings(row)
        .filter_map(|reading| answer.facts[&reading.fact].caveat.clone())
        .collect()
}

/// The first chain that cites each fact with a caveat, if there is one.
fn chains() -> Vec<Answer> {
    let mut seen = HashSet::new();
    let mut chains = Vec::new();
    for answer in answers() {
        for row in answer.rows.iter().chain(&answer.aside) {
            let warned: Vec<String> = readings(row)
                .filter(|reading| reading.caveat.is_some())
                .map(|reading| reading.fact.clone())
                .collect();
            if warned.iter().any(|fact| !seen.contains(fact)) {
                seen.extend(warned);
                chains.push(alone(&answer, row));
            }
        }
    }
    assert!(
        seen.len() > 40,
        "only {} facts with a caveat stand in chains",
        seen.len()
    );
    chains
}

/// The words of a drawing or a text, without the marks that a format needs.
fn words(text: &str) -> String {
    let plain = text
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("#39;", "'")
        .replace("#59;", ";");
    plain
        .replace('\\', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words that a still picture shows at its foot.
fn foot(page: &str) -> String {
    let page = roxmltree::Document::parse(page).expect("the page is XML");
    let notes = page
        .descendants()
        .filter(|node| node.attribute("class") == Some("note"));
    words(
        &notes
            .filter_map(|node| node.text())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

#[track_caller]
fn assert_says(what: &str, text: &str, answer: &Answer, caveat: &str) {
    assert!(
        words(text).contains(&words(caveat)),
        "{what} of “{}” lacks “{caveat}”:\n{text}",
        answer.title
    );
}

#[test]
fn what_a_reading_says_is_what_its_fact_says() {
    for answer in answers() {
        for row in answer.rows.iter().chain(&answer.aside) {
            let all = row
                .steps
                .iter()
                .chain(row.alternatives.iter().map(|alternative| &alternative.step))
                .flat_map(|step| step.facts.iter().chain(&step.figures));
            for reading in all.chain(&row.facts) {
                assert_eq!(
                    reading.caveat, answer.facts[&reading.fact].caveat,
                    "{}",
                    reading.fact
                );
            }
        }
    }
}

#[test]
fn no_chain_stands_without_its_caveats_in_any_format() {
    for answer in chains() {
        let json: serde_json::Value =
            serde_json::from_str(&render(&answer, Format::Json, &WIDE)).expect("JSON");
        for caveat in caveats(&answer, &answer.rows[0]) {
            for format in [Format::Text, Format::Csv, Format::Markdown] {
                assert_says(
                    &format!("{format:?}"),
                    &render(&answer, format, &WIDE),
                    &answer,
                    &caveat,
                );
            }
            for format in [Format::Text, Format::Markdown] {
                assert_says(
                    &format!("brief {format:?}"),
                    &render(&answer, format, &BRIEF),
                    &answer,
                    &caveat,
                );
            }
            assert_says(
                "a step in JSON",
                &json["answer"]["rows"].to_string(),
                &answer,
                &caveat,
            );
        }
    }
}

#[test]
fn no_picture_of_a_chain_stands_without_its_caveats() {
    for answer in chains() {
        let picture = Picture::whole(&answer).expect("a chain can be drawn");
        let placed = place(&picture);
        let page = svg(&placed, Theme::Light);
        for caveat in caveats(&answer, &answer.rows[0]) {
            assert_says("an SVG page, still,", &foot(&page), &answer, &caveat);
            assert_says("HTML", &html(&answer, &placed), &answer, &caveat);
            assert_says("DOT", &dot(&picture).replace("\\n", " "), &answer, &caveat);
            assert_says("Mermaid", &mermaid(&picture), &answer, &caveat);
            assert_says("a tree", &tree(&picture, 10_000), &answer, &caveat);
        }
    }
}

#[test]
fn an_arrow_has_the_letters_of_the_caveats_of_its_facts() {
    for answer in chains() {
        let picture = Picture::whole(&answer).expect("a chain can be drawn");
        for arrow in &picture.arrows {
            let told: Vec<Option<&String>> = arrow
                .facts
                .iter()
                .map(|fact| fact.caveat.map(|at| &picture.caveats[at]))
                .collect();
            let known: Vec<Option<&String>> = arrow
                .facts
                .iter()
                .map(|fact| answer.facts[&fact.fact].caveat.as_ref())
                .collect();
            assert_eq!(told.len(), known.len());
            for (told, known) in told.iter().zip(&known) {
                let begins = |(told, known): (&String, &String)| {
                    told.starts_with(&format!("caveat: {known}"))
                };
                assert!(
                    told.is_none() && known.is_none() || told.zip(*known).is_some_and(begins),
                    "{}",
                    answer.title
                );
            }
            assert_eq!(
                arrow.caveats().is_empty(),
                known.iter().all(Option::is_none)
            );
        }
    }
}

#[test]
fn every_caveat_stands_in_the_facts_as_stated_and_in_the_profile_of_what_they_are_about() {
    let facts = ask(&Question::Facts(FactFilter::default()));
    let [text, csv, markdown, json] = [Format::Text, Format::Csv, Format::Markdown, Format::Json]
        .map(|format| words(&render(&facts, format, &WIDE)));
    for (id, fact) in &facts.facts {
        let Some(caveat) = &fact.caveat else { continue };
        assert!(
            text.contains(&format!("caveat: {}", words(caveat))),
            "{id}: text"
        );
        assert!(
            markdown.contains(&format!("**Caveat:** {}", words(caveat))),
            "{id}: Markdown"
        );
        assert!(
            csv.contains(&words(caveat)) && json.contains(&words(caveat)),
            "{id}: CSV, JSON"
        );
    }
    for entity in entities() {
        let profile = ask(&Question::Show { of: entity.into() });
        let text = words(&render(&profile, Format::Text, &WIDE));
        for caveat in profile.rows.iter().flat_map(|row| caveats(&profile, row)) {
            assert!(
                text.contains(&format!("caveat: {}", words(&caveat))),
                "{}",
                profile.title
            );
        }
    }
}

#[test]
fn a_row_of_csv_has_the_caveat_of_its_fact() {
    let facts = ask(&Question::Facts(FactFilter::default()));
    let mut sheet =
        csv::Reader::from_reader(render(&facts, Format::Csv, &WIDE).into_bytes().leak() as &[u8]);
    let column = |name: &str, head: &csv::StringRecord| {
        head.iter().position(|word| word == name).expect("a column")
    };
    let head = sheet.headers().expect("a head").clone();
    let (id, caveat) = (column("fact", &head), column("caveat", &head));
    for line in sheet.records() {
        let line = line.expect("a line");
        let fact = &facts.facts[&line[id]];
        let known = fact.caveat.clone().unwrap_or_default();
        assert!(
            line[caveat].starts_with(&known)
                && (!known.is_empty() || fact.conflict.is_some() || line[caveat].is_empty())
        );
    }
}

/// What the fields of a fact mean is said by itself, before what a curator adds, and once.
#[test]
fn typed_fields_speak_for_themselves() {
    let text = r#"[
        Document(id: "report", title: "A report", publisher: "A press", date: "2025"),
        Economy(id: "northland", en: "Northland"), Material(id: "cobalt", en: "cobalt"), Firm(id: "acme", en: "Acme"),
        Policy(id: "control", en: "export control"), Policy(id: "ban", en: "export ban"),
        Produces(by: "northland", good: "cobalt", held: true, evidence: [Reported(doc: "report", at: "p1")]),
        Produces(by: "acme", good: "cobalt", evidence: [Reported(doc: "report", at: "p1")]),
        Restricts(
            policy: "control", by: "northland", good: "cobalt", measure: "export-control", caveat: "certain grades only",
            evidence: [Reported(doc: "report", at: "p1")],
        ),
        Restricts(policy: "ban", by: "northland", good: "cobalt", measure: "export-ban", evidence: [Reported(doc: "report", at: "p1")]),
    ]"#;
    let world = World::of_texts([("a.ron", text)]).expect("the facts are sound");
    let catalogue = world.parts().catalogue;
    let mut caveats: Vec<Option<String>> = catalogue.facts().map(|fact| fact.caveat()).collect();
    caveats.sort();
    let said = [
        "a control, not a ban; certain grades only",
        "held by companies, wherever they work",
    ];
    assert_eq!(
        caveats,
        [
            None,
            None,
            Some(said[0].to_owned()),
            Some(said[1].to_owned())
        ]
    );
}

#[test]
fn what_is_said_twice_of_a_fact_is_kept_once() {
    let fact = |caveat: &str, page: &str| {
        format!(
            r#"Produces(by: "acme", good: "cobalt", caveat: "{caveat}", evidence: [Reported(doc: "report", at: "{page}")]),"#
        )
    };
    let text = format!(
        r#"[Document(id: "report", title: "A report", publisher: "A press", date: "2025"), Material(id: "cobalt", en: "cobalt"), Firm(id: "acme", en: "Acme"), {}{}{}]"#,
        fact("in one works", "p1"),
        fact("in one works", "p2"),
        fact("for a year", "p3"),
    );
    let world = World::of_texts([("a.ron", text)]).expect("the facts are sound");
    let catalogue = world.parts().catalogue;
    let caveats: Vec<Option<String>> = catalogue.facts().map(|fact| fact.caveat()).collect();
    assert_eq!(caveats, [Some("for a year / in one works".to_owned())]);
}
