//! The checked facts: every id looked up, every date and share read, one record for one claim.

use std::ops::Index;

use serde::{Deserialize, Serialize};

use super::countries::countries;
use super::kept::Kept;
use super::roles::{Role, Tie, Whole};
use super::status::Status;
use super::value::{Amount, Date, Extent, Period};
use super::vocabulary::{ACTORS, Claim, EntityKind, Field};
use crate::text::{LineColumn, Position, Text};

/// An entity of a [`Catalogue`], by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityIx(pub(crate) u32);

/// A fact of a [`Catalogue`], by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactIx(pub(crate) u32);

/// A document of a [`Catalogue`], by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentIx(pub(crate) u32);

impl EntityIx {
    /// The number, for use as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl FactIx {
    /// The number, for use as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A document that facts are drawn from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
#[non_exhaustive]
pub struct Document {
    /// Its id.
    pub id: Text,
    /// Title as printed.
    pub title: Text,
    /// Who published it.
    pub publisher: Text,
    /// Its date; `None` where it is undated.
    pub date: Option<Date>,
    /// Why it is undated, and what can be inferred.
    pub undated: Option<Text>,
    /// The earliest day that it may be of, where it is undated and its content tells.
    pub earliest: Option<Date>,
    /// The latest day that it may be of.
    pub latest: Option<Date>,
    /// The month that it calls this one, where that is not the one of its date.
    pub this_month: Option<Date>,
    /// What to know about its reliability.
    pub care: Option<Text>,
    /// Every passage label, in order; empty where none were listed.
    pub passages: Vec<Text>,
}

impl Document {
    /// The day from which on it may have been known: its date, or the earliest that an undated one
    /// may be of.
    pub fn known_since(&self) -> Option<Date> {
        self.date.or(self.earliest)
    }

    /// Whether it was known by a date, whichever day it is of.
    fn is_known_by(&self, date: Date) -> bool {
        match (self.date, self.latest) {
            (Some(own), _) => own.first_day() <= date.last_day(),
            (None, Some(latest)) => latest.last_day() <= date.last_day(),
            (None, None) => false,
        }
    }
}

/// Something that facts are about.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
#[non_exhaustive]
pub struct Entity {
    /// Its id.
    pub id: Text,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Name in English.
    pub en: Text,
    /// Name in Korean, where sure.
    pub ko: Option<Text>,
    /// Name in Chinese, where sure.
    pub zh: Option<Text>,
    /// Further names.
    pub aliases: Vec<Text>,
    /// What a reader must know.
    pub note: Option<Text>,
    /// The economy that it is of, as is commonly known.
    pub home: Option<EntityIx>,
    /// The economy that it speaks and acts for.
    pub acts_for: Option<EntityIx>,
    /// Where it is declared.
    pub position: Position,
}

impl Entity {
    /// The economy that its record says it is of: its home, or the one that it acts for.
    pub fn declared_home(&self) -> Option<EntityIx> {
        self.home.or(self.acts_for)
    }

