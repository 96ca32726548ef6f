//! Who is in a set, by hanjung and by a judge that reads nothing but the facts; what proves it; and
//! what holds of sets whatever they are.

use std::collections::{BTreeMap, BTreeSet};

use hanjung::facts::{Claim, EntityKind, Field, GOODS, KindSet, Lang, Names, Role, TERRITORIES};
use hanjung::graph::Standing;
use hanjung::query::{Answer, Row, RowProof, Step, answer};
use hanjung::request::{KIND_WORDS, Part, kinds, read_request, read_set, resolve_expression};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::laws::asked::{Asked, follow, id, ids, passage};
use crate::laws::made_up::worlds;
use crate::laws::oracle::{Along, Oracle};
use crate::laws::world::{Fact, World, file};
use crate::laws::written::{may_be_given, parts};
use crate::laws::{ALL, CHANNELS, DOCUMENTED, WAYS, hold};

/// A set before it is known which entities and facts there are.
#[derive(Clone, Debug)]
enum Draft {
    One(u8),
    Output(u8, u8),
    Kind(u8),
    In(Box<Draft>),
    From(Box<Draft>),
    /// Of which fact the claim, which part is open, and who plays which other part: nobody else
    /// than in the fact where nobody is given.
    Role(u8, u8, Vec<(u8, Option<Draft>)>),
    Alias(u8, Box<Draft>, Option<(u8, Box<Draft>)>),
    Dependence(bool, Box<Draft>, Option<u32>),
    Join(char, Box<Draft>, Box<Draft>),
}

fn drafts() -> impl Strategy<Value = Draft> {
    let leaf = prop_oneof![
        5 => any::<u8>().prop_map(Draft::One),
        1 => any::<[u8; 2]>().prop_map(|[by, good]| Draft::Output(by, good)),
        3 => any::<u8>().prop_map(Draft::Kind),
    ];
    leaf.prop_recursive(3, 12, 3, |set| {
        let boxed = || set.clone().prop_map(Box::new);
        let filled = vec((any::<u8>(), option::of(set.clone())), 0..3);
        let more = option::weighted(0.3, (any::<u8>(), boxed()));
        let mark = prop::sample::select(&['&', '|', '-'][..]);
        let depth = option::weighted(0.3, 1..4u32);
        prop_oneof![
            1 => boxed().prop_map(Draft::In),
            1 => boxed().prop_map(Draft::From),
            3 => (any::<u8>(), any::<u8>(), filled)
                .prop_map(|(fact, open, filled)| Draft::Role(fact, open, filled)),
            2 => (any::<u8>(), boxed(), more)
                .prop_map(|(word, first, more)| Draft::Alias(word, first, more)),
            2 => (any::<bool>(), boxed(), depth)
                .prop_map(|(is_up, of, depth)| Draft::Dependence(is_up, of, depth)),
            3 => (mark, boxed(), boxed()).prop_map(|(mark, a, b)| Draft::Join(mark, a, b)),
        ]
    })
}

