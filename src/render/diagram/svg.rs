//! A placed picture as an SVG page: title, headings, drawing, legend, notes and sources.

use std::fmt::Write;

use super::layout::measure::{width, wrap};
use super::layout::{
    NAME, NAME_LINE, Placed, PlacedEdge, PlacedNode, Point, Rect, SMALL, SMALL_LINE, TextBox,
    mark_size,
};
use super::look::{BoxShape, ELSEWHERE, FLAGS, Flag, NOWHERE, Stroke, flag, shape, stroke};
use super::outline::{number, ornament, outline};
use super::picture::{Arrow, PictureNode};
use super::words::{about, lettered_caveats, source_words, tooltip};
use super::xml::escaped;
use crate::facts::{EntityKind, Interval};

/// Whether a page is light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Theme {
    /// As the reader's screen; light on paper.
    #[default]
    Auto,
    /// Dark on white.
    Light,
    /// Light on black.
    Dark,
}

/// Around the page.
const MARGIN: f64 = 28.0;
/// The least width of what is written.
const NARROWEST: f64 = 660.0;
const TITLE: f64 = 19.0;
const FONTS: &str = "'Noto Sans','Helvetica Neue',Helvetica,Arial,'Liberation Sans','Noto Sans CJK KR','Noto Sans KR',\
                     'Apple SD Gothic Neo','Malgun Gothic','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif";

/// Writes a placed picture as an SVG page. The same picture always gives the same bytes.
pub fn svg(placed: &Placed, theme: Theme) -> String {
    let mut page = SvgPage {
        placed,
        width: placed.width.max(NARROWEST),
        y: MARGIN,
        body: String::new(),
    };
    page.head();
    page.drawing();
    page.legend();
    page.foot();
    page.whole(theme)
}

/// The drawing by itself, for a page that writes the rest in its own way.
pub(super) struct Sketch {
    pub width: f64,
    pub height: f64,
    /// Headings, arrows (`a0`, `a1`, …), boxes (`n0`, `n1`, …) and the words on arrows (`w0`, `w1`,
    /// …).
    pub body: String,
    /// What shapes, colours and lines mean: the width of a mark, the mark, 16 high, and its word.
    pub legend: Vec<(f64, String, String)>,
}

/// Draws a placed picture without title, notes and sources.
pub(super) fn sketch(placed: &Placed) -> Sketch {
    let page = || SvgPage {
        placed,
        width: placed.width,
        y: 0.0,
        body: String::new(),
    };
    let mut drawing = page();
    drawing.drawing();
    let mark = |sample: Sample| {
        let mut page = SvgPage { y: 2.0, ..page() };
        page.mark(&sample, 2.0);
        (sample.width() + 4.0, page.body, sample.word())
    };
    let legend = drawing.samples().into_iter().map(mark).collect();
    Sketch {
        width: drawing.width + 2.0 * MARGIN,
        height: drawing.y,
        body: drawing.body,
        legend,
    }
}

struct SvgPage<'a> {
    placed: &'a Placed<'a>,
    /// The width between the margins.
    width: f64,
    /// How far down the page is written.
    y: f64,
    body: String,
}

