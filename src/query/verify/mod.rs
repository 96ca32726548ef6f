//! Checks facts against the documents that they cite: the passage is there, has the fact's figures,
//! names and times, and does not have seller and buyer the other way round.

mod doubts;
mod figures;
mod names;
mod orders;
mod times;
mod words;

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;

use super::answer::{Answer, Given, Row};
use super::writer::Writer;
use crate::data::{Documents, Parts, World};
use crate::facts::{
    Amount, Catalogue, Entity, EntityIx, Evidence, Extent, Fact, FactIx, Field, Lang, Status, Value,
};
use crate::text::Text;
use doubts::{Doubt, Piece, doubts, trade_of};
use figures::{Figure, Figures, has_digits_of};
use names::{Lexicon, ReadPassage};
use orders::{Order, orders};
use times::{Times, WritingTime};

/// What a document lacks of a fact, in the order of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Problem {
    Passage,
    Figure,
    Garbled,
    Name,
    Unnamed,
    Time,
    Direction,
    Read,
}

impl Problem {
    const fn heading(self) -> &'static str {
        match self {
            Problem::Passage => "passages that are not there",
            Problem::Figure => "figures that the passage does not have",
            Problem::Garbled => "garbled forms that the passage does not have",
            Problem::Name => "entities that the passage does not name",
            Problem::Unnamed => "entities declared unnamed without need",
            Problem::Time => "times that the passage does not give",
            Problem::Direction => "sellers and buyers that the passage has the other way round",
            Problem::Read => "declarations that nothing needs",
        }
    }
}

/// Checks every piece of evidence that cites a passage: the passage must be in the documents, and
/// have each figure of the fact, or a broken form that the evidence declares, and a name of each
/// entity of the fact, but for those that the evidence declares unnamed. Each time of the fact must
/// stand in one of its passages or follow from it, and no passage may have seller and buyer the
/// other way round, but for what the evidence declares read. What a curator infers need only have
/// its passage.
///
/// Rows are misses, each with its fact. Takes time in proportion to the evidence, and to the cited
/// text.
///
/// ```
/// use hanjung::data::{DocumentText, Documents, World};
/// use hanjung::facts::Lang;
/// use hanjung::query::verify;
///
/// let facts = r#"[
///     Document(id: "notes", title: "Notes", publisher: "A reader", date: "2026"),
///     Economy(id: "china", en: "China"), Material(id: "gallium", en: "gallium"),
///     Produces(by: "china", good: "gallium", world_share: About(0.9), evidence: [Reported(doc: "notes", at: "p1")]),
/// ]"#;
/// let world = World::of_texts([("facts.ron", facts)])?;
/// let misses = |passage: &str| {
///     let documents: Documents = [("notes", DocumentText::parse(passage))].into_iter().collect();
///     verify(&world, &documents, Lang::En).rows.len()
/// };
/// assert_eq!(misses("[p1] Some 90 percent of all gallium is Chinese."), 0);
/// assert_eq!(misses("[p1] Some 80 percent of all gallium is Chinese."), 1);
/// assert_eq!(misses("[p2] Some 90 percent of all gallium is Chinese."), 1);
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn verify(world: &World, documents: &Documents, lang: Lang) -> Answer {
    let Parts { catalogue, graph } = world.parts();
    let mut verifier = Verifier::new(catalogue, documents);
    for (ix, fact) in catalogue.facts_with_index() {
        for evidence in &fact.evidence {
            verifier.check(ix, fact, evidence);
        }
        verifier.check_together(ix, fact);
    }
    verifier.misses.sort_by_key(|miss| miss.problem);
    answer(Writer::new(catalogue, graph, lang), documents, verifier)
}

struct Verifier<'c> {
    catalogue: &'c Catalogue,
    documents: &'c Documents,
    lexicon: Lexicon,
    /// Passages that were read already, by document and label.
    read: HashMap<(&'c str, &'c str), Passage>,
    misses: Vec<Miss>,
    checked: usize,
    /// Documents that facts cite and the folder does not have.
    absent: BTreeSet<&'c str>,
}

