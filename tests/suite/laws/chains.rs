//! The chains of `why`, and those of the rows: connected, made of facts that are there, none twice,
//! shortest first.

use std::collections::{BTreeMap, BTreeSet};

use hanjung::facts::EntityKind;
use hanjung::graph::{ArcIx, Node, NodeIx, Reading, Standing};
use hanjung::query::{Answer, FactView, NodeView, ReadingView, Row, Step};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::laws::asked::{Asked, distances, facts, follow, ids, passage};
use crate::laws::made_up::worlds;
use crate::laws::oracle::Along;
use crate::laws::world::World;
use crate::laws::{ALL, CHANNELS, DOCUMENTED, hold};

/// How many chains are asked for.
const MOST: usize = 4;

/// Every two entities, the first of which depends on the second.
fn dependent_pairs(world: &World, asked: &Asked, along: Along) -> Vec<(String, String)> {
    let on = |from: &String| {
        ids(&asked.dependencies(from, along))
            .into_iter()
            .collect::<Vec<_>>()
    };
    world
        .ids()
        .flat_map(|from| on(&from).into_iter().map(move |to| (from.clone(), to)))
        .collect()
}

#[test]
fn there_is_a_why_just_where_there_is_a_dependence() {
    hold(60, 3, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, ALL] {
            let pairs: BTreeSet<_> = dependent_pairs(&world, &asked, along).into_iter().collect();
            for (from, to) in world
                .ids()
                .flat_map(|from| world.ids().map(move |to| (from.clone(), to)))
            {
                let is_why = from != to && !asked.why(&from, &to, along, 1).rows.is_empty();
                prop_assert_eq!(
                    is_why,
                    pairs.contains(&(from.clone(), to.clone())),
                    "why {} {}",
                    from,
                    to
                );
            }
        }
        Ok(())
    });
}

#[test]
fn the_first_chain_is_as_long_as_the_rows() {
    hold(60, 4, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, CHANNELS] {
            for (from, to) in dependent_pairs(&world, &asked, along) {
                let first = asked.why(&from, &to, along, 1).rows[0].distance.unwrap();
                let dependent = distances(&asked.dependents(&to, along))[&from];
                let dependency = distances(&asked.dependencies(&from, along))[&to];
                prop_assert_eq!(
                    (dependent, dependency),
                    (first, first),
                    "why {} {}",
                    from,
                    to
                );
            }
        }
        Ok(())
    });
}

/// The nodes that a chain visits, if each of its arcs begins where the one before it ends.
fn visited(asked: &Asked, chain: &[ArcIx]) -> Option<Vec<NodeIx>> {
    let mut visited = vec![asked.graph().arc(*chain.first()?).from];
    for &arc in chain {
        let arc = asked.graph().arc(arc);
        if visited.last() != Some(&arc.from) {
            return None;
        }
        visited.push(arc.to);
    }
    Some(visited)
}

fn chains(asked: &Asked, from: &str, to: &str, along: Along) -> Vec<Vec<ArcIx>> {
    let (from, to) = (asked.entity(from), asked.entity(to));
    let starts = asked.facts.subject_nodes(from);
    let ends = asked.facts.target_nodes(to);
    asked.graph().chains(&starts, &ends, &follow(along), MOST).0
}

