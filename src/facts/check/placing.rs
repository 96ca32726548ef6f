//! Checks on fields that mean something only beside certain others.

use super::Draft;
use super::references::missing_field;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::record::Record;
use crate::facts::sentences::with_article;
use crate::facts::vocabulary::{EntityKind, Field, Sort};

pub(super) fn only_economies_have_companies(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (_, record) in draft.facts().filter(|(_, record)| record.flag(Field::Held)) {
        let by = record
            .word(Field::By)
            .and_then(|word| Some((word, draft.entity(&word.text)?.0)));
        if let Some((word, kind)) = by.filter(|(_, kind)| *kind != EntityKind::Economy) {
            let kind = with_article(kind.noun());
            let what = format!(
                "`held` is said of an economy's companies; `{}` is {kind}",
                word.text
            );
            let fault = misplaced(record, Field::Held, what).at(word.place, kind);
            found.push(fault.hint(
                "leave `held` out; or put the economy into `by` whose companies hold the supply",
            ));
        }
    }
}

fn misplaced(record: &Record, field: Field, what: String) -> Diagnostic {
    let place = record
        .field(field)
        .map_or(record.place, |found| found.place);
    Diagnostic::new(Code::MisplacedField, what).at(place, "it means nothing here")
}

/// The days between which an undated document may be: both or none, and none of what has a date.
pub(super) fn days_of_undated_documents(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for record in draft
        .records
        .iter()
        .filter(|record| record.form.sort == Sort::Document)
    {
        let has = |field| record.field(field).is_some();
        for (field, other) in [
            (Field::Earliest, Field::Latest),
            (Field::Latest, Field::Earliest),
        ] {
            if has(field) && (has(Field::Date) || !has(Field::Undated)) {
                let what = format!("`{field}` is for a document that has `undated` and no `date`");
                let fault = misplaced(record, field, what);
                found.push(fault.hint("leave it out; or say in `undated` why there is no date"));
            } else if has(other) && !has(field) {
                found.push(
                    missing_field(record, field)
                        .hint(format!("give both days, or leave `{other}` out")),
                );
            }
        }
    }
}
