//! Checks facts against the documents that they cite: the passage is there, and has the fact's figures and names.

mod figures;
mod names;
mod words;

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;

use super::answer::{Answer, Given, Row};
use super::writer::Writer;
use crate::data::Documents;
use crate::facts::{
    Amount, Catalogue, Date, Entity, EntityIx, Evidence, Extent, Fact, FactIx, Field, Lang, Status, Value,
};
use crate::graph::Graph;
use crate::text::Text;
use figures::{Figure, Figures, has_digits_of};
use names::{Lexicon, Reading};

/// What a document lacks of a fact, in the order of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Problem {
    Passage,
    Figure,
    Garbled,
    Name,
    Unnamed,
}

impl Problem {
    const fn heading(self) -> &'static str {
        match self {
            Problem::Passage => "passages that are not there",
            Problem::Figure => "figures that the passage does not have",
            Problem::Garbled => "garbled forms that the passage does not have",
            Problem::Name => "entities that the passage does not name",
            Problem::Unnamed => "entities declared unnamed that the fact does not have",
        }
    }
}

/// Checks every piece of evidence that cites a passage: the passage must be in the documents, and have each figure of the fact, or a broken
/// form that the evidence declares, and a name of each entity of the fact, but for those that the evidence declares unnamed.
/// What a curator infers need only have its passage. Of dates, only the year that something is to be done by is checked, and only where the
/// document can't call it this year or the next.
///
/// Rows are misses, each with its fact. Takes time in proportion to the evidence, and to the cited text.
///
/// ```
/// use hanjung::data::{DocumentText, Documents, load_texts};
/// use hanjung::facts::Lang;
/// use hanjung::query::verify;
///
/// let facts = r#"[
///     Document(id: "notes", title: "Notes", publisher: "A reader", date: "2026"),
///     Economy(id: "china", en: "China"), Material(id: "gallium", en: "gallium"),
///     Produces(by: "china", good: "gallium", world_share: About(0.9), evidence: [Reported(doc: "notes", at: "p1")]),
/// ]"#;
/// let (catalogue, graph) = load_texts([("facts.ron", facts)])?;
/// let misses = |passage: &str| {
///     let documents: Documents = [("notes", DocumentText::parse(passage))].into_iter().collect();
///     verify(&catalogue, &graph, &documents, Lang::En).rows.len()
/// };
/// assert_eq!(misses("[p1] Some 90 percent of all gallium is Chinese."), 0);
/// assert_eq!(misses("[p1] Some 80 percent of all gallium is Chinese."), 1);
/// assert_eq!(misses("[p2] Some 90 percent of all gallium is Chinese."), 1);
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn verify(catalogue: &Catalogue, graph: &Graph, documents: &Documents, lang: Lang) -> Answer {
    let mut verifier = Verifier::new(catalogue, documents);
    for (ix, fact) in catalogue.facts_with_index() {
        for evidence in &fact.evidence {
            verifier.check(ix, fact, evidence);
        }
    }
    verifier.misses.sort_by_key(|miss| miss.problem);
    answer(Writer::new(catalogue, graph, lang), documents, verifier)
}

struct Verifier<'c> {
    catalogue: &'c Catalogue,
    documents: &'c Documents,
    lexicon: Lexicon,
    /// Passages that were read already, by document and label.
    read: HashMap<(&'c str, &'c str), (Reading, Figures)>,
    misses: Vec<Miss>,
    checked: usize,
    /// Documents that facts cite and the folder does not have.
    absent: BTreeSet<&'c str>,
}

struct Miss {
    problem: Problem,
    fact: FactIx,
    words: String,
}

impl<'c> Verifier<'c> {
    fn new(catalogue: &'c Catalogue, documents: &'c Documents) -> Self {
        Verifier {
            catalogue,
            documents,
            lexicon: Lexicon::new(catalogue),
            read: HashMap::new(),
            misses: Vec::new(),
            checked: 0,
            absent: BTreeSet::new(),
        }
    }

    fn check(&mut self, ix: FactIx, fact: &'c Fact, evidence: &'c Evidence) {
        let Some((document, label)) = &evidence.cited else { return };
        let id = self.catalogue[*document].id.as_str();
        let Some(text) = self.documents.get(id) else {
            self.absent.insert(id);
            return;
        };
        self.checked += 1;
        let found = match text.passages.get(label.as_str()) {
            None => vec![(Problem::Passage, "there is no passage".to_owned())],
            Some(_) if evidence.status == Status::InferredByCurator => Vec::new(),
            Some(passage) => {
                let read = || (self.lexicon.read(passage), Figures::read(passage));
                let (reading, figures) = self.read.entry((id, label)).or_insert_with(read);
                let mut found = figure_misses(fact, evidence, figures, self.catalogue[*document].date);
                found.extend(garbled_misses(evidence, passage));
                found.extend(name_misses(self.catalogue, fact, evidence, |entity| self.lexicon.names(reading, entity)));
                found
            }
        };
        let at = self.catalogue.describe(fact.position);
        let miss = |(problem, words)| Miss { problem, fact: ix, words: format!("{at}: {words} {id} {label}") };
        self.misses.extend(found.into_iter().map(miss));
    }
}

