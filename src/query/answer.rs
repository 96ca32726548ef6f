//! Answers as owned, sorted data: rows, and the facts and documents that they cite. They know no
//! format.

use indexmap::IndexMap;
use serde::Serialize;

use crate::facts::{Claim, EntityKind, Interval, Status};
use crate::graph::{Channel, Standing};

/// An answer.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The question as it was understood.
    pub question: Asked,
    /// What the answer is to, in words: `Who depends on graphite`.
    pub title: String,
    /// The rows, in the order of their groups, nearest first.
    pub rows: Vec<Row>,
    /// How many there are, where that is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// What it means that there are no rows; where this is left out, that the data holds nothing on
    /// the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty_means: Option<&'static str>,
    /// What does not count but could, had plans been followed or undocumented shares been taken for
    /// granted.
    pub aside: Vec<Row>,
    /// What is documented instead, where there are no rows.
    pub instead: Vec<Instead>,
    /// What the reader must know of the question itself, such as a spelling that was mended.
    pub notes: Vec<String>,
    /// Every fact that a row cites, by its id.
    pub facts: IndexMap<String, FactView>,
    /// Every entity that a step or a cited fact names, by its id.
    pub entities: IndexMap<String, EntityView>,
    /// Every document that a cited fact cites, by its id.
    pub documents: IndexMap<String, DocumentView>,
    /// How the answer was found, in one line.
    pub method: String,
    /// What the answer rests on.
    pub coverage: Coverage,
}

impl Answer {
    /// Whether the data holds nothing on the question.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.empty_means.is_none()
    }
}

/// Something documented where nothing answers a question. None of it is an answer to it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Instead {
    /// What it is to the question.
    pub sort: InsteadSort,
    /// What it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Given>,
    /// What would have to be followed for it, beside what is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<&'static str>,
    /// How many of it there are in all.
    pub count: usize,
    /// Whether there may be more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
    /// The first few of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
}

/// What something documented is to a question that nothing answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InsteadSort {
    /// Rows that the question would have for all kinds, places and distances.
    RowsOfAll,
    /// Rows that it would have if more were followed.
    RowsWith,
    /// Chains that it would have if more were followed.
    ChainsWith,
    /// Facts that name both of the two that it is about, in whatever roles; by none does the first
    /// depend on the second.
    NamesBoth,
    /// Facts that name all that it is about.
    Names,
    /// Figures of what it is about.
    Figures,
    /// A chain the other way round: the second depends on the first of it.
    OtherWay,
    /// What it depends on, nearest first.
    DependsOn,
    /// What depends on it, nearest first.
    DependedOn,
}

impl InsteadSort {
    /// The heading of its rows.
    pub(super) fn heading(self) -> &'static str {
        match self {
            InsteadSort::RowsOfAll | InsteadSort::RowsWith | InsteadSort::ChainsWith => {
                "Not counted"
            }
            InsteadSort::NamesBoth => "Names both",
            InsteadSort::Names => "Names it",
            InsteadSort::Figures => "Other figures",
            InsteadSort::OtherWay => "The other way round",
            InsteadSort::DependsOn => "What it depends on",
            InsteadSort::DependedOn => "What depends on it",
        }
    }
}

impl Instead {
    /// Nothing of a sort yet.
    pub(super) fn of(sort: InsteadSort) -> Self {
        Instead {
            sort,
            of: Vec::new(),
            include: Vec::new(),
            count: 0,
            more: false,
            rows: Vec::new(),
        }
    }
}

/// A question as it was understood.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Asked {
    /// The command that asks it.
    pub command: &'static str,
    /// What it was given, by name.
    #[serde(flatten)]
    pub given: IndexMap<&'static str, Given>,
}

/// Something that a question was given.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Given {
    /// A word or text.
    Text(String),
    /// A number.
    Number(u64),
    /// Several words.
    Words(Vec<String>),
    /// What is cut.
    Cuts(Vec<CutView>),
    /// An entity.
    Entity(Box<EntityView>),
    /// All that are in a set.
    Set {
        /// How it is written.
        set: String,
        /// The ids of those in it.
        members: Vec<String>,
    },
    /// One maker's output of a good.
    Supply {
        /// The maker.
        by: Box<EntityView>,
        /// The good.
        good: Box<EntityView>,
    },
}

impl Given {
    /// An entity.
    pub fn of(entity: EntityView) -> Self {
        Given::Entity(Box::new(entity))
    }
}

