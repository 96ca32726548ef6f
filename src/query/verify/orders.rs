//! Who supplies whom, where a sentence names both in a plain order: "A supplies … to B", "B imports
//! … from A", "A's exports to B".
//!
//! Only what can hardly be read otherwise is an order: the two ends stand by name on either side of
//! the verb (or noun), the one before it is its subject, and nobody else stands between them. Where
//! a sentence is less plain it has none.

use std::ops::Range;

use super::names::ReadPassage;
use crate::facts::{Catalogue, EntityIx, EntityKind, GOODS, MAKERS, TERRITORIES};

/// Who supplies whom, by one verb of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Order {
    pub from: Vec<EntityIx>,
    pub to: Vec<EntityIx>,
    /// The goods named in that part of the sentence.
    pub goods: Vec<EntityIx>,
}

/// On which side of the trade the subject of a verb is, and how the other end follows it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    /// It supplies: "supplies … to B".
    Gives,
    /// The same, where the buyer may be what is supplied: "supplies B with …".
    Equips,
    /// It gets: "imports … from A".
    Takes,
    /// It hangs on somebody: "depends on A for …", "dependence on … from A".
    Depends,
    /// It orders, or is given an order: "orders … from A", "won orders from B".
    Orders,
}

/// Verbs and nouns, without the endings of a plural or of "he supplies".
const ACTS: &[(Act, &[&str])] = &[
    (
        Act::Equips,
        &[
            "supply",
            "supplying",
            "supplied",
            "provide",
            "providing",
            "provided",
        ],
    ),
    (
        Act::Gives,
        &[
            "supplier",
            "provider",
            "sell",
            "selling",
            "sold",
            "sale",
            "seller",
            "deliver",
            "delivering",
            "delivered",
            "delivery",
            "ship",
            "shipping",
            "shipped",
            "shipment",
            "export",
            "exporting",
            "exported",
            "exporter",
        ],
    ),
    (
        Act::Takes,
        &[
            "buy",
            "buying",
            "bought",
            "buyer",
            "purchase",
            "purchasing",
            "purchased",
            "import",
            "importing",
            "imported",
            "importer",
            "source",
            "sourcing",
            "sourced",
            "procure",
            "procuring",
            "procured",
            "procurement",
            "receive",
            "receiving",
            "received",
            "obtain",
            "obtaining",
            "obtained",
            "get",
            "getting",
            "got",
        ],
    ),
    (
        Act::Depends,
        &[
            "depend",
            "depending",
            "depended",
            "dependent",
            "dependence",
            "dependency",
            "rely",
            "relying",
            "relied",
            "reliant",
            "reliance",
        ],
    ),
    (Act::Orders, &["order", "ordering", "ordered", "contract"]),
];

/// Verbs that make an order one that the subject is given.
const GAINS: &[&str] = &[
    "secure", "securing", "secured", "win", "winning", "won", "land", "landed", "book", "booked",
    "clinch", "clinched", "get", "got", "receive", "received", "obtain", "obtained", "take",
    "took", "bag", "bagged", "have", "has", "had",
];
/// What one gets without buying it.
const NO_GOODS: &[&str] = &[
    "order",
    "contract",
    "investment",
    "payment",
    "approval",
    "authorization",
    "authorisation",
    "licence",
    "license",
    "invitation",
    "fund",
    "support",
];

const PARTICIPLES: &[&str] = &[
    "supplied",
    "provided",
    "sold",
    "delivered",
    "shipped",
    "exported",
    "bought",
    "purchased",
    "imported",
    "sourced",
    "procured",
    "received",
    "obtained",
    "ordered",
];
const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being"];

/// Words that end the part of a sentence in which an order may stand.
const BREAKS: &[&str] = &[
    "which", "who", "whose", "that", "while", "but", "because", "although", "whereas", "when",
    "if", "than", "say", "said", "saying", "not", "never", "no", "without", "instead",
];
const PREPOSITIONS: &[&str] = &[
    "of", "in", "by", "for", "from", "to", "at", "on", "with", "between", "against", "into",
    "among", "via", "through", "over", "under", "about",
];
/// Words that may stand before a name.
const ARTICLES: &[&str] = &[
    "the", "a", "an", "its", "their", "major", "global", "local", "several", "country", "such",
    "as", "like",
];
/// Words that may stand between names of a list.
const LISTS: &[&str] = &[
    "and",
    "or",
    "including",
    "such",
    "as",
    "like",
    "both",
    "the",
    "giant",
    "well",
    "country",
];
/// Words that may stand between a territory and its verb: another would be what "Chinese" or
/// "Korea's" belongs to.
const PLAIN: &[&str] = &[
    "will",
    "would",
    "has",
    "have",
    "had",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "to",
    "also",
    "currently",
    "mainly",
    "mostly",
    "now",
    "still",
    "can",
    "could",
    "may",
    "do",
    "doe",
    "did",
    "heavily",
    "highly",
    "largely",
    "strongly",
    "unduly",
    "undue",
    "excessive",
    "heavy",
    "high",
    "total",
    "annual",
    "monthly",
    "overall",
    "main",
];
/// How many words may stand between a verb and either end.
const REACH: usize = 12;

