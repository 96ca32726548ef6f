//! Where everything stands: columns by stage, few crossings, straight arrows, boxes that hold their
//! words. No Graphviz, no font.

mod flaws;
mod heights;
mod labels;
pub(super) mod measure;
mod order;
mod strips;

use std::collections::HashMap;

use super::look::shape;
use super::picture::{Picture, PictureNode};
use super::stage::columns;
use super::words::loss;
use heights::heights;
pub(super) use labels::mark_size;
use measure::{width, wrap_to};
use order::{Grid, Item};

/// A point on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A rectangle on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Rect {
    /// Whether two rectangles have more than an edge in common.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.x + other.width - SLACK
            && other.x < self.x + self.width - SLACK
            && self.y < other.y + other.height - SLACK
            && other.y < self.y + self.height - SLACK
    }

    /// Whether a point lies inside, not on the border.
    pub fn holds(&self, point: Point) -> bool {
        point.x > self.x + SLACK
            && point.x < self.x + self.width - SLACK
            && point.y > self.y + SLACK
            && point.y < self.y + self.height - SLACK
    }

    fn middle(&self) -> Point {
        Point {
            x: self.x + self.width / 2.0,
            y: self.y + self.height / 2.0,
        }
    }
}

/// What rounding may take or give.
const SLACK: f64 = 0.01;

/// A picture of which every part has its place.
#[derive(Clone, Debug)]
pub struct Placed<'p> {
    /// What is drawn.
    pub picture: &'p Picture,
    /// Its nodes, in their order.
    pub nodes: Vec<PlacedNode>,
    /// Its arrows, in their order.
    pub arrows: Vec<PlacedEdge>,
    /// The headings of the columns.
    pub headings: Vec<TextBox>,
    /// The width of the drawing.
    pub width: f64,
    /// The height of the drawing, without headings.
    pub height: f64,
    /// How many arrows cross, counted between neighbouring columns.
    pub crossings: usize,
}

/// A node in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedNode {
    /// Its box.
    pub rect: Rect,
    /// Its name, in lines.
    pub lines: Vec<String>,
    /// What stands under its name.
    pub remark: Option<String>,
}

/// An arrow in its place: where it begins, and the curves that follow.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedEdge {
    /// Where it begins, on the border of a box.
    pub start: Point,
    /// Its curves; the last ends on the border of a box.
    pub bends: Vec<Bend>,
    /// Its words, if there is room for them.
    pub label: Option<TextBox>,
    /// The letters of its caveats, if it has any: they stand on it, whatever there is room for.
    pub mark: Option<TextBox>,
}

/// A cubic Bézier curve from where the one before it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bend {
    /// The first control point.
    pub leave: Point,
    /// The second control point.
    pub reach: Point,
    /// The end.
    pub end: Point,
}

impl Bend {
    /// The point on the curve from `start`, at `t` between 0 and 1.
    fn at(&self, start: Point, t: f64) -> Point {
        let s = 1.0 - t;
        let mix = |a: f64, b: f64, c: f64, d: f64| {
            s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
        };
        Point {
            x: mix(start.x, self.leave.x, self.reach.x, self.end.x),
            y: mix(start.y, self.leave.y, self.reach.y, self.end.y),
        }
    }
}

impl PlacedEdge {
    /// Points along the arrow, close enough to tell what it touches.
    fn points(&self) -> Vec<Point> {
        let mut start = self.start;
        let mut points = vec![start];
        for bend in &self.bends {
            points.extend(
                (1..=SAMPLES).map(|step| bend.at(start, f64::from(step) / f64::from(SAMPLES))),
            );
            start = bend.end;
        }
        points
    }
}

/// Points on each curve: enough for a steep one not to slip between two of them through a line of
/// words.
const SAMPLES: u32 = 48;

/// Words in a box.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBox {
    /// The box.
    pub rect: Rect,
    /// The lines.
    pub lines: Vec<String>,
}

/// The size of names.
pub(super) const NAME: f64 = 12.0;
/// The size of what stands under a name, and of words on arrows.
pub(super) const SMALL: f64 = 10.0;
/// From one line of a name to the next.
pub(super) const NAME_LINE: f64 = 15.0;
/// From one line of small words to the next.
pub(super) const SMALL_LINE: f64 = 12.0;
/// From the border of a box to its words, above and below.
const PADDING: f64 = 8.0;
/// From the border of a box to its words, left and right, beside what its shape takes.
const MARGIN: f64 = 9.0;
/// Widths of names that are tried in turn until the lines suffice.
const WIDTHS: [f64; 5] = [88.0, 100.0, 116.0, 144.0, 180.0];
/// The most lines of a name.
const LINES: usize = 4;
/// The most lines of a name on a page that would be too tall.
const FEW_LINES: usize = 2;
/// Between boxes that stand on top of each other.
const APART: f64 = 18.0;
/// The room that an arrow takes at the side of a box, until the box is so tall.
const PORT: f64 = 6.0;
const TALLEST: f64 = 120.0;
/// Around the passage of an arrow.
const PASSAGE: f64 = 9.0;

