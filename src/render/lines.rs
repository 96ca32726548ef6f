//! Words that the presenters for people share: citations, marks, and lines broken to a width.

use std::collections::HashSet;

use indexmap::IndexMap;
use unicode_width::UnicodeWidthStr;

use super::plain::plain;
use crate::facts::{Interval, Status, percent as facts_percent, written};
use crate::graph::Standing;
use crate::query::{
    Answer, Cause, Derivation, EvidenceView, FactView, OtherSource, ReadingView, Row, Step, Term,
};

/// Where a fact is from and how far it carries: `korea-pro-2024-06 p5, target`.
pub fn citation(fact: &FactView) -> String {
    let mut parts: Vec<String> = Vec::new();
    for evidence in fact
        .evidence
        .iter()
        .filter(|evidence| evidence.status != Status::InferredByCurator)
    {
        let part = evidence_words(evidence);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    if parts.is_empty() {
        inference(fact)
    } else {
        parts.join("; ")
    }
}

/// What a curator infers, and the passages that suggest it.
fn inference(fact: &FactView) -> String {
    let cited = fact
        .evidence
        .iter()
        .filter_map(|e| Some(format!("{} {}", e.document.as_ref()?, e.passage.as_ref()?)));
    let cited: Vec<String> = cited.collect();
    if cited.is_empty() {
        "curator’s inference".to_owned()
    } else {
        format!("curator’s inference from {}", cited.join("; "))
    }
}

fn evidence_words(evidence: &EvidenceView) -> String {
    let mut words = match (&evidence.document, &evidence.passage) {
        (Some(document), Some(passage)) => format!("{document} {passage}"),
        _ => String::new(),
    };
    let status = match evidence.status {
        Status::Reported => "",
        status => status.word(),
    };
    let said = match (&evidence.by, status) {
        (Some(by), "") => format!("by {by}"),
        (Some(by), "official") => format!("official, by {by}"),
        (Some(by), status) => format!("{status} of {by}"),
        (None, status) => status.to_owned(),
    };
    if !words.is_empty() && !said.is_empty() {
        words += ", ";
    }
    words + &said
}

/// The days that a fact gives: `since 2023-12-01`.
pub fn dates(fact: &FactView) -> String {
    let date =
        |word: &str, date: &Option<String>| date.as_ref().map(|date| format!("{word} {date}"));
    let dates = [
        date("since", &fact.since),
        date("until", &fact.until),
        date("as of", &fact.as_of),
    ];
    dates.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a reader must know of a step beside its facts.
pub fn mark(step: &Step) -> Option<&'static str> {
    match step.standing {
        Standing::Documented => None,
        Standing::Possible => Some("possible: no document gives the share"),
        Standing::Planned => Some("not counted as a fact: plan, forecast or opinion"),
    }
}

/// What a reader must know of a step that a purchase tells, where the chain goes on to others than
/// the seller.
pub fn others(step: &Step) -> Option<&'static str> {
    step.from_others
        .then_some("here: what it gets from others, whom no document names")
}

/// The other sources that documents name of one good.
pub struct OtherSources<'a> {
    /// Who they are, in words.
    pub words: String,
    /// The facts that name them, each once, and none that the chain tells already.
    pub facts: Vec<&'a ReadingView>,
}

/// The other sources of what is short along the chain of a row, good by good.
pub fn elsewhere<'a>(answer: &'a Answer, row: &'a Row) -> Vec<OtherSources<'a>> {
    let mut goods: IndexMap<&str, Vec<&OtherSource>> = IndexMap::new();
    for alternative in &row.alternatives {
        goods
            .entry(&alternative.step.to.entity)
            .or_default()
            .push(alternative);
    }
    let told = row.all_steps().flat_map(|step| &step.facts);
    let mut seen: HashSet<&str> = told.map(|reading| reading.fact.as_str()).collect();
    let mut elsewhere = |(good, others): (&str, Vec<&'a OtherSource>)| {
        let facts = others.iter().flat_map(|other| &other.step.facts);
        let facts = facts.filter(|reading| seen.insert(&reading.fact)).collect();
        OtherSources {
            words: other_sources(answer, good, &others),
            facts,
        }
    };
    goods.into_iter().map(&mut elsewhere).collect()
}

