//! Why a command could not do its work, and how that is told.

use std::io;
use std::path::PathBuf;

use hanjung::ask::examples;
use hanjung::facts::{BadData, Catalogue, EntityIx, nearest};
use hanjung::render::{Candidate, Complaint, Outcome};
use hanjung::request::{KIND_WORDS, Misunderstanding, Trouble};
use serde_json::json;

use crate::drawing::NoDrawing;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// What was typed is no command.
    BadUsage(clap::Error),
    /// The data or the documents can't be used.
    BadData(BadData),
    /// The question could not be made out.
    Misunderstood(&'static Catalogue, Vec<Trouble>),
    /// A file that should hold a request can't be read as one.
    BadRequest(PathBuf, String, String),
    /// There is no question to be explained.
    NoQuestion,
    /// A question that follows no relations can't include any.
    FollowsNothing,
    /// The answer can't be drawn, or not written.
    NoDrawing(NoDrawing),
    /// What is cut is said in a way that can't be read.
    BadCut(String),
    /// Stdout takes nothing.
    Unwritten(io::Error),
}

impl Failure {
    /// What is told of it.
    pub fn complaint(&self) -> Complaint {
        match self {
            Failure::BadUsage(error) => bad_usage(error),
            Failure::BadData(bad) => Complaint::of_data(bad),
            Failure::Misunderstood(catalogue, troubles) => all_troubles(catalogue, troubles),
            Failure::BadRequest(file, message, hint) => Complaint::new(
                Outcome::BadUsage,
                format!("{} holds no request: {message}", file.display()),
            )
            .hint(hint),
            Failure::NoQuestion => Complaint::new(
                Outcome::BadUsage,
                "--explain-question explains a question, and this command asks none",
            ),
            Failure::FollowsNothing => Complaint::new(
                Outcome::BadUsage,
                "--include can’t be given here: this question follows no relations",
            ),
            Failure::NoDrawing(fault) => {
                let (wrong, hint) = fault.words();
                Complaint::new(fault.outcome(), wrong).hint(hint)
            }
            Failure::BadCut(text) => Complaint::new(
                Outcome::BadUsage,
                format!("“{text}” does not say how much is cut"),
            )
            .hint("write the part that is cut as a number from 0 to 1, as in china:graphite=0.5"),
            Failure::Unwritten(error) => Complaint::new(
                Outcome::NotWritten,
                format!("can’t write to stdout: {error}"),
            )
            .hint("what was written is not whole; see that there is room"),
        }
    }
}

/// What clap says, in one line, and what else it says as hints.
fn bad_usage(error: &clap::Error) -> Complaint {
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let complaint = Complaint::new(
        Outcome::BadUsage,
        first.strip_prefix("error: ").unwrap_or(first),
    );
    lines.fold(complaint, Complaint::hint)
}

fn bad_word(what: &str, word: &str, nearest: &[String]) -> Complaint {
    let complaint = Complaint::new(
        Outcome::UnknownWord,
        format!("no {what} is called “{word}”"),
    );
    match nearest {
        [] => complaint.hint(format!("there is no {what} in the data")),
        nearest => complaint.hint(format!("try {}", nearest.join(", "))),
    }
}

/// The first trouble, with the others behind it.
fn all_troubles(catalogue: &Catalogue, troubles: &[Trouble]) -> Complaint {
    let mut complaints = troubles
        .iter()
        .map(|trouble| of_trouble(catalogue, trouble));
    let first = complaints.next();
    let first = first.unwrap_or_else(|| Complaint::new(Outcome::NotUnderstood, "not understood"));
    Complaint {
        further: complaints.collect(),
        ..first
    }
}

fn of_trouble(catalogue: &Catalogue, trouble: &Trouble) -> Complaint {
    let mut complaint = misunderstood(catalogue, &trouble.fault);
    if let Some(field) = &trouble.field {
        complaint.message = format!("{field}: {}", complaint.message);
    }
    match &trouble.text {
        Some((text, at)) => complaint.within(text, at.clone()),
        None => complaint,
    }
}

fn misunderstood(catalogue: &Catalogue, fault: &Misunderstanding) -> Complaint {
    let complaint = |outcome| Complaint::new(outcome, fault.to_string());
    let of_name = |outcome, name: &str, found: &[EntityIx]| Complaint {
        question: json!({ "name": name }),
        candidates: Some(
            found
                .iter()
                .map(|&ix| Candidate::new(catalogue, ix))
                .collect(),
        ),
        ..complaint(outcome)
    };
    match fault {
        Misunderstanding::UnknownName { name, nearest } => {
            let complaint = of_name(Outcome::UnknownName, name, nearest);
            match nearest.as_slice() {
                [] => complaint.hint("no names are known: name a folder of facts with --data"),
                nearest => with_nearest(catalogue, complaint, name, nearest)
                    .hint("hanjung find TEXT searches all names"),
            }
        }
        Misunderstanding::Ambiguous { name, candidates } => {
            of_name(Outcome::Ambiguous, name, candidates)
                .hint_with("name one of these", words(catalogue, candidates))
        }
        Misunderstanding::UnknownWord {
            what,
            word,
            nearest,
        } => bad_word(what, word, nearest),
        Misunderstanding::BadExpression { hint, .. } => {
            complaint(Outcome::BadUsage).hint(hint.as_str())
        }
        Misunderstanding::NotUnderstood { question } => Complaint {
            question: json!({ "text": question }),
            candidates: Some(Vec::new()),
            ..complaint(Outcome::NotUnderstood)
        }
        .hint_with(
            "questions of these shapes are understood",
            examples().map(str::to_owned).collect(),
        ),
        Misunderstanding::TooLong { .. } => complaint(Outcome::TooLong)
            .hint("ask in fewer words; hanjung find TEXT searches all names"),
        _ => complaint(Outcome::NotUnderstood),
    }
}

/// What may have been meant: a kind, where its word is near, else what has the nearest names.
fn with_nearest(
    catalogue: &Catalogue,
    complaint: Complaint,
    name: &str,
    found: &[EntityIx],
) -> Complaint {
    match nearest(name, KIND_WORDS.iter().copied(), 1).first() {
        Some(kind) => complaint.hint(format!("did you mean all {kind}? write {kind}")),
        None => complaint.hint_with("the nearest names are", words(catalogue, found)),
    }
}

/// The most candidates that are worth reading.
const MOST_CANDIDATES: usize = 12;

fn words(catalogue: &Catalogue, found: &[EntityIx]) -> Vec<String> {
    let shown = found
        .iter()
        .take(MOST_CANDIDATES)
        .map(|&ix| Candidate::new(catalogue, ix).words());
    let more = found.len().saturating_sub(MOST_CANDIDATES);
    shown
        .chain((more > 0).then(|| format!("… and {more} more")))
        .collect()
}
