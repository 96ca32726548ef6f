//! The words of expressions that are no names, and how they are spelt.

use crate::facts::Claim;

/// The sets that are written as a word with brackets and are no alias.
pub(super) const CALLS: [&str; 4] = ["in", "from", "dependents", "dependencies"];

/// The word for what is one fact away. As a name it stands in quotes.
pub(super) const DIRECT: &str = "direct";

/// The word by which facts about kinds of what is asked about count too.
pub(super) const WITH_KINDS: &str = "kinds";

/// The keys that take words or numbers; all others take sets.
pub(super) const WORD_KEYS: [&str; 11] = [
    "kind", "depth", "limit", "include", "claim", "ask", "status", "measure", "words", "document",
    "period",
];

/// The keys of questions that take sets, beside those for roles and fields.
pub(super) const SET_KEYS: [&str; 3] = ["through", "explain", "entity"];

/// The words of the questions. `dependents` and `dependencies` are questions where they stand by
/// themselves, and sets anywhere else.
pub(super) const QUESTIONS: [&str; 22] = [
    "count",
    "compare",
    "dependents",
    "dependencies",
    "why",
    "exposure",
    "what_if",
    "chokepoints",
    "stoppers",
    "sector",
    "overview",
    "show",
    "list",
    "find",
    "documents",
    "facts",
    "figures",
    "conflicts",
    "timeline",
    "plans",
    "coverage",
    "select",
];

/// Words and signs that people write for the operators, and the operators.
const OPERATOR_WORDS: [(&str, &str); 12] = [
    ("and", "&"),
    ("with", "&"),
    ("or", "|"),
    ("+", "|"),
    ("plus", "|"),
    ("not", "-"),
    ("without", "-"),
    ("except", "-"),
    ("minus", "-"),
    ("–", "-"),
    ("—", "-"),
    ("−", "-"),
];

/// The operator that a word was perhaps meant for.
pub(crate) fn operator_word(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let row = OPERATOR_WORDS.iter().find(|(it, _)| *it == word);
    row.map(|(_, mark)| *mark)
}

/// The word of a claim in expressions: `member-of`.
pub(super) fn claim_word(claim: Claim) -> String {
    let mut word = String::new();
    for letter in claim.word().chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

/// The claim that a word means, however it is spelt.
pub(super) fn claim_of(word: &str) -> Option<Claim> {
    let is_it =
        |claim: &&Claim| claim_word(**claim) == word || claim.word().eq_ignore_ascii_case(word);
    Claim::ALL.iter().find(is_it).copied()
}