/// A passage, read for all that is looked for in it.
struct Passage {
    reading: ReadPassage,
    figures: Figures,
    times: Times,
    orders: Vec<Order>,
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
        let Some((document, label)) = &evidence.cited else {
            return;
        };
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
                let written = WritingTime::of(&self.catalogue[*document]);
                let read = || Passage::read(passage, &self.lexicon, self.catalogue, written);
                let Passage {
                    reading, figures, ..
                } = self.read.entry((id, label)).or_insert_with(read);
                let mut found = figure_misses(fact, evidence, figures);
                found.extend(garbled_misses(evidence, passage));
                found.extend(name_misses(self.catalogue, fact, evidence, |entity| {
                    self.lexicon.names(reading, entity)
                }));
                found
            }
        };
        let at = self.catalogue.describe(fact.position);
        let miss = |(problem, words)| Miss {
            problem,
            fact: ix,
            words: format!("{at}: {words} {id} {label}"),
        };
        self.misses.extend(found.into_iter().map(miss));
    }

    /// Checks what the passages of a fact say together: nothing can be said where one of them is
    /// not there.
    fn check_together(&mut self, ix: FactIx, fact: &'c Fact) {
        let cited = fact
            .evidence
            .iter()
            .filter(|evidence| evidence.status != Status::InferredByCurator);
        let places: Vec<_> = cited
            .filter_map(|evidence| Some((evidence, self.place(evidence)?)))
            .collect();
        let pieces = places
            .iter()
            .map(|(evidence, place)| self.read.get(place).map(|passage| passage.piece(evidence)));
        let Some(pieces) = pieces.collect::<Option<Vec<Piece>>>() else {
            return;
        };
        let places: Vec<String> = places
            .iter()
            .map(|(_, (id, label))| format!("{id} {label}"))
            .collect();
        let (doubts, needless) = doubts(fact, &pieces);
        let doubts = doubts
            .into_iter()
            .map(|doubt| doubt_in_words(self.catalogue, fact, doubt, &places));
        let needless = needless.into_iter().map(|(piece, words)| {
            (
                Problem::Read,
                format!(
                    "“{words}” is declared read, but nothing there needs it: {}",
                    places[piece]
                ),
            )
        });
        let found: Vec<Lack> = doubts.chain(needless).collect();
        let at = self.catalogue.describe(fact.position);
        let miss = |(problem, words)| Miss {
            problem,
            fact: ix,
            words: format!("{at}: {words}"),
        };
        self.misses.extend(found.into_iter().map(miss));
    }

    /// The document and label of a passage.
    fn place(&self, evidence: &'c Evidence) -> Option<(&'c str, &'c str)> {
        let (document, label) = evidence.cited.as_ref()?;
        Some((self.catalogue[*document].id.as_str(), label.as_str()))
    }
}

impl Passage {
    fn read(text: &str, lexicon: &Lexicon, catalogue: &Catalogue, written: WritingTime) -> Self {
        let reading = lexicon.read(text);
        let orders = orders(&reading, catalogue);
        Passage {
            reading,
            figures: Figures::read(text),
            times: Times::read(text, written),
            orders,
        }
    }

    fn piece<'p>(&'p self, evidence: &'p Evidence) -> Piece<'p> {
        Piece {
            evidence,
            times: &self.times,
            orders: &self.orders,
        }
    }
}

fn doubt_in_words(catalogue: &Catalogue, fact: &Fact, doubt: Doubt, places: &[String]) -> Lack {
    match doubt {
        Doubt::Time(field, time) => (
            Problem::Time,
            format!(
                "looked for {time} ({}) in {}",
                field.word(),
                places.join(", ")
            ),
        ),
        Doubt::Direction(piece) => (
            Problem::Direction,
            format!("{} {}", turned(catalogue, fact), places[piece]),
        ),
    }
}

/// Who supplies whom by a passage that has a fact's seller and buyer the other way round.
fn turned(catalogue: &Catalogue, fact: &Fact) -> String {
    let ends = trade_of(fact).map(|trade| [trade.to, trade.from].map(|end| named(&catalogue[end])));
    ends.map(|[from, to]| format!("it is {from} that supplies {to} in"))
        .unwrap_or_default()
}

