//! The rules by which facts make nodes, requirements and arcs: the table in `docs/architecture.md`,
//! row by row.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::Graph;
use super::assembly::{Assembly, RequirementKey};
use super::attribution::Alternative;
use super::kinds::{Input, Kinds};
use super::node::{Channel, Node, Reading, Wording};
use super::per_entity::PerEntity;
use crate::facts::{
    COMPANIES, Catalogue, Claim, Date, EntityIx, EntityKind, Extent, Fact, FactIx, Field, GOODS,
    Role, TERRITORIES, Tie, Value, Whole,
};

/// Builds the graph of a catalogue.
///
/// Takes time in proportion to the facts; and, for each maker with a named supplier of an input, to
/// the inputs of what it makes.
///
/// The order is that of who reads what. Facts are gathered first, for what is bought goes into what
/// is made, whichever fact comes first. Purchases are fed into what their buyer makes before
/// supplies are built, since the share of a purchase in one good depends on how many it goes into.
/// Supplies name origins, which are then followed outwards; the other relations come last, for they
/// need to know what is made and fed.
///
/// It numbers nodes and arcs too, and where chains are equally short their numbers decide.
pub(super) fn build(catalogue: &Catalogue) -> Graph {
    let mut builder = Builder {
        catalogue,
        kinds: Kinds::new(catalogue, Fact::is_actual),
        stated: Kinds::new(catalogue, |_| true),
        assembly: Assembly::new(catalogue),
        makes: PerEntity::new(catalogue),
        purchases: PerEntity::new(catalogue),
        fed: HashMap::new(),
        sales: HashMap::new(),
        outer: PerEntity::new(catalogue),
        origins: IndexSet::new(),
    };
    builder.gather();
    builder.feed();
    builder.goods();
    builder.supplies();
    builder.purchases();
    builder.origins();
    builder.relations();
    builder.assembly.finish()
}

/// The share of a purchase in one of several goods, where it is stated of all of them together.
const UNKNOWN_PART: &Extent = &Extent::Between(0.0, 1.0);

/// Something that somebody buys or uses.
#[derive(Clone, Copy)]
struct Purchase<'c> {
    fact: FactIx,
    good: EntityIx,
    /// From whom; unknown for a use.
    from: Option<EntityIx>,
    share: Option<&'c Extent>,
    /// The good that it goes into, where that is said.
    goes_into: Option<EntityIx>,
    wording: Wording,
    is_planned: bool,
    /// How many of the goods that the buyer makes it goes into, plans left out.
    feeds: usize,
}

impl<'c> Purchase<'c> {
    fn reading(&self) -> Reading {
        Reading {
            fact: self.fact,
            wording: self.wording,
        }
    }

    /// Its share of what goes into one good. Where it goes into several, one of them may have all
    /// of it, and another none.
    fn share(&self) -> Option<&'c Extent> {
        let is_part = |share: &&Extent| share.interval().lo < 1.0 && share.interval().hi > 0.0;
        if self.feeds > 1 && self.share.as_ref().is_some_and(is_part) {
            Some(UNKNOWN_PART)
        } else {
            self.share
        }
    }
}

/// One maker's output of a good.
#[derive(Default)]
struct Supply {
    /// The facts that speak of it, with the end from which each reads as the maker's doing.
    readings: Vec<Reading>,
}

struct Builder<'c> {
    catalogue: &'c Catalogue,
    /// Kinds and inputs as they are.
    kinds: Kinds,
    /// Kinds and inputs as they are and as they are planned to be.
    stated: Kinds,
    assembly: Assembly<'c>,
    /// What each maker makes, in the order of the facts.
    makes: PerEntity<IndexMap<EntityIx, Supply>>,
    purchases: PerEntity<Vec<Purchase<'c>>>,
    /// What a buyer makes of what somebody supplies to it, plans left out, with the facts by which
    /// the one goes into the other; by the fact that tells of the supply.
    fed: HashMap<FactIx, Vec<(EntityIx, Vec<Reading>)>>,
    /// The days on which something was sold whole, where they are known; by seller and what was
    /// sold.
    sales: HashMap<(EntityIx, EntityIx), Vec<Option<Date>>>,
    /// The places that a plant or place is in, with the facts.
    outer: PerEntity<Vec<(EntityIx, FactIx)>>,
    /// The origins so far: a plant, place or economy, and a good that comes from it.
    origins: IndexSet<(EntityIx, EntityIx)>,
}

fn forward(fact: FactIx) -> Reading {
    Reading {
        fact,
        wording: Wording::Forward,
    }
}

