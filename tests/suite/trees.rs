//! Pictures as trees of text: word for word, no wider than asked, each arrow once.
//!
//! `HANJUNG_BLESS=1 cargo test --test suite trees::` writes the trees of now into
//! `tests/goldens/trees/`; read the diff before you commit it.

use std::path::Path;

use hanjung::World;
use hanjung::data::Origin;
use hanjung::facts::Lang;
use hanjung::graph::Follow;
use hanjung::render::diagram::{Picture, tree};
use hanjung::request::{Cut, Filter, Question, Subject};
use unicode_width::UnicodeWidthStr;

fn knowledge() -> World {
    let folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/data")];
    World::load(&Origin {
        built_in: false,
        folders,
    })
    .expect("the facts of the goldens are sound")
}

fn pictures(world: &World, lang: Lang) -> Vec<(&'static str, Picture)> {
    let entity = |id: &str| world.entity(id).expect(id);
    let of = |id: &str| Subject::Entity(entity(id));
    let (filter, follow) = (Filter::default, Follow::default);
    let questions = [
        (
            "dependents",
            Question::Dependents {
                of: of("graphite").into(),
                filter: filter(),
                follow: follow(),
            },
        ),
        (
            "dependencies",
            Question::Dependencies {
                of: of("motorco").into(),
                filter: filter(),
                follow: follow(),
            },
        ),
        (
            "why",
            Question::Why {
                through: None,
                from: of("motorco").into(),
                to: of("china").into(),
                follow: follow(),
                most: 3,
            },
        ),
        (
            "exposed",
            Question::Exposed {
                to: of("china").into(),
                filter: filter(),
                follow: follow(),
            },
        ),
        (
            "show",
            Question::Show {
                of: entity("south-korea").into(),
            },
        ),
        ("plans", Question::Plans { of: None }),
    ];
    questions
        .map(|(name, question)| {
            (
                name,
                Picture::whole(&world.answer(&question, lang)).expect(name),
            )
        })
        .into()
}

#[test]
fn trees_are_what_the_goldens_hold() {
    let world = knowledge();
    for (name, picture) in pictures(&world, Lang::En) {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/goldens/trees/{name}.txt"));
        let now = tree(&picture, 80);
        if std::env::var_os("HANJUNG_BLESS").is_some() {
            std::fs::write(&path, now).expect("the golden can be written");
        } else {
            let golden = std::fs::read_to_string(&path)
                .unwrap_or_default()
                .replace("\r\n", "\n");
            assert_eq!(
                now, golden,
                "{name}; to accept: HANJUNG_BLESS=1 cargo test --test suite trees::"
            );
        }
    }
}

#[test]
fn no_line_is_wider_than_asked_in_any_language() {
    let world = knowledge();
    let own = World::built_in().expect("the built-in facts are sound");
    let china = Subject::Entity(own.entity("china").expect("china is there"));
    let question = Question::Dependents {
        of: china.into(),
        filter: Filter::default(),
        follow: Follow::default(),
    };
    for lang in [Lang::En, Lang::Ko, Lang::Zh] {
        let large = (
            "china",
            Picture::whole(&own.answer(&question, lang)).expect("china"),
        );
        for (name, picture) in pictures(&world, lang).into_iter().chain([large]) {
            for width in [40, 60, 80, 100] {
                let text = tree(&picture, width);
                let wide = text.lines().find(|line| line.width() > width);
                assert_eq!(wide, None, "{name} at {width}");
            }
        }
    }
}

#[test]
fn a_tree_has_no_page_and_leaves_out_nothing() {
    let world = World::built_in().expect("the built-in facts are sound");
    let china = Subject::Entity(world.entity("china").expect("china is there"));
    let (filter, follow) = (Filter::default(), Follow::default());
    let answer = world.answer(
        &Question::WhatIf {
            cuts: vec![Cut::whole(china)],
            filter,
            follow,
        },
        Lang::En,
    );
    let text = tree(&Picture::whole(&answer).expect("it has a picture"), 1000);
    assert!(!text.contains("Left out"), "{text}");
    for name in answer
        .rows
        .iter()
        .filter_map(|row| Some(&row.entity.as_ref()?.name))
    {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn every_arrow_and_every_node_stands_in_the_tree() {
    let world = knowledge();
    for (name, picture) in pictures(&world, Lang::En) {
        let text = tree(&picture, 1000);
        let arrows = text
            .lines()
            .filter(|line| line.contains(" → ") || line.contains(" ← "))
            .count();
        assert_eq!(arrows, picture.arrows.len(), "{name}");
        assert!(
            picture.nodes.iter().all(|node| text.contains(&node.name)),
            "{name}"
        );
        assert!(
            picture
                .arrows
                .iter()
                .flat_map(|arrow| &arrow.facts)
                .all(|fact| text.contains(&fact.citation)),
            "{name}"
        );
    }
}
