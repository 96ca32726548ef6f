//! A naive judge of who depends on whom, written from the tables in `docs/architecture.md` over the
//! facts of a made-up world. It knows nothing of how hanjung builds its graph: every row of the
//! table is one function, and every walk goes round until nothing changes.

mod stops;

use std::collections::{BTreeMap, BTreeSet};

use hanjung::facts::{Claim, EntityKind, GOODS, TERRITORIES};

pub use stops::Set;

use crate::laws::world::{Fact, Share, World};

/// What may depend or be depended on: what sort of thing, and of which entity; for a supply of
/// whom, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Good(usize),
    Class(usize),
    Recipe(usize),
    Supply(usize, usize),
    /// At what site, and of what.
    Making(usize, usize),
    /// From where, and of what.
    Origin(usize, usize),
    /// By whom, into what if that is known, of what.
    Intake(usize, Option<usize>, usize),
    Actor(usize),
    Maker(usize),
    Site(usize),
    Place(usize),
    Policy(usize),
}

use Thing::{
    Actor, Class, Good, Intake, Maker, Making, Origin, Place, Policy, Recipe, Site, Supply,
};

/// What is followed beside what documents state of inputs, sites and outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Along {
    pub plans: bool,
    pub possible: bool,
    pub market: bool,
    pub ownership: bool,
    pub technology: bool,
}

/// Arcs that are followed only when asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Channel {
    Usual,
    Market,
    Ownership,
    Technology,
}

/// Tells the requirements of one thing apart.
type Need = (&'static str, usize);

/// One way in which a requirement may be met.
#[derive(Clone, Debug)]
struct Way<'w> {
    from: Thing,
    need: Need,
    to: Thing,
    bounds: (f64, f64),
    is_stated: bool,
    is_rest: bool,
    is_planned: bool,
    holding: Holding,
    /// The facts that a chain counts for it: none for what holds by meaning.
    facts: Vec<&'w Fact>,
    channel: Channel,
}

impl<'w> Way<'w> {
    /// By the meaning of the things.
    fn meant(from: Thing, to: Thing) -> Self {
        let (need, facts, channel) = (("meaning", 0), Vec::new(), Channel::Usual);
        let holding = Holding::Made;
        Way {
            from,
            need,
            to,
            bounds: (1.0, 1.0),
            is_stated: true,
            is_rest: false,
            is_planned: false,
            holding,
            facts,
            channel,
        }
    }

    /// All of the requirement, by these facts.
    fn all(from: Thing, need: Need, to: Thing, facts: Vec<&'w Fact>) -> Self {
        let is_planned = facts.iter().any(|fact| fact.is_planned());
        Way {
            need,
            facts,
            is_planned,
            ..Way::meant(from, to)
        }
    }

    /// As much of the requirement as a fact states in a field, if it does.
    fn part(from: Thing, need: Need, to: Thing, fact: &'w Fact, field: &str) -> Self {
        let share = fact.share(field);
        let bounds = share.map_or((0.0, 1.0), Share::bounds);
        Way {
            bounds,
            is_stated: share.is_some(),
            ..Way::all(from, need, to, vec![fact])
        }
    }

    /// What the other ways leave.
    fn rest(from: Thing, need: Need, to: Thing, facts: Vec<&'w Fact>) -> Self {
        Way {
            is_rest: true,
            is_stated: false,
            bounds: (0.0, 1.0),
            ..Way::all(from, need, to, facts)
        }
    }

    fn along(self, channel: Channel) -> Self {
        Way { channel, ..self }
    }

    /// Whether it rests on what an economy's companies hold.
    fn is_held(&self) -> bool {
        self.facts.last().is_some_and(|fact| fact.is_held)
    }

    /// Whether it rests on what somebody makes.
    fn is_made(&self) -> bool {
        self.facts
            .last()
            .is_some_and(|fact| fact.claim == Claim::Produces && !fact.is_held)
    }

    /// Whether it pools: a good on its makers, a group on its members.
    fn is_pool(&self) -> bool {
        matches!(self.need.0, "sources" | "members")
    }
}

/// The judge of one world.
pub struct Oracle<'w> {
    world: &'w World,
    ways: Vec<Way<'w>>,
}

impl<'w> Oracle<'w> {
    pub fn new(world: &'w World) -> Self {
        let long = narrowed(
            world,
            Rules {
                world,
                with_plans: false,
            }
            .ways(),
        );
        let short = short_ways(&long);
        Oracle {
            world,
            ways: [long, short].concat(),
        }
    }

    /// Everything that an entity depends on, each with the least number of facts that a chain can
    /// rest on.
    pub fn dependencies(&self, entity: usize, along: Along) -> BTreeMap<usize, usize> {
        let reached = self.reached(asked(self.world.kinds[entity], entity), along);
        let others = (0..self.world.kinds.len()).filter(|&other| other != entity);
        others
            .filter_map(|other| Some((other, self.fewest(&reached, other)?)))
            .collect()
    }

    /// Everything that depends on what one makes of a good, or of a kind of it; on a territory,
    /// whoever makes it there.
    pub fn dependents_of_output(&self, by: usize, good: usize, along: Along) -> BTreeSet<usize> {
        let meant = [Supply(by, good), Origin(by, good)];
        let entities = 0..self.world.kinds.len();
        let reaches = |&entity: &usize| {
            let reached = self.reached(asked(self.world.kinds[entity], entity), along);
            meant.iter().any(|thing| reached.contains_key(thing))
        };
        entities.filter(reaches).collect()
    }

