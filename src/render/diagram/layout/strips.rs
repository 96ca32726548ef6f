//! Parts that no arrow ties together, side by side: a page that would be tall and narrow becomes
//! wide.

use super::{Placed, PlacedEdge, PlacedNode, Point, Rect, TextBox, place_in_one};
use crate::render::diagram::picture::{Arrow, Picture};

/// Between two strips.
const APART: f64 = 56.0;
/// The most that strips may take: names of six points on A4, laid on its side.
pub(super) const WIDEST: f64 = 1_500.0;
/// The most strips.
const MOST: usize = 4;
/// How tall a page may be for its width without being parted.
const TALL: f64 = 1.0;

/// The picture in several strips, where it is tall, falls into parts, and gains by it.
pub(super) fn in_strips<'p>(picture: &'p Picture, whole: &Placed) -> Option<Placed<'p>> {
    if whole.height <= TALL * whole.width {
        return None;
    }
    let parts = parts(picture);
    let mut best: Option<Placed> = None;
    for count in 2..=MOST.min(parts.len()) {
        let found = beside(picture, &strips(whole, &parts, count));
        let height = best.as_ref().map_or(whole.height, |best| best.height);
        // More strips must gain a tenth of the height, and may not make a tall page a flat one.
        if found.width <= WIDEST && found.height < 0.9 * height && height > TALL * found.width / 1.4
        {
            best = Some(found);
        }
    }
    best
}

/// The nodes of each part that arrows tie together, by its first node. A part of a node alone is
/// one, too.
fn parts(picture: &Picture) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..picture.nodes.len()).collect();
    for arrow in &picture.arrows {
        let (one, other) = (
            of[arrow.from].min(of[arrow.to]),
            of[arrow.from].max(of[arrow.to]),
        );
        of.iter_mut()
            .filter(|part| **part == other)
            .for_each(|part| *part = one);
    }
    let nodes =
        |part: usize| -> Vec<usize> { (0..of.len()).filter(|&node| of[node] == part).collect() };
    (0..of.len())
        .filter(|&part| of[part] == part)
        .map(nodes)
        .collect()
}

/// The nodes of each strip: the tallest part first, each into the strip that is least full.
fn strips(whole: &Placed, parts: &[Vec<usize>], count: usize) -> Vec<Vec<usize>> {
    let height = |part: &&Vec<usize>| {
        let rects = || part.iter().map(|&node| whole.nodes[node].rect);
        let top = rects().map(|rect| rect.y).fold(f64::INFINITY, f64::min);
        rects().map(|rect| rect.y + rect.height).fold(0.0, f64::max) - top
    };
    let mut parts: Vec<&Vec<usize>> = parts.iter().collect();
    parts.sort_by(|one, other| height(other).total_cmp(&height(one)));
    let mut strips: Vec<(f64, Vec<usize>)> = vec![(0.0, Vec::new()); count];
    for part in parts {
        let least = (0..count)
            .min_by(|&one, &other| strips[one].0.total_cmp(&strips[other].0))
            .unwrap_or(0);
        strips[least].0 += height(&part) + super::APART;
        strips[least].1.extend(part);
    }
    strips
        .into_iter()
        .map(|(_, nodes)| nodes)
        .filter(|nodes| !nodes.is_empty())
        .collect()
}

/// Places each strip by itself, and all beside each other.
fn beside<'p>(picture: &'p Picture, strips: &[Vec<usize>]) -> Placed<'p> {
    let mut nodes: Vec<Option<PlacedNode>> = vec![None; picture.nodes.len()];
    let mut arrows: Vec<Option<PlacedEdge>> = vec![None; picture.arrows.len()];
    let mut placed = Placed {
        picture,
        nodes: vec![],
        arrows: vec![],
        headings: vec![],
        width: 0.0,
        height: 0.0,
        crossings: 0,
    };
    for inside in strips {
        let left = if placed.width > 0.0 {
            placed.width + APART
        } else {
            0.0
        };
        let (strip, own) = cut(picture, inside);
        let found = place_in_one(&strip, super::LINES);
        for (node, &ix) in found.nodes.into_iter().zip(inside) {
            nodes[ix] = Some(PlacedNode {
                rect: right(node.rect, left),
                ..node
            });
        }
        for (arrow, &ix) in found.arrows.into_iter().zip(&own) {
            arrows[ix] = Some(moved(arrow, left));
        }
        placed.headings.extend(
            found
                .headings
                .into_iter()
                .map(|heading| label(heading, left)),
        );
        placed.width = left + found.width;
        placed.height = placed.height.max(found.height);
        placed.crossings += found.crossings;
    }
    placed.nodes = nodes.into_iter().flatten().collect();
    placed.arrows = arrows.into_iter().flatten().collect();
    placed
}

/// The picture of some of the nodes, and the numbers of its arrows in the whole.
fn cut(picture: &Picture, inside: &[usize]) -> (Picture, Vec<usize>) {
    let place = |node: usize| inside.iter().position(|&other| other == node);
    let nodes = inside
        .iter()
        .map(|&node| picture.nodes[node].clone())
        .collect();
    let kept = picture.arrows.iter().enumerate().filter_map(|(ix, arrow)| {
        let (from, to) = (place(arrow.from)?, place(arrow.to)?);
        Some((
            Arrow {
                from,
                to,
                ..arrow.clone()
            },
            ix,
        ))
    });
    let (arrows, own) = kept.unzip();
    (
        Picture {
            nodes,
            arrows,
            ..Picture::default()
        },
        own,
    )
}

fn right(rect: Rect, by: f64) -> Rect {
    Rect {
        x: rect.x + by,
        ..rect
    }
}

fn label(label: TextBox, by: f64) -> TextBox {
    TextBox {
        rect: right(label.rect, by),
        ..label
    }
}

fn moved(arrow: PlacedEdge, by: f64) -> PlacedEdge {
    let point = |point: Point| Point {
        x: point.x + by,
        ..point
    };
    let mut arrow = arrow;
    arrow.start = point(arrow.start);
    for bend in &mut arrow.bends {
        (bend.leave, bend.reach, bend.end) =
            (point(bend.leave), point(bend.reach), point(bend.end));
    }
    arrow.label = arrow.label.map(|words| label(words, by));
    arrow.mark = arrow.mark.map(|letters| label(letters, by));
    arrow
}
