//! What is documented instead of an answer, in words.

use super::lines::{count, name};
use crate::query::{Given, Instead, InsteadSort, ReadingView, Row};

/// The heading over all of it.
pub const DOCUMENTED_INSTEAD: &str = "Documented instead";

/// What some of it is, and how much of it there is.
pub fn words(instead: &Instead) -> String {
    let of = instead.of.iter().map(given).collect::<Vec<_>>();
    let (all, both) = (instead.count, of.join(" and "));
    let facts = || count(all, "fact names", "facts name");
    match (instead.sort, of.as_slice()) {
        (InsteadSort::RowsOfAll, _) => {
            format!("{} if nothing is filtered", count(all, "row", "rows"))
        }
        (InsteadSort::RowsWith, _) => {
            format!("{} {}", count(all, "row", "rows"), included(instead))
        }
        (InsteadSort::ChainsWith, _) => {
            format!("{} {}", count(all, "chain", "chains"), included(instead))
        }
        (InsteadSort::NamesBoth, [dependent, dependency]) => {
            format!(
                "{} {both}; none makes {dependent} depend on {dependency}{}",
                facts(),
                shown(instead)
            )
        }
        (InsteadSort::NamesBoth | InsteadSort::Names, _) => {
            format!("{} {both}{}", facts(), shown(instead))
        }
        (InsteadSort::Figures, _) => {
            format!(
                "{} of {both}{}",
                count(all, "other figure", "other figures"),
                shown(instead)
            )
        }
        (InsteadSort::OtherWay, [dependent, dependency]) => {
            format!("the other way round: {dependent} depends on {dependency}")
        }
        (InsteadSort::OtherWay, _) => "the other way round".to_owned(),
        (InsteadSort::DependsOn, _) => format!("what {both} depends on: {}", names(instead)),
        (InsteadSort::DependedOn, _) => format!("what depends on {both}: {}", names(instead)),
    }
}

/// The facts that are told under its words, each with whether it stands for itself and not in a
/// chain: of mere names none.
pub fn facts(instead: &Instead) -> impl Iterator<Item = (&ReadingView, bool)> {
    let is_told = !matches!(
        instead.sort,
        InsteadSort::DependsOn | InsteadSort::DependedOn
    );
    let rows = instead.rows.iter().filter(move |_| is_told);
    rows.flat_map(|row| {
        row.facts
            .iter()
            .map(|reading| (reading, true))
            .chain(in_chain(row))
    })
}

fn in_chain(row: &Row) -> impl Iterator<Item = (&ReadingView, bool)> {
    row.steps
        .iter()
        .flat_map(|step| &step.facts)
        .map(|reading| (reading, false))
}

fn given(given: &Given) -> String {
    match given {
        Given::Entity(entity) => entity.name.clone(),
        Given::Supply { by, good } => format!("{} from {}", good.name, by.name),
        _ => String::new(),
    }
}

fn included(instead: &Instead) -> String {
    let more = if instead.more { "or more " } else { "" };
    format!(
        "{more}with --include {}: not counted",
        instead.include.join(",")
    )
}

/// How many of the facts are told, if not all.
fn shown(instead: &Instead) -> String {
    let told = instead.rows.len();
    if told < instead.count {
        format!(" (the first {told} here)")
    } else {
        String::new()
    }
}

fn names(instead: &Instead) -> String {
    let names = instead.rows.iter().map(name).collect::<Vec<_>>().join(", ");
    match instead.count - instead.rows.len() {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}