    fn fewest(&self, reached: &BTreeMap<Thing, Vec<Facts>>, entity: usize) -> Option<usize> {
        let meant = meant(self.world.kinds[entity], entity);
        let sets = meant
            .iter()
            .filter_map(|thing| reached.get(thing))
            .flatten();
        sets.map(|facts| facts.count_ones() as usize).min()
    }

    /// Everything that can be reached, with every set of facts that a chain to it rests on and that
    /// has no smaller one in it.
    fn reached(&self, from: Thing, along: Along) -> BTreeMap<Thing, Vec<Facts>> {
        let mut reached = BTreeMap::from([(from, vec![0])]);
        let mut open = vec![(from, 0)];
        while let Some((thing, facts)) = open.pop() {
            for way in self
                .ways
                .iter()
                .filter(|way| way.from == thing && is_followed(way, along))
            {
                let facts = facts | self.set(&way.facts);
                let known: &mut Vec<Facts> = reached.entry(way.to).or_default();
                if known.iter().all(|known| known & !facts != 0) {
                    known.retain(|known| facts & !known != 0);
                    known.push(facts);
                    open.push((way.to, facts));
                }
            }
        }
        reached
    }

    fn set(&self, facts: &[&Fact]) -> Facts {
        let bit = |fact: &&Fact| {
            1 << self
                .world
                .facts
                .iter()
                .position(|known| std::ptr::eq(known, *fact))
                .unwrap()
        };
        facts.iter().map(bit).fold(0, |set, bit: Facts| set | bit)
    }
}

/// A set of facts: a bit for each, by its place in the world.
type Facts = u32;

fn is_followed(way: &Way, along: Along) -> bool {
    let stands = match (way.is_planned, way.is_pool() && !way.is_stated) {
        (true, _) => along.plans,
        (false, true) => along.possible,
        (false, false) => true,
    };
    stands
        && match way.channel {
            Channel::Usual => true,
            Channel::Market => along.market,
            Channel::Ownership => along.ownership,
            Channel::Technology => along.technology,
        }
}

/// From each buyer straight to what it buys, by the purchase alone, if there is a way there by what
/// it makes of it.
fn short_ways<'w>(long: &[Way<'w>]) -> Vec<Way<'w>> {
    let mut short = Vec::new();
    for way in long
        .iter()
        .filter(|way| matches!(way.need.0, "input" | "purchase"))
    {
        let is_purchase =
            |fact: &&&Fact| matches!(fact.claim, Claim::Supplies | Claim::Sources | Claim::Uses);
        let Some(purchase) = way.facts.iter().find(is_purchase) else {
            continue;
        };
        for before in ways_before(long, way.from) {
            let is_planned = way.is_planned || before.iter().any(|way| way.is_planned);
            let Some(Actor(buyer)) = before.first().map(|way| way.from) else {
                continue;
            };
            let direct = Way::all(Actor(buyer), ("short", 0), way.to, vec![*purchase]);
            short.push(Way {
                is_planned,
                ..direct
            });
        }
    }
    short
}

/// The ways from somebody to its own output, and on to what that takes in, if that is where they
/// are to end.
fn ways_before<'w, 'a>(long: &'a [Way<'w>], end: Thing) -> Vec<Vec<&'a Way<'w>>> {
    match end {
        Supply(by, _) => {
            let is_own =
                |way: &&Way| (way.from, way.to) == (Actor(by), end) && way.need.0 == "output";
            long.iter().filter(is_own).map(|way| vec![way]).collect()
        }
        Intake(_, Some(_), _) => {
            let last = long.iter().filter(|way| way.to == end);
            last.flat_map(|last| {
                ways_before(long, last.from)
                    .into_iter()
                    .map(move |ways| [ways, vec![last]].concat())
            })
            .collect()
        }
        _ => Vec::new(),
    }
}

/// What an entity is when it is asked what it depends on.
fn asked(kind: EntityKind, entity: usize) -> Thing {
    match kind {
        EntityKind::Place => Place(entity),
        EntityKind::Policy => Policy(entity),
        kind if GOODS.contains(kind) => Good(entity),
        _ => Actor(entity),
    }
}

/// What an entity is when it is asked who depends on it.
fn meant(kind: EntityKind, entity: usize) -> Vec<Thing> {
    match kind {
        EntityKind::Place => vec![Place(entity)],
        EntityKind::Policy => vec![Policy(entity)],
        EntityKind::Plant => vec![Site(entity), Actor(entity)],
        EntityKind::Economy => vec![Place(entity), Actor(entity), Maker(entity)],
        kind if GOODS.contains(kind) => vec![Good(entity), Class(entity)],
        _ => vec![Maker(entity), Actor(entity)],
    }
}

/// Brings together what is said of one way, takes from each what the others leave, and drops what
/// can cover nothing.
fn narrowed<'w>(world: &World, ways: Vec<Way<'w>>) -> Vec<Way<'w>> {
    let mut merged: Vec<Vec<Way>> = Vec::new();
    for way in ways {
        let is_same = |known: &Way| {
            (known.from, known.need, known.to, known.is_planned)
                == (way.from, way.need, way.to, way.is_planned)
        };
        match merged.iter_mut().find(|known| is_same(&known[0])) {
            Some(known) => known.push(way),
            None => merged.push(vec![way]),
        }
    }
    let merged: Vec<Way> = merged.iter().flat_map(|said| merge(said)).collect();
    merged
        .iter()
        .filter(|way| most(world, way, &merged) > 1e-9)
        .cloned()
        .collect()
}

