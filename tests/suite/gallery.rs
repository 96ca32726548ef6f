//! The gallery is what its commands draw, and as legible as it has ever been.
//!
//! `just gallery` (`HANJUNG_BLESS=1 cargo test --test suite gallery::`) draws the pictures of
//! `docs/gallery.md` anew; look at them before you commit them.

use std::fs;
use std::path::Path;
use std::process::Command;

use hanjung::World;
use hanjung::facts::Lang;
use hanjung::render::diagram::{Picture, place};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The questions of the gallery, each with the file that it is drawn into.
fn commands() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("docs/gallery.md")).expect("the gallery can be read");
    let lines = text
        .lines()
        .filter_map(|line| line.strip_prefix("hanjung render ask \""));
    let parts = lines.filter_map(|line| line.split_once("\" -o "));
    parts
        .map(|(question, file)| (question.to_owned(), file.to_owned()))
        .collect()
}

/// The formats that are kept: those that come out alike on every machine.
const KEPT: [&str; 3] = ["svg", "html", "dot"];

/// The question of each file that is kept.
fn pictures() -> Vec<(String, String)> {
    let formats = |(question, file): (String, String)| {
        KEPT.map(|format| {
            (
                question.clone(),
                Path::new(&file)
                    .with_extension(format)
                    .to_string_lossy()
                    .into_owned(),
            )
        })
    };
    commands().into_iter().flat_map(formats).collect()
}

#[test]
fn the_gallery_is_what_its_commands_draw() {
    let folder = std::env::temp_dir().join(format!("hanjung-gallery-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the test");
    for (question, file) in pictures() {
        let drawn = folder.join(Path::new(&file).file_name().expect("a file"));
        let mut hanjung = Command::new(env!("CARGO_BIN_EXE_hanjung"));
        let status = hanjung
            .args(["render", "ask", &question, "-o"])
            .arg(&drawn)
            .status()
            .expect("hanjung can be run");
        assert!(status.success(), "{question}");
        let now = fs::read_to_string(&drawn).expect("the picture is there");
        let path = root().join(&file);
        if std::env::var_os("HANJUNG_BLESS").is_some() {
            fs::write(&path, now).expect("the picture can be written");
        } else {
            let kept = fs::read_to_string(&path)
                .unwrap_or_default()
                .replace("\r\n", "\n");
            assert!(
                now == kept,
                "{file} is stale; to draw it anew: just gallery"
            );
        }
    }
    fs::remove_dir_all(&folder).expect("the folder of the test can be removed");
}

#[test]
fn every_picture_of_the_gallery_is_shown() {
    let text = fs::read_to_string(root().join("docs/gallery.md")).expect("the gallery can be read");
    assert_eq!(commands().len(), 6);
    let mut kept: Vec<String> = fs::read_dir(root().join("docs/gallery"))
        .expect("the pictures are there")
        .map(|entry| {
            format!(
                "docs/gallery/{}",
                entry.expect("a picture").file_name().to_string_lossy()
            )
        })
        .collect();
    let mut drawn: Vec<String> = pictures().into_iter().map(|(_, file)| file).collect();
    kept.sort();
    drawn.sort();
    assert_eq!(kept, drawn);
    assert!(
        drawn
            .iter()
            .all(|file| text.contains(&format!("]({})", file.trim_start_matches("docs/"))))
    );
}

/// Crossings, overlaps, shortened words, arrows without words: for each picture the best that there
/// has been.
const BEST: [(&str, [usize; 4]); 6] = [
    ("graphite", [0, 0, 0, 0]),
    ("korean-batteries", [1, 0, 0, 0]),
    ("chips-and-china", [3, 0, 0, 0]),
    ("motor-cores", [0, 0, 0, 0]),
    ("exposed-to-china", [0, 0, 0, 0]),
    ("overview", [3, 0, 0, 0]),
];

/// Points across A4, on its side, between margins of a centimetre; the smallest type that is read
/// with ease, and that of names.
const PAPER: f64 = 785.0;
const LEGIBLE: f64 = 5.8;
const NAME: f64 = 12.0;
/// What a page takes beside its drawing.
const MARGINS: f64 = 56.0;

#[test]
fn the_gallery_is_as_legible_as_it_has_been() {
    let world = World::built_in().expect("the built-in facts are sound");
    let mut found = Vec::new();
    for (question, file) in commands() {
        let question = world
            .understand(&question)
            .expect("the question is understood")
            .value;
        let picture = Picture::new(&world.answer(&question, Lang::En));
        let placed = place(&picture);
        let name = Path::new(&file)
            .file_stem()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        let size = NAME * PAPER / (placed.width + MARGINS);
        assert!(size >= LEGIBLE, "{name}: names of {size:.1} points on A4");
        found.push((
            name,
            [
                placed.crossings,
                placed.overlaps(),
                placed.clipped(),
                placed.unlabelled(),
            ],
        ));
    }
    assert_eq!(found, BEST.map(|(name, faults)| (name.to_owned(), faults)));
}
