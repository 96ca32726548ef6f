//! Caveats: what a reader must know of a fact wherever it is told.

use indexmap::{IndexMap, IndexSet};

use crate::query::{Answer, FactView, ReadingView, Row};

const CAVEAT: &str = "caveat";

/// What a reader must know of a fact, each with the word for it.
pub fn warnings(fact: &FactView) -> impl Iterator<Item = (&'static str, &str)> {
    let caveat = fact.caveat.as_deref().map(|caveat| (CAVEAT, caveat));
    let conflict = fact
        .conflict
        .as_deref()
        .map(|conflict| ("contradicted", conflict));
    caveat.into_iter().chain(conflict)
}

/// What a reader must know of a fact, in one text, where the word “caveat” stands before it anyway.
pub fn caveat(fact: &FactView) -> Option<String> {
    joined(warnings(fact).map(|(word, words)| {
        if word == CAVEAT {
            words.to_owned()
        } else {
            told(word, words)
        }
    }))
}

/// What a reader must know of a fact, in one text.
pub fn warning(fact: &FactView) -> Option<String> {
    joined(warnings(fact).map(|(word, words)| told(word, words)))
}

fn told(word: &str, words: &str) -> String {
    format!("{word}: {words}")
}

fn joined(all: impl Iterator<Item = String>) -> Option<String> {
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// The letter of the caveat that stands at a place in a list: a, b, …, z, aa.
pub fn letter(at: usize) -> String {
    let last = char::from(b'a' + (at % 26) as u8);
    if at < 26 {
        last.to_string()
    } else {
        format!("{}{last}", letter(at / 26 - 1))
    }
}

/// The caveats of chains that are left out, each with the facts that it is of and a sentence for
/// each: rows name them by letter.
#[derive(Default)]
pub struct Footnotes(IndexMap<String, IndexMap<String, String>>);

impl Footnotes {
    /// What a row says of the caveats of its chain: `caveats a and c`.
    pub fn of(&mut self, answer: &Answer, row: &Row) -> String {
        let of_chains = row
            .all_steps()
            .flat_map(|step| step.facts.iter().chain(&step.figures));
        let readings = of_chains.chain(row.proofs.iter().flat_map(|proof| &proof.facts));
        let places: IndexSet<usize> = readings
            .filter_map(|reading| self.place(answer, reading))
            .collect();
        let letters: Vec<String> = places.into_iter().map(letter).collect();
        match letters.as_slice() {
            [] => String::new(),
            [one] => format!("caveat {one}"),
            [first @ .., last] => format!("caveats {} and {last}", first.join(", ")),
        }
    }

    fn place(&mut self, answer: &Answer, reading: &ReadingView) -> Option<usize> {
        let entry = self.0.entry(caveat(answer.facts.get(&reading.fact)?)?);
        let place = entry.index();
        entry
            .or_default()
            .entry(reading.fact.clone())
            .or_insert_with(|| reading.text.clone());
        Some(place)
    }

    /// Each caveat by its letter: `certain items only – China restricts graphite: …`.
    pub fn list(&self) -> impl Iterator<Item = (String, String)> {
        let words = |(caveat, of): (&String, &IndexMap<String, String>)| {
            format!(
                "{caveat} – {}",
                of.values()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
                    .join("; ")
            )
        };
        self.0
            .iter()
            .map(words)
            .enumerate()
            .map(|(at, words)| (letter(at), words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_do_not_end() {
        let letters: Vec<String> = [0, 1, 25, 26, 51, 52, 701, 702].map(letter).into();
        assert_eq!(letters, ["a", "b", "z", "aa", "az", "ba", "zz", "aaa"]);
    }
}
