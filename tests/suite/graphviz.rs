//! Graphviz reads what hanjung writes for it: every kind of answer, and names of any letters. Needs
//! `dot`, `nop` and `gc`; without them the tests say that they are skipped, and fail where `CI` is
//! set.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use hanjung::World;
use hanjung::facts::{Claim, EntityKind, Interval, Lang};
use hanjung::graph::{Channel, Follow, Standing};
use hanjung::render::diagram::{
    Arrow, ArrowFact, CitedDocument, Picture, PictureNode, Stage, dot, dot_beside, html, place,
};
use hanjung::request::{Cut, FactFilter, Filter, Question, Subject};
use proptest::test_runner::TestRunner;

/// Whether Graphviz is there. On CI it must be.
fn has_graphviz() -> bool {
    let has = Command::new("dot").arg("-V").output().is_ok();
    assert!(
        has || std::env::var_os("CI").is_none(),
        "Graphviz is not installed: apt-get install graphviz"
    );
    if !has {
        // Not by a macro: what those write is not shown.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED for want of Graphviz: a test of DOT files"
        );
    }
    has
}

/// Runs a program of Graphviz on a file; it must find nothing to complain of.
fn run(program: &str, args: &[&str], input: &str) -> String {
    let mut command = Command::new(program);
    let child = command
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{program}: {error}"));
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let text = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().expect("it ends");
    writer
        .join()
        .expect("the file is read")
        .expect("the file is read");
    let complaints = String::from_utf8_lossy(&stderr);
    assert!(
        status.success() && complaints.is_empty(),
        "{program} {args:?}: {status}: {complaints}\n{input}"
    );
    String::from_utf8(stdout).unwrap_or_else(|_| panic!("{program} {args:?} writes no UTF-8"))
}

/// The numbers of nodes and edges that `gc` counts.
fn counts(file: &str) -> (usize, usize) {
    let counted = run("gc", &[], file);
    let mut numbers = counted
        .split_whitespace()
        .map(|word| word.parse().expect(&counted));
    (
        numbers.next().expect("a number of nodes"),
        numbers.next().expect("a number of edges"),
    )
}

fn subject(world: &World, id: &str) -> Subject {
    Subject::Entity(world.entity(id).expect(id))
}

/// A question of each kind that can be drawn.
#[expect(clippy::too_many_lines, reason = "a table")]
fn questions(world: &World) -> Vec<Question> {
    let of = |id: &str| subject(world, id);
    let (filter, follow) = (Filter::default, Follow::default);
    let supply = match (of("china"), of("graphite")) {
        (Subject::Entity(by), Subject::Entity(good)) => Subject::Supply { by, good },
        _ => unreachable!("both are entities"),
    };
    let restrictions = FactFilter {
        claims: vec![Claim::Restricts],
        ..FactFilter::default()
    };
    vec![
        Question::Dependents {
            of: of("graphite").into(),
            filter: filter(),
            follow: follow(),
        },
        Question::Dependents {
            of: of("china").into(),
            filter: filter(),
            follow: follow(),
        },
        Question::Dependencies {
            of: of("volkswagen").into(),
            filter: filter(),
            follow: follow(),
        },
        Question::Why {
            through: None,
            from: of("hyundai-motor-group").into(),
            to: of("graphite").into(),
            follow: follow(),
            most: 5,
        },
        Question::Exposed {
            to: of("china").into(),
            filter: filter(),
            follow: follow(),
        },
        Question::Exposures {
            of: of("south-korea").into(),
            filter: filter(),
            follow: follow(),
        },
        Question::Exposure {
            of: of("samsung-electronics").into(),
            to: of("china").into(),
            follow: follow(),
        },
        Question::WhatIf {
            cuts: vec![Cut::whole(supply)],
            filter: filter(),
            follow: follow(),
        },
        Question::Chokepoints {
            of: Some(of("volkswagen").into()),
            filter: filter(),
            follow: follow(),
        },
        Question::Show {
            of: of("posco-international")
                .entity()
                .expect("an entity")
                .into(),
        },
        Question::Facts(restrictions),
        Question::Overview,
    ]
}

