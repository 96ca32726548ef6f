//! The nearest right word to a wrong one.

/// Letters beyond which a word is nobody's slip.
const LONGEST: usize = 200;

/// The candidates nearest to a word, best first, at most `most`; none that are too far off to be
/// meant, and none for a word that is longer than any name.
///
/// Costs one edit distance for each candidate.
///
/// ```
/// use hanjung::facts::nearest;
///
/// assert_eq!(nearest("galium", ["graphite", "gallium"], 3), ["gallium"]);
/// assert!(nearest("unobtainium", ["graphite", "gallium"], 3).is_empty());
/// ```
pub fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    most: usize,
) -> Vec<&'c str> {
    let length = word.chars().count();
    if length > LONGEST {
        return Vec::new();
    }
    let within = (length / 3).max(1);
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= within)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|&(distance, _)| distance <= within)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
        .into_iter()
        .take(most)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// The number of letters to add, drop, change or swap to turn one word into the other, case aside.
pub fn distance(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(&a.to_lowercase(), &b.to_lowercase())
}

/// A hint that names the nearest right word, if one is near.
pub(super) fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    nearest(word, candidates, 1)
        .first()
        .map(|right| format!("did you mean `{right}`?"))
}