/// A set of a world.
#[derive(Clone, Debug, PartialEq)]
enum Expr {
    One(usize),
    /// What one makes of a good.
    Output(usize, usize),
    Kind(&'static str),
    In(Box<Expr>),
    From(Box<Expr>),
    Role(Played),
    /// Who depends on it, or what it depends on.
    Dependents(Box<Expr>, Option<u32>),
    Dependencies(Box<Expr>, Option<u32>),
    Join(char, Box<Expr>, Box<Expr>),
}

/// A role, as it is written and as it is meant.
#[derive(Clone, Debug, PartialEq)]
struct Played {
    word: String,
    claims: Vec<Claim>,
    open: Vec<Role>,
    open_field: Option<Field>,
    filled: Vec<(String, Vec<Role>, Option<Field>, Expr)>,
}

/// The words for roles, each with its claims, the open role, and those of what stands first.
type Alias = (&'static str, &'static [Claim], Role, &'static [Role]);

const MAKING: &[Claim] = &[Claim::Produces, Claim::Supplies, Claim::Sources];
const SUPPLY: &[Claim] = &[Claim::Supplies, Claim::Sources];

const ALIASES: &[Alias] = &[
    ("makers", MAKING, Role::By, &[Role::What]),
    ("made-by", MAKING, Role::What, &[Role::By]),
    ("suppliers", SUPPLY, Role::By, &[Role::To, Role::What]),
    ("buyers", SUPPLY, Role::To, &[Role::By, Role::What]),
    ("supplied-by", SUPPLY, Role::What, &[Role::By]),
    (
        "users",
        &[Claim::Uses, Claim::Supplies, Claim::Sources],
        Role::To,
        &[Role::What],
    ),
    ("inputs", &[Claim::Needs], Role::What, &[Role::By]),
    ("kinds", &[Claim::IsA], Role::By, &[Role::What]),
    (
        "owners",
        &[Claim::Owns, Claim::Acquires],
        Role::By,
        &[Role::What],
    ),
    ("operators", &[Claim::Operates], Role::By, &[Role::What]),
    ("partners", &[Claim::Partners], Role::With, &[Role::With]),
    (
        "restricted-by",
        &[Claim::Restricts],
        Role::What,
        &[Role::By, Role::Under],
    ),
];

/// What a name may stand for.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Anything,
    Entity,
    Territory,
    Economy,
    /// One of the kinds that can play a part.
    Player(KindSet),
}

fn is_either(claim: Claim, field: Field) -> bool {
    let mut forms = claim.form().fields.iter();
    forms.any(|form| form.field == field && form.roles == [Role::With])
}

fn pick<T: Clone>(all: &[T], pick: u8) -> Option<T> {
    all.get(usize::from(pick) % all.len().max(1)).cloned()
}

fn of_kinds(world: &World, kinds: KindSet) -> Vec<usize> {
    let all = 0..world.kinds.len();
    all.filter(|&entity| kinds.contains(world.kinds[entity]))
        .collect()
}

fn made(draft: &Draft, world: &World, place: Place) -> Expr {
    let within = |draft: &Draft, place| Box::new(made(draft, world, place));
    match draft {
        Draft::One(at) => one(world, *at, place),
        Draft::Output(by, good) => output(world, *by, *good, place),
        Draft::Kind(at) => Expr::Kind(pick(KIND_WORDS, *at).unwrap()),
        Draft::In(of) => Expr::In(within(of, Place::Territory)),
        Draft::From(of) => Expr::From(within(of, Place::Economy)),
        Draft::Role(fact, open, filled) => role(world, *fact, *open, filled),
        Draft::Alias(at, first, more) => alias(world, *at, first, more.as_ref()),
        Draft::Dependence(true, of, depth) => Expr::Dependents(within(of, Place::Anything), *depth),
        Draft::Dependence(false, of, depth) => {
            // What somebody's output depends on is no question of the judge's.
            Expr::Dependencies(within(of, Place::Entity), *depth)
        }
        Draft::Join(mark, a, b) => Expr::Join(*mark, within(a, place), within(b, place)),
    }
}

fn one(world: &World, at: u8, place: Place) -> Expr {
    let all = match place {
        Place::Anything | Place::Entity => KindSet::ANY,
        Place::Territory => TERRITORIES,
        Place::Economy => KindSet::of(&[EntityKind::Economy]),
        Place::Player(kinds) => kinds,
    };
    pick(&of_kinds(world, all), at).map_or(Expr::Kind("economies"), Expr::One)
}

fn output(world: &World, by: u8, good: u8, place: Place) -> Expr {
    let makings: Vec<&Fact> = world.facts_of(Claim::Produces).collect();
    match pick(&makings, by) {
        Some(fact) if place == Place::Anything => Expr::Output(fact.end("by"), fact.end("good")),
        _ => one(world, good, place),
    }
}

fn role(world: &World, fact: u8, open: u8, filled: &[(u8, Option<Draft>)]) -> Expr {
    let Some(fact) = pick(&world.facts, fact) else {
        return Expr::Kind("firms");
    };
    let parts = parts(fact.claim);
    let roles = |part: Part| match part {
        Part::Role(role) => (vec![role], None),
        // Of two who do the same each is the other's.
        Part::Field(field) if is_either(fact.claim, field) => (vec![Role::With], None),
        Part::Field(field) => (Vec::new(), Some(field)),
        Part::AnyOf(_) => unreachable!("no word stands for several roles"),
    };
    let open = pick(&parts, open).unwrap();
    let mut told = vec![open];
    let filled = filled.iter().filter_map(|(at, draft)| {
        let part = pick(&parts, *at).unwrap();
        if !may_be_given(&[fact.claim], &told, part) {
            return None;
        }
        told.push(part);
        let in_fact = part
            .fields_of(fact.claim)
            .find_map(|field| fact.try_end(field.word()));
        let place = Place::Player(kinds_of(&[fact.claim], part));
        let expr = match (draft, in_fact) {
            (None, Some(entity)) => Expr::One(entity),
            (None, None) => Expr::Kind("goods"),
            (Some(draft), None) => made(draft, world, place),
            (Some(draft), Some(entity)) => {
                let other = made(draft, world, place);
                Expr::Join('|', Box::new(other), Box::new(Expr::One(entity)))
            }
        };
        let (roles, field) = roles(part);
        Some((part.word().to_owned(), roles, field, expr))
    });
    let filled = filled.collect();
    let claim = claim_word(fact.claim);
    let (roles, open_field) = roles(open);
    Expr::Role(Played {
        word: format!("{claim}.{}", open.word()),
        claims: vec![fact.claim],
        open: roles,
        open_field,
        filled,
    })
}

/// The kinds of entities that can play a part.
fn kinds_of(claims: &[Claim], part: Part) -> KindSet {
    let is_it = |form: &&hanjung::facts::FieldForm| match part {
        Part::Field(field) => form.field == field,
        Part::Role(role) => form.roles.contains(&role),
        Part::AnyOf(roles) => form.roles.iter().any(|role| roles.contains(role)),
    };
    let forms = claims.iter().flat_map(|claim| claim.form().fields);
    forms.filter(is_it).fold(KindSet::of(&[]), |kinds, form| {
        let instead = form.instead.map_or(KindSet::of(&[]), |(_, kinds)| kinds);
        kinds.and(form.kinds()).and(instead)
    })
}

fn claim_word(claim: Claim) -> String {
    let mut word = String::new();
    for letter in claim.word().chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

fn alias(world: &World, at: u8, first: &Draft, more: Option<&(u8, Box<Draft>)>) -> Expr {
    let (word, claims, open, given) = pick(ALIASES, at).unwrap();
    let first = made(
        first,
        world,
        Place::Player(kinds_of(claims, Part::AnyOf(given))),
    );
    let mut filled = vec![(String::new(), given.to_vec(), None, first)];
    let known: Vec<Role> = Role::ALL
        .iter()
        .copied()
        .filter(|role| {
            claims
                .iter()
                .any(|claim| claim.form().fields_of(*role).next().is_some())
        })
        .collect();
    let is_free = |role: &Role| may_be_given(claims, &[Part::Role(open)], Part::Role(*role));
    filled.extend(more.and_then(|(at, draft)| {
        let role = pick(&known, *at).filter(is_free)?;
        let place = Place::Player(kinds_of(claims, Part::Role(role)));
        let set = made(draft, world, place);
        Some((role.word().to_owned(), vec![role], None, set))
    }));
    Expr::Role(Played {
        word: word.to_owned(),
        claims: claims.to_vec(),
        open: vec![open],
        open_field: None,
        filled,
    })
}

impl Expr {
    /// As it is typed, with every operator in brackets.
    fn text(&self, world: &World) -> String {
        let depth = |depth: &Option<u32>| match depth {
            Some(depth) => format!(", depth: {depth}"),
            None => String::new(),
        };
        match self {
            Expr::One(entity) => world.id(*entity),
            Expr::Output(by, good) => format!("{}:{}", world.id(*by), world.id(*good)),
            Expr::Kind(word) => (*word).to_owned(),
            Expr::In(of) => format!("in({})", of.text(world)),
            Expr::From(of) => format!("from({})", of.text(world)),
            Expr::Role(played) => played.text(world),
            Expr::Dependents(of, d) => format!("dependents({}{})", of.text(world), depth(d)),
            Expr::Dependencies(of, d) => format!("dependencies({}{})", of.text(world), depth(d)),
            Expr::Join(mark, a, b) => format!("({} {mark} {})", a.text(world), b.text(world)),
        }
    }

    /// As hanjung writes it.
    fn written(&self, world: &World) -> String {
        read_set(&self.text(world)).unwrap().to_string()
    }

    /// The sets that it is joined of, those that are taken away left out.
    fn joined(&self) -> Vec<&Expr> {
        match self {
            Expr::Join('-', a, _) => a.joined(),
            Expr::Join(_, a, b) => [a.joined(), b.joined()].concat(),
            leaf => vec![leaf],
        }
    }

    /// The sets in its brackets.
    fn inner(&self) -> Vec<&Expr> {
        match self {
            Expr::In(of) | Expr::From(of) | Expr::Dependents(of, _) | Expr::Dependencies(of, _) => {
                vec![of]
            }
            Expr::Role(played) => played.filled.iter().map(|(.., set)| set).collect(),
            _ => Vec::new(),
        }
    }

    /// All sets whose proofs may be told of a member: those that it is joined of, and those by
    /// which one is in them.
    fn provable(&self) -> Vec<&Expr> {
        let leaves = self.joined().into_iter();
        leaves
            .flat_map(|leaf| {
                let inner = leaf.inner().into_iter().flat_map(Expr::provable);
                std::iter::once(leaf).chain(inner)
            })
            .collect()
    }

    fn has(&self, is_it: fn(&Expr) -> bool) -> bool {
        let parts = match self {
            Expr::Join(_, a, b) => vec![&**a, &**b],
            other => other.inner(),
        };
        is_it(self) || parts.into_iter().any(|part| part.has(is_it))
    }

    fn has_minus(&self) -> bool {
        self.has(|set| matches!(set, Expr::Join('-', ..)))
    }

    /// Without limits to how far away something is.
    fn without_depth(&self) -> Expr {
        let same = |of: &Expr| Box::new(of.without_depth());
        match self {
            Expr::In(of) => Expr::In(same(of)),
            Expr::From(of) => Expr::From(same(of)),
            Expr::Dependents(of, _) => Expr::Dependents(same(of), None),
            Expr::Dependencies(of, _) => Expr::Dependencies(same(of), None),
            Expr::Join(mark, a, b) => Expr::Join(*mark, same(a), same(b)),
            Expr::Role(played) => Expr::Role(Played {
                filled: played
                    .filled
                    .iter()
                    .map(|(word, roles, field, set)| {
                        (word.clone(), roles.clone(), *field, set.without_depth())
                    })
                    .collect(),
                ..played.clone()
            }),
            leaf => leaf.clone(),
        }
    }
}

impl Played {
    fn text(&self, world: &World) -> String {
        let filled = self
            .filled
            .iter()
            .map(|(word, _, _, set)| match word.as_str() {
                "" => set.text(world),
                word => format!("{word}: {}", set.text(world)),
            });
        let filled: Vec<String> = filled.collect();
        format!("{}({})", self.word, filled.join(", "))
    }
}

/// The fields of a fact in which a part is played, with who plays it.
fn players(fact: &Fact, roles: &[Role], field: Option<Field>) -> Vec<(&'static str, usize)> {
    let forms = fact.claim.form().fields.iter();
    let is_it = |form: &&hanjung::facts::FieldForm| match field {
        Some(field) => form.field == field,
        None => form.roles.iter().any(|role| roles.contains(role)),
    };
    let words = forms.filter(is_it).map(|form| form.field.word());
    // Where no good is restricted, trade with somebody is.
    let filled = |word: &'static str| match fact.try_end(word) {
        None if fact.claim == Claim::Restricts && word == "good" => "towards",
        _ => word,
    };
    words
        .map(filled)
        .filter_map(|word| Some((word, fact.try_end(word)?)))
        .collect()
}

/// How one is in a set: whether it counts, and whether it would without what is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stand {
    counts: bool,
    is_documented: bool,
}

