//! Answers as JSON, in one envelope for every question.

use indexmap::IndexMap;
use serde::Serialize;

use super::plain::numbered;
use crate::query::{Answer, Asked, Coverage, DocumentView, EntityView, FactView, Instead, Row};

/// The version of the envelope.
pub(super) const FORMAT: u32 = 1;

/// How a question went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
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
    /// A name or a question is longer than any that could be meant.
    TooLong,
    /// A word that must be one of a few, such as a kind or a document, is none of them.
    UnknownWord,
    /// What stands on the command line is no command.
    BadUsage,
    /// The data or the documents can't be used.
    BadData,
    /// The answer can't be drawn.
    NotDrawn,
    /// What was to be written could not be written.
    NotWritten,
}

/// Writes an answer as JSON.
pub(super) fn json(answer: &Answer) -> String {
    let outcome = if answer.is_empty() {
        Outcome::Empty
    } else {
        Outcome::Answered
    };
    pretty(&Envelope {
        format: FORMAT,
        outcome,
        question: &answer.question,
        answer: Body {
            title: &answer.title,
            count: answer.count,
            rows: &answer.rows,
            aside: &answer.aside,
            instead: &answer.instead,
            notes: &answer.notes,
        },
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
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    rows: &'a [Row],
    aside: &'a [Row],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    instead: &'a [Instead],
    notes: &'a [String],
}

/// A value as JSON, in lines.
pub(super) fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("a JSON value can always be written");
    numbered(&text).into_owned() + "\n"
}
