//! Sets that no operator makes: kinds, territories, homes, roles and dependences.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::rc::Rc;

use super::{Member, Members, Proof, Sets, Witnesses, rank, worse};
use crate::facts::{Claim, EntityIx, EntityKind, Fact, FactIx, Field, GOODS, TERRITORIES, Value};
use crate::graph::{ArcIx, Direction, Follow, NodeIx, Reach, Standing};
use crate::query::dependence::{Found, Picker, is_of, stated};
use crate::query::party::Party;
use crate::query::territory::{seat, site};
use crate::request::{Dependence, Filter, Part, RoleSet, Set, Subject, written};

impl Sets<'_, '_> {
    pub(super) fn of_leaf(&self, set: &Set<Subject>) -> Members {
        match set {
            Set::One(one) => Members::from([(*one, Member::by_nature())]),
            Set::Kinds(kinds) => self.of_kinds(kinds),
            Set::In(places) => self.within(set, places),
            Set::From(economies) => self.of_home(set, economies),
            Set::Role(roles) => self.players(set, roles),
            Set::Dependents(on) => self.dependence(set, Direction::Dependents, on),
            Set::Dependencies(of) => self.dependence(set, Direction::Dependencies, of),
            _ => unreachable!("operators are no leaves"),
        }
    }

    fn of_kinds(&self, kinds: &[EntityKind]) -> Members {
        let all = self.writer.catalogue.entities_with_index();
        let wanted = all.filter(|(_, entity)| kinds.contains(&entity.kind));
        wanted
            .map(|(ix, _)| (ix.into(), Member::by_nature()))
            .collect()
    }

    /// Who are of economies: as is commonly known, or else by where facts say that their seat is.
    fn of_home(&self, set: &Set<Subject>, economies: &Set<Subject>) -> Members {
        let of = self.written(set);
        let catalogue = self.writer.catalogue;
        let economies = self.witnesses(economies);
        let seats = self.closure(economies.keys().copied(), |fact| {
            let pair = site(fact).or_else(|| seat(fact));
            pair.filter(|_| fact.is_actual())
        });
        let mut members = Members::new();
        for (ix, entity) in catalogue.entities_with_index() {
            let home = catalogue.home(ix).and_then(|home| economies.get(&home));
            let Some(home) = home else { continue };
            let seat = seats.get(&ix).filter(|_| entity.home.is_none());
            let by_seat = seat.map(|(_, facts)| Self::proof(&of, Vec::new(), facts.clone()));
            let proofs = by_seat.into_iter().chain(home.told_of_another());
            members.insert(ix.into(), Member::proven(home.standing, proofs.collect()));
        }
        members
    }

    /// What is in territories: by the facts that place it there, step by step.
    fn within(&self, set: &Set<Subject>, places: &Set<Subject>) -> Members {
        let of = self.written(set);
        let roots = self.witnesses(places);
        let places = |fact: &Fact| site(fact).or_else(|| seat(fact));
        let mut members = Members::new();
        for (by_facts, by_root) in WAYS_IN {
            let is_usable = |fact: &Fact| fact.is_actual() || by_facts == Standing::Planned;
            let pair = |fact: &Fact| places(fact).filter(|_| is_usable(fact));
            for (ix, (root, facts)) in self.closure(standing(&roots, by_root), pair) {
                let mut proofs = vec![Self::proof(&of, Vec::new(), facts)];
                proofs.extend(roots[&root].told_of_another());
                let standing = worse(by_facts, by_root, &self.follow);
                self.insert_better(&mut members, ix, Member::proven(standing, proofs));
            }
        }
        members
    }

    fn insert_better(&self, members: &mut Members, ix: EntityIx, new: Member) {
        let rank = |member: &Member| rank(member.standing, &self.follow);
        let known = members.get(&ix.into());
        if known.is_none_or(|known| rank(&new) < rank(known)) {
            members.insert(ix.into(), new);
        }
    }

    /// How a set is written, once for all that it proves.
    fn written(&self, set: &Set<Subject>) -> Rc<str> {
        written(self.writer.catalogue, set).into()
    }

    fn proof(of: &Rc<str>, chain: Vec<ArcIx>, facts: Vec<FactIx>) -> Proof {
        Proof {
            of: Rc::clone(of),
            chain,
            facts,
            is_own: true,
        }
    }

    /// The entities of a set, those too that do not count, each with what proves that it is in it.
    fn witnesses(&self, set: &Set<Subject>) -> Witnesses {
        let members = self.members(set).into_iter();
        members.map(|(one, member)| (one.owner(), member)).collect()
    }

