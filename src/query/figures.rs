//! Figures, each with its measure, value, unit and period; never the nearest other one.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::answer::{Answer, Given, Row};
use super::question::{FigureFilter, When};
use super::writer::Writer;
use crate::facts::{Catalogue, Claim, EntityIx, Fact, FactIx, Field, Period, Value, name_key};

/// Answers `figures`.
pub(super) fn figures(mut writer: Writer, filter: &FigureFilter) -> Answer {
    let catalogue = writer.catalogue;
    let about: Vec<FactIx> =
        catalogue.facts_with_index().filter(|(_, f)| is_about(f, filter)).map(|(ix, _)| ix).collect();
    let measured = of_measure(catalogue, about, filter);
    let found: Vec<FactIx> = measured.iter().copied().filter(|&ix| is_then(&catalogue[ix], filter)).collect();
    for ix in &found {
        let group = if catalogue[*ix].is_actual() { "Figures" } else { "Targets and forecasts" };
        let reading = writer.fact(*ix, false);
        writer.push(Row { group, facts: vec![reading], ..Row::default() });
    }
    writer.sort_rows_by_heading(&["Figures", "Targets and forecasts"]);
    let note = if found.is_empty() { others(&writer, filter, &measured) } else { None };
    let (title, given) = (title(&writer, filter), given(&writer, filter));
    let mut answer = writer.finish(
        "figures",
        given,
        title,
        "Figures as stated, each for its own measure and period; none is converted or added up.",
    );
    answer.notes.extend(note);
    answer
}

fn is_about(fact: &Fact, filter: &FigureFilter) -> bool {
    let has = |field, entity: EntityIx| fact.entity(field) == Some(entity);
    fact.claim == Claim::Figure
        && filter.of.is_none_or(|entity| {
            has(Field::Subject, entity) || (filter.measure.is_none() && fact.entities().any(|other| other == entity))
        })
        // Exports are not exports to China: a figure towards somebody is told only if that is asked for.
        && match filter.towards {
            Some(entity) => has(Field::Towards, entity),
            None => filter.measure.is_none() || fact.value(Field::Towards).is_none(),
        }
        && match filter.good {
            Some(entity) => has(Field::Good, entity),
            None => filter.measure.is_none() || fact.value(Field::Good).is_none(),
        }
}

/// The measure of a figure.
pub fn measure(fact: &Fact) -> &str {
    match fact.value(Field::Measure) {
        Some(Value::Text(measure)) => measure.as_str(),
        _ => "",
    }
}

/// The figures of the measure asked for; if none has just that name, those whose measure has all its words.
fn of_measure(catalogue: &Catalogue, facts: Vec<FactIx>, filter: &FigureFilter) -> Vec<FactIx> {
    let Some(wanted) = &filter.measure else { return facts };
    let key = name_key(wanted);
    let exact: Vec<FactIx> = facts.iter().copied().filter(|&ix| name_key(measure(&catalogue[ix])) == key).collect();
    if !exact.is_empty() {
        return exact;
    }
    let has_words = |ix: &FactIx| {
        let words: Vec<String> = measure(&catalogue[*ix]).split_whitespace().map(name_key).collect();
        wanted.split_whitespace().map(name_key).all(|word| words.contains(&word))
    };
    facts.into_iter().filter(has_words).collect()
}

fn period(fact: &Fact) -> Option<Period> {
    match fact.value(Field::Period)? {
        Value::Period(period) => Some(*period),
        _ => None,
    }
}

fn is_then(fact: &Fact, filter: &FigureFilter) -> bool {
    filter.when.is_none_or(|when| period(fact).is_some_and(|period| when.is(period)))
}

/// Where no figure is just what was asked for: the times that there are; or, where it has the measure only towards others or of
/// certain goods, which.
fn others(writer: &Writer, filter: &FigureFilter, measured: &[FactIx]) -> Option<String> {
    let catalogue = writer.catalogue;
    let periods: BTreeSet<Period> = measured.iter().filter_map(|&ix| period(&catalogue[ix])).collect();
    let mut there: Vec<String> = periods.iter().map(Period::to_string).collect();
    if measured.is_empty() {
        let anything = FigureFilter { of: filter.of, ..FigureFilter::default() };
        let about =
            catalogue.facts_with_index().filter(|(_, fact)| is_about(fact, &anything)).map(|(ix, _)| ix).collect();
        there = of_measure(catalogue, about, filter).into_iter().map(|ix| what_of(writer, ix)).collect();
    }
    (!there.is_empty()).then(|| format!("there are figures for {}", there.join("; ")))
}

/// Of what, towards whom and when a figure is.
fn what_of(writer: &Writer, ix: FactIx) -> String {
    let fact = &writer.catalogue[ix];
    let ends = [Field::Good, Field::Towards].into_iter().filter_map(|field| fact.entity(field));
    let names = ends.map(|entity| writer.name(entity).to_owned());
    names.chain(period(fact).map(|period| period.to_string())).collect::<Vec<_>>().join(", ")
}

fn title(writer: &Writer, filter: &FigureFilter) -> String {
    let mut parts = Vec::new();
    parts.extend(filter.of.map(|entity| writer.name(entity).to_owned()));
    parts.extend(filter.measure.clone());
    parts.extend(filter.good.map(|entity| writer.name(entity).to_owned()));
    parts.extend(filter.towards.map(|entity| writer.name(entity).to_owned()));
    parts.extend(filter.when.map(|when| when.to_string()));
    if parts.is_empty() { "Figures".to_owned() } else { format!("Figures: {}", parts.join(", ")) }
}

fn given(writer: &Writer, filter: &FigureFilter) -> IndexMap<&'static str, Given> {
    let mut given = IndexMap::new();
    for (name, entity) in [("of", filter.of), ("good", filter.good), ("towards", filter.towards)] {
        given.extend(entity.map(|entity| (name, Given::of(writer.entity(entity)))));
    }
    given.extend(filter.measure.clone().map(|measure| ("measure", Given::Text(measure))));
    given.extend(filter.when.map(|when: When| ("period", Given::Text(when.to_string()))));
    given
}
