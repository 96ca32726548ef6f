//! Answers. [`answer()`] answers a [`Question`]; an [`Answer`] is owned, sorted data that knows no
//! format.

mod answer;
mod writer;
mod territory;
mod dependence;
mod shock;
mod elsewhere;
mod losses;
mod derivation;
mod exposure;
mod chokepoints;
mod network;
mod relation;
mod listing;
mod figures;
mod chronicle;
mod verify;
mod instead;

pub use answer::{
    Alternative, Answer, Asked, Cause, Coverage, CutView, Derivation, DocumentView, EntityView,
    EvidenceView, FactView, Given, Instead, InsteadSort, NamesView, NodeView, ReadingView, Row,
    Step, Term,
};
pub use figures::measure;
pub use verify::verify;

use crate::data::{Parts, World};
use crate::facts::Lang;
use crate::request::Question;
use dependence::Side;
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
/// use hanjung::request::{Filter, Question, Subject};
///
/// let world = World::built_in()?;
/// let of = Subject::Entity(world.entity("graphite").unwrap());
/// let question = Question::Dependents { of, filter: Filter::default(), follow: Follow::default() };
/// let answer = answer(&world, &question, Lang::En);
/// assert!(answer.rows.iter().any(|row| row.entity.as_ref().is_some_and(|entity| entity.id == "ev-battery")));
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn answer(world: &World, question: &Question, lang: Lang) -> Answer {
    let Parts { catalogue, graph } = world.parts();
    answered(
        Writer::new(catalogue, graph, lang).asked(question),
        question,
    )
}

impl World {
    /// Answers a question, with names in a language: [`answer()`] as a method.
    pub fn answer(&self, question: &Question, lang: Lang) -> Answer {
        answer(self, question, lang)
    }
}

fn answered(writer: Writer, question: &Question) -> Answer {
    match question {
        Question::Dependents { of, filter, follow } => {
            dependence::dependence(writer, Side::Dependents, *of, filter, follow)
        }
        Question::Dependencies { of, filter, follow } => {
            dependence::dependence(writer, Side::Dependencies, *of, filter, follow)
        }
        Question::Why {
            from,
            to,
            follow,
            most,
        } => dependence::why(writer, *from, *to, follow, *most),
        Question::Exposure { of, to, follow } => exposure::exposure(writer, *of, *to, follow),
        Question::Exposed { to, filter, follow } => exposure::exposed(writer, *to, filter, follow),
        Question::Exposures { of, filter, follow } => {
            exposure::exposures(writer, *of, filter, follow)
        }
        Question::WhatIf {
            cuts,
            filter,
            follow,
        } => losses::what_if(writer, cuts, filter, follow),
        Question::Explain { cuts, of, follow } => derivation::explain(writer, cuts, *of, follow),
        Question::Chokepoints { of, filter, follow } => {
            chokepoints::chokepoints(writer, *of, filter, follow)
        }
        Question::Stoppers { of, follow } => chokepoints::stoppers(writer, *of, follow),
        Question::Sector {
            entity,
            within,
            from,
        } => network::sector(writer, *entity, *within, *from),
        Question::Overview => network::overview(writer),
        Question::Show { entity } => listing::show(writer, *entity),
        Question::List {
            kinds,
            within,
            from,
        } => listing::list(writer, kinds, *within, *from),
        Question::Find { text } => listing::find(writer, text),
        Question::Documents => listing::documents(writer),
        Question::Facts(filter) => listing::facts(writer, filter),
        Question::Figures(filter) => figures::figures(writer, filter),
        Question::Conflicts => chronicle::conflicts(writer),
        Question::Timeline { entity } => chronicle::timeline(writer, *entity),
        Question::Plans { entity } => chronicle::plans(writer, *entity),
        Question::Coverage => chronicle::coverage(writer),
    }
}