    /// All that facts lead to from some entities, of which one may lead to another: for each the
    /// entity it is led from, and the facts between the two, beginning with its own. `pair` gives
    /// what is in what.
    fn closure(
        &self,
        roots: impl Iterator<Item = EntityIx>,
        pair: impl Fn(&Fact) -> Option<(EntityIx, EntityIx)>,
    ) -> BTreeMap<EntityIx, (EntityIx, Vec<FactIx>)> {
        let mut open: VecDeque<(EntityIx, EntityIx, Vec<FactIx>)> =
            roots.map(|root| (root, root, Vec::new())).collect();
        if open.is_empty() {
            return BTreeMap::new();
        }
        let mut parts: BTreeMap<EntityIx, Vec<(EntityIx, FactIx)>> = BTreeMap::new();
        for (ix, fact) in self.writer.catalogue.facts_with_index() {
            if let Some((inner, outer)) = pair(fact) {
                parts.entry(outer).or_default().push((inner, ix));
            }
        }
        let mut found: BTreeMap<EntityIx, (EntityIx, Vec<FactIx>)> = BTreeMap::new();
        while let Some((outer, root, facts)) = open.pop_front() {
            for (inner, fact) in parts.get(&outer).into_iter().flatten() {
                if !found.contains_key(inner) {
                    let way = [&[*fact], facts.as_slice()].concat();
                    found.insert(*inner, (root, way.clone()));
                    open.push_back((*inner, root, way));
                }
            }
        }
        found
    }

    /// Who plays the open role of facts in which others play theirs.
    fn players(&self, set: &Set<Subject>, roles: &RoleSet<Subject>) -> Members {
        let of = self.written(set);
        let filled: Vec<Filled> = roles
            .filled
            .iter()
            .map(|(part, of)| self.filled(&roles.claims, *part, of))
            .collect();
        let mut members = Members::new();
        for (ix, fact) in self.writer.catalogue.facts_with_index() {
            if !roles.claims.contains(&fact.claim) {
                continue;
            }
            for (player, others) in players_in(fact, roles.open, &filled, &self.follow) {
                let stated = match fact.is_actual() {
                    true => Standing::Documented,
                    false => Standing::Planned,
                };
                let standings = others.iter().map(|by| by.standing);
                let standing = standings.fold(stated, |a, b| worse(a, b, &self.follow));
                let facts = others.iter().flat_map(|by| by.facts.clone());
                let facts = std::iter::once(ix).chain(facts).collect();
                let mut proofs = vec![Self::proof(&of, Vec::new(), facts)];
                proofs.extend(others.iter().flat_map(|by| by.proofs.iter().cloned()));
                let new = Member::proven(standing, proofs);
                // By those facts that count, or else by those that would.
                let new = match members.remove(&player.into()) {
                    Some(known) => known.or(new, &self.follow),
                    None => new,
                };
                members.insert(player.into(), new);
            }
        }
        members
    }

    /// Who may play a part: those of a set; of a good its kinds too, and of a territory, where
    /// something is in it, what is in it.
    fn filled(&self, claims: &[Claim], part: Part, of: &Set<Subject>) -> Filled {
        let catalogue = self.writer.catalogue;
        let asked = self.witnesses(of);
        let is_good = |ix: &EntityIx| GOODS.contains(catalogue[*ix].kind);
        let is_territory = |ix: &EntityIx| TERRITORIES.contains(catalogue[*ix].kind);
        let is_where = claims.iter().any(|claim| part.is_where_in(*claim));
        let mut filled = Filled {
            part,
            by: BTreeMap::new(),
        };
        for (by_facts, by_root) in WAYS_IN {
            let is_usable = |fact: &Fact| fact.is_actual() || by_facts == Standing::Planned;
            let goods = standing(&asked, by_root).filter(is_good);
            let kinds = self.closure(goods, |fact| kind_of(fact).filter(|_| is_usable(fact)));
            let places = standing(&asked, by_root).filter(|ix| is_where && is_territory(ix));
            let places = self.closure(places, |fact| site(fact).filter(|_| is_usable(fact)));
            let itself = standing(&asked, by_root).map(|ix| (ix, (ix, Vec::new())));
            for (ix, (root, facts)) in itself.chain(kinds).chain(places) {
                let rests_on_facts = if facts.is_empty() { by_root } else { by_facts };
                let new = By {
                    facts,
                    proofs: asked[&root].told_of_another().collect(),
                    standing: worse(rests_on_facts, by_root, &self.follow),
                };
                filled.insert_better(ix, new, &self.follow);
            }
        }
        filled
    }
}

/// How the facts that lead to a territory or a parent good stand, and how that does.
const WAYS_IN: [(Standing, Standing); 6] = [
    (Standing::Documented, Standing::Documented),
    (Standing::Documented, Standing::Possible),
    (Standing::Documented, Standing::Planned),
    (Standing::Planned, Standing::Documented),
    (Standing::Planned, Standing::Possible),
    (Standing::Planned, Standing::Planned),
];

