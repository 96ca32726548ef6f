//! What is written comes out whole, or the program says that it does not: stdout, files, pictures
//! by `dot`, the envelope of complaints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for a test, which goes away with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("hanjung-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const DATA: [&str; 3] = ["--no-builtin", "--data", "tests/goldens/data"];

fn hanjung(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hanjung"));
    command
        .args(args)
        .args(DATA)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .env("NO_COLOR", "1");
    command
}

/// Has a picture written.
fn render(path: &Path) -> Command {
    hanjung(&[
        "render",
        "why",
        "motorco",
        "graphite",
        "-o",
        path.to_str().unwrap(),
    ])
}

fn said(output: &Output) -> (Option<i32>, String) {
    (
        output.status.code(),
        String::from_utf8(output.stderr.clone()).unwrap(),
    )
}

fn is_picture(path: &Path) -> bool {
    fs::read_to_string(path)
        .unwrap()
        .trim_end()
        .ends_with("</svg>")
}

// The envelope

fn envelope(args: &[&str]) -> serde_json::Value {
    let output = hanjung(args).args(["--format", "json"]).output().unwrap();
    let value: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{args:?}"));
    assert_eq!(value["format"], 1, "{args:?}");
    assert!(
        value["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty()),
        "{args:?}: {value}"
    );
    assert_eq!(
        output.status.code(),
        Some(if value["outcome"] == "empty" { 1 } else { 2 }),
        "{args:?}"
    );
    value
}

#[test]
fn every_complaint_has_an_envelope() {
    let long = "x".repeat(300);
    for (args, outcome) in [
        (&["show", "unobtainium"][..], "unknown-name"),
        (&["show", "acm"], "ambiguous"),
        (&["ask", "will it rain"], "not-understood"),
        (&["show", &long], "too-long"),
        (&["find", &long], "too-long"),
        (&["figures", "--measure", &long], "too-long"),
        (&["ask", &"why ".repeat(61)], "too-long"),
        (&["ask", &"x".repeat(1001)], "too-long"),
        (&["list", "nonsense"], "unknown-word"),
        (&["facts", "--document", "nope"], "unknown-word"),
        (&["what-if", "--cut", "china=60"], "bad-usage"),
        (&["lsit"], "bad-usage"),
        (
            &["why", "motorco", "graphite", "--limit", "101"],
            "bad-usage",
        ),
        (&["render", "documents", "-o", "x.svg"], "not-drawn"),
        (&["render", "overview", "-o", "x.xyz"], "bad-usage"),
        (
            &[
                "render",
                "why",
                "motorco",
                "graphite",
                "-o",
                "no-such-folder/x.svg",
            ],
            "not-written",
        ),
        (
            &[
                "render",
                "dependents",
                "lithium",
                "--in",
                "chile",
                "-o",
                "x.svg",
            ],
            "empty",
        ),
        (&["verify", "--documents", "no-such-folder"], "bad-data"),
        (
            &["documents", "--data", "tests/goldens/torn-data"],
            "bad-data",
        ),
    ] {
        assert_eq!(envelope(args)["outcome"], outcome, "{args:?}");
    }
    assert!(envelope(&["documents", "--data", "tests/goldens/torn-data"])["faults"].is_array());
}

#[test]
fn no_hint_promises_names_where_there_are_none() {
    let output = Command::new(env!("CARGO_BIN_EXE_hanjung"))
        .args(["--no-builtin", "show", "x"])
        .output()
        .unwrap();
    let (status, words) = said(&output);
    assert_eq!(status, Some(2));
    assert!(
        !words.contains("nearest names") && words.contains("hint: "),
        "{words}"
    );
}

// What is typed

#[test]
fn what_is_typed_can_not_steer_the_terminal() {
    let hostile = "\u{1b}]0;PWN\u{7}\u{9b}2J\u{202e}x\nerror: fake";
    for args in [
        &["ask", hostile][..],
        &["find", hostile],
        &["show", hostile],
        &["list", hostile],
        &["facts", "--document", hostile],
        &["what-if", "--cut", &format!("{hostile}=2")],
        &["render", "overview", "-o", hostile],
        &[
            "render",
            "overview",
            "-o",
            &format!("no-such-folder/{hostile}.svg"),
        ],
        &["verify", "--documents", hostile],
        &["documents", "--data", hostile],
        &[hostile],
        &["--format", hostile],
    ] {
        for format in ["text", "json", "csv", "md"] {
            let output = hanjung(args).args(["--format", format]).output().unwrap();
            let written = [output.stdout, output.stderr]
                .map(|bytes| String::from_utf8(bytes).unwrap())
                .concat();
            let steers =
                |c: &char| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c);
            assert_eq!(written.chars().find(steers), None, "{args:?}: {written}");
            assert!(!written.contains("\nerror: fake"), "{args:?}: {written}");
        }
    }
}