fn reversed(fact: FactIx) -> Reading {
    Reading {
        fact,
        wording: Wording::Reversed,
    }
}

/// A fact told from the end of who plays a role.
fn told_by(role: Role, ix: FactIx, fact: &Fact) -> Reading {
    if fact.claim.form().is_read_from_the_other_end(role) {
        reversed(ix)
    } else {
        forward(ix)
    }
}

/// Since when a fact holds, or when it held, as far as it says so.
fn day(fact: &Fact) -> Option<Date> {
    fact.since.or(fact.as_of)
}

/// Whether an owner has control by what a fact says: without a share, or with more than half.
fn controls(fact: &Fact) -> bool {
    fact.share_of(Whole::Ownership)
        .is_none_or(|share| share.interval().lo > 0.5)
}

/// Whether a measure stops goods at the border of the country that takes it, on their way out.
fn restricts_exports(fact: &Fact) -> bool {
    let measure = fact.value(Field::Measure);
    let is_export = matches!(measure, Some(Value::Text(word)) if matches!(word.as_str(), "export-control" | "export-ban"));
    is_export && fact.value(Field::Towards).is_none()
}

impl<'c> Builder<'c> {
    fn kind(&self, entity: EntityIx) -> EntityKind {
        self.catalogue[entity].kind
    }

    fn is_planned(&self, readings: &[Reading]) -> bool {
        readings
            .iter()
            .any(|reading| !self.catalogue[reading.fact].is_actual())
    }

    /// Goes once through the facts: who makes what, and who buys what.
    fn gather(&mut self) {
        for (ix, fact) in self.catalogue.facts_with_index() {
            self.gather_ties(ix, fact);
            match fact.claim {
                Claim::Produces => {
                    self.gather_output(fact.end(Field::By), fact.end(Field::Good), forward(ix))
                }
                Claim::Restricts if restricts_exports(fact) => {
                    self.gather_output(fact.end(Field::By), fact.end(Field::Good), reversed(ix));
                }
                Claim::Acquires if fact.is_actual() => {
                    let seller = fact
                        .entity(Field::From)
                        .filter(|&from| from != fact.end(Field::Buyer));
                    let sale = seller.map(|from| {
                        self.sales
                            .entry((from, fact.end(Field::Target)))
                            .or_default()
                    });
                    sale.into_iter().for_each(|days| days.push(day(fact)));
                }
                _ => {}
            }
        }
    }

    fn gather_output(&mut self, by: EntityIx, good: EntityIx, reading: Reading) {
        self.makes[by]
            .entry(good)
            .or_default()
            .readings
            .push(reading);
    }

    /// What follows from what two are to each other, whatever claim says so.
    fn gather_ties(&mut self, ix: FactIx, fact: &'c Fact) {
        for tie in [Tie::StandsIn, Tie::PartOf] {
            if let Some((inner, outer)) = fact.tied(tie) {
                self.outer[inner].push((outer, ix));
            }
        }
        if let Some((seller, _)) = fact.tied(Tie::Supplies) {
            self.gather_output(seller, fact.end_in(Role::What), told_by(Role::By, ix, fact));
        }
        if let Some((buyer, good)) = fact.tied(Tie::Gets) {
            self.gather_purchase(buyer, good, ix);
        }
    }

    fn gather_purchase(&mut self, buyer: EntityIx, good: EntityIx, ix: FactIx) {
        let fact = &self.catalogue[ix];
        let purchase = Purchase {
            fact: ix,
            good,
            from: fact.tied(Tie::Supplies).map(|(seller, _)| seller),
            share: fact.share_of(Whole::Need),
            goes_into: fact.player(Role::For),
            wording: told_by(Role::To, ix, fact).wording,
            is_planned: !fact.is_actual(),
            feeds: 0,
        };
        self.purchases[buyer].push(purchase);
    }

