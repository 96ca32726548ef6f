//! hanjung as a user sees it: facts as RON text go in, questions are put, answers come out.

use std::collections::{BTreeMap, BTreeSet};

use hanjung::World as Facts;
use hanjung::facts::{BadData, Catalogue, EntityIx, EntityKind, Lang};
use hanjung::graph::{Follow, Graph};
use hanjung::query::{Answer, Row};
use hanjung::request::{Filter, Question, Subject};

use crate::laws::oracle::Along;
use crate::laws::world::{World, evidence, file};

/// What is asked.
pub struct Asked {
    pub facts: Facts,
}

/// What is followed, as hanjung has it.
pub fn follow(along: Along) -> Follow {
    let Along {
        plans,
        possible,
        market,
        ownership,
        technology,
    } = along;
    Follow {
        plans,
        possible,
        market,
        ownership,
        technology,
    }
}

fn complaints(bad: &BadData) -> String {
    bad.diagnostics
        .iter()
        .map(|fault| format!("{}: {}\n", fault.code.word(), fault.message))
        .collect()
}

impl Asked {
    pub fn of_texts(texts: &[String]) -> Asked {
        let named = texts
            .iter()
            .enumerate()
            .map(|(at, text)| (format!("{at}.ron"), text.clone()));
        let facts = Facts::of_texts(named)
            .unwrap_or_else(|bad| panic!("{}\n{}", complaints(&bad), texts.join("\n")));
        Asked { facts }
    }

    pub fn catalogue(&self) -> &Catalogue {
        self.facts.parts().catalogue
    }

    pub fn graph(&self) -> &Graph {
        self.facts.parts().graph
    }

    /// Entities, each as its kind and id, and facts without their evidence: all of it is reported,
    /// unless a word of evidence stands before the claim.
    pub fn of_facts(entities: &[(&str, &[&str])], facts: &[&str]) -> Asked {
        let mut records =
            vec![r#"Document(id: "d", title: "D", publisher: "P", date: "2025")"#.to_owned()];
        for (kind, ids) in entities {
            records.extend(
                ids.iter()
                    .map(|id| format!(r#"{kind}(id: "{id}", en: "{id}")"#)),
            );
        }
        for (at, fact) in facts.iter().enumerate() {
            let (status, claim) = fact
                .split_once(' ')
                .filter(|(word, _)| !word.contains('('))
                .unwrap_or(("Reported", fact));
            let claim = claim
                .strip_suffix(')')
                .expect("a claim ends with a bracket");
            records.push(format!(
                "{claim}, evidence: [{}])",
                evidence(status, at + 1)
            ));
        }
        Asked::of_texts(&[file(&records)])
    }

    pub fn of(world: &World) -> Asked {
        Asked::of_texts(&[file(&world.records())])
    }

    pub fn entity(&self, id: &str) -> EntityIx {
        self.facts
            .entity(id)
            .unwrap_or_else(|| panic!("there is no {id}"))
    }

    fn subject(&self, id: &str) -> Subject {
        Subject::Entity(self.entity(id))
    }

    pub fn answer(&self, question: &Question) -> Answer {
        self.facts.answer(question, Lang::En)
    }

    /// Who depends on something, the places in it included.
    pub fn dependents(&self, id: &str, along: Along) -> Answer {
        let filter = Filter {
            kinds: EntityKind::ALL.to_vec(),
            ..Filter::default()
        };
        let (of, follow) = (self.subject(id), follow(along));
        self.answer(&Question::Dependents {
            of: of.into(),
            filter,
            follow,
        })
    }

    /// Who depends on what one makes of a good.
    pub fn dependents_of_output(&self, by: &str, good: &str, along: Along) -> Answer {
        let filter = Filter {
            kinds: EntityKind::ALL.to_vec(),
            ..Filter::default()
        };
        let (by, good) = (self.entity(by), self.entity(good));
        self.answer(&Question::Dependents {
            of: Subject::Supply { by, good }.into(),
            filter,
            follow: follow(along),
        })
    }

    pub fn dependencies(&self, id: &str, along: Along) -> Answer {
        let (of, filter, follow) = (self.subject(id), Filter::default(), follow(along));
        self.answer(&Question::Dependencies {
            of: of.into(),
            filter,
            follow,
        })
    }

    pub fn why(&self, from: &str, to: &str, along: Along, most: usize) -> Answer {
        let (from, to, follow) = (self.subject(from), self.subject(to), follow(along));
        self.answer(&Question::Why {
            through: None,
            from: from.into(),
            to: to.into(),
            follow,
            most,
        })
    }

    /// How exposed one is to another.
    pub fn exposure(&self, of: &str, to: &str, along: Along) -> Answer {
        let (of, to, follow) = (self.subject(of), self.subject(to), follow(along));
        self.answer(&Question::Exposure {
            of: of.into(),
            to: to.into(),
            follow,
        })
    }

    /// What something is exposed to.
    pub fn exposures(&self, of: &str, along: Along) -> Answer {
        let (of, filter, follow) = (self.subject(of), Filter::default(), follow(along));
        self.answer(&Question::Exposures {
            of: of.into(),
            filter,
            follow,
        })
    }

    /// What something can't go around.
    pub fn chokepoints(&self, of: &str, along: Along) -> Answer {
        let (of, filter, follow) = (self.subject(of), Filter::default(), follow(along));
        self.answer(&Question::Chokepoints {
            of: Some(of.into()),
            filter,
            follow,
        })
    }

    /// What stops something entirely.
    pub fn stoppers(&self, of: &str, along: Along) -> Answer {
        let (of, follow) = (self.subject(of), follow(along));
        self.answer(&Question::Stoppers {
            of: of.into(),
            follow,
        })
    }
}

/// The entity of a row.
pub fn id(row: &Row) -> String {
    row.entity
        .as_ref()
        .expect("the row is about an entity")
        .id
        .to_string()
}

/// The entities in the rows of an answer.
pub fn ids(answer: &Answer) -> BTreeSet<String> {
    answer.rows.iter().map(id).collect()
}

/// The entities in the rows of an answer, with the length of the chain of each.
pub fn distances(answer: &Answer) -> BTreeMap<String, u32> {
    answer
        .rows
        .iter()
        .map(|row| (id(row), row.distance.expect("the row has a chain")))
        .collect()
}

/// The passage that supports a fact which an answer cites.
pub fn passage(answer: &Answer, fact: &str) -> usize {
    let label = answer.facts[fact].evidence[0]
        .passage
        .as_ref()
        .expect("the fact cites a passage");
    label
        .trim_start_matches('p')
        .parse()
        .expect("passages have numbers")
}

/// The facts that a row cites.
pub fn facts(row: &Row) -> BTreeSet<String> {
    row.steps
        .iter()
        .flat_map(|step| &step.facts)
        .map(|reading| reading.fact.clone())
        .collect()
}

/// The facts that the rows of an answer cite, by their passages.
pub fn cited(answer: &Answer) -> BTreeSet<usize> {
    answer
        .rows
        .iter()
        .flat_map(facts)
        .map(|fact| passage(answer, &fact))
        .collect()
}
