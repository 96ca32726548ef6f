//! Writes the arcs of the graph as two columns, for another tool: the dependent and what it depends
//! on.
//!
//!     cargo run --example export_arcs > arcs.tsv

use std::error::Error;
use std::io::{self, Write};

use hanjung::World;
use hanjung::facts::EntityIx;
use hanjung::graph::Node;

fn main() -> Result<(), Box<dyn Error>> {
    let world = World::built_in()?;
    let graph = world.parts().graph;
    let mut out = io::stdout().lock();
    for (_, arc) in graph.arcs() {
        let (from, to) = (
            name(&world, graph.node(arc.from)),
            name(&world, graph.node(arc.to)),
        );
        writeln!(out, "{from}\t{to}")?;
    }
    Ok(())
}

fn name(world: &World, node: Node) -> String {
    let id = |entity: EntityIx| world.id(entity);
    match node {
        Node::Supply { by, good } => format!("supply {} {}", id(by), id(good)),
        Node::Origin { of, good } => format!("origin {} {}", id(of), id(good)),
        Node::Making { at, good } => format!("making {} {}", id(at), id(good)),
        Node::Intake { by, into, good } => {
            format!(
                "intake {} {} {}",
                id(by),
                into.map_or("-".to_owned(), id),
                id(good)
            )
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
