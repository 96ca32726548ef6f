//! Makes the catalogue out of records that passed every check.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::hash::Hasher;

use fnv::FnvHasher;

use super::catalogue::{
    Catalogue, Document, DocumentIx, Entity, EntityIx, Evidence, Fact, Nothing, Value,
};
use super::countries::countries;
use super::kept::Kept;
use super::names::name_key;
use super::record::{FieldRecord, RawValue, Record, Word};
use super::status::Status;
use super::value::{Amount, Date, Period, expand_passages};
use super::vocabulary::{Claim, EntityKind, Field, Slot, Sort};
use crate::text::{Sources, Text};

/// Makes the catalogue. The records have passed every check, so each id in them is declared and
/// each date is one.
///
/// Sorts entities and facts by their ids; otherwise takes time in proportion to the records.
pub(super) fn assemble(records: &[Record], sources: &Sources) -> Catalogue {
    let files = sources
        .iter()
        .map(|(_, source)| text(source.name()))
        .collect();
    let mut catalogue = Catalogue {
        files,
        ..Catalogue::default()
    };
    let documents = records
        .iter()
        .filter(|record| record.form.sort == Sort::Document);
    catalogue.documents = documents.map(document).collect();
    catalogue.documents.sort_by(|a, b| a.id.cmp(&b.id));
    catalogue.entities = entities(records, sources)
        .into_iter()
        .map(Kept::from)
        .collect();
    catalogue.facts = Assembler::new(&catalogue, sources)
        .facts(records)
        .into_iter()
        .map(Kept::from)
        .collect();
    catalogue.nothings = nothings(records, &catalogue)
        .into_iter()
        .map(Kept::from)
        .collect();
    catalogue.name_keys = name_keys(&catalogue);
    catalogue.countries = countries(&catalogue);
    catalogue
}

fn nothings(records: &[Record], catalogue: &Catalogue) -> Vec<Nothing> {
    let declared = records
        .iter()
        .filter(|record| record.form.sort == Sort::Nothing);
    let mut nothings: Vec<Nothing> = declared
        .filter_map(|record| {
            let document = catalogue.document(record.text(Field::Doc)?)?;
            let passages = record
                .words(Field::At)
                .iter()
                .flat_map(|word| expand_passages(&word.text))
                .map(Text::from)
                .collect();
            Some(Nothing {
                document,
                passages,
                why: owned(record, Field::Why)?,
            })
        })
        .collect();
    nothings.sort_by(|a, b| (a.document, &a.passages).cmp(&(b.document, &b.passages)));
    nothings
}

/// Few enough keys that a page is read at once, enough that the pages are few.
const KEYS_ON_A_PAGE: usize = 32;

fn name_keys(catalogue: &Catalogue) -> Vec<Kept<Vec<(Text, EntityIx)>>> {
    let mut keys = Vec::new();
    for (ix, entity) in catalogue.entities_with_index() {
        keys.extend(
            entity
                .every_name()
                .map(|name| (Text::from(name_key(name)), ix)),
        );
    }
    keys.sort();
    keys.dedup_by(|later, earlier| later.0 == earlier.0);
    keys.chunks(KEYS_ON_A_PAGE)
        .map(|page| page.to_vec().into())
        .collect()
}

fn owned(record: &Record, field: Field) -> Option<Text> {
    record.text(field).map(text)
}

fn text(text: &str) -> Text {
    text.to_owned().into()
}

fn document(record: &Record) -> Document {
    Document {
        id: owned(record, Field::Id).unwrap_or_default(),
        title: owned(record, Field::Title).unwrap_or_default(),
        publisher: owned(record, Field::Publisher).unwrap_or_default(),
        date: record.text(Field::Date).and_then(Date::parse),
        undated: owned(record, Field::Undated),
        earliest: record.text(Field::Earliest).and_then(Date::parse),
        latest: record.text(Field::Latest).and_then(Date::parse),
        this_month: record.text(Field::ThisMonth).and_then(Date::parse),
        care: owned(record, Field::Care),
        passages: record
            .words(Field::Passages)
            .iter()
            .flat_map(|word| expand_passages(&word.text))
            .map(Text::from)
            .collect(),
    }
}

