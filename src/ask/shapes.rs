//! The shapes of questions that are understood. A new way to ask is a row here.

use super::pattern::Fit;
use crate::facts::{Catalogue, Claim, EntityIx, EntityKind, Names, name_key};
use crate::graph::Follow;
use crate::query::{
    DEFAULT_CHAINS, FactFilter, Filter, Misunderstanding, Question, Read, Subject, entity, kinds, subject,
};

/// What the words in the slots make: a question, a misunderstanding, or nothing, where they can't mean this shape.
pub(super) type Outcome = Option<Result<Read<Question>, Misunderstanding>>;

/// A way to ask: patterns, and the question that they mean.
pub(super) struct Shape {
    /// How it is asked, for people: an example.
    pub example: &'static str,
    /// The patterns.
    pub patterns: &'static [&'static str],
    /// Makes the question from what fills the slots; `None` if the slots can't mean it.
    pub question: fn(&Asker, &Fit) -> Outcome,
}

/// Every shape. Where several fit, the one with the fewest slips and the most fixed words wins, then the first.
pub(super) const SHAPES: &[Shape] = &[
    Shape {
        example: "who depends on graphite",
        patterns: &[
            "who|what [else] depends|depend|relies|rely on|upon {x}",
            "who|what depends|depend|relies|rely on|upon {x} in {place}",
            "who|what [in {place}] depends|depend|relies|rely on|upon {x}",
            "who|what is|are dependent|reliant on|upon {x}",
            "which|what {kind} depend|depends|rely|relies on|upon {x}",
            "which|what {kind} in|of {place} depend|depends|rely|relies on|upon {x}",
            "dependents of {x}",
        ],
        question: dependents,
    },
    Shape {
        example: "who uses LFP batteries",
        patterns: &[
            "who|what needs|need|uses|use|requires|require|buys|buy {x}",
            "which|what {kind} need|needs|use|uses|require|buy {x}",
        ],
        question: direct_dependents,
    },
    Shape {
        example: "what does Samsung Electronics depend on in China",
        patterns: &[
            "what does|do|is {x} depend|rely|depends|relies on|upon",
            "what does|do {x} depend|rely on|upon in|from {place}",
            "what does|do {x} depend|rely on|upon {place} for",
            "what is|are {x} dependent|reliant on|upon {place} for",
            "what is|are {x} dependent|reliant on|upon",
            "what does|do {x} get|buy|import|source from {place}",
            "what does|do {x} need|require",
            "which|what {kind} does|do {x} depend|rely on|upon",
            "which|what {kind} does|do {x} depend|rely on|upon in|from {place}",
            "dependencies of {x}",
        ],
        question: dependencies,
    },
    Shape {
        example: "why does Hyundai Motor Group depend on graphite",
        patterns: &[
            "why|how does|do {a} depend|depends|rely on|upon {b}",
            "does|do {a} depend|depends|rely on|upon {b}",
            "why|how is|are {a} dependent|reliant on|upon {b}",
            "is|are {a} dependent|reliant on|upon {b}",
        ],
        question: why,
    },
    Shape {
        example: "who makes LFP batteries",
        patterns: &[
            "who|what makes|make|produces|produce|manufactures {x}",
            "which|what {kind} make|makes|produce|produces|manufacture {x}",
            "where is|are {x} made|produced|manufactured",
        ],
        question: |asker, fit| asker.facts(fit, &[Claim::Produces, Claim::Supplies], true),
    },
    Shape {
        example: "who supplies traction motor cores",
        patterns: &["who supplies|supply|sells|sell {x}"],
        question: |asker, fit| asker.facts(fit, &[Claim::Supplies, Claim::Sources], true),
    },
    Shape {
        example: "what is under export control",
        patterns: &[
            "what|which|who is|are under export control|controls [and] [since] [when]",
            "what|which export controls are there|known",
            "since when is {x} under export control|controls",
        ],
        question: |asker, fit| asker.restrictions(fit, &["export-control", "export-ban"]),
    },
    Shape {
        example: "which restrictions are there",
        patterns: &[
            "what|which [goods] is|are restricted|controlled [and] [since] [when]",
            "what|which restrictions are there|known",
        ],
        question: |asker, fit| asker.restrictions(fit, &[]),
    },
    Shape {
        example: "which tariffs are there",
        patterns: &["what|which tariffs are there|known", "what|which [goods] is|are under tariff|tariffs"],
        question: |asker, fit| asker.restrictions(fit, &["tariff"]),
    },
    Shape {
        example: "which plants are in China",
        patterns: &[
            "which|what {kind} are|is|stand in {place}",
            "which|what {kind} are|is there in {place}",
            "which|what {kind} are|is there",
            "list|show [me] [all] [the] {kind} in {place}",
            "list|show [me] [all] [the] {kind}",
            "{kind} in {place}",
        ],
        question: list,
    },
    Shape {
        example: "show Posco International",
        patterns: &["show|describe [me] {x}", "who|what is|are {x}", "tell me about {x}", "what is known of|about {x}"],
        question: show,
    },
    Shape {
        example: "find hyundai",
        patterns: &["find {text}", "search [for] {text}"],
        question: |_, fit| Some(Ok(Read::plain(Question::Find { text: fit.slot("text")? }))),
    },
    Shape {
        example: "which documents are there",
        patterns: &["[which|what|list|show] [the] documents|sources [are] [there]"],
        question: |_, _| Some(Ok(Read::plain(Question::Documents))),
    },
    Shape {
        example: "facts about Chip 4",
        patterns: &[
            "facts about|on|of {x}",
            "what are the facts about|on|of {x}",
            "what does {document} say",
            "facts in|from {document}",
        ],
        question: facts,
    },
];

