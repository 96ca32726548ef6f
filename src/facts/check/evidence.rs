//! Checks on what supports a fact.

use std::collections::{HashMap, HashSet};

use super::{Draft, records_and_evidence};
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::record::{RawValue, Record, Word};
use crate::facts::status::Status;
use crate::facts::value::{is_passage_label, range_length};
use crate::facts::vocabulary::{Claim, Field, Slot, Sort};
use crate::text::Place;

pub(super) fn facts_have_evidence(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (claim, record) in draft
        .facts()
        .filter(|(_, record)| !record.has_unknown_fields)
    {
        let is_empty = match record.field(Field::Evidence).map(|field| &field.value) {
            Some(RawValue::Evidence(evidence)) => evidence.is_empty(),
            _ => true,
        };
        if is_empty {
            let fault =
                Diagnostic::new(Code::NoEvidence, format!("this `{claim}` has no evidence"))
                    .at(record.place, "")
                    .hint("add `evidence: [Reported(doc: \"…\", at: \"…\")]`");
            found.push(fault);
        }
    }
}

pub(super) fn passages_are_well_formed_and_listed(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut listed: HashMap<&str, Vec<String>> = HashMap::new();
    for record in draft
        .records
        .iter()
        .filter(|record| record.form.sort == Sort::Document)
    {
        let words = record.words(Field::Passages);
        let labels: Vec<_> = words.iter().flat_map(|word| draft.labels(word)).collect();
        // Of a list with a malformed label nobody knows what it holds.
        let is_whole = labels.iter().all(|label| is_passage_label(label))
            && !words.iter().any(|word| draft.is_beyond(word));
        if let Some(id) = record.text(Field::Id).filter(|_| is_whole) {
            listed.insert(id, labels);
        }
    }
    for labels in listed.values_mut() {
        labels.sort_unstable();
    }
    for (document, word) in draft.records_and_evidence().flat_map(cited_passages) {
        let known = listed.get(document).map_or(&[][..], Vec::as_slice);
        for label in draft.labels(word) {
            found.extend(passage_fault(document, &label, word, known));
        }
    }
}

/// Passages that the ranges in a document's record may stand for, and likewise all ranges that are
/// cited of it: more than any document has, and few enough to be looked through one by one.
const MOST_IN_RANGES: usize = 10_000;

/// The ranges that go beyond that, with their documents.
fn ranges_beyond<'r>(records: &'r [Record]) -> impl Iterator<Item = (&'r str, &'r Word<'r>)> {
    let mut counts: HashMap<(&str, bool), usize> = HashMap::new();
    let cited = records_and_evidence(records).flat_map(|record| {
        let is_own = record.form.sort == Sort::Document;
        cited_passages(record).map(move |(document, word)| (document, is_own, word))
    });
    cited.filter_map(move |(document, is_own, word)| {
        let count = counts.entry((document, is_own)).or_default();
        *count = count.saturating_add(range_length(&word.text));
        (range_length(&word.text) > 0 && *count > MOST_IN_RANGES).then_some((document, word))
    })
}

/// The places of ranges that are not written out, lest a few bytes fill the memory.
pub(super) fn places_beyond(records: &[Record]) -> HashSet<Place> {
    ranges_beyond(records).map(|(_, word)| word.place).collect()
}

pub(super) fn ranges_are_bounded(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut told = HashSet::new();
    for (document, word) in
        ranges_beyond(draft.records).filter(|(document, _)| told.insert(*document))
    {
        let what = format!("the ranges of passages of `{document}` stand for more than 10,000");
        let fault = Diagnostic::new(Code::MalformedPassage, what).at(word.place, "from here on");
        found.push(fault.hint("list the passages that the document has"));
    }
}

/// The passage labels in a record, with the document that they are of.
fn cited_passages<'r>(record: &'r Record) -> impl Iterator<Item = (&'r str, &'r Word<'r>)> {
    let own = record.text(if record.form.sort == Sort::Document {
        Field::Id
    } else {
        Field::Doc
    });
    let labels = record.fields.iter().filter(|field| {
        let slot = record.form.field(field.field.word()).map(|form| form.slot);
        matches!(slot, Some(Slot::Passage | Slot::Passages))
    });
    labels
        .flat_map(|field| field.value.words())
        .filter_map(move |word| Some((own?, word)))
}

fn passage_fault(document: &str, label: &str, word: &Word, known: &[String]) -> Option<Diagnostic> {
    if !is_passage_label(label) {
        let fault = Diagnostic::new(
            Code::MalformedPassage,
            format!("`{label}` is not a passage label"),
        )
        .at(word.place, "");
        return Some(fault.hint(
            "write it as the document's text has it in brackets, such as `p6` or `III.2 p1`",
        ));
    }
    if known.is_empty()
        || known
            .binary_search_by(|known| known.as_str().cmp(label))
            .is_ok()
    {
        return None;
    }
    let fault = Diagnostic::new(
        Code::UnknownPassage,
        format!("`{document}` has no passage `{label}`"),
    )
    .at(word.place, "");
    Some(fault.hint("the document's record lists its labels in `passages`"))
}

pub(super) fn figures_are_not_inferred(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (claim, record) in draft.facts() {
        let has_number = record
            .fields
            .iter()
            .any(|field| matches!(field.value, RawValue::Share(_) | RawValue::Amount(..)));
        let inferred = record
            .evidence()
            .find(|e| e.form.sort == Sort::Evidence(Status::InferredByCurator));
        if let Some(evidence) = inferred.filter(|_| has_number || claim == Claim::Figure) {
            let fault = Diagnostic::new(Code::InferredFigure, "a curator may not infer a figure")
                .at(evidence.place, "")
                .hint("cite the passage that states the figure, or leave the figure out");
            found.push(fault);
        }
    }
}
