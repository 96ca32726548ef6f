//! The HTML page in Chromium: what a reader does with it, by mouse and by keyboard. Without
//! Chromium and chromedriver the tests say that they are skipped; with `CI` set that is a failure.

mod webdriver;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use webdriver::{Browser, DOWN, ENTER, ESCAPE, RIGHT, TAB, Wishes};

/// A page in a folder of its own, which goes with it.
struct Page(PathBuf);

impl Page {
    /// Draws the answer to a question from a folder of facts.
    fn draw(data: &Path, question: &[&str]) -> Page {
        Page::draw_of(
            &["--no-builtin", "--data", &data.display().to_string()],
            question,
        )
    }

    /// Draws the answer to a question from the facts that come with hanjung.
    fn draw_built_in(question: &[&str]) -> Page {
        Page::draw_of(&[], question)
    }

    fn draw_of(options: &[&str], question: &[&str]) -> Page {
        static NEXT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("hanjung-page-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the page");
        let page = Page(folder.join("page.html"));
        let mut hanjung = Command::new(env!("CARGO_BIN_EXE_hanjung"));
        hanjung
            .args(options)
            .arg("render")
            .args(question)
            .arg("-o")
            .arg(&page.0);
        let output = hanjung.output().expect("hanjung can be run");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        page
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().expect("a page is in a folder"));
    }
}

fn facts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/data")
}

/// The dependents of China in the small facts, in a browser; none where there is no browser.
fn dependents(state: &str) -> Option<(Browser, Page)> {
    let browser = Browser::start(Wishes::default())?;
    let page = Page::draw(&facts(), &["dependents", "china", "--include", "plans"]);
    browser.open(&page.0, state);
    Some((browser, page))
}

/// Finds parts of the drawing by what they are called.
fn part(name: &str) -> String {
    format!("#drawing [aria-label^='{name}']")
}

const PANEL: &str = "document.querySelector('#panel').innerText";
const TITLE: &str = "document.querySelector('#panel h2')?.textContent";
const FOCUS: &str = "document.activeElement.getAttribute('aria-label')";
const SHOWN: &str = "document.querySelectorAll('#drawing .arrow:not(.gone)').length";

/// Waits until the panel is about something.
fn panel_shows(browser: &Browser, title: &str) {
    browser.wait(&format!("{TITLE} === {title:?}"));
}

#[test]
fn it_opens_without_complaint_and_fetches_nothing() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    assert_eq!(browser.complaints(), [""; 0]);
    assert_eq!(
        browser.value("performance.getEntriesByType('resource').length"),
        json!(0)
    );
    assert_eq!(
        browser.text("document.querySelector('h1').textContent"),
        "Who depends on China"
    );
    // That the policy holds at all: what is added to the page does not run.
    browser.value(
        "(() => { const script = document.createElement('style'); script.append('body { margin: 77px }'); document.head.append(script); })()",
    );
    assert_ne!(
        browser.text("getComputedStyle(document.body).marginTop"),
        "77px"
    );
    assert!(
        browser
            .complaints()
            .iter()
            .any(|line| line.contains("Content Security Policy"))
    );
}

#[test]
fn names_are_found_in_three_scripts_and_by_alias() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    for (words, name) in [
        ("Graphite An", "graphite anode"),
        ("음극", "graphite anode"),
        ("负极", "graphite anode"),
        ("ＥＶ", "electric vehicle"),
        ("acme", "Acme Batteries"),
    ] {
        browser.click("#find");
        browser.value("document.querySelector('#find').select()");
        browser.keys(words);
        browser.wait(&format!(
            "document.querySelector('#found button')?.textContent.includes({name:?})"
        ));
        browser.wait("document.querySelector('#said').textContent.includes('found')");
        browser.keys(ENTER);
        browser.wait(&format!("{TITLE}?.includes({name:?})"));
    }
    browser.click("#find");
    browser.value("document.querySelector('#find').select()");
    browser.keys("unheard of");
    browser.wait("document.querySelector('#said').textContent === 'Nothing found.'");
}

