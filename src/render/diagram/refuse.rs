//! What is not drawn, and why: a picture shows how things hang together, and no more of it than can
//! be read.

use super::fold::MOST_NODES;
use super::picture::Picture;
use crate::query::{Answer, FactView};
use crate::render::lines::nothing;

/// Why an answer is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoPicture {
    /// It is a list of things or numbers.
    IsList,
    /// It is about days, intentions, words or contradictions, which arrows do not tell.
    HasNoForm,
    /// It has no rows, which means this.
    Nothing(&'static str),
    /// Nothing in it joins two things.
    NoRelations,
    /// Its facts tie too much together.
    TooMuch {
        /// The boxes that it would take.
        boxes: usize,
        /// The arrows that it would take.
        arrows: usize,
    },
    /// Its first chain alone is longer than a page.
    TooLong {
        /// The boxes that it would take.
        boxes: usize,
    },
}

/// The most arrows of facts that are no chains which can be told apart.
const MOST_ARROWS: usize = 50;

const LISTS: [&str; 5] = ["list", "find", "documents", "coverage", "figures"];

const WITHOUT_FORM: [&str; 3] = ["timeline", "plans", "conflicts"];

impl NoPicture {
    /// What is wrong, and what shows the answer instead.
    pub fn words(self) -> (String, String) {
        let told =
            "leave out render, or write --format csv or md; or draw it as a tree: -o FILE.txt";
        match self {
            NoPicture::IsList => (
                "the answer is a list, not a web of relations: there is nothing to draw".to_owned(),
                "leave out render, or write --format csv or md".to_owned(),
            ),
            NoPicture::NoRelations => (
                "nothing in this answer joins two things: there is nothing to draw".to_owned(),
                "leave out render, or write --format csv or md".to_owned(),
            ),
            NoPicture::Nothing(means) => {
                (format!("there is nothing to draw: {}", means.trim_end_matches('.')), "leave out render".to_owned())
            }
            NoPicture::HasNoForm => (
                "boxes and arrows can’t show days, plans, statements or contradictions, which this answer is mostly about"
                    .to_owned(),
                told.to_owned(),
            ),
            NoPicture::TooMuch { boxes, arrows } => (
                format!(
                    "too much for one picture: {boxes} boxes and {arrows} arrows, where {MOST_NODES} and {MOST_ARROWS} can be read"
                ),
                format!("ask for less: dependents, dependencies, or the facts of one --claim; {told}"),
            ),
            NoPicture::TooLong { boxes } => (
                format!(
                    "too long for one picture: the first chain alone takes {boxes} boxes, where {MOST_NODES} can be read"
                ),
                told.to_owned(),
            ),
        }
    }
}

/// Why an answer is not drawn, whatever the format.
pub(super) fn is_no_web(answer: &Answer) -> Option<NoPicture> {
    let is_list = LISTS
        .contains(&answer.question.command)
        .then_some(NoPicture::IsList);
    let is_nothing = answer.rows.is_empty() && answer.aside.is_empty();
    is_list.or_else(|| is_nothing.then(|| NoPicture::Nothing(nothing(answer))))
}

/// Why an answer is not drawn as boxes and arrows on a page.
pub(super) fn has_no_form(answer: &Answer) -> Option<NoPicture> {
    let is_formless = WITHOUT_FORM.contains(&answer.question.command) || is_only_words(answer);
    is_formless.then_some(NoPicture::HasNoForm)
}

/// Whether an answer is facts of what somebody says, plans or aims at, and nothing else.
fn is_only_words(answer: &Answer) -> bool {
    let rows = || answer.rows.iter().chain(&answer.aside);
    let facts = || {
        rows()
            .flat_map(|row| row.all_facts())
            .filter_map(|reading| answer.facts.get(&reading.fact))
    };
    let is_word = |fact: &FactView| !fact.claim.form().mood.is_of_facts();
    rows().all(|row| row.all_steps().next().is_none())
        && facts().next().is_some()
        && facts().all(is_word)
}

/// The most arrows of what somebody says or plans that a picture bears in which they are more than
/// half of all.
const MOST_WORDS: usize = 20;

/// A picture of facts that are no chains, if it can be read and shows more than words. Such facts
/// have no ranks by which to leave some out: they are drawn all or not at all.
pub(super) fn legible(picture: Picture) -> Result<Picture, NoPicture> {
    let (boxes, arrows) = (picture.nodes.len(), picture.arrows.len());
    let words = picture
        .arrows
        .iter()
        .filter(|arrow| arrow.is_planned)
        .count();
    if words > MOST_WORDS && words * 2 > arrows {
        return Err(NoPicture::HasNoForm);
    }
    let has_room = boxes <= MOST_NODES && arrows <= MOST_ARROWS;
    if has_room {
        Ok(picture)
    } else {
        Err(NoPicture::TooMuch { boxes, arrows })
    }
}

/// A picture, unless it is empty.
pub(super) fn with_relations(picture: Picture) -> Result<Picture, NoPicture> {
    if picture.nodes.is_empty() {
        Err(NoPicture::NoRelations)
    } else {
        Ok(picture)
    }
}
