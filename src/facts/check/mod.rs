//! The checks that records must pass before they make a catalogue. Each is one function; [`CHECKS`]
//! is their list.

mod declarations;
mod evidence;
mod placing;
mod references;
mod relations;
mod shares;
mod texts;
mod usage;
mod values;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::nearest::did_you_mean;
use super::record::{Record, Word};
use super::value::expand_passages;
use super::vocabulary::{Claim, EntityKind, Field, Sort};
use crate::diagnostic::Diagnostic;
use crate::text::Place;

/// A check: looks at all records and says what is wrong.
type Check = fn(&Draft, &mut Vec<Diagnostic>);

/// Every check, in the order in which they are made.
const CHECKS: &[Check] = &[
    declarations::ids_are_kebab_case,
    declarations::ids_are_declared_once,
    declarations::names_are_clean,
    declarations::names_are_claimed_once,
    texts::texts_can_be_seen,
    texts::texts_say_something,
    texts::caveats_are_short,
    texts::words_are_of_one_alphabet,
    references::required_fields_are_there,
    references::entities_are_declared_and_of_the_right_kind,
    references::documents_are_declared,
    references::ends_differ,
    placing::only_economies_have_companies,
    placing::days_of_undated_documents,
    evidence::facts_have_evidence,
    evidence::ranges_are_bounded,
    evidence::passages_are_well_formed_and_listed,
    evidence::figures_are_not_inferred,
    values::choices_are_known,
    values::dates_are_dates,
    values::times_run_forward,
    values::numbers_are_in_range,
    shares::mixes_do_not_exceed_the_whole,
    shares::exact_shares_do_not_contradict,
    relations::kinds_and_parts_have_no_cycle,
    relations::seats_are_at_home,
    usage::entities_are_used,
    usage::documents_are_used,
    usage::passages_are_covered,
];

/// Makes every check. All together take time in proportion to the records, but for sorting.
pub(super) fn check(draft: &Draft) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for check in CHECKS {
        check(draft, &mut found);
    }
    found
}

/// All records, with what is needed to look up the ids in them.
pub(super) struct Draft<'r, 'a> {
    records: &'r [Record<'a>],
    declared: HashMap<&'r str, &'r Record<'a>>,
    damaged: HashSet<&'r str>,
    /// Where ranges of passages stand that are not written out.
    beyond: HashSet<Place>,
    /// How many more ids are looked for that may have been meant.
    searches: Cell<usize>,
}

/// Unknown ids for which the nearest is looked for: one search goes through all ids, and nobody
/// reads more hints.
const MOST_SEARCHES: usize = 20;

impl<'r, 'a> Draft<'r, 'a> {
    pub(super) fn new(records: &'r [Record<'a>], damaged_ids: &'r [&'a str]) -> Self {
        let mut declared = HashMap::with_capacity(records.len());
        for record in records {
            if let Some(id) = record.text(Field::Id) {
                declared.entry(id).or_insert(record);
            }
        }
        let damaged = damaged_ids.iter().copied().collect();
        let beyond = evidence::places_beyond(records);
        Draft {
            records,
            declared,
            damaged,
            beyond,
            searches: Cell::new(MOST_SEARCHES),
        }
    }

    fn facts(&self) -> impl Iterator<Item = (Claim, &'r Record<'a>)> {
        self.records
            .iter()
            .filter_map(|record| match record.form.sort {
                Sort::Fact(claim) => Some((claim, record)),
                _ => None,
            })
    }

    fn entities(&self) -> impl Iterator<Item = &'r Record<'a>> {
        self.records
            .iter()
            .filter(|record| matches!(record.form.sort, Sort::Entity(_)))
    }

    /// Every record, and every piece of evidence in it.
    fn records_and_evidence(&self) -> impl Iterator<Item = &'r Record<'a>> {
        records_and_evidence(self.records)
    }

    /// The passage labels that a word stands for.
    fn labels(&self, word: &Word) -> Vec<String> {
        if self.is_beyond(word) {
            Vec::new()
        } else {
            expand_passages(&word.text)
        }
    }

    /// Whether a word is a range that is not written out; what the list holds that it stands in,
    /// nobody knows then.
    fn is_beyond(&self, word: &Word) -> bool {
        self.beyond.contains(&word.place)
    }

    /// The record that declares an entity, with its kind.
    fn entity(&self, id: &str) -> Option<(EntityKind, &'r Record<'a>)> {
        let record = *self.declared.get(id)?;
        match record.form.sort {
            Sort::Entity(kind) => Some((kind, record)),
            _ => None,
        }
    }

    /// The record that declares a document.
    fn document(&self, id: &str) -> Option<&'r Record<'a>> {
        self.declared
            .get(id)
            .copied()
            .filter(|record| record.form.sort == Sort::Document)
    }

    /// Whether an id stands in a record that could not be read.
    fn is_damaged(&self, id: &str) -> bool {
        self.damaged.contains(id)
    }

    /// A hint that names the nearest id which a record of this sort declares; for the first few
    /// that are asked for.
    fn nearest_id(&self, word: &Word, is_wanted: impl Fn(Sort) -> bool) -> Option<String> {
        self.searches.set(self.searches.get().checked_sub(1)?);
        let wanted = self
            .declared
            .iter()
            .filter(|(_, record)| is_wanted(record.form.sort));
        did_you_mean(&word.text, wanted.map(|(id, _)| *id))
    }
}

fn records_and_evidence<'r, 'a>(records: &'r [Record<'a>]) -> impl Iterator<Item = &'r Record<'a>> {
    records
        .iter()
        .flat_map(|record| std::iter::once(record).chain(record.evidence()))
}