#[test]
fn a_click_on_a_box_shows_its_profile() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    browser.click(&part("graphite anode, product"));
    panel_shows(&browser, "graphite anode");
    let panel = browser.text(PANEL);
    for words in [
        "product",
        "흑연 음극",
        "石墨负极",
        "What it depends on",
        "graphite",
        "What depends on it",
        "battery",
        "goes into",
    ] {
        assert!(panel.contains(words), "{words}: {panel}");
    }
    browser.click("#panel [data-arrow]");
    browser.wait("document.querySelector('#panel .sentence')");
}

#[test]
fn a_click_on_an_arrow_shows_its_facts_with_document_and_passage() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    browser.click_on_line(&format!(
        "{} .line",
        part("graphite anode goes into battery")
    ));
    panel_shows(&browser, "graphite anode goes into battery");
    let panel = browser.text(PANEL);
    for words in [
        "Needs",
        "reported",
        "Batteries and chips",
        "Example Institute",
        "2025-03-01",
        "p2",
        "worked-example.ron",
    ] {
        assert!(panel.contains(words), "{words}: {panel}");
    }
    browser.click("#panel .close");
    browser.wait(&format!("!{TITLE}"));
}

#[test]
fn filters_hide_what_they_are_told_to() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    let all = browser.value(SHOWN).as_u64().unwrap();
    let rows = "document.querySelectorAll('#rows tr[data-kind]:not([hidden])').length";
    let all_rows = browser.value(rows).as_u64().unwrap();
    for filter in [
        "[name=kind][value=product]",
        "[name=status][value=reported]",
        "[name=document][value=report]",
    ] {
        browser.click("#filter summary");
        browser.click(&format!("#filter {filter}"));
        browser.wait(&format!("{SHOWN} < {all} && {rows} < {all_rows}"));
        browser.wait("document.querySelector('#said').textContent.includes('shown')");
        browser.click("#reset");
        browser.wait(&format!("{SHOWN} === {all} && {rows} === {all_rows}"));
    }
}

/// Ore from China, a part of it that a curator infers, and a car with its maker; half of all ore is
/// from China.
const INFERRED: &str = r#"[
Document(id: "doc", title: "Of ore", publisher: "Institute", date: "2025-01-01", passages: ["p1", "p2"]),
Document(id: "figures", title: "Figures", publisher: "Institute", date: "2025-01-01", passages: ["p1"]),
Economy(id: "china", en: "China"),
Material(id: "ore", en: "ore"),
Product(id: "part", en: "part"),
Product(id: "car", en: "car"),
Firm(id: "acme", en: "Acme"),
Produces(by: "china", good: "ore", world_share: Exactly(0.5), evidence: [Reported(doc: "doc", at: "p1")]),
Needs(good: "part", input: "ore", evidence: [InferredByCurator(why: "it is said to be of ore")]),
Needs(good: "car", input: "part", evidence: [Reported(doc: "doc", at: "p2")]),
Produces(by: "acme", good: "car", evidence: [Reported(doc: "figures", at: "p1")]),
]"#;

fn inferred() -> Page {
    static NEXT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("hanjung-inferred-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the facts");
    std::fs::write(folder.join("facts.ron"), INFERRED).expect("the facts can be written");
    let page = Page::draw(&folder, &["exposure", "--to", "china"]);
    let _ = std::fs::remove_dir_all(&folder);
    page
}

/// Whether what is seen of a box counts no more, by the name of the box.
fn is_off(browser: &Browser, name: &str) -> bool {
    browser.value(&format!(
        "document.querySelector({:?}).classList.contains('off')",
        part(name)
    )) == json!(true)
}