    /// Its id, names and aliases.
    pub fn every_name(&self) -> impl Iterator<Item = &str> {
        let names = [
            Some(&*self.id),
            Some(&*self.en),
            self.ko.as_deref(),
            self.zh.as_deref(),
        ];
        names
            .into_iter()
            .flatten()
            .chain(self.aliases.iter().map(|alias| &**alias))
    }
}

/// Passages of a document that hold nothing to curate.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
#[non_exhaustive]
pub struct Nothing {
    /// The document.
    pub document: DocumentIx,
    /// The passages.
    pub passages: Vec<Text>,
    /// Why they hold nothing.
    pub why: Text,
}

/// A claim with what supports it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
#[non_exhaustive]
pub struct Fact {
    /// A name for it, made of its claim and the ids in it:
    /// `needs:lithium-ion-battery:graphite-anode`.
    pub id: Text,
    /// What it claims.
    pub claim: Claim,
    /// What stands in the fields of the claim, in the order of its form; absent ones are left out.
    pub values: Vec<(Field, Value)>,
    /// When it began to hold.
    pub since: Option<Date>,
    /// When it ceased to hold.
    pub until: Option<Date>,
    /// When it was known to hold.
    pub as_of: Option<Date>,
    /// The date that the catalogue is seen at, where it is open whether the fact was known by then.
    pub perhaps_known_by: Option<Date>,
    /// What a reader must know, lest it be taken for more than the documents say, as its record has
    /// it; [`Fact::caveat`] is all of it.
    pub declared_caveat: Option<Text>,
    /// What a curator adds.
    pub note: Option<Text>,
    /// Why it is kept although another fact contradicts it.
    pub conflict: Option<Text>,
    /// What supports it; never empty.
    pub evidence: Vec<Evidence>,
    /// Where it is stated first.
    pub position: Position,
}

/// What stands in a field of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
#[non_exhaustive]
pub enum Value {
    /// An entity.
    Entity(EntityIx),
    /// Several.
    Entities(Vec<EntityIx>),
    /// A share.
    Share(Extent),
    /// A number with its unit.
    Amount(Amount),
    /// A text.
    Text(Text),
    /// A date.
    Date(Date),
    /// A period.
    Period(Period),
    /// Yes.
    Flag,
}

impl Value {
    /// The entities in it.
    pub fn entities(&self) -> &[EntityIx] {
        match self {
            Value::Entity(entity) => std::slice::from_ref(entity),
            Value::Entities(entities) => entities,
            _ => &[],
        }
    }
}

/// A passage that supports a fact, or a curator's reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
#[non_exhaustive]
pub struct Evidence {
    /// How far it carries.
    pub status: Status,
    /// The passage; only what a curator infers may have none.
    pub cited: Option<(DocumentIx, Text)>,
    /// Who says so.
    pub by: Option<EntityIx>,
    /// Who says so, where unnamed.
    pub by_unnamed: Option<Text>,
    /// A reading note, or the curator's reason.
    pub note: Option<Text>,
    /// Broken forms in which the passage prints figures or names.
    pub garbled: Vec<Text>,
    /// Entities that the passage means without naming them.
    pub unnamed: Vec<EntityIx>,
    /// What the passage words otherwise than the fact, and why the fact stands: `2024-12: four
    /// months before April`.
    pub read: Vec<Text>,
}

impl Fact {
    /// What stands in a field.
    pub fn value(&self, field: Field) -> Option<&Value> {
        self.values
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, value)| value)
    }

    /// The entity in a field.
    pub fn entity(&self, field: Field) -> Option<EntityIx> {
        match self.value(field)? {
            Value::Entity(entity) => Some(*entity),
            _ => None,
        }
    }

    /// The entity in a field that this claim must have; the check has seen to it.
    pub(crate) fn end(&self, field: Field) -> EntityIx {
        self.entity(field)
            .unwrap_or_else(|| panic!("{} has no entity in `{field}`", self.id))
    }

    /// The text in a field.
    pub fn text(&self, field: Field) -> Option<&str> {
        match self.value(field)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The share in a field.
    pub fn share(&self, field: Field) -> Option<&Extent> {
        match self.value(field)? {
            Value::Share(share) => Some(share),
            _ => None,
        }
    }

    /// The share of a whole that it states.
    pub fn share_of(&self, whole: Whole) -> Option<&Extent> {
        let mut shares = self.claim.form().shares();
        let (field, _) = shares.find(|(_, of)| of.whole == whole)?;
        self.share(field)
    }

    /// Whether it speaks of what an economy's companies hold, wherever they make it.
    pub fn is_held(&self) -> bool {
        self.value(Field::Held).is_some()
    }

    /// Every entity in its fields, those who say so not counted.
    pub fn entities(&self) -> impl Iterator<Item = EntityIx> + '_ {
        self.values
            .iter()
            .flat_map(|(_, value)| value.entities())
            .copied()
    }

    /// The entities that play a role in it.
    pub fn in_role(&self, role: Role) -> impl Iterator<Item = EntityIx> + '_ {
        let values = self
            .claim
            .form()
            .fields_of(role)
            .filter_map(|form| self.value(form.field));
        values.flat_map(Value::entities).copied()
    }

    /// The first entity that plays a role in it.
    pub fn player(&self, role: Role) -> Option<EntityIx> {
        self.in_role(role).next()
    }

    /// The entity in a role that somebody must play in this claim; the check has seen to it.
    pub(crate) fn end_in(&self, role: Role) -> EntityIx {
        self.player(role)
            .unwrap_or_else(|| panic!("{} has nobody in the role `{role}`", self.id))
    }

    /// Who is tied so to whom by it.
    pub fn tied(&self, tie: Tie) -> Option<(EntityIx, EntityIx)> {
        let tied = self.claim.form().tie(tie)?;
        Some((self.player(tied.one)?, self.player(tied.other)?))
    }

    /// How far its best evidence carries.
    pub fn status(&self) -> Status {
        let order = |status: Status| match status {
            Status::Official => 0,
            Status::Reported => 1,
            Status::InferredByCurator => 2,
            other => 3 + other as u8,
        };
        self.evidence
            .iter()
            .map(|evidence| evidence.status)
            .min_by_key(|&status| order(status))
            .unwrap_or(Status::Opinion)
    }

    /// Whether it was so before anybody wrote of it.
    pub fn holds_at_every_date(&self) -> bool {
        self.claim.holds_at_every_date(self.status())
    }

    /// Whether it tells of somebody who gets something from somebody named.
    pub fn is_purchase(&self) -> bool {
        self.claim.form().tie(Tie::Supplies).is_some()
    }

    /// Whether it is taken to hold now; plans, targets, forecasts and opinions are not.
    pub fn is_actual(&self) -> bool {
        self.status().is_actual()
    }
}

