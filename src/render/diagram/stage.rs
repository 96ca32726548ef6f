//! Stages of a supply chain: where along it a node stands, and the columns of the picture that
//! follow from it.

use super::picture::{Picture, PictureNode, Stage};
use crate::facts::EntityKind;
use crate::graph::Channel;

/// Gives every node of a picture its stage, by its kind and by the arrows that touch it.
pub(super) fn assign(picture: &mut Picture) {
    let stages: Vec<Stage> = (0..picture.nodes.len())
        .map(|node| stage(picture, node))
        .collect();
    for (node, stage) in picture.nodes.iter_mut().zip(stages) {
        node.stage = stage;
    }
}

fn stage(picture: &Picture, ix: usize) -> Stage {
    let node = &picture.nodes[ix];
    let into = |wanted: fn(Option<Channel>) -> bool| {
        picture
            .arrows
            .iter()
            .any(|a| a.to == ix && wanted(a.channel))
    };
    let out = |wanted: fn(Option<Channel>) -> bool| {
        picture
            .arrows
            .iter()
            .any(|a| a.from == ix && wanted(a.channel))
    };
    let is_input = |channel| matches!(channel, Some(Channel::Inputs));
    match node.kind {
        EntityKind::Material if into(is_input) => Stage::Material,
        EntityKind::Material => Stage::RawMaterial,
        EntityKind::Product | EntityKind::Technology | EntityKind::Sector if out(is_input) => {
            Stage::Component
        }
        EntityKind::Product | EntityKind::Technology | EntityKind::Sector => Stage::Product,
        EntityKind::Plant if node.node == "actor" => Stage::Maker,
        EntityKind::Place | EntityKind::Policy | EntityKind::Event | EntityKind::Plant => {
            Stage::Origin
        }
        EntityKind::Economy if node.node == "place" => Stage::Origin,
        _ if into(|channel| matches!(channel, Some(Channel::Output | Channel::Members))) => {
            Stage::Maker
        }
        _ if into(is_input) => Stage::Buyer,
        _ if picture.arrows.iter().any(|arrow| arrow.from == ix) => Stage::Origin,
        _ => Stage::Maker,
    }
}

/// The columns of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// The column of each node.
    pub of: Vec<usize>,
    /// Whether each arrow runs from a later column to an earlier one, because it closes a circle.
    pub backwards: Vec<bool>,
    /// The heading of each column; empty where it is that of the column before.
    pub headings: Vec<String>,
}

/// The most columns for stages that stand apart; beyond it, stages share columns.
const MOST_APART: usize = 8;

/// Puts nodes into columns so that every arrow runs from an earlier column to a later one, unless
/// it closes a circle: longest-path layering (Sugiyama, Tagawa & Toda 1981). Where that makes few
/// enough columns it is done stage by stage, so that, as far as arrows allow, each stage has
/// columns of its own. Takes time in proportion to nodes times arrows.
pub(super) fn columns(picture: &Picture) -> Columns {
    let backwards = circles(picture);
    let order = topological(picture, &backwards);
    let is_chain = picture.arrows.iter().any(|arrow| arrow.channel.is_some());
    let apart = bands(picture, &backwards, &order);
    let together = vec![Stage::Origin; picture.nodes.len()];
    let candidates = if is_chain {
        vec![apart, together]
    } else {
        vec![together]
    };
    let mut found = candidates
        .iter()
        .map(|band| layers(picture, &backwards, &order, band));
    let first = found.next().unwrap_or_default();
    let is_apart = is_chain && count(&first) <= MOST_APART;
    let of = if is_apart {
        first
    } else {
        found.next().unwrap_or(first)
    };
    let naming: fn(&[&PictureNode], &mut Stage) -> String = match (is_chain, is_apart) {
        (true, true) => one_stage,
        (true, false) => |inside, _| listed(inside.iter().map(|node| plain(node)), |word| word),
        (false, _) => |inside, _| kinds(inside),
    };
    let headings = headings(picture, &of, naming);
    Columns {
        of,
        backwards,
        headings,
    }
}

fn count(of: &[usize]) -> usize {
    of.iter().map(|column| column + 1).max().unwrap_or(0)
}

