//! Faults in the data for people, in the look of rustc, and for programs.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::json::{FORMAT, pretty};
use crate::diagnostic::{Code, Diagnostic, Label, Severity};
use crate::text::{FileId, Place, Sources, unseen};

/// Faults of one code that are written out; of the others only the first few places are, lest one
/// slip made often hide all else.
const MOST_ALIKE: usize = 5;
/// Places named of those that are not written out.
const MOST_PLACES: usize = 3;

/// Writes faults as text with excerpts and markers, and a line that counts them. Of many with one
/// code the first are written out. Has ANSI styles in it.
pub fn faults_as_text(sources: &Sources, faults: &[Diagnostic], width: usize) -> String {
    let renderer = Renderer::styled().term_width(width);
    let mut alike: BTreeMap<Code, Vec<&Diagnostic>> = BTreeMap::new();
    let mut text = String::new();
    for fault in faults {
        let alike = alike.entry(fault.code).or_default();
        alike.push(fault);
        if alike.len() <= MOST_ALIKE {
            text += &(renderer.render(&report(sources, fault, width)) + "\n\n");
        }
    }
    let left: String = alike
        .iter()
        .filter_map(|(code, faults)| rest(sources, *code, faults.get(MOST_ALIKE..)?))
        .collect();
    if !left.is_empty() {
        text += &format!("{left}`--format json` writes them all.\n\n");
    }
    text += &summary(faults);
    text.push('\n');
    text
}

/// A line on faults that are not written out: with the first of their places.
fn rest(sources: &Sources, code: Code, faults: &[&Diagnostic]) -> Option<String> {
    let labels = faults.iter().filter_map(|fault| fault.labels.first());
    let places: Vec<String> = labels
        .take(MOST_PLACES)
        .map(|label| sources.describe(label.place))
        .collect();
    let first = if places.is_empty() {
        String::new()
    } else {
        format!(", first at {}", places.join(", "))
    };
    (!faults.is_empty())
        .then(|| format!("… and {} more `{code}`{first}\n", with_commas(faults.len())))
}

fn report<'a>(sources: &'a Sources, fault: &'a Diagnostic, width: usize) -> Vec<Group<'a>> {
    let level = match fault.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(shown(&fault.message))
        .id(fault.code.word())
        .elements(Vec::<Snippet<annotate_snippets::Annotation>>::new());
    for excerpt in excerpts(sources, fault, width) {
        group = excerpt.add_to(group);
    }
    for hint in &fault.hints {
        group = group.element(Level::HELP.message(shown(hint)));
    }
    vec![group]
}

/// Letters beyond which a message is cut: it may quote a word of any length.
const LONGEST_MESSAGE: usize = 500;

/// A text as a terminal may be sent it: cut where it goes on and on, and what can't be seen written
/// out.
fn shown(text: &str) -> String {
    let written = |c: char| {
        if unseen(c).is_some() {
            c.escape_unicode().to_string()
        } else {
            c.into()
        }
    };
    let cut: String = text.chars().take(LONGEST_MESSAGE).map(written).collect();
    if text.chars().nth(LONGEST_MESSAGE).is_some() {
        cut + "…"
    } else {
        cut
    }
}

/// Bytes beyond which a line is not laid out.
const LONGEST_LINE: usize = 10_000;
/// Bytes beyond which two places are not shown in one piece.
const FARTHEST: usize = 20_000;
/// Columns beside the text of an excerpt, for line numbers and the like.
const MARGIN: usize = 20;

/// Lines of a file, with the places of a fault that stand close together in them.
struct Excerpt<'a> {
    sources: &'a Sources,
    file: FileId,
    width: usize,
    /// The places, and whether each is the fault itself.
    labels: Vec<(&'a Label, bool)>,
}

/// The excerpts that show a fault: that of the fault itself first, then file by file.
fn excerpts<'a>(sources: &'a Sources, fault: &'a Diagnostic, width: usize) -> Vec<Excerpt<'a>> {
    let mut excerpts: Vec<Excerpt> = Vec::new();
    for (at, label) in fault.labels.iter().enumerate() {
        match excerpts
            .iter_mut()
            .find(|excerpt| excerpt.has_room_for(label))
        {
            Some(excerpt) => excerpt.labels.push((label, at == 0)),
            None => {
                excerpts.push(Excerpt {
                    sources,
                    file: label.place.file,
                    width,
                    labels: vec![(label, at == 0)],
                });
            }
        }
    }
    let order: Vec<FileId> = excerpts.iter().map(|excerpt| excerpt.file).collect();
    excerpts.sort_by_key(|excerpt| order.iter().position(|file| *file == excerpt.file));
    excerpts
}

impl<'a> Excerpt<'a> {
    /// Whether a place can be shown with those that are here already, so that all fit the width.
    fn has_room_for(&self, label: &Label) -> bool {
        if self.file != label.place.file {
            return false;
        }
        let places = || {
            self.labels
                .iter()
                .map(|(label, _)| label.place)
                .chain([label.place])
        };
        let columns = || places().map(|place| self.columns(place));
        let least = columns()
            .map(|columns| columns.start)
            .min()
            .unwrap_or_default();
        let most = columns()
            .map(|columns| columns.end)
            .max()
            .unwrap_or_default();
        !places().any(|place| self.line(place).len() > LONGEST_LINE)
            && self.lines_of(places()).len() <= FARTHEST
            && most - least <= self.room()
    }

