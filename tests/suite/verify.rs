//! That `verify` finds what documents have in any usual spelling, and misses what they do not have.
//! The documents in `tests/fixtures/verify/` are always there; those that the built-in facts cite,
//! only on some machines.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use hanjung::World;
use hanjung::data::{Documents, documents};
use hanjung::facts::Lang;
use hanjung::query::verify;
use hanjung::render::{Format, Layout, render};

const FACTS: &str = "tests/fixtures/verify/facts/facts.ron";
const DOCUMENTS: &str = "tests/fixtures/verify/documents";

fn fixture() -> Documents {
    documents(Path::new(DOCUMENTS)).unwrap()
}

/// What `verify` misses once each of the texts has been put in the place of another in the facts,
/// without the files and lines.
fn misses(changes: &[(&str, &str)]) -> Vec<String> {
    let mut facts = fs::read_to_string(FACTS).unwrap();
    for (old, new) in changes {
        assert_eq!(facts.matches(old).count(), 1, "{old}");
        facts = facts.replace(old, new);
    }
    let world =
        World::of_texts([("facts.ron", facts)]).expect("the altered facts are still well formed");
    let answer = verify(&world, &fixture(), Lang::En);
    let remarks = answer.rows.iter().flat_map(|row| &row.remarks);
    remarks
        .map(|remark| {
            remark
                .split_once(": ")
                .expect("a place, then the miss")
                .1
                .to_owned()
        })
        .collect()
}

/// A change of the facts that makes them miss exactly this.
fn check(old: &str, new: &str, expected: &[&str]) {
    assert_eq!(misses(&[(old, new)]), expected, "{old} → {new}");
}

#[test]
fn finds_every_usual_spelling() {
    assert_eq!(misses(&[]), [""; 0]);
}

#[test]
fn catches_wrong_figures() {
    check(
        "Exactly(4.309)",
        "Exactly(4.308)",
        &["looked for 4.308 billion USD in harbour-report 1.1 p1"],
    );
    check(
        "Exactly(4.309), \"b",
        "Exactly(4.309), \"m",
        &["looked for 4.309 million USD in harbour-report 1.1 p1"],
    );
    check(
        "\"trillion KRW\"",
        "\"trillion USD\"",
        &["looked for 6 trillion USD in harbour-report 2 p1"],
    );
    check(
        "Exactly(7.8)",
        "Exactly(8.7)",
        &["looked for 8.7 % in harbour-report 1.1 p1"],
    );
    check(
        "Exactly(-33)",
        "Exactly(33)",
        &["looked for 33 % in harbour-report 1.1 p1"],
    );
    check(
        "Exactly(7.8)",
        "Exactly(-7.9)",
        &["looked for -7.9 % in harbour-report 1.1 p1"],
    );
    check(
        "Exactly(1545)",
        "Exactly(545)",
        &["looked for 545 ships in harbour-report 1.1 p2"],
    );
    check(
        "Exactly(14)",
        "Exactly(4)",
        &["looked for 4 ports in harbour-report 1.1 p2"],
    );
    check(
        "Exactly(2), \"times",
        "Exactly(3), \"times",
        &["looked for 3 times in harbour-report 2 p2"],
    );
    check(
        "\"Wh/L\"",
        "\"Wh/kg\"",
        &["looked for 800 Wh/kg in cell-notes p1"],
    );
    check(
        "by_when: \"2030\"",
        "by_when: \"2029\"",
        &["looked for 2029 (by_when) in harbour-report 2 p1"],
    );
}

