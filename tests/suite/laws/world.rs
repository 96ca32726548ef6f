//! Small made-up sets of facts, and the RON text that states them. Nothing here knows how hanjung
//! reads or joins them.

use std::collections::HashMap;
use std::fmt::{self, Write};

use hanjung::facts::{Claim, EntityKind};

/// A share as a record writes it, in tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Exactly(u8),
    AtLeast(u8),
    AtMost(u8),
    About(u8),
    Between(u8, u8),
    InWords,
}

/// One claim and whether it holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub claim: Claim,
    /// The fields that hold entities, by number.
    pub ends: Vec<(&'static str, usize)>,
    pub shares: Vec<(&'static str, Share)>,
    pub measure: Option<&'static str>,
    /// Whether it is what an economy's companies make, wherever that is.
    pub is_held: bool,
    /// The word of its evidence.
    pub status: &'static str,
    /// The number of the passage that supports it: no other fact has it.
    pub passage: usize,
}

/// Entities and facts. Printed as the RON text that states them.
#[derive(Clone, PartialEq, Eq)]
pub struct World {
    pub kinds: Vec<EntityKind>,
    pub facts: Vec<Fact>,
}

pub const ACTUAL: [&str; 3] = ["Reported", "Official", "InferredByCurator"];
pub const PLANNED: [&str; 4] = ["Plan", "Target", "Forecast", "Opinion"];

impl Share {
    /// The least and the most that it can be.
    pub fn bounds(self) -> (f64, f64) {
        let tenths = |n: u8| f64::from(n) / 10.0;
        match self {
            Share::Exactly(n) => (tenths(n), tenths(n)),
            Share::AtLeast(n) => (tenths(n), 1.0),
            Share::AtMost(n) => (0.0, tenths(n)),
            Share::About(n) => (0.9 * tenths(n), f64::min(1.1 * tenths(n), 1.0)),
            Share::Between(least, most) => (tenths(least), tenths(most)),
            Share::InWords => (0.0, 1.0),
        }
    }
}

impl Fact {
    pub fn end(&self, field: &str) -> usize {
        self.try_end(field)
            .unwrap_or_else(|| panic!("{} has no {field}", self.claim))
    }

    pub fn try_end(&self, field: &str) -> Option<usize> {
        self.ends
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, entity)| *entity)
    }

    pub fn share(&self, field: &str) -> Option<Share> {
        self.shares
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, share)| *share)
    }

    pub fn is_planned(&self) -> bool {
        PLANNED.contains(&self.status)
    }

    /// What makes two records one claim.
    pub fn claims_the_same(&self, other: &Fact) -> bool {
        let said = |fact: &Fact| {
            (
                fact.claim,
                fact.ends.clone(),
                fact.shares.clone(),
                fact.measure,
                fact.is_held,
            )
        };
        said(self) == said(other)
    }
}

impl World {
    pub fn id(&self, entity: usize) -> String {
        format!("{}-{entity}", self.kinds[entity].noun())
    }

    pub fn ids(&self) -> impl Iterator<Item = String> + '_ {
        (0..self.kinds.len()).map(|entity| self.id(entity))
    }

    pub fn facts_of(&self, claim: Claim) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.claim == claim)
    }

    /// The same entities with other facts.
    pub fn with(&self, facts: Vec<Fact>) -> World {
        World {
            kinds: self.kinds.clone(),
            facts,
        }
    }

    pub fn without(&self, fact: usize) -> World {
        let mut facts = self.facts.clone();
        facts.remove(fact);
        self.with(facts)
    }

    /// The document and the entities, a record a line.
    pub fn declarations(&self) -> Vec<String> {
        let document = r#"Document(id: "d", title: "D", publisher: "P", date: "2025")"#.to_owned();
        let entity = |at: usize| {
            format!(
                r#"{}(id: "{id}", en: "{id}")"#,
                self.kinds[at],
                id = self.id(at)
            )
        };
        [document]
            .into_iter()
            .chain((0..self.kinds.len()).map(entity))
            .collect()
    }

    pub fn record(&self, fact: &Fact) -> String {
        let mut record = format!("{}(", fact.claim);
        for (field, entity) in &fact.ends {
            write!(record, "{field}: \"{}\", ", self.id(*entity)).unwrap();
        }
        for (field, share) in &fact.shares {
            write!(record, "{field}: {share}, ").unwrap();
        }
        if let Some(measure) = fact.measure {
            write!(record, "measure: \"{measure}\", ").unwrap();
        }
        if fact.is_held {
            record += "held: true, ";
        }
        write!(
            record,
            "evidence: [{}])",
            evidence(fact.status, fact.passage)
        )
        .unwrap();
        record
    }

    /// The number of a passage that supports nothing yet.
    pub fn new_passage(&self) -> usize {
        self.facts
            .iter()
            .map(|fact| fact.passage + 1)
            .max()
            .unwrap_or(1)
    }

    pub fn records(&self) -> Vec<String> {
        let facts = self.facts.iter().map(|fact| self.record(fact));
        self.declarations().into_iter().chain(facts).collect()
    }
}