/// Places a picture. The same picture is always placed alike.
///
/// Nodes stand in columns by their stage; a long arrow has a passage in every column that it
/// crosses; the order within the columns and the heights follow in turn (Sugiyama, Tagawa & Toda
/// 1981); words are put on arrows last, where there is room. Where the page would be tall and the
/// picture falls into parts, those stand side by side.
pub fn place(picture: &Picture) -> Placed<'_> {
    let whole = place_in_one(picture, LINES);
    if let Some(strips) = strips::in_strips(picture, &whole) {
        return strips;
    }
    let flat = if whole.height > TALL * whole.width {
        Some(place_in_one(picture, FEW_LINES))
    } else {
        None
    };
    flat.filter(|flat| flat.height < whole.height && flat.width <= strips::WIDEST)
        .unwrap_or(whole)
}

/// How tall a drawing may be for its width before its names are written in fewer lines.
const TALL: f64 = 1.4;

/// Places a picture in one piece, with names in so many lines where they have room.
fn place_in_one(picture: &Picture, lines: usize) -> Placed<'_> {
    let columns = columns(picture);
    let ends = |ix: usize| (picture.arrows[ix].from, picture.arrows[ix].to);
    let turned = |ix: usize| {
        if columns.backwards[ix] {
            (ends(ix).1, ends(ix).0)
        } else {
            ends(ix)
        }
    };
    let left_to_right: Vec<(usize, usize)> = (0..picture.arrows.len()).map(turned).collect();
    let mut grid = Grid::new(&columns.of, &left_to_right);
    grid.reduce_crossings();
    let boxes = boxes(picture, &columns.of, lines);
    let labels: Vec<Vec<String>> = (0..picture.arrows.len())
        .map(|arrow| labels::words(picture, arrow))
        .collect();
    let marks: Vec<f64> = picture
        .arrows
        .iter()
        .map(|arrow| labels::mark_width(&arrow.caveats()))
        .collect();
    let bands = bands(&grid, &boxes, (&labels, &marks));
    let middles = middles(&grid, &boxes);
    let nodes = stand(&grid, boxes, &bands, &middles);
    let arrows = routes(&grid, &nodes, &bands, &middles);
    let arrows = arrows.into_iter().enumerate().map(|(ix, arrow)| {
        if columns.backwards[ix] {
            back(arrow)
        } else {
            arrow
        }
    });
    let below = |rect: &Rect| rect.y + rect.height;
    let mut placed = Placed {
        picture,
        headings: headings(&columns.headings, &bands),
        width: bands.last().map_or(0.0, |band| band.right),
        height: nodes
            .iter()
            .map(|node| below(&node.rect))
            .fold(0.0, f64::max),
        crossings: grid.crossings(),
        nodes,
        arrows: arrows.collect(),
    };
    // Letters of caveats first: words may be left out, and no arrow may stand without its letters.
    labels::put_marks(&mut placed);
    labels::put(&mut placed, labels);
    placed
}

/// Every node's words and the size of its box, at no place yet. Boxes are as wide as their column,
/// so names are broken for that width.
fn boxes(picture: &Picture, columns: &[usize], lines: usize) -> Vec<PlacedNode> {
    let narrow: Vec<PlacedNode> = (0..picture.nodes.len())
        .map(|node| measured(picture, node, narrowest(&picture.nodes[node], lines)))
        .collect();
    let width = |column: usize| {
        let inside = (0..narrow.len()).filter(|&node| columns[node] == column);
        inside
            .map(|node| narrow[node].rect.width)
            .fold(0.0, f64::max)
    };
    let room = |node: usize| {
        width(columns[node]) - 2.0 * (MARGIN + shape(&picture.nodes[node]).insets().0)
    };
    (0..narrow.len())
        .map(|node| measured(picture, node, room(node)))
        .collect()
}

/// The narrowest of the usual widths at which a name takes so many lines without a word broken; if
/// none does, that at which it takes as many lines as any may take.
fn narrowest(node: &PictureNode, lines: usize) -> f64 {
    let longest = node
        .name
        .split([' ', '-'])
        .map(|word| width(word, NAME))
        .fold(0.0, f64::max);
    let fits = |lines: usize| {
        let is_enough =
            move |most: &f64| wrap_to(&node.name, NAME, *most, lines + 1).len() <= lines;
        WIDTHS
            .into_iter()
            .find(|most| is_enough(most) && longest + NAME <= *most)
    };
    fits(lines)
        .or_else(|| fits(LINES))
        .unwrap_or(WIDTHS[WIDTHS.len() - 1])
}

