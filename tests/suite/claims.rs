//! No claim is forgotten: one fact of each, made from its row of the vocabulary alone, is listed,
//! drawn, told in time, placed, added up and measured as the row says.

use std::collections::BTreeMap;

use hanjung::World;
use hanjung::diagnostic::Code;
use hanjung::facts::{CLAIMS, ClaimForm, EntityKind, FieldForm, KindSet, Role, Slot, Tie, Whole};
use hanjung::query::{Answer, Row};
use hanjung::render::diagram::Picture;
use hanjung::request::{FactFilter, FigureFilter, Question};

use crate::small::Asked;

/// A fact of a claim in which all fields are filled but flags; fields of entities with one of
/// their own for each field.
#[derive(Clone)]
struct Made {
    form: &'static ClaimForm,
    fields: BTreeMap<&'static str, String>,
    since: Option<&'static str>,
    status: &'static str,
}

const SOMETHING: &str = "something to say";

impl Made {
    fn new(form: &'static ClaimForm) -> Made {
        let fields = form.fields.iter().enumerate();
        let filled =
            fields.filter_map(|(at, field)| Some((field.field.word(), filling(field, at)?)));
        Made {
            form,
            fields: filled.collect(),
            since: Some("2024-03"),
            status: "Reported",
        }
    }

    fn without(mut self, is_left_out: impl Fn(&FieldForm) -> bool) -> Made {
        for field in self.form.fields.iter().filter(|field| is_left_out(field)) {
            self.fields.remove(field.field.word());
        }
        self
    }

    /// The same with another entity in a role.
    fn with_another(mut self, role: Role) -> Made {
        let field = self.form.fields_of(role).next().expect("somebody plays it");
        let another = filling(field, self.form.fields.len());
        self.fields
            .insert(field.field.word(), another.expect("it is an entity"));
        self
    }

    fn text(&self) -> String {
        let since = self.since.map(|day| ("since", format!("\"{day}\"")));
        let fields = self
            .fields
            .iter()
            .map(|(name, value)| (*name, value.clone()));
        let fields: String = fields
            .chain(since)
            .map(|(name, value)| format!("{name}: {value}, "))
            .collect();
        let (claim, status) = (self.form.claim, self.status);
        format!("{claim}({fields}evidence: [{status}(doc: \"d\", at: \"p1\")]),\n")
    }

    fn asked(&self) -> Asked {
        Asked::of_text(&world([self.clone()]))
    }

    /// The id of the entity in a field.
    fn end(&self, field: &FieldForm) -> &str {
        let text = self.fields[field.field.word()].trim_matches(['[', ']', '"']);
        assert!(!field.roles.is_empty(), "{text} is no entity");
        text
    }

    fn player(&self, role: Role) -> &str {
        self.end(self.form.fields_of(role).next().expect("somebody plays it"))
    }
}

/// What a field may hold; entities of one number are the same.
fn filling(field: &FieldForm, number: usize) -> Option<String> {
    let entity = |kinds| format!("\"{}\"", id(kinds, number));
    Some(match field.slot {
        Slot::One(kinds) => entity(kinds),
        Slot::Many(kinds) => format!("[{}]", entity(kinds)),
        Slot::Text => format!("\"{SOMETHING}\""),
        Slot::Choice(words) => format!("\"{}\"", words[0]),
        Slot::Share => "Exactly(0.6)".to_owned(),
        Slot::Amount => "(Exactly(1), \"tonnes\")".to_owned(),
        Slot::Date | Slot::Period => "\"2023-05\"".to_owned(),
        _ => return None,
    })
}

const LETTERS: &str = "abcdefghij";

fn id(kinds: KindSet, number: usize) -> String {
    let mut fitting = EntityKind::ALL.iter().filter(|kind| kinds.contains(**kind));
    let kind = fitting.next().expect("some kind may stand in it");
    format!("{}-{}", kind.noun(), &LETTERS[number..=number])
}

/// The text of a world with these facts.
fn world(facts: impl IntoIterator<Item = Made>) -> String {
    let document = "Document(id: \"d\", title: \"D\", publisher: \"P\", date: \"2025\"),\n";
    let kinds = EntityKind::ALL.iter();
    let entities = kinds.flat_map(|kind| LETTERS.chars().map(|letter| declared(*kind, letter)));
    let facts = facts.into_iter().map(|fact| fact.text());
    let text: String = entities.chain(facts).collect();
    format!("[{document}{text}]")
}

fn declared(kind: EntityKind, letter: char) -> String {
    let noun = kind.noun();
    format!("{kind}(id: \"{noun}-{letter}\", en: \"{noun} {letter}\"),\n")
}

fn facts_of(form: &ClaimForm) -> Question {
    Question::Facts(FactFilter {
        claims: vec![form.claim],
        ..FactFilter::default()
    })
}

fn row_with_facts(answer: &Answer) -> Option<&Row> {
    answer.rows.iter().find(|row| !row.facts.is_empty())
}

#[test]
fn facts_of_a_heading_are_listed_together() {
    let mut groups = BTreeMap::new();
    for form in CLAIMS {
        let answer = Made::new(form).asked().ask(&facts_of(form));
        let group = row_with_facts(&answer).expect("it is listed").group;
        let known = *groups.entry(form.heading).or_insert(group);
        assert_eq!(known, group, "{}", form.claim);
    }
    let mut words: Vec<&str> = groups.into_values().collect();
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all, "two headings have the same words");
}

