//! What could be asked instead, where the facts of a relation hold nothing: as commands, each of
//! which is answered.

use hanjung::data::World;
use hanjung::facts::{Catalogue, EntityIx, Lang, Role, Tie};
use hanjung::graph::Follow;
use hanjung::request::{FactFilter, Filter, Question, written};

/// The commands, each with what it asks.
pub fn hints(world: &World, filter: &FactFilter) -> Vec<String> {
    let catalogue = world.parts().catalogue;
    let turned = filter.turned(catalogue);
    let turned = turned
        .iter()
        .map(|filter| format!("in another role: {}", facts_command(catalogue, filter)));
    turned.chain(chains(world, filter)).collect()
}

fn facts_command(catalogue: &Catalogue, filter: &FactFilter) -> String {
    let claims: Vec<&str> = filter.claims.iter().map(|claim| claim.word()).collect();
    let roles = filter
        .roles
        .iter()
        .map(|(role, set)| format!(" --{role} {}", quoted(&written(catalogue, set))));
    let kinds = if filter.with_kinds { " --kinds" } else { "" };
    format!(
        "hanjung facts --claim {}{}{kinds}",
        claims.join(","),
        roles.collect::<String>()
    )
}

/// A word of a command, in quotes where the shell would take it apart.
fn quoted(word: &str) -> String {
    match word.contains(|letter: char| !letter.is_alphanumeric() && !"-_:.".contains(letter)) {
        true => format!("'{word}'"),
        false => word.to_owned(),
    }
}

/// Who depends on what nobody is said to use; what those depend on who are not said to use
/// anything.
fn chains(world: &World, facts: &FactFilter) -> Option<String> {
    let (role, entity) = facts.only_player()?;
    let is_trade = facts
        .claims
        .iter()
        .any(|claim| claim.form().tie(Tie::Gets).is_some());
    let (question, command) = match role {
        Role::What if is_trade && facts.open == Some(Role::To) => {
            (dependents(entity), "who depends on it: hanjung dependents")
        }
        Role::To if is_trade => (
            dependencies(entity),
            "what it depends on: hanjung dependencies",
        ),
        _ => return None,
    };
    let has_rows = !world.answer(&question, Lang::En).rows.is_empty();
    has_rows.then(|| format!("{command} {}", world.id(entity)))
}

fn dependents(entity: EntityIx) -> Question {
    Question::Dependents {
        of: entity.into(),
        filter: Filter::default(),
        follow: Follow::default(),
    }
}

fn dependencies(entity: EntityIx) -> Question {
    Question::Dependencies {
        of: entity.into(),
        filter: Filter::default(),
        follow: Follow::default(),
    }
}
