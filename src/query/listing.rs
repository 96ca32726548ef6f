//! What is there: profiles of entities, and lists of entities, facts and documents.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::answer::{Answer, Given, Row};
use super::dependence::{insert_whence, whence as whence_words};
use super::party::Party;
use super::relation::{Players, misfits, relation, roles_given, view};
use super::territory::{Territory, Whence};
use super::writer::Writer;
use crate::facts::{
    Catalogue, Claim, EntityIx, EntityKind, Fact, FactIx, Field, Heading, Lang, Mood, Role, Tie,
    Value, name_key,
};
use crate::request::FactFilter;
use crate::text::Text;

const CONFLICTS: &str = "Contradicted by another fact";
const NOT_ACTUAL: &str = "Plans, targets, forecasts and opinions";
const SAID_BY: &str = "Says or is cited for";

/// The words of a heading.
const fn words(heading: Heading) -> &'static str {
    match heading {
        Heading::Kinds => "Kinds",
        Heading::Inputs => "Inputs",
        Heading::Making => "Making",
        Heading::Places => "Places",
        Heading::Trade => "Trade and use",
        Heading::Ties => "Ties",
        Heading::Restrictions => "Restrictions",
        Heading::Figures => "Figures",
        Heading::Posts => "Posts, events and authorisations",
        Heading::Statements => "Statements",
        Heading::Plans => NOT_ACTUAL,
    }
}

/// The headings in their order; what somebody means to do stands last, with all that is not so.
fn groups() -> impl Iterator<Item = &'static str> {
    let of_claims = Heading::ALL.iter().map(|heading| words(*heading));
    of_claims
        .filter(|words| *words != NOT_ACTUAL)
        .chain([CONFLICTS, NOT_ACTUAL])
}

fn group_of(fact: &Fact) -> &'static str {
    if fact.conflict.is_some() {
        CONFLICTS
    } else if fact.is_actual() {
        words(fact.claim.form().heading)
    } else {
        NOT_ACTUAL
    }
}

/// Pushes facts under their headings, in the order of the headings and of the catalogue.
///
/// Each is told from the end of who plays a role, if one is given.
fn push_facts(writer: &mut Writer, facts: &[FactIx], view: Option<Role>) {
    for heading in groups() {
        for &ix in facts
            .iter()
            .filter(|&&ix| group_of(&writer.catalogue[ix]) == heading)
        {
            push_fact(writer, heading, ix, view);
        }
    }
}

fn push_fact(writer: &mut Writer, group: &'static str, ix: FactIx, view: Option<Role>) {
    let form = writer.catalogue[ix].claim.form();
    let reading = writer.fact(
        ix,
        view.is_some_and(|role| form.is_read_from_the_other_end(role)),
    );
    writer.push(Row {
        group,
        facts: vec![reading],
        ..Row::default()
    });
}

/// Answers `show`.
pub(super) fn show(mut writer: Writer, of: &Party) -> Answer {
    of.entities()
        .for_each(|entity| push_profile(&mut writer, entity));
    let title = writer.party_name(of);
    let given = IndexMap::from([("entity", writer.given_party(of))]);
    writer.finish(
        "show",
        given,
        title,
        "Every fact that names it, as stated; nothing is inferred here.",
    )
}

fn push_profile(writer: &mut Writer, entity: EntityIx) {
    let catalogue = writer.catalogue;
    let about = facts_where(catalogue, |fact| {
        fact.entities().any(|other| other == entity)
    });
    let said = facts_where(catalogue, |fact| {
        fact.evidence
            .iter()
            .any(|evidence| evidence.by == Some(entity))
            && fact.entities().all(|other| other != entity)
    });
    writer.push(Row {
        group: "",
        entity: Some(writer.entity(entity)),
        remarks: remarks(catalogue, entity),
        ..Row::default()
    });
    push_facts(writer, &about, None);
    for ix in said {
        push_fact(writer, SAID_BY, ix, None);
    }
}

/// What an entity is, its other names and its note.
fn remarks(catalogue: &Catalogue, entity: EntityIx) -> Vec<String> {
    let entity = &catalogue[entity];
    let names = [
        Some(entity.en.as_str()),
        entity.ko.as_deref(),
        entity.zh.as_deref(),
    ];
    let names = names
        .into_iter()
        .flatten()
        .chain(entity.aliases.iter().map(Text::as_str));
    let mut remarks = vec![
        format!("{} · {}", entity.kind.noun(), entity.id),
        names.collect::<Vec<_>>().join(" · "),
    ];
    let name = |economy: EntityIx| &catalogue[economy].en;
    remarks.extend(entity.home.map(|home| format!("home: {}", name(home))));
    remarks.extend(
        entity
            .acts_for
            .map(|economy| format!("acts for {}", name(economy))),
    );
    remarks.extend(entity.note.as_ref().map(Text::to_string));
    remarks
}

