//! Which entities a passage names.
//!
//! An entity is named where one of its names stands, word for word, or an adjective of an economy,
//! or the family name of a person, or a corporate group without the word "Group". What is part of
//! somebody else's proper name does not count, nor a good within the name of another: "China Media
//! Group" names no country, "SK On" not SK Group, "lithium-ion battery" no lithium.
//!
//! A name that is a description is looser: a plant, policy, event or sector ("Samsung Electronics'
//! Xi'an plant") is also named where all words of its name stand in one sentence, in any order, and
//! firms ("Chinese battery makers") where they stand close together. Goods are not: "AI and
//! semiconductors" are no AI semiconductors.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::words::{Word, words};
use crate::facts::{Catalogue, EntityIx, EntityKind, name_key};

/// The adjectives of economies and places, by their English names.
const ADJECTIVES: &[(&str, &[&str])] = &[
    ("Africa", &["African"]),
    ("Australia", &["Australian"]),
    ("Central Asia", &["Central Asian"]),
    ("China", &["Chinese"]),
    ("Europe", &["European"]),
    ("European Union", &["European"]),
    ("Germany", &["German"]),
    ("India", &["Indian"]),
    ("Japan", &["Japanese"]),
    ("Kazakhstan", &["Kazakh"]),
    ("Mexico", &["Mexican"]),
    ("North America", &["North American"]),
    ("Poland", &["Polish"]),
    ("Russia", &["Russian"]),
    ("South Korea", &["South Korean", "Korean"]),
    ("Southeast Asia", &["Southeast Asian"]),
    ("Taiwan", &["Taiwanese"]),
    ("Turkmenistan", &["Turkmen"]),
    ("Ukraine", &["Ukrainian"]),
    ("United Kingdom", &["British"]),
    ("United States", &["American"]),
    ("Uzbekistan", &["Uzbek"]),
    ("Vietnam", &["Vietnamese"]),
];

/// Two words of which the second is not what it is alone.
const OTHERS: &[(&str, &str)] = &[
    ("north", "korea"),
    ("north", "korean"),
    ("north", "america"),
    ("north", "american"),
    ("south", "america"),
    ("south", "american"),
    ("latin", "america"),
    ("latin", "american"),
];

/// Words that say nothing of their own in a description.
const FILLERS: &[&str] = &[
    "a", "an", "and", "at", "between", "by", "for", "former", "from", "in", "its", "of", "on",
    "the", "to", "unnamed", "with",
];

/// Words that stand for one another in a description.
const SYNONYMS: &[&[&str]] = &[
    &[
        "maker",
        "manufacturer",
        "producer",
        "company",
        "firm",
        "business",
    ],
    &["plant", "factory", "facility"],
    &["industry", "sector"],
];

/// All names that a passage may have, by their first words.
pub(super) struct Lexicon {
    names: Vec<KnownName>,
    by_first_word: HashMap<String, Vec<usize>>,
    /// Names in Korean or Chinese letters, which no spaces part.
    unparted: HashMap<EntityIx, Vec<String>>,
    /// Names that are descriptions.
    descriptions: HashMap<EntityIx, Vec<Description>>,
}

struct KnownName {
    entity: EntityIx,
    family: Family,
    words: Vec<Word>,
}

/// Which names may stand within which without being named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    /// A firm, group, organisation or person with a proper name.
    Actor,
    /// The same, named by a description.
    DescribedActor,
    Territory,
    Other,
}

/// A name that is a description.
struct Description {
    /// Its significant words, each with the entities whose names it is part of there.
    words: Vec<(String, Vec<EntityIx>)>,
    /// Within how many words of a sentence they must stand.
    reach: usize,
}

/// A passage with the entities that it names.
pub(super) struct ReadPassage {
    text: String,
    named: HashSet<EntityIx>,
    sentences: Vec<Sentence>,
}

/// The words of a sentence, each with the entities whose names it is part of.
pub(super) type Sentence = Vec<(String, Vec<EntityIx>)>;

/// A name found: words from one to before another.
struct NameSpan {
    start: usize,
    end: usize,
    entity: EntityIx,
    family: Family,
}

impl ReadPassage {
    /// The sentences of the passage.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }
}

