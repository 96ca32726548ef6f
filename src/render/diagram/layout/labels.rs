//! Words on arrows, where there is room for them.

use super::measure::{width, wrap_to};
use super::{Placed, Point, Rect, SMALL, SMALL_LINE, TextBox};
use crate::render::diagram::picture::Picture;
use crate::render::diagram::words::arrow_words;

/// The widths of words on an arrow that are tried in turn until the lines suffice.
const WIDTHS: [f64; 3] = [64.0, 92.0, 112.0];
/// The most lines.
const LINES: usize = 3;
/// Where along a curve words are tried: near its end first, where arrows have parted.
const TRIED: [f64; 13] = [
    0.66, 0.7, 0.62, 0.75, 0.58, 0.8, 0.84, 0.88, 0.52, 0.46, 0.38, 0.3, 0.22,
];

/// Where along a curve the letters of caveats are tried: near its beginning first, so that words
/// have room behind them.
const TRIED_FOR_MARKS: [f64; 14] = [
    0.2, 0.26, 0.14, 0.32, 0.38, 0.46, 0.52, 0.58, 0.66, 0.72, 0.78, 0.84, 0.88, 0.1,
];

/// How far off the middle of an arrow words may stand, where they have no room on it; the arrow
/// still runs through them.
const OFF: [f64; 3] = [0.0, -5.0, 5.0];

/// The words of an arrow, in lines: verb, part, and the numbers of its sources.
pub(super) fn words(picture: &Picture, arrow: usize) -> Vec<String> {
    let words = arrow_words(&picture.arrows[arrow]);
    if words.is_empty() {
        return Vec::new();
    }
    let fits = |most: &&f64| wrap_to(&words, SMALL, **most, LINES + 1).len() <= LINES;
    wrap_to(
        &words,
        SMALL,
        *WIDTHS
            .iter()
            .find(fits)
            .unwrap_or(&WIDTHS[WIDTHS.len() - 1]),
        LINES,
    )
}

/// Puts the letters of caveats on arrows: each where it covers nothing and lies on as few other
/// arrows as can be, and somewhere in any case, for no arrow may stand without.
pub(super) fn put_marks(placed: &mut Placed) {
    let curves: Vec<Vec<Point>> = placed
        .arrows
        .iter()
        .map(super::PlacedEdge::points)
        .collect();
    let mut taken: Vec<Rect> = placed.nodes.iter().map(|node| node.rect).collect();
    for arrow in 0..placed.arrows.len() {
        let letters = placed.picture.arrows[arrow].caveats();
        if letters.is_empty() {
            continue;
        }
        let (size, spots) = (
            mark_size(&letters),
            spots(placed, arrow, &TRIED_FOR_MARKS, 0.0),
        );
        let anywhere = around(spots[0], size);
        let rect = free(placed, &curves, &taken, arrow, spots, size)
            .or_else(|| {
                let closely = closely(placed, arrow);
                free(placed, &curves, &taken, arrow, closely, size)
            })
            .unwrap_or(anywhere);
        taken.push(rect);
        placed.arrows[arrow].mark = Some(TextBox {
            rect,
            lines: vec![letters],
        });
    }
}

/// Where letters are tried that find no room at the usual places: all along the arrow, and just
/// beside it, so that it still touches them.
fn closely(placed: &Placed, arrow: usize) -> Vec<Point> {
    const STEPS: u8 = 96;
    let along: Vec<f64> = (1..STEPS)
        .map(|step| f64::from(step) / f64::from(STEPS))
        .collect();
    let beside = [0.0, -3.0, 3.0, -6.0, 6.0];
    beside
        .into_iter()
        .flat_map(|off| spots(placed, arrow, &along, off))
        .collect()
}

/// Puts words on arrows: each where it covers nothing and lies on as few other arrows as can be;
/// those without a free place go without.
pub(super) fn put(placed: &mut Placed, words: Vec<Vec<String>>) {
    let curves: Vec<Vec<Point>> = placed
        .arrows
        .iter()
        .map(super::PlacedEdge::points)
        .collect();
    let marks = placed
        .arrows
        .iter()
        .filter_map(|arrow| Some(arrow.mark.as_ref()?.rect));
    let mut taken: Vec<Rect> = placed
        .nodes
        .iter()
        .map(|node| node.rect)
        .chain(marks)
        .collect();
    let mut order: Vec<usize> = (0..words.len())
        .filter(|&arrow| !words[arrow].is_empty())
        .collect();
    // Words that share their arrow with letters have least room.
    order.sort_by_key(|&arrow| (curves[arrow].len(), placed.arrows[arrow].mark.is_none()));
    for arrow in order {
        match label(placed, &curves, &taken, arrow, &words[arrow]) {
            Some(label) => {
                taken.push(label.rect);
                placed.arrows[arrow].label = Some(label);
            }
            None => change_over(placed, &curves, &mut taken, arrow, &words[arrow]),
        }
    }
}

