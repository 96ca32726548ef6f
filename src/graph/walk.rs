//! Walks over the arcs: what can be reached from where, and along which shortest chains.
//!
//! An arc is as long as the facts that it rests on: one that holds by the meaning of its nodes
//! costs nothing.

use std::collections::{HashMap, HashSet, VecDeque};

use petgraph::Direction as Along;
use petgraph::visit::EdgeRef;

use super::node::{Arc, ArcIx, NodeIx};
use super::steps::Telling;
use super::{Follow, Graph};
use crate::facts::FactIx;

/// Which way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From dependents to what they depend on.
    Dependencies,
    /// From what is depended on to its dependents.
    Dependents,
}

/// What a walk reached, and how.
#[derive(Debug)]
pub struct Reach {
    direction: Direction,
    /// For each node its first visit.
    firsts: Vec<u32>,
    visits: Vec<Visit>,
    reached: Vec<NodeIx>,
}

/// A node on a walk, and how the walk came there.
#[derive(Debug)]
struct Visit {
    node: NodeIx,
    distance: u32,
    /// The arc that led there, and the visit it came from; none at a start.
    arrival: Option<(ArcIx, u32)>,
    /// What the last step rests on, where the next arc may rest on it too.
    telling: Telling,
}

/// The number of a visit that there is none of.
const NONE: u32 = u32::MAX;

impl Reach {
    /// The number of facts that the shortest chain to a node counts; `None` if it was not reached.
    pub fn distance(&self, node: NodeIx) -> Option<u32> {
        self.visits
            .get(self.firsts[node.index()] as usize)
            .map(|visit| visit.distance)
    }

    /// Every node that was reached, the starts included, nearest first.
    pub fn nodes(&self) -> &[NodeIx] {
        &self.reached
    }

    /// The arcs of the shortest chain between the starts and a node, from the dependent to what it
    /// depends on.
    pub fn chain(&self, node: NodeIx) -> Vec<ArcIx> {
        let mut chain = Vec::new();
        let mut at = self.visits.get(self.firsts[node.index()] as usize);
        while let Some((arc, before)) = at.and_then(|visit| visit.arrival) {
            chain.push(arc);
            at = self.visits.get(before as usize);
        }
        if self.direction == Direction::Dependencies {
            chain.reverse();
        }
        chain
    }
}

