//! Makes worlds up: proptest picks numbers, and the tables of the vocabulary say what they may
//! stand for.

use hanjung::facts::{Claim, EntityKind, FieldForm, GOODS, Slot};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::laws::world::{ACTUAL, Fact, Ledger, PLANNED, Share, World};

/// What worlds are made of: claims and kinds of entities, each as often as it is to be picked.
struct Theme {
    claims: &'static [(u32, Claim)],
    kinds: &'static [(u32, EntityKind)],
}

/// Of everything something.
const ANYTHING: Theme = Theme {
    claims: &[
        (4, Claim::IsA),
        (6, Claim::Needs),
        (2, Claim::Replaces),
        (6, Claim::Produces),
        (2, Claim::Operates),
        (2, Claim::Located),
        (2, Claim::PartOf),
        (4, Claim::Supplies),
        (4, Claim::Sources),
        (3, Claim::Uses),
        (2, Claim::MemberOf),
        (2, Claim::Restricts),
        (1, Claim::SellsIn),
        (1, Claim::Owns),
        (1, Claim::Acquires),
        (1, Claim::Licenses),
        (1, Claim::Headquartered),
        (1, Claim::Partners),
    ],
    kinds: &[
        (4, EntityKind::Material),
        (5, EntityKind::Product),
        (1, EntityKind::Technology),
        (5, EntityKind::Firm),
        (2, EntityKind::Group),
        (1, EntityKind::Organisation),
        (3, EntityKind::Economy),
        (2, EntityKind::Place),
        (3, EntityKind::Plant),
        (2, EntityKind::Policy),
    ],
};

/// Kinds of goods, what they need and what is replaced in them.
const KINDS: Theme = Theme {
    claims: &[
        (6, Claim::IsA),
        (6, Claim::Needs),
        (3, Claim::Replaces),
        (2, Claim::Supplies),
        (1, Claim::Uses),
    ],
    kinds: &[(6, EntityKind::Product), (1, EntityKind::Firm)],
};

/// A few makers and buyers of a few goods and kinds of them, with many shares.
const TRADE: Theme = Theme {
    claims: &[
        (1, Claim::IsA),
        (2, Claim::Needs),
        (3, Claim::Produces),
        (4, Claim::Supplies),
        (4, Claim::Sources),
        (1, Claim::Restricts),
    ],
    kinds: &[
        (2, EntityKind::Material),
        (2, EntityKind::Firm),
        (1, EntityKind::Economy),
        (1, EntityKind::Policy),
    ],
};

/// Plants and places, and who runs, owns and licenses what.
const SITES: Theme = Theme {
    claims: &[
        (4, Claim::Produces),
        (2, Claim::Operates),
        (2, Claim::Located),
        (2, Claim::PartOf),
        (1, Claim::Uses),
        (2, Claim::MemberOf),
        (2, Claim::Owns),
        (2, Claim::Acquires),
        (2, Claim::Licenses),
        (2, Claim::SellsIn),
    ],
    kinds: &[
        (2, EntityKind::Product),
        (3, EntityKind::Firm),
        (2, EntityKind::Group),
        (2, EntityKind::Economy),
        (1, EntityKind::Place),
        (3, EntityKind::Plant),
    ],
};

