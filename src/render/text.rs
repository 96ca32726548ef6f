//! Answers for people in a terminal: the answer first, its proof indented under it, the caveat
//! last.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use anstyle::{AnsiColor, Style};

use super::Layout;
use super::caveats::{Footnotes, warnings};
use super::instead::{DOCUMENTED_INSTEAD, facts, words};
use super::lines::{
    OtherSources, bound_words, by_group, capitalised, cause, citation, columns, coverage, dates,
    distance, elsewhere, lost, mark, name, nothing, omitted, omitted_here, others, term_words,
    wrap,
};
use super::plain::{Paper, plain};
use crate::query::{
    Answer, Cause, Derivation, EntityView, FactView, ReadingView, Row, RowProof, Step, Term,
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CAUTION: Style = AnsiColor::Yellow.on_default();

/// Bytes that few answers exceed.
const ROOM: usize = 32 << 10;

/// Writes an answer as text.
pub(super) fn text(answer: &Answer, layout: &Layout) -> String {
    let paper = Paper::with_room(ROOM);
    let footnotes = Footnotes::default();
    let mut page = TextPage {
        answer,
        layout,
        paper,
        steps: HashMap::default(),
        footnotes,
        is_aside: false,
    };
    page.styled(BOLD, 0, &answer.title);
    for note in &answer.notes {
        page.styled(CAUTION, 0, &format!("({note})"));
    }
    if answer.rows.is_empty() {
        page.blank();
        page.plain(0, nothing(answer));
    }
    for rows in [&answer.rows, &answer.aside] {
        for (group, rows) in by_group(rows) {
            page.group(group, &rows);
        }
        page.is_aside = true;
    }
    page.instead();
    page.foot();
    page.paper.into_text()
}

struct TextPage<'a> {
    answer: &'a Answer,
    layout: &'a Layout,
    paper: Paper,
    /// Where facts of steps were written: chains share most of theirs.
    steps: HashMap<&'a ReadingView, Range<usize>, FixedState>,
    /// The caveats of chains that are left out.
    footnotes: Footnotes,
    /// Whether what does not count is being written; its heading says so, and its steps need not.
    is_aside: bool,
}

