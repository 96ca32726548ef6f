//! Warnings about what nobody refers to.

use std::collections::HashSet;

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::value::{expand_passages, is_passage_label};
use crate::facts::vocabulary::{Field, Slot, Sort};

/// Every id that a fact or its evidence refers to.
fn used_ids<'r>(draft: &Draft<'r, '_>) -> HashSet<&'r str> {
    let records = draft.facts().flat_map(|(_, record)| std::iter::once(record).chain(record.evidence()));
    let fields = records.flat_map(|record| {
        record.fields.iter().filter(|field| {
            let slot = record.form.field(field.field.word()).map(|form| form.slot);
            matches!(slot, Some(Slot::One(_) | Slot::Many(_) | Slot::Document))
        })
    });
    fields.flat_map(|field| field.value.words()).map(|word| word.text.as_ref()).collect()
}

pub(super) fn entities_are_used(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let used = used_ids(draft);
    for word in draft.entities().filter_map(|record| record.word(Field::Id)) {
        if !used.contains(word.text.as_ref()) {
            let fault = Diagnostic::new(Code::UnusedEntity, format!("no fact is about `{}`", word.text));
            found.push(fault.at(word.place, "").hint("state a fact about it, or take it out"));
        }
    }
}

pub(super) fn documents_are_used(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let used = used_ids(draft);
    let documents = draft.records.iter().filter(|record| record.form.sort == Sort::Document);
    for word in documents.filter_map(|record| record.word(Field::Id)) {
        if !used.contains(word.text.as_ref()) {
            let fault = Diagnostic::new(Code::UnusedDocument, format!("no evidence cites `{}`", word.text));
            found.push(fault.at(word.place, "").hint("cite it, or take it out"));
        }
    }
}

pub(super) fn passages_are_covered(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let covered = covered_passages(draft);
    for record in draft.records.iter().filter(|record| record.form.sort == Sort::Document) {
        let Some(document) = record.text(Field::Id) else { continue };
        for word in record.words(Field::Passages) {
            let labels = expand_passages(&word.text);
            let labels = labels.into_iter().filter(|label| is_passage_label(label));
            for label in labels.filter(|label| !covered.contains(&(document, label.clone()))) {
                let what = format!("passage `{label}` of `{document}` supports no fact");
                let fault = Diagnostic::new(Code::UncoveredPassage, what).at(word.place, "");
                found.push(fault.hint(format!(
                    "cite it, or declare it: `Nothing(doc: \"{document}\", at: [\"{label}\"], why: \"…\")`"
                )));
            }
        }
    }
}

/// The passages that evidence cites, and those that are declared as holding nothing.
fn covered_passages<'r>(draft: &Draft<'r, '_>) -> HashSet<(&'r str, String)> {
    let citing =
        draft.records_and_evidence().filter_map(|record| Some((record.text(Field::Doc)?, record.field(Field::At)?)));
    citing
        .flat_map(|(document, at)| {
            at.value.words().iter().flat_map(|word| expand_passages(&word.text)).map(move |label| (document, label))
        })
        .collect()
}
