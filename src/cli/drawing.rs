//! Diagrams: the format by the name of the file, and who draws it.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use hanjung::query::Answer;
use hanjung::render::Outcome;
use hanjung::render::diagram::{
    NoPicture, Picture, Theme, dot, dot_beside, html, mermaid, place, svg, tree,
};

use crate::args::{EngineArg, Render};
use crate::raster::{self, NoDot};

/// A format of diagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// For browsers and documents.
    Svg,
    /// A page to click through, in one file.
    Html,
    /// For Graphviz.
    Dot,
    /// For documents that draw Mermaid.
    Mermaid,
    /// For a terminal.
    Tree,
    /// For slides and messages.
    Png,
    /// For paper.
    Pdf,
}

/// The extensions of files, and the format that each stands for.
const EXTENSIONS: [(&str, Drawing); 7] = [
    ("svg", Drawing::Svg),
    ("html", Drawing::Html),
    ("dot", Drawing::Dot),
    ("mmd", Drawing::Mermaid),
    ("txt", Drawing::Tree),
    ("png", Drawing::Png),
    ("pdf", Drawing::Pdf),
];

/// Why an answer was not drawn.
#[derive(Debug)]
pub enum NoDrawing {
    /// The name of the file has no extension that is known.
    UnknownFormat(PathBuf),
    /// The answer can't be drawn.
    NoPicture(NoPicture),
    /// This format is not one that `dot` is asked for.
    NotByDot,
    /// This format needs `dot`, which is not installed.
    NoDot(&'static str),
    /// `dot` was run, but drew nothing.
    DotFailed(String),
    /// hanjung itself does not write this format.
    NotBuiltIn(&'static str),
    /// The file can't be written.
    Unwritable(PathBuf, io::Error),
}

impl NoDrawing {
    /// What sort of thing is wrong.
    pub fn outcome(&self) -> Outcome {
        match self {
            NoDrawing::UnknownFormat(_) | NoDrawing::NotByDot => Outcome::BadUsage,
            NoDrawing::Unwritable(..) => Outcome::NotWritten,
            _ => Outcome::NotDrawn,
        }
    }

    /// What is wrong, and what to do.
    pub fn words(&self) -> (String, String) {
        let known: Vec<String> = EXTENSIONS
            .iter()
            .map(|(extension, _)| format!(".{extension}"))
            .collect();
        let own = if cfg!(feature = "png") {
            ".svg and .png"
        } else {
            ".svg"
        };
        match self {
            NoDrawing::UnknownFormat(path) => (
                format!("“{}” does not say in which format to draw", path.display()),
                format!("end the name of the file in {}", known.join(", ")),
            ),
            NoDrawing::NoPicture(why) => why.words(),
            NoDrawing::NotByDot => (
                "dot draws no file of this name".to_owned(),
                "with --engine dot, end the name of the file in .svg, .png or .pdf".to_owned(),
            ),
            NoDrawing::NoDot(format) => (
                format!(
                    "to write .{format} here, Graphviz must be installed: there is no program dot on the path"
                ),
                format!(
                    "install Graphviz, or write {own}, which needs nothing else{}",
                    by_feature(format)
                ),
            ),
            NoDrawing::DotFailed(words) => (
                format!("dot drew nothing: {words}"),
                format!("write {own} without --engine dot"),
            ),
            NoDrawing::NotBuiltIn(format) => (
                format!("this program writes no .{format} itself"),
                format!(
                    "install Graphviz and leave out --engine builtin, or write {own}{}",
                    by_feature(format)
                ),
            ),
            NoDrawing::Unwritable(path, error) => (
                format!("can’t write “{}”: {error}", path.display()),
                "name a file in a folder that is there and that you may write to".to_owned(),
            ),
        }
    }
}

/// How hanjung could come to write a format itself.
fn by_feature(format: &str) -> &'static str {
    match format {
        "png" if !cfg!(feature = "png") => "; or build hanjung with --features png",
        _ => "",
    }
}

/// How an answer is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawingOptions {
    drawing: Drawing,
    engine: Option<EngineArg>,
    theme: Theme,
    /// The name of the HTML page that may lie beside the file.
    beside: Option<String>,
}

