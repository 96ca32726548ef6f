//! Rebuilds the crate when a file of `graph-data/` is added or removed: the folder is embedded in the binary.

fn main() {
    println!("cargo::rerun-if-changed=graph-data");
}