const STRUCK: &str = "[...document.querySelectorAll('#drawing .node.off .remark')]
    .filter((words) => !getComputedStyle(words).textDecorationLine.includes('line-through')).length";

#[test]
fn what_a_filter_leaves_without_its_chain_no_longer_counts_on_screen_and_on_paper() {
    let Some(browser) = Browser::start(Wishes::default()) else {
        return;
    };
    let page = inferred();
    browser.open(&page.0, "#no-status=inferred-by-curator");
    assert!(
        is_off(&browser, "part, product")
            && is_off(&browser, "car, product")
            && is_off(&browser, "Acme, firm")
    );
    assert!(!is_off(&browser, "ore, material") && !is_off(&browser, "ore from China"));
    let label = browser.text(&format!(
        "document.querySelector({:?}).getAttribute('aria-label')",
        part("car, product")
    ));
    assert!(label.contains("not supported under this filter"), "{label}");
    let rows = "[...document.querySelectorAll('#rows tr[data-kind]:not([hidden]) .of')].map((name) => name.textContent).join()";
    assert_eq!(browser.text(rows), "ore");
    for media in ["screen", "print"] {
        browser.emulate(900, 1100, "light", media);
        assert!(
            browser
                .value("document.querySelectorAll('#drawing .node.off .remark').length")
                .as_u64()
                > Some(0)
        );
        assert_eq!(browser.value(STRUCK), json!(0), "{media}");
        let faint =
            "Number(getComputedStyle(document.querySelector('#drawing .node.off')).opacity) < 0.6";
        browser.wait(faint);
        let words = browser.text("document.querySelector('#filter-set').innerText");
        assert!(
            words.contains("A filter is set: without evidence that is inferred-by-curator"),
            "{media}: {words}"
        );
        assert!(
            words.contains("4 of 5 rows") && words.contains("are grey"),
            "{media}: {words}"
        );
        let seen = "document.querySelector('#filter-set').getClientRects().length > 0";
        assert_eq!(browser.value(seen), json!(true), "{media}");
    }
    browser.open(&page.0, "");
    assert_eq!(
        browser.value("document.querySelectorAll('.off, .no-loss').length"),
        json!(0)
    );
    assert_eq!(
        browser.text("document.querySelector('#filter-set').innerText"),
        ""
    );
}

/// Boxes that count although no visible arrows lead to them from what is asked about, and rows that
/// say other than their boxes do.
const UNSUPPORTED: &str = "(() => {
    const { nodes, arrows } = JSON.parse(document.querySelector('#data').textContent);
    const is = (id, name) => document.getElementById(id).classList.contains(name);
    const reached = new Set(nodes.map((_, ix) => ix).filter((ix) => nodes[ix].asked));
    for (let size = -1; size !== reached.size;) {
      size = reached.size;
      arrows.forEach(({ from, to }, ix) => { if (!is(`a${ix}`, 'gone') && reached.has(from)) reached.add(to); });
    }
    const counts = (ix) => !is(`n${ix}`, 'gone') && !is(`n${ix}`, 'off');
    const cut = nodes.filter((_, ix) => counts(ix) && !reached.has(ix)).map((node) => node.name);
    const apart = [...document.querySelectorAll('#rows tr[data-node]:not([data-member])')]
      .filter((row) => row.dataset.needs && row.hidden === counts(Number(row.dataset.node))).map((row) => row.innerText);
    return JSON.stringify({ cut, apart });
  })()";

#[test]
fn under_every_filter_picture_and_table_agree_and_what_counts_hangs_on_what_is_asked_about() {
    let Some(browser) = Browser::start(Wishes::default()) else {
        return;
    };
    for question in [
        &["exposure", "--to", "china"][..],
        &["dependents", "graphite"],
    ] {
        let page = Page::draw_built_in(question);
        browser.open(&page.0, "");
        let filters = "[...document.querySelectorAll('#filter input[type=checkbox]')].map((box) => `no-${box.name}=${box.value}`).join(' ')";
        let filters = browser.text(filters);
        for filter in filters
            .split(' ')
            .chain(["date=2023-01-01", "date=2025-03-01"])
        {
            browser.open(&page.0, &format!("#{filter}"));
            assert_eq!(
                browser.text(UNSUPPORTED),
                r#"{"cut":[],"apart":[]}"#,
                "{question:?} {filter}"
            );
        }
    }
}

