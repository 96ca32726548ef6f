//! The HTML page as a file: it is whole, it fetches nothing, its policy names its own style and
//! script, and no text gets out of its place.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hanjung::World;
use hanjung::data::Origin;
use hanjung::facts::{Date, Lang};
use hanjung::graph::Follow;
use hanjung::query::Answer;
use hanjung::render::diagram::{Picture, html, place};
use hanjung::request::{FactFilter, Filter, Question, Subject};
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

fn dependents(id: &str) -> Answer {
    let world = World::built_in().expect("the built-in facts are sound");
    let of = Subject::Entity(world.entity(id).expect("the entity is there"));
    let question = Question::Dependents {
        of: of.into(),
        filter: Filter::default(),
        follow: Follow {
            plans: true,
            ..Follow::default()
        },
    };
    world.answer(&question, Lang::En)
}

fn page(answer: &Answer) -> String {
    html(answer, &place(&Picture::new(answer)))
}

/// What stands between two marks, from the first of them on.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let (_, rest) = page
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start}"));
    rest.split_once(end)
        .unwrap_or_else(|| panic!("no {end} after {start}"))
        .0
}

fn data(page: &str) -> Value {
    let text = between(
        page,
        "<script type=\"application/json\" id=\"data\">",
        "</script>",
    );
    assert!(
        !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
        "the data has letters of markup"
    );
    serde_json::from_str(text).expect("the data is JSON")
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

#[test]
fn the_policy_names_the_style_and_the_script_of_the_page_and_allows_nothing_else() {
    let page = page(&dependents("graphite"));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\">");
    let style = hash(between(&page, "<style>", "</style>"));
    let script = hash(between(&page, "<script>", "</script>"));
    for part in [
        "default-src 'none'",
        &format!("style-src {style}"),
        &format!("script-src {script}"),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ] {
        assert!(
            policy.split("; ").any(|known| known == part),
            "{part}: {policy}"
        );
    }
    assert!(!policy.contains("unsafe"));
    assert_eq!(
        (
            page.matches("<style").count(),
            page.matches("<script").count()
        ),
        (1, 2)
    );
}

#[test]
fn nothing_is_fetched_and_nothing_is_inline() {
    let page = page(&dependents("china"));
    for word in [
        "http:",
        "https:",
        " src=",
        "@import",
        "url(",
        "<link",
        "<iframe",
        " style=",
        " onclick=",
        " onload=",
        "innerHTML",
        "eval(",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    let targets = page
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    assert!(targets.into_iter().all(|target| target.starts_with('#')));
}

#[test]
fn the_same_answer_gives_the_same_page() {
    assert_eq!(page(&dependents("graphite")), page(&dependents("graphite")));
}

#[test]
fn every_row_fact_and_source_of_the_answer_is_on_the_page() {
    let answer = dependents("china");
    let (page, rows) = (page(&answer), answer.rows.len() + answer.aside.len());
    assert_eq!(page.matches("<tr data-kind=").count(), rows);
    assert_eq!(
        page.matches("<li id=\"source-").count(),
        answer.documents.len()
    );
    let data = data(&page);
    let ids: Vec<&str> = data["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fact| fact["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, answer.facts.keys().collect::<Vec<_>>());
    assert_eq!(page.matches("<h1").count(), 1);
}

#[test]
fn every_box_and_arrow_of_the_drawing_has_its_data() {
    let answer = dependents("graphite");
    let (page, picture) = (page(&answer), Picture::new(&answer));
    let data = data(&page);
    for (ix, node) in picture.nodes.iter().enumerate() {
        assert!(page.contains(&format!("id=\"n{ix}\"")));
        assert_eq!(data["nodes"][ix]["name"], node.name.as_str());
    }
    for (ix, arrow) in picture.arrows.iter().enumerate() {
        assert!(page.contains(&format!("id=\"a{ix}\"")));
        let facts = data["arrows"][ix]["facts"].as_array().unwrap();
        assert_eq!(facts.len(), arrow.facts.len());
        assert_eq!(
            data["arrows"][ix]["proofs"].as_array().unwrap().is_empty(),
            arrow.facts.is_empty()
        );
    }
    let keys = |what: &str| -> Vec<String> {
        data[what]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["key"].to_string())
            .collect()
    };
    for what in ["nodes", "arrows"] {
        let mut keys = keys(what);
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count, "two {what} have one key");
    }
}