/// What is said of one way brought together: the bounds that all allow, or else all that any
/// allows. It rests on any one of the facts that make it; where it counts only for its share, on
/// one that states that.
fn merge<'w>(said: &[Way<'w>]) -> Vec<Way<'w>> {
    let fold =
        |of: fn(&Way) -> f64, pick: fn(f64, f64) -> f64| said.iter().map(of).reduce(pick).unwrap();
    let inner = (
        fold(|way| way.bounds.0, f64::max),
        fold(|way| way.bounds.1, f64::min),
    );
    let outer = (
        fold(|way| way.bounds.0, f64::min),
        fold(|way| way.bounds.1, f64::max),
    );
    let bounds = match () {
        () if is_mixed(said) => (inner.0, 1.0),
        () if inner.0 <= inner.1 => inner,
        () => outer,
    };
    let is_stated = said.iter().any(|way| way.is_stated);
    let makes_it = |way: &&Way| way.is_stated || !is_stated || !way.is_pool();
    let holding = holding(said);
    said.iter()
        .filter(makes_it)
        .map(|way| Way {
            bounds,
            is_stated,
            holding,
            ..way.clone()
        })
        .collect()
}

/// Whether it is both what an economy makes and what its companies hold, be it nothing of either.
fn is_mixed(said: &[Way]) -> bool {
    let is_any = said.iter().any(|way| way.bounds.1 > 0.0);
    said[0].need.0 == "sources"
        && is_any
        && said.iter().any(Way::is_held)
        && said.iter().any(Way::is_made)
}

/// How it is held by all that is said of it.
fn holding(said: &[Way]) -> Holding {
    match said.iter().any(Way::is_held) {
        true if is_mixed(said) => Holding::Both,
        true => Holding::ByCompanies,
        false => Holding::Made,
    }
}

/// Whose a share is: it is added up only with those held likewise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Holding {
    Made,
    ByCompanies,
    Both,
}

impl Thing {
    /// Who or what holds a share: of a supply its maker.
    fn holder(self) -> usize {
        match self {
            Supply(by, _) => by,
            Intake(_, _, it)
            | Making(it, _)
            | Origin(it, _)
            | Good(it)
            | Class(it)
            | Recipe(it)
            | Actor(it)
            | Maker(it)
            | Site(it)
            | Place(it)
            | Policy(it) => it,
        }
    }
}

/// The most that a way can cover beside the others of its requirement. Plans take nothing from
/// anybody, nor anybody from them; sites may lie within each other, and groups have members in
/// common; and only holders of one kind share a whole: what a country holds, its firms hold too.
fn most(world: &World, way: &Way, all: &[Way]) -> f64 {
    // All that somebody makes, operates and owns is one business.
    let kind = |way: &Way| {
        if way.need.0 == "output" {
            EntityKind::Firm
        } else {
            world.kinds[way.to.holder()]
        }
    };
    let likewise = |way: &Way| (kind(way), way.holding);
    let is_alone = way.need.0 == "sites" || way.is_planned || is_among_others(way, likewise(way));
    let is_free = is_alone && !way.is_rest;
    let is_beside = |other: &&Way| {
        let is_counted = !other.is_planned && !other.is_rest;
        is_counted && (other.from, other.need) == (way.from, way.need) && other.to != way.to
    };
    // One way may stand there several times, by several facts.
    let beside = all.iter().filter(is_beside);
    let taken_by: BTreeMap<Thing, _> = beside
        .map(|other| (other.to, (likewise(other), other.bounds.0)))
        .collect();
    let parts = |held| {
        taken_by
            .values()
            .filter(move |(by, _)| *by == held)
            .map(|(_, least)| *least)
    };
    let taken = |held| {
        if is_among_others(way, held) {
            parts(held).fold(0.0, f64::max)
        } else {
            parts(held).sum::<f64>()
        }
    };
    let most_taken = match way.is_rest {
        true => taken_by
            .values()
            .map(|(held, _)| taken(*held))
            .fold(planned(way, all), f64::max),
        false => taken(likewise(way)),
    };
    if is_free {
        way.bounds.1
    } else {
        way.bounds.1.min(1.0 - most_taken).max(way.bounds.0)
    }
}

/// The largest share that a plan leaves the rest of a plan without; nothing where the rest is no
/// plan.
fn planned(way: &Way, all: &[Way]) -> f64 {
    let is_plan = |other: &&Way| {
        other.is_planned && !other.is_rest && (other.from, other.need) == (way.from, way.need)
    };
    if way.is_planned {
        all.iter()
            .filter(is_plan)
            .map(|other| other.bounds.0)
            .fold(0.0, f64::max)
    } else {
        0.0
    }
}

/// Whether holders of a kind may hold the same: groups, whose members may be in another too, but
/// for what is the group's own output; and what is both made by an economy and held by its
/// companies.
fn is_among_others(way: &Way, (kind, holding): (EntityKind, Holding)) -> bool {
    way.need.0 != "output" && kind == EntityKind::Group || holding == Holding::Both
}

/// Something that somebody buys or uses.
struct Purchase<'w> {
    fact: &'w Fact,
    buyer: usize,
    from: Option<usize>,
}

impl Purchase<'_> {
    fn good(&self) -> usize {
        self.fact.end("good")
    }
}

