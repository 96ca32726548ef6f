//! Reads the text of a file into records, and says all that is wrong on the way.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use ron::error::SpannedError;
use ron::extensions::Extensions;
use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use super::nearest::did_you_mean;
use super::record::{FieldRecord, RawValue, Record, Word};
use super::split::split;
use super::value::Extent;
use super::vocabulary::{Form, Slot, evidence_form, evidence_heads, record_form, record_heads};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{FileId, Place, Source};

/// What reading one or more files gave.
#[derive(Debug, Default)]
pub struct ReadTexts<'a> {
    /// The records that could be read.
    pub records: Vec<Record<'a>>,
    /// The ids of records that could not be read: they exist, so nobody is told that they don't.
    pub damaged_ids: Vec<&'a str>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file, adding to what was read before. Each record is read for itself: a broken one is a
/// diagnostic and hides nothing.
///
/// Takes time in proportion to the text.
pub fn read<'a>(file: FileId, source: &'a Source, reading: &mut ReadTexts<'a>) {
    let text = source.text();
    let reader = Reader {
        text,
        file,
        diagnostics: RefCell::default(),
    };
    let split = split(text);
    for (at, what) in split.faults {
        reader.complain(Diagnostic::new(Code::Syntax, what).at(reader.place(at, at + 1), ""));
    }
    for item in split.items {
        match reader.record(&text[item.clone()], item.start) {
            Some(record) => reading.records.push(record),
            None => reading.damaged_ids.extend(declared_ids(&text[item])),
        }
    }
    reading
        .damaged_ids
        .extend(declared_ids(&text[split.swallowed]));
    reading
        .diagnostics
        .append(&mut reader.diagnostics.into_inner());
}

/// The ids that a broken record seems to declare: its own, and those of records behind it that it
/// swallowed. The quotes around an id may be what is broken.
fn declared_ids(item: &str) -> impl Iterator<Item = &str> {
    item.split("id:").skip(1).filter_map(|rest| {
        let rest = rest.trim_start_matches([' ', '\t', '"']);
        rest.split(['"', ',', ')', '\n'])
            .next()
            .map(str::trim_end)
            .filter(|id| !id.is_empty())
    })
}

struct Reader<'a> {
    text: &'a str,
    file: FileId,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl<'a> Reader<'a> {
    fn record(&self, item: &'a str, start: usize) -> Option<Record<'a>> {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let seed = RecordSeed {
            reader: self,
            forms: &RECORDS,
        };
        let result = options.from_str_seed(item, seed);
        result.unwrap_or_else(|error| {
            self.complain(self.syntax_fault(&error, item, start));
            None
        })
    }

    fn syntax_fault(&self, error: &SpannedError, item: &str, start: usize) -> Diagnostic {
        let byte =
            |position: ron::error::Position| start + byte_of(item, position.line, position.col);
        let (from, to) = (byte(error.span.start), byte(error.span.end));
        let place = self.place(from, to.max(from + 1));
        match &error.code {
            ron::Error::NoSuchEnumVariant { expected, found, .. } => {
                Diagnostic::new(Code::UnknownWord, format!("`{found}` can't stand here"))
                    .at(place, format!("one of {}", expected.join(", ")))
                    .hint_if(did_you_mean(found, expected.iter().copied()))
            }
            ron::Error::SuggestRawIdentifier(number) if number.parse::<f64>().is_ok() => {
                Diagnostic::new(Code::Syntax, "a number must say how exact it is").at(place, "").hint(format!(
                    "write `Exactly({number})`, `AtLeast({number})`, `AtMost({number})` or `About({number})`"
                ))
            }
            code => Diagnostic::new(Code::Syntax, format!("this is not well-formed: {code}"))
                .at(place, "")
                .hint_if(syntax_hint(code).map(str::to_owned)),
        }
    }

    /// The place from one byte to another, within the text and never ending inside a character.
    fn place(&self, start: usize, end: usize) -> Place {
        let start = start.min(self.text.len());
        let end = end.clamp(start, self.text.len());
        let end = (end..)
            .find(|&end| self.text.is_char_boundary(end))
            .unwrap_or(end);
        Place {
            file: self.file,
            start: start as u32,
            end: end as u32,
        }
    }

    /// The place of a word that was borrowed from the text: its address tells.
    fn place_of(&self, word: &str) -> Option<Place> {
        let start = (word.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (start + word.len() <= self.text.len()).then(|| self.place(start, start + word.len()))
    }

    fn complain(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }
}

/// What to do about text that is not RON, where that can be told.
fn syntax_hint(error: &ron::Error) -> Option<&'static str> {
    Some(match error {
        ron::Error::Eof => "close what is open: `)`, `]` or `\"` is missing",
        ron::Error::ExpectedComma => "look before this for a missing comma or closing quote",
        ron::Error::ExpectedMapColon => "write a field as `name: value`",
        ron::Error::ExpectedString => "put the text in quotes: `\"…\"`",
        ron::Error::ExpectedStringEnd => "close the text with `\"`",
        ron::Error::ExpectedBoolean => "write `true`, or leave the field out",
        ron::Error::ExpectedArray => "put it in a list: `[ … ]`",
        ron::Error::ExpectedStructLike => "write the fields in `( … )`",
        _ => return None,
    })
}

/// The byte at which a line and column of a text begin; both count from 1, columns in characters.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = &text[start..];
    start
        + line
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(line.len(), |(at, _)| at)
}