#[test]
fn a_long_question_is_read_in_no_more_ways_than_can_be_tried() {
    for question in [
        format!("what is {}", "to in for ".repeat(19)),
        "why does a depend on ".repeat(12),
    ] {
        assert_eq!(
            hanjung(&["ask", &question]).output().unwrap().status.code(),
            Some(2)
        );
    }
}

#[test]
fn what_is_wholly_a_name_is_that_name() {
    let folder = Folder::new("names");
    folder.file(
        "a.ron",
        r#"[
        Document(id: "d", title: "D", publisher: "P", date: "2025"),
        Material(id: "alloy", en: "alloy x=0.5"), Material(id: "resin", en: "resin 1:1"),
        Firm(id: "acme", en: "Acme"), Firm(id: "north", en: "Aaland: North"),
        Uses(by: "acme", good: "alloy", evidence: [Reported(doc: "d", at: "p1")]),
        Uses(by: "acme", good: "resin", evidence: [Reported(doc: "d", at: "p1")]),
        Produces(by: "north", good: "resin", evidence: [Reported(doc: "d", at: "p1")]),
        Produces(by: "north", good: "alloy", evidence: [Reported(doc: "d", at: "p1")]),
    ]"#,
    );
    for (cut, title) in [
        ("alloy x=0.5", "What is lost without alloy x=0.5"),
        (
            "alloy x=0.5=0.25",
            "What is lost without 25 % of alloy x=0.5",
        ),
        (
            "Aaland: North:resin 1:1=0.5",
            "What is lost without 50 % of resin 1:1 from Aaland: North",
        ),
        (
            "Aaland: North:alloy x=0.5",
            "What is lost without alloy x=0.5 from Aaland: North",
        ),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hanjung"));
        let output = command
            .args(["--no-builtin", "--data"])
            .arg(&folder.0)
            .args(["what-if", "--cut", cut])
            .output();
        let text = String::from_utf8(output.unwrap().stdout).unwrap();
        assert_eq!(text.lines().next(), Some(title), "{cut}");
    }
}

// Files

#[test]
fn a_new_file_is_whole_and_leaves_nothing_beside_it() {
    let folder = Folder::new("new");
    let long = format!("{}.svg", "x".repeat(251));
    for name in ["a.svg", &long] {
        let path = folder.0.join(name);
        assert_eq!(
            said(&render(&path).output().unwrap()),
            (Some(0), String::new())
        );
        assert!(is_picture(&path));
    }
    assert_eq!(folder.names(), ["a.svg", &long]);
}

