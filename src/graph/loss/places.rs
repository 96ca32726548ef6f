//! A set of the places of a network.

use std::ops::Range;

/// A set of places.
#[derive(Debug)]
pub(super) struct Places(Vec<u64>);

impl Places {
    pub fn none(count: usize) -> Self {
        Places(vec![0; count.div_ceil(64)])
    }

    /// Puts a place in; whether it was not there.
    pub fn insert(&mut self, place: usize) -> bool {
        let (word, bit) = (&mut self.0[place / 64], 1 << (place % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Whether a place is in it.
    pub fn contains(&self, place: usize) -> bool {
        self.0[place / 64] & 1 << (place % 64) != 0
    }

    /// The first place at or after this one.
    pub fn first_from(&self, from: usize) -> Option<usize> {
        let first = self.0.get(from / 64)? & (u64::MAX << (from % 64));
        let rest = self
            .0
            .iter()
            .enumerate()
            .skip(from / 64 + 1)
            .map(|(at, word)| (at, *word));
        let (at, word) = [(from / 64, first)]
            .into_iter()
            .chain(rest)
            .find(|(_, word)| *word != 0)?;
        Some(at * 64 + word.trailing_zeros() as usize)
    }

    /// The places in a range, in order.
    pub fn within(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let first = self.first_from(range.start);
        std::iter::successors(first, |place| self.first_from(place + 1))
            .take_while(move |place| *place < range.end)
    }
}
