//! The shapes of questions that are understood. A new way to ask is a row here.

use super::pattern::{Fit, without_possessive};
use crate::facts::{Catalogue, Claim, EntityIx, EntityKind, Names, Role, name_key};
use crate::graph::Follow;
use crate::query::measure;
use crate::request::{
    Cut, DEFAULT_CHAINS, FactFilter, FigureFilter, Filter, Name, Request, Set, When, entity, kinds,
};

/// A request in which names stand as they were typed.
pub(super) type Asked = Request<Set<Name>, Name>;

/// What the words in the slots ask; nothing where they can't mean this shape.
pub(super) type Meaning = Option<Asked>;

/// A way to ask: patterns, and the question that they mean.
pub(super) struct Shape {
    /// How it is asked, for people: an example.
    pub example: &'static str,
    /// The patterns, one a line.
    pub patterns: &'static str,
    /// Makes the question from what fills the slots; `None` if the slots can't mean it.
    pub question: fn(&Asker, &Fit) -> Meaning,
}

/// Every shape. Where several fit, the one with the fewest slips and the most fixed words wins,
/// then the first.
pub(super) const SHAPES: &[Shape] = &[
    Shape {
        example: "who depends on graphite",
        patterns: "
            who|what [else] depends|depend|relies|rely on|upon {x}
            who|what depends|depend|relies|rely on|upon {x} in {place}
            who|what [in {place}] depends|depend|relies|rely on|upon {x}
            who|what is|are dependent|reliant on|upon {x}
            which|what {kind} depend|depends|rely|relies on|upon {x}
            which|what {kind} in|of {place} depend|depends|rely|relies on|upon {x}
            who|what needs|need|requires|require {x}
            which|what {kind} needs|need|requires|require {x}
            dependents of {x}
        ",
        question: dependents,
    },
    Shape {
        example: "what does Samsung Electronics depend on in China",
        patterns: "
            what does|do|is {x} depend|rely|depends|relies on|upon
            what does|do {x} depend|rely on|upon in|from {place}
            what does|do {x} depend|rely on|upon {place} for
            what is|are {x} dependent|reliant on|upon {place} for
            what is|are {x} dependent|reliant on|upon
            what does|do {x} need|require
            which|what {kind} does|do {x} depend|rely on|upon
            which|what {kind} does|do {x} depend|rely on|upon in|from {place}
            dependencies of {x}
        ",
        question: dependencies,
    },
    Shape {
        example: "why does Hyundai Motor Group depend on graphite",
        patterns: "
            why|how does|do {a} depend|depends|rely on|upon {b}
            does|do {a} depend|depends|rely on|upon {b}
            why|how is|are {a} dependent|reliant on|upon {b}
            is|are {a} dependent|reliant on|upon {b}
        ",
        question: why,
    },
    Shape {
        example: "how exposed is SK hynix to China",
        patterns: "
            how [much] [badly] [heavily] exposed is|are {a} to {b}
            how [much] [badly] [heavily] is|are {a} exposed to {b}
            how [much] [heavily] dependent|reliant is|are {a} on|upon {b}
            how [much] does|do {a} depend|rely on|upon {b}
            what is|are [the] exposure of {a} to {b}
            is|are {a} exposed to {b}
            exposure of {a} to {b}
        ",
        question: exposure,
    },
    Shape {
        example: "who is most exposed to China",
        patterns: "
            who|what is|are [most] exposed to {x}
            which|what {kind} are|is [most] exposed to {x}
            exposure to {x}
        ",
        question: exposed,
    },
    Shape {
        example: "what is SK hynix exposed to",
        patterns: "
            what is|are {x} [most] exposed to
            how exposed is|are {x}
            exposure|exposures of {x}
        ",
        question: exposures,
    },
    Shape {
        example: "what does Hyundai Motor Group lose without Chinese graphite",
        patterns: "
            what|how [much] does|do|would|will {a} lose without|if|with {b}
            what|how [much] does|do|would|will {a} lose if {b} stops|stop|fails|fail|closes|close [down]
            what happens to {a} without {b}
            what happens to {a} if {b} stops|stop|fails|fail|closes|close [down]
        ",
        question: exposure,
    },
    Shape {
        example: "what if China stops exporting graphite",
        patterns: "
            what [happens] if|when {by} stops|stop|bans|ban|halts|halt exporting|selling|supplying|delivering|making {good}
            what [happens] if|when {by} stops|stop|bans|ban|halts|halt [the] exports|export|sale|supply|output of {good}
            who|what is|are|would|will [be] hit|hurt [hardest] [most] [worst] if|when {by} stops|stop|bans|ban exporting|selling|supplying|making {good}
            who|what [would|will] loses|lose [most] if|when {by} stops|stop|bans|ban exporting|selling|supplying|making {good}
        ",
        question: what_if_supply,
    },
    Shape {
        example: "who is hit hardest if Samsung's Xi'an plant closes",
        patterns: "
            what [happens] if|when {x} closes|close|stops|stop|fails|fail|disappears|shuts [down] [working]
            what [happens] if|when {x} is|are cut|closed|lost|gone|stopped [off]
            who|what is|are|would|will [be] hit|hurt|affected [hardest] [most] [worst] if|when {x} closes|close|stops|stop|fails|fail|disappears|shuts [down]
            who|what is|are|would|will [be] hit|hurt|affected [hardest] [most] [worst] if|when {x} is|are cut|closed|lost|gone|stopped [off]
            who|what [would|will] loses|lose|suffers|suffer [most] if|when {x} closes|close|stops|stop|fails|fail|disappears|shuts [down]
            who|what [would|will] loses|lose|suffers|suffer [most] if|when {x} is|are cut|closed|lost|gone|stopped [off]
            who|what is|are|would|will [be] hit|hurt [hardest] [most] [worst] without {x}
            who|what [would|will] loses|lose|suffers|suffer [most] without {x}
            what if|about {x} stopped|failed|closed
        ",
        question: what_if,
    },
    Shape {
        example: "what has no alternative",
        patterns: "
            what has|have no alternative|alternatives|substitute|substitutes
            where is|are there no alternative|alternatives
            what|which are [the] chokepoints|bottlenecks
            what|which chokepoints|bottlenecks are there
            chokepoints|bottlenecks
        ",
        question: chokepoints,
    },
    Shape {
        example: "what are the chokepoints of LG Energy Solution",
        patterns: "
            what|which are [the] chokepoints|bottlenecks of|for {x}
            what has no alternative for {x}
            what|which has|have {x} no alternative|alternatives|substitute for
            chokepoints|bottlenecks of|for {x}
            what can't|cannot {x} do|go without|around
        ",
        question: chokepoints,
    },
    Shape {
        example: "what would stop Hyundai Motor Group",
        patterns: "
            what would|could|can stop {x} [entirely]
            what stops {x} [entirely]
        ",
        question: |asker, fit| {
            Some(Request::Stoppers {
                of: asker.one(fit, "x")?,
                follow: Follow::default(),
            })
        },
    },
    Shape {
        example: "which plants are in China",
        patterns: "
            which|what {kind} are|is|stand in {place}
            which|what {kind} are|is there in {place}
            which|what {kind} are|is there
            list|show [me] [all] [the] {kind} in {place}
            list|show [me] [all] [the] {kind}
            {kind} in {place}
        ",
        question: list,
    },
    Shape {
        example: "what were South Korea's exports to China in November",
        patterns: "
            what|how [much|high] was|were|is|are [the] {x} {measure} to|with|towards {y} [in|for] {when}
            what|how [much|high] was|were|is|are [the] {x} {measure} to|with|towards {y}
            what|how [much|high] was|were|is|are [the] {x} {measure} in|for {when}
            what|how [much|high] was|were|is|are [the] {x} {measure}
            what|which share of {x} {whole} goes|go|went to {y} [in|for] {when}
            what|which share of {x} {whole} goes|go|went to {y}
            how much of {x} {whole} goes|go|went to {y}
            figures of|for|on|about {x}
            how large|big is|are [the] {x} market
            what is [the] size of [the] {x} market
        ",
        question: figures,
    },
    Shape {
        example: "who says China has surpassed South Korea",
        patterns: "
            who says|said|thinks|claims [that] {text}
            who speaks|spoke of|about|on {text}
            what is|was said of|about|on {text}
        ",
        question: says,
    },
    Shape {
        example: "what is planned in Dalian",
        patterns: "
            what is|are planned in|by|for|at {x}
            what is|are planned
            what does|do {x} plan|intend [to] [do]
            plans|targets of|in|for {x}
            what are the plans|targets of|in|for {x}
        ",
        question: |asker, fit| Some(Request::Plans { of: asker.one(fit, "x") }),
    },
    Shape {
        example: "when did the graphite export control start",
        patterns: "
            when did|does|do|has|was {x} start|begin|started|begun|happen|come|enter [into] [force|effect]
            timeline of|for|on {x}
            what happened to|in|with|at {x}
            since when is|are {x} [in] [force|effect]
            timeline
        ",
        question: |asker, fit| Some(Request::Timeline { of: asker.one(fit, "x") }),
    },
    Shape {
        example: "which targets contradict each other",
        patterns: "
            which|what facts|targets|figures|claims|documents contradict [each] [other]
            which|what contradictions|conflicts are there
            [list|show] contradictions|conflicts
        ",
        question: |_, _| Some(Request::Conflicts),
    },
    Shape {
        example: "which passages hold nothing",
        patterns: "
            which|what passages hold|holds|support|supports nothing|facts
            coverage
        ",
        question: |_, _| Some(Request::Coverage),
    },
    Shape {
        example: "show the battery industry in South Korea",
        patterns: "
            show|describe [me] [the] {x} sector|industry|market [in {place}]
            show|describe [me] [the] {x} sector|industry|market of|in {place}
            who|what is|are in [the] {x} sector|industry
            [the] {x} sector|industry in|of {place}
        ",
        question: sector,
    },
    Shape {
        example: "give me an overview",
        patterns: "
            [give|show] [me] [an|the] overview
            what does|do most depend|depends on
            overview of everything
        ",
        question: |_, _| Some(Request::Overview),
    },
    Shape {
        example: "show Posco International",
        patterns: "
            show|describe [me] {x}
            who|what is|are {x}
            tell me about {x}
            what is known of|about {x}
        ",
        question: show,
    },
    Shape {
        example: "find hyundai",
        patterns: "
            find {text}
            search [for] {text}
        ",
        question: |_, fit| {
            Some(Request::Find {
                text: fit.slot("text")?,
            })
        },
    },
    Shape {
        example: "which documents are there",
        patterns: "[which|what|list|show] [the] documents|sources [are] [there]",
        question: |_, _| Some(Request::Documents),
    },
    Shape {
        example: "facts about Chip 4",
        patterns: "
            facts about|on|of {x}
            what are the facts about|on|of {x}
            what does {document} say
            facts in|from {document}
        ",
        question: facts,
    },
    Shape {
        example: "what does Morgan Stanley say",
        patterns: "what does|do|did {x} say|think|expect|forecast|predict",
        question: show, // many a figure and plan is somebody's words too
    },
];