/// The entities in the order of their ids, each with the numbers of those that it is of and acts
/// for.
fn entities(records: &[Record], sources: &Sources) -> Vec<Entity> {
    let kind = |record: &Record| {
        if let Sort::Entity(kind) = record.form.sort {
            Some(kind)
        } else {
            None
        }
    };
    let declared = records
        .iter()
        .filter_map(|record| Some((entity(kind(record)?, record, sources), record)));
    let mut declared: Vec<(Entity, &Record)> = declared.collect();
    declared.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let ids: Vec<Text> = declared
        .iter()
        .map(|(entity, _)| entity.id.clone())
        .collect();
    let number = |record: &Record, field| {
        let wanted = record.text(field)?;
        let at = ids.binary_search_by(|id| id.as_str().cmp(wanted)).ok()?;
        Some(EntityIx(at as u32))
    };
    let with_ties = |(entity, record): (Entity, &Record)| Entity {
        home: number(record, Field::Home),
        acts_for: number(record, Field::ActsFor),
        ..entity
    };
    declared.into_iter().map(with_ties).collect()
}

fn entity(kind: EntityKind, record: &Record, sources: &Sources) -> Entity {
    Entity {
        id: owned(record, Field::Id).unwrap_or_default(),
        kind,
        en: owned(record, Field::En).unwrap_or_default(),
        ko: owned(record, Field::Ko),
        zh: owned(record, Field::Zh),
        aliases: record
            .words(Field::Aliases)
            .iter()
            .map(|word| text(&word.text))
            .collect(),
        note: owned(record, Field::Note),
        home: None,
        acts_for: None,
        position: sources.position(
            record
                .word(Field::Id)
                .map_or(record.place, |word| word.place),
        ),
    }
}

/// Looks up ids while facts are made.
struct Assembler<'p> {
    catalogue: &'p Catalogue,
    sources: &'p Sources,
    entities: HashMap<&'p str, EntityIx>,
}

impl<'p> Assembler<'p> {
    fn new(catalogue: &'p Catalogue, sources: &'p Sources) -> Self {
        let entities = catalogue
            .entities_with_index()
            .map(|(ix, entity)| (entity.id.as_str(), ix))
            .collect();
        Assembler {
            catalogue,
            sources,
            entities,
        }
    }

    /// The facts in the order of their ids, restated ones merged.
    fn facts(&self, records: &[Record]) -> Vec<Fact> {
        let mut facts: Vec<(String, Fact)> = Vec::with_capacity(records.len());
        let mut known: HashMap<String, usize> = HashMap::with_capacity(records.len());
        for record in records {
            let Sort::Fact(claim) = record.form.sort else {
                continue;
            };
            let fact = self.fact(claim, record);
            let key = self.key(&fact);
            match known.get(&key) {
                Some(&at) => merge(&mut facts[at].1, fact),
                None => {
                    known.insert(key.clone(), facts.len());
                    facts.push((key, fact));
                }
            }
        }
        facts.sort_by(|a, b| (ends(&a.1), &a.1.id, &a.0).cmp(&(ends(&b.1), &b.1.id, &b.0)));
        let mut facts: Vec<Fact> = facts
            .into_iter()
            .map(|(_, fact)| self.settled(fact))
            .collect();
        number_namesakes(&mut facts);
        facts
    }

    /// The fact with its evidence in the order of the documents, whatever the order in which it was
    /// stated.
    fn settled(&self, mut fact: Fact) -> Fact {
        let passage = |(document, at): &(DocumentIx, Text)| {
            let passages = &self.catalogue[*document].passages;
            (
                *document,
                passages.iter().position(|passage| passage == at),
                at.clone(),
            )
        };
        fact.evidence.sort_by_cached_key(|evidence| {
            let cited = evidence.cited.as_ref();
            let by = (evidence.by, evidence.by_unnamed.clone());
            (
                cited.is_none(),
                cited.map(passage),
                evidence.status as u8,
                by,
                evidence.note.clone(),
            )
        });
        fact
    }

