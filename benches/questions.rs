//! How long it takes to load, build and ask, on the built-in facts and on a made-up catalogue of 100,000 facts.
//!
//!     cargo bench

mod synthetic;

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use hanjung::data::{Origin, check, load, load_texts};
use hanjung::facts::{Catalogue, Lang};
use hanjung::graph::{Follow, Graph};
use hanjung::query::{Answer, Filter, Question, Subject, answer};

fn main() {
    divan::main();
}

/// A catalogue with its graph, and what is asked of it.
struct Ready {
    catalogue: Catalogue,
    graph: Graph,
    target: &'static str,
    dependent: &'static str,
}

impl Ready {
    fn new((catalogue, graph): (Catalogue, Graph), target: &'static str, dependent: &'static str) -> Self {
        Ready { catalogue, graph, target, dependent }
    }

    fn subject(&self, id: &str) -> Subject {
        Subject::Entity(self.catalogue.entity(id).unwrap())
    }

    fn ask(&self, question: &Question) -> Answer {
        answer(&self.catalogue, &self.graph, question, Lang::En)
    }

    fn dependents(&self) -> Question {
        Question::Dependents { of: self.subject(self.target), filter: Filter::default(), follow: Follow::default() }
    }

    fn why(&self) -> Question {
        let (from, to) = (self.subject(self.dependent), self.subject(self.target));
        Question::Why { from, to, follow: Follow::default(), most: 3 }
    }
}

static TEXT: LazyLock<String> = LazyLock::new(|| synthetic::catalogue(100_000, 1));
static MADE_UP: LazyLock<Ready> =
    LazyLock::new(|| Ready::new(load_texts([("made-up.ron", TEXT.as_str())]).unwrap(), "good-1", "firm-7"));
static BUILT_IN: LazyLock<Ready> =
    LazyLock::new(|| Ready::new(load(&Origin::default()).unwrap(), "graphite", "hyundai-motor-group"));

#[divan::bench_group]
mod built_in {
    use super::*;

    #[divan::bench]
    fn load_ready_made() -> (Catalogue, Graph) {
        load(&Origin::default()).unwrap()
    }

    #[divan::bench]
    fn read_and_check() -> Catalogue {
        check(&Origin::default()).unwrap().catalogue
    }

    #[divan::bench]
    fn build() -> Graph {
        Graph::build(black_box(&BUILT_IN.catalogue))
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
        bencher.bench(|| load_texts([("made-up.ron", text)]).unwrap());
    }

    #[divan::bench]
    fn build() -> Graph {
        Graph::build(black_box(&MADE_UP.catalogue))
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

/// Half and double the size: what is linear takes half and double the time.
#[divan::bench(args = [50_000, 100_000, 200_000], sample_count = 3)]
fn read_check_and_build(bencher: Bencher, facts: usize) {
    let text = synthetic::catalogue(facts, 1);
    bencher.bench(|| load_texts([("made-up.ron", text.as_str())]).unwrap());
}