/// How a line of text is written: its class in the style sheet, its size, and from one line to the
/// next.
type Script = (&'static str, f64, f64);

const HEADLINE: Script = ("title", TITLE, 24.0);
const METHOD: Script = ("soft", SMALL + 0.5, 14.0);
const NOTE: Script = ("note", SMALL, 13.0);

impl SvgPage<'_> {
    fn head(&mut self) {
        let picture = self.placed.picture;
        self.paragraph(HEADLINE, 0.0, &picture.title);
        self.paragraph(METHOD, 0.0, &picture.method);
        self.y += 14.0;
    }

    /// Lines across the page.
    fn paragraph(&mut self, (class, size, line): Script, indent: f64, text: &str) {
        for words in wrap(text, size, self.width - indent) {
            self.y += line;
            let (x, y) = (number(MARGIN + indent), number(self.y - line * 0.3));
            let _ = writeln!(
                self.body,
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>",
                escaped(&words)
            );
        }
    }

    fn drawing(&mut self) {
        let placed = self.placed;
        let above = placed
            .headings
            .iter()
            .map(|heading| heading.rect.height)
            .fold(0.0, f64::max);
        let left = MARGIN + (self.width - placed.width) / 2.0;
        self.y += above + 12.0;
        let (x, y) = (number(left), number(self.y));
        let _ = writeln!(self.body, "<g transform=\"translate({x} {y})\">");
        for heading in &placed.headings {
            self.heading(heading);
        }
        let pairs = || placed.picture.arrows.iter().zip(&placed.arrows);
        for (ix, (arrow, edge)) in pairs().enumerate() {
            self.arrow(ix, arrow, edge);
        }
        for (ix, (node, place)) in placed.picture.nodes.iter().zip(&placed.nodes).enumerate() {
            self.node(ix, node, place);
        }
        for (ix, (_, edge)) in pairs().enumerate() {
            edge.label.iter().for_each(|label| self.label(ix, label));
        }
        self.body += "</g>\n";
        self.y += placed.height + 26.0;
    }

    fn heading(&mut self, heading: &TextBox) {
        for (at, words) in heading.lines.iter().enumerate() {
            let y = heading.rect.y - 8.0 + (at + 1) as f64 * NAME_LINE - 4.0;
            self.text(
                "heading",
                Point {
                    x: heading.rect.x,
                    y,
                },
                words,
            );
        }
        let (x, end) = (
            number(heading.rect.x),
            number(heading.rect.x + heading.rect.width),
        );
        let _ = writeln!(self.body, "<path class=\"rule\" d=\"M {x} -8 H {end}\"/>");
    }

    fn text(&mut self, class: &str, at: Point, words: &str) {
        let (x, y) = (number(at.x), number(at.y));
        let _ = writeln!(
            self.body,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>",
            escaped(words)
        );
    }

    fn arrow(&mut self, ix: usize, arrow: &Arrow, edge: &PlacedEdge) {
        let picture = self.placed.picture;
        let stroke = stroke(arrow, &picture.nodes[arrow.from]);
        let way = way(edge, stroke);
        let class = stroke.class();
        let title = escaped(&tooltip(arrow, picture));
        let _ = writeln!(
            self.body,
            "<g class=\"arrow\" id=\"a{ix}\"><title>{title}</title>"
        );
        if stroke == Stroke::Hazard {
            let _ = writeln!(self.body, "<path class=\"line tape\" d=\"{way}\"/>");
        }
        let _ = writeln!(self.body, "<path class=\"line {class}\" d=\"{way}\"/>");
        let head = head(edge, stroke);
        let _ = write!(
            self.body,
            "<path class=\"head {class}-head\" d=\"{head}\"/>"
        );
        edge.mark
            .iter()
            .for_each(|mark| self.caveat(mark.rect, &mark.lines[0]));
        self.body += "</g>\n";
    }

    /// The letters of caveats in a disc.
    fn caveat(&mut self, rect: Rect, letters: &str) {
        let Rect {
            x,
            y,
            width,
            height,
        } = rect;
        let round = number(height / 2.0);
        let [left, top, wide, high] = [x, y, width, height].map(number);
        let _ = writeln!(
            self.body,
            "\n<rect class=\"caveat\" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{high}\" rx=\"{round}\"/>"
        );
        self.text(
            "letters caveats",
            Point {
                x: x + width / 2.0,
                y: y + height - 3.5,
            },
            letters,
        );
    }

    fn label(&mut self, ix: usize, label: &TextBox) {
        let _ = writeln!(self.body, "<g class=\"words\" id=\"w{ix}\">");
        let middle = label.rect.x + label.rect.width / 2.0;
        for (at, words) in label.lines.iter().enumerate() {
            let y = label.rect.y + (at + 1) as f64 * SMALL_LINE - 2.0;
            self.text("label", Point { x: middle, y }, words);
        }
        self.body += "</g>\n";
    }

    fn node(&mut self, ix: usize, node: &PictureNode, place: &PlacedNode) {
        let _ = writeln!(
            self.body,
            "<g class=\"node\" id=\"n{ix}\"><title>{}</title>",
            escaped(&about(node))
        );
        self.outline(node, place.rect);
        let (_, above) = shape(node).insets();
        let under = place.remark.iter().len() as f64 * SMALL_LINE;
        let words = place.lines.len() as f64 * NAME_LINE + under;
        let top = place.rect.y + (place.rect.height - words) / 2.0 + above / 2.0;
        let middle = place.rect.x + place.rect.width / 2.0;
        let class = if node.is_asked { "name asked" } else { "name" };
        for (at, line) in place.lines.iter().enumerate() {
            self.text(
                class,
                Point {
                    x: middle,
                    y: top + (at + 1) as f64 * NAME_LINE - 4.0,
                },
                line,
            );
        }
        if let Some(remark) = &place.remark {
            self.text(
                "remark",
                Point {
                    x: middle,
                    y: top + words - 3.0,
                },
                remark,
            );
        }
        self.letters(flag(node), place.rect);
        self.body += "</g>\n";
    }

    fn outline(&mut self, node: &PictureNode, rect: Rect) {
        let (shape, class) = (shape(node), flag(node).class);
        let d = outline(shape, rect);
        if let (BoxShape::Stacked, Some(d)) = (shape, ornament(shape, rect)) {
            let _ = writeln!(self.body, "<path class=\"behind {class}\" d=\"{d}\"/>");
        }
        let _ = writeln!(self.body, "<path class=\"ground\" d=\"{d}\"/>");
        let asked = if node.is_asked { " thick" } else { "" };
        if node.kind == EntityKind::Policy {
            let _ = writeln!(
                self.body,
                "<path class=\"box tape\" d=\"{d}\"/><path class=\"box stripes\" d=\"{d}\"/>"
            );
        } else {
            let _ = writeln!(self.body, "<path class=\"box {class}{asked}\" d=\"{d}\"/>");
        }
        if let (BoxShape::Double, Some(d)) = (shape, ornament(shape, rect)) {
            let _ = writeln!(self.body, "<path class=\"behind {class}\" d=\"{d}\"/>");
        }
        if let Some(loss) = node.loss.filter(|loss| loss.lo > 0.0) {
            let shade = number(10.0 * (0.4 + 2.6 * loss.lo))
                .parse::<f64>()
                .unwrap_or(0.0)
                / 100.0;
            let _ = writeln!(
                self.body,
                "<path class=\"loss\" fill-opacity=\"{shade:.2}\" d=\"{d}\"/>"
            );
        }
    }

    /// The letters of a country, on the upper border.
    fn letters(&mut self, flag: Flag, rect: Rect) {
        if flag.letters.is_empty() {
            return;
        }
        let (x, y) = (rect.x + rect.width - 27.0, rect.y - 6.0);
        let class = flag.class;
        let place = format!(
            "x=\"{}\" y=\"{}\" width=\"19\" height=\"11\" rx=\"2.5\"",
            number(x),
            number(y)
        );
        let _ = writeln!(self.body, "<rect class=\"plate {class}-plate\" {place}/>");
        self.text(
            "letters",
            Point {
                x: x + 9.5,
                y: y + 8.5,
            },
            flag.letters,
        );
    }

    /// What shapes, colours and lines mean, as far as they occur.
    fn legend(&mut self) {
        let mut entries = Vec::new();
        for sample in self.samples() {
            entries.push((
                sample.width() + 24.0 + width(&sample.word(), SMALL) + 18.0,
                sample,
            ));
        }
        let mut x = MARGIN;
        for (width, sample) in entries {
            if x > MARGIN && x + width > MARGIN + self.width {
                x = MARGIN;
                self.y += 20.0;
            }
            self.sample(&sample, x);
            x += width;
        }
        self.y += 20.0;
    }

    fn samples(&self) -> Vec<Sample> {
        let picture = self.placed.picture;
        let mut shapes: Vec<BoxShape> = picture.nodes.iter().map(shape).collect();
        shapes.sort_unstable();
        shapes.dedup();
        let has = |wanted: Flag| picture.nodes.iter().any(|node| flag(node) == wanted);
        let name = |wanted: Flag| {
            let node = picture.nodes.iter().find(|node| flag(node) == wanted);
            node.and_then(|node| node.country_name.clone())
                .unwrap_or_default()
        };
        let mut flags: Vec<Sample> = FLAGS
            .into_iter()
            .filter(|flag| has(*flag))
            .map(|flag| Sample::Flag(flag, name(flag)))
            .collect();
        for (flag, word) in [
            (ELSEWHERE, "another country"),
            (NOWHERE, "no country documented"),
        ] {
            flags.extend(has(flag).then(|| Sample::Flag(flag, word.to_owned())));
        }
        let drawn = |wanted: Stroke| {
            picture
                .arrows
                .iter()
                .any(|arrow| stroke(arrow, &picture.nodes[arrow.from]) == wanted)
        };
        let strokes = Stroke::ALL
            .into_iter()
            .filter(|stroke| drawn(*stroke))
            .map(Sample::Stroke);
        let losses = || picture.nodes.iter().filter_map(|node| node.loss);
        let loss = losses().any(|loss| loss.lo > 0.0).then_some(Sample::Loss);
        let unknown = losses()
            .any(|loss| loss == Interval::UNKNOWN)
            .then_some(Sample::Unknown);
        shapes
            .into_iter()
            .map(Sample::Shape)
            .chain(flags)
            .chain(strokes)
            .chain(loss)
            .chain(unknown)
            .collect()
    }

    fn sample(&mut self, sample: &Sample, x: f64) {
        self.mark(sample, x);
        self.text(
            "note",
            Point {
                x: x + sample.width() + 6.0,
                y: self.y + 9.5,
            },
            &sample.word(),
        );
    }

    fn mark(&mut self, sample: &Sample, x: f64) {
        let rect = Rect {
            x,
            y: self.y,
            width: sample.width(),
            height: 12.0,
        };
        let middle = number(self.y + 6.0);
        let (left, right) = (number(x), number(x + sample.width()));
        let path = |class: &str, d: &str| format!("<path class=\"{class}\" d=\"{d}\"/>");
        self.body += &match sample {
            Sample::Shape(BoxShape::Stacked) => {
                let d = ornament(BoxShape::Stacked, rect).unwrap_or_default();
                path("behind no", &d)
                    + &path("ground", &outline(BoxShape::Stacked, rect))
                    + &path("box no", &outline(BoxShape::Stacked, rect))
            }
            Sample::Shape(shape) => {
                path("box no", &outline(*shape, rect))
                    + &ornament(*shape, rect)
                        .map(|d| path("behind no", &d))
                        .unwrap_or_default()
            }
            Sample::Flag(flag, _) => path(
                &format!("box {}", flag.class),
                &outline(BoxShape::Rectangle, rect),
            ),
            Sample::Stroke(Stroke::Hazard) => {
                let d = format!("M {left} {middle} H {right}");
                path("line tape", &d) + &path("line hazard", &d)
            }
            Sample::Stroke(stroke) => path(
                &format!("line {}", stroke.class()),
                &format!("M {left} {middle} H {right}"),
            ),
            Sample::Loss => path("loss", &outline(BoxShape::Rectangle, rect))
                .replace("/>", " fill-opacity=\".2\"/>"),
            Sample::Unknown => String::new(),
        };
        self.body.push('\n');
        if let Sample::Flag(flag, _) = sample
            && !flag.letters.is_empty()
        {
            self.text(
                "letters plain",
                Point {
                    x: x + sample.width() / 2.0,
                    y: self.y + 9.0,
                },
                flag.letters,
            );
        }
    }

    fn foot(&mut self) {
        let picture = self.placed.picture;
        let (x, y, end) = (number(MARGIN), number(self.y), number(MARGIN + self.width));
        let _ = writeln!(self.body, "<path class=\"rule\" d=\"M {x} {y} H {end}\"/>");
        self.y += 4.0;
        for note in &picture.notes {
            self.paragraph(NOTE, 0.0, note);
        }
        for (letter, caveat) in lettered_caveats(picture) {
            let (width, height) = mark_size(&letter);
            self.y += 2.0;
            self.caveat(
                Rect {
                    x: MARGIN,
                    y: self.y,
                    width,
                    height,
                },
                &letter,
            );
            self.paragraph(NOTE, 22.0, &caveat);
        }
        for source in &picture.sources {
            let first = self.y + NOTE.2 * 0.7;
            self.text(
                "note",
                Point {
                    x: MARGIN,
                    y: first,
                },
                &format!("[{}]", source.number),
            );
            self.paragraph(NOTE, 22.0, &source_words(source));
        }
        self.y += MARGIN;
    }

    /// The page around its body.
    fn whole(self, theme: Theme) -> String {
        let (width, height) = (number(self.width + 2.0 * MARGIN), number(self.y));
        let title = escaped(&self.placed.picture.title);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
             <title>{title}</title>\n<style>{}</style>\n\
             <rect class=\"page\" width=\"100%\" height=\"100%\"/>\n{}</svg>\n",
            style(theme),
            self.body
        )
    }
}