    /// Counts into how many of the goods that a buyer makes each of its purchases goes: those of
    /// which it, or a kind above it, is an input.
    ///
    /// The purchases are taken out of the builder while they are changed, for the rules that say
    /// what goes into what borrow all of it; they read the kinds, not the purchases.
    fn feed(&mut self) {
        for (buyer, _) in self.catalogue.entities_with_index() {
            let mut purchases = self.purchases.take(buyer);
            let mut fed = Vec::new();
            let makes = if purchases.is_empty() {
                None
            } else {
                Some(&self.makes[buyer])
            };
            let above: Vec<_> = purchases
                .iter()
                .map(|purchase| self.kinds.above(purchase.good))
                .collect();
            for (&good, _) in makes
                .into_iter()
                .flatten()
                .filter(|(_, supply)| self.is_actual(supply))
            {
                let inputs = self
                    .kinds
                    .inputs(good)
                    .into_iter()
                    .map(|input| (input.good, input.readings));
                let inputs: HashMap<EntityIx, Vec<Reading>> = inputs.collect();
                for (purchase, above) in purchases.iter_mut().zip(&above) {
                    let ways = above
                        .iter()
                        .filter_map(|(kind, way)| Some((way, inputs.get(kind)?)));
                    let shortest = ways.min_by_key(|(way, input)| way.len() + input.len());
                    if let Some((way, input)) =
                        shortest.filter(|_| self.may_go_into(purchase, good))
                    {
                        purchase.feeds += 1;
                        fed.push((purchase.fact, (good, [way.as_slice(), input].concat())));
                    }
                }
            }
            self.purchases[buyer] = purchases;
            fed.into_iter()
                .for_each(|(fact, fed)| self.fed.entry(fact).or_default().push(fed));
        }
    }

    /// Goods: their class and recipe, and those of their parent kinds. Not the parent good itself:
    /// who makes other kinds of it does not concern this one.
    fn goods(&mut self) {
        for (good, entity) in self.catalogue.entities_with_index() {
            if GOODS.contains(entity.kind) {
                self.assembly
                    .meaning(Node::Good(good), Channel::Inputs, Node::Recipe(good));
                self.assembly
                    .meaning(Node::Good(good), Channel::Kind, Node::Class(good));
                self.recipe(good);
                self.parents(good);
            }
        }
    }

    fn recipe(&mut self, good: EntityIx) {
        let inputs = |kinds: &Kinds| -> Vec<Input> {
            if kinds.is_replacing(good) {
                kinds.inputs(good)
            } else {
                kinds.own_inputs(good).collect()
            }
        };
        let (actual, planned) = (
            inputs(&self.kinds),
            self.planned_inputs(inputs(&self.stated)),
        );
        for (input, is_planned) in actual
            .into_iter()
            .map(|input| (input, false))
            .chain(planned.into_iter().map(|input| (input, true)))
        {
            let alternative = Alternative::all(Node::Good(input.good), input.readings, is_planned);
            self.assembly.add(
                Node::Recipe(good),
                RequirementKey::Good(input.good),
                Channel::Inputs,
                alternative,
            );
        }
    }

    /// Of some inputs those that rest on a plan.
    fn planned_inputs(&self, inputs: Vec<Input>) -> Vec<Input> {
        inputs
            .into_iter()
            .filter(|input| self.is_planned(&input.readings))
            .collect()
    }

    fn parents(&mut self, good: EntityIx) {
        for &(parent, fact) in self.stated.parents(good) {
            let is_planned = !self.catalogue[fact].is_actual();
            let mut add = |from, to| {
                let alternative = Alternative::all(to, vec![forward(fact)], is_planned);
                self.assembly.add(
                    from,
                    RequirementKey::Parent(parent),
                    Channel::Kind,
                    alternative,
                );
            };
            add(Node::Class(good), Node::Class(parent));
            if !self.kinds.is_replacing(good) {
                add(Node::Recipe(good), Node::Recipe(parent));
            }
        }
    }

    /// Supplies: what each rests on, and who rests on it as its output or source.
    ///
    /// What a maker makes is taken out of the builder meanwhile, since building a supply borrows
    /// all of it, and put back for the licences, which ask whether a good is made.
    fn supplies(&mut self) {
        for (by, _) in self.catalogue.entities_with_index() {
            let makes = self.makes.take(by);
            for (good, supply) in &makes {
                self.supply(by, *good, supply);
            }
            self.makes[by] = makes;
        }
    }

    fn supply(&mut self, by: EntityIx, good: EntityIx, supply: &Supply) {
        let node = Node::Supply { by, good };
        self.assembly
            .meaning(node, Channel::Kind, Node::Class(good));
        self.inputs(node, by, good);
        match self.kind(by) {
            EntityKind::Economy if self.is_held(supply) => self.held(node, by, good, supply),
            EntityKind::Economy | EntityKind::Plant => self.made_at(node, by, good),
            _ => self
                .assembly
                .meaning(node, Channel::Operation, Node::Maker(by)),
        }
        for &reading in &supply.readings {
            self.output(by, good, reading);
            self.source(by, good, reading);
            self.site(by, good, supply, reading);
        }
    }

