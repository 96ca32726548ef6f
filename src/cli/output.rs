//! What is written where: answers to stdout, complaints to stderr; and the exit status.

use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use hanjung::diagnostic::{Diagnostic, Severity};
use hanjung::query::Answer;
use hanjung::render::{
    Complaint, Layout, Outcome, faults_as_json, faults_as_text, plain_lines, render,
};
use hanjung::request::RequestFile;
use hanjung::text::Sources;

use crate::args::{Args, FormatArg};
use crate::drawing::{DrawingOptions, NoDrawing};
use crate::failure::Failure;
use crate::file;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// Answered.
    Answered,
    /// Understood, but the data holds nothing on it.
    Empty,
    /// Not understood, or the data can't be used.
    Failed,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        ExitCode::from(match status {
            ExitStatus::Answered => 0,
            ExitStatus::Empty => 1,
            ExitStatus::Failed => 2,
        })
    }
}

/// Columns beyond which text is hard to read.
const WIDEST: u16 = 100;

fn layout(args: &Args) -> Layout {
    let styles = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    Layout {
        width: width(),
        proofs: !args.common.brief,
        styles,
    }
}

/// The columns to write: those of the terminal, within reason.
fn width() -> usize {
    terminal_size::terminal_size()
        .map_or(80, |(width, _)| width.0.clamp(40, WIDEST))
        .into()
}

/// Writes to stdout, without the styles where they are not wanted.
fn print(text: &str) -> Result<(), Failure> {
    print_as(AutoStream::choice(&io::stdout()), text)
}

/// Writes to stdout. A reader that goes away, such as `head`, is no fault; everything else is.
fn print_as(choice: ColorChoice, text: &str) -> Result<(), Failure> {
    let mut out = AutoStream::new(io::stdout().lock(), choice);
    let text = plain_lines(text, true);
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Unwritten(error)),
        _ => Ok(()),
    }
}

/// Writes to stderr. Where that can't be done, nobody is left to be told.
fn complain_text(text: &str) {
    let _ = anstream::stderr().write_all(plain_lines(text, true).as_bytes());
}

/// Shows an answer.
pub fn show(answer: &Answer, args: &Args) -> Result<ExitStatus, Failure> {
    let layout = layout(args);
    // Without styles there is nothing to strip, and all goes out in one piece.
    let choice = if layout.styles {
        ColorChoice::Always
    } else {
        ColorChoice::AlwaysAnsi
    };
    print_as(choice, &render(answer, args.common.format.into(), &layout))?;
    Ok(if answer.is_empty() {
        ExitStatus::Empty
    } else {
        ExitStatus::Answered
    })
}

/// Shows how a question is understood: as an expression, and as JSON that asks it again. Programs
/// get the JSON alone.
pub fn show_request(
    expression: &str,
    request: &RequestFile,
    notes: &[String],
    args: &Args,
) -> Result<ExitStatus, Failure> {
    let json = request.to_json();
    let notes: String = notes.iter().map(|note| format!("note: {note}\n")).collect();
    print(&match args.common.format {
        FormatArg::Json => format!("{json}\n"),
        _ => format!("{notes}{expression}\n\n{json}\n"),
    })?;
    Ok(ExitStatus::Answered)
}

/// Draws an answer into a file, or to stdout. What holds nothing is no picture, but a line on
/// stderr.
pub fn draw(
    answer: &Answer,
    options: &DrawingOptions,
    file: Option<&Path>,
    args: &Args,
) -> Result<ExitStatus, Failure> {
    if answer.is_empty() && answer.aside.is_empty() {
        let complaint = Complaint::new(Outcome::Empty, "Nothing in the data to draw.");
        complain_text(&format!("{}\n", complaint.message));
        print_if_json(&complaint, args.common.format)?;
        return Ok(ExitStatus::Empty);
    }
    let bytes = options.draw(answer, width()).map_err(Failure::NoDrawing)?;
    match file {
        Some(file) => file::write(file, &bytes)
            .map_err(|error| Failure::NoDrawing(NoDrawing::Unwritable(file.to_owned(), error)))?,
        None => print(&String::from_utf8_lossy(&bytes))?,
    }
    Ok(if answer.is_empty() {
        ExitStatus::Empty
    } else {
        ExitStatus::Answered
    })
}

/// Shows what documents lack; to lack anything is to fail.
pub fn show_misses(answer: &Answer, args: &Args) -> Result<ExitStatus, Failure> {
    let status = show(answer, args)?;
    Ok(if answer.rows.is_empty() {
        status
    } else {
        ExitStatus::Failed
    })
}

/// Shows the faults that a check found.
pub fn show_faults(
    sources: &Sources,
    faults: &[Diagnostic],
    args: &Args,
) -> Result<ExitStatus, Failure> {
    print(&match args.common.format {
        FormatArg::Json => faults_as_json(sources, faults),
        _ => faults_as_text(sources, faults, layout(args).width),
    })?;
    let has_errors = faults
        .iter()
        .any(|fault| fault.severity() == Severity::Error);
    Ok(if has_errors {
        ExitStatus::Failed
    } else {
        ExitStatus::Answered
    })
}

/// Shows help or the version where those were asked for, and else what is wrong with the command
/// line.
pub fn show_usage(usage: clap::Error, format: FormatArg) -> ExitStatus {
    let outcome = match usage.use_stderr() {
        true => Err(Failure::BadUsage(usage)),
        false => print(&usage.render().ansi().to_string()).map(|()| ExitStatus::Answered),
    };
    outcome.unwrap_or_else(|failure| complain(&failure, format))
}

/// Says why a command could not do its work.
pub fn complain(failure: &Failure, format: FormatArg) -> ExitStatus {
    let complaint = failure.complaint();
    complain_text(&match failure {
        Failure::BadData(bad) => faults_as_text(&bad.sources, &bad.diagnostics, width()),
        Failure::BadUsage(error) => error.render().ansi().to_string(),
        _ => complaint.as_text(),
    });
    if let Err(unwritten) = print_if_json(&complaint, format) {
        complain_text(&unwritten.complaint().as_text());
    }
    ExitStatus::Failed
}

fn print_if_json(complaint: &Complaint, format: FormatArg) -> Result<(), Failure> {
    if format == FormatArg::Json {
        print(&complaint.as_json())
    } else {
        Ok(())
    }
}
