//! From folders of RON files to a checked catalogue.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::assemble::assemble;
use super::catalogue::Catalogue;
use super::check::{Draft, check};
use super::read::{Reading, read};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::text::{Source, Sources};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/graph-data");

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

/// Data that can't be used, and all that is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("the data has {} fault(s)", .diagnostics.len())]
pub struct BadData {
    /// The files.
    pub sources: Sources,
    /// What is wrong; at least one error among them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads, checks and merges the facts of an origin. Warnings are not errors: they come with the catalogue.
///
/// Takes time in proportion to the text, but for sorting entities and facts by id.
///
/// # Errors
///
/// [`BadData`] with every fault, if there is an error among them.
///
/// ```
/// use hanjung::facts::{Origin, load};
///
/// let (catalogue, _warnings) = load(&Origin::default())?;
/// assert!(catalogue.entity("graphite").is_some());
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn load(origin: &Origin) -> Result<(Catalogue, Vec<Diagnostic>), BadData> {
    let (sources, faults) = gather(origin);
    load_sources(sources, faults)
}

/// Checks and merges the facts in texts that stand in memory.
///
/// # Errors
///
/// As [`load`].
///
/// ```
/// use hanjung::facts::load_texts;
///
/// let bad = load_texts([("mine.ron", "[Firm(id: \"Acme\", en: \"Acme\")]")]).unwrap_err();
/// assert_eq!(bad.diagnostics[0].code.word(), "malformed-id");
/// ```
pub fn load_texts<N, T>(texts: impl IntoIterator<Item = (N, T)>) -> Result<(Catalogue, Vec<Diagnostic>), BadData>
where
    N: Into<String>,
    T: Into<String>,
{
    let mut sources = Sources::default();
    for (name, text) in texts {
        sources.add(Source::new(name, text.into()));
    }
    load_sources(sources, Vec::new())
}

fn load_sources(sources: Sources, faults: Vec<Diagnostic>) -> Result<(Catalogue, Vec<Diagnostic>), BadData> {
    let mut reading = Reading { diagnostics: faults, ..Reading::default() };
    for (file, source) in sources.iter() {
        read(file, source, &mut reading);
    }
    let Reading { records, damaged_ids, mut diagnostics } = reading;
    diagnostics.append(&mut check(&Draft::new(&records, &damaged_ids)));
    diagnostics.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.place));
    if diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
        drop(records);
        return Err(BadData { sources, diagnostics });
    }
    let parts = assemble(&records);
    drop(records);
    Ok((parts.into_catalogue(sources), diagnostics))
}

/// The files of an origin by the path in their folder, the last folder that has a path winning; and what could not be read.
fn gather(origin: &Origin) -> (Sources, Vec<Diagnostic>) {
    let mut files: BTreeMap<PathBuf, Source> = BTreeMap::new();
    let mut faults = Vec::new();
    if origin.built_in {
        gather_built_in(&BUILT_IN, &mut files);
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

fn gather_built_in(folder: &Dir<'static>, files: &mut BTreeMap<PathBuf, Source>) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8() {
            let name = format!("graph-data/{}", file.path().display());
            files.insert(file.path().to_owned(), Source::new(name, text));
        }
    }
    for folder in folder.dirs() {
        gather_built_in(folder, files);
    }
}

fn gather_folder(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Source>, faults: &mut Vec<Diagnostic>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return faults.push(unreadable(folder, &error.to_string())),
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
    let text = fs::read(&path).map_err(|error| error.to_string());
    let text = text.and_then(|bytes| String::from_utf8(bytes).map_err(|error| format!("not UTF-8: {error}")));
    match text {
        Ok(text) => {
            let name = path.display().to_string();
            files.insert(path.strip_prefix(root).unwrap_or(&path).to_owned(), Source::new(name, text));
        }
        Err(problem) => faults.push(unreadable(&path, &problem)),
    }
}

fn unreadable(path: &Path, problem: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, format!("can't read {}: {problem}", path.display()))
        .hint("name a folder of .ron files in UTF-8")
}
