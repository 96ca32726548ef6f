//! What may be wrong with a placed picture, counted.

use super::measure::width;
use super::{NAME, Placed, Rect, SMALL};

impl Placed<'_> {
    /// How often something covers something else: two boxes, two labels, a label and a box, or an
    /// arrow and a box at which it neither begins nor ends.
    pub fn overlaps(&self) -> usize {
        let boxes: Vec<Rect> = self.nodes.iter().map(|node| node.rect).collect();
        let labels = self
            .arrows
            .iter()
            .flat_map(|arrow| arrow.label.iter().chain(&arrow.mark))
            .map(|label| label.rect);
        let all: Vec<Rect> = boxes.iter().copied().chain(labels).collect();
        let pairs = (0..all.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        pairs
            .filter(|(one, other)| all[*one].overlaps(&all[*other]))
            .count()
            + self.boxes_crossed(&boxes)
    }

    fn boxes_crossed(&self, boxes: &[Rect]) -> usize {
        let crossed = |arrow: &super::PlacedEdge| {
            let points = arrow.points();
            boxes
                .iter()
                .filter(|rect| points.iter().any(|point| rect.holds(*point)))
                .count()
        };
        self.arrows.iter().map(crossed).sum()
    }

    /// How many boxes, labels and headings are too small for their words, had to shorten them, or
    /// reach beyond the drawing.
    pub fn clipped(&self) -> usize {
        let is_cut = |line: &String| line.ends_with('…');
        let is_off = |rect: &Rect| {
            rect.x < -0.01
                || rect.y < -0.01
                || rect.x + rect.width > self.width + 0.01
                || rect.y + rect.height > self.height + 0.01
        };
        let in_box = self.nodes.iter().filter(|node| {
            let too_wide = node
                .lines
                .iter()
                .any(|line| width(line, NAME) > node.rect.width);
            too_wide || node.lines.iter().any(is_cut) || is_off(&node.rect)
        });
        let labels = self.arrows.iter().filter_map(|arrow| arrow.label.as_ref());
        let on_arrow = labels.filter(|label| {
            let too_wide = label
                .lines
                .iter()
                .any(|line| width(line, SMALL) > label.rect.width);
            too_wide || label.lines.iter().any(is_cut) || is_off(&label.rect)
        });
        let headings = self
            .headings
            .iter()
            .filter(|heading| heading.lines.iter().any(is_cut));
        in_box.count() + on_arrow.count() + headings.count()
    }

    /// How many arrows had no room for their words.
    pub fn unlabelled(&self) -> usize {
        let has_words = |ix: &usize| !self.picture.arrows[*ix].verb.is_empty();
        (0..self.arrows.len())
            .filter(has_words)
            .filter(|&ix| self.arrows[ix].label.is_none())
            .count()
    }
}