    fn fact(&self, claim: Claim, record: &Record) -> Fact {
        let values: Vec<_> = claim
            .form()
            .fields
            .iter()
            .filter_map(|form| {
                let field = record.field(form.field)?;
                Some((form.field, self.value(form.slot, field)?))
            })
            .collect();
        let mut evidence: Vec<_> = record
            .evidence()
            .filter_map(|evidence| self.evidence(evidence))
            .collect();
        evidence.dedup();
        let date = |field| record.text(field).and_then(Date::parse);
        let days = Days {
            since: date(Field::Since),
            until: date(Field::Until),
            as_of: date(Field::AsOf),
        };
        Fact {
            id: self.fact_id(claim, &values, days).into(),
            claim,
            values,
            since: days.since,
            until: days.until,
            as_of: days.as_of,
            perhaps_known_by: None,
            declared_caveat: owned(record, Field::Caveat),
            note: owned(record, Field::Note),
            conflict: owned(record, Field::Conflict),
            evidence,
            position: self.sources.position(record.place),
        }
    }

    fn value(&self, slot: Slot, field: &FieldRecord) -> Option<Value> {
        Some(match (slot, &field.value) {
            (Slot::One(_), RawValue::Word(word)) => Value::Entity(self.entity(word)?),
            (Slot::Many(_), RawValue::Words(words)) => {
                Value::Entities(words.iter().filter_map(|word| self.entity(word)).collect())
            }
            (Slot::Date, RawValue::Word(word)) => Value::Date(Date::parse(&word.text)?),
            (Slot::Flag, RawValue::Flag(is_so)) => is_so.then_some(Value::Flag)?,
            (Slot::Period, RawValue::Word(word)) => Value::Period(Period::parse(&word.text)?),
            (_, RawValue::Word(word)) => Value::Text(text(&word.text)),
            (_, RawValue::Share(share)) => Value::Share(share.clone()),
            (_, RawValue::Amount(number, unit)) => Value::Amount(Amount {
                number: number.clone(),
                unit: unit.text.to_string(),
            }),
            _ => return None,
        })
    }

    fn entity(&self, word: &Word) -> Option<EntityIx> {
        self.entities.get(word.text.as_ref()).copied()
    }

    fn evidence(&self, record: &Record) -> Option<Evidence> {
        let Sort::Evidence(status) = record.form.sort else {
            return None;
        };
        let document = record.text(Field::Doc).and_then(|id| {
            let at = self
                .catalogue
                .documents
                .binary_search_by(|document| (*document.id).cmp(id))
                .ok()?;
            Some(DocumentIx(at as u32))
        });
        let inferred = status == Status::InferredByCurator;
        Some(Evidence {
            status,
            cited: document
                .map(|document| (document, owned(record, Field::At).unwrap_or_default())),
            by: record.word(Field::By).and_then(|word| self.entity(word)),
            by_unnamed: owned(record, Field::ByUnnamed),
            note: owned(record, if inferred { Field::Why } else { Field::Note }),
            garbled: record
                .words(Field::Garbled)
                .iter()
                .map(|word| text(&word.text))
                .collect(),
            read: record
                .words(Field::Read)
                .iter()
                .map(|word| text(&word.text))
                .collect(),
            unnamed: record
                .words(Field::Unnamed)
                .iter()
                .filter_map(|word| self.entity(word))
                .collect(),
        })
    }

    /// The claim and the ids in it, for figures what is measured and when, its days, and a mark of
    /// all else that it says: so it hangs on nothing but the claim itself.
    fn fact_id(&self, claim: Claim, values: &[(Field, Value)], days: Days) -> String {
        let mut id = claim.word().to_lowercase();
        for (field, value) in values {
            match value {
                Value::Entity(entity) => self.append(&mut id, ':', *entity),
                Value::Entities(entities) => {
                    for (at, entity) in entities.iter().enumerate() {
                        self.append(&mut id, if at == 0 { ':' } else { '+' }, *entity);
                    }
                }
                Value::Text(text) if *field == Field::Measure => append_words(&mut id, text),
                Value::Period(period) => append_words(&mut id, &period.to_string()),
                _ => {}
            }
        }
        days.append_to(&mut id);
        append_mark(&mut id, claim, values);
        id
    }

    fn append(&self, id: &mut String, separator: char, entity: EntityIx) {
        id.push(separator);
        id.push_str(&self.catalogue.entities[entity.index()].id);
    }

    /// What makes two records one claim: all but the evidence and the notes.
    fn key(&self, fact: &Fact) -> String {
        let mut key = fact.id.to_string();
        for (field, value) in &fact.values {
            if !matches!(value, Value::Entity(_) | Value::Entities(_)) {
                write!(key, "|{field}={value:?}").expect("a string takes all");
            }
        }
        for (field, date) in [
            ("since", fact.since),
            ("until", fact.until),
            ("as_of", fact.as_of),
        ] {
            if let Some(date) = date {
                write!(key, "|{field}={date}").expect("a string takes all");
            }
        }
        // The same id in another field is another claim.
        for (field, value) in &fact.values {
            if let Value::Entity(entity) = value {
                write!(key, "|{field}#{}", entity.index()).expect("a string takes all");
            }
        }
        key
    }
}