/// The stage that each node must stand in: its own, or a later one out of which an arrow reaches
/// it.
fn bands(picture: &Picture, backwards: &[bool], order: &[usize]) -> Vec<Stage> {
    let mut band: Vec<Stage> = picture.nodes.iter().map(|node| node.stage).collect();
    for &node in order {
        for (_, arrow) in forward(picture, backwards).filter(|(_, (from, _))| *from == node) {
            band[arrow.1] = band[arrow.1].max(band[node]);
        }
    }
    band
}

/// The column of each node, one band after the other.
fn layers(picture: &Picture, backwards: &[bool], order: &[usize], band: &[Stage]) -> Vec<usize> {
    let mut layers = Layers {
        picture,
        backwards,
        order,
        band,
        of: vec![0; picture.nodes.len()],
    };
    let mut start = 0;
    let mut stages = band.to_vec();
    stages.sort_unstable();
    stages.dedup();
    for stage in stages {
        start = layers.fill_band(stage, start);
    }
    layers.pull_right();
    layers.of
}

/// The arrows that close no circle: number, and the nodes they run between.
fn forward<'p>(
    picture: &'p Picture,
    backwards: &'p [bool],
) -> impl Iterator<Item = (usize, (usize, usize))> + 'p {
    let arrows = picture
        .arrows
        .iter()
        .enumerate()
        .filter(|(ix, _)| !backwards[*ix]);
    arrows.map(|(ix, arrow)| (ix, (arrow.from, arrow.to)))
}

/// Nodes as they are laid into columns.
struct Layers<'p> {
    picture: &'p Picture,
    backwards: &'p [bool],
    order: &'p [usize],
    band: &'p [Stage],
    /// The column of each.
    of: Vec<usize>,
}

impl<'p> Layers<'p> {
    fn forward(&self) -> impl Iterator<Item = (usize, (usize, usize))> + use<'p> {
        forward(self.picture, self.backwards)
    }

    /// Lays the nodes of one stage into columns from `start`; the first column after them.
    fn fill_band(&mut self, stage: Stage, start: usize) -> usize {
        let mut end = start;
        for &node in self.order.iter().filter(|&&node| self.band[node] == stage) {
            let before = self
                .forward()
                .filter(|(_, (from, to))| *to == node && self.band[*from] == stage);
            let after = before.map(|(_, (from, _))| self.of[from] + 1).max();
            self.of[node] = after.unwrap_or(start);
            end = end.max(self.of[node] + 1);
        }
        end
    }

    /// Moves nodes that nothing runs into towards what they run into, within their stage: shorter
    /// arrows.
    fn pull_right(&mut self) {
        for &node in self.order.iter().rev() {
            let next = self
                .forward()
                .filter(|(_, (from, _))| *from == node)
                .map(|(_, (_, to))| self.of[to])
                .min();
            let is_first = self.forward().all(|(_, (_, to))| to != node);
            if let (Some(next), true) = (next, is_first) {
                let last = self.last(self.band[node]);
                self.of[node] = (next - 1).min(last).max(self.of[node]);
            }
        }
    }

    /// The last column of a stage.
    fn last(&self, stage: Stage) -> usize {
        let nodes = (0..self.of.len()).filter(|&node| self.band[node] == stage);
        nodes.map(|node| self.of[node]).max().unwrap_or(0)
    }
}

/// The arrows that close circles: those that a walk in depth, from earlier stages to later ones,
/// finds leading back.
fn circles(picture: &Picture) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut starts: Vec<usize> = (0..picture.nodes.len()).collect();
    let has_before = |node: usize| picture.arrows.iter().any(|arrow| arrow.to == node);
    starts.sort_by_key(|&node| (has_before(node), picture.nodes[node].stage, node));
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); picture.nodes.len()];
    for (ix, arrow) in picture.arrows.iter().enumerate() {
        out[arrow.from].push(ix);
    }
    let mut backwards = vec![false; picture.arrows.len()];
    let mut marks = vec![Mark::New; picture.nodes.len()];
    for start in starts {
        let mut open = if marks[start] == Mark::New {
            vec![(start, 0)]
        } else {
            Vec::new()
        };
        while let Some((node, at)) = open.pop() {
            marks[node] = Mark::Open;
            let Some(&arrow) = out[node].get(at) else {
                marks[node] = Mark::Done;
                continue;
            };
            open.push((node, at + 1));
            let next = picture.arrows[arrow].to;
            match marks[next] {
                Mark::New => open.push((next, 0)),
                Mark::Open => backwards[arrow] = true,
                Mark::Done => {}
            }
        }
    }
    backwards
}

