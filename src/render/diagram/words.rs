//! The words on arrows: short verbs that are true in the direction of the arrow.

use super::picture::{Arrow, ArrowFact, CitedDocument, Member, Picture, PictureNode};
use crate::facts::{
    ArrowForm, Claim, ClaimForm, EntityKind, Field, Heading, Interval, Role, Tie, Whole,
};
use crate::graph::Channel;
use crate::query::FactView;
use crate::render::caveats::letter;
use crate::render::lines::{capitalised, extent};

/// The verb on an arrow from what is depended on to the dependent, by the way in which it depends
/// and the facts that say so. `from` is the kind of what is depended on, `to` that of the
/// dependent.
pub(super) fn verb(
    channel: Channel,
    claims: &[Claim],
    from: EntityKind,
    to: EntityKind,
) -> &'static str {
    let forms = || claims.iter().map(|claim| claim.form());
    let is_input = forms().any(|form| form.heading == Heading::Inputs);
    let is_used = forms().any(is_use);
    let is_owned = forms().any(|form| form.tie(Tie::Owns).is_some());
    let is_territory = |kind| matches!(kind, EntityKind::Economy | EntityKind::Place);
    match channel {
        Channel::Inputs if is_input => "goes into",
        Channel::Inputs | Channel::Purchase if is_used => "used by",
        Channel::Inputs | Channel::Purchase => "goes to",
        Channel::Kind => "includes",
        Channel::Sources => "is part of",
        Channel::Origin => "includes",
        Channel::Sites if is_territory(from) && is_territory(to) => "includes",
        Channel::Sites => "is the site of",
        Channel::Output if is_owned => "owned by",
        Channel::Output if from == EntityKind::Plant => "operated by",
        Channel::Output => "made by",
        Channel::Members => "member of",
        Channel::Operation => "runs",
        Channel::Policy => "restricts",
        Channel::Market if is_territory(from) => "market of",
        Channel::Market => "customer of",
        Channel::Ownership => "owns",
        Channel::Technology => "licenses to",
    }
}

/// Whether a claim says who gets something, whoever supplies it.
fn is_use(form: &ClaimForm) -> bool {
    form.tie(Tie::Gets).is_some() && form.tie(Tie::Supplies).is_none()
}

/// The verb on an arrow from a territory to what the economy's companies hold, wherever they make
/// it.
pub(super) const MAY_BE_SITE: &str = "may be the site of";

/// How a fact is drawn by itself; `{good}` in its verb stands for what the field holds.
pub(super) fn arrow_of(fact: &FactView) -> Option<ArrowForm> {
    let is_filled = |field: Field| fact.fields.contains_key(field.word());
    fact.claim.form().arrow(is_filled)
}

/// The ids of those at which the arrow of a fact begins, and of those at which it ends.
pub(super) fn ends_of(fact: &FactView, arrow: ArrowForm) -> [Option<&str>; 2] {
    let from = players(fact, arrow.from).next();
    let to = arrow.to.iter().find_map(|role| players(fact, *role).last());
    [from, to]
}

/// The ids of those who play a role in a fact, by field.
fn players(fact: &FactView, role: Role) -> impl Iterator<Item = &str> {
    let fields = fact.claim.form().fields_of(role);
    fields.filter_map(|form| fact.fields.get(form.field.word()).map(String::as_str))
}

/// The share that is told on the arrow of a fact. What part of a maker's business a good is says
/// nothing of the good.
pub(super) fn share_on_arrow(fact: &FactView) -> Option<&str> {
    let shares = fact.claim.form().shares();
    shares
        .filter(|(_, of)| of.whole != Whole::Business)
        .find_map(|(field, _)| fact.fields.get(field.word()))
        .map(String::as_str)
}

/// A part of a whole in words: `45 %`, `60 % or more`; nothing where it may be anything, or where
/// it is the whole.
pub(super) fn part(share: Interval) -> Option<String> {
    extent(share, "–").filter(|_| share != Interval::WHOLE)
}

/// A loss in words: `loses 60 % or more`. Unlike a part, a loss of all, or of which nothing is
/// known, is told: `may lose`, which a legend explains.
pub(super) fn loss(bounds: Interval) -> String {
    match part(bounds) {
        Some(part) => format!("loses {part}"),
        None if bounds.lo > 0.5 => "loses all".to_owned(),
        None => "may lose".to_owned(),
    }
}

