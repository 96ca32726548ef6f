//! Diagrams: nothing covers anything, every word is in its box, arrows run where the graph says,
//! and the page is sound XML.

use hanjung::World;
use hanjung::facts::{EntityKind, Interval, Lang};
use hanjung::graph::{Channel, Follow, Standing};
use hanjung::query::Answer;
use hanjung::render::diagram::{
    Arrow, ArrowFact, Bend, CitedDocument, MOST_NODES, Picture, PictureNode, Placed, PlacedEdge,
    Point, Rect, Stage, Theme, place, svg,
};
use hanjung::request::{Filter, Question, Subject};
use proptest::prelude::*;

use crate::same_cases;

const STAGES: [Stage; 7] = [
    Stage::Origin,
    Stage::RawMaterial,
    Stage::Material,
    Stage::Component,
    Stage::Product,
    Stage::Maker,
    Stage::Buyer,
];

const WORDS: [&str; 8] = [
    "graphite",
    "Battery",
    "plant",
    "LG",
    "음극재",
    "石墨",
    "makers",
    "WWW",
];

const COUNTRIES: [Option<&str>; 4] = [None, Some("china"), Some("south-korea"), Some("peru")];

fn node(name: String, kind: EntityKind, stage: Stage, country: Option<&str>) -> PictureNode {
    PictureNode {
        node: "good",
        entity: Some(name.clone()),
        by: None,
        into: None,
        aspect: None,
        name,
        kind,
        country: country.map(str::to_owned),
        country_name: country.map(str::to_owned),
        stage,
        loss: None,
        is_asked: false,
        folded: Vec::new(),
    }
}

fn arrow(from: usize, to: usize, verb: &str) -> Arrow {
    let text = format!("{from} {verb} {to}");
    let fact = ArrowFact {
        fact: text.clone(),
        text,
        citation: "a-document p1".to_owned(),
        sources: vec![1],
        caveat: None,
    };
    Arrow {
        from,
        to,
        verb: verb.to_owned(),
        part: None,
        channel: Some(Channel::Inputs),
        standing: Standing::Documented,
        is_inferred: false,
        is_planned: false,
        facts: vec![fact],
    }
}

fn source(text: &str) -> CitedDocument {
    CitedDocument {
        number: 1,
        document: "a-document".to_owned(),
        text: text.to_owned(),
        passages: vec!["p1".to_owned()],
    }
}

fn any_node() -> impl Strategy<Value = PictureNode> {
    let name = proptest::collection::vec(0..WORDS.len(), 1..4);
    let loss = proptest::option::of((0.0..=0.5, 0.5..=1.0));
    (
        name,
        0..EntityKind::ALL.len(),
        0..STAGES.len(),
        0..COUNTRIES.len(),
        loss,
    )
        .prop_map(|(name, kind, stage, country, loss)| {
            let name = name
                .into_iter()
                .map(|word| WORDS[word])
                .collect::<Vec<_>>()
                .join(" ");
            let loss = loss.map(|(lo, hi)| Interval { lo, hi });
            PictureNode {
                loss,
                ..node(
                    name,
                    EntityKind::ALL[kind],
                    STAGES[stage],
                    COUNTRIES[country],
                )
            }
        })
}

const CAVEATS: [&str; 2] = ["certain items only", "by what it is measured is not said"];

/// Every third arrow without a caveat, every third with one, every third with two.
fn with_caveats((ix, mut arrow): (usize, Arrow)) -> Arrow {
    let fact = arrow.facts[0].clone();
    arrow.facts = (0..=2)
        .filter(|at| *at <= ix % 3)
        .map(|at| ArrowFact {
            caveat: [None, Some(0), Some(1)][at],
            ..fact.clone()
        })
        .collect();
    arrow
}

fn any_picture() -> impl Strategy<Value = Picture> {
    proptest::collection::vec(any_node(), 1..24).prop_flat_map(|nodes| {
        let ends = proptest::collection::btree_set((0..nodes.len(), 0..nodes.len()), 0..40);
        ends.prop_map(move |ends| {
            let arrows = ends
                .into_iter()
                .filter(|(from, to)| from != to)
                .map(|(from, to)| arrow(from, to, "goes into"));
            let arrows = arrows.enumerate().map(with_caveats).collect();
            let (sources, caveats) = (
                vec![source("A document")],
                CAVEATS.map(str::to_owned).into(),
            );
            Picture {
                nodes: nodes.clone(),
                arrows,
                sources,
                caveats,
                ..Picture::default()
            }
        })
    })
}

