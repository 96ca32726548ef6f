//! Answers out of facts that mean harm, or are absurdly many: no text of theirs steers a terminal,
//! a spreadsheet or Markdown, and no chain of theirs is too long to be told.

use std::thread;

use hanjung::World;
use hanjung::facts::Lang;
use hanjung::graph::Follow;
use hanjung::query::{
    Answer, Cause, Derivation, EntityView, FactView, NodeView, ReadingView, Row, Step,
};
use hanjung::render::{Format, Layout, render};
use hanjung::request::{Cut, FactFilter, Filter, Question, Subject};

/// Steers a terminal, turns the line round, breaks out of the line, and is markup.
const HOSTILE: &str = "=1\u{1b}]0;PWN\u{7}\u{1b}[2J\u{9b}31m\u{85}\u{7f}\u{8}\0\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}\u{2029}\r- item\r\n---\n# head\n    code\t&lt;<b>`~~*_[x](http://y) www.z";

fn poison(text: &mut String) {
    *text = format!("{HOSTILE}{text}{HOSTILE}");
}

fn poison_if(text: &mut Option<String>) {
    text.iter_mut().for_each(poison);
}

fn poison_node(node: &mut NodeView) {
    poison(&mut node.name);
}

fn poison_entity(entity: &mut EntityView) {
    poison(&mut entity.name);
}

fn poison_reading(reading: &mut ReadingView) {
    poison(&mut reading.text);
}

fn poison_step(step: &mut Step) {
    poison_node(&mut step.from);
    poison_node(&mut step.to);
    step.share_of
        .as_deref_mut()
        .into_iter()
        .for_each(poison_node);
    step.facts
        .iter_mut()
        .chain(&mut step.figures)
        .for_each(poison_reading);
}

fn poison_derivation(derivation: &mut Derivation) {
    poison_node(&mut derivation.of);
    if let Cause::Need { terms, .. } = &mut derivation.by {
        for term in terms {
            poison_step(&mut term.step);
            poison_derivation(&mut term.of);
        }
    }
}

fn poison_row(row: &mut Row) {
    row.entity
        .iter_mut()
        .chain(&mut row.with)
        .for_each(poison_entity);
    row.output.iter_mut().for_each(poison_node);
    poison_if(&mut row.date);
    let others = row.alternatives.iter_mut().map(|other| &mut other.step);
    row.steps.iter_mut().chain(others).for_each(poison_step);
    row.facts.iter_mut().for_each(poison_reading);
    row.derivations.iter_mut().for_each(poison_derivation);
    row.remarks.iter_mut().for_each(poison);
}

fn poison_fact(fact: &mut FactView) {
    fact.fields
        .values_mut()
        .chain([&mut fact.text, &mut fact.reversed, &mut fact.at])
        .for_each(poison);
    let of_fact = [
        &mut fact.since,
        &mut fact.until,
        &mut fact.as_of,
        &mut fact.note,
        &mut fact.conflict,
    ];
    of_fact.into_iter().for_each(poison_if);
    for evidence in &mut fact.evidence {
        [&mut evidence.passage, &mut evidence.by, &mut evidence.note]
            .into_iter()
            .for_each(poison_if);
    }
}

/// An answer in which all text means harm; ids stay, by which its parts hang together.
fn poisoned(mut answer: Answer) -> Answer {
    poison(&mut answer.title);
    poison(&mut answer.method);
    answer.notes.push(String::new());
    answer.notes.iter_mut().for_each(poison);
    let instead = answer
        .instead
        .iter_mut()
        .flat_map(|instead| &mut instead.rows);
    answer
        .rows
        .iter_mut()
        .chain(&mut answer.aside)
        .chain(instead)
        .for_each(poison_row);
    answer.facts.values_mut().for_each(poison_fact);
    answer.entities.values_mut().for_each(poison_entity);
    for document in answer.documents.values_mut() {
        [
            &mut document.title,
            &mut document.publisher,
            &mut document.date,
        ]
        .into_iter()
        .for_each(poison);
        document.care.get_or_insert_default();
        poison_if(&mut document.care);
    }
    answer
}

fn questions(world: &World) -> Vec<Question> {
    let entity = |id: &str| world.entity(id).unwrap();
    let subject = |id: &str| Subject::Entity(entity(id));
    let (filter, follow) = (Filter::default(), Follow::default());
    let cuts = vec![Cut::whole(subject("china"))];
    vec![
        Question::Dependents {
            of: subject("graphite").into(),
            filter: filter.clone(),
            follow,
        },
        Question::Why {
            through: None,
            from: subject("hyundai-motor-group").into(),
            to: subject("graphite").into(),
            follow,
            most: 3,
        },
        Question::WhatIf {
            cuts: cuts.clone(),
            filter,
            follow,
        },
        Question::Explain {
            cuts,
            of: subject("hyundai-motor-group").into(),
            follow,
        },
        Question::Sector {
            of: entity("lithium-ion-battery").into(),
            within: None,
            from: None,
        },
        Question::Show {
            of: entity("graphite").into(),
        },
        Question::Documents,
        Question::Facts(FactFilter::default()),
        Question::Timeline { of: None },
        Question::Conflicts,
        Question::Coverage,
    ]
}

fn steers(letter: char) -> bool {
    let turns = matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    letter.is_control() && letter != '\n' || turns
}

/// How each question is answered with harmless and with hostile words.
fn both_ways(format: Format, layout: &Layout) -> Vec<(String, String)> {
    let world = World::built_in().unwrap();
    let answers = questions(&world)
        .into_iter()
        .map(|question| world.answer(&question, Lang::En));
    answers
        .map(|answer| {
            (
                render(&answer, format, layout),
                render(&poisoned(answer), format, layout),
            )
        })
        .collect()
}

