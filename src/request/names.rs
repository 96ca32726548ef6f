//! From the names people type to what a question is about.

use super::subject::Subject;
use crate::data::World;
use crate::facts::{Catalogue, EntityIx, EntityKind, GOODS, KindSet, MAKERS, Named, Names};

/// Why a question could not be made out of words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Misunderstanding {
    /// A name that nothing bears, with the entities of the nearest names.
    #[error("nothing in the data is named “{name}”")]
    UnknownName {
        /// The name as typed.
        name: String,
        /// The nearest, best first.
        nearest: Vec<EntityIx>,
    },
    /// A name that may mean several entities.
    #[error("“{name}” may mean several things")]
    Ambiguous {
        /// The name as typed.
        name: String,
        /// What it may mean.
        candidates: Vec<EntityIx>,
    },
    /// A word that stands for nothing, with those that were perhaps meant.
    #[error("no {what} is called “{word}”")]
    UnknownWord {
        /// What the word should stand for: `economy`, `document`.
        what: &'static str,
        /// The word as typed.
        word: String,
        /// The nearest, or else all there are.
        nearest: Vec<String>,
    },
    /// An expression, or a number in a request, that says nothing.
    #[error("{message}")]
    BadExpression {
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: String,
    },
    /// Words that are no question of a known shape.
    #[error("this question is not understood: “{question}”")]
    NotUnderstood {
        /// The words.
        question: String,
    },
    /// Something longer than any name or question is.
    #[error("{what} of {length} {of} is too long: at most {most} are looked at")]
    TooLong {
        /// What is too long: `a name`, `a question`.
        what: &'static str,
        /// How long it is.
        length: usize,
        /// What its length is counted in.
        of: &'static str,
        /// How long it may be.
        most: usize,
    },
}

impl Misunderstanding {
    /// Refuses what is too long to be looked up: nothing is meant by it, and the search would take
    /// long.
    pub fn of_length(
        what: &'static str,
        length: usize,
        of: &'static str,
        most: usize,
    ) -> Result<(), Self> {
        if length <= most {
            Ok(())
        } else {
            Err(Misunderstanding::TooLong {
                what,
                length,
                of,
                most,
            })
        }
    }
}

/// The letters of the longest name that is looked up where none fits to the letter.
pub const LONGEST_NAME: usize = 200;

/// Something looked up, with what the reader should be told of how the words were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read<T> {
    /// What it is.
    pub value: T,
    /// Spellings that were mended.
    pub notes: Vec<String>,
}

impl<T> Read<T> {
    /// Something that nothing had to be mended for.
    pub fn plain(value: T) -> Self {
        Read {
            value,
            notes: Vec::new(),
        }
    }

    /// The same, made into something else.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Read<U> {
        Read {
            value: make(self.value),
            notes: self.notes,
        }
    }
}

/// Looks up the entity of a name.
///
/// # Errors
///
/// If no entity bears the name, several may be meant, or it is too long for a name.
pub fn entity(
    catalogue: &Catalogue,
    names: &Names,
    name: &str,
) -> Result<Read<EntityIx>, Misunderstanding> {
    if let Some(entity) = names.find_exactly(name) {
        return Ok(Read::plain(entity));
    }
    Misunderstanding::of_length("a name", name.chars().count(), "letters", LONGEST_NAME)?;
    match names.find(name) {
        Named::One(entity) => Ok(Read::plain(entity)),
        Named::Misspelt(entity) => {
            let note = format!("“{name}” is read as {}", catalogue[entity].en);
            Ok(Read {
                value: entity,
                notes: vec![note],
            })
        }
        Named::Several(candidates) => Err(Misunderstanding::Ambiguous {
            name: name.to_owned(),
            candidates,
        }),
        Named::Unknown(nearest) => Err(Misunderstanding::UnknownName {
            name: name.to_owned(),
            nearest,
        }),
    }
}

/// Looks up what a question is about: a name; or one maker's output of a good, as `china:graphite`,
/// `graphite from China`, `Chinese graphite` or `China's graphite`.
///
/// # Errors
///
/// If a name in it is unknown or may mean several entities.
pub fn subject(
    catalogue: &Catalogue,
    names: &Names,
    text: &str,
) -> Result<Read<Subject>, Misunderstanding> {
    let whole = entity(catalogue, names, text);
    let parts = match whole {
        Ok(_) | Err(Misunderstanding::TooLong { .. }) => None,
        Err(_) => maker_and_good(catalogue, names, text).or_else(|| divisions(text).next()),
    };
    let Some((by, good)) = parts else {
        return whole.map(|read| read.map(Subject::Entity));
    };
    let (by, good) = (
        entity(catalogue, names, by)?,
        entity(catalogue, names, good)?,
    );
    let notes = [by.notes, good.notes].concat();
    Ok(Read {
        value: Subject::Supply {
            by: by.value,
            good: good.value,
        },
        notes,
    })
}