fn is_on_border(rect: &Rect, point: Point) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() < 0.01;
    let is_level = point.y >= rect.y - 0.01 && point.y <= rect.y + rect.height + 0.01;
    is_level && (near(point.x, rect.x) || near(point.x, rect.x + rect.width))
}

/// Whether an arrow runs through a rectangle, told by points along each of its curves.
fn is_on_arrow(rect: &Rect, edge: &PlacedEdge) -> bool {
    let mut start = edge.start;
    edge.bends.iter().any(|bend| {
        let from = std::mem::replace(&mut start, bend.end);
        (0..=200).any(|step| rect.holds(on_curve(from, bend, f64::from(step) / 200.0)))
    })
}

fn on_curve(start: Point, bend: &Bend, t: f64) -> Point {
    let s = 1.0 - t;
    let mix = |a: f64, b: f64, c: f64, d: f64| {
        s.powi(3) * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t.powi(3) * d
    };
    Point {
        x: mix(start.x, bend.leave.x, bend.reach.x, bend.end.x),
        y: mix(start.y, bend.leave.y, bend.reach.y, bend.end.y),
    }
}

fn ends_at_its_boxes(placed: &Placed, ix: usize) -> bool {
    let (arrow, edge) = (&placed.picture.arrows[ix], &placed.arrows[ix]);
    let end = edge.bends[edge.bends.len() - 1].end;
    is_on_border(&placed.nodes[arrow.from].rect, edge.start)
        && is_on_border(&placed.nodes[arrow.to].rect, end)
}

proptest! {
    #![proptest_config(same_cases(256))]

    #[test]
    fn nothing_covers_anything_and_words_stay_in_their_boxes(picture in any_picture()) {
        let placed = place(&picture);
        prop_assert_eq!(placed.overlaps(), 0);
        prop_assert_eq!(placed.clipped(), 0);
    }

    #[test]
    fn no_arrow_with_a_caveat_stands_without_its_letters(picture in any_picture()) {
        let placed = place(&picture);
        for (arrow, edge) in picture.arrows.iter().zip(&placed.arrows) {
            let letters = edge.mark.as_ref().map_or(String::new(), |mark| mark.lines.concat());
            prop_assert_eq!(letters, arrow.caveats());
        }
    }

    #[test]
    fn letters_and_words_stand_on_their_arrow(picture in any_picture()) {
        let placed = place(&picture);
        for edge in &placed.arrows {
            for text in edge.mark.iter().chain(&edge.label) {
                prop_assert!(is_on_arrow(&text.rect, edge), "{:?} {:?}", text, edge);
            }
        }
    }

    #[test]
    fn arrows_begin_and_end_at_the_borders_of_their_boxes(picture in any_picture()) {
        let placed = place(&picture);
        prop_assert!((0..picture.arrows.len()).all(|ix| ends_at_its_boxes(&placed, ix)));
    }

    #[test]
    fn arrows_run_to_the_right_where_there_is_no_circle(picture in any_picture()) {
        let arrows = picture.arrows.iter().filter(|arrow| arrow.from < arrow.to).cloned().collect();
        let picture = Picture { arrows, ..picture };
        let placed = place(&picture);
        for (arrow, edge) in picture.arrows.iter().zip(&placed.arrows) {
            prop_assert!(edge.bends[edge.bends.len() - 1].end.x > edge.start.x, "{} to {}", arrow.from, arrow.to);
        }
    }

    #[test]
    fn the_same_picture_gives_the_same_page_and_the_page_is_xml(picture in any_picture()) {
        let page = svg(&place(&picture), Theme::Auto);
        prop_assert_eq!(&page, &svg(&place(&picture), Theme::Auto));
        prop_assert!(roxmltree::Document::parse(&page).is_ok());
    }

    #[test]
    fn hostile_names_stay_text(name in "\\PC{0,40}|[\\x00-\\x1f<>&\"'\\\\]{1,20}") {
        let nodes = vec![
            node(name.clone(), EntityKind::Material, Stage::RawMaterial, Some("china")),
            node("b".to_owned(), EntityKind::Firm, Stage::Maker, None),
        ];
        let sources = vec![source(&name)];
        let picture = Picture { title: name.clone(), nodes, arrows: vec![arrow(0, 1, &name)], sources, ..Picture::default() };
        let page = svg(&place(&picture), Theme::Auto);
        let known = ["svg", "title", "style", "rect", "text", "g", "path"];
        let page = roxmltree::Document::parse(&page).expect("the page is XML");
        prop_assert!(page.descendants().filter(|node| node.is_element()).all(|node| known.contains(&node.tag_name().name())));
    }
}

