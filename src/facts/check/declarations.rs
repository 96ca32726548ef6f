//! Checks on what documents and entities declare: ids and names.

use std::collections::{HashMap, HashSet};

use super::Draft;
use super::texts::unseen_in_word;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::names::name_key;
use crate::facts::record::{Record, Word};
use crate::facts::value::is_kebab_case;
use crate::facts::vocabulary::Field;
use crate::text::Place;

pub(super) fn ids_are_kebab_case(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for word in draft
        .records
        .iter()
        .filter_map(|record| record.word(Field::Id))
    {
        if !is_kebab_case(&word.text) {
            let fault = Diagnostic::new(
                Code::MalformedId,
                format!("`{}` is not a kebab-case id", word.text),
            )
            .at(
                word.place,
                "small letters and digits, single hyphens between",
            )
            .hint_if(kebab_case(&word.text).map(|id| format!("write `{id}`")));
            found.push(fault);
        }
    }
}

fn kebab_case(text: &str) -> Option<String> {
    let words: Vec<_> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let id = words.join("-").to_ascii_lowercase();
    is_kebab_case(&id).then_some(id)
}

pub(super) fn ids_are_declared_once(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for record in draft.records {
        let Some(word) = record.word(Field::Id) else {
            continue;
        };
        let first = draft.declared[word.text.as_ref()];
        if !std::ptr::eq(first, record) {
            let fault = Diagnostic::new(
                Code::DuplicateId,
                format!("`{}` is declared twice", word.text),
            )
            .at(word.place, "again here")
            .at(
                first.word(Field::Id).map_or(first.place, |word| word.place),
                "first here",
            )
            .hint("merge the two, or give one of them another id");
            found.push(fault);
        }
    }
}

/// The names and aliases that an entity claims.
fn names<'r, 'a>(record: &'r Record<'a>) -> impl Iterator<Item = &'r Word<'a>> {
    let names = [Field::En, Field::Ko, Field::Zh]
        .into_iter()
        .filter_map(|field| record.word(field));
    names.chain(record.words(Field::Aliases))
}

pub(super) fn names_are_clean(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for word in draft.entities().flat_map(names) {
        if let Some((problem, place)) = name_problem(word) {
            let fault = Diagnostic::new(Code::MalformedName, format!("a name {problem}"));
            found.push(fault.at(place, "").hint("write the name as it is read"));
        }
    }
}

fn name_problem(word: &Word) -> Option<(String, Place)> {
    if let Some((what, place)) = unseen_in_word(word) {
        return Some((format!("has {what}"), place));
    }
    let problem = if word.text.trim().is_empty() {
        "is empty"
    } else if word.text.trim() != word.text {
        "begins or ends with a space"
    } else if name_key(&word.text).is_empty() {
        "has neither letters nor digits"
    } else {
        return None;
    };
    Some((problem.to_owned(), word.place))
}

pub(super) fn names_are_claimed_once(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let mut claimed: HashMap<String, (&Record, &Word)> =
        HashMap::with_capacity(draft.records.len() * 3);
    for record in draft.entities() {
        let mut clashing: HashSet<String> = HashSet::new();
        for word in record.word(Field::Id).into_iter().chain(names(record)) {
            let key = name_key(&word.text);
            if key.is_empty() || clashing.contains(&key) {
                continue;
            }
            match claimed.get(&key) {
                Some((first, first_word)) if first.text(Field::Id) != record.text(Field::Id) => {
                    found.push(name_clash(word, first_word, first));
                    clashing.insert(key);
                }
                Some(_) => {}
                None => drop(claimed.insert(key, (record, word))),
            }
        }
    }
}

fn name_clash(word: &Word, first_word: &Word, first: &Record) -> Diagnostic {
    let owner = first.text(Field::Id).unwrap_or("another entity");
    Diagnostic::new(
        Code::NameClash,
        format!("the name `{}` belongs to `{owner}` already", word.text),
    )
    .at(word.place, "claimed here")
    .at(first_word.place, "and here")
    .hint("a name means one entity: case, plural and hyphens do not tell names apart")
}