/// Something that is cut.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CutView {
    /// What.
    pub of: Box<Given>,
    /// The part of it that is gone.
    pub part: f64,
}

/// An entity in an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EntityView {
    /// Its id.
    pub id: String,
    /// What sort of thing it is.
    #[serde(serialize_with = "noun")]
    pub kind: EntityKind,
    /// Its name in the language of the answer.
    pub name: String,
    /// The id of the economy that it belongs to, as far as a fact says so; else that of its home.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The id of the economy that it is commonly known to be of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
    /// The id of the economy that it speaks and acts for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<String>,
    /// Its names in each language; only in [`Answer::entities`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<NamesView>,
}

/// The names of an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NamesView {
    /// In English.
    pub en: String,
    /// In Korean, where sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ko: Option<String>,
    /// In Chinese, where sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// Further names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

fn noun<S: serde::Serializer>(kind: &EntityKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.noun())
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

fn pair<S: serde::Serializer>(bounds: &Option<Interval>, serializer: S) -> Result<S::Ok, S::Error> {
    bounds
        .map(|bounds| [bounds.lo, bounds.hi])
        .serialize(serializer)
}

/// One line of an answer with its proof.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Row {
    /// The heading it stands under.
    pub group: &'static str,
    /// What the line is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityView>,
    /// The document the line is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The day that the line belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The one output or need of the entity that the line is about, where it is not about all of
    /// it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<NodeView>,
    /// Further entities that the line is about together with the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<EntityView>,
    /// The part that is lost, from 0 to 1: at least and at most.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "pair")]
    pub bounds: Option<Interval>,
    /// The part that is lost if all who take from something go short of it in proportion, where
    /// that is bounded otherwise.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "pair")]
    pub proportional: Option<Interval>,
    /// How concentrated the makers of the good are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concentration: Option<Concentration>,
    /// The number of facts in its chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<u32>,
    /// The chain that proves it, from the dependent to what it depends on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// The facts it consists of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<ReadingView>,
    /// What proves it, where that is several chains, or facts that are no chain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<RowProof>,
    /// Other sources that documents name of what is short along the chain, none of which is lost
    /// entirely.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<OtherSource>,
    /// How each bound comes about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub derivations: Vec<Derivation>,
    /// Further words on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// A chain or facts that prove a line.
#[derive(Clone, Debug, Serialize)]
pub struct RowProof {
    /// The set in which it proves something to be, as an expression.
    pub of: String,
    /// Whether it is not the line itself that it proves to be there, but one by which that is in a
    /// set.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub of_another: bool,
    /// A chain, from the dependent to what it depends on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Facts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<ReadingView>,
}

impl Row {
    /// Its chains, each from a dependent to what that depends on.
    pub fn chains(&self) -> impl Iterator<Item = &[Step]> {
        let own = std::iter::once(self.steps.as_slice());
        own.chain(self.proofs.iter().map(|proof| proof.steps.as_slice()))
    }

    /// The set of one of its proofs, where it must be said which that is.
    pub fn label<'p>(&self, proof: &'p RowProof) -> Option<&'p str> {
        (self.proofs.len() > 1 || proof.of_another).then_some(proof.of.as_str())
    }

    /// Every step of its chains.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        self.chains().flatten()
    }

    /// The facts it consists of and those that prove it, but for those of its chains.
    pub fn all_facts(&self) -> impl Iterator<Item = &ReadingView> {
        self.facts
            .iter()
            .chain(self.proofs.iter().flat_map(|proof| &proof.facts))
    }
}

/// How concentrated the makers of a good are, by their shares of the world's supply.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Concentration {
    /// The Herfindahl–Hirschman index, from above 0 to 10,000 where there is a single maker.
    pub index: f64,
    /// Of what kind the makers are whose shares are counted.
    #[serde(serialize_with = "noun")]
    pub among: EntityKind,
    /// How many they are.
    pub makers: usize,
}

/// One step of a chain: a fact, or one rule applied to several.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// The dependent.
    pub from: NodeView,
    /// What it depends on.
    pub to: NodeView,
    /// In what way.
    pub channel: Channel,
    /// The part that it covers.
    pub share: Interval,
    /// What it covers that part of, where that is not all of the dependent but one of its outputs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of: Option<Box<NodeView>>,
    /// Whether a document gives that part, in figures or in words.
    pub share_documented: bool,
    /// Whether the share was widened by as much as rounding of its printed digits may have changed
    /// it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rounded: bool,
    /// Whether it stands for what no named supplier covers.
    pub rest: bool,
    /// Whether a purchase tells it, though the chain goes on to makers whom that does not name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub from_others: bool,
    /// How it counts.
    pub standing: Standing,
    /// The facts, each in words from the right end.
    pub facts: Vec<ReadingView>,
    /// Further facts that give the share.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<ReadingView>,
}

