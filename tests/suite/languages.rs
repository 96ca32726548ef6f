//! A question has the same answer in every language: the same rows, steps, facts and pictures, by
//! their ids. Only words differ.

use hanjung::World;
use hanjung::ask::examples;
use hanjung::facts::Lang;
use hanjung::query::{Answer, NodeView, ReadingView, Row, Step};
use hanjung::render::diagram::{Picture, Theme, dot_beside, html, mermaid, place, svg, tree};
use hanjung::render::{Format, Layout, render};
use hanjung::request::{Filter, Question, Subject};
use serde_json::Value;

const OTHERS: [Lang; 2] = [Lang::Ko, Lang::Zh];

/// Questions with large answers, which pictures have no room for, beside the examples.
const LARGE: [&str; 4] = [
    "who depends on China",
    "who depends on South Korea",
    "what if China is cut",
    "show the EV battery industry",
];

fn knowledge() -> World {
    World::built_in().expect("the built-in facts are sound")
}

/// Compares what is made of the answers to many questions in three languages.
fn assert_alike<T: PartialEq + std::fmt::Debug>(what: &str, make: impl Fn(&Answer) -> T) {
    let world = knowledge();
    let mut compared = 0;
    for text in examples().chain(LARGE) {
        let Ok(question) = world.understand(text) else {
            panic!("“{text}” is not understood")
        };
        let in_language = |lang| make(&world.answer(&question.value, lang));
        let english = in_language(Lang::En);
        for lang in OTHERS {
            assert!(
                in_language(lang) == english,
                "{what} of “{text}” in {lang:?}:\n{:?}\n{english:?}",
                in_language(lang)
            );
        }
        compared += 1;
    }
    assert!(compared >= 20, "{compared}");
}

fn node(node: &NodeView) -> String {
    format!(
        "{} {:?} {} {:?} {:?}",
        node.node, node.aspect, node.entity, node.by, node.into
    )
}

fn step(step: &Step) -> String {
    let facts: Vec<&str> = step.facts.iter().chain(&step.figures).map(fact).collect();
    format!(
        "{} {} {}",
        node(&step.from),
        node(&step.to),
        facts.join(" ")
    )
}

fn fact(reading: &ReadingView) -> &str {
    &reading.fact
}

fn row(row: &Row) -> String {
    let entities = row
        .entity
        .iter()
        .chain(&row.with)
        .map(|entity| entity.id.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let output = row.output.as_ref().map(node);
    let steps = row
        .steps
        .iter()
        .chain(row.alternatives.iter().map(|other| &other.step))
        .map(step)
        .collect::<Vec<_>>()
        .join("; ");
    let facts = row.facts.iter().map(fact).collect::<Vec<_>>().join(" ");
    format!(
        "{}: {entities} {output:?} {:?} {:?} {steps} {facts}",
        row.group, row.bounds, row.distance
    )
}

#[test]
fn rows_steps_and_facts_stand_in_the_same_order() {
    assert_alike("rows", |answer| {
        let rows: Vec<String> = {
            let instead = answer.instead.iter().flat_map(|instead| &instead.rows);
            answer
                .rows
                .iter()
                .chain(&answer.aside)
                .chain(instead)
                .map(row)
                .collect()
        };
        let ids: Vec<String> = answer
            .facts
            .keys()
            .chain(answer.entities.keys())
            .chain(answer.documents.keys())
            .cloned()
            .collect();
        (rows, ids)
    });
}

/// What stands under a key that holds ids, wherever it stands.
fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|value| ids(value, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(id)
                        if ["id", "entity", "by", "into", "fact", "document", "country"]
                            .contains(&key.as_str()) =>
                    {
                        found.push(id.clone());
                    }
                    value => ids(value, found),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn json_has_the_same_ids() {
    assert_alike("JSON", |answer| {
        let json: Value = serde_json::from_str(&render(answer, Format::Json, &Layout::default()))
            .expect("it is JSON");
        assert!(json["answer"]["rows"].is_array());
        let mut found = Vec::new();
        // Who says something is told by name.
        ids(&json["answer"]["rows"], &mut found);
        ids(&json["answer"]["aside"], &mut found);
        (json.as_object().map(|fields| fields.len()), found)
    });
}

/// The fields of a line of CSV.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut is_quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => fields.push(String::new()),
            letter => fields.last_mut().expect("a field").push(letter),
        }
    }
    fields
}