#[test]
fn as_of_a_date_later_facts_are_hidden() {
    let Some((browser, page)) = dependents("#date=2025-02-28") else {
        return;
    };
    let gone = |name| {
        format!(
            "document.querySelector({:?}).classList.contains('gone')",
            part(name)
        )
    };
    let (made, needed) = (
        gone("graphite from China is part of"),
        gone("graphite anode goes into battery"),
    );
    assert_eq!(browser.value(&made), json!(true));
    assert_eq!(
        browser.value(&needed),
        json!(false),
        "what goes into what holds at every date"
    );
    assert_eq!(
        browser.text("document.querySelector('#date').value"),
        "2025-02-28"
    );
    browser.open(&page.0, "#date=2025-03-01");
    assert_eq!(browser.value(&made), json!(false));
}

#[test]
fn a_fact_that_was_perhaps_known_by_the_date_says_so() {
    let Some(browser) = Browser::start(Wishes::default()) else {
        return;
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens/ties");
    let page = Page::draw(&folder, &["dependents", "cell"]);
    for (date, is_open) in [("2024-06-15", true), ("2024-12-31", false)] {
        browser.open(&page.0, &format!("#date={date}"));
        browser.click_on_line(&format!(
            "{} .line",
            part("battery cell from cell makers of the South Land made by")
        ));
        browser.wait("document.querySelector('#panel .sentence')");
        assert_eq!(
            browser.text(PANEL).contains(&format!("perhaps by {date}")),
            is_open,
            "{date}"
        );
    }
}

#[test]
fn all_shortest_chains_from_here_to_there_are_lit() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    browser.click(&part("graphite, material"));
    panel_shows(&browser, "graphite");
    browser.click("#panel .buttons button");
    browser.wait("document.activeElement.id === 'to'");
    browser.keys("electric vehicle");
    browser.keys(ENTER);
    browser.wait("document.querySelectorAll('#drawing .arrow.lit').length > 0");
    let is_lit = |name: &str| {
        browser.value(&format!(
            "document.querySelector({:?}).classList.contains('lit')",
            part(name)
        ))
    };
    for arrow in [
        "graphite goes into graphite anode",
        "graphite anode goes into battery",
        "battery goes into electric vehicle",
    ] {
        assert_eq!(is_lit(arrow), json!(true), "{arrow}");
    }
    assert_eq!(is_lit("Acme Batteries"), json!(false));
    assert!(
        browser
            .text("document.querySelector('#said').textContent")
            .contains("3 arrows long")
    );
    browser.keys(ESCAPE);
    browser.click("#reset");
    browser.wait("document.querySelectorAll('#drawing .lit, #drawing .dim').length === 0");
}

#[test]
fn it_can_be_used_by_keyboard_alone() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    browser.value("document.querySelector('#canvas').focus()");
    let view = "document.querySelector('#drawing').getAttribute('viewBox')";
    let before = browser.text(view);
    browser.keys("+");
    browser.wait(&format!("{view} !== {before:?}"));
    let zoomed = browser.text(view);
    browser.keys(RIGHT);
    browser.wait(&format!("{view} !== {zoomed:?}"));
    browser.keys("0");
    browser.keys(TAB);
    browser.wait(&format!("{FOCUS}?.includes(',')"));
    let first = browser.text(FOCUS);
    browser.keys(DOWN);
    browser.wait(&format!("{FOCUS} !== {first:?}"));
    let arrow = browser.text(FOCUS);
    browser.keys(ENTER);
    browser.wait(&format!("{arrow:?}.startsWith({TITLE})"));
    browser.keys(RIGHT);
    browser.wait(&format!("{FOCUS} !== {arrow:?}"));
    browser.keys(ENTER);
    browser.wait("document.querySelector('#panel').innerText.includes('What it depends on')");
    browser.keys(ESCAPE);
    browser.wait(&format!("!{TITLE}"));
    assert_ne!(
        browser
            .text("getComputedStyle(document.activeElement.querySelector('.halo')).strokeOpacity"),
        "0"
    );
}