fn judge_chain(
    asked: &Asked,
    from: &str,
    to: &str,
    along: Along,
    chain: &[ArcIx],
) -> TestCaseResult {
    let visited = visited(asked, chain).expect("the arcs of a chain are connected");
    let starts = asked.facts.subject_nodes(asked.entity(from));
    let ends = asked.facts.target_nodes(asked.entity(to));
    prop_assert!(
        starts.contains(&visited[0]) && ends.contains(&visited[chain.len()]),
        "a chain begins or ends elsewhere"
    );
    let is_again = |at: usize| visited[..at].contains(&visited[at]);
    prop_assert!(!(0..visited.len()).any(is_again), "a node is visited twice");
    let is_followed = |arc: &ArcIx| follow(along).passes(asked.graph(), asked.graph().arc(*arc));
    prop_assert!(chain.iter().all(is_followed), "an arc is not followed");
    let nodes: Vec<Node> = visited
        .iter()
        .map(|&node| asked.graph().node(node))
        .collect();
    prop_assert!(
        !nodes.windows(2).any(leaves_a_place),
        "a chain leaves a place for something else"
    );
    let is_economy = |node: &Node| asked.catalogue()[node.entity()].kind == EntityKind::Economy;
    let passes = |node: &Node| matches!(node, Node::Actor(_) | Node::Maker(_)) && is_economy(node);
    prop_assert!(
        !nodes[1..chain.len()].iter().any(passes),
        "a chain passes through an economy"
    );
    Ok(())
}

/// Whether of two nodes the first is a place and the second is not.
fn leaves_a_place(nodes: &[Node]) -> bool {
    matches!(nodes, [Node::Place(_), other] if !matches!(other, Node::Place(_)))
}

#[test]
fn chains_are_connected_and_visit_no_node_twice() {
    hold(60, 5, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, ALL] {
            for (from, to) in dependent_pairs(&world, &asked, along) {
                for chain in chains(&asked, &from, &to, along) {
                    judge_chain(&asked, &from, &to, along, &chain)?;
                }
            }
        }
        Ok(())
    });
}

/// Whether these facts make an arc: all those that it is told by, or one that says the same.
fn is_made_by(asked: &Asked, arc: ArcIx, facts: &BTreeSet<String>) -> bool {
    let is_cited = |reading: &Reading| facts.contains(asked.catalogue()[reading.fact].id.as_str());
    let (graph, others) = (asked.graph(), asked.graph().other_readings(arc));
    graph.readings(arc).iter().all(is_cited)
        || graph
            .figure_readings(arc)
            .iter()
            .chain(others)
            .any(is_cited)
}

#[test]
fn the_facts_that_a_chain_cites_make_all_its_arcs() {
    hold(60, 16, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, ALL] {
            for (from, to) in dependent_pairs(&world, &asked, along) {
                let rows = asked.why(&from, &to, along, MOST).rows;
                for (chain, row) in chains(&asked, &from, &to, along).iter().zip(&rows) {
                    let cited = facts(row);
                    let is_made = chain.iter().all(|&arc| is_made_by(&asked, arc, &cited));
                    prop_assert!(is_made, "why {} {}: {:?}", from, to, cited);
                }
            }
        }
        Ok(())
    });
}

#[test]
fn chains_come_shortest_first() {
    hold(60, 17, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, ALL] {
            for (from, to) in dependent_pairs(&world, &asked, along) {
                let rows = asked.why(&from, &to, along, MOST).rows;
                let lengths: Vec<_> = rows.iter().map(|row| row.distance).collect();
                prop_assert!(lengths.is_sorted(), "why {} {}: {:?}", from, to, lengths);
            }
        }
        Ok(())
    });
}

#[test]
fn no_chain_only_adds_facts_to_one_before_it() {
    hold(60, 6, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, ALL] {
            for (from, to) in dependent_pairs(&world, &asked, along) {
                let rows = asked.why(&from, &to, along, MOST).rows;
                let resting: Vec<_> = rows.iter().map(facts).collect();
                let adds = |at: usize| {
                    resting[..at]
                        .iter()
                        .any(|before| before.is_subset(&resting[at]))
                };
                prop_assert!(
                    !(0..resting.len()).any(adds),
                    "why {} {}: {:?}",
                    from,
                    to,
                    resting
                );
            }
        }
        Ok(())
    });
}

/// Whether two neighbouring nodes of a chain are joined by what they mean: one entity, or an output
/// of it or by it.
fn are_joined(before: &NodeView, after: &NodeView) -> bool {
    before.entity == after.entity
        || before.by.as_ref() == Some(&after.entity)
        || after.by.as_ref() == Some(&before.entity)
}

