//! The picture of some rows of an answer, made from the answer alone.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::merge::{self, Arrows};
use super::picture::{Arrow, ArrowFact, CitedDocument, Picture, PictureNode, Stage, id_of};
use super::stage;
use super::words::{MAY_BE_SITE, arrow_of, ends_of, part, share_on_arrow, verb};
use crate::facts::{Claim, EntityKind, Status};
use crate::graph::{Channel, Standing};
use crate::query::{Answer, EvidenceView, FactView, Given, NodeView, ReadingView, Row, Step};
use crate::render::caveats::warning;
use crate::render::lines::{citation, coverage};

/// The picture of some rows, whatever its size, drawn from near to far.
pub(super) fn draft(answer: &Answer, rows: &[&Row]) -> Picture {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| row.distance);
    let rows = &rows[..];
    let mut draft = PictureDraft::new(answer);
    draft.picture.title = answer.title.clone();
    draft.picture.method = format!("{} {}", answer.method, coverage(answer))
        .trim()
        .to_owned();
    draft.picture.notes = answer
        .notes
        .iter()
        .map(|note| format!("{}.", note.trim_end_matches('.')))
        .collect();
    for chain in rows.iter().flat_map(|row| row.chains()) {
        draft.chain(chain);
    }
    if rows.iter().all(|row| row.all_steps().next().is_none()) {
        draft.facts(rows.iter().flat_map(|row| row.all_facts()));
    } else {
        let proofs = rows.iter().flat_map(|row| &row.proofs);
        draft.facts(proofs.flat_map(|proof| &proof.facts));
    }
    draft.ground();
    let mut picture = merge::merged(draft.finish());
    losses(&mut picture, rows);
    stage::assign(&mut picture);
    picture
}

/// Writes the losses of rows at the nodes that they are about.
fn losses(picture: &mut Picture, rows: &[&Row]) {
    for row in rows {
        let Some((entity, bounds)) = row.entity.as_ref().zip(row.bounds) else {
            continue;
        };
        let is_it = |node: &&mut PictureNode| match &row.output {
            Some(output) => is_of(node, output),
            None => {
                node.entity.as_ref() == Some(&entity.id)
                    && node.by.is_none()
                    && node.node != "place"
            }
        };
        if let Some(node) = picture.nodes.iter_mut().find(is_it) {
            node.loss = Some(bounds);
        }
    }
}

fn is_of(node: &PictureNode, view: &NodeView) -> bool {
    let is_alike = |word| (node.node == word) == (view.node == word);
    let is_same =
        node.entity.as_ref() == Some(&view.entity) && node.by == view.by && node.into == view.into;
    is_same && is_alike("place") && is_alike("intake")
}

/// The ids that a question names.
fn asked(answer: &Answer) -> HashSet<String> {
    answer.question.given.values().flat_map(ids).collect()
}

fn ids(given: &Given) -> Vec<String> {
    match given {
        Given::Entity(entity) => vec![entity.id.clone()],
        Given::Supply { by, good } => vec![format!("{}:{}", by.id, good.id)],
        Given::Cuts(cuts) => cuts.iter().flat_map(|cut| ids(&cut.of)).collect(),
        _ => Vec::new(),
    }
}

/// What tells nodes apart: what they stand for, the entity, by whom, into what, and which aspect.
type Key = (
    &'static str,
    String,
    Option<String>,
    Option<String>,
    Option<&'static str>,
);

/// A picture that is being made.
struct PictureDraft<'a> {
    answer: &'a Answer,
    picture: Picture,
    arrows: Arrows,
    known: IndexMap<Key, usize>,
    asked: HashSet<String>,
}

impl<'a> PictureDraft<'a> {
    fn new(answer: &'a Answer) -> Self {
        let (picture, arrows) = (Picture::default(), Arrows::default());
        PictureDraft {
            answer,
            picture,
            arrows,
            known: IndexMap::new(),
            asked: asked(answer),
        }
    }

    fn finish(self) -> Picture {
        Picture {
            arrows: self.arrows.finish(),
            ..self.picture
        }
    }

    /// Ties two nodes together by their meaning, unless an arrow does so already.
    fn tie(&mut self, from: usize, to: usize) {
        if from != to && !self.arrows.run_along(from, to) {
            self.arrows.draw(by_meaning(from, to));
        }
    }

    /// Draws a chain. Where a step begins at another node than that at which the one before ended,
    /// the two hang together by meaning.
    fn chain(&mut self, steps: &[Step]) {
        for step in steps {
            self.step(step);
        }
        for pair in steps.windows(2) {
            let (upper, lower) = (self.node(&pair[1].from), self.node(&pair[0].to));
            self.tie(upper, lower);
        }
    }

