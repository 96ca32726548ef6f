//! What could be asked instead, where the facts of a relation hold nothing: as commands, each of
//! which is answered.

use hanjung::facts::{Catalogue, EntityIx, Lang, Role, Tie};
use hanjung::graph::{Follow, Graph};
use hanjung::query::answer;
use hanjung::request::{FactFilter, Filter, Question, Subject};

/// The commands, each with what it asks.
pub fn hints(catalogue: &Catalogue, graph: &Graph, filter: &FactFilter) -> Vec<String> {
    let turned = filter.turned(catalogue);
    let turned = turned
        .iter()
        .map(|filter| format!("in another role: {}", facts_command(catalogue, filter)));
    turned.chain(chains(catalogue, graph, filter)).collect()
}

fn facts_command(catalogue: &Catalogue, filter: &FactFilter) -> String {
    let claims: Vec<&str> = filter.claims.iter().map(|claim| claim.word()).collect();
    let roles = filter
        .roles
        .iter()
        .map(|(role, entity)| format!(" --{role} {}", catalogue[*entity].id));
    let kinds = if filter.with_kinds { " --kinds" } else { "" };
    format!(
        "hanjung facts --claim {}{}{kinds}",
        claims.join(","),
        roles.collect::<String>()
    )
}

/// Who depends on what nobody is said to use; what those depend on who are not said to use
/// anything.
fn chains(catalogue: &Catalogue, graph: &Graph, facts: &FactFilter) -> Option<String> {
    let &[(role, entity)] = facts.roles.as_slice() else {
        return None;
    };
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
    let has_rows = !answer(catalogue, graph, &question, Lang::En)
        .rows
        .is_empty();
    has_rows.then(|| format!("{command} {}", catalogue[entity].id))
}

fn dependents(entity: EntityIx) -> Question {
    Question::Dependents {
        of: Subject::Entity(entity),
        filter: Filter::default(),
        follow: Follow::default(),
    }
}

fn dependencies(entity: EntityIx) -> Question {
    Question::Dependencies {
        of: Subject::Entity(entity),
        filter: Filter::default(),
        follow: Follow::default(),
    }
}