/// An entry of the legend.
enum Sample {
    Shape(BoxShape),
    Flag(Flag, String),
    Stroke(Stroke),
    Loss,
    /// A loss of which nothing is known.
    Unknown,
}

impl Sample {
    fn width(&self) -> f64 {
        match self {
            Sample::Stroke(_) => 34.0,
            Sample::Unknown => 0.0,
            _ => 24.0,
        }
    }

    fn word(&self) -> String {
        match self {
            Sample::Shape(shape) => shape.word().to_owned(),
            Sample::Flag(_, word) => word.clone(),
            Sample::Stroke(stroke) => stroke.word().to_owned(),
            Sample::Loss => "the darker, the more is lost at least".to_owned(),
            Sample::Unknown => "“may lose”: no document bounds how much".to_owned(),
        }
    }
}

/// The path of an arrow, short of its head.
fn way(edge: &PlacedEdge, stroke: Stroke) -> String {
    let point = |point: Point| format!("{} {}", number(point.x), number(point.y));
    let mut way = format!("M {}", point(edge.start));
    let last = edge.bends.len() - 1;
    for (at, bend) in edge.bends.iter().enumerate() {
        let mut end = bend.end;
        if at == last && stroke != Stroke::Meaning {
            end.x -= 5.0 * direction(edge);
        }
        let _ = write!(
            way,
            " C {}, {}, {}",
            point(bend.leave),
            point(bend.reach),
            point(end)
        );
    }
    way
}

