//! The words of expressions that are no names, and how they are spelt.

use crate::facts::Claim;

/// The sets that are written as a word with brackets and are no alias.
pub(super) const CALLS: [&str; 4] = ["in", "from", "dependents", "dependencies"];

/// The word for what is one fact away. As a name it stands in quotes.
pub(super) const DIRECT: &str = "direct";

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
