//! What happened when, what is planned, what contradicts what, and which passages were read.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;

use super::answer::{Answer, Given, Row};
use super::listing::{kinds_above, kinds_of};
use super::party::Party;
use super::territory::Territory;
use super::writer::Writer;
use crate::facts::{
    Catalogue, Date, DocumentIx, EntityIx, Fact, FactIx, Field, Mood, Role, Status, TERRITORIES,
    Tie, Value,
};

fn given(writer: &Writer, of: Option<&Party>) -> IndexMap<&'static str, Given> {
    of.map(|of| ("entity", writer.given_party(of)))
        .into_iter()
        .collect()
}

fn title(writer: &Writer, what: &str, of: Option<&Party>) -> String {
    of.map_or(what.to_owned(), |of| {
        format!("{what}: {}", writer.party_name(of))
    })
}

/// What an entity is asked about together with: a territory with the places and plants in it, and
/// with the plans of those who act for it; anything else by itself.
struct Scope<'c> {
    catalogue: &'c Catalogue,
    of: Option<Vec<EntityIx>>,
    territory: Option<Territory>,
}

impl<'c> Scope<'c> {
    fn new(catalogue: &'c Catalogue, of: Option<&Party>) -> Self {
        let is_territory = |entity: &EntityIx| TERRITORIES.contains(catalogue[*entity].kind);
        let of: Option<Vec<EntityIx>> = of.map(|of| of.entities().collect());
        let places = of.iter().flatten().copied().filter(is_territory);
        let places: Vec<EntityIx> = places.collect();
        let territory = (!places.is_empty()).then(|| Territory::sites(catalogue, &places));
        Scope {
            catalogue,
            of,
            territory,
        }
    }

    fn has(&self, fact: &Fact) -> bool {
        let Some(of) = &self.of else {
            return true;
        };
        let is_there = |other| {
            self.territory
                .as_ref()
                .is_some_and(|place| place.has(other))
        };
        fact.entities()
            .any(|other| of.contains(&other) || is_there(other))
            || is_plan(fact) && self.is_done_for(fact, of)
    }

    /// Whether a fact tells what somebody does who acts for one of some economies.
    fn is_done_for(&self, fact: &Fact, economies: &[EntityIx]) -> bool {
        let mut doers = [Role::By, Role::With]
            .into_iter()
            .flat_map(|role| fact.in_role(role));
        let acts_for = |doer: EntityIx| self.catalogue[doer].acts_for;
        doers.any(|doer| acts_for(doer).is_some_and(|economy| economies.contains(&economy)))
    }
}

/// Whether a fact is a plan or the like: what somebody intends, aims at or foresees. What is said
/// counts only if it tells of a plan or target, for most of the rest is opinion.
fn is_plan(fact: &Fact) -> bool {
    match fact.claim.form().mood {
        Mood::Plan | Mood::Target => true,
        Mood::Statement => matches!(fact.status(), Status::Plan | Status::Target),
        Mood::Lasting | Mood::Present => !fact.is_actual(),
    }
}

/// The day by which a fact stands in time: the beginning of what it says, or when it was known.
fn day(fact: &Fact) -> Option<Date> {
    let of_value = fact.values.iter().find_map(|(_, value)| match value {
        Value::Date(date) => Some(*date),
        Value::Period(period) => Some(period.from),
        _ => None,
    });
    fact.since.or(of_value).or(fact.as_of).or(fact.until)
}

/// Answers `timeline`: every dated fact, oldest first, by year.
pub(super) fn timeline(mut writer: Writer, of: Option<&Party>) -> Answer {
    let scope = Scope::new(writer.catalogue, of);
    let dated = writer
        .catalogue
        .facts_with_index()
        .filter(|(_, fact)| scope.has(fact));
    let mut dated: Vec<(Date, FactIx)> = dated
        .filter_map(|(ix, fact)| Some((day(fact)?, ix)))
        .collect();
    dated.sort_by_key(|(date, ix)| (date.first_day(), date.last_day(), *ix));
    for (date, ix) in dated {
        let reading = writer.fact(ix, false);
        let row = Row {
            group: "Dated facts",
            facts: vec![reading],
            date: Some(date.to_string()),
            ..Row::default()
        };
        writer.push(row);
    }
    let (title, given) = (title(&writer, "Timeline", of), given(&writer, of));
    writer.finish("timeline", given, title, "Every fact with a date, by the day on which what it says begins, or else on which it was known; plans and forecasts are marked.")
}

