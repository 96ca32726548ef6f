//! A picture as a DOT file, for those who have Graphviz. Columns, shapes, colours, dashes and words
//! are those of the SVG page.

mod print;

use dot_generator::{attr, edge, id, node, node_id, stmt, subgraph};
use dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex,
};

use super::keys::{arrow_key, link, node_keys};
use super::layout::NAME;
use super::layout::measure::{width, wrap};
use super::look::{BoxShape, Stroke, darkened, flag, shape, stroke, tinted};
use super::picture::{Arrow, Picture, PictureNode};
use super::stage::{Columns, columns};
use super::words::{about, lettered_caveats, loss, marked_words, source_words, tooltip};
use crate::facts::EntityKind;

/// The widest line of a name.
const WIDEST: f64 = 140.0;
/// The widest line of words on an arrow.
const WIDEST_WORDS: f64 = 96.0;
/// The widest line of notes and sources.
const WIDEST_NOTE: f64 = 700.0;
const FONT: &str = "Noto Sans,Helvetica,Arial,sans-serif";

/// A stripe of yellow between two of black.
const HAZARD: &str = "#1b1d20:#f0c800:#1b1d20";
const WARNING: &str = "#fdf3c0";

/// Writes a picture as DOT: an arrow runs from what is depended on to the dependent, and its
/// tooltip holds each fact with its citation. The same picture always gives the same bytes.
pub fn dot(picture: &Picture) -> String {
    print::print(&graph(picture, None))
}

/// As [`dot`], with a link from each box and arrow to where the HTML page of the same answer tells
/// about it. `page` is the name of that page's file beside this one.
pub fn dot_beside(picture: &Picture, page: &str) -> String {
    print::print(&graph(picture, Some(page)))
}

/// The links to a page, for each node and arrow; none where there is no page, or a link would be
/// too long.
struct Links {
    nodes: Vec<Option<String>>,
    arrows: Vec<Option<String>>,
}

impl Links {
    fn new(picture: &Picture, page: Option<&str>) -> Self {
        let keys = node_keys(picture);
        let to = |what: &str, key: &str| link(page?, what, key);
        let nodes = keys.iter().map(|key| to("node", key)).collect();
        let arrows = picture
            .arrows
            .iter()
            .map(|arrow| to("arrow", &arrow_key(arrow, &keys)))
            .collect();
        Links { nodes, arrows }
    }
}

/// The picture as the structures of DOT.
fn graph(picture: &Picture, page: Option<&str>) -> Graph {
    let links = Links::new(picture, page);
    let columns = columns(picture);
    let mut inner = vec![
        stmt!(with("label", lines(&picture.title, WIDEST_NOTE, 15.0))),
        stmt!(attr!("labelloc", "t")),
    ];
    inner.extend([
        stmt!(attr!("fontsize", "15")),
        stmt!(attr!("peripheries", "0")),
    ]);
    inner.extend(
        (0..columns.headings.len()).map(|column| stmt!(rank(picture, &columns, &links, column))),
    );
    inner.extend(axis(&columns).into_iter().map(Stmt::from));
    inner.extend(
        picture
            .arrows
            .iter()
            .enumerate()
            .map(|(ix, arrow)| stmt!(line(picture, &columns, &links, ix, arrow))),
    );
    let mut stmts = defaults(picture);
    stmts.push(stmt!(subgraph!("cluster_picture", inner)));
    Graph::DiGraph {
        id: id!("hanjung"),
        strict: false,
        stmts,
    }
}

fn defaults(picture: &Picture) -> Vec<Stmt> {
    let page = vec![
        attr!("rankdir", "LR"),
        attr!("charset", "UTF-8"),
        attr!("fontname", FONT),
        attr!("fontsize", "9"),
        attr!("fontcolor", "#5a6068"),
        with("label", foot(picture)),
        attr!("labelloc", "b"),
        attr!("labeljust", "l"),
        with("tooltip", &picture.title),
        attr!("nodesep", "0.25"),
        attr!("ranksep", "0.5"),
        attr!("splines", "spline"),
    ];
    let node = vec![
        attr!("fontname", FONT),
        attr!("fontsize", "11"),
        attr!("margin", "0.12,0.06"),
        attr!("height", "0.35"),
    ];
    let edge = vec![
        attr!("fontname", FONT),
        attr!("fontsize", "9"),
        attr!("arrowsize", "0.7"),
        attr!("color", "#4b5159"),
    ];
    [
        GraphAttributes::Graph(page),
        GraphAttributes::Node(node),
        GraphAttributes::Edge(edge),
    ]
    .map(Stmt::from)
    .into()
}

/// The nodes of a column, with the node that holds its heading: all of one rank.
fn rank(picture: &Picture, columns: &Columns, links: &Links, column: usize) -> Subgraph {
    let (id, heading) = (
        heading(column),
        lines(&columns.headings[column], WIDEST, NAME),
    );
    let mut stmts = vec![
        stmt!(attr!("rank", "same")),
        stmt!(
            node!(id; attr!("shape", "plaintext"), attr!("label", heading), attr!("tooltip", " "))
        ),
    ];
    let inside = (0..picture.nodes.len()).filter(|&node| columns.of[node] == column);
    stmts.extend(inside.map(|ix| stmt!(boxed(ix, &picture.nodes[ix], &links.nodes[ix]))));
    let id = format!("column{column}");
    subgraph!(id, stmts)
}

