//! The checks: each code has a fixture and a page entry, each fault is found where it stands, and
//! nothing that a file holds stops the reading.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use hanjung::data::{self, Origin};
use hanjung::diagnostic::{Code, Diagnostic, Severity};
use hanjung::facts::{BadData, Checked, catalogue};
use hanjung::render::{faults_as_json, faults_as_text};
use hanjung::text::{Source, Sources};

/// What is wrong with some data, and how it is shown.
struct Report {
    faults: Vec<Diagnostic>,
    /// Each fault as `code file:line:column`.
    found: Vec<String>,
    text: String,
    json: serde_json::Value,
    is_usable: bool,
}

impl Report {
    fn new(result: Result<Checked, BadData>) -> Self {
        match result {
            Ok(checked) => Report::show(&checked.sources, checked.warnings, true),
            Err(bad) => Report::show(&bad.sources, bad.diagnostics, false),
        }
    }

    fn show(sources: &Sources, faults: Vec<Diagnostic>, is_usable: bool) -> Self {
        let place = |fault: &Diagnostic| {
            fault
                .labels
                .first()
                .map(|label| format!(" {}", sources.describe(label.place)))
        };
        let found = faults
            .iter()
            .map(|fault| format!("{}{}", fault.code, place(fault).unwrap_or_default()))
            .collect();
        let text = anstream::adapter::strip_str(&faults_as_text(sources, &faults, 80)).to_string();
        let json = serde_json::from_str(&faults_as_json(sources, &faults))
            .expect("faults are written as JSON");
        Report {
            faults,
            found,
            text,
            json,
            is_usable,
        }
    }

    fn hints(&self) -> Vec<&str> {
        self.faults
            .iter()
            .flat_map(|fault| &fault.hints)
            .map(String::as_str)
            .collect()
    }
}

fn check_texts(texts: &[(&str, &str)]) -> Report {
    let mut sources = Sources::default();
    for (name, text) in texts {
        sources.add(Source::new(*name, (*text).to_owned()));
    }
    Report::new(catalogue(sources, Vec::new()))
}

fn check_folder(folder: &Path) -> Report {
    Report::new(data::check(&Origin {
        built_in: false,
        folders: vec![folder.to_owned()],
    }))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An empty folder that no other test uses.
fn empty_folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("checks-{number}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

/// A folder that no other test uses, with these files.
fn folder_with(files: &[(&str, &[u8])]) -> PathBuf {
    let folder = empty_folder();
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("the target folder can be written");
        fs::write(path, bytes).expect("the target folder can be written");
    }
    folder
}

/// The `.ron` files in a folder and those in it, by path.
fn ron_files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.expect("a folder's entries can be read").path()) {
        if path.is_dir() {
            files.extend(ron_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "ron") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn name_of(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .expect("a fixture has a name in ASCII")
}

// Fixtures: one file for each code, `<code>.ron`, and for some codes further ones,
// `<code>--<variant>.ron`. The first line says what is to be found: `// expect: wrong-kind 7:41,
// unused-entity 3:9`.

fn fixtures() -> Vec<PathBuf> {
    ron_files(&root().join("tests/fixtures/checks"))
}

/// The code that a fixture is for.
fn code_of(fixture: &Path) -> Code {
    let stem = name_of(fixture).trim_end_matches(".ron");
    let word = stem.split("--").next().unwrap_or(stem);
    Code::from_word(word).unwrap_or_else(|| panic!("{stem}: no code is called {word}"))
}

/// What a file's first line says is to be found, each as `code file:line:column`.
fn expected(file: &Path, name: &str) -> Vec<String> {
    let bytes = fs::read(file).expect("a fixture can be read");
    let text = String::from_utf8_lossy(&bytes);
    let line = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("// expect: "));
    let line =
        line.unwrap_or_else(|| panic!("{name}: its first line must begin with `// expect: `"));
    line.split(", ")
        .map(|fault| fault.replacen(' ', &format!(" {name}:"), 1))
        .collect()
}

/// Checks a fixture by itself, in a folder of its own.
fn check_fixture(fixture: &Path) -> Report {
    let folder = empty_folder();
    let takes_path = code_of(fixture) == Code::DuplicateFile;
    let name = if takes_path {
        "documents.ron"
    } else {
        name_of(fixture)
    };
    fs::copy(fixture, folder.join(name)).expect("a fixture can be copied");
    let origin = Origin {
        built_in: takes_path,
        folders: vec![folder.clone()],
    };
    let mut checked = Report::new(data::check(&origin));
    let prefix = format!("{}/", folder.display());
    let messages = checked.faults.iter_mut().map(|fault| &mut fault.message);
    for text in messages
        .chain(&mut checked.found)
        .chain([&mut checked.text])
    {
        *text = text.replace(&prefix, "");
    }
    checked
}

/// Codes whose message says all there is to do.
const WITHOUT_HINT: &[Code] = &[Code::Syntax, Code::WrongKind, Code::SelfReference];

#[test]
fn each_code_has_a_fixture() {
    let codes: BTreeSet<Code> = fixtures().iter().map(|fixture| code_of(fixture)).collect();
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !codes.contains(code))
        .collect();
    assert!(
        missing.is_empty(),
        "tests/fixtures/checks holds no fixture for {missing:?}"
    );
}

#[test]
fn fixtures_give_their_codes_where_they_say() {
    for fixture in fixtures() {
        let name = name_of(&fixture);
        let expected = expected(&fixture, name);
        assert_eq!(check_fixture(&fixture).found, expected, "{name}");
        let code = code_of(&fixture).word();
        assert!(
            expected.iter().all(|fault| fault.starts_with(code)),
            "{name} is for another code"
        );
    }
}

#[test]
fn faults_are_written_with_their_place() {
    for fixture in fixtures() {
        let (name, checked) = (name_of(&fixture), check_fixture(&fixture));
        for (fault, found) in checked.faults.iter().zip(&checked.found) {
            let severity = if fault.severity() == Severity::Error {
                "error"
            } else {
                "warning"
            };
            let title = format!("{severity}[{}]: {}", fault.code, fault.message);
            assert!(
                checked.text.contains(&title),
                "{name}: no line `{title}` in\n{}",
                checked.text
            );
            let arrow = found
                .split_once(' ')
                .map_or(String::new(), |(_, place)| format!("--> {place}\n"));
            assert!(
                checked.text.contains(&arrow),
                "{name}: no line `{arrow}` in\n{}",
                checked.text
            );
        }
    }
}

