//! What of an answer a page has room for: what stands first in the answer, and, where it is asked
//! who, the firms last to go.

use std::collections::{BTreeMap, HashSet};

use super::draft::draft;
use super::fold::{MOST_NODES, folded};
use super::picture::Picture;
use super::refuse::{NoPicture, legible};
use super::stage::columns;
use super::words::count;
use crate::facts::EntityKind;
use crate::query::{Answer, NodeView, Row, Step};
use crate::render::lines::name;

/// The most columns that one page shows legibly, across A4; more only where the first chain of the
/// answer has more.
const MOST_COLUMNS: usize = 9;

/// Up to so many rows it is tried first whether all of them have room.
const MANY: usize = 500;

/// How many rows that have no room are passed over to find others that have.
const TRIES: usize = 40;

/// How many of what is left out are named.
const NAMED: usize = 10;

/// The picture of as many rows as have room on a page; of facts that are no chains the picture of
/// all.
pub(super) fn on_page(answer: &Answer, rows: &[&Row]) -> Result<Picture, NoPicture> {
    let rows = ranked(answer, rows);
    match rows.iter().position(|row| row.all_steps().next().is_some()) {
        Some(first) => chains(answer, &rows, first),
        None => legible(folded(draft(answer, &rows))),
    }
}

fn chains(answer: &Answer, rows: &[&Row], first: usize) -> Result<Picture, NoPicture> {
    let chain = draft(answer, &[rows[first]]);
    if chain.nodes.len() > MOST_NODES {
        return Err(NoPicture::TooLong {
            boxes: chain.nodes.len(),
        });
    }
    let room = PageRoom {
        answer,
        rows,
        first,
        columns: MOST_COLUMNS.max(columns(&chain).headings.len()),
    };
    let (kept, mut picture) = room.filled();
    picture
        .notes
        .extend(left_out(&room.without(&kept), rows.len()));
    Ok(picture)
}

/// The questions that ask who; where the loss of one is asked for, what it is exposed to is no such
/// question.
const WHO: [(&str, &str); 3] = [
    ("dependents", "of"),
    ("exposure", "to"),
    ("what-if", "cuts"),
];

/// Rows in the order in which they get room: the first of the answer, then the others as the answer
/// has them; where it asks who, firms and groups before all else.
fn ranked<'r>(answer: &Answer, rows: &[&'r Row]) -> Vec<&'r Row> {
    let given = |name| answer.question.given.contains_key(name);
    let asks_who = WHO
        .iter()
        .any(|(command, name)| answer.question.command == *command && given(name));
    let is_late = |at: usize, row: &Row| asks_who && at >= NAMED && !is_somebody(row);
    let mut ranked: Vec<(usize, &Row)> = rows.iter().copied().enumerate().collect();
    ranked.sort_by_key(|(at, row)| is_late(*at, row));
    ranked.into_iter().map(|(_, row)| row).collect()
}

fn is_somebody(row: &Row) -> bool {
    use EntityKind::*;
    row.entity
        .as_ref()
        .is_some_and(|entity| matches!(entity.kind, Firm | Group | Organisation | Person))
}

/// A page, and the rows that are to be drawn on it, those that get room first before the others.
struct PageRoom<'a> {
    answer: &'a Answer,
    rows: &'a [&'a Row],
    /// The first row with a chain.
    first: usize,
    columns: usize,
}