/// Another source that documents name.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OtherSource {
    /// From who takes something to whom else it is from.
    #[serde(flatten)]
    pub step: Step,
    /// Whether some of it may be lost too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exposed: bool,
}

/// A node in a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NodeView {
    /// What it stands for: `good`, `supply`, `intake`, `actor`, `plant`, `place`, `policy`.
    pub node: &'static str,
    /// What of it is meant, where that is less than all of it: of a good its `recipe` (what it
    /// takes to make it, whoever makes it) or its `class` (that it is of its kinds), of an actor
    /// the `maker` (its going on at all).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect: Option<&'static str>,
    /// The id of the entity.
    pub entity: String,
    /// The id of the maker, for a supply or intake.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The id of the good that an intake goes into, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// In words: `graphite from China`.
    pub name: String,
}

/// How one bound of a loss comes about.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Derivation {
    /// What loses.
    pub of: NodeView,
    /// Which bound: `least` or `most`.
    pub side: &'static str,
    /// Whether all who take from something are taken to go short of it in proportion.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_proportion: bool,
    /// The bound, from 0 to 1.
    pub bound: f64,
    /// How many steps of the whole derivation are left out, since it is long; only where it begins.
    #[serde(skip_serializing_if = "is_zero")]
    pub omitted: usize,
    /// What gives it.
    pub by: Cause,
}

/// What gives one bound of a loss.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Cause {
    /// It is cut, or belongs to what is cut.
    Cut,
    /// Nothing that it needs is lost.
    Nothing,
    /// It is derived elsewhere in the same tree.
    Above,
    /// What it needs in this way: of its requirements the one that loses most.
    Need {
        /// In which way.
        channel: Channel,
        /// How many alternatives are left out.
        #[serde(skip_serializing_if = "is_zero")]
        omitted: usize,
        /// The alternatives that lose something; the bound is the sum of share times loss.
        terms: Vec<Term>,
    },
}

/// One alternative of a requirement in a derivation.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Term {
    /// The share that gives the bound.
    pub share: f64,
    /// The part of it that counts as lost: another than the bound of what it leads to, where
    /// nothing says who goes short of that.
    pub loss: f64,
    /// The alternative with its facts, and the shares that they allow.
    pub step: Step,
    /// The loss of what it leads to.
    pub of: Derivation,
}

/// A fact as it reads in its line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ReadingView {
    /// The fact's id.
    pub fact: String,
    /// In words, from the end that the line asks for.
    pub text: String,
    /// What a reader must know, lest it be taken for more than the documents say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caveat: Option<String>,
}

/// A fact that an answer cites.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct FactView {
    /// What it claims.
    pub claim: Claim,
    /// What stands in its fields, by name; entities by id.
    pub fields: IndexMap<&'static str, String>,
    /// In words.
    pub text: String,
    /// In words from the other end.
    pub reversed: String,
    /// How far its best evidence carries.
    pub status: Status,
    /// When it began to hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// When it ceased to hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// When it was known to hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The date that is asked for, where it is open whether the fact was known by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perhaps_known_by: Option<String>,
    /// What a reader must know, lest it be taken for more than the documents say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caveat: Option<String>,
    /// What a curator adds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why it is kept although another fact contradicts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<String>,
    /// What supports it.
    pub evidence: Vec<EvidenceView>,
    /// File, line and column of its record.
    pub at: String,
}

/// A piece of evidence.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct EvidenceView {
    /// How far it carries.
    pub status: Status,
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The passage label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// A reading note, or the curator's reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A document that an answer cites.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct DocumentView {
    /// Title as printed.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its date, or "undated".
    pub date: String,
    /// The earliest day that it may be of, where it is undated and its content tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<String>,
    /// The latest day that it may be of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    /// What to know about its reliability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub care: Option<String>,
}

/// What an answer rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// Facts cited in the rows.
    pub facts: usize,
    /// Documents cited in the rows.
    pub documents: usize,
    /// Facts among them that a curator inferred.
    pub inferred: usize,
    /// Shares in the chains that no document gives in figures.
    pub unknown_shares: usize,
    /// The day by which the oldest of the facts was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest: Option<String>,
}
