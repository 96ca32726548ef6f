//! Fits a picture to a page: leaves that hang alike become one box.

use indexmap::IndexMap;

use super::look::{Stroke, stroke};
use super::merge::redirect;
use super::picture::{Arrow, Member, Picture, PictureNode};
use super::words::{count, names};
use crate::facts::{EntityKind, Interval};

/// The most nodes that one page shows legibly.
pub const MOST_NODES: usize = 60;

/// The fewest leaves that are worth one box.
const FEWEST: usize = 3;

/// How alike leaves must be to share a box; the second way only where the first does not suffice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// Of one kind and country, touching the same nodes.
    Country,
    /// Of one kind, touching the same nodes.
    Kind,
}

/// Folds leaves until the picture fits on a page, those that are most alike and most numerous
/// first. Only leaves of which the same is said are folded, so that each arrow of the box is true
/// of all that is in it.
pub(super) fn folded(mut picture: Picture) -> Picture {
    for likeness in [Likeness::Country, Likeness::Kind] {
        while picture.nodes.len() > MOST_NODES {
            let Some(group) = largest(&picture, likeness) else {
                break;
            };
            fold(&mut picture, &group);
        }
    }
    let folds = picture.nodes.iter().filter(|node| !node.folded.is_empty());
    let notes: Vec<String> = folds
        .map(|node| format!("{}: {}.", node.name, names(&node.folded)))
        .collect();
    picture.notes.extend(notes);
    picture
}

/// What leaves have in common: the side of their arrows, kind, sort, country, and the arrows
/// themselves.
type Likes = (
    bool,
    EntityKind,
    &'static str,
    Option<String>,
    Vec<(usize, String, Option<String>, Stroke)>,
);

fn key(picture: &Picture, ix: usize, likeness: Likeness) -> Option<Likes> {
    let node = &picture.nodes[ix];
    let touching = |is_from: bool| {
        let arrows = picture.arrows.iter().filter(move |arrow| {
            if is_from {
                arrow.from == ix
            } else {
                arrow.to == ix
            }
        });
        let mut said: Vec<_> = arrows.map(|arrow| said(picture, arrow, is_from)).collect();
        said.sort();
        said
    };
    let (before, after) = (touching(false), touching(true));
    if node.is_asked || before.is_empty() == after.is_empty() {
        return None;
    }
    let is_end = after.is_empty();
    let arrows = if is_end { before } else { after };
    let country = if likeness == Likeness::Country {
        node.country.clone()
    } else {
        None
    };
    Some((is_end, node.kind, node.node, country, arrows))
}

/// What an arrow says of the leaf at one of its ends.
fn said(
    picture: &Picture,
    arrow: &Arrow,
    is_from: bool,
) -> (usize, String, Option<String>, Stroke) {
    let other = if is_from { arrow.to } else { arrow.from };
    (
        other,
        arrow.verb.clone(),
        arrow.part.clone(),
        stroke(arrow, &picture.nodes[arrow.from]),
    )
}

/// The most numerous leaves that are alike.
fn largest(picture: &Picture, likeness: Likeness) -> Option<Vec<usize>> {
    let mut groups: IndexMap<Likes, Vec<usize>> = IndexMap::new();
    for ix in 0..picture.nodes.len() {
        if let Some(key) = key(picture, ix, likeness) {
            groups.entry(key).or_default().push(ix);
        }
    }
    let groups = groups.into_values().filter(|group| group.len() >= FEWEST);
    groups.reduce(|most, group| {
        if group.len() > most.len() {
            group
        } else {
            most
        }
    })
}

/// Puts one node in the place of several.
fn fold(picture: &mut Picture, group: &[usize]) {
    let node = box_of(group.iter().map(|&ix| &picture.nodes[ix]).collect());
    let keeps = group[0];
    let gone = |ix: usize| group[1..].iter().filter(|&&gone| gone < ix).count();
    redirect(picture, |ix| {
        Some(if group.contains(&ix) {
            keeps
        } else {
            ix - gone(ix)
        })
    });
    picture.nodes[keeps] = node;
    for &ix in group[1..].iter().rev() {
        picture.nodes.remove(ix);
    }
}

/// One node that stands for several of a kind.
fn box_of(nodes: Vec<&PictureNode>) -> PictureNode {
    let is_single = |node: &&&PictureNode| node.folded.is_empty();
    let mut folded: Vec<Member> = nodes.iter().flat_map(|node| node.folded.clone()).collect();
    let member = |node: &&PictureNode| Member {
        id: node.id(),
        name: node.name.clone(),
    };
    folded.extend(nodes.iter().filter(is_single).map(member));
    folded.sort();
    let is_same =
        |nodes: &[&PictureNode]| nodes.iter().all(|node| node.country == nodes[0].country);
    let losses: Vec<Interval> = nodes.iter().filter_map(|node| node.loss).collect();
    let fold = |choose: fn(f64, f64) -> f64, bound: fn(&Interval) -> f64| {
        losses.iter().map(bound).reduce(choose)
    };
    let loss = fold(f64::min, |loss| loss.lo).zip(fold(f64::max, |loss| loss.hi));
    let (country, country_name) = match is_same(&nodes) {
        true => (nodes[0].country.clone(), nodes[0].country_name.clone()),
        false => (None, None),
    };
    PictureNode {
        entity: None,
        by: None,
        aspect: None,
        name: count(folded.len(), nodes[0].kind),
        country,
        country_name,
        loss: loss.map(|(lo, hi)| Interval { lo, hi }),
        folded,
        ..nodes[0].clone()
    }
}
