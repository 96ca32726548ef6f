//! Checks on the fields of records and on the ids that stand in them.

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::record::{FieldRecord, Record, Word};
use crate::facts::sentences::with_article;
use crate::facts::vocabulary::{EntityKind, Field, FieldForm, KindSet, Slot, Sort};

pub(super) fn required_fields_are_there(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for record in draft
        .records_and_evidence()
        .filter(|record| !record.has_unknown_fields)
    {
        for form in record
            .form
            .fields()
            .filter(|form| form.required && record.field(form.field).is_none())
        {
            if !has_instead(draft, record, form) {
                let instead = form
                    .instead
                    .map(|(field, kinds)| format!("; or `{field}: …`, {}", a_kind_of(kinds)));
                let hint = format!("add `{}: …`{}", form.field, instead.unwrap_or_default());
                found.push(missing_field(record, form.field).hint(hint));
            }
        }
    }
}

/// A field that a record lacks.
pub(super) fn missing_field(record: &Record, field: Field) -> Diagnostic {
    let what = format!("`{}` must have the field `{field}`", record.form.head);
    Diagnostic::new(Code::MissingField, what).at(record.place, "it is missing here")
}

/// Whether another field stands where one is missing, with an entity of a kind that makes up for
/// it. Of what an unknown id means nobody knows.
fn has_instead(draft: &Draft, record: &Record, form: &FieldForm) -> bool {
    let word = |(field, kinds)| record.word(field).map(|word| (word, kinds));
    form.instead
        .and_then(word)
        .is_some_and(|(word, kinds): (&Word, KindSet)| {
            draft
                .entity(&word.text)
                .is_none_or(|(kind, _)| kinds.contains(kind))
        })
}

/// The fields that hold ids of entities, with the kinds that may stand there.
fn references<'r, 'a>(
    record: &'r Record<'a>,
) -> impl Iterator<Item = (&'r FieldRecord<'a>, KindSet)> {
    record
        .fields
        .iter()
        .filter_map(|field| match record.form.field(field.field.word())?.slot {
            Slot::One(kinds) | Slot::Many(kinds) => Some((field, kinds)),
            _ => None,
        })
}

pub(super) fn entities_are_declared_and_of_the_right_kind(
    draft: &Draft,
    found: &mut Vec<Diagnostic>,
) {
    for record in draft.records_and_evidence() {
        for (field, kinds) in references(record) {
            for word in field.value.words() {
                found.extend(reference_fault(draft, record, field.field, kinds, word));
            }
        }
    }
}

fn reference_fault(
    draft: &Draft,
    record: &Record,
    field: Field,
    kinds: KindSet,
    word: &Word,
) -> Option<Diagnostic> {
    match draft.entity(&word.text) {
        Some((kind, _)) if kinds.contains(kind) => None,
        Some((kind, declared)) => {
            Some(wrong_kind(record, field, kinds, word, kind).at(declared.place, "declared here"))
        }
        None if draft.is_damaged(&word.text) => None,
        None => {
            let hint = draft.nearest_id(
                word,
                |sort| matches!(sort, Sort::Entity(kind) if kinds.contains(kind)),
            );
            let declare = || {
                format!(
                    "declare it: `{}(id: \"{}\", en: \"…\")`",
                    example_kind(kinds),
                    word.text
                )
            };
            let fault = Diagnostic::new(
                Code::UnknownEntity,
                format!("no entity has the id `{}`", word.text),
            );
            Some(fault.at(word.place, "").hint(hint.unwrap_or_else(declare)))
        }
    }
}

fn wrong_kind(
    record: &Record,
    field: Field,
    kinds: KindSet,
    word: &Word,
    kind: EntityKind,
) -> Diagnostic {
    let end = format!("{}.{field}", record.form.head);
    let (wanted, kind) = (a_kind_of(kinds), with_article(kind.noun()));
    let what = format!("`{end}` must be {wanted}; `{}` is {kind}", word.text);
    Diagnostic::new(Code::WrongKind, what).at(word.place, kind)
}

fn a_kind_of(kinds: KindSet) -> String {
    with_article(&kinds.describe())
}

/// The kind that is most often meant among these.
fn example_kind(kinds: KindSet) -> EntityKind {
    let likely = [EntityKind::Firm, EntityKind::Product, EntityKind::Place];
    *likely
        .iter()
        .chain(EntityKind::ALL)
        .find(|&&kind| kinds.contains(kind))
        .unwrap_or(&EntityKind::Firm)
}

pub(super) fn documents_are_declared(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for word in draft
        .records_and_evidence()
        .filter_map(|record| record.word(Field::Doc))
    {
        if draft.document(&word.text).is_none() && !draft.is_damaged(&word.text) {
            let hint = draft.nearest_id(word, |sort| sort == Sort::Document);
            let declare = || {
                format!(
                    "declare it: `Document(id: \"{}\", title: \"…\", publisher: \"…\")`",
                    word.text
                )
            };
            let fault = Diagnostic::new(
                Code::UnknownDocument,
                format!("no document has the id `{}`", word.text),
            );
            found.push(fault.at(word.place, "").hint(hint.unwrap_or_else(declare)));
        }
    }
}

pub(super) fn ends_differ(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (claim, record) in draft.facts() {
        let ends: Vec<&Word> = claim
            .form()
            .fields
            .iter()
            .filter(|form| form.required && matches!(form.slot, Slot::One(_)))
            .filter_map(|form| record.word(form.field))
            .collect();
        for (at, end) in ends.iter().enumerate() {
            if let Some(same) = ends[..at].iter().find(|earlier| earlier.text == end.text) {
                let what = format!("`{claim}` relates `{}` to itself", end.text);
                found.push(
                    Diagnostic::new(Code::SelfReference, what)
                        .at(end.place, "")
                        .at(same.place, "the same"),
                );
            }
        }
    }
}