/// The rows of the table.
struct Rules<'w> {
    world: &'w World,
    /// Whether plans count among the facts of kinds and inputs.
    with_plans: bool,
}

impl<'w> Rules<'w> {
    fn ways(&self) -> Vec<Way<'w>> {
        let goods = [self.goods(), self.kinds(), self.inputs()];
        let supplies = [
            self.makers(),
            self.supplies(),
            self.plant_outputs(),
            self.purchases(),
        ];
        let relations = [
            self.makings_at_sites(),
            self.origins(),
            self.holders(),
            self.operators(),
            self.members(),
            self.places(),
            self.policies(),
        ];
        let channels = [
            self.markets(),
            self.customers(),
            self.owners(),
            self.licensors(),
        ];
        [
            goods.concat(),
            supplies.concat(),
            relations.concat(),
            channels.concat(),
        ]
        .concat()
    }

    fn kind(&self, entity: usize) -> EntityKind {
        self.world.kinds[entity]
    }

    fn is_plant(&self, entity: usize) -> bool {
        self.kind(entity) == EntityKind::Plant
    }

    fn is_economy(&self, entity: usize) -> bool {
        self.kind(entity) == EntityKind::Economy
    }

    fn entities(&self) -> std::ops::Range<usize> {
        0..self.world.kinds.len()
    }

    fn all_goods(&self) -> impl Iterator<Item = usize> {
        self.entities()
            .filter(|&entity| GOODS.contains(self.kind(entity)))
    }

    fn facts(&self, claim: Claim) -> impl Iterator<Item = &'w Fact> {
        self.world.facts_of(claim)
    }

    /// Facts of kinds and inputs: those that hold, and plans if they count.
    fn known(&self, claim: Claim) -> impl Iterator<Item = &'w Fact> {
        let with_plans = self.with_plans;
        self.facts(claim)
            .filter(move |fact| with_plans || !fact.is_planned())
    }

    /// The same rules with plans among the facts of kinds and inputs.
    fn planned(&self) -> Rules<'w> {
        Rules {
            world: self.world,
            with_plans: true,
        }
    }

    /// A good and every kind above it, each with the shortest list of facts that leads there.
    fn above(&self, good: usize) -> BTreeMap<usize, Vec<&'w Fact>> {
        let mut above = BTreeMap::from([(good, Vec::new())]);
        for _ in self.entities() {
            for fact in self.known(Claim::IsA) {
                let Some(way) = above.get(&fact.end("child")) else {
                    continue;
                };
                let way = [way.as_slice(), &[fact]].concat();
                keep_shorter(&mut above, fact.end("parent"), way);
            }
        }
        above
    }

    /// Inputs stated of the good itself.
    fn own_inputs(&self, good: usize) -> BTreeMap<usize, Vec<&'w Fact>> {
        let needs = self
            .known(Claim::Needs)
            .filter(|fact| fact.end("good") == good)
            .map(|fact| (fact.end("input"), fact));
        let new = self
            .known(Claim::Replaces)
            .filter(|fact| fact.end("in") == good)
            .map(|fact| (fact.end("good"), fact));
        needs
            .chain(new)
            .map(|(input, fact)| (input, vec![fact]))
            .collect()
    }

    /// Inputs of the good and of every kind above it, but for what is replaced in it; each with the
    /// facts, as few as can be.
    fn all_inputs(&self, good: usize) -> BTreeMap<usize, Vec<&'w Fact>> {
        let mut inputs = BTreeMap::new();
        for (kind, way) in self.above(good) {
            for (input, facts) in self.own_inputs(kind) {
                if !self.is_replaced(good, kind, input) {
                    keep_shorter(&mut inputs, input, [way.as_slice(), &facts].concat());
                }
            }
        }
        inputs
    }

    /// Whether an input stated of a kind is replaced in a good of that kind: by a statement on the
    /// good or a kind above it that is below the one that states the input.
    fn is_replaced(&self, good: usize, kind: usize, input: usize) -> bool {
        let (above_good, above_input) = (self.above(good), self.above(input));
        self.known(Claim::Replaces).any(|fact| {
            let place = fact.end("in");
            above_good.contains_key(&place)
                && place != kind
                && self.above(place).contains_key(&kind)
                && above_input.contains_key(&fact.end("replaced"))
        })
    }

    /// Whether something is replaced in the good, or in a kind above it.
    fn is_replacing(&self, good: usize) -> bool {
        let above = self.above(good);
        self.known(Claim::Replaces)
            .any(|fact| above.contains_key(&fact.end("in")))
    }

    fn goods(&self) -> Vec<Way<'w>> {
        let ways = |good| {
            [
                Way::meant(Good(good), Recipe(good)),
                Way::meant(Good(good), Class(good)),
            ]
        };
        self.all_goods().flat_map(ways).collect()
    }

    fn kinds(&self) -> Vec<Way<'w>> {
        let mut ways = Vec::new();
        for fact in self.facts(Claim::IsA) {
            let (child, parent) = (fact.end("child"), fact.end("parent"));
            ways.push(Way::all(
                Class(child),
                ("parent", parent),
                Class(parent),
                vec![fact],
            ));
            if !self.is_replacing(child) {
                ways.push(Way::all(
                    Recipe(child),
                    ("parent", parent),
                    Recipe(parent),
                    vec![fact],
                ));
            }
        }
        ways
    }

    /// The inputs that a recipe lists: its own, or all where something is replaced.
    fn listed(&self, good: usize) -> BTreeMap<usize, Vec<&'w Fact>> {
        if self.is_replacing(good) {
            self.all_inputs(good)
        } else {
            self.own_inputs(good)
        }
    }

    fn inputs(&self) -> Vec<Way<'w>> {
        let ways = |good| {
            let listed = self
                .listed(good)
                .into_iter()
                .chain(plans_of(self.planned().listed(good)));
            listed.map(move |(input, facts)| {
                Way::all(Recipe(good), ("input", input), Good(input), facts)
            })
        };
        self.all_goods().flat_map(ways).collect()
    }

    /// Every fact that speaks of somebody's output of a good, with who and what.
    fn makings(&self) -> Vec<(&'w Fact, usize, usize)> {
        let by = |claim, field| {
            let making = move |fact: &'w Fact| (fact, fact.end(field), fact.end("good"));
            self.facts(claim).map(making).collect::<Vec<_>>()
        };
        let exports = self
            .facts(Claim::Restricts)
            .filter(|fact| stops_exports(fact));
        let restricted = exports
            .map(|fact| (fact, fact.end("by"), fact.end("good")))
            .collect();
        [
            by(Claim::Produces, "by"),
            by(Claim::Supplies, "from"),
            by(Claim::Sources, "from"),
            restricted,
        ]
        .concat()
    }

    /// A good on those who make it, they on their output, and it on the sites.
    fn makers(&self) -> Vec<Way<'w>> {
        let mut ways = Vec::new();
        for (fact, by, good) in self.makings() {
            let supply = Supply(by, good);
            ways.push(Way::part(
                Good(good),
                ("sources", 0),
                supply,
                fact,
                "world_share",
            ));
            if !self.is_economy(by) && fact.claim != Claim::Restricts {
                ways.push(Way::part(
                    Actor(by),
                    ("output", 0),
                    supply,
                    fact,
                    "business_share",
                ));
            }
            if let Some(at) = fact.try_end("at") {
                let share = if self.is_mixed(by, good) {
                    ""
                } else {
                    "output_share"
                };
                ways.push(Way::part(
                    supply,
                    ("sites", 0),
                    Making(at, good),
                    fact,
                    share,
                ));
            }
        }
        ways
    }

    fn supplies(&self) -> Vec<Way<'w>> {
        let supplies: BTreeSet<_> = self
            .makings()
            .into_iter()
            .map(|(_, by, good)| (by, good))
            .collect();
        let ways = |(by, good)| {
            let (holder, origin) = match self.kind(by) {
                EntityKind::Economy if !self.is_held(by, good) => {
                    (Place(by), Some(Origin(by, good)))
                }
                EntityKind::Economy => (Maker(by), Some(Origin(by, good))),
                EntityKind::Plant => (Site(by), Some(Origin(by, good))),
                _ => (Maker(by), None),
            };
            let meant = [Class(good), holder]
                .into_iter()
                .chain(origin)
                .map(move |to| Way::meant(Supply(by, good), to));
            self.supply_inputs(by, good)
                .into_iter()
                .chain(meant)
                .chain(self.held_there(by, good))
        };
        supplies.into_iter().flat_map(ways).collect()
    }

    fn makings_of(&self, by: usize, good: usize) -> Vec<&'w Fact> {
        self.makings()
            .into_iter()
            .filter(|(_, who, what)| (*who, *what) == (by, good))
            .map(|(fact, ..)| fact)
            .collect()
    }

    /// Whether a fact that counts says that an economy's companies hold the supply: a plan counts
    /// only among plans.
    fn is_held(&self, by: usize, good: usize) -> bool {
        let facts = self.makings_of(by, good);
        let is_only_planned = facts.iter().all(|fact| fact.is_planned());
        facts
            .iter()
            .any(|fact| fact.is_held && (is_only_planned || !fact.is_planned()))
    }

    fn is_mixed(&self, by: usize, good: usize) -> bool {
        let is_made = |fact: &&Fact| fact.claim == Claim::Produces && !fact.is_held;
        self.is_held(by, good) && self.makings_of(by, good).iter().any(is_made)
    }

    /// What an economy's companies hold, in some part on its territory.
    fn held_there(&self, by: usize, good: usize) -> Vec<Way<'w>> {
        let way = |fact: &'w Fact| Way::part(Supply(by, good), ("sites", 0), Place(by), fact, "");
        let produced = self
            .makings_of(by, good)
            .into_iter()
            .filter(|fact| fact.claim == Claim::Produces);
        produced
            .filter(|_| self.is_held(by, good))
            .map(way)
            .collect()
    }

    fn bought(&self) -> Vec<Purchase<'w>> {
        let by = |claim, buyer, from| {
            let purchase = move |fact: &'w Fact| Purchase {
                fact,
                buyer: fact.end(buyer),
                from: fact.try_end(from),
            };
            self.facts(claim).map(purchase)
        };
        let known = by(Claim::Supplies, "to", "from").chain(by(Claim::Sources, "buyer", "from"));
        known.chain(by(Claim::Uses, "by", "from")).collect()
    }

    /// Whether what is bought may go into a good: where the fact says what it goes into, only into
    /// kinds of that.
    fn may_go_into(&self, bought: &Purchase, good: usize) -> bool {
        bought
            .fact
            .try_end("for")
            .is_none_or(|target| self.above(good).contains_key(&target))
    }

    /// What a maker buys for a good that is an input of it, or a kind of the input.
    fn bought_for(&self, by: usize, good: usize, input: usize) -> Vec<Purchase<'w>> {
        let is_input = |bought: &Purchase| self.above(bought.good()).contains_key(&input);
        let fits = |bought: &Purchase| {
            bought.buyer == by && is_input(bought) && self.may_go_into(bought, good)
        };
        self.bought().into_iter().filter(fits).collect()
    }

    fn supply_inputs(&self, by: usize, good: usize) -> Vec<Way<'w>> {
        let (supply, inputs) = (Supply(by, good), self.all_inputs(good));
        if inputs
            .keys()
            .all(|&input| self.bought_for(by, good, input).is_empty())
        {
            return vec![Way::meant(supply, Recipe(good))];
        }
        let mut ways = Vec::new();
        for (input, facts) in inputs {
            for bought in self.bought_for(by, good, input) {
                let new = if bought.good() == input {
                    supplier(supply, input, &bought, &facts)
                        .into_iter()
                        .collect()
                } else {
                    let facts = [self.above(bought.good())[&input].as_slice(), &facts].concat();
                    taken_in(
                        supply,
                        Intake(by, Some(good), bought.good()),
                        input,
                        &bought,
                        facts,
                    )
                };
                ways.extend(new.into_iter().map(|way| {
                    if self.feeds(&bought) > 1 {
                        blurred(way)
                    } else {
                        way
                    }
                }));
            }
            ways.push(Way::rest(supply, ("input", input), Good(input), facts));
        }
        let plans = plans_of(self.planned().all_inputs(good));
        ways.extend(
            plans.map(|(input, facts)| Way::rest(supply, ("input", input), Good(input), facts)),
        );
        ways
    }

    fn purchases(&self) -> Vec<Way<'w>> {
        let mut ways = Vec::new();
        for bought in self.bought() {
            let buyer = bought.buyer;
            if self.feeds(&bought) > 0 && !self.is_economy(buyer) {
                continue;
            }
            let intake = Intake(buyer, None, bought.good());
            ways.push(Way::part(
                Actor(buyer),
                ("purchase", bought.good()),
                intake,
                bought.fact,
                "",
            ));
            ways.extend(needed(intake, &bought));
        }
        ways
    }

    fn feeds(&self, bought: &Purchase) -> usize {
        self.fed(bought).len()
    }

    /// Those goods that the buyer is known to make which have what is bought, or what that is a
    /// kind of, among their inputs.
    fn fed(&self, bought: &Purchase) -> Vec<usize> {
        let made = self
            .makings()
            .into_iter()
            .filter(|(fact, by, _)| *by == bought.buyer && !fact.is_planned());
        let made: BTreeSet<usize> = made.map(|(_, _, made)| made).collect();
        let takes = |made: &usize| {
            let above = self.above(bought.good());
            self.all_inputs(*made)
                .keys()
                .any(|input| above.contains_key(input))
                && self.may_go_into(bought, *made)
        };
        made.into_iter().filter(takes).collect()
    }

    /// What is made at a plant is the plant's output, and the plant goes on only as long as the one
    /// who makes it there.
    fn plant_outputs(&self) -> Vec<Way<'w>> {
        let mut ways = Vec::new();
        for fact in self.facts(Claim::Produces) {
            let Some(plant) = fact.try_end("at").filter(|&at| self.is_plant(at)) else {
                continue;
            };
            let (by, good) = (fact.end("by"), fact.end("good"));
            let output = Supply(plant, good);
            ways.extend(
                [Class(good), Recipe(good), Site(plant), Origin(plant, good)]
                    .map(|to| Way::meant(output, to)),
            );
            ways.push(Way::part(Actor(plant), ("output", 0), output, fact, ""));
            if !self.is_economy(by) && !self.is_plant(by) {
                ways.push(Way::all(
                    Site(plant),
                    ("operator", by),
                    Maker(by),
                    vec![fact],
                ));
            }
        }
        ways
    }

    /// What somebody makes at a site rests on the site.
    fn makings_at_sites(&self) -> Vec<Way<'w>> {
        let at = |(fact, _, good): (&Fact, usize, usize)| Some((fact.try_end("at")?, good));
        let made: BTreeSet<_> = self.makings().into_iter().filter_map(at).collect();
        let ways = |(at, good)| {
            let site = if self.is_plant(at) {
                Site(at)
            } else {
                Place(at)
            };
            [site, Origin(at, good)].map(|to| Way::meant(Making(at, good), to))
        };
        made.into_iter().flat_map(ways).collect()
    }

    /// What comes from somewhere is part of what comes from the place around it, and of the kind
    /// above.
    fn origins(&self) -> Vec<Way<'w>> {
        let mut ways = Vec::new();
        for fact in self.facts(Claim::Located).chain(self.facts(Claim::PartOf)) {
            let (inner, outer) = match fact.claim {
                Claim::Located => (fact.end("plant"), fact.end("place")),
                _ => (fact.end("part"), fact.end("whole")),
            };
            let way = |good| {
                Way::all(
                    Origin(inner, good),
                    ("around", outer),
                    Origin(outer, good),
                    vec![fact],
                )
            };
            ways.extend(self.all_goods().map(way));
        }
        for fact in self.facts(Claim::IsA) {
            let (child, parent) = (fact.end("child"), fact.end("parent"));
            let way = |of| {
                Way::all(
                    Origin(of, child),
                    ("parent", parent),
                    Origin(of, parent),
                    vec![fact],
                )
            };
            ways.extend(self.entities().map(way));
        }
        ways
    }

    fn holders(&self) -> Vec<Way<'w>> {
        let way = |entity| match self.kind(entity) {
            EntityKind::Plant => Some(Way::meant(Actor(entity), Site(entity))),
            EntityKind::Firm | EntityKind::Group | EntityKind::Organisation => {
                Some(Way::meant(Actor(entity), Maker(entity)))
            }
            _ => None,
        };
        self.entities().filter_map(way).collect()
    }

    /// A plant on its operator, and an operator on its plant: by both facts where another says what
    /// the operator makes there.
    fn operators(&self) -> Vec<Way<'w>> {
        let mut ways = Vec::new();
        for fact in self.facts(Claim::Operates) {
            let (firm, plant) = (fact.end("firm"), fact.end("plant"));
            if self.was_sold(firm, plant) {
                continue;
            }
            ways.push(Way::all(
                Site(plant),
                ("operator", firm),
                Maker(firm),
                vec![fact],
            ));
            if !self.is_economy(firm) {
                let facts = [fact]
                    .into_iter()
                    .chain(self.made_at(firm, plant))
                    .collect();
                let way = Way::part(Actor(firm), ("output", 0), Actor(plant), fact, "");
                ways.push(Way { facts, ..way });
            }
        }
        ways
    }

    fn made_at(&self, firm: usize, plant: usize) -> Option<&'w Fact> {
        self.known(Claim::Produces)
            .find(|fact| fact.end("by") == firm && fact.try_end("at") == Some(plant))
    }

    fn members(&self) -> Vec<Way<'w>> {
        let is_of_group = |fact: &&Fact| self.kind(fact.end("of")) == EntityKind::Group;
        let is_firm = |fact: &&Fact| !TERRITORIES.contains(self.kind(fact.end("member")));
        let ways = |fact: &'w Fact| {
            let (member, group) = (fact.end("member"), fact.end("of"));
            let down = Way::part(Actor(group), ("members", 0), Actor(member), fact, "");
            let up = Way::all(Maker(member), ("group", group), Maker(group), vec![fact]);
            [down, up.along(Channel::Ownership)]
        };
        self.facts(Claim::MemberOf)
            .filter(is_of_group)
            .filter(is_firm)
            .flat_map(ways)
            .collect()
    }

    fn places(&self) -> Vec<Way<'w>> {
        let is_of_plant = |fact: &&Fact| self.is_plant(fact.end("plant"));
        let located = self.facts(Claim::Located).filter(is_of_plant).map(|fact| {
            let (plant, place) = (fact.end("plant"), fact.end("place"));
            Way::all(Site(plant), ("place", place), Place(place), vec![fact])
        });
        let parts = self.facts(Claim::PartOf).map(|fact| {
            let (part, whole) = (fact.end("part"), fact.end("whole"));
            Way::all(Place(part), ("place", whole), Place(whole), vec![fact])
        });
        located.chain(parts).collect()
    }

    fn policies(&self) -> Vec<Way<'w>> {
        let way = |fact: &'w Fact| {
            let restricted = match fact.try_end("good") {
                Some(good) if stops_exports(fact) && self.is_economy(fact.end("by")) => {
                    Origin(fact.end("by"), good)
                }
                Some(good) if stops_exports(fact) => Supply(fact.end("by"), good),
                Some(_) => return None,
                None => Actor(fact.end("towards")),
            };
            let policy = fact.end("policy");
            Some(Way::part(
                restricted,
                ("policy", policy),
                Policy(policy),
                fact,
                "",
            ))
        };
        self.facts(Claim::Restricts).filter_map(way).collect()
    }

    fn markets(&self) -> Vec<Way<'w>> {
        let way = |fact: &'w Fact| {
            let (seller, place) = (fact.end("seller"), fact.end("place"));
            Way::part(
                Actor(seller),
                ("market", place),
                Place(place),
                fact,
                "share",
            )
        };
        self.facts(Claim::SellsIn)
            .map(|fact| way(fact).along(Channel::Market))
            .collect()
    }

    /// Who sells to somebody, on what the buyer makes of it, or else on the buyer.
    fn customers(&self) -> Vec<Way<'w>> {
        let mut ways = Vec::new();
        for bought in self
            .bought()
            .into_iter()
            .filter(|bought| bought.fact.claim == Claim::Supplies)
        {
            let (seller, buyer) = (bought.fact.end("from"), bought.buyer);
            let markets = match self.fed(&bought) {
                _ if self.is_economy(buyer) => vec![(Place(buyer), Vec::new())],
                fed if fed.is_empty() => vec![(Maker(buyer), Vec::new())],
                fed => fed
                    .into_iter()
                    .map(|good| (Supply(buyer, good), self.way_into(bought.good(), good)))
                    .collect(),
            };
            for (market, way) in markets {
                let part = Way::part(Actor(seller), ("market", buyer), market, bought.fact, "")
                    .along(Channel::Market);
                ways.push(Way {
                    facts: [vec![bought.fact], way].concat(),
                    ..part
                });
            }
        }
        ways
    }

    /// As few facts as can be by which something, or what it is a kind of, is an input of a good.
    fn way_into(&self, bought: usize, good: usize) -> Vec<&'w Fact> {
        let inputs = self.all_inputs(good);
        let above = self.above(bought).into_iter();
        let ways =
            above.filter_map(|(kind, way)| Some([way.as_slice(), inputs.get(&kind)?].concat()));
        ways.min_by_key(Vec::len).unwrap_or_default()
    }

    /// The owner of something, and what it is, by each fact that gives it to somebody for good.
    fn owned(&self) -> Vec<(&'w Fact, usize, usize)> {
        let owns = self
            .facts(Claim::Owns)
            .map(|fact| (fact, fact.end("owner"), fact.end("owned")));
        let buys = self
            .facts(Claim::Acquires)
            .map(|fact| (fact, fact.end("buyer"), fact.end("target")));
        owns.chain(buys)
            .filter(|(_, owner, owned)| !self.was_sold(*owner, *owned))
            .collect()
    }

    /// No fact of these worlds says since when it holds.
    fn was_sold(&self, seller: usize, what: usize) -> bool {
        let mut sales = self
            .facts(Claim::Acquires)
            .filter(|fact| !fact.is_planned());
        sales.any(|fact| {
            (fact.try_end("from"), fact.end("target")) == (Some(seller), what)
                && fact.end("buyer") != seller
        })
    }

    /// What is owned on its owner; and an owner with control on all that the owned one does.
    fn owners(&self) -> Vec<Way<'w>> {
        let mut ways = Vec::new();
        for (fact, owner, owned) in self.owned() {
            ways.push(
                Way::all(Actor(owned), ("owner", owner), Maker(owner), vec![fact])
                    .along(Channel::Ownership),
            );
            let is_company = matches!(
                self.kind(owner),
                EntityKind::Firm | EntityKind::Group | EntityKind::Organisation
            );
            if is_company
                && fact
                    .share("share")
                    .is_none_or(|share| share.bounds().0 > 0.5)
            {
                ways.push(Way::part(
                    Actor(owner),
                    ("output", 0),
                    Actor(owned),
                    fact,
                    "",
                ));
            }
        }
        ways
    }

    fn licensors(&self) -> Vec<Way<'w>> {
        let way = |fact: &'w Fact| {
            let (licensor, licensee, good) =
                (fact.end("licensor"), fact.end("licensee"), fact.end("good"));
            let is_made = self
                .makings()
                .iter()
                .any(|&(fact, by, made)| !fact.is_planned() && by == licensee && made == good);
            let from = if is_made {
                Supply(licensee, good)
            } else {
                Actor(licensee)
            };
            Way::all(from, ("licensor", licensor), Maker(licensor), vec![fact])
        };
        self.facts(Claim::Licenses)
            .map(|fact| way(fact).along(Channel::Technology))
            .collect()
    }
}