/// Everything that is known, checked. Made by [`catalogue`](super::catalogue()).
///
/// Entities stand in the order of their ids and facts in the order of theirs, whatever the order of
/// the files.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Catalogue {
    pub(super) documents: Vec<Document>,
    pub(super) entities: Vec<Kept<Entity>>,
    pub(super) facts: Vec<Kept<Fact>>,
    pub(super) nothings: Vec<Kept<Nothing>>,
    /// The key of every id, name and alias, in order, with its entity; each key once. On pages, for
    /// few of them are looked at.
    pub(super) name_keys: Vec<Kept<Vec<(Text, EntityIx)>>>,
    /// The names of the files that it was read from, by their numbers.
    pub(super) files: Vec<Text>,
    /// The economy that each entity belongs to.
    pub(super) countries: Vec<Option<EntityIx>>,
}

impl Catalogue {
    /// The catalogue without the facts that began after a date, ceased before it, or were first
    /// known after it.
    ///
    /// A fact is first known on the day it gives itself (`as_of`, `since`), else on the day of the
    /// earliest document that states it. An undated document may be of any day from its earliest to
    /// its latest: facts that rest on nothing else and are seen between the two are marked
    /// ([`Fact::perhaps_known_by`]); what only undated documents without those days state is left
    /// out. Kinds, needs and parts, and what a curator infers, were so before anybody wrote of
    /// them, and stay.
    pub fn known_at(mut self, date: Date) -> Self {
        let facts = std::mem::take(&mut self.facts);
        self.facts = facts
            .into_iter()
            .filter_map(|fact| self.seen_at(fact, date))
            .collect();
        self.countries = countries(&self);
        self
    }

    /// A fact as it is seen at a date, if it held and was known by then.
    fn seen_at(&self, fact: Kept<Fact>, date: Date) -> Option<Kept<Fact>> {
        let began = fact
            .since
            .is_none_or(|since| since.first_day() <= date.last_day());
        let holds = fact
            .until
            .is_none_or(|until| until.last_day() >= date.first_day());
        let is_known_since = |day: Date| day.first_day() <= date.last_day();
        match () {
            () if !(began && holds) => None,
            () if self.is_known_by(&fact, date) => Some(fact),
            () if !self.known_since(&fact).is_some_and(is_known_since) => None,
            () => Some(
                Fact {
                    perhaps_known_by: Some(date),
                    ..Fact::clone(&fact)
                }
                .into(),
            ),
        }
    }

    /// Whether a fact was known by a date, whichever day undated documents are of.
    fn is_known_by(&self, fact: &Fact, date: Date) -> bool {
        let mut documents = fact
            .evidence
            .iter()
            .filter_map(|evidence| Some(evidence.cited.as_ref()?.0));
        match fact.as_of.or(fact.since) {
            _ if fact.holds_at_every_date() => true,
            Some(own) => own.first_day() <= date.last_day(),
            None => documents.any(|document| self[document].is_known_by(date)),
        }
    }

    /// The day by which a fact was known: the one it gives itself, else that of the earliest
    /// document that states it, of an undated one the earliest that it may be of; `None` where none
    /// has one.
    pub fn known_since(&self, fact: &Fact) -> Option<Date> {
        let documents = fact
            .evidence
            .iter()
            .filter_map(|evidence| self[evidence.cited.as_ref()?.0].known_since());
        fact.as_of
            .or(fact.since)
            .or_else(|| documents.min_by_key(|date| date.first_day()))
    }

    /// The economy whose own somebody is: a firm, group or organisation by its home, an office and
    /// who holds it by whom they act for, and where neither is declared by the seat that a document
    /// gives.
    pub fn home(&self, entity: EntityIx) -> Option<EntityIx> {
        let is_somebody =
            ACTORS.contains(self[entity].kind) && self[entity].kind != EntityKind::Economy;
        let seat = || self.country(entity).filter(|_| is_somebody);
        self[entity].declared_home().or_else(seat)
    }

