//! A text as words that can be compared: case, plural, possessive, hyphens and width do not count.

use unicode_normalization::UnicodeNormalization;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In small letters, without the ending of plural or possessive.
    pub stem: String,
    /// Whether it has a capital: a proper name, or an abbreviation.
    pub is_capital: bool,
    /// The sentence it stands in, from 0.
    pub sentence: usize,
}

/// The words of a text. Digits and letters part: `14nm` is two words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut splitter = WordSplitter {
        words: Vec::new(),
        open: String::new(),
        sentence: 0,
        is_at_stop: false,
    };
    let letters: Vec<char> = text.nfkc().collect();
    for at in 0..letters.len() {
        splitter.take(&letters, at);
    }
    splitter.close();
    splitter.words
}

struct WordSplitter {
    words: Vec<Word>,
    open: String,
    sentence: usize,
    /// Whether a full stop has been read, and since then no word.
    is_at_stop: bool,
}

impl WordSplitter {
    fn take(&mut self, letters: &[char], at: usize) {
        match letters[at] {
            c if c.is_alphanumeric() => {
                if self
                    .open
                    .chars()
                    .last()
                    .is_some_and(|last| last.is_numeric() != c.is_numeric())
                {
                    self.close();
                }
                if self.open.is_empty() && std::mem::take(&mut self.is_at_stop) && c.is_uppercase()
                {
                    self.sentence += 1;
                }
                self.open.push(c);
            }
            '\'' | '’' if !is_possessive(&letters[at + 1..]) => {}
            c => {
                self.is_at_stop |= matches!(c, '.' | '!' | '?' | '。') && !is_initial(&self.open);
                self.close();
            }
        }
    }

    fn close(&mut self) {
        let word = std::mem::take(&mut self.open);
        // What is left of a possessive; no name has such a word.
        if !word.is_empty() && (word != "s" || self.words.is_empty()) {
            let is_capital = word.chars().any(char::is_uppercase);
            self.words.push(Word {
                stem: stem(&word),
                is_capital,
                sentence: self.sentence,
            });
        }
    }
}

fn is_possessive(rest: &[char]) -> bool {
    rest.first() == Some(&'s') && rest.get(1).is_none_or(|next| !next.is_alphanumeric())
}

/// Whether a full stop behind the word belongs to it: `U.S.`, `S.Korea`.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// A word in small letters without its plural ending; of an abbreviation, without the small `s`:
/// `EVs`.
fn stem(word: &str) -> String {
    if let Some(short) = word
        .strip_suffix('s')
        .filter(|short| short.chars().last().is_some_and(char::is_uppercase))
    {
        return short.to_lowercase();
    }
    let word = word.to_lowercase();
    let keeps_s = ["ss", "us", "is"]
        .iter()
        .any(|ending| word.ends_with(ending));
    if word.len() < 4 || !word.ends_with('s') || keeps_s {
        return word;
    }
    match word.strip_suffix("ies") {
        Some(short) if short.len() > 2 => format!("{short}y"),
        _ => word[..word.len() - 1].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        let stems = |text: &str| {
            words(text)
                .into_iter()
                .map(|word| word.stem)
                .collect::<Vec<_>>()
                .join(" ")
        };
        for (text, expected) in [
            ("Lithium-ion Batteries", "lithium ion battery"),
            ("China’s EVs", "china ev"),
            (
                "Samsung Electronics' Xi'an factory",
                "samsung electronic xian factory",
            ),
            ("the US' 14nm", "the us 14 nm"),
            ("U.S.-based L&F", "u s based l f"),
            ("ＳＫ하이닉스", "sk하이닉스"),
        ] {
            assert_eq!(stems(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences() {
        let sentences = |text: &str| words(text).last().map(|word| word.sentence);
        for (text, last) in [
            ("One. Two", Some(1)),
            ("reported.Yoon said", Some(1)),
            ("the U.S. Treasury", Some(0)),
            ("2.5 million", Some(0)),
            ("“Is it?” He asked", Some(1)),
        ] {
            assert_eq!(sentences(text), last, "{text}");
        }
    }
}
