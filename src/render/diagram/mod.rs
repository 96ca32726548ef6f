//! Answers as diagrams. An answer becomes a [`Picture`] (what is drawn), the picture a [`Placed`]
//! picture (where), and that an SVG page.
//!
//! Arrows run with the flow of goods and of harm: from what is depended on, at the left, to the
//! dependents at the right.

mod picture;
mod words;
mod merge;
mod fold;
mod refuse;
mod stage;
mod draft;
mod room;
mod draw;
mod layout;
mod look;
mod xml;
mod outline;
mod svg;
mod keys;
mod html;
mod dot;
mod mermaid;
mod tree;

pub use dot::{dot, dot_beside};
pub use fold::MOST_NODES;
pub use html::html;
pub use layout::{Bend, Placed, PlacedEdge, PlacedNode, Point, Rect, TextBox, place};
pub use mermaid::mermaid;
pub use picture::{Arrow, ArrowFact, CitedDocument, Member, Picture, PictureNode, Stage};
pub use refuse::NoPicture;
pub use svg::{Theme, svg};
pub use tree::tree;
