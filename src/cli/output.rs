//! What is written where: answers to stdout, complaints to stderr; and the exit status.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use hanjung::ask::examples;
use hanjung::diagnostic::{Diagnostic, Severity};
use hanjung::facts::{Catalogue, EntityIx};
use hanjung::query::{Answer, Misunderstanding};
use hanjung::render::{Layout, faults_as_json, faults_as_text, misunderstanding_as_json, render};
use hanjung::text::Sources;

use crate::args::{Args, FormatArg};
use crate::commands::Failure;
use crate::drawing::{NoDrawing, Page, write_whole};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Answered.
    Answered,
    /// Understood, but the data holds nothing on it.
    Empty,
    /// Not understood, or the data can't be used.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Answered => 0,
            Status::Empty => 1,
            Status::Failed => 2,
        })
    }
}

/// Columns beyond which text is hard to read.
const WIDEST: u16 = 100;

fn layout(args: &Args) -> Layout {
    let styles = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    Layout { width: width(), proofs: !args.common.brief, styles }
}

/// The columns to write: those of the terminal, within reason.
fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| width.0.clamp(40, WIDEST)).into()
}

/// Writes to stdout, without the styles where they are not wanted.
fn print(text: &str) {
    print_as(AutoStream::choice(&io::stdout()), text);
}

/// Writes to stdout. A reader that goes away, such as `head`, is no fault.
fn print_as(choice: ColorChoice, text: &str) {
    let mut out = AutoStream::new(io::stdout().lock(), choice);
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn complain_text(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Shows an answer.
pub fn show(answer: &Answer, args: &Args) -> Status {
    let layout = layout(args);
    // Without styles there is nothing to strip, and all goes out in one piece.
    let choice = if layout.styles { ColorChoice::Always } else { ColorChoice::AlwaysAnsi };
    print_as(choice, &render(answer, args.common.format.into(), &layout));
    if answer.is_empty() { Status::Empty } else { Status::Answered }
}

/// Draws an answer into a file, or to stdout. What holds nothing is no picture, but a line on stderr.
pub fn draw(answer: &Answer, page: &Page, file: Option<&Path>) -> Result<Status, NoDrawing> {
    if answer.is_empty() && answer.aside.is_empty() {
        complain_text("Nothing in the data to draw.\n");
        return Ok(Status::Empty);
    }
    let bytes = page.draw(answer, width())?;
    match file {
        Some(file) => write_whole(file, &bytes)?,
        None => print(&String::from_utf8_lossy(&bytes)),
    }
    Ok(if answer.is_empty() { Status::Empty } else { Status::Answered })
}

/// Shows what documents lack; to lack anything is to fail.
pub fn show_misses(answer: &Answer, args: &Args) -> Status {
    let status = show(answer, args);
    if answer.rows.is_empty() { status } else { Status::Failed }
}

/// Shows the faults that a check found.
pub fn show_faults(sources: &Sources, faults: &[Diagnostic], args: &Args) -> Status {
    let text = match args.common.format {
        FormatArg::Json => faults_as_json(sources, faults),
        _ => faults_as_text(sources, faults, layout(args).width),
    };
    print(&text);
    let has_errors = faults.iter().any(|fault| fault.severity() == Severity::Error);
    if has_errors { Status::Failed } else { Status::Answered }
}

/// Says why a command could not do its work.
pub fn complain(failure: &Failure, args: &Args) -> Status {
    match failure {
        Failure::BadData(bad) => {
            if args.common.format == FormatArg::Json {
                print(&faults_as_json(&bad.sources, &bad.diagnostics));
            }
            complain_text(&faults_as_text(&bad.sources, &bad.diagnostics, layout(args).width));
        }
        Failure::Misunderstood(catalogue, fault) => {
            if args.common.format == FormatArg::Json {
                print(&misunderstanding_as_json(catalogue, fault));
            }
            complain_text(&misunderstanding(catalogue, fault));
        }
        Failure::NoDrawing(fault) => {
            let (wrong, hint) = fault.words();
            complain_text(&format!("error: {wrong}\nhint: {hint}\n"));
        }
        Failure::BadWord { what, word, nearest } => {
            complain_text(&format!("error: no {what} is called “{word}”\nhint: try {}\n", nearest.join(", ")));
        }
    }
    Status::Failed
}

fn misunderstanding(catalogue: &Catalogue, fault: &Misunderstanding) -> String {
    let hint = match fault {
        Misunderstanding::UnknownName { nearest, .. } => {
            format!(
                "the nearest names are\n{}hint: hanjung find TEXT searches all names\n",
                candidates(catalogue, nearest)
            )
        }
        Misunderstanding::Ambiguous { candidates: found, .. } => {
            format!("name one of these\n{}", candidates(catalogue, found))
        }
        Misunderstanding::NotUnderstood { .. } => {
            let shapes: String = examples().map(|example| format!("  {example}\n")).collect();
            format!("questions of these shapes are understood\n{shapes}")
        }
    };
    format!("error: {fault}\nhint: {hint}")
}

/// The most candidates that are worth reading.
const MOST_CANDIDATES: usize = 12;

fn candidates(catalogue: &Catalogue, found: &[EntityIx]) -> String {
    let line =
        |&ix: &EntityIx| format!("  {} ({}, {})\n", catalogue[ix].en, catalogue[ix].kind.noun(), catalogue[ix].id);
    let mut lines: String = found.iter().take(MOST_CANDIDATES).map(line).collect();
    if found.len() > MOST_CANDIDATES {
        lines += &format!("  … and {} more\n", found.len() - MOST_CANDIDATES);
    }
    lines
}