#[test]
fn graphviz_reads_every_kind_of_answer() {
    if !has_graphviz() {
        return;
    }
    let world = World::built_in().expect("the built-in facts are sound");
    let mut drawn = 0;
    for question in questions(&world) {
        for lang in [Lang::En, Lang::Ko, Lang::Zh] {
            let answer = world.answer(&question, lang);
            let picture = Picture::new(&answer);
            let file = dot(&picture);
            assert_eq!(file, dot(&picture), "the same picture gives the same file");
            run("nop", &[], &file);
            let (nodes, edges) = counts(&file);
            assert!(
                nodes >= picture.nodes.len() && edges >= picture.arrows.len(),
                "{}: {nodes}, {edges}",
                answer.title
            );
            drawn += usize::from(!picture.nodes.is_empty());
        }
    }
    assert!(drawn >= 36, "only {drawn} answers have a picture");
}

fn node(name: &str) -> PictureNode {
    PictureNode {
        node: "good",
        entity: None,
        by: None,
        into: None,
        aspect: None,
        name: name.to_owned(),
        kind: EntityKind::Product,
        country: None,
        country_name: None,
        stage: Stage::Product,
        loss: None,
        is_asked: false,
        folded: Vec::new(),
    }
}

/// A picture that has each name at a node, on an arrow, in a fact, in a citation, in a caveat, in a
/// source, in the title and in the notes.
fn picture(names: &[String]) -> Picture {
    let arrow = |(from, name): (usize, &String)| Arrow {
        from,
        to: (from + 1) % names.len(),
        verb: name.clone(),
        part: None,
        channel: Some(Channel::Inputs),
        standing: Standing::Documented,
        is_inferred: false,
        is_planned: false,
        facts: vec![ArrowFact {
            fact: name.clone(),
            text: name.clone(),
            citation: name.clone(),
            sources: Vec::new(),
            caveat: Some(from),
        }],
    };
    let source = |(at, name): (usize, &String)| CitedDocument {
        number: at + 1,
        document: name.clone(),
        text: name.clone(),
        passages: vec![name.clone()],
    };
    Picture {
        title: names.concat(),
        method: names[0].clone(),
        notes: names.to_vec(),
        caveats: names.to_vec(),
        nodes: names.iter().map(|name| node(name)).collect(),
        arrows: names
            .iter()
            .enumerate()
            .filter(|_| names.len() > 1)
            .map(arrow)
            .collect(),
        sources: names.iter().enumerate().map(source).collect(),
    }
}

/// What is to be read back: all letters, with those replaced that no format can hold. Line breaks
/// are our own.
fn letters(text: &str) -> String {
    let plain = |letter: char| match letter {
        ' ' | '\u{a0}' | '\n' | '\t' | '\r' => None,
        letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
            Some('\u{fffd}')
        }
        letter => Some(letter),
    };
    text.chars().filter_map(plain).collect()
}

/// The words and the tooltip of each node of a page by Graphviz, without spaces, by the node's id.
fn read_back(svg: &str) -> Vec<(String, String, String)> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let page = roxmltree::Document::parse_with_options(svg, options).expect("Graphviz writes XML");
    let nodes = page
        .descendants()
        .filter(|node| matches!(node.attribute("class"), Some("node" | "edge")));
    let texts = |node: &roxmltree::Node, tag: &str| -> String {
        let inside = node
            .descendants()
            .filter(|inner| inner.tag_name().name() == tag);
        inside
            .map(|inner| letters(inner.text().unwrap_or_default()))
            .collect()
    };
    let tooltip = |node: &roxmltree::Node| {
        let mut links = node
            .descendants()
            .filter_map(|inner| inner.attribute(("http://www.w3.org/1999/xlink", "title")));
        letters(links.next_back().unwrap_or_default())
    };
    nodes
        .map(|node| (texts(&node, "title"), texts(&node, "text"), tooltip(&node)))
        .collect()
}

