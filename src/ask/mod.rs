//! Words into questions: names looked up, and English sentences matched against the shapes that are understood.

mod pattern;
mod shapes;

use pattern::{Fit, Pattern};
use shapes::{Asker, SHAPES};

use crate::facts::{Catalogue, Names};
use crate::query::{Misunderstanding, Question, Read};

/// One example of each shape of question that is understood.
pub fn examples() -> impl Iterator<Item = &'static str> {
    SHAPES.iter().map(|shape| shape.example)
}

/// The letters and words of the longest question that is looked at. Names are short, and the ways to part words among names many.
const MOST_LETTERS: usize = 1000;
const MOST_WORDS: usize = 60;

/// In how many ways a question is tried to be read. What is meant is among the best few.
const MOST_FITS: usize = 50;

/// Reads a question in English. Small slips in its words and names are mended and noted.
///
/// # Errors
///
/// If the words are no question of a known shape, or too many; or a name in them is unknown or may mean several things.
///
/// ```
/// use hanjung::ask::understand;
/// use hanjung::data::{Origin, load};
/// use hanjung::facts::Names;
/// use hanjung::query::Question;
///
/// let (catalogue, _) = load(&Origin::default())?;
/// let names = Names::new(&catalogue);
/// let read = understand(&catalogue, &names, "Who depnds on graphite?").unwrap();
/// assert!(matches!(read.value, Question::Dependents { .. }));
/// assert!(understand(&catalogue, &names, "graphite, graphite").is_err());
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn understand(catalogue: &Catalogue, names: &Names, question: &str) -> Result<Read<Question>, Misunderstanding> {
    Misunderstanding::of_length("a question", question.chars().count(), "letters", MOST_LETTERS)?;
    let words: Vec<&str> = question.split_whitespace().map(without_marks).filter(|word| !word.is_empty()).collect();
    Misunderstanding::of_length("a question", words.len(), "words", MOST_WORDS)?;
    let asker = Asker { catalogue, names };
    let mut fault = None;
    for (at, fit) in fits(&words).into_iter().take(MOST_FITS) {
        match (SHAPES[at].question)(&asker, &fit) {
            Some(Ok(read)) => return Ok(read),
            Some(Err(misunderstanding)) => fault = fault.or(Some(misunderstanding)),
            None => {}
        }
    }
    Err(fault.unwrap_or_else(|| Misunderstanding::NotUnderstood { question: question.to_owned() }))
}

fn without_marks(word: &str) -> &str {
    word.trim_matches(['?', '!', ',', ';', '"', '“', '”'])
        .trim_end_matches('.')
        .trim_end_matches("’s")
        .trim_end_matches("'s")
        .trim_end_matches(['\'', '’'])
}

/// Every way in which the words fit a shape, best first.
fn fits<'w>(words: &'w [&'w str]) -> Vec<(usize, Fit<'w>)> {
    let mut fits = Vec::new();
    for (at, shape) in SHAPES.iter().enumerate() {
        for pattern in shape.patterns {
            fits.extend(Pattern(pattern).fits(words).into_iter().map(|fit| (at, fit)));
        }
    }
    fits.sort_by_key(|(at, fit)| (fit.slips, usize::MAX - fit.fixed, *at));
    fits
}