/// Those inputs that rest on a plan.
fn plans_of(inputs: BTreeMap<usize, Vec<&Fact>>) -> impl Iterator<Item = (usize, Vec<&Fact>)> {
    inputs
        .into_iter()
        .filter(|(_, facts)| facts.iter().any(|fact| fact.is_planned()))
}

/// Enters facts that lead to an entity, unless fewer do.
fn keep_shorter<'w>(ways: &mut BTreeMap<usize, Vec<&'w Fact>>, to: usize, facts: Vec<&'w Fact>) {
    if ways.get(&to).is_none_or(|known| facts.len() < known.len()) {
        ways.insert(to, facts);
    }
}

/// Whether a restriction stops goods on their way out, to anybody.
pub fn stops_exports(fact: &Fact) -> bool {
    matches!(fact.measure, Some("export-control" | "export-ban"))
        && fact.try_end("towards").is_none()
}

/// What is bought, as a need of the one who buys it.
fn needed<'w>(from: Thing, bought: &Purchase<'w>) -> Vec<Way<'w>> {
    let (good, need) = (bought.good(), ("purchase", bought.good()));
    let named = bought
        .from
        .map(|by| Way::part(from, need, Supply(by, good), bought.fact, "share"));
    named
        .into_iter()
        .chain([Way::rest(from, need, Good(good), vec![bought.fact])])
        .collect()
}