#[test]
fn a_folder_is_no_file() {
    let folder = Folder::new("folder");
    fs::create_dir(folder.0.join("a.svg")).unwrap();
    assert_eq!(
        render(&folder.0.join("a.svg"))
            .output()
            .unwrap()
            .status
            .code(),
        Some(2)
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::os::unix::process::{CommandExt, ExitStatusExt};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Runs a command line of a shell: `$0` is the program, `$1` the file.
    fn shell(script: &str, path: &Path) -> Output {
        let question = "why motorco graphite --no-builtin --data tests/goldens/data";
        let script = script.replace("RENDER", &format!("\"$0\" render {question} -o \"$1\""));
        let mut command = Command::new("sh");
        command
            .args(["-c", &script, env!("CARGO_BIN_EXE_hanjung")])
            .arg(path)
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        command.output().unwrap()
    }

    #[test]
    fn the_mode_of_a_file_is_kept_and_that_of_a_new_one_is_usual() {
        let folder = Folder::new("mode");
        let (old, new) = (folder.file("old.svg", "old"), folder.0.join("new.svg"));
        set_mode(&old, 0o640);
        assert!(render(&old).status().unwrap().success() && is_picture(&old));
        assert_eq!(mode(&old), 0o640);
        assert!(shell("umask 027; RENDER", &new).status.success());
        assert_eq!(mode(&new), 0o640);
    }

    #[test]
    fn links_are_followed() {
        let folder = Folder::new("links");
        fs::create_dir(folder.0.join("further")).unwrap();
        folder.file("further/old.svg", "old");
        for (link, target) in [
            ("a.svg", "further/old.svg"),
            ("b.svg", "further/new.svg"),
            ("c.svg", "b.svg"),
        ] {
            symlink(target, folder.0.join(link)).unwrap();
            assert!(
                render(&folder.0.join(link)).status().unwrap().success(),
                "{link}"
            );
            assert!(is_picture(&folder.0.join(target)), "{link}");
            assert_eq!(
                fs::read_link(folder.0.join(link)).unwrap(),
                Path::new(target)
            );
        }
        assert_eq!(folder.names(), ["a.svg", "b.svg", "c.svg", "further"]);
    }

    #[test]
    fn hard_links_stay_together() {
        let folder = Folder::new("hard");
        let (a, b) = (
            folder.file("a.svg", &"old ".repeat(10_000)),
            folder.0.join("b.svg"),
        );
        fs::hard_link(&a, &b).unwrap();
        assert!(render(&a).status().unwrap().success());
        assert!(is_picture(&a) && is_picture(&b));
        assert_eq!(fs::metadata(&a).unwrap().nlink(), 2);
        assert_eq!(folder.names(), ["a.svg", "b.svg"]);
    }

    #[test]
    fn a_pipe_gets_it_all_and_stays_a_pipe() {
        let folder = Folder::new("pipe");
        let path = folder.0.join("p.svg");
        let output = shell("mkfifo \"$1\"; cat \"$1\" & RENDER; wait", &path);
        assert_eq!(said(&output), (Some(0), String::new()));
        assert!(
            String::from_utf8(output.stdout)
                .unwrap()
                .ends_with("</svg>\n")
        );
        assert!(!fs::symlink_metadata(&path).unwrap().is_file());
    }

    #[test]
    fn what_may_not_be_written_is_not_replaced() {
        let folder = Folder::new("closed");
        fs::create_dir(folder.0.join("in")).unwrap();
        let (open, closed) = (
            folder.file("in/open.svg", "old"),
            folder.file("in/closed.svg", "old"),
        );
        set_mode(&open, 0o666);
        set_mode(&closed, 0o444);
        set_mode(&folder.0.join("in"), 0o555);
        let as_nobody = |path: &Path| {
            let mut command = render(path);
            if fs::metadata(&folder.0).unwrap().uid() == 0 {
                command.uid(65534).gid(65534);
            }
            command.output()
        };
        let Ok(output) = as_nobody(&open) else {
            return eprintln!("skipped: nobody else can run the program");
        };
        assert_eq!(said(&output), (Some(0), String::new()));
        assert!(is_picture(&open));
        for path in [&closed, &folder.0.join("in/new.svg")] {
            let (status, words) = said(&as_nobody(path).unwrap());
            assert!(
                status == Some(2) && words.starts_with("error: can’t write"),
                "{words}"
            );
        }
        assert_eq!(fs::read_to_string(&closed).unwrap(), "old");
        set_mode(&folder.0.join("in"), 0o755);
    }

    #[test]
    fn the_old_file_outlives_a_limit_of_size() {
        let folder = Folder::new("limit");
        let (alone, linked) = (
            folder.file("alone.svg", "old"),
            folder.file("linked.svg", "old"),
        );
        fs::hard_link(&linked, folder.0.join("other.svg")).unwrap();
        for path in [&alone, &linked, &folder.0.join("new.svg")] {
            let (status, words) = said(&shell("ulimit -f 1; RENDER", path));
            assert!(
                status == Some(2) && words.starts_with("error: can’t write"),
                "{status:?} {words}"
            );
        }
        assert_eq!(
            [&alone, &linked].map(|path| fs::read_to_string(path).unwrap()),
            ["old", "old"]
        );
        assert_eq!(folder.names(), ["alone.svg", "linked.svg", "other.svg"]);
        let (status, words) = said(&shell(
            "ulimit -f 1; \"$0\" facts > \"$1\"",
            &folder.0.join("facts.txt"),
        ));
        assert!(
            status == Some(2) && words.starts_with("error: can’t write to stdout"),
            "{status:?} {words}"
        );
    }

    /// Whether `strace` can run programs here. Where `CI` is set it must.
    fn has_strace() -> bool {
        let has = Command::new("strace")
            .args(["-o", "/dev/null", "true"])
            .output()
            .is_ok_and(|out| out.status.success());
        assert!(
            has || std::env::var_os("CI").is_none(),
            "strace is not installed, or not allowed to work"
        );
        if !has {
            eprintln!("skipped: strace is not installed");
        }
        has
    }

    /// Has a picture written while something happens each time that a file is brought to the disk.
    fn while_syncing(happens: &str, path: &Path) -> Output {
        let strace =
            format!("strace -f -o /dev/null -e trace=fsync -e inject=fsync:{happens} RENDER");
        shell(&strace, path)
    }

    #[test]
    fn signals_and_broken_disks_leave_the_old_file_and_nothing_else() {
        if !has_strace() {
            return;
        }
        let folder = Folder::new("signals");
        let (alone, linked) = (
            folder.file("alone.svg", "old"),
            folder.file("linked.svg", "old"),
        );
        fs::hard_link(&linked, folder.0.join("other.svg")).unwrap();
        for (happens, number) in [
            ("SIGINT", 2),
            ("SIGTERM", 15),
            ("SIGHUP", 1),
            ("SIGQUIT", 3),
        ] {
            for path in [&alone, &linked, &folder.0.join("new.svg")] {
                let status = while_syncing(&format!("signal={happens}:when=1"), path).status;
                assert!(
                    status.signal() == Some(number) || status.code() == Some(128 + number),
                    "{happens}: {status}"
                );
            }
        }
        for path in [&alone, &linked, &folder.0.join("new.svg")] {
            let (status, words) = said(&while_syncing("error=EIO:when=1", path));
            assert!(
                status == Some(2) && words.contains("Input/output error"),
                "{words}"
            );
        }
        assert_eq!(
            [&alone, &linked].map(|path| fs::read_to_string(path).unwrap()),
            ["old", "old"]
        );
        assert_eq!(folder.names(), ["alone.svg", "linked.svg", "other.svg"]);
    }

    // Pictures by `dot`

    /// Has a PDF written by a `dot` that is this script and may take so many seconds.
    fn by_dot(script: &str, seconds: &str) -> (Option<i32>, String) {
        let folder = Folder::new("dot");
        let dot = folder.0.join("dot");
        // Written by another process: one that this process has open can't be run by a child that
        // was begun meanwhile.
        let write = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\"; chmod 755 \"$0\"";
        assert!(
            Command::new("sh")
                .args(["-c", write])
                .arg(&dot)
                .arg(script)
                .status()
                .unwrap()
                .success()
        );
        let path = folder.file("a.pdf", "old");
        let paths = format!("{}:{}", folder.0.display(), std::env::var("PATH").unwrap());
        let output = render(&path)
            .env("PATH", paths)
            .env("HANJUNG_DOT_SECONDS", seconds)
            .output()
            .unwrap();
        let is_kept = fs::read_to_string(&path).unwrap() == "old";
        assert_eq!(is_kept, !output.status.success(), "{script}");
        said(&output)
    }

    #[test]
    fn what_dot_writes_is_kept_only_if_it_is_what_was_asked_for() {
        assert_eq!(
            by_dot("cat > /dev/null; echo %PDF-1.7", "600"),
            (Some(0), String::new())
        );
        let ended = "it was ended after 0.1 seconds";
        for (script, seconds, reason) in [
            ("exec sleep 60", "0.1", ended),
            ("sleep 60 & exec sleep 61", "0.1", ended),
            ("exec >&- 2>&-; exec sleep 60", "0.1", ended),
            (
                "cat > /dev/null; echo hello",
                "600",
                "what it wrote is no PDF",
            ),
            ("cat > /dev/null", "600", "what it wrote is no PDF"),
            (
                "cat > /dev/null; exit 3",
                "600",
                "it ended with exit status: 3, and did not say why",
            ),
            (
                "cat > /dev/null; echo 'no such font' >&2; exit 1",
                "600",
                "no such font",
            ),
            (
                "exit 1",
                "600",
                "it ended with exit status: 1, and did not say why",
            ),
        ] {
            let (status, words) = by_dot(script, seconds);
            assert_eq!(status, Some(2), "{script}");
            assert!(
                words.starts_with(&format!("error: dot drew nothing: {reason}\n")),
                "{script}: {words}"
            );
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::OpenOptions;
    use std::os::unix::fs::symlink;

    use super::*;

    fn full() -> Stdio {
        OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap()
            .into()
    }

    /// A command line for each command.
    const COMMANDS: &[&str] = &[
        "ask who depends on graphite",
        "dependents graphite",
        "dependencies motorco",
        "why motorco graphite",
        "exposure motorco --to china",
        "what-if --cut china",
        "what-if --cut china --explain motorco",
        "chokepoints motorco",
        "chokepoints motorco --reverse",
        "sector battery",
        "overview",
        "show graphite",
        "list",
        "find acme",
        "documents",
        "facts",
        "figures",
        "conflicts",
        "timeline",
        "plans",
        "coverage",
        "check",
        "verify --documents tests/goldens",
        "render why motorco graphite",
        "show unobtainium",
        "--help",
        "--version",
        "help why",
    ];

    #[test]
    fn a_full_disk_is_told_whatever_is_written() {
        for command in COMMANDS {
            for format in ["text", "json", "csv", "md"] {
                let args: Vec<&str> = ["--format", format]
                    .into_iter()
                    .chain(command.split(' '))
                    .collect();
                if args[2..] == ["show", "unobtainium"] && format != "json"
                    || args[2] == "help" && format != "text"
                {
                    continue;
                }
                let output = hanjung(&[]).args(&args).stdout(full()).output().unwrap();
                let (status, words) = said(&output);
                assert_eq!(status, Some(2), "{args:?}: {words}");
                assert!(
                    words.contains("error: can’t write to stdout: No space left"),
                    "{args:?}: {words}"
                );
            }
        }
    }

    #[test]
    fn a_full_stderr_is_no_panic() {
        for command in [
            "show unobtainium",
            "list nonsense",
            "nonsense",
            "check --data nowhere",
        ] {
            let args: Vec<&str> = command.split(' ').collect();
            let status = hanjung(&args)
                .stdout(full())
                .stderr(full())
                .status()
                .unwrap();
            assert_eq!(status.code(), Some(2), "{command}");
        }
    }

    #[test]
    fn a_reader_that_goes_away_is_no_fault() {
        for format in ["text", "json"] {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let output = hanjung(&["facts", "--format", format])
                .stdout(writer)
                .output()
                .unwrap();
            assert_eq!(said(&output), (Some(0), String::new()), "{format}");
        }
    }

    #[test]
    fn files_of_facts_can_not_steer_the_terminal() {
        let folder = Folder::new("faults");
        let hostile = "\u{1b}]0;PWN\u{7}\u{9b}2J\u{202e}\nerror: fake";
        folder.file(
            &format!("{hostile}.ron"),
            &format!("[Frim(id: \"{hostile}\"), Firm(id: \"a\", en: \"{hostile}\")]"),
        );
        for args in [
            &["check"][..],
            &["documents"],
            &["check", "--format", "json"],
        ] {
            let output = hanjung(args)
                .arg("--data")
                .arg(&folder.0)
                .env("CLICOLOR_FORCE", "1")
                .output()
                .unwrap();
            let written = [output.stdout, output.stderr]
                .map(|bytes| String::from_utf8(bytes).unwrap())
                .concat();
            let text = anstream::adapter::strip_str(&written).to_string();
            let steers =
                |c: &char| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c);
            assert_eq!(text.chars().find(steers), None, "{args:?}: {text}");
            assert!(
                !written.contains("\u{1b}]") && !text.contains("\nerror: fake"),
                "{args:?}: {text}"
            );
        }
    }

    #[test]
    fn a_device_is_written_through() {
        let folder = Folder::new("device");
        let path = folder.0.join("full.svg");
        symlink("/dev/full", &path).unwrap();
        let (status, words) = said(&render(&path).output().unwrap());
        assert!(
            status == Some(2) && words.contains("No space left"),
            "{words}"
        );
        assert_eq!(fs::read_link(&path).unwrap(), Path::new("/dev/full"));
        assert_eq!(folder.names(), ["full.svg"]);
    }
}
