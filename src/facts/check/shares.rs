//! Checks on shares that belong together.

use std::collections::HashMap;

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::record::Record;
use crate::facts::roles::{Role, ShareOf, Whole};
use crate::facts::tally::Tally;
use crate::facts::value::{Extent, written};
use crate::facts::vocabulary::{ClaimForm, EntityKind, Field};
use crate::text::Place;

/// One whole that shares are shares of: what it is, whose, of which good, and when.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct OneWhole<'r> {
    what: Whole,
    is_held_by_companies: bool,
    of: &'r str,
    good: &'r str,
    as_of: &'r str,
}

/// Who holds how much of a whole at least.
type Holders<'r> = HashMap<&'r str, LeastHeld>;

/// How much of a whole somebody holds at least, by how much that may have been rounded, and where
/// it is stated.
#[derive(Clone, Copy)]
struct LeastHeld {
    least: Tally,
    rounding: Tally,
    place: Place,
}

/// A share with the whole it is a share of and the one who has it.
struct StatedShare<'r> {
    whole: OneWhole<'r>,
    holder: &'r str,
    share: &'r Extent,
    place: Place,
    is_conflict: bool,
}

/// Every share in a record.
fn stated_shares<'r>(form: &ClaimForm, record: &'r Record) -> Vec<StatedShare<'r>> {
    form.shares()
        .filter_map(|(field, share_of)| stated_share(record, field, share_of))
        .filter(is_share)
        .collect()
}

/// A share outside 0 to 1 is another check's fault.
fn is_share(stated: &StatedShare) -> bool {
    let mut numbers = stated.share.numbers();
    numbers.all(|number| (0.0..=1.0).contains(&number))
}

fn stated_share<'r>(
    record: &'r Record,
    field: Field,
    share_of: ShareOf,
) -> Option<StatedShare<'r>> {
    let found = record.field(field)?;
    Some(StatedShare {
        whole: whole(record, share_of),
        holder: player(record, share_of.holder),
        share: record.share(field)?,
        place: found.place,
        is_conflict: record.field(Field::Conflict).is_some(),
    })
}

/// What an economy's companies hold is another whole than what is made on territories: one counts
/// the same goods by who makes them, one by where.
fn whole<'r>(record: &'r Record, share_of: ShareOf) -> OneWhole<'r> {
    let good = share_of.good.map(|role| player(record, role));
    let as_of = record.text(Field::AsOf).or(record.text(Field::Since));
    OneWhole {
        what: share_of.whole,
        is_held_by_companies: share_of.whole == Whole::WorldSupply && record.flag(Field::Held),
        of: player(record, share_of.of),
        good: good.unwrap_or(""),
        as_of: as_of.unwrap_or(""),
    }
}

/// Who plays a role in a record; nothing where nobody does.
fn player<'r>(record: &'r Record, role: Role) -> &'r str {
    record.player(role).map_or("", |word| &word.text)
}

fn all_shares<'r>(draft: &Draft<'r, '_>) -> impl Iterator<Item = StatedShare<'r>> {
    draft
        .facts()
        .flat_map(|(claim, record)| stated_shares(claim.form(), record))
}

pub(super) fn mixes_do_not_exceed_the_whole(draft: &Draft, found: &mut Vec<Diagnostic>) {
    // Holders of different kinds overlap: what a country makes holds what its firms make.
    let mut mixes: HashMap<(OneWhole, Option<EntityKind>), Holders> = HashMap::new();
    for stated in all_shares(draft).filter(|stated| !stated.is_conflict) {
        let least = Tally::of(stated.share.interval().lo);
        let rounding = Tally::of(stated.share.rounding()).min(least);
        let new = LeastHeld {
            least,
            rounding,
            place: stated.place,
        };
        let kind = draft.entity(stated.holder).map(|(kind, _)| kind);
        let held = mixes
            .entry((stated.whole, kind))
            .or_default()
            .entry(stated.holder)
            .or_insert(new);
        if least > held.least {
            *held = new;
        }
    }
    for ((whole, _), held) in mixes {
        let total: Tally = held.values().map(|held| held.least).sum();
        let rounding: Tally = held.values().map(|held| held.rounding).sum();
        let places = held.into_values().map(|held| held.place).collect();
        if total > Tally::ONE + rounding {
            found.push(excess(whole, total, places));
        } else if total > Tally::ONE {
            found.push(rounded(whole, total, places));
        }
    }
}

/// More than the whole, and more than rounding explains.
fn excess(whole: OneWhole, total: Tally, places: Vec<Place>) -> Diagnostic {
    let total = written(total.value());
    let what = format!(
        "{} come to at least {total}, more than the whole",
        shares_of(whole)
    );
    counted(Diagnostic::new(Code::SharesExceedWhole, what), places).hint(
        "mend a share; give more digits if they are rounded; or, if they are of different times, say when in `as_of`",
    )
}

/// More than the whole by no more than the rounding of the printed digits.
fn rounded(whole: OneWhole, total: Tally, places: Vec<Place>) -> Diagnostic {
    let what = format!(
        "{} come to {}, as rounding of their digits explains",
        shares_of(whole),
        written(total.value())
    );
    counted(Diagnostic::new(Code::SharesRounded, what), places)
        .hint("each is taken within half a unit of its last digit, at least of a per cent; give more digits if the document does")
}

fn shares_of(whole: OneWhole) -> String {
    let good = if whole.good.is_empty() {
        String::new()
    } else {
        format!(" of `{}`", whole.good)
    };
    format!("shares of {} `{}`{good}", words(whole), whole.of)
}

fn words(whole: OneWhole) -> &'static str {
    match whole.what {
        Whole::WorldSupply if whole.is_held_by_companies => "the world's supply, by companies, of",
        Whole::WorldSupply => "the world's supply of",
        Whole::Output => "the output by",
        Whole::Business => "the business of",
        Whole::Need => "the need by",
        Whole::Sales => "the sales by",
        Whole::Ownership => "the ownership of",
    }
}

fn counted(fault: Diagnostic, mut places: Vec<Place>) -> Diagnostic {
    places.sort_unstable();
    places
        .into_iter()
        .fold(fault, |fault, place| fault.at(place, "counted in"))
}

pub(super) fn exact_shares_do_not_contradict(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut firsts: HashMap<(OneWhole, &str), (f64, Place)> = HashMap::new();
    for stated in all_shares(draft).filter(|stated| !stated.is_conflict) {
        let &Extent::Exactly(share) = stated.share else {
            continue;
        };
        let (first, place) = *firsts
            .entry((stated.whole, stated.holder))
            .or_insert((share, stated.place));
        if first != share {
            let fault = Diagnostic::new(
                Code::Contradiction,
                format!("the same share is stated as {first} and as {share}"),
            )
            .at(stated.place, "here")
            .at(place, "and here")
            .hint(
                "keep both only if the documents contradict each other, and say so in `conflict`",
            );
            found.push(fault);
        }
    }
}
