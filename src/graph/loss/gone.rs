//! What is gone entirely, whatever the shares are: counted in decimals, without losses.

use super::network::{Network, REST, Way};
use super::places::Places;
use crate::facts::Tally;

impl Network {
    /// The smallest set of places of which each is among those that are cut entirely, or has a
    /// requirement that is wholly covered by places of the set. A circle proves nothing of itself.
    ///
    /// Takes time in proportion to what it finds and the alternatives of what depends on it, once
    /// for each alternative found.
    pub(super) fn gone(&self, cut: impl Iterator<Item = usize>) -> Places {
        let mut gone = Places::none(self.node_count());
        let mut open: Vec<usize> = cut.filter(|&place| gone.insert(place)).collect();
        while let Some(place) = open.pop() {
            for &dependent in self.dependents(place) {
                let dependent = dependent as usize;
                let is_stopped = |number| is_covered(self.ways(number), &gone);
                if !gone.contains(dependent) && self.requirements(dependent).any(is_stopped) {
                    gone.insert(dependent);
                    open.push(dependent);
                }
            }
        }
        gone
    }
}

/// Whether a requirement is covered by what is gone alone: one whole by the least shares of what is
/// gone in it, or all there is, the rest included.
fn is_covered(ways: &[Way], gone: &Places) -> bool {
    let is_gone = |way: &Way| gone.contains(way.to as usize);
    let has_rest = ways.last().is_some_and(|way| way.whole == REST);
    let wholes = || {
        ways.chunk_by(|a, b| a.whole == b.whole)
            .filter(|whole| whole[0].whole != REST)
    };
    (has_rest && ways.iter().filter(|way| way.leads()).all(is_gone))
        || wholes().any(|whole| is_whole_covered(whole, is_gone))
}

/// Whether the least shares of what is gone come to the whole, and those of all to no more.
fn is_whole_covered(whole: &[Way], is_gone: impl Fn(&Way) -> bool) -> bool {
    let least = |ways: &mut dyn Iterator<Item = &Way>| {
        ways.map(|way| Tally::of(way.share.lo)).sum::<Tally>()
    };
    match whole {
        [only] => only.share.lo == 1.0 && is_gone(only),
        _ => {
            least(&mut whole.iter().filter(|way| is_gone(way))) == Tally::ONE
                && least(&mut whole.iter()) == Tally::ONE
        }
    }
}