/// Which words may begin a record here.
struct Forms {
    form: fn(&str) -> Option<Form>,
    heads: fn() -> Vec<&'static str>,
    what: &'static str,
    code: Code,
}

const RECORDS: Forms = Forms {
    form: record_form,
    heads: || record_heads().collect(),
    what: "a document, a kind of entity or a claim",
    code: Code::UnknownRecord,
};

const EVIDENCE: Forms = Forms {
    form: evidence_form,
    heads: || evidence_heads().collect(),
    what: "a status",
    code: Code::UnknownWord,
};

/// Reads a record, whose word picks its form; `None` if the word is unknown, which is complained
/// of.
struct RecordSeed<'r, 'a> {
    reader: &'r Reader<'a>,
    forms: &'static Forms,
}

impl<'a> DeserializeSeed<'a> for RecordSeed<'_, 'a> {
    type Value = Option<Record<'a>>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_enum("", &[], self)
    }
}

impl<'a> Visitor<'a> for RecordSeed<'_, 'a> {
    type Value = Option<Record<'a>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.forms.what)
    }

    fn visit_enum<A: EnumAccess<'a>>(self, data: A) -> Result<Self::Value, A::Error> {
        let (head, fields) = data.variant_seed(Identifier)?;
        let place = self
            .reader
            .place_of(head)
            .unwrap_or_else(|| self.reader.place(0, 1));
        let Some(form) = (self.forms.form)(head) else {
            let what = format!("`{head}` is not {}", self.forms.what);
            let hint = did_you_mean(head, (self.forms.heads)());
            self.reader.complain(
                Diagnostic::new(self.forms.code, what)
                    .at(place, "")
                    .hint_if(hint),
            );
            fields.struct_variant(&[], IgnoredFields)?;
            return Ok(None);
        };
        let (fields, has_unknown_fields) = fields.struct_variant(
            &[],
            FieldsVisitor {
                reader: self.reader,
                form: &form,
            },
        )?;
        Ok(Some(Record {
            form,
            place,
            fields,
            has_unknown_fields,
        }))
    }
}

/// Reads the fields of a record by its form; complains of those it does not have.
struct FieldsVisitor<'r, 'a> {
    reader: &'r Reader<'a>,
    form: &'r Form,
}

impl<'a> Visitor<'a> for FieldsVisitor<'_, 'a> {
    type Value = (Vec<FieldRecord<'a>>, bool);

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "the fields of `{}`", self.form.head)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields: Vec<FieldRecord> = Vec::with_capacity(8);
        let mut has_unknown_fields = false;
        while let Some(name) = map.next_key_seed(Identifier)? {
            let place = self
                .reader
                .place_of(name)
                .unwrap_or_else(|| self.reader.place(0, 1));
            let Some(form) = self.form.field(name) else {
                self.reader.complain(unknown_field(name, self.form, place));
                has_unknown_fields = true;
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(SlotSeed {
                reader: self.reader,
                slot: form.slot,
                key: place,
            })?;
            match fields.iter().find(|earlier| earlier.field == form.field) {
                Some(earlier) => self
                    .reader
                    .complain(duplicate_field(name, place, earlier.place)),
                None => fields.push(FieldRecord {
                    field: form.field,
                    place,
                    value,
                }),
            }
        }
        Ok((fields, has_unknown_fields))
    }
}

