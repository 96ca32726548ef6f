//! Figures, each with its measure, value, unit and period; never the nearest other one.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::answer::{Answer, Given, Row};
use super::party::Party;
use super::writer::Writer;
use crate::facts::{
    Catalogue, Claim, Date, EntityIx, Fact, FactIx, Field, Period, Value, name_key,
};
use crate::request::{FigureFilter, When};

const FIGURES: &str = "Figures";
const PARTIAL: &str = "Of one good or partner only";
const LONGER: &str = "Of longer measures with these words";
const TARGETS: &str = "Targets and forecasts";

/// Answers `figures`.
pub(super) fn figures(mut writer: Writer, filter: &FigureFilter<Party>) -> Answer {
    let catalogue = writer.catalogue;
    let about = figures_where(catalogue, |fact| is_about(fact, filter));
    let measured: Vec<FactIx> = about
        .into_iter()
        .filter(|&ix| has_words(&catalogue[ix], filter))
        .collect();
    let mut found: Vec<FactIx> = measured
        .iter()
        .copied()
        .filter(|&ix| is_then(&catalogue[ix], filter))
        .collect();
    found.sort_by_key(|&ix| {
        (
            !is_just_of(&catalogue[ix], filter),
            !is_just_then(&catalogue[ix], filter),
        )
    });
    for ix in &found {
        let group = heading(&catalogue[*ix], filter);
        let reading = writer.fact(*ix, false);
        writer.push(Row {
            group,
            facts: vec![reading],
            ..Row::default()
        });
    }
    writer.sort_rows_by_heading(&[FIGURES, PARTIAL, LONGER, TARGETS]);
    let note = if found.is_empty() {
        others(&writer, filter, &measured)
    } else {
        within(catalogue, filter, &found)
    };
    let (title, given) = (title(&writer, filter), given(&writer, filter));
    let mut answer = writer.finish(
        "figures",
        given,
        title,
        "Figures, sums of deals and rates as stated, each for its own measure and period; none is converted or added up.",
    );
    answer.notes.extend(note);
    answer.notes.extend(timeless(catalogue, filter, &measured));
    answer
}

fn figures_where(catalogue: &Catalogue, is_wanted: impl Fn(&Fact) -> bool) -> Vec<FactIx> {
    let wanted = |fact: &Fact| has_amount(fact) && is_wanted(fact);
    catalogue
        .facts_with_index()
        .filter(|(_, fact)| wanted(fact))
        .map(|(ix, _)| ix)
        .collect()
}

/// Whether a fact is a figure, or states the sum of a deal, a rate or an amount aimed at.
pub(super) fn has_amount(fact: &Fact) -> bool {
    let mut values = fact.values.iter();
    values.any(|(_, value)| matches!(value, Value::Amount(_)))
}

/// The heading of a figure: what is aimed at or foreseen is no figure yet, and nothing that is of a
/// part or measured otherwise stands beside what was asked for.
fn heading(fact: &Fact, filter: &FigureFilter<Party>) -> &'static str {
    let is_part = |field, wanted: &Option<Party>| wanted.is_none() && fact.value(field).is_some();
    match &filter.measure {
        _ if !fact.is_actual() || fact.claim.form().mood.is_intent() => TARGETS,
        None => FIGURES,
        Some(_) if !is_just_of(fact, filter) => LONGER,
        _ if is_part(Field::Towards, &filter.towards) || is_part(Field::Good, &filter.good) => {
            PARTIAL
        }
        _ => FIGURES,
    }
}

fn is_about(fact: &Fact, filter: &FigureFilter<Party>) -> bool {
    let has = |field, entity: EntityIx| fact.entity(field) == Some(entity);
    let names = |entity: EntityIx| fact.entities().any(|other| other == entity);
    // A figure has a subject of its own; in a deal or restriction nobody is more than the others.
    let is_free = filter.measure.is_none() || fact.claim != Claim::Figure;
    let is_with = |field, wanted: &Option<Party>| {
        let is_it = |entity| has(field, entity) || (fact.claim != Claim::Figure && names(entity));
        wanted
            .as_ref()
            .is_none_or(|party| party.entities().any(is_it))
    };
    let is_of = |entity| has(Field::Subject, entity) || (is_free && names(entity));
    let of = filter.of.as_ref();
    of.is_none_or(|party| party.entities().any(is_of))
        && is_with(Field::Towards, &filter.towards)
        && is_with(Field::Good, &filter.good)
}

/// What a figure measures, whatever fact it is in.
fn measured(fact: &Fact) -> String {
    let words = fact.claim.form().measure;
    let Some((before, rest)) = words.split_once('{') else {
        return words.to_owned();
    };
    let (field, behind) = rest.split_once('}').unwrap_or((rest, ""));
    let text = Field::from_word(field).and_then(|field| fact.text(field));
    format!("{before}{}{behind}", text.unwrap_or_default())
}

/// Whether a figure is just of the measure that is asked for.
fn is_just_of(fact: &Fact, filter: &FigureFilter<Party>) -> bool {
    filter
        .measure
        .as_ref()
        .is_none_or(|wanted| name_key(&measured(fact)) == name_key(wanted))
}

