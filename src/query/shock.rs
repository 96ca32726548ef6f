//! A cut and what it does: the losses, and for each the chain that carries it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::facts::{Catalogue, Interval};
use crate::graph::loss::{Losses, Network, Proof, Side, Term};
use crate::graph::{Arc, ArcIx, Direction, Graph, NodeIx, Reach, RequirementIx};
use crate::request::{Cut, Subject};

/// How many nodes lie in circles whose losses did not come to rest; of several cuts, the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unsettled(pub usize);

/// What is lost of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Loss {
    /// Whoever goes short of what several take from.
    pub sound: Interval,
    /// If all go short of it in proportion.
    pub proportional: Interval,
}

impl Loss {
    /// That nothing is known of how much is lost.
    pub const UNKNOWN: Loss = Loss {
        sound: Interval::UNKNOWN,
        proportional: Interval::UNKNOWN,
    };

    /// Whether nothing is known of how much is lost.
    pub fn is_unknown(self) -> bool {
        self == Loss::UNKNOWN
    }

    /// The proportional bounds, where they differ from the sound ones.
    pub fn beside(self) -> Option<Interval> {
        let is_near = |a: f64, b: f64| (a - b).abs() <= 1e-9;
        let is_same = is_near(self.sound.lo, self.proportional.lo)
            && is_near(self.sound.hi, self.proportional.hi);
        (!is_same).then_some(self.proportional)
    }

    /// For sorting: what is surely lost first, then what would be in proportion, at least and at
    /// most. Differences smaller than rounding do not count.
    pub fn rank(self) -> [Reverse<u32>; 4] {
        let millionths = |share: f64| Reverse((share * 1e6).round() as u32);
        [
            self.sound.lo,
            self.proportional.lo,
            self.proportional.hi,
            self.sound.hi,
        ]
        .map(millionths)
    }
}

/// Who is taken to go short of what several take from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    /// Anyone: no document says who.
    Anyhow,
    /// All, in proportion.
    Even,
}

/// What comes this near to the whole is all.
const ALL: f64 = 1.0 - 1e-9;

/// What a cut does to a network of a graph.
pub(super) struct Shock<'g> {
    graph: &'g Graph,
    cut: HashSet<NodeIx>,
    /// For what is cut because of a policy that restricts it the next arc on the way to the policy.
    restricted: HashMap<NodeIx, ArcIx>,
    sound: Losses<'g>,
    proportional: Losses<'g>,
    reach: Reach,
}

impl<'g> Shock<'g> {
    /// Works out what some cuts do along the arcs that `passes` lets pass; `network` must be of the
    /// same.
    pub fn new(
        catalogue: &'g Catalogue,
        graph: &'g Graph,
        network: &'g Network,
        cuts: &[Cut<Subject>],
        passes: impl Fn(&Arc) -> bool,
    ) -> Self {
        let cut: Vec<(NodeIx, f64)> = cuts
            .iter()
            .flat_map(|cut| cut.nodes(catalogue, graph))
            .collect();
        let nodes: Vec<NodeIx> = cut.iter().map(|(node, _)| *node).collect();
        let (sound, proportional) = (network.sound_losses(&cut), network.losses(&cut));
        let reach = graph.reach_along(&nodes, Direction::Dependents, |arc| {
            graph.carries_loss(arc) && passes(arc)
        });
        let restricted = cuts.iter().flat_map(|cut| cut.restricted(catalogue, graph));
        let restricted = restricted.map(|arc| (graph.arc(arc).from, arc)).collect();
        Shock {
            graph,
            cut: nodes.into_iter().collect(),
            restricted,
            sound,
            proportional,
            reach,
        }
    }

    /// What the cut reaches.
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Whether a node is among those that are cut.
    pub fn cuts(&self, node: NodeIx) -> bool {
        self.cut.contains(&node)
    }

    /// Whether a node is cut only because a policy that is cut restricts it.
    pub fn is_restricted(&self, node: NodeIx) -> bool {
        self.restricted.contains_key(&node)
    }

    /// How many nodes have bounds that are wider than they need be: see [`Losses::unsettled`].
    pub fn unsettled(&self) -> Unsettled {
        Unsettled(self.sound.unsettled().max(self.proportional.unsettled()))
    }

