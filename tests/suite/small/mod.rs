//! Facts made up to be as few as can be, put to questions. Each file of tests adds its own ways to
//! make and ask them.

use hanjung::data::load_texts;
use hanjung::facts::{Catalogue, EntityIx, Lang};
use hanjung::graph::Graph;
use hanjung::query::{Answer, answer};
use hanjung::request::Question;

/// A catalogue with its graph.
pub struct Asked {
    pub catalogue: Catalogue,
    pub graph: Graph,
}

impl Asked {
    /// Of the text of one file, which must be sound.
    pub fn of_text(text: &str) -> Asked {
        let (catalogue, graph) = load_texts([("facts.ron", text)]).unwrap_or_else(|bad| {
            panic!(
                "{:?}",
                bad.diagnostics
                    .iter()
                    .map(|fault| &fault.message)
                    .collect::<Vec<_>>()
            )
        });
        Asked { catalogue, graph }
    }

    pub fn entity(&self, id: &str) -> EntityIx {
        self.catalogue
            .entity(id)
            .unwrap_or_else(|| panic!("there is no {id}"))
    }

    /// An entity, or one maker's output of a good: `acme:battery`.
    pub fn subject(&self, id: &str) -> hanjung::request::Subject {
        use hanjung::request::Subject;
        match id.split_once(':') {
            Some((by, good)) => Subject::Supply {
                by: self.entity(by),
                good: self.entity(good),
            },
            None => Subject::Entity(self.entity(id)),
        }
    }

    pub fn ask(&self, question: &Question) -> Answer {
        answer(&self.catalogue, &self.graph, question, Lang::En)
    }
}