/// `other sources of lithium documented: Chile, Australia (shares not known)`; and which of them
/// may lose some of it too.
fn other_sources(answer: &Answer, good: &str, others: &[&OtherSource]) -> String {
    let mut sources: IndexMap<&str, &OtherSource> = IndexMap::new();
    for other in others {
        let by = other.step.to.by.as_deref().unwrap_or_default();
        let known = sources.entry(by).or_insert(other);
        if other.step.share_documented && !known.step.share_documented {
            *known = other;
        }
    }
    let (exposed, safe): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|(_, other)| other.exposed);
    let safe = (!safe.is_empty()).then(|| names_and_shares(answer, &safe));
    let exposed = (!exposed.is_empty()).then(|| names_and_shares(answer, &exposed));
    let words = match (safe, exposed) {
        (Some(safe), Some(exposed)) => format!(": {safe}; exposed too: {exposed}"),
        (Some(safe), None) => format!(": {safe}"),
        (None, exposed) => format!(", but exposed too: {}", exposed.unwrap_or_default()),
    };
    format!(
        "other sources of {} documented{words}",
        name_of(answer, good)
    )
}

fn names_and_shares(answer: &Answer, sources: &[(&str, &OtherSource)]) -> String {
    let share = |other: &OtherSource| {
        extent(other.step.share, " to ").filter(|_| other.step.share_documented)
    };
    let named = |(by, other): &(&str, &OtherSource)| match share(other) {
        Some(share) => format!("{} ({share})", name_of(answer, by)),
        None => name_of(answer, by).to_owned(),
    };
    let unknown = sources
        .iter()
        .filter(|(_, other)| share(other).is_none())
        .count();
    let remark = match unknown {
        0 => "",
        1 if sources.len() == 1 => " (share not known)",
        n if n == sources.len() => " (shares not known)",
        _ => " (other shares not known)",
    };
    sources.iter().map(named).collect::<Vec<_>>().join(", ") + remark
}

/// The name of an entity that an answer names.
fn name_of<'a>(answer: &'a Answer, id: &'a str) -> &'a str {
    answer.entities.get(id).map_or(id, |entity| &entity.name)
}

/// The name of what a row is about.
pub fn name(row: &Row) -> String {
    let own = match (&row.output, &row.entity) {
        (Some(output), _) => output.name.clone(),
        (None, Some(entity)) => entity.name.clone(),
        (None, None) => String::new(),
    };
    std::iter::once(own)
        .chain(row.with.iter().map(|entity| entity.name.clone()))
        .collect::<Vec<_>>()
        .join(" and ")
}

/// A loss in words: `60 % or more`, `30 to 50 %`.
pub fn loss(bounds: Interval) -> String {
    extent(bounds, " to ").unwrap_or_else(|| "extent not documented".to_owned())
}

/// The loss of a row in words, with what it would be in proportion where that differs: `0 to 100 %;
/// 39.2 % in proportion`.
pub fn lost(row: &Row) -> Option<String> {
    let bounds = row.bounds?;
    let Some(even) = row.proportional else {
        return Some(loss(bounds));
    };
    let all = |bounds| extent(bounds, " to ").unwrap_or_else(|| "0 to 100 %".to_owned());
    Some(format!("{}; {}{}", all(bounds), all(even), IF_EVEN))
}

const IF_EVEN: &str = " in proportion";

/// A bound that is derived: `at least 60 % of graphite anode`, and how a shortage is taken to
/// spread.
pub fn bound_words(derivation: &Derivation) -> String {
    let round = if derivation.side == "least" {
        f64::floor
    } else {
        f64::ceil
    };
    let even = if derivation.in_proportion {
        IF_EVEN
    } else {
        ""
    };
    format!(
        "at {} {} % of {}{even}",
        derivation.side,
        percent(derivation.bound, round),
        derivation.of.name
    )
}

