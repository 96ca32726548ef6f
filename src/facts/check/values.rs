//! Checks on dates, numbers and words of a fixed list.

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::nearest::did_you_mean;
use crate::facts::record::{FieldRecord, RawValue, Record};
use crate::facts::value::{Date, Extent, Period};
use crate::facts::vocabulary::{Field, Slot};
use crate::text::Place;

/// Every field of every record and piece of evidence, with its slot.
fn fields<'r, 'a>(draft: &Draft<'r, 'a>) -> impl Iterator<Item = (&'r FieldRecord<'a>, Slot)> {
    draft.records_and_evidence().flat_map(|record| {
        record
            .fields
            .iter()
            .filter_map(|field| Some((field, record.form.field(field.field.word())?.slot)))
    })
}

pub(super) fn choices_are_known(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (field, slot) in fields(draft) {
        let Slot::Choice(words) = slot else { continue };
        for word in field
            .value
            .words()
            .iter()
            .filter(|word| !words.contains(&word.text.as_ref()))
        {
            let fault = Diagnostic::new(
                Code::UnknownWord,
                format!("`{}` can't stand in `{}`", word.text, field.field),
            )
            .at(word.place, format!("one of {}", words.join(", ")))
            .hint_if(did_you_mean(&word.text, words.iter().copied()));
            found.push(fault);
        }
    }
}

pub(super) fn dates_are_dates(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (field, slot) in fields(draft) {
        let is_good: fn(&str) -> bool = match slot {
            Slot::Date => |text| Date::parse(text).is_some(),
            Slot::Period => |text| Period::parse(text).is_some(),
            _ => continue,
        };
        for word in field
            .value
            .words()
            .iter()
            .filter(|word| !is_good(&word.text))
        {
            let fault = Diagnostic::new(Code::MalformedDate, format!("`{}` is not a date", word.text))
                .at(word.place, "")
                .hint("write 2023, 2023-H2, 2023-Q4, 2023-12 or 2023-12-01; for a period two of them with `/` between");
            found.push(fault);
        }
    }
}

pub(super) fn times_run_forward(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for record in draft.records {
        let date = |field| record.text(field).and_then(Date::parse);
        let dates = |first, last| {
            date(first)
                .zip(date(last))
                .filter(|(from, to)| to.last_day() < from.first_day())
        };
        if let Some((since, until)) = dates(Field::Since, Field::Until) {
            found.push(reversed(
                record,
                Field::Until,
                format!("it ends ({until}) before it begins ({since})"),
            ));
        }
        if let Some((earliest, latest)) = dates(Field::Earliest, Field::Latest) {
            let what = format!("the latest day ({latest}) is before the earliest ({earliest})");
            found.push(reversed(record, Field::Latest, what));
        }
        if let Some(period) = record.text(Field::Period).and_then(Period::parse)
            && period.to.last_day() < period.from.first_day()
        {
            found.push(reversed(
                record,
                Field::Period,
                format!(
                    "the period ends ({}) before it begins ({})",
                    period.to, period.from
                ),
            ));
        }
    }
}

fn reversed(record: &Record, field: Field, what: String) -> Diagnostic {
    let place = record.word(field).map_or(record.place, |word| word.place);
    Diagnostic::new(Code::DatesReversed, what)
        .at(place, "")
        .hint("swap the two dates, or mend one of them")
}

pub(super) fn numbers_are_in_range(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (field, _) in fields(draft) {
        match &field.value {
            RawValue::Share(share) => found.extend(extent_fault(share, true, field.place)),
            RawValue::Amount(number, _) => found.extend(extent_fault(number, false, field.place)),
            _ => {}
        }
    }
}

fn extent_fault(extent: &Extent, is_share: bool, place: Place) -> Option<Diagnostic> {
    let is_good = |number: &f64| {
        if is_share {
            (0.0..=1.0).contains(number)
        } else {
            number.is_finite()
        }
    };
    if let Some(bad) = extent.numbers().find(|number| !is_good(number)) {
        let what = if is_share {
            format!("a share lies within 0 and 1; this is {bad}")
        } else {
            format!("{bad} is not a number")
        };
        let fault = Diagnostic::new(Code::ShareOutOfRange, what).at(place, "");
        let percent = is_share && bad > 1.0 && bad <= 100.0;
        return Some(
            fault.hint_if(
                percent.then(|| format!("write {bad} % as {}", (bad * 1e6).round() / 1e8)),
            ),
        );
    }
    match extent {
        Extent::Between(lo, hi) if lo > hi => {
            let what = format!("the bounds stand the wrong way round: {lo} is more than {hi}");
            Some(
                Diagnostic::new(Code::BoundsReversed, what)
                    .at(place, "")
                    .hint(format!("write `Between({hi}, {lo})`")),
            )
        }
        _ => None,
    }
}