/// A node's words in lines no wider than `most`, and the size of its box.
fn measured(picture: &Picture, ix: usize, most: f64) -> PlacedNode {
    let node = &picture.nodes[ix];
    let entering = picture.arrows.iter().filter(|arrow| arrow.to == ix).count();
    let leaving = picture
        .arrows
        .iter()
        .filter(|arrow| arrow.from == ix)
        .count();
    let remark = node.loss.map(loss);
    let lines = wrap_to(&node.name, NAME, most, LINES);
    let widest = lines
        .iter()
        .map(|line| width(line, NAME))
        .fold(0.0, f64::max);
    let widest = remark
        .iter()
        .map(|remark| width(remark, SMALL))
        .fold(widest, f64::max);
    let (aside, above) = shape(node).insets();
    let under = if remark.is_some() { SMALL_LINE } else { 0.0 };
    let rect = Rect {
        x: 0.0,
        y: 0.0,
        width: (widest + 2.0 * (MARGIN + aside)).max(64.0).ceil(),
        height: (lines.len() as f64 * NAME_LINE + under + 2.0 * (PADDING + above))
            .max((entering.max(leaving) as f64 * PORT).min(TALLEST)),
    };
    PlacedNode {
        rect,
        lines,
        remark,
    }
}

/// A column on the page.
#[derive(Clone, Copy, Debug)]
struct Band {
    left: f64,
    right: f64,
}

/// The columns from left to right: each as wide as its widest box, and between them room for the
/// words on arrows.
fn bands(grid: &Grid, boxes: &[PlacedNode], on_arrows: OnArrows) -> Vec<Band> {
    let mut at = 0.0;
    let mut bands = Vec::new();
    for (column, items) in grid.columns.iter().enumerate() {
        let nodes = items.iter().filter_map(|&item| match grid.items[item] {
            Item::Node(node) => Some(boxes[node].rect.width),
            Item::Passage(_) => None,
        });
        let right = at + nodes.fold(0.0, f64::max);
        bands.push(Band { left: at, right });
        at = right + gap(grid, column, on_arrows);
    }
    bands
}

/// The words of each arrow, and how wide the letters of its caveats are.
type OnArrows<'l> = (&'l [Vec<String>], &'l [f64]);

/// The room between a column and the next: for the words and letters of the arrows that end there,
/// and for steep arrows.
fn gap(grid: &Grid, column: usize, (labels, marks): OnArrows) -> f64 {
    let ends_here = |way: &[usize]| {
        way.last()
            .is_some_and(|&end| grid.column[end] == column + 1)
    };
    let here = || (0..grid.ways.len()).filter(|&arrow| ends_here(&grid.ways[arrow]));
    let widest = here()
        .flat_map(|arrow| &labels[arrow])
        .map(|line| width(line, SMALL))
        .fold(0.0, f64::max);
    let mark = here().map(|arrow| marks[arrow]).fold(0.0, f64::max);
    let links: usize = grid.columns[column]
        .iter()
        .map(|&item| grid.after[item].len())
        .sum();
    let steepest = grid.columns[column]
        .iter()
        .map(|&item| grid.after[item].len())
        .max()
        .unwrap_or(0);
    (widest + (mark + 24.0).max(26.0)).clamp(50.0, 132.0)
        + (links as f64).min(24.0)
        + (steepest as f64 * 5.0 - 24.0).clamp(0.0, 80.0)
}

/// The middle height of each item of the grid.
fn middles(grid: &Grid, boxes: &[PlacedNode]) -> Vec<f64> {
    let sizes: Vec<f64> = grid
        .items
        .iter()
        .map(|item| match item {
            Item::Node(node) => boxes[*node].rect.height,
            Item::Passage(_) => 0.0,
        })
        .collect();
    let is_node = |item: usize| matches!(grid.items[item], Item::Node(_));
    let gap = |upper: usize, lower: usize| match (is_node(upper), is_node(lower)) {
        (true, true) => APART,
        (false, false) => PASSAGE,
        _ => PASSAGE + 3.0,
    };
    heights(grid, &sizes, &gap)
}