    /// Whether a supply is that of an economy's companies, at least in part; plans say so only
    /// where nothing else speaks of it.
    fn is_held(&self, supply: &Supply) -> bool {
        let is_actual = self.is_actual(supply);
        let counts = |fact: &Fact| fact.is_actual() || !is_actual;
        supply
            .readings
            .iter()
            .map(|reading| &self.catalogue[reading.fact])
            .any(|fact| fact.is_held() && counts(fact))
    }

    /// Whether a supply is also what the economy makes: a share of either says nothing of both
    /// together.
    fn is_mixed(&self, supply: &Supply) -> bool {
        let facts = supply
            .readings
            .iter()
            .map(|reading| &self.catalogue[reading.fact]);
        self.is_held(supply)
            && facts
                .clone()
                .any(|fact| fact.claim == Claim::Produces && !fact.is_held())
    }

    /// What an economy's companies hold rests on that economy, though not on what it buys; and in
    /// some part, nobody says in which, on its territory.
    fn held(&mut self, node: Node, by: EntityIx, good: EntityIx, supply: &Supply) {
        self.origin(node, by, good);
        let produced = supply
            .readings
            .iter()
            .filter(|reading| self.catalogue[reading.fact].claim == Claim::Produces);
        for reading in produced {
            let is_planned = !self.catalogue[reading.fact].is_actual();
            let part = Alternative::part(Node::Place(by), None, forward(reading.fact), is_planned);
            self.assembly
                .add(node, RequirementKey::Sites, Channel::Sites, part);
        }
        // Walks take what comes last first: a chain to the economy is to end at its companies.
        self.assembly
            .meaning(node, Channel::Operation, Node::Maker(by));
    }

    /// A maker rests on its output. An economy is more than what it makes.
    fn output(&mut self, by: EntityIx, good: EntityIx, reading: Reading) {
        let fact = &self.catalogue[reading.fact];
        if self.kind(by) != EntityKind::Economy && fact.claim != Claim::Restricts {
            let share = fact.share_of(Whole::Business);
            let alternative =
                Alternative::part(Node::Supply { by, good }, share, reading, !fact.is_actual());
            self.assembly.add(
                Node::Actor(by),
                RequirementKey::Output,
                Channel::Output,
                alternative,
            );
        }
    }

    /// A good rests on those who make it.
    fn source(&mut self, by: EntityIx, good: EntityIx, reading: Reading) {
        let fact = &self.catalogue[reading.fact];
        let share = fact.share_of(Whole::WorldSupply);
        let reading = if fact.claim == Claim::Produces {
            reversed(reading.fact)
        } else {
            reading
        };
        let alternative =
            Alternative::part(Node::Supply { by, good }, share, reading, !fact.is_actual());
        self.assembly.add(
            Node::Good(good),
            RequirementKey::Sources,
            Channel::Sources,
            alternative,
        );
    }

    /// Output rests on where it is made.
    fn site(&mut self, by: EntityIx, good: EntityIx, supply: &Supply, reading: Reading) {
        let fact = &self.catalogue[reading.fact];
        let Some(at) = fact
            .entity(Field::At)
            .filter(|_| fact.claim == Claim::Produces)
        else {
            return;
        };
        let is_planned = !fact.is_actual();
        let making = Node::Making { at, good };
        self.made_at(making, at, good);
        let share = fact
            .share_of(Whole::Output)
            .filter(|_| !self.is_mixed(supply));
        let alternative = Alternative::part(making, share, forward(reading.fact), is_planned);
        self.assembly.add(
            Node::Supply { by, good },
            RequirementKey::Sites,
            Channel::Sites,
            alternative,
        );
        if self.kind(at) == EntityKind::Plant {
            self.plant_output(at, by, good, reading.fact, is_planned);
        }
    }

    /// A plant rests on what is made there; and, as a site, on the one who makes it there.
    fn plant_output(
        &mut self,
        plant: EntityIx,
        by: EntityIx,
        good: EntityIx,
        fact: FactIx,
        is_planned: bool,
    ) {
        let output = Node::Supply { by: plant, good };
        self.assembly
            .meaning(output, Channel::Kind, Node::Class(good));
        self.assembly
            .meaning(output, Channel::Inputs, Node::Recipe(good));
        self.made_at(output, plant, good);
        let alternative = Alternative::part(output, None, forward(fact), is_planned);
        self.assembly.add(
            Node::Actor(plant),
            RequirementKey::Output,
            Channel::Output,
            alternative,
        );
        if !matches!(self.kind(by), EntityKind::Economy | EntityKind::Plant) {
            let alternative = Alternative::all(Node::Maker(by), vec![forward(fact)], is_planned);
            self.assembly.add(
                Node::Plant(plant),
                RequirementKey::Single(by, Channel::Operation),
                Channel::Operation,
                alternative,
            );
        }
    }

