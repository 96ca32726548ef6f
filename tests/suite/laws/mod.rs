//! The laws of dependence and of losses, on made-up facts, on made-up networks and on the examples
//! of the design. Who depends on whom is judged by an oracle that reads nothing but the facts; what
//! is lost, by one that tries all choices of shares.
//!
//! Facts are made up by proptest from fixed seeds, so every run sees the same. A world that breaks
//! a law is shrunk and printed as the RON text that states it.

mod world;
mod made_up;
mod oracle;
mod asked;
mod agreement;
mod chains;
mod changes;
mod examples;
mod mended;
mod fill;
mod webs;
mod kleene;
mod losses;
mod cuts;
mod elsewhere;
mod stops;
mod days;
mod written;
mod sets;
mod mangled;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

use oracle::Along;

/// What a question may follow.
const WAYS: [Along; 6] = [
    DOCUMENTED,
    Along {
        plans: true,
        ..DOCUMENTED
    },
    Along {
        possible: true,
        ..DOCUMENTED
    },
    Along {
        market: true,
        ..DOCUMENTED
    },
    Along {
        market: false,
        ..CHANNELS
    },
    ALL,
];

const DOCUMENTED: Along = Along {
    plans: false,
    possible: false,
    market: false,
    ownership: false,
    technology: false,
};
const CHANNELS: Along = Along {
    market: true,
    ownership: true,
    technology: true,
    ..DOCUMENTED
};
const ALL: Along = Along {
    plans: true,
    possible: true,
    market: true,
    ownership: true,
    technology: true,
};

/// Holds a law on so many cases, which the seed alone decides.
fn hold<S: Strategy>(cases: u32, seed: u8, cases_of: S, law: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config {
        cases: crate::more_cases().unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    if let Err(fault) = TestRunner::new_with_rng(config, rng).run(&cases_of, law) {
        panic!("{fault}");
    }
}