impl PageRoom<'_> {
    /// The rows that have room, each by whether it has, and their picture: as many of the first as
    /// possible, then what else fits.
    fn filled(&self) -> (Vec<bool>, Picture) {
        let mut best = self
            .first(self.most())
            .unwrap_or_else(|| self.drawn_of(self.only(self.first + 1)));
        let mut tries = 0;
        for at in 0..self.rows.len() {
            if best.0[at] || tries == TRIES {
                continue;
            }
            let mut kept = best.0.clone();
            kept[at] = true;
            match self.fitting(kept) {
                Some(better) => best = better,
                None => tries += 1,
            }
        }
        best
    }

    /// How many of the first rows have room: all, or by doubling and halving. That needs no more
    /// drafts than twice the logarithm of their number, none of them of many more rows than have
    /// room.
    fn most(&self) -> usize {
        let (all, fits) = (self.rows.len(), |count: usize| self.first(count).is_some());
        if all <= MANY && fits(all) {
            return all;
        }
        let (mut low, mut high) = (self.first + 1, self.first + MOST_NODES);
        while high < all && fits(high) {
            (low, high) = (high, high * 2);
        }
        high = high.min(all);
        while low + 1 < high {
            let middle = (low + high) / 2;
            if fits(middle) {
                low = middle
            } else {
                high = middle
            }
        }
        low
    }

    fn first(&self, count: usize) -> Option<(Vec<bool>, Picture)> {
        self.fitting(self.only(count))
    }

    fn only(&self, count: usize) -> Vec<bool> {
        (0..self.rows.len()).map(|at| at < count).collect()
    }

    /// Some rows, with all that they draw anyway, if they have room.
    fn fitting(&self, kept: Vec<bool>) -> Option<(Vec<bool>, Picture)> {
        let drawn = self.drawn_of(self.with_free(kept));
        self.has_room(&drawn.1).then_some(drawn)
    }

    fn drawn_of(&self, kept: Vec<bool>) -> (Vec<bool>, Picture) {
        let rows: Vec<&Row> = self
            .rows
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| **kept)
            .map(|(row, _)| *row)
            .collect();
        let picture = folded(draft(self.answer, &rows));
        (kept, picture)
    }

    fn has_room(&self, picture: &Picture) -> bool {
        picture.nodes.len() <= MOST_NODES && columns(picture).headings.len() <= self.columns
    }

    /// Adds the rows of which every step is drawn for others.
    fn with_free(&self, kept: Vec<bool>) -> Vec<bool> {
        let rows = || self.rows.iter().zip(&kept);
        let steps: HashSet<Ends> = rows()
            .filter(|(_, kept)| **kept)
            .flat_map(|(row, _)| row.all_steps())
            .map(ends)
            .collect();
        let is_free = |row: &Row| {
            let mut own = row.all_steps().peekable();
            own.peek().is_some() && own.all(|step| steps.contains(&ends(step)))
        };
        rows().map(|(row, kept)| *kept || is_free(row)).collect()
    }

    /// The rows that are not kept.
    fn without(&self, kept: &[bool]) -> Vec<&Row> {
        self.rows
            .iter()
            .zip(kept)
            .filter(|(_, kept)| !**kept)
            .map(|(row, _)| *row)
            .collect()
    }
}

/// What tells the steps of chains apart: their ends, and the facts that make them.
type Ends<'a> = (End<'a>, End<'a>, Vec<&'a str>);
type End<'a> = (
    &'a str,
    Option<&'a str>,
    &'a str,
    Option<&'a str>,
    Option<&'a str>,
);

fn ends(step: &Step) -> Ends<'_> {
    let facts = step
        .facts
        .iter()
        .chain(&step.figures)
        .map(|reading| reading.fact.as_str());
    (end(&step.from), end(&step.to), facts.collect())
}

fn end(node: &NodeView) -> End<'_> {
    (
        node.node,
        node.aspect,
        &node.entity,
        node.by.as_deref(),
        node.into.as_deref(),
    )
}

/// What became of the rows without room: how many of each kind, and the first by name.
fn left_out(rows: &[&Row], all: usize) -> Option<String> {
    let names: Vec<String> = rows
        .iter()
        .map(|row| name(row))
        .filter(|name| !name.is_empty())
        .collect();
    let first = match names.len() {
        0 => String::new(),
        few if few <= NAMED => format!(": {}", names.join(", ")),
        _ => format!(", first of them {}", names[..NAMED].join(", ")),
    };
    let counts = || {
        format!(
            "Left out for want of room: {} of {all} rows ({})",
            rows.len(),
            kinds(rows)
        )
    };
    (!rows.is_empty()).then(|| {
        format!(
            "{}{first}. The text, and the table of the HTML page, have all.",
            counts()
        )
    })
}

/// `12 firms, 3 products`; rows that are about nothing of a kind are chains.
fn kinds(rows: &[&Row]) -> String {
    let mut counts: BTreeMap<Option<EntityKind>, usize> = BTreeMap::new();
    for row in rows {
        *counts
            .entry(row.entity.as_ref().map(|entity| entity.kind))
            .or_default() += 1;
    }
    let words = counts.into_iter().map(|(kind, number)| match kind {
        Some(kind) => count(number, kind),
        None if number == 1 => "1 chain".to_owned(),
        None => format!("{number} chains"),
    });
    words.collect::<Vec<_>>().join(", ")
}
