//! Where a byte of which file stands: files with their text, places in them, lines and columns; and
//! which characters a reader can't see.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// Declares an enum whose variants each stand for one fixed word, with the way there and back.
macro_rules! word_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word that stands for the variant.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The variant that a word stands for, if any.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl serde::Serialize for $name {
            /// By its word for people, by its number for machines.
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.serialize_str(self.word())
                } else {
                    serializer.serialize_u8(*self as u8)
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::Error;
                if deserializer.is_human_readable() {
                    let word = <std::borrow::Cow<str>>::deserialize(deserializer)?;
                    Self::from_word(&word).ok_or_else(|| D::Error::custom(format!("no such word: {word}")))
                } else {
                    let number = u8::deserialize(deserializer)?;
                    Self::ALL.get(number as usize).copied().ok_or_else(|| D::Error::custom("no such number"))
                }
            }
        }
    };
}
pub(crate) use word_enum;

/// A text that is owned, or that stands in the binary and need not be copied.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Text(Cow<'static, str>);

impl std::ops::Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A copy of the text.
    pub fn owned(&self) -> String {
        self.as_str().to_owned()
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text(Cow::Owned(text))
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, f)
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self)
    }
}

impl<'de: 'static> serde::Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&'static str>::deserialize(deserializer).map(|text| Text(Cow::Borrowed(text)))
    }
}

/// A file among [`Sources`].
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct FileId(u32);

impl FileId {
    /// The number, for use as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A stretch of bytes in one file.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A position as an editor counts it: both from 1, columns in characters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where something begins: a file, a line and a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// The file.
    pub file: FileId,
    /// The line and column.
    pub at: LineColumn,
}

/// One file: its name as messages show it, and its text.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: Cow<'static, str>,
    lines: OnceLock<Lines>,
}

impl Source {
    /// Takes a file's name and text. A byte order mark before the text is no part of it.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        const MARK: char = '\u{feff}';
        let text = match text.into() {
            Cow::Owned(text) if text.starts_with(MARK) => {
                Cow::Owned(text[MARK.len_utf8()..].to_owned())
            }
            Cow::Owned(text) => Cow::Owned(text),
            Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix(MARK).unwrap_or(text)),
        };
        Source {
            name: name.into(),
            text,
            lines: OnceLock::new(),
        }
    }

    /// The name as messages show it, a path with forward slashes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte. Finding the lines takes one pass over the text, once; each
    /// line and column then next to nothing, however long the line.
    pub fn line_column(&self, byte: u32) -> LineColumn {
        let lines = self.lines();
        let line = lines.starts.partition_point(|&start| start <= byte);
        let before = |byte: u32| lines.characters_before(&self.text, byte as usize);
        LineColumn {
            line,
            column: before(byte) - before(lines.starts[line - 1]) + 1,
        }
    }

    /// The bytes of the line that a byte stands in, without its end.
    pub fn line_around(&self, byte: u32) -> Range<usize> {
        let starts = &self.lines().starts;
        let line = starts.partition_point(|&start| start <= byte);
        let end = starts
            .get(line)
            .map_or(self.text.len(), |&next| next as usize - 1);
        starts[line - 1] as usize..end
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

/// Where the lines of a text begin, and how many characters stand before each stretch of it.
#[derive(Debug)]
struct Lines {
    starts: Vec<u32>,
    /// For each stretch of [`STRETCH`] bytes, the characters that begin before it.
    characters: Vec<u32>,
}

/// Bytes of a stretch: few enough to count characters in one for each place.
const STRETCH: usize = 1024;

impl Lines {
    fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at as u32 + 1))
            .collect();
        let mut before = 0;
        let mut characters = vec![0];
        for stretch in text.as_bytes().chunks(STRETCH) {
            before += beginnings(stretch) as u32;
            characters.push(before);
        }
        Lines { starts, characters }
    }

    fn characters_before(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        let stretch = byte / STRETCH;
        self.characters[stretch] as usize + beginnings(&text.as_bytes()[stretch * STRETCH..byte])
    }
}

/// The characters that begin in some bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000)
        .count()
}

