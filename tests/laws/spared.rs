//! What made-up worlds are spared, because hanjung is known to be wrong on it: each with the test that shows the fault, which is ignored
//! until it is mended. `LAWS_SPARE_NOTHING=1` spares them nothing.

use hanjung::facts::{Claim, EntityKind};

use crate::world::{Fact, World};

/// The world without what hanjung is known to be wrong on.
pub fn spared(world: World) -> World {
    let is_spared = |fact: &&Fact| std::env::var_os("LAWS_SPARE_NOTHING").is_none() && is_faulty(&world, fact);
    world.with(world.facts.iter().filter(|fact| !is_spared(fact)).cloned().collect())
}

fn is_faulty(world: &World, fact: &Fact) -> bool {
    let is = |field, kind| fact.try_end(field).is_some_and(|entity| world.kinds[entity] == kind);
    match fact.claim {
        // faults::an_economy_that_operates_owns_or_licenses_is_depended_on
        Claim::Owns => is("owner", EntityKind::Economy),
        Claim::Operates => is("firm", EntityKind::Economy),
        // faults::a_plan_to_make_a_good_does_not_end_the_dependence_on_its_licensor
        Claim::Licenses => is("licensor", EntityKind::Economy) || is_made_by_plan(world, fact),
        // faults::a_plant_that_makes_something_at_another_is_depended_on_both_ways
        Claim::Produces => is("by", EntityKind::Plant) && is("at", EntityKind::Plant),
        // faults::what_is_used_for_one_good_goes_into_no_other
        Claim::Uses => fact.try_end("for").is_some(),
        // faults::what_replaces_its_own_kind_is_inherited, faults::a_need_stated_below_a_replacement_is_inherited
        Claim::Replaces => is_needed_below(world, fact),
        _ => false,
    }
}

/// Whether a plan or a restriction speaks of the licensee's output of the licensed good.
fn is_made_by_plan(world: &World, licence: &Fact) -> bool {
    let (licensee, good) = (licence.end("licensee"), licence.end("good"));
    let is_of = |fact: &Fact, by| fact.try_end(by) == Some(licensee) && fact.try_end("good") == Some(good);
    world.facts.iter().any(|fact| match fact.claim {
        Claim::Produces => fact.is_planned() && is_of(fact, "by"),
        Claim::Supplies | Claim::Sources => fact.is_planned() && is_of(fact, "from"),
        Claim::Restricts => is_of(fact, "by"),
        _ => false,
    })
}

/// Whether something that a replacement takes away is stated as an input of the kind it is replaced in, or of a kind below.
fn is_needed_below(world: &World, replacement: &Fact) -> bool {
    let (replaced, place) = (replacement.end("replaced"), replacement.end("in"));
    let needs = world.facts_of(Claim::Needs).map(|fact| (fact.end("good"), fact.end("input")));
    let replacing = world.facts_of(Claim::Replaces).map(|fact| (fact.end("in"), fact.end("good")));
    let mut stated = needs.chain(replacing);
    stated.any(|(good, input)| is_kind(world, good, place) && is_kind(world, input, replaced))
}

fn is_kind(world: &World, good: usize, of: usize) -> bool {
    let mut parents =
        world.facts_of(Claim::IsA).filter(|fact| fact.end("child") == good).map(|fact| fact.end("parent"));
    good == of || parents.any(|parent| is_kind(world, parent, of))
}
