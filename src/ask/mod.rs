//! Words into questions: names looked up, and English sentences matched against the shapes that are
//! understood.

mod pattern;
mod shapes;
mod relations;

use pattern::{Fit, Pattern, patterns};
use relations::{RELATIONS, Relation, Stated};
use shapes::{Asker, SHAPES, Shape};

use crate::data::World;
use crate::facts::{Catalogue, Lang, Names};
use crate::query::Answer;
use crate::request::{Misunderstanding, Question, Read, Troubles, resolve_names};

/// Examples of the ways to ask that are understood.
pub fn examples() -> impl Iterator<Item = &'static str> {
    phrasings().filter_map(Phrasing::example)
}

/// The letters and words of the longest question that is looked at. Names are short, and the ways
/// to part words among names many.
const MOST_LETTERS: usize = 1000;
const MOST_WORDS: usize = 60;

/// In how many ways a question is tried to be read. What is meant is among the best few.
const MOST_FITS: usize = 50;

/// Reads a question in English. Small slips in its words and names are mended and noted.
///
/// # Errors
///
/// If the words are no question of a known shape, or too many; or a name in them is unknown or may
/// mean several things.
///
/// ```
/// use hanjung::World;
/// use hanjung::ask::understand;
/// use hanjung::facts::Names;
/// use hanjung::request::Question;
///
/// let world = World::built_in()?;
/// let catalogue = world.parts().catalogue;
/// let names = Names::new(catalogue);
/// let read = understand(catalogue, &names, "Who depnds on graphite?").unwrap();
/// assert!(matches!(read.value, Question::Dependents { .. }));
/// assert!(understand(catalogue, &names, "graphite, graphite").is_err());
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn understand(
    catalogue: &Catalogue,
    names: &Names,
    question: &str,
) -> Result<Read<Question>, Troubles> {
    Misunderstanding::of_length(
        "a question",
        question.chars().count(),
        "letters",
        MOST_LETTERS,
    )?;
    let words: Vec<&str> = question
        .split_whitespace()
        .map(without_marks)
        .filter(|word| !word.is_empty())
        .collect();
    Misunderstanding::of_length("a question", words.len(), "words", MOST_WORDS)?;
    let asker = Asker { catalogue, names };
    let (mut fault, mut misfit) = (None, None);
    for (phrasing, fit) in fits(&words).take(MOST_FITS) {
        if misfit.as_ref().is_some_and(|(_, best)| rank(&fit) > *best) {
            break; // that it can't play its role is said, rather than that other words were meant
        }
        let Some(Stated { asked, fits }) = phrasing.question(&asker, &fit) else {
            continue;
        };
        match resolve_names(catalogue, names, &asked) {
            Ok(read) if fits => return Ok(read),
            Ok(read) => misfit = misfit.or(Some((read, rank(&fit)))),
            Err(troubles) => fault = fault.or(Some(troubles)),
        }
    }
    if let Some((read, _)) = misfit {
        return Ok(read);
    }
    let not_understood = || Misunderstanding::NotUnderstood {
        question: question.to_owned(),
    };
    Err(fault.unwrap_or_else(|| not_understood().into()))
}

impl World {
    /// Answers a question in English, with names in English. What was mended in its words is told
    /// in the notes of the answer.
    ///
    /// # Errors
    ///
    /// As [`understand`].
    ///
    /// ```
    /// let world = hanjung::World::built_in()?;
    /// let answer = world.ask("who depends on graphite")?;
    /// assert!(answer.rows.iter().any(|row| row.entity.as_ref().is_some_and(|who| who.id == "ev-battery")));
    /// let mended = world.ask("who depnds on grafite")?;
    /// assert_eq!((mended.rows.len(), mended.notes.len()), (answer.rows.len(), 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ask(&self, question: &str) -> Result<Answer, Troubles> {
        let read = self.understand(question)?;
        let mut answer = self.answer(&read.value, Lang::En);
        answer.notes.splice(0..0, read.notes);
        Ok(answer)
    }

    /// Reads a question in English, without answering it: [`understand`] as a method.
    ///
    /// # Errors
    ///
    /// As [`understand`].
    pub fn understand(&self, question: &str) -> Result<Read<Question>, Troubles> {
        let catalogue = self.parts().catalogue;
        understand(catalogue, &Names::new(catalogue), question)
    }
}

/// A way to ask, out of either table.
#[derive(Clone, Copy)]
enum Phrasing {
    Shape(&'static Shape),
    Relation(&'static Relation),
}

impl Phrasing {
    fn example(self) -> Option<&'static str> {
        match self {
            Phrasing::Shape(shape) => Some(shape.example),
            Phrasing::Relation(relation) => relation.example,
        }
    }

    fn patterns(self) -> impl Iterator<Item = Pattern> {
        patterns(match self {
            Phrasing::Shape(shape) => shape.patterns,
            Phrasing::Relation(relation) => relation.patterns,
        })
    }

    fn question(self, asker: &Asker, fit: &Fit) -> Option<Stated> {
        match self {
            Phrasing::Shape(shape) => {
                let asked = (shape.question)(asker, fit)?;
                Some(Stated { asked, fits: true })
            }
            Phrasing::Relation(relation) => relation.question(asker, fit),
        }
    }
}

fn phrasings() -> impl Iterator<Item = Phrasing> {
    SHAPES
        .iter()
        .map(Phrasing::Shape)
        .chain(RELATIONS.iter().map(Phrasing::Relation))
}

fn without_marks(word: &str) -> &str {
    word.trim_matches(['?', '!', ',', ';', '"', '“', '”'])
        .trim_end_matches('.')
}

/// Every way in which the words fit a way to ask, best first. Slips are looked for only where what
/// fits to the letter is not enough.
fn fits<'w>(words: &'w [&'w str]) -> impl Iterator<Item = (Phrasing, Fit<'w>)> {
    let slipped = move || {
        ranked(|pattern| pattern.fits(words))
            .into_iter()
            .filter(|(_, fit)| fit.slips > 0)
    };
    ranked(|pattern| pattern.exact_fits(words))
        .into_iter()
        .chain(std::iter::once_with(slipped).flatten())
}

/// The fits of all patterns, best first.
fn ranked<'w>(fits: impl Fn(Pattern) -> Vec<Fit<'w>>) -> Vec<(Phrasing, Fit<'w>)> {
    let of = |phrasing: Phrasing| {
        phrasing
            .patterns()
            .flat_map(&fits)
            .map(move |fit| (phrasing, fit))
    };
    let mut ranked: Vec<(Phrasing, Fit)> = Vec::new();
    for phrasing in phrasings() {
        ranked.extend(of(phrasing));
    }
    ranked.sort_by_key(|(_, fit)| rank(fit));
    ranked
}

/// The fewer slips and the more fixed words, the better.
fn rank(fit: &Fit) -> (usize, usize) {
    (fit.slips, usize::MAX - fit.fixed)
}
