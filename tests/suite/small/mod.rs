//! Facts made up to be as few as can be, put to questions. Each file of tests adds its own ways to
//! make and ask them.

use hanjung::World;
use hanjung::facts::{EntityIx, Lang};
use hanjung::query::Answer;
use hanjung::request::Question;

/// What is asked.
pub struct Asked {
    pub world: World,
}

impl Asked {
    /// Of the text of one file, which must be sound.
    pub fn of_text(text: &str) -> Asked {
        let world = World::of_texts([("facts.ron", text)]).unwrap_or_else(|bad| {
            panic!(
                "{:?}",
                bad.diagnostics
                    .iter()
                    .map(|fault| &fault.message)
                    .collect::<Vec<_>>()
            )
        });
        Asked { world }
    }

    pub fn entity(&self, id: &str) -> EntityIx {
        self.world
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
        self.world.answer(question, Lang::En)
    }
}
