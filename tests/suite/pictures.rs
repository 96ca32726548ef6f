//! What a picture has room for, what it leaves out, and what is not drawn at all.

use std::path::Path;
use std::process::{Command, Output};

use hanjung::World;
use hanjung::facts::{EntityKind, Lang};
use hanjung::graph::Follow;
use hanjung::query::{Answer, Row};
use hanjung::render::diagram::{MOST_NODES, NoPicture, Picture};
use hanjung::request::{Filter, Question, Subject};

fn ask(question: &str) -> Answer {
    let world = World::built_in().expect("the built-in facts are sound");
    let Ok(question) = world.understand(question) else {
        panic!("“{question}” is not understood")
    };
    world.answer(&question.value, Lang::En)
}

/// Whether what a row is about has a box, by itself or among others.
fn has_box(picture: &Picture, row: &Row) -> bool {
    let (entity, by) = match (&row.output, &row.entity) {
        (Some(output), _) => (&output.entity, output.by.as_ref()),
        (None, Some(entity)) => (&entity.id, None),
        (None, None) => return true,
    };
    let id = by.map_or(entity.clone(), |by| format!("{by}:{entity}"));
    let is_it = |node: &&hanjung::render::diagram::PictureNode| {
        (node.entity.as_ref() == Some(entity) && node.by.as_ref() == by)
            || node.folded.iter().any(|member| member.id == id)
    };
    picture.nodes.iter().any(|node| is_it(&node))
}

fn is_firm(row: &Row) -> bool {
    row.entity
        .as_ref()
        .is_some_and(|entity| matches!(entity.kind, EntityKind::Firm | EntityKind::Group))
}

fn assert_has_boxes<'r>(question: &str, picture: &Picture, rows: impl Iterator<Item = &'r Row>) {
    for row in rows {
        let name = row.entity.as_ref().map_or("", |entity| &entity.name);
        assert!(has_box(picture, row), "{question}: {name} is left out");
    }
}

const WHO: [&str; 5] = [
    "who is exposed to China",
    "what if China is cut",
    "who depends on China",
    "who depends on graphite",
    "who depends on rare earths",
];

const OTHER: [&str; 3] = [
    "what has no alternative",
    "show the semiconductor industry in China",
    "show the battery industry in South Korea",
];

#[test]
fn a_picture_has_the_first_rows_and_every_firm_of_the_first_group() {
    for question in WHO.into_iter().chain(OTHER) {
        let answer = ask(question);
        let picture = Picture::new(&answer);
        let first = answer.rows[0].group;
        assert_has_boxes(question, &picture, answer.rows.iter().take(10));
        assert_has_boxes(
            question,
            &picture,
            answer
                .rows
                .iter()
                .filter(|row| row.group == first && is_firm(row)),
        );
    }
}

#[test]
fn of_those_who_are_asked_for_none_goes_before_a_good_or_a_place() {
    for question in WHO {
        let answer = ask(question);
        let picture = Picture::new(&answer);
        assert_has_boxes(
            question,
            &picture,
            answer.rows.iter().filter(|row| is_firm(row)),
        );
    }
}

/// So many firms that each make and buy goods of their own, all of them depending on one ore.
fn many(count: usize) -> World {
    let mut text = String::from(
        "[Document(id: \"doc\", title: \"D\", publisher: \"P\", date: \"2025\", passages: [\"p1\"]),\nMaterial(id: \"ore\", en: \"ore\"),\n",
    );
    let evidence = "evidence: [Reported(doc: \"doc\", at: \"p1\")]";
    for ix in 0..count {
        text += &format!(
            "Product(id: \"good-{ix}\", en: \"good {ix}\"), Firm(id: \"firm-{ix}\", en: \"firm {ix}\"),\n"
        );
        text += &format!("Needs(good: \"good-{ix}\", input: \"ore\", {evidence}),\n");
        text += &format!("Produces(by: \"firm-{ix}\", good: \"good-{ix}\", {evidence}),\n");
    }
    World::of_texts([("many.ron", text + "]")]).expect("the facts are sound")
}

fn dependents(world: &World, id: &str) -> Answer {
    let of = Subject::Entity(world.entity(id).expect("it is there"));
    let question = Question::Dependents {
        of: of.into(),
        filter: Filter::default(),
        follow: Follow::default(),
    };
    world.answer(&question, Lang::En)
}

