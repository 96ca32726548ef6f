//! Cuts the text of a file into its records, so that a fault in one does not hide those of the
//! next.

use std::ops::Range;

use super::vocabulary::record_form;

/// The records of a file as stretches of its text, and what is wrong with the list around them.
#[derive(Debug, Default, PartialEq)]
pub struct Split {
    /// One stretch for each record, without the commas between.
    pub items: Vec<Range<usize>>,
    /// What is wrong around the records, and at which byte.
    pub faults: Vec<(usize, &'static str)>,
    /// What a comment swallowed that never ends; empty where none does.
    pub swallowed: Range<usize>,
}

/// Cuts `[ record, record, … ]` into records. Where brackets or quotes don't match, the next line
/// that begins with a record's word and a `(` begins the next record.
///
/// One pass over the text.
pub fn split(text: &str) -> Split {
    let end = text.trim_end().len();
    let mut cutter = Cutter {
        text,
        bytes: text.as_bytes(),
        end,
        at: 0,
        is_open: false,
        split: Split::default(),
    };
    cutter.file();
    cutter.split
}

struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// Where the blanks at the end of the text begin.
    end: usize,
    at: usize,
    is_open: bool,
    split: Split,
}

const NO_LIST: &str = "a file is a list of records: `[ … ]`";
const NOT_CLOSED: &str = "the list of records is not closed: `]` is missing";
const AFTER_LIST: &str = "text after the end of the list";
const ATTRIBUTE: &str = "before the list only `#![enable(implicit_some)]` may stand";
const COMMENT: &str = "a comment is not closed: `*/` is missing, and all behind `/*` is lost";
const STRAY: &str = "a record, `,` or `]` should stand here";

impl Cutter<'_> {
    fn file(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        self.blanks();
        while self.bytes[self.at..].starts_with(b"#!") {
            self.attribute();
            self.blanks();
        }
        match self.bytes.get(self.at) {
            Some(b'[') => {
                self.at += 1;
                self.is_open = true;
            }
            None if self.split.items.is_empty() => return, // an empty file holds no records
            _ => self.fault(NO_LIST),
        }
        self.list();
    }

    /// Passes over what asks for an extension of RON. All records are read alike, so that one that
    /// changes how must not go unseen.
    fn attribute(&mut self) {
        let line = self.text[self.at..].lines().next().unwrap_or_default();
        let length = line.find(']').map_or(line.len(), |end| end + 1);
        if !is_known_attribute(&line[..length]) {
            self.fault(ATTRIBUTE);
        }
        self.at += length;
    }

    fn list(&mut self) {
        loop {
            self.blanks();
            match self.bytes.get(self.at) {
                None if self.is_open => return self.fault(NOT_CLOSED),
                None => return,
                Some(b']') => self.end(),
                Some(b',') => self.at += 1,
                Some(b')' | b'}') => {
                    self.fault(STRAY);
                    self.at += 1;
                }
                Some(_) => self.item(),
            }
        }
    }

    /// Closes the list. What stands behind is wrong there, but is read: the `]` may be one too
    /// many.
    fn end(&mut self) {
        self.at += 1;
        self.blanks();
        if self.is_open && self.at < self.bytes.len() {
            self.fault(AFTER_LIST);
            self.skip_to_record();
        }
        self.is_open = false;
    }

    fn skip_to_record(&mut self) {
        let is_letter = |at: usize| self.bytes[at].is_ascii_alphabetic();
        let begins = |&at: &usize| is_letter(at) && !is_letter(at - 1) && self.record_begins(at);
        self.at = (self.at..self.bytes.len())
            .find(begins)
            .unwrap_or(self.bytes.len());
    }

    fn item(&mut self) {
        let start = self.at;
        let mut depth = 0usize;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' if depth == 0 => break,
                b')' | b']' | b'}' => depth -= 1,
                b',' if depth == 0 => break,
                b'"' => {
                    self.quoted();
                    continue;
                }
                b'r' if self.raw_quoted() => continue,
                b'/' if self.comment() => continue,
                b'\n' if self.record_begins(self.at + 1) => break,
                _ => {}
            }
            self.at += 1;
        }
        let end = start + self.text[start..self.at].trim_end().len();
        self.split.items.push(start..end);
    }

    /// Passes over a quoted text. One that is not closed ends where the next record begins.
    fn quoted(&mut self) {
        let opened = self.at;
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\\' => self.at += 1,
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\n' if self.record_begins(self.at + 1) => return,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.bytes.len().max(opened);
    }

    /// Passes over a raw text such as `r#"…"#`, if one begins here that is closed.
    fn raw_quoted(&mut self) -> bool {
        let is_word = self.at > 0
            && (self.bytes[self.at - 1].is_ascii_alphanumeric() || self.bytes[self.at - 1] == b'_');
        let rest = &self.text[self.at + 1..];
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        if is_word || !rest[hashes..].starts_with('"') {
            return false;
        }
        let close = format!("\"{}", &rest[..hashes]);
        let length = rest[hashes + 1..].find(&close);
        self.at += length.map_or(0, |length| 1 + hashes + 1 + length + close.len());
        length.is_some()
    }

    fn blanks(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte.is_ascii_whitespace() {
                self.at += 1;
            } else if self.bytes[self.at..].starts_with(b"/*")
                && block_comment(&self.text[self.at..]).is_none()
            {
                return self.unclosed_comment();
            } else if !self.comment() {
                return;
            }
        }
    }

    /// Complains of a comment that swallows all the rest: whatever else is missing is in there.
    fn unclosed_comment(&mut self) {
        self.fault(COMMENT);
        self.split.swallowed = self.at..self.bytes.len();
        self.at = self.bytes.len();
        self.is_open = false;
    }

    /// Passes over a comment, if one begins here; one that is not closed goes to the end, which ron
    /// complains of within a record.
    fn comment(&mut self) -> bool {
        let rest = &self.text[self.at..];
        if rest.starts_with("//") {
            self.at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            self.at += block_comment(rest).unwrap_or(rest.len());
        } else {
            return false;
        }
        true
    }

    /// Whether a line that begins at this byte begins with a record's word and a `(`.
    fn record_begins(&self, line: usize) -> bool {
        let rest = self.text[line..].trim_start_matches([' ', '\t']);
        let word_end = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        rest[word_end..].starts_with('(') && record_form(&rest[..word_end]).is_some()
    }

    fn fault(&mut self, what: &'static str) {
        self.split.faults.push((self.at.min(self.end), what));
    }
}

