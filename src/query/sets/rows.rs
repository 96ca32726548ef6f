//! Sets as answers: who is in them, how many, and how they compare.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Member, Members, Proof, Sets, counts};
use crate::facts::EntityKind;
use crate::graph::{Follow, Standing};
use crate::query::answer::{Answer, Given, Row, RowProof};
use crate::query::dependence::{PLANS, POSSIBLE, WITH_MORE, insert_follow};
use crate::query::writer::Writer;
use crate::request::{Set, Subject, written};

const METHOD: &str = "What is in a set by its kind or home, by facts as stated, or by a documented dependence; \
                      a set that is taken away leaves what is not documented to be in it.";

/// Answers who or what is in a set.
pub(in crate::query) fn select(mut writer: Writer, set: &Set<Subject>, follow: &Follow) -> Answer {
    let members = Sets::new(&writer, *follow).members(set);
    push_members(&mut writer, members, follow);
    let written = written(writer.catalogue, set);
    let given = given(&written, follow);
    writer.finish("query", given, written, METHOD)
}

/// Answers how many are in a set: the number of each kind, and of all.
pub(in crate::query) fn count(mut writer: Writer, set: &Set<Subject>, follow: &Follow) -> Answer {
    let members = Sets::new(&writer, *follow).members(set);
    let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
    let mut uncounted = 0;
    for (one, member) in &members {
        if counts(member.standing, follow) {
            *kinds.entry(writer.catalogue[one.owner()].kind).or_default() += 1;
        } else {
            uncounted += 1;
        }
    }
    let all: usize = kinds.values().sum();
    writer.push(Row {
        group: "In all",
        remarks: vec![all.to_string()],
        ..Row::default()
    });
    for (kind, count) in kinds {
        writer.push(Row {
            group: OF_EACH_KIND,
            remarks: vec![in_number(kind, count)],
            ..Row::default()
        });
    }
    if uncounted > 0 {
        writer.note(format!(
            "{uncounted} more by plans or undocumented shares alone, not counted"
        ));
    }
    let written = written(writer.catalogue, set);
    let given = given(&format!("count({written})"), follow);
    let are = match follow.plans || follow.possible {
        true => "are, plans or undocumented shares included, in",
        false => "are documented to be in",
    };
    let title = format!("How many {are} {written}: {all}");
    let method = format!("{METHOD} Ask for the set itself for who they are, each with its proof.");
    let mut answer = writer.finish("query", given, title, &method);
    answer.count = Some(all);
    answer
}

fn in_number(kind: EntityKind, count: usize) -> String {
    let noun = if count == 1 {
        kind.noun()
    } else {
        kind.plural()
    };
    format!("{count} {noun}")
}

const OF_THINGS: &str = "things are compared here, and not what belongs to them: say what of them after a semicolon, such as dependencies";
const OF_EACH_KIND: &str = "Of each kind";
const IN_ALL: &str = "In all of them";
const IN_SOME: &str = "In some of them only";
const IN_ONE: &str = "In one of them only";