/// Whether what a figure measures has all words of the measure that is asked for.
fn has_words(fact: &Fact, filter: &FigureFilter<Party>) -> bool {
    let Some(wanted) = &filter.measure else {
        return true;
    };
    let words: Vec<String> = measured(fact).split_whitespace().map(name_key).collect();
    is_just_of(fact, filter)
        || wanted
            .split_whitespace()
            .map(name_key)
            .all(|word| words.contains(&word))
}

/// Where some figures are of a time within the one asked for: which.
fn within(catalogue: &Catalogue, filter: &FigureFilter<Party>, found: &[FactIx]) -> Option<String> {
    let inner = found
        .iter()
        .map(|&ix| &catalogue[ix])
        .filter(|fact| !is_just_then(fact, filter));
    let periods: BTreeSet<Period> = inner.filter_map(period).collect();
    let periods: Vec<String> = periods.iter().map(Period::to_string).collect();
    let when = filter.when.filter(|_| !periods.is_empty())?;
    Some(format!(
        "figures of {} are of a part of {when} only",
        periods.join("; ")
    ))
}

/// The measure of a figure.
pub fn measure(fact: &Fact) -> &str {
    fact.text(Field::Measure).unwrap_or_default()
}

/// The time that a figure is of: its period, or else when what it says began or was known to hold.
fn period(fact: &Fact) -> Option<Period> {
    let day = |day: Date| Period { from: day, to: day };
    match fact.value(Field::Period) {
        Some(Value::Period(period)) => Some(*period),
        _ => fact.since.or(fact.as_of).map(day),
    }
}

fn is_then(fact: &Fact, filter: &FigureFilter<Party>) -> bool {
    filter
        .when
        .is_none_or(|when| period(fact).is_some_and(|period| when.has(period)))
}

fn is_just_then(fact: &Fact, filter: &FigureFilter<Party>) -> bool {
    filter
        .when
        .is_none_or(|when| period(fact).is_some_and(|period| when.is(period)))
}

/// How many figures are left out because no time is stated for them.
fn timeless(
    catalogue: &Catalogue,
    filter: &FigureFilter<Party>,
    measured: &[FactIx],
) -> Option<String> {
    let is_timeless = |fact: &Fact| period(fact).is_none() && fact.value(Field::ByWhen).is_none();
    let count = measured
        .iter()
        .filter(|&&ix| is_timeless(&catalogue[ix]))
        .count();
    let (figures, them) = if count == 1 {
        ("figure", "it")
    } else {
        ("figures", "them")
    };
    (filter.when.is_some() && count > 0).then(|| {
        format!(
            "{count} {figures} of no stated time left out: the question without a time shows {them}"
        )
    })
}

/// Where no figure is just what was asked for: the times that there are; or, where it has the
/// measure only towards others or of certain goods, which.
fn others(writer: &Writer, filter: &FigureFilter<Party>, measured: &[FactIx]) -> Option<String> {
    let catalogue = writer.catalogue;
    let periods: BTreeSet<Period> = measured
        .iter()
        .filter_map(|&ix| period(&catalogue[ix]))
        .collect();
    let mut there: Vec<String> = periods.iter().map(Period::to_string).collect();
    if measured.is_empty() {
        let anything = FigureFilter {
            of: filter.of.clone(),
            ..FigureFilter::default()
        };
        let about = figures_where(catalogue, |fact| {
            is_about(fact, &anything) && has_words(fact, filter)
        });
        there = about.into_iter().map(|ix| what_of(writer, ix)).collect();
    }
    (!there.is_empty()).then(|| format!("there are figures for {}", there.join("; ")))
}

/// Of what, towards whom and when a figure is.
fn what_of(writer: &Writer, ix: FactIx) -> String {
    let fact = &writer.catalogue[ix];
    let ends = [Field::Good, Field::Towards]
        .into_iter()
        .filter_map(|field| fact.entity(field));
    let names = ends.map(|entity| writer.name(entity).to_owned());
    names
        .chain(period(fact).map(|period| period.to_string()))
        .collect::<Vec<_>>()
        .join(", ")
}

fn title(writer: &Writer, filter: &FigureFilter<Party>) -> String {
    let mut parts = Vec::new();
    let name = |party: &Party| writer.party_name(party);
    parts.extend(filter.of.as_ref().map(name));
    parts.extend(filter.measure.clone());
    parts.extend(filter.good.as_ref().map(name));
    parts.extend(filter.towards.as_ref().map(name));
    parts.extend(filter.when.map(|when| when.to_string()));
    if parts.is_empty() {
        "Figures".to_owned()
    } else {
        format!("Figures: {}", parts.join(", "))
    }
}

fn given(writer: &Writer, filter: &FigureFilter<Party>) -> IndexMap<&'static str, Given> {
    let mut given = IndexMap::new();
    for (name, party) in [
        ("of", &filter.of),
        ("good", &filter.good),
        ("towards", &filter.towards),
    ] {
        let given_party = |party: &Party| (name, writer.given_party(party));
        given.extend(party.as_ref().map(given_party));
    }
    given.extend(
        filter
            .measure
            .clone()
            .map(|measure| ("measure", Given::Text(measure))),
    );
    given.extend(
        filter
            .when
            .map(|when: When| ("period", Given::Text(when.to_string()))),
    );
    given
}
