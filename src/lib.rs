//! A knowledge graph of Korea–China trade and supply chains that proves its answers with cited
//! facts.
//!
//! ```
//! let world = hanjung::World::built_in()?;
//! let answer = world.ask("who depends on graphite")?;
//! assert_eq!(answer.title, "Who depends on graphite");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`World`] is facts with the graph they make. The rest of this page is the way from the text of
//! a file to a line on a screen. Data flows one way; each module knows only those before it.
//!
//! # Text becomes records
//!
//! Facts stand in RON files. A [`Source`](text::Source) keeps the text of one, so that whatever is
//! said later can name its line and column. Each record is read for itself and a broken one hides
//! no other: reading goes to the end and gives a [`Diagnostic`](diagnostic::Diagnostic) for each
//! fault, with its code, its places and what to do.
//!
//! ```
//! use hanjung::facts::catalogue;
//! use hanjung::text::{Source, Sources};
//!
//! let mut sources = Sources::default();
//! sources.add(Source::new("notes.ron", r#"[
//!     Material(id: "gallium", en: "gallium"), Firm(id: "acme", en: "Acme", born: "1990"),
//!     Uses(by: "acme", good: "galium", evidence: []),
//! ]"#));
//! let bad = catalogue(sources, Vec::new()).unwrap_err();
//! let faults = bad.diagnostics.iter().map(|fault| fault.code.word());
//! assert_eq!(faults.collect::<Vec<_>>(), ["unknown-field", "no-evidence", "unknown-entity"]);
//! let place = bad.diagnostics[2].labels[0].place;
//! assert_eq!(bad.sources.describe(place), "notes.ron:3:29");
//! ```
//!
//! # Records become a catalogue
//!
//! Only records in which no check finds an error become a [`Catalogue`](facts::Catalogue): ids are
//! numbers, values are read, a fact stated twice is one with the evidence of both, and all stand in
//! an order that hangs on no file. Which claims there are, and what each of their fields is to it,
//! are rows of [`CLAIMS`](facts::CLAIMS). [`data::check`] reads whatever an
//! [`Origin`](data::Origin) names: the built-in facts, and folders over them.
//!
//! ```
//! use hanjung::data::{Origin, check};
//! use hanjung::facts::Lang;
//!
//! let own = Origin { built_in: true, folders: vec!["examples/own-facts".into()] };
//! let catalogue = check(&own)?.catalogue;
//! let gallium = catalogue.entity("gallium").expect("the folder declares it");
//! let fact = catalogue.facts().find(|fact| fact.entities().any(|it| it == gallium)).unwrap();
//! assert_eq!(
//!     catalogue.sentence(fact, false, Lang::En),
//!     "China makes gallium (share of world supply: “dominant”)",
//! );
//! # Ok::<(), hanjung::facts::BadData>(())
//! ```
//!
//! # A catalogue becomes a graph
//!
//! A [`Graph`](graph::Graph) tells what depends on what, by which facts. It is an AND-OR graph: a
//! [`Node`](graph::Node) has [`Requirement`](graph::Requirement)s, all of which it needs, and each
//! is met by alternatives, the [`Arc`](graph::Arc)s, that cover a part of it between two bounds.
//! Nodes are finer than entities, for no chain may pass through a node that stands for two things:
//! what China makes of gallium is one node, China's territory another. A [`World`] keeps a catalogue
//! with its graph.
//!
//! ```
//! # let own = hanjung::data::Origin { built_in: true, folders: vec!["examples/own-facts".into()] };
//! # let catalogue = hanjung::data::check(&own)?.catalogue;
//! use hanjung::World;
//! use hanjung::graph::Node;
//!
//! let world = World::of(catalogue); // `World::load(&own)` reads and builds in one
//! let (china, gallium) = (world.entity("china").unwrap(), world.entity("gallium").unwrap());
//! let graph = world.parts().graph;
//! let supply = graph.output(china, gallium).expect("a fact says so");
//! assert_eq!(graph.node(supply), Node::Supply { by: china, good: gallium });
//! # Ok::<(), hanjung::facts::BadData>(())
//! ```
//!
//! # Words become a question
//!
//! A [`Question`](request::Question) is a value in which every name is looked up, so that answering
//! it can't fail. It can be written by hand, or made of words by [`World::understand`], which mends
//! small slips and says so. What may mean two things is a
//! [`Misunderstanding`](request::Misunderstanding) with the candidates, never a guess.
//!
//! ```
//! # let own = hanjung::data::Origin { built_in: true, folders: vec!["examples/own-facts".into()] };
//! # let world = hanjung::World::load(&own)?;
//! use hanjung::request::{Misunderstanding::Ambiguous, Question};
//!
//! let read = world.understand("who depnds on gallium?")?;
//! assert!(matches!(read.value, Question::Dependents { .. }));
//! let of_two = world.understand("who depends on Samsung").unwrap_err();
//! assert!(matches!(of_two.0[0].fault, Ambiguous { .. }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Who or what a question is about is a set, and sets combine. [`World::read`] makes a question of
//! an expression; flags of a command line and JSON become the same [`Request`](request::Request).
//!
//! ```
//! # let own = hanjung::data::Origin { built_in: true, folders: vec!["examples/own-facts".into()] };
//! # let world = hanjung::World::load(&own)?;
//! let firms = world.query("firms & dependents(gallium) - from(south-korea)")?;
//! assert!(firms.rows.iter().any(|row| row.entity.as_ref().is_some_and(|who| who.id == "example-chipmaker")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A question becomes an answer
//!
//! An [`Answer`](query::Answer) is owned, sorted data: rows, each with the steps of the chain that
//! proves it, and tables of the facts, entities and documents that they cite.
//! [`Follow`](graph::Follow) says what a chain may go along beside what documents state as actual.
//!
//! ```
//! # let own = hanjung::data::Origin { built_in: true, folders: vec!["examples/own-facts".into()] };
//! # let world = hanjung::World::load(&own)?;
//! # let read = world.understand("who depends on gallium")?;
//! use hanjung::facts::Lang;
//!
//! let answer = world.answer(&read.value, Lang::En);
//! let reading = &answer.rows[0].steps[0].facts[0];
//! assert_eq!(reading.text, "Example Chipmaker uses gallium");
//! let evidence = &answer.facts[&reading.fact].evidence[0];
//! assert_eq!(evidence.passage.as_deref(), Some("p1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # An answer is shown
//!
//! Presenters see nothing but the answer. [`render()`](render::render()) writes it as text, JSON,
//! CSV or Markdown; [`render::diagram`] draws it.
//!
//! ```
//! # let own = hanjung::data::Origin { built_in: true, folders: vec!["examples/own-facts".into()] };
//! # let world = hanjung::World::load(&own)?;
//! # let answer = world.ask("who depends on gallium")?;
//! use hanjung::render::{Format, Layout, render};
//!
//! let text = render(&answer, Format::Text, &Layout::default());
//! assert!(text.starts_with("Who depends on gallium"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod text;
pub mod diagnostic;
pub mod facts;
pub mod graph;
pub mod data;
pub mod request;
pub mod query;
pub mod ask;
pub mod render;

pub use data::World;

/// What the README shows of the library is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
