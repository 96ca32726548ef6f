//! What can't be gone around and what stops something, by trying: without each thing in turn, is
//! there still a way; with each set cut, is all gone.

use std::collections::{BTreeMap, BTreeSet};

use hanjung::facts::EntityKind;

use super::{Along, Oracle, Thing, Way, asked, is_among_others, is_followed, meant};

/// Entities that are cut together.
pub type Set = BTreeSet<usize>;

impl Oracle<'_> {
    /// For each entity the raw materials to which every way of another leads through it, or through
    /// what somebody makes of it.
    pub fn unavoidable(&self, of: usize, along: Along) -> BTreeMap<usize, BTreeSet<usize>> {
        let start = asked(self.world.kinds[of], of);
        let reached = self.reached_without(start, None, along);
        let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for &thing in reached.iter().filter(|thing| is_told(**thing)) {
            let left = self.reached_without(start, Some(thing), along);
            let entity = told(thing);
            let is_cut_off = |&raw: &usize| !left.contains(&Thing::Good(raw)) && entity != raw;
            let raws = self.raws(&reached).into_iter().filter(is_cut_off);
            if thing != start && entity != of {
                found.entry(entity).or_default().extend(raws);
            }
        }
        found.retain(|_, raws| !raws.is_empty());
        found
    }

    /// The materials among some things of which no input is known, planned or not.
    fn raws(&self, reached: &BTreeSet<Thing>) -> BTreeSet<usize> {
        let is_raw = |&entity: &usize| {
            let has_recipe = |way: &Way| way.from == Thing::Recipe(entity);
            self.world.kinds[entity] == EntityKind::Material && !self.ways.iter().any(has_recipe)
        };
        let goods = reached.iter().filter_map(|thing| match thing {
            Thing::Good(entity) => Some(*entity),
            _ => None,
        });
        goods.filter(is_raw).collect()
    }

    /// The things that can be reached if one is not there, by ways along which harm goes.
    fn reached_without(
        &self,
        from: Thing,
        without: Option<Thing>,
        along: Along,
    ) -> BTreeSet<Thing> {
        let (mut reached, mut open) = (BTreeSet::from([from]), vec![from]);
        while let Some(thing) = open.pop() {
            for way in self.harming(along).filter(|way| way.from == thing) {
                if Some(way.to) != without && reached.insert(way.to) {
                    open.push(way.to);
                }
            }
        }
        reached
    }

    /// The ways along which harm goes: not the short ones, beside which there is a long one.
    fn harming(&self, along: Along) -> impl Iterator<Item = &Way<'_>> {
        let ways = self.ways.iter();
        ways.filter(move |way| way.need.0 != "short" && is_followed(way, along))
    }

    /// The smallest sets of at most so many others without which nothing at all is left of
    /// something.
    pub fn stoppers(&self, of: usize, most: usize, along: Along) -> BTreeSet<Set> {
        let (needs, stopped) = (self.needs(along), self.to_be_stopped(of));
        let others: Vec<usize> = (0..self.world.kinds.len()).filter(|&it| it != of).collect();
        for size in 1..=most {
            let mut sets = sets(&others, size);
            sets.retain(|set| stopped.is_subset(&self.gone(set, &needs)));
            if !sets.is_empty() {
                return sets;
            }
        }
        BTreeSet::new()
    }

    /// Of whoever makes something all that it makes.
    fn to_be_stopped(&self, of: usize) -> BTreeSet<Thing> {
        let thing = asked(self.world.kinds[of], of);
        let outputs = self
            .ways
            .iter()
            .filter(|way| way.from == thing && way.need.0 == "output" && !way.is_planned);
        let outputs: BTreeSet<Thing> = outputs.map(|way| way.to).collect();
        match outputs.is_empty() {
            true => BTreeSet::from([thing]),
            false => outputs,
        }
    }

    /// What is gone if some entities are cut: nothing to begin with but these, and then whatever
    /// has a need that what is gone covers, until nothing is added.
    fn gone(&self, set: &Set, needs: &[Vec<&Way>]) -> BTreeSet<Thing> {
        let mut gone: BTreeSet<Thing> = set.iter().flat_map(|&entity| self.cut(entity)).collect();
        loop {
            let before = gone.len();
            for need in needs {
                if !gone.contains(&need[0].from) && self.is_covered(need, &gone) {
                    gone.insert(need[0].from);
                }
            }
            if gone.len() == before {
                return gone;
            }
        }
    }

    /// What a cut takes: of a policy all that it keeps from being exported too.
    fn cut(&self, entity: usize) -> BTreeSet<Thing> {
        let mut cut: BTreeSet<Thing> = meant(self.world.kinds[entity], entity)
            .into_iter()
            .collect();
        let restricted: Vec<Thing> = self
            .ways
            .iter()
            .filter(|way| way.to == Thing::Policy(entity) && !way.is_planned)
            .map(|way| way.from)
            .filter(|thing| matches!(thing, Thing::Origin(..) | Thing::Supply(..)))
            .collect();
        let made = self
            .ways
            .iter()
            .filter(|way| way.facts.is_empty() && restricted.contains(&way.to))
            .filter(|way| matches!(way.to, Thing::Origin(..)));
        cut.extend(made.map(|way| way.from));
        cut.extend(restricted);
        cut
    }

    /// The ways of each need, each once. What holds by meaning is a need of its own.
    fn needs(&self, along: Along) -> Vec<Vec<&Way<'_>>> {
        let mut needs: BTreeMap<_, Vec<&Way>> = BTreeMap::new();
        for way in self.harming(along) {
            let meaning = Some(way.to).filter(|_| way.need.0 == "meaning");
            let ways = needs.entry((way.from, way.need, meaning)).or_default();
            let is_same = |known: &&Way| (known.to, known.is_planned) == (way.to, way.is_planned);
            if !ways.iter().any(is_same) {
                ways.push(way);
            }
        }
        needs.into_values().collect()
    }

    /// Whether what is gone covers a need: all there is of it, the rest too; or one whole by the
    /// least shares, where those of all its parts come to no more.
    fn is_covered(&self, need: &[&Way], gone: &BTreeSet<Thing>) -> bool {
        let is_gone = |way: &&&Way| gone.contains(&way.to);
        let is_all = need.iter().any(|way| way.is_rest) && need.iter().all(|way| is_gone(&way));
        let stated = need.iter().filter(|way| !way.is_rest);
        let mut wholes: BTreeMap<_, Vec<&Way>> = BTreeMap::new();
        for way in stated {
            wholes.entry(self.whole(way)).or_default().push(way);
        }
        let least = |ways: &mut dyn Iterator<Item = &&Way>| -> u32 {
            ways.map(|way| (way.bounds.0 * 1000.0).round() as u32).sum()
        };
        let is_whole = |ways: &Vec<&Way>| {
            least(&mut ways.iter().filter(|way| is_gone(way))) == 1000
                && least(&mut ways.iter()) == 1000
        };
        is_all || wholes.values().any(is_whole)
    }

    /// What tells the whole that a way is a part of; of what is part of none, the way itself.
    fn whole(&self, way: &Way) -> (EntityKind, super::Holding, Option<(Thing, bool)>) {
        let kind = match way.need.0 {
            "output" => EntityKind::Firm,
            _ => self.world.kinds[way.to.holder()],
        };
        let likewise = (kind, way.holding);
        let is_alone = way.need.0 == "sites" || way.is_planned || is_among_others(way, likewise);
        let itself = Some((way.to, way.is_planned)).filter(|_| is_alone);
        (kind, way.holding, itself)
    }
}

/// All sets of so many of some entities.
fn sets(of: &[usize], size: usize) -> BTreeSet<Set> {
    if size == 0 {
        return BTreeSet::from([Set::new()]);
    }
    let smaller = sets(of, size - 1);
    let one_more = |set: &Set| {
        let others = of.iter().filter(|it| !set.contains(it));
        let larger = others.map(|&it| set | &Set::from([it]));
        larger.collect::<Vec<Set>>()
    };
    smaller.iter().flat_map(one_more).collect()
}

/// Whether an answer tells a thing: not how something is made, nor what somebody takes in.
fn is_told(thing: Thing) -> bool {
    !matches!(thing, Thing::Recipe(_) | Thing::Intake(..))
}

/// The entity that stands in an answer for a thing: for what somebody makes of a good, the good.
fn told(thing: Thing) -> usize {
    match thing {
        Thing::Supply(_, good) | Thing::Making(_, good) | Thing::Origin(_, good) => good,
        other => other.holder(),
    }
}
