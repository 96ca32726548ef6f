//! Checks on relations that order things.

use std::collections::HashMap;

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::vocabulary::{Claim, Field};
use crate::text::Place;

pub(super) fn kinds_and_parts_have_no_cycle(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (claim, below, above) in [(Claim::IsA, Field::Child, Field::Parent), (Claim::PartOf, Field::Part, Field::Whole)]
    {
        let mut order = Order::default();
        for (_, record) in draft.facts().filter(|(other, _)| *other == claim) {
            if let (Some(below), Some(above)) = (record.word(below), record.word(above))
                && below.text != above.text
            {
                order.add(&below.text, &above.text, above.place);
            }
        }
        for (names, place) in order.cycles() {
            let what = format!("`{claim}` runs in a circle: {}", names.join(" → "));
            let fault = Diagnostic::new(Code::Cycle, what).at(place, "this closes it");
            found.push(fault.hint("take out the fact that points the wrong way"));
        }
    }
}

/// A relation between names, as numbered nodes with arcs.
#[derive(Default)]
struct Order<'r> {
    names: Vec<&'r str>,
    numbers: HashMap<&'r str, usize>,
    arcs: Vec<Vec<(usize, Place)>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    OnPath,
    Done,
}

impl<'r> Order<'r> {
    fn add(&mut self, below: &'r str, above: &'r str, place: Place) {
        let (below, above) = (self.number(below), self.number(above));
        self.arcs[below].push((above, place));
    }

    fn number(&mut self, name: &'r str) -> usize {
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.arcs.push(Vec::new());
            self.names.len() - 1
        })
    }

    /// The circles that a depth-first search closes, each as the names along it, with the place of the arc that closes it.
    fn cycles(&self) -> Vec<(Vec<&'r str>, Place)> {
        let mut marks = vec![Mark::New; self.names.len()];
        let mut cycles = Vec::new();
        for root in 0..self.names.len() {
            if marks[root] == Mark::New {
                self.search(root, &mut marks, &mut cycles);
            }
        }
        cycles
    }

    fn search(&self, root: usize, marks: &mut [Mark], cycles: &mut Vec<(Vec<&'r str>, Place)>) {
        let mut path = vec![(root, 0)];
        marks[root] = Mark::OnPath;
        while let Some((node, next)) = path.last_mut() {
            let Some(&(above, place)) = self.arcs[*node].get(*next) else {
                marks[*node] = Mark::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match marks[above] {
                Mark::New => {
                    marks[above] = Mark::OnPath;
                    path.push((above, 0));
                }
                Mark::OnPath => {
                    let on_circle =
                        path.iter().skip_while(|(node, _)| *node != above).map(|(node, _)| self.names[*node]);
                    cycles.push((on_circle.chain([self.names[above]]).collect(), place));
                }
                Mark::Done => {}
            }
        }
    }
}