/// Looks up what fills the slots.
pub(super) struct Asker<'c> {
    pub catalogue: &'c Catalogue,
    pub names: &'c Names<'c>,
}

impl Asker<'_> {
    fn subject(&self, fit: &Fit, slot: &str) -> Option<Result<Read<Subject>, Misunderstanding>> {
        Some(subject(self.catalogue, self.names, without_article(&fit.slot(slot)?)))
    }

    fn entity(&self, fit: &Fit, slot: &str) -> Option<Result<Read<EntityIx>, Misunderstanding>> {
        Some(entity(self.catalogue, self.names, without_article(&fit.slot(slot)?)))
    }

    /// The filter that the slots `kind` and `place` make; `None` if the words in `kind` are no kind.
    fn filter(&self, fit: &Fit) -> Option<Result<Read<Filter>, Misunderstanding>> {
        let mut kinds = match fit.slot("kind") {
            Some(word) => kinds(&word)?.to_vec(),
            None => Vec::new(),
        };
        if kinds.contains(&EntityKind::Firm) {
            kinds.push(EntityKind::Group); // "which firms" means Hyundai Motor Group too
        }
        Some(self.entity(fit, "place").transpose().map(|place| {
            let (within, notes) = place.map_or((None, Vec::new()), |place| (Some(place.value), place.notes));
            Read { value: Filter { kinds, within, depth: None }, notes }
        }))
    }

    fn facts(&self, fit: &Fit, claims: &[Claim], with_kinds: bool) -> Outcome {
        let about = self.entity(fit, "x").transpose();
        Some(about.map(|about| {
            let (about, notes) = about.map_or((None, Vec::new()), |about| (Some(about.value), about.notes));
            let filter = FactFilter { claims: claims.to_vec(), about, with_kinds, ..FactFilter::default() };
            Read { value: Question::Facts(filter), notes }
        }))
    }
}

impl Asker<'_> {
    /// Restrictions by these measures; all where empty.
    fn restrictions(&self, fit: &Fit, measures: &[&'static str]) -> Outcome {
        let read = self.facts(fit, &[Claim::Restricts], true)?;
        Some(read.map(|read| {
            read.map(|question| match question {
                Question::Facts(filter) => Question::Facts(FactFilter { measures: measures.to_vec(), ..filter }),
                other => other,
            })
        }))
    }
}

fn without_article(name: &str) -> &str {
    ["the ", "a ", "an ", "The "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

fn dependents(asker: &Asker, fit: &Fit) -> Outcome {
    relation(asker, fit, |of, filter| Question::Dependents { of, filter, follow: Follow::default() })
}

fn direct_dependents(asker: &Asker, fit: &Fit) -> Outcome {
    relation(asker, fit, |of, filter| Question::Dependents {
        of,
        filter: Filter { depth: Some(1), ..filter },
        follow: Follow::default(),
    })
}

fn dependencies(asker: &Asker, fit: &Fit) -> Outcome {
    relation(asker, fit, |of, filter| Question::Dependencies { of, filter, follow: Follow::default() })
}

fn relation(asker: &Asker, fit: &Fit, question: impl Fn(Subject, Filter) -> Question) -> Outcome {
    let (of, filter) = (asker.subject(fit, "x")?, asker.filter(fit)?);
    let read = |of: Read<Subject>, filter: Read<Filter>| Read {
        value: question(of.value, filter.value),
        notes: [of.notes, filter.notes].concat(),
    };
    Some(of.and_then(|of| filter.map(|filter| read(of, filter))))
}

fn why(asker: &Asker, fit: &Fit) -> Outcome {
    let (from, to) = (asker.subject(fit, "a")?, asker.subject(fit, "b")?);
    let read = |from: Read<Subject>, to: Read<Subject>| Read {
        value: Question::Why { from: from.value, to: to.value, follow: Follow::default(), most: DEFAULT_CHAINS },
        notes: [from.notes, to.notes].concat(),
    };
    Some(from.and_then(|from| to.map(|to| read(from, to))))
}

fn list(asker: &Asker, fit: &Fit) -> Outcome {
    let filter = asker.filter(fit)?;
    Some(filter.map(|filter| Read {
        value: Question::List { kinds: filter.value.kinds, within: filter.value.within },
        notes: filter.notes,
    }))
}

fn show(asker: &Asker, fit: &Fit) -> Outcome {
    let entity = asker.entity(fit, "x")?;
    Some(entity.map(|entity| Read { value: Question::Show { entity: entity.value }, notes: entity.notes }))
}

fn facts(asker: &Asker, fit: &Fit) -> Outcome {
    if let Some(name) = fit.slot("document") {
        let key = name_key(&name);
        let document = asker.catalogue.documents_with_index().find(|(_, document)| name_key(&document.id) == key)?.0;
        let filter = FactFilter { document: Some(document), ..FactFilter::default() };
        return Some(Ok(Read::plain(Question::Facts(filter))));
    }
    asker.facts(fit, &[], false)
}