/// Answers `plans`: of a good with its kinds, and apart what is planned of a kind above.
pub(super) fn plans(mut writer: Writer, of: Option<&Party>) -> Answer {
    let scope = PlanScope::new(writer.catalogue, of);
    let planned = writer
        .catalogue
        .facts_with_index()
        .filter(|(_, fact)| is_plan(fact));
    let mut found: Vec<((u8, &str), FactIx)> = planned
        .filter_map(|(ix, fact)| Some((scope.heading(fact)?, ix)))
        .collect();
    found.sort_by_key(|&(heading, ix)| {
        (heading, day(&writer.catalogue[ix]).map(Date::first_day), ix)
    });
    for ((_, group), ix) in found {
        let reading = writer.fact(ix, false);
        writer.push(Row {
            group,
            facts: vec![reading],
            ..Row::default()
        });
    }
    let (title, given) = (title(&writer, "Plans and targets", of), given(&writer, of));
    writer.finish(
        "plans",
        given,
        title,
        "What somebody intends, aims at or foresees; none of it is taken to hold.",
    )
}

/// What plans are asked about: an entity with its kinds, and what it is a kind of.
struct PlanScope<'c> {
    asked: Scope<'c>,
    kinds: HashSet<EntityIx>,
    above: HashSet<EntityIx>,
}

impl<'c> PlanScope<'c> {
    fn new(catalogue: &'c Catalogue, of: Option<&Party>) -> Self {
        let entities = || of.into_iter().flat_map(Party::entities);
        PlanScope {
            asked: Scope::new(catalogue, of),
            kinds: entities()
                .flat_map(|one| kinds_of(catalogue, one))
                .collect(),
            above: entities()
                .flat_map(|one| kinds_above(catalogue, one))
                .collect(),
        }
    }

    /// The heading of a plan, if it is asked about. That one good is a kind of the other is no plan
    /// for either.
    fn heading(&self, fact: &Fact) -> Option<(u8, &'static str)> {
        let names = |set: &HashSet<EntityIx>| {
            fact.tied(Tie::KindOf).is_none() && fact.entities().any(|one| set.contains(&one))
        };
        if self.asked.has(fact) || names(&self.kinds) {
            return Some(heading(fact));
        }
        names(&self.above).then_some((3, "Of a kind above: it is not said that this kind is meant"))
    }
}

fn heading(fact: &Fact) -> (u8, &'static str) {
    match fact.claim.form().mood {
        Mood::Plan => (0, "Plans"),
        Mood::Target => (1, "Targets"),
        Mood::Lasting | Mood::Present | Mood::Statement => (2, "Announced, foreseen or judged so"),
    }
}

/// Answers `conflicts`: facts that are kept although another contradicts them, side by side, with
/// what differs.
pub(super) fn conflicts(mut writer: Writer) -> Answer {
    for facts in contradictions(writer.catalogue) {
        let entity = in_common(writer.catalogue, &facts).map(|entity| writer.entity(entity));
        let remarks = differences(&writer, &facts);
        let facts = facts.into_iter().map(|ix| writer.fact(ix, false)).collect();
        writer.push(Row {
            group: "Contradictions",
            entity,
            facts,
            remarks,
            ..Row::default()
        });
    }
    writer.finish(
        "conflicts",
        IndexMap::new(),
        "Facts that contradict each other".to_owned(),
        "Both sides are kept; which is right is not decided.",
    )
}

/// Facts that a contradiction is noted of, those that stand against each other together.
fn contradictions(catalogue: &Catalogue) -> Vec<Vec<FactIx>> {
    let mut together: Vec<Vec<FactIx>> = Vec::new();
    for (ix, fact) in catalogue
        .facts_with_index()
        .filter(|(_, fact)| fact.conflict.is_some())
    {
        let is_other_side = |facts: &Vec<FactIx>| {
            facts
                .iter()
                .any(|&other| may_contradict(fact, &catalogue[other]))
        };
        match together.iter_mut().find(|facts| is_other_side(facts)) {
            Some(facts) => facts.push(ix),
            None => together.push(vec![ix]),
        }
    }
    together
}

/// Whether two facts can be the sides of one contradiction: the same is claimed of the same, or of
/// something in common in the same passage.
fn may_contradict(a: &Fact, b: &Fact) -> bool {
    let entities = |fact: &Fact| fact.entities().collect::<Vec<EntityIx>>();
    let has_common = a.entities().any(|entity| entities(b).contains(&entity));
    let cites = |passage| {
        b.evidence
            .iter()
            .any(|other| other.cited.as_ref() == Some(passage))
    };
    let has_passage = a
        .evidence
        .iter()
        .filter_map(|evidence| evidence.cited.as_ref())
        .any(cites);
    a.claim == b.claim && (entities(a) == entities(b) || (has_common && has_passage))
}

/// The first entity that is in all of some facts.
fn in_common(catalogue: &Catalogue, facts: &[FactIx]) -> Option<EntityIx> {
    let is_in_all = |entity: &EntityIx| {
        facts
            .iter()
            .all(|&ix| catalogue[ix].entities().any(|other| other == *entity))
    };
    catalogue[*facts.first()?].entities().find(is_in_all)
}