#[test]
fn catches_wrong_passages() {
    check(
        "evidence: [Official(doc: \"harbour-report\", at: \"1.1 p2\")],\n    ),\n    Figure(\n        subject: \"harbour-ministry\", measure: \"ships\"",
        "evidence: [Official(doc: \"harbour-report\", at: \"2 p1\")],\n    ),\n    Figure(\n        subject: \"harbour-ministry\", measure: \"ships\"",
        &[
            "looked for 14 ports in harbour-report 2 p1",
            "looked for Harbour Ministry (harbour-ministry) in harbour-report 2 p1",
        ],
    );
    check(
        "doc: \"cell-notes\", at: \"p2\"",
        "doc: \"cell-notes\", at: \"p3\"",
        &["there is no passage cell-notes p3"],
    );
    // What is inferred need not be said, but where it is suggested must be there.
    let inferred = "why: \"geography\", doc: \"harbour-report\", at: \"2 p";
    check(&format!("{inferred}1"), &format!("{inferred}2"), &[]);
    check(
        &format!("{inferred}1"),
        &format!("{inferred}9"),
        &["there is no passage harbour-report 2 p9"],
    );
}

#[test]
fn catches_swapped_entities() {
    check(
        "subject: \"germany\", measure: \"exports\",",
        "subject: \"harbour-ministry\", measure: \"exports\",",
        &["looked for Harbour Ministry (harbour-ministry) in harbour-report 1.1 p1"],
    );
    check(
        "input: \"graphite\"",
        "input: \"lithium\"",
        &["looked for lithium (lithium) in cell-notes p1"],
    );
    check(
        "by: \"south-korea\"",
        "by: \"china\"",
        &["looked for China (china) in cell-notes p2"],
    );
    check(
        "speaker: \"park-ji-woo\"",
        "speaker: \"kim-ji-woo\"",
        &["looked for Kim Ji-woo (kim-ji-woo) in harbour-report 2 p2"],
    );
    check(
        "place: \"tianjin\"",
        "place: \"germany\"",
        &["looked for Germany (germany) in harbour-report 2 p1"],
    );
    check(
        "by: \"harbour-ministry\"",
        "by: \"arirang-group\"",
        &["looked for Arirang Group (arirang-group) in harbour-report 1.1 p2"],
    );
}

#[test]
fn a_name_within_another_proper_name_does_not_count() {
    check(
        "about: [\"china-media-board\"]",
        "about: [\"china\"]",
        &["looked for China (china) in harbour-report 2 p2"],
    );
}

#[test]
fn declarations_are_checked_too() {
    check(
        "unnamed: [\"china\"]",
        "unnamed: [\"germany\"]",
        &[
            "looked for China (china) in harbour-report 1.1 p2",
            "germany is declared unnamed in harbour-report 1.1 p2",
        ],
    );
    check(
        "\"ships5%\"",
        "\"ships6%\"",
        &[
            "looked for 19.5 % in harbour-report 1.1 p2",
            "looked for the garbled form “ships6%” in harbour-report 1.1 p2",
        ],
    );
    check(
        "Exactly(19.5)",
        "Exactly(19.4)",
        &["looked for 19.4 % in harbour-report 1.1 p2"],
    );
}

#[test]
fn catches_wrong_times() {
    for (old, new, missing) in [
        (
            "since: \"2024-03\"",
            "since: \"2024-04\"",
            "2024-04 (since) in fair-letter p1",
        ),
        (
            "since: \"2024-03\"",
            "since: \"2023-03\"",
            "2023-03 (since) in fair-letter p1",
        ),
        (
            "until: \"2024-08\"",
            "until: \"2024-09\"",
            "2024-09 (until) in fair-letter p1",
        ),
        (
            "since: \"2024-09-22\"",
            "since: \"2024-09-23\"",
            "2024-09-23 (since) in fair-letter p1",
        ),
        (
            "since: \"2024-09-22\"",
            "since: \"2024-10-22\"",
            "2024-10-22 (since) in fair-letter p1",
        ),
        (
            "as_of: \"2024-09\"",
            "as_of: \"2024-07\"",
            "2024-07 (as_of) in fair-letter p2",
        ),
        (
            "\"2024-05/2024-08\"",
            "\"2024-04/2024-08\"",
            "2024-04 to 2024-08 (period) in fair-letter p2",
        ),
        (
            "as_of: \"2023-H2\"",
            "as_of: \"2023-H1\"",
            "2023-H1 (as_of) in fair-letter p3",
        ),
        (
            "since: \"2023-12-01\"",
            "since: \"2023-12-02\"",
            "2023-12-02 (since) in fair-letter p3",
        ),
        (
            "period: \"2024-Q1\"",
            "period: \"2024-Q2\"",
            "2024-Q2 (period) in harbour-report 1.1 p1",
        ),
    ] {
        check(old, new, &[&format!("looked for {missing}")]);
    }
    // A document of which no day is known can be of none.
    check(
        "good: \"graphite\", evidence: [Reported(doc: \"cell-notes\", at: \"p2\"",
        "good: \"graphite\", as_of: \"2024\", evidence: [Reported(doc: \"cell-notes\", at: \"p2\"",
        &["looked for 2024 (as_of) in cell-notes p2"],
    );
}