type Sentence = [(String, Vec<EntityIx>)];

/// Reads every plain order in a passage.
pub(super) fn orders(reading: &ReadPassage, catalogue: &Catalogue) -> Vec<Order> {
    let all = reading.sentences().iter().flat_map(|words| {
        let clause = Clause { words, catalogue };
        (0..words.len())
            .filter_map(|at| clause.order_at(at))
            .collect::<Vec<_>>()
    });
    all.collect()
}

struct Clause<'s> {
    words: &'s Sentence,
    catalogue: &'s Catalogue,
}

impl Clause<'_> {
    fn stem(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |(stem, _)| stem)
    }

    fn is_any(&self, at: usize, of: &[&str]) -> bool {
        of.contains(&self.stem(at))
    }

    fn act_at(&self, at: usize) -> Option<Act> {
        let named = self
            .words
            .get(at)
            .is_some_and(|(_, entities)| !entities.is_empty());
        let act = ACTS
            .iter()
            .find(|(_, forms)| forms.contains(&self.stem(at)));
        act.filter(|_| !named).map(|(act, _)| *act)
    }

    /// The order that a verb or noun makes.
    fn order_at(&self, at: usize) -> Option<Order> {
        let act = self.act_at(at)?;
        let is_passive = PARTICIPLES.contains(&self.stem(at))
            && (self.is_been(at) || self.behind(at, "by").is_some());
        let told = || {
            if is_passive {
                self.passive(act, at)
            } else {
                self.active(act, at)
            }
        };
        let (from, to) = self.between(at).or_else(told)?;
        let range = from.start.min(to.start).min(at)..from.end.max(to.end);
        let goods = self.named(range, |kind| GOODS.contains(kind));
        Some(Order {
            from: self.ends(from),
            to: self.ends(to),
            goods,
        })
    }

    fn is_been(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at).any(|at| self.is_any(at, BE))
    }

    /// Supplier and buyer where the verb tells what its subject does.
    fn active(&self, act: Act, at: usize) -> Option<(Range<usize>, Range<usize>)> {
        let subject = self.subject(at)?;
        let at = at.max(subject.end - 1);
        match act {
            Act::Gives => Some((subject, self.after(at, &["to"])?)),
            Act::Equips => Some((
                subject,
                self.after(at, &["to"]).or_else(|| self.equipped(at))?,
            )),
            Act::Takes if self.has_no_goods(at) => None,
            Act::Takes => Some((self.after(at, &["from"])?, subject)),
            Act::Depends => Some((self.after(at, &["on", "upon", "from"])?, subject)),
            Act::Orders if self.is_gained(&subject, at) => {
                Some((subject, self.after(at, &["from"])?))
            }
            Act::Orders if self.stem(at) == "contract" => None,
            Act::Orders => Some((self.after(at, &["from"])?, subject)),
        }
    }

    /// The same where it tells what is done to its subject.
    fn passive(&self, act: Act, at: usize) -> Option<(Range<usize>, Range<usize>)> {
        let by = self.behind(at, "by");
        let subject = || {
            self.subject(at)
                .filter(|_| self.is_been(at) && act == Act::Equips)
        };
        match act {
            Act::Gives | Act::Equips => Some((by?, self.behind(at, "to").or_else(subject)?)),
            _ => Some((self.behind(at, "from")?, by?)),
        }
    }

    /// Those behind a preposition that follows a verb, if need be behind another: "bought from A by
    /// B".
    fn behind(&self, at: usize, preposition: &str) -> Option<Range<usize>> {
        let other = || self.after(at, &["to", "from", "by"]);
        self.after(at, &[preposition])
            .or_else(|| self.after(other()?.end - 1, &[preposition]))
    }

    /// "Exports from A to B".
    fn between(&self, at: usize) -> Option<(Range<usize>, Range<usize>)> {
        let from = self.after(at, &["from"])?;
        let to = self
            .list_after(from.end, &["to"])
            .filter(|_| self.is_any(from.end, &["to"]))?;
        Some((from, to))
    }

    /// "Supplies B with …".
    fn equipped(&self, at: usize) -> Option<Range<usize>> {
        let start = (at + 1..at + 3).find(|at| !self.is_any(*at, ARTICLES))?;
        let list = self.list_at(start)?;
        self.is_any(list.end, &["with"]).then_some(list)
    }

    fn has_no_goods(&self, at: usize) -> bool {
        (at + 1..at + REACH)
            .take_while(|at| !self.is_any(*at, &["from"]))
            .any(|at| self.is_any(at, NO_GOODS))
    }

    fn is_gained(&self, subject: &Range<usize>, at: usize) -> bool {
        (subject.end..at).any(|at| self.is_any(at, GAINS))
    }

    /// Those named last before a verb, if they are its subject.
    fn subject(&self, at: usize) -> Option<Range<usize>> {
        if let Some(of) = self
            .list_after(at + 1, &["of"])
            .filter(|_| self.is_any(at + 1, &["of"]))
        {
            return Some(of);
        }
        let lowest = at.saturating_sub(REACH);
        let last = (lowest..at)
            .rev()
            .take_while(|at| !self.is_break(*at))
            .find(|at| self.is_end(*at))?;
        let list = self.list_before(last);
        let before = (0..list.start).rev().find(|at| !self.is_any(*at, ARTICLES));
        let is_subject = before.is_none_or(|at| !self.is_any(at, PREPOSITIONS));
        (is_subject && self.is_plain(&list, at)).then_some(list)
    }

    fn is_break(&self, at: usize) -> bool {
        self.is_any(at, BREAKS)
    }

    /// Whether what stands between a subject and its verb can belong to nothing else.
    fn is_plain(&self, subject: &Range<usize>, at: usize) -> bool {
        let is_land = |entity: &EntityIx| TERRITORIES.contains(self.catalogue[*entity].kind);
        let are_lands = self.ends(subject.clone()).iter().all(is_land);
        let is_good = |at: usize| !self.words[at].1.is_empty();
        let mut between = subject.end..at;
        !are_lands || between.all(|at| is_good(at) || self.is_any(at, PLAIN))
    }

    /// Those named behind a preposition that follows a verb, if nobody is named in between.
    fn after(&self, at: usize, prepositions: &[&str]) -> Option<Range<usize>> {
        let place = at
            + 1
            + (at + 1..self.words.len())
                .take(REACH)
                .take_while(|at| !self.stops(*at))
                .position(|at| {
                    self.is_any(at, prepositions) && self.list_after(at, prepositions).is_some()
                })?;
        self.list_after(place, prepositions)
    }

    /// Whether a word ends what belongs to the verb before it.
    fn stops(&self, at: usize) -> bool {
        let is_other_verb = self.act_at(at).is_some() && !self.is_any(at, NO_GOODS);
        self.is_break(at) || self.is_end(at) || is_other_verb
    }

    /// Those named right behind a preposition.
    fn list_after(&self, at: usize, prepositions: &[&str]) -> Option<Range<usize>> {
        let start = (at + 1..at + 5).find(|at| !self.is_any(*at, ARTICLES))?;
        self.list_at(start)
            .filter(|_| self.is_any(at, prepositions))
    }

    /// Names from a word on, with what joins them.
    fn list_at(&self, at: usize) -> Option<Range<usize>> {
        let mut end = at;
        while self.is_end(end) {
            let next = (end + 1..end + 5).find(|at| !self.is_any(*at, LISTS))?;
            end = if self.is_end(next) { next } else { break };
        }
        self.is_end(at).then_some(at..end + 1)
    }

    fn list_before(&self, at: usize) -> Range<usize> {
        let mut start = at;
        while let Some(before) = (0..start)
            .rev()
            .find(|at| !self.is_any(*at, LISTS))
            .filter(|at| self.is_end(*at))
        {
            start = before;
        }
        start..at + 1
    }

    /// Whether a word is part of the name of somebody or some place.
    fn is_end(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|(_, entities)| {
            entities
                .iter()
                .any(|entity| is_side(self.catalogue[*entity].kind))
        })
    }

    fn ends(&self, range: Range<usize>) -> Vec<EntityIx> {
        self.named(range, is_side)
    }

    fn named(&self, range: Range<usize>, is_wanted: impl Fn(EntityKind) -> bool) -> Vec<EntityIx> {
        let all = self.words[range]
            .iter()
            .flat_map(|(_, entities)| entities)
            .copied();
        let mut named: Vec<EntityIx> = all
            .filter(|entity| is_wanted(self.catalogue[*entity].kind))
            .collect();
        named.sort_unstable();
        named.dedup();
        named
    }
}