/// How much bounds leave open, in words; `None` if all. They are rounded outwards, so that what is
/// written is no less true.
pub fn extent(bounds: Interval, to: &str) -> Option<String> {
    if is_point(bounds) {
        return Some(format!("{} %", with_digits(bounds.hi, 6)));
    }
    let (lo, hi) = (
        percent(bounds.lo, f64::floor),
        percent(bounds.hi, f64::ceil),
    );
    match (lo.as_str(), hi.as_str()) {
        ("0", "100") => None,
        ("0", hi) => Some(format!("up to {hi} %")),
        (lo, "100") => Some(format!("{lo} % or more")),
        (lo, hi) => Some(format!("{lo}{to}{hi} %")),
    }
}

/// Whether both bounds are the same but for rounding in the calculation.
fn is_point(bounds: Interval) -> bool {
    bounds.hi - bounds.lo <= bounds.hi * 1e-9
}

/// Per cent to one place, rounded one way; what is off by less than rounding in the calculation is
/// not. What is more than nothing is never told as 0, nor what is less than all as 100: such a
/// share is told with two digits more.
pub fn percent(share: f64, round: fn(f64) -> f64) -> String {
    let others = 1.0 - share;
    let places = match () {
        () if share > 0.0 && share < FINE => places_of(share) + 1,
        () if others > 1e-9 && others < FINE => places_of(others) + 1,
        () => 3,
    };
    written(facts_percent(rounded(share, places, round)))
}

/// Less than this a tenth of a per cent is too coarse for.
const FINE: f64 = 0.0005;

/// The place behind the point at which the first digit of a share stands: as it is written, for a
/// logarithm would need a library more at each start.
fn places_of(share: f64) -> i32 {
    let written = format!("{share:e}");
    written
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse::<i32>().ok())
        .map_or(0, |exponent| -exponent)
}

/// A share rounded one way to so many places behind the point.
fn rounded(share: f64, places: i32, round: fn(f64) -> f64) -> f64 {
    let (scale, nearest) = (10_f64.powi(places), (share * 10_f64.powi(places)).round());
    let is_near = nearest != 0.0 && (share * scale - nearest).abs() < 1e-6;
    if is_near {
        nearest / scale
    } else {
        round(share * scale) / scale
    }
}

/// A share in per cent with so many digits.
fn with_digits(share: f64, digits: usize) -> String {
    let rounded = format!("{share:.*e}", digits - 1).parse().unwrap_or(share);
    written(facts_percent(rounded))
}

/// What gives a bound, where it is no sum of shares.
pub fn cause(cause: &Cause) -> &'static str {
    match cause {
        Cause::Cut => "it is cut, or belongs to what is cut",
        Cause::Nothing => "nothing that it needs is sure to be lost",
        Cause::Above => "derived above",
        Cause::Need { .. } => "what it needs",
    }
}

/// What is left out at one place of a derivation.
pub fn omitted_here(steps: usize) -> Option<String> {
    (steps > 0).then(|| format!("… {} not shown here", count(steps, "step", "steps")))
}

/// What is left out of a derivation in all.
pub fn omitted(derivation: &Derivation) -> Option<String> {
    let steps = derivation.omitted;
    (steps > 0).then(|| {
        format!(
            "… {} of this bound not shown, for it has too many",
            count(steps, "step", "steps")
        )
    })
}

pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// One alternative of a derivation: `graphite from China: 60 % of it, 50 % lost`.
pub fn term_words(side: &str, term: &Term) -> String {
    let round = if side == "least" {
        f64::floor
    } else {
        f64::ceil
    };
    let (share, loss) = (percent(term.share, f64::round), percent(term.loss, round));
    let of = match (term.share == 1.0, term.step.share == Interval::UNKNOWN) {
        (true, false) => "all of it".to_owned(),
        (_, true) => format!("{share} % of it (any share is possible)"),
        (false, false) => format!("{share} % of it"),
    };
    let lost = match (term.loss == 1.0, term.of.bound < term.loss) {
        (true, true) => "all lost, if it is the one that goes short".to_owned(),
        (true, false) => "all lost".to_owned(),
        (false, _) => format!("{loss} % lost"),
    };
    let rest = if term.step.rest {
        "what else is bought: "
    } else {
        ""
    };
    format!("{rest}{}: {of}, {lost}", term.of.of.name)
}