fn topological(picture: &Picture, backwards: &[bool]) -> Vec<usize> {
    let mut before = vec![0; picture.nodes.len()];
    for (_, (_, to)) in forward(picture, backwards) {
        before[to] += 1;
    }
    let mut ready: Vec<usize> = (0..before.len())
        .filter(|&node| before[node] == 0)
        .collect();
    let mut at = 0;
    while at < ready.len() {
        let node = ready[at];
        at += 1;
        for (_, (_, to)) in forward(picture, backwards).filter(|(_, (from, _))| *from == node) {
            before[to] -= 1;
            if before[to] == 0 {
                ready.push(to);
            }
        }
    }
    ready
}

/// A heading over the first column of each run of columns with the same one.
fn headings(
    picture: &Picture,
    of: &[usize],
    name: fn(&[&PictureNode], &mut Stage) -> String,
) -> Vec<String> {
    let mut latest = Stage::Origin;
    let inside = |column: usize| -> Vec<&PictureNode> {
        (0..of.len())
            .filter(|&node| of[node] == column)
            .map(|node| &picture.nodes[node])
            .collect()
    };
    let named: Vec<String> = (0..count(of))
        .map(|column| name(&inside(column), &mut latest))
        .collect();
    let is_repeated = |column: usize| column > 0 && named[column] == named[column - 1];
    (0..named.len())
        .map(|column| {
            if is_repeated(column) {
                String::new()
            } else {
                named[column].clone()
            }
        })
        .collect()
}

/// The stage of most of the nodes in a column, but none before the stage of the column before; at
/// the origin the kinds.
fn one_stage(inside: &[&PictureNode], latest: &mut Stage) -> String {
    let votes = |stage: Stage| inside.iter().filter(|node| node.stage == stage).count();
    let stages = inside.iter().map(|node| node.stage);
    let most = stages.max_by_key(|stage| (votes(*stage), std::cmp::Reverse(*stage)));
    *latest = most.unwrap_or(*latest).max(*latest);
    if *latest == Stage::Origin {
        kinds(inside)
    } else {
        latest.heading().to_owned()
    }
}

/// The kinds of the nodes in a column: `Places and plants`.
fn kinds(inside: &[&PictureNode]) -> String {
    let plain = |kind| {
        if kind == EntityKind::Economy {
            EntityKind::Place
        } else {
            kind
        }
    };
    listed(
        inside.iter().map(|node| plain(node.kind)),
        EntityKind::plural,
    )
}

/// What stands in a column that stages share, in few words.
fn plain(node: &PictureNode) -> &'static str {
    match (node.stage, node.kind) {
        (Stage::Origin, EntityKind::Policy) => "policies",
        (Stage::Origin, _) => "places",
        (Stage::RawMaterial | Stage::Material, _) => "materials",
        (Stage::Component | Stage::Product, _) => "products",
        (Stage::Maker | Stage::Buyer, _) => "firms",
    }
}

/// All in words, most common first: one or two. A heading that lists more is no help.
fn listed<T: Copy + Ord>(
    all: impl Iterator<Item = T> + Clone,
    word: fn(T) -> &'static str,
) -> String {
    let mut known: Vec<T> = all.clone().collect();
    known.sort_unstable();
    known.dedup();
    known.sort_by_key(|one| std::cmp::Reverse(all.clone().filter(|other| other == one).count()));
    if known.len() > 2 {
        return "Various".to_owned();
    }
    let words = known
        .into_iter()
        .map(word)
        .collect::<Vec<_>>()
        .join(" and ")
        .to_lowercase();
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