impl<'a> TextPage<'a> {
    fn group(&mut self, group: &str, rows: &[&'a Row]) {
        self.blank();
        if !group.is_empty() {
            self.styled(BOLD, 0, &format!("{} ({})", capitalised(group), rows.len()));
        }
        for (at, row) in rows.iter().enumerate() {
            let is_long = !row.steps.is_empty() || !row.proofs.is_empty() || row.facts.len() > 1;
            if at > 0 && self.layout.proofs && is_long {
                self.blank();
            }
            self.row(row);
        }
    }

    /// What is documented instead of an answer.
    fn instead(&mut self) {
        if !self.answer.instead.is_empty() {
            self.blank();
            self.styled(BOLD, 0, DOCUMENTED_INSTEAD);
        }
        for instead in &self.answer.instead {
            self.hanging(Style::new(), 2, 2, &words(instead));
            facts(instead).for_each(|(reading, by_itself)| self.reading(4, reading, by_itself));
        }
    }

    fn row(&mut self, row: &'a Row) {
        if let Some(entity) = &row.entity {
            self.head(row, entity);
        }
        if let Some(document) = &row.document {
            self.document(document);
        }
        if row.facts.is_empty() {
            self.row_remarks(row);
        }
        if self.layout.proofs {
            row.steps.iter().for_each(|step| self.step(step));
            row.proofs.iter().for_each(|proof| self.proof(row, proof));
        }
        self.alternatives(row);
        row.derivations
            .iter()
            .for_each(|derivation| self.derivation(derivation));
        if let Some(date) = &row.date {
            self.styled(BOLD, 2, date);
        }
        let indent = if row.date.is_some() { 4 } else { 2 };
        row.facts
            .iter()
            .for_each(|reading| self.reading(indent, reading, true));
        if !row.facts.is_empty() {
            self.row_remarks(row);
        }
    }

    /// The line that names what a row is about.
    fn head(&mut self, row: &'a Row, entity: &'a EntityView) {
        let loss = lost(row).unwrap_or_default();
        let caveats = if self.layout.proofs {
            String::new()
        } else {
            self.footnotes.of(self.answer, row)
        };
        let known_by = known_by(row, entity).to_owned();
        let about = [loss, known_by, distance(row), caveats];
        let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
        if !row.group.is_empty() {
            self.pair(2, &name(row), &about.join(", "));
        }
    }

    fn row_remarks(&mut self, row: &Row) {
        let indent = if row.group.is_empty() { 0 } else { 6 };
        for remark in &row.remarks {
            self.plain(indent, remark);
        }
    }

    fn step(&mut self, step: &'a Step) {
        for reading in step.facts.iter().chain(&step.figures) {
            self.fact_of_step(reading);
        }
        if let Some(words) = others(step) {
            self.styled(CAUTION, 6, words);
        }
        if let Some(mark) = mark(step).filter(|_| !self.is_aside) {
            self.styled(CAUTION, 6, mark);
        }
    }

    /// A chain or facts, with the set in which they put the row where there are several.
    fn proof(&mut self, row: &Row, proof: &'a RowProof) {
        if let Some(set) = row.label(proof) {
            self.styled(DIM, 4, &format!("in {set}:"));
        }
        proof.steps.iter().for_each(|step| self.step(step));
        proof
            .facts
            .iter()
            .for_each(|reading| self.fact_of_step(reading));
    }

    fn alternatives(&mut self, row: &Row) {
        for OtherSources { words, facts } in elsewhere(self.answer, row) {
            self.hanging(Style::new(), 4, 2, &words);
            let facts = facts.into_iter().filter(|_| self.layout.proofs);
            facts.for_each(|reading| self.reading(6, reading, false));
        }
    }

    /// A bound with what gives it, as a tree.
    fn derivation(&mut self, derivation: &Derivation) {
        self.blank();
        self.styled(BOLD, 2, &format!("Lost: {}", bound_words(derivation)));
        self.cause(4, derivation);
        self.omission(4, omitted(derivation));
    }

    fn omission(&mut self, indent: usize, words: Option<String>) {
        words
            .into_iter()
            .for_each(|words| self.styled(CAUTION, indent, &words));
    }

    fn cause(&mut self, indent: usize, derivation: &Derivation) {
        match &derivation.by {
            Cause::Need { terms, omitted, .. } => {
                terms
                    .iter()
                    .for_each(|term| self.term(indent, derivation.side, term));
                self.omission(indent, omitted_here(*omitted));
            }
            other => self.plain(indent, cause(other)),
        }
    }

    fn term(&mut self, indent: usize, side: &str, term: &Term) {
        self.plain(indent, &format!("– {}", term_words(side, term)));
        term.step
            .facts
            .iter()
            .chain(&term.step.figures)
            .for_each(|reading| self.reading(indent + 4, reading, false));
        // A tree that is deeper than the page is wide would leave no room for words.
        self.cause((indent + 2).min(self.layout.width / 2), &term.of);
    }

    fn fact_of_step(&mut self, reading: &'a ReadingView) {
        if let Some(written) = self.steps.get(reading) {
            self.paper.repeat(written.clone());
            return;
        }
        let start = self.paper.end();
        self.reading(4, reading, false);
        self.steps.insert(reading, start..self.paper.end());
    }

    /// A fact with its days and citation, and what a reader must know of it; at length, also with
    /// notes and the curator's reasons.
    fn reading(&mut self, indent: usize, reading: &ReadingView, at_length: bool) {
        let Some(fact) = self.answer.facts.get(&reading.fact) else {
            return;
        };
        let dates = dates(fact);
        let sentence = if dates.is_empty() {
            reading.text.clone()
        } else {
            format!("{} ({dates})", reading.text)
        };
        self.pair(indent, &sentence, &citation(fact));
        for (word, words) in warnings(fact) {
            self.hanging(CAUTION, indent + 4, 2, &format!("{word}: {words}"));
        }
        if at_length && self.layout.proofs {
            self.remarks(indent + 4, fact);
        }
    }

    fn remarks(&mut self, indent: usize, fact: &FactView) {
        let notes = fact
            .evidence
            .iter()
            .filter_map(|evidence| evidence.note.as_ref());
        for note in fact.note.iter().chain(notes) {
            self.styled(DIM, indent, note);
        }
    }

    fn document(&mut self, id: &str) {
        let Some(document) = self.answer.documents.get(id) else {
            return;
        };
        self.pair(2, id, &document.date);
        self.plain(6, &format!("{} ({})", document.title, document.publisher));
        if let Some(care) = &document.care {
            self.styled(CAUTION, 6, care);
        }
    }

    fn foot(&mut self) {
        self.footnotes();
        self.blank();
        let words = format!("{} {}", self.answer.method, coverage(self.answer));
        self.styled(DIM, 0, &words);
        if self.layout.proofs && self.answer.question.command != "documents" {
            for (id, document) in &self.answer.documents {
                self.hanging(
                    DIM,
                    2,
                    2,
                    &format!(
                        "{id}: {}, {}",
                        document.publisher,
                        short_date(&document.date)
                    ),
                );
            }
        }
    }

    fn footnotes(&mut self) {
        let footnotes: Vec<(String, String)> = self.footnotes.list().collect();
        if !footnotes.is_empty() {
            self.blank();
        }
        for (letter, words) in footnotes {
            self.hanging(CAUTION, 0, 2, &format!("caveat {letter}: {words}"));
        }
    }

    /// A text, and behind it or under it a dimmed remark.
    fn pair(&mut self, indent: usize, text: &str, remark: &str) {
        let lines = wrap(text, self.layout.width.saturating_sub(indent));
        let hang = if lines.len() > 1 { 2 } else { 0 };
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.blank();
            }
            self.spaces(if at > 0 { indent + hang } else { indent });
            self.paper.write(line);
        }
        let last = indent + hang + lines.last().map_or(0, |line| columns(line));
        let remark = &plain(remark);
        let width = columns(remark);
        if remark.is_empty() {
            self.blank();
        } else if last + 2 + width <= self.layout.width {
            self.line(DIM, self.layout.width - last - width, remark);
        } else {
            self.blank();
            self.styled(DIM, indent + 4, remark);
        }
    }

    fn plain(&mut self, indent: usize, text: &str) {
        self.styled(Style::new(), indent, text);
    }

    fn styled(&mut self, style: Style, indent: usize, text: &str) {
        self.hanging(style, indent, 0, text);
    }

    /// A text whose further lines stand deeper than its first.
    fn hanging(&mut self, style: Style, indent: usize, hang: usize, text: &str) {
        for (at, line) in wrap(text, self.layout.width.saturating_sub(indent + hang))
            .iter()
            .enumerate()
        {
            self.line(style, if at == 0 { indent } else { indent + hang }, line);
        }
    }

    /// The rest of a line: spaces, and a text.
    fn line(&mut self, style: Style, spaces: usize, text: &str) {
        self.spaces(spaces);
        if self.layout.styles {
            self.paper.write_in(style, text);
        } else {
            self.paper.write(text);
        }
        self.blank();
    }

    fn spaces(&mut self, count: usize) {
        self.paper.spaces(count);
    }

    fn blank(&mut self) {
        self.paper.end_line();
    }
}

/// A date, or "undated" without its reasons.
/// What an entity is known by: its id in lists, what sort of thing it is in chains.
fn known_by<'r>(row: &Row, entity: &'r EntityView) -> &'r str {
    let is_listed = row.steps.is_empty()
        && row.proofs.is_empty()
        && row.distance.is_none()
        && row.remarks.is_empty()
        && row.bounds.is_none();
    if is_listed {
        &entity.id
    } else {
        entity.kind.noun()
    }
}

fn short_date(date: &str) -> &str {
    date.split_once(':').map_or(date, |(short, _)| short)
}