    /// What is made at a site rests on the site, and is part of all that comes from there.
    fn made_at(&mut self, node: Node, at: EntityIx, good: EntityIx) {
        let site = if self.kind(at) == EntityKind::Plant {
            Node::Plant(at)
        } else {
            Node::Place(at)
        };
        self.origin(node, at, good);
        self.assembly.meaning(node, Channel::Sites, site);
    }

    fn origin(&mut self, node: Node, of: EntityIx, good: EntityIx) {
        self.origins.insert((of, good));
        self.assembly
            .meaning(node, Channel::Origin, Node::Origin { of, good });
    }

    /// What comes from somewhere is part of what comes from the larger place, and of what comes
    /// from there of the kind above.
    fn origins(&mut self) {
        // By number, since each origin may add larger ones behind those that are there.
        let mut next = 0;
        while let Some(&(of, good)) = self.origins.get_index(next) {
            let larger = self.outer[of].iter().map(|&(outer, fact)| {
                (
                    RequirementKey::Single(outer, Channel::Sites),
                    (outer, good),
                    fact,
                )
            });
            let kinds = self
                .stated
                .parents(good)
                .iter()
                .map(|&(parent, fact)| (RequirementKey::Parent(parent), (of, parent), fact));
            for (key, part, fact) in larger.chain(kinds).collect::<Vec<_>>() {
                self.part_of(Node::Origin { of, good }, key, part, fact);
            }
            next += 1;
        }
    }

    fn part_of(
        &mut self,
        from: Node,
        key: RequirementKey,
        (of, good): (EntityIx, EntityIx),
        fact: FactIx,
    ) {
        self.origins.insert((of, good));
        let alternative = Alternative::all(
            Node::Origin { of, good },
            vec![forward(fact)],
            !self.catalogue[fact].is_actual(),
        );
        self.assembly.add(from, key, Channel::Origin, alternative);
    }

    /// What a supply is made of: its recipe; or, where the maker buys some input from somebody
    /// named, each input for itself.
    fn inputs(&mut self, node: Node, by: EntityIx, good: EntityIx) {
        let inputs = if self.purchases[by].is_empty() {
            Vec::new()
        } else {
            self.kinds.inputs(good)
        };
        let mut matched = self.purchases_of(by, good, &inputs);
        if matched.is_empty() {
            return self
                .assembly
                .meaning(node, Channel::Inputs, Node::Recipe(good));
        }
        for input in inputs {
            for (purchase, way) in matched.remove(&input.good).unwrap_or_default() {
                if purchase.good == input.good {
                    self.supplier(node, &input, purchase);
                } else {
                    self.intake(
                        node,
                        Node::Intake {
                            by,
                            into: Some(good),
                            good: purchase.good,
                        },
                        &input,
                        &way,
                        purchase,
                    );
                }
            }
            let rest = Alternative::rest(Node::Good(input.good), input.readings, false);
            self.assembly.add(
                node,
                RequirementKey::Good(input.good),
                Channel::Inputs,
                rest,
            );
        }
        for input in self.planned_inputs(self.stated.inputs(good)) {
            let rest = Alternative::rest(Node::Good(input.good), input.readings, true);
            self.assembly.add(
                node,
                RequirementKey::Good(input.good),
                Channel::Inputs,
                rest,
            );
        }
    }

    /// What a maker buys or uses of the inputs of a good, by input, each with the kinds that lead
    /// from what is bought to the input.
    fn purchases_of(
        &self,
        by: EntityIx,
        good: EntityIx,
        inputs: &[Input],
    ) -> HashMap<EntityIx, Vec<(Purchase<'c>, Vec<Reading>)>> {
        let inputs: HashSet<EntityIx> = inputs.iter().map(|input| input.good).collect();
        let mut matched: HashMap<EntityIx, Vec<(Purchase, Vec<Reading>)>> = HashMap::new();
        for purchase in self.purchases[by]
            .iter()
            .filter(|purchase| self.may_go_into(purchase, good))
        {
            for (kind, way) in self.kinds.above(purchase.good) {
                if inputs.contains(&kind) {
                    matched.entry(kind).or_default().push((*purchase, way));
                }
            }
        }
        matched
    }