    /// The last day for which a fact gives its figures: the one that it gives itself, or on which
    /// it ceased to hold; else that of the latest document that states it; else the one on which it
    /// began.
    pub fn told_for(&self, fact: &Fact) -> Option<Date> {
        let documents = fact
            .evidence
            .iter()
            .filter_map(|evidence| self[evidence.cited.as_ref()?.0].known_since());
        let latest = || documents.max_by_key(|date| (date.last_day(), date.first_day()));
        fact.as_of.or(fact.until).or_else(latest).or(fact.since)
    }

    /// The one economy that an entity belongs to: by where it stands or has its seat, and a policy
    /// by who restricts trade with it. An economy belongs to itself; what no fact places belongs to
    /// its home, and what facts place in several has none.
    pub fn country(&self, entity: EntityIx) -> Option<EntityIx> {
        self.countries[entity.index()]
    }

    /// The documents, by id.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The entities, by id; each is brought in when it is first looked at.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &Entity> + Clone {
        self.entities.iter().map(|entity| &**entity)
    }

    /// The facts, by id; each is brought in when it is first looked at.
    pub fn facts(&self) -> impl ExactSizeIterator<Item = &Fact> + Clone {
        self.facts.iter().map(|fact| &**fact)
    }

    /// The entities with their numbers.
    pub fn entities_with_index(&self) -> impl Iterator<Item = (EntityIx, &Entity)> {
        self.entities()
            .enumerate()
            .map(|(at, entity)| (EntityIx(at as u32), entity))
    }

    /// The facts with their numbers.
    pub fn facts_with_index(&self) -> impl Iterator<Item = (FactIx, &Fact)> {
        self.facts()
            .enumerate()
            .map(|(at, fact)| (FactIx(at as u32), fact))
    }

    /// The documents with their numbers.
    pub fn documents_with_index(&self) -> impl Iterator<Item = (DocumentIx, &Document)> {
        self.documents
            .iter()
            .enumerate()
            .map(|(at, document)| (DocumentIx(at as u32), document))
    }

    /// The keys of all names (see [`name_key`](super::name_key)) in order, each with its entity.
    pub fn name_keys(&self) -> impl Iterator<Item = (&str, EntityIx)> {
        self.name_keys
            .iter()
            .flat_map(|page| page.iter())
            .map(|(key, entity)| (key.as_str(), *entity))
    }

    /// The entity with a name of this key. A binary search.
    pub fn named(&self, key: &str) -> Option<EntityIx> {
        let pages = self
            .name_keys
            .partition_point(|page| page[0].0.as_str() <= key);
        let page = &self.name_keys[pages.checked_sub(1)?];
        page.binary_search_by(|(known, _)| known.as_str().cmp(key))
            .ok()
            .map(|at| page[at].1)
    }

    /// Why a passage holds nothing to curate, if it is declared so.
    pub fn nothing_in(&self, document: DocumentIx, passage: &str) -> Option<&str> {
        let declared = |nothing: &&Kept<Nothing>| {
            nothing.document == document && nothing.passages.iter().any(|p| p == passage)
        };
        self.nothings
            .iter()
            .find(declared)
            .map(|nothing| nothing.why.as_str())
    }

    /// The entity with this id.
    pub fn entity(&self, id: &str) -> Option<EntityIx> {
        self.entities
            .binary_search_by(|entity| (*entity.id).cmp(id))
            .ok()
            .map(|at| EntityIx(at as u32))
    }

    /// The document with this id.
    pub fn document(&self, id: &str) -> Option<DocumentIx> {
        self.documents
            .binary_search_by(|document| (*document.id).cmp(id))
            .ok()
            .map(|at| DocumentIx(at as u32))
    }

    /// A position in words: `facts/batteries.ron:12:5`.
    pub fn describe(&self, position: Position) -> String {
        let Position {
            file,
            at: LineColumn { line, column },
        } = position;
        format!("{}:{line}:{column}", self.files[file.index()])
    }
}

impl Index<EntityIx> for Catalogue {
    type Output = Entity;

    fn index(&self, ix: EntityIx) -> &Entity {
        &self.entities[ix.0 as usize]
    }
}

impl Index<FactIx> for Catalogue {
    type Output = Fact;

    fn index(&self, ix: FactIx) -> &Fact {
        &self.facts[ix.0 as usize]
    }
}

impl Index<DocumentIx> for Catalogue {
    type Output = Document;

    fn index(&self, ix: DocumentIx) -> &Document {
        &self.documents[ix.0 as usize]
    }
}
