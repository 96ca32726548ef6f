//! What a fact says otherwise than its passages: times that they do not give, who supplies whom;
//! and what is declared to have been read.

use super::orders::Order;
use super::times::Times;
use crate::facts::{EntityIx, Evidence, Fact, Field, Period, Role, Tie, Value};

/// What a declaration begins with that speaks of who supplies whom.
const DIRECTION: &str = "direction";

/// A piece of evidence with what its passage was read for.
pub(super) struct Piece<'c> {
    pub evidence: &'c Evidence,
    pub times: &'c Times,
    pub orders: &'c [Order],
}

/// What is doubtful in a fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Doubt {
    /// A time that no piece gives.
    Time(Field, Period),
    /// Seller and buyer stand the other way round in the passage of this piece.
    Direction(usize),
}

/// The doubts that no evidence declares to have read, and the declarations that nothing needs, each
/// with its piece.
pub(super) fn doubts<'c>(fact: &Fact, pieces: &[Piece<'c>]) -> (Vec<Doubt>, Vec<(usize, &'c str)>) {
    let all: Vec<Doubt> = times_not_given(fact, pieces)
        .chain(directions(fact, pieces))
        .collect();
    let declared = pieces.iter().enumerate();
    let declared = declared.flat_map(|(at, piece)| {
        piece
            .evidence
            .read
            .iter()
            .map(move |words| (at, words.as_str()))
    });
    let declared: Vec<(usize, &str)> = declared.collect();
    let is_read = |doubt: &Doubt| declared.iter().any(|(at, words)| doubt.is_read(*at, words));
    let is_needless =
        |(at, words): &(usize, &str)| !all.iter().any(|doubt| doubt.is_read(*at, words));
    let needless = declared.iter().copied().filter(is_needless).collect();
    (
        all.iter()
            .copied()
            .filter(|doubt| !is_read(doubt))
            .collect(),
        needless,
    )
}

impl Doubt {
    /// Whether a declaration of a piece speaks of it, and gives a reason.
    fn is_read(self, piece: usize, words: &str) -> bool {
        let Some((what, _)) = words
            .split_once(':')
            .filter(|(_, why)| !why.trim().is_empty())
        else {
            return false;
        };
        match self {
            Doubt::Time(_, period) => Period::parse(what.trim()) == Some(period),
            Doubt::Direction(at) => what.trim() == DIRECTION && at == piece,
        }
    }
}

fn times_not_given<'f>(fact: &'f Fact, pieces: &'f [Piece]) -> impl Iterator<Item = Doubt> + 'f {
    let is_given = |(field, period): &(Field, Period)| {
        pieces
            .iter()
            .any(|piece| gives(piece.times, *field, *period))
    };
    let missing = times_of(fact).filter(move |time| !pieces.is_empty() && !is_given(time));
    missing.map(|(field, period)| Doubt::Time(field, period))
}

/// What is so when a document is written needs no day in the passage.
fn gives(times: &Times, field: Field, period: Period) -> bool {
    times.give_period(period) || field == Field::AsOf && times.are_written_in(period.from)
}

/// Every time in a fact.
fn times_of(fact: &Fact) -> impl Iterator<Item = (Field, Period)> + '_ {
    let own = [
        (Field::Since, fact.since),
        (Field::Until, fact.until),
        (Field::AsOf, fact.as_of),
    ];
    let own = own
        .into_iter()
        .filter_map(|(field, date)| Some((field, date?)));
    let dates = fact.values.iter().filter_map(|(field, value)| match value {
        Value::Date(date) => Some((*field, *date)),
        _ => None,
    });
    let periods = fact.values.iter().filter_map(|(field, value)| match value {
        Value::Period(period) => Some((*field, *period)),
        _ => None,
    });
    own.chain(dates)
        .map(|(field, date)| {
            (
                field,
                Period {
                    from: date,
                    to: date,
                },
            )
        })
        .chain(periods)
}

fn directions<'f>(fact: &'f Fact, pieces: &'f [Piece]) -> impl Iterator<Item = Doubt> + 'f {
    let trade = trade_of(fact);
    let is_turned = move |piece: &Piece| trade.is_some_and(|trade| trade.is_turned(piece));
    let turned = pieces
        .iter()
        .enumerate()
        .filter(move |(_, piece)| is_turned(piece));
    turned.map(|(at, _)| Doubt::Direction(at))
}

/// Who supplies what to whom, by a fact.
#[derive(Clone, Copy)]
pub(super) struct Trade {
    pub from: EntityIx,
    pub to: EntityIx,
    good: EntityIx,
}

pub(super) fn trade_of(fact: &Fact) -> Option<Trade> {
    let (from, to) = fact.tied(Tie::Supplies)?;
    let good = fact.player(Role::What)?;
    Some(Trade { from, to, good })
}

impl Trade {
    /// Whether a passage has it the other way round only.
    fn is_turned(self, piece: &Piece) -> bool {
        let is_unnamed = piece.evidence.unnamed.contains(&self.good);
        let speaks_of_it = |order: &&Order| {
            is_unnamed || order.goods.is_empty() || order.goods.contains(&self.good)
        };
        let mut orders = piece.orders.iter().filter(speaks_of_it);
        let is_so = |order: &Order| order.from.contains(&self.from) && order.to.contains(&self.to);
        let is_reverse =
            |order: &Order| order.from.contains(&self.to) && order.to.contains(&self.from);
        orders.clone().any(is_reverse) && !orders.any(is_so)
    }
}
