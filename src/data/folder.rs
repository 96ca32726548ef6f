//! The files of a folder: each regular file once, by whatever way it is reached; and all that can't
//! be read, told.

use std::collections::HashMap;
use std::fs::{self, DirEntry, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::text::unseen;

/// Bytes beyond which a file is not read: more than anybody types, and well within what a place in
/// it can count.
const LARGEST: u64 = 64 << 20;
/// Folders within each other beyond which none is looked into.
const DEEPEST: usize = 64;
/// Folders beyond which no more are looked into: a link may lead to the whole machine.
const MOST_FOLDERS: usize = 10_000;

/// Goes through folders and the folders in them, and gathers the files with an ending.
pub(super) struct FolderWalk {
    ending: &'static str,
    is_deep: bool,
    /// What was met, with the number of the named folder that it was met in.
    seen: HashMap<Identity, usize>,
    roots: usize,
    folders: usize,
    has_met_earlier: bool,
    /// The files, folder by folder, those of one folder by name.
    pub(super) files: Vec<PathBuf>,
    /// What could not be read.
    pub(super) faults: Vec<Diagnostic>,
}

impl FolderWalk {
    /// A walk for files with an ending, such as `ron`.
    pub(super) fn new(ending: &'static str) -> Self {
        FolderWalk {
            ending,
            is_deep: true,
            seen: HashMap::new(),
            roots: 0,
            folders: 0,
            has_met_earlier: false,
            files: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// A walk that looks into no folder but the one that is named.
    pub(super) fn flat(ending: &'static str) -> Self {
        FolderWalk {
            is_deep: false,
            ..FolderWalk::new(ending)
        }
    }

    /// Walks a folder that a user named. One that holds nothing to read is a fault, and so is one
    /// that was walked before.
    pub(super) fn root(&mut self, folder: &Path) {
        let found = self.files.len() + self.faults.len();
        (self.roots, self.has_met_earlier) = (self.roots + 1, false);
        match fs::metadata(folder) {
            Err(error) => self.fault(folder, &error.to_string(), self.wanted()),
            Ok(data) if !data.is_dir() => self.fault(
                folder,
                &format!("it is {}", kind(data.file_type())),
                self.wanted(),
            ),
            Ok(data) if self.seen.contains_key(&Identity::of(folder, &data)) => {
                self.faults.push(again(folder))
            }
            Ok(data) => self.folder(folder, &data, 0),
        }
        if self.files.len() + self.faults.len() == found && !self.has_met_earlier {
            self.fault(
                folder,
                &format!("no file in it ends in .{}", self.ending),
                self.wanted(),
            );
        }
    }

    fn wanted(&self) -> String {
        format!(
            "name a folder of files that end in .{}, in small letters",
            self.ending
        )
    }

    fn folder(&mut self, folder: &Path, data: &Metadata, depth: usize) {
        if self.folders > MOST_FOLDERS || !self.is_new(Identity::of(folder, data)) {
            return;
        }
        self.folders += 1;
        if self.folders > MOST_FOLDERS {
            return self.fault(
                folder,
                &format!("there are more than {MOST_FOLDERS} folders"),
                "name a smaller folder",
            );
        }
        if depth > DEEPEST {
            return self.fault(
                folder,
                &format!("more than {DEEPEST} folders lie around it"),
                "move it further up",
            );
        }
        match fs::read_dir(folder) {
            Err(error) => self.fault(
                folder,
                &error.to_string(),
                "see whether you may list the folder",
            ),
            Ok(entries) => self.entries(folder, entries, depth),
        }
    }

    fn entries(&mut self, folder: &Path, entries: fs::ReadDir, depth: usize) {
        let mut paths = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) if self.is_of_no_interest(&entry) => {}
                Ok(entry) => paths.push(entry.path()),
                Err(error) => {
                    self.fault(folder, &error.to_string(), "see whether the disk is sound")
                }
            }
        }
        paths.sort();
        for path in paths {
            match fs::metadata(&path) {
                Err(error) => self.fault(&path, &error.to_string(), missing(&path)),
                Ok(data) if data.is_dir() && self.is_deep => self.folder(&path, &data, depth + 1),
                Ok(data) if self.has_ending(&path) => self.file(path, &data),
                Ok(_) => {}
            }
        }
    }

    /// Whether an entry is neither a folder nor named as what is read, which needs no second look.
    /// What a link leads to is not known yet.
    fn is_of_no_interest(&self, entry: &DirEntry) -> bool {
        let is_other = |kind: FileType| !kind.is_symlink() && !kind.is_dir();
        !self.has_ending(&entry.path()) && (!self.is_deep || entry.file_type().is_ok_and(is_other))
    }

    fn has_ending(&self, path: &Path) -> bool {
        path.extension()
            .is_some_and(|extension| extension == self.ending)
    }

    fn file(&mut self, path: PathBuf, data: &Metadata) {
        if !data.is_file() {
            let what = format!("it is {}", kind(data.file_type()));
            self.fault(
                &path,
                &what,
                "put a plain file there, or give it another ending",
            );
        } else if data.len() > LARGEST {
            self.faults.push(too_large(&path));
        } else if self.is_new(Identity::of(&path, data)) {
            self.files.push(path);
        }
    }

    fn is_new(&mut self, identity: Identity) -> bool {
        let first = self.seen.insert(identity, self.roots);
        self.has_met_earlier |= first.is_some_and(|root| root < self.roots);
        first.is_none()
    }

    fn fault(&mut self, path: &Path, problem: &str, hint: impl Into<String>) {
        self.faults.push(unreadable(path, problem, hint));
    }
}