impl DrawingOptions {
    /// What the options ask for: the format by the name of the file; where none is named, the tree
    /// for a terminal, else SVG.
    pub fn new(render: &Render) -> Result<Self, NoDrawing> {
        let drawing = match &render.output {
            Some(path) => Drawing::of_file(path)?,
            None if io::stdout().is_terminal() && render.engine.is_none() => Drawing::Tree,
            None => Drawing::Svg,
        };
        let is_for_dot = matches!(drawing, Drawing::Svg | Drawing::Png | Drawing::Pdf);
        if render.engine == Some(EngineArg::Dot) && !is_for_dot {
            return Err(NoDrawing::NotByDot);
        }
        let page = render
            .output
            .as_ref()
            .map(|path| path.with_extension("html"));
        let beside = page.and_then(|page| Some(page.file_name()?.to_string_lossy().into_owned()));
        Ok(DrawingOptions {
            drawing,
            engine: render.engine,
            theme: render.theme.into(),
            beside,
        })
    }

    /// Draws an answer; a tree so many columns wide.
    pub fn draw(&self, answer: &Answer, width: usize) -> Result<Vec<u8>, NoDrawing> {
        let picture = match self.drawing {
            Drawing::Tree => Picture::whole(answer),
            _ => Picture::page(answer),
        };
        let picture = picture.map_err(NoDrawing::NoPicture)?;
        match self.drawing {
            Drawing::Svg if self.engine == Some(EngineArg::Dot) => {
                by_dot(&self.dot(&picture), "svg")
            }
            Drawing::Svg => Ok(svg(&place(&picture), self.theme).into_bytes()),
            Drawing::Html => Ok(html(answer, &place(&picture)).into_bytes()),
            Drawing::Dot => Ok(self.dot(&picture).into_bytes()),
            Drawing::Mermaid => Ok(mermaid(&picture).into_bytes()),
            Drawing::Tree => Ok(tree(&picture, width).into_bytes()),
            Drawing::Png => self.png(&picture),
            Drawing::Pdf if self.engine == Some(EngineArg::Builtin) => {
                Err(NoDrawing::NotBuiltIn("pdf"))
            }
            Drawing::Pdf => by_dot(&self.dot(&picture), "pdf"),
        }
    }

    /// As DOT, with links to the page that may lie beside the file.
    fn dot(&self, picture: &Picture) -> String {
        self.beside
            .as_ref()
            .map_or_else(|| dot(picture), |page| dot_beside(picture, page))
    }

    /// As PNG: by hanjung itself where it can, unless `dot` is asked for.
    fn png(&self, picture: &Picture) -> Result<Vec<u8>, NoDrawing> {
        #[cfg(feature = "png")]
        if self.engine != Some(EngineArg::Dot) {
            return raster::png(&svg(&place(picture), self.theme))
                .ok_or(NoDrawing::NotBuiltIn("png"));
        }
        match self.engine {
            Some(EngineArg::Builtin) => Err(NoDrawing::NotBuiltIn("png")),
            _ => by_dot(&dot(picture), "png"),
        }
    }
}

fn by_dot(dot: &str, format: &'static str) -> Result<Vec<u8>, NoDrawing> {
    raster::graphviz(dot, format).map_err(|why| match why {
        NoDot::NotInstalled => NoDrawing::NoDot(format),
        NoDot::Failed(words) => NoDrawing::DotFailed(words),
    })
}

impl Drawing {
    /// The format that the name of a file asks for.
    pub fn of_file(path: &Path) -> Result<Self, NoDrawing> {
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        let known = EXTENSIONS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(extension));
        known
            .map(|(_, drawing)| *drawing)
            .ok_or_else(|| NoDrawing::UnknownFormat(path.to_owned()))
    }
}