const BY_NATURE: Stand = Stand {
    counts: true,
    is_documented: true,
};

/// An entity, or what one makes of a good.
type Thing = (usize, Option<usize>);
type Judged = BTreeMap<Thing, Stand>;

/// A part, and who may play it.
type Cast<'e> = (&'e [Role], Option<Field>, BTreeMap<usize, Stand>);

/// Works sets out by nothing but the facts.
struct Judge<'w> {
    world: &'w World,
    oracle: Oracle<'w>,
    homes: &'w [Option<usize>],
    along: Along,
    /// What each depends on, by what is followed, by what is documented, and if plans and
    /// undocumented shares were followed too.
    on: [Vec<BTreeMap<usize, usize>>; 3],
}

impl<'w> Judge<'w> {
    fn new(world: &'w World, homes: &'w [Option<usize>], along: Along) -> Self {
        let oracle = Oracle::new(world);
        let on = |along| {
            let all = 0..world.kinds.len();
            all.map(|entity| oracle.dependencies(entity, along))
                .collect()
        };
        let on = [on(along), on(stated(along)), on(widest(along))];
        Judge {
            world,
            oracle,
            homes,
            along,
            on,
        }
    }

    fn members(&self, expr: &Expr) -> Judged {
        match expr {
            Expr::One(entity) => Judged::from([((*entity, None), BY_NATURE)]),
            Expr::Output(by, good) => Judged::from([((*by, Some(*good)), BY_NATURE)]),
            Expr::Kind(word) => {
                let kinds = KindSet::of(kinds(word).unwrap());
                let all = of_kinds(self.world, kinds).into_iter();
                all.map(|entity| ((entity, None), BY_NATURE)).collect()
            }
            Expr::In(of) => self.within(&self.members(of)),
            Expr::From(of) => self.of_home(&self.members(of)),
            Expr::Role(played) => self.played(played),
            Expr::Dependents(of, depth) => self.dependents(&self.members(of), *depth),
            Expr::Dependencies(of, depth) => self.dependencies(&self.members(of), *depth),
            Expr::Join('&', a, b) => both(&self.members(a), &self.members(b)),
            Expr::Join('|', a, b) => either(self.members(a), self.members(b)),
            Expr::Join(_, a, b) => {
                let taken = self.counted(b);
                let mut left = self.members(a);
                left.retain(|thing, _| !taken.contains_key(thing));
                left
            }
        }
    }

