//! What is wrong in the data: a code, a message, the places it concerns and what to do about it.
//! Plain data; how it looks is for `render`.

use crate::text::{Place, word_enum};

word_enum! {
    /// What sort of fault it is. `docs/checks.md` explains each with an example.
    #[non_exhaustive]
    pub enum Code {
        /// A file or folder can't be read, a file is not UTF-8, or a folder holds nothing to read.
        UnreadableFile = "unreadable-file",
        /// A file that has the path of a built-in one, or a folder that is named twice.
        DuplicateFile = "duplicate-file",
        /// The text is not RON, or not a list of records.
        Syntax = "syntax",
        /// A record begins with a word that is no document, entity kind or claim.
        UnknownRecord = "unknown-record",
        /// A word that stands where one of a fixed list must stand is not in that list.
        UnknownWord = "unknown-word",
        /// A field that this sort of record does not have.
        UnknownField = "unknown-field",
        /// A field given twice in one record.
        DuplicateField = "duplicate-field",
        /// A field that this sort of record must have.
        MissingField = "missing-field",
        /// A field that means nothing beside what stands in the others of its record.
        MisplacedField = "misplaced-field",
        /// An id that is not kebab-case.
        MalformedId = "malformed-id",
        /// An id declared twice.
        DuplicateId = "duplicate-id",
        /// A name that is empty or has characters that a reader can't see.
        MalformedName = "malformed-name",
        /// A text that is empty, or has characters that a reader can't see, or a line break.
        MalformedText = "malformed-text",
        /// A caveat that is too long to go wherever its fact goes.
        LongCaveat = "long-caveat",
        /// A word of Latin letters and others that only look like them.
        MixedAlphabets = "mixed-alphabets",
        /// Two entities that claim one name or alias.
        NameClash = "name-clash",
        /// A reference to an entity that nobody declares.
        UnknownEntity = "unknown-entity",
        /// An entity of a kind that can't stand at this end of a claim.
        WrongKind = "wrong-kind",
        /// A claim whose two ends are one entity.
        SelfReference = "self-reference",
        /// A fact without evidence.
        NoEvidence = "no-evidence",
        /// Evidence that cites a document nobody declares.
        UnknownDocument = "unknown-document",
        /// A passage label of the wrong form.
        MalformedPassage = "malformed-passage",
        /// A passage label that the document does not have.
        UnknownPassage = "unknown-passage",
        /// A figure said to be inferred by the curator.
        InferredFigure = "inferred-figure",
        /// A date or period of the wrong form, or a day that does not exist.
        MalformedDate = "malformed-date",
        /// `until` before `since`, or a period that ends before it begins.
        DatesReversed = "dates-reversed",
        /// A share outside 0 to 1, or a number that is not finite.
        ShareOutOfRange = "share-out-of-range",
        /// `Between` with the larger bound first.
        BoundsReversed = "bounds-reversed",
        /// The lower bounds of the shares in one mix come to more than the whole.
        SharesExceedWhole = "shares-exceed-whole",
        /// The shares in one mix come to more than the whole, by no more than the rounding of their
        /// digits.
        SharesRounded = "shares-rounded",
        /// A thing that is, through others, a kind or a part of itself.
        Cycle = "cycle",
        /// One claim stated twice with different exact shares, and no note on the conflict.
        Contradiction = "contradiction",
        /// A seat that a document places in another economy than the home of its firm.
        SeatElsewhere = "seat-elsewhere",
        /// An entity that no fact is about.
        UnusedEntity = "unused-entity",
        /// A document that no evidence cites.
        UnusedDocument = "unused-document",
        /// A passage that no evidence cites and that is not declared as holding nothing.
        UncoveredPassage = "uncovered-passage",
    }
}

/// Whether a fault keeps the data from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The data can't be used until it is mended.
    Error,
    /// The data can be used.
    Warning,
}

impl Code {
    /// How grave faults with this code are.
    pub fn severity(self) -> Severity {
        match self {
            Code::LongCaveat
            | Code::MixedAlphabets
            | Code::SharesRounded
            | Code::SeatElsewhere
            | Code::UnusedEntity
            | Code::UnusedDocument
            | Code::UncoveredPassage => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What sort of fault it is.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: String,
    /// Where, with a word on what stands there; the first is the fault itself, the others bear on
    /// it. Empty only for faults of whole files and folders.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub hints: Vec<String>,
}

/// A place that a fault concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is there; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// A fault without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: message.into(),
            labels: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Adds a place and what is there.
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Adds what to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a hint if there is one.
    pub fn hint_if(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