impl Graph {
    /// The arcs that leave a node, or lead to it, in an order that depends on nothing but the
    /// facts.
    fn arcs_along(
        &self,
        node: NodeIx,
        direction: Direction,
    ) -> impl Iterator<Item = (ArcIx, NodeIx)> + '_ {
        let along = match direction {
            Direction::Dependencies => Along::Outgoing,
            Direction::Dependents => Along::Incoming,
        };
        self.net
            .edges_directed(node.0.into(), along)
            .map(move |edge| {
                let other = if direction == Direction::Dependencies {
                    edge.target()
                } else {
                    edge.source()
                };
                (ArcIx::new(edge.id().index()), NodeIx::new(other.index()))
            })
    }

    /// The arcs at these nodes: those that leave them, or lead to them.
    pub fn arcs_at(
        &self,
        nodes: &[NodeIx],
        direction: Direction,
    ) -> impl Iterator<Item = ArcIx> + '_ {
        let nodes: Vec<NodeIx> = nodes.to_vec();
        nodes
            .into_iter()
            .flat_map(move |node| self.arcs_along(node, direction))
            .map(|(ix, _)| ix)
    }

    /// Walks from all starts at once along the arcs that `follow` lets pass; each node is reached
    /// by a shortest chain.
    ///
    /// Dijkstra's algorithm with a bucket for each distance (R. B. Dial, "Algorithm 360",
    /// Communications of the ACM 12, 1969): takes time in proportion to what it reaches, and to the
    /// number of nodes to begin with.
    pub fn reach(&self, starts: &[NodeIx], direction: Direction, follow: &Follow) -> Reach {
        self.reach_where(
            starts,
            direction,
            |_, arc| follow.passes(self, arc),
            |_| false,
        )
    }

    /// As [`reach`](Self::reach), along the arcs that `passes` lets pass.
    pub fn reach_along(
        &self,
        starts: &[NodeIx],
        direction: Direction,
        passes: impl Fn(&Arc) -> bool,
    ) -> Reach {
        self.reach_where(starts, direction, |_, arc| passes(arc), |_| false)
    }

    /// As [`reach`](Self::reach), along the arcs that `passes` lets pass, until a node is settled
    /// at which `ends`.
    fn reach_where(
        &self,
        starts: &[NodeIx],
        direction: Direction,
        passes: impl Fn(ArcIx, &Arc) -> bool,
        ends: impl Fn(NodeIx) -> bool,
    ) -> Reach {
        let firsts = vec![NONE; self.tables.nodes.len()];
        let reach = Reach {
            direction,
            firsts,
            visits: Vec::new(),
            reached: Vec::new(),
        };
        let nearest = vec![u32::MAX; self.tables.nodes.len()];
        let mut walk = Walk {
            graph: self,
            reach,
            nearest,
            open: Vec::new(),
            further: HashMap::new(),
        };
        for &node in starts {
            walk.push(Visit {
                node,
                distance: 0,
                arrival: None,
                telling: Telling::Nothing,
            });
        }
        while let Some(at) = walk.next() {
            let node = walk.reach.visits[at as usize].node;
            if ends(node) {
                break;
            }
            for (ix, other) in self.arcs_along(node, direction) {
                if passes(ix, &self.tables.arcs[ix.index()]) {
                    walk.step(at, ix, other);
                }
            }
        }
        walk.reach
    }

    /// A shortest chain from the starts round to the ends, which stand for the same thing, through
    /// a node that `is_other`, and on two facts at least.
    ///
    /// Two walks, and as many chains as nodes that both reach.
    pub fn circle(
        &self,
        starts: &[NodeIx],
        ends: &[NodeIx],
        follow: &Follow,
        is_other: impl Fn(NodeIx) -> bool,
    ) -> Option<Vec<ArcIx>> {
        let (away, back) = (
            self.reach(starts, Direction::Dependencies, follow),
            self.reach(ends, Direction::Dependents, follow),
        );
        let others = away
            .nodes()
            .iter()
            .copied()
            .filter(|&node| is_other(node) && back.distance(node).is_some());
        let circles = others.map(|node| [away.chain(node), back.chain(node)].concat());
        circles
            .filter(|circle| self.facts_in(circle) >= 2)
            .min_by_key(|circle| (self.facts_in(circle), circle.len()))
    }

    /// Whether a chain does more than add facts to one of those seen before; if so, its facts are
    /// now seen.
    fn is_new(&self, chain: &[ArcIx], seen: &mut Vec<HashSet<FactIx>>) -> bool {
        let facts = self.facts_of(chain);
        let is_new = !seen.iter().any(|shorter| shorter.is_subset(&facts));
        if is_new {
            seen.push(facts);
        }
        is_new
    }

    /// The shortest chains from any of the starts to any of the ends, shortest first, at most
    /// `most`. No chain visits a node twice, and none only adds facts to a shorter one. The flag
    /// says whether there may be more.
    ///
    /// Yen's algorithm (J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management
    /// Science 17, 1971), walking only on nodes that lie between the starts and the ends. Takes
    /// `most` times the length of a chain breadth-first searches.
    pub fn chains(
        &self,
        starts: &[NodeIx],
        ends: &[NodeIx],
        follow: &Follow,
        most: usize,
    ) -> (Vec<Vec<ArcIx>>, bool) {
        let towards = self.reach(ends, Direction::Dependents, follow);
        let mut search = ChainSearch {
            graph: self,
            starts,
            ends,
            follow,
            towards,
            found: Vec::new(),
            open: Vec::new(),
        };
        let (mut chains, more) = search.run(most);
        chains.sort_by_key(|chain| self.facts_in(chain));
        let mut fact_sets: Vec<HashSet<FactIx>> = Vec::new();
        chains.retain(|chain| self.is_new(chain, &mut fact_sets));
        (chains, more)
    }
}

