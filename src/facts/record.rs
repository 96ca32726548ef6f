//! Records as they were typed: words with their places, nothing looked up, nothing believed.

use std::borrow::Cow;

use super::roles::{Role, Tie};
use super::value::Extent;
use super::vocabulary::{Field, Form, Sort};
use crate::text::Place;

/// A word or text as typed, and where.
#[derive(Clone, Debug)]
pub struct Word<'a> {
    /// The text, its escapes resolved.
    pub text: Cow<'a, str>,
    /// Where it stands.
    pub place: Place,
}

/// A record, or a piece of evidence: the word that begins it, and its fields.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// What sort of record, and which fields it may have.
    pub form: Form,
    /// Where the word stands that begins it.
    pub place: Place,
    /// Its fields in the order they were typed; no field twice.
    pub fields: Vec<FieldRecord<'a>>,
    /// Whether it had fields that its form does not know; which others are missing is then not
    /// worth saying.
    pub has_unknown_fields: bool,
}

/// One field of a record.
#[derive(Clone, Debug)]
pub struct FieldRecord<'a> {
    /// Its name.
    pub field: Field,
    /// Where the name stands.
    pub place: Place,
    /// What stands in it.
    pub value: RawValue<'a>,
}

/// What stands in a field, by the field's slot.
#[derive(Clone, Debug)]
pub enum RawValue<'a> {
    /// A text, id, date, label or choice.
    Word(Word<'a>),
    /// A list of them.
    Words(Vec<Word<'a>>),
    /// A share.
    Share(Extent),
    /// A number and its unit.
    Amount(Extent, Word<'a>),
    /// Yes or no.
    Flag(bool),
    /// A list of evidence; `None` stands for a piece whose status nobody knows.
    Evidence(Vec<Option<Record<'a>>>),
}

impl<'a> Record<'a> {
    /// The field with this name, if it was typed.
    pub fn field(&self, field: Field) -> Option<&FieldRecord<'a>> {
        self.fields.iter().find(|record| record.field == field)
    }

    /// The word in a field.
    pub fn word(&self, field: Field) -> Option<&Word<'a>> {
        match &self.field(field)?.value {
            RawValue::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The text in a field.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.word(field).map(|word| word.text.as_ref())
    }

    /// Who plays a role in it, by the first field that says so.
    pub fn player(&self, role: Role) -> Option<&Word<'a>> {
        let fields = self.form.own.iter();
        fields
            .filter(|form| form.roles.contains(&role))
            .find_map(|form| self.word(form.field))
    }

    /// Who is tied so to whom by it.
    pub fn tied(&self, tie: Tie) -> Option<(&Word<'a>, &Word<'a>)> {
        let Sort::Fact(claim) = self.form.sort else {
            return None;
        };
        let tied = claim.form().tie(tie)?;
        Some((self.player(tied.one)?, self.player(tied.other)?))
    }

    /// The list of words in a field; empty where the field is absent.
    pub fn words(&self, field: Field) -> &[Word<'a>] {
        match self.field(field).map(|record| &record.value) {
            Some(RawValue::Words(words)) => words,
            _ => &[],
        }
    }

    /// The share in a field.
    pub fn share(&self, field: Field) -> Option<&Extent> {
        match &self.field(field)?.value {
            RawValue::Share(share) => Some(share),
            _ => None,
        }
    }

    /// Whether a field says yes.
    pub fn flag(&self, field: Field) -> bool {
        matches!(
            self.field(field).map(|record| &record.value),
            Some(RawValue::Flag(true))
        )
    }

    /// Its evidence.
    pub fn evidence(&self) -> impl Iterator<Item = &Record<'a>> {
        let evidence: &[Option<Record>] =
            match self.field(Field::Evidence).map(|record| &record.value) {
                Some(RawValue::Evidence(evidence)) => evidence,
                _ => &[],
            };
        evidence.iter().flatten()
    }
}

impl<'a> RawValue<'a> {
    /// Every word in it, those of evidence left out.
    pub fn words(&self) -> &[Word<'a>] {
        match self {
            RawValue::Word(word) | RawValue::Amount(_, word) => std::slice::from_ref(word),
            RawValue::Words(words) => words,
            RawValue::Share(_) | RawValue::Flag(_) | RawValue::Evidence(_) => &[],
        }
    }
}
