//! A made-up network of any size, the same for the same seed: about five arcs for each node;
//! circles, most of a few nodes and some of hundreds; and hubs, which have 1,500 alternatives or
//! 1,500 dependents.

use hanjung::facts::Interval;
use hanjung::graph::loss::{Need, Network, NetworkBuilder};
use hanjung::graph::{ArcIx, NodeIx, RequirementIx};

use super::Random;

const ARCS_OF_A_HUB: usize = 1_500;
/// One block in so many is large, one node in so many is a hub.
const BLOCKS_FOR_A_LARGE_ONE: usize = 1_000;
const NODES_FOR_A_HUB: usize = 5_000;

/// Nodes stand in blocks; they need each other within a block and others in blocks before it, so
/// that no circle leaves its block. Of two alternatives to something in the block, one in two is
/// before it.
struct Maker {
    random: Random,
    builder: NetworkBuilder,
    requirements: usize,
    arcs: usize,
}

/// A network of so many nodes, and five times as many arcs.
pub fn network(nodes: usize, seed: u64) -> Network {
    let mut maker = Maker {
        random: Random(seed),
        builder: NetworkBuilder::new(nodes),
        requirements: 0,
        arcs: 0,
    };
    let mut start = 0;
    while start < nodes {
        let end = nodes.min(start + maker.block_size());
        for node in start..end {
            maker.node(node, start..end);
        }
        start = end;
    }
    while maker.arcs < 5 * nodes {
        let (node, size) = (maker.random.below(nodes - 1) + 1, maker.random.below(3) + 1);
        maker.requirement(node, size, |random| random.below(node));
    }
    maker.builder.finish()
}

impl Maker {
    fn block_size(&mut self) -> usize {
        match self.random.below(BLOCKS_FOR_A_LARGE_ONE) {
            0 => 200 + self.random.below(600),
            _ => 1 + self.random.below(4),
        }
    }

    /// Some of what a node needs is in its own block, the rest before it; every so often it is, or
    /// needs, a hub.
    fn node(&mut self, node: usize, block: std::ops::Range<usize>) {
        if block.len() > 1 {
            let size = 1 + self.random.below(2);
            self.requirement(node, size, |random| match size * random.below(2) {
                2 if block.start > 0 => random.below(block.start),
                _ => block.start + random.below(block.len()),
            });
        }
        if block.start == 0 {
            return;
        }
        if node.is_multiple_of(NODES_FOR_A_HUB) {
            self.requirement(node, ARCS_OF_A_HUB, |random| random.below(block.start));
        }
        let size = 1 + self.random.below(2);
        let hub = node.next_multiple_of(NODES_FOR_A_HUB) - NODES_FOR_A_HUB;
        let needs_hub = hub < block.start && self.random.below(NODES_FOR_A_HUB) < ARCS_OF_A_HUB;
        self.requirement(node, size, |random| {
            if needs_hub {
                hub
            } else {
                random.below(block.start)
            }
        });
    }

    /// A requirement with alternatives of which a part is exact, a part at least so much, a part
    /// unknown; in one of three the last stands for the rest.
    fn requirement(&mut self, node: usize, size: usize, pick: impl Fn(&mut Random) -> usize) {
        let has_rest = size > 1 && self.random.below(3) == 0;
        let parts = if has_rest { size - 1 } else { size };
        let mut needs: Vec<Need> = (0..parts).map(|_| self.need(&pick, size)).collect();
        if has_rest {
            let sum = |bound: fn(&Interval) -> f64| {
                needs.iter().map(|need| bound(&need.share)).sum::<f64>()
            };
            let share = Interval {
                lo: (1.0 - sum(|share| share.hi)).max(0.0),
                hi: (1.0 - sum(|share| share.lo)).max(0.0),
            };
            let rest = Need {
                share,
                whole: None,
                ..self.need(&pick, size)
            };
            needs.push(rest);
        }
        self.builder.requirement(
            NodeIx::new(node),
            RequirementIx::new(self.requirements),
            needs,
        );
        self.requirements += 1;
    }

    fn need(&mut self, pick: impl Fn(&mut Random) -> usize, size: usize) -> Need {
        self.arcs += 1;
        let on = pick(&mut self.random);
        let part = 1.0 / size as f64;
        let share = match self.random.below(3) {
            0 => Interval { lo: part, hi: part },
            1 => Interval {
                lo: part * self.random.below(100) as f64 / 100.0,
                hi: 1.0,
            },
            _ => Interval::UNKNOWN,
        };
        Need {
            on: NodeIx::new(on),
            share,
            whole: Some(0),
            is_shared_out: self.arcs.is_multiple_of(2),
            arc: ArcIx::new(self.arcs - 1),
        }
    }
}

/// The nodes that are cut, one after another.
pub fn cuts(nodes: usize, seed: u64) -> impl FnMut() -> Vec<(NodeIx, f64)> {
    let mut random = Random(seed);
    move || vec![(NodeIx::new(random.below(nodes)), 1.0)]
}