/// A walk that is under way.
struct Walk<'g> {
    graph: &'g Graph,
    reach: Reach,
    /// The distance of the nearest visit to each node so far, looked at or not.
    nearest: Vec<u32>,
    /// The visits to look at, by their distance: lengths are small whole numbers, so no queue with
    /// priorities is needed.
    open: Vec<VecDeque<u32>>,
    /// Of nodes visited more than once the further visits.
    further: HashMap<NodeIx, Vec<u32>>,
}

impl Walk<'_> {
    fn push(&mut self, visit: Visit) {
        self.nearest[visit.node.index()] = visit.distance;
        let distance = visit.distance as usize;
        if self.open.len() <= distance {
            self.open.resize_with(distance + 1, VecDeque::new);
        }
        self.open[distance].push_back(self.reach.visits.len() as u32);
        self.reach.visits.push(visit);
    }

    /// The nearest visit that may lead further than those before it.
    fn next(&mut self) -> Option<u32> {
        loop {
            let queue = self.open.iter_mut().find(|queue| !queue.is_empty())?;
            let at = queue.pop_front()?;
            if self.settle(at) {
                return Some(at);
            }
        }
    }

    /// Whether a visit may lead to what those before it don't lead to as shortly: it is the first
    /// of its node, or as near as the first while its last step can be told by what those before
    /// can't be told by, so that it may save a fact further on.
    ///
    /// A visit that is further away may be left. However a chain goes on from this node, it takes
    /// at most one fact less behind one last step than behind another, which no more than makes up
    /// for the fact by which the visit is further away:
    ///
    /// - Where the next arc takes one fact, the last step saves that fact or not. If it does, the
    ///   step goes on with those of the facts that tell the arc which told it before; if not, with
    ///   all of them, which can tell whatever some of them can. So from there on the one that
    ///   saved a fact saves nothing more against the other.
    /// - Where the next arc takes several, it has at most one of them in common with the step
    ///   before, and behind it both steps are the same: all facts of that arc.
    /// - A last step that takes several itself stays as it is along the arcs after it that one of
    ///   its facts tells. These share that fact, so that behind any other last step only the first
    ///   of them costs one.
    ///
    /// The last two are no truth of all graphs but of those that the rules build, with one
    /// exception: a chain that leads from a seller to what the buyer makes (a market), and from
    /// there by the same purchase back to the seller. It may be counted a fact too long. To find
    /// the fewest facts wherever they stand in a chain would be to find a path of fewest labels,
    /// which is NP-hard.
    fn settle(&mut self, at: u32) -> bool {
        let visit = &self.reach.visits[at as usize];
        let first = self.reach.firsts[visit.node.index()];
        let Some(nearest) = self.reach.visits.get(first as usize) else {
            self.reach.firsts[visit.node.index()] = at;
            self.reach.reached.push(visit.node);
            return true;
        };
        if visit.distance > nearest.distance || nearest.telling.covers(&visit.telling) {
            return false;
        }
        let further = self.further.entry(visit.node).or_default();
        let may_save = !further.iter().any(|&known| {
            self.reach.visits[known as usize]
                .telling
                .covers(&visit.telling)
        });
        if may_save {
            further.push(at);
        }
        may_save
    }

    /// Goes on from a visit along an arc, unless what it leads to is known to be nearer. One that
    /// is as near is worth a visit only if it remembers a fact: by [`settle`](Self::settle) nothing
    /// else can make it shorter further on.
    fn step(&mut self, before: u32, arc: ArcIx, node: NodeIx) {
        let visit = &self.reach.visits[before as usize];
        let count = self.graph.readings(arc).len();
        // What no neighbour rests on need not be remembered: no arc behind it asks.
        let (telling, added) = match self.graph.arc(arc).shares_facts {
            false if count > 0 => (Telling::Nothing, count),
            _ => self.graph.goes_on(&visit.telling, arc),
        };
        let distance = visit.distance + added as u32;
        let known = self.nearest[node.index()];
        if distance < known || distance == known && telling != Telling::Nothing {
            self.push(Visit {
                node,
                distance,
                arrival: Some((arc, before)),
                telling,
            });
        }
    }
}