pub(super) fn facts_where(catalogue: &Catalogue, is_wanted: impl Fn(&Fact) -> bool) -> Vec<FactIx> {
    catalogue
        .facts_with_index()
        .filter(|(_, fact)| is_wanted(fact))
        .map(|(ix, _)| ix)
        .collect()
}

/// Answers `list`.
pub(super) fn list(
    mut writer: Writer,
    kinds: &[EntityKind],
    within: Option<&Party>,
    from: Option<&Party>,
) -> Answer {
    let whence = Whence::new(writer.catalogue, within, from);
    let is_wanted = |ix: EntityIx, kind| {
        let is_it = |party: &Party| party.entities().any(|place| place == ix);
        let is_there = whence.has(ix) && !within.is_some_and(is_it);
        is_there && (kinds.is_empty() || kinds.contains(&kind))
    };
    let wanted = writer
        .catalogue
        .entities_with_index()
        .filter(|(ix, entity)| is_wanted(*ix, entity.kind));
    let mut wanted: Vec<EntityIx> = wanted.map(|(ix, _)| ix).collect();
    wanted.sort_by_key(|&ix| (writer.catalogue[ix].kind, ix));
    for ix in wanted {
        push_entity(&mut writer, ix);
    }
    if let Some(within) = within.filter(|_| kinds.contains(&EntityKind::Plant)) {
        push_production(&mut writer, within);
    }
    let what = match kinds {
        [] => "Entities".to_owned(),
        kinds => capitalised(
            &kinds
                .iter()
                .map(|kind| kind.plural())
                .collect::<Vec<_>>()
                .join(", "),
        ),
    };
    let place = whence_words(&writer, within, from);
    let mut given = IndexMap::new();
    given.insert(
        "kind",
        Given::Words(kinds.iter().map(|kind| kind.noun().to_owned()).collect()),
    );
    insert_whence(&writer, &mut given, within, from);
    let method = match (within, from) {
        (Some(_), _) if kinds.contains(&EntityKind::Plant) => {
            "What a document places there; plans, and what is made there at no plant that is named, stand apart."
        }
        (Some(_), _) => {
            "What a document places there: plants, seats and smaller places; plans left out."
        }
        (None, Some(_)) => {
            "Firms, groups, organisations and offices of that economy, as is commonly known; of others their documented seat."
        }
        (None, None) => "Every entity that is declared.",
    };
    writer.finish("list", given, format!("{what}{place}"), method)
}

fn push_entity(writer: &mut Writer, ix: EntityIx) {
    let kind = writer.catalogue[ix].kind;
    writer.push(Row {
        group: kind.plural(),
        entity: Some(writer.entity(ix)),
        ..Row::default()
    });
}

const MADE_THERE: &str = "Made there, at no plant that is named";
const PLANNED_PLANTS: &str = "Planned plants";
const PLANNED: &str = "Planned there";

/// Besides the plants in a place: what is made there without a plant being named, planned plants,
/// and what is planned there.
fn push_production(writer: &mut Writer, places: &Party) {
    let catalogue = writer.catalogue;
    let places: Vec<EntityIx> = places.entities().collect();
    let (standing, all) = (
        Territory::new(catalogue, &places),
        Territory::sites(catalogue, &places),
    );
    let is_at = |fact: &Fact| fact.player(Role::In).is_some_and(|at| all.has(at));
    let is_at_plant = |fact: &Fact| {
        fact.player(Role::In)
            .is_some_and(|at| catalogue[at].kind == EntityKind::Plant)
    };
    let makes = |fact: &Fact| is_made_in(fact.claim) && is_at(fact);
    for ix in facts_where(catalogue, |fact| {
        makes(fact) && fact.is_actual() && !is_at_plant(fact)
    }) {
        push_fact(writer, MADE_THERE, ix, None);
    }
    let is_planned =
        |ix: EntityIx| catalogue[ix].kind == EntityKind::Plant && all.has(ix) && !standing.has(ix);
    for ix in catalogue
        .entities_with_index()
        .map(|(ix, _)| ix)
        .filter(|&ix| is_planned(ix))
    {
        writer.push(Row {
            group: PLANNED_PLANTS,
            entity: Some(writer.entity(ix)),
            ..Row::default()
        });
    }
    // What is planned in a country at large is seldom production.
    let is_plan =
        |fact: &Fact| fact.claim.form().mood == Mood::Plan && is_at(fact) && is_at_plant(fact);
    for ix in facts_where(catalogue, |fact| {
        is_plan(fact) || (makes(fact) && !fact.is_actual())
    }) {
        push_fact(writer, PLANNED, ix, None);
    }
}

