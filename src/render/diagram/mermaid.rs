//! A picture as a Mermaid flowchart, for documents that draw those.

use std::fmt::Write;

use super::look::{BoxShape, ELSEWHERE, FLAGS, NOWHERE, Stroke, flag, shape, stroke, tinted};
use super::picture::{Arrow, Picture, PictureNode, Stage};
use super::words::{lettered_caveats, loss, marked_words, source_words};

/// Every stage, in the order of the chain.
const STAGES: [Stage; 7] = [
    Stage::Origin,
    Stage::RawMaterial,
    Stage::Material,
    Stage::Component,
    Stage::Product,
    Stage::Maker,
    Stage::Buyer,
];

/// Writes a picture as a Mermaid flowchart from left to right: a subgraph for each stage, a box
/// with the caveats, and the sources as comments at the end. The same picture always gives the same
/// bytes.
pub fn mermaid(picture: &Picture) -> String {
    let mut chart = format!(
        "---\ntitle: \"{}\"\n---\nflowchart LR\n",
        title(&picture.title)
    );
    for stage in STAGES {
        let inside = (0..picture.nodes.len()).filter(|&node| picture.nodes[node].stage == stage);
        let inside: String = inside.map(|ix| boxed(ix, &picture.nodes[ix])).collect();
        if !inside.is_empty() {
            let _ = write!(
                chart,
                "  subgraph s{} [\"{}\"]\n{inside}  end\n",
                stage as usize,
                stage.heading()
            );
        }
    }
    let arrows = picture.arrows.iter().map(|arrow| line(picture, arrow));
    chart.extend(arrows);
    chart.extend(caveats(picture));
    chart.extend(classes(picture));
    let sources = picture
        .sources
        .iter()
        .map(|source| format!("[{}] {}", source.number, source_words(source)));
    let notes = [picture.method.clone()]
        .into_iter()
        .chain(picture.notes.clone())
        .chain(sources);
    chart.extend(notes.map(|note| format!("  %% {}\n", comment(&note))));
    chart
}

fn boxed(ix: usize, node: &PictureNode) -> String {
    let (open, close) = brackets(shape(node));
    let loss = node
        .loss
        .map(|bounds| format!("<br>{}", loss(bounds)))
        .unwrap_or_default();
    format!(
        "    n{ix}{open}\"{}{loss}\"{close}:::{}\n",
        escaped(&node.name),
        flag(node).class
    )
}

/// The brackets that Mermaid draws a shape by.
fn brackets(shape: BoxShape) -> (&'static str, &'static str) {
    match shape {
        BoxShape::Hexagon => ("{{", "}}"),
        BoxShape::Rounded => ("(", ")"),
        BoxShape::Slanted => ("[/", "/]"),
        BoxShape::Rectangle => ("[", "]"),
        BoxShape::Stacked | BoxShape::Double => ("[[", "]]"),
        BoxShape::Pill => ("([", "])"),
        BoxShape::Sawtooth => ("[/", "\\]"),
        BoxShape::Octagon | BoxShape::Notched => (">", "]"),
    }
}

fn line(picture: &Picture, arrow: &Arrow) -> String {
    let shaft = match stroke(arrow, &picture.nodes[arrow.from]) {
        Stroke::Solid => "-->",
        Stroke::Meaning => "---",
        Stroke::Hazard => "==x",
        Stroke::Inferred | Stroke::Possible | Stroke::Planned => "-.->",
    };
    let words = marked_words(arrow);
    let words = if words.is_empty() {
        String::new()
    } else {
        format!("|\"{}\"|", escaped(&words))
    };
    format!("  n{} {shaft}{words} n{}\n", arrow.from, arrow.to)
}

/// What a reader must know of arrows, in a box by itself: comments are not drawn.
fn caveats(picture: &Picture) -> Option<String> {
    let lines: Vec<String> = lettered_caveats(picture)
        .map(|(letter, caveat)| escaped(&format!("†{letter} {caveat}")))
        .collect();
    (!lines.is_empty()).then(|| format!("  caveats[\"{}\"]\n", lines.join("<br>")))
}

/// The colours of the countries that occur.
fn classes(picture: &Picture) -> Vec<String> {
    let flags = FLAGS.into_iter().chain([ELSEWHERE, NOWHERE]);
    let occurs = flags.filter(|wanted| {
        picture
            .nodes
            .iter()
            .any(|node| flag(node).class == wanted.class)
    });
    let class = |class: &str, colour: &str| {
        format!(
            "  classDef {class} fill:{},stroke:{colour},color:#1b1d20\n",
            tinted(colour)
        )
    };
    occurs.map(|flag| class(flag.class, flag.colour)).collect()
}

/// The one door for text: in quotes, with all that Mermaid, Markdown or HTML could take for markup
/// written as entities.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => escaped.push_str("<br>"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}')
            }
            letter
                if letter.is_ascii_punctuation()
                    && (!PLAIN.contains(&letter) || begins_list(&escaped)) =>
            {
                let _ = write!(escaped, "#{};", letter as u32);
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Marks that mean nothing to Mermaid within quotes.
const PLAIN: [char; 9] = ['.', ',', '\'', '-', '/', '%', ':', '(', ')'];

/// Whether a mark at this place could make a list of the text, which newer versions refuse to draw:
/// `1.` or `-` at its beginning.
fn begins_list(before: &str) -> bool {
    before
        .chars()
        .all(|letter| letter.is_ascii_digit() || letter == ' ')
}

/// The title stands in YAML, which knows other escapes.
fn title(text: &str) -> String {
    let mut title = String::new();
    for letter in text.chars() {
        match letter {
            '"' | '\\' => title.extend(['\\', letter]),
            letter if letter.is_control() => title.push(' '),
            letter => title.push(letter),
        }
    }
    title
}

/// A comment ends with its line; Mermaid takes `%%{` for a directive.
fn comment(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect::<String>()
        .replace('{', "(")
        .replace('}', ")")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_quotes() {
        assert_eq!(escaped("a\"] --> b"), "a#34;#93; --#62; b");
        assert_eq!(escaped("<b>&amp;#35;"), "#60;b#62;#38;amp#59;#35;35#59;");
        assert_eq!(escaped("a\nb\u{0}"), "a<br>b\u{fffd}");
        assert_eq!(escaped("1. a - b"), "1#46; a - b");
        assert_eq!(escaped("흑연 石墨 U.S."), "흑연 石墨 U.S.");
        assert_eq!(title("a \"b\" \\"), "a \\\"b\\\" \\\\");
        assert_eq!(comment("{init: 1}\nflowchart"), "(init: 1) flowchart");
    }
}
