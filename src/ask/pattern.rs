//! Patterns of questions: `who|what depends|relies on {x}[ in {place}]`, matched word by word with room for slips of the keys.

use crate::facts::distance;

/// A pattern, taken apart.
#[derive(Debug, PartialEq)]
pub(super) struct Pattern(Vec<Part>);

#[derive(Debug, PartialEq)]
enum Part {
    /// One of these words, with `|` between them.
    Word(&'static str),
    /// Some words, by a name.
    Slot(&'static str),
    /// Parts that may be left out.
    Optional(Vec<Part>),
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
        self.slots.iter().find(|(slot, _)| *slot == name).map(|(_, words)| words.join(" "))
    }
}

impl Pattern {
    /// Takes a pattern apart. `a|b` is one of two words, `{x}` is a slot, `[…]` may be left out.
    pub fn new(text: &'static str) -> Self {
        let mut rest = text;
        Pattern(parts(&mut rest))
    }

    /// Every way in which words fit the pattern.
    pub fn fits<'w>(&self, words: &'w [&'w str]) -> Vec<Fit<'w>> {
        let parts: Vec<&Part> = self.0.iter().collect();
        let mut fits = Vec::new();
        search(&parts, words, Fit::default(), &mut fits);
        fits
    }
}

fn parts(rest: &mut &'static str) -> Vec<Part> {
    let mut found = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('[') {
            *rest = behind;
            found.push(Part::Optional(parts(rest)));
        } else if let Some(behind) = rest.strip_prefix(']') {
            *rest = behind;
            return found;
        } else if let Some((slot, behind)) = rest.strip_prefix('{').and_then(|behind| behind.split_once('}')) {
            *rest = behind;
            found.push(Part::Slot(slot));
        } else if rest.is_empty() {
            return found;
        } else {
            let end = rest.find([' ', '[', ']', '{']).unwrap_or(rest.len());
            found.push(Part::Word(&rest[..end]));
            *rest = &rest[end..];
        }
    }
}

fn search<'w>(parts: &[&Part], words: &'w [&'w str], fit: Fit<'w>, fits: &mut Vec<Fit<'w>>) {
    let Some((part, rest)) = parts.split_first() else {
        if words.is_empty() {
            fits.push(fit);
        }
        return;
    };
    match part {
        Part::Word(choices) => {
            if let Some((word, words)) = words.split_first()
                && let Some(slips) = choices.split('|').filter_map(|choice| slips(word, choice)).min()
            {
                search(rest, words, Fit { slips: fit.slips + slips, fixed: fit.fixed + 1, ..fit }, fits);
            }
        }
        Part::Slot(name) => {
            for end in 1..=words.len() {
                let mut fit = fit.clone();
                fit.slots.push((name, &words[..end]));
                search(rest, &words[end..], fit, fits);
            }
        }
        Part::Optional(inner) => {
            let with: Vec<&Part> = inner.iter().chain(rest.iter().copied()).collect();
            search(&with, words, fit.clone(), fits);
            search(rest, words, fit, fits);
        }
    }
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
    let begins_alike = word.chars().next().is_some_and(|first| meant.starts_with(first.to_ascii_lowercase()));
    let may_be_meant = begins_alike && allowed > 0;
    may_be_meant.then(|| distance(word, meant)).filter(|&slips| slips <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits() {
        let pattern = Pattern::new("who|what depends on {x}[ in {place}]");
        let best = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            let fit = pattern.fits(&words).into_iter().min_by_key(|fit| (fit.slips, usize::MAX - fit.fixed));
            fit.map(|fit| (fit.slips, fit.slot("x").unwrap_or_default(), fit.slot("place")))
        };
        assert_eq!(best("who depends on graphite"), Some((0, "graphite".into(), None)));
        assert_eq!(
            best("Who depnds on ternary battery in china"),
            Some((1, "ternary battery".into(), Some("china".into())))
        );
        assert_eq!(best("who depends on"), None);
        assert_eq!(best("how depends on graphite"), None);
    }
}
