//! Answers as JSON, in one envelope for every question.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Value, json};

use crate::facts::Catalogue;
use crate::query::{Answer, Asked, Coverage, DocumentView, EntityView, FactView, Misunderstanding, Row};

/// The version of the envelope.
const FORMAT: u32 = 1;

/// How a question went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// There are rows.
    Answered,
    /// The question was understood, but the data holds nothing on it.
    Empty,
    /// A name is unknown.
    UnknownName,
    /// A name may mean several things.
    Ambiguous,
    /// The question was not understood.
    NotUnderstood,
}

/// Writes an answer as JSON.
pub(super) fn json(answer: &Answer) -> String {
    let outcome = if answer.is_empty() { Outcome::Empty } else { Outcome::Answered };
    pretty(&Envelope {
        format: FORMAT,
        outcome,
        question: &answer.question,
        answer: Body { title: &answer.title, rows: &answer.rows, aside: &answer.aside, notes: &answer.notes },
        entities: &answer.entities,
        facts: &answer.facts,
        documents: &answer.documents,
        method: &answer.method,
        coverage: &answer.coverage,
    })
}

/// The fields in the order in which they are read.
#[derive(Serialize)]
struct Envelope<'a> {
    format: u32,
    outcome: Outcome,
    question: &'a Asked,
    answer: Body<'a>,
    entities: &'a IndexMap<String, EntityView>,
    facts: &'a IndexMap<String, FactView>,
    documents: &'a IndexMap<String, DocumentView>,
    method: &'a str,
    coverage: &'a Coverage,
}

#[derive(Serialize)]
struct Body<'a> {
    title: &'a str,
    rows: &'a [Row],
    aside: &'a [Row],
    notes: &'a [String],
}

/// Writes as JSON why a question could not be made out of words, with what may have been meant.
pub fn misunderstanding_as_json(catalogue: &Catalogue, fault: &Misunderstanding) -> String {
    let (outcome, question, candidates) = match fault {
        Misunderstanding::UnknownName { name, nearest } => {
            (Outcome::UnknownName, json!({ "name": name }), nearest.as_slice())
        }
        Misunderstanding::Ambiguous { name, candidates } => {
            (Outcome::Ambiguous, json!({ "name": name }), candidates.as_slice())
        }
        Misunderstanding::NotUnderstood { question } => (Outcome::NotUnderstood, json!({ "text": question }), &[][..]),
    };
    let candidates: Vec<Value> = candidates
        .iter()
        .map(|&ix| &catalogue[ix])
        .map(|entity| json!({ "id": entity.id, "kind": entity.kind.noun(), "name": entity.en }))
        .collect();
    pretty(&json!({ "format": FORMAT, "outcome": outcome, "question": question, "candidates": candidates }))
}

fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("a JSON value can always be written");
    text + "\n"
}
