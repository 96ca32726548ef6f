//! What can be asked, and the one way to it. A [`Request`] is one value whether it comes from flags, a
//! sentence, an expression, JSON or a program: first its sets are texts ([`Written`]), then sets of
//! names, then, as a [`Question`], sets of what the names stand for. Names are looked up by
//! [`resolve`] and nowhere else.

mod subject;
mod set;
mod names;
mod words;
mod question;
mod map;
mod aliases;
mod expression;
mod meant;
mod resolve;
mod json_words;
mod json;

pub use expression::{Fault, Name, read_request, read_set};
pub use json::{BadRequest, REQUEST_FORMAT, RequestFile};
pub(crate) use map::Reading;
pub use names::{
    KIND_WORDS, LONGEST_NAME, Misunderstanding, Read, entity, is_subject, kinds, subject,
};
pub(crate) use question::MONTHS;
pub use question::{
    Cut, DEFAULT_CHAINS, FactFilter, FigureFilter, Filter, MOST_CHAINS, Question, Request, When,
};
pub use resolve::{
    Trouble, Troubles, Written, is_expression, kinds_of_words, named, part, read_cut, read_whole,
    resolve, resolve_expression, resolve_names, troubles, unknown_word, written,
};
pub(crate) use set::Place;
pub use set::{Dependence, Part, RoleSet, Set};
pub use subject::Subject;