    /// Those that count.
    fn counted(&self, expr: &Expr) -> Judged {
        let mut members = self.members(expr);
        members.retain(|_, stand| stand.counts);
        members
    }

    fn stated(&self, is_planned: bool) -> Stand {
        Stand {
            counts: !is_planned || self.along.plans,
            is_documented: !is_planned,
        }
    }

    fn within(&self, places: &Judged) -> Judged {
        let mut found = Judged::new();
        for ((place, _), stand) in places {
            for is_planned in [false, true] {
                let inside = self.inside(*place, is_planned, true);
                let stand = worse(*stand, self.stated(is_planned));
                let inside = inside.into_iter().map(|entity| ((entity, None), stand));
                found = either(found, inside.collect());
            }
        }
        found
    }

    /// All that facts place in a territory, it left out unless it lies in itself.
    fn inside(&self, place: usize, with_plans: bool, with_seats: bool) -> BTreeSet<usize> {
        let pair = |fact: &Fact| match fact.claim {
            Claim::PartOf => Some((fact.end("part"), fact.end("whole"))),
            Claim::Located => Some((fact.end("plant"), fact.end("place"))),
            Claim::Headquartered if with_seats => Some((fact.end("firm"), fact.end("place"))),
            _ => None,
        };
        self.below(place, with_plans, pair)
    }

    fn below(
        &self,
        top: usize,
        with_plans: bool,
        pair: impl Fn(&Fact) -> Option<(usize, usize)>,
    ) -> BTreeSet<usize> {
        let facts = self.world.facts.iter();
        let pairs: Vec<_> = facts
            .filter(|fact| with_plans || !fact.is_planned())
            .filter_map(pair)
            .collect();
        let mut below = BTreeSet::new();
        for _ in &self.world.kinds {
            for (inner, outer) in &pairs {
                if *outer == top || below.contains(outer) {
                    below.insert(*inner);
                }
            }
        }
        below
    }

    fn of_home(&self, economies: &Judged) -> Judged {
        let all = 0..self.world.kinds.len();
        all.filter_map(|entity| {
            let home = self.homes[entity].or_else(|| self.seat(entity))?;
            Some(((entity, None), *economies.get(&(home, None))?))
        })
        .collect()
    }

    /// The one economy in which somebody has its seat.
    fn seat(&self, entity: usize) -> Option<usize> {
        let is_somebody = matches!(
            self.world.kinds[entity],
            EntityKind::Firm | EntityKind::Group | EntityKind::Organisation
        );
        let economies = of_kinds(self.world, KindSet::of(&[EntityKind::Economy]));
        let there = economies.into_iter().filter(|&economy| {
            is_somebody && self.placed(entity, &mut BTreeSet::new()).contains(&economy)
        });
        let there: Vec<usize> = there.collect();
        match there.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The economies that something lies in, each the first on its way.
    fn placed(&self, entity: usize, seen: &mut BTreeSet<usize>) -> BTreeSet<usize> {
        if self.world.kinds[entity] == EntityKind::Economy {
            return BTreeSet::from([entity]);
        }
        if !seen.insert(entity) {
            return BTreeSet::new();
        }
        let outer = |fact: &&Fact| match fact.claim {
            Claim::PartOf => fact.end("part") == entity,
            Claim::Located => fact.end("plant") == entity,
            Claim::Headquartered => fact.end("firm") == entity,
            _ => false,
        };
        let facts = self.world.facts.iter().filter(|fact| !fact.is_planned());
        let places: Vec<usize> = facts
            .filter(outer)
            .map(|fact| fact.try_end("whole").unwrap_or_else(|| fact.end("place")))
            .collect();
        places
            .into_iter()
            .flat_map(|place| self.placed(place, seen))
            .collect()
    }

    fn played(&self, played: &Played) -> Judged {
        let filled: Vec<_> = played
            .filled
            .iter()
            .map(|(_, roles, field, set)| {
                (
                    roles.as_slice(),
                    *field,
                    self.standing_for(&played.claims, (roles, *field), set),
                )
            })
            .collect();
        let mut found = Judged::new();
        let facts = self.world.facts.iter();
        for fact in facts.filter(|fact| played.claims.contains(&fact.claim)) {
            for (word, player) in players(fact, &played.open, played.open_field) {
                for stand in self.casts(fact, &filled, vec![word]) {
                    let stand = worse(self.stated(fact.is_planned()), stand);
                    found = either(found, Judged::from([((player, None), stand)]));
                }
            }
        }
        found
    }

    /// Every way to give parts to fields of a fact, each its own.
    fn casts(&self, fact: &Fact, filled: &[Cast], used: Vec<&'static str>) -> Vec<Stand> {
        let Some(((roles, field, by), others)) = filled.split_first() else {
            return vec![BY_NATURE];
        };
        let mut all = Vec::new();
        for (word, player) in players(fact, roles, *field) {
            if let Some(stand) = by.get(&player).filter(|_| !used.contains(&word)) {
                let used = [used.as_slice(), &[word]].concat();
                let others = self.casts(fact, others, used).into_iter();
                all.extend(others.map(|other| worse(*stand, other)));
            }
        }
        all
    }

    /// Who may stand for those of a set: kinds of a good; and where it is asked where, what is in a
    /// territory.
    fn standing_for(
        &self,
        claims: &[Claim],
        (roles, field): (&[Role], Option<Field>),
        set: &Expr,
    ) -> BTreeMap<usize, Stand> {
        let mut forms = claims.iter().flat_map(|claim| claim.form().fields);
        let is_where = roles.contains(&Role::In)
            || forms.any(|form| Some(form.field) == field && form.roles.contains(&Role::In));
        let kind = |fact: &Fact| {
            (fact.claim == Claim::IsA).then(|| (fact.end("child"), fact.end("parent")))
        };
        let mut found: Judged = Judged::new();
        for ((entity, _), stand) in self.members(set) {
            found = either(found, Judged::from([((entity, None), stand)]));
            for is_planned in [false, true] {
                let mut all = BTreeSet::new();
                if GOODS.contains(self.world.kinds[entity]) {
                    all.extend(self.below(entity, is_planned, kind));
                }
                if is_where && TERRITORIES.contains(self.world.kinds[entity]) {
                    all.extend(self.inside(entity, is_planned, false));
                }
                let stand = worse(stand, self.stated(is_planned));
                let all = all.into_iter().map(|entity| ((entity, None), stand));
                found = either(found, all.collect());
            }
        }
        found
            .into_iter()
            .map(|((entity, _), stand)| (entity, stand))
            .collect()
    }

    fn dependents(&self, of: &Judged, depth: Option<u32>) -> Judged {
        let mut found = Judged::new();
        for (thing, stand) in of {
            let reached = [0, 1, 2].map(|at| self.depending(*thing, depth, at));
            found = either(found, told(&reached, *stand));
        }
        found
    }

    fn depending(&self, (entity, good): Thing, depth: Option<u32>, at: usize) -> BTreeSet<usize> {
        if let Some(good) = good {
            let along = [self.along, stated(self.along), widest(self.along)][at];
            return self.oracle.dependents_of_output(entity, good, along);
        }
        let is_told = |other: &usize| {
            let far = self.on[at][*other].get(&entity);
            far.is_some_and(|far| is_near(*far, depth))
        };
        (0..self.world.kinds.len()).filter(is_told).collect()
    }

    fn dependencies(&self, of: &Judged, depth: Option<u32>) -> Judged {
        let mut found = Judged::new();
        for ((entity, _), stand) in of {
            let reached = [0, 1, 2].map(|at| {
                let on = self.on[at][*entity].iter();
                let near = on.filter(|(_, far)| is_near(**far, depth));
                near.map(|(other, _)| *other).collect()
            });
            found = either(found, told(&reached, *stand));
        }
        found
    }
}

fn widest(along: Along) -> Along {
    Along {
        plans: true,
        possible: true,
        ..along
    }
}

fn stated(along: Along) -> Along {
    Along {
        plans: false,
        possible: false,
        ..along
    }
}

fn is_near(far: usize, depth: Option<u32>) -> bool {
    depth.is_none_or(|depth| far <= depth as usize)
}

fn told([wide, documented, all]: &[BTreeSet<usize>; 3], of: Stand) -> Judged {
    let stand = |entity: &usize| Stand {
        counts: wide.contains(entity) || documented.contains(entity),
        is_documented: documented.contains(entity),
    };
    all.iter()
        .map(|entity| ((*entity, None), worse(of, stand(entity))))
        .collect()
}

fn worse(a: Stand, b: Stand) -> Stand {
    Stand {
        counts: a.counts && b.counts,
        is_documented: a.is_documented && b.is_documented,
    }
}

fn both(a: &Judged, b: &Judged) -> Judged {
    let both = a.iter().filter_map(|(thing, stand)| {
        let other = b.get(thing)?;
        Some((*thing, worse(*stand, *other)))
    });
    both.collect()
}

fn either(mut a: Judged, b: Judged) -> Judged {
    for (thing, stand) in b {
        let known = a.entry(thing).or_insert(stand);
        known.counts |= stand.counts;
        known.is_documented |= stand.is_documented;
    }
    a
}

/// A world in which some are commonly known to be of an economy.
#[derive(Clone)]
struct Homely {
    world: World,
    homes: Vec<Option<usize>>,
}

impl std::fmt::Debug for Homely {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&file(&self.records()))
    }
}

