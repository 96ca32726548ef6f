//! The words on arrows: short verbs that are true in the direction of the arrow.

use super::picture::{Arrow, ArrowFact, Member, Picture, PictureNode, Source};
use crate::facts::{Claim, EntityKind, Interval};
use crate::graph::Channel;
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
    let has = |claim| claims.contains(&claim);
    let is_territory = |kind| matches!(kind, EntityKind::Economy | EntityKind::Place);
    match channel {
        Channel::Inputs if has(Claim::Needs) || has(Claim::Replaces) => "goes into",
        Channel::Inputs | Channel::Purchase if has(Claim::Uses) => "used by",
        Channel::Inputs | Channel::Purchase => "goes to",
        Channel::Kind => "includes",
        Channel::Sources => "is part of",
        Channel::Origin => "includes",
        Channel::Sites if is_territory(from) && is_territory(to) => "includes",
        Channel::Sites => "is the site of",
        Channel::Output if has(Claim::Owns) || has(Claim::Acquires) => "owned by",
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

/// The verb on an arrow from a territory to what the economy's companies hold, wherever they make
/// it.
pub(super) const MAY_BE_SITE: &str = "may be the site of";

/// Between which fields the arrow of a fact runs when it is drawn by itself, and its verb. `{good}`
/// stands for what the field holds.
pub(super) struct Ends {
    /// Where the arrow begins; the second where the first is empty.
    pub from: [&'static str; 2],
    /// Where it ends; the second where the first is empty.
    pub to: [&'static str; 2],
    /// The verb.
    pub verb: &'static str,
}

const fn ends(from: &'static str, verb: &'static str, to: &'static str) -> Ends {
    Ends {
        from: [from, from],
        to: [to, to],
        verb,
    }
}

/// The ends of a claim.
pub(super) const fn ends_of(claim: Claim) -> Ends {
    match claim {
        Claim::IsA => ends("parent", "includes", "child"),
        Claim::Needs => ends("input", "goes into", "good"),
        Claim::Replaces => ends("good", "replaces {replaced} in", "in"),
        Claim::Produces => ends("by", "makes", "good"),
        Claim::Develops => ends("by", "develops", "good"),
        Claim::Operates => ends("firm", "operates", "plant"),
        Claim::Located => ends("place", "is the site of", "plant"),
        Claim::PartOf => ends("whole", "includes", "part"),
        Claim::Headquartered => ends("place", "is the seat of", "firm"),
        Claim::Supplies => ends("from", "supplies {good} to", "to"),
        Claim::Sources => ends("from", "supplies {good} to", "buyer"),
        Claim::Uses => ends("good", "used by", "by"),
        Claim::SellsIn => ends("seller", "sells {good} in", "place"),
        Claim::MemberOf => ends("member", "belongs to", "of"),
        Claim::Owns => ends("owner", "owns", "owned"),
        Claim::Acquires => ends("buyer", "acquires", "target"),
        Claim::Invests => ends("investor", "invests in", "in"),
        Claim::Licenses => ends("licensor", "licenses {good} to", "licensee"),
        Claim::Partners => ends("partner", "works with", "with"),
        Claim::Competes => ends("firm", "competes with", "with"),
        Claim::Restricts => Ends {
            from: ["policy", "policy"],
            to: ["good", "towards"],
            verb: "restricts",
        },
        Claim::Plans => Ends {
            from: ["actor", "actor"],
            to: ["good", "at"],
            verb: "plans",
        },
        Claim::Targets => ends("actor", "aims at", "good"),
        Claim::Figure => ends("subject", "", "subject"),
        Claim::Says => ends("speaker", "speaks of", "about"),
        Claim::Holds => ends("person", "{post}", "at"),
        Claim::Hosts => ends("host", "hosts", "event"),
        Claim::Attends => ends("who", "takes part in", "event"),
        Claim::Authorises => ends("regulator", "authorises", "good"),
    }
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
pub(super) fn source_words(source: &Source) -> String {
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

    #[test]
    fn arrows_of_facts_run_between_fields_that_their_claim_has() {
        for &claim in Claim::ALL {
            let ends = ends_of(claim);
            let holes = ends
                .verb
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(field, _)| field);
            for name in ends.from.into_iter().chain(ends.to).chain(holes) {
                assert!(
                    claim
                        .form()
                        .fields
                        .iter()
                        .any(|field| field.field.word() == name),
                    "{claim}: {name}"
                );
            }
        }
    }
}
