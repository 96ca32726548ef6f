//! Keeps the floors of the crate in the order that `docs/architecture.md` gives, and the files of
//! each free of circles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Uses of one file by another of its floor which close a circle that is still to be mended.
const STILL_IN_CIRCLES: &[(&str, &str)] = &[
    ("facts::countries", "facts::catalogue"),
    ("query::relation", "query::listing"),
    ("query::writer", "query::instead"),
];

/// The floors from the top of the list down; siblings share a line.
fn floors() -> Vec<Vec<String>> {
    let text = fs::read_to_string("docs/architecture.md").unwrap();
    let (_, list) = text.split_once("<!-- floors: begin -->").unwrap();
    let (list, _) = list.split_once("<!-- floors: end -->").unwrap();
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

/// A path through modules: `["graph", "walk"]`.
type Names = Vec<String>;

/// The files of the crate, each as its module with its text, but for `lib.rs`.
fn modules() -> BTreeMap<Names, String> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(|file| (module(file), fs::read_to_string(file).unwrap()))
        .filter(|(module, _)| !module.is_empty())
        .collect()
}

fn module(file: &Path) -> Names {
    let inner = file.strip_prefix("src").unwrap().with_extension("");
    let names = inner.iter().map(|name| name.to_str().unwrap().to_owned());
    names
        .filter(|name| !["mod", "main", "lib"].contains(&name.as_str()))
        .collect()
}

/// What a file names by a path from the root of the crate or from the module above, in full. The
/// binary's own modules stand below `cli`.
fn named(module: &[String], text: &str) -> Vec<Names> {
    let code: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let (code, tests) = code.split_once(TESTS).unwrap_or((&code, ""));
    let in_tests = [module, &["tests".to_owned()]].concat();
    let mut named = in_full(module, code);
    named.extend(in_full(&in_tests, tests));
    named
}

/// What the tests of a file stand behind.
const TESTS: &str = "#[cfg(test)]\nmod tests {";

fn in_full(module: &[String], code: &str) -> Vec<Names> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("::") {
        let root = code[..at].rsplit(|c| !is_of_name(c)).next().unwrap();
        let before = &code[..at - root.len()];
        if ["crate", "super", "hanjung"].contains(&root) && !before.ends_with("::") {
            expand(&code[at - root.len()..], &[], &mut paths);
        }
    }
    let full = paths.iter().map(|path| from_root(module, path));
    full.filter(|path| !path.is_empty()).collect()
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Finds all paths that one with groups stands for, `a::{b, c::d}` for `a::b` and `a::c::d`; and
/// gives what stands behind it.
fn expand<'t>(text: &'t str, before: &[&'t str], paths: &mut Vec<Vec<&'t str>>) -> &'t str {
    let text = text.trim_start();
    let end = text.find(|c| !is_of_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path = [before, &[name]].concat();
    if let Some(group) = rest.strip_prefix("::{") {
        return expand_group(group, &path, paths);
    }
    if let Some(further) = rest.strip_prefix("::") {
        return expand(further, &path, paths);
    }
    paths.push(path);
    rest
}

fn expand_group<'t>(text: &'t str, before: &[&'t str], paths: &mut Vec<Vec<&'t str>>) -> &'t str {
    let mut rest = text;
    loop {
        rest = expand(rest, before, paths);
        // Over `as …`, to the end of this one.
        let end = rest.find([',', '}']).unwrap_or(rest.len());
        rest = &rest[end..];
        match rest.strip_prefix(',') {
            Some(next) if !next.trim_start().starts_with('}') => rest = next,
            _ => return rest.split_once('}').map_or("", |(_, behind)| behind),
        }
    }
}

/// A path as it is written in a module, from the root.
fn from_root(module: &[String], path: &[&str]) -> Names {
    let ups = path.iter().take_while(|name| **name == "super").count();
    let (start, rest) = match ups {
        0 => (root(module, path[0]), &path[1..]),
        _ => (&module[..module.len().saturating_sub(ups)], &path[ups..]),
    };
    let rest = rest.iter().map(|name| (*name).to_owned());
    start.iter().cloned().chain(rest).collect()
}

fn root<'m>(module: &'m [String], name: &str) -> &'m [String] {
    let is_of_binary = module[0] == "cli" && name == "crate";
    &module[..usize::from(is_of_binary)]
}

/// What a module names that is not above its floor.
fn breaks(floors: &[Vec<String>], module: &[String], text: &str) -> Vec<String> {
    let level = |name: &String| {
        floors
            .iter()
            .position(|names| names.contains(name))
            .unwrap_or_else(|| panic!("{}: {name} is no floor", module.join("::")))
    };
    let (floor, own) = (&module[0], level(&module[0]));
    named(module, text)
        .into_iter()
        .map(|path| path[0].clone())
        .filter(|other| other != floor && level(other) >= own)
        .map(|other| format!("{} must not know {other}", module.join("::")))
        .collect()
}

