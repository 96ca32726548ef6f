//! Keeps the outputs shown in README and docs true. In a block marked `console`, each line that
//! begins with `$ hanjung` is followed by what the command prints; `HANJUNG_BLESS=1` rewrites it. A
//! block that shows one line `…` is only run.

use std::process::Command;
use std::{env, fs};

use hanjung::request::{RequestFile, read_request};

const FILES: [&str; 6] = [
    "README.md",
    "docs/json.md",
    "docs/diagrams.md",
    "docs/loss.md",
    "docs/query.md",
    "examples/cascade/README.md",
];

/// The words of a command line, with quotes of either sort.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == ' ' => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}

fn output(line: &str) -> String {
    let args = words(line);
    let run = Command::new(env!("CARGO_BIN_EXE_hanjung"))
        .args(&args)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{line}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout).unwrap()
}

/// A document with the output of each command put in.
fn refreshed(text: &str) -> String {
    let mut fresh = String::new();
    let mut rest = text;
    while let Some((before, block)) = rest.split_once("```console\n") {
        let (block, after) = block.split_once("```").expect("the block is closed");
        fresh += &format!("{before}```console\n{}```", refreshed_block(block));
        rest = after;
    }
    fresh + rest
}

fn refreshed_block(block: &str) -> String {
    let (command, shown) = block.split_once('\n').unwrap();
    let printed = output(
        command
            .strip_prefix("$ hanjung ")
            .expect("a block begins with a command"),
    );
    let printed = if shown == "…\n" {
        shown.to_owned()
    } else {
        printed
    };
    format!("{command}\n{printed}")
}

#[test]
fn shown_outputs_are_what_the_program_prints() {
    for file in FILES {
        let text = fs::read_to_string(file).unwrap();
        let fresh = refreshed(&text);
        if env::var_os("HANJUNG_BLESS").is_some() {
            fs::write(file, &fresh).unwrap();
        } else {
            assert_eq!(
                text, fresh,
                "{file} is stale: HANJUNG_BLESS=1 cargo test --test suite docs:: rewrites it; \
                 read the diff"
            );
        }
    }
}

/// Every command that the table of the README names does what stands beside it.
#[test]
fn questions_and_commands_in_the_readme_agree() {
    let text = fs::read_to_string("README.md").unwrap();
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | `hanjung "));
    let mut count = 0;
    for (question, command) in rows {
        let command = command.trim_end_matches("` |");
        let (asked, told) = (
            output(&format!("ask \"{question}\" --brief")),
            output(&format!("{command} --brief")),
        );
        assert_eq!(asked, told, "{question}");
        count += 1;
    }
    assert!(count >= 8, "the table is gone");
}

/// Every file that README and docs link to is there.
#[test]
fn links_lead_somewhere() {
    for file in [
        "README.md",
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/data-format.md",
        "docs/checks.md",
        "docs/json.md",
        "docs/loss.md",
        "docs/query.md",
        "docs/speed.md",
        "examples/cascade/README.md",
    ] {
        let text = fs::read_to_string(file).unwrap();
        let folder = std::path::Path::new(file).parent().unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split_once(')'))
            .map(|(link, _)| link)
        {
            if !link.starts_with("http") {
                let path = folder.join(link.split('#').next().unwrap());
                assert!(path.exists(), "{file}: {link} leads nowhere");
            }
        }
    }
}

/// The table of requests in JSON: each row is the expression beside it.
#[test]
fn requests_in_json_are_the_expressions_beside_them() {
    let text = fs::read_to_string("docs/query.md").unwrap();
    let (_, table) = text.split_once("| `request` | expression |").unwrap();
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let mut questions = std::collections::BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split('`').collect();
        let json = format!("{{\"format\": 1, \"request\": {}}}", cells[1]);
        let file = RequestFile::from_json(&json).unwrap_or_else(|bad| panic!("{json}: {bad}"));
        let request = read_request(&cells[3].replace("\\|", "|"));
        let request = request.unwrap_or_else(|faults| panic!("{row}: {faults:?}"));
        assert_eq!(RequestFile::new(&request, None), file, "{row}");
        questions.extend(cells[1].split('"').nth(1).map(str::to_owned));
    }
    assert_eq!(
        questions.len(),
        25,
        "every question is in the table: {questions:?}"
    );
}