/// Looks up what fills the slots.
pub(super) struct Asker<'c> {
    pub catalogue: &'c Catalogue,
    pub names: &'c Names<'c>,
}

impl Asker<'_> {
    /// What is named in a slot, if it is used.
    pub fn one(&self, fit: &Fit, slot: &str) -> Option<Set<Name>> {
        let words = fit.slot(slot)?;
        Some(Set::One(Name::whole(self.name(words))))
    }

    /// The kind of what a name stands for, if it stands for one thing.
    pub fn kind(&self, name: &str) -> Option<EntityKind> {
        let found = entity(self.catalogue, self.names, name).ok()?;
        Some(self.catalogue[found.value].kind)
    }

    /// The kinds that the slot `kind` names; all where it is not used; `None` if its words are no
    /// kind.
    pub fn kinds(&self, fit: &Fit) -> Option<Vec<EntityKind>> {
        let mut kinds = match fit.slot("kind") {
            Some(word) => kinds(&word)?.to_vec(),
            None => Vec::new(),
        };
        if kinds.contains(&EntityKind::Firm) {
            kinds.push(EntityKind::Group); // "which firms" means Hyundai Motor Group too
        }
        Some(kinds)
    }

    /// The filter that the slots `kind` and `place` make; `None` if the words in `kind` are no
    /// kind.
    fn filter(&self, fit: &Fit) -> Option<Filter<Set<Name>>> {
        Some(Filter {
            kinds: self.kinds(fit)?,
            within: self.one(fit, "place"),
            ..Filter::default()
        })
    }
}