/// Whether facts of a claim say where somebody makes something.
fn is_made_in(claim: Claim) -> bool {
    let tied = claim.form().tie(Tie::WorksAt);
    tied.is_some_and(|tied| tied.other == Role::In)
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Answers `find`.
pub(super) fn find(mut writer: Writer, text: &str) -> Answer {
    let key = name_key(text);
    let fits = |name: &str| !key.is_empty() && name_key(name).contains(&key);
    for (ix, entity) in writer.catalogue.entities_with_index() {
        if let Some(name) = entity.every_name().find(|name| fits(name)) {
            let remarks = if entity.en == *name || entity.id == *name {
                Vec::new()
            } else {
                vec![format!("also “{name}”")]
            };
            writer.push(Row {
                group: entity.kind.plural(),
                entity: Some(writer.entity(ix)),
                remarks,
                ..Row::default()
            });
        }
    }
    writer.sort_rows_by_group();
    let given = IndexMap::from([("text", Given::Text(text.to_owned()))]);
    let title = format!("Names with “{text}”");
    writer.finish(
        "find",
        given,
        title,
        "Searches ids, names and aliases in every language; case and hyphens do not count.",
    )
}

/// Answers `documents`.
pub(super) fn documents(mut writer: Writer) -> Answer {
    writer.show_all_documents();
    for (ix, document) in writer.catalogue.documents_with_index() {
        let cites = |fact: &&Fact| {
            fact.evidence
                .iter()
                .any(|e| e.cited.as_ref().is_some_and(|(other, _)| *other == ix))
        };
        let facts = writer.catalogue.facts().filter(cites).count();
        let remarks = vec![format!("{facts} facts")];
        writer.push(Row {
            group: "Documents",
            document: Some(document.id.to_string()),
            remarks,
            ..Row::default()
        });
    }
    writer.finish(
        "documents",
        IndexMap::new(),
        "Documents".to_owned(),
        "The documents that the facts are drawn from.",
    )
}

/// Answers `facts`.
pub(super) fn facts(mut writer: Writer, filter: &FactFilter<Party>) -> Answer {
    let catalogue = writer.catalogue;
    let about: HashSet<EntityIx> = filter
        .about
        .iter()
        .flat_map(|about| wanted_entities(catalogue, about, filter))
        .collect();
    let players = Players::new(catalogue, filter);
    let cites = |fact: &Fact| {
        filter.document.is_none_or(|document| {
            fact.evidence
                .iter()
                .any(|e| e.cited.as_ref().is_some_and(|c| c.0 == document))
        })
    };
    let found = facts_where(catalogue, |fact| {
        (filter.claims.is_empty() || filter.claims.contains(&fact.claim))
            && (filter.about.is_none() || concerns(fact, &about))
            && players.play_in(fact)
            && cites(fact)
            && filter
                .status
                .is_none_or(|status| fact.evidence.iter().any(|e| e.status == status))
            && has_measure(fact, &filter.measures)
    });
    let found = with_most_words(catalogue, found, &filter.words);
    let view = view(filter);
    push_facts(&mut writer, &found, view);
    unheeded(catalogue, &found, &filter.words)
        .into_iter()
        .for_each(|note| writer.note(note));
    if found.is_empty() {
        misfits(&writer, filter)
            .into_iter()
            .for_each(|note| writer.note(note));
    }
    let title = facts_title(&writer, filter);
    let given = facts_given(&writer, filter);
    writer.finish(
        "facts",
        given,
        title,
        "Facts as stated; nothing is inferred here.",
    )
}

/// Of some facts those with most of the words in their sentence; all where none has any.
fn with_most_words(catalogue: &Catalogue, facts: Vec<FactIx>, words: &[String]) -> Vec<FactIx> {
    let count = |ix: &FactIx| {
        let known = words_of(catalogue, *ix);
        words.iter().filter(|word| known.contains(*word)).count()
    };
    let most = facts.iter().map(count).max().unwrap_or(0);
    facts.into_iter().filter(|ix| count(ix) == most).collect()
}

fn words_of(catalogue: &Catalogue, ix: FactIx) -> HashSet<String> {
    let sentence = catalogue.sentence(&catalogue[ix], false, Lang::En);
    sentence.split_whitespace().map(name_key).collect()
}

/// Which of the words that were asked for stand in none of the facts that are shown.
fn unheeded(catalogue: &Catalogue, shown: &[FactIx], words: &[String]) -> Option<String> {
    let known: HashSet<String> = shown
        .iter()
        .flat_map(|&ix| words_of(catalogue, ix))
        .collect();
    let lacking: Vec<String> = words
        .iter()
        .filter(|word| !known.contains(*word))
        .map(|word| format!("“{word}”"))
        .collect();
    (!shown.is_empty() && !lacking.is_empty())
        .then(|| format!("none of these has {}", lacking.join(", ")))
}

/// Whether a fact is a restriction by one of these measures; every fact where none are wanted.
fn has_measure(fact: &Fact, measures: &[&str]) -> bool {
    measures.is_empty()
        || matches!(fact.value(Field::Measure), Some(Value::Text(measure)) if measures.contains(&measure.as_str()))
}

/// Whether a fact is about one of these entities, or said by one.
fn concerns(fact: &Fact, about: &HashSet<EntityIx>) -> bool {
    fact.entities().any(|entity| about.contains(&entity))
        || fact
            .evidence
            .iter()
            .any(|evidence| evidence.by.is_some_and(|by| about.contains(&by)))
}

/// The entities, and their kinds if they count too.
pub(super) fn wanted_entities(
    catalogue: &Catalogue,
    party: &Party,
    filter: &FactFilter<Party>,
) -> HashSet<EntityIx> {
    if filter.with_kinds {
        party
            .entities()
            .flat_map(|entity| kinds_of(catalogue, entity))
            .collect()
    } else {
        party.entities().collect()
    }
}

/// An entity and all kinds of it. One pass over the facts.
pub(super) fn kinds_of(catalogue: &Catalogue, entity: EntityIx) -> HashSet<EntityIx> {
    along_kinds(catalogue, entity, |child, parent| (parent, child))
}

/// An entity and all that it is a kind of. One pass over the facts.
pub(super) fn kinds_above(catalogue: &Catalogue, entity: EntityIx) -> HashSet<EntityIx> {
    along_kinds(catalogue, entity, |child, parent| (child, parent))
}

fn along_kinds(
    catalogue: &Catalogue,
    entity: EntityIx,
    step: impl Fn(EntityIx, EntityIx) -> (EntityIx, EntityIx),
) -> HashSet<EntityIx> {
    let mut next: HashMap<EntityIx, Vec<EntityIx>> = HashMap::new();
    for (child, parent) in catalogue.facts().filter_map(|fact| fact.tied(Tie::KindOf)) {
        let (from, to) = step(child, parent);
        next.entry(from).or_default().push(to);
    }
    let mut wanted = HashSet::new();
    let mut open = vec![entity];
    while let Some(entity) = open.pop() {
        if wanted.insert(entity) {
            open.extend(next.get(&entity).into_iter().flatten());
        }
    }
    wanted
}

fn facts_title(writer: &Writer, filter: &FactFilter<Party>) -> String {
    let claims = filter
        .claims
        .iter()
        .map(|claim| claim.word())
        .collect::<Vec<_>>()
        .join(", ");
    let mut title = match filter.claims.as_slice() {
        _ if filter.has_roles() => relation(writer, filter),
        [] => "Facts".to_owned(),
        [claim] if claim.form().mood == Mood::Statement => "Statements".to_owned(),
        _ => format!("Facts ({claims})"),
    };
    if let Some(about) = &filter.about {
        title += &format!(" about {}", writer.party_name(about));
        title += if filter.with_kinds {
            " and its kinds"
        } else {
            ""
        };
    }
    if let Some(document) = filter.document {
        title += &format!(" in {}", writer.catalogue[document].id);
    }
    if !filter.measures.is_empty() {
        title += &format!(" by {}", filter.measures.join(", "));
    }
    if let Some(status) = filter.status {
        title += &format!(", status {status}");
    }
    title
}

fn facts_given(writer: &Writer, filter: &FactFilter<Party>) -> IndexMap<&'static str, Given> {
    let mut given = IndexMap::new();
    if !filter.claims.is_empty() {
        given.insert(
            "claim",
            Given::Words(
                filter
                    .claims
                    .iter()
                    .map(|claim| claim.word().to_owned())
                    .collect(),
            ),
        );
    }
    if let Some(about) = &filter.about {
        given.insert("entity", writer.given_party(about));
    }
    given.extend(roles_given(writer, filter));
    if let Some(document) = filter.document {
        given.insert(
            "document",
            Given::Text(writer.catalogue[document].id.to_string()),
        );
    }
    if !filter.measures.is_empty() {
        given.insert(
            "measure",
            Given::Words(
                filter
                    .measures
                    .iter()
                    .map(|measure| (*measure).to_owned())
                    .collect(),
            ),
        );
    }
    if !filter.words.is_empty() {
        given.insert("words", Given::Words(filter.words.clone()));
    }
    if let Some(status) = filter.status {
        given.insert("status", Given::Text(status.word().to_owned()));
    }
    given
}
