//! Outlines of boxes as SVG paths.

use super::layout::Rect;
use super::look::BoxShape;

/// How deep corners are cut or slanted.
const CORNER: f64 = 7.0;
/// How high the teeth of a roof are.
const TOOTH: f64 = 4.0;

/// The outline of a shape that fills a rectangle.
pub(super) fn outline(shape: BoxShape, rect: Rect) -> String {
    let (l, t, r, b) = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
    let (middle, half) = ((t + b) / 2.0, rect.height / 2.0);
    let corner = CORNER.min(rect.height / 3.0);
    match shape {
        BoxShape::Rounded => rounded(rect, 6.0),
        BoxShape::Pill => rounded(rect, half.min(16.0)),
        BoxShape::Hexagon => polygon(&[
            (l + corner, t),
            (r - corner, t),
            (r, middle),
            (r - corner, b),
            (l + corner, b),
            (l, middle),
        ]),
        BoxShape::Slanted => polygon(&[(l + corner, t), (r, t), (r - corner, b), (l, b)]),
        BoxShape::Octagon => polygon(&[
            (l + corner, t),
            (r - corner, t),
            (r, t + corner),
            (r, b - corner),
            (r - corner, b),
            (l + corner, b),
            (l, b - corner),
            (l, t + corner),
        ]),
        BoxShape::Notched => polygon(&[(l, t), (r - corner, t), (r, t + corner), (r, b), (l, b)]),
        BoxShape::Sawtooth => polygon(&teeth(rect)),
        BoxShape::Rectangle | BoxShape::Stacked | BoxShape::Double => {
            polygon(&[(l, t), (r, t), (r, b), (l, b)])
        }
    }
}

/// A further line that belongs to some shapes: the box behind, or the inner border.
pub(super) fn ornament(shape: BoxShape, rect: Rect) -> Option<String> {
    let (l, t, r, b) = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
    match shape {
        BoxShape::Stacked => {
            let points = [
                (l + 3.5, t),
                (l + 3.5, t - 3.5),
                (r + 3.5, t - 3.5),
                (r + 3.5, b - 3.5),
                (r, b - 3.5),
            ];
            Some(line(&points))
        }
        BoxShape::Double => Some(polygon(&[
            (l + 3.0, t + 3.0),
            (r - 3.0, t + 3.0),
            (r - 3.0, b - 3.0),
            (l + 3.0, b - 3.0),
        ])),
        _ => None,
    }
}

fn teeth(rect: Rect) -> Vec<(f64, f64)> {
    let (l, t, r, b) = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
    let count = 6;
    let step = rect.width / f64::from(count);
    let mut points = vec![(l, b)];
    for tooth in 0..count {
        let left = l + step * f64::from(tooth);
        points.extend([(left, t + TOOTH), (left + step, t)]);
    }
    points.push((r, b));
    points
}

fn polygon(points: &[(f64, f64)]) -> String {
    line(points) + " Z"
}

fn line(points: &[(f64, f64)]) -> String {
    let points = points.iter().enumerate();
    let words = points.map(|(at, (x, y))| {
        format!(
            "{} {} {}",
            if at == 0 { "M" } else { "L" },
            number(*x),
            number(*y)
        )
    });
    words.collect::<Vec<_>>().join(" ")
}

fn rounded(rect: Rect, radius: f64) -> String {
    let (l, t, r, b) = (rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
    let [l2, t2, r2, b2] = [l + radius, t + radius, r - radius, b - radius].map(number);
    let [l, t, r, b, radius] = [l, t, r, b, radius].map(number);
    let arc = format!("A {radius} {radius} 0 0 1");
    format!(
        "M {l2} {t} H {r2} {arc} {r} {t2} V {b2} {arc} {r2} {b} H {l2} {arc} {l} {b2} V {t2} {arc} {l2} {t} Z"
    )
}

/// A number with one digit behind the point at most.
pub(super) fn number(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}
