//! Prints DOT. Every string that a file holds comes in through [`quoted`], whatever is in it.

use std::fmt::Write;

use dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, Stmt, Subgraph, Vertex,
};

/// Attributes of which Graphviz decodes entities, because people read them.
const TEXTS: [&str; 3] = ["label", "tooltip", "labeltooltip"];

/// What a backslash in a tooltip becomes: versions of Graphviz differ in how often they decode it
/// there.
const BACKSLASH: &str = "⧵";

/// Where the lines of a label stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// In the middle.
    Middle,
    /// At the left: the notes under a graph.
    Left,
}

impl Lines {
    /// What ends a line.
    fn end(self) -> &'static str {
        if self == Lines::Left { "\\l" } else { "\\n" }
    }
}

/// The bytes after which a string is parted by `+`: Graphviz reads no more than 16,384 at once.
const LONGEST: usize = 8_000;

/// A graph as a DOT file.
pub(super) fn print(graph: &Graph) -> String {
    let (word, id, strict, body) = match graph {
        Graph::DiGraph { id, strict, stmts } => ("digraph", id, *strict, stmts),
        Graph::Graph { id, strict, stmts } => ("graph", id, *strict, stmts),
    };
    let mut file = Printer {
        file: String::new(),
        arrow: if word == "digraph" { "->" } else { "--" },
        depth: 0,
    };
    let strict = if strict { "strict " } else { "" };
    file.block(&format!("{strict}{word} {}", name(id)), body);
    file.file
}

struct Printer {
    file: String,
    /// What stands between the ends of an edge.
    arrow: &'static str,
    /// How many blocks are open.
    depth: usize,
}

impl Printer {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.file, "{:1$}{text}", "", self.depth * 2);
    }

    fn block(&mut self, head: &str, body: &[Stmt]) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
        body.iter().for_each(|stmt| self.stmt(stmt));
        self.depth -= 1;
        self.line("}");
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Subgraph(subgraph) => self.block(&head(subgraph), &subgraph.stmts),
            Stmt::Node(Node { id, attributes }) => self.line(&format!(
                "{}{}",
                name(&id.0),
                list(attributes, Lines::Middle)
            )),
            Stmt::Attribute(attribute) => self.line(&assigned(attribute, Lines::Middle)),
            Stmt::GAttribute(GraphAttributes::Graph(all)) => {
                self.line(&format!("graph{}", list(all, Lines::Left)))
            }
            Stmt::GAttribute(GraphAttributes::Node(all)) => {
                self.line(&format!("node{}", list(all, Lines::Middle)))
            }
            Stmt::GAttribute(GraphAttributes::Edge(all)) => {
                self.line(&format!("edge{}", list(all, Lines::Middle)))
            }
            Stmt::Edge(edge) => self.edge(edge),
        }
    }

    fn edge(&mut self, Edge { ty, attributes }: &Edge) {
        let ends: Vec<String> = match ty {
            EdgeTy::Pair(from, to) => [from, to].into_iter().map(end).collect(),
            EdgeTy::Chain(ends) => ends.iter().map(end).collect(),
        };
        self.line(&format!(
            "{}{}",
            ends.join(&format!(" {} ", self.arrow)),
            list(attributes, Lines::Middle)
        ));
    }
}

fn head(subgraph: &Subgraph) -> String {
    match &subgraph.id {
        Id::Anonymous(_) => "subgraph".to_owned(),
        id => format!("subgraph {}", name(id)),
    }
}

/// One end of an edge; a subgraph by its name, as it stands elsewhere in the file.
fn end(vertex: &Vertex) -> String {
    match vertex {
        Vertex::N(node) => name(&node.0),
        Vertex::S(subgraph) => head(subgraph),
    }
}

fn list(attributes: &[Attribute], lines: Lines) -> String {
    let all: Vec<String> = attributes
        .iter()
        .map(|attribute| assigned(attribute, lines))
        .collect();
    if all.is_empty() {
        String::new()
    } else {
        format!(" [{}]", all.join(", "))
    }
}

fn assigned(Attribute(key, value): &Attribute, lines: Lines) -> String {
    let key = word(key);
    let lines = if key == "label" { lines } else { Lines::Middle };
    let plain = word(value).replace(
        '\\',
        if key.ends_with("tooltip") {
            BACKSLASH
        } else {
            "\\"
        },
    );
    let mut text = quoted(&plain, TEXTS.contains(&key), lines);
    if lines == Lines::Left {
        text.insert_str(text.len() - 1, lines.end());
    }
    format!("{key}={text}")
}

fn name(id: &Id) -> String {
    quoted(word(id), false, Lines::Middle)
}

/// What an id says. How it is to be written is the printer's business alone, so all kinds of ids
/// are quoted alike.
fn word(id: &Id) -> &str {
    match id {
        Id::Html(word) | Id::Escaped(word) | Id::Plain(word) | Id::Anonymous(word) => word,
    }
}

/// The one door for strings: whatever comes in, the file is sound, and Graphviz reads back what
/// came in. Control characters, which no output format of Graphviz can hold, are replaced.
fn quoted(text: &str, is_text: bool, lines: Lines) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut begins = 0;
    for letter in text.chars() {
        if quoted.len() - begins > LONGEST {
            quoted.push_str("\" + \"");
            begins = quoted.len();
        }
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str(lines.end()),
            '\t' | '\r' => quoted.push(' '),
            // Graphviz decodes entities in texts, so that `&lt;` would come out as `<`.
            '&' if is_text => quoted.push_str("&amp;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                quoted.push('\u{fffd}')
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_quotes() {
        assert_eq!(quoted("a\"] ; b", true, Lines::Middle), r#""a\"] ; b""#);
        assert_eq!(quoted("\\", true, Lines::Middle), r#""\\""#);
        assert_eq!(
            quoted("a\nb\u{0}", true, Lines::Middle),
            "\"a\\nb\u{fffd}\""
        );
        assert_eq!(quoted("&lt;", true, Lines::Middle), "\"&amp;lt;\"");
        assert_eq!(quoted("<b>", false, Lines::Middle), "\"<b>\"");
        assert_eq!(quoted("흑연 石墨", true, Lines::Middle), "\"흑연 石墨\"");
    }
}