/// Everything that is said comes back letter by letter out of the page that Graphviz makes.
fn comes_back(names: &[String]) {
    let picture = picture(names);
    let file = dot(&picture);
    run("nop", &[], &file);
    let (nodes, edges) = counts(&file);
    assert!(nodes >= names.len() && edges >= picture.arrows.len());
    let read = read_back(&run("dot", &["-Tsvg"], &file));
    let find = |id: &str| {
        read.iter()
            .find(|(title, ..)| title == id)
            .unwrap_or_else(|| panic!("no {id} in\n{file}"))
    };
    for (ix, name) in names.iter().enumerate() {
        let (_, words, tooltip) = find(&format!("n{ix}"));
        assert_eq!(*words, letters(name), "at a node: {name:?}");
        let about = letters(&format!("{name} (product)")).replace('\\', "⧵");
        assert_eq!(*tooltip, about, "in the tooltip of a node: {name:?}");
    }
    for arrow in &picture.arrows {
        let (_, words, tooltip) = find(&format!("n{}->n{}", arrow.from, arrow.to));
        let marked = format!("{} †{}", arrow.verb, arrow.caveats());
        assert_eq!(*words, letters(&marked), "on an arrow: {:?}", arrow.verb);
        let said = letters(&format!("{0} ({0}); {0}", arrow.verb)).replace('\\', "⧵");
        assert_eq!(
            *tooltip, said,
            "in the tooltip of an arrow: {:?}",
            arrow.verb
        );
    }
}

#[test]
fn hostile_names_come_back_letter_by_letter() {
    if !has_graphviz() {
        return;
    }
    let names = [
        "\"",
        "\\",
        "\\\\",
        "a\"b\\",
        "\\n",
        "\\N\\G\\E\\T\\H\\L",
        "two\nlines",
        "broken where a control character \u{b}stands\u{b} and where a wide space\u{2003} stands\u{2003}",
        "tab\tand\rreturn",
        "a\u{0}b\u{1b}[31m\u{7f}",
        "\u{fffe}\u{ffff}",
        "<b>bold</b>",
        "<<table>>",
        "</text><script>alert(1)</script>",
        "&amp;",
        "&lt;b&gt;",
        "&#38;",
        "&",
        "a&b;",
        "흑연 음극재",
        "石墨负极材料",
        "黒鉛",
        "digraph",
        "node",
        "edge",
        "subgraph",
        "strict",
        "graph {",
        "}",
        "];",
        "a -> b",
        "// comment",
        "/* comment */",
        "# line",
        "שלום",
        "مرحبا",
        "\u{202e}turned",
        "🔋",
        "e\u{301}",
        "%d %s",
        "{a|b}",
        "a:n",
        "1.5",
        "-",
        "",
        " ",
        "'",
        "`",
        "label=\"x\"",
        "\"];evil[label=\"",
    ];
    comes_back(&names.map(str::to_owned));
}

#[test]
fn names_of_any_length_come_back() {
    if !has_graphviz() {
        return;
    }
    for name in [
        "x".repeat(10_000),
        "흑연 ".repeat(2_500),
        "\"\\&<".repeat(2_500),
    ] {
        comes_back(&[name]);
    }
}

#[test]
fn names_of_any_letters_come_back() {
    if !has_graphviz() {
        return;
    }
    let mut runner = TestRunner::new(crate::same_cases(8));
    let names = proptest::collection::vec(
        "[\\PC]{0,20}|[\\x00-\\x7f]{0,20}|[\"\\\\&;<>{}|\\n]{0,8}",
        1..30,
    );
    runner
        .run(&names, |names| {
            comes_back(&names);
            Ok(())
        })
        .expect("every name comes back");
}

/// The text that an address stands for.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let is_coded = first == b'%';
        let digits = || std::str::from_utf8(&behind[..2]).expect("two digits");
        bytes.push(if is_coded {
            u8::from_str_radix(digits(), 16).expect("a byte")
        } else {
            first
        });
        rest = if is_coded { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).expect("an address stands for text")
}