/// Whether an attribute asks for nothing that is not so anyway.
fn is_known_attribute(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let names = text
        .strip_prefix("#![enable(")
        .and_then(|rest| rest.strip_suffix(")]"));
    names.is_some_and(|names| {
        names
            .trim_end_matches(',')
            .split(',')
            .all(|name| name == "implicit_some")
    })
}

/// The length of the block comment that a text begins with, if it is closed. Such comments may
/// stand within each other.
fn block_comment(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0usize, 0);
    while let Some(found) = text[at..].find(['/', '*']) {
        at += found;
        match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => depth += 1,
            [b'*', b'/', ..] => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, items: &[&str], faults: &[&str]) {
        let split = split(text);
        let found: Vec<_> = split
            .items
            .iter()
            .map(|range| &text[range.clone()])
            .collect();
        assert_eq!(found, items, "{text}");
        let found: Vec<_> = split.faults.iter().map(|(_, what)| *what).collect();
        assert_eq!(found, faults, "{text}");
    }

    #[test]
    fn whole_files() {
        check("", &[], &[]);
        check("// nothing\n", &[], &[]);
        check(
            "[/* a /* b */ c */ A(x: r#\"\\\"), B(\"#)]",
            &["A(x: r#\"\\\"), B(\"#)"],
            &[],
        );
        check(
            "\u{feff}#![enable(implicit_some)]\n[A(x: \",]\"), /* , */ B([1, 2]) // c,\n]",
            &["A(x: \",]\")", "B([1, 2]) // c,"],
            &[],
        );
    }

    #[test]
    fn broken_lists() {
        check("A()]", &["A()"], &[NO_LIST]);
        check("[A()", &["A()"], &[NOT_CLOSED]);
        check("[A()] B()", &["A()"], &[AFTER_LIST]);
        check("[A()], Firm(), ]", &["A()", "Firm()"], &[AFTER_LIST]);
        check("A(), B()", &["A()", "B()"], &[NO_LIST]);
        check("[A()), B()]", &["A()", "B()"], &[STRAY]);
    }

    #[test]
    fn comments_that_never_end() {
        check("/* todo\n[A(), oops", &[], &[COMMENT]);
        check("[A()] /* B()", &["A()"], &[COMMENT]);
        check("[A(), /* B() /* */", &["A()"], &[COMMENT]);
        check("[A() /* B()", &["A() /* B()"], &[NOT_CLOSED]);
        assert_eq!(split("[] /* B()").swallowed, 3..9);
    }

    #[test]
    fn attributes() {
        check(
            "#![enable(implicit_some)]\n# ! [x]\n[A()]",
            &["# ! [x]\n[A()]"],
            &[NO_LIST],
        );
        check("#! [ enable ( implicit_some, ) ] [A()]", &["A()"], &[]);
        check(
            "#![oops]\n#![enable(nonsense)] [A()]",
            &["A()"],
            &[ATTRIBUTE, ATTRIBUTE],
        );
        check(
            "#![enable(implicit_some, unwrap_newtypes)]\n[A()]",
            &["A()"],
            &[ATTRIBUTE],
        );
        check(
            "#!/usr/bin/env\n[A([]), B()]",
            &["A([])", "B()"],
            &[ATTRIBUTE],
        );
    }

    #[test]
    fn recovers_at_the_next_record() {
        check(
            "[Firm(id: \"a\",\n  Firm(id: \"b\"),\n]",
            &["Firm(id: \"a\",", "Firm(id: \"b\")"],
            &[],
        );
        check(
            "[Firm(id: \"a),\n  Firm(id: \"b\"),\n]",
            &["Firm(id: \"a),", "Firm(id: \"b\")"],
            &[],
        );
        check(
            "[\n  Firm(id: \"a\")\n  Firm(id: \"b\")\n]",
            &["Firm(id: \"a\")", "Firm(id: \"b\")"],
            &[],
        );
    }
}