/// The id of a fact without its days and its mark: what is said of the same things stands together.
fn ends(fact: &Fact) -> &str {
    fact.id.split(['@', '~']).next().unwrap_or_default()
}

/// When a fact holds, as far as it says so.
#[derive(Clone, Copy)]
struct Days {
    since: Option<Date>,
    until: Option<Date>,
    as_of: Option<Date>,
}

impl Days {
    /// Adds them to an id: `@2022-07` for a day that it was known on, `@2022..2023` for a time that
    /// it held.
    fn append_to(self, id: &mut String) {
        let word = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        if self.since.is_some() || self.until.is_some() {
            write!(id, "@{}..{}", word(self.since), word(self.until)).expect("a string takes all");
        }
        if let Some(as_of) = self.as_of {
            write!(id, "@{as_of}").expect("a string takes all");
        }
    }
}

/// Adds a mark of what a claim says beside entities, measure and time: facts that differ in it
/// alone have different ids. None where it says nothing more.
fn append_mark(id: &mut String, claim: Claim, values: &[(Field, Value)]) {
    let mut said = String::new();
    for (field, value) in values {
        match value {
            Value::Entity(_) | Value::Entities(_) | Value::Period(_) => {}
            Value::Text(_) if *field == Field::Measure => {}
            value => write!(said, "|{field}={value:?}").expect("a string takes all"),
        }
    }
    said += &fields_left_open(claim, values);
    if !said.is_empty() {
        let mut hasher = FnvHasher::default();
        hasher.write(said.as_bytes());
        write!(id, "~{:06x}", hasher.finish() & 0xff_ffff).expect("a string takes all");
    }
}

/// Which of several fields for entities are used, where not all or none are: the same id in another
/// field is another claim.
fn fields_left_open(claim: Claim, values: &[(Field, Value)]) -> String {
    let may = claim
        .form()
        .fields
        .iter()
        .filter(|form| !form.required && matches!(form.slot, Slot::One(_)));
    let may: Vec<Field> = may.map(|form| form.field).collect();
    let used: Vec<&str> = values
        .iter()
        .map(|(field, _)| *field)
        .filter(|field| may.contains(field))
        .map(Field::word)
        .collect();
    if used.is_empty() || used.len() == may.len() {
        String::new()
    } else {
        format!("|{}", used.join("|"))
    }
}

/// Adds a text to an id as small letters, digits and hyphens.
fn append_words(id: &mut String, text: &str) {
    id.push(':');
    for c in text.chars() {
        if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if !id.ends_with(['-', ':']) {
            id.push('-');
        }
    }
    while id.ends_with('-') {
        id.pop();
    }
}

fn merge(fact: &mut Fact, again: Fact) {
    for evidence in again.evidence {
        if !fact.evidence.contains(&evidence) {
            fact.evidence.push(evidence);
        }
    }
    fact.declared_caveat = both(fact.declared_caveat.take(), again.declared_caveat);
    fact.note = both(fact.note.take(), again.note);
    fact.conflict = both(fact.conflict.take(), again.conflict);
}

/// Two notes as one, each remark in it once, in an order that depends on nothing but the remarks.
fn both(one: Option<Text>, other: Option<Text>) -> Option<Text> {
    let remarks: BTreeSet<&str> = one
        .iter()
        .chain(&other)
        .flat_map(|note| note.split(" / "))
        .collect();
    (!remarks.is_empty()).then(|| remarks.into_iter().collect::<Vec<_>>().join(" / ").into())
}

/// Tells facts apart by a number behind their id, should their marks ever be the same.
fn number_namesakes(facts: &mut [Fact]) {
    let mut at = 0;
    while at < facts.len() {
        let same = facts[at..]
            .iter()
            .take_while(|fact| fact.id == facts[at].id)
            .count();
        for number in 1..same {
            let fact = &mut facts[at + number];
            fact.id = format!("{}~{}", fact.id, number + 1).into();
        }
        at += same;
    }
}
