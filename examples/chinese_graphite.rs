//! Which firms would feel a stop of graphite from China, and with which passages can each line be
//! checked?
//!
//!     cargo run --example chinese_graphite

use std::error::Error;

use hanjung::World;
use hanjung::facts::{EntityKind, Lang};
use hanjung::graph::Follow;
use hanjung::request::{Filter, Question, Subject};

fn main() -> Result<(), Box<dyn Error>> {
    let world = World::built_in()?;
    let id = |id: &str| world.entity(id).ok_or_else(|| format!("no entity {id}"));

    let question = Question::Dependents {
        of: Subject::Supply {
            by: id("china")?,
            good: id("graphite")?,
        }
        .into(),
        filter: Filter {
            kinds: vec![EntityKind::Firm],
            ..Filter::default()
        },
        follow: Follow::default(),
    };
    let answer = world.answer(&question, Lang::En);
    for row in &answer.rows {
        let firm = row.entity.as_ref().map_or("", |entity| &entity.name);
        let facts = row
            .steps
            .iter()
            .flat_map(|step| &step.facts)
            .map(|reading| &answer.facts[&reading.fact]);
        let passages = facts
            .flat_map(|fact| &fact.evidence)
            .filter_map(|evidence| {
                Some(format!(
                    "{} {}",
                    evidence.document.as_ref()?,
                    evidence.passage.as_ref()?
                ))
            });
        println!("{firm}: {}", passages.collect::<Vec<_>>().join(", "));
    }
    Ok(())
}