#[test]
fn letters_go_with_their_arrow_where_parts_stand_side_by_side() {
    let nodes = (0..24).map(|ix| {
        let stage = [Stage::RawMaterial, Stage::Product][ix % 2];
        node(format!("good {ix}"), EntityKind::Product, stage, None)
    });
    let arrows = (0..12).map(|ix| arrow(2 * ix, 2 * ix + 1, "goes into"));
    let picture = Picture {
        nodes: nodes.collect(),
        arrows: arrows.enumerate().map(with_caveats).collect(),
        caveats: CAVEATS.map(str::to_owned).into(),
        ..Picture::default()
    };
    let placed = place(&picture);
    let left = |ix: &usize| placed.nodes[*ix].rect.x;
    assert!((0..24).any(|ix| left(&ix) > left(&1)), "no second strip");
    for edge in &placed.arrows {
        let mut letters = edge.mark.iter();
        assert!(letters.all(|mark| is_on_arrow(&mark.rect, edge)));
    }
}

#[test]
fn a_name_of_any_length_has_room_or_is_marked_as_shortened() {
    for name in [
        "x".repeat(10_000),
        "흑연 ".repeat(2_000),
        "\u{202e}".repeat(50),
    ] {
        let picture = Picture {
            nodes: vec![node(name, EntityKind::Product, Stage::Product, None)],
            ..Picture::default()
        };
        let placed = place(&picture);
        assert!(placed.nodes[0].lines.len() <= 4);
        assert!(placed.width < 400.0, "{}", placed.width);
    }
}

fn knowledge() -> World {
    World::built_in().expect("the built-in facts are sound")
}

fn subject(world: &World, id: &str) -> Subject {
    Subject::Entity(world.entity(id).expect("the entity is there"))
}

fn dependents(id: &str) -> Answer {
    let world = knowledge();
    let of = subject(&world, id);
    world.answer(
        &Question::Dependents {
            of: of.into(),
            filter: Filter::default(),
            follow: Follow::default(),
        },
        Lang::En,
    )
}

/// The names along which a chain can be read off the picture, between two names.
fn is_readable(picture: &Picture, from: &str, to: &str) -> bool {
    let start = picture
        .nodes
        .iter()
        .position(|node| node.name == from)
        .expect(from);
    let (mut seen, mut open) = (vec![start], vec![start]);
    while let Some(node) = open.pop() {
        for arrow in picture.arrows.iter().filter(|arrow| arrow.from == node) {
            if !seen.contains(&arrow.to) {
                seen.push(arrow.to);
                open.push(arrow.to);
            }
        }
    }
    seen.iter().any(|&node| picture.nodes[node].name == to)
}

#[test]
fn a_small_answer_is_drawn_whole() {
    let answer = dependents("graphite");
    let picture = Picture::new(&answer);
    for row in &answer.rows {
        let entity = row.entity.as_ref().expect("a dependent");
        assert!(
            picture
                .nodes
                .iter()
                .any(|node| node.entity.as_ref() == Some(&entity.id)),
            "{}",
            entity.id
        );
        assert!(
            is_readable(&picture, "graphite", &entity.name),
            "{}",
            entity.id
        );
    }
    assert!(picture.nodes.iter().all(|node| node.folded.is_empty()));
}

