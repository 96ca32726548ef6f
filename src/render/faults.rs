//! Faults in the data for people, in the look of rustc, and for programs.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::json::{FORMAT, pretty};
use super::plain::plain;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{FileId, Sources};

/// Writes faults as text with excerpts and markers, and a line that counts them. Has ANSI styles in it.
pub fn faults_as_text(sources: &Sources, faults: &[Diagnostic], width: usize) -> String {
    let renderer = Renderer::styled().term_width(width);
    let mut text: String = faults.iter().map(|fault| renderer.render(&report(sources, fault)) + "\n\n").collect();
    text += &summary(faults);
    text.push('\n');
    text
}

fn report<'a>(sources: &'a Sources, fault: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match fault.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(plain(&fault.message))
        .id(fault.code.word())
        .elements(Vec::<Snippet<annotate_snippets::Annotation>>::new());
    for file in files(fault) {
        group = group.element(snippet(sources, fault, file));
    }
    for hint in &fault.hints {
        group = group.element(Level::HELP.message(plain(hint)));
    }
    vec![group]
}

/// The files in which a fault has places, that of the fault itself first.
fn files(fault: &Diagnostic) -> Vec<FileId> {
    let mut files: Vec<FileId> = Vec::new();
    for label in &fault.labels {
        if !files.contains(&label.place.file) {
            files.push(label.place.file);
        }
    }
    files
}

fn snippet<'a>(
    sources: &'a Sources,
    fault: &'a Diagnostic,
    file: FileId,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.get(file);
    let mut snippet = Snippet::source(source.text()).path(plain(source.name()));
    for (at, label) in fault.labels.iter().enumerate().filter(|(_, label)| label.place.file == file) {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let span = label.place.start as usize..label.place.end as usize;
        snippet = snippet.annotation(kind.span(span).label(plain(&label.text)));
    }
    snippet
}

/// How many faults there are: `2 errors, 1 warning`.
fn summary(faults: &[Diagnostic]) -> String {
    let count = |severity| faults.iter().filter(|fault| fault.severity() == severity).count();
    let words = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
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