/// The fields of a fact that hold entities.
type Ends = Vec<(&'static str, usize)>;

/// A fact before it is known which entities there are.
#[derive(Clone, Debug)]
pub struct Draft {
    claim: Claim,
    /// For each field a number; what it picks depends on the field.
    picks: [u8; 6],
    shares: [Option<Share>; 3],
    is_planned: bool,
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(
    weighted: &'static [(u32, T)],
) -> impl Strategy<Value = T> {
    prop::strategy::Union::new_weighted(
        weighted
            .iter()
            .map(|&(weight, value)| (weight, Just(value)))
            .collect(),
    )
}

fn share() -> impl Strategy<Value = Option<Share>> {
    let pair = (0..=10u8, 0..=10u8).prop_map(|(a, b)| Share::Between(a.min(b), a.max(b)));
    let stated = prop_oneof![
        3 => (0..=10u8).prop_map(Share::Exactly),
        2 => (0..=10u8).prop_map(Share::AtLeast),
        1 => (0..=10u8).prop_map(Share::AtMost),
        1 => (0..=10u8).prop_map(Share::About),
        1 => pair,
        1 => Just(Share::InWords),
    ];
    prop::option::of(stated)
}

fn drafts_of(theme: &Theme) -> impl Strategy<Value = Draft> + use<> {
    let shares = [share(), share(), share()];
    (
        one_of(theme.claims),
        any::<[u8; 6]>(),
        shares,
        prop::bool::weighted(0.2),
    )
        .prop_map(|(claim, picks, shares, is_planned)| Draft {
            claim,
            picks,
            shares,
            is_planned,
        })
}

/// Facts about anything.
pub fn drafts() -> impl Strategy<Value = Draft> {
    drafts_of(&ANYTHING)
}

fn worlds_of(theme: &Theme) -> impl Strategy<Value = World> + use<> {
    (
        vec(one_of(theme.kinds), 5..=14),
        vec(drafts_of(theme), 4..=25),
    )
        .prop_map(|(kinds, drafts)| world(kinds, &drafts))
}

/// Worlds of 5 to 14 entities and up to 25 facts.
pub fn worlds() -> impl Strategy<Value = World> {
    prop_oneof![2 => worlds_of(&ANYTHING), 1 => worlds_of(&KINDS), 1 => worlds_of(&TRADE), 1 => worlds_of(&SITES)]
}

fn world(kinds: Vec<EntityKind>, drafts: &[Draft]) -> World {
    let mut world = World {
        kinds,
        facts: Vec::new(),
    };
    let mut ledger = Ledger::default();
    for draft in drafts {
        world.facts.extend(fitting(&world, &mut ledger, draft));
    }
    world
}

/// One more fact for a world, if its numbers pick one that is not there.
pub fn further(world: &World, draft: &Draft) -> Option<Fact> {
    let mut ledger = world.ledger().expect("the shares of a world fit together");
    fitting(world, &mut ledger, draft)
}

/// The fact that a draft stands for, without the shares that go beyond the whole.
fn fitting(world: &World, ledger: &mut Ledger, draft: &Draft) -> Option<Fact> {
    let mut fact = Fact {
        passage: world.new_passage(),
        ..fact(&world.kinds, draft)?
    };
    let shares = std::mem::take(&mut fact.shares);
    fact.shares = shares
        .into_iter()
        .filter(|&(field, share)| ledger.enter(&fact, field, share))
        .collect();
    (!world.facts.iter().any(|known| known.claims_the_same(&fact))).then_some(fact)
}

/// The fact that a draft stands for among entities of these kinds, if there is one; its shares may
/// go beyond the whole.
fn fact(kinds: &[EntityKind], draft: &Draft) -> Option<Fact> {
    let fields = draft.claim.form().fields;
    let ends: Option<Vec<_>> = fields
        .iter()
        .zip(draft.picks)
        .filter_map(|(form, pick)| end(kinds, draft.claim, form, pick))
        .collect();
    let share_fields = fields
        .iter()
        .filter(|form| form.slot == Slot::Share)
        .map(|form| form.field.word());
    let shares: Vec<_> = share_fields
        .zip(draft.shares)
        .filter_map(|(field, share)| Some((field, share?)))
        .collect();
    let measure = (draft.claim == Claim::Restricts).then(|| measure(draft.picks[5]));
    let status = status(draft.is_planned, draft.picks[5], shares.is_empty());
    let ends = without_good(kinds, draft, in_order(draft.claim, ends?));
    let is_held = is_held(kinds, draft, &ends);
    let fact = Fact {
        claim: draft.claim,
        ends,
        shares,
        measure,
        is_held,
        status,
        passage: 0,
    };
    is_sound(&fact).then_some(fact)
}

/// The entity in a field: none where the field holds something else or is left out; `Some(None)`
/// where nothing fits.
fn end(
    kinds: &[EntityKind],
    claim: Claim,
    form: &FieldForm,
    pick: u8,
) -> Option<Option<(&'static str, usize)>> {
    let Slot::One(allowed) = form.slot else {
        return None;
    };
    let allowed = if claim == Claim::IsA { GOODS } else { allowed };
    if !form.required && pick.is_multiple_of(2) {
        return None;
    }
    let fitting: Vec<usize> = (0..kinds.len())
        .filter(|&entity| allowed.contains(kinds[entity]))
        .collect();
    let chosen = fitting.get(usize::from(pick / 2) % fitting.len().max(1));
    Some(chosen.map(|&entity| (form.field.word(), entity)))
}

/// The ends of a relation that may not run in a circle, the one with the smaller number first.
fn in_order(claim: Claim, mut ends: Ends) -> Ends {
    if matches!(claim, Claim::IsA | Claim::PartOf) && ends[0].1 > ends[1].1 {
        (ends[0].1, ends[1].1) = (ends[1].1, ends[0].1);
    }
    ends
}

/// A restriction may be one of trade with somebody as such.
fn without_good(kinds: &[EntityKind], draft: &Draft, ends: Ends) -> Ends {
    let is_company = |entity| {
        matches!(
            kinds[entity],
            EntityKind::Firm | EntityKind::Group | EntityKind::Organisation
        )
    };
    let is_towards_one = ends
        .iter()
        .any(|&(field, entity)| field == "towards" && is_company(entity));
    let is_without =
        draft.claim == Claim::Restricts && is_towards_one && draft.picks[4].is_multiple_of(2);
    ends.into_iter()
        .filter(|(field, _)| !is_without || *field != "good")
        .collect()
}

/// Of an economy's supplies every second is what its companies hold.
fn is_held(kinds: &[EntityKind], draft: &Draft, ends: &Ends) -> bool {
    let is_of_economy = ends
        .iter()
        .any(|&(field, entity)| field == "by" && kinds[entity] == EntityKind::Economy);
    draft.claim == Claim::Produces && is_of_economy && draft.picks[4].is_multiple_of(2)
}

fn measure(pick: u8) -> &'static str {
    ["export-control", "export-ban", "export-control", "tariff"][usize::from(pick) % 4]
}

fn status(is_planned: bool, pick: u8, may_be_inferred: bool) -> &'static str {
    match is_planned {
        true => PLANNED[usize::from(pick) % 4],
        false => ACTUAL[usize::from(pick) % if may_be_inferred { 3 } else { 2 }],
    }
}

/// Whether no two of the ends that a fact must have are one.
fn is_sound(fact: &Fact) -> bool {
    let required = fact.claim.form().fields.iter().filter(|form| form.required);
    let mut ends: Vec<usize> = required
        .filter_map(|form| fact.try_end(form.field.word()))
        .collect();
    let all = ends.len();
    ends.sort_unstable();
    ends.dedup();
    ends.len() == all
}