#[test]
fn a_large_answer_is_cut_to_a_page_and_says_what_was_left_out() {
    let answer = dependents("china");
    let picture = Picture::new(&answer);
    assert!(picture.nodes.len() <= MOST_NODES, "{}", picture.nodes.len());
    let is_drawn = |name: &str| {
        picture
            .nodes
            .iter()
            .any(|node| node.name == name || node.folded.iter().any(|member| member.name == name))
    };
    let names = answer
        .rows
        .iter()
        .filter_map(|row| Some(row.entity.as_ref()?.name.as_str()));
    let left: Vec<&str> = names.filter(|name| !is_drawn(name)).collect();
    let note = picture
        .notes
        .iter()
        .find(|note| note.starts_with("Left out"))
        .expect("it says what was left out");
    assert!(
        note.contains(&format!("of {} rows", answer.rows.len())),
        "{note}"
    );
    assert!(
        !left.is_empty() && left.iter().take(10).all(|name| note.contains(name)),
        "{left:?}: {note}"
    );
}

#[test]
fn every_arrow_cites_what_it_rests_on() {
    let answer = dependents("graphite");
    let picture = Picture::new(&answer);
    for fact in picture.arrows.iter().flat_map(|arrow| &arrow.facts) {
        let cited = answer.facts[&fact.fact]
            .evidence
            .iter()
            .filter_map(|evidence| evidence.document.as_ref());
        for document in cited {
            assert!(
                fact.sources
                    .iter()
                    .any(|&number| picture.sources[number - 1].document == *document),
                "{}",
                fact.fact
            );
        }
    }
}

#[test]
fn arrows_are_worded_from_what_is_depended_on() {
    let picture = Picture::new(&dependents("graphite"));
    let node = |name: &str| {
        picture
            .nodes
            .iter()
            .position(|node| node.name == name)
            .unwrap()
    };
    let (graphite, anode) = (node("graphite"), node("graphite anode"));
    let arrow = picture
        .arrows
        .iter()
        .find(|arrow| arrow.from == graphite && arrow.to == anode)
        .unwrap();
    assert_eq!(
        (arrow.verb.as_str(), arrow.facts[0].text.as_str()),
        ("goes into", "graphite goes into graphite anode")
    );
}

#[test]
fn an_arrow_tells_a_part_only_of_the_very_box_it_leads_to() {
    let world = knowledge();
    let (of, to) = (
        subject(&world, "samsung-electronics"),
        subject(&world, "china"),
    );
    let question = Question::Exposure {
        of: of.into(),
        to: to.into(),
        follow: Follow::default(),
    };
    let picture = Picture::new(&world.answer(&question, Lang::En));
    let part = |to: &str| {
        let from_plant = |arrow: &&Arrow| picture.nodes[arrow.from].node == "plant";
        let mut arrows = picture
            .arrows
            .iter()
            .filter(from_plant)
            .filter(|arrow| picture.nodes[arrow.to].name == to);
        arrows
            .next()
            .unwrap_or_else(|| panic!("no arrow to {to}"))
            .part
            .clone()
    };
    assert_eq!(
        part("NAND flash from Samsung Electronics").as_deref(),
        Some("40 % or more")
    );
    assert_eq!(
        part("Samsung Electronics"),
        None,
        "40 % is of its NAND flash, not of the firm"
    );
}

#[test]
fn pictures_of_the_built_in_facts_have_no_faults() {
    for id in [
        "graphite",
        "china",
        "rare-earths",
        "semiconductor",
        "lithium",
        "south-korea",
    ] {
        let picture = Picture::new(&dependents(id));
        let placed = place(&picture);
        let faults = [
            placed.crossings,
            placed.overlaps(),
            placed.clipped(),
            placed.unlabelled(),
        ];
        assert_eq!(
            faults, [0; 4],
            "{id}: crossings, overlaps, clipped words, arrows without words"
        );
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = std::env::temp_dir().join(format!("hanjung-diagrams-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let draw = |from: &str, file: &str| {
        let mut hanjung = std::process::Command::new(env!("CARGO_BIN_EXE_hanjung"));
        hanjung
            .args(["render", "why", from, "graphite", "-o"])
            .arg(folder.join(file));
        hanjung.output().expect("hanjung can be run").status.code()
    };
    assert_eq!(draw("graphite-anode", "picture.svg"), Some(0));
    let page = std::fs::read_to_string(folder.join("picture.svg")).expect("the picture is there");
    assert!(roxmltree::Document::parse(&page).is_ok());
    assert_eq!(draw("no-such-thing", "other.svg"), Some(2));
    assert_eq!(draw("graphite-anode", "picture.gif"), Some(2));
    let files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    std::fs::remove_dir_all(&folder).expect("the folder of the test can be removed");
    assert_eq!(files, ["picture.svg"]);
}