impl World {
    /// Looks up what a question is about by its name, in any of the languages: [`subject`] as a
    /// method.
    ///
    /// # Errors
    ///
    /// As [`subject`].
    ///
    /// ```
    /// use hanjung::request::Subject;
    ///
    /// let world = hanjung::World::built_in()?;
    /// let graphite = Subject::Entity(world.entity("graphite").unwrap());
    /// assert_eq!(world.subject("흑연")?.value, graphite);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn subject(&self, name: &str) -> Result<Read<Subject>, Misunderstanding> {
        let catalogue = self.parts().catalogue;
        subject(catalogue, &Names::new(catalogue), name)
    }
}

/// Whether all of a text is, to the letter, what a question can be about.
pub fn is_subject(catalogue: &Catalogue, names: &Names, text: &str) -> bool {
    names.find_exactly(text).is_some() || maker_and_good(catalogue, names, text).is_some()
}

/// The same for a text with operators or brackets: as names are looked up without regard to marks,
/// `china | graphite` would be graphite from China. It is a name where the name has them too.
pub(super) fn is_subject_with_marks(catalogue: &Catalogue, names: &Names, text: &str) -> bool {
    let is_named = |text: &str| {
        let entity = names.find_exactly(text).map(|ix| &catalogue[ix]);
        let mut all = entity.into_iter().flat_map(|entity| entity.every_name());
        all.any(|name| marks(name) == marks(text))
    };
    let parts = || maker_and_good(catalogue, names, text);
    is_named(text) || parts().is_some_and(|(by, good)| is_named(by) && is_named(good))
}

/// Whether a text is a name as it is written, case aside, and not the word of a kind.
pub(super) fn is_whole_name(catalogue: &Catalogue, names: &Names, text: &str) -> bool {
    let entity = names.find_exactly(text).map(|ix| &catalogue[ix]);
    let mut all = entity.into_iter().flat_map(|entity| entity.every_name());
    let text = text.trim().to_lowercase();
    kinds(&text).is_none() && all.any(|name| name.to_lowercase() == text)
}

/// The operators, brackets and quotes in a text.
pub(super) fn marks(text: &str) -> String {
    let text = format!(" {text} ").replace(" - ", "~");
    let marks = text.chars().filter(|letter| "~&|()\"“”".contains(*letter));
    marks.collect()
}

/// The name of a maker and of a good, both to the letter, for words can be cut in many ways.
fn maker_and_good<'t>(
    catalogue: &Catalogue,
    names: &Names,
    text: &'t str,
) -> Option<(&'t str, &'t str)> {
    let named = |name: &str, kinds: KindSet| {
        names
            .find_exactly(name)
            .is_some_and(|entity| kinds.contains(catalogue[entity].kind))
    };
    let apart = text
        .match_indices(' ')
        .map(|(at, _)| (&text[..at], &text[at + 1..]));
    let apart = apart.map(|(by, good)| (by.trim_end_matches("'s").trim_end_matches("’s"), good));
    divisions(text)
        .chain(apart)
        .find(|(by, good)| named(by, MAKERS) && named(good, GOODS))
}

/// The ways to divide a text that says itself where its maker and its good are: at a colon, or at
/// `from`.
fn divisions(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let halves = |at: usize, mark: &str| (text[..at].trim(), text[at + mark.len()..].trim());
    let at_colons = text
        .match_indices(':')
        .map(move |(at, mark)| halves(at, mark));
    let at_from = text
        .match_indices(" from ")
        .map(move |(at, mark)| halves(at, mark))
        .map(|(good, by)| (by, good));
    at_colons.chain(at_from)
}

/// The kinds that a word for them means: `firms`, `goods`, `minerals`, `countries`.
pub fn kinds(word: &str) -> Option<&'static [EntityKind]> {
    use EntityKind::*;
    Some(match word.to_lowercase().as_str() {
        "firm" | "firms" | "company" | "companies" => &[Firm],
        "group" | "groups" => &[Group],
        "organisation" | "organisations" | "organization" | "organizations" => &[Organisation],
        "good" | "goods" => &[Material, Product, Technology],
        "material" | "materials" | "mineral" | "minerals" => &[Material],
        "product" | "products" => &[Product],
        "technology" | "technologies" => &[Technology],
        "plant" | "plants" | "factory" | "factories" => &[Plant],
        "economy" | "economies" | "country" | "countries" => &[Economy],
        "place" | "places" | "city" | "cities" | "region" | "regions" => &[Place],
        "policy" | "policies" => &[Policy],
        "person" | "persons" | "people" => &[Person],
        "sector" | "sectors" | "industry" | "industries" => &[Sector],
        "event" | "events" => &[Event],
        _ => return None,
    })
}

/// The words that [`kinds`] knows, one for each kind.
pub const KIND_WORDS: &[&str] = &[
    "firms",
    "groups",
    "organisations",
    "goods",
    "materials",
    "products",
    "technologies",
    "plants",
    "economies",
    "places",
    "policies",
    "people",
    "sectors",
    "events",
];
