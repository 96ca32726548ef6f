//! One value for each entity, by the entity's number.

use std::ops::{Index, IndexMut};

use crate::facts::{Catalogue, EntityIx};

#[derive(Clone, Debug, Default)]
pub(super) struct PerEntity<T>(Vec<T>);

impl<T: Default> PerEntity<T> {
    /// The default for each entity of a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        PerEntity(catalogue.entities().map(|_| T::default()).collect())
    }

    /// Takes an entity's value away, leaving the default.
    pub fn take(&mut self, entity: EntityIx) -> T {
        std::mem::take(&mut self[entity])
    }
}

impl<T> Index<EntityIx> for PerEntity<T> {
    type Output = T;

    fn index(&self, entity: EntityIx) -> &T {
        &self.0[entity.index()]
    }
}

impl<T> IndexMut<EntityIx> for PerEntity<T> {
    fn index_mut(&mut self, entity: EntityIx) -> &mut T {
        &mut self.0[entity.index()]
    }
}
