//! Writes the arcs of the graph as two columns, for another tool: the dependent and what it depends
//! on.
//!
//!     cargo run --example export_arcs > arcs.tsv

use std::error::Error;
use std::io::{self, Write};

use hanjung::data::{Origin, load};
use hanjung::facts::{Catalogue, EntityIx};
use hanjung::graph::Node;

fn main() -> Result<(), Box<dyn Error>> {
    let (catalogue, graph) = load(&Origin::default())?;
    let mut out = io::stdout().lock();
    for (_, arc) in graph.arcs() {
        let (from, to) = (
            name(&catalogue, graph.node(arc.from)),
            name(&catalogue, graph.node(arc.to)),
        );
        writeln!(out, "{from}\t{to}")?;
    }
    Ok(())
}

fn name(catalogue: &Catalogue, node: Node) -> String {
    let id = |entity: EntityIx| catalogue[entity].id.as_str();
    match node {
        Node::Supply { by, good } => format!("supply {} {}", id(by), id(good)),
        Node::Origin { of, good } => format!("origin {} {}", id(of), id(good)),
        Node::Making { at, good } => format!("making {} {}", id(at), id(good)),
        Node::Intake { by, into, good } => {
            format!("intake {} {} {}", id(by), into.map_or("-", id), id(good))
        }
        Node::Good(entity) => format!("good {}", id(entity)),
        Node::Class(entity) => format!("class {}", id(entity)),
        Node::Recipe(entity) => format!("recipe {}", id(entity)),
        Node::Actor(entity) => format!("actor {}", id(entity)),
        Node::Maker(entity) => format!("maker {}", id(entity)),
        Node::Plant(entity) => format!("plant {}", id(entity)),
        Node::Place(entity) => format!("place {}", id(entity)),
        Node::Policy(entity) => format!("policy {}", id(entity)),
    }
}