fn is_side(kind: EntityKind) -> bool {
    MAKERS.contains(kind) || TERRITORIES.contains(kind) || kind == EntityKind::Plant
}

#[cfg(test)]
mod tests {
    use super::super::names::Lexicon;
    use super::*;
    use crate::data::World;

    const FACTS: &str = r#"[
        Economy(id: "china", en: "China"), Economy(id: "korea", en: "South Korea"),
        Firm(id: "acme", en: "Acme"), Firm(id: "borealis", en: "Borealis"), Firm(id: "cobra", en: "Cobra"),
        Material(id: "graphite", en: "graphite"), Product(id: "cell", en: "battery cell"),
    ]"#;

    /// The plain orders of a text: `acme>borealis+cobra`.
    fn read(text: &str) -> Vec<String> {
        let world = World::of_texts([("facts.ron", FACTS)]).expect("the facts are sound");
        let catalogue = world.parts().catalogue;
        let all = orders(&Lexicon::new(catalogue).read(text), catalogue);
        let ids = |ends: &[EntityIx]| {
            ends.iter()
                .map(|&end| catalogue[end].id.to_string())
                .collect::<Vec<_>>()
                .join("+")
        };
        all.iter()
            .map(|order| format!("{}>{}", ids(&order.from), ids(&order.to)))
            .collect()
    }

    /// Sentences, each with who in it delivers to whom.
    const PLAIN: &[(&str, &str)] = &[
        ("Acme supplies battery cells to Borealis.", "acme>borealis"),
        (
            "Acme supplied 3,000 battery cells a year to Borealis and Cobra.",
            "acme>borealis+cobra",
        ),
        (
            "Acme has agreed to provide graphite to Borealis.",
            "acme>borealis",
        ),
        (
            "Acme will supply Borealis with battery cells.",
            "acme>borealis",
        ),
        ("Acme sells graphite to buyers such as Borealis.", ""),
        (
            "Acme and Borealis deliver graphite to Cobra.",
            "acme+borealis>cobra",
        ),
        ("China exports graphite to South Korea.", "china>korea"),
        (
            "Chinese exports of graphite to South Korea rose.",
            "china>korea",
        ),
        ("exports of China to South Korea", "china>korea"),
        (
            "Graphite is exported from China to South Korea.",
            "china>korea",
        ),
        ("Acme's shipments to Borealis", "acme>borealis"),
        (
            "Battery cells are supplied to Borealis by Acme.",
            "acme>borealis",
        ),
        (
            "Borealis is supplied with battery cells by Acme.",
            "acme>borealis",
        ),
        ("battery cells sold by Acme to Borealis", "acme>borealis"),
        ("Borealis buys battery cells from Acme.", "acme>borealis"),
        ("Borealis imports graphite from China.", "china>borealis"),
        (
            "Borealis sources its graphite from countries such as China and South Korea.",
            "china+korea>borealis",
        ),
        (
            "Borealis received the battery cells from Acme.",
            "acme>borealis",
        ),
        ("graphite bought from Acme by Borealis", "acme>borealis"),
        (
            "South Korea is heavily dependent on China for graphite.",
            "china>korea",
        ),
        (
            "South Korea's dependence on graphite from China",
            "china>korea",
        ),
        ("Borealis relies on Acme.", "acme>borealis"),
        ("Borealis's order from Acme", "acme>borealis"),
        ("Borealis ordered battery cells from Acme.", "acme>borealis"),
        (
            "Acme has secured orders for battery cells from Borealis.",
            "acme>borealis",
        ),
        ("Acme received an order from Borealis.", "acme>borealis"),
    ];

    #[test]
    fn plain_orders() {
        for (text, expected) in PLAIN {
            assert_eq!(read(text).join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_no_order() {
        for text in [
            "Acme and Borealis signed a supply agreement.",
            "Acme signed a supply agreement with Borealis.",
            "Acme does not supply graphite to Borealis.",
            "Acme, which Cobra owns, supplies graphite to a firm in China.",
            "A supplier of Acme sells graphite to Borealis.",
            "A Chinese firm supplies Borealis.",
            "The Chinese owner of a mine supplies graphite to Borealis.",
            "Under a deal with Acme graphite is supplied to Borealis.",
            "Acme received an investment from Borealis.",
            "Acme raised capacity from 4 million to 7 million.",
            "Acme sells graphite. To Borealis it is a rival.",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }
}