fn missing(path: &Path) -> &'static str {
    if path.is_symlink() {
        "mend the link, or take it out"
    } else {
        "see whether you may read it"
    }
}

fn again(folder: &Path) -> Diagnostic {
    let what = format!(
        "{} is named twice, or lies in a folder that is named before it",
        shown(folder)
    );
    Diagnostic::new(Code::DuplicateFile, what).hint("name each folder once")
}

fn too_large(path: &Path) -> Diagnostic {
    let problem = format!("it is larger than {} MiB", LARGEST >> 20);
    unreadable(
        path,
        &problem,
        "divide the file: records may stand in any file",
    )
}

/// A file or folder that can't be read, why, and what to do.
pub(super) fn unreadable(path: &Path, problem: &str, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadableFile,
        format!("can't read {}: {problem}", shown(path)),
    )
    .hint(hint)
}

/// A path as messages show it: what can't be seen in it is written out.
pub(super) fn shown(path: &Path) -> String {
    let written = |c: char| match unseen(c) {
        Some(_) => c.escape_unicode().to_string(),
        None => c.into(),
    };
    path.display().to_string().chars().map(written).collect()
}

/// What is neither a plain file nor of use.
#[cfg(unix)]
fn kind(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        _ if kind.is_fifo() => "a pipe, not a plain file",
        _ if kind.is_socket() => "a socket, not a plain file",
        _ if kind.is_block_device() || kind.is_char_device() => "a device, not a plain file",
        _ => plain_kind(kind),
    }
}

#[cfg(not(unix))]
fn kind(kind: FileType) -> &'static str {
    plain_kind(kind)
}

fn plain_kind(kind: FileType) -> &'static str {
    match (kind.is_dir(), kind.is_file()) {
        (true, _) => "a folder, not a file",
        (_, true) => "a file, not a folder",
        _ => "no plain file",
    }
}

/// What makes a file or folder the same by whatever way it is reached.
#[derive(PartialEq, Eq, Hash)]
struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] PathBuf);

impl Identity {
    #[cfg(unix)]
    fn of(_: &Path, data: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Identity((data.dev(), data.ino()))
    }

    #[cfg(not(unix))]
    fn of(path: &Path, _: &Metadata) -> Self {
        Identity(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
    }
}

/// The text of a file, and what is wrong with it. What can be read of a text in another encoding is
/// read, so that nobody is told that what it declares does not exist.
pub(super) fn text_of(path: &Path) -> (Option<String>, Option<Diagnostic>) {
    match bytes_of(path) {
        Err(error) => (
            None,
            Some(unreadable(
                path,
                &error.to_string(),
                "see whether you may read it",
            )),
        ),
        // It grew since it was looked at.
        Ok(bytes) if bytes.len() as u64 > LARGEST => (None, Some(too_large(path))),
        Ok(bytes) => decoded(path, bytes),
    }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn decoded(path: &Path, bytes: Vec<u8>) -> (Option<String>, Option<Diagnostic>) {
    let fault = |problem: &str| Some(unreadable(path, problem, "save the file as UTF-8"));
    if let Some(text) = utf_16(&bytes) {
        return (Some(text), fault("it is UTF-16"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (Some(text), None),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|&&byte| byte == b'\n').count() + 1;
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (Some(text), fault(&format!("line {line} is not UTF-8")))
        }
    }
}

/// The text of bytes that are UTF-16: by the mark they begin with, or by the zeros beside their
/// first two letters, which in RON, and in the heads of documents, are of ASCII.
fn utf_16(bytes: &[u8]) -> Option<String> {
    let pair: fn([u8; 2]) -> u16 = match *bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        [a, 0, b, 0, ..] if a > 0 && b > 0 => u16::from_le_bytes,
        [0, a, 0, b, ..] if a > 0 && b > 0 => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|bytes| pair([bytes[0], bytes[1]]))
        .collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_utf_16_apart() {
        let text = "// 흑연\n[]";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, bytes) in [([0xff, 0xfe], little), ([0xfe, 0xff], big)] {
            assert_eq!(utf_16(&bytes).as_deref(), Some(text));
            assert_eq!(
                utf_16(&[&mark[..], &bytes].concat()).as_deref(),
                Some(format!("\u{feff}{text}").as_str())
            );
        }
        for other in [
            &b""[..],
            b"[",
            b"[]",
            b"[Fi",
            b"\0\0\0\0",
            "\u{feff}[]".as_bytes(),
            b"[\0Firm()",
        ] {
            assert_eq!(utf_16(other), None, "{other:?}");
        }
    }
}