/// Whether an arrow arrives from the left or from the right.
fn direction(edge: &PlacedEdge) -> f64 {
    let last = edge.bends[edge.bends.len() - 1];
    if last.reach.x <= last.end.x {
        1.0
    } else {
        -1.0
    }
}

/// The head of an arrow: a bar for a restriction, nothing for what holds by meaning.
fn head(edge: &PlacedEdge, stroke: Stroke) -> String {
    let end = edge.bends[edge.bends.len() - 1].end;
    let back = |by: f64| number(end.x - by * direction(edge));
    let [tip, y, up, down, wide_up, wide_down] = [
        end.x,
        end.y,
        end.y - 3.5,
        end.y + 3.5,
        end.y - 9.0,
        end.y + 9.0,
    ]
    .map(number);
    match stroke {
        Stroke::Hazard => format!("M {} {wide_up} V {wide_down}", back(3.0)),
        Stroke::Meaning => format!("M {tip} {y}"),
        _ => format!("M {tip} {y} L {} {up} L {} {down} Z", back(8.0), back(8.0)),
    }
}

/// The colours of a page: ground, ink, soft ink, rules, lines.
const LIGHT: [&str; 5] = ["#ffffff", "#1b1d20", "#5a6068", "#d3d7db", "#4b5159"];
const DARK: [&str; 5] = ["#15181b", "#e9ebee", "#a6adb5", "#3c4249", "#b3bac2"];