/// Gives boxes their places; each is as wide as its column.
fn stand(
    grid: &Grid,
    mut boxes: Vec<PlacedNode>,
    bands: &[Band],
    middles: &[f64],
) -> Vec<PlacedNode> {
    for (item, what) in grid.items.iter().enumerate() {
        if let Item::Node(node) = what {
            let (band, rect) = (bands[grid.column[item]], &mut boxes[*node].rect);
            rect.x = band.left;
            rect.width = band.right - band.left;
            rect.y = middles[item] - rect.height / 2.0;
        }
    }
    boxes
}

/// The arrows as if all ran from left to right.
fn routes(grid: &Grid, nodes: &[PlacedNode], bands: &[Band], middles: &[f64]) -> Vec<PlacedEdge> {
    let leaving = ports(grid, nodes, middles, true);
    let reaching = ports(grid, nodes, middles, false);
    let route = |(arrow, way): (usize, &Vec<usize>)| {
        let start = Point {
            x: bands[grid.column[way[0]]].right,
            y: leaving[&arrow],
        };
        let mut bends: Vec<Bend> = Vec::new();
        let mut from = start;
        for &item in &way[1..] {
            let band = bands[grid.column[item]];
            let is_passage = matches!(grid.items[item], Item::Passage(_));
            let y = if is_passage {
                middles[item]
            } else {
                reaching[&arrow]
            };
            bends.push(bend(from, Point { x: band.left, y }));
            from = Point { x: band.left, y };
            if is_passage {
                bends.push(bend(from, Point { x: band.right, y }));
                from = Point { x: band.right, y };
            }
        }
        PlacedEdge {
            start,
            bends,
            label: None,
            mark: None,
        }
    };
    grid.ways.iter().enumerate().map(route).collect()
}

/// A curve that leaves and arrives level.
fn bend(from: Point, end: Point) -> Bend {
    let half = (end.x - from.x) * 0.5;
    Bend {
        leave: Point {
            x: from.x + half,
            y: from.y,
        },
        reach: Point {
            x: end.x - half,
            y: end.y,
        },
        end,
    }
}

/// The height at which each arrow leaves (or reaches) its box: spread over the side, in the order
/// of where it goes (or comes from).
fn ports(
    grid: &Grid,
    nodes: &[PlacedNode],
    middles: &[f64],
    is_leaving: bool,
) -> HashMap<usize, f64> {
    let mut sides: Vec<Vec<(f64, usize)>> = vec![Vec::new(); grid.items.len()];
    for (arrow, way) in grid.ways.iter().enumerate() {
        let (own, next) = if is_leaving {
            (way[0], way[1])
        } else {
            (way[way.len() - 1], way[way.len() - 2])
        };
        sides[own].push((middles[next], arrow));
    }
    let mut ports = HashMap::new();
    for (item, mut side) in sides.into_iter().enumerate() {
        let Item::Node(node) = grid.items[item] else {
            continue;
        };
        side.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let rect = nodes[node].rect;
        let spread = (rect.height - 2.0 * PADDING).min(7.0 * (side.len().max(1) - 1) as f64);
        let step = if side.len() > 1 {
            spread / (side.len() - 1) as f64
        } else {
            0.0
        };
        for (place, (_, arrow)) in side.into_iter().enumerate() {
            ports.insert(arrow, rect.middle().y - spread / 2.0 + step * place as f64);
        }
    }
    ports
}

/// An arrow the other way round.
fn back(arrow: PlacedEdge) -> PlacedEdge {
    let mut starts = vec![arrow.start];
    starts.extend(arrow.bends.iter().map(|bend| bend.end));
    let start = starts[starts.len() - 1];
    let bends = arrow.bends.iter().zip(&starts).rev();
    let bends = bends.map(|(bend, start)| Bend {
        leave: bend.reach,
        reach: bend.leave,
        end: *start,
    });
    PlacedEdge {
        start,
        bends: bends.collect(),
        label: None,
        mark: None,
    }
}

/// Headings above the columns; each reaches to the next.
fn headings(texts: &[String], bands: &[Band]) -> Vec<TextBox> {
    let begins: Vec<usize> = (0..texts.len())
        .filter(|&column| !texts[column].is_empty())
        .collect();
    let end = |place: usize| match begins.get(place + 1) {
        Some(&next) => bands[next - 1].right + (bands[next].left - bands[next - 1].right) * 0.7,
        None => bands[bands.len() - 1].right,
    };
    let label = |(place, &column): (usize, &usize)| {
        let (left, right) = (bands[column].left, end(place));
        let lines = wrap_to(&texts[column], NAME, right - left, LINES);
        let height = lines.len() as f64 * NAME_LINE;
        TextBox {
            rect: Rect {
                x: left,
                y: -height,
                width: right - left,
                height,
            },
            lines,
        }
    };
    begins.iter().enumerate().map(label).collect()
}
