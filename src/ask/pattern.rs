//! Patterns of questions: `who|what depends|relies on {x}[ in {place}]`, matched word by word with
//! room for slips of the keys.

use crate::facts::distance;

/// A pattern: `a|b` is one of two words, `{x}` is a slot for some words, `[…]` may be left out; no
/// brackets stand in brackets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern(pub &'static str);

/// The patterns in a text, one a line. They are written as one text, for each text by itself is an
/// address more that the system has to fill in before the program can start.
pub(super) fn patterns(lines: &'static str) -> impl Iterator<Item = Pattern> {
    lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(Pattern)
}

/// What a pattern begins with.
enum PatternPiece {
    /// One of these words, with `|` between them.
    Word(&'static str),
    /// Some words, by a name.
    Slot(&'static str),
    /// A pattern that may be left out.
    Optional(&'static str),
}

/// How some words fit a pattern.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fit<'w> {
    /// Letters that had to be changed in the words of the pattern.
    pub slips: usize,
    /// Words that fitted words of the pattern.
    pub fixed: usize,
    /// The words in each slot.
    pub slots: Vec<(&'static str, &'w [&'w str])>,
}

impl Fit<'_> {
    /// The text in a slot, if the slot was used.
    pub fn slot(&self, name: &str) -> Option<String> {
        self.slots
            .iter()
            .find(|(slot, _)| *slot == name)
            .map(|(_, words)| words.join(" "))
    }
}

impl Pattern {
    /// Every way in which words fit the pattern to the letter.
    pub fn exact_fits<'w>(self, words: &'w [&'w str]) -> Vec<Fit<'w>> {
        let mut fits = Vec::new();
        search(self.0, "", words, Fit::default(), no_slips, &mut fits);
        fits
    }

    /// Every way in which words fit the pattern.
    pub fn fits<'w>(self, words: &'w [&'w str]) -> Vec<Fit<'w>> {
        let mut fits = Vec::new();
        search(self.0, "", words, Fit::default(), slips, &mut fits);
        fits
    }
}

/// Takes the first piece off a pattern. Most patterns fit no further than that, so no more of them
/// is read than is needed.
fn first_piece(pattern: &'static str) -> Option<(PatternPiece, &'static str)> {
    let pattern = pattern.trim_start();
    if let Some((optional, rest)) = pattern
        .strip_prefix('[')
        .and_then(|behind| behind.split_once(']'))
    {
        return Some((PatternPiece::Optional(optional), rest));
    }
    if let Some((slot, rest)) = pattern
        .strip_prefix('{')
        .and_then(|behind| behind.split_once('}'))
    {
        return Some((PatternPiece::Slot(slot), rest));
    }
    let end = pattern
        .bytes()
        .position(|byte| matches!(byte, b' ' | b'[' | b'{'));
    let (word, rest) = pattern.split_at(end.unwrap_or(pattern.len()));
    (!word.is_empty()).then_some((PatternPiece::Word(word), rest))
}

/// How many letters of a word are wrong, if it can be meant as another.
type Wrong = fn(&str, &str) -> Option<usize>;

/// Fits words to a pattern, and then to the one behind it.
fn search<'w>(
    pattern: &'static str,
    behind: &'static str,
    words: &'w [&'w str],
    fit: Fit<'w>,
    wrong: Wrong,
    fits: &mut Vec<Fit<'w>>,
) {
    let Some((piece, rest)) = first_piece(pattern) else {
        match (behind, words) {
            ("", []) => fits.push(fit),
            ("", _) => {}
            _ => search(behind, "", words, fit, wrong, fits),
        }
        return;
    };
    match piece {
        PatternPiece::Word(choices) => {
            if let Some((word, words)) = words.split_first()
                && let Some(slips) = fewest(wrong, without_possessive(word), choices)
            {
                let fit = Fit {
                    slips: fit.slips + slips,
                    fixed: fit.fixed + 1,
                    ..fit
                };
                search(rest, behind, words, fit, wrong, fits);
            }
        }
        PatternPiece::Slot(name) => {
            for end in 1..=words.len() {
                let mut fit = fit.clone();
                fit.slots.push((name, &words[..end]));
                search(rest, behind, &words[end..], fit, wrong, fits);
            }
        }
        PatternPiece::Optional(inner) => {
            search(inner, rest, words, fit.clone(), wrong, fits);
            search(rest, "", words, fit, wrong, fits);
        }
    }
}

/// How many letters of a word are wrong, if it can be meant as one of those with `|` between them.
fn fewest(wrong: Wrong, word: &str, choices: &str) -> Option<usize> {
    choices
        .split('|')
        .filter_map(|choice| wrong(word, choice))
        .min()
}

/// A word without the ending that makes it an owner's.
pub(super) fn without_possessive(word: &str) -> &str {
    let word = word.strip_suffix("’s").unwrap_or(word);
    let word = word.strip_suffix("'s").unwrap_or(word);
    word.trim_end_matches(['\'', '’'])
}

fn no_slips(word: &str, meant: &str) -> Option<usize> {
    word.eq_ignore_ascii_case(meant).then_some(0)
}

/// How many letters of a word are wrong, if it can be meant as another; short words must be right.
fn slips(word: &str, meant: &str) -> Option<usize> {
    let allowed = match meant.len() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    if word.eq_ignore_ascii_case(meant) {
        return Some(0);
    }
    let begins_alike = word
        .chars()
        .next()
        .is_some_and(|first| meant.starts_with(first.to_ascii_lowercase()));
    let is_as_long = word.chars().count().abs_diff(meant.len()) <= allowed;
    (begins_alike && is_as_long && allowed > 0)
        .then(|| distance(word, meant))
        .filter(|&slips| slips <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits() {
        let pattern = Pattern("who|what depends on {x}[ in {place}]");
        let best = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            let fit = pattern
                .fits(&words)
                .into_iter()
                .min_by_key(|fit| (fit.slips, usize::MAX - fit.fixed));
            fit.map(|fit| {
                (
                    fit.slips,
                    fit.slot("x").unwrap_or_default(),
                    fit.slot("place"),
                )
            })
        };
        assert_eq!(
            best("who depends on graphite"),
            Some((0, "graphite".into(), None))
        );
        assert_eq!(
            best("Who depnds on ternary battery in china"),
            Some((1, "ternary battery".into(), Some("china".into())))
        );
        assert_eq!(best("who depends on"), None);
        assert_eq!(best("how depends on graphite"), None);
    }
}