#[test]
fn a_time_may_stand_in_any_of_the_passages() {
    let one = "at: \"p1\")],\n    ),\n    Sources";
    let also = |at: &str| {
        format!(
            "at: \"p1\"), Reported(doc: \"fair-letter\", at: \"{at}\", unnamed: [\"arirang-cells\"])],\n    ),\n    Sources"
        )
    };
    let dated = |day: &str| format!("since: \"{day}\"");
    let misses = |at, day| misses(&[(one, &also(at)), ("since: \"2024-09-22\"", &dated(day))]);
    assert_eq!(misses("p3", "2023-12-01"), [""; 0]);
    assert_eq!(
        misses("p2", "2023-12-01"),
        ["looked for 2023-12-01 (since) in fair-letter p1, fair-letter p2"]
    );
}

#[test]
fn catches_sellers_and_buyers_the_wrong_way_round() {
    check(
        "from: \"arirang-cells\", to: \"borea-motors\"",
        "from: \"borea-motors\", to: \"arirang-cells\"",
        &[
            "it is Arirang Cells (arirang-cells) that supplies Borea Motors (borea-motors) in fair-letter p1",
        ],
    );
    check(
        "buyer: \"borea-motors\", good: \"graphite\", from: \"china\"",
        "buyer: \"china\", good: \"graphite\", from: \"borea-motors\"",
        &["it is China (china) that supplies Borea Motors (borea-motors) in fair-letter p2"],
    );
    check(
        "buyer: \"borea-motors\", good: \"lithium\", from: \"germany\"",
        "buyer: \"germany\", good: \"lithium\", from: \"borea-motors\"",
        &["it is Germany (germany) that supplies Borea Motors (borea-motors) in fair-letter p2"],
    );
}

#[test]
fn what_is_declared_read_is_no_doubt_and_what_nothing_needs_is_told() {
    check(
        "read: [\"direction: a customs slip beside the letter has it so\", \"2021",
        "read: [\"2021",
        &["it is China (china) that supplies Germany (germany) in fair-letter p2"],
    );
    check(
        ", \"2021: the year of that slip\"",
        "",
        &["looked for 2021 (since) in fair-letter p2"],
    );
    let needless = |words: &str| {
        format!("“{words}” is declared read, but nothing there needs it: fair-letter p2")
    };
    check(
        "2021: the year of that slip",
        "2022: the year of that slip",
        &[
            "looked for 2021 (since) in fair-letter p2",
            &needless("2022: the year of that slip"),
        ],
    );
    // Without a reason it is no declaration.
    check(
        "2021: the year of that slip",
        "2021:",
        &[
            "looked for 2021 (since) in fair-letter p2",
            &needless("2021:"),
        ],
    );
    check(
        "from: \"germany\", to: \"china\"",
        "from: \"china\", to: \"germany\"",
        &[&needless(
            "direction: a customs slip beside the letter has it so",
        )],
    );
    check(
        "unnamed: [\"arirang-cells\"])],",
        "unnamed: [\"arirang-cells\", \"germany\"])],",
        &["germany is declared unnamed in harbour-report 2 p2"],
    );
    check(
        "Reported(doc: \"harbour-report\", at: \"2 p1\")],\n    ),\n    Targets",
        "Reported(doc: \"harbour-report\", at: \"2 p1\", unnamed: [\"arirang-cells\"])],\n    ),\n    Targets",
        &["arirang-cells is declared unnamed, but is named in harbour-report 2 p1"],
    );
}

