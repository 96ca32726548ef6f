//! Where facts come from: those that are built in, and folders read over them; the [`World`] they
//! make; and the text of the documents they are drawn from.

mod built_in;
mod folder;
mod documents;
mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{BadData, Checked, catalogue};
use crate::text::{Source, Sources};
use folder::{FolderWalk, shown, text_of};

pub use documents::{DocumentText, Documents, documents};
pub use world::{Parts, World};

/// Where facts are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Whether the facts that come with hanjung are read.
    pub built_in: bool,
    /// Folders read beside them: every `.ron` file in each. One that has a file for each built-in
    /// one, with the same path in the folder, is a version of the built-in facts and takes their
    /// place; else none may have such a path.
    pub folders: Vec<PathBuf>,
}

impl Default for Origin {
    /// The facts that come with hanjung.
    fn default() -> Self {
        Origin {
            built_in: true,
            folders: Vec::new(),
        }
    }
}

/// Reads and checks the facts of an origin, and gives the files and warnings with them.
///
/// # Errors
///
/// [`BadData`] with every fault, if there is an error among them.
pub fn check(origin: &Origin) -> Result<Checked, BadData> {
    let (sources, faults) = gather(origin);
    catalogue(sources, faults)
}

/// Reads and checks the facts in texts that stand in memory, each with the name of its file.
fn check_texts<N, T>(texts: impl IntoIterator<Item = (N, T)>) -> Result<Checked, BadData>
where
    N: Into<String>,
    T: Into<String>,
{
    let mut sources = Sources::default();
    for (name, text) in texts {
        sources.add(Source::new(name, text.into()));
    }
    catalogue(sources, Vec::new())
}

/// The files of an origin by their paths in their folders, and what could not be read.
fn gather(origin: &Origin) -> (Sources, Vec<Diagnostic>) {
    let built_in = if origin.built_in {
        built_in::files()
    } else {
        Vec::new()
    };
    let files = built_in
        .into_iter()
        .map(|(path, source)| ((path, BUILT_IN), source))
        .collect();
    let mut gathering = Gathering {
        files,
        walk: FolderWalk::new("ron"),
        has_version: false,
    };
    for (number, folder) in origin.folders.iter().enumerate() {
        gathering.folder(folder, number + 1);
    }
    let mut sources = Sources::default();
    for source in gathering.files.into_values() {
        sources.add(source);
    }
    (sources, gathering.walk.faults)
}

/// Files as they are gathered. No file takes the place of another, but those of a whole version of
/// the built-in facts.
struct Gathering {
    /// By the path in the folder, and by the number of the folder.
    files: BTreeMap<(PathBuf, usize), Source>,
    walk: FolderWalk,
    /// Whether a folder took the place of the built-in facts.
    has_version: bool,
}

/// The number of the folder that the built-in files are of.
const BUILT_IN: usize = 0;

impl Gathering {
    fn folder(&mut self, folder: &Path, number: usize) {
        self.walk.root(folder);
        let paths = std::mem::take(&mut self.walk.files);
        let inner = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_owned();
        let taken: Vec<&PathBuf> = paths
            .iter()
            .filter(|path| self.is_built_in(&inner(path)))
            .collect();
        let is_version = !self.has_version && taken.len() == self.built_in();
        self.has_version |= is_version;
        if !is_version {
            self.walk
                .faults
                .extend(taken.iter().map(|path| taken_path(path, &inner(path))));
        }
        for path in &paths {
            let number = if is_version && self.is_built_in(&inner(path)) {
                BUILT_IN
            } else {
                number
            };
            self.file(path, (inner(path), number));
        }
    }

    fn is_built_in(&self, inner: &Path) -> bool {
        self.files.contains_key(&(inner.to_owned(), BUILT_IN))
    }

    fn built_in(&self) -> usize {
        self.files
            .keys()
            .filter(|(_, number)| *number == BUILT_IN)
            .count()
    }

    fn file(&mut self, path: &Path, key: (PathBuf, usize)) {
        let (text, fault) = text_of(path);
        self.walk.faults.extend(fault);
        if let Some(text) = text {
            self.files.insert(key, Source::new(shown(path), text));
        }
    }
}

fn taken_path(path: &Path, inner: &Path) -> Diagnostic {
    let what = format!(
        "{} has the path of a built-in file, graph-data/{}",
        shown(path),
        shown(inner)
    );
    Diagnostic::new(Code::DuplicateFile, what).hint(
        "rename it: its facts are added to the built-in ones; `--no-builtin` leaves those out",
    )
}
