//! The facts that come with hanjung: their files, and the catalogue and graph that the build made
//! of them.

use std::path::PathBuf;

use include_dir::{Dir, include_dir};

use crate::facts::Catalogue;
use crate::graph::Graph;
use crate::text::Source;

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/graph-data");

/// The checked facts, or nothing where the build found them faulty; then they are read anew, to say
/// what is wrong.
static SNAPSHOT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/snapshot.postcard"));

/// The files by their paths in `graph-data/`, in the order of the paths.
pub(super) fn files() -> Vec<(PathBuf, Source)> {
    let mut files = Vec::new();
    let mut folders = vec![&FOLDER];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        let texts = folder.files().filter(|file| {
            file.path()
                .extension()
                .is_some_and(|extension| extension == "ron")
        });
        let texts = texts.filter_map(|file| Some((file.path(), file.contents_utf8()?)));
        files.extend(texts.map(|(path, text)| {
            (
                path.to_owned(),
                Source::new(format!("graph-data/{}", path.display()), text),
            )
        }));
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    files
}

/// The catalogue and graph of the built-in facts, ready-made; `None` if they are faulty.
pub(super) fn ready_made() -> Option<(Catalogue, Graph)> {
    postcard::from_bytes(SNAPSHOT).ok()
}