#[test]
fn documents_that_are_not_there_are_named() {
    let world = World::of_texts([("facts.ron", fs::read_to_string(FACTS).unwrap())]).unwrap();
    let some: Documents = fixture()
        .iter()
        .take(1)
        .map(|(id, document)| (id.to_owned(), document.clone()))
        .collect();
    let answer = verify(&world, &some, Lang::En);
    assert!(!answer.is_empty() && answer.rows.is_empty());
    assert!(
        answer.method.starts_with("4 pieces of evidence")
            && answer
                .method
                .ends_with("Not in the folder: fair-letter, harbour-report.")
    );
    let none = verify(&world, &Documents::default(), Lang::En);
    assert!(
        none.is_empty(),
        "nothing was checked, so nothing is shown to be right"
    );
}

fn hanjung(facts: &str, documents: &str, more: &[&str]) -> Output {
    let mut hanjung = Command::new(env!("CARGO_BIN_EXE_hanjung"));
    hanjung
        .args([
            "--no-builtin",
            "--data",
            facts,
            "verify",
            "--documents",
            documents,
        ])
        .args(more);
    hanjung.output().unwrap()
}

#[test]
fn status_and_formats() {
    for format in ["text", "json", "csv", "md"] {
        let run = |facts| hanjung(facts, DOCUMENTS, &["--format", format]);
        let (sound, faulty) = (
            run("tests/fixtures/verify/facts"),
            run("tests/fixtures/verify/faulty"),
        );
        assert_eq!(
            (sound.status.code(), faulty.status.code()),
            (Some(0), Some(2)),
            "{format}"
        );
        assert!(
            !String::from_utf8_lossy(&sound.stdout).contains("Nothing in the data"),
            "{format}"
        );
        let faulty = String::from_utf8(faulty.stdout)
            .unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            faulty.contains("facts.ron:7:5: looked for"),
            "{format}: {faulty}"
        );
    }
    assert_eq!(
        hanjung("tests/fixtures/verify/facts", "no/such/folder", &[])
            .status
            .code(),
        Some(2)
    );
}

/// The built-in facts against the documents they were drawn from.
#[test]
fn built_in_facts_stand_in_their_documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/documents");
    if !folder.is_dir() {
        eprintln!("skipped: the documents are not at {}", folder.display());
        return;
    }
    let world = World::built_in().unwrap();
    let answer = verify(&world, &documents(&folder).unwrap(), Lang::En);
    let layout = Layout {
        proofs: false,
        ..Layout::default()
    };
    assert!(
        answer.rows.is_empty(),
        "{}",
        render(&answer, Format::Text, &layout)
    );
    assert!(
        !answer.method.contains("Not in the folder"),
        "{}",
        answer.method
    );
}

#[test]
fn all_that_can_t_be_read_is_told() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unreadable-documents");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("sub.txt")).expect("the target folder can be written");
    fs::write(folder.join("a.txt"), b"\xff\xfe[\0p\x001\0]\0")
        .expect("the target folder can be written");
    fs::write(folder.join("b.txt"), b"title: Caf\xe9").expect("the target folder can be written");
    fs::write(folder.join("c.md"), b"\xff").expect("the target folder can be written");
    let mut expected = vec![
        "a.txt: it is UTF-16",
        "b.txt: line 1 is not UTF-8",
        "sub.txt: it is a folder, not a file",
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.join("d.txt"))
            .expect("the target folder can be written");
        std::os::unix::fs::symlink("/dev/zero", folder.join("e.txt"))
            .expect("the target folder can be written");
        expected.extend(["d.txt: No such file", "e.txt: it is a device"]);
    }
    let faults = documents(&folder).unwrap_err().diagnostics;
    assert_eq!(faults.len(), expected.len(), "{faults:?}");
    for words in expected {
        assert!(
            faults.iter().any(|fault| fault.message.contains(words)),
            "{words}: {faults:?}"
        );
    }
}
