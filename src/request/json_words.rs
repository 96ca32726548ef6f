//! What the reader of JSON says is wrong, in the words of those who write requests.

use crate::facts::nearest;

/// What a message means, and what to do about it where that can be told.
pub(super) fn plainly(message: &str) -> (String, Option<String>) {
    for (begin, said) in OF_A_WORD {
        if let Some((word, known)) = word_behind(message, begin) {
            return (said.replace("{}", word), hint(word, &known));
        }
    }
    let stands = ["invalid type: ", "invalid value: ", "invalid length "];
    let stands = stands.iter().find_map(|begin| message.strip_prefix(begin));
    if let Some((found, wanted)) = stands.and_then(|rest| rest.split_once(", expected ")) {
        let message = format!("{} can’t stand here", found_in_words(found));
        return (message, Some(format!("write {}", wanted_in_words(wanted))));
    }
    let row = OF_SYNTAX
        .iter()
        .find(|(begin, _)| message.starts_with(begin));
    (row.map_or(message, |(_, said)| said).to_owned(), None)
}

/// How messages about a word begin, and what they say of it.
const OF_A_WORD: [(&str, &str); 4] = [
    ("unknown variant ", "no question is called “{}”"),
    ("unknown field ", "there is no field “{}” here"),
    ("missing field ", "the field “{}” is missing"),
    ("duplicate field ", "the field “{}” stands here twice"),
];

/// How messages about torn JSON begin, and what they mean.
const OF_SYNTAX: [(&str, &str); 7] = [
    ("EOF", "it ends before it is whole"),
    ("trailing characters", "something stands behind its end"),
    (
        "trailing comma",
        "a comma stands here with nothing behind it",
    ),
    ("recursion limit", "brackets lie too deep here"),
    ("number out of range", "this number is too large"),
    ("key must be", "a word in quotes is wanted before the colon"),
    ("expected", "this is no JSON here"),
];

/// The word in the first backticks behind a beginning, and those in the others.
fn word_behind<'m>(message: &'m str, begin: &str) -> Option<(&'m str, Vec<&'m str>)> {
    let mut parts = message.strip_prefix(begin)?.split('`').skip(1).step_by(2);
    let word = parts.next()?;
    Some((word, parts.collect()))
}

fn hint(word: &str, known: &[&str]) -> Option<String> {
    match nearest(word, known.iter().copied(), 1).first() {
        Some(near) => Some(format!("did you mean \"{near}\"?")),
        None if known.is_empty() => None,
        None if known.len() > MOST_WORDS => None,
        None => Some(format!("try {}", known.join(", "))),
    }
}

/// The most words that are worth reading.
const MOST_WORDS: usize = 12;

/// What was found: `string "1"`, `map`.
fn found_in_words(found: &str) -> String {
    if found.parse::<usize>().is_ok() {
        return format!("a list of {found}");
    }
    let row = FOUND.iter().find(|(begin, _)| found.starts_with(begin));
    let Some((begin, said)) = row else {
        return found.replace('`', "");
    };
    let value = found[begin.len()..].replace('`', "");
    said.replace("{}", value.trim())
}

const FOUND: [(&str, &str); 7] = [
    ("string", "the text {}"),
    ("integer", "the number {}"),
    ("floating point", "the number {}"),
    ("boolean", "{}"),
    ("map", "an object in { }"),
    ("sequence", "a list in [ ]"),
    ("unit", "null"),
];

fn wanted_in_words(wanted: &str) -> &str {
    let row = WANTED.iter().find(|(begin, _)| wanted.starts_with(begin));
    row.map_or("what docs/query.md tells", |(_, said)| said)
}

const WANTED: [(&str, &str); 11] = [
    (
        "a string",
        "a text in quotes; a set is an expression, such as \"kia | hyundai\"",
    ),
    ("struct", "an object in { }"),
    ("u32", "a whole number, without quotes"),
    ("usize", "a whole number, without quotes"),
    ("f64", "a number, without quotes"),
    ("unit", "the word of this question alone, without { }"),
    ("a sequence", "a list in [ ]"),
    ("a tuple", "a list of two in [ ]: [\"by\", \"kia\"]"),
    ("a boolean", "true or false, without quotes"),
    ("a map", "an object in { }"),
    (
        "string or map",
        "a question: a word in quotes, or an object in { }",
    ),
];
