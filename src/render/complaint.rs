//! Why a command could not do its work: for people on stderr, and in the envelope for programs.

use std::ops::Range;

use serde::Serialize;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::faults::fault_values;
use super::json::{FORMAT, Outcome, pretty};
use super::plain::plain;
use crate::facts::{BadData, Catalogue, EntityIx};

/// Why a command could not do its work.
#[derive(Clone, Debug, Serialize)]
pub struct Complaint {
    /// What sort of thing is wrong.
    pub outcome: Outcome,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<Hint>,
    /// What was typed and could not be made out.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub question: Value,
    /// What may have been meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub candidates: Option<Vec<Candidate>>,
    /// Where in the text of the question it is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<TextPlace>,
    /// What else is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Complaint>,
    /// What is wrong with the data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Value>,
}

/// A part of a text.
#[derive(Clone, Debug, Serialize)]
pub struct TextPlace {
    /// The text.
    pub text: String,
    /// The first byte of the part.
    pub from: usize,
    /// The first byte behind it.
    pub to: usize,
}

/// What to do about something that is wrong.
#[derive(Clone, Debug, Serialize)]
pub struct Hint {
    /// In words.
    pub words: String,
    /// What the words speak of, each for a line of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<String>,
}

/// An entity that may have been meant.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    id: String,
    kind: &'static str,
    name: String,
}

impl Complaint {
    /// A complaint that says what is wrong and no more.
    pub fn new(outcome: Outcome, message: impl Into<String>) -> Self {
        let message = message.into();
        let (hints, faults) = (Vec::new(), Vec::new());
        Complaint {
            outcome,
            message,
            hints,
            question: Value::Null,
            candidates: None,
            place: None,
            further: Vec::new(),
            faults,
        }
    }

    /// Adds what to do about it.
    pub fn hint(self, words: impl Into<String>) -> Self {
        self.hint_with(words, Vec::new())
    }

    /// Adds what to do about it, with what that speaks of.
    pub fn hint_with(mut self, words: impl Into<String>, list: Vec<String>) -> Self {
        self.hints.push(Hint {
            words: words.into(),
            list,
        });
        self
    }

    /// Adds where in a text it is wrong.
    pub fn within(self, text: &str, at: Range<usize>) -> Self {
        let place = Some(TextPlace {
            text: text.to_owned(),
            from: at.start,
            to: at.end,
        });
        Complaint { place, ..self }
    }

    /// A complaint of data that can't be used.
    pub fn of_data(bad: &BadData) -> Self {
        let faults = fault_values(&bad.sources, &bad.diagnostics);
        Complaint {
            faults,
            ..Complaint::new(Outcome::BadData, bad.to_string())
        }
    }

    /// For people: an `error:` line, and a `hint:` line for each hint with its list under it.
    pub fn as_text(&self) -> String {
        let hints = self.hints.iter().map(|hint| {
            let list: String = hint
                .list
                .iter()
                .map(|line| format!("  {}\n", plain(line)))
                .collect();
            format!("hint: {}\n{list}", plain(&hint.words))
        });
        let place = self.place.as_ref().map(excerpt).unwrap_or_default();
        let further: String = self.further.iter().map(Complaint::as_text).collect();
        format!(
            "error: {}\n{place}{}{further}",
            plain(&self.message),
            hints.collect::<String>()
        )
    }

    /// For programs: the envelope that `docs/json.md` describes.
    pub fn as_json(&self) -> String {
        pretty(&Envelope {
            format: FORMAT,
            complaint: self,
        })
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    format: u32,
    #[serde(flatten)]
    complaint: &'a Complaint,
}

/// The letters of a text that are shown before and behind what is wrong.
const AROUND: usize = 30;

/// What is wrong with what stands around it, and marks below.
fn excerpt(place: &TextPlace) -> String {
    let (before, behind) = (&place.text[..place.from], &place.text[place.to..]);
    let wrong = plain(&place.text[place.from..place.to]).into_owned();
    let from = before
        .char_indices()
        .rev()
        .nth(AROUND - 1)
        .map_or(0, |(at, _)| at);
    let to = behind
        .char_indices()
        .nth(AROUND)
        .map_or(behind.len(), |(at, _)| at);
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    let before = format!("{}{}", dots(from > 0), plain(&before[from..]));
    let behind = format!("{}{}", plain(&behind[..to]), dots(to < behind.len()));
    let marks = "^".repeat(wrong.width().max(1));
    format!(
        "  {before}{wrong}{behind}\n  {}{marks}\n",
        " ".repeat(before.width())
    )
}

impl Candidate {
    /// An entity that may have been meant.
    pub fn new(catalogue: &Catalogue, ix: EntityIx) -> Self {
        let entity = &catalogue[ix];
        Candidate {
            id: entity.id.to_string(),
            kind: entity.kind.noun(),
            name: entity.en.to_string(),
        }
    }

    /// In words: `graphite (material, graphite)`.
    pub fn words(&self) -> String {
        format!("{} ({}, {})", self.name, self.kind, self.id)
    }
}
