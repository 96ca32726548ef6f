//! Checks on relations that order things.

use std::collections::{HashMap, HashSet};

use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::facts::record::{Record, Word};
use crate::facts::roles::Tie;
use crate::facts::vocabulary::{CLAIMS, Claim, EntityKind, Field, Sort};
use crate::text::Place;

pub(super) fn kinds_and_parts_have_no_cycle(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for tie in Tie::ALL.iter().filter(|tie| tie.is_an_order()) {
        for claim in CLAIMS.iter().filter(|form| form.tie(*tie).is_some()) {
            check_order(draft, claim.claim, *tie, found);
        }
    }
}

fn check_order(draft: &Draft, claim: Claim, tie: Tie, found: &mut Vec<Diagnostic>) {
    let mut relation = NumberedRelation::default();
    let stated = draft.facts().filter(|(other, _)| *other == claim);
    for (below, above) in stated.filter_map(|(_, record)| record.tied(tie)) {
        if below.text != above.text {
            relation.add(&below.text, &above.text, above.place);
        }
    }
    for (names, place) in relation.cycles() {
        let what = format!("`{claim}` runs in a circle: {}", names.join(" → "));
        let fault = Diagnostic::new(Code::Cycle, what).at(place, "this closes it");
        found.push(fault.hint("take out the fact that points the wrong way"));
    }
}

/// A firm may well have its seat abroad; but then its home should be known well.
pub(super) fn seats_are_at_home(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let wholes = wholes(draft);
    for (firm, seat) in actual(draft).filter_map(|record| record.tied(Tie::SeatedIn)) {
        let home = draft
            .entity(&firm.text)
            .and_then(|(_, declared)| declared.word(Field::Home));
        let economies = economies(draft, &wholes, &seat.text);
        if let Some(home) =
            home.filter(|home| !economies.is_empty() && !economies.contains(home.text.as_ref()))
        {
            found.push(seat_elsewhere(firm, seat, home));
        }
    }
}

fn seat_elsewhere(firm: &Word, seat: &Word, home: &Word) -> Diagnostic {
    let what = format!(
        "`{}` has its seat in `{}`, its home is `{}`",
        firm.text, seat.text, home.text
    );
    Diagnostic::new(Code::SeatElsewhere, what)
        .at(seat.place, "the seat")
        .at(home.place, "the home")
        .hint("see that both are right; where several economies claim it, leave `home` out")
}

/// The records of what is taken to hold.
fn actual<'r, 'a>(draft: &Draft<'r, 'a>) -> impl Iterator<Item = &'r Record<'a>> {
    draft
        .facts()
        .map(|(_, record)| record)
        .filter(|record| is_actual(record))
}

fn is_actual(record: &Record) -> bool {
    let is_actual = |sort| matches!(sort, Sort::Evidence(status) if status.is_actual());
    record
        .evidence()
        .any(|evidence| is_actual(evidence.form.sort))
}

/// For each territory those that it is part of.
fn wholes<'r>(draft: &Draft<'r, '_>) -> HashMap<&'r str, Vec<&'r str>> {
    let mut wholes: HashMap<&str, Vec<&str>> = HashMap::new();
    for (part, whole) in actual(draft).filter_map(|record| record.tied(Tie::PartOf)) {
        wholes.entry(&part.text).or_default().push(&whole.text);
    }
    wholes
}

/// The economies that a territory is, or is part of.
fn economies<'r>(
    draft: &Draft,
    wholes: &HashMap<&'r str, Vec<&'r str>>,
    place: &'r str,
) -> HashSet<&'r str> {
    let (mut seen, mut open) = (HashSet::new(), vec![place]);
    while let Some(place) = open.pop() {
        if seen.insert(place) {
            open.extend(wholes.get(place).into_iter().flatten());
        }
    }
    seen.retain(|place| {
        draft
            .entity(place)
            .is_some_and(|(kind, _)| kind == EntityKind::Economy)
    });
    seen
}

/// A relation between names, as numbered nodes with arcs.
#[derive(Default)]
struct NumberedRelation<'r> {
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

impl<'r> NumberedRelation<'r> {
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

    /// The circles that a depth-first search closes, each as the names along it, with the place of
    /// the arc that closes it.
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
                    let on_circle = path
                        .iter()
                        .skip_while(|(node, _)| *node != above)
                        .map(|(node, _)| self.names[*node]);
                    cycles.push((on_circle.chain([self.names[above]]).collect(), place));
                }
                Mark::Done => {}
            }
        }
    }
}
