//! What is drawn: nodes, arrows and sources.

use crate::facts::{EntityKind, Interval};
use crate::graph::{Channel, Standing};
use crate::render::caveats::letter;

/// A diagram before it is placed.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// How it was found, and what it rests on.
    pub method: String,
    /// What the reader must know beside it: what is drawn of the answer, and how the question was
    /// read.
    pub notes: Vec<String>,
    /// The nodes.
    pub nodes: Vec<PictureNode>,
    /// The arrows, from what is depended on to the dependent. Between two nodes there is at most
    /// one in each direction, and one more for plans, forecasts and opinions.
    pub arrows: Vec<Arrow>,
    /// What a reader must know of facts behind arrows, lest they be taken for more than the
    /// documents say: `caveat: certain items only`. The letters a, b, … stand for them.
    pub caveats: Vec<String>,
    /// The documents that the arrows cite, numbered from 1.
    pub sources: Vec<CitedDocument>,
}

/// A node of a diagram.
#[derive(Clone, Debug)]
pub struct PictureNode {
    /// What it stands for: `good`, `supply`, `actor`, `plant`, `place`, `policy`.
    pub node: &'static str,
    /// The id of the entity; none for several folded into one.
    pub entity: Option<String>,
    /// The id of the maker, for a supply.
    pub by: Option<String>,
    /// The id of the good that an intake goes into, if that is known.
    pub into: Option<String>,
    /// What of the entity is meant, where that is less than all of it.
    pub aspect: Option<&'static str>,
    /// Its name.
    pub name: String,
    /// What sort of thing the entity is.
    pub kind: EntityKind,
    /// The economy that it belongs to; for a supply that of the maker.
    pub country: Option<String>,
    /// The name of that economy.
    pub country_name: Option<String>,
    /// Where along the chain it stands.
    pub stage: Stage,
    /// What part of it is lost, from and to.
    pub loss: Option<Interval>,
    /// Whether the question names it.
    pub is_asked: bool,
    /// The nodes that were folded into it, by id; empty where it is one node.
    pub folded: Vec<Member>,
}

impl PictureNode {
    /// The ids that tell what it stands for: that of the entity, behind that of the maker where
    /// there is one.
    pub(super) fn id(&self) -> String {
        id_of(
            self.by.as_deref(),
            self.entity.as_deref().unwrap_or_default(),
        )
    }
}

/// Where along the chain a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Places, sites, policies, and makers in so far as other things rest on them.
    Origin,
    /// Materials that the picture shows nothing going into.
    RawMaterial,
    /// Other materials.
    Material,
    /// Products and technologies that go into others.
    Component,
    /// Other products.
    Product,
    /// Who makes something.
    Maker,
    /// Who only buys or uses.
    Buyer,
}

impl Stage {
    /// The heading of its columns.
    pub const fn heading(self) -> &'static str {
        match self {
            Stage::Origin => "Places and sites",
            Stage::RawMaterial => "Raw materials",
            Stage::Material => "Materials",
            Stage::Component => "Components",
            Stage::Product => "Products",
            Stage::Maker => "Makers",
            Stage::Buyer => "Buyers and users",
        }
    }
}

/// The id of an entity, behind that of its maker where there is one.
pub(super) fn id_of(by: Option<&str>, entity: &str) -> String {
    by.map_or(entity.to_owned(), |by| format!("{by}:{entity}"))
}

/// One of several nodes that share a box.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The id of its entity, behind that of the maker where there is one.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// An arrow of a diagram.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// What is depended on.
    pub from: usize,
    /// The dependent.
    pub to: usize,
    /// What the one does for the other, in a word or two: `goes into`.
    pub verb: String,
    /// The part that it covers, where a document gives it: `60 % or more`.
    pub part: Option<String>,
    /// In what way the one depends on the other; none for a fact that is drawn by itself.
    pub channel: Option<Channel>,
    /// How it counts.
    pub standing: Standing,
    /// Whether it rests on facts that the curator inferred, and on no others.
    pub is_inferred: bool,
    /// Whether it rests on a plan, target, forecast or opinion.
    pub is_planned: bool,
    /// The facts that it rests on; none where it holds by the meaning of its nodes.
    pub facts: Vec<ArrowFact>,
}

impl Arrow {
    /// The numbers of the sources of its facts, ascending.
    pub fn sources(&self) -> Vec<usize> {
        let mut numbers: Vec<usize> = self
            .facts
            .iter()
            .flat_map(|fact| &fact.sources)
            .copied()
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The letters of the caveats of its facts, ascending: `a,c`; empty where they have none.
    pub fn caveats(&self) -> String {
        let mut places: Vec<usize> = self.facts.iter().filter_map(|fact| fact.caveat).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(letter).collect::<Vec<_>>().join(",")
    }
}

/// A fact behind an arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrowFact {
    /// Its id.
    pub fact: String,
    /// In words that begin where the arrow begins.
    pub text: String,
    /// Where it is from and how far it carries.
    pub citation: String,
    /// The numbers of its sources.
    pub sources: Vec<usize>,
    /// Where its caveat stands among those of the picture.
    pub caveat: Option<usize>,
}

/// A document that arrows cite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedDocument {
    /// Its number in the picture.
    pub number: usize,
    /// Its id.
    pub document: String,
    /// Title, publisher and date.
    pub text: String,
    /// The passages that are cited.
    pub passages: Vec<String>,
}