impl Asker<'_> {
    /// An entity by its id, which nothing else is called.
    fn by_id(&self, entity: EntityIx) -> Set<Name> {
        Set::One(Name::whole(self.catalogue[entity].id.to_string()))
    }

    /// The entity that words name to the letter.
    fn named(&self, words: &str) -> Option<EntityIx> {
        self.names.find_exactly(&self.name(words.to_owned()))
    }

    /// The name that words give: to the letter if it is one, as "SK On's pilot plant in Daejeon";
    /// else without the endings of owners.
    fn name(&self, words: String) -> String {
        let name = without_article(&words);
        if self.names.find_exactly(name).is_some() {
            return name.to_owned();
        }
        name.split(' ')
            .map(without_possessive)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A figure: whose, of what, towards whom, when. The words could be cut in many ways, so names must
/// fit to the letter and the measure must be one that the data have.
fn figures(asker: &Asker, fit: &Fit) -> Meaning {
    let of = asker.named(&fit.slot("x")?)?;
    let named = |slot: &str| fit.slot(slot).map(|words| asker.named(&words));
    let towards = match named("y") {
        Some(entity) => Some(entity?),
        None => None,
    };
    let when = match fit.slot("when") {
        Some(words) => Some(When::parse(&words)?),
        None => None,
    };
    let (measure, good) = match (fit.slot("measure"), fit.slot("whole")) {
        (Some(words), _) => asker.measure(&words)?,
        (None, Some(whole)) => (Some(asker.share_of(&whole)?), None),
        (None, None) => (None, None),
    };
    Some(Request::Figures(FigureFilter {
        of: Some(asker.by_id(of)),
        measure,
        good: good.map(|good| asker.by_id(good)),
        towards: towards.map(|towards| asker.by_id(towards)),
        when,
    }))
}

/// What some measures are called too.
const OTHER_MEASURES: [(&str, &str); 4] = [
    ("deficit", "trade balance"),
    ("surplus", "trade balance"),
    ("trade deficit", "trade balance"),
    ("trade surplus", "trade balance"),
];

impl Asker<'_> {
    /// The measure of a part of a whole that is itself a measure.
    fn share_of(&self, whole: &str) -> Option<String> {
        self.is_measure(whole).then(|| format!("share of {whole}"))
    }

    /// The measure that words name: one that figures have, or one "of" a good.
    fn measure(&self, words: &str) -> Option<(Option<String>, Option<EntityIx>)> {
        let is_called = |(name, _): &&(&str, &str)| name_key(name) == name_key(words);
        let words = OTHER_MEASURES
            .iter()
            .find(is_called)
            .map_or(words, |(_, measure)| measure);
        if self.is_measure(words) {
            return Some((Some(words.to_owned()), None));
        }
        let (measure, good) = words.split_once(" of ")?;
        let good = self.named(good)?;
        self.is_measure(measure)
            .then(|| (Some(measure.to_owned()), Some(good)))
    }

    fn is_measure(&self, words: &str) -> bool {
        let key = name_key(words);
        let figures = self
            .catalogue
            .facts()
            .filter(|fact| fact.claim == Claim::Figure);
        figures
            .flat_map(|fact| measure(fact).split(", "))
            .any(|part| name_key(part) == key)
    }
}

