//! Draws one box for what the graph keeps apart, where no reader could then follow arrows along
//! which nothing depends.
//!
//! The graph knows a good, its recipe and its class as three nodes, so that China's making most of
//! all batteries does not carry over to one kind of battery that is made elsewhere. A page is
//! easier to read with one box for all three; but only if every way from an arrow that enters the
//! box to an arrow that leaves it is a way in the graph too.

use std::collections::{HashMap, HashSet};

use super::picture::{Arrow, Picture, PictureNode};

/// Merges nodes that stand for aspects of one thing, as long as that makes no new way from one node
/// to another. A square of the number of nodes for each pair tried; there are few.
pub(super) fn merged(mut picture: Picture) -> Picture {
    let mut things = things(&picture);
    let mut at = 0;
    while at < picture.nodes.len() {
        let alike = (at + 1..picture.nodes.len()).filter(|&other| things[at] == things[other]);
        match alike
            .into_iter()
            .find(|&other| may_merge(&picture, at, other))
        {
            Some(other) => {
                merge(&mut picture, at, other);
                things.remove(other);
            }
            None => at += 1,
        }
    }
    tell_apart(&mut picture);
    picture
}

/// A number for each node: the same where they are aspects of one thing.
fn things(picture: &Picture) -> Vec<usize> {
    let mut known = HashMap::new();
    let is_place = |id: &Option<String>| {
        picture
            .nodes
            .iter()
            .any(|node| node.node == "place" && node.entity == *id)
    };
    let key = |node: &PictureNode| match node.node {
        // That something is made at a site is an aspect of the site.
        "making" => (node.by.clone(), None, None, is_place(&node.by), false),
        word => (
            node.entity.clone(),
            node.by.clone(),
            node.into.clone(),
            word == "place",
            word == "intake",
        ),
    };
    let numbers = picture.nodes.iter().map(|node| {
        let next = known.len();
        *known.entry(key(node)).or_insert(next)
    });
    numbers.collect()
}

fn may_merge(picture: &Picture, one: usize, other: usize) -> bool {
    adds_no_way(picture, one, other) && adds_no_way(picture, other, one)
}

/// Whether all that leads into `enter` leads already to all that `leave` leads to.
fn adds_no_way(picture: &Picture, enter: usize, leave: usize) -> bool {
    let ends: Vec<usize> = picture
        .arrows
        .iter()
        .filter(|arrow| arrow.from == leave && arrow.to != enter)
        .map(|arrow| arrow.to)
        .collect();
    let mut starts = picture
        .arrows
        .iter()
        .filter(|arrow| arrow.to == enter && arrow.from != leave)
        .map(|arrow| arrow.from);
    ends.is_empty()
        || starts.all(|start| {
            let reached = reached(picture, start);
            ends.iter().all(|end| reached.contains(end))
        })
}

fn reached(picture: &Picture, start: usize) -> HashSet<usize> {
    let (mut seen, mut open) = (HashSet::new(), vec![start]);
    while let Some(node) = open.pop() {
        let next = picture
            .arrows
            .iter()
            .filter(|arrow| arrow.from == node)
            .map(|arrow| arrow.to);
        open.extend(next.filter(|&next| seen.insert(next)));
    }
    seen
}

/// Makes one node of two; that which is not an aspect of the other gives its name and kind.
fn merge(picture: &mut Picture, one: usize, other: usize) {
    let gone = picture.nodes.remove(other);
    let is_aspect =
        |node: &PictureNode| node.aspect.is_some() || matches!(node.node, "making" | "origin");
    if is_aspect(&picture.nodes[one]) && !is_aspect(&gone) {
        picture.nodes[one] = gone;
    }
    redirect(picture, |node| match node {
        node if node == other => Some(one),
        node if node > other => Some(node - 1),
        node => Some(node),
    });
}

/// Gives the ends of arrows new numbers. Arrows that lose an end or become loops go; those that
/// come to run alongside become one.
pub(super) fn redirect(picture: &mut Picture, new: impl Fn(usize) -> Option<usize>) {
    let mut arrows = Arrows::default();
    for mut arrow in std::mem::take(&mut picture.arrows) {
        let (Some(from), Some(to)) = (new(arrow.from), new(arrow.to)) else {
            continue;
        };
        (arrow.from, arrow.to) = (from, to);
        if from != to {
            arrows.draw(arrow);
        }
    }
    picture.arrows = arrows.finish();
}

/// The arrows of a picture while it is drawn.
#[derive(Default)]
pub(super) struct Arrows {
    arrows: Vec<Arrow>,
    /// Those that run from one node to another.
    along: HashMap<(usize, usize), Vec<usize>>,
}