/// In what the sides of a contradiction differ, field by field; texts, which are told below, by the
/// name of their field only.
fn differences(writer: &Writer, facts: &[FactIx]) -> Vec<String> {
    let sides: Vec<&Fact> = facts.iter().map(|&ix| &writer.catalogue[ix]).collect();
    let fields = sides
        .iter()
        .flat_map(|fact| &fact.values)
        .map(|(field, _)| *field);
    let fields: BTreeMap<&'static str, Field> = fields.map(|field| (field.word(), field)).collect();
    let differing = fields
        .values()
        .filter_map(|&field| difference(writer, &sides, field))
        .collect::<Vec<_>>();
    if sides.len() < 2 || differing.is_empty() {
        Vec::new()
    } else {
        vec![format!("differ in {}", differing.join("; "))]
    }
}

/// How the sides that fill a field differ in it; being silent is no contradiction, and naming
/// further entities neither.
fn difference(writer: &Writer, sides: &[&Fact], field: Field) -> Option<String> {
    let values: Vec<&Value> = sides.iter().filter_map(|fact| fact.value(field)).collect();
    let name = field.word().replace('_', " ");
    match values.first()? {
        Value::Entities(_) => None,
        first if values.iter().all(|value| value == first) => None,
        Value::Text(_) => Some(name),
        _ => Some(format!(
            "{name}: {}",
            values
                .iter()
                .map(|value| shown(writer, value))
                .collect::<Vec<_>>()
                .join(" against ")
        )),
    }
}

fn shown(writer: &Writer, value: &Value) -> String {
    match value {
        Value::Entity(entity) => writer.name(*entity).to_owned(),
        _ => writer.field_view(value),
    }
}

/// Answers `coverage`: what became of each passage.
pub(super) fn coverage(mut writer: Writer) -> Answer {
    writer.show_all_documents();
    let catalogue = writer.catalogue;
    let cited = cited_passages(catalogue);
    for (ix, document) in catalogue.documents_with_index() {
        let count = |passage: &str| cited.get(&(ix, passage)).copied().unwrap_or(0);
        let nothing = |passage: &str| catalogue.nothing_in(ix, passage);
        let used = document
            .passages
            .iter()
            .filter(|passage| count(passage) > 0)
            .count();
        let empty: Vec<&str> = document
            .passages
            .iter()
            .map(|p| p.as_str())
            .filter(|p| count(p) == 0)
            .collect();
        let (declared, open): (Vec<&str>, Vec<&str>) = empty
            .into_iter()
            .partition(|passage| nothing(passage).is_some());
        let mut remarks = vec![format!(
            "{} passages: {used} support facts, {} hold nothing to curate, {} are neither",
            document.passages.len(),
            declared.len(),
            open.len()
        )];
        remarks.extend(by_reason(&declared, nothing));
        remarks
            .extend(open.iter().map(|passage| {
                format!("{passage}: neither cited nor declared as holding nothing")
            }));
        writer.push(Row {
            group: "Documents",
            document: Some(document.id.to_string()),
            remarks,
            ..Row::default()
        });
    }
    for (group, counts) in [
        ("Facts by claim", by(catalogue, |fact| fact.claim.word())),
        (
            "Facts by status",
            by(catalogue, |fact| fact.status().word()),
        ),
    ] {
        for (word, count) in counts {
            writer.push(Row {
                group,
                remarks: vec![format!("{count} {word}")],
                ..Row::default()
            });
        }
    }
    writer.finish(
        "coverage",
        IndexMap::new(),
        "What became of each passage".to_owned(),
        "A passage supports at least one fact, or is declared as holding nothing to curate, with the reason.",
    )
}

/// How many facts there are of each sort, most first.
fn by(catalogue: &Catalogue, sort: impl Fn(&Fact) -> &'static str) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for fact in catalogue.facts() {
        *counts.entry(sort(fact)).or_insert(0) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(word, count)| (std::cmp::Reverse(count), word));
    counts
}

/// Passages that hold nothing, those with one reason together.
fn by_reason<'c>(passages: &[&str], reason: impl Fn(&str) -> Option<&'c str>) -> Vec<String> {
    let mut reasons: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for passage in passages {
        reasons
            .entry(reason(passage).unwrap_or_default())
            .or_default()
            .push(passage);
    }
    reasons
        .into_iter()
        .map(|(reason, passages)| format!("{}: {reason}", passages.join(", ")))
        .collect()
}

/// How many facts each passage supports.
fn cited_passages(catalogue: &Catalogue) -> HashMap<(DocumentIx, &str), usize> {
    let mut cited = HashMap::new();
    for evidence in catalogue.facts().flat_map(|fact| &fact.evidence) {
        if let Some((document, passage)) = &evidence.cited {
            *cited.entry((*document, passage.as_str())).or_insert(0) += 1;
        }
    }
    cited
}
