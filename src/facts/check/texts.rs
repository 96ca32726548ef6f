//! Checks on what texts for people are made of: what a reader can't see, and letters that look like
//! others.

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::record::{FieldRecord, RawValue, Word};
use crate::facts::value::Extent;
use crate::facts::vocabulary::{Field, Slot};
use crate::text::{Place, unseen};

/// A text for people, and where it stands.
struct Shown<'r> {
    field: Field,
    text: &'r str,
    place: Place,
}

/// Every text for people in a field: texts and names, units, and shares in words. What else stands
/// in fields has a form of its own.
fn shown<'r>(field: &'r FieldRecord, slot: Slot) -> Vec<Shown<'r>> {
    let is_text = matches!(slot, Slot::Text | Slot::Texts | Slot::Amount);
    let words = field.value.words().iter().filter(|_| is_text);
    let texts = words.map(|word| Shown {
        field: field.field,
        text: &word.text,
        place: word.place,
    });
    let in_words = in_words(&field.value).map(|text| Shown {
        field: field.field,
        text,
        place: field.place,
    });
    texts.chain(in_words).collect()
}

fn in_words<'r>(value: &'r RawValue) -> Option<&'r str> {
    match value {
        RawValue::Share(Extent::InWords(text)) | RawValue::Amount(Extent::InWords(text), _) => {
            Some(text)
        }
        _ => None,
    }
}

fn every_text<'r>(draft: &Draft<'r, '_>) -> impl Iterator<Item = Shown<'r>> {
    draft.records_and_evidence().flat_map(|record| {
        let with_slot = record.fields.iter().filter_map(|field| {
            let form = record.form.field(field.field.word())?;
            Some((field, form.slot))
        });
        with_slot.flat_map(|(field, slot)| shown(field, slot))
    })
}

/// Whether a field holds names, which have a check of their own.
fn is_name(field: Field) -> bool {
    matches!(field, Field::En | Field::Ko | Field::Zh | Field::Aliases)
}

pub(super) fn texts_can_be_seen(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for shown in every_text(draft).filter(|shown| !is_name(shown.field)) {
        if let Some((what, place)) = unseen_in(shown.text, shown.place) {
            let fault =
                Diagnostic::new(Code::MalformedText, format!("`{}` has {what}", shown.field));
            found.push(
                fault
                    .at(place, "")
                    .hint("write the text on one line, with no more than a reader can see"),
            );
        }
    }
}

pub(super) fn texts_say_something(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let is_empty = |shown: &Shown| shown.text.trim().is_empty() && !is_name(shown.field);
    for shown in every_text(draft).filter(is_empty) {
        let fault = Diagnostic::new(Code::MalformedText, format!("`{}` is empty", shown.field));
        found.push(
            fault
                .at(shown.place, "")
                .hint("write what is to be said, or leave it out"),
        );
    }
}

/// A caveat goes with every step that cites its fact, and under every picture.
const MOST_LETTERS: usize = 120;

pub(super) fn caveats_are_short(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let caveats = every_text(draft).filter(|shown| shown.field == Field::Caveat);
    for shown in caveats {
        let letters = shown.text.chars().count();
        if letters > MOST_LETTERS {
            let fault = Diagnostic::new(
                Code::LongCaveat,
                format!("a caveat of {letters} letters; {MOST_LETTERS} have room"),
            );
            found.push(
                fault
                    .at(shown.place, "")
                    .hint("say in `caveat` what changes the meaning, and the rest in `note`"),
            );
        }
    }
}

/// The first character of a word that has no place in a text for people: what it is, and where.
pub(super) fn unseen_in_word(word: &Word) -> Option<(String, Place)> {
    unseen_in(&word.text, word.place)
}

fn unseen_in(text: &str, place: Place) -> Option<(String, Place)> {
    let (at, c, what) = text
        .char_indices()
        .find_map(|(at, c)| Some((at, c, unseen(c)?)))?;
    Some((
        format!("{what}, U+{:04X}", c as u32),
        place_within(text, place, at..at + c.len_utf8()),
    ))
}

/// The place of a part of a text; that of all of it where the text was not typed as it is, but with
/// escapes.
fn place_within(text: &str, place: Place, part: std::ops::Range<usize>) -> Place {
    if (place.end - place.start) as usize == text.len() {
        Place {
            start: place.start + part.start as u32,
            end: place.start + part.end as u32,
            ..place
        }
    } else {
        place
    }
}

pub(super) fn words_are_of_one_alphabet(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for Shown { field, text, place } in every_text(draft).filter(|shown| !shown.text.is_ascii()) {
        let Some((at, word)) = words(text).find(|(_, word)| is_mixed(word)) else {
            continue;
        };
        let odd = |c: &char| LOOK_ALIKE.contains(*c);
        let letters: Vec<String> = word
            .chars()
            .filter(odd)
            .map(|c| format!("`{c}` U+{:04X}", c as u32))
            .collect();
        let what = format!(
            "`{field}` has Latin letters and others that look like them in one word, `{word}`"
        );
        let fault = Diagnostic::new(Code::MixedAlphabets, what);
        let place = place_within(text, place, at..at + word.len());
        found.push(fault.at(place, "").hint(format!(
            "type the word afresh; not Latin: {}",
            letters.join(", ")
        )));
    }
}

/// Letters of the Cyrillic and Greek alphabets that look like Latin ones.
const LOOK_ALIKE: &str = "АВЕЅІЈКМНОРСТУХЬаеѕіјорсухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι";

/// Whether a word has a Latin letter and one that only looks like one. That a unit or a formula
/// mixes alphabets otherwise is right.
fn is_mixed(word: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphabetic() || ('À'..='ɏ').contains(&c);
    word.chars().any(is_latin) && word.chars().any(|c| LOOK_ALIKE.contains(c))
}

/// The stretches of letters in a text, with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes() {
        for mixed in ["Sаmsung", "ΒYD", "POSCО"] {
            assert!(is_mixed(mixed), "{mixed}");
        }
        for right in [
            "Samsung",
            "LG에너지솔루션",
            "Газпром",
            "μm",
            "α",
            "ΔG",
            "宁德",
            "Škoda",
        ] {
            assert!(!is_mixed(right), "{right}");
        }
        assert_eq!(
            words("a, 흑연-b").collect::<Vec<_>>(),
            [(0, "a"), (3, "흑연"), (10, "b")]
        );
    }
}