fn named(Entity { id, en, .. }: &Entity) -> String {
    format!("{en} ({id})")
}

/// What a passage lacks, in words that the passage is to follow.
type Lack = (Problem, String);

fn figure_misses(fact: &Fact, evidence: &Evidence, figures: &Figures) -> Vec<Lack> {
    let missing = missing_figures(fact, evidence, figures);
    missing
        .iter()
        .map(|figure| {
            (
                Problem::Figure,
                format!("looked for {} in", in_words(figure)),
            )
        })
        .collect()
}

fn garbled_misses(evidence: &Evidence, passage: &str) -> Vec<Lack> {
    let missing = evidence
        .garbled
        .iter()
        .filter(|form| !passage.contains(form.as_str()));
    missing
        .map(|form| {
            (
                Problem::Garbled,
                format!("looked for the garbled form “{form}” in"),
            )
        })
        .collect()
}

fn name_misses(
    catalogue: &Catalogue,
    fact: &Fact,
    evidence: &Evidence,
    is_named: impl Fn(EntityIx) -> bool,
) -> Vec<Lack> {
    let wanted: BTreeSet<EntityIx> = fact.entities().chain(evidence.by).collect();
    let missing = wanted
        .iter()
        .filter(|&&entity| !evidence.unnamed.contains(&entity) && !is_named(entity));
    let missing = missing.map(|&entity| {
        (
            Problem::Name,
            format!("looked for {} in", named(&catalogue[entity])),
        )
    });
    let needless = evidence.unnamed.iter().filter_map(|entity| match () {
        () if !wanted.contains(entity) => Some((entity, "")),
        () if is_named(*entity) => Some((entity, ", but is named")),
        () => None,
    });
    let needless = needless.map(|(&entity, but)| {
        (
            Problem::Unnamed,
            format!("{} is declared unnamed{but} in", catalogue[entity].id),
        )
    });
    missing.chain(needless).collect()
}

/// The figures of a fact that a passage does not have, broken forms counted.
fn missing_figures(fact: &Fact, evidence: &Evidence, figures: &Figures) -> Vec<Figure> {
    let forms: Vec<&str> = evidence.garbled.iter().map(Text::as_str).collect();
    let is_missing = |figure: &Figure| !figures.have(figure) && !has_digits_of(&forms, figure);
    let is_change = matches!(fact.value(Field::Measure), Some(Value::Text(measure)) if measure.contains("change"));
    fact.values
        .iter()
        .flat_map(|(_, value)| figures_of(value, is_change))
        .filter(is_missing)
        .collect()
}

fn figures_of(value: &Value, is_change: bool) -> Vec<Figure> {
    let figure = |number, unit: &str| Figure {
        number,
        unit: unit.to_owned(),
        is_change,
    };
    match value {
        // A share of 0.197 is written 19.7, whatever binary fractions make of it.
        Value::Share(share) => share
            .numbers()
            .map(|n| figure((n * 1e8).round() / 1e6, "%"))
            .collect(),
        Value::Amount(amount) => amount
            .number
            .numbers()
            .map(|n| figure(n, &amount.unit))
            .collect(),
        _ => Vec::new(),
    }
}

fn in_words(figure: &Figure) -> String {
    Amount {
        number: Extent::Exactly(figure.number),
        unit: figure.unit.clone(),
    }
    .to_string()
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
    let all_found = "Every passage is there, with the figures, names and times of its facts, and none has seller and buyer the other way round.";
    answer.empty_means = (verifier.checked > 0).then_some(all_found);
    answer
}

fn method(verifier: &Verifier) -> String {
    let checked = match verifier.checked {
        1 => "1 piece".to_owned(),
        count => format!("{count} pieces"),
    };
    let mut words = format!(
        "{checked} of evidence checked for passages, figures, names, times, and who supplies whom."
    );
    if !verifier.absent.is_empty() {
        let absent: Vec<&str> = verifier.absent.iter().copied().collect();
        words += &format!(" Not in the folder: {}.", absent.join(", "));
    }
    words
}