    /// Whether what is bought can go into a good: not if it is said to go into another.
    fn may_go_into(&self, purchase: &Purchase, good: EntityIx) -> bool {
        purchase.goes_into.is_none_or(|target| {
            self.kinds
                .above(good)
                .iter()
                .any(|(kind, _)| *kind == target)
        })
    }

    /// An input of a supply that its maker buys from somebody named.
    fn supplier(&mut self, node: Node, input: &Input, purchase: Purchase<'c>) {
        let Some(from) = purchase.from else { return };
        let readings = [input.readings.as_slice(), &[purchase.reading()]].concat();
        let is_planned = purchase.is_planned || self.is_planned(&readings);
        let to = Node::Supply {
            by: from,
            good: purchase.good,
        };
        let alternative = Alternative {
            to,
            share: purchase.share(),
            is_stated: purchase.share.is_some(),
            is_rest: false,
            is_planned,
            readings,
        };
        self.assembly.add(
            node,
            RequirementKey::Good(input.good),
            Channel::Inputs,
            alternative,
        );
    }

    /// A kind of an input that the maker buys or uses: how much of the input that is, is not known,
    /// and a share that is stated is one of this kind alone.
    fn intake(
        &mut self,
        node: Node,
        intake: Node,
        input: &Input,
        way: &[Reading],
        purchase: Purchase<'c>,
    ) {
        let readings = [input.readings.as_slice(), way].concat();
        let is_planned = purchase.is_planned || self.is_planned(&readings);
        let alternative = Alternative {
            to: intake,
            share: None,
            is_stated: false,
            is_rest: false,
            is_planned,
            readings,
        };
        self.assembly.add(
            node,
            RequirementKey::Good(input.good),
            Channel::Inputs,
            alternative,
        );
        self.purchase(intake, purchase);
    }

    /// What is bought or used and goes into nothing that the buyer is known to make: a need of the
    /// buyer itself, of which nothing says how much hangs on it. So is all that an economy buys.
    ///
    /// Nobody asks for purchases after this, so they are taken for good.
    fn purchases(&mut self) {
        for (buyer, _) in self.catalogue.entities_with_index() {
            let purchases = self.purchases.take(buyer);
            for purchase in purchases {
                if self.kind(buyer) == EntityKind::Economy || purchase.feeds == 0 {
                    let intake = Node::Intake {
                        by: buyer,
                        into: None,
                        good: purchase.good,
                    };
                    let alternative =
                        Alternative::part(intake, None, purchase.reading(), purchase.is_planned);
                    self.assembly.add(
                        Node::Actor(buyer),
                        RequirementKey::Good(purchase.good),
                        Channel::Inputs,
                        alternative,
                    );
                    self.purchase(intake, purchase);
                }
            }
        }
    }

    /// Whether a fact, and not only a plan, speaks of a supply.
    fn is_actual(&self, supply: &Supply) -> bool {
        supply
            .readings
            .iter()
            .any(|reading| self.catalogue[reading.fact].is_actual())
    }

    /// What is bought, as a need of the one who buys it.
    fn purchase(&mut self, from: Node, purchase: Purchase<'c>) {
        let (good, reading, is_planned) = (purchase.good, purchase.reading(), purchase.is_planned);
        let key = RequirementKey::Good(good);
        if let Some(by) = purchase.from {
            let alternative = Alternative::part(
                Node::Supply { by, good },
                purchase.share(),
                reading,
                is_planned,
            );
            self.assembly.add(from, key, Channel::Inputs, alternative);
        }
        let rest = Alternative::rest(Node::Good(good), vec![reading], is_planned);
        self.assembly.add(from, key, Channel::Inputs, rest);
    }

    /// The other relations, fact by fact.
    fn relations(&mut self) {
        let made_at = self.made_at_plants();
        for (ix, fact) in self.catalogue.facts_with_index() {
            self.ties(ix, fact);
            match fact.claim {
                Claim::Operates => self.operates(ix, fact, &made_at),
                Claim::Restricts => self.restriction(ix, fact),
                Claim::Supplies => self.customer(ix, fact),
                Claim::Licenses => self.licence(ix, fact),
                _ => {}
            }
        }
        for (ix, entity) in self.catalogue.entities_with_index() {
            match entity.kind {
                EntityKind::Plant => {
                    self.assembly
                        .meaning(Node::Actor(ix), Channel::Sites, Node::Plant(ix))
                }
                EntityKind::Firm | EntityKind::Group | EntityKind::Organisation => {
                    self.assembly
                        .meaning(Node::Actor(ix), Channel::Operation, Node::Maker(ix));
                }
                _ => {}
            }
        }
    }

