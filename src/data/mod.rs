//! Where facts come from: those that are built in, and folders read over them; and the text of the documents they are drawn from.

mod built_in;
mod documents;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{BadData, Catalogue, Checked, catalogue};
use crate::graph::Graph;
use crate::text::{Source, Sources};

pub use documents::{DocumentText, Documents, UnreadableDocuments, documents};

/// Where facts are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Whether the facts that come with hanjung are read.
    pub built_in: bool,
    /// Folders read over them, in this order. A file takes the place of an earlier one with the same path in its folder.
    pub folders: Vec<PathBuf>,
}

impl Default for Origin {
    /// The facts that come with hanjung.
    fn default() -> Self {
        Origin { built_in: true, folders: Vec::new() }
    }
}

/// Loads the facts of an origin, and their graph. The built-in facts alone were checked when hanjung was built and are taken as they are; all
/// else is read and checked.
///
/// Takes time in proportion to the text, but for sorting entities and facts by id.
///
/// # Errors
///
/// [`BadData`] with every fault, if there is an error among them.
///
/// ```
/// use hanjung::data::{Origin, load};
///
/// let (catalogue, _graph) = load(&Origin::default())?;
/// assert!(catalogue.entity("graphite").is_some());
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn load(origin: &Origin) -> Result<(Catalogue, Graph), BadData> {
    let is_plain = origin.built_in && origin.folders.is_empty();
    match is_plain.then(built_in::ready_made).flatten() {
        Some(ready) => Ok(ready),
        None => check(origin).map(|checked| with_graph(checked.catalogue)),
    }
}

fn with_graph(catalogue: Catalogue) -> (Catalogue, Graph) {
    let graph = Graph::build(&catalogue);
    (catalogue, graph)
}

/// Reads and checks the facts of an origin, and gives the files and warnings with them.
///
/// # Errors
///
/// As [`load`].
pub fn check(origin: &Origin) -> Result<Checked, BadData> {
    let (sources, faults) = gather(origin);
    catalogue(sources, faults)
}

/// Loads the facts in texts that stand in memory, and their graph; each text with the name of its file.
///
/// # Errors
///
/// As [`load`].
pub fn load_texts<N, T>(texts: impl IntoIterator<Item = (N, T)>) -> Result<(Catalogue, Graph), BadData>
where
    N: Into<String>,
    T: Into<String>,
{
    let mut sources = Sources::default();
    for (name, text) in texts {
        sources.add(Source::new(name, text.into()));
    }
    catalogue(sources, Vec::new()).map(|checked| with_graph(checked.catalogue))
}

/// The files of an origin by the path in their folder, the last folder that has a path winning; and what could not be read.
fn gather(origin: &Origin) -> (Sources, Vec<Diagnostic>) {
    let mut files: BTreeMap<PathBuf, Source> = BTreeMap::new();
    let mut faults = Vec::new();
    if origin.built_in {
        files.extend(built_in::files());
    }
    for folder in &origin.folders {
        gather_folder(folder, folder, &mut files, &mut faults);
    }
    let mut sources = Sources::default();
    for source in files.into_values() {
        sources.add(source);
    }
    (sources, faults)
}

fn gather_folder(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Source>, faults: &mut Vec<Diagnostic>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return faults.push(unreadable(folder, &error.to_string(), "name a folder of .ron files")),
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather_folder(root, &path, files, faults);
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            gather_file(root, path, files, faults);
        }
    }
}

fn gather_file(root: &Path, path: PathBuf, files: &mut BTreeMap<PathBuf, Source>, faults: &mut Vec<Diagnostic>) {
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => return faults.push(unreadable(&path, &error.to_string(), "see whether you may read it")),
    };
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        faults.push(unreadable(&path, &format!("line {line} is not UTF-8"), "save the file as UTF-8"));
        // What can be read of it is, so that nobody is told that what it declares does not exist.
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    });
    let name = path.display().to_string();
    files.insert(path.strip_prefix(root).unwrap_or(&path).to_owned(), Source::new(name, text));
}

fn unreadable(path: &Path, problem: &str, hint: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, format!("can't read {}: {problem}", path.display())).hint(hint)
}