#[test]
fn csv_has_the_same_ids() {
    assert_alike("CSV", |answer| {
        let text = render(answer, Format::Csv, &Layout::default());
        let heads = fields(text.lines().next().expect("a head"));
        let wanted = [
            "row", "group", "entity", "distance", "least", "most", "step", "channel", "fact",
            "status",
        ];
        let at: Vec<usize> = wanted
            .map(|head| heads.iter().position(|known| known == head).expect(head))
            .into();
        let line = |line: &str| {
            at.iter()
                .filter_map(|&at| fields(line).get(at).cloned())
                .collect::<Vec<_>>()
                .join("|")
        };
        text.lines().map(line).collect::<Vec<_>>()
    });
}

#[test]
fn pictures_have_the_same_boxes_and_arrows() {
    assert_alike("the picture", |answer| {
        let picture = Picture::page(answer)?;
        let members = |ix: usize| {
            picture.nodes[ix]
                .folded
                .iter()
                .map(|member| member.id.clone())
                .collect::<Vec<_>>()
        };
        let node = |ix: usize| {
            let node = &picture.nodes[ix];
            format!(
                "{} {:?} {:?} {:?} {:?} {:?}",
                node.node,
                node.entity,
                node.by,
                node.into,
                node.aspect,
                members(ix)
            )
        };
        let nodes: Vec<String> = (0..picture.nodes.len()).map(node).collect();
        let fact = |fact: &hanjung::render::diagram::ArrowFact| fact.fact.clone();
        let arrows = picture.arrows.iter().map(|arrow| {
            (
                arrow.from,
                arrow.to,
                arrow.facts.iter().map(fact).collect::<Vec<_>>(),
            )
        });
        Ok::<_, hanjung::render::diagram::NoPicture>((nodes, arrows.collect::<Vec<_>>()))
    });
}

/// All that stands between two marks.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start)
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(end)?.0))
        .collect()
}

#[test]
fn keys_in_pages_and_links_in_dot_files_are_the_same() {
    assert_alike("keys", |answer| {
        let picture = Picture::new(answer);
        let page = html(answer, &place(&picture));
        let data = between(&page, "id=\"data\">", "</script>")[0].to_owned();
        let data: Value = serde_json::from_str(&data).expect("it is JSON");
        let keys = |what: &str| {
            data[what]
                .as_array()
                .expect(what)
                .iter()
                .map(|item| item["key"].to_string())
                .collect::<Vec<_>>()
        };
        let file = dot_beside(&picture, "page.html");
        let links: Vec<String> = between(&file, "URL=\"", "\"")
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert!(
            keys("nodes").iter().all(|key| key.is_ascii()),
            "{:?}",
            keys("nodes")
        );
        (keys("nodes"), keys("arrows"), links)
    });
}

#[test]
fn every_drawing_has_as_many_parts_and_the_same_citations() {
    assert_alike("drawings", |answer| {
        let picture = Picture::new(answer);
        let page = svg(&place(&picture), Theme::Auto);
        let parts = ["class=\"node\"", "class=\"arrow\""].map(|part| page.matches(part).count());
        let flow = mermaid(&picture);
        let arrows: Vec<String> = flow
            .lines()
            .filter(|line| line.contains("--") || line.contains("=="))
            .map(ends)
            .collect();
        let whole = Picture::whole(answer)
            .map(|picture| tree(&picture, 10_000).matches(['→', '←']).count());
        (parts, arrows, whole)
    });
}

/// The ends of an arrow in Mermaid: its first and last word.
fn ends(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    format!("{:?} {:?}", words.first(), words.last())
}

#[test]
fn what_shares_a_box_is_named_by_ids() {
    let world = knowledge();
    let of = Subject::Entity(world.entity("china").expect("it is there"));
    let question = Question::Exposed {
        to: of.into(),
        filter: Filter::default(),
        follow: Default::default(),
    };
    for lang in [Lang::En, Lang::Ko, Lang::Zh] {
        let answer = world.answer(&question, lang);
        let page = html(&answer, &place(&Picture::new(&answer)));
        assert!(
            page.contains("\"several/renault/stellantis/volkswagen\""),
            "{lang:?}"
        );
    }
}