    /// Ties what an economy or a plant supplies to the territory or the plant itself, where that is
    /// drawn.
    fn ground(&mut self) {
        let nodes = || self.picture.nodes.iter().enumerate();
        let sites = nodes()
            .rev()
            .filter(|(_, node)| matches!(node.node, "place" | "plant"));
        let sites: HashMap<&String, usize> = sites
            .filter_map(|(ix, site)| Some((site.entity.as_ref()?, ix)))
            .collect();
        let site = |node: &PictureNode| sites.get(node.by.as_ref()?).copied();
        let ties: Vec<(usize, usize)> = nodes()
            .filter_map(|(supply, node)| Some((site(node)?, supply)))
            .collect();
        for (site, supply) in ties {
            self.tie(site, supply);
        }
    }

    fn step(&mut self, step: &Step) {
        let (from, to) = (self.node(&step.to), self.node(&step.from));
        if from == to {
            return;
        }
        if step.facts.is_empty() && step.figures.is_empty() {
            return self.tie(from, to);
        }
        let mut facts: Vec<ArrowFact> = Vec::new();
        for reading in step.facts.iter().rev().chain(&step.figures) {
            facts.extend(self.fact(reading));
        }
        let cited = || {
            step.facts
                .iter()
                .filter_map(|reading| self.answer.facts.get(&reading.fact))
        };
        let claims: Vec<Claim> = cited().map(|fact| fact.claim).collect();
        let kind = |node: usize| self.picture.nodes[node].kind;
        let is_held =
            step.channel == Channel::Sites && cited().any(|fact| fact.fields.contains_key("held"));
        let arrow = Arrow {
            from,
            to,
            verb: if is_held {
                MAY_BE_SITE
            } else {
                verb(step.channel, &claims, kind(from), kind(to))
            }
            .to_owned(),
            part: if step.share_documented && step.share_of.is_none() {
                part(step.share)
            } else {
                None
            },
            channel: Some(step.channel),
            standing: step.standing,
            is_inferred: cited().all(|fact| fact.status == Status::InferredByCurator),
            is_planned: step.standing == Standing::Planned,
            facts,
        };
        self.arrows.draw(arrow);
    }

    fn node(&mut self, view: &NodeView) -> usize {
        let key = (
            view.node,
            view.entity.clone(),
            view.by.clone(),
            view.into.clone(),
            view.aspect,
        );
        if let Some(&ix) = self.known.get(&key) {
            return ix;
        }
        let entity = self.answer.entities.get(&view.entity);
        let kind = entity.map_or(EntityKind::Product, |entity| entity.kind);
        let owner = self
            .answer
            .entities
            .get(view.by.as_ref().unwrap_or(&view.entity));
        let country = owner.and_then(|owner| owner.country.clone());
        let id = id_of(view.by.as_deref(), &view.entity);
        let node = PictureNode {
            node: view.node,
            entity: Some(view.entity.clone()),
            by: view.by.clone(),
            into: view.into.clone(),
            aspect: view.aspect,
            name: view.name.clone(),
            kind,
            country_name: country
                .as_ref()
                .and_then(|id| Some(self.answer.entities.get(id)?.name.clone())),
            country,
            stage: Stage::Product,
            loss: None,
            is_asked: self.asked.contains(&id),
            folded: Vec::new(),
        };
        self.known.insert(key, self.picture.nodes.len());
        self.picture.nodes.push(node);
        self.picture.nodes.len() - 1
    }

    /// A fact in the words that begin where the arrow begins: those from the other end than that of
    /// the dependent.
    fn fact(&mut self, reading: &ReadingView) -> Option<ArrowFact> {
        let fact = self.answer.facts.get(&reading.fact)?;
        let text = if reading.text == fact.text {
            &fact.reversed
        } else {
            &fact.text
        };
        Some(self.cite(reading, fact, text.clone()))
    }

    fn cite(&mut self, reading: &ReadingView, fact: &FactView, text: String) -> ArrowFact {
        let (sources, caveat) = (self.sources(fact), self.caveat(fact));
        ArrowFact {
            fact: reading.fact.clone(),
            text,
            citation: citation(fact),
            sources,
            caveat,
        }
    }

    /// The place of what a reader must know of a fact.
    fn caveat(&mut self, fact: &FactView) -> Option<usize> {
        let caveat = warning(fact)?;
        let caveats = &mut self.picture.caveats;
        let known = caveats.iter().position(|known| *known == caveat);
        Some(known.unwrap_or_else(|| {
            caveats.push(caveat);
            caveats.len() - 1
        }))
    }