impl Lexicon {
    /// Collects the names of a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut lexicon = Lexicon {
            names: Vec::new(),
            by_first_word: HashMap::new(),
            unparted: HashMap::new(),
            descriptions: HashMap::new(),
        };
        for (ix, entity) in catalogue.entities_with_index() {
            let declared = entity.every_name().skip(1).map(str::to_owned);
            for name in declared.chain(further_names(catalogue, ix)) {
                lexicon.add(ix, entity.kind, &name);
            }
        }
        lexicon.add_descriptions(catalogue);
        lexicon
    }

    fn add(&mut self, entity: EntityIx, kind: EntityKind, name: &str) {
        if !name.chars().any(|c| c.is_ascii_alphanumeric()) || name.chars().any(is_unparted) {
            return self.unparted.entry(entity).or_default().push(plain(name));
        }
        let words = words(name);
        let Some(first) = words.first() else { return };
        self.by_first_word
            .entry(first.stem.clone())
            .or_default()
            .push(self.names.len());
        self.names.push(KnownName {
            entity,
            family: family(kind, &words),
            words,
        });
    }

    fn add_descriptions(&mut self, catalogue: &Catalogue) {
        for (ix, entity) in catalogue.entities_with_index() {
            let names = entity
                .every_name()
                .skip(1)
                .filter(|name| !name.chars().any(is_unparted));
            let descriptions: Vec<_> = names
                .filter_map(|name| self.description(ix, entity.kind, name))
                .collect();
            self.descriptions.insert(ix, descriptions);
        }
    }

    fn description(&self, entity: EntityIx, kind: EntityKind, name: &str) -> Option<Description> {
        let words = words(name);
        let mut parts = self.parts(&words);
        parts.retain(|(stem, _)| !FILLERS.contains(&stem.as_str()));
        parts
            .iter_mut()
            .for_each(|(_, entities)| entities.retain(|other| *other != entity));
        let reach = reach(kind, parts.len())?;
        (parts.len() > 1 && is_description(&words)).then_some(Description {
            words: parts,
            reach,
        })
    }

    /// Reads a passage.
    pub fn read(&self, text: &str) -> ReadPassage {
        let words = words(text);
        let sentences = words
            .chunk_by(|a, b| a.sentence == b.sentence)
            .map(|words| self.parts(words))
            .collect();
        let named = self
            .spans(&words)
            .into_iter()
            .map(|span| span.entity)
            .collect();
        ReadPassage {
            text: plain(text),
            named,
            sentences,
        }
    }

    /// Words with the entities whose names they are part of.
    fn parts(&self, words: &[Word]) -> Sentence {
        let mut parts: Sentence = words
            .iter()
            .map(|word| (general(&word.stem).to_owned(), Vec::new()))
            .collect();
        for span in self.spans(words) {
            parts[span.start..span.end]
                .iter_mut()
                .for_each(|(_, entities)| entities.push(span.entity));
        }
        parts
    }

    /// Whether a passage names an entity.
    pub fn names(&self, reading: &ReadPassage, entity: EntityIx) -> bool {
        let has_unparted = || {
            self.unparted
                .get(&entity)
                .is_some_and(|names| names.iter().any(|n| reading.text.contains(n)))
        };
        let has_description = || {
            let descriptions = self
                .descriptions
                .get(&entity)
                .map_or(&[][..], Vec::as_slice);
            descriptions.iter().any(|description| {
                reading
                    .sentences
                    .iter()
                    .any(|sentence| description.fits(sentence))
            })
        };
        reading.named.contains(&entity) || has_unparted() || has_description()
    }

    /// Every name in a text, without those that stand in the proper name of somebody else.
    fn spans(&self, words: &[Word]) -> Vec<NameSpan> {
        let all: Vec<NameSpan> = (0..words.len())
            .flat_map(|at| self.spans_at(words, at))
            .collect();
        let longest = all
            .iter()
            .map(|span| span.end - span.start)
            .max()
            .unwrap_or_default();
        // They stand in the order of their starts, so that those around one are near it.
        let near = |span: &NameSpan| {
            let [from, to] = [span.end.saturating_sub(longest), span.start + 1];
            &all[all.partition_point(|other| other.start < from)
                ..all.partition_point(|other| other.start < to)]
        };
        let is_hidden = |span: &NameSpan| near(span).iter().any(|other| other.hides(span));
        let hidden: Vec<bool> = all.iter().map(is_hidden).collect();
        all.into_iter()
            .zip(hidden)
            .filter(|(_, hidden)| !hidden)
            .map(|(span, _)| span)
            .collect()
    }

    fn spans_at(&self, words: &[Word], start: usize) -> Vec<NameSpan> {
        let candidates = self
            .by_first_word
            .get(&words[start].stem)
            .map_or(&[][..], Vec::as_slice);
        let names = candidates.iter().map(|&at| &self.names[at]);
        let found = names.filter(|name| name.stands_at(words, start));
        found
            .map(|name| NameSpan {
                start,
                end: start + name.words.len(),
                entity: name.entity,
                family: name.family,
            })
            .collect()
    }
}