    fn room(&self) -> usize {
        self.width.saturating_sub(MARGIN).max(1)
    }

    fn text(&self) -> &'a str {
        self.sources.get(self.file).text()
    }

    fn line(&self, place: Place) -> Range<usize> {
        self.sources.get(self.file).line_around(place.start)
    }

    fn columns(&self, place: Place) -> Range<usize> {
        let start = self.sources.position(place).at.column;
        start..start + self.text()[self.marked(place)].chars().count()
    }

    /// What is marked of a place: no more than its first line, and than has room.
    fn marked(&self, place: Place) -> Range<usize> {
        let (start, end) = (place.start as usize, place.end as usize);
        let end = end.min(self.line(place).end).max(start);
        let cut = self.text()[start..end]
            .char_indices()
            .nth(self.room())
            .map(|(at, _)| start + at);
        start..cut.unwrap_or(end)
    }

    /// All lines from the first place to the last.
    fn lines_of(&self, places: impl Iterator<Item = Place>) -> Range<usize> {
        let lines = places.map(|place| self.line(place));
        lines
            .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
            .unwrap_or_default()
    }

    fn add_to(self, group: Group<'a>) -> Group<'a> {
        let (first, _) = self.labels[0];
        if self.line(first.place).len() > LONGEST_LINE {
            let at = self.sources.position(first.place).at;
            let origin = Origin::path(self.sources.get(self.file).name())
                .line(at.line)
                .char_column(at.column);
            return group
                .element(origin)
                .element(Level::NOTE.message(self.in_a_long_line(first)));
        }
        group.element(self.snippet())
    }

    /// What stands at a place whose line is too long to be shown.
    fn in_a_long_line(&self, label: &Label) -> String {
        let what = if label.text.is_empty() {
            String::new()
        } else {
            format!("{}; ", shown(&label.text))
        };
        let line = &self.text()[self.line(label.place)];
        let from = &self.text()[label.place.start as usize..self.line(label.place).end];
        let near: String = from.chars().take(self.room() / 2).collect();
        format!(
            "{what}the line is too long to show ({} bytes); from here: {}…",
            with_commas(line.len()),
            shown(&near)
        )
    }

    fn snippet(self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let source = self.sources.get(self.file);
        let lines = self.lines_of(self.labels.iter().map(|(label, _)| label.place));
        let first_line = source.line_column(lines.start as u32).line;
        let within = |byte: usize| visible(&source.text()[lines.start..byte]).len();
        let mut snippet = Snippet::source(visible(&source.text()[lines.clone()]))
            .path(source.name())
            .line_start(first_line);
        for (label, is_fault) in &self.labels {
            let kind = if *is_fault {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let marked = self.marked(label.place);
            let span = within(marked.start)..within(marked.end);
            snippet = snippet.annotation(kind.span(span).label(shown(&label.text)));
        }
        snippet
    }
}

/// Lines with a mark for each character that can't be seen; those of ASCII are shown by who lays
/// the lines out.
fn visible(lines: &str) -> String {
    lines
        .chars()
        .map(|c| {
            if !c.is_ascii() && unseen(c).is_some() {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect()
}

/// 1829 is `1,829`.
fn with_commas(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(String::from_utf8_lossy)
        .collect();
    groups.join(",")
}

/// How many faults there are: `2 errors, 1 warning`.
fn summary(faults: &[Diagnostic]) -> String {
    let count = |severity| {
        faults
            .iter()
            .filter(|fault| fault.severity() == severity)
            .count()
    };
    let words = |n: usize, what: &str| {
        format!("{} {what}{}", with_commas(n), if n == 1 { "" } else { "s" })
    };
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => "no faults".to_owned(),
        (0, warnings) => words(warnings, "warning"),
        (errors, 0) => words(errors, "error"),
        (errors, warnings) => format!("{}, {}", words(errors, "error"), words(warnings, "warning")),
    }
}

/// Writes faults as JSON: a list of objects with code, severity, message, places and hints.
pub fn faults_as_json(sources: &Sources, faults: &[Diagnostic]) -> String {
    pretty(&json!({ "format": FORMAT, "faults": fault_values(sources, faults) }))
}

/// Faults as JSON values.
pub(super) fn fault_values(sources: &Sources, faults: &[Diagnostic]) -> Vec<Value> {
    faults
        .iter()
        .map(|fault| {
            let places: Vec<_> = fault
                .labels
                .iter()
                .map(|label| {
                    let source = sources.get(label.place.file);
                    let position = source.line_column(label.place.start);
                    json!({ "file": source.name(), "line": position.line, "column": position.column, "text": label.text })
                })
                .collect();
            json!({
                "code": fault.code, "severity": fault.severity(), "message": fault.message, "places": places, "hints": fault.hints,
            })
        })
        .collect()
}
