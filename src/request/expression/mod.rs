//! Requests as people write them: `firms & dependents(graphite) - dependents(rare-earths)`.
//!
//! A text is cut into tokens, tokens make a tree, and the tree is read as a set or a question; so
//! all faults are told in one run, each at its place. Names are not looked up here.

mod tree;
mod spelling;
mod sets;
mod questions;
mod print;

use std::ops::Range;

pub use tree::Fault;

use super::question::Request;
use super::set::Set;
pub(super) use sets::is_call_word;
pub(super) use spelling::operator_word;
use tree::tree;
pub(super) use tree::{QUOTES, quoted};

/// A name as it was typed, and where.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands in its text, in bytes.
    pub at: Range<usize>,
}

impl Name {
    /// A name that is all of a text.
    pub fn whole(text: impl Into<String>) -> Self {
        let text = text.into();
        let at = 0..text.len();
        Name { text, at }
    }
}

/// Two names are the same wherever they stand.
impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Name {}

/// Reads an expression as a request: a question such as `why(kia, india)`, or else the question who
/// or what is in a set.
///
/// # Errors
///
/// All that is wrong with it, in the order of the places.
///
/// ```
/// use hanjung::request::read_request;
///
/// let request = read_request("firms & dependents( graphite ) - dependents(\"rare earths\")").unwrap();
/// assert_eq!(request.to_string(), "firms & dependents(graphite) - dependents(rare earths)");
///
/// let faults = read_request("firms & dependants(graphite)").unwrap_err();
/// assert_eq!(faults[0].at, 8..18);
/// assert_eq!(faults[0].hint, "did you mean dependents?");
/// ```
pub fn read_request(text: &str) -> Result<Request<Set<Name>, Name>, Vec<Fault>> {
    read(text, questions::request)
}

/// Reads an expression as a set.
///
/// # Errors
///
/// All that is wrong with it, in the order of the places.
///
/// ```
/// use hanjung::request::read_set;
///
/// assert_eq!(read_set("firms&in(china)").unwrap().to_string(), "firms & in(china)");
/// assert!(read_set("count(firms)").is_err());
/// ```
pub fn read_set(text: &str) -> Result<Set<Name>, Vec<Fault>> {
    read(text, sets::set)
}

/// The names in a text, as far as it can be told in what is no whole expression.
pub(super) fn names_in(text: &str) -> Vec<Name> {
    let tree = tree(text, &mut Vec::new());
    let mut names = Vec::new();
    if let Some(tree) = tree {
        sets::names(&tree, &mut names);
    }
    names
}

/// Where a key stands in the brackets of a question.
pub(super) fn place_of_key(text: &str, key: &str) -> Option<Range<usize>> {
    let tree::Tree::Call(call) = tree(text, &mut Vec::new())? else {
        return None;
    };
    let mut keys = call.inputs.iter().filter_map(|input| input.key.as_ref());
    keys.find(|word| word.text == key)
        .map(|word| word.at.clone())
}

fn read<T>(
    text: &str,
    of: impl Fn(&tree::Tree, &mut Vec<Fault>) -> Option<T>,
) -> Result<T, Vec<Fault>> {
    let mut faults = Vec::new();
    let found = tree(text, &mut faults).and_then(|tree| of(&tree, &mut faults));
    faults.sort_by_key(|fault| fault.at.start);
    // What is read for each of several is at fault once.
    faults.dedup();
    found.filter(|_| faults.is_empty()).ok_or(faults)
}
