//! Who is in a set, and what proves it.

mod leaves;
mod rows;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::party::{Party, Worked};
use super::writer::Writer;
use crate::facts::{DocumentIx, EntityIx, FactIx};
use crate::graph::{ArcIx, Follow, Standing};
use crate::request::{Place, Question, Reading, Set, Subject, written};

pub(super) use rows::{compare, count, select};

/// One in a set.
#[derive(Clone, Debug)]
struct Member {
    /// Of what sort what proves it is: a plan puts nobody into a set.
    standing: Standing,
    proofs: Vec<Proof>,
    /// Further words on it.
    remarks: Vec<String>,
}

/// What proves that something is in a set that no operator makes.
#[derive(Clone, Debug, PartialEq)]
struct Proof {
    /// The set, as it is written.
    of: Rc<str>,
    /// A chain of dependence, if that is what the set asks for.
    chain: Vec<ArcIx>,
    /// Facts, in the order in which they lead from the member to what it is asked by.
    facts: Vec<FactIx>,
    /// Whether it is of the member itself, not of one by which that is in a further set.
    is_own: bool,
}

/// All in a set, and what is not but would be if plans or undocumented shares counted.
type Members = BTreeMap<Subject, Member>;

impl Member {
    /// One that is in a set by what it is, which no fact need prove.
    fn by_nature() -> Self {
        Member {
            standing: Standing::Documented,
            proofs: Vec::new(),
            remarks: Vec::new(),
        }
    }

    fn proven(standing: Standing, proofs: Vec<Proof>) -> Self {
        Member {
            standing,
            proofs,
            remarks: Vec::new(),
        }
    }

    /// What proves that it is in its set, as told of one that is in a further set by it.
    fn told_of_another(&self) -> impl Iterator<Item = Proof> {
        let proofs = self.proofs.iter().cloned();
        proofs.map(|proof| Proof {
            is_own: false,
            ..proof
        })
    }

    /// As one in another set too: it stands no better than in the worse.
    fn and(self, other: Member, follow: &Follow) -> Member {
        let remarks = other.remarks.iter();
        let new = remarks.filter(|remark| !self.remarks.contains(remark));
        let new: Vec<String> = new.cloned().collect();
        Member {
            standing: worse(self.standing, other.standing, follow),
            proofs: joined(self.proofs, other.proofs),
            remarks: [self.remarks, new].concat(),
        }
    }

    /// As one of another set or of this: it stands as in the better, by what proves that.
    fn or(self, other: Member, follow: &Follow) -> Member {
        match rank(self.standing, follow).cmp(&rank(other.standing, follow)) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Greater => other,
            std::cmp::Ordering::Equal => self.and(other, follow),
        }
    }
}

/// What counts stands better than what does not, whichever of plans and undocumented shares are
/// followed.
fn rank(standing: Standing, follow: &Follow) -> (bool, Standing) {
    (!counts(standing, follow), standing)
}

/// How something stands that rests on both.
fn worse(a: Standing, b: Standing, follow: &Follow) -> Standing {
    std::cmp::max_by_key(a, b, |standing| rank(*standing, follow))
}

/// Facts that prove the same stand together.
fn joined(mut proofs: Vec<Proof>, more: Vec<Proof>) -> Vec<Proof> {
    for proof in more {
        let is_same = |known: &&mut Proof| known.of == proof.of && known.chain == proof.chain;
        match proofs.iter_mut().find(is_same) {
            Some(known) => {
                let new = proof.facts.into_iter();
                let new: Vec<FactIx> = new.filter(|fact| !known.facts.contains(fact)).collect();
                known.facts.extend(new);
                known.is_own |= proof.is_own;
            }
            None => proofs.push(proof),
        }
    }
    proofs
}

/// Whether what stands so counts.
fn counts(standing: Standing, follow: &Follow) -> bool {
    match standing {
        Standing::Documented => true,
        Standing::Possible => follow.possible,
        Standing::Planned => follow.plans,
    }
}