/// The words on an arrow: verb, part, and the numbers of its sources.
pub(super) fn arrow_words(arrow: &Arrow) -> String {
    let mut words = arrow.verb.clone();
    if let Some(part) = &arrow.part {
        words += &format!(" {}", part.replace(' ', "\u{a0}"));
    }
    let numbers: Vec<String> = arrow.sources().iter().map(usize::to_string).collect();
    if !numbers.is_empty() && !words.is_empty() {
        words += &format!(" [{}]", numbers.join(","));
    }
    words
}

/// The words on an arrow, behind them the letters of its caveats: `goes into [1] †a`.
pub(super) fn marked_words(arrow: &Arrow) -> String {
    match (arrow_words(arrow), arrow.caveats()) {
        (words, letters) if letters.is_empty() => words,
        (words, letters) if words.is_empty() => format!("†{letters}"),
        (words, letters) => format!("{words} †{letters}"),
    }
}

/// What an arrow says at length: each fact, where it is from, and what a reader must know of it.
pub(super) fn tooltip(arrow: &Arrow, picture: &Picture) -> String {
    if arrow.facts.is_empty() {
        let name = |node: usize| &picture.nodes[node].name;
        return format!(
            "{} – {}: by the meaning of the two",
            name(arrow.from),
            name(arrow.to)
        );
    }
    let facts = arrow.facts.iter().map(|fact| {
        format!(
            "{} ({}){}",
            fact.text,
            fact.citation,
            warning(fact, picture)
        )
    });
    facts.collect::<Vec<_>>().join("\n")
}

fn warning(fact: &ArrowFact, picture: &Picture) -> String {
    caveat_of(fact, picture)
        .map(|caveat| format!("; {caveat}"))
        .unwrap_or_default()
}

/// What a reader must know of a fact behind an arrow.
pub(super) fn caveat_of<'p>(fact: &ArrowFact, picture: &'p Picture) -> Option<&'p str> {
    picture.caveats.get(fact.caveat?).map(String::as_str)
}

/// The caveats of a picture as sentences, each behind its letter.
pub(super) fn lettered_caveats(picture: &Picture) -> impl Iterator<Item = (String, String)> {
    picture
        .caveats
        .iter()
        .enumerate()
        .map(|(at, caveat)| (letter(at), format!("{}.", capitalised(caveat))))
}

/// What a node is: name, kind, country, and what was folded into it.
pub(super) fn about(node: &PictureNode) -> String {
    let mut about = format!("{} ({})", node.name, node.kind.noun());
    if let Some(country) = node
        .country_name
        .as_ref()
        .filter(|country| **country != node.name)
    {
        about += &format!(", {country}");
    }
    if !node.folded.is_empty() {
        about += &format!(": {}", names(&node.folded));
    }
    about
}

/// The names of nodes that share a box.
pub(super) fn names(members: &[Member]) -> String {
    members
        .iter()
        .map(|member| member.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// A source as the foot of a page names it: title, publisher, date, id, passages.
pub(super) fn source_words(source: &CitedDocument) -> String {
    let passages = if source.passages.is_empty() {
        String::new()
    } else {
        format!(": {}", source.passages.join(", "))
    };
    format!("{} ({}{passages})", source.text, source.document)
}

/// `1 firm`, `12 firms`.
pub(super) fn count(number: usize, kind: EntityKind) -> String {
    format!(
        "{number} {}",
        if number == 1 {
            kind.noun()
        } else {
            kind.plural()
        }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_words() {
        let part = |lo, hi| part(Interval { lo, hi });
        assert_eq!(part(0.45, 0.45).as_deref(), Some("45 %"));
        assert_eq!(part(0.6, 1.0).as_deref(), Some("60 % or more"));
        assert_eq!(part(0.0, 0.125).as_deref(), Some("up to 12.5 %"));
        assert_eq!(part(0.1, 0.2).as_deref(), Some("10–20 %"));
        assert_eq!(part(0.0, 1.0), None);
        assert_eq!(part(1.0, 1.0), None);
        assert_eq!(loss(Interval::WHOLE), "loses all");
        assert_eq!(loss(Interval { lo: 0.0, hi: 1.0 }), "may lose");
    }
}