/// How far away a row is, in facts.
pub fn distance(row: &Row) -> String {
    match row.distance {
        None => String::new(),
        Some(0 | 1) => "direct".to_owned(),
        Some(facts) => format!("{facts} facts"),
    }
}

/// What stands in place of rows that count, where there are none.
pub fn nothing(answer: &Answer) -> &'static str {
    match (
        answer.empty_means,
        asks_for_dependence(answer),
        answer.aside.is_empty(),
    ) {
        (Some(words), ..) => words,
        (None, false, true) => "Nothing in the data.",
        (None, false, false) => "Nothing in the data that counts; what does not count:",
        (None, true, true) if answer.question.given.contains_key("through") => {
            "No documented chain leads that way."
        }
        (None, true, true) => "Nothing documented makes the one depend on the other.",
        (None, true, false) => {
            "Nothing that counts makes the one depend on the other; what does not count:"
        }
    }
}

/// Whether it is asked if one thing depends on another.
fn asks_for_dependence(answer: &Answer) -> bool {
    let has = |word| answer.question.given.contains_key(word);
    matches!(answer.question.command, "why" | "exposure") && has("to") && (has("from") || has("of"))
}

/// What an answer rests on: `14 facts from 3 documents, 2 of them inferred by the curator; 9 shares
/// not known exactly`.
pub fn coverage(answer: &Answer) -> String {
    let coverage = &answer.coverage;
    if coverage.facts == 0 {
        return String::new();
    }
    let mut words = format!(
        "{} from {}",
        count(coverage.facts, "fact", "facts"),
        count(coverage.documents, "document", "documents")
    );
    if coverage.inferred > 0 {
        words += &format!(", {} of them inferred by the curator", coverage.inferred);
    }
    if coverage.unknown_shares > 0 {
        words += &format!(
            "; {} not known exactly",
            count(coverage.unknown_shares, "share", "shares")
        );
    }
    if let Some(oldest) = &coverage.oldest {
        words += &format!("; the oldest of {oldest}");
    }
    words + "."
}

/// Rows under their headings, in order.
pub fn by_group(rows: &[Row]) -> Vec<(&'static str, Vec<&Row>)> {
    let mut groups: Vec<(&'static str, Vec<&Row>)> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some((group, rows)) if *group == row.group => rows.push(row),
            _ => groups.push((row.group, vec![row])),
        }
    }
    groups
}

/// A text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The columns that a text takes up in a terminal: two for each letter of Chinese or Korean.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// Breaks a text into lines of at most `width` columns, at spaces; a word that is longer stands
/// alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut line = String::with_capacity(text.len());
    let (mut lines, mut used) = (Vec::new(), 0);
    for word in plain(text).split_whitespace() {
        let word_width = columns(word);
        if !line.is_empty() && used + 1 + word_width <= width {
            line.push(' ');
            used += 1;
        } else if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push_str(word);
        used += word_width;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_share_is_told_as_nothing_or_all_that_is_not() {
        for (lo, hi, words) in [
            (0.0, 1.0, None),
            (0.0002, 1.0, Some("0.02 % or more")),
            (1.2e-8, 1.2e-8, Some("0.0000012 %")),
            (1e-300, 1e-300, Some("1e-298 %")),
            (0.0, 1e-12, Some("up to 1e-10 %")),
            (0.0, 0.99999, Some("up to 99.999 %")),
            (0.5 / 0.6, 0.5 / 0.6, Some("83.3333 %")),
            (0.45, 0.45, Some("45 %")),
            (0.3, 0.50000000000001, Some("30 to 50 %")),
            (1.0, 1.0, Some("100 %")),
            (0.6, 1.0, Some("60 % or more")),
        ] {
            assert_eq!(
                extent(Interval { lo, hi }, " to ").as_deref(),
                words,
                "{lo} {hi}"
            );
        }
    }

    #[test]
    fn wraps() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("흑연 음극 재료", 9), ["흑연 음극", "재료"]);
        assert_eq!(wrap("unbreakableword x", 5), ["unbreakableword", "x"]);
        assert_eq!(wrap("", 5), [""]);
    }
}