/// Works out sets.
struct Sets<'w, 'c> {
    writer: &'w Writer<'c>,
    follow: Follow,
}

impl<'w, 'c> Sets<'w, 'c> {
    fn new(writer: &'w Writer<'c>, follow: Follow) -> Self {
        Sets { writer, follow }
    }

    fn counts(&self, member: &Member) -> bool {
        counts(member.standing, &self.follow)
    }

    fn members(&self, set: &Set<Subject>) -> Members {
        match set {
            Set::And(a, b) => self.both(self.members(a), self.members(b)),
            Set::Or(a, b) => self.either(self.members(a), self.members(b)),
            Set::Minus(a, b) => self.without(self.members(a), self.members(b), b),
            leaf => self.of_leaf(leaf),
        }
    }

    fn both(&self, a: Members, mut b: Members) -> Members {
        let both = a.into_iter().filter_map(|(one, member)| {
            let other = b.remove(&one)?;
            Some((one, member.and(other, &self.follow)))
        });
        both.collect()
    }

    fn either(&self, mut a: Members, b: Members) -> Members {
        for (one, member) in b {
            let known = a.remove(&one);
            let member = match known {
                Some(known) => known.or(member, &self.follow),
                None => member,
            };
            a.insert(one, member);
        }
        a
    }

    /// The first set without what is documented to be in the second; of what only plans or
    /// undocumented shares put there, that is said.
    fn without(&self, mut a: Members, b: Members, taken: &Set<Subject>) -> Members {
        a.retain(|one, _| !b.get(one).is_some_and(|member| self.counts(member)));
        for (one, member) in &mut a {
            if let Some(other) = b.get(one) {
                let by = match other.standing {
                    Standing::Planned => "a plan, forecast or opinion puts it",
                    _ => "by an undocumented share it may be",
                };
                let set = written(self.writer.catalogue, taken);
                member.remarks.push(format!("{by} in {set}"));
            }
        }
        a
    }

    /// Those that count, as what a question is about.
    fn counted(&self, set: &Set<Subject>) -> Vec<(Subject, Member)> {
        let mut members: Vec<(Subject, Member)> = self.members(set).into_iter().collect();
        members.retain(|(_, member)| self.counts(member));
        members
    }
}

/// The request with its sets worked out; and what the reader must know of them.
pub(super) fn worked_out(writer: &Writer, question: &Question) -> (Worked, Vec<String>) {
    let follow = question.follow().copied().unwrap_or_default();
    let mut working = Working {
        sets: Sets::new(writer, follow),
        notes: Vec::new(),
    };
    let worked = question.read_with(&mut working);
    (worked.expect("every set can be worked out"), working.notes)
}

struct Working<'w, 'c> {
    sets: Sets<'w, 'c>,
    notes: Vec<String>,
}

impl Reading<Set<Subject>, DocumentIx> for Working<'_, '_> {
    type Set = Party;
    type Document = DocumentIx;

    fn set(&mut self, set: &Set<Subject>, _: Place) -> Option<Party> {
        if let Some(one) = set.one() {
            return Some(Party::one(*one));
        }
        let written = written(self.sets.writer.catalogue, set);
        let members = self.sets.members(set);
        let all = members.len();
        let counted = members
            .into_iter()
            .filter(|(_, member)| self.sets.counts(member));
        let counted: Vec<Subject> = counted.map(|(one, _)| one).collect();
        if counted.is_empty() {
            self.notes
                .push(format!("nothing is documented to be in {written}"));
        }
        if counted.len() < all {
            let more = all - counted.len();
            self.notes.push(format!(
                "{written}: {more} more by plans or undocumented shares alone, left out"
            ));
        }
        Some(Party::of_set(counted, written))
    }

    fn document(&mut self, document: &DocumentIx) -> Option<DocumentIx> {
        Some(*document)
    }
}

/// The entities of a set by which others are in a further set, and what each rests on.
type Witnesses = BTreeMap<EntityIx, Member>;