#[test]
fn faults_come_with_a_hint() {
    for code in Code::ALL.iter().filter(|code| !WITHOUT_HINT.contains(code)) {
        let checked = check_fixture(&root().join(format!("tests/fixtures/checks/{code}.ron")));
        assert_eq!(
            checked.text.matches(" = help: ").count(),
            checked.faults.len(),
            "{}",
            checked.text
        );
    }
}

#[test]
fn warnings_leave_the_data_usable() {
    for code in Code::ALL {
        let checked = check_fixture(&root().join(format!("tests/fixtures/checks/{code}.ron")));
        assert_eq!(
            checked.is_usable,
            code.severity() == Severity::Warning,
            "{code}"
        );
        assert!(
            checked
                .faults
                .iter()
                .all(|fault| fault.severity() == code.severity()),
            "{code}"
        );
    }
}

#[test]
fn a_folder_that_does_not_exist_is_one_fault() {
    let checked = check_folder(&root().join("tests/fixtures/no-such-folder"));
    assert_eq!(checked.found, ["unreadable-file"]);
    assert!(
        checked.text.contains("no-such-folder") && checked.text.contains(" = help: "),
        "{}",
        checked.text
    );
}

#[test]
fn a_file_in_place_of_a_folder_is_one_fault() {
    let checked = check_folder(&root().join("tests/fixtures/checks/cycle.ron"));
    assert_eq!(checked.found, ["unreadable-file"]);
}

// The page on the checks, whose examples are tried out.

fn page() -> String {
    fs::read_to_string(root().join("docs/checks.md")).expect("docs/checks.md is there")
}

/// The sections of the page: the code that heads each, and its text.
fn sections() -> Vec<(String, String)> {
    let page = page();
    let sections = page
        .split("\n## `")
        .skip(1)
        .map(|section| section.split_once("`\n").expect("a heading ends with `"));
    sections
        .map(|(code, text)| (code.to_owned(), text.to_owned()))
        .collect()
}

/// The examples in a text that are written in a language.
fn examples<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    text.split(&fence)
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

/// Checks an example beside the records that the page begins with, and gives the codes of what is
/// wrong with the example.
fn codes_of_example(example: &str) -> Vec<Code> {
    let page = page();
    let file = format!("[\n{example}]");
    let texts = [("a.ron", examples(&page, "ron")[0]), ("b.ron", &file)];
    let checked = check_texts(&texts);
    let of_example = checked
        .faults
        .iter()
        .zip(&checked.found)
        .filter(|(_, found)| found.contains(" b.ron:"));
    of_example.map(|(fault, _)| fault.code).collect()
}

#[test]
fn the_page_explains_each_code_in_order() {
    let explained: Vec<String> = sections().into_iter().map(|(code, _)| code).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(explained, codes);
}

/// In each section the first example has the fault, and the one after it is mended.
#[test]
fn the_examples_of_the_page_hold() {
    let of_files = [Code::UnreadableFile, Code::DuplicateFile].map(Code::word);
    for (code, section) in sections()
        .into_iter()
        .filter(|(code, _)| !of_files.contains(&code.as_str()))
    {
        let examples = examples(&section, "ron");
        assert!(!examples.is_empty(), "{code}: no example");
        for (at, example) in examples.into_iter().enumerate() {
            let mut codes = codes_of_example(example);
            codes.retain(|found| found.word() == code || found.severity() == Severity::Error);
            let expected: &[Code] = if at == 0 {
                &[Code::from_word(&code).expect("a code heads it")]
            } else {
                &[]
            };
            assert_eq!(codes, expected, "{code}:\n{example}");
        }
    }
}

#[test]
fn the_page_shows_what_hanjung_writes() {
    let page = page();
    let ron = examples(&page, "ron");
    let checked = check_texts(&[("mine/a.ron", ron[0]), ("mine/batteries.ron", ron[1])]);
    assert!(
        checked.text.contains(examples(&page, "text")[0]),
        "{}",
        checked.text
    );
    let mut shown: serde_json::Value =
        serde_json::from_str(examples(&page, "json")[0]).expect("the example is JSON");
    let shown = shown["faults"][0].take();
    assert!(
        checked.json["faults"]
            .as_array()
            .expect("`faults` is a list")
            .contains(&shown),
        "{}",
        checked.json
    );
}

#[test]
fn the_records_of_the_page_are_sound() {
    let checked = check_texts(&[("a.ron", examples(&page(), "ron")[0])]);
    assert!(checked.is_usable, "{}", checked.text);
}

// All faults in one run.

fn ten_faults() -> PathBuf {
    root().join("tests/fixtures/ten-faults")
}

/// What the files of `ten-faults` say is to be found in them, as the binary names the places.
fn ten_expected() -> Vec<String> {
    let name = |file: &Path| format!("{}", file.display());
    ron_files(&ten_faults())
        .iter()
        .flat_map(|file| expected(file, &name(file)))
        .collect()
}

fn hanjung_check(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hanjung"));
    command
        .args(["check", "--no-builtin"])
        .arg(folder)
        .args(more);
    command.output().expect("the binary runs")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("answers are UTF-8")
}

#[test]
fn ten_faults_are_of_ten_kinds_in_four_files_or_more() {
    let expected = ten_expected();
    let codes: BTreeSet<&str> = expected
        .iter()
        .filter_map(|fault| fault.split(' ').next())
        .collect();
    assert_eq!((expected.len(), codes.len()), (10, 10));
    assert!(codes.contains("syntax"));
    assert!(ron_files(&ten_faults()).len() >= 4);
}