/// What is wrong with a character that a reader can't see, or that changes how others are shown: it
/// has no place in a text for people. Nothing for all others.
///
/// ```
/// use hanjung::text::unseen;
///
/// assert_eq!(unseen('\u{1b}'), Some("a control character"));
/// assert_eq!(unseen('\u{ad}'), Some("an invisible character"));
/// assert!("POSCO 포스코 宁德时代, 30 %".chars().all(|c| unseen(c).is_none()));
/// ```
pub fn unseen(c: char) -> Option<&'static str> {
    let is = |ranges: &[(char, char)]| {
        ranges
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&c))
    };
    match c {
        ' '..='~' => None,
        _ if c.is_control() => Some("a control character"),
        _ if is(TURNING) => Some("a character that turns the direction of writing"),
        _ if is(BREAKS) => Some("a line break"),
        _ if is(INVISIBLE) => Some("an invisible character"),
        _ if is(NONE) || c as u32 & 0xfffe == 0xfffe => Some("what is no character"),
        _ => None,
    }
}

/// The property Bidi_Control of Unicode.
const TURNING: &[(char, char)] = &[
    ('\u{61c}', '\u{61c}'),
    ('\u{200e}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2066}', '\u{2069}'),
];
const BREAKS: &[(char, char)] = &[('\u{2028}', '\u{2029}')];
/// The property Default_Ignorable_Code_Point of Unicode, and the marks of annotations. The joiners
/// that some scripts need are among them: none of the languages that facts are told in does.
const INVISIBLE: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200d}'),
    ('\u{2060}', '\u{2065}'),
    ('\u{206a}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];
/// Noncharacters; beside these, the last two of each plane are.
const NONE: &[(char, char)] = &[('\u{fdd0}', '\u{fdef}')];

/// All files that were read together.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a file.
    pub fn add(&mut self, source: Source) -> FileId {
        self.0.push(source);
        FileId(self.0.len() as u32 - 1)
    }

    /// The file with this id.
    pub fn get(&self, file: FileId) -> &Source {
        &self.0[file.0 as usize]
    }

    /// Every file with its id, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.0
            .iter()
            .enumerate()
            .map(|(at, source)| (FileId(at as u32), source))
    }

    /// The line and column at which a place begins.
    pub fn position(&self, place: Place) -> Position {
        Position {
            file: place.file,
            at: self.get(place.file).line_column(place.start),
        }
    }

    /// A place in words: `facts/batteries.ron:12:5`.
    ///
    /// ```
    /// use hanjung::text::{Place, Source, Sources};
    ///
    /// let mut sources = Sources::default();
    /// let file = sources.add(Source::new("a.ron", "[\n    흑연,\n]"));
    /// assert_eq!(sources.describe(Place { file, start: 9, end: 10 }), "a.ron:2:6");
    /// ```
    pub fn describe(&self, place: Place) -> String {
        let source = self.get(place.file);
        let LineColumn { line, column } = source.line_column(place.start);
        format!("{}:{line}:{column}", source.name())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The line and column of a byte, counted from the beginning.
    fn counted(text: &str, byte: usize) -> LineColumn {
        let before = &text[..byte];
        let line = before.rsplit('\n').next().unwrap_or_default();
        LineColumn {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    }

    proptest! {
        #[test]
        fn lines_and_columns_are_as_counted(piece in "[a흑\u{1f600}\n ]{1,9}", times in 0usize..900) {
            let text = piece.repeat(times);
            let source = Source::new("a.ron", text.clone());
            for (byte, _) in text.char_indices().chain([(text.len(), ' ')]).step_by(97) {
                prop_assert_eq!(source.line_column(byte as u32), counted(&text, byte));
                let line = source.line_around(byte as u32);
                prop_assert!(line.contains(&byte) || line.end == byte);
                prop_assert_eq!(Some(&text[line]), text.split('\n').nth(counted(&text, byte).line - 1));
            }
        }
    }

    #[test]
    fn what_can_t_be_seen() {
        for c in "\0\t\n\u{1b}\u{7f}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{180e}\u{200b}\u{200d}\u{200f}\u{2028}\u{202e}\u{2066}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fdd0}\u{ffff}\u{e0041}\u{10fffe}".chars() {
            assert!(unseen(c).is_some(), "U+{:04X}", c as u32);
        }
        for c in "a ~\u{a0}é흑연石墨\u{3000}\u{fffd}…€👩µ".chars() {
            assert!(unseen(c).is_none(), "U+{:04X}", c as u32);
        }
    }
}
