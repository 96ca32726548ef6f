//! Formats that hanjung does not write itself: what an installed Graphviz makes of DOT, and PNG out
//! of SVG.

use std::io::{self, ErrorKind, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Pixels of a PNG for each point of the page: sharp on paper and on a screen.
#[cfg(feature = "png")]
const SCALE: f32 = 2.0;

/// How long `dot` may take, and the variable that says otherwise, in seconds.
const PATIENCE: Duration = Duration::from_secs(60);
const PATIENCE_VARIABLE: &str = "HANJUNG_DOT_SECONDS";

/// How often a `dot` that has said all is asked whether it has ended.
const BLINK: Duration = Duration::from_millis(5);

/// Why `dot` drew nothing.
pub enum NoDot {
    /// It is not installed.
    NotInstalled,
    /// It was run, but failed.
    Failed(String),
}

/// What an installed `dot` makes of a DOT file.
pub fn graphviz(dot: &str, format: &str) -> Result<Vec<u8>, NoDot> {
    let mut command = Command::new("dot");
    command.arg(format!("-T{format}"));
    if format == "png" {
        command.arg("-Gdpi=144");
    }
    let patience = patience();
    match piped(
        &mut command,
        dot.as_bytes().to_vec(),
        Instant::now() + patience,
    ) {
        Ok(output) if output.status.success() && is_of(format, &output.drawn) => Ok(output.drawn),
        Ok(output) => Err(NoDot::Failed(output.complaint(format))),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(NoDot::NotInstalled),
        Err(error) if error.kind() == ErrorKind::TimedOut => Err(NoDot::Failed(format!(
            "it was ended after {} seconds",
            patience.as_secs_f64()
        ))),
        Err(error) => Err(NoDot::Failed(error.to_string())),
    }
}

fn patience() -> Duration {
    let seconds = std::env::var(PATIENCE_VARIABLE)
        .ok()
        .and_then(|seconds| seconds.parse().ok());
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .unwrap_or(PATIENCE)
}

/// Whether bytes begin as a file of this format does.
fn is_of(format: &str, bytes: &[u8]) -> bool {
    match format {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "pdf" => bytes.starts_with(b"%PDF-"),
        _ => std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg")),
    }
}

/// What became of `dot`.
struct Output {
    status: ExitStatus,
    drawn: Vec<u8>,
    said: Vec<u8>,
}

impl Output {
    fn complaint(&self, format: &str) -> String {
        let said = String::from_utf8_lossy(&self.said).trim().to_owned();
        match said.as_str() {
            "" if self.status.success() => format!("what it wrote is no {}", format.to_uppercase()),
            "" => format!("it ended with {}, and did not say why", self.status),
            _ => said,
        }
    }
}

/// Runs a command on some input, until a moment. The input is written beside reading, so that
/// neither waits for the other.
fn piped(command: &mut Command, input: Vec<u8>, until: Instant) -> io::Result<Output> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut stdin = child.stdin.take().expect("stdin is piped");
    // A command that ends early says itself why.
    thread::spawn(move || stdin.write_all(&input));
    let drawn = aside(child.stdout.take().expect("stdout is piped"));
    let said = aside(child.stderr.take().expect("stderr is piped"));
    let output = outcome(&mut child, &drawn, &said, until);
    if output.is_err() {
        let _ = child.kill().and_then(|()| child.wait());
    }
    output
}

/// Reads all that there is beside other work.
fn aside(mut source: impl Read + Send + 'static) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = source.read_to_end(&mut bytes).map(|_| bytes);
        sender.send(read)
    });
    receiver
}

type Incoming = Receiver<io::Result<Vec<u8>>>;

fn outcome(
    child: &mut Child,
    drawn: &Incoming,
    said: &Incoming,
    until: Instant,
) -> io::Result<Output> {
    let left = || until.saturating_duration_since(Instant::now());
    let all = |reading: &Incoming| {
        reading
            .recv_timeout(left())
            .map_err(|_| ErrorKind::TimedOut)?
    };
    let (drawn, said) = (all(drawn)?, all(said)?);
    while !left().is_zero() {
        if let Some(status) = child.try_wait()? {
            return Ok(Output {
                status,
                drawn,
                said,
            });
        }
        thread::sleep(BLINK);
    }
    Err(ErrorKind::TimedOut.into())
}

/// An SVG page as PNG, with the fonts of this machine.
#[cfg(feature = "png")]
pub fn png(svg: &str) -> Option<Vec<u8>> {
    use resvg::{tiny_skia, usvg};
    let mut options = usvg::Options {
        font_family: "Noto Sans".to_owned(),
        ..usvg::Options::default()
    };
    options.fontdb_mut().load_system_fonts();
    let tree = usvg::Tree::from_str(svg, &options).ok()?;
    let size = tree.size().to_int_size().scale_by(SCALE)?;
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height())?;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(SCALE, SCALE),
        &mut pixels.as_mut(),
    );
    pixels.encode_png().ok()
}