#[test]
fn every_control_can_be_reached_by_tab_and_has_a_name() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    browser.value("document.querySelector('nav a').focus()");
    let mut seen = Vec::new();
    for _ in 0..9 {
        browser.keys(TAB);
        seen.push(
            browser.text("document.activeElement.id || document.activeElement.parentNode.id"),
        );
    }
    for id in [
        "find", "filter", "chain", "zoom-out", "zoom-in", "zoom-all", "reset",
    ] {
        assert!(seen.iter().any(|known| known == id), "{id}: {seen:?}");
    }
    let nameless = "[...document.querySelectorAll('button, input, select, [role=button], [role=group], [tabindex]')]
        .filter((part) => !(part.textContent.trim() || part.getAttribute('aria-label') || part.labels?.length || part.getAttribute('aria-labelledby'))).length";
    assert_eq!(browser.value(nameless), json!(0));
}

#[test]
fn the_mouse_moves_and_zooms_the_diagram() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    let view = "document.querySelector('#drawing').getAttribute('viewBox')";
    let at = browser.value("(() => { const box = document.querySelector('#canvas').getBoundingClientRect(); return [Math.round(box.left + 30), Math.round(box.bottom - 20)]; })()");
    let at = (at[0].as_i64().unwrap(), at[1].as_i64().unwrap());
    let before = browser.text(view);
    browser.drag(&[at, (at.0 + 20, at.1 - 5), (at.0 + 80, at.1 - 40)]);
    browser.wait(&format!("{view} !== {before:?}"));
    let moved = browser.text(view);
    browser.wait("location.hash.includes('view=')");
    browser.value("document.querySelector('#canvas').focus()");
    browser.wheel(at, -200);
    browser.wait(&format!("{view} !== {moved:?}"));
    assert_eq!(browser.text(&format!("{TITLE} ?? ''")), "");
}

#[test]
fn two_fingers_zoom_in_as_they_part() {
    let Some((browser, _page)) = dependents("") else {
        return;
    };
    let width = "document.querySelector('#drawing').viewBox.baseVal.width";
    let at = browser.value(
        "(() => { const box = document.querySelector('#canvas').getBoundingClientRect();
          return [Math.round(box.left + box.width / 2), Math.round(box.bottom - 20)]; })()",
    );
    let (x, y) = (at[0].as_i64().unwrap(), at[1].as_i64().unwrap());
    let before = browser.value(width).as_f64().unwrap();
    browser.pinch([[(x - 40, y), (x - 120, y)], [(x + 40, y), (x + 120, y)]]);
    browser.wait(&format!("{width} < {before} * 0.6"));
}

#[test]
fn a_click_does_not_move_the_view() {
    let Some((browser, page)) = dependents("") else {
        return;
    };
    browser.emulate(440, 800, "light", "screen");
    browser.open(&page.0, "");
    let view = "document.querySelector('#drawing').getAttribute('viewBox')";
    let before = browser.text(view);
    let other = browser.text(
        "(() => { const room = document.querySelector('#canvas').getBoundingClientRect();
          const isIn = (box) => box.left > room.left && box.right < room.right && box.top > room.top && box.bottom < room.bottom;
          const boxes = [...document.querySelectorAll('#drawing .node')].filter((node) => isIn(node.getBoundingClientRect()));
          const right = (node) => node.getBoundingClientRect().right;
          return boxes.sort((one, other) => right(other) - right(one))[0].id; })()",
    );
    browser.click(&format!("#{other}"));
    browser.wait(TITLE);
    assert_eq!(browser.text(view), before);
    browser.keys(ESCAPE);
    browser.wait(&format!("!{TITLE}"));
    assert_eq!(browser.text(view), before);
}

