//! A picture as an indented tree of text, for a terminal.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use super::picture::{Arrow, Picture};
use super::words::{caveat_of, loss, names, source_words};
use crate::graph::Direction;
use crate::render::lines::{columns, wrap};

/// The least room for words, however deep a tree.
const LEAST: usize = 24;
/// The least width of a page.
const NARROWEST: usize = 40;

/// Writes a picture as text of at most `width` columns: trees that begin at what is asked about.
/// Each arrow stands once, with its citations; `→` leads to a dependent, `←` to what is depended
/// on, and `…` says that what follows stands elsewhere.
pub fn tree(picture: &Picture, width: usize) -> String {
    let mut tree = Tree {
        picture,
        width: width.max(NARROWEST),
        text: String::new(),
        is_open: vec![false; picture.nodes.len()],
        is_told: vec![false; picture.arrows.len()],
    };
    tree.paragraph("", "", &picture.title);
    for (root, towards) in roots(picture) {
        tree.root(root, towards);
    }
    tree.foot();
    tree.text
}

/// The end of an arrow at which a tree that is read in some direction meets it.
fn near(arrow: &Arrow, towards: Direction) -> usize {
    match towards {
        Direction::Dependents => arrow.from,
        Direction::Dependencies => arrow.to,
    }
}

/// The end of an arrow to which it leads.
fn far(arrow: &Arrow, towards: Direction) -> usize {
    match towards {
        Direction::Dependents => arrow.to,
        Direction::Dependencies => arrow.from,
    }
}

fn sign(towards: Direction) -> &'static str {
    match towards {
        Direction::Dependents => "→",
        Direction::Dependencies => "←",
    }
}

/// Where trees may begin: at what is asked about, then at what no arrow reaches, then anywhere.
fn roots(picture: &Picture) -> Vec<(usize, Direction)> {
    let nodes = || 0..picture.nodes.len();
    let asked = nodes().filter(|&node| picture.nodes[node].is_asked);
    let is_first = |&node: &usize| picture.arrows.iter().all(|arrow| arrow.to != node);
    let asked = asked.flat_map(|node| {
        [
            (node, Direction::Dependents),
            (node, Direction::Dependencies),
        ]
    });
    let others = nodes().filter(is_first).chain(nodes());
    asked
        .chain(others.map(|node| (node, Direction::Dependents)))
        .collect()
}

struct Tree<'p> {
    picture: &'p Picture,
    width: usize,
    text: String,
    /// Whether a node has been written with what follows it.
    is_open: Vec<bool>,
    /// Whether an arrow is written.
    is_told: Vec<bool>,
}