/// Answers what sets have in common, and what not.
pub(in crate::query) fn compare(
    mut writer: Writer,
    sets: &[Set<Subject>],
    follow: &Follow,
) -> Answer {
    let names: Vec<String> = sets
        .iter()
        .map(|set| written(writer.catalogue, set))
        .collect();
    let each: Vec<Members> = {
        let working = Sets::new(&writer, *follow);
        let counted = |set| {
            let mut members = working.members(set);
            members.retain(|_, member| working.counts(member));
            members
        };
        sets.iter().map(counted).collect()
    };
    let are_empty: Vec<bool> = each.iter().map(Members::is_empty).collect();
    let mut compared: BTreeMap<Subject, (Vec<usize>, Member)> = BTreeMap::new();
    for (at, members) in each.into_iter().enumerate() {
        for (one, member) in members {
            match compared.get_mut(&one) {
                Some((of, known)) => {
                    of.push(at);
                    *known = known.clone().and(member, follow);
                }
                None => {
                    compared.insert(one, (vec![at], member));
                }
            }
        }
    }
    let mut compared: Vec<_> = compared.into_iter().collect();
    compared.sort_by_key(|(one, (of, _))| {
        let kind = writer.catalogue[one.owner()].kind;
        (sets.len() - of.len(), of.clone(), kind, *one)
    });
    for (one, (of, member)) in compared {
        let heading = match of.len() {
            1 => IN_ONE,
            some if some < sets.len() => IN_SOME,
            _ => IN_ALL,
        };
        let mut row = row(&mut writer, heading, one, &member);
        if of.len() < sets.len() {
            let names: Vec<&str> = of.iter().map(|&at| names[at].as_str()).collect();
            row.remarks.insert(0, format!("in {}", names.join(" and ")));
        }
        writer.push(row);
    }
    if sets.iter().all(|set| set.one().is_some()) {
        writer.note(OF_THINGS.to_owned());
    }
    for (name, is_empty) in names.iter().zip(are_empty) {
        if is_empty {
            writer.note(format!("nothing is documented to be in {name}"));
        }
    }
    let given = given(&format!("compare({})", names.join(", ")), follow);
    let title = format!("What {} have in common, and what not", names.join(" and "));
    writer.finish("query", given, title, METHOD)
}

fn given(query: &str, follow: &Follow) -> IndexMap<&'static str, Given> {
    let mut given = IndexMap::from([("query", Given::Text(query.to_owned()))]);
    insert_follow(&mut given, follow);
    given
}

/// Rows for those in a set, and apart for those whom only plans or undocumented shares put there.
fn push_members(writer: &mut Writer, members: Members, follow: &Follow) {
    let mut all: Vec<(Subject, Member)> = members.into_iter().collect();
    all.sort_by_cached_key(|(one, member)| {
        let kind = writer.catalogue[one.owner()].kind;
        (member.standing, kind, length(writer, member), *one)
    });
    let (counted, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, member)| counts(member.standing, follow));
    for (one, member) in counted {
        let heading = match member.standing {
            Standing::Documented => writer.catalogue[one.owner()].kind.plural(),
            _ => WITH_MORE,
        };
        let row = row(writer, heading, one, &member);
        writer.push(row);
    }
    for (one, member) in others {
        let heading = match member.standing {
            Standing::Planned => PLANS,
            _ => POSSIBLE,
        };
        let row = row(writer, heading, one, &member);
        writer.push_aside(row);
    }
}

/// How many facts prove that one is in a set.
fn length(writer: &Writer, member: &Member) -> usize {
    let of = |proof: &Proof| writer.graph.facts_in(&proof.chain) + proof.facts.len();
    member.proofs.iter().map(of).sum()
}

fn row(writer: &mut Writer, group: &'static str, one: Subject, member: &Member) -> Row {
    let output = one.target_nodes(writer.catalogue, writer.graph);
    let output = output.first().filter(|_| one.entity().is_none());
    let mut row = Row {
        group,
        entity: Some(writer.entity(one.owner())),
        output: output.map(|&node| writer.node_view(node)),
        remarks: member.remarks.clone(),
        ..Row::default()
    };
    match member.proofs.as_slice() {
        // One chain is what other answers have too.
        [
            Proof {
                chain,
                is_own: true,
                ..
            },
        ] if !chain.is_empty() => {
            row.distance = Some(writer.graph.facts_in(chain) as u32);
            row.steps = writer.steps(chain);
        }
        proofs => row.proofs = proofs.iter().map(|proof| of_proof(writer, proof)).collect(),
    }
    row
}

fn of_proof(writer: &mut Writer, proof: &Proof) -> RowProof {
    RowProof {
        of: proof.of.to_string(),
        of_another: !proof.is_own,
        steps: writer.steps(&proof.chain),
        facts: proof
            .facts
            .iter()
            .map(|&fact| writer.fact(fact, false))
            .collect(),
    }
}