/// An input that is bought from somebody.
fn supplier<'w>(
    supply: Thing,
    input: usize,
    bought: &Purchase<'w>,
    facts: &[&'w Fact],
) -> Option<Way<'w>> {
    let way = Way::part(
        supply,
        ("input", input),
        Supply(bought.from?, input),
        bought.fact,
        "share",
    );
    let facts = [&[bought.fact], facts].concat();
    Some(Way {
        is_planned: facts.iter().any(|fact| fact.is_planned()),
        facts,
        ..way
    })
}

/// A kind of an input that is bought: perhaps little of the input, and a need of its own.
fn taken_in<'w>(
    supply: Thing,
    intake: Thing,
    input: usize,
    bought: &Purchase<'w>,
    facts: Vec<&'w Fact>,
) -> Vec<Way<'w>> {
    let way = Way::all(supply, ("input", input), intake, facts);
    let is_planned = way.is_planned || bought.fact.is_planned();
    let way = Way {
        bounds: (0.0, 1.0),
        is_stated: false,
        is_planned,
        ..way
    };
    [way].into_iter().chain(needed(intake, bought)).collect()
}

/// What a share of all that is bought says of one of several goods that it goes into: nothing,
/// unless it is all or none.
fn blurred(way: Way) -> Way {
    let is_part = way.bounds.0 < 1.0 && way.bounds.1 > 0.0;
    Way {
        bounds: if is_part { (0.0, 1.0) } else { way.bounds },
        ..way
    }
}
