//! Sets that no operator makes: kinds, territories, homes, roles and dependences.

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::{Member, Members, Proof, Sets, Witnesses};
use crate::facts::{
    Claim, EntityIx, EntityKind, Fact, FactIx, Field, GOODS, Role, TERRITORIES, Value,
};
use crate::graph::{ArcIx, Direction, Follow, NodeIx, Reach, Standing};
use crate::query::dependence::{Found, Picker, is_of, stated, uncounted};
use crate::query::party::Party;
use crate::query::territory::{seat, site};
use crate::request::{Dependence, Filter, Part, RoleSet, Set, Subject, written};

impl Sets<'_, '_> {
    pub(super) fn of_leaf(&self, set: &Set<Subject>) -> Members {
        match set {
            Set::One(one) => Members::from([(*one, Member::by_nature())]),
            Set::Kinds(kinds) => self.of_kinds(kinds),
            Set::In(places) => self.within(set, places),
            Set::From(economies) => self.of_home(economies),
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

    fn of_home(&self, economies: &Set<Subject>) -> Members {
        let catalogue = self.writer.catalogue;
        let counted = self.counted(economies);
        let economies: HashSet<EntityIx> = counted.iter().map(|(one, _)| one.owner()).collect();
        let is_theirs = |ix: EntityIx| {
            let home = catalogue.home(ix);
            home.is_some_and(|home| economies.contains(&home))
        };
        let all = catalogue.entities_with_index().map(|(ix, _)| ix);
        all.filter(|&ix| is_theirs(ix))
            .map(|ix| (ix.into(), Member::by_nature()))
            .collect()
    }

    /// What is in territories: by the facts that place it there, step by step.
    fn within(&self, set: &Set<Subject>, places: &Set<Subject>) -> Members {
        let roots = self.witnesses(places);
        let places = |fact: &Fact| site(fact).or_else(|| seat(fact));
        let mut members = Members::new();
        for standing in [Standing::Documented, Standing::Planned] {
            let is_usable = |fact: &Fact| fact.is_actual() || standing == Standing::Planned;
            let inside = self.closure(roots.keys().copied(), |fact| {
                places(fact).filter(|_| is_usable(fact))
            });
            for (ix, (root, facts)) in inside {
                if roots.contains_key(&ix) {
                    continue;
                }
                let member = members.entry(ix.into());
                member.or_insert_with(|| {
                    let mut proofs = vec![self.proof(set, Vec::new(), facts)];
                    proofs.extend(roots[&root].iter().cloned());
                    Member::proven(standing, proofs)
                });
            }
        }
        members
    }

    fn proof(&self, set: &Set<Subject>, chain: Vec<ArcIx>, facts: Vec<FactIx>) -> Proof {
        Proof {
            of: written(self.writer.catalogue, set),
            chain,
            facts,
        }
    }

    /// The entities of a set that count, each with what proves that it is in it.
    fn witnesses(&self, set: &Set<Subject>) -> Witnesses {
        let counted = self.counted(set).into_iter();
        counted
            .map(|(one, member)| (one.owner(), member.proofs))
            .collect()
    }

    /// All that facts lead to from some entities: for each the entity it is led from, and the
    /// facts between the two, beginning with its own. `pair` gives what is in what.
    fn closure(
        &self,
        roots: impl Iterator<Item = EntityIx>,
        pair: impl Fn(&Fact) -> Option<(EntityIx, EntityIx)>,
    ) -> BTreeMap<EntityIx, (EntityIx, Vec<FactIx>)> {
        let mut parts: BTreeMap<EntityIx, Vec<(EntityIx, FactIx)>> = BTreeMap::new();
        for (ix, fact) in self.writer.catalogue.facts_with_index() {
            if let Some((inner, outer)) = pair(fact) {
                parts.entry(outer).or_default().push((inner, ix));
            }
        }
        let mut found: BTreeMap<EntityIx, (EntityIx, Vec<FactIx>)> =
            roots.map(|root| (root, (root, Vec::new()))).collect();
        let mut open: VecDeque<EntityIx> = found.keys().copied().collect();
        while let Some(outer) = open.pop_front() {
            let (root, facts) = found[&outer].clone();
            for (inner, fact) in parts.get(&outer).into_iter().flatten() {
                if !found.contains_key(inner) {
                    let way = [&[*fact], facts.as_slice()].concat();
                    found.insert(*inner, (root, way));
                    open.push_back(*inner);
                }
            }
        }
        found
    }

    /// Who plays the open role of facts in which others play theirs.
    fn players(&self, set: &Set<Subject>, roles: &RoleSet<Subject>) -> Members {
        let filled: Vec<Filled> = roles
            .filled
            .iter()
            .map(|(part, of)| self.filled(*part, of))
            .collect();
        let mut members = Members::new();
        for (ix, fact) in self.writer.catalogue.facts_with_index() {
            if !roles.claims.contains(&fact.claim) {
                continue;
            }
            for (player, others) in players_in(fact, roles.open, &filled) {
                let standing = match fact.is_actual() {
                    true => Standing::Documented,
                    false => Standing::Planned,
                };
                let facts = std::iter::once(ix).chain(others.iter().flat_map(|by| by.0.clone()));
                let mut proofs = vec![self.proof(set, Vec::new(), facts.collect())];
                proofs.extend(others.iter().flat_map(|by| by.1.iter().cloned()));
                let new = Member::proven(standing, proofs);
                let known = members.remove(&player.into());
                members.insert(
                    player.into(),
                    known.map_or(new.clone(), |known| told(known, new)),
                );
            }
        }
        members
    }

    /// Who may play a part: those of a set; of a good its kinds too, and of a territory, where
    /// something is in it, what is in it.
    fn filled(&self, part: Part, of: &Set<Subject>) -> Filled {
        let catalogue = self.writer.catalogue;
        let asked = self.witnesses(of);
        let is_good = |ix: &EntityIx| GOODS.contains(catalogue[*ix].kind);
        let is_territory = |ix: &EntityIx| TERRITORIES.contains(catalogue[*ix].kind);
        let goods = asked.keys().copied().filter(is_good);
        let kinds = self.closure(goods, |fact| kind_of(fact).filter(|_| fact.is_actual()));
        let places = asked.keys().copied().filter(is_territory);
        let places = match part {
            Part::Role(Role::In) | Part::Field(Field::At | Field::Place) => {
                self.closure(places, |fact| site(fact).filter(|_| fact.is_actual()))
            }
            _ => BTreeMap::new(),
        };
        let mut by = BTreeMap::new();
        for (ix, proofs) in &asked {
            by.insert(*ix, (Vec::new(), proofs.clone()));
        }
        for (ix, (root, facts)) in kinds.into_iter().chain(places) {
            by.entry(ix)
                .or_insert_with(|| (facts, asked[&root].clone()));
        }
        Filled { part, by }
    }
}

/// What is a kind of what.
fn kind_of(fact: &Fact) -> Option<(EntityIx, EntityIx)> {
    (fact.claim == Claim::IsA).then(|| (fact.end(Field::Child), fact.end(Field::Parent)))
}

/// The facts by which one stands for what was asked, and what proves that that is in its set.
type By = (Vec<FactIx>, Vec<Proof>);

/// Who may play a part.
struct Filled {
    part: Part,
    by: BTreeMap<EntityIx, By>,
}

/// Who plays the open part in a fact, each with those who play the others. No field counts twice:
/// of two partners one is the other's.
fn players_in<'f>(fact: &Fact, open: Part, filled: &'f [Filled]) -> Vec<(EntityIx, Vec<&'f By>)> {
    let mut found = Vec::new();
    for field in open.fields_of(fact.claim) {
        let mut used = vec![field];
        let others: Option<Vec<&By>> = filled
            .iter()
            .map(|filled| filled.player(fact, &mut used))
            .collect();
        if let Some(others) = others {
            let players = fact.value(field).into_iter().flat_map(Value::entities);
            found.extend(players.map(|&player| (player, others.clone())));
        }
    }
    found
}

impl Filled {
    fn player(&self, fact: &Fact, used: &mut Vec<Field>) -> Option<&By> {
        let mut fields = self.part.fields_of(fact.claim);
        let (field, by) = fields.find_map(|field| {
            let mut players = fact.value(field).into_iter().flat_map(Value::entities);
            let by = players.find_map(|player| self.by.get(player))?;
            (!used.contains(&field)).then_some((field, by))
        })?;
        used.push(field);
        Some(by)
    }
}

/// One that several facts put into a set: by those that count, or else by those that would.
fn told(known: Member, new: Member) -> Member {
    known.or(new)
}

impl Sets<'_, '_> {
    /// What depends on any of a set, or what any of it depends on.
    fn dependence(
        &self,
        set: &Set<Subject>,
        direction: Direction,
        asked: &Dependence<Subject>,
    ) -> Members {
        let filter = Filter {
            depth: asked.depth,
            ..Filter::default()
        };
        let through = asked.through.as_deref().map(|through| self.party(through));
        let mut members = Members::new();
        for (one, member) in self.counted(&asked.of) {
            let walk = Walk {
                sets: self,
                direction,
                of: one,
                filter: &filter,
                through: through.as_ref(),
            };
            for (standing, found) in walk.found() {
                let chain = found.chain;
                let mut proofs = vec![self.proof(set, chain, Vec::new())];
                proofs.extend(member.proofs.iter().cloned());
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
        match (a.standing, length(&a)) <= (b.standing, length(&b)) {
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
    /// What counts; then what only plans or undocumented shares add: where those are followed all
    /// of it, else what they add at the first step.
    fn found(&self) -> Vec<(Standing, Found)> {
        let (writer, follow) = (self.sets.writer, self.sets.follow);
        let picker =
            Picker::new(writer, self.direction, vec![self.of], self.filter).without_parts();
        let base = self.reach(&stated(&follow));
        let documented = self.picked(&picker, &base, &stated(&follow));
        let mut known: HashSet<EntityIx> = documented.iter().map(|found| found.entity).collect();
        let mut all: Vec<(Standing, Found)> = documented
            .into_iter()
            .map(|found| (Standing::Documented, found))
            .collect();
        if follow.plans || follow.possible {
            let wide = self.picked(&picker, &self.reach(&follow), &follow);
            let new = wide
                .into_iter()
                .filter(|found| !known.contains(&found.entity));
            let new: Vec<(Standing, Found)> = new
                .map(|found| (self.standing(&found.chain), found))
                .collect();
            known.extend(new.iter().map(|(_, found)| found.entity));
            all.extend(new);
        }
        if self.through.is_none() {
            let more = uncounted(writer.graph, &picker, &base, &known, &follow);
            all.extend(
                more.into_iter()
                    .filter(|(_, found)| picker.is_near(found.distance)),
            );
        }
        all
    }

    fn standing(&self, chain: &[ArcIx]) -> Standing {
        let graph = self.sets.writer.graph;
        let standings = chain.iter().map(|&arc| graph.arc(arc).standing);
        standings.max().unwrap_or(Standing::Documented)
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
