//! Warnings about what nobody refers to.

use std::collections::HashSet;

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::record::{Record, Word};
use crate::facts::value::{as_ranges, is_passage_label};
use crate::facts::vocabulary::{Field, Slot, Sort};

/// Every id that a fact, its evidence or another entity refers to.
fn used_ids<'r>(draft: &Draft<'r, '_>) -> HashSet<&'r str> {
    let records = draft
        .facts()
        .flat_map(|(_, record)| std::iter::once(record).chain(record.evidence()));
    let records = records.chain(draft.entities());
    let fields = records.flat_map(|record| {
        record.fields.iter().filter(|field| {
            let slot = record.form.field(field.field.word()).map(|form| form.slot);
            matches!(slot, Some(Slot::One(_) | Slot::Many(_) | Slot::Document))
        })
    });
    fields
        .flat_map(|field| field.value.words())
        .map(|word| word.text.as_ref())
        .collect()
}

pub(super) fn entities_are_used(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let used = used_ids(draft);
    for word in draft.entities().filter_map(|record| record.word(Field::Id)) {
        if !used.contains(word.text.as_ref()) {
            let fault = Diagnostic::new(
                Code::UnusedEntity,
                format!("no fact is about `{}`", word.text),
            );
            found.push(
                fault
                    .at(word.place, "")
                    .hint("state a fact about it, or take it out"),
            );
        }
    }
}

pub(super) fn documents_are_used(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let used = used_ids(draft);
    let documents = draft
        .records
        .iter()
        .filter(|record| record.form.sort == Sort::Document);
    for word in documents.filter_map(|record| record.word(Field::Id)) {
        if !used.contains(word.text.as_ref()) {
            let fault = Diagnostic::new(
                Code::UnusedDocument,
                format!("no evidence cites `{}`", word.text),
            );
            found.push(fault.at(word.place, "").hint("cite it, or take it out"));
        }
    }
}

pub(super) fn passages_are_covered(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let covered = covered_passages(draft);
    for record in draft
        .records
        .iter()
        .filter(|record| record.form.sort == Sort::Document)
    {
        found.extend(uncovered_passages(draft, record, &covered));
    }
}

/// All passages of a document that are not covered, as one fault.
fn uncovered_passages(
    draft: &Draft,
    record: &Record,
    covered: &HashSet<(&str, String)>,
) -> Option<Diagnostic> {
    let document = record.text(Field::Id)?;
    let is_bare =
        |label: &String| is_passage_label(label) && !covered.contains(&(document, label.clone()));
    if record
        .words(Field::Passages)
        .iter()
        .any(|word| draft.is_beyond(word))
    {
        return None;
    }
    let words = record.words(Field::Passages).iter();
    let bare: Vec<(&Word, String)> = words
        .flat_map(|word| {
            draft
                .labels(word)
                .into_iter()
                .filter(is_bare)
                .map(move |label| (word, label))
        })
        .collect();
    let place = bare.first()?.0.place;
    let labels: Vec<String> = bare.into_iter().map(|(_, label)| label).collect();
    let ranges = as_ranges(&labels);
    let (what, them) = if labels.len() == 1 {
        (
            format!("passage `{}` of `{document}` supports no fact", ranges[0]),
            "it",
        )
    } else {
        (
            format!(
                "passages `{}` of `{document}` support no fact",
                ranges.join("`, `")
            ),
            "them",
        )
    };
    let nothing = format!(
        "Nothing(doc: \"{document}\", at: [\"{}\"], why: \"…\")",
        ranges.join("\", \"")
    );
    let fault = Diagnostic::new(Code::UncoveredPassage, what).at(place, "");
    Some(fault.hint(format!("cite {them}, or declare {them}: `{nothing}`")))
}

/// The passages that evidence cites, and those that are declared as holding nothing.
fn covered_passages<'r>(draft: &'r Draft<'r, '_>) -> HashSet<(&'r str, String)> {
    let citing = draft
        .records_and_evidence()
        .filter_map(|record| Some((record.text(Field::Doc)?, record.field(Field::At)?)));
    citing
        .flat_map(|(document, at)| {
            at.value
                .words()
                .iter()
                .flat_map(|word| draft.labels(word))
                .map(move |label| (document, label))
        })
        .collect()
}
