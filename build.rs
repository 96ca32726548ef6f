//! Reads and checks `graph-data/` once, when hanjung is built, and keeps the catalogue and its
//! graph ready in the binary, so that a question does not wait for it. Faulty data do not stop the
//! build: nothing is kept then, and the program reads them anew and says what is wrong.

// The floors that the program itself uses; most of what they offer is not called here.
#![allow(dead_code, unused_imports)]

#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/facts/mod.rs"]
mod facts;
#[path = "src/graph/mod.rs"]
mod graph;
#[path = "src/text.rs"]
mod text;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use text::{Source, Sources};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=graph-data");
    let root =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("graph-data");
    let mut paths = Vec::new();
    gather(&root, &mut paths)?;
    paths.sort();
    let mut sources = Sources::default();
    for path in paths {
        let text = fs::read_to_string(&path)
            .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        let name = path
            .strip_prefix(&root)
            .unwrap_or(&path)
            .display()
            .to_string();
        sources.add(Source::new(format!("graph-data/{name}"), text));
    }
    let out =
        PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("snapshot.postcard");
    fs::write(out, snapshot(sources))
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            paths.push(path);
        }
    }
    Ok(())
}

fn snapshot(sources: Sources) -> Vec<u8> {
    match facts::catalogue(sources, Vec::new()) {
        Ok(checked) => {
            let graph = graph::Graph::build(&checked.catalogue);
            postcard::to_stdvec(&(checked.catalogue, graph)).expect("plain data can be written")
        }
        Err(bad) => {
            println!(
                "cargo::warning=graph-data has {} fault(s); `hanjung check` shows them",
                bad.diagnostics.len()
            );
            Vec::new()
        }
    }
}
