//! Answers as text, JSON, CSV, Markdown and diagrams; faults as text and JSON. Presenters are
//! peers: each sees only the answer.

mod plain;
mod lines;
mod caveats;
mod instead;
mod text;
mod markdown;
mod csv;
mod json;
mod faults;
mod complaint;
pub mod diagram;

use crate::query::Answer;

pub use complaint::{Candidate, Complaint, Hint};
pub use faults::{faults_as_json, faults_as_text};
pub use json::Outcome;
pub use plain::{plain, plain_lines};

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// For people, in a terminal.
    #[default]
    Text,
    /// For programs: the envelope that `docs/json.md` describes.
    Json,
    /// For spreadsheets: one line for each fact of each step.
    Csv,
    /// For documents.
    Markdown,
}

/// How wide a text is, and what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether each row is followed by the chain that proves it.
    pub proofs: bool,
    /// Whether the text has ANSI styles in it.
    pub styles: bool,
}

impl Default for Layout {
    /// 80 columns, with proofs, without styles.
    fn default() -> Self {
        Layout {
            width: 80,
            proofs: true,
            styles: false,
        }
    }
}

/// Writes an answer.
///
/// ```
/// use hanjung::World;
/// use hanjung::facts::Lang;
/// use hanjung::query::answer;
/// use hanjung::request::Question;
/// use hanjung::render::{Format, Layout, render};
///
/// let world = World::built_in()?;
/// let answer = answer(&world, &Question::Documents, Lang::En);
/// assert!(render(&answer, Format::Json, &Layout::default()).contains("\"outcome\": \"answered\""));
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn render(answer: &Answer, format: Format, layout: &Layout) -> String {
    match format {
        Format::Text => text::text(answer, layout),
        Format::Json => json::json(answer),
        Format::Csv => plain_lines(&csv::csv(answer), false).into_owned(),
        Format::Markdown => plain_lines(&markdown::markdown(answer, layout), false).into_owned(),
    }
}
