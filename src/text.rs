//! Where a byte of which file stands: files with their text, places in them, lines and columns.

use std::borrow::Cow;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FileId(u32);

impl FileId {
    /// The number, for use as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A stretch of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A position as an editor counts it: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
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
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// Takes a file's name and text. A byte order mark before the text is no part of it.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        const MARK: char = '\u{feff}';
        let text = match text.into() {
            Cow::Owned(text) if text.starts_with(MARK) => Cow::Owned(text[MARK.len_utf8()..].to_owned()),
            Cow::Owned(text) => Cow::Owned(text),
            Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix(MARK).unwrap_or(text)),
        };
        Source { name: name.into(), text, line_starts: OnceLock::new() }
    }

    /// The name as messages show it, a path with forward slashes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte. Finding the lines takes one pass over the text, once.
    pub fn line_column(&self, byte: u32) -> LineColumn {
        let starts = self.line_starts.get_or_init(|| line_starts(&self.text));
        let line = starts.partition_point(|&start| start <= byte);
        let start = starts[line - 1] as usize;
        let column = self.text[start..].char_indices().take_while(|(at, _)| start + at < byte as usize).count() + 1;
        LineColumn { line, column }
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
    std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect()
}

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
        self.0.iter().enumerate().map(|(at, source)| (FileId(at as u32), source))
    }

    /// The line and column at which a place begins.
    pub fn position(&self, place: Place) -> Position {
        Position { file: place.file, at: self.get(place.file).line_column(place.start) }
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
