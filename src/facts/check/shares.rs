//! Checks on shares that belong together.

use std::collections::HashMap;

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::record::Record;
use crate::facts::tally::Tally;
use crate::facts::value::{Extent, written};
use crate::facts::vocabulary::{Claim, EntityKind, Field};
use crate::text::Place;

/// A whole that shares are shares of: which whole, whose, and when.
type Whole<'r> = (&'static str, &'r str, &'r str, &'r str);

/// Who holds how much of a whole at least.
type Holders<'r> = HashMap<&'r str, Held>;

/// How much of a whole somebody holds at least, by how much that may have been rounded, and where
/// it is stated.
#[derive(Clone, Copy)]
struct Held {
    least: Tally,
    rounding: Tally,
    place: Place,
}

/// A share with the whole it is a share of and the one who has it.
struct Stake<'r> {
    whole: Whole<'r>,
    holder: &'r str,
    share: &'r Extent,
    place: Place,
    is_conflict: bool,
}

/// What an economy's companies hold is another whole than what is made on territories: one counts
/// the same goods by who makes them, one by where.
const COMPANIES: &str = "the world's supply, by companies, of";

/// Every share in a record. The holder of a share in what is made is the maker, in what is bought
/// the seller.
#[expect(clippy::too_many_lines, reason = "a table")]
fn stakes<'r>(claim: Claim, record: &'r Record) -> Vec<Stake<'r>> {
    let text = |field| record.text(field).unwrap_or("");
    let supply = if record.flag(Field::Held) {
        COMPANIES
    } else {
        "the world's supply of"
    };
    let as_of = record
        .text(Field::AsOf)
        .or(record.text(Field::Since))
        .unwrap_or("");
    let rows: &[(Field, &'static str, &str, &str, &str)] = match claim {
        Claim::Produces => &[
            (
                Field::WorldShare,
                supply,
                text(Field::Good),
                "",
                text(Field::By),
            ),
            (
                Field::OutputShare,
                "the output by",
                text(Field::By),
                text(Field::Good),
                text(Field::At),
            ),
            (
                Field::BusinessShare,
                "the business of",
                text(Field::By),
                "",
                text(Field::Good),
            ),
        ],
        Claim::Supplies => &[(
            Field::Share,
            "the need by",
            text(Field::To),
            text(Field::Good),
            text(Field::From),
        )],
        Claim::Sources => &[(
            Field::Share,
            "the need by",
            text(Field::Buyer),
            text(Field::Good),
            text(Field::From),
        )],
        Claim::SellsIn => &[(
            Field::Share,
            "the sales by",
            text(Field::Seller),
            text(Field::Good),
            text(Field::Place),
        )],
        Claim::Owns => &[(
            Field::Share,
            "the ownership of",
            text(Field::Owned),
            "",
            text(Field::Owner),
        )],
        _ => &[],
    };
    let stake =
        |&(field, what, of, good, holder): &(Field, &'static str, &'r str, &'r str, &'r str)| {
            let found = record.field(field)?;
            let is_conflict = record.field(Field::Conflict).is_some();
            Some(Stake {
                whole: (what, of, good, as_of),
                holder,
                share: record.share(field)?,
                place: found.place,
                is_conflict,
            })
        };
    // A share outside 0 to 1 is another check's fault.
    let is_share = |stake: &Stake| {
        stake
            .share
            .numbers()
            .all(|number| (0.0..=1.0).contains(&number))
    };
    rows.iter().filter_map(stake).filter(is_share).collect()
}

fn all_stakes<'r>(draft: &Draft<'r, '_>) -> impl Iterator<Item = Stake<'r>> {
    draft
        .facts()
        .flat_map(|(claim, record)| stakes(claim, record))
}

pub(super) fn mixes_do_not_exceed_the_whole(draft: &Draft, found: &mut Vec<Diagnostic>) {
    // Holders of different kinds overlap: what a country makes holds what its firms make.
    let mut mixes: HashMap<(Whole, Option<EntityKind>), Holders> = HashMap::new();
    for stake in all_stakes(draft).filter(|stake| !stake.is_conflict) {
        let least = Tally::of(stake.share.interval().lo);
        let rounding = Tally::of(stake.share.rounding()).min(least);
        let new = Held {
            least,
            rounding,
            place: stake.place,
        };
        let kind = draft.entity(stake.holder).map(|(kind, _)| kind);
        let held = mixes
            .entry((stake.whole, kind))
            .or_default()
            .entry(stake.holder)
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
fn excess(whole: Whole, total: Tally, places: Vec<Place>) -> Diagnostic {
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
fn rounded(whole: Whole, total: Tally, places: Vec<Place>) -> Diagnostic {
    let what = format!(
        "{} come to {}, as rounding of their digits explains",
        shares_of(whole),
        written(total.value())
    );
    counted(Diagnostic::new(Code::SharesRounded, what), places)
        .hint("each is taken within half a unit of its last digit, at least of a per cent; give more digits if the document does")
}

fn shares_of((what, of, good, _): Whole) -> String {
    let good = if good.is_empty() {
        String::new()
    } else {
        format!(" of `{good}`")
    };
    format!("shares of {what} `{of}`{good}")
}

fn counted(fault: Diagnostic, mut places: Vec<Place>) -> Diagnostic {
    places.sort_unstable();
    places
        .into_iter()
        .fold(fault, |fault, place| fault.at(place, "counted in"))
}

pub(super) fn exact_shares_do_not_contradict(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut stated: HashMap<(Whole, &str), (f64, Place)> = HashMap::new();
    for stake in all_stakes(draft).filter(|stake| !stake.is_conflict) {
        let &Extent::Exactly(share) = stake.share else {
            continue;
        };
        let (first, place) = *stated
            .entry((stake.whole, stake.holder))
            .or_insert((share, stake.place));
        if first != share {
            let fault = Diagnostic::new(
                Code::Contradiction,
                format!("the same share is stated as {first} and as {share}"),
            )
            .at(stake.place, "here")
            .at(place, "and here")
            .hint(
                "keep both only if the documents contradict each other, and say so in `conflict`",
            );
            found.push(fault);
        }
    }
}
