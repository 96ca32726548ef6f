//! The one door through which text comes to people: into a terminal, Markdown, a spreadsheet or
//! stderr. What facts hold and users type may steer a terminal or turn the line round; behind this
//! door it can do neither.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use anstyle::Style;

use crate::text::unseen;

/// What stands for a letter that must not get through.
const REPLACED: char = '\u{fffd}';

/// A text as it may stand within a line: breaks and tabs become blanks, what can't be seen, for it
/// steers the terminal or the direction of writing or hides something, is replaced.
///
/// ```
/// use hanjung::render::plain;
///
/// assert_eq!(plain("a\u{1b}[31m\r\nb\u{202e}"), "a\u{fffd}[31m  b\u{fffd}");
/// assert_eq!(plain("흑연 石墨"), "흑연 石墨");
/// ```
pub fn plain(text: &str) -> Cow<'_, str> {
    if first_harmful(text, b' ').is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|letter| instead(letter).unwrap_or(letter))
            .collect(),
    )
}

/// Where the first letter stands that does harm; one of ASCII besides the printable is let pass.
fn first_harmful(text: &str, besides: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        at += harmless_run(&text.as_bytes()[at..], besides);
        let letter = text[at..].chars().next()?;
        if instead(letter).is_some() {
            return Some(at);
        }
        at += letter.len_utf8();
    }
}

const STRIDE: usize = 16;

/// How many bytes at the beginning are printable letters of ASCII, or that one besides. Nearly all
/// are, and are passed many at a time.
fn harmless_run(bytes: &[u8], besides: u8) -> usize {
    let is_harmless = |byte: u8| (byte.wrapping_sub(b' ') <= b'~' - b' ') | (byte == besides);
    let all_are = |stride: &&[u8]| {
        stride
            .iter()
            .fold(true, |all, &byte| all & is_harmless(byte))
    };
    let passed = bytes.chunks_exact(STRIDE).take_while(all_are).count() * STRIDE;
    bytes[passed..]
        .iter()
        .position(|&byte| !is_harmless(byte))
        .map_or(bytes.len(), |more| passed + more)
}

/// What stands in a line instead of a letter; `None` for a letter that does no harm.
fn instead(letter: char) -> Option<char> {
    match letter {
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        letter if unseen(letter).is_some() => Some(REPLACED),
        _ => None,
    }
}

/// Lines of which each came through the door by itself, or was meant to: what is left of anything
/// that steers is replaced, but for the ends of lines, and for styles where the lines may have
/// them.
pub fn plain_lines(text: &str, has_styles: bool) -> Cow<'_, str> {
    if first_harmful(text, b'\n').is_none() {
        return Cow::Borrowed(text);
    }
    let mut lines = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = if has_styles { style_length(rest) } else { 0 };
        match length {
            0 if letter == '\n' => lines.push('\n'),
            0 => lines.push(instead(letter).unwrap_or(letter)),
            length => lines.push_str(&rest[..length]),
        }
        rest = &rest[length.max(letter.len_utf8())..];
    }
    Cow::Owned(lines)
}

/// The bytes of the style that a text begins with: `ESC [ 1 ; 31 m`.
fn style_length(text: &str) -> usize {
    let Some(numbers) = text.strip_prefix("\u{1b}[") else {
        return 0;
    };
    let end = numbers.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
    end.filter(|&end| numbers[end..].starts_with('m'))
        .map_or(0, |end| end + 3)
}

/// A text as JSON holds it anyway, with nothing in it that steers a terminal: JSON may say any
/// letter by its number.
pub(super) fn numbered(json: &str) -> Cow<'_, str> {
    let must_be_numbered = |letter: char| letter != '\n' && instead(letter).is_some();
    if first_harmful(json, b'\n').is_none() {
        return Cow::Borrowed(json);
    }
    let mut numbered = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            letter if must_be_numbered(letter) => {
                write!(numbered, "\\u{:04x}", u32::from(letter))
                    .expect("writing to memory can't fail");
            }
            letter => numbered.push(letter),
        }
    }
    Cow::Owned(numbered)
}

/// Lines that are being written: no text comes in but through the door, and no style but from here.
#[derive(Debug, Default)]
pub(super) struct Paper(String);

impl Paper {
    /// Room for so many bytes.
    pub fn with_room(bytes: usize) -> Self {
        Paper(String::with_capacity(bytes))
    }

    /// Adds a text to the line.
    pub fn write(&mut self, text: &str) {
        self.0.push_str(&plain(text));
    }

    /// Adds a text in a style.
    pub fn write_in(&mut self, style: Style, text: &str) {
        write!(self.0, "{style}{}{style:#}", plain(text)).expect("writing to memory can't fail");
    }

    pub fn spaces(&mut self, count: usize) {
        self.0.extend(std::iter::repeat_n(' ', count));
    }

    pub fn end_line(&mut self) {
        self.0.push('\n');
    }

    /// Where the next text will stand.
    pub fn end(&self) -> usize {
        self.0.len()
    }

    /// Adds once more what stands somewhere.
    pub fn repeat(&mut self, written: Range<usize>) {
        self.0.extend_from_within(written);
    }

    pub fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_letter_that_does_harm_is_found_wherever_it_stands(text in "[a~]{0,40}[é흑’\n]{0,2}[a ]{0,40}[é\n\u{1b}\u{202e}]{0,2}.{0,20}") {
            let harmful = text.char_indices().find(|&(_, letter)| letter != '\n' && instead(letter).is_some());
            prop_assert_eq!(first_harmful(&text, b'\n'), harmful.map(|(at, _)| at));
        }
    }

    #[test]
    fn styles_pass_and_nothing_else_that_begins_like_one() {
        assert_eq!(
            plain_lines("\u{1b}[1;31ma\u{1b}[0m\n\u{1b}[2J", true),
            "\u{1b}[1;31ma\u{1b}[0m\n\u{fffd}[2J"
        );
        assert_eq!(
            plain_lines("\u{1b}[1ma\u{1b}[", false),
            "\u{fffd}[1ma\u{fffd}["
        );
        assert_eq!(plain_lines("\u{1b}[", true), "\u{fffd}[");
        assert_eq!(
            plain_lines("a\r\nb\u{9b}\u{2028}\u{7f}", true),
            "a \nb\u{fffd} \u{fffd}"
        );
    }

    #[test]
    fn json_says_by_number_what_would_steer() {
        assert_eq!(
            numbered("{\n\"a\": \"\u{7f}\u{9b}\u{202e}\u{2028}흑연\"\n}"),
            "{\n\"a\": \"\\u007f\\u009b\\u202e\\u2028흑연\"\n}"
        );
    }
}