/// Words of a question that tell nothing of what is said.
const FILLERS: [&str; 14] = [
    "been", "could", "from", "have", "should", "such", "that", "their", "this", "what", "which",
    "will", "with", "would",
];

/// What somebody says: statements about all that the words name, and of those the ones that share
/// most of the other words.
fn says(asker: &Asker, fit: &Fit) -> Meaning {
    let text = fit.slot("text")?;
    let (mentions, others) = asker.mentions(&text);
    let words = others
        .into_iter()
        .map(name_key)
        .filter(|word| word.len() > 3 && !FILLERS.contains(&word.as_str()))
        .collect();
    let roles = mentions
        .into_iter()
        .map(|entity| (Role::What, asker.by_id(entity)))
        .collect();
    let filter = FactFilter {
        claims: vec![Claim::Says],
        roles,
        words,
        ..FactFilter::default()
    };
    Some(Request::Facts(filter))
}

impl Asker<'_> {
    /// The entities that a text names to the letter, each by its longest name, and the words that
    /// name none.
    fn mentions<'t>(&self, text: &'t str) -> (Vec<EntityIx>, Vec<&'t str>) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (mut at, mut found, mut others) = (0, Vec::new(), Vec::new());
        while at < words.len() {
            let mut ends = (at + 1..=words.len()).rev();
            match ends.find_map(|end| Some((end, self.named(&words[at..end].join(" "))?))) {
                Some((end, entity)) => {
                    found.push(entity);
                    at = end;
                }
                None => {
                    others.push(words[at]);
                    at += 1;
                }
            }
        }
        (found, others)
    }
}

