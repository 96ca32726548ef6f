//! Formats that hanjung does not write itself: what an installed Graphviz makes of DOT, and PNG out of SVG.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crate::drawing::NoDrawing;

/// Pixels of a PNG for each point of the page: sharp on paper and on a screen.
#[cfg(feature = "png")]
const SCALE: f32 = 2.0;

/// What an installed `dot` makes of a DOT file.
pub fn graphviz(dot: &str, format: &'static str) -> Result<Vec<u8>, NoDrawing> {
    let mut command = Command::new("dot");
    command.arg(format!("-T{format}"));
    if format == "png" {
        command.arg("-Gdpi=144");
    }
    match piped(&mut command, dot.as_bytes().to_vec()) {
        Ok(output) if output.status.success() && !output.stdout.is_empty() => Ok(output.stdout),
        Ok(output) => Err(NoDrawing::DotFailed(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(NoDrawing::NoDot(format)),
        Err(error) => Err(NoDrawing::DotFailed(error.to_string())),
    }
}

/// Runs a command on some input. The input is written beside reading, so that neither waits for the other.
fn piped(command: &mut Command, input: Vec<u8>) -> io::Result<std::process::Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().expect("stdin is piped");
    // A command that ends early says itself why.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output();
    let _ = writer.join();
    output
}

/// An SVG page as PNG, with the fonts of this machine.
#[cfg(feature = "png")]
pub fn png(svg: &str) -> Option<Vec<u8>> {
    use resvg::{tiny_skia, usvg};
    let mut options = usvg::Options { font_family: "Noto Sans".to_owned(), ..usvg::Options::default() };
    options.fontdb_mut().load_system_fonts();
    let tree = usvg::Tree::from_str(svg, &options).ok()?;
    let size = tree.size().to_int_size().scale_by(SCALE)?;
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().ok()
}