    /// The nodes of which anything can be lost.
    pub fn nodes(&self) -> impl Iterator<Item = NodeIx> + '_ {
        self.proportional.nodes()
    }

    /// What is lost of a node.
    pub fn loss(&self, node: NodeIx) -> Loss {
        Loss {
            sound: self.sound.of(node),
            proportional: self.proportional.of(node),
        }
    }

    fn losses(&self, spread: Spread) -> &Losses<'g> {
        match spread {
            Spread::Anyhow => &self.sound,
            Spread::Even => &self.proportional,
        }
    }

    /// By which of the two it is told what a node loses: the sound way if that proves a loss.
    fn telling(&self, node: NodeIx) -> Spread {
        if self.sound.of(node).lo > 0.0 {
            Spread::Anyhow
        } else {
            Spread::Even
        }
    }

    /// What gives one bound of a node's loss.
    pub fn proof(&self, node: NodeIx, spread: Spread, side: Side) -> Proof {
        let proof = self.losses(spread).proof(node, side);
        match self
            .restricted
            .get(&node)
            .filter(|_| proof.requirement.is_none())
        {
            None => proof,
            Some(&arc) => {
                let requirement = Some(self.graph.arc(arc).requirement);
                Proof {
                    requirement,
                    terms: vec![Term {
                        arc,
                        share: 1.0,
                        loss: proof.bound,
                    }],
                    ..proof
                }
            }
        }
    }

    /// The requirements through which a node loses anything, with the loss through each and a chain
    /// along it.
    pub fn needs(&self, node: NodeIx) -> Vec<(RequirementIx, Loss, Vec<ArcIx>)> {
        let along = |arc: ArcIx| [&[arc], self.chain(self.graph.arc(arc).to).as_slice()].concat();
        let sound: HashMap<RequirementIx, Interval> = self
            .sound
            .through(node)
            .into_iter()
            .map(|(requirement, loss, _)| (requirement, loss))
            .collect();
        let loss = |requirement: RequirementIx, proportional: Interval| Loss {
            sound: sound.get(&requirement).copied().unwrap_or(proportional),
            proportional,
        };
        let each = self.proportional.through(node).into_iter();
        each.map(|(requirement, even, heaviest)| {
            (requirement, loss(requirement, even), along(heaviest))
        })
        .collect()
    }

    /// A chain from a node to what is cut: along what loses most for certain, or else the shortest.
    pub fn chain(&self, node: NodeIx) -> Vec<ArcIx> {
        self.heaviest(node).unwrap_or_else(|| self.shortest(node))
    }

    /// The shortest chain to what is cut; and on to the policy for which it is cut, if it is for
    /// one.
    fn shortest(&self, node: NodeIx) -> Vec<ArcIx> {
        let mut chain = self.reach.chain(node);
        let mut end = chain.last().map_or(node, |&arc| self.graph.arc(arc).to);
        while let Some(&arc) = self.restricted.get(&end) {
            chain.push(arc);
            end = self.graph.arc(arc).to;
        }
        chain
    }

    /// The chain along the largest term of each proof, from a node that loses something for certain.
    fn heaviest(&self, node: NodeIx) -> Option<Vec<ArcIx>> {
        let (mut at, mut chain, mut seen) = (node, Vec::new(), HashSet::new());
        let spread = self.telling(node);
        loop {
            let proof = self.proof(at, spread, Side::Least);
            if proof.requirement.is_none() {
                return Some(chain).filter(|_| proof.bound > 0.0);
            }
            let term = proof.terms.first().filter(|_| seen.insert(at))?;
            chain.push(term.arc);
            at = self.graph.arc(term.arc).to;
        }
    }

    /// Whether nothing at all is left of a node.
    pub fn takes_all(&self, node: NodeIx) -> bool {
        self.sound.of(node).lo >= ALL
    }

    /// The arcs that prove the least loss of a node, each with those by which most is lost of what
    /// it leads to: as many as may lie between who takes something and whom it is from.
    pub fn proven(&self, node: NodeIx) -> Vec<Vec<ArcIx>> {
        let (mut open, mut seen, mut found) = (vec![node], HashSet::new(), Vec::new());
        let spread = self.telling(node);
        while let Some(node) = open.pop() {
            let terms = self.proof(node, spread, Side::Least).terms;
            if seen.insert(node) {
                found.extend(
                    terms
                        .iter()
                        .map(|term| self.onwards(term.arc, spread).take(MOST_BETWEEN).collect()),
                );
                open.extend(terms.iter().map(|term| self.graph.arc(term.arc).to));
            }
        }
        found
    }

    /// An arc, and on along the largest term of each proof.
    fn onwards(&self, arc: ArcIx, spread: Spread) -> impl Iterator<Item = ArcIx> {
        let next = move |arc: &ArcIx| {
            self.proof(self.graph.arc(*arc).to, spread, Side::Least)
                .terms
                .first()
                .map(|term| term.arc)
        };
        std::iter::successors(Some(arc), next)
    }
}

/// From who takes something to all that it takes in, from there to the good at large, from there to
/// a maker.
const MOST_BETWEEN: usize = 3;