#[test]
fn the_address_holds_the_state_and_back_goes_back() {
    let Some((browser, page)) = dependents("#node=good%2Fgraphite-anode&no-status=plan") else {
        return;
    };
    panel_shows(&browser, "graphite anode");
    browser.click(&part("battery, product"));
    panel_shows(&browser, "battery");
    let hash = browser.text("location.hash");
    assert!(hash.contains("battery"), "{hash}");
    browser.back();
    panel_shows(&browser, "graphite anode");
    browser.forward();
    panel_shows(&browser, "battery");
    browser.open(&page.0, &hash);
    panel_shows(&browser, "battery");
    browser.click("a[href='#sources']");
    panel_shows(&browser, "battery");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn addresses_that_make_no_sense_are_passed_over() {
    let Some((browser, page)) = dependents("") else {
        return;
    };
    let all = browser.value(SHOWN);
    for state in [
        "#=",
        "#node=nothing&arrow=&from=%",
        "#node=__proto__&no-kind=constructor&date=2025-99",
        "#view=NaN,1,2",
        "#view=1e999,,&date=x",
        "#view=1,2,3,4",
        "#no-status=%3Cimg%20src=x%20onerror=alert(1)%3E",
        "#%E0%A4%A=%%%&&&=&node",
        "#view=-1e300,1e300,0",
    ] {
        browser.open(&page.0, state);
        assert_eq!(browser.value(SHOWN), all, "{state}");
        assert_eq!(browser.complaints(), [""; 0], "{state}");
        let view = browser.text("document.querySelector('#drawing').getAttribute('viewBox')");
        assert!(
            view.split(' ')
                .all(|part| part.parse::<f64>().is_ok_and(f64::is_finite)),
            "{state}: {view}"
        );
    }
}

/// Names that would do harm where text is taken for markup or script.
const HOSTILE: [&str; 8] = [
    "</script><script>window.harmed = 1</script>",
    "<img src=x onerror=window.harmed=1>",
    "</title></style></svg><svg onload=window.harmed=1>",
    "\" onmouseover=window.harmed=1 x=\"",
    "' onfocus='window.harmed=1' autofocus='",
    "javascript:window.harmed=1",
    "]]><!--<script>window.harmed=1",
    "{{data}} ${window.harmed=1} &lt;b&gt;",
];

/// Facts in which every text is hostile.
fn hostile_facts() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("hanjung-hostile-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the facts");
    let quoted = |text: &str| format!("{text:?}");
    let mut facts = format!(
        "[Document(id: \"doc\", title: {0}, publisher: {0}, date: \"2025\", care: {0}, passages: [\"p1\"]),\n",
        quoted(HOSTILE[0])
    );
    for (ix, name) in HOSTILE.iter().enumerate() {
        let name = quoted(name);
        facts += &format!(
            "Material(id: \"m{ix}\", en: {name}, aliases: [{}]),\n",
            quoted(&format!("also {ix} {}", HOSTILE[1]))
        );
    }
    for (ix, text) in HOSTILE.iter().enumerate().skip(1) {
        let note = quoted(text);
        let evidence =
            format!("Reported(doc: \"doc\", at: \"p1\", by_unnamed: {note}, note: {note})");
        facts += &format!(
            "Needs(good: \"m{ix}\", input: \"m{}\", note: {note}, conflict: {note}, evidence: [{evidence}]),\n",
            ix - 1
        );
    }
    std::fs::write(folder.join("facts.ron"), facts + "]").expect("the facts can be written");
    folder
}

