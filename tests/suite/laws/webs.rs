//! Small made-up networks, circles included, and the networks that hanjung makes of them.

use hanjung::facts::Interval;
use hanjung::graph::loss::{Need, Network, NetworkBuilder};
use hanjung::graph::{ArcIx, NodeIx, RequirementIx};
use proptest::collection::vec;
use proptest::prelude::*;

/// An alternative: its share lies between two numbers of tenths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    pub to: usize,
    pub lo: u8,
    pub hi: u8,
    /// The whole it is a part of; none for the rest.
    pub whole: Option<u8>,
    /// Whether nothing says who goes short when a part of what it leads to is missing.
    pub is_shared_out: bool,
}

/// Something that a node cannot do without. What stands for the rest comes last.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub of: usize,
    pub ways: Vec<Way>,
}

/// A network of a few nodes.
#[derive(Clone, Debug)]
pub struct Web {
    pub nodes: usize,
    pub requirements: Vec<Requirement>,
}

/// What is cut of which nodes, in tenths.
pub type Cut = Vec<(usize, u8)>;

pub fn tenths(n: u8) -> f64 {
    f64::from(n) / 10.0
}

impl Requirement {
    pub fn has_rest(&self) -> bool {
        self.ways.iter().any(|way| way.whole.is_none())
    }

    /// The wholes, the rest not counted.
    pub fn wholes(&self) -> Vec<u8> {
        let mut wholes: Vec<u8> = self.ways.iter().filter_map(|way| way.whole).collect();
        wholes.sort_unstable();
        wholes.dedup();
        wholes
    }

    /// The sum of the least shares of one whole.
    pub fn least_of(&self, whole: u8) -> u8 {
        self.ways
            .iter()
            .filter(|way| way.whole == Some(whole))
            .map(|way| way.lo)
            .sum()
    }

    /// Narrows shares until those of each whole fit together, and gives what is left to the last
    /// way where that is to stand for the rest.
    pub fn fitted(mut self) -> Self {
        let rest = self.ways.pop_if(|way| way.whole.is_none());
        for at in 0..self.ways.len() {
            let whole = self.ways[at].whole.expect("only the last is the rest");
            let others = self.least_of(whole) - self.ways[at].lo;
            self.ways[at].lo = self.ways[at].lo.min(10_u8.saturating_sub(others));
        }
        for at in 0..self.ways.len() {
            let whole = self.ways[at].whole.expect("only the last is the rest");
            let others = self.least_of(whole) - self.ways[at].lo;
            self.ways[at].hi = self.ways[at].hi.min(10 - others);
        }
        let most: u8 = self.ways.iter().map(|way| way.hi).sum();
        let least = self
            .wholes()
            .into_iter()
            .map(|whole| self.least_of(whole))
            .max()
            .unwrap_or(0);
        self.ways.extend(rest.map(|rest| Way {
            lo: 10_u8.saturating_sub(most),
            hi: 10 - least,
            ..rest
        }));
        self
    }
}

impl Web {
    /// The network that hanjung makes of it: the arcs are numbered through.
    pub fn network(&self) -> Network {
        let mut builder = NetworkBuilder::new(self.nodes);
        let mut arcs = (0..).map(ArcIx::new);
        for (number, requirement) in self.requirements.iter().enumerate() {
            let needs = requirement
                .ways
                .iter()
                .zip(&mut arcs)
                .map(|(way, arc)| Need {
                    on: NodeIx::new(way.to),
                    share: Interval {
                        lo: tenths(way.lo),
                        hi: tenths(way.hi),
                    },
                    whole: way.whole.map(u32::from),
                    is_shared_out: way.is_shared_out,
                    arc,
                });
            builder.requirement(
                NodeIx::new(requirement.of),
                RequirementIx::new(number),
                needs.collect::<Vec<_>>(),
            );
        }
        builder.finish()
    }

    /// The way that an arc of the network stands for, and its requirement.
    pub fn way(&self, arc: ArcIx) -> (usize, Way) {
        let ways = self.requirements.iter().enumerate();
        let mut ways =
            ways.flat_map(|(number, need)| need.ways.iter().map(move |way| (number, *way)));
        ways.nth(arc.index()).expect("the arc is one of the ways")
    }
}

/// What hanjung is told to cut.
pub fn cut_nodes(cut: &Cut) -> Vec<(NodeIx, f64)> {
    cut.iter()
        .map(|&(node, part)| (NodeIx::new(node), tenths(part)))
        .collect()
}

fn share() -> impl Strategy<Value = (u8, u8)> {
    prop_oneof![
        2 => (1..=10u8).prop_map(|n| (n, n)),
        2 => (1..=10u8).prop_map(|n| (n, 10)),
        1 => Just((0, 10)),
        1 => Just((10, 10)),
        1 => (0..=10u8, 1..=10u8).prop_map(|(a, b)| (a.min(b), a.max(b))),
    ]
}

fn requirement(nodes: usize, wholes: u8) -> impl Strategy<Value = Requirement> {
    let way = (0..nodes, share(), 0..wholes, any::<bool>());
    (
        0..nodes,
        vec(way, 1..=3),
        prop::option::of((0..nodes, any::<bool>())),
    )
        .prop_map(|(of, ways, rest)| {
            let ways = ways
                .into_iter()
                .map(|(to, (lo, hi), whole, is_shared_out)| Way {
                    to,
                    lo,
                    hi,
                    whole: Some(whole),
                    is_shared_out,
                });
            let rest = rest.map(|(to, is_shared_out)| Way {
                to,
                lo: 0,
                hi: 10,
                whole: None,
                is_shared_out,
            });
            Requirement {
                of,
                ways: ways.chain(rest).collect(),
            }
            .fitted()
        })
}

/// Networks in which the alternatives of each requirement are parts of at most so many wholes.
pub fn webs(wholes: u8) -> impl Strategy<Value = Web> {
    let of = move |nodes: usize| {
        vec(requirement(nodes, wholes), 1..=10).prop_map(move |requirements| Web {
            nodes,
            requirements,
        })
    };
    (2..=7usize).prop_flat_map(of)
}

/// Networks with something that is cut.
pub fn cut_webs(wholes: u8) -> impl Strategy<Value = (Web, Cut)> {
    webs(wholes).prop_flat_map(|web| {
        let part = prop_oneof![2 => Just(10u8), 1 => 1..=10u8];
        let cut = vec((0..web.nodes, part), 1..=3);
        (Just(web), cut)
    })
}