impl Homely {
    fn records(&self) -> Vec<String> {
        let mut records = self.world.records();
        for (entity, home) in self.homes.iter().enumerate() {
            if let Some(home) = home {
                // The first record is the document.
                let record = &mut records[entity + 1];
                record.truncate(record.len() - 1);
                *record += &format!(r#", home: "{}")"#, self.world.id(*home));
            }
        }
        records
    }

    fn asked(&self) -> Asked {
        Asked::of_texts(&[file(&self.records())])
    }
}

fn homely() -> impl Strategy<Value = Homely> {
    (worlds(), vec(option::of(any::<u8>()), 14)).prop_map(|(world, picks)| {
        let economies = of_kinds(&world, KindSet::of(&[EntityKind::Economy]));
        let home = |(kind, at): (&EntityKind, &Option<u8>)| match kind {
            EntityKind::Firm | EntityKind::Group | EntityKind::Organisation => {
                pick(&economies, (*at)?)
            }
            _ => None,
        };
        let homes = world.kinds.iter().zip(&picks).map(home).collect();
        Homely { world, homes }
    })
}

/// Asks by text.
fn ask(asked: &Asked, text: &str) -> Answer {
    let names = Names::new(asked.catalogue());
    let request = read_request(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let question = resolve_expression(asked.catalogue(), &names, text, &request)
        .unwrap_or_else(|troubles| panic!("{text}: {troubles:?}"));
    answer(&asked.facts, &question.value, Lang::En)
}

fn include(along: Along) -> String {
    let words: Vec<&str> = follow(along).words().collect();
    match words.is_empty() {
        true => String::new(),
        false => format!(", include: {}", words.join(" | ")),
    }
}

fn selected(asked: &Asked, text: &str, along: Along) -> Answer {
    ask(asked, &format!("select({text}{})", include(along)))
}

fn thing(row: &Row) -> (String, bool) {
    (id(row), row.output.is_some())
}

fn things(rows: &[Row]) -> BTreeSet<(String, bool)> {
    rows.iter().map(thing).collect()
}

fn judged(world: &World, all: &Judged, is_it: impl Fn(&Stand) -> bool) -> BTreeSet<(String, bool)> {
    let wanted = all.iter().filter(|(_, stand)| is_it(stand));
    wanted
        .map(|((entity, good), _)| (world.id(*entity), good.is_some()))
        .collect()
}

const WITH_MORE: &str = "Only with plans or undocumented shares";

#[test]
fn who_is_in_a_set_is_the_judges() {
    let (found, aside) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    hold(
        120,
        120,
        (homely(), vec(drafts(), 6)),
        |(homely, drafts)| {
            let (world, asked) = (&homely.world, homely.asked());
            for along in WAYS {
                let judge = Judge::new(world, &homely.homes, along);
                for draft in &drafts {
                    let expr = made(draft, world, Place::Anything);
                    // How far away something is where more is followed is another law's matter.
                    let expr = if along.plans || along.possible {
                        expr.without_depth()
                    } else {
                        expr
                    };
                    let text = expr.text(world);
                    let answer = selected(&asked, &text, along);
                    let members = judge.members(&expr);
                    let counted = judged(world, &members, |stand| stand.counts);
                    prop_assert_eq!(things(&answer.rows), counted, "{} {:?}", text, along);
                    let more: Vec<Row> = answer
                        .rows
                        .iter()
                        .filter(|row| row.group == WITH_MORE)
                        .cloned()
                        .collect();
                    let only_more = judged(world, &members, |it| it.counts && !it.is_documented);
                    prop_assert_eq!(things(&more), only_more, "{} {:?}", text, along);
                    // How far away what does not count is, is another law's matter too.
                    if expr == expr.without_depth() {
                        let others = judged(world, &members, |stand| !stand.counts);
                        prop_assert_eq!(things(&answer.aside), others, "{} {:?}", text, along);
                        aside.set(aside.get() + answer.aside.len());
                    }
                    found.set(found.get() + answer.rows.len());
                }
            }
            Ok(())
        },
    );
    assert!(found.get() > 1000, "only {} members", found.get());
    assert!(aside.get() > 100, "only {} others", aside.get());
}

/// What only plans or undocumented shares put into a set is none that counts, and counts where both
/// are followed.
#[test]
fn those_told_apart_would_count_if_more_were_followed() {
    hold(80, 121, (homely(), vec(drafts(), 6)), |(homely, drafts)| {
        let asked = homely.asked();
        for along in [DOCUMENTED, CHANNELS] {
            let wide = Along {
                plans: true,
                possible: true,
                ..along
            };
            for draft in &drafts {
                let expr = made(draft, &homely.world, Place::Anything);
                let text = expr.text(&homely.world);
                let answer = selected(&asked, &text, along);
                let (rows, aside) = (things(&answer.rows), things(&answer.aside));
                prop_assert!(rows.is_disjoint(&aside), "{}", text);
                if !expr.has_minus() {
                    let all = things(&selected(&asked, &text, wide).rows);
                    prop_assert!(aside.is_subset(&all), "{}: {:?} {:?}", text, aside, all);
                    prop_assert!(rows.is_subset(&all), "{}: {:?} {:?}", text, rows, all);
                }
            }
        }
        Ok(())
    });
}

fn fact_of<'w>(world: &'w World, answer: &Answer, fact: &str) -> &'w Fact {
    let passage = passage(answer, fact);
    let mut facts = world.facts.iter();
    facts
        .find(|fact| fact.passage == passage)
        .expect("some fact has the passage")
}