#[test]
fn hostile_names_do_nothing() {
    let Some(browser) = Browser::start(Wishes::default()) else {
        return;
    };
    let facts = hostile_facts();
    let page = Page::draw(&facts, &["dependents", "m0"]);
    let _ = std::fs::remove_dir_all(&facts);
    browser.open(&page.0, "");
    let boxes = browser
        .value("document.querySelectorAll('#drawing .node').length")
        .as_u64()
        .unwrap();
    let arrows = browser
        .value("document.querySelectorAll('#drawing .arrow').length")
        .as_u64()
        .unwrap();
    assert_eq!((boxes, arrows), (8, 7));
    browser.click("#find");
    browser.keys("also");
    browser.wait("document.querySelectorAll('#found button').length === 8");
    for (ix, name) in HOSTILE.into_iter().enumerate() {
        browser.open(&page.0, &format!("#node=good%2Fm{ix}"));
        panel_shows(&browser, name);
        if ix > 0 {
            browser.open(
                &page.0,
                &format!("#arrow=good%2Fm{}%3Egood%2Fm{ix}", ix - 1),
            );
            browser.wait("document.querySelector('#panel .sentence')");
        }
    }
    assert_eq!(browser.value("window.harmed === undefined"), json!(true));
    assert_eq!(
        browser.value("document.querySelectorAll('img, #drawing a, #drawing script').length"),
        json!(0)
    );
    assert_eq!(
        browser.value("document.querySelectorAll('script, style').length"),
        json!(3)
    );
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn without_scripts_diagram_table_and_sources_are_there() {
    let Some(browser) = Browser::start(Wishes { no_scripts: true }) else {
        return;
    };
    let page = Page::draw(&facts(), &["dependents", "china"]);
    browser.visit(&format!("file://{}", page.0.display()));
    assert_eq!(
        browser.value("document.body.dataset.ready === undefined"),
        json!(true)
    );
    let is_seen = |selector: &str| {
        browser.value(&format!(
            "document.querySelector({selector:?}).getClientRects().length > 0"
        ))
    };
    for selector in [
        "#drawing .node",
        "#rows tr[data-kind]",
        "#source-1",
        ".key li",
    ] {
        assert_eq!(is_seen(selector), json!(true), "{selector}");
    }
    for selector in ["#controls", "#panel", "#help"] {
        assert_eq!(is_seen(selector), json!(false), "{selector}");
    }
}

#[test]
fn it_fits_narrow_and_wide_screens_light_dark_and_paper_and_is_not_blank() {
    let Some((browser, page)) = dependents("") else {
        return;
    };
    let overflow = "document.documentElement.scrollWidth - innerWidth";
    for (width, scheme) in [
        (360, "light"),
        (360, "dark"),
        (900, "light"),
        (1600, "dark"),
    ] {
        browser.emulate(width, 900, scheme, "screen");
        browser.open(&page.0, "#node=good%2Fbattery");
        assert!(
            browser.value(overflow).as_i64().unwrap() <= 0,
            "{width} {scheme}"
        );
        let dark = browser.text("getComputedStyle(document.documentElement).backgroundColor");
        assert_eq!(dark == "rgb(255, 255, 255)", scheme == "light", "{dark}");
        assert_not_blank(&browser.screenshot(), width);
    }
    browser.emulate(800, 1100, "dark", "print");
    let hidden = "getComputedStyle(document.querySelector('#controls')).display";
    assert_eq!(browser.text(hidden), "none");
    assert_eq!(
        browser.text("getComputedStyle(document.querySelector('h1')).color"),
        "rgb(27, 29, 32)"
    );
}

/// A PNG of the width asked for that holds more than one colour would.
fn assert_not_blank(picture: &[u8], width: u32) {
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(picture[16..20], width.to_be_bytes());
    assert!(picture.len() > 20_000, "{width}: {}", picture.len());
}