/// Keeps the headings in their order, and with them the columns.
fn axis(columns: &Columns) -> Vec<Edge> {
    let next = |column: usize| {
        let (from, to) = (heading(column - 1), heading(column));
        edge!(node_id!(from) => node_id!(to); attr!("style", "invis"), attr!("weight", "10"))
    };
    (1..columns.headings.len()).map(next).collect()
}

/// The id of the node that holds the heading of a column.
fn heading(column: usize) -> String {
    format!("heading{column}")
}

/// The id of a node.
fn number(node: usize) -> String {
    format!("n{node}")
}

/// An attribute whose value is made here: the macro takes the name of a function for something
/// else.
fn with(key: &str, value: impl std::fmt::Display) -> Attribute {
    attr!(key, value)
}

fn boxed(ix: usize, node: &PictureNode, link: &Option<String>) -> Node {
    let (flag, is_double) = (flag(node), shape(node) == BoxShape::Double);
    let (shape, more) = shape(node).graphviz();
    let mut label = vec![lines(&node.name, WIDEST, NAME)];
    let under = [
        flag.letters.to_owned(),
        node.loss.map(loss).unwrap_or_default(),
    ];
    let under: Vec<String> = under
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    label.extend((!under.is_empty()).then(|| under.join(" · ")));
    let fill = node.loss.map_or(tinted(flag.colour), |loss| {
        darkened(&tinted(flag.colour), loss)
    });
    let is_policy = node.kind == EntityKind::Policy;
    let style = if more.is_empty() {
        "filled".to_owned()
    } else {
        format!("filled,{more}")
    };
    let mut attributes = vec![
        with("label", label.join("\n")),
        with("tooltip", about(node)),
        with("shape", shape),
        with("style", style),
        with("color", if is_policy { "#1b1d20" } else { flag.colour }),
        with(
            "fillcolor",
            if is_policy { WARNING.to_owned() } else { fill },
        ),
        with("penwidth", if node.is_asked { "2.8" } else { "1.6" }),
    ];
    attributes.extend(is_double.then(|| attr!("peripheries", "2")));
    attributes.extend(link.as_ref().map(|link| with("URL", link)));
    let id = number(ix);
    node!(id, attributes)
}

fn line(picture: &Picture, columns: &Columns, links: &Links, ix: usize, arrow: &Arrow) -> Edge {
    let stroke = stroke(arrow, &picture.nodes[arrow.from]);
    let (from, to, said) = (
        number(arrow.from),
        number(arrow.to),
        tooltip(arrow, picture),
    );
    let mut edge = edge!(node_id!(from) => node_id!(to));
    edge.attributes = vec![
        with("label", lines(&marked_words(arrow), WIDEST_WORDS, 9.0)),
        attr!("tooltip", said),
        attr!("labeltooltip", said),
        with("style", stroke.graphviz()),
    ];
    match stroke {
        Stroke::Meaning => edge.attributes.extend([
            attr!("dir", "none"),
            attr!("color", "#4b515960"),
            attr!("penwidth", "3"),
        ]),
        Stroke::Hazard => edge.attributes.extend([
            attr!("arrowhead", "tee"),
            attr!("color", HAZARD),
            attr!("penwidth", "1.6"),
        ]),
        Stroke::Planned => edge.attributes.push(attr!("arrowhead", "empty")),
        _ => {}
    }
    edge.attributes
        .extend(links.arrows[ix].as_ref().map(|link| with("URL", link)));
    edge.attributes
        .extend(columns.backwards[ix].then(|| attr!("constraint", "false")));
    edge
}

/// What stands under the drawing: how it was found, what lines mean, notes, caveats and sources.
fn foot(picture: &Picture) -> String {
    let mut strokes: Vec<Stroke> = picture
        .arrows
        .iter()
        .map(|arrow| stroke(arrow, &picture.nodes[arrow.from]))
        .collect();
    strokes.sort_unstable();
    strokes.dedup();
    let strokes: Vec<String> = strokes
        .into_iter()
        .map(|stroke| format!("{}: {}", stroke.plain(), stroke.word()))
        .collect();
    let sources = picture
        .sources
        .iter()
        .map(|source| format!("[{}] {}", source.number, source_words(source)));
    let caveats = lettered_caveats(picture).map(|(letter, caveat)| format!("†{letter} {caveat}"));
    let texts = [picture.method.clone(), strokes.join("; ")].into_iter();
    let texts = texts
        .chain(picture.notes.clone())
        .chain(caveats)
        .chain(sources);
    texts
        .filter(|text| !text.is_empty())
        .map(|text| lines(&text, WIDEST_NOTE, 9.0))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A text broken into lines, since Graphviz breaks none.
fn lines(text: &str, most: f64, size: f64) -> String {
    if width(text, size) <= most {
        text.to_owned()
    } else {
        wrap(text, size, most).join("\n")
    }
}