#[test]
fn facts_are_drawn_as_arrows_between_those_who_play_the_roles_of_their_ends() {
    for form in CLAIMS {
        let made = Made::new(form);
        let picture = Picture::whole(&made.asked().ask(&facts_of(form)));
        let Some(arrow) = form.arrow else {
            assert!(picture.is_err(), "{} has no arrow", form.claim);
            continue;
        };
        let picture = picture.expect("it is drawn");
        let [drawn] = &picture.arrows[..] else {
            panic!("{}: {:?}", form.claim, picture.arrows)
        };
        let end = |node: usize| picture.nodes[node].entity.as_deref();
        let to = form.fields_of(arrow.to[0]).last().expect("it has an end");
        let ends = [Some(made.player(arrow.from)), Some(made.end(to))];
        assert_eq!([end(drawn.from), end(drawn.to)], ends, "{}", form.claim);
        let is_filled = !drawn.verb.is_empty() && !drawn.verb.contains(['{', '}']);
        assert!(is_filled, "{}: {}", form.claim, drawn.verb);
        let has_part = form.shares().any(|(_, of)| of.whole != Whole::Business);
        assert_eq!(drawn.part.is_some(), has_part, "{}", form.claim);
        assert_eq!(drawn.is_planned, !form.mood.is_of_facts(), "{}", form.claim);
    }
}

#[test]
fn facts_are_told_by_whatever_date_they_have() {
    let timeline = Question::Timeline { of: None };
    let date = |made: &Made| row_with_facts(&made.asked().ask(&timeline))?.date.clone();
    for form in CLAIMS {
        let undated = Made {
            since: None,
            ..Made::new(form).without(is_day)
        };
        let dated = Made {
            since: Some("2024-03"),
            ..undated.clone()
        };
        assert_eq!(date(&undated), None, "{}", form.claim);
        assert_eq!(date(&dated).as_deref(), Some("2024-03"), "{}", form.claim);
        for day in form.fields.iter().filter(|field| is_day(field)) {
            let only_by_day = Made {
                since: None,
                ..Made::new(form).without(|field| is_day(field) && field.field != day.field)
            };
            assert!(
                date(&only_by_day).is_some(),
                "{}: {}",
                form.claim,
                day.field
            );
        }
    }
}

fn is_day(field: &FieldForm) -> bool {
    matches!(field.slot, Slot::Date | Slot::Period)
}

#[test]
fn what_is_meant_to_be_is_told_among_plans_and_what_is_so_is_not() {
    let plans = Question::Plans { of: None };
    for form in CLAIMS {
        let reported = Made::new(form);
        let planned = Made {
            status: "Plan",
            ..reported.clone()
        };
        let is_told = |made: Made| row_with_facts(&made.asked().ask(&plans)).is_some();
        assert_eq!(is_told(reported), form.mood.is_intent(), "{}", form.claim);
        assert!(is_told(planned), "{}", form.claim);
    }
}

#[test]
fn what_is_tied_to_a_place_is_listed_there_and_nothing_else() {
    for form in CLAIMS {
        let made = Made::new(form);
        let asked = made.asked();
        let placing = [Tie::StandsIn, Tie::PartOf, Tie::SeatedIn];
        let tied = placing.iter().find_map(|tie| form.tie(*tie));
        for field in form.fields.iter().filter(|field| !field.roles.is_empty()) {
            let question = Question::List {
                kinds: Vec::new(),
                within: Some(asked.entity(made.end(field)).into()),
                from: None,
            };
            let is_place = tied.is_some_and(|tied| field.roles.contains(&tied.other));
            let expected = tied.filter(|_| is_place).map(|tied| made.player(tied.one));
            assert_eq!(listed(&asked.ask(&question)), expected, "{}", form.claim);
        }
    }
}

fn listed(answer: &Answer) -> Option<&str> {
    let entities = answer.rows.iter().filter_map(|row| row.entity.as_ref());
    let mut ids = entities.map(|entity| entity.id.as_str());
    let first = ids.next();
    assert_eq!(ids.next(), None);
    first
}

#[test]
fn shares_of_one_whole_are_added_up_and_those_of_two_are_not() {
    for form in CLAIMS {
        for (field, of) in form.shares() {
            let first =
                Made::new(form).without(|other| other.share_of.is_some() && other.field != field);
            for role in [Some(of.of), of.good, Some(of.holder)]
                .into_iter()
                .flatten()
            {
                let second = first.clone().with_another(role);
                let is_of_one_whole = role == of.holder;
                let faults = faults([first.clone(), second]);
                assert_eq!(
                    faults.contains(&Code::SharesExceedWhole),
                    is_of_one_whole,
                    "{}: {field}, {role}",
                    form.claim
                );
            }
        }
    }
}

fn faults(facts: [Made; 2]) -> Vec<Code> {
    let loaded = World::of_texts([("facts.ron", world(facts))]);
    let diagnostics = loaded.err().map(|bad| bad.diagnostics).unwrap_or_default();
    diagnostics.iter().map(|fault| fault.code).collect()
}

#[test]
fn amounts_are_found_by_what_they_measure() {
    for form in CLAIMS {
        let figures = Question::Figures(FigureFilter {
            measure: Some(measured(form)),
            ..FigureFilter::default()
        });
        let answer = Made::new(form).asked().ask(&figures);
        let has_amounts = form.fields.iter().any(|field| field.slot == Slot::Amount);
        assert_eq!(
            row_with_facts(&answer).is_some(),
            has_amounts,
            "{}",
            form.claim
        );
    }
}

/// What the amounts of a made-up fact measure.
fn measured(form: &ClaimForm) -> String {
    let restriction = form
        .measure
        .replace("{measure} rate", "export-control rate");
    restriction
        .replace("{measure}", SOMETHING)
        .replace("{what}", SOMETHING)
}