/// Those that stand so.
fn standing(all: &Witnesses, wanted: Standing) -> impl Iterator<Item = EntityIx> {
    all.iter()
        .filter(move |(_, member)| member.standing == wanted)
        .map(|(ix, _)| *ix)
}

/// What is a kind of what.
fn kind_of(fact: &Fact) -> Option<(EntityIx, EntityIx)> {
    (fact.claim == Claim::IsA).then(|| (fact.end(Field::Child), fact.end(Field::Parent)))
}

/// What makes that one stands for what was asked.
struct By {
    /// The facts that lead from it to that.
    facts: Vec<FactIx>,
    /// What proves that that is in its set.
    proofs: Vec<Proof>,
    /// How it stands there.
    standing: Standing,
}

/// Who may play a part.
struct Filled {
    part: Part,
    by: BTreeMap<EntityIx, By>,
}

/// Who plays the open part in a fact, each with those who play the others. No field counts twice:
/// of two partners one is the other's.
fn players_in<'f>(
    fact: &Fact,
    open: Part,
    filled: &'f [Filled],
    follow: &Follow,
) -> Vec<(EntityIx, Vec<&'f By>)> {
    let mut found = Vec::new();
    for field in open.fields_of(fact.claim) {
        let field = stands_instead(fact, field).unwrap_or(field);
        let others = casts(fact, filled, &[field]);
        let worst = |others: &Vec<&By>| others.iter().map(|by| rank(by.standing, follow)).max();
        if let Some(others) = others.into_iter().min_by_key(worst) {
            let players = fact.value(field).into_iter().flat_map(Value::entities);
            found.extend(players.map(|&player| (player, others.clone())));
        }
    }
    found
}

/// The field that is filled instead of one that is not: who is restricted, where no good is.
fn stands_instead(fact: &Fact, field: Field) -> Option<Field> {
    if fact.value(field).is_some() {
        return None;
    }
    let forms = fact.claim.form().fields.iter();
    let form = forms
        .filter(|form| form.field == field)
        .find_map(|form| form.instead);
    form.map(|(other, _)| other)
}

/// Every way in which parts can be played in a fact, each in a field of its own.
fn casts<'f>(fact: &Fact, filled: &'f [Filled], used: &[Field]) -> Vec<Vec<&'f By>> {
    let Some((first, others)) = filled.split_first() else {
        return vec![Vec::new()];
    };
    let fields = first.part.fields_of(fact.claim);
    let free = fields.map(|field| stands_instead(fact, field).unwrap_or(field));
    let free = free.filter(|field| !used.contains(field));
    let ways = free.filter_map(|field| Some((field, first.player(fact, field)?)));
    let casts = ways.flat_map(|(field, by)| {
        let others = casts(fact, others, &[used, &[field]].concat());
        others
            .into_iter()
            .map(move |others| [vec![by], others].concat())
    });
    casts.collect()
}

impl Filled {
    fn insert_better(&mut self, ix: EntityIx, new: By, follow: &Follow) {
        let known = self.by.get(&ix);
        if known.is_none_or(|known| rank(new.standing, follow) < rank(known.standing, follow)) {
            self.by.insert(ix, new);
        }
    }

    /// Who plays the part in a field, if anybody; of several the best.
    fn player(&self, fact: &Fact, field: Field) -> Option<&By> {
        let players = fact.value(field).into_iter().flat_map(Value::entities);
        let known = players.filter_map(|player| self.by.get(player));
        known.min_by_key(|by| by.standing)
    }
}

impl Sets<'_, '_> {
    /// What depends on any of a set, or what any of it depends on.
    fn dependence(
        &self,
        set: &Set<Subject>,
        direction: Direction,
        asked: &Dependence<Subject>,
    ) -> Members {
        let of = self.written(set);
        let filter = Filter {
            depth: asked.depth,
            ..Filter::default()
        };
        let through = asked.through.as_deref().map(|through| self.party(through));
        let mut members = Members::new();
        for (one, member) in self.members(&asked.of) {
            let walk = Walk {
                sets: self,
                direction,
                of: one,
                filter: &filter,
                through: through.as_ref(),
            };
            for (standing, found) in walk.found() {
                let chain = found.chain;
                let standing = worse(standing, member.standing, &self.follow);
                let mut proofs = vec![Self::proof(&of, chain, Vec::new())];
                proofs.extend(member.told_of_another());
                let new = Member::proven(standing, proofs);
                let known = members.remove(&Subject::Entity(found.entity));
                let best = known.map_or(new.clone(), |known| self.nearer(known, new));
                members.insert(Subject::Entity(found.entity), best);
            }
        }
        members
    }