fn is_at(step: &Step, at_start: bool, id: &str) -> bool {
    let node = if at_start { &step.from } else { &step.to };
    node.entity == id || node.by.as_deref() == Some(id)
}

/// What a proof of a row says of the set that it is a proof of.
struct Proof<'a> {
    steps: &'a [Step],
    facts: Vec<&'a str>,
}

fn proofs_of<'a>(row: &'a Row, of: &str) -> Vec<Proof<'a>> {
    let told = |proof: &'a RowProof| Proof {
        steps: &proof.steps,
        facts: proof.facts.iter().map(|it| it.fact.as_str()).collect(),
    };
    let named = row.proofs.iter().filter(|proof| proof.of == of).map(told);
    let whole = (!row.steps.is_empty()).then(|| Proof {
        steps: &row.steps,
        facts: Vec::new(),
    });
    named.chain(whole).collect()
}

/// Whether a row's proofs say that it is in a set.
fn is_proven(judge: &Judge, expr: &Expr, answer: &Answer, row: &Row) -> bool {
    let (world, member) = (judge.world, id(row));
    let proofs = || proofs_of(row, &expr.written(world));
    match expr {
        Expr::One(_) | Expr::Output(..) | Expr::Kind(_) => true,
        // Where its home must be proven to be in a set, that is told.
        Expr::From(of) => {
            let homes = judge.members(of);
            homes.keys().any(|(home, _)| {
                let mut home_row = row.clone();
                if let Some(entity) = &mut home_row.entity {
                    entity.id = world.id(*home);
                }
                is_proven(judge, of, answer, &home_row)
            })
        }
        Expr::Join('&', a, b) => {
            is_proven(judge, a, answer, row) && is_proven(judge, b, answer, row)
        }
        Expr::Join('|', a, b) => {
            is_proven(judge, a, answer, row) || is_proven(judge, b, answer, row)
        }
        Expr::Join(_, a, _) => is_proven(judge, a, answer, row),
        Expr::In(_) => proofs().iter().any(|proof| {
            let first = proof.facts.first().map(|fact| fact_of(world, answer, fact));
            first.is_some_and(|fact| {
                let ends = [("part"), ("plant"), ("firm")];
                let mut inner = ends.iter().filter_map(|end| fact.try_end(end));
                inner.any(|entity| world.id(entity) == member)
            })
        }),
        Expr::Role(played) => proofs().iter().any(|proof| {
            let mut facts = proof.facts.iter().map(|it| fact_of(world, answer, it));
            facts.any(|fact| {
                let mut open = players(fact, &played.open, played.open_field).into_iter();
                played.claims.contains(&fact.claim)
                    && open.any(|(_, player)| world.id(player) == member)
            })
        }),
        Expr::Dependents(of, _) => {
            let asked = judge.members(of);
            proofs().iter().any(|proof| {
                let ends = proof.steps.first().zip(proof.steps.last());
                ends.is_some_and(|(first, last)| {
                    let mut ids = asked.keys().map(|(entity, _)| world.id(*entity));
                    is_at(first, true, &member) && ids.any(|id| is_at(last, false, &id))
                })
            })
        }
        Expr::Dependencies(of, _) => {
            let asked = judge.members(of);
            proofs().iter().any(|proof| {
                let ends = proof.steps.first().zip(proof.steps.last());
                ends.is_some_and(|(first, last)| {
                    let mut ids = asked.keys().map(|(entity, _)| world.id(*entity));
                    is_at(last, false, &member) && ids.any(|id| is_at(first, true, &id))
                })
            })
        }
    }
}

