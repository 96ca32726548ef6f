//! What was perhaps meant by a name that nothing bears, or by marks that belong to a name.

use std::ops::Range;

use super::expression::{is_call_word, operator_word};
use super::names::{is_subject, kinds};
use crate::facts::{Catalogue, Names};

/// What should be written for a text that was read as a name and is none: words where expressions
/// have operators or brackets.
pub(super) fn meant(catalogue: &Catalogue, names: &Names, text: &str) -> Option<String> {
    let is_known = |text: &str| kinds(text).is_some() || is_subject(catalogue, names, text);
    if is_call_word(text) {
        return Some(format!(
            "write {text}(…) with what it is asked of in the brackets"
        ));
    }
    if let Some(kind) = kind_elsewhere(text) {
        return Some(format!("kinds of things are English words: write {kind}"));
    }
    if let Some(not) = negated(text).filter(|not| is_known(not)) {
        return Some(format!("write a - {not} for what is in a and not in {not}"));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let cut = |at: usize| (words[..at].join(" "), words[at], words[at + 1..].join(" "));
    let mut cuts = (0..words.len()).map(cut);
    let hint = cuts.find_map(|(before, word, behind)| joined(&before, word, &behind, is_known))?;
    Some(format!("write {hint}"))
}

/// What is behind a `not` or `!`.
fn negated(text: &str) -> Option<&str> {
    let (word, behind) = text.split_once(' ').unwrap_or((text, ""));
    match operator_word(word) {
        Some("-") => Some(behind.trim()),
        _ => text.strip_prefix('!'),
    }
}

/// An expression for words around one that was perhaps meant to join them.
fn joined(
    before: &str,
    word: &str,
    behind: &str,
    is_known: impl Fn(&str) -> bool,
) -> Option<String> {
    if let Some(name) = word.strip_prefix('-')
        && !name.is_empty()
        && is_known(before)
    {
        return Some(format!("{before} - {name} {behind}").trim_end().to_owned());
    }
    let behind = behind.strip_prefix("of ").unwrap_or(behind);
    if is_call_word(word) && is_known(behind) {
        return match before {
            "" => Some(format!("{word}({behind})")),
            _ if kinds(before).is_some() => Some(format!("{before} & {word}({behind})")),
            _ => None,
        };
    }
    let mark = operator_word(word)?;
    let is_joined = !before.is_empty() && !behind.is_empty();
    (is_joined && (is_known(before) || is_known(behind)))
        .then(|| format!("{before} {mark} {behind}"))
}

/// Words for kinds in the languages of the names.
const KINDS_ELSEWHERE: [(&str, &[&str]); 12] = [
    ("firms", &["기업", "회사", "企业", "公司"]),
    ("groups", &["그룹", "집단", "集团"]),
    ("organisations", &["기관", "조직", "机构", "组织"]),
    ("materials", &["소재", "광물", "원료", "材料", "矿物"]),
    ("products", &["제품", "产品"]),
    ("technologies", &["기술", "技术"]),
    ("plants", &["공장", "工厂"]),
    ("economies", &["국가", "나라", "国家"]),
    ("places", &["지역", "도시", "地区", "城市"]),
    ("policies", &["정책", "政策"]),
    ("people", &["사람", "인물", "人物"]),
    ("sectors", &["산업", "产业", "行业"]),
];

fn kind_elsewhere(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let row = KINDS_ELSEWHERE
        .iter()
        .find(|(_, words)| words.contains(&text));
    row.map(|(kind, _)| *kind)
}

/// Where in a text the name of something stands that holds marks, around a place.
pub(super) fn name_around(
    catalogue: &Catalogue,
    text: &str,
    at: &Range<usize>,
) -> Option<Range<usize>> {
    let text = text.to_ascii_lowercase();
    let names = catalogue.entities().flat_map(|entity| entity.every_name());
    let marked = names.filter(|name| name.contains(['&', '|', '(', ')', ',', ';', '=', '"']));
    let places = marked.flat_map(|name| places_of(&name.to_ascii_lowercase(), &text));
    let is_around = |place: &Range<usize>| place.start <= at.start && at.end <= place.end;
    places.filter(is_around).max_by_key(Range::len)
}

fn places_of(name: &str, text: &str) -> Vec<Range<usize>> {
    let begins = text.match_indices(name).map(|(begin, _)| begin);
    begins.map(|begin| begin..begin + name.len()).collect()
}
