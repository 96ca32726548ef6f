//! Facts with the graph they make, as one.

use super::{Origin, built_in, check, check_texts};
use crate::facts::{BadData, Catalogue, Date, EntityIx, EntityKind, Lang};
use crate::graph::{Graph, NodeIx};

/// Checked facts with the graph that they make: what questions are put to.
///
/// Both are made together and never parted, so that no graph is ever asked of other facts than its
/// own. Floors further down add what can be done with it: [`World::subject`] looks a name up,
/// [`World::answer`] answers a question that is a value, [`World::ask`] one in words. An index is
/// that of an entity in the world that gave it, and means nothing in another.
///
/// ```
/// use hanjung::World;
///
/// let world = World::built_in()?;
/// let graphite = world.entity("graphite").expect("it is among the built-in facts");
/// assert_eq!(world.id(graphite), "graphite");
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
#[derive(Debug)]
pub struct World {
    catalogue: Catalogue,
    graph: Graph,
}

impl World {
    /// The facts that come with hanjung. They were checked when hanjung was built and are taken as
    /// they are.
    ///
    /// # Errors
    ///
    /// [`BadData`] with every fault, if hanjung was built with faulty facts.
    pub fn built_in() -> Result<World, BadData> {
        World::load(&Origin::default())
    }

    /// The facts of an origin. The built-in facts alone are taken as they are; all else is read and
    /// checked.
    ///
    /// Takes time in proportion to the text, but for sorting entities and facts by id.
    ///
    /// # Errors
    ///
    /// [`BadData`] with every fault, if there is an error among them.
    pub fn load(origin: &Origin) -> Result<World, BadData> {
        let is_plain = origin.built_in && origin.folders.is_empty();
        match is_plain.then(built_in::ready_made).flatten() {
            Some((catalogue, graph)) => Ok(World { catalogue, graph }),
            None => check(origin).map(|checked| World::of(checked.catalogue)),
        }
    }

    /// The facts in texts that stand in memory, each with the name of its file.
    ///
    /// # Errors
    ///
    /// As [`World::load`].
    pub fn of_texts<N, T>(texts: impl IntoIterator<Item = (N, T)>) -> Result<World, BadData>
    where
        N: Into<String>,
        T: Into<String>,
    {
        check_texts(texts).map(|checked| World::of(checked.catalogue))
    }

    /// The facts of a catalogue. Builds their graph.
    pub fn of(catalogue: Catalogue) -> World {
        let graph = Graph::build(&catalogue);
        World { catalogue, graph }
    }

    /// What was known by a date: without the facts that began or were first known later.
    pub fn known_at(self, date: Date) -> World {
        World::of(self.catalogue.known_at(date))
    }

    /// The entity with this id.
    pub fn entity(&self, id: &str) -> Option<EntityIx> {
        self.catalogue.entity(id)
    }

    /// Every entity, by id.
    pub fn entities(&self) -> impl Iterator<Item = EntityIx> {
        self.catalogue.entities_with_index().map(|(ix, _)| ix)
    }

    /// The id of an entity.
    pub fn id(&self, entity: EntityIx) -> String {
        self.catalogue[entity].id.to_string()
    }

    /// What sort of thing an entity is.
    pub fn kind(&self, entity: EntityIx) -> EntityKind {
        self.catalogue[entity].kind
    }

    /// The name of an entity in a language; in English where the facts give none in that.
    pub fn name(&self, entity: EntityIx, lang: Lang) -> String {
        self.catalogue.name(entity, lang).to_owned()
    }

    /// The nodes that stand for an entity when it is asked what it depends on. A country is asked
    /// as an economy.
    pub fn subject_nodes(&self, entity: EntityIx) -> Vec<NodeIx> {
        self.graph.subject_nodes(&self.catalogue, entity)
    }

    /// The nodes that stand for an entity when it is asked who depends on it. A country is asked as
    /// a territory, and as an economy.
    pub fn target_nodes(&self, entity: EntityIx) -> Vec<NodeIx> {
        self.graph.target_nodes(&self.catalogue, entity)
    }

    /// What the world is made of, for those who extend hanjung or test it from outside: names are
    /// looked up in the catalogue, and nodes and arcs are seen in the graph alone.
    ///
    /// **Not stable**: how facts and arcs are kept may change with any version, and with it what
    /// these two hand out. Nothing else of a world lends any part of it.
    pub fn parts(&self) -> Parts<'_> {
        Parts {
            catalogue: &self.catalogue,
            graph: &self.graph,
        }
    }
}

/// The catalogue of a [`World`] and its graph.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Parts<'w> {
    /// The checked facts.
    pub catalogue: &'w Catalogue,
    /// What depends on what, by those facts.
    pub graph: &'w Graph,
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"[
        Document(id: "d", title: "D", publisher: "P", date: "2025"),
        Economy(id: "china", en: "China"), Material(id: "graphite", en: "graphite", ko: "흑연"),
        Produces(by: "china", good: "graphite", since: "2024", evidence: [Reported(doc: "d", at: "p1")]),
    ]"#;

    fn world(text: &str) -> Result<World, BadData> {
        World::of_texts([("facts.ron", text)])
    }

    fn facts_and_arcs(world: &World) -> (usize, usize) {
        let Parts { catalogue, graph } = world.parts();
        (catalogue.facts().len(), graph.arcs().count())
    }

    #[test]
    fn of_another_day_facts_and_graph_are_other_ones() {
        let world = world(TEXT).unwrap();
        let (facts, arcs) = facts_and_arcs(&world);
        assert_eq!(facts, 1);
        let earlier = world.known_at(Date::parse("2023").unwrap());
        let (no_facts, fewer) = facts_and_arcs(&earlier);
        assert_eq!(no_facts, 0);
        assert!(fewer < arcs, "{fewer} of {arcs} arcs");
    }

    #[test]
    fn tells_of_an_entity_what_is_known() {
        let world = world(TEXT).unwrap();
        let graphite = world.entity("graphite").unwrap();
        assert_eq!(world.entities().count(), 2);
        assert_eq!(world.kind(graphite), EntityKind::Material);
        assert_eq!(world.name(graphite, Lang::Ko), "흑연");
        assert_eq!(world.name(graphite, Lang::Zh), "graphite");
        assert_eq!(world.entity("gallium"), None);
    }

    #[test]
    fn faulty_facts_make_no_world() {
        let bad = world(&TEXT.replace("good: \"graphite\"", "good: \"grafite\"")).unwrap_err();
        let mut codes = bad.diagnostics.iter().map(|fault| fault.code.word());
        assert!(codes.any(|code| code == "unknown-entity"));
    }
}