/// All facts of a proof of a role are those of its claims in which the member plays the open part,
/// or lead from who plays another part to who was asked for.
fn is_of_role(world: &World, played: &Played, member: &str, fact: &Fact) -> bool {
    let leads = matches!(fact.claim, Claim::IsA | Claim::Located | Claim::PartOf);
    let mut open = players(fact, &played.open, played.open_field).into_iter();
    let says = open.any(|(_, player)| world.id(player) == member);
    leads || played.claims.contains(&fact.claim) && says
}

fn judge_row(judge: &Judge, expr: &Expr, answer: &Answer, row: &Row) -> TestCaseResult {
    let world = judge.world;
    let text = expr.text(world);
    let member = id(row);
    prop_assert!(
        is_proven(judge, expr, answer, row),
        "{} is not proven to be in {}: {:?}",
        member,
        text,
        row
    );
    // The chain of a row is its own, not that of its home.
    let is_by_home = matches!(expr, Expr::From(_));
    prop_assert!(
        !is_by_home || row.steps.is_empty(),
        "{} in {}",
        member,
        text
    );
    let may_be: BTreeSet<String> = expr
        .provable()
        .into_iter()
        .map(|set| set.written(world))
        .collect();
    for proof in &row.proofs {
        prop_assert!(may_be.contains(&proof.of), "{} in {}", proof.of, text);
        prop_assert!(
            !proof.steps.is_empty() || !proof.facts.is_empty(),
            "{} in {}",
            proof.of,
            text
        );
    }
    let leaves = expr.joined();
    let inner: Vec<&Expr> = leaves.iter().flat_map(|leaf| leaf.inner()).collect();
    let inner: BTreeSet<String> = inner
        .into_iter()
        .flat_map(Expr::provable)
        .map(|set| set.written(world))
        .collect();
    for leaf in leaves {
        let Expr::Role(played) = leaf else { continue };
        let written = leaf.written(world);
        if inner.contains(&written) {
            continue;
        }
        for proof in row.proofs.iter().filter(|proof| proof.of == written) {
            let mut facts = proof.facts.iter();
            prop_assert!(
                facts.all(|it| {
                    let fact = fact_of(world, answer, &it.fact);
                    is_of_role(world, played, &member, fact)
                }),
                "{} in {}: {:?}",
                member,
                written,
                proof.facts
            );
        }
    }
    Ok(())
}

#[test]
fn every_member_is_proven_by_facts_of_its_own() {
    hold(
        100,
        122,
        (homely(), vec(drafts(), 6)),
        |(homely, drafts)| {
            let (world, asked) = (&homely.world, homely.asked());
            for along in [DOCUMENTED, ALL] {
                let judge = Judge::new(world, &homely.homes, along);
                for draft in &drafts {
                    let expr = made(draft, world, Place::Anything);
                    let answer = selected(&asked, &expr.text(world), along);
                    for row in answer.rows.iter().chain(&answer.aside) {
                        judge_row(&judge, &expr, &answer, row)?;
                    }
                }
            }
            Ok(())
        },
    );
}

fn rows_of(asked: &Asked, text: &str, along: Along) -> BTreeSet<(String, bool)> {
    things(&selected(asked, text, along).rows)
}

#[test]
fn sets_are_sets() {
    let cases = (homely(), drafts(), drafts(), drafts());
    hold(100, 123, cases, |(homely, a, b, c)| {
        let asked = homely.asked();
        let [a, b, c] =
            [a, b, c].map(|draft| made(&draft, &homely.world, Place::Anything).text(&homely.world));
        for along in WAYS {
            let rows = |text: String| rows_of(&asked, &text, along);
            let (in_a, in_b) = (rows(a.clone()), rows(b.clone()));
            let both: BTreeSet<_> = in_a.intersection(&in_b).cloned().collect();
            let either: BTreeSet<_> = in_a.union(&in_b).cloned().collect();
            let only: BTreeSet<_> = in_a.difference(&in_b).cloned().collect();
            prop_assert_eq!(rows(format!("{a} & {b}")), both, "{} & {}", a, b);
            prop_assert_eq!(rows(format!("{a} | {b}")), either, "{} | {}", a, b);
            prop_assert_eq!(rows(format!("{a} - {b}")), only, "{} - {}", a, b);
            for (one, other) in [
                (format!("{a} - ({b} | {c})"), format!("({a} - {b}) - {c}")),
                (format!("{a} - {b} - {c}"), format!("({a} - {b}) - {c}")),
                (
                    format!("{a} - ({b} & {c})"),
                    format!("({a} - {b}) | ({a} - {c})"),
                ),
                (
                    format!("{a} & ({b} | {c})"),
                    format!("({a} & {b}) | ({a} & {c})"),
                ),
                (format!("{a} | {b} & {c}"), format!("{a} | ({b} & {c})")),
            ] {
                prop_assert_eq!(rows(one.clone()), rows(other), "{} {:?}", one, along);
            }
        }
        Ok(())
    });
}

#[test]
fn what_is_asked_of_several_is_what_is_asked_of_each() {
    let cases = (homely(), drafts(), drafts());
    hold(60, 124, cases, |(homely, a, b)| {
        let (world, asked) = (&homely.world, homely.asked());
        for (call, place) in [
            ("in", Place::Territory),
            ("from", Place::Economy),
            ("dependents", Place::Anything),
            ("dependencies", Place::Anything),
            ("makers", Place::Player(GOODS)),
            ("suppliers", Place::Player(GOODS)),
            ("is-a.child", Place::Player(GOODS)),
        ] {
            let [a, b] = [&a, &b].map(|draft| made(draft, world, place).text(world));
            let of = |of: &str| match call {
                "is-a.child" => format!("{call}(parent: {of})"),
                _ => format!("{call}({of})"),
            };
            let (one, each) = (
                of(&format!("{a} | {b}")),
                format!("{} | {}", of(&a), of(&b)),
            );
            for along in WAYS {
                let (one_rows, each_rows) =
                    (rows_of(&asked, &one, along), rows_of(&asked, &each, along));
                prop_assert_eq!(one_rows, each_rows, "{} {:?}", one, along);
            }
        }
        Ok(())
    });
}

