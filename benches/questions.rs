//! How long it takes to load, build and ask, on the built-in facts and on a made-up catalogue of
//! 100,000 facts; and to work out what cuts take, on the built-in facts and on made-up networks.
//!
//!     cargo bench

mod synthetic;

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use hanjung::World;
use hanjung::data::{Origin, check};
use hanjung::facts::{Catalogue, EntityIx, Lang};
use hanjung::graph::loss::{Losses, Network};
use hanjung::graph::{Follow, Graph, NodeIx};
use hanjung::query::Answer;
use hanjung::request::{Filter, Question, Subject};

fn main() {
    divan::main();
}

/// Facts, and what is asked of them.
struct Ready {
    world: World,
    target: &'static str,
    dependent: &'static str,
}

impl Ready {
    fn new(world: World, target: &'static str, dependent: &'static str) -> Self {
        Ready {
            world,
            target,
            dependent,
        }
    }

    fn subject(&self, id: &str) -> Subject {
        Subject::Entity(self.world.entity(id).unwrap())
    }

    fn ask(&self, question: &Question) -> Answer {
        self.world.answer(question, Lang::En)
    }

    fn dependents(&self) -> Question {
        Question::Dependents {
            of: self.subject(self.target).into(),
            filter: Filter::default(),
            follow: Follow::default(),
        }
    }

    fn why(&self) -> Question {
        let (from, to) = (self.subject(self.dependent), self.subject(self.target));
        Question::Why {
            through: None,
            from: from.into(),
            to: to.into(),
            follow: Follow::default(),
            most: 3,
        }
    }
}

static TEXT: LazyLock<String> = LazyLock::new(|| synthetic::catalogue(100_000, 1));
static MADE_UP: LazyLock<Ready> = LazyLock::new(|| {
    Ready::new(
        World::of_texts([("made-up.ron", TEXT.as_str())]).unwrap(),
        "good-1",
        "firm-7",
    )
});
static BUILT_IN: LazyLock<Ready> = LazyLock::new(|| {
    Ready::new(
        World::built_in().unwrap(),
        "graphite",
        "hyundai-motor-group",
    )
});

#[divan::bench_group]
mod built_in {
    use super::*;

    #[divan::bench]
    fn load_ready_made() -> World {
        World::built_in().unwrap()
    }

    #[divan::bench]
    fn read_and_check() -> Catalogue {
        check(&Origin::default()).unwrap().catalogue
    }

    #[divan::bench]
    fn build() -> Graph {
        Graph::build(black_box(BUILT_IN.world.parts().catalogue))
    }

    #[divan::bench]
    fn dependents(bencher: Bencher) {
        let question = BUILT_IN.dependents();
        bencher.bench(|| BUILT_IN.ask(black_box(&question)));
    }

    #[divan::bench]
    fn why(bencher: Bencher) {
        let question = BUILT_IN.why();
        bencher.bench(|| BUILT_IN.ask(black_box(&question)));
    }
}

#[divan::bench_group(sample_count = 5)]
mod made_up_100_000_facts {
    use super::*;

    #[divan::bench]
    fn read_check_and_build(bencher: Bencher) {
        let text = TEXT.as_str();
        bencher.bench(|| World::of_texts([("made-up.ron", text)]).unwrap());
    }

    #[divan::bench]
    fn build() -> Graph {
        Graph::build(black_box(MADE_UP.world.parts().catalogue))
    }

    #[divan::bench]
    fn dependents(bencher: Bencher) {
        let question = MADE_UP.dependents();
        bencher.bench(|| MADE_UP.ask(black_box(&question)));
    }

    #[divan::bench]
    fn why(bencher: Bencher) {
        let question = MADE_UP.why();
        bencher.bench(|| MADE_UP.ask(black_box(&question)));
    }
}

/// Each sample cuts something else: the median is that of the cuts.
#[divan::bench_group]
mod losses {
    use super::*;

    fn built_in_network() -> Network {
        let graph = BUILT_IN.world.parts().graph;
        graph.network(|arc| Follow::default().passes(graph, arc))
    }

    /// Every entity of the built-in facts in turn.
    fn entities() -> impl FnMut() -> Vec<(NodeIx, f64)> {
        let entities: Vec<EntityIx> = BUILT_IN.world.entities().collect();
        let mut next = entities.into_iter().cycle();
        move || {
            let entity = next.next().expect("there are entities");
            let nodes = BUILT_IN.world.target_nodes(entity);
            nodes.into_iter().map(|node| (node, 1.0)).collect()
        }
    }

    fn cut_each(bencher: Bencher, network: &Network, cuts: impl FnMut() -> Vec<(NodeIx, f64)>) {
        let count = |losses: Losses| losses.nodes().count();
        bencher
            .with_inputs(cuts)
            .bench_local_values(|cut| count(network.losses(&cut)));
    }

    #[divan::bench]
    fn make_network_of_the_built_in_facts() -> Network {
        built_in_network()
    }

    #[divan::bench(sample_count = 2_000, sample_size = 1)]
    fn cut_built_in(bencher: Bencher) {
        cut_each(bencher, &built_in_network(), entities());
    }

    #[divan::bench(sample_count = 2_000, sample_size = 1)]
    fn cut_10_000_nodes(bencher: Bencher) {
        cut_each(
            bencher,
            &synthetic::network::network(10_000, 1),
            synthetic::network::cuts(10_000, 2),
        );
    }

    #[divan::bench(sample_count = 200, sample_size = 1)]
    fn cut_1_000_000_nodes(bencher: Bencher) {
        cut_each(
            bencher,
            &synthetic::network::network(1_000_000, 1),
            synthetic::network::cuts(1_000_000, 2),
        );
    }
}

/// Half and double the size: what is linear takes half and double the time.
#[divan::bench(args = [50_000, 100_000, 200_000], sample_count = 3)]
fn read_check_and_build(bencher: Bencher, facts: usize) {
    let text = synthetic::catalogue(facts, 1);
    bencher.bench(|| World::of_texts([("made-up.ron", text.as_str())]).unwrap());
}