/// The style sheet of the drawing.
pub(super) fn style(theme: Theme) -> String {
    let colours = match theme {
        Theme::Dark => paint(DARK, "0.30"),
        _ => paint(LIGHT, "0.11"),
    };
    let dark = match theme {
        Theme::Auto => {
            format!(
                "@media screen and (prefers-color-scheme:dark){{{}}}",
                paint(DARK, "0.30")
            )
        }
        _ => String::new(),
    };
    let mut flags = String::new();
    for Flag { class, colour, .. } in FLAGS.into_iter().chain([ELSEWHERE, NOWHERE]) {
        let _ = write!(
            flags,
            ".{class}{{stroke:{colour};fill:{colour}}}.{class}-plate{{fill:{colour}}}"
        );
    }
    let mut strokes = String::new();
    for stroke in Stroke::ALL {
        let _ = write!(
            strokes,
            ".line.{}{{stroke-dasharray:{}}}",
            stroke.class(),
            stroke.dashes()
        );
    }
    format!(
        "text{{font-family:{FONTS}}}\
         .title{{font-size:{TITLE}px;font-weight:700}}.soft{{font-size:10.5px}}.note{{font-size:{SMALL}px}}\
         .heading{{font-size:11px;font-weight:600}}\
         .name{{font-size:{NAME}px;text-anchor:middle}}.asked{{font-weight:700}}\
         .remark,.label{{font-size:{SMALL}px;text-anchor:middle}}.remark{{font-weight:600}}\
         .label{{stroke-width:3.5px;stroke-linejoin:round;paint-order:stroke}}\
         .letters{{font-size:8px;font-weight:700;text-anchor:middle;fill:#fff}}\
         .caveat{{fill:#f0c800;stroke:#1b1d20;stroke-width:.8px}}.letters.caveats{{fill:#1b1d20;font-size:{SMALL}px}}\
         .rule{{fill:none;stroke-width:1px}}\
         .line{{fill:none;stroke-width:1.3px}}.line.meaning{{stroke-width:3px;stroke-opacity:.35}}\
         .box{{stroke-width:1.6px}}.box.thick{{stroke-width:2.8px}}.behind{{fill:none;stroke-width:1.2px}}\
         .box.tape,.line.tape{{stroke:#f0c800;stroke-width:4px}}.box.tape{{fill:none}}\
         .box.stripes{{fill:none;stroke:#1b1d20;stroke-width:4px;stroke-dasharray:6 6}}\
         .line.hazard{{stroke:#1b1d20;stroke-width:4px}}.hazard-head{{fill:none;stroke-width:4px}}\
         .loss{{stroke:none}}\
         {flags}{strokes}.behind{{fill:none}}{colours}{dark}"
    )
}

/// The rules that differ between light and dark. Presentation in classes, not variables: not every
/// program that draws SVG knows those.
fn paint([ground, ink, soft, rule, line]: [&str; 5], tint: &str) -> String {
    format!(
        ".page,.ground{{fill:{ground}}}.title,.name,.remark,.heading{{fill:{ink}}}.soft,.note{{fill:{soft}}}\
         .label{{fill:{ink};stroke:{ground}}}.letters.plain{{fill:{ink}}}.rule{{stroke:{rule}}}.line{{stroke:{line}}}.head{{fill:{line};stroke:none}}\
         .hazard-head{{stroke:{ink};fill:none}}.box{{fill-opacity:{tint}}}.loss{{fill:{ink}}}"
    )
}
