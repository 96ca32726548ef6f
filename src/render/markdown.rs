//! Answers as Markdown, for reports and issues.

use super::Layout;
use super::caveats::{Footnotes, warnings};
use super::instead::{DOCUMENTED_INSTEAD, facts, words};
use super::lines::{
    OtherSources, bound_words, by_group, capitalised, cause, citation, coverage, dates, distance,
    elsewhere, lost, mark, name, nothing, omitted, omitted_here, others, term_words,
};
use super::plain::plain;
use crate::query::{Answer, Cause, Derivation, EntityView, ReadingView, Row, RowProof, Step};

/// Writes an answer as Markdown.
pub(super) fn markdown(answer: &Answer, layout: &Layout) -> String {
    let mut text = format!("# {}\n", escape(&answer.title));
    let mut footnotes = Footnotes::default();
    for note in &answer.notes {
        text += &format!("\n*{}*\n", escape(note));
    }
    if answer.rows.is_empty() {
        text += &format!("\n{}\n", nothing(answer));
    }
    for rows in [&answer.rows, &answer.aside] {
        for (group, rows) in by_group(rows) {
            text += &if group.is_empty() {
                "\n".to_owned()
            } else {
                format!("\n## {group}\n\n")
            };
            for row in rows {
                text += &row_lines(answer, row, layout, &mut footnotes);
            }
        }
    }
    text += &instead_lines(answer);
    text += &footnote_lines(&footnotes);
    let foot = format!("{} {}", escape(&answer.method), coverage(answer));
    text += &format!("\n*{}*\n", foot.trim_end());
    if !answer.documents.is_empty() {
        text += "\n## Documents\n\n";
    }
    for (id, document) in &answer.documents {
        text += &format!(
            "- `{id}`: {}. {}, {}\n",
            escape(&document.title),
            escape(&document.publisher),
            escape(&document.date)
        );
    }
    text
}

/// What is documented instead of an answer.
fn instead_lines(answer: &Answer) -> String {
    if answer.instead.is_empty() {
        return String::new();
    }
    let mut text = format!("\n## {DOCUMENTED_INSTEAD}\n\n");
    for instead in &answer.instead {
        text += &format!("- {}\n", escape(&words(instead)));
        text += &facts(instead)
            .map(|(reading, _)| format!("  - {}\n", reading_words(answer, reading)))
            .collect::<String>();
    }
    text
}

fn footnote_lines(footnotes: &Footnotes) -> String {
    footnotes
        .list()
        .map(|(letter, words)| format!("\n**Caveat {letter}:** {}\n", escape(&words)))
        .collect()
}

fn row_lines(answer: &Answer, row: &Row, layout: &Layout, footnotes: &mut Footnotes) -> String {
    let mut text = String::new();
    if let Some(entity) = &row.entity {
        let caveats = if layout.proofs {
            String::new()
        } else {
            footnotes.of(answer, row)
        };
        text += &head_line(row, entity, caveats);
    }
    if let Some(document) = &row.document {
        text += &format!("- `{document}`\n");
    }
    let is_about_something = row.entity.is_some() || row.document.is_some();
    let indent = if is_about_something || !row.facts.is_empty() {
        "  "
    } else {
        ""
    };
    let remarks: String = row
        .remarks
        .iter()
        .map(|remark| format!("{indent}- {}\n", escape(remark)))
        .collect();
    if row.facts.is_empty() {
        text += &remarks;
    }
    for step in row.steps.iter().filter(|_| layout.proofs) {
        text += &step_lines(answer, 2, step);
    }
    for proof in row.proofs.iter().filter(|_| layout.proofs) {
        text += &proof_lines(answer, row, proof);
    }
    for OtherSources { words, facts } in elsewhere(answer, row) {
        text += &format!("  - {}\n", escape(&words));
        for reading in facts.into_iter().filter(|_| layout.proofs) {
            text += &format!("    - {}\n", reading_words(answer, reading));
        }
    }
    for derivation in &row.derivations {
        text += &format!("  - {}\n", escape(&bound_words(derivation)));
        text += &cause_lines(answer, 4, derivation);
        text += &item(4, omitted(derivation));
    }
    for reading in &row.facts {
        let date = row
            .date
            .as_ref()
            .map(|date| format!("**{}** ", escape(date)))
            .unwrap_or_default();
        text += &format!("- {date}{}\n", reading_words(answer, reading));
    }
    if !row.facts.is_empty() {
        text += &remarks;
    }
    text
}

/// The line that names what a row is about.
fn head_line(row: &Row, entity: &EntityView, caveats: String) -> String {
    let distance = distance(row);
    let about = if distance.is_empty() {
        [entity.id.clone(), String::new()]
    } else {
        [entity.kind.noun().to_owned(), distance]
    };
    let parts = lost(row).into_iter().chain(about).chain([caveats]);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    format!("- **{}** ({})\n", escape(&name(row)), parts.join(", "))
}

