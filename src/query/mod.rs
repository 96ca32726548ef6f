//! Answers. [`answer()`] answers a [`Question`]; an [`Answer`] is owned, sorted data that knows no
//! format.

mod answer;
mod party;
mod sets;
mod writer;
mod territory;
mod dependence;
mod shock;
mod elsewhere;
mod losses;
mod derivation;
mod exposure;
mod chokepoints;
mod cut_sets;
mod sector;
mod overview;
mod relation;
mod listing;
mod figures;
mod chronicle;
mod verify;
mod instead;

pub use answer::{
    Answer, Asked, Cause, Coverage, CutView, Derivation, DocumentView, EntityView, EvidenceView,
    FactView, Given, Instead, InsteadSort, NamesView, NodeView, OtherSource, ReadingView, Row,
    RowProof, Step, Term,
};
pub use figures::measure;
pub use verify::verify;

use crate::data::{Parts, World};
use crate::facts::Lang;
use crate::graph::Direction;
use crate::request::{Question, Request, Troubles};
use party::Worked;
use writer::Writer;

/// Answers a question, with names in a language.
///
/// Takes time in proportion to the facts that the question touches, and to the number of nodes or
/// facts to begin with; `why` a few times that for each chain.
///
/// ```
/// use hanjung::World;
/// use hanjung::facts::Lang;
/// use hanjung::graph::Follow;
/// use hanjung::query::answer;
/// use hanjung::request::{Filter, Question};
///
/// let world = World::built_in()?;
/// let of = world.entity("graphite").unwrap().into();
/// let question = Question::Dependents { of, filter: Filter::default(), follow: Follow::default() };
/// let answer = answer(&world, &question, Lang::En);
/// assert!(answer.rows.iter().any(|row| row.entity.as_ref().is_some_and(|entity| entity.id == "ev-battery")));
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn answer(world: &World, question: &Question, lang: Lang) -> Answer {
    let Parts { catalogue, graph } = world.parts();
    let writer = || Writer::new(catalogue, graph, lang);
    match question {
        Question::Select { set, follow } => sets::select(writer(), set, follow),
        Question::Count { set, follow } => sets::count(writer(), set, follow),
        Question::Compare { sets, follow } => sets::compare(writer(), sets, follow),
        _ => {
            let (worked, notes) = sets::worked_out(&writer(), question);
            let mut writer = writer().asked(&worked);
            notes.into_iter().for_each(|note| writer.note(note));
            answered(writer, &worked)
        }
    }
}

impl World {
    /// Answers a question, with names in a language: [`answer()`] as a method.
    pub fn answer(&self, question: &Question, lang: Lang) -> Answer {
        answer(self, question, lang)
    }

    /// Answers what is asked by an expression, with names in English. What was mended in its names
    /// is told in the notes of the answer.
    ///
    /// # Errors
    ///
    /// All that can't be made out, each with its place.
    ///
    /// ```
    /// let world = hanjung::World::built_in()?;
    /// let answer = world.query("count(firms & dependents(graphite))")?;
    /// assert!(answer.count > Some(0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query(&self, expression: &str) -> Result<Answer, Troubles> {
        let read = self.read(expression)?;
        let mut answer = self.answer(&read.value, Lang::En);
        answer.notes.splice(0..0, read.notes);
        Ok(answer)
    }
}

fn answered(writer: Writer, question: &Worked) -> Answer {
    match question {
        Request::Dependents { of, filter, follow } => {
            dependence::dependence(writer, Direction::Dependents, of, filter, follow)
        }
        Request::Dependencies { of, filter, follow } => {
            dependence::dependence(writer, Direction::Dependencies, of, filter, follow)
        }
        Request::Why {
            from,
            to,
            through,
            follow,
            most,
        } => dependence::why(writer, (from, to, through.as_ref()), follow, *most),
        Request::Exposure { of, to, follow } => exposure::exposure(writer, of, to, follow),
        Request::Exposed { to, filter, follow } => exposure::exposed(writer, to, filter, follow),
        Request::Exposures { of, filter, follow } => {
            exposure::exposures(writer, of, filter, follow)
        }
        Request::WhatIf {
            cuts,
            filter,
            follow,
        } => losses::what_if(writer, cuts, filter, follow),
        Request::Explain { cuts, of, follow } => derivation::explain(writer, cuts, of, follow),
        Request::Chokepoints { of, filter, follow } => {
            chokepoints::chokepoints(writer, of.as_ref(), filter, follow)
        }
        Request::Stoppers { of, follow } => cut_sets::cut_sets(writer, of, follow),
        Request::Sector { of, within, from } => {
            sector::sector(writer, of, within.as_ref(), from.as_ref())
        }
        Request::Overview => overview::overview(writer),
        Request::Show { of } => listing::show(writer, of),
        Request::List {
            kinds,
            within,
            from,
        } => listing::list(writer, kinds, within.as_ref(), from.as_ref()),
        Request::Find { text } => listing::find(writer, text),
        Request::Documents => listing::documents(writer),
        Request::Facts(filter) => listing::facts(writer, filter),
        Request::Figures(filter) => figures::figures(writer, filter),
        Request::Conflicts => chronicle::conflicts(writer),
        Request::Timeline { of } => chronicle::timeline(writer, of.as_ref()),
        Request::Plans { of } => chronicle::plans(writer, of.as_ref()),
        Request::Coverage => chronicle::coverage(writer),
        Request::Select { .. } | Request::Count { .. } | Request::Compare { .. } => {
            unreachable!("sets are answered where their proofs are")
        }
    }
}