impl Tree<'_> {
    /// A tree from a node, unless all about the node is written.
    fn root(&mut self, node: usize, towards: Direction) {
        let is_lone = !self
            .picture
            .arrows
            .iter()
            .any(|arrow| arrow.from == node || arrow.to == node);
        let is_done = if is_lone {
            self.is_open[node]
        } else {
            self.branches(node, towards).is_empty()
        };
        if is_done {
            return;
        }
        self.text.push('\n');
        self.paragraph("", "  ", &self.name(node));
        self.open(node, towards, "");
    }

    /// The arrows at a node that are not written yet.
    fn branches(&self, node: usize, towards: Direction) -> Vec<usize> {
        let arrows = self.picture.arrows.iter().enumerate();
        arrows
            .filter(|(ix, arrow)| near(arrow, towards) == node && !self.is_told[*ix])
            .map(|(ix, _)| ix)
            .collect()
    }

    fn open(&mut self, node: usize, towards: Direction, stem: &str) {
        self.is_open[node] = true;
        let branches = self.branches(node, towards);
        for &arrow in &branches {
            self.is_told[arrow] = true;
        }
        for &arrow in &branches {
            let rail = if branches.last() == Some(&arrow) {
                "  "
            } else {
                "│ "
            };
            self.branch(arrow, towards, stem, rail);
        }
    }

    /// An arrow, the node that it leads to, and what follows that.
    fn branch(&mut self, ix: usize, towards: Direction, stem: &str, rail: &str) {
        let arrow = &self.picture.arrows[ix];
        let next = far(arrow, towards);
        let opens = !self.is_open[next];
        let follows = !self.branches(next, towards).is_empty() && opens;
        let is_elsewhere = !opens
            && self
                .picture
                .arrows
                .iter()
                .any(|arrow| near(arrow, towards) == next);
        let fork = if rail == "  " { "└ " } else { "├ " };
        let rest = format!("{stem}{rail}");
        let words = self.words(arrow, towards) + if is_elsewhere { " …" } else { "" };
        self.paragraph(
            &format!("{stem}{fork}"),
            &format!("{rest}{}", if follows { "│   " } else { "    " }),
            &words,
        );
        let under = format!("{rest}{}", if follows { "│     " } else { "      " });
        self.cite(arrow, &under);
        self.warn(arrow, &under);
        if opens {
            self.open(next, towards, &rest);
        }
    }

    /// `goes into → graphite anode`.
    fn words(&self, arrow: &Arrow, towards: Direction) -> String {
        let mut words = arrow.verb.clone();
        if let Some(part) = &arrow.part {
            let _ = write!(words, " {part}");
        }
        if arrow.is_planned {
            words += " (plan, target, forecast or opinion)";
        }
        format!(
            "{words} {} {}",
            sign(towards),
            self.name(far(arrow, towards))
        )
    }

    /// The citations of an arrow: at the right where they have room, else on lines of their own.
    fn cite(&mut self, arrow: &Arrow, stem: &str) {
        let mut citations: Vec<&str> = Vec::new();
        for fact in &arrow.facts {
            if !citations.contains(&fact.citation.as_str()) {
                citations.push(&fact.citation);
            }
        }
        if citations.is_empty() {
            return;
        }
        let citations = citations.join("; ");
        let last = columns(self.text.trim_end().lines().next_back().unwrap_or_default());
        let taken = last + 2 + columns(&citations);
        if taken <= self.width && !citations.contains(char::is_control) {
            self.text.truncate(self.text.trim_end().len());
            let _ = writeln!(self.text, "{:1$}{citations}", "", self.width - taken + 2);
        } else {
            self.paragraph(stem, stem, &citations);
        }
    }

    /// What a reader must know of the facts of an arrow.
    fn warn(&mut self, arrow: &Arrow, stem: &str) {
        let mut caveats: Vec<&str> = Vec::new();
        for caveat in arrow
            .facts
            .iter()
            .filter_map(|fact| caveat_of(fact, self.picture))
        {
            if !caveats.contains(&caveat) {
                caveats.push(caveat);
                self.paragraph(stem, &format!("{stem}  "), caveat);
            }
        }
    }

    fn name(&self, node: usize) -> String {
        let node = &self.picture.nodes[node];
        let folded = if node.folded.is_empty() {
            String::new()
        } else {
            format!(": {}", names(&node.folded))
        };
        let loss = node
            .loss
            .map(|bounds| format!(" ({})", loss(bounds)))
            .unwrap_or_default();
        format!("{}{folded}{loss}", node.name)
    }

    /// Lines behind a stem; a stem that leaves too little room is cut.
    fn paragraph(&mut self, first: &str, rest: &str, text: &str) {
        let most = self.width - LEAST;
        let (first, rest) = (cut(first, most), cut(rest, most));
        let room = self.width - columns(first).max(columns(rest));
        for (at, line) in fitted(text, room).iter().enumerate() {
            let _ = writeln!(self.text, "{}{line}", if at == 0 { first } else { rest });
        }
    }

    fn foot(&mut self) {
        let picture = self.picture;
        self.text.push('\n');
        self.paragraph("", "", &picture.method);
        picture
            .notes
            .iter()
            .for_each(|note| self.paragraph("", "", note));
        picture
            .sources
            .iter()
            .for_each(|source| self.paragraph("  ", "    ", &source_words(source)));
    }
}

/// As much of a stem as takes `most` columns.
fn cut(stem: &str, most: usize) -> &str {
    stem.char_indices()
        .nth(most)
        .map_or(stem, |(end, _)| &stem[..end])
}

/// Lines of at most `room` columns; words that are wider are broken. What could move the cursor is
/// replaced.
fn fitted(text: &str, room: usize) -> Vec<String> {
    let text: String = text.chars().map(plain).collect();
    wrap(&text, room)
        .iter()
        .flat_map(|line| broken(line, room))
        .collect()
}

fn plain(letter: char) -> char {
    match letter {
        '\n' | '\t' => ' ',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    }
}

fn broken(line: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut taken = 0;
    for letter in line.chars() {
        let width = letter.width().unwrap_or(0);
        if taken + width > room {
            lines.push(String::new());
            taken = 0;
        }
        lines.last_mut().expect("never empty").push(letter);
        taken += width;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_words_are_broken() {
        assert_eq!(fitted("흑연음극재", 6), ["흑연음", "극재"]);
        assert_eq!(fitted("one two", 4), ["one", "two"]);
        assert_eq!(fitted("a\u{1b}[31m", 10), ["a\u{fffd}[31m"]);
        assert_eq!(cut("│ │ │ ", 3), "│ │");
    }
}