#[test]
fn each_floor_knows_only_those_above_it() {
    let (floors, modules) = (floors(), modules());
    let breaks: Vec<String> = modules
        .iter()
        .flat_map(|(module, text)| breaks(&floors, module, text))
        .collect();
    assert_eq!(breaks, Vec::<String>::new());
    for floor in floors.iter().flatten() {
        let is_there = modules.keys().any(|module| module[0] == *floor);
        assert!(is_there, "{floor} has no file");
    }
}

fn path(text: &str) -> Names {
    text.split("::").map(str::to_owned).collect()
}

#[test]
fn a_break_is_seen_however_it_is_written() {
    let floors: Vec<Vec<String>> = ["text", "facts", "graph", "ask|render", "cli"]
        .map(names)
        .into();
    for (module, text, breaks_it) in [
        ("facts", "use crate::graph::Graph;", true),
        ("facts", "use super::graph::Graph;", true),
        ("facts", "use super::{graph, text};", true),
        (
            "facts::check",
            "fn f(graph: &super::super::graph::Graph) {}",
            true,
        ),
        (
            "facts::check",
            "use crate::{facts::{Claim as C, Field,}, graph::{self, Node}};",
            true,
        ),
        (
            "facts::check",
            "use crate::{\n    text::Source,\n    graph,\n};",
            true,
        ),
        (
            "facts",
            "#[cfg(test)]\nmod tests {\n    use super::super::graph::Graph;\n}",
            true,
        ),
        (
            "facts",
            "#[cfg(test)]\nmod tests {\n    use super::graph;\n}",
            false,
        ),
        (
            "facts",
            "#[cfg(test)]\nmod tests {\n    use super::*;\n}",
            false,
        ),
        ("facts::check", "use super::graph::Graph;", false),
        (
            "facts",
            "use super::text::Source; use petgraph::graph::DiGraph;",
            false,
        ),
        (
            "facts",
            "// use super::graph::Graph;\nuse crate::facts::Claim;",
            false,
        ),
        ("render", "use crate::ask::read;", true),
        ("graph", "use crate::facts::{Claim, Field};", false),
        (
            "cli::output",
            "use crate::args::Render; use hanjung::graph::Graph;",
            false,
        ),
        ("graph", "use crate::cli::args;", true),
    ] {
        let found = breaks(&floors, &path(module), text);
        assert_eq!(!found.is_empty(), breaks_it, "{module}: {text}");
    }
}

/// For each file the others of its floor that it names. What it has from the modules above it is
/// not counted: they hand on what they have from below.
fn uses(modules: &BTreeMap<Names, String>) -> BTreeMap<String, BTreeSet<String>> {
    let of = |(module, text): (&Names, &String)| {
        let code = text.split(TESTS).next().unwrap();
        let used = named(module, code).into_iter().filter_map(|path| {
            let file = (1..=path.len()).rev().map(|end| path[..end].to_vec());
            file.into_iter().find(|file| modules.contains_key(file))
        });
        let used = used.filter(|used| used[0] == module[0] && !module.starts_with(used));
        (
            module.join("::"),
            used.map(|used| used.join("::")).collect(),
        )
    };
    modules.iter().map(of).collect()
}

/// The files that a file uses, and those that these use, and so on.
fn reached(uses: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
    while let Some(file) = open.pop() {
        for used in uses.get(&file).into_iter().flatten() {
            if reached.insert(used.clone()) {
                open.push(used.clone());
            }
        }
    }
    reached
}

fn in_circles(uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<&String> {
    uses.keys()
        .filter(|file| reached(uses, file).contains(*file))
        .collect()
}

#[test]
fn no_files_of_a_floor_know_each_other_in_a_circle() {
    let mut uses = uses(&modules());
    for &(file, used) in STILL_IN_CIRCLES {
        let is_there = uses.get_mut(file).is_some_and(|all| all.remove(used));
        assert!(is_there, "{file} uses {used} no more: strike it out");
    }
    assert_eq!(in_circles(&uses), Vec::<&String>::new());
}

#[test]
fn a_circle_is_seen() {
    let modules = [
        ("facts", "mod read; mod split; mod check; pub struct Fact;"),
        ("facts::read", "use super::split::Split; use super::Fact;"),
        ("facts::split", "use crate::facts::check::usage::Usage;"),
        (
            "facts::check::usage",
            "use super::super::{read::Read, Fact};",
        ),
        ("facts::tally", "use super::read::Read;"),
    ];
    let modules = modules
        .map(|(module, text)| (path(module), text.to_owned()))
        .into();
    let circle = ["facts::check::usage", "facts::read", "facts::split"];
    assert_eq!(in_circles(&uses(&modules)), circle);
}

#[test]
fn petgraph_stays_in_the_graph_floor() {
    for (module, text) in modules() {
        let is_inside = module[0] == "graph" || !text.contains("petgraph::");
        assert!(is_inside, "{}", module.join("::"));
    }
}