impl KnownName {
    fn stands_at(&self, words: &[Word], start: usize) -> bool {
        let Some(there) = words.get(start..start + self.words.len()) else {
            return false;
        };
        let is_same = |(own, there): (&Word, &Word)| {
            own.stem == there.stem && (there.is_capital || !own.is_capital)
        };
        self.words.iter().zip(there).all(is_same)
            && !(self.family == Family::Territory && is_other(words, start))
    }
}

impl NameSpan {
    fn hides(&self, inner: &NameSpan) -> bool {
        let is_within = self.start <= inner.start && inner.end <= self.end;
        let is_longer = self.end - self.start > inner.end - inner.start;
        let may_hide = match self.family {
            Family::Actor => inner.family != Family::Other,
            Family::Territory => inner.family == Family::Territory,
            Family::Other => inner.family == Family::Other,
            Family::DescribedActor => false,
        };
        is_within && is_longer && may_hide && self.entity != inner.entity
    }
}

impl Description {
    fn fits(&self, sentence: &[(String, Vec<EntityIx>)]) -> bool {
        let is_in = |part: &[(String, Vec<EntityIx>)]| {
            self.words
                .iter()
                .all(|word| part.iter().any(|there| is_alike(word, there)))
        };
        sentence
            .windows(self.reach.min(sentence.len()).max(1))
            .any(is_in)
    }
}

fn is_alike(word: &(String, Vec<EntityIx>), there: &(String, Vec<EntityIx>)) -> bool {
    word.0 == there.0 || word.1.iter().any(|entity| there.1.contains(entity))
}

/// Within how many words of a sentence the words of a description must stand; nothing where they
/// must be the name itself.
fn reach(kind: EntityKind, words: usize) -> Option<usize> {
    match kind {
        EntityKind::Plant | EntityKind::Policy | EntityKind::Event | EntityKind::Sector => {
            Some(usize::MAX)
        }
        EntityKind::Firm | EntityKind::Group | EntityKind::Organisation => Some(words + 3),
        _ => None,
    }
}

/// Names that are not declared: adjectives, the names of persons apart, groups without that word.
fn further_names(catalogue: &Catalogue, ix: EntityIx) -> Vec<String> {
    let entity = &catalogue[ix];
    match entity.kind {
        EntityKind::Economy | EntityKind::Place => {
            let adjectives = ADJECTIVES.iter().find(|(name, _)| *entity.en == **name);
            adjectives
                .map_or(&[][..], |(_, adjectives)| adjectives)
                .iter()
                .map(|&word| word.to_owned())
                .collect()
        }
        EntityKind::Person => {
            let mut parts = entity.en.split_whitespace();
            [parts.next(), parts.next_back()]
                .into_iter()
                .flatten()
                .map(str::to_owned)
                .collect()
        }
        EntityKind::Group => {
            let head = entity
                .en
                .strip_suffix(" Group")
                .filter(|head| !is_taken(catalogue, head));
            head.map(str::to_owned).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn is_taken(catalogue: &Catalogue, name: &str) -> bool {
    let key = name_key(name);
    catalogue.named(&key).is_some()
}

fn family(kind: EntityKind, words: &[Word]) -> Family {
    match kind {
        EntityKind::Firm | EntityKind::Group | EntityKind::Organisation
            if is_description(words) =>
        {
            Family::DescribedActor
        }
        EntityKind::Firm | EntityKind::Group | EntityKind::Organisation | EntityKind::Person => {
            Family::Actor
        }
        EntityKind::Economy | EntityKind::Place => Family::Territory,
        _ => Family::Other,
    }
}

/// Whether a name is a description: one of its words is an ordinary one.
fn is_description(words: &[Word]) -> bool {
    words.iter().any(|word| {
        is_significant(word) && !word.is_capital && !word.stem.chars().all(char::is_numeric)
    })
}

fn is_significant(word: &Word) -> bool {
    !FILLERS.contains(&word.stem.as_str())
}

fn is_other(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| words[before].stem.as_str());
    before.is_some_and(|before| OTHERS.contains(&(before, words[at].stem.as_str())))
}

/// A word, or the one that stands for it and its like.
fn general(stem: &str) -> &str {
    SYNONYMS
        .iter()
        .find(|synonyms| synonyms.contains(&stem))
        .map_or(stem, |synonyms| synonyms[0])
}

fn is_unparted(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// A text in plain width and small letters, without spaces.
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}