fn unknown_field(name: &str, form: &Form, place: Place) -> Diagnostic {
    let names: Vec<_> = form.fields().map(|form| form.field.word()).collect();
    Diagnostic::new(
        Code::UnknownField,
        format!("`{}` has no field `{name}`", form.head),
    )
    .at(place, "")
    .hint(
        did_you_mean(name, names.iter().copied())
            .unwrap_or_else(|| format!("its fields are {}", names.join(", "))),
    )
}

fn duplicate_field(name: &str, place: Place, earlier: Place) -> Diagnostic {
    Diagnostic::new(Code::DuplicateField, format!("`{name}` is given twice"))
        .at(place, "again here")
        .at(earlier, "first here")
        .hint("keep one of the two")
}

/// Passes over the fields of a record that nobody knows.
struct IgnoredFields;

impl<'a> Visitor<'a> for IgnoredFields {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key_seed(Identifier)?.is_some() {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Reads what stands in a field, by the field's slot.
#[derive(Clone, Copy)]
struct SlotSeed<'r, 'a> {
    reader: &'r Reader<'a>,
    slot: Slot,
    key: Place,
}

impl<'a> DeserializeSeed<'a> for SlotSeed<'_, 'a> {
    type Value = RawValue<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self.slot {
            Slot::Texts | Slot::Passages | Slot::Many(_) => {
                let texts = Vec::<QuotedText>::deserialize(deserializer)?;
                Ok(RawValue::Words(
                    texts.into_iter().map(|text| self.word(text)).collect(),
                ))
            }
            Slot::Share => Extent::deserialize(deserializer).map(RawValue::Share),
            Slot::Amount => {
                let (number, unit) = <(Extent, QuotedText)>::deserialize(deserializer)?;
                Ok(RawValue::Amount(number, self.word(unit)))
            }
            Slot::Flag => bool::deserialize(deserializer).map(RawValue::Flag),
            Slot::Evidence => deserializer
                .deserialize_seq(EvidenceVisitor(self.reader))
                .map(RawValue::Evidence),
            _ => Ok(RawValue::Word(
                self.word(QuotedText::deserialize(deserializer)?),
            )),
        }
    }
}

impl<'a> SlotSeed<'_, 'a> {
    /// A text with its place: its own where it was borrowed, else (where it has escapes) that of
    /// the field's name.
    fn word(&self, text: QuotedText<'a>) -> Word<'a> {
        let place = match text.0 {
            Cow::Borrowed(text) => self.reader.place_of(text),
            Cow::Owned(_) => None,
        };
        Word {
            text: text.0,
            place: place.unwrap_or(self.key),
        }
    }
}

struct EvidenceVisitor<'r, 'a>(&'r Reader<'a>);

impl<'a> Visitor<'a> for EvidenceVisitor<'_, 'a> {
    type Value = Vec<Option<Record<'a>>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of evidence")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut evidence = Vec::with_capacity(1);
        while let Some(record) = seq.next_element_seed(RecordSeed {
            reader: self.0,
            forms: &EVIDENCE,
        })? {
            evidence.push(record);
        }
        Ok(evidence)
    }
}

/// A quoted text, borrowed where it has no escapes.
struct QuotedText<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for QuotedText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_str(QuotedTextVisitor)
            .map(QuotedText)
    }
}

struct QuotedTextVisitor;

impl<'de> Visitor<'de> for QuotedTextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a quoted text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// A bare word: the name of a record or field.
struct Identifier;

impl<'de> DeserializeSeed<'de> for Identifier {
    type Value = &'de str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Identifier {
    type Value = &'de str;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a word")
    }

    fn visit_borrowed_str<E>(self, word: &'de str) -> Result<Self::Value, E> {
        Ok(word)
    }
}