    fn party(&self, set: &Set<Subject>) -> Party {
        let all = self.counted(set).into_iter().map(|(one, _)| one);
        Party::of_set(all.collect(), written(self.writer.catalogue, set))
    }

    /// Of two who prove the same the one that stands better, then by the shorter chain.
    fn nearer(&self, a: Member, b: Member) -> Member {
        let length = |member: &Member| {
            let chain = member.proofs.first().map(|proof| proof.chain.as_slice());
            self.writer.graph.facts_in(chain.unwrap_or_default())
        };
        let order = |member: &Member| (rank(member.standing, &self.follow), length(member));
        match order(&a) <= order(&b) {
            true => a,
            false => b,
        }
    }
}

/// A walk from one thing to what depends on it or what it depends on.
struct Walk<'s, 'w, 'c> {
    sets: &'s Sets<'w, 'c>,
    direction: Direction,
    of: Subject,
    filter: &'s Filter<Party>,
    through: Option<&'s Party>,
}

impl Walk<'_, '_, '_> {
    /// What is documented; then what counts beside it; then what would if plans and undocumented
    /// shares did: each by the shortest chain of the first of these that has one.
    fn found(&self) -> Vec<(Standing, Found)> {
        let picker = Picker::new(self.sets.writer, self.direction, vec![self.of], self.filter);
        let mut known: HashSet<EntityIx> = HashSet::new();
        let mut all = Vec::new();
        for follow in self.wider_and_wider() {
            for found in self.picked(&picker, &self.reach(&follow), &follow) {
                if known.insert(found.entity) {
                    all.push((self.standing(&found.chain), found));
                }
            }
        }
        all
    }

    fn wider_and_wider(&self) -> Vec<Follow> {
        let follow = self.sets.follow;
        let plans = Follow {
            plans: true,
            ..follow
        };
        let all = Follow {
            possible: true,
            ..plans
        };
        let mut ways = vec![stated(&follow), follow, plans, all];
        ways.dedup();
        ways
    }

    fn standing(&self, chain: &[ArcIx]) -> Standing {
        let (graph, follow) = (self.sets.writer.graph, &self.sets.follow);
        let standings = chain.iter().map(|&arc| graph.arc(arc).standing);
        standings.fold(Standing::Documented, |a, b| worse(a, b, follow))
    }

    fn reach(&self, follow: &Follow) -> Reach {
        let (catalogue, graph) = (self.sets.writer.catalogue, self.sets.writer.graph);
        let starts = Party::one(self.of).starts(self.direction, catalogue, graph);
        graph.reach(&starts, self.direction, follow)
    }

    fn picked(&self, picker: &Picker, reach: &Reach, follow: &Follow) -> Vec<Found> {
        let graph = self.sets.writer.graph;
        match self.through {
            None => picker.pick(graph, reach),
            Some(through) => self.picked_through(picker, reach, through, follow),
        }
    }

    /// What is reached by way of something: first that, and then on from there. Both halves are
    /// dependences by themselves, so together they prove one.
    fn picked_through(
        &self,
        picker: &Picker,
        reach: &Reach,
        through: &Party,
        follow: &Follow,
    ) -> Vec<Found> {
        let writer = self.sets.writer;
        let ways = reach.nodes().iter().copied();
        let ways: Vec<NodeIx> = ways.filter(|&node| is_of(writer, node, through)).collect();
        let on = writer.graph.reach(&ways, self.direction, follow);
        let is_way = |entity: EntityIx| through.owners().any(|owner| owner == entity);
        let found = picker.pick_all(writer.graph, &on).into_iter();
        found
            .filter(|found| !found.chain.is_empty() && !is_way(found.entity))
            .map(|found| self.with_first_half(reach, found))
            .filter(|found| picker.is_near(found.distance))
            .collect()
    }

    fn with_first_half(&self, reach: &Reach, found: Found) -> Found {
        let graph = self.sets.writer.graph;
        let chain = match self.direction {
            Direction::Dependents => {
                let way = found.chain.last().map(|&arc| graph.arc(arc).to);
                let rest = way.map(|way| reach.chain(way)).unwrap_or_default();
                [found.chain, rest].concat()
            }
            Direction::Dependencies => {
                let way = found.chain.first().map(|&arc| graph.arc(arc).from);
                let rest = way.map(|way| reach.chain(way)).unwrap_or_default();
                [rest, found.chain].concat()
            }
        };
        Found {
            distance: graph.facts_in(&chain) as u32,
            entity: found.entity,
            chain,
        }
    }
}
