//! Texts that are no requests, or hardly: the reader says what is wrong and where, takes its time
//! by the length of the text, and needs no more than a small stack.

use std::thread;
use std::time::{Duration, Instant};

use hanjung::World;
use hanjung::facts::{Lang, Names};
use hanjung::query::answer;
use hanjung::request::{
    Cut, Fault, Request, RequestFile, Written, read_request, read_set, resolve, resolve_expression,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseResult;

use crate::laws::hold;

/// Requests that use every call and key.
const REQUESTS: &[&str] = &[
    "firms & from(south-korea) - dependents(china:graphite)",
    "(firms | groups) & in(\"Xi'an\") - makers(rare earths, in: 中国)",
    "supplies.from(good: 삼성SDI 배터리, to: firms | groups)",
    "select(dependents(graphite, direct, through: 石墨), include: plans | possible)",
    "count(dependencies(kia, depth: 2), include: market)",
    "compare(samsung-sdi, sk-on; suppliers)",
    "compare(a, b, in(c))",
    "why(kia, graphite | cobalt, through: china, limit: 5, include: ownership)",
    "exposure(kia, to: china:graphite)",
    "exposure(to: china, kind: firms, from: south-korea, direct)",
    "what_if(china:graphite=0.5, (japan | taiwan)=0.25, kind: firms, in: 부산)",
    "what_if(china, explain: kia, include: plans)",
    "chokepoints(kia, depth: 4)",
    "stoppers(“lithium-ion battery”)",
    "sector(graphite, in: japan, from: china)",
    "list(kind: firms | plants, in: china)",
    "find(\"the \"\"big\"\" one\")",
    "facts(claim: supplies | sources, entity: kia, to: hyundai, by: lg, kinds, ask: what)",
    "facts(kind: firms, measure: tariff | quota, words: lithium | 리튬, document: d-1, status: plan)",
    "figures(korea, measure: \"export value\", good: chips, towards: china, period: 2023-Q4)",
    "timeline(kia)",
    "plans()",
    "overview()",
];

/// What tears an expression apart.
const PIECES: &[&str] = &[
    "(",
    ")",
    "((",
    "))",
    ",",
    ";",
    ":",
    "=",
    "&",
    "|",
    "-",
    " - ",
    "\"",
    "“",
    "”",
    "\"\"",
    " ",
    "\t",
    "\n",
    "\u{0}",
    "\u{301}",
    "\u{202e}",
    "\u{feff}",
    "\u{a0}",
    "é",
    "한",
    "石",
    "🐉",
    "in(",
    "from(",
    "why(",
    "compare(",
    "direct",
    "kinds",
    "limit:",
    "include:",
    "kind:",
    "through:",
    "0.5",
    "=1e400",
    "9999999999",
    "firms",
    "graphite",
    "supplies.",
    ".from(",
    ".(",
    "'",
    "’",
    "\\",
    "{",
    "[",
];

fn check_faults(text: &str, faults: &[Fault]) -> TestCaseResult {
    prop_assert!(!faults.is_empty(), "{:?}", text);
    for fault in faults {
        let at = fault.at.clone();
        prop_assert!(text.get(at).is_some(), "{:?}: {:?}", text, fault);
        prop_assert!(!fault.message.is_empty() && !fault.hint.is_empty());
    }
    prop_assert!(faults.is_sorted_by_key(|fault| fault.at.start));
    let is_again = |at: usize| faults[..at].contains(&faults[at]);
    prop_assert!(!(0..faults.len()).any(is_again), "{:?}: {:?}", text, faults);
    Ok(())
}

/// What is read of any text is said to be wrong at a place, or is written so that it reads back.
fn check(text: &str) -> TestCaseResult {
    match read_request(text) {
        Ok(request) => {
            let written = request.to_string();
            let is_short = is_short(&written);
            prop_assert!(
                !is_short || read_request(&written) == Ok(request),
                "{text:?}: {written}"
            );
        }
        Err(faults) => check_faults(text, &faults)?,
    }
    match read_set(text) {
        Ok(set) => {
            let written = set.to_string();
            let is_short = is_short(&written);
            prop_assert!(
                !is_short || read_set(&written) == Ok(set),
                "{text:?}: {written}"
            );
        }
        Err(faults) => check_faults(text, &faults)?,
    }
    Ok(())
}

#[test]
fn the_requests_are_requests() {
    for text in REQUESTS {
        assert!(
            read_request(text).is_ok(),
            "{text}: {:?}",
            read_request(text)
        );
    }
}

#[test]
fn any_letters_are_a_request_or_at_fault() {
    let letters = prop_oneof![
        any::<String>(),
        "[a-c한石 \"“”&|();:=,.\\-\n]{0,40}",
        vec(select(PIECES), 0..20).prop_map(|pieces| pieces.concat()),
    ];
    hold(6000, 130, letters, |text| check(&text));
}

/// One change to a text.
#[derive(Clone, Debug)]
enum Change {
    Cut(Index, Index),
    Insert(Index, &'static str),
    Double(Index, Index),
}

fn changes() -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    prop_oneof![
        1 => (place(), place()).prop_map(|(from, to)| Change::Cut(from, to)),
        3 => (place(), select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        1 => (place(), place()).prop_map(|(from, to)| Change::Double(from, to)),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: &Index| index.index(letters.len() + 1);
    let said = |letters: &[char]| letters.iter().collect::<String>();
    match change {
        Change::Insert(place, piece) => {
            let (before, after) = letters.split_at(at(place));
            format!("{}{piece}{}", said(before), said(after))
        }
        Change::Cut(from, to) => {
            let (from, to) = (at(from).min(at(to)), at(from).max(at(to)));
            said(&[&letters[..from], &letters[to..]].concat())
        }
        Change::Double(from, to) => {
            let (from, to) = (at(from).min(at(to)), at(from).max(at(to)));
            said(&[&letters[..to], &letters[from..]].concat())
        }
    }
}

#[test]
fn a_request_with_a_few_letters_changed_is_a_request_or_at_fault() {
    let cases = (select(REQUESTS), vec(changes(), 1..4));
    hold(6000, 131, cases, |(text, changes)| {
        let mangled = changes
            .iter()
            .fold(text.to_owned(), |text, change| changed(&text, change));
        check(&mangled)
    });
}

/// Requests with one mistake each, which stands between `‹` and `›`.
const MISTAKES: &[&str] = &[
    "firms & ‹dependants›(graphite)",
    "firms & ‹why›(kia, graphite)",
    "‹qrxv›(graphite, kind: firms, in: china)",
    "compare(a, b, c; ‹qrxv›)",
    "‹compare(a; suppliers)›",
    "compare(a, b;‹)›",
    "‹supplys›.from(good: graphite)",
    "supplies.‹form›(good: graphite, to: firms)",
    "supplies.from(‹goood›: graphite)",
    "supplies.from(‹graphite›)",
    "makers(graphite, ‹qrxv›: china)",
    "‹makers›()",
    "makers(‹by:›x)",
    "dependents(graphite, through: a, ‹kind›: firms)",
    "dependents(graphite, depth: ‹two›)",
    "dependents(graphite, depth: 1 | ‹2›)",
    "dependents(graphite, kind: firms | ‹frims›)",
    "dependents(graphite, include: ‹qrxv›)",
    "dependents(graphite, ‹graphite›)",
    "dependents(graphite, kind: firms=‹0.5›)",
    "firms - dependents(graphite, ‹kind›: firms)",
    "‹why(kia, graphite, limit: 0)›",
    "why(kia, graphite, limit: 3 | ‹4›)",
    "‹why›(kia)",
    "‹why›()",
    "‹exposure()›",
    "exposure(kia, to: china, ‹kind›: firms)",
    "what_if(china, explain: kia, ‹depth›: 2)",
    "what_if(china=‹half›)",
    "what_if(china=‹2›)",
    "what_if(china=‹1e400›)",
    "what_if(china=‹NaN›)",
    "what_if(china=‹)›",
    "compare(kia=‹0.5›, hyundai)",
    "find(a, ‹b›)",
    "‹find(in(a))›",
    "‹find()›",
    "facts(claim: ‹supply› | sources, kinds)",
    "facts(ask: by | ‹to›)",
    "facts(‹qrxv›: a, kinds)",
    "facts(document: a | ‹b›)",
    "figures(korea, period: ‹soon›)",
    "figures(korea, measure: ‹in(a)›)",
    "overview(‹kia›)",
    "firms & ‹»›",
    "firms‹)›",
    "in‹(›china",
    "‹\"china›",
    "in(‹“china)›",
    "in(china ‹“a”›)",
    "in(china; ‹b›)",
    "‹overview(; a)›",
    "(firms‹,› groups)",
    "firms ‹AND› dependents(graphite)",
    "firms ‹or› (goods | plants)",
    "firms ‹without› \"kia\"",
    "‹not› dependents(graphite)",
    "firms ‹dependents›(graphite)",
    "firms ‹-dependents›(graphite)",
    "firms & in(china)‹-in›(japan)",
    "in(china) ‹groups›",
    "firms‹-›dependents(graphite)",
    "goods‹-›supplies.from(good: graphite)",
    "‹in› (china)",
    "compare(a, b; dependencies‹;› suppliers)",
    "‹compare(kia; byd)›",
    "dependents(graphite, ‹dept›: 2)",
    "dependents(graphite, ‹trough›: a)",
    "dependents(graphite, ‹directly›)",
    "dependents(graphite, direct, depth: ‹3›)",
    "figures(korea, ‹to›: china)",
    "list(‹firms›)",
    "exposure(kia, ‹byd›)",
    "why(kia, graphite, ‹through battery›)",
    "why(‹a b›)",
    "supplies(‹good›: battery)",
    "supplies.from(‹good = battery›)",
    "dependents(graphite, ‹depth=2›)",
    "licenses.licensee(good: a, ‹good›: b)",
    "needs.input(‹input›: graphite)",
    "makers(graphite, ‹by›: kia)",
    "facts(claim: supplies, ‹good›: graphite)",
    "what_if(graphite=‹50%›)",
    "china‹:›",
    "in(‹:›graphite)",
    "kia‹:› | byd",
    "in(china -‹)›",
    "in‹(›china & dependents(graphite)",
    "firms &‹&› groups",
    "firms ‹−in›(china)",
    "firms ‹–› (groups | plants)",
    "makers(graphite, ‹in china›)",
    "supplies.from(‹good battery›)",
    "‹from:› china",
    "‹kind:› firms",
    "what_if(graphite=‹0,5›)",
];

/// What each mistake was meant for, as its hint says.
const HINTS: &[(&str, &str)] = &[
    ("firms AND dependents(graphite)", "write &"),
    ("firms or dependents(graphite)", "write |"),
    ("firms minus dependents(graphite)", "write -"),
    (
        "firms -in(china)",
        "write a - in with blanks on both sides of the -",
    ),
    (
        "firms-in(china)",
        "write firms - in( ) with blanks on both sides of the -",
    ),
    ("dependents(graphite, dept: 2)", "did you mean depth:?"),
    ("figures(korea, to: china)", "did you mean towards:?"),
    ("dependents(graphite, directly)", "write direct"),
    ("list(firms)", "write kind: firms"),
    ("exposure(kia, byd)", "write to: byd"),
    ("why(a, b, through c)", "write through: c"),
    ("supplies.from(good = battery)", "write good: battery"),
    ("what_if(graphite=50%)", "write 0.5 for 50%"),
    ("what_if(graphite=0,25, kia)", "write 0.25"),
    ("makers(graphite, in china)", "write in: china"),
    ("from: china", "write from(china)"),
    ("firms && groups", "write it once"),
    (
        "overview(kia: b)",
        "it takes no keys; join sets by &, | or -",
    ),
    ("in(china, kind: firms)", "join it: firms & …"),
];

#[test]
fn a_hint_says_what_to_write() {
    for (text, hint) in HINTS {
        let faults = read_request(text).unwrap_err();
        assert_eq!(faults[0].hint, *hint, "{text}");
    }
}

/// Words of calls, keys and flags are taken however they are written.
#[test]
fn case_does_not_count() {
    for (shouted, plain) in [
        ("DEPENDENTS(x, Direct)", "dependents(x, direct)"),
        (
            "Dependents(x, DEPTH: 2, Include: Plans)",
            "dependents(x, depth: 2, include: plans)",
        ),
        ("FIRMS & MAKERS(x)", "firms & makers(x)"),
        ("Supplies.From(Good: x)", "supplies.from(good: x)"),
        (
            "Facts(Claim: Supplies, Ask: BY)",
            "facts(claim: supplies, ask: by)",
        ),
    ] {
        assert_eq!(read_request(shouted), read_request(plain), "{shouted}");
        assert!(read_request(plain).is_ok(), "{plain}");
    }
}

/// A field’s word stands for its role where all claims of an alias agree.
#[test]
fn a_word_for_a_role_takes_the_words_of_fields() {
    for (field, role) in [("from", "by"), ("buyer", "to"), ("good", "what")] {
        let set = |key: &str| read_set(&format!("suppliers(x, {key}: y)"));
        let is_asked = field == "from";
        assert_eq!(set(field).is_err(), is_asked, "{field}");
        if !is_asked {
            assert_eq!(set(field), set(role));
        }
    }
    assert_eq!(read_set("buyers(x, from: y)"), read_set("buyers(x, by: y)"));
}

#[test]
fn one_mistake_is_one_fault_at_its_place() {
    for marked in MISTAKES {
        let begin = marked.find('‹').unwrap();
        let end = marked.find('›').unwrap() - '‹'.len_utf8();
        let text: String = marked.replace(['‹', '›', '»'], "");
        let faults = read_request(&text).unwrap_err();
        let places: Vec<_> = faults.iter().map(|fault| fault.at.clone()).collect();
        let wanted = if marked.contains('»') {
            text.len()..text.len()
        } else {
            begin..end
        };
        assert_eq!(places, [wanted], "{marked}: {faults:?}");
    }
}

#[test]
fn several_mistakes_are_told_in_one_run() {
    let text = "why(dependants(graphite), in(qrxv(a)), thru: b, limit: x)";
    let places: Vec<&str> = read_request(text)
        .unwrap_err()
        .iter()
        .map(|fault| &text[fault.at.clone()])
        .collect();
    assert_eq!(places, ["dependants", "qrxv", "thru", "x"]);
    let text = "qrxv(a) & zzyx(b & uuu(c";
    let places: Vec<&str> = read_request(text)
        .unwrap_err()
        .iter()
        .map(|fault| &text[fault.at.clone()])
        .collect();
    assert_eq!(places, ["qrxv", "zzyx", "(", "uuu", "("]);
}

/// Texts of 10,000 bytes at most that are read all through.
#[expect(clippy::too_many_lines, reason = "a table")]
fn long_texts() -> Vec<String> {
    let times = |piece: &str| piece.repeat(10_000 / piece.len());
    let in_call = |call: &str, piece: &str| {
        let room = 9_990 - call.len();
        format!("{call}({})", &piece.repeat(room / piece.len()))
    };
    let mut texts: Vec<String> = [
        "a",
        "a|",
        "a - ",
        "a&",
        "한",
        "a ",
        "(",
        ")",
        "in(",
        "(in(",
        "\"",
        "\"\"",
        "“",
        "a\"",
        "a;",
        "a=",
        "a:",
        ": ",
        "a,",
        "- ",
        "-",
        ".",
        "a.b(",
        "why(a, ",
        "firms|",
        "firms - ",
        "in(a)|",
        "\"a\"|",
        "makers(a)&",
    ]
    .map(times)
    .into();
    texts.extend(
        [
            ("compare", "a,"),
            ("compare", "firms,"),
            ("what_if", "a=1,"),
            ("what_if", "a=x,"),
            ("list", "kind: x, "),
            ("facts", "by: a, "),
            ("facts", "claim: x,"),
            ("facts", "words: x,"),
            ("facts", "qrxv: x,"),
            ("makers", "by: a, "),
            ("makers", "qrxv: a, "),
            ("supplies.from", "to: graphite, "),
            ("says.by", "what: kia, "),
            ("qrxv", "qrxv(a), "),
            ("dependents", "graphite, "),
        ]
        .map(|(call, piece)| in_call(call, piece)),
    );
    let deep = |call: &str, times: usize| format!("{}a{}", call.repeat(times), ")".repeat(times));
    texts.extend([
        deep("(", 63),
        deep("(", 64),
        deep("(", 65),
        deep("(", 4_000),
    ]);
    texts.extend([
        deep("in(", 64),
        deep("dependents(", 64),
        deep("makers(", 64),
        deep("in(", 65),
    ]);
    texts
}

/// How long a text may be.
const LONGEST: usize = 10_000;

/// What is written may be longer than what was read.
fn is_short(written: &str) -> bool {
    written.len() <= LONGEST && written.matches('|').count() < MOST_JOINED
}

/// As many sets as may be joined.
const MOST_JOINED: usize = 200;

fn joined(name: &str, mark: &str, times: usize) -> String {
    vec![name; times].join(mark)
}

/// Expressions that are as long and as deep as may be.
fn great_sets() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for mark in [" | ", " & ", " - "] {
        for name in [
            "good",
            "firms",
            "in(economy)",
            "makers(good)",
            "dependents(good, direct)",
        ] {
            let chain = joined(name, mark, MOST_JOINED);
            all.push(if chain.len() < 10_000 {
                chain
            } else {
                joined(name, mark, 200)
            });
        }
        // Right-deep as far as brackets go, and left-deep within.
        let inner = joined("good", mark, MOST_JOINED - 63);
        let (open, close) = (format!("good{mark}(").repeat(63), ")".repeat(63));
        all.push(format!("{open}{inner}{close}"));
    }
    all.push(format!(
        "{}{}{}",
        "in(".repeat(60),
        joined("economy", " | ", 200),
        ")".repeat(60)
    ));
    all.push(format!(
        "{}{}{}",
        "makers(".repeat(60),
        joined("good", " | ", 200),
        ")".repeat(60)
    ));
    all
}

fn world() -> World {
    let cited = r#"evidence: [Reported(doc: "d", at: "p1")]"#;
    let text = format!(
        r#"[Document(id: "d", title: "D", publisher: "P", date: "2025"),
            Firm(id: "firm", en: "Firm"), Material(id: "good", en: "Good"),
            Economy(id: "economy", en: "Economy"),
            Headquartered(firm: "firm", place: "economy", {cited}),
            Produces(by: "firm", good: "good", {cited}),
            Uses(by: "firm", good: "good", {cited})]"#
    );
    World::of_texts([("a.ron", text)]).unwrap()
}

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(1 << 20).spawn(work);
    thread.unwrap().join().unwrap();
}

