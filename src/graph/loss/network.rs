//! Requirements in a compact form, in an order in which a loss can be worked out from those before
//! it.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::super::{ArcIx, NodeIx, RequirementIx};
use crate::facts::Interval;

/// One alternative of a requirement, on its way into a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// What it leads to.
    pub on: NodeIx,
    /// The share of the requirement that it may have.
    pub share: Interval,
    /// The whole that it is a part of; `None` if it stands for the rest.
    pub whole: Option<u32>,
    /// Whether it leads to what several take from, so that nothing says who of them goes short when
    /// a part of it is missing.
    pub is_shared_out: bool,
    /// The arc that it is.
    pub arc: ArcIx,
}

/// Collects requirements for a [`Network`].
#[derive(Debug)]
pub struct NetworkBuilder {
    nodes: usize,
    /// The dependent, the number and the first alternative of each requirement.
    requirements: Vec<(u32, RequirementIx, u32)>,
    ways: Vec<Way>,
}

/// One alternative of a requirement. Those of one whole are neighbours, and what stands for the
/// rest comes last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// What it leads to: a node's number in the builder, its place in the order of the network.
    pub to: u32,
    pub whole: u32,
    pub share: Interval,
    pub is_shared_out: bool,
    pub arc: ArcIx,
}

/// The whole of what stands for the rest.
pub(super) const REST: u32 = u32::MAX;

/// What a requirement hangs on entirely, if one alternative is all of it.
pub(super) fn wholly(ways: &[Way]) -> Option<u32> {
    let mut leading = ways.iter().filter(|way| way.leads());
    let only = leading.next().filter(|_| leading.next().is_none())?;
    (only.share == Interval::WHOLE).then_some(only.to)
}

impl Way {
    /// Whether it can cover anything.
    pub fn leads(&self) -> bool {
        self.share.hi > 0.0
    }
}

/// Requirements in a compact form.
///
/// The nodes stand in an order in which those that depend on each other in a circle are neighbours,
/// and all others come after what they depend on: strongly connected components in reverse
/// topological order (Kosaraju's algorithm, as in M. Sharir, "A strong-connectivity algorithm",
/// Computers & Mathematics with Applications 7, 1981).
#[derive(Debug)]
pub struct Network {
    /// The place of each node in the order.
    place: Vec<u32>,
    /// The node at each place.
    node: Vec<u32>,
    /// For each place the end of its component.
    component_end: Vec<u32>,
    /// The first requirement of each place, and one more.
    requirements_of: Vec<u32>,
    requirement: Vec<RequirementIx>,
    /// Whether each requirement has an alternative in the component of its dependent.
    is_inner: Vec<bool>,
    /// The first alternative of each requirement, and one more.
    ways_of: Vec<u32>,
    ways: Vec<Way>,
    /// The first dependent of each place, and one more.
    dependents_of: Vec<u32>,
    dependents: Vec<u32>,
}

impl NetworkBuilder {
    /// A network of so many nodes, numbered from 0.
    pub fn new(nodes: usize) -> Self {
        NetworkBuilder {
            nodes,
            requirements: Vec::new(),
            ways: Vec::new(),
        }
    }

    /// Adds a requirement. Alternatives that can cover nothing are left out, but for what stands
    /// for the rest: that the others come to the whole is known by it. A requirement without
    /// alternatives is left out, for nothing can be lost through it.
    pub fn requirement(
        &mut self,
        dependent: NodeIx,
        number: RequirementIx,
        needs: impl IntoIterator<Item = Need>,
    ) {
        let first = self.ways.len();
        let way = |need: Need| Way {
            to: need.on.0,
            whole: need.whole.unwrap_or(REST),
            share: need.share,
            is_shared_out: need.is_shared_out,
            arc: need.arc,
        };
        self.ways.extend(
            needs
                .into_iter()
                .map(way)
                .filter(|way| way.share.hi > 0.0 || way.whole == REST),
        );
        if self.ways.len() > first {
            self.ways[first..].sort_by_key(|way| way.whole);
            self.requirements.push((dependent.0, number, first as u32));
        }
    }

