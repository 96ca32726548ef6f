//! What the command line says, word for word: each file in `tests/goldens/` holds a command with
//! its stdout, stderr and status.
//!
//! `HANJUNG_BLESS=1 cargo test --test suite goldens::` writes what the commands say now into the
//! files. For a new golden, write a file of one line, `$ hanjung …`, and bless. Most commands read
//! the small facts in `tests/goldens/data/`, so that curation changes no golden.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Variables that would change what is written.
const UNSET: [&str; 5] = [
    "COLUMNS",
    "LINES",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "FORCE_COLOR",
];

#[test]
fn commands_say_what_the_goldens_hold() {
    let faults: Vec<String> = goldens().iter().filter_map(|path| fault(path)).collect();
    assert!(
        faults.is_empty(),
        "\n{}\nTo accept: HANJUNG_BLESS=1 cargo test --test suite goldens::\n",
        faults.join("\n")
    );
}

#[test]
fn every_command_has_a_golden_and_one_of_its_help() {
    let lines = command_lines();
    for command in commands() {
        let (asked, help) = (
            format!("$ hanjung {command}"),
            format!("$ hanjung {command} --help"),
        );
        let is_asked = |line: &String| {
            *line == asked || line.starts_with(&(asked.clone() + " ")) && *line != help
        };
        assert!(lines.iter().any(is_asked), "no golden asks `{command}`");
        assert!(
            lines.contains(&help),
            "no golden holds the help of `{command}`"
        );
    }
}

#[test]
fn every_format_has_a_golden() {
    let lines = command_lines();
    for format in ["json", "csv", "md"] {
        assert!(
            lines
                .iter()
                .any(|line| line.contains(&format!("--format {format}"))),
            "no golden is written as {format}"
        );
    }
    assert!(
        lines.iter().any(|line| !line.contains("--format")),
        "no golden is written as text"
    );
}

#[test]
fn no_line_of_an_answer_is_wider_than_80_columns() {
    for path in goldens() {
        let golden = read(&path);
        let (command, rest) = golden.split_once('\n').unwrap_or_default();
        let is_text = !["--format", "--help", "hanjung check", "hanjung render"]
            .iter()
            .any(|word| command.contains(word));
        let answer = rest.split("-- stderr\n").next().unwrap_or_default();
        let too_wide = answer
            .lines()
            .filter(|_| is_text)
            .find(|line| columns(line) > 80);
        assert_eq!(too_wide, None, "{}", path.display());
    }
}

/// Columns on a terminal; letters of Chinese and Korean take two.
fn columns(line: &str) -> usize {
    let is_wide = |c| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}');
    line.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens")
}

fn goldens() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("tests/goldens can be listed");
    let paths = entries.map(|entry| entry.expect("tests/goldens can be listed").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> String {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.replace("\r\n", "\n")
}

/// Writes a file in one go: the tests beside this one may be reading it.
fn write(path: &Path, text: &str) {
    let new = path.with_extension("new");
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
    written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn command_lines() -> Vec<String> {
    goldens()
        .iter()
        .map(|path| read(path).lines().next().unwrap_or_default().to_owned())
        .collect()
}

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let help = run(&["--help".to_owned()]);
    let list = help
        .split("Commands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .expect("the help lists commands");
    let names = list
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// Runs the command of a golden; says how what it writes differs from what the golden holds, or
/// writes that into it.
fn fault(path: &Path) -> Option<String> {
    let golden = read(path);
    let command = golden.lines().next().unwrap_or_default();
    let args = command.strip_prefix("$ hanjung").map(words);
    let args = args.unwrap_or_else(|| panic!("{} does not begin with `$ hanjung`", path.display()));
    let now = format!("{command}\n{}", run(&args));
    if std::env::var_os("HANJUNG_BLESS").is_some() {
        write(path, &now);
        return None;
    }
    (now != golden).then(|| {
        format!(
            "{}\n{command}\n{}",
            path.display(),
            difference(&golden, &now)
        )
    })
}

/// The words of a command line: parted by spaces, but not within quotes of either sort.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, behind) = match first {
            '"' | '\'' => rest[1..].split_once(first).expect("a quote is closed"),
            _ => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = behind.trim_start();
    }
    words
}

/// Runs hanjung without a terminal; what it wrote and its status, as goldens hold them.
fn run(args: &[String]) -> String {
    let mut hanjung = Command::new(env!("CARGO_BIN_EXE_hanjung"));
    hanjung
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .env("NO_COLOR", "1");
    UNSET.iter().for_each(|name| {
        hanjung.env_remove(name);
    });
    let output = hanjung.output().expect("hanjung can be run");
    let status = output
        .status
        .code()
        .map_or("killed".to_owned(), |code| code.to_string());
    let (stdout, stderr) = (lines(output.stdout), lines(output.stderr));
    format!("-- stdout\n{stdout}-- stderr\n{stderr}-- status\n{status}\n")
}

/// Output as whole lines.
fn lines(output: Vec<u8>) -> String {
    let text = String::from_utf8(output)
        .expect("hanjung writes UTF-8")
        .replace("\r\n", "\n");
    if text.is_empty() || text.ends_with('\n') {
        text
    } else {
        text + "\n-- no newline at the end\n"
    }
}

/// The first line that differs, with the two that follow it.
fn difference(golden: &str, now: &str) -> String {
    let same = golden
        .lines()
        .zip(now.lines())
        .take_while(|(golden, now)| golden == now)
        .count();
    let part = |text: &str, mark: char| -> String {
        text.lines()
            .skip(same)
            .take(3)
            .map(|line| format!("  {mark} {line}\n"))
            .collect()
    };
    format!(
        "  from line {}:\n{}{}",
        same + 1,
        part(golden, '-'),
        part(now, '+')
    )
}

#[test]
fn words_are_parted_at_spaces_and_quotes() {
    assert_eq!(
        words(r#" ask "who depends on graphite" --brief"#),
        ["ask", "who depends on graphite", "--brief"]
    );
    assert_eq!(words(r#" find """#), ["find", ""]);
    assert_eq!(words(""), [""; 0]);
}

#[test]
fn differences_begin_at_the_first_line_that_differs() {
    assert_eq!(
        difference("a\nb\nc\n", "a\nx\nc\n"),
        "  from line 2:\n  - b\n  - c\n  + x\n  + c\n"
    );
    assert_eq!(difference("a\n", "a\nb\n"), "  from line 2:\n  + b\n");
}