/// A piece of evidence.
pub fn evidence(status: &str, passage: usize) -> String {
    let why = if status == "InferredByCurator" {
        r#"why: "it is known", "#
    } else {
        ""
    };
    format!(r#"{status}({why}doc: "d", at: "p{passage}")"#)
}

/// A file of records.
pub fn file(records: &[String]) -> String {
    format!("[\n    {},\n]\n", records.join(",\n    "))
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let tenths = |n: u8| format!("{}.{}", n / 10, n % 10);
        match *self {
            Share::Exactly(n) => write!(f, "Exactly({})", tenths(n)),
            Share::AtLeast(n) => write!(f, "AtLeast({})", tenths(n)),
            Share::AtMost(n) => write!(f, "AtMost({})", tenths(n)),
            Share::About(n) => write!(f, "About({})", tenths(n)),
            Share::Between(least, most) => {
                write!(f, "Between({}, {})", tenths(least), tenths(most))
            }
            Share::InWords => f.write_str("InWords(\"dominant\")"),
        }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&file(&self.records()))
    }
}

/// What a share is a share of: the field that states it, and whose it is.
pub type Whole = (&'static str, usize, usize);

impl Fact {
    /// The whole that the share in a field is a share of, and who holds the share.
    pub fn stake(&self, field: &'static str) -> (Whole, usize) {
        let (end, at) = (
            |name| self.end(name),
            self.try_end("at").unwrap_or(usize::MAX),
        );
        match (self.claim, field) {
            (Claim::Produces, "world_share") => {
                ((field, end("good"), usize::from(self.is_held)), end("by"))
            }
            (Claim::Produces, "output_share") => ((field, end("by"), end("good")), at),
            (Claim::Produces, _) => ((field, end("by"), 0), end("good")),
            (Claim::Supplies, _) => (("need", end("to"), end("good")), end("from")),
            (Claim::Sources, _) => (("need", end("buyer"), end("good")), end("from")),
            (Claim::SellsIn, _) => (
                (
                    "sales",
                    end("seller"),
                    self.try_end("good").unwrap_or(usize::MAX),
                ),
                end("place"),
            ),
            _ => (("ownership", end("owned"), 0), end("owner")),
        }
    }
}

/// Keeps account of shares, so that those of one whole stay within it and no exact two contradict
/// each other.
#[derive(Default)]
pub struct Ledger {
    held: HashMap<(Whole, usize), (f64, Option<u8>)>,
}

impl Ledger {
    /// Whether a share fits in with those before it; if it does, it is entered.
    pub fn enter(&mut self, fact: &Fact, field: &'static str, share: Share) -> bool {
        let (whole, holder) = fact.stake(field);
        let exact = if let Share::Exactly(n) = share {
            Some(n)
        } else {
            None
        };
        let (least, stated) = self
            .held
            .get(&(whole, holder))
            .copied()
            .unwrap_or((0.0, None));
        let least = share.bounds().0.max(least);
        let others = self
            .held
            .iter()
            .filter(|((other, by), _)| *other == whole && *by != holder);
        let fits = others.map(|(_, (least, _))| least).sum::<f64>() + least <= 1.0 + 1e-9;
        let agrees = exact.is_none() || stated.is_none() || exact == stated;
        if fits && agrees {
            self.held.insert((whole, holder), (least, stated.or(exact)));
        }
        fits && agrees
    }
}

impl World {
    /// The shares of the world, if they fit together.
    pub fn ledger(&self) -> Option<Ledger> {
        let mut ledger = Ledger::default();
        let mut shares = self
            .facts
            .iter()
            .flat_map(|fact| fact.shares.iter().map(move |share| (fact, share)));
        shares
            .all(|(fact, &(field, share))| ledger.enter(fact, field, share))
            .then_some(ledger)
    }
}
