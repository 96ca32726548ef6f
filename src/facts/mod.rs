//! The facts: the words they are written in, RON records with their places, the checks, and the
//! checked [`Catalogue`].
//!
//! Reading ([`catalogue`](catalogue())) goes through every file and record and complains of all
//! that is wrong; only when nothing is does it give a [`Catalogue`], in which every id is looked up
//! and every value is read.

mod status;
mod roles;
mod vocabulary;
mod tally;
mod value;
mod record;
mod split;
mod read;
mod nearest;
mod names;
mod check;
mod countries;
mod kept;
mod catalogue;
mod assemble;
mod load;
mod sentences;

pub use catalogue::{
    Catalogue, Document, DocumentIx, Entity, EntityIx, Evidence, Fact, FactIx, Nothing, Value,
};
pub use load::{BadData, Checked, catalogue};
pub use names::{Named, Names, name_key};
pub use nearest::{distance, nearest};
pub use roles::{ArrowForm, Heading, Mood, Role, ShareOf, Tie, Tied, Whole};
pub use sentences::{Lang, in_number, with_article};
pub use status::Status;
pub use tally::Tally;
pub use value::{Amount, Date, Extent, Interval, Period, is_passage_label, percent, written};
pub use vocabulary::{
    ACTORS, CLAIMS, COMPANIES, Claim, ClaimForm, EntityKind, Field, FieldForm, GOODS, KindSet,
    MAKERS, MEASURES, Slot, TERRITORIES,
};
