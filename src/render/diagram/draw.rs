//! Answers as pictures: which of their rows are drawn, and how many.

use super::draft::draft;
use super::picture::Picture;
use super::refuse::{self, NoPicture};
use super::room;
use crate::query::{Answer, Row};
use crate::render::lines::nothing;

impl Picture {
    /// Draws as much of an answer as one page holds. It is empty where the answer can't be drawn.
    pub fn new(answer: &Answer) -> Self {
        Picture::page(answer).unwrap_or_default()
    }

    /// Draws as much of an answer as one page holds: the steps of its rows; where none of them has
    /// steps, its facts.
    pub fn page(answer: &Answer) -> Result<Self, NoPicture> {
        if let Some(why) = refuse::is_no_web(answer).or_else(|| refuse::has_no_form(answer)) {
            return Err(why);
        }
        let picture = room::on_page(answer, &drawn(answer))?;
        refuse::with_relations(with_word(answer, picture))
    }

    /// Draws all of an answer, for formats that know no pages.
    pub fn whole(answer: &Answer) -> Result<Self, NoPicture> {
        if let Some(why) = refuse::is_no_web(answer) {
            return Err(why);
        }
        refuse::with_relations(with_word(answer, draft(answer, &drawn(answer))))
    }
}

/// The rows that are drawn: those that count; where none of them shows anything, those that do not.
fn drawn(answer: &Answer) -> Vec<&Row> {
    let rows = if counts(answer) {
        &answer.rows
    } else {
        &answer.aside
    };
    rows.iter().collect()
}

fn counts(answer: &Answer) -> bool {
    answer.rows.iter().any(is_drawn)
}

fn is_drawn(row: &Row) -> bool {
    row.all_steps().next().is_some() || row.all_facts().next().is_some()
}

/// A picture of what does not count says so.
fn with_word(answer: &Answer, mut picture: Picture) -> Picture {
    if !counts(answer) {
        picture.notes.insert(0, nothing(answer).replace(':', "."));
    }
    picture
}
