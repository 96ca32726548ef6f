//! Writes answers: turns numbers of entities, facts and arcs into views, and keeps account of what
//! was cited.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use indexmap::{IndexMap, IndexSet};

use super::answer::{
    Answer, Asked, Coverage, DocumentView, EntityView, EvidenceView, FactView, Given, Instead,
    NamesView, NodeView, ReadingView, Row, Step,
};
use super::answered;
use super::instead::instead;
use super::party::{Party, Worked};
use crate::facts::{
    Catalogue, DocumentIx, Entity, EntityIx, Evidence, Fact, FactIx, Interval, Lang, Status, Value,
};
use crate::graph::{ArcIx, Channel, Graph, Node, NodeIx, Reading, Wording};
use crate::request::Subject;
use crate::text::Text;

/// Said where shares were widened.
const ROUNDED: &str = "some printed shares come to more than the whole, as rounding of their digits explains: each is taken within half a unit of \
                       its last digit";

/// A map and a set whose keys are numbers of our own making, for which a quick hash is good enough.
type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;
type NumberSet<N> = IndexSet<N, FixedState>;

/// Collects the rows of one answer.
pub(super) struct Writer<'c> {
    pub catalogue: &'c Catalogue,
    pub graph: &'c Graph,
    lang: Lang,
    /// The question, where it is to be told what is documented instead if nothing answers it.
    question: Option<&'c Worked>,
    rows: Vec<Row>,
    aside: Vec<Row>,
    cited: NumberSet<FactIx>,
    /// What the nodes of steps stand for.
    stepped: NumberSet<EntityIx>,
    /// Sentences that were written already: chains share most of theirs.
    sentences: HashMap<(FactIx, bool), String>,
    cited_in_rows: usize,
    notes: Vec<String>,
    unknown_shares: NumberSet<ArcIx>,
    unknown_in_rows: usize,
    shows_all_documents: bool,
}

impl<'c> Writer<'c> {
    pub fn new(catalogue: &'c Catalogue, graph: &'c Graph, lang: Lang) -> Self {
        Writer {
            catalogue,
            graph,
            lang,
            question: None,
            rows: Vec::new(),
            aside: Vec::new(),
            cited: NumberSet::default(),
            stepped: NumberSet::default(),
            sentences: HashMap::default(),
            cited_in_rows: 0,
            notes: Vec::new(),
            unknown_shares: NumberSet::default(),
            unknown_in_rows: 0,
            shows_all_documents: false,
        }
    }

    /// Has the answer say what is documented instead, if it has no rows.
    pub fn asked(self, question: &'c Worked) -> Self {
        Writer {
            question: Some(question),
            ..self
        }
    }

    /// What is documented instead, if there are no rows.
    fn instead(&mut self) -> Vec<Instead> {
        let Some(question) = self.question.filter(|_| self.rows.is_empty()) else {
            return Vec::new();
        };
        let (catalogue, graph, lang) = (self.catalogue, self.graph, self.lang);
        instead(self, question, |other| {
            answered(Writer::new(catalogue, graph, lang), other)
        })
    }