/// The entities in the fields of a fact.
fn fields(fact: &FactView) -> BTreeMap<&str, String> {
    let is_end = |field: &str| !field.contains("share") && !matches!(field, "measure" | "held");
    let ids = fact.fields.iter().filter(|(field, _)| is_end(field));
    ids.map(|(field, id)| (*field, id.clone())).collect()
}

/// Whether a fact of an answer is the one that its passage states.
fn is_of(world: &World, answer: &Answer, reading: &ReadingView) -> bool {
    let (fact, passage) = (&answer.facts[&reading.fact], passage(answer, &reading.fact));
    let stated = world
        .facts
        .iter()
        .find(|known| known.passage == passage)
        .expect("some fact has the passage");
    let ends = stated
        .ends
        .iter()
        .map(|(field, end)| (*field, world.id(*end)));
    stated.claim == fact.claim && fields(fact) == ends.collect()
}

fn judge_step(world: &World, answer: &Answer, step: &Step) -> TestCaseResult {
    let stated: Vec<&FactView> = step
        .facts
        .iter()
        .map(|reading| &answer.facts[&reading.fact])
        .collect();
    prop_assert!(!stated.is_empty(), "a step rests on no fact");
    prop_assert!(
        step.facts
            .iter()
            .all(|reading| is_of(world, answer, reading)),
        "a fact is not in the world"
    );
    let named: BTreeSet<String> = stated
        .iter()
        .flat_map(|fact| fields(fact).into_values())
        .collect();
    // Who takes something in is the one whose output was spoken of before.
    let other = step.to.by.as_ref().filter(|_| step.to.by != step.from.by);
    // Of what comes from two places a fact names the places.
    let are_made = step.from.node == "origin"
        && step.to.node == "origin"
        && step.from.entity == step.to.entity;
    let goods = [&step.from.entity, &step.to.entity]
        .into_iter()
        .filter(|_| !are_made);
    let mut ends = goods.chain(other);
    prop_assert!(
        ends.all(|end| named.contains(end)),
        "the facts of a step do not name its ends: {:?}",
        step
    );
    Ok(())
}

fn judge_row(world: &World, answer: &Answer, row: &Row) -> TestCaseResult {
    for step in &row.steps {
        judge_step(world, answer, step)?;
    }
    let mut pairs = row.steps.iter().zip(row.steps.iter().skip(1));
    prop_assert!(
        pairs.all(|(before, after)| are_joined(&before.to, &after.from)),
        "the steps of a row are not joined"
    );
    Ok(())
}

#[test]
fn steps_are_facts_and_each_begins_where_the_last_one_ends() {
    hold(60, 7, worlds(), |world| {
        let asked = Asked::of(&world);
        for along in [DOCUMENTED, ALL] {
            for id in world.ids() {
                for answer in [asked.dependents(&id, along), asked.dependencies(&id, along)] {
                    for row in &answer.rows {
                        judge_row(&world, &answer, row)?;
                    }
                }
            }
            for (from, to) in dependent_pairs(&world, &asked, along) {
                let answer = asked.why(&from, &to, along, MOST);
                for row in &answer.rows {
                    judge_row(&world, &answer, row)?;
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_row_that_is_no_documented_one_says_so_in_a_step() {
    hold(60, 19, worlds(), |world| {
        let asked = Asked::of(&world);
        for id in world.ids() {
            let documented = ids(&asked.dependents(&id, CHANNELS));
            for row in asked.dependents(&id, ALL).rows {
                let is_documented = row
                    .steps
                    .iter()
                    .all(|step| step.standing == Standing::Documented);
                prop_assert_eq!(
                    is_documented,
                    documented.contains(&crate::laws::asked::id(&row)),
                    "dependents {}",
                    id
                );
            }
        }
        Ok(())
    });
}
