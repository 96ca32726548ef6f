//! A knowledge graph of Korea–China trade and supply chains that proves its answers with cited
//! facts.
#![forbid(unsafe_code)]

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