    /// The network. Takes time in proportion to nodes and alternatives, but for sorting the
    /// requirements.
    pub fn finish(mut self) -> Network {
        let (node, component_end) = self.order();
        let mut place = vec![0; self.nodes];
        for (at, &node) in node.iter().enumerate() {
            place[node as usize] = at as u32;
        }
        let ends: Vec<u32> = self
            .requirements
            .iter()
            .skip(1)
            .map(|(_, _, first)| *first)
            .collect();
        let ends = ends.into_iter().chain([self.ways.len() as u32]);
        let mut requirements: Vec<(u32, RequirementIx, std::ops::Range<u32>)> =
            std::mem::take(&mut self.requirements)
                .into_iter()
                .zip(ends)
                .map(|((dependent, number, first), end)| {
                    (place[dependent as usize], number, first..end)
                })
                .collect();
        requirements.sort_unstable_by_key(|(at, number, _)| (*at, *number));
        let mut network = Network {
            requirements_of: starts(self.nodes, requirements.iter().map(|(at, ..)| *at)),
            requirement: Vec::with_capacity(requirements.len()),
            is_inner: Vec::with_capacity(requirements.len()),
            ways_of: Vec::with_capacity(requirements.len() + 1),
            ways: Vec::with_capacity(self.ways.len()),
            dependents_of: starts(
                self.nodes,
                self.ways
                    .iter()
                    .filter(|way| way.leads())
                    .map(|way| place[way.to as usize]),
            ),
            dependents: vec![0; self.ways.iter().filter(|way| way.leads()).count()],
            place,
            node,
            component_end,
        };
        let mut next = network.dependents_of.clone();
        for (at, number, range) in requirements {
            network.ways_of.push(network.ways.len() as u32);
            network.requirement.push(number);
            let mut is_inner = false;
            for way in &self.ways[range.start as usize..range.end as usize] {
                let to = network.place[way.to as usize];
                is_inner |= way.leads()
                    && network.component_end[to as usize] == network.component_end[at as usize];
                network.ways.push(Way { to, ..*way });
                if !way.leads() {
                    continue;
                }
                let slot = &mut next[to as usize];
                network.dependents[*slot as usize] = at;
                *slot += 1;
            }
            network.is_inner.push(is_inner);
        }
        network.ways_of.push(network.ways.len() as u32);
        network
    }

    /// The nodes in the order of the network, and for each place the end of its component.
    fn order(&self) -> (Vec<u32>, Vec<u32>) {
        let mut net: DiGraph<(), ()> = DiGraph::with_capacity(self.nodes, self.ways.len());
        (0..self.nodes).for_each(|_| {
            net.add_node(());
        });
        for (at, &(dependent, _, first)) in self.requirements.iter().enumerate() {
            let end = self
                .requirements
                .get(at + 1)
                .map_or(self.ways.len(), |next| next.2 as usize);
            for way in self.ways[first as usize..end]
                .iter()
                .filter(|way| way.leads())
            {
                net.add_edge(dependent.into(), way.to.into(), ());
            }
        }
        let (mut nodes, mut ends) = (
            Vec::with_capacity(self.nodes),
            Vec::with_capacity(self.nodes),
        );
        for component in kosaraju_scc(&net) {
            let end = (nodes.len() + component.len()) as u32;
            ends.extend(component.iter().map(|_| end));
            nodes.extend(component.iter().map(|node| node.index() as u32));
        }
        (nodes, ends)
    }
}

/// Where the entries of each place begin in a list sorted by place, and where the last ends.
fn starts(places: usize, entries: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0; places + 1];
    entries.for_each(|at| starts[at as usize + 1] += 1);
    for at in 0..places {
        starts[at + 1] += starts[at];
    }
    starts
}

impl Network {
    /// The number of nodes.
    pub fn node_count(&self) -> usize {
        self.node.len()
    }

    pub(super) fn place(&self, node: NodeIx) -> usize {
        self.place[node.index()] as usize
    }

    pub(super) fn node_of(&self, place: usize) -> NodeIx {
        NodeIx(self.node[place])
    }

    /// The end of the component that a place belongs to: of the places that depend on each other
    /// with it.
    pub(super) fn component_end(&self, place: usize) -> usize {
        self.component_end[place] as usize
    }

    /// The places that depend directly on this one; once for each alternative.
    pub(super) fn dependents(&self, place: usize) -> &[u32] {
        &self.dependents[self.dependents_of[place] as usize..self.dependents_of[place + 1] as usize]
    }

    /// The requirements of a place, by their numbers in this network.
    pub(super) fn requirements(&self, place: usize) -> std::ops::Range<usize> {
        self.requirements_of[place] as usize..self.requirements_of[place + 1] as usize
    }

    /// Whether a place cannot do without another, whatever the shares are.
    pub(super) fn needs_wholly(&self, place: usize, on: u32) -> bool {
        self.requirements(place)
            .any(|number| wholly(self.ways(number)) == Some(on))
    }

    /// Whether a requirement has an alternative in the component of its dependent.
    pub(super) fn is_inner(&self, requirement: usize) -> bool {
        self.is_inner[requirement]
    }

    pub(super) fn requirement_ix(&self, requirement: usize) -> RequirementIx {
        self.requirement[requirement]
    }

    pub(super) fn ways(&self, requirement: usize) -> &[Way] {
        &self.ways[self.ways_of[requirement] as usize..self.ways_of[requirement + 1] as usize]
    }
}