#[test]
fn long_texts_are_read_on_a_small_stack_and_soon() {
    on_a_small_stack(|| {
        for text in long_texts() {
            assert!(text.len() <= 10_000, "{}", text.len());
            let begin = Instant::now();
            check(&text).unwrap();
            let time = begin.elapsed();
            assert!(time < Duration::from_secs(4), "{time:?}: {}", &text[..30]);
        }
    });
}

#[test]
fn great_sets_are_asked_on_a_small_stack() {
    on_a_small_stack(|| {
        let world = world();
        let catalogue = world.parts().catalogue;
        let names = Names::new(catalogue);
        for text in great_sets() {
            let request = read_request(&text).unwrap_or_else(|faults| panic!("{faults:?}"));
            assert_eq!(read_request(&request.to_string()).as_ref(), Ok(&request));
            let question = resolve_expression(catalogue, &names, &text, &request).unwrap();
            let answer = answer(&world, &question.value, Lang::En);
            assert!(answer.rows.len() < 4, "{text}");
            let file = RequestFile::new(&request, None);
            assert_eq!(RequestFile::from_json(&file.to_json()).as_ref(), Ok(&file));
            assert_eq!(resolve(catalogue, &names, &file.request), Ok(question));
        }
    });
}

#[test]
fn what_is_too_long_says_so() {
    let one_more = joined("a", "|", MOST_JOINED + 1);
    let faults = read_request(&one_more).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].message, "more than 200 sets are joined here");
    assert_eq!(faults[0].at, one_more.len() - 2..one_more.len() - 1);
    // The letter at the limit is two bytes long.
    let long = format!("{}é", "a".repeat(9_999));
    check_faults(&long, &read_request(&long).unwrap_err()).unwrap();
}