    /// What follows from what two are to each other, whatever claim says so.
    fn ties(&mut self, ix: FactIx, fact: &Fact) {
        for tied in fact.claim.form().ties {
            let Some((one, other)) = fact.tied(tied.tie) else {
                continue;
            };
            match tied.tie {
                Tie::StandsIn => self.stands_in(ix, one, other),
                Tie::PartOf => self.lies_in(ix, Node::Place(one), other),
                Tie::MemberOf => self.member(ix, fact, one, other),
                Tie::Owns => self.owns(ix, fact, one, other),
                Tie::SellsIn => self.market(ix, fact, one, other),
                // Kinds, purchases and what is made where are gathered before; a seat and a
                // policy's author make no dependence.
                Tie::KindOf | Tie::Supplies | Tie::Gets | Tie::WorksAt => {}
                Tie::SeatedIn | Tie::PolicyOf => {}
            }
        }
    }

    /// A plant rests on its place; an office or event rests on nothing by being somewhere.
    fn stands_in(&mut self, ix: FactIx, what: EntityIx, place: EntityIx) {
        if self.kind(what) == EntityKind::Plant {
            self.lies_in(ix, Node::Plant(what), place);
        }
    }

    fn lies_in(&mut self, ix: FactIx, what: Node, place: EntityIx) {
        self.single(what, Channel::Sites, Node::Place(place), forward(ix));
    }

    /// An arc that is all of its requirement.
    fn single(&mut self, from: Node, channel: Channel, to: Node, reading: Reading) {
        let alternative = Alternative::all(to, vec![reading], self.is_planned(&[reading]));
        self.assembly.add(
            from,
            RequirementKey::Single(to.entity(), channel),
            channel,
            alternative,
        );
    }

    /// A plant rests on its operator, and the operator on the plant. Where a fact says what the
    /// operator makes there, that fact tells more, and the operator's dependence on all else at the
    /// plant rests on both.
    fn operates(
        &mut self,
        ix: FactIx,
        fact: &Fact,
        made_at: &HashMap<(EntityIx, EntityIx), FactIx>,
    ) {
        let (firm, plant) = (fact.end(Field::Firm), fact.end(Field::Plant));
        if self.was_sold(fact, firm, plant) {
            return;
        }
        self.single(
            Node::Plant(plant),
            Channel::Operation,
            Node::Maker(firm),
            reversed(ix),
        );
        if self.kind(firm) != EntityKind::Economy {
            let readings = [ix]
                .into_iter()
                .chain(made_at.get(&(firm, plant)).copied())
                .map(forward)
                .collect();
            let rest = Alternative::part(Node::Actor(plant), None, forward(ix), !fact.is_actual());
            let alternative = Alternative { readings, ..rest };
            self.assembly.add(
                Node::Actor(firm),
                RequirementKey::Output,
                Channel::Output,
                alternative,
            );
        }
    }

    /// What is owned rests on its owner. What the owner controls is a part of its business, nobody
    /// says how large: it rests on all that the owned one does, and the owned one on the owner's
    /// going on only, so that the two close no circle. A stake without control makes no part of it.
    fn owns(&mut self, ix: FactIx, fact: &Fact, owner: EntityIx, owned: EntityIx) {
        if self.was_sold(fact, owner, owned) {
            return;
        }
        self.single(
            Node::Actor(owned),
            Channel::Ownership,
            Node::Maker(owner),
            reversed(ix),
        );
        if COMPANIES.contains(self.kind(owner)) && controls(fact) {
            let part = Alternative::part(Node::Actor(owned), None, forward(ix), !fact.is_actual());
            self.assembly.add(
                Node::Actor(owner),
                RequirementKey::Output,
                Channel::Output,
                part,
            );
        }
    }

    /// Whether the owner has sold what a fact says is its own: so a sale says, and the fact is of
    /// no later day.
    fn was_sold(&self, fact: &Fact, owner: EntityIx, owned: EntityIx) -> bool {
        let is_later = |sold: &Option<Date>| {
            day(fact)
                .zip(*sold)
                .is_some_and(|(since, sold)| since.last_day() > sold.last_day())
        };
        self.sales
            .get(&(owner, owned))
            .is_some_and(|days| !days.iter().all(is_later))
    }

