//! What can be asked. A [`Question`] is a value with everything in it looked up; names become what it
//! is about here, and nowhere else.

mod question;
mod names;

pub use names::{
    KIND_WORDS, LONGEST_NAME, Misunderstanding, Read, entity, is_subject, kinds, subject,
};
pub(crate) use question::MONTHS;
pub use question::{
    Cut, DEFAULT_CHAINS, FactFilter, FigureFilter, Filter, MOST_CHAINS, Question, Subject, When,
};