struct ChainSearch<'g> {
    graph: &'g Graph,
    starts: &'g [NodeIx],
    ends: &'g [NodeIx],
    follow: &'g Follow,
    /// What leads to the ends.
    towards: Reach,
    found: Vec<Vec<ArcIx>>,
    open: Vec<Vec<ArcIx>>,
}

/// How many chains are looked at for each that is asked for: many differ only in arcs without
/// facts.
const TRIES_PER_CHAIN: usize = 8;

impl ChainSearch<'_> {
    fn run(&mut self, most: usize) -> (Vec<Vec<ArcIx>>, bool) {
        let mut shown: Vec<Vec<ArcIx>> = Vec::new();
        let mut fact_sets: Vec<HashSet<FactIx>> = Vec::new();
        let mut next = self.best(&[]);
        // What only adds facts to a chain before it is not shown, but leads to others: it is
        // branched like any other, though not for ever.
        for _ in 0..most * TRIES_PER_CHAIN {
            let Some(chain) = next else {
                return (shown, false);
            };
            if self.graph.is_new(&chain, &mut fact_sets) {
                if shown.len() == most {
                    return (shown, true);
                }
                shown.push(chain.clone());
            }
            self.branch(&chain);
            self.found.push(chain);
            next = self.take_shortest();
        }
        let more = next.is_some();
        (shown, more)
    }

    /// Looks for chains that leave a found one at each of its nodes.
    fn branch(&mut self, chain: &[ArcIx]) {
        for at in 0..chain.len() {
            if let Some(candidate) = self.best(&chain[..at])
                && !self.open.contains(&candidate)
                && !self.found.contains(&candidate)
            {
                self.open.push(candidate);
            }
        }
    }

    /// The shortest chain that begins with these arcs, goes on differently from all that were
    /// found, and visits no node twice.
    fn best(&self, root: &[ArcIx]) -> Option<Vec<ArcIx>> {
        let graph = self.graph;
        let begun = self.found.iter().filter(|chain| chain.starts_with(root));
        let banned: HashSet<ArcIx> = begun
            .filter_map(|chain| chain.get(root.len()).copied())
            .collect();
        let visited: HashSet<NodeIx> = root.iter().map(|&arc| graph.arc(arc).from).collect();
        let from = root
            .last()
            .map_or(self.starts.to_vec(), |&arc| vec![graph.arc(arc).to]);
        let passes = |ix: ArcIx, arc: &Arc| {
            !banned.contains(&ix)
                && !visited.contains(&arc.to)
                && self.towards.distance(arc.to).is_some()
                && self.follow.passes(graph, arc)
        };
        let reach = graph.reach_where(&from, Direction::Dependencies, passes, |node| {
            self.ends.contains(&node)
        });
        let end = reach
            .nodes()
            .iter()
            .copied()
            .find(|node| self.ends.contains(node))?;
        let rest = reach.chain(end);
        // A start that is an end, or a root that ends already, is no chain.
        (!rest.is_empty()).then(|| [root, &rest].concat())
    }

    fn take_shortest(&mut self) -> Option<Vec<ArcIx>> {
        let graph = self.graph;
        let rank = |chain: &Vec<ArcIx>| (graph.facts_in(chain), chain.len(), chain.clone());
        let at = (0..self.open.len()).min_by_key(|&at| rank(&self.open[at]))?;
        Some(self.open.swap_remove(at))
    }
}
