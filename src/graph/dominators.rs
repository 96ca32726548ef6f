//! What lies on every chain: dominators.

use petgraph::algo::dominators::{self, simple_fast};
use petgraph::graph::{DiGraph, NodeIndex};

use super::node::{Arc, NodeIx};
use super::{Graph, Tables};

/// For each node that can be reached from some others its dominators: what lies on every chain to
/// it.
#[derive(Debug)]
pub struct Dominators {
    tree: dominators::Dominators<NodeIndex>,
    root: NodeIndex,
}

impl Graph {
    /// What lies on every chain from these nodes along the arcs that `passes` lets pass.
    ///
    /// The dominator tree (K. D. Cooper, T. J. Harvey, K. Kennedy, "A Simple, Fast Dominance
    /// Algorithm", 2001) of the graph with one more node that stands before all starts.
    pub fn dominators(&self, starts: &[NodeIx], passes: impl Fn(&Arc) -> bool) -> Dominators {
        let Tables { nodes, arcs, .. } = &self.tables;
        let mut net: DiGraph<(), ()> =
            DiGraph::with_capacity(nodes.len() + 1, arcs.len() + starts.len());
        nodes.iter().for_each(|_| {
            net.add_node(());
        });
        // What a purchase goes into lies on the way of whoever buys it, though a short way leads
        // past.
        for arc in arcs
            .iter()
            .filter(|arc| passes(arc) && self.carries_loss(arc))
        {
            net.add_edge(arc.from.0.into(), arc.to.0.into(), ());
        }
        let root = net.add_node(());
        starts.iter().for_each(|start| {
            net.add_edge(root, start.0.into(), ());
        });
        Dominators {
            tree: simple_fast(&net, root),
            root,
        }
    }
}

impl Dominators {
    /// The nodes on every chain to this one, itself first; none if no chain leads there.
    pub fn of(&self, node: NodeIx) -> Vec<NodeIx> {
        let all = self.tree.dominators(node.0.into()).into_iter().flatten();
        all.filter(|&other| other != self.root)
            .map(|other| NodeIx::new(other.index()))
            .collect()
    }
}