    /// The fact by which somebody makes something at a plant, plans left out.
    fn made_at_plants(&self) -> HashMap<(EntityIx, EntityIx), FactIx> {
        let made = self
            .catalogue
            .facts_with_index()
            .filter(|(_, fact)| fact.claim == Claim::Produces && fact.is_actual());
        made.filter_map(|(ix, fact)| Some(((fact.end(Field::By), fact.entity(Field::At)?), ix)))
            .collect()
    }

    /// A group rests on its members, but not on territories among them. What is joined and is no
    /// group rests on nobody.
    fn member(&mut self, ix: FactIx, fact: &Fact, member: EntityIx, group: EntityIx) {
        let is_group = self.kind(group) == EntityKind::Group;
        if !is_group || TERRITORIES.contains(self.kind(member)) {
            return;
        }
        let alternative =
            Alternative::part(Node::Actor(member), None, reversed(ix), !fact.is_actual());
        self.assembly.add(
            Node::Actor(group),
            RequirementKey::Members,
            Channel::Members,
            alternative,
        );
        self.single(
            Node::Maker(member),
            Channel::Ownership,
            Node::Maker(group),
            forward(ix),
        );
    }

    /// What may not be exported rests on the policy, and so does a firm with which trade is
    /// restricted as such. What the firm makes does not: nothing says that it makes less of any one
    /// good.
    fn restriction(&mut self, ix: FactIx, fact: &Fact) {
        let restricted = match (fact.entity(Field::Good), fact.entity(Field::Towards)) {
            (Some(good), _) if restricts_exports(fact) => self.exported(fact.end(Field::By), good),
            (None, Some(firm)) => Node::Actor(firm),
            _ => return,
        };
        let policy = fact.end(Field::Policy);
        let alternative =
            Alternative::part(Node::Policy(policy), None, reversed(ix), !fact.is_actual());
        self.assembly.add(
            restricted,
            RequirementKey::Single(policy, Channel::Policy),
            Channel::Policy,
            alternative,
        );
    }

    /// What an economy keeps at home comes from its territory or its companies, whoever makes it;
    /// anybody else keeps what it makes itself.
    fn exported(&self, by: EntityIx, good: EntityIx) -> Node {
        match self.kind(by) {
            EntityKind::Economy => Node::Origin { of: by, good },
            _ => Node::Supply { by, good },
        }
    }

    /// Who sells to somebody has a market in what the buyer makes of it; or, where that is not
    /// known, in the buyer's going on.
    fn customer(&mut self, ix: FactIx, fact: &Fact) {
        let (seller, buyer) = (fact.end(Field::From), fact.end(Field::To));
        let fed = self.fed.remove(&ix).unwrap_or_default();
        let markets: Vec<(Node, Vec<Reading>)> = match self.kind(buyer) {
            EntityKind::Economy => vec![(Node::Place(buyer), Vec::new())],
            _ if fed.is_empty() => vec![(Node::Maker(buyer), Vec::new())],
            _ => fed
                .into_iter()
                .map(|(good, way)| (Node::Supply { by: buyer, good }, way))
                .collect(),
        };
        for (market, way) in markets {
            let part = Alternative::part(market, None, forward(ix), !fact.is_actual());
            let alternative = Alternative {
                readings: [vec![forward(ix)], way].concat(),
                ..part
            };
            self.assembly.add(
                Node::Actor(seller),
                RequirementKey::Single(buyer, Channel::Market),
                Channel::Market,
                alternative,
            );
        }
    }

    fn market(&mut self, ix: FactIx, fact: &Fact, seller: EntityIx, place: EntityIx) {
        let alternative = Alternative::part(
            Node::Place(place),
            fact.share_of(Whole::Sales),
            forward(ix),
            !fact.is_actual(),
        );
        self.assembly.add(
            Node::Actor(seller),
            RequirementKey::Single(place, Channel::Market),
            Channel::Market,
            alternative,
        );
    }

    fn licence(&mut self, ix: FactIx, fact: &Fact) {
        let (licensor, licensee, good) = (
            fact.end(Field::Licensor),
            fact.end(Field::Licensee),
            fact.end(Field::Good),
        );
        let is_made = self.makes[licensee]
            .get(&good)
            .is_some_and(|supply| self.is_actual(supply));
        let from = if is_made {
            Node::Supply { by: licensee, good }
        } else {
            Node::Actor(licensee)
        };
        self.single(
            from,
            Channel::Technology,
            Node::Maker(licensor),
            reversed(ix),
        );
    }
}