#[test]
fn a_count_is_the_number_of_rows() {
    hold(60, 125, (homely(), vec(drafts(), 4)), |(homely, drafts)| {
        let asked = homely.asked();
        for draft in &drafts {
            let text = made(draft, &homely.world, Place::Anything).text(&homely.world);
            for along in WAYS {
                let rows = selected(&asked, &text, along).rows;
                let counted = ask(&asked, &format!("count({text}{})", include(along)));
                prop_assert_eq!(counted.count, Some(rows.len()), "{}", text);
                let distinct = things(&rows).len();
                prop_assert_eq!(distinct, rows.len(), "{}", text);
            }
        }
        Ok(())
    });
}

#[test]
fn compared_are_all_that_are_in_any() {
    hold(
        60,
        126,
        (homely(), vec(drafts(), 2..4)),
        |(homely, drafts)| {
            let asked = homely.asked();
            let texts: Vec<String> = drafts
                .iter()
                .map(|draft| made(draft, &homely.world, Place::Anything).text(&homely.world))
                .collect();
            for along in [DOCUMENTED, ALL] {
                let of_each: Vec<_> = texts
                    .iter()
                    .map(|text| rows_of(&asked, text, along))
                    .collect();
                let compared = ask(
                    &asked,
                    &format!("compare({}{})", texts.join(", "), include(along)),
                );
                let all: BTreeSet<_> = of_each.iter().flatten().cloned().collect();
                prop_assert_eq!(things(&compared.rows), all, "{:?}", texts);
                for row in &compared.rows {
                    let of = of_each.iter().filter(|of| of.contains(&thing(row))).count();
                    let heading = match of {
                        of if of == texts.len() => "In all of them",
                        1 => "In one of them only",
                        _ => "In some of them only",
                    };
                    prop_assert_eq!(row.group, heading, "{:?}", texts);
                }
            }
            Ok(())
        },
    );
}

#[test]
fn what_depends_through_something_has_a_chain_through_it() {
    let cases = (homely(), any::<[u8; 2]>());
    hold(100, 127, cases, |(homely, [of, through])| {
        let (world, asked) = (&homely.world, homely.asked());
        let [of, through] = [of, through].map(|at| one(world, at, Place::Entity).text(world));
        for along in [DOCUMENTED, CHANNELS, ALL] {
            let dependents = ids(&asked.dependents(&of, along));
            let dependencies = ids(&asked.dependencies(&of, along));
            for (call, all) in [("dependents", dependents), ("dependencies", dependencies)] {
                let text = format!("{call}({of}, through: {through})");
                let answer = selected(&asked, &text, along);
                for row in &answer.rows {
                    prop_assert!(all.contains(&id(row)) && id(row) != through, "{}", text);
                    let names = |step: &Step| {
                        let mut facts = step.facts.iter();
                        is_at(step, true, &through)
                            || is_at(step, false, &through)
                            || facts.any(|it| {
                                let mut ends = fact_of(world, &answer, &it.fact).ends.iter();
                                ends.any(|(_, entity)| world.id(*entity) == through)
                            })
                    };
                    let is_through = row.steps.iter().any(names);
                    prop_assert!(is_through, "{} in {}: {:?}", id(row), text, row);
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_row_by_plans_says_so_in_its_standing() {
    let worst = |row: &Row| row.all_steps().map(|step| step.standing).max();
    hold(60, 128, (homely(), vec(drafts(), 4)), |(homely, drafts)| {
        let asked = homely.asked();
        for draft in &drafts {
            let text = made(draft, &homely.world, Place::Anything).text(&homely.world);
            for row in selected(&asked, &text, ALL).rows {
                let is_documented = worst(&row).is_none_or(|it| it == Standing::Documented);
                prop_assert!(
                    is_documented || row.group == WITH_MORE,
                    "{}: {:?}",
                    text,
                    row
                );
            }
        }
        Ok(())
    });
}

/// A group of whose member nothing is said in figures, and what it is to use.
fn group() -> Asked {
    Asked::of_facts(
        &[
            ("Firm", &["maker", "buyer"]),
            ("Group", &["group"]),
            ("Product", &["chip", "car"]),
        ],
        &[
            r#"MemberOf(member: "maker", of: "group")"#,
            r#"Plan Uses(by: "group", good: "chip")"#,
            r#"Supplies(from: "maker", to: "buyer", good: "chip")"#,
            r#"Needs(good: "car", input: "chip")"#,
        ],
    )
}

/// Who is in one set only possibly and in another by a plan is in both only where both are followed.
#[test]
fn a_plan_makes_nothing_documented_of_what_is_possible() {
    let asked = group();
    let has = |text: &str| ids(&ask(&asked, text)).contains("group");
    let both = "dependents(maker) & uses.by(good: chip)";
    let either = "dependents(maker) | uses.by(good: chip)";
    for (include, in_both, in_either) in [
        ("", false, false),
        (", include: plans", false, true),
        (", include: possible", false, true),
        (", include: plans | possible", true, true),
    ] {
        assert_eq!(
            has(&format!("select({both}{include})")),
            in_both,
            "{include}"
        );
        assert_eq!(
            has(&format!("select({either}{include})")),
            in_either,
            "{include}"
        );
    }
}

/// Parts are given to fields so that all can be played, whichever is written first.
#[test]
fn every_part_finds_its_field() {
    let asked = group();
    for (text, who) in [
        ("suppliers(buyer | chip, to: buyer)", "maker"),
        ("suppliers(chip | buyer, what: chip)", "maker"),
        ("suppliers(chip, to: buyer, what: car | chip)", ""),
    ] {
        let found: Vec<String> = ids(&ask(&asked, text)).into_iter().collect();
        let wanted: Vec<&str> = Some(who)
            .into_iter()
            .filter(|who| !who.is_empty())
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}