#[test]
fn what_is_left_out_is_counted_by_kind_and_the_first_are_named() {
    let answer = dependents(&many(300), "ore");
    let picture = Picture::new(&answer);
    assert!(
        picture.nodes.len() <= MOST_NODES && picture.nodes.len() > MOST_NODES / 2,
        "{}",
        picture.nodes.len()
    );
    let note = picture
        .notes
        .iter()
        .find(|note| note.starts_with("Left out"))
        .expect("it says so");
    let left = answer.rows.iter().filter(|row| !has_box(&picture, row));
    let (firms, goods): (Vec<&Row>, Vec<&Row>) = left.partition(|row| is_firm(row));
    let words = format!(
        "{} of 600 rows ({} firms, {} products), first of them firm ",
        firms.len() + goods.len(),
        firms.len(),
        goods.len()
    );
    assert!(note.contains(&words), "{note} lacks {words}");
    assert_eq!(note.matches(", firm ").count(), 9, "{note}");
}

/// Goods that each need the next.
fn chain(length: usize) -> Answer {
    let mut text = String::from(
        "[Document(id: \"doc\", title: \"D\", publisher: \"P\", date: \"2025\", passages: [\"p1\"]),\n",
    );
    for ix in 0..=length {
        text += &format!("Product(id: \"g{ix}\", en: \"good {ix}\"),\n");
    }
    for ix in 0..length {
        let ends = format!("good: \"g{ix}\", input: \"g{}\"", ix + 1);
        text += &format!("Needs({ends}, evidence: [Reported(doc: \"doc\", at: \"p1\")]),\n");
    }
    let world = World::of_texts([("chain.ron", text + "]")]).expect("the facts are sound");
    let of = |id: &str| Subject::Entity(world.entity(id).expect("it is there"));
    let (from, to) = (of("g0"), of(&format!("g{length}")));
    world.answer(
        &Question::Why {
            through: None,
            from: from.into(),
            to: to.into(),
            follow: Follow::default(),
            most: 3,
        },
        Lang::En,
    )
}

#[test]
fn a_chain_of_more_facts_than_a_page_has_columns_is_drawn() {
    for length in [8, 9, 10, 20, 59] {
        let picture = Picture::page(&chain(length)).expect("it is drawn");
        assert_eq!(
            (picture.nodes.len(), picture.arrows.len()),
            (length + 1, length)
        );
        assert!(picture.notes.is_empty(), "{:?}", picture.notes);
    }
}

#[test]
fn a_chain_that_alone_is_too_much_is_refused_for_its_length() {
    assert_eq!(
        Picture::page(&chain(70)).unwrap_err(),
        NoPicture::TooLong { boxes: 71 }
    );
    assert_eq!(
        Picture::whole(&chain(70))
            .expect("a tree has no page")
            .nodes
            .len(),
        71
    );
}

fn render(question: &[&str], file: &str) -> Output {
    let folder = std::env::temp_dir().join(format!(
        "hanjung-refused-{}-{}",
        std::process::id(),
        question.join("-")
    ));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join(file);
    let mut hanjung = Command::new(env!("CARGO_BIN_EXE_hanjung"));
    let output = hanjung
        .arg("render")
        .args(question)
        .arg("-o")
        .arg(&path)
        .output()
        .expect("hanjung can be run");
    assert_eq!(Path::new(&path).exists(), output.status.success());
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    output
}

/// What is refused as a picture, the words that say why, and whether it is drawn as a tree.
const REFUSED: [(&[&str], &str, bool); 13] = [
    (&["list", "firms"], "is a list", false),
    (&["find", "graphite"], "is a list", false),
    (&["documents"], "is a list", false),
    (&["coverage"], "is a list", false),
    (&["figures"], "is a list", false),
    (&["facts", "--claim", "Figure"], "joins two things", false),
    (&["timeline"], "can’t show days", true),
    (&["plans"], "can’t show days", true),
    (&["conflicts"], "can’t show days", true),
    (&["facts", "--claim", "Says"], "can’t show days", true),
    (
        &["show", "artificial-intelligence"],
        "can’t show days",
        true,
    ),
    (&["show", "china"], "can’t show days", true),
    (&["facts"], "too much for one picture", true),
];

#[test]
fn what_can_not_be_drawn_is_refused_alike_in_every_format_for_the_right_reason() {
    for (question, reason, is_tree) in REFUSED {
        for file in ["a.svg", "a.html", "a.dot", "a.mmd", "a.png", "a.pdf"] {
            let output = render(question, file);
            let words = String::from_utf8_lossy(&output.stderr);
            assert_eq!(
                output.status.code(),
                Some(2),
                "{question:?} {file}: {words}"
            );
            assert!(
                words.contains(reason)
                    && words.contains("hint: ")
                    && words.contains("--format csv"),
                "{question:?} {file}: {words}"
            );
        }
        assert_eq!(
            render(question, "a.txt").status.success(),
            is_tree,
            "{question:?}"
        );
    }
}

#[test]
fn what_can_be_read_is_drawn() {
    for question in [
        &["show", "posco-international"][..],
        &["show", "semiconductor"],
        &["show", "battery"],
        &["facts", "--claim", "Restricts"],
    ] {
        let output = render(question, "a.svg");
        assert!(
            output.status.success(),
            "{question:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