#[test]
fn ten_faults_are_shown_in_one_run() {
    let output = hanjung_check(&ten_faults(), &[]);
    let text = stdout(&output);
    for fault in ten_expected() {
        let (code, place) = fault
            .split_once(' ')
            .expect("a fault has a code and a place");
        assert!(
            text.contains(&format!("error[{code}]: ")),
            "{code} is not in\n{text}"
        );
        assert!(
            text.contains(&format!("--> {place}\n")),
            "{place} is not in\n{text}"
        );
    }
    assert!(text.ends_with("\n10 errors\n"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour where no terminal is");
    assert_eq!(
        (output.status.code(), output.stderr.is_empty()),
        (Some(2), true)
    );
}

#[test]
fn ten_faults_are_in_the_json() {
    let output = hanjung_check(&ten_faults(), &["--format", "json"]);
    let json: serde_json::Value =
        serde_json::from_str(stdout(&output)).expect("the output is JSON");
    let faults = json["faults"].as_array().expect("`faults` is a list");
    let found: Vec<String> = faults.iter().map(fault_in_json).collect();
    assert_eq!(found, ten_expected());
    assert!(
        faults
            .iter()
            .all(|fault| fault["severity"] == "error" && fault["message"].is_string())
    );
    assert_eq!(
        (&json["format"], output.status.code()),
        (&1.into(), Some(2))
    );
}

fn fault_in_json(fault: &serde_json::Value) -> String {
    let (code, place) = (
        fault["code"].as_str().expect("`code` is a text"),
        &fault["places"][0],
    );
    let file = place["file"].as_str().expect("`file` is a text");
    format!("{code} {file}:{}:{}", place["line"], place["column"])
}

#[test]
fn warnings_alone_are_no_failure() {
    let folder = empty_folder();
    fs::write(folder.join("a.ron"), "[Firm(id: \"acme\", en: \"Acme\")]")
        .expect("the target folder can be written");
    let output = hanjung_check(&folder, &[]);
    assert!(
        stdout(&output).contains("warning[unused-entity]: ")
            && stdout(&output).ends_with("\n1 warning\n")
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn clean_data_have_no_faults() {
    let output = hanjung_check(&folder_with(&[("a.ron", b"[]")]), &[]);
    assert_eq!(
        (stdout(&output), output.status.code()),
        ("no faults\n", Some(0))
    );
}

#[test]
fn faults_without_a_place_are_in_the_json() {
    let output = hanjung_check(
        &root().join("tests/fixtures/no-such-folder"),
        &["--format", "json"],
    );
    let json: serde_json::Value =
        serde_json::from_str(stdout(&output)).expect("the output is JSON");
    assert_eq!(json["faults"][0]["code"], "unreadable-file");
    assert_eq!(json["faults"][0]["places"], serde_json::json!([]));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn other_commands_complain_of_bad_data_on_stderr() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hanjung"));
    let output = command
        .args(["list", "--no-builtin", "--data"])
        .arg(ten_faults())
        .output()
        .expect("the binary runs");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        complaints.contains("error[syntax]: ") && complaints.ends_with("\n10 errors\n"),
        "{complaints}"
    );
    assert_eq!((stdout(&output), output.status.code()), ("", Some(2)));
}

// A broken record hides nothing, and nobody is told that what it declares does not exist.

const GRAPHITE: &str = r#"Material(id: "graphite", en: "graphite"),"#;
const ANODE: &str = r#"Product(id: "anode", en: "anode"),"#;
const NEEDS: &str =
    r#"Needs(good: "anode", input: "graphite", evidence: [InferredByCurator(why: "made of it")]),"#;

fn list(records: &[&str]) -> String {
    format!("[\n{}\n]", records.join("\n"))
}

#[test]
fn a_syntax_fault_hides_no_other_in_its_file() {
    for broken in BROKEN {
        let file = list(&[
            broken,
            ANODE,
            NEEDS,
            r#"Firm(id: "Bad Id", en: "Acme"),"#,
            broken,
        ]);
        let found = check_texts(&[("a.ron", &file)]).found;
        assert!(
            found
                .iter()
                .any(|fault| fault.starts_with("malformed-id a.ron:")),
            "{broken}: {found:?}"
        );
        let first = found.iter().any(|fault| fault.contains(" a.ron:2:"));
        let last = found
            .last()
            .is_some_and(|fault| fault.starts_with("syntax a.ron:"));
        assert!(first && last, "{broken}: {found:?}");
    }
}

#[test]
fn a_syntax_fault_hides_none_in_another_file() {
    let other = list(&[GRAPHITE, ANODE, NEEDS, r#"Firm(id: "Bad Id", en: "Acme"),"#]);
    for broken in BROKEN {
        let broken = list(&[&broken.replace("graphite", "other")]);
        for order in [
            [("a.ron", &*broken), ("b.ron", &*other)],
            [("a.ron", &*other), ("b.ron", &*broken)],
        ] {
            let found = check_texts(&order).found;
            assert!(
                found.iter().any(|fault| fault.starts_with("malformed-id ")),
                "{broken}: {found:?}"
            );
            assert!(
                found.iter().any(|fault| fault.starts_with("syntax ")),
                "{broken}: {found:?}"
            );
        }
    }
}

/// Ways to break the record that declares graphite.
const BROKEN: &[&str] = &[
    r#"Material(id: "graphite", en: "graphite","#,
    r#"Material(id: "graphite", en: "graphite"#,
    r#"Material(id: "graphite", en: graphite),"#,
    r#"Material(id: "graphite", en: "graphite", aliases: ["plumbago"),"#,
    r#"Material(id: "graphite", en: "graphite", aliases: "plumbago"),"#,
    r#"Material(id: "graphite" en: "graphite"),"#,
    r#"Material(id: "graphite", en = "graphite"),"#,
    r#"Material(id: "graphite", en: "graphite", note: 5),"#,
    r#"Material(id: "graphite", en: "graphite"))),"#,
    r#"Material(id: "graphite", "graphite"),"#,
    r#"Material id: "graphite", en: "graphite"),"#,
    r#"(id: "graphite", en: "graphite"),"#,
];

#[test]
fn a_broken_record_has_no_follow_on_faults() {
    for broken in BROKEN {
        let checked = check_texts(&[
            ("a.ron", &list(&[broken])),
            ("b.ron", &list(&[ANODE, NEEDS])),
        ]);
        let follow_on = checked
            .found
            .iter()
            .find(|fault| !fault.contains(" a.ron:"));
        assert_eq!(follow_on, None, "{broken}\n{}", checked.text);
    }
}

/// Ways to break the id of the record that declares graphite, or to let another record swallow it.
const BROKEN_ID: &[&str] = &[
    r#"Material(id: "graphite, en: "graphite"),"#,
    r#"Material(id: graphite", en: "graphite"),"#,
    r#"Material(id: graphite, en: "graphite"),"#,
    r#"Material(id: "cobalt", en: "cobalt", Material(id: "graphite", en: "graphite"),"#,
    r#"Mineral(id: "cobalt", en: "cobalt" Mineral(id: "graphite", en: "graphite"),"#,
    r#"], Material(id: "graphite", en: "graphite"),"#,
];

#[test]
fn a_broken_id_has_no_follow_on_faults() {
    for broken in BROKEN_ID {
        let checked = check_texts(&[
            ("a.ron", &list(&[broken])),
            ("b.ron", &list(&[ANODE, NEEDS])),
        ]);
        let follow_on = checked
            .found
            .iter()
            .find(|fault| !fault.contains(" a.ron:"));
        assert_eq!(follow_on, None, "{broken}\n{}", checked.text);
    }
}

#[test]
fn text_behind_the_list_does_not_hide_the_records_there() {
    let file =
        format!("[\n{GRAPHITE}\n],\n{ANODE}\n{NEEDS}\nFirm(id: \"Bad Id\", en: \"Acme\"),\n]");
    assert_eq!(
        check_texts(&[("a.ron", &file)]).found,
        ["syntax a.ron:3:2", "malformed-id a.ron:6:11"]
    );
}

#[test]
fn nothing_is_called_unused_while_a_record_is_broken() {
    let broken = NEEDS.replace("Needs(", "Needs((");
    let found = check_texts(&[("a.ron", &list(&[GRAPHITE, ANODE, &broken]))]).found;
    assert!(
        found.iter().all(|fault| fault.starts_with("syntax ")),
        "{found:?}"
    );
}

#[test]
fn a_file_that_is_no_text_has_no_follow_on_faults() {
    let folder = empty_folder();
    let declared = [list(&[GRAPHITE]).as_bytes(), b"// Citro\xebn"].concat();
    fs::write(folder.join("a.ron"), declared).expect("the target folder can be written");
    fs::write(folder.join("b.ron"), list(&[ANODE, NEEDS]))
        .expect("the target folder can be written");
    assert_eq!(check_folder(&folder).found, ["unreadable-file"]);
}

#[test]
fn a_record_of_an_unknown_word_has_no_follow_on_faults() {
    let checked = check_texts(&[(
        "a.ron",
        &list(&[&GRAPHITE.replace("Material", "Mineral"), ANODE, NEEDS]),
    )]);
    assert_eq!(checked.found, ["unknown-record a.ron:2:1"]);
}

#[test]
fn evidence_of_an_unknown_status_has_no_follow_on_faults() {
    let checked = check_texts(&[(
        "a.ron",
        &list(&[GRAPHITE, ANODE, &NEEDS.replace("Inferred", "Infered")]),
    )]);
    assert_eq!(checked.found, ["unknown-word a.ron:4:52"]);
}

#[test]
fn an_unknown_field_is_not_also_missing() {
    let checked = check_texts(&[(
        "a.ron",
        &list(&[
            GRAPHITE,
            ANODE,
            NEEDS,
            &NEEDS.replace("evidence", "evidenze"),
        ]),
    )]);
    assert_eq!(checked.found, ["unknown-field a.ron:5:41"]);
}

// A value that is wrong is complained of once.

/// What the records below speak of.
const KNOWN: &[&str] = &[
    r#"Document(id: "yearbook-2024", title: "A yearbook", publisher: "An office", passages: ["III.2 p1"]),"#,
    r#"Policy(id: "graphite-control", en: "graphite control"),"#,
    r#"Economy(id: "china", en: "China"),"#,
    r#"Firm(id: "anodic", en: "Anodic"),"#,
    GRAPHITE,
    ANODE,
];

/// Checks records beside those that are known, and gives what is found in them.
fn found_in(records: &[&str]) -> Vec<String> {
    let checked = check_texts(&[("a.ron", &list(records)), ("known.ron", &list(KNOWN))]);
    checked
        .found
        .into_iter()
        .filter(|fault| fault.contains(" a.ron:"))
        .collect()
}

/// That `by` makes anodes, and more about it.
fn produces(by: &str, more: &str) -> String {
    format!(
        r#"Produces(by: "{by}", good: "anode", {more}, evidence: [Reported(doc: "yearbook-2024", at: "III.2 p1")]),"#
    )
}

#[test]
fn a_share_out_of_range_is_not_added_up() {
    for share in [
        "Exactly(40)",
        "AtLeast(40)",
        "Between(0.7, 40)",
        "About(NaN)",
        "Exactly(-0.1)",
    ] {
        let produces = produces("anodic", &format!("world_share: {share}"));
        assert_eq!(
            found_in(&[&produces]),
            ["share-out-of-range a.ron:2:39"],
            "{share}"
        );
    }
}

/// What a country makes holds what its firms make, so their shares are not of one sum.
#[test]
fn shares_of_a_country_and_of_a_firm_are_not_added_up() {
    let country = produces("china", "world_share: AtLeast(0.6)");
    let firm = produces("anodic", "world_share: AtLeast(0.5)");
    assert_eq!(found_in(&[&country, &firm]), [""; 0]);
}

#[test]
fn a_range_of_passages_runs_forward_in_one_section() {
    for label in ["p9..p1", "I.1 p1..II.2 p3", "p1..", "..p9"] {
        let document =
            format!(r#"Document(id: "d", title: "D", publisher: "P", passages: ["{label}"]),"#);
        let fact = format!(
            r#"Uses(by: "anodic", good: "anode", evidence: [Reported(doc: "d", at: "{label}")]),"#
        );
        let found = found_in(&[&document, &fact]);
        assert_eq!(
            found,
            [
                "malformed-passage a.ron:2:59",
                "malformed-passage a.ron:3:70"
            ],
            "{label}"
        );
    }
}

#[test]
fn no_passage_is_missed_in_a_list_with_a_malformed_label() {
    let document = r#"Document(id: "d", title: "D", publisher: "P", passages: ["p1-p9"]),"#;
    let fact = r#"Uses(by: "anodic", good: "anode", evidence: [Reported(doc: "d", at: "p1")]),"#;
    assert_eq!(
        found_in(&[document, fact]),
        ["malformed-passage a.ron:2:59"]
    );
}

#[test]
fn a_name_that_is_claimed_in_two_ways_clashes_once() {
    let known = r#"Firm(id: "anodic-inc", en: "Anodic Inc", aliases: ["Daon"]),"#;
    let found = found_in(&[known, r#"Firm(id: "daon", en: "Daon", ko: "다온"),"#]);
    assert_eq!(
        found
            .iter()
            .filter(|fault| fault.starts_with("name-clash "))
            .count(),
        1,
        "{found:?}"
    );
}

#[test]
fn messages_are_in_plain_words() {
    for (record, words) in [
        (
            &*produces("anodic", "world_share: 0.4"),
            "write `Exactly(0.4)`",
        ),
        (
            &*produces("anodic", "world_share: Exactly(19.7)"),
            "write 19.7 % as 0.197\n",
        ),
        (
            &*produces("nobody", "capacity: (Exactly(1), \"kt\")"),
            "declare it: `Firm(id: \"nobody\"",
        ),
        (&*NEEDS.replace("anode", "china"), "`china` is an economy"),
    ] {
        let checked = check_texts(&[("a.ron", &list(&[record])), ("known.ron", &list(KNOWN))]);
        assert!(checked.text.contains(words), "{}", checked.text);
    }
}

// Hints name what was meant.

/// Checks what is proposed for a slip in one of the records; empty where nothing is near enough.
fn check_hint(record: &str, meant: &str) {
    let file = list(&[&[record], KNOWN].concat());
    let checked = check_texts(&[("a.ron", &file)]);
    let meant = Some(meant)
        .filter(|meant| !meant.is_empty())
        .map(|meant| format!("did you mean `{meant}`?"));
    let errors = checked
        .faults
        .iter()
        .filter(|fault| fault.severity() == Severity::Error);
    let hints: Vec<&String> = errors
        .flat_map(|fault| &fault.hints)
        .filter(|hint| hint.starts_with("did you"))
        .collect();
    assert_eq!(hints, Vec::from_iter(&meant), "{record}\n{}", checked.text);
}

#[test]
fn hints_name_the_nearest_claim_or_kind() {
    for (typed, meant) in [
        ("Need", "Needs"),
        ("needs", "Needs"),
        ("Nedes", "Needs"),
        ("MadeOf", ""),
    ] {
        check_hint(&NEEDS.replace("Needs", typed), meant);
    }
    for (typed, meant) in [
        ("Materials", "Material"),
        ("Organization", "Organisation"),
        ("Firma", "Firm"),
        ("Company", ""),
    ] {
        check_hint(&format!("{typed}(id: \"acme\", en: \"Acme\"),"), meant);
    }
}

#[test]
fn hints_name_the_nearest_field() {
    for (typed, meant) in [
        ("inputs", "input"),
        ("Input", "input"),
        ("imput", "input"),
        ("made_from", ""),
    ] {
        check_hint(&NEEDS.replace("input", typed), meant);
    }
    check_hint(&NEEDS.replace("evidence", "evidnece"), "evidence");
    check_hint(&NEEDS.replace("why:", "whyy:"), "why");
    check_hint(
        r#"Firm(id: "acme", en: "Acme", aliasses: ["Acme Inc."]),"#,
        "aliases",
    );
}

#[test]
fn hints_name_the_nearest_id_that_may_stand_there() {
    for (typed, meant) in [
        ("grafite", "graphite"),
        ("Graphite", "graphite"),
        ("graphites", "graphite"),
        ("gallium", ""),
    ] {
        check_hint(&NEEDS.replace("graphite", typed), meant);
    }
    // The firm Anodic is as near, but firms need nothing.
    check_hint(&NEEDS.replace("anode", "anodec"), "anode");
}

#[test]
fn hints_name_the_nearest_word_of_a_list() {
    let restricts = r#"Restricts(
        policy: "graphite-control", by: "china", good: "graphite", measure: "export-control",
        evidence: [Reported(doc: "yearbook-2024", at: "III.2 p1")],
    ),"#;
    for (typed, meant) in [
        ("export-controls", "export-control"),
        ("Tariff", "tariff"),
        ("embargo", ""),
    ] {
        check_hint(&restricts.replace("export-control", typed), meant);
    }
    check_hint(&restricts.replace("Reported", "Repotred"), "Reported");
    check_hint(
        &restricts.replace("yearbook-2024", "yearbook-2023"),
        "yearbook-2024",
    );
    let produces =
        r#"Produces(by: "anodic", good: "anode", world_share: AtLeast(0.4), evidence: []),"#;
    let checked = check_texts(&[("a.ron", &list(&[&produces.replace("AtLeast", "Atleast")]))]);
    assert_eq!(checked.hints(), ["did you mean `AtLeast`?"]);
}

// Whatever the bytes, reading ends and says what is wrong.

/// Checks that a text is read and its faults are written without a panic; `what` names it if not.
fn survives(what: &str, text: &str) -> Report {
    let read = catch_unwind(AssertUnwindSafe(|| check_texts(&[("hostile.ron", text)])));
    read.unwrap_or_else(|_| panic!("{what} makes hanjung panic:\n{text:.2000}"))
}

fn check_hostile(what: &str, text: &str, found: &[&str]) {
    assert_eq!(survives(what, text).found, found, "{what}");
}

#[test]
fn files_without_records_are_no_fault() {
    for text in [
        "",
        " \n\t\r\n",
        "\u{feff}",
        "// nothing\n",
        "/* nothing */",
        "[]",
        "\u{feff}[\n]\n",
        "#![enable(implicit_some)]\n[]",
    ] {
        check_hostile("a file without records", text, &[]);
    }
}

#[test]
fn a_file_cut_short_is_a_fault() {
    for text in [
        "[",
        "[[",
        "[(",
        "[\"",
        "[\"\\",
        "[/",
        "[Firm(",
        "[Firm(id",
        "[Firm(id:",
        "[Firm(id: \"",
        "[/*",
    ] {
        let found = survives("a file cut short", text).found;
        assert!(
            !found.is_empty() && found.iter().all(|fault| fault.starts_with("syntax ")),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_fault_at_the_end_of_a_file_is_on_its_last_line() {
    check_hostile(
        "a list that is not closed",
        "[\n",
        &["syntax hostile.ron:1:2"],
    );
    check_hostile(
        "an attribute that is not closed",
        "#![\n",
        &["syntax hostile.ron:1:1"],
    );
}

#[test]
fn a_comment_that_never_ends_is_a_fault() {
    check_hostile(
        "a comment over all",
        "/* todo\n[Firm(id: \"a\", en: \"A\"), oops",
        &["syntax hostile.ron:1:1"],
    );
    check_hostile(
        "a comment behind the list",
        "[]\n/* Firm(...)",
        &["syntax hostile.ron:2:1"],
    );
    check_hostile(
        "a comment between records",
        "[ /* /* */ Firm()]",
        &["syntax hostile.ron:1:3"],
    );
    let swallowed = format!("/* {}", list(&[GRAPHITE]));
    assert_eq!(
        check_texts(&[("a.ron", &swallowed), ("b.ron", &list(&[ANODE, NEEDS]))]).found,
        ["syntax a.ron:1:1"]
    );
}

#[test]
fn an_attribute_that_is_not_heeded_is_a_fault() {
    for attribute in [
        "#![oops]",
        "#![enable(nonsense)]",
        "#![enable(unwrap_newtypes)]",
        "#!",
        "#![enable()]",
    ] {
        check_hostile(
            "an attribute",
            &format!("{attribute}\n[]"),
            &["syntax hostile.ron:1:1"],
        );
    }
}

#[test]
fn ranges_of_passages_are_not_written_out_without_bounds() {
    let ranges: Vec<String> = (0..1000)
        .map(|section| format!("\"{section} p0..p65535\""))
        .collect();
    let document = format!(
        "Document(id: \"d\", title: \"T\", publisher: \"P\", passages: [{}]),",
        ranges.join(", ")
    );
    let nothing = format!(
        "Nothing(doc: \"d\", at: [{}], why: \"blank\"),",
        ranges.join(", ")
    );
    let bare = r#"Document(id: "d", title: "T", publisher: "P"),"#;
    for records in [
        &[&*document][..],
        &[bare, &nothing, &nothing],
        &[&document, &nothing],
    ] {
        let found = found_in(records);
        assert!(
            found
                .iter()
                .any(|fault| fault.starts_with("malformed-passage "))
                && found.len() < 3,
            "{found:?}"
        );
    }
    let many: Vec<String> = (0..9)
        .map(|section| format!("\"{section} p1..p1000\""))
        .collect();
    let document = format!(
        "Document(id: \"d\", title: \"T\", publisher: \"P\", passages: [{}]),",
        many.join(", ")
    );
    let found = found_in(&[&document]);
    assert_eq!(
        found,
        ["unused-document a.ron:2:15", "uncovered-passage a.ron:2:59"]
    );
}

#[test]
fn a_file_that_is_no_list_is_one_fault() {
    check_hostile(
        "records alone",
        "Firm(id: \"acme\", en: \"Acme\"),\n",
        &["syntax hostile.ron:1:1"],
    );
}

#[test]
fn a_byte_order_mark_takes_no_column() {
    check_hostile(
        "a mark",
        "\u{feff}[Firm(id: \"acme\", en: \"Acme\")]",
        &["unused-entity hostile.ron:1:12"],
    );
}

#[test]
fn raw_texts_and_nested_comments_are_passed_over() {
    let text =
        r##"[/* a /* nested */ comment */ Firm(id: "acme", en: "Acme", note: r#"a "raw, (\"#)]"##;
    check_hostile("a raw text", text, &["unused-entity hostile.ron:1:41"]);
}

#[test]
fn deep_nesting_is_a_fault() {
    for (open, close) in [
        ("[", "]"),
        ("(", ")"),
        ("{", "}"),
        ("Some(", ")"),
        ("/*", "*/"),
    ] {
        let nested = format!("{}{}", open.repeat(50_000), close.repeat(50_000));
        for text in [
            nested.clone(),
            open.repeat(50_000),
            format!("[Firm(id: \"acme\", en: {nested})]"),
        ] {
            assert!(
                !survives("deep nesting", &text).found.is_empty() || open == "/*",
                "{open}"
            );
        }
    }
}

#[test]
fn long_texts_are_read() {
    let long = "가b ".repeat(250_000);
    check_hostile(
        "a long note",
        &format!("[Firm(id: \"acme\", en: \"Acme\", note: \"{long}\")]"),
        &["unused-entity hostile.ron:1:12"],
    );
    let id = "a".repeat(1_000_000);
    check_hostile(
        "a long id",
        &format!("[Firm(id: \"{id}\", en: \"Acme\")]"),
        &["unused-entity hostile.ron:1:12"],
    );
    assert!(
        !survives("a long line of records", &"[A()], ".repeat(500))
            .found
            .is_empty()
    );
}

#[test]
fn a_long_unknown_word_is_a_fault() {
    assert!(
        !survives("a long word", &"a".repeat(1_000_000))
            .found
            .is_empty()
    );
}

#[test]
fn nul_bytes_are_faults() {
    check_hostile(
        "a NUL in a name",
        "[Firm(id: \"acme\", en: \"Ac\0me\")]",
        &[
            "unused-entity hostile.ron:1:12",
            "malformed-name hostile.ron:1:26",
        ],
    );
    assert!(
        !survives("NUL bytes alone", &"\0".repeat(1000))
            .found
            .is_empty()
    );
    assert!(
        !survives(
            "NUL bytes between records",
            "[\0Firm(id: \"acme\", en: \"Acme\")\0]"
        )
        .found
        .is_empty()
    );
}

#[test]
fn numbers_that_are_none_are_faults() {
    for number in [
        "NaN",
        "-NaN",
        "inf",
        "-inf",
        "+inf",
        "1e999",
        "-1e999",
        "1.0000001",
        "-0.0000001",
        "1_000",
    ] {
        let produces = produces("anodic", &format!("world_share: AtMost({number})"));
        assert_eq!(
            found_in(&[&produces]),
            ["share-out-of-range a.ron:2:39"],
            "{number}"
        );
    }
    for number in ["NaN", "inf", "-inf", "1e999"] {
        let produces = produces("anodic", &format!("capacity: (Exactly({number}), \"kt\")"));
        assert_eq!(
            found_in(&[&produces]),
            ["share-out-of-range a.ron:2:39"],
            "{number}"
        );
    }
}

#[test]
fn text_of_any_script_is_read() {
    for text in [
        "흑연",
        "[흑연]",
        "[ ] 흑연",
        "[Firm(id: 흑연)]",
        "[Firm(흑연: \"\")]",
        "[Firm(id: \"흑연\" 흑연)]",
        "👩‍👩‍👧",
        "[\u{202e}Firm()]",
        "[Firm()\u{2028}]",
    ] {
        assert!(
            !survives("text of another script", text).found.is_empty(),
            "{text}"
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_a_fault() {
    let folder = empty_folder();
    let mut random = Random(7);
    for number in 0..20 {
        let bytes: Vec<u8> = (0..1 + random.below(2000))
            .map(|_| random.below(256) as u8)
            .chain([0xff])
            .collect();
        fs::write(folder.join(format!("{number}.ron")), bytes)
            .expect("the target folder can be written");
    }
    let checked = check_folder(&folder);
    assert_eq!(
        checked
            .faults
            .iter()
            .filter(|fault| fault.code == Code::UnreadableFile)
            .count(),
        20,
        "{}",
        checked.text
    );
}

#[test]
fn utf_16_is_named() {
    let text: Vec<u16> = "\u{feff}[Firm(id: \"acme\", en: \"Acme\")]"
        .encode_utf16()
        .collect();
    let little: Vec<u8> = text.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = text.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [&little[..], &little[2..], &big[..], &big[2..]] {
        let checked = check_folder(&folder_with(&[("a.ron", bytes)]));
        assert_eq!(checked.found, ["unreadable-file"]);
        assert!(
            checked.text.contains("a.ron: it is UTF-16\n"),
            "{}",
            checked.text
        );
        assert_eq!(checked.hints(), ["save the file as UTF-8"]);
    }
}

// Folders: each file is read once or complained of, and none in silence takes the place of another.

const ACME: &[u8] = br#"[Firm(id: "acme", en: "Acme")]"#;

#[test]
fn a_folder_without_facts_is_a_fault() {
    for files in [
        &[][..],
        &[("FACTS.RON", ACME)],
        &[("notes.txt", ACME), ("sub/read.me", ACME)],
    ] {
        let checked = check_folder(&folder_with(files));
        assert_eq!(checked.found, ["unreadable-file"]);
        assert!(
            checked.text.contains("no file in it ends in .ron"),
            "{}",
            checked.text
        );
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_hanjung"));
    let output = command
        .args(["list", "--data"])
        .arg(empty_folder())
        .output()
        .expect("the binary runs");
    assert!(String::from_utf8_lossy(&output.stderr).contains("no file in it ends in .ron"));
    assert_eq!((stdout(&output), output.status.code()), ("", Some(2)));
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = folder_with(&[("a.ron", b"")]);
    let file = fs::File::options()
        .write(true)
        .open(folder.join("a.ron"))
        .expect("the target folder can be written");
    file.set_len(5 << 30).expect("a file can have holes");
    let checked = check_folder(&folder);
    assert!(
        checked.found == ["unreadable-file"] && checked.text.contains("larger than 64 MiB"),
        "{}",
        checked.text
    );
    fs::remove_dir_all(folder).expect("the target folder can be written");
}

#[test]
fn folders_within_folders_come_to_an_end() {
    let name = "d/".repeat(70) + "a.ron";
    let checked = check_folder(&folder_with(&[(&name, b"[Nonsense(")]));
    assert!(
        checked.found == ["unreadable-file"] && checked.text.contains("64 folders"),
        "{}",
        checked.text
    );
}

fn check_folders(built_in: bool, folders: &[&Path]) -> Report {
    Report::new(data::check(&Origin {
        built_in,
        folders: folders.iter().map(|folder| folder.to_path_buf()).collect(),
    }))
}

#[test]
fn a_folder_that_is_named_twice_is_a_fault() {
    let folder = folder_with(&[("a.ron", ACME), ("sub/b.ron", b"[]")]);
    let (again, sub) = (folder.join("sub").join(".."), folder.join("sub"));
    for other in [&folder, &again, &sub] {
        assert_eq!(
            check_folders(false, &[&folder, other]).found[0],
            "duplicate-file",
            "{}",
            other.display()
        );
    }
    let found = check_folders(false, &[&sub, &folder]).found;
    assert!(
        found.len() == 1 && found[0].starts_with("unused-entity "),
        "{found:?}"
    );
}

#[test]
fn files_of_one_path_in_two_folders_are_both_read() {
    let (one, other) = (
        folder_with(&[("facts/a.ron", ACME)]),
        folder_with(&[("facts/a.ron", ACME)]),
    );
    let found = check_folders(false, &[&one, &other]).found;
    let second = format!("duplicate-id {}:1:12", other.join("facts/a.ron").display());
    assert!(found.contains(&second), "{found:?}");
}

#[test]
fn no_file_takes_the_place_of_a_built_in_one() {
    let folder = folder_with(&[("facts/batteries.ron", ACME), ("facts/mine.ron", b"[]")]);
    let checked = check_folders(true, &[&folder]);
    assert_eq!(checked.found, ["duplicate-file"]);
    assert!(
        checked.text.contains("graph-data/facts/batteries.ron") && !checked.is_usable,
        "{}",
        checked.text
    );
    let checked = check_folders(false, &[&folder]);
    assert!(checked.is_usable, "{}", checked.text);
}

#[test]
fn a_version_of_the_built_in_facts_takes_their_place() {
    let mine = root().join("graph-data");
    let checked = check_folders(true, &[&mine]);
    assert!(checked.is_usable, "{}", checked.text);
    let copy = empty_folder();
    for file in ron_files(&mine) {
        let to = copy.join(file.strip_prefix(&mine).expect("it is in there"));
        fs::create_dir_all(to.parent().expect("a file is in a folder"))
            .expect("the target folder can be written");
        fs::copy(&file, to).expect("a file of the project can be copied");
    }
    assert!(check_folders(true, &[&copy]).is_usable);
    let twice = check_folders(true, &[&mine, &copy]);
    assert!(
        !twice.is_usable && twice.found.contains(&"duplicate-file".to_owned()),
        "{}",
        twice.text
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    fn link(to: impl AsRef<Path>, from: PathBuf) {
        symlink(to, from).expect("the target folder can be written");
    }

    fn check_unreadable(folder: &Path, words: &str) {
        let checked = check_folder(folder);
        assert_eq!(checked.found, ["unreadable-file"]);
        assert!(
            checked.text.contains(words),
            "{words} is not in\n{}",
            checked.text
        );
    }

    #[test]
    fn a_link_to_nothing_is_a_fault() {
        for name in ["shared", "shared.ron"] {
            let folder = folder_with(&[("a.ron", b"[]")]);
            link("no/such/folder", folder.join(name));
            check_unreadable(&folder, &format!("{name}: No such file"));
        }
    }

    #[test]
    fn links_in_circles_end_and_each_file_is_read_once() {
        let folder = folder_with(&[("a.ron", ACME)]);
        link(".", folder.join("one"));
        link(".", folder.join("two"));
        link("a.ron", folder.join("b.ron"));
        fs::hard_link(folder.join("a.ron"), folder.join("c.ron"))
            .expect("the target folder can be written");
        let found = check_folder(&folder).found;
        assert!(
            found.len() == 1 && found[0].starts_with("unused-entity "),
            "{found:?}"
        );
    }

    #[test]
    fn what_is_no_plain_file_is_not_opened() {
        let folder = folder_with(&[]);
        let made = Command::new("mkfifo").arg(folder.join("x.ron")).status();
        if made.is_ok_and(|status| status.success()) {
            check_unreadable(&folder, "x.ron: it is a pipe");
        }
        let folder = folder_with(&[]);
        link("/dev/zero", folder.join("x.ron"));
        check_unreadable(&folder, "x.ron: it is a device");
        // A socket's path may not be long, and the target folder's is.
        let folder = std::env::temp_dir().join(format!("hanjung-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        let socket = UnixListener::bind(folder.join("x.ron")).expect("the folder can be written");
        check_unreadable(&folder, "x.ron: it is a socket");
        drop(socket);
        fs::remove_dir_all(folder).expect("the folder can be written");
    }

    #[test]
    fn what_may_not_be_looked_at_is_a_fault() {
        let folder = folder_with(&[("a.ron", b"[]"), ("sub/x.ron", b"[Nonsense(")]);
        let allow = |mode| {
            fs::set_permissions(&folder, PermissionsExt::from_mode(mode)).expect("it is ours")
        };
        allow(0o444);
        let is_root = fs::metadata(folder.join("sub")).is_ok();
        let found = check_folder(&folder).found;
        allow(0o755);
        assert!(
            is_root || found == ["unreadable-file", "unreadable-file"],
            "{found:?}"
        );
    }

    #[test]
    fn names_of_files_hide_nothing() {
        let folder = folder_with(&[("a\n\u{202e}b.ron", ACME)]);
        let checked = check_folder(&folder);
        assert!(
            checked.text.contains("a\\u{a}\\u{202e}b.ron:1:12"),
            "{}",
            checked.text
        );
    }
}

// What is shown of many faults, and of long lines.

#[test]
fn of_many_faults_of_one_kind_the_first_are_shown() {
    let records: Vec<String> = (0..1200)
        .map(|number| format!("Firm(id: \"f{number}\", en: \"F{number}\"),"))
        .collect();
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let checked = check_texts(&[("a.ron", &list(&records))]);
    assert_eq!(checked.text.matches("warning[unused-entity]").count(), 5);
    let rest = "… and 1,195 more `unused-entity`, first at a.ron:7:11, a.ron:8:11, a.ron:9:11\n";
    assert!(
        checked.text.contains(rest) && checked.text.ends_with("\n1,200 warnings\n"),
        "{}",
        checked.text
    );
    assert_eq!(checked.json["faults"].as_array().map(Vec::len), Some(1200));
}

#[test]
fn what_was_meant_is_looked_for_a_few_times_only() {
    let records: Vec<String> = (0..30)
        .map(|_| NEEDS.replace("graphite", "grafite"))
        .collect();
    let records: Vec<&str> = records
        .iter()
        .map(String::as_str)
        .chain([GRAPHITE, ANODE])
        .collect();
    let checked = check_texts(&[("a.ron", &list(&records))]);
    assert_eq!(
        checked
            .hints()
            .iter()
            .filter(|hint| hint.starts_with("did you"))
            .count(),
        20
    );
    assert!(
        checked
            .hints()
            .iter()
            .filter(|hint| hint.starts_with("declare it"))
            .count()
            == 10
    );
}

#[test]
fn excerpts_are_no_wider_than_the_page() {
    let near = r#"[Firm(id: "acme", en: "Acme"), Material(id: "other", en: "Another", note: "so that the first is far from the second"), Firm(id: "acme", en: "Acme")]"#;
    let long = format!(
        "[{}]",
        (0..3000)
            .map(|n| format!("Firm(id: \"acme\", en: \"{n}\")"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    for text in [near, &*long] {
        let checked = check_texts(&[("a.ron", text)]);
        let widest = checked.text.lines().map(|line| line.chars().count()).max();
        assert!(widest < Some(120), "{}", checked.text);
        assert!(
            checked.found.contains(&"duplicate-id a.ron:1:".to_owned())
                || checked.text.contains("duplicate-id")
        );
    }
}

#[test]
fn what_is_shown_of_a_fault_holds_no_control_characters() {
    let text = "[Firm(id: \"\u{1b}[2J\u{9b}31m\u{202e}\u{e0041}\", en: \"Acme\"), Oo\u{9b}ps()]";
    let shown = check_texts(&[("a.ron", text)]).text;
    assert!(
        shown
            .chars()
            .all(|c| c == '\n' || hanjung::text::unseen(c).is_none()),
        "{shown:?}"
    );
}

/// A small generator of numbers that look random: the same ones each time (xorshift64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// Texts that mean something to a reader of RON, or are easily got wrong.
const SHARDS: &[&str] = &[
    "\"",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "//",
    "/*",
    "*/",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "'",
    "#",
    "#![",
    "r#\"",
    "..",
    "흑",
    "镓",
    "é",
    "\u{feff}",
    "\u{200b}",
    "👩‍👩‍👧",
    "NaN",
    "inf",
    "-1",
    "1e999",
    "\\u{d800}",
    "Some(",
    "None",
    "()",
    "\nFirm(",
    "\nNeeds(",
    "\nReported(",
    "Between(1, 0)",
    "id: \"\"",
    "at: \"p9..p1\"",
    "at: \"p0..p65535\"",
    "evidence: []",
];

/// Changes a text in a few places: cuts something out, puts a shard in, or says something again
/// elsewhere.
fn mutate(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..1 + random.below(4) {
        let from = boundary(&text, random);
        let to = (from + random.below(200)..=text.len())
            .find(|&at| text.is_char_boundary(at))
            .unwrap_or(text.len());
        match random.below(4) {
            0 => text.replace_range(from..to, ""),
            1 => {
                let again = text[from..to].to_owned();
                text.insert_str(from, &again);
            }
            2 => text.truncate(to),
            _ => text.insert_str(from, SHARDS[random.below(SHARDS.len())]),
        }
    }
    text
}

/// Where some character of a text begins, or its end.
fn boundary(text: &str, random: &mut Random) -> usize {
    let at = random.below(text.len() + 1);
    (0..=at)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// Mutates each file again and again, all from one seed.
fn survive_mutations(files: &[PathBuf], times: usize) {
    let mut random = Random(0x5eed);
    for file in files {
        let bytes = fs::read(file).expect("a file of the project can be read");
        let text = String::from_utf8_lossy(&bytes);
        for time in 0..times {
            survives(
                &format!("mutation {time} of {}", file.display()),
                &mutate(&text, &mut random),
            );
        }
    }
}

#[test]
fn mutated_data_are_read() {
    survive_mutations(&ron_files(&root().join("graph-data")), 4);
}

#[test]
fn mutated_fixtures_are_read() {
    survive_mutations(&fixtures(), 40);
}
