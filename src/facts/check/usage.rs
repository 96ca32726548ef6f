//! Warnings about what nobody refers to.

use std::collections::HashSet;

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
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