impl Arrows {
    /// Whether an arrow runs from one node to another.
    pub fn run_along(&self, from: usize, to: usize) -> bool {
        self.along.contains_key(&(from, to))
    }

    /// Adds an arrow, or what it says to the arrow that is there.
    pub fn draw(&mut self, arrow: Arrow) {
        let is_alike = |known: &Arrow| {
            known.is_planned == arrow.is_planned || known.facts.is_empty() || arrow.facts.is_empty()
        };
        let along = self.along.entry((arrow.from, arrow.to)).or_default();
        match along.iter().copied().find(|&ix| is_alike(&self.arrows[ix])) {
            Some(known) => add(&mut self.arrows[known], arrow),
            None => {
                along.push(self.arrows.len());
                self.arrows.push(arrow);
            }
        }
    }

    pub fn finish(self) -> Vec<Arrow> {
        self.arrows
    }
}

/// Adds to an arrow what another between the same nodes says.
fn add(known: &mut Arrow, arrow: Arrow) {
    if known.facts.is_empty() {
        *known = arrow;
        return;
    }
    if arrow.facts.is_empty() {
        return;
    }
    if !known.verb.split(", ").any(|verb| verb == arrow.verb) {
        known.verb += &format!(", {}", arrow.verb);
    }
    known.part = known.part.take().or(arrow.part);
    known.standing = known.standing.min(arrow.standing);
    known.is_inferred &= arrow.is_inferred;
    known.is_planned &= arrow.is_planned;
    known.facts.extend(arrow.facts);
    let mut seen = HashSet::new();
    known.facts.retain(|fact| seen.insert(fact.fact.clone()));
}

/// Says in the name what of it is meant, where a thing is still drawn as several boxes.
fn tell_apart(picture: &mut Picture) {
    let keys: Vec<_> = picture
        .nodes
        .iter()
        .map(|node| (node.entity.clone(), node.by.clone()))
        .collect();
    for (ix, node) in picture.nodes.iter_mut().enumerate() {
        let is_one_of_many = keys.iter().filter(|key| **key == keys[ix]).count() > 1;
        let what = match (node.aspect, node.node) {
            (Some("recipe"), _) => " (how it is made)",
            (Some("class"), _) => " (as a kind)",
            (Some(_), _) => " (as a whole)",
            (None, "place") => " (territory)",
            (None, _) => "",
        };
        if is_one_of_many {
            node.name += what;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::EntityKind;
    use crate::graph::Standing;
    use crate::render::diagram::picture::Stage;

    fn node(entity: &str, aspect: Option<&'static str>) -> PictureNode {
        PictureNode {
            node: "good",
            entity: Some(entity.to_owned()),
            by: None,
            into: None,
            aspect,
            name: entity.to_owned(),
            kind: EntityKind::Product,
            country: None,
            country_name: None,
            stage: Stage::Product,
            loss: None,
            is_asked: false,
            folded: Vec::new(),
        }
    }

    fn picture(nodes: &[(&str, Option<&'static str>)], arrows: &[(usize, usize)]) -> Picture {
        let arrow = |&(from, to): &(usize, usize)| Arrow {
            from,
            to,
            verb: String::new(),
            part: None,
            channel: None,
            standing: Standing::Documented,
            is_inferred: false,
            is_planned: false,
            facts: Vec::new(),
        };
        Picture {
            nodes: nodes
                .iter()
                .map(|(entity, aspect)| node(entity, *aspect))
                .collect(),
            arrows: arrows.iter().map(arrow).collect(),
            ..Picture::default()
        }
    }

    fn names(picture: &Picture) -> Vec<&str> {
        picture
            .nodes
            .iter()
            .map(|node| node.name.as_str())
            .collect()
    }

    const BATTERY: [(&str, Option<&'static str>); 5] = [
        ("graphite", None),
        ("battery", Some("recipe")),
        ("battery", None),
        ("kind of battery", None),
        ("makers", None),
    ];

    #[test]
    fn a_good_and_its_recipe_share_a_box() {
        let picture = merged(picture(&BATTERY[..4], &[(0, 1), (1, 2), (1, 3)]));
        assert_eq!(names(&picture), ["graphite", "battery", "kind of battery"]);
        assert_eq!(picture.arrows.len(), 2);
    }

    #[test]
    fn boxes_stay_apart_where_one_would_lead_from_the_makers_of_a_good_to_its_kinds() {
        let picture = merged(picture(&BATTERY, &[(0, 1), (1, 2), (1, 3), (4, 2)]));
        assert_eq!(
            names(&picture),
            [
                "graphite",
                "battery (how it is made)",
                "battery",
                "kind of battery",
                "makers"
            ]
        );
        assert!(!reached(&picture, 4).contains(&3));
    }
}
