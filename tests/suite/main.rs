//! All tests of hanjung as a user meets it, in one program: linking a program for each file took
//! longer than running it. `cargo test --test suite goldens::` runs those of one file.

mod small;
mod floors;
mod reading;
mod checks;
mod examples;
mod laws;
mod numbers;
mod sites;
mod networks;
mod losses;
mod ties;
mod questions;
mod roles;
mod claims;
mod promises;
mod negative;
mod caveats;
mod languages;
mod goldens;
mod trees;
mod docs;
mod gallery;
mod diagrams;
mod pictures;
mod graphviz;
mod page;
mod browser;
mod hostile;
mod writing;
mod verify;

/// So many random cases, the same in every run.
fn same_cases(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases: more_cases().unwrap_or(cases),
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(11),
        ..Default::default()
    }
}

/// How many cases are asked for instead of the usual number.
fn more_cases() -> Option<u32> {
    std::env::var("LAWS_CASES").ok()?.parse().ok()
}

/// What is no module is not compiled, and nobody would miss its tests.
#[test]
fn every_file_of_tests_is_a_module() {
    let text = include_str!("main.rs");
    let entries = std::fs::read_dir("tests/suite").expect("tests run at the root of the crate");
    for entry in entries {
        let name = entry.expect("the folder can be read").file_name();
        let name = name.to_string_lossy();
        let module = format!("\nmod {};\n", name.trim_end_matches(".rs"));
        assert!(name == "main.rs" || text.contains(&module), "{name}");
    }
    let others = std::fs::read_dir("tests").expect("tests run at the root of the crate");
    let is_test = |name: &String| name.ends_with(".rs");
    let names = others.map(|entry| entry.expect("the folder can be read").file_name());
    let mut names = names.map(|name| name.to_string_lossy().into_owned());
    assert_eq!(names.find(is_test), None, "belongs into tests/suite");
}
