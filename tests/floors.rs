//! Keeps the floors of the crate in the order that `docs/architecture.md` gives.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the top of the list down; siblings share a line.
fn floors() -> Vec<Vec<String>> {
    let text = fs::read_to_string("docs/architecture.md").unwrap();
    let list = text
        .split_once("<!-- floors: begin -->")
        .unwrap()
        .1
        .split_once("<!-- floors: end -->")
        .unwrap()
        .0;
    let lines = list.lines().filter_map(|line| line.strip_prefix("- "));
    lines
        .map(|line| names(line.split_once(':').unwrap().0))
        .collect()
}

fn names(text: &str) -> Vec<String> {
    text.split('|')
        .map(|name| name.trim().trim_matches('`').to_owned())
        .collect()
}

fn sources(path: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found)
        } else {
            found.push(path)
        }
    }
}

/// The floor that a file belongs to, and the floors whose modules it names.
fn uses(path: &Path) -> (String, Vec<String>) {
    let inner = path.strip_prefix("src").unwrap();
    let floor = inner
        .iter()
        .next()
        .unwrap()
        .to_str()
        .unwrap()
        .trim_end_matches(".rs")
        .to_owned();
    let text = fs::read_to_string(path).unwrap();
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let root = if floor == "cli" {
        "hanjung::"
    } else {
        "crate::"
    };
    let named = code.split(root).skip(1).map(|rest| {
        rest.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap()
            .to_owned()
    });
    let is_inner = |name: &String| {
        floor != "cli" || !["args", "commands", "drawing", "output"].contains(&name.as_str())
    };
    (floor.clone(), named.filter(is_inner).collect())
}

#[test]
fn each_floor_knows_only_those_above_it() {
    let floors = floors();
    let level = |name: &str| {
        floors
            .iter()
            .position(|names| names.iter().any(|known| known == name))
    };
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut seen = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.as_path() != Path::new("src/lib.rs"))
    {
        let (floor, used) = uses(file);
        let own = level(&floor).unwrap_or_else(|| panic!("{} is on no floor", file.display()));
        seen.push(own);
        for other in used.iter().filter(|other| **other != floor) {
            let above =
                level(other).unwrap_or_else(|| panic!("{}: {other} is no floor", file.display()));
            assert!(
                above < own,
                "{}: {floor} must not know {other}",
                file.display()
            );
        }
    }
    assert!(
        (0..floors.len()).all(|level| seen.contains(&level)),
        "a floor has no file"
    );
}

#[test]
fn petgraph_stays_in_the_graph_floor() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for file in files.iter().filter(|file| !file.starts_with("src/graph")) {
        let text = fs::read_to_string(file).unwrap();
        assert!(!text.contains("petgraph::"), "{}", file.display());
    }
}
