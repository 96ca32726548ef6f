//! Names as people type them: when two spellings are one name, and which entity a name means.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::catalogue::{Catalogue, EntityIx};
use super::nearest::distance;

/// The key under which a name is known: case, separators, width and English plural do not count.
///
/// ```
/// use hanjung::facts::name_key;
///
/// assert_eq!(name_key("Lithium-ion batteries"), name_key("lithium ion battery"));
/// assert_eq!(name_key("ＳＫ하이닉스"), name_key("SK 하이닉스"));
/// assert_ne!(name_key("Posco International"), name_key("POSCO"));
/// ```
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut last_word = 0;
    for_each_letter(name, |letter, begins_word| {
        if begins_word {
            last_word = key.len();
        }
        key.push(letter);
    });
    let singular = singular(&key[last_word..]).into_owned();
    key.truncate(last_word);
    key + &singular
}

/// Calls with each letter and digit of a name, in small letters and plain width, and with whether
/// it begins a word.
fn for_each_letter(name: &str, mut call: impl FnMut(char, bool)) {
    let mut begins_word = true;
    let mut take = |letter: char| {
        if letter.is_alphanumeric() {
            call(letter, begins_word);
            begins_word = false;
        } else if letter != '\'' && letter != '’' {
            begins_word = true;
        }
    };
    if name.is_ascii() {
        name.bytes()
            .for_each(|byte| take(byte.to_ascii_lowercase().into()));
    } else {
        name.nfkc().flat_map(char::to_lowercase).for_each(take);
    }
}

/// The words of a name, in small letters and plain width, the last without its plural ending.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for_each_letter(name, |letter, begins_word| {
        if begins_word {
            words.push(String::new());
        }
        words
            .last_mut()
            .expect("the first letter begins a word")
            .push(letter);
    });
    if let Some(last) = words.last_mut() {
        *last = singular(last).into_owned();
    }
    words
}

/// An English word of four letters or more without its plural ending; any other word as it is.
fn singular(word: &str) -> Cow<'_, str> {
    let keeps_s = ["ss", "us", "is"]
        .iter()
        .any(|ending| word.ends_with(ending));
    if word.len() < 4 || !word.is_ascii() || !word.ends_with('s') || keeps_s {
        return Cow::Borrowed(word);
    }
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => Cow::Owned(format!("{stem}y")),
        _ => Cow::Borrowed(&word[..word.len() - 1]),
    }
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// This entity, by its id, name or alias.
    One(EntityIx),
    /// This entity, if a small slip of the keys is allowed for, or the name is a part of its name
    /// and of no other.
    Misspelt(EntityIx),
    /// Several entities, by a part of their names.
    Several(Vec<EntityIx>),
    /// Nothing; these are the nearest.
    Unknown(Vec<EntityIx>),
}

/// Finds entities by the names people type.
#[derive(Clone, Copy, Debug)]
pub struct Names<'c> {
    catalogue: &'c Catalogue,
}

impl<'c> Names<'c> {
    /// The names of a catalogue.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        Names { catalogue }
    }

    /// The entity that bears a name, case, plural and hyphens aside.
    pub fn find_exactly(&self, name: &str) -> Option<EntityIx> {
        self.catalogue.named(&name_key(name))
    }

    /// What a name means. A name that fits exactly (case, plural and hyphens aside) wins; then one
    /// with a small slip; then parts of names.
    ///
    /// A search among sorted names where the name fits, else one pass over all of them.
    pub fn find(&self, name: &str) -> Named {
        let key = name_key(name);
        if let Some(entity) = self
            .catalogue
            .named(&key)
            .or_else(|| self.catalogue.named(key.strip_prefix("the")?))
        {
            return Named::One(entity);
        }
        match self.misspelt(name).as_slice() {
            [only] => Named::Misspelt(*only),
            [] => self.by_part(&key, &words_of(name)),
            several => Named::Several(several.to_vec()),
        }
    }

    /// Entities one of whose names differs from this one by a slip in a long word; short words must
    /// be right, for "Samsung SDS" is not "Samsung SDI".
    fn misspelt(&self, name: &str) -> Vec<EntityIx> {
        let words = words_of(name);
        let mut found = Vec::new();
        for (ix, entity) in self.catalogue.entities_with_index() {
            if entity
                .every_name()
                .any(|other| is_slip(&words, &words_of(other)))
            {
                found.push(ix);
            }
        }
        found
    }

    fn by_part(&self, key: &str, words: &[String]) -> Named {
        let mut parts: Vec<EntityIx> = Vec::new();
        let is_short = key.chars().count() < 3;
        if !key.is_empty() {
            let fits = |known: &str| {
                if is_short {
                    known.starts_with(key)
                } else {
                    known.contains(key)
                }
            };
            parts = self
                .catalogue
                .name_keys()
                .filter(|(known, _)| fits(known))
                .map(|(_, ix)| ix)
                .collect();
            parts.sort_unstable();
            parts.dedup();
        }
        match parts.as_slice() {
            [] => Named::Unknown(self.nearest(key)),
            [only] if self.has_words(*only, words) => Named::Misspelt(*only),
            [only] => Named::Unknown(vec![*only]),
            _ => Named::Several(parts),
        }
    }

    /// Whether one of an entity's names has these words, one behind the other: "FTA" in
    /// "China–South Korea FTA".
    fn has_words(&self, entity: EntityIx, words: &[String]) -> bool {
        let mut names = self.catalogue[entity].every_name().map(words_of);
        names.any(|name| name.windows(words.len()).any(|part| part == words))
    }

    /// The entities with the nearest names, best first.
    fn nearest(&self, key: &str) -> Vec<EntityIx> {
        let mut found: Vec<(usize, &str, EntityIx)> = self
            .catalogue
            .name_keys()
            .map(|(known, ix)| (distance(key, known), known, ix))
            .collect();
        found.sort_unstable();
        let mut nearest: Vec<EntityIx> = Vec::new();
        for (_, _, ix) in found {
            if nearest.len() < 3 && !nearest.contains(&ix) {
                nearest.push(ix);
            }
        }
        nearest
    }
}

fn is_slip(typed: &[String], known: &[String]) -> bool {
    typed.len() == known.len()
        && typed != known
        && typed
            .iter()
            .zip(known)
            .all(|(typed, known)| typed == known || is_slip_of_word(typed, known))
}

/// Whether a word is a mistyped other: same first letter, one edit in a word of five letters or two
/// from seven on.
fn is_slip_of_word(typed: &str, known: &str) -> bool {
    let allowed = match known.chars().count() {
        0..=4 => return false,
        5..=6 => 1,
        _ => 2,
    };
    typed.chars().next() == known.chars().next() && distance(typed, known) <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        for (a, b) in [
            ("batteries", "battery"),
            ("rare earths", "Rare Earth"),
            ("U.S.", "US"),
            ("Xi'an", "xian"),
            ("L&F", "L & F"),
        ] {
            assert_eq!(name_key(a), name_key(b));
        }
        assert_eq!(name_key("Stellantis"), "stellantis");
        assert_eq!(name_key("US"), "us");
        assert_eq!(name_key("!?"), "");
    }

    #[test]
    fn slips() {
        let slip = |a: &str, b: &str| is_slip(&words_of(a), &words_of(b));
        assert!(slip("grafite", "graphite"));
        assert!(slip("posco internatonal", "Posco International"));
        assert!(!slip("Samsung SDS", "Samsung SDI"));
        assert!(!slip("thallium", "gallium"));
        assert!(!slip("SK ON", "SK On"));
    }
}