#[test]
fn no_answer_steers_a_terminal() {
    for format in [Format::Text, Format::Json, Format::Csv, Format::Markdown] {
        for (_, hostile) in both_ways(format, &Layout::default()) {
            assert_eq!(
                hostile.chars().find(|&letter| steers(letter)),
                None,
                "{format:?}: {hostile}"
            );
            assert!(hostile.contains("PWN"));
        }
    }
}

#[test]
fn a_styled_answer_has_no_styles_but_its_own() {
    let layout = Layout {
        styles: true,
        ..Layout::default()
    };
    for (_, hostile) in both_ways(Format::Text, &layout) {
        let text = anstream::adapter::strip_str(&hostile).to_string();
        assert_eq!(text.chars().find(|&letter| steers(letter)), None, "{text}");
        assert!(
            text.contains("[2J") && !hostile.contains("\u{1b}[2J") && !hostile.contains("\u{1b}]")
        );
    }
}

#[test]
fn no_cell_is_a_formula_and_no_text_breaks_a_line() {
    for (harmless, hostile) in both_ways(Format::Csv, &Layout::default()) {
        let rows = |text: &str| -> Vec<Vec<String>> {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            reader
                .records()
                .map(|row| row.unwrap().iter().map(str::to_owned).collect())
                .collect()
        };
        assert_eq!(rows(&harmless).len(), rows(&hostile).len());
        for cell in rows(&hostile).iter().flatten() {
            assert!(
                !cell.trim_start().starts_with(['=', '+', '-', '@', '＝']) && !cell.contains('\n'),
                "{cell}"
            );
        }
        assert_eq!(hostile.lines().count(), harmless.lines().count());
    }
}

#[test]
fn no_text_is_markup_of_its_own() {
    for (harmless, hostile) in both_ways(Format::Markdown, &Layout::default()) {
        // A note was added, with a blank line before it.
        assert_eq!(hostile.lines().count(), harmless.lines().count() + 2);
        for mark in [
            "\n---", "\n# head", "\n- item", "    code", " <b>", " &lt;", "~~", "http:", "www.z",
        ] {
            assert!(!hostile.contains(mark), "{mark:?}: {hostile}");
        }
    }
}

#[test]
fn json_says_what_was_meant() {
    let world = World::built_in().unwrap();
    let documents = poisoned(world.answer(&Question::Documents, Lang::En));
    let read: serde_json::Value =
        serde_json::from_str(&render(&documents, Format::Json, &Layout::default())).unwrap();
    assert_eq!(read["answer"]["title"], documents.title);
}

/// A firm that uses the first of many goods, each of which needs the next; or the first alone,
/// which needs all others.
fn chain(goods: usize, is_star: bool) -> World {
    let cited = r#"evidence: [Reported(doc: "d", at: "p1")]"#;
    let mut text =
        r#"[Document(id: "d", title: "D", publisher: "P", date: "2025"), Firm(id: "firm", en: "Firm"),"#.to_owned();
    for good in 0..goods {
        text += &format!("Material(id: \"m{good}\", en: \"material {good}\"),\n");
    }
    for good in 1..goods {
        let of = if is_star { 0 } else { good - 1 };
        text += &format!("Needs(good: \"m{of}\", input: \"m{good}\", {cited}),\n");
    }
    text += &format!("Uses(by: \"firm\", good: \"m0\", {cited})]");
    World::of_texts([("a.ron", text)]).unwrap()
}

fn explained(world: &World, cuts: &[String]) -> Answer {
    let subject = |id: &str| Subject::Entity(world.entity(id).unwrap());
    let cuts = cuts.iter().map(|id| Cut::whole(subject(id))).collect();
    let question = Question::Explain {
        cuts,
        of: subject("firm").into(),
        follow: Follow::default(),
    };
    world.answer(&question, Lang::En)
}

/// The steps that a derivation tells.
fn steps(derivation: &Derivation) -> usize {
    match &derivation.by {
        Cause::Need { terms, .. } => terms.iter().map(|term| 1 + steps(&term.of)).sum(),
        _ => 0,
    }
}

#[test]
fn a_long_chain_is_explained_on_a_small_stack() {
    let explain = || {
        const GOODS: usize = 6_000;
        let world = chain(GOODS, false);
        let answer = explained(&world, &[format!("m{}", GOODS - 1)]);
        let most = &answer.rows[0].derivations[1];
        // That the firm uses the first good is two: that it takes it in, and that this is lost.
        assert_eq!(steps(most) + most.omitted, 2 + GOODS - 1);
        for format in [Format::Text, Format::Json, Format::Csv, Format::Markdown] {
            let text = render(&answer, format, &Layout::default());
            let says = if format == Format::Json {
                format!("\"omitted\": {}", most.omitted)
            } else {
                "not shown".into()
            };
            assert!(
                text.contains(&says) && text.lines().count() < 4_000,
                "{format:?}"
            );
        }
    };
    thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(explain)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn a_wide_explanation_is_cut_and_says_so() {
    const GOODS: usize = 500;
    let world = chain(GOODS, true);
    let cuts: Vec<String> = (1..GOODS).map(|good| format!("m{good}")).collect();
    for derivation in &explained(&world, &cuts).rows[0].derivations {
        assert!(steps(derivation) <= 100);
    }
    let short = explained(&chain(20, false), &["m19".to_owned()]);
    assert!(
        short.rows[0]
            .derivations
            .iter()
            .all(|derivation| derivation.omitted == 0)
    );
    assert!(!render(&short, Format::Text, &Layout::default()).contains("not shown"));
}
