//! Files that diagrams are written to: the format by the name, and the file whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hanjung::query::Answer;
use hanjung::render::diagram::{Picture, Theme, html, place, svg};

/// A format of diagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// For browsers and documents.
    Svg,
    /// A page to click through, in one file.
    Html,
}

/// The extensions of files, and the format that each stands for.
const EXTENSIONS: [(&str, Drawing); 2] = [("svg", Drawing::Svg), ("html", Drawing::Html)];

/// Why an answer was not drawn.
#[derive(Debug)]
pub enum NoDrawing {
    /// The name of the file has no extension that is known.
    UnknownFormat(PathBuf),
    /// The answer has nothing that could be drawn.
    NothingToDraw,
    /// No file is named, and a terminal shows no pictures.
    NoFile,
    /// The file can't be written.
    Unwritable(PathBuf, io::Error),
}

impl NoDrawing {
    /// What is wrong, and what to do.
    pub fn words(&self) -> (String, String) {
        let known: Vec<String> = EXTENSIONS.iter().map(|(extension, _)| format!(".{extension}")).collect();
        match self {
            NoDrawing::UnknownFormat(path) => (
                format!("“{}” does not say in which format to draw", path.display()),
                format!("end the name of the file in {}", known.join(", ")),
            ),
            NoDrawing::NothingToDraw => (
                "the answer is a list without relations: there is nothing to draw".to_owned(),
                "draw dependents, dependencies, why, show, facts or plans".to_owned(),
            ),
            NoDrawing::NoFile => (
                "a terminal shows no pictures".to_owned(),
                format!("name a file with -o; its name ends in {}", known.join(", ")),
            ),
            NoDrawing::Unwritable(path, error) => (
                format!("can’t write “{}”: {error}", path.display()),
                "name a file in a folder that is there and that you may write to".to_owned(),
            ),
        }
    }
}

impl Drawing {
    /// The format that the name of a file asks for.
    pub fn of_file(path: &Path) -> Result<Self, NoDrawing> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let known = EXTENSIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
        known.map(|(_, drawing)| *drawing).ok_or_else(|| NoDrawing::UnknownFormat(path.to_owned()))
    }

    /// Draws an answer.
    pub fn draw(self, answer: &Answer) -> Result<String, NoDrawing> {
        let picture = Picture::new(answer);
        if picture.nodes.is_empty() {
            return Err(NoDrawing::NothingToDraw);
        }
        match self {
            Drawing::Svg => Ok(svg(&place(&picture), Theme::Auto)),
            Drawing::Html => Ok(html(answer, &place(&picture))),
        }
    }
}

/// Writes a file whole or not at all: into a new file beside it, which then takes its name.
pub fn write_whole(path: &Path, text: &str) -> Result<(), NoDrawing> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = path.with_file_name(name);
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&new);
        NoDrawing::Unwritable(path.to_owned(), error)
    })
}