    /// Numbers the sources of a fact.
    fn sources(&mut self, fact: &FactView) -> Vec<usize> {
        let mut numbers: Vec<usize> = fact
            .evidence
            .iter()
            .filter_map(|evidence| self.source(evidence))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn source(&mut self, evidence: &EvidenceView) -> Option<usize> {
        let id = evidence.document.as_ref()?;
        let known = self
            .picture
            .sources
            .iter()
            .position(|source| source.document == *id);
        let at = known.unwrap_or_else(|| {
            self.picture.sources.push(self.new_source(id));
            self.picture.sources.len() - 1
        });
        let source = &mut self.picture.sources[at];
        source.passages.extend(
            evidence
                .passage
                .iter()
                .filter(|passage| !source.passages.contains(passage))
                .cloned()
                .collect::<Vec<_>>(),
        );
        Some(source.number)
    }

    fn new_source(&self, id: &str) -> CitedDocument {
        let (number, text) = (self.picture.sources.len() + 1, source_text(self.answer, id));
        CitedDocument {
            number,
            document: id.to_owned(),
            text,
            passages: Vec::new(),
        }
    }

    /// Draws each fact as an arrow between the entities in its fields.
    fn facts<'r>(&mut self, readings: impl Iterator<Item = &'r ReadingView>) {
        let mut alone = 0;
        for reading in readings {
            let Some(fact) = self.answer.facts.get(&reading.fact) else {
                continue;
            };
            let [from, to] = self.ends(fact);
            if from.is_empty() || to.iter().all(|to| from.contains(to)) {
                alone += 1;
                continue;
            }
            let mut node = |id: &String| self.entity(id).expect("the ends of a fact are known");
            let (from, to): (Vec<usize>, Vec<usize>) = (
                from.iter().map(&mut node).collect(),
                to.iter().map(&mut node).collect(),
            );
            for from in &from {
                for to in to.iter().filter(|to| *to != from) {
                    self.fact_arrow(reading, fact, *from, *to);
                }
            }
        }
        if alone > 0 {
            let facts = if alone == 1 {
                "1 fact names".to_owned()
            } else {
                format!("{alone} facts name")
            };
            self.picture
                .notes
                .push(format!("{facts} only one thing, such as a figure or a plan, and can’t be drawn as an arrow."));
        }
    }

    /// The ids of the entities at which the arrow of a fact begins, and of those at which it ends.
    fn ends(&self, fact: &FactView) -> [Vec<String>; 2] {
        let ends = arrow_of(fact).map_or([None, None], |arrow| ends_of(fact, arrow));
        ends.map(|ids| self.known_ids(ids.unwrap_or_default()))
    }

    fn known_ids(&self, ids: &str) -> Vec<String> {
        let known = |id: &&str| self.answer.entities.contains_key(*id);
        ids.split(' ').filter(known).map(str::to_owned).collect()
    }

    /// The node of an entity as such.
    fn entity(&mut self, id: &str) -> Option<usize> {
        let entity = self.answer.entities.get(id)?;
        let node = match entity.kind {
            EntityKind::Material
            | EntityKind::Product
            | EntityKind::Technology
            | EntityKind::Sector => "good",
            EntityKind::Plant => "plant",
            EntityKind::Place | EntityKind::Event => "place",
            EntityKind::Policy => "policy",
            _ => "actor",
        };
        Some(self.node(&NodeView {
            node,
            aspect: None,
            entity: id.to_owned(),
            by: None,
            into: None,
            name: entity.name.clone(),
        }))
    }

    fn fact_arrow(&mut self, reading: &ReadingView, fact: &FactView, from: usize, to: usize) {
        let facts = vec![self.cite(reading, fact, reading.text.clone())];
        let is_planned = !fact.status.is_actual() || !fact.claim.form().mood.is_of_facts();
        let verb = arrow_of(fact).map_or("", |arrow| arrow.verb);
        let arrow = Arrow {
            from,
            to,
            verb: self.filled(verb, fact),
            part: share_on_arrow(fact).map(str::to_owned),
            channel: None,
            standing: if is_planned {
                Standing::Planned
            } else {
                Standing::Documented
            },
            is_inferred: fact.status == Status::InferredByCurator,
            is_planned,
            facts,
        };
        self.arrows.draw(arrow);
    }

    /// A verb with its holes filled; what an absent field would fill is left out.
    fn filled(&self, verb: &str, fact: &FactView) -> String {
        let Some((before, rest)) = verb.split_once('{') else {
            return verb.to_owned();
        };
        let (field, after) = rest.split_once('}').unwrap_or((rest, ""));
        let value = fact.fields.get(field).map_or("", |value| value.as_str());
        let name = self
            .answer
            .entities
            .get(value)
            .map_or(value, |entity| entity.name.as_str());
        format!("{before}{name}{after}")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A document in words: title, publisher and date.
pub(super) fn source_text(answer: &Answer, id: &str) -> String {
    answer.documents.get(id).map_or(id.to_owned(), |document| {
        let date = document
            .date
            .split_once(':')
            .map_or(document.date.as_str(), |(short, _)| short);
        format!(
            "{}. {}, {date}",
            document.title.trim_end_matches('.'),
            document.publisher
        )
    })
}

/// An arrow that holds by the meaning of its nodes.
fn by_meaning(from: usize, to: usize) -> Arrow {
    Arrow {
        from,
        to,
        verb: String::new(),
        part: None,
        channel: None,
        standing: Standing::Documented,
        is_inferred: false,
        is_planned: false,
        facts: Vec::new(),
    }
}
