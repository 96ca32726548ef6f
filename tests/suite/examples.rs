//! The examples are run as a newcomer would run them.

use std::process::Command;

use hanjung::data::{Origin, check};
use hanjung::facts::Checked;

fn example(name: &str, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    let run = command
        .args(["run", "--quiet", "--example", name, "--"])
        .args(args)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn chinese_graphite_names_firms_with_passages() {
    let text = example("chinese_graphite", &[]);
    assert!(
        text.lines()
            .any(|line| line
                .starts_with("LG Energy Solution: korean-industrial-insight-17 III.2 p1")),
        "{text}"
    );
}

#[test]
fn shared_dependencies_of_two_battery_makers_hold_graphite() {
    let text = example(
        "shared_dependencies",
        &["LG Energy Solution", "Samsung SDI"],
    );
    assert!(text.lines().any(|line| line == "graphite"), "{text}");
    assert!(!text.contains("NAND"), "{text}");
}

#[test]
fn export_arcs_writes_two_columns() {
    let text = example("export_arcs", &[]);
    assert!(text.lines().all(|line| line.split('\t').count() == 2));
    assert!(
        text.contains("recipe graphite-anode\tgood graphite"),
        "{text}"
    );
}

#[test]
fn a_readers_own_facts_are_sound_and_join_the_built_in_ones() {
    let Checked {
        catalogue,
        warnings,
        ..
    } = check(&Origin {
        built_in: true,
        folders: vec!["examples/own-facts".into()],
    })
    .unwrap();
    assert_eq!(warnings, []);
    assert!(catalogue.entity("gallium").is_some() && catalogue.entity("graphite").is_some());
}

#[test]
fn the_published_cascade_is_sound_by_itself() {
    let Checked { warnings, .. } = check(&Origin {
        built_in: false,
        folders: vec!["examples/cascade".into()],
    })
    .unwrap();
    assert_eq!(warnings, []);
}