#[test]
fn names_are_given_in_every_language() {
    let data = data(&page(&dependents("graphite")));
    let graphite = &data["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|node| node["name"] == "graphite")
        .unwrap()["names"];
    assert_eq!(
        (&graphite["ko"], &graphite["zh"]),
        (&Value::from("흑연"), &Value::from("石墨"))
    );
}

#[test]
fn as_of_a_date_the_page_shows_what_the_command_line_counts() {
    let built_in = Origin::default();
    let days = [
        "2017-06-30",
        "2023-12-01",
        "2024-08-15",
        "2025-03-31",
        "2025-09-30",
        "2025-10-01",
        "2030-01-01",
    ];
    assert_as_of(&built_in, &days);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/ties");
    let made_up = Origin {
        built_in: false,
        folders: vec![folder],
    };
    assert_as_of(
        &made_up,
        &[
            "2024-01-31",
            "2024-02-01",
            "2024-06-15",
            "2024-12-30",
            "2024-12-31",
            "2025-03-01",
        ],
    );
}

/// That of some facts the page shows and marks on each day what `--as-of` lets pass and marks.
fn assert_as_of(origin: &Origin, days: &[&str]) {
    let knowledge = || World::load(origin).expect("the facts are sound");
    let world = knowledge();
    let data = data(&page(
        &world.answer(&Question::Facts(FactFilter::default()), Lang::En),
    ));
    let facts = data["facts"].as_array().unwrap();
    assert_eq!(facts.len(), world.parts().catalogue.facts().len());
    for day in days {
        let known = knowledge().known_at(Date::parse(day).expect("a day"));
        for fact in facts {
            let is_after = |field: &str| fact[field].as_str().is_some_and(|date| date > *day);
            let is_before = fact["ends"].as_str().is_some_and(|ends| ends < *day);
            let is_shown = fact["undated"] == false && !is_after("begins") && !is_before;
            let counted = known
                .parts()
                .catalogue
                .facts()
                .find(|known| known.id.as_str() == fact["id"]);
            assert_eq!(is_shown, counted.is_some(), "{day}: {fact}");
            let is_marked = counted.is_some_and(|fact| fact.perhaps_known_by.is_some());
            assert_eq!(is_shown && is_after("surely"), is_marked, "{day}: {fact}");
        }
    }
}

/// Puts a text wherever an answer has text that somebody wrote.
fn spoilt(mut answer: Answer, text: &str) -> Answer {
    answer.title = text.to_owned();
    answer.method = text.to_owned();
    answer.notes = vec![text.to_owned()];
    for entity in answer.entities.values_mut() {
        entity.name = text.to_owned();
        if let Some(names) = &mut entity.names {
            names.aliases = vec![text.to_owned()];
        }
    }
    for fact in answer.facts.values_mut() {
        (fact.text, fact.reversed) = (text.to_owned(), text.to_owned());
        (fact.note, fact.conflict) = (Some(text.to_owned()), Some(text.to_owned()));
        for evidence in &mut fact.evidence {
            (evidence.by, evidence.passage) = (Some(text.to_owned()), Some(text.to_owned()));
        }
    }
    for document in answer.documents.values_mut() {
        (document.title, document.publisher, document.care) =
            (text.to_owned(), text.to_owned(), Some(text.to_owned()));
    }
    for row in answer.rows.iter_mut().chain(&mut answer.aside) {
        row.remarks = vec![text.to_owned()];
        for step in &mut row.steps {
            (step.from.name, step.to.name) = (text.to_owned(), text.to_owned());
            step.facts
                .iter_mut()
                .for_each(|reading| reading.text = text.to_owned());
        }
    }
    answer
}

/// The tags of a page, without their attributes. A text that has got out of its place brings
/// others.
fn tags(page: &str) -> Vec<&str> {
    let body = page
        .split_once("</style>")
        .unwrap()
        .1
        .rsplit_once("<script>")
        .unwrap()
        .0;
    body.split('<')
        .skip(1)
        .map(|tag| {
            tag.split(|c: char| !c.is_alphanumeric() && c != '/' && c != '!')
                .next()
                .unwrap()
        })
        .collect()
}

proptest! {
    #![proptest_config(crate::same_cases(24))]

    #[test]
    fn no_text_gets_out_of_its_place(text in "[<>&\"'/!{}\\-\\]a-z=\u{2028}\u{202e}\\x00-\\x1f]{1,40}") {
        let answer = spoilt(dependents("graphite"), &text);
        let known = ["a", "article", "bdi", "button", "code", "details", "div", "em", "fieldset", "g", "h1", "h2", "header", "input", "kbd",
            "label", "legend", "li", "main", "nav", "ol", "p", "path", "rect", "script", "section", "select", "small", "span", "strong",
            "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul", "aside", "head", "body"];
        let page = page(&answer);
        let strange = tags(&page).into_iter().find(|tag| !known.contains(&tag.trim_start_matches('/')));
        prop_assert_eq!(strange, None);
        data(&page);
    }
}

#[test]
fn hostile_texts_stay_text() {
    let plain = tags(&page(&spoilt(dependents("graphite"), "plain"))).len();
    for text in [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "<!--",
        "]]>",
        "{{data}}",
    ] {
        let page = page(&spoilt(dependents("graphite"), text));
        assert!(
            !page.contains("<img") && !page.contains("<svg onload") && !page.contains("<!--"),
            "{text}"
        );
        assert!(
            tags(&page).len().abs_diff(plain) < plain / 4,
            "{text}: {} tags, not about {plain}",
            tags(&page).len()
        );
        assert_eq!(page.matches("<script").count(), 2, "{text}");
    }
}

#[test]
fn rows_that_share_a_box_lead_to_it_and_to_their_place_in_it() {
    let world = World::built_in().expect("the built-in facts are sound");
    let to = Subject::Entity(world.entity("china").expect("the entity is there"));
    let question = Question::Exposed {
        to: to.into(),
        filter: Filter::default(),
        follow: Follow::default(),
    };
    let answer = world.answer(&question, Lang::En);
    let picture = Picture::new(&answer);
    let several = picture
        .nodes
        .iter()
        .position(|node| !node.folded.is_empty())
        .expect("some share a box");
    let page = page(&answer);
    for (at, member) in picture.nodes[several].folded.iter().enumerate() {
        let row = between(
            &page,
            &format!("data-node=\"{several}\" data-member=\"{at}\">"),
            "</tr>",
        );
        assert!(
            row.contains(&member.name),
            "{} is not in {row}",
            member.name
        );
    }
}