#[test]
fn many_unknown_names_are_soon_told() {
    let world = World::built_in().unwrap();
    let catalogue = world.parts().catalogue;
    let names = Names::new(catalogue);
    let many: Vec<String> = (0..40).map(|at| format!("qrxv{at}uuu zzyx")).collect();
    let text = many.join(" | ");
    let begin = Instant::now();
    let request = read_request(&text).unwrap();
    let troubles = resolve_expression(catalogue, &names, &text, &request).unwrap_err();
    assert_eq!(troubles.len(), many.len());
    let time = begin.elapsed();
    assert!(time < Duration::from_secs(10), "{time:?}");
}

fn refused(json: &str) -> String {
    let bad = RequestFile::from_json(json).unwrap_err();
    assert!(!bad.hint.is_empty(), "{json}");
    bad.message
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn json_that_is_no_request_is_refused() {
    let of = |request: &str| format!(r#"{{"format": 1, "request": {request}}}"#);
    for (json, message) in [
        ("", "it does not begin with {"),
        ("nonsense", "it does not begin with {"),
        ("[]", "it does not begin with {"),
        ("exposure(kia)\n\n{}", "it does not begin with {"),
        ("{}", "it does not say of which format it is"),
        (
            r#"{"request": "overview"}"#,
            "it does not say of which format it is",
        ),
        (
            r#"{"format": null, "request": "overview"}"#,
            "it does not say",
        ),
        (
            r#"{"format": 0, "request": "overview"}"#,
            "a request of format 0 can’t be read",
        ),
        (
            r#"{"format": 2, "request": {"new": 1}, "x": 3}"#,
            "a request of format 2 can’t be read",
        ),
        (
            r#"{"format": "1", "request": "overview"}"#,
            "the text \"1\" can’t stand here",
        ),
        (
            r#"{"format": -1, "request": "overview"}"#,
            "the number -1 can’t stand here",
        ),
        (
            r#"{"format": 1.5, "request": "overview"}"#,
            "the number 1.5 can’t stand here",
        ),
        (
            r#"{"format": 1, "format": 1, "request": "overview"}"#,
            "the field “format” stands here twice",
        ),
        (r#"{"format": 1}"#, "the field “request” is missing"),
        (
            r#"{"format": 1, "request": "overview"} x"#,
            "something stands behind its end",
        ),
        (
            r#"{"format": 1, "request": "overview", "asof": "2023"}"#,
            "there is no field “asof” here",
        ),
        (
            r#"{"format": 1, "request": "overview", "as-of": "soon"}"#,
            "“soon” is no date",
        ),
        (
            r#"{"format": 1, "request": "overview", "as-of": 2023}"#,
            "the number 2023 can’t stand here",
        ),
        (
            r#"{"format": 1, "request": "overview"#,
            "it ends before it is whole",
        ),
    ] {
        let refused = refused(json);
        assert!(refused.starts_with(message), "{json}: {refused}");
    }
    for (request, message) in [
        (r#""qrxv""#, "no question is called “qrxv”"),
        (r#"{"why": {"from": "kia"}}"#, "the field “to” is missing"),
        (
            r#"{"why": {"from": "kia", "to": 3}}"#,
            "the number 3 can’t stand here",
        ),
        (
            r#"{"why": {"from": "kia", "to": ["a"]}}"#,
            "a list in [ ] can’t stand here",
        ),
        (
            r#"{"why": {"from": "kia", "to": "b", "most": -1}}"#,
            "the number -1 can’t stand here",
        ),
        (
            r#"{"why": {"from": "kia", "to": "b", "by": "c"}}"#,
            "there is no field “by” here",
        ),
        (
            r#"{"show": {"of": "a"}, "find": {"text": "b"}}"#,
            "it holds 2 questions",
        ),
        ("3", "what stands behind “request” is no question"),
        ("{}", "it holds 0 questions"),
        (r#"{"overview": {}}"#, "an object in { } can’t stand here"),
        (r#"{"exposre": {}}"#, "no question is called “exposre”"),
        (
            r#"{"what-if": {"cuts": [{"of": "a", "part": 1e400}]}}"#,
            "this number is too large",
        ),
        (
            r#"{"what-if": {"cuts": [{"of": "a", "part": "half"}]}}"#,
            "the text \"half\" can’t stand here",
        ),
        (
            r#"{"what-if": {"cuts": [{"of": "a", "part": null}]}}"#,
            "null can’t stand here",
        ),
        (
            r#"{"what-if": {"cuts": [{"of": "a", "of": "b"}]}}"#,
            "the field “of” stands here twice",
        ),
        (
            r#"{"what-if": {"cuts": [{"of": "a", "all": true}]}}"#,
            "there is no field “all” here",
        ),
        (
            r#"{"list": {"kind": ["frims"]}}"#,
            "“frims” is no kind of entities",
        ),
        (r#"{"facts": {"measure": ["war"]}}"#, "“war” is no measure"),
        (r#"{"facts": {"status": "sure"}}"#, "no such word: sure"),
        (
            r#"{"facts": {"roles": [["qrxv", "a"]]}}"#,
            "no such word: qrxv",
        ),
        (
            r#"{"facts": {"roles": {"by": "a"}}}"#,
            "an object in { } can’t stand here",
        ),
        (
            r#"{"facts": {"when": "2023"}}"#,
            "there is no field “when” here",
        ),
        (r#"{"figures": {"period": "soon"}}"#, "“soon” is no time"),
        (
            r#"{"count": {"set": "a", "include": ["qrxv"]}}"#,
            "“qrxv” can’t be included",
        ),
        (
            r#"{"dependents": {"of": "a", "rows": {"depth": 1.5}}}"#,
            "the number 1.5 can’t stand here",
        ),
        (
            r#"{"dependents": {"of": "a", "rows": {"kinds": []}}}"#,
            "there is no field “kinds” here",
        ),
    ] {
        let refused = refused(&of(request));
        assert!(refused.starts_with(message), "{request}: {refused}");
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(&of(&deep)), "this is no JSON here");
    let of_deep = of(&format!(r#"{{"show": {{"of": {deep}}}}}"#));
    assert!(refused(&of_deep).starts_with("a list in [ ] can’t stand here"));
    let beside = format!(r#"{{"format": 1, "request": "overview", "x": {deep}}}"#);
    assert!(!refused(&beside).is_empty());
}

#[test]
fn what_json_says_of_numbers_and_sets_is_checked_all_at_once() {
    let world = world();
    let catalogue = world.parts().catalogue;
    let names = Names::new(catalogue);
    let troubles = |request: &Written| -> Vec<String> {
        let troubles = resolve(catalogue, &names, request).unwrap_err();
        troubles.iter().map(|it| it.fault.to_string()).collect()
    };
    let read = |request: &str| {
        let json = format!(r#"{{"format": 1, "request": {request}}}"#);
        troubles(&RequestFile::from_json(&json).unwrap().request)
    };
    assert_eq!(
        read(r#"{"why": {"from": "qrxv", "to": "firms &", "most": 101}}"#),
        [
            "101 chains can’t be shown",
            "nothing in the data is named “qrxv”",
            "a set is wanted here, not the end",
        ]
    );
    assert_eq!(
        read(
            r#"{"what-if": {"cuts": [{"of": "good", "part": 1.5}, {"of": "in(", "part": -0.1}]}}"#
        ),
        [
            "“1.5” does not say how much is cut",
            "“-0.1” does not say how much is cut",
            "this bracket is never closed",
        ]
    );
    assert_eq!(read(r#"{"what-if": {"cuts": []}}"#), ["nothing is cut"]);
    assert_eq!(
        read(r#"{"compare": {"sets": ["firms"]}}"#),
        ["there is nothing to compare with"]
    );
    assert_eq!(
        read(r#"{"select": {"set": ""}}"#),
        ["a set is wanted here, not the end"]
    );
    let cut = |part| {
        let of = "good".to_owned();
        troubles(&Request::WhatIf {
            cuts: vec![Cut { of, part }],
            filter: Default::default(),
            follow: Default::default(),
        })
    };
    for part in [
        f64::NAN,
        f64::INFINITY,
        -f64::MIN_POSITIVE,
        1.0 + f64::EPSILON,
    ] {
        assert_eq!(cut(part).len(), 1, "{part}");
    }
}

/// A name that is looked up without regard to marks is none for a text that has operators.
#[test]
fn operators_are_no_part_of_a_name_that_has_none() {
    let world = world();
    let catalogue = world.parts().catalogue;
    let names = Names::new(catalogue);
    for text in [
        "firm | good",
        "firm & good",
        "firm - good",
        "(firm) | good",
        "firm|good",
        "economy & good",
    ] {
        let show = |of: &str| Written::Dependents {
            of: of.to_owned(),
            filter: Default::default(),
            follow: Default::default(),
        };
        let found = resolve(catalogue, &names, &show(text)).unwrap().value;
        let Request::Dependents { of, .. } = found else {
            unreachable!("it was asked for dependents")
        };
        assert_eq!(of.one(), None, "{text}");
        let supply = resolve(catalogue, &names, &show("firm good"))
            .unwrap()
            .value;
        assert!(matches!(supply, Request::Dependents { of, .. } if of.one().is_some()));
    }
}