/// What a passage lacks, in words that the passage is to follow.
type Found = (Problem, String);

fn figure_misses(fact: &Fact, evidence: &Evidence, figures: &Figures, written: Option<Date>) -> Vec<Found> {
    let year = missing_year(fact, written, figures).map(|year| format!("the year {year}"));
    let missing = missing_figures(fact, evidence, figures).into_iter().map(|figure| in_words(&figure)).chain(year);
    missing.map(|figure| (Problem::Figure, format!("looked for {figure} in"))).collect()
}

fn garbled_misses(evidence: &Evidence, passage: &str) -> Vec<Found> {
    let missing = evidence.garbled.iter().filter(|form| !passage.contains(form.as_str()));
    missing.map(|form| (Problem::Garbled, format!("looked for the garbled form “{form}” in"))).collect()
}

fn name_misses(
    catalogue: &Catalogue,
    fact: &Fact,
    evidence: &Evidence,
    is_named: impl Fn(EntityIx) -> bool,
) -> Vec<Found> {
    let wanted: BTreeSet<EntityIx> = fact.entities().chain(evidence.by).collect();
    let missing = wanted.iter().filter(|&&entity| !evidence.unnamed.contains(&entity) && !is_named(entity));
    let missing = missing.map(|&entity| {
        let Entity { id, en, .. } = &catalogue[entity];
        (Problem::Name, format!("looked for {en} ({id}) in"))
    });
    let needless = evidence.unnamed.iter().filter(|entity| !wanted.contains(entity));
    let needless =
        needless.map(|&entity| (Problem::Unnamed, format!("{} is declared unnamed in", catalogue[entity].id)));
    missing.chain(needless).collect()
}

/// The figures of a fact that a passage does not have, broken forms counted.
fn missing_figures(fact: &Fact, evidence: &Evidence, figures: &Figures) -> Vec<Figure> {
    let forms: Vec<&str> = evidence.garbled.iter().map(Text::as_str).collect();
    let is_missing = |figure: &Figure| !figures.have(figure) && !has_digits_of(&forms, figure);
    let is_change = matches!(fact.value(Field::Measure), Some(Value::Text(measure)) if measure.contains("change"));
    fact.values.iter().flat_map(|(_, value)| figures_of(value, is_change)).filter(is_missing).collect()
}

/// The year that something is to be done by, if the passage does not have it. The year of the document and the next go by other names.
fn missing_year(fact: &Fact, written: Option<Date>, figures: &Figures) -> Option<u16> {
    let Some(Value::Date(date)) = fact.value(Field::ByWhen) else { return None };
    let (year, written) = (date.first_day().0, written?.first_day().0);
    (year > written + 1 && !figures.have_year(year)).then_some(year)
}

fn figures_of(value: &Value, is_change: bool) -> Vec<Figure> {
    let figure = |number, unit: &str| Figure { number, unit: unit.to_owned(), is_change };
    match value {
        // A share of 0.197 is written 19.7, whatever binary fractions make of it.
        Value::Share(share) => share.numbers().map(|n| figure((n * 1e8).round() / 1e6, "%")).collect(),
        Value::Amount(amount) => amount.number.numbers().map(|n| figure(n, &amount.unit)).collect(),
        _ => Vec::new(),
    }
}

fn in_words(figure: &Figure) -> String {
    Amount { number: Extent::Exactly(figure.number), unit: figure.unit.clone() }.to_string()
}

fn answer(mut writer: Writer, documents: &Documents, verifier: Verifier) -> Answer {
    for miss in &verifier.misses {
        let reading = writer.fact(miss.fact, false);
        writer.push(Row {
            group: miss.problem.heading(),
            facts: vec![reading],
            remarks: vec![miss.words.clone()],
            ..Row::default()
        });
    }
    let ids = documents.iter().map(|(id, _)| id.to_owned()).collect();
    let given = IndexMap::from([("documents", Given::Words(ids))]);
    let title = "Facts checked against their documents".to_owned();
    let mut answer = writer.finish("verify", given, title, &method(&verifier));
    let all_found = "Every passage is there, with the figures and names of its facts.";
    answer.empty_means = (verifier.checked > 0).then_some(all_found);
    answer
}

fn method(verifier: &Verifier) -> String {
    let checked = match verifier.checked {
        1 => "1 piece".to_owned(),
        count => format!("{count} pieces"),
    };
    let mut words =
        format!("{checked} of evidence checked for passages, figures and names; of dates, only years to come.");
    if !verifier.absent.is_empty() {
        let absent: Vec<&str> = verifier.absent.iter().copied().collect();
        words += &format!(" Not in the folder: {}.", absent.join(", "));
    }
    words
}
