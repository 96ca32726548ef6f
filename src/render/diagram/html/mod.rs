//! An answer as one HTML page: the diagram, what stands behind each arrow, a table of the same
//! answer, and the sources. It needs no network and, to be read, no script.
//!
//! What the page may do is fixed by a policy in its head: only the style sheet and the script whose
//! hashes it names. Data comes in as JSON, which is not run.

mod data;
mod policy;
mod sources;
mod table;

use super::layout::Placed;
use super::picture::Picture;
use super::svg::{Sketch, Theme, sketch, style};
use super::words::lettered_caveats;
use super::xml::escaped;
use crate::query::Answer;
use data::data;
use policy::policy;
use sources::CitedDocuments;
use table::table;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes an answer and its placed picture as one HTML page. The same answer always gives the same
/// bytes.
///
/// ```
/// use hanjung::World;
/// use hanjung::facts::Lang;
/// use hanjung::query::answer;
/// use hanjung::request::{FactFilter, Question};
/// use hanjung::render::diagram::{Picture, html, place};
///
/// let world = World::built_in()?;
/// let answer = answer(&world, &Question::Facts(FactFilter::default()), Lang::En);
/// assert!(html(&answer, &place(&Picture::new(&answer))).starts_with("<!doctype html>"));
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn html(answer: &Answer, placed: &Placed) -> String {
    let (picture, sketch, sources) = (
        placed.picture,
        sketch(placed),
        CitedDocuments::new(answer, placed.picture),
    );
    let style = format!("{STYLE}{}", style(Theme::Auto));
    filled(TEMPLATE, |hole| match hole {
        "policy" => policy(&style, SCRIPT),
        "shape" => if sketch.width > sketch.height {
            "wide"
        } else {
            "tall"
        }
        .to_owned(),
        "title" => escaped(&picture.title),
        "style" => style.clone(),
        "method" => escaped(&picture.method),
        "notes" => picture
            .notes
            .iter()
            .map(|note| format!("<p>{}</p>\n", escaped(note)))
            .collect(),
        "caveats" => caveats(picture),
        "drawing" => drawing(&sketch),
        "legend" => legend(&sketch),
        "table" => table(answer, picture, &sources),
        "sources" => sources.list(),
        "data" => data(answer, picture, &sources),
        "script" => SCRIPT.to_owned(),
        hole => unreachable!("the template has no hole {hole}"),
    })
}

/// Fills the holes of a template, each `{{so}}`, in one pass: what comes in is not looked at again.
fn filled(template: &str, fill: impl Fn(&str) -> String) -> String {
    let mut parts = template.split("{{");
    let mut page = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hole, rest) = part
            .split_once("}}")
            .expect("every hole of the template is closed");
        page += &fill(hole);
        page += rest;
    }
    page
}

fn drawing(sketch: &Sketch) -> String {
    let (width, height) = (sketch.width.ceil(), sketch.height.ceil());
    format!(
        "<svg id=\"drawing\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"title\">\n{}</svg>",
        sketch.body
    )
}

fn legend(sketch: &Sketch) -> String {
    let entry = |(width, mark, word): &(f64, String, String)| {
        let (mark, word) = (mark.trim_end(), escaped(word));
        format!(
            "<li><svg width=\"{width}\" height=\"16\" aria-hidden=\"true\">{mark}</svg> {word}</li>\n"
        )
    };
    sketch.legend.iter().map(entry).collect()
}

/// What the letters on arrows stand for.
fn caveats(picture: &Picture) -> String {
    let entry = |(letter, caveat): (String, String)| {
        format!(
            "<li><span class=\"caveat-letter\">{letter}</span> {}</li>\n",
            escaped(&caveat)
        )
    };
    let entries: String = lettered_caveats(picture).map(entry).collect();
    if entries.is_empty() {
        entries
    } else {
        format!("<ul class=\"caveats\" aria-label=\"Caveats\">\n{entries}</ul>\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_a_hole_is_not_filled_again() {
        assert_eq!(
            filled("a{{one}}b{{two}}", |hole| format!("<{{{{{hole}}}}}>")),
            "a<{{one}}>b<{{two}}>"
        );
    }
}