/// The facts of a step, numbered.
fn step_lines(answer: &Answer, indent: usize, step: &Step) -> String {
    let marks = others(step).into_iter().chain(mark(step));
    let marks: String = marks.map(|mark| format!(" *{mark}*")).collect();
    let readings = step.facts.iter().chain(&step.figures);
    let line = |reading| {
        let words = reading_words(answer, reading);
        format!("{:indent$}1. {words}{marks}\n", "")
    };
    readings.map(line).collect()
}

/// A chain or facts, with the set in which they put the row where there are several.
fn proof_lines(answer: &Answer, row: &Row, proof: &RowProof) -> String {
    let label = row.label(proof);
    let indent = if label.is_some() { 4 } else { 2 };
    let of = label.map(|set| format!("  - in {}:\n", escape(set)));
    let steps = proof
        .steps
        .iter()
        .map(|step| step_lines(answer, indent, step));
    let fact = |reading| format!("{:indent$}- {}\n", "", reading_words(answer, reading));
    of.into_iter()
        .chain(steps)
        .chain(proof.facts.iter().map(fact))
        .collect()
}

/// What gives a bound, as a nested list.
fn cause_lines(answer: &Answer, indent: usize, derivation: &Derivation) -> String {
    let Cause::Need { terms, omitted, .. } = &derivation.by else {
        return format!("{:indent$}- {}\n", "", cause(&derivation.by));
    };
    let mut text = String::new();
    for term in terms {
        text += &format!(
            "{:indent$}- {}\n",
            "",
            escape(&term_words(derivation.side, term))
        );
        for reading in term.step.facts.iter().chain(&term.step.figures) {
            text += &format!(
                "{:1$}- {2}\n",
                "",
                indent + 2,
                reading_words(answer, reading)
            );
        }
        text += &cause_lines(answer, indent + 2, &term.of);
    }
    text + &item(indent, omitted_here(*omitted))
}

/// Some words as an item of a list, if there are any.
fn item(indent: usize, words: Option<String>) -> String {
    words
        .map(|words| format!("{:indent$}- {}\n", "", escape(&words)))
        .unwrap_or_default()
}

fn reading_words(answer: &Answer, reading: &ReadingView) -> String {
    let Some(fact) = answer.facts.get(&reading.fact) else {
        return escape(&reading.text);
    };
    let dates = dates(fact);
    let dates = if dates.is_empty() {
        dates
    } else {
        format!(" ({})", escape(&dates))
    };
    let warning =
        |(word, words): (&str, &str)| format!(" **{}:** {}", capitalised(word), escape(words));
    let warnings: String = warnings(fact).map(warning).collect();
    format!(
        "{}{dates} [{}]{warnings}",
        escape(&reading.text),
        escape(&citation(fact))
    )
}

/// Letters that mean something in Markdown or in HTML wherever they stand.
const MARKS: &str = "\\`*_[]<>|#&~$@";

/// Keeps a text from being read as Markdown or HTML: it is one line of words, whatever it begins
/// with and whatever stands in it.
fn escape(text: &str) -> String {
    let text = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        if MARKS.contains(letter) || begins_list(&text, at) || begins_address(&text, at) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Whether the letter makes of what it stands in, or of the number before it, the beginning of a
/// list, a rule or a heading.
fn begins_list(text: &str, at: usize) -> bool {
    match text.as_bytes()[at] {
        b'-' | b'+' | b'=' => at == 0,
        b'.' | b')' => at > 0 && text[..at].bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// Whether the letter is the one without which a bare address would be no link: `https:` and
/// `www.`.
fn begins_address(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let follows = |word: &str| {
        let start = before.len().checked_sub(word.len());
        start
            .and_then(|start| before.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    let is_scheme = || {
        ["http", "https", "ftp", "mailto", "xmpp"]
            .iter()
            .any(|scheme| follows(scheme))
    };
    rest.starts_with(':') && is_scheme() || rest.starts_with('.') && follows("www")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line_of_words() {
        for (text, escaped) in [
            ("T\r- item\r\n---\n    code", "T - item --- code"),
            ("  - item", "\\- item"),
            ("+ 1", "\\+ 1"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("12. item", "12\\. item"),
            ("3) item", "3\\) item"),
            ("2.5 times (or 3)", "2\\.5 times (or 3)"),
            ("&lt;b&gt; ~~x~~ $x$", "\\&lt;b\\&gt; \\~\\~x\\~\\~ \\$x\\$"),
            (
                "see HTTPS://a.b, www.a.b or a@b.c",
                "see HTTPS\\://a.b, www\\.a.b or a\\@b.c",
            ),
            ("<b>*_`[a](b)|#", "\\<b\\>\\*\\_\\`\\[a\\](b)\\|\\#"),
            (
                "produces:china:graphite 흑연",
                "produces:china:graphite 흑연",
            ),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }
}
