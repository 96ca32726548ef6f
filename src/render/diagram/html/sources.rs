//! The documents that a page cites, numbered as in the diagram; those that only the table cites
//! follow.

use super::super::draft::source_text;
use super::super::picture::{CitedDocument, Picture};
use super::super::xml::escaped;
use crate::query::{Answer, FactView};
use crate::render::lines::citation;

/// The numbered documents of a page.
pub(super) struct CitedDocuments<'a> {
    answer: &'a Answer,
    list: Vec<CitedDocument>,
}

impl<'a> CitedDocuments<'a> {
    pub fn new(answer: &'a Answer, picture: &Picture) -> Self {
        let mut sources = CitedDocuments {
            answer,
            list: picture.sources.clone(),
        };
        for id in answer.documents.keys() {
            if sources.number(id).is_none() {
                sources.add(id);
            }
        }
        sources
    }

    fn add(&mut self, id: &str) {
        let number = self.list.len() + 1;
        let mut passages: Vec<String> = Vec::new();
        for evidence in self.answer.facts.values().flat_map(|fact| &fact.evidence) {
            let is_here = evidence.document.as_deref() == Some(id);
            passages.extend(
                evidence
                    .passage
                    .iter()
                    .filter(|passage| is_here && !passages.contains(passage))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
        self.list.push(CitedDocument {
            number,
            document: id.to_owned(),
            text: source_text(self.answer, id),
            passages,
        });
    }

    /// The number of a document.
    pub fn number(&self, document: &str) -> Option<usize> {
        self.list
            .iter()
            .find(|source| source.document == document)
            .map(|source| source.number)
    }

    /// The documents in order, each with its number and its words.
    pub fn iter(&self) -> impl Iterator<Item = &CitedDocument> {
        self.list.iter()
    }

    /// What to know of a document's reliability.
    pub fn care(&self, document: &str) -> Option<&str> {
        self.answer.documents.get(document)?.care.as_deref()
    }

    /// Where a fact is from, with the numbers of its documents.
    pub fn cite(&self, fact: &FactView) -> String {
        let documents = fact
            .evidence
            .iter()
            .filter_map(|evidence| evidence.document.as_deref());
        let mut numbers: Vec<usize> = documents
            .filter_map(|document| self.number(document))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let links = numbers
            .iter()
            .map(|number| format!(" <a href=\"#source-{number}\">[{number}]</a>"));
        format!(
            "<span class=\"cite\">{}{}</span>",
            escaped(&citation(fact)),
            links.collect::<String>()
        )
    }

    /// The list at the foot of the page.
    pub fn list(&self) -> String {
        self.list.iter().map(|source| self.entry(source)).collect()
    }

    fn entry(
        &self,
        CitedDocument {
            number,
            document,
            text,
            passages,
        }: &CitedDocument,
    ) -> String {
        let passages = if passages.is_empty() {
            String::new()
        } else {
            format!(" Cited: {}.", passages.join(", "))
        };
        let care = self
            .care(document)
            .map(|care| format!(" <em>{}</em>", escaped(care)))
            .unwrap_or_default();
        format!(
            "<li id=\"source-{number}\" value=\"{number}\"><bdi>{}</bdi>. <code>{}</code>.{}{care}</li>\n",
            escaped(text.trim_end_matches('.')),
            escaped(document),
            escaped(&passages)
        )
    }
}