fn without_article(name: &str) -> &str {
    ["the ", "a ", "an ", "The "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}

fn dependents(asker: &Asker, fit: &Fit) -> Meaning {
    Some(Request::Dependents {
        of: asker.one(fit, "x")?,
        filter: asker.filter(fit)?,
        follow: Follow::default(),
    })
}

fn dependencies(asker: &Asker, fit: &Fit) -> Meaning {
    Some(Request::Dependencies {
        of: asker.one(fit, "x")?,
        filter: asker.filter(fit)?,
        follow: Follow::default(),
    })
}

fn why(asker: &Asker, fit: &Fit) -> Meaning {
    Some(Request::Why {
        from: asker.one(fit, "a")?,
        to: asker.one(fit, "b")?,
        through: None,
        follow: Follow::default(),
        most: DEFAULT_CHAINS,
    })
}

fn exposure(asker: &Asker, fit: &Fit) -> Meaning {
    Some(Request::Exposure {
        of: asker.one(fit, "a")?,
        to: asker.one(fit, "b")?,
        follow: Follow::default(),
    })
}

fn exposed(asker: &Asker, fit: &Fit) -> Meaning {
    Some(Request::Exposed {
        to: asker.one(fit, "x")?,
        filter: asker.filter(fit)?,
        follow: Follow::default(),
    })
}

fn exposures(asker: &Asker, fit: &Fit) -> Meaning {
    Some(Request::Exposures {
        of: asker.one(fit, "x")?,
        filter: asker.filter(fit)?,
        follow: Follow::default(),
    })
}

fn what_if(asker: &Asker, fit: &Fit) -> Meaning {
    Some(without(asker.one(fit, "x")?, asker.filter(fit)?))
}

/// What one makes of a good, whose names stand apart.
fn what_if_supply(asker: &Asker, fit: &Fit) -> Meaning {
    let name = |slot| Some(asker.name(fit.slot(slot)?));
    let of = Name::whole(format!("{}:{}", name("by")?, name("good")?));
    Some(without(Set::One(of), Filter::default()))
}

fn without(of: Set<Name>, filter: Filter<Set<Name>>) -> Asked {
    Request::WhatIf {
        cuts: vec![Cut::whole(of)],
        filter,
        follow: Follow::default(),
    }
}

fn chokepoints(asker: &Asker, fit: &Fit) -> Meaning {
    Some(Request::Chokepoints {
        of: asker.one(fit, "x"),
        filter: Filter::default(),
        follow: Follow::default(),
    })
}

fn list(asker: &Asker, fit: &Fit) -> Meaning {
    let filter = asker.filter(fit)?;
    Some(Request::List {
        kinds: filter.kinds,
        within: filter.within,
        from: None,
    })
}

/// A good with its kinds. A sector that is itself named, as in "the automotive industry", is left
/// to its name.
fn sector(asker: &Asker, fit: &Fit) -> Meaning {
    Some(Request::Sector {
        of: asker.one(fit, "x")?,
        within: asker.one(fit, "place"),
        from: None,
    })
}

fn show(asker: &Asker, fit: &Fit) -> Meaning {
    asker.one(fit, "x").map(|of| Request::Show { of })
}

fn facts(asker: &Asker, fit: &Fit) -> Meaning {
    let document = match fit.slot("document") {
        Some(name) => Some(asker.document(&name)?),
        None => None,
    };
    let about = match document {
        Some(_) => None,
        None => asker.one(fit, "x"),
    };
    Some(Request::Facts(FactFilter {
        document,
        about,
        ..FactFilter::default()
    }))
}

impl Asker<'_> {
    /// The document that words name to the letter, by its id.
    fn document(&self, words: &str) -> Option<Name> {
        let key = name_key(words);
        let mut documents = self.catalogue.documents().iter();
        let document = documents.find(|document| name_key(&document.id) == key)?;
        Some(Name::whole(document.id.to_string()))
    }
}