#[test]
fn links_lead_to_what_the_page_beside_the_file_selects() {
    let world = World::built_in().expect("the built-in facts are sound");
    for question in questions(&world) {
        let answer = world.answer(&question, Lang::En);
        let picture = Picture::new(&answer);
        let (file, page) = (
            dot_beside(&picture, "a page.html"),
            html(&answer, &place(&picture)),
        );
        let links: Vec<&str> = file
            .split("URL=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(
            links.len() >= picture.arrows.len(),
            "{}: {} links",
            answer.title,
            links.len()
        );
        for link in links {
            let key = link
                .strip_prefix("a%20page.html#")
                .and_then(|link| link.split_once('='))
                .expect(link)
                .1;
            // In the data of the page `>` is written so that it can't end a script.
            let key = decoded(key).replace('>', "\\u003e");
            assert!(
                page.contains(&format!("\"key\":\"{key}\"")),
                "{}: {key}",
                answer.title
            );
        }
        assert!(
            !dot(&picture).contains("URL="),
            "by itself a file leads nowhere"
        );
    }
}

#[test]
fn what_is_lost_is_told_and_what_is_not_known_is_not_shaded() {
    let shaded = |lo: f64, hi: f64| {
        let lost = PictureNode {
            loss: Some(Interval { lo, hi }),
            ..node("anode")
        };
        dot(&Picture {
            nodes: vec![lost],
            ..Picture::default()
        })
    };
    assert!(shaded(0.6, 1.0).contains("loses 60 % or more"));
    let fill = |file: &str| {
        file.split("fillcolor=")
            .nth(1)
            .map(|rest| rest[..9].to_owned())
    };
    let plain = dot(&Picture {
        nodes: vec![node("anode")],
        ..Picture::default()
    });
    assert_eq!(fill(&shaded(0.0, 1.0)), fill(&plain));
    assert_ne!(fill(&shaded(0.6, 1.0)), fill(&plain));
}

/// Runs the program, with or without Graphviz on the path.
fn render(args: &[&str], path: Option<&str>) -> (Option<i32>, String) {
    let mut hanjung = Command::new(env!("CARGO_BIN_EXE_hanjung"));
    hanjung
        .args(["render", "why", "graphite-anode", "graphite"])
        .args(args);
    if let Some(path) = path {
        hanjung.env("PATH", path);
    }
    let output = hanjung.output().expect("hanjung can be run");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn without_graphviz_the_program_says_what_is_possible() {
    let folder = std::env::temp_dir().join(format!("hanjung-no-graphviz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let file = |name: &str| folder.join(name).to_str().expect("a plain path").to_owned();
    let (status, words) = render(&["-o", &file("a.pdf")], Some(""));
    assert_eq!(status, Some(2));
    assert!(
        words.contains("Graphviz") && words.contains(".svg"),
        "{words}"
    );
    let (status, words) = render(&["-o", &file("a.svg"), "--engine", "dot"], Some(""));
    assert!(status == Some(2) && words.contains("Graphviz"), "{words}");
    let (status, words) = render(&["-o", &file("a.mmd"), "--engine", "dot"], None);
    assert!(
        status == Some(2) && words.contains(".svg, .png or .pdf"),
        "{words}"
    );
    let (status, words) = render(&["-o", &file("a.png")], Some(""));
    if cfg!(feature = "png") {
        assert_eq!(status, Some(0), "{words}");
    } else {
        assert!(
            status == Some(2) && words.contains("--features png"),
            "{words}"
        );
    }
    std::fs::remove_dir_all(&folder).expect("the folder of the test can be removed");
}

#[test]
fn with_graphviz_the_program_writes_what_it_draws() {
    if !has_graphviz() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("hanjung-graphviz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    for (name, args, begins) in [
        ("a.pdf", vec![], &b"%PDF"[..]),
        ("a.png", vec!["--engine", "dot"], &b"\x89PNG"[..]),
        ("a.png", vec![], &b"\x89PNG"[..]),
        ("a.svg", vec!["--engine", "dot"], &b"<?xml"[..]),
    ] {
        let path = folder.join(name);
        let (status, words) = render(
            &[&["-o", path.to_str().expect("a plain path")], &args[..]].concat(),
            None,
        );
        assert_eq!(status, Some(0), "{name}: {words}");
        assert!(
            std::fs::read(&path)
                .expect("the file is there")
                .starts_with(begins),
            "{name}"
        );
    }
    std::fs::remove_dir_all(&folder).expect("the folder of the test can be removed");
}