/// The words of an arrow at a free place, in as many lines as they are given or in one.
fn label(
    placed: &Placed,
    curves: &[Vec<Point>],
    taken: &[Rect],
    arrow: usize,
    words: &[String],
) -> Option<TextBox> {
    let flat = vec![words.join(" ")];
    let mut tries = OFF
        .into_iter()
        .flat_map(|off| [(off, words.to_vec()), (off, flat.clone())]);
    tries.find_map(|(off, lines)| {
        let rect = free(
            placed,
            curves,
            taken,
            arrow,
            spots(placed, arrow, &TRIED, off),
            size(&lines),
        )?;
        Some(TextBox { rect, lines })
    })
}

/// Where the letters of an arrow leave its words no room: puts the words first, if the letters then
/// find another place.
fn change_over(
    placed: &mut Placed,
    curves: &[Vec<Point>],
    taken: &mut Vec<Rect>,
    arrow: usize,
    words: &[String],
) {
    let Some(TextBox {
        rect: old,
        lines: letters,
    }) = placed.arrows[arrow].mark.clone()
    else {
        return;
    };
    let mut others = taken.clone();
    // Its own letters alone: those of another arrow may stand at the very same place.
    if let Some(own) = others.iter().position(|rect| *rect == old) {
        others.swap_remove(own);
    }
    let Some(label) = label(placed, curves, &others, arrow, words) else {
        return;
    };
    others.push(label.rect);
    let spots = spots(placed, arrow, &TRIED_FOR_MARKS, 0.0);
    let Some(rect) = free(
        placed,
        curves,
        &others,
        arrow,
        spots,
        mark_size(&letters.concat()),
    ) else {
        return;
    };
    others.push(rect);
    *taken = others;
    placed.arrows[arrow].label = Some(label);
    placed.arrows[arrow].mark = Some(TextBox {
        rect,
        lines: letters,
    });
}

/// The place for something of a size on an arrow that covers nothing and lies on fewest other
/// arrows.
fn free(
    placed: &Placed,
    curves: &[Vec<Point>],
    taken: &[Rect],
    arrow: usize,
    spots: Vec<Point>,
    size: (f64, f64),
) -> Option<Rect> {
    let free = spots
        .into_iter()
        .map(|spot| around(spot, size))
        .filter(|rect| is_on_page(placed, rect) && taken.iter().all(|other| !other.overlaps(rect)));
    let cost = |rect: &Rect| {
        let others = curves
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != arrow);
        others
            .filter(|(_, points)| points.iter().any(|point| rect.holds(*point)))
            .count()
    };
    free.map(|rect| (rect, cost(&rect)))
        .min_by_key(|(_, cost)| *cost)
        .map(|(rect, _)| rect)
}

fn size(lines: &[String]) -> (f64, f64) {
    let widest = lines
        .iter()
        .map(|line| width(line, SMALL))
        .fold(0.0, f64::max);
    (widest + 4.0, lines.len() as f64 * SMALL_LINE + 2.0)
}

/// How wide the letters of caveats stand; nothing where there are none.
pub(super) fn mark_width(letters: &str) -> f64 {
    if letters.is_empty() {
        0.0
    } else {
        mark_size(letters).0
    }
}

/// A mark is round, or as wide as its letters need.
pub(in crate::render::diagram) fn mark_size(letters: &str) -> (f64, f64) {
    ((width(letters, SMALL) + 6.0).max(SMALL_LINE), SMALL_LINE)
}

fn around(spot: Point, (width, height): (f64, f64)) -> Rect {
    Rect {
        x: spot.x - width / 2.0,
        y: spot.y - height / 2.0,
        width,
        height,
    }
}

/// The points on an arrow, or a little off it, where something may stand: on its last curve, then
/// on those before.
fn spots(placed: &Placed, arrow: usize, tried: &[f64], off: f64) -> Vec<Point> {
    let arrow = &placed.arrows[arrow];
    let mut start = arrow.start;
    let mut spots: Vec<Vec<Point>> = Vec::new();
    for bend in &arrow.bends {
        spots.push(
            tried
                .iter()
                .map(|&t| bend.at(start, t))
                .map(|spot| Point {
                    y: spot.y + off,
                    ..spot
                })
                .collect(),
        );
        start = bend.end;
    }
    spots.into_iter().rev().flatten().collect()
}

fn is_on_page(placed: &Placed, rect: &Rect) -> bool {
    rect.x >= 0.0
        && rect.y >= 0.0
        && rect.x + rect.width <= placed.width
        && rect.y + rect.height <= placed.height
}