    /// Makes room for rows: they are large, and dear to move.
    pub fn reserve(&mut self, rows: usize) {
        self.rows.reserve(rows);
    }

    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
        self.cited_in_rows = self.cited.len();
        self.unknown_in_rows = self.unknown_shares.len();
    }

    /// Has the rows of each of some things pushed; where those are several, each row says of which.
    pub fn push_for_each(&mut self, of: &Party, mut push: impl FnMut(&mut Self, Subject)) {
        for &one in of.all() {
            let before = self.rows.len();
            push(self, one);
            if of.single().is_none() {
                let remark = format!("for {}", self.subject_name(one));
                let new = self.rows.iter_mut().skip(before);
                new.for_each(|row| row.remarks.insert(0, remark.clone()));
            }
        }
    }

    /// What the rows that count are about.
    pub fn entities_of_rows(&self) -> HashSet<EntityIx> {
        let entities = self.rows.iter().filter_map(|row| row.entity.as_ref());
        entities
            .filter_map(|entity| self.catalogue.entity(&entity.id))
            .collect()
    }

    /// Whether any row counts yet.
    pub fn has_rows(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Adds a row that does not count. All rows that count must be there already.
    pub fn push_aside(&mut self, row: Row) {
        self.aside.push(row);
    }

    /// Brings rows of one kind together, in the order of the kinds.
    pub fn sort_rows_by_group(&mut self) {
        self.rows
            .sort_by_key(|row| row.entity.as_ref().map(|entity| entity.kind));
    }

    /// Brings rows under one heading together, in the order of the headings.
    pub fn sort_rows_by_heading(&mut self, headings: &[&str]) {
        self.rows
            .sort_by_key(|row| headings.iter().position(|heading| *heading == row.group));
    }

    /// Adds what the reader must know of the question.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    fn note_once(&mut self, note: &str) {
        if !self.notes.iter().any(|known| known == note) {
            self.notes.push(note.to_owned());
        }
    }

    /// Has the answer describe every document, not only those that are cited.
    pub fn show_all_documents(&mut self) {
        self.shows_all_documents = true;
    }

    pub fn name(&self, entity: EntityIx) -> &'c str {
        self.catalogue.name(entity, self.lang)
    }

    pub fn entity(&self, entity: EntityIx) -> EntityView {
        let declared = &self.catalogue[entity];
        let id = |entity: EntityIx| self.catalogue[entity].id.owned();
        EntityView {
            id: id(entity),
            kind: declared.kind,
            name: self.name(entity).to_owned(),
            country: self.catalogue.country(entity).map(id),
            home: declared.home.map(id),
            acts_for: declared.acts_for.map(id),
            names: None,
        }
    }

    /// An entity with its names in each language.
    fn entity_with_names(&self, ix: EntityIx) -> EntityView {
        let entity = &self.catalogue[ix];
        let aliases = entity.aliases.iter().map(Text::owned).collect();
        let names = NamesView {
            en: entity.en.owned(),
            ko: owned(&entity.ko),
            zh: owned(&entity.zh),
            aliases,
        };
        EntityView {
            names: Some(names),
            ..self.entity(ix)
        }
    }

    pub fn given(&self, subject: Subject) -> Given {
        match subject {
            Subject::Entity(entity) => Given::of(self.entity(entity)),
            Subject::Supply { by, good } => Given::Supply {
                by: self.entity(by).into(),
                good: self.entity(good).into(),
            },
        }
    }

    /// One thing, or a set by how it is written and who is in it.
    pub fn given_party(&self, party: &Party) -> Given {
        match (party.single(), party.written()) {
            (Some(subject), _) => self.given(subject),
            (None, written) => Given::Set {
                set: written.unwrap_or_default().to_owned(),
                members: party
                    .all()
                    .iter()
                    .map(|&one| self.subject_id(one))
                    .collect(),
            },
        }
    }

    /// One thing by its id; a set how it is written.
    pub fn party_written(&self, party: &Party) -> String {
        match (party.single(), party.written()) {
            (Some(subject), _) => self.subject_id(subject),
            (None, written) => written.unwrap_or_default().to_owned(),
        }
    }

    fn subject_id(&self, subject: Subject) -> String {
        match subject {
            Subject::Entity(entity) => self.catalogue[entity].id.owned(),
            Subject::Supply { by, good } => {
                format!("{}:{}", self.catalogue[by].id, self.catalogue[good].id)
            }
        }
    }

    /// The name of one thing; of a set how it is written.
    pub fn party_name(&self, party: &Party) -> String {
        match (party.single(), party.written()) {
            (Some(subject), _) => self.subject_name(subject),
            (None, written) => written.unwrap_or_default().to_owned(),
        }
    }

    pub fn subject_name(&self, subject: Subject) -> String {
        match subject {
            Subject::Entity(entity) => self.name(entity).to_owned(),
            Subject::Supply { by, good } => format!("{} from {}", self.name(good), self.name(by)),
        }
    }

    /// The steps of a chain: its arcs that rest on facts.
    pub fn steps(&mut self, chain: &[ArcIx]) -> Vec<Step> {
        let graph = self.graph;
        let told = graph.steps(chain);
        let mut steps: Vec<Step> = told
            .iter()
            .map(|step| self.step(&step.arcs, &step.told))
            .collect();
        let is_purchase = |reading: &Reading| self.catalogue[reading.fact].is_purchase();
        for at in 1..steps.len() {
            let goes_on_to_makers = graph.channel(graph.arc(told[at].arcs[0])) == Channel::Sources;
            let step = &mut steps[at - 1];
            step.from_others =
                step.rest && goes_on_to_makers && told[at - 1].told.iter().any(is_purchase);
        }
        steps
    }

    /// Arcs that are no chain, each as a step.
    pub fn steps_apart(&mut self, arcs: &[ArcIx]) -> Vec<Step> {
        arcs.iter().map(|&arc| self.step_along(arc)).collect()
    }

    /// An arc by itself as a step.
    pub fn step_along(&mut self, arc: ArcIx) -> Step {
        self.step(&[arc], self.graph.readings(arc))
    }

    /// Arcs that hold by the meaning of their nodes as one step, which rests on no fact.
    pub fn step_by_meaning(&mut self, arcs: &[ArcIx]) -> Step {
        self.step(arcs, &[])
    }

    /// A node as answers tell it.
    pub fn node_view(&mut self, node: NodeIx) -> NodeView {
        self.node(self.graph.node(node))
    }

    /// One step; where it is several arcs, its share is that of the last, which is the most
    /// particular.
    fn step(&mut self, arcs: &[ArcIx], told: &[Reading]) -> Step {
        let graph = self.graph;
        let (first, ix) = (arcs[0], arcs[arcs.len() - 1]);
        let arc = graph.arc(ix);
        if arc.share.lo < arc.share.hi {
            self.unknown_shares.insert(ix);
        }
        if arc.is_rounded {
            self.note_once(ROUNDED);
        }
        Step {
            from: self.node(graph.node(graph.arc(first).from)),
            to: self.node(graph.node(arc.to)),
            channel: graph.channel(arc),
            share: arc.share,
            share_of: (graph.arc(first).from != arc.from)
                .then(|| Box::new(self.node(graph.node(arc.from)))),
            share_documented: arc.is_share_documented,
            rounded: arc.is_rounded,
            rest: arc.is_rest,
            from_others: false,
            standing: arcs
                .iter()
                .map(|&ix| graph.arc(ix).standing)
                .max()
                .unwrap_or(arc.standing),
            facts: told.iter().map(|&reading| self.reading(reading)).collect(),
            figures: self.figures(arcs, told),
        }
    }

    /// Further facts that give a share in a step.
    fn figures(&mut self, arcs: &[ArcIx], told: &[Reading]) -> Vec<ReadingView> {
        let graph = self.graph;
        let own = arcs.iter().filter(|&&ix| {
            graph.arc(ix).share != Interval::WHOLE && graph.arc(ix).is_share_documented
        });
        let own = own.flat_map(|&ix| graph.readings(ix));
        let mut figures: NumberSet<Reading> = arcs
            .iter()
            .flat_map(|&ix| graph.figure_readings(ix))
            .chain(own)
            .copied()
            .collect();
        figures.retain(|reading| told.iter().all(|known| known.fact != reading.fact));
        figures
            .into_iter()
            .map(|reading| self.reading(reading))
            .collect()
    }

    fn node(&mut self, node: Node) -> NodeView {
        let entity = node.entity();
        let id = self.catalogue[entity].id.owned();
        let (word, by, aspect) = match node {
            Node::Good(_) => ("good", None, None),
            Node::Class(_) => ("good", None, Some("class")),
            Node::Recipe(_) => ("good", None, Some("recipe")),
            Node::Supply { by, .. } => ("supply", Some(by), None),
            Node::Making { at, .. } => ("making", Some(at), None),
            Node::Origin { of, .. } => ("origin", Some(of), None),
            Node::Intake { by, .. } => ("intake", Some(by), None),
            Node::Actor(_) => ("actor", None, None),
            Node::Maker(_) => ("actor", None, Some("maker")),
            Node::Plant(_) => ("plant", None, None),
            Node::Place(_) => ("place", None, None),
            Node::Policy(_) => ("policy", None, None),
        };
        let into = if let Node::Intake { into, .. } = node {
            into
        } else {
            None
        };
        self.stepped
            .extend([Some(entity), by, into].into_iter().flatten());
        let name = match node {
            Node::Supply { by, good } => self.subject_name(Subject::Supply { by, good }),
            Node::Making { at, good } => format!("{} made in {}", self.name(good), self.name(at)),
            Node::Origin { of, good } => self.subject_name(Subject::Supply { by: of, good }),
            Node::Intake { by, good, .. } => {
                format!("{} bought by {}", self.name(good), self.name(by))
            }
            _ => self.name(entity).to_owned(),
        };
        let id_of = |entity: EntityIx| self.catalogue[entity].id.owned();
        NodeView {
            node: word,
            aspect,
            entity: id,
            by: by.map(id_of),
            into: into.map(id_of),
            name,
        }
    }

    fn reading(&mut self, reading: Reading) -> ReadingView {
        self.fact(reading.fact, reading.wording == Wording::Reversed)
    }

    /// Cites a fact.
    pub fn fact(&mut self, ix: FactIx, reversed: bool) -> ReadingView {
        self.cited.insert(ix);
        let (catalogue, lang) = (self.catalogue, self.lang);
        let sentence = self.sentences.entry((ix, reversed));
        let text = sentence
            .or_insert_with(|| catalogue.sentence(&catalogue[ix], reversed, lang))
            .clone();
        ReadingView {
            fact: catalogue[ix].id.owned(),
            text,
            caveat: catalogue[ix].caveat(),
        }
    }

    pub fn finish(
        mut self,
        command: &'static str,
        given: IndexMap<&'static str, Given>,
        title: String,
        method: &str,
    ) -> Answer {
        let instead = self.instead();
        let in_rows: Vec<&Fact> = self
            .cited
            .iter()
            .take(self.cited_in_rows)
            .map(|&ix| &self.catalogue[ix])
            .collect();
        let coverage = Coverage {
            facts: in_rows.len(),
            documents: documents_of(in_rows.iter().copied()).len(),
            inferred: in_rows
                .iter()
                .filter(|fact| fact.status() == Status::InferredByCurator)
                .count(),
            unknown_shares: self.unknown_in_rows,
            oldest: oldest(self.catalogue, &in_rows),
        };
        let cited = || self.cited.iter().map(|&ix| &self.catalogue[ix]);
        let mut documents: Vec<DocumentIx> = documents_of(cited()).into_iter().collect();
        if self.shows_all_documents {
            documents = self
                .catalogue
                .documents_with_index()
                .map(|(ix, _)| ix)
                .collect();
        }
        documents.sort_unstable();
        let notes = self
            .notes
            .iter()
            .cloned()
            .chain(self.note_on_days())
            .collect();
        Answer {
            question: Asked { command, given },
            title,
            facts: self
                .cited
                .iter()
                .map(|&ix| (self.catalogue[ix].id.owned(), self.fact_view(ix)))
                .collect(),
            entities: self.entities(),
            documents: documents
                .into_iter()
                .map(|ix| (self.catalogue[ix].id.owned(), self.document_view(ix)))
                .collect(),
            rows: self.rows,
            count: None,
            empty_means: None,
            aside: self.aside,
            instead,
            notes,
            method: method.to_owned(),
            coverage,
        }
    }

    /// The entities that steps and cited facts name, and the economies that those belong to.
    fn entities(&self) -> IndexMap<String, EntityView> {
        let named = self
            .cited
            .iter()
            .flat_map(|&ix| self.catalogue[ix].entities())
            .chain(self.stepped.iter().copied());
        let tied = |entity: EntityIx| {
            let Entity { home, acts_for, .. } = self.catalogue[entity];
            [Some(entity), self.catalogue.country(entity), home, acts_for]
        };
        let mut entities: Vec<EntityIx> = named.flat_map(tied).flatten().collect();
        entities.sort_unstable();
        entities.dedup();
        entities
            .into_iter()
            .map(|entity| {
                (
                    self.catalogue[entity].id.owned(),
                    self.entity_with_names(entity),
                )
            })
            .collect()
    }

    /// That facts rest on undated documents of which nobody knows whether they are that old.
    fn note_on_days(&self) -> Option<String> {
        let open = self
            .cited
            .iter()
            .map(|&ix| &self.catalogue[ix])
            .filter_map(|fact| fact.perhaps_known_by);
        let (count, date) = open.fold((0, None), |(count, _), date| (count + 1, Some(date)));
        let facts = if count == 1 {
            "1 fact rests"
        } else {
            &format!("{count} facts rest")
        };
        date.map(|date| {
            format!("{facts} on undated documents: perhaps known by {date}, perhaps only later")
        })
    }

    fn fact_view(&self, ix: FactIx) -> FactView {
        let fact = &self.catalogue[ix];
        let (written, reversed) = (
            self.sentences.get(&(ix, false)).cloned(),
            self.sentences.get(&(ix, true)).cloned(),
        );
        let date = |date: Option<crate::facts::Date>| date.map(|date| date.to_string());
        FactView {
            claim: fact.claim,
            fields: fact
                .values
                .iter()
                .map(|(field, value)| (field.word(), self.field_view(value)))
                .collect(),
            text: written.unwrap_or_else(|| self.catalogue.sentence(fact, false, self.lang)),
            reversed: reversed.unwrap_or_else(|| self.catalogue.sentence(fact, true, self.lang)),
            status: fact.status(),
            since: date(fact.since),
            until: date(fact.until),
            as_of: date(fact.as_of),
            perhaps_known_by: date(fact.perhaps_known_by),
            caveat: fact.caveat(),
            note: owned(&fact.note),
            conflict: owned(&fact.conflict),
            evidence: fact
                .evidence
                .iter()
                .map(|evidence| self.evidence_view(evidence))
                .collect(),
            at: self.catalogue.describe(fact.position),
        }
    }

    /// What stands in a field, as answers tell it.
    pub fn field_view(&self, value: &Value) -> String {
        let id = |entity: EntityIx| self.catalogue[entity].id.as_str();
        match value {
            Value::Entity(entity) => id(*entity).to_owned(),
            Value::Entities(entities) => entities
                .iter()
                .map(|&entity| id(entity))
                .collect::<Vec<_>>()
                .join(" "),
            Value::Share(share) => share.as_percent(),
            Value::Amount(amount) => amount.to_string(),
            Value::Text(text) => text.owned(),
            Value::Date(date) => date.to_string(),
            Value::Period(period) => period.to_string(),
            Value::Flag => "true".to_owned(),
        }
    }

    fn evidence_view(&self, evidence: &Evidence) -> EvidenceView {
        let cited = evidence.cited.as_ref();
        let by = evidence.by.map(|by| self.name(by).to_owned());
        EvidenceView {
            status: evidence.status,
            document: cited.map(|(document, _)| self.catalogue[*document].id.owned()),
            passage: cited.map(|(_, passage)| passage.owned()),
            by: by.or_else(|| owned(&evidence.by_unnamed)),
            note: owned(&evidence.note),
        }
    }

    fn document_view(&self, ix: DocumentIx) -> DocumentView {
        let document = &self.catalogue[ix];
        let days = document.earliest.zip(document.latest);
        let days = days
            .map(|(earliest, latest)| format!(", from {earliest} to {latest}"))
            .unwrap_or_default();
        let undated = || match &document.undated {
            Some(why) => format!("undated{days}: {why}"),
            None => "undated".to_owned(),
        };
        DocumentView {
            title: document.title.owned(),
            publisher: document.publisher.owned(),
            date: document.date.map_or_else(undated, |date| date.to_string()),
            earliest: document.earliest.map(|date| date.to_string()),
            latest: document.latest.map(|date| date.to_string()),
            care: owned(&document.care),
        }
    }
}

fn documents_of<'f>(facts: impl Iterator<Item = &'f Fact>) -> IndexSet<DocumentIx> {
    facts
        .flat_map(|fact| &fact.evidence)
        .filter_map(|evidence| evidence.cited.as_ref())
        .map(|cited| cited.0)
        .collect()
}

/// The day by which the oldest of some facts was known.
fn oldest(catalogue: &Catalogue, facts: &[&Fact]) -> Option<String> {
    let known = facts.iter().filter_map(|fact| catalogue.known_since(fact));
    known
        .min_by_key(|date| date.first_day())
        .map(|date| date.to_string())
}

fn owned(text: &Option<Text>) -> Option<String> {
    text.as_ref().map(Text::owned)
}
