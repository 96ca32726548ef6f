//! What do two firms both depend on? Set algebra over two answers, with the chain of either firm to
//! each shared thing.
//!
//!     cargo run --example shared_dependencies -- "LG Energy Solution" "Samsung SDI"

use std::collections::BTreeMap;
use std::env;
use std::error::Error;

use hanjung::World;
use hanjung::facts::Lang;
use hanjung::graph::Follow;
use hanjung::query::Row;
use hanjung::request::{Filter, Question};

fn main() -> Result<(), Box<dyn Error>> {
    let mut firms: Vec<String> = env::args().skip(1).collect();
    if firms.is_empty() {
        firms = vec!["LG Energy Solution".to_owned(), "Samsung SDI".to_owned()];
    }
    let world = World::built_in()?;

    let mut chains: BTreeMap<String, Vec<(String, Vec<String>)>> = BTreeMap::new();
    for firm in &firms {
        let of = world.subject(firm)?.value;
        let question = Question::Dependencies {
            of: of.into(),
            filter: Filter::default(),
            follow: Follow::default(),
        };
        for row in world.answer(&question, Lang::En).rows {
            let Some(entity) = &row.entity else { continue };
            chains
                .entry(entity.name.clone())
                .or_default()
                .push((firm.clone(), sentences(&row)));
        }
    }
    println!("{} all depend on", firms.join(" and "));
    for (shared, chains) in chains
        .iter()
        .filter(|(_, chains)| chains.len() == firms.len())
    {
        println!("\n{shared}");
        for (firm, sentences) in chains {
            println!("  {firm}: {}", sentences.join("; "));
        }
    }
    Ok(())
}

/// The chain of a row in words.
fn sentences(row: &Row) -> Vec<String> {
    row.steps
        .iter()
        .flat_map(|step| &step.facts)
        .map(|reading| reading.text.clone())
        .collect()
}
