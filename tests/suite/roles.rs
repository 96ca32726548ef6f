//! Questions about relations: which fact answers, by who plays which role in it. The roles of
//! fields are read off the docs, so that neither end of a relation can be taken for the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use hanjung::World;
use hanjung::facts::{
    CLAIMS, Catalogue, Claim, EntityIx, EntityKind, FactIx, Field, Lang, Role, Value,
};
use hanjung::request::{FactFilter, Question, Set, Subject};

/// Who plays which role.
type Player = (Role, EntityIx);

/// A world with who plays which role in it.
struct Staged {
    world: World,
    /// The entities that play a role in a fact.
    players: BTreeMap<(FactIx, Role), BTreeSet<EntityIx>>,
    /// The kinds of each entity, itself among them.
    kinds: BTreeMap<EntityIx, BTreeSet<EntityIx>>,
    /// What is in each territory.
    inside: BTreeMap<EntityIx, BTreeSet<EntityIx>>,
}

static BUILT_IN: LazyLock<Staged> =
    LazyLock::new(|| Staged::new(World::built_in().expect("the built-in facts are sound")));

/// Each claim with its fields that hold entities and the roles in them, as docs/data-format.md
/// lists them.
static FIELDS: LazyLock<BTreeMap<&str, Vec<(&str, Role)>>> = LazyLock::new(|| {
    let text = include_str!("../../docs/data-format.md");
    let table = text
        .split("<!-- roles: begin -->")
        .nth(1)
        .and_then(|rest| rest.split("<!-- roles: end -->").next());
    let rows = table
        .expect("the table is there")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    rows.map(|(claim, fields)| {
        (
            claim,
            fields
                .trim_end_matches(" |")
                .split(", ")
                .flat_map(field_roles)
                .collect(),
        )
    })
    .collect()
});

/// A field and its roles: "`by` by+to".
fn field_roles(text: &str) -> impl Iterator<Item = (&str, Role)> {
    let (field, roles) = text
        .trim_start_matches('`')
        .split_once("` ")
        .expect("a field has a role");
    roles
        .split('+')
        .map(move |role| (field, Role::from_word(role).expect("it is a role")))
}

fn roles_of(claim: Claim) -> impl Iterator<Item = (&'static str, Role)> {
    FIELDS
        .get(claim.word())
        .expect("every claim is listed")
        .iter()
        .copied()
}

fn players(catalogue: &Catalogue) -> BTreeMap<(FactIx, Role), BTreeSet<EntityIx>> {
    let mut players: BTreeMap<(FactIx, Role), BTreeSet<EntityIx>> = BTreeMap::new();
    for (ix, fact) in catalogue.facts_with_index() {
        for (field, role) in roles_of(fact.claim) {
            match fact.value(Field::from_word(field).expect("it is a field")) {
                Some(Value::Entity(entity)) => {
                    players.entry((ix, role)).or_default().extend([*entity])
                }
                Some(Value::Entities(entities)) => {
                    players.entry((ix, role)).or_default().extend(entities)
                }
                _ => {}
            }
        }
    }
    players
}

/// What is below each entity by these claims, which name the one below and the one above; kinds of
/// kinds too, until there are no more.
fn below(
    catalogue: &Catalogue,
    claims: &[(Claim, Field, Field)],
) -> BTreeMap<EntityIx, BTreeSet<EntityIx>> {
    let pairs: Vec<(EntityIx, EntityIx)> = claims
        .iter()
        .flat_map(|&(claim, child, parent)| {
            let facts = catalogue.facts().filter(move |fact| fact.claim == claim);
            facts.map(move |fact| (fact.entity(child).unwrap(), fact.entity(parent).unwrap()))
        })
        .collect();
    let mut kinds: BTreeMap<EntityIx, BTreeSet<EntityIx>> = catalogue
        .entities_with_index()
        .map(|(ix, _)| (ix, BTreeSet::from([ix])))
        .collect();
    let size = |kinds: &BTreeMap<EntityIx, BTreeSet<EntityIx>>| {
        kinds.values().map(BTreeSet::len).sum::<usize>()
    };
    loop {
        let before = size(&kinds);
        for (child, parent) in &pairs {
            let below = kinds[child].clone();
            kinds.get_mut(parent).unwrap().extend(below);
        }
        if size(&kinds) == before {
            return kinds;
        }
    }
}

impl Staged {
    fn new(world: World) -> Self {
        let catalogue = world.parts().catalogue;
        let (players, kinds) = (
            players(catalogue),
            below(catalogue, &[(Claim::IsA, Field::Child, Field::Parent)]),
        );
        let sites = [
            (Claim::PartOf, Field::Part, Field::Whole),
            (Claim::Located, Field::Plant, Field::Place),
        ];
        let inside = below(catalogue, &sites);
        Staged {
            world,
            players,
            kinds,
            inside,
        }
    }

    fn catalogue(&self) -> &Catalogue {
        self.world.parts().catalogue
    }

    fn id(&self, entity: EntityIx) -> &str {
        &self.catalogue()[entity].id
    }

    fn entities(&self) -> impl Iterator<Item = EntityIx> {
        self.world.entities()
    }

    /// Whether one of these plays a role in a fact.
    fn plays(&self, fact: FactIx, role: Role, entities: &BTreeSet<EntityIx>) -> bool {
        self.players
            .get(&(fact, role))
            .is_some_and(|players| !players.is_disjoint(entities))
    }

    /// Who may play a role in the place of an entity: its kinds, if they count; where something is,
    /// what lies in the territory.
    fn wanted(&self, role: Role, entity: EntityIx, with_kinds: bool) -> BTreeSet<EntityIx> {
        match role {
            Role::In => self.inside[&entity].clone(),
            _ if with_kinds => self.kinds[&entity].clone(),
            _ => BTreeSet::from([entity]),
        }
    }

    /// The ids of the facts of some claims in which an entity plays a role: one by one, off the
    /// fields.
    fn expected(&self, filter: &FactFilter) -> BTreeSet<String> {
        let of_claims = self
            .catalogue()
            .facts_with_index()
            .filter(|(_, fact)| filter.claims.contains(&fact.claim));
        let plays = |ix: FactIx| {
            filter.roles.iter().all(|(role, set)| {
                self.plays(ix, *role, &self.wanted(*role, only(set), filter.with_kinds))
            })
        };
        of_claims
            .filter(|(ix, _)| plays(*ix) && self.is_answered(*ix, filter))
            .map(|(_, fact)| fact.id.to_string())
            .collect()
    }

    /// Whether somebody else plays the role that is asked for in a fact.
    fn is_answered(&self, fact: FactIx, filter: &FactFilter) -> bool {
        let Some(open) = filter.open else { return true };
        let given = filter.roles.iter().filter(|(role, _)| *role == open);
        let given: BTreeSet<EntityIx> = given
            .flat_map(|(role, entity)| self.wanted(*role, only(entity), filter.with_kinds))
            .collect();
        let players = self.players.get(&(fact, open)).into_iter().flatten();
        let of_kind = |ix: &&EntityIx| {
            filter.kinds.is_empty() || filter.kinds.contains(&self.catalogue()[**ix].kind)
        };
        players.filter(of_kind).any(|ix| !given.contains(ix))
    }

    /// Who plays which roles in a fact.
    fn played(&self, fact: FactIx) -> Vec<Player> {
        let of_fact = self.players.range((fact, Role::ALL[0])..);
        of_fact
            .take_while(|((ix, _), _)| *ix == fact)
            .flat_map(|((_, role), players)| players.iter().map(move |player| (*role, *player)))
            .collect()
    }

    fn answered(&self, filter: &FactFilter) -> BTreeSet<String> {
        let answer = self
            .world
            .answer(&Question::Facts(filter.clone()), Lang::En);
        answer
            .rows
            .iter()
            .flat_map(|row| &row.facts)
            .map(|reading| reading.fact.clone())
            .collect()
    }

    fn asked(&self, question: &str) -> FactFilter {
        match self.world.understand(question).map(|read| read.value) {
            Ok(Question::Facts(filter)) => filter,
            other => panic!("“{question}” asks for no facts: {other:?}"),
        }
    }
}

#[test]
fn the_vocabulary_says_the_roles_that_the_docs_list() {
    for form in CLAIMS {
        let mut told: Vec<(&str, Role)> = form
            .fields
            .iter()
            .flat_map(|field| field.roles.iter().map(|role| (field.field.word(), *role)))
            .collect();
        let mut meant: Vec<(&str, Role)> = roles_of(form.claim).collect();
        told.sort_unstable();
        meant.sort_unstable();
        assert_eq!(told, meant, "{}", form.claim);
    }
}

#[test]
fn facts_by_role_are_those_in_which_the_entity_plays_it() {
    let world = &*BUILT_IN;
    for claim in Claim::ALL {
        let roles: BTreeSet<Role> = roles_of(*claim).map(|(_, role)| role).collect();
        for role in roles {
            for entity in world
                .entities()
                .filter(|entity| is_worth_asking(world, *claim, *entity))
            {
                let has_kinds = world.kinds[&entity].len() > 1;
                for with_kinds in [false, true].into_iter().take(1 + usize::from(has_kinds)) {
                    let roles = vec![(role, entity.into())];
                    let filter = FactFilter {
                        claims: vec![*claim],
                        roles,
                        with_kinds,
                        ..FactFilter::default()
                    };
                    let id = world.id(entity);
                    assert_eq!(
                        world.answered(&filter),
                        world.expected(&filter),
                        "{claim} {role} {id} {with_kinds}"
                    );
                }
            }
        }
    }
}

#[test]
fn facts_by_two_roles_and_by_the_one_asked_for_are_those_in_which_both_are_played() {
    let world = &*BUILT_IN;
    let mut asked: BTreeSet<(Claim, Player, Player)> = BTreeSet::new();
    for (fact, known) in world.catalogue().facts_with_index() {
        let played = world.played(fact);
        let pairs = played
            .iter()
            .flat_map(|one| played.iter().map(move |other| (*one, *other)));
        asked.extend(pairs.map(|(one, other)| (known.claim, one, other)));
    }
    // Of thousands every third, which leaves out no claim.
    for (claim, one, other) in asked.into_iter().step_by(3) {
        let of_both = FactFilter {
            claims: vec![claim],
            roles: [one, other]
                .map(|(role, entity)| (role, entity.into()))
                .into(),
            ..FactFilter::default()
        };
        let open = FactFilter {
            roles: vec![(one.0, one.1.into())],
            open: Some(other.0),
            ..of_both.clone()
        };
        let of_kind = FactFilter {
            kinds: vec![world.catalogue()[other.1].kind],
            ..open.clone()
        };
        for filter in [of_both, open, of_kind] {
            let id = world.id(one.1);
            assert_eq!(
                world.answered(&filter),
                world.expected(&filter),
                "{id}: {filter:?}"
            );
        }
    }
}

#[test]
fn each_role_of_each_claim_is_played_in_some_fact() {
    let world = &*BUILT_IN;
    for claim in Claim::ALL {
        for (_, role) in roles_of(*claim) {
            let is_played = |(fact, played): &(FactIx, Role)| {
                world.catalogue()[*fact].claim == *claim && *played == role
            };
            assert!(world.players.keys().any(is_played), "{claim} {role}");
        }
    }
}

/// Whether an entity, or a kind of it, plays any role in a fact of the claim; of the others every
/// seventh.
fn is_worth_asking(world: &Staged, claim: Claim, entity: EntityIx) -> bool {
    let facts = world
        .players
        .iter()
        .filter(|((ix, _), _)| world.catalogue()[*ix].claim == claim);
    let kinds = &world.kinds[&entity];
    entity.index().is_multiple_of(7)
        || facts
            .into_iter()
            .any(|(_, players)| !players.is_disjoint(kinds))
}

#[test]
fn facts_of_all_claims_by_role_are_those_in_which_the_entity_plays_it() {
    let world = &*BUILT_IN;
    for entity in world.entities() {
        for &role in Role::ALL {
            let filter = FactFilter {
                claims: Claim::ALL.to_vec(),
                roles: vec![(role, entity.into())],
                ..FactFilter::default()
            };
            assert_eq!(
                world.answered(&filter),
                world.expected(&filter),
                "{role} {}",
                world.id(entity)
            );
        }
    }
}

/// Sentences with a hole, the claims that they ask for, and the roles that may fill the hole.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("who uses {}", "Uses Supplies Sources", "what"),
    ("what does {} use", "Uses Supplies Sources", "to"),
    ("who buys {}", "Supplies Sources Acquires", "what"),
    ("who bought {}", "Supplies Sources Acquires", "what"),
    ("what did {} buy", "Supplies Sources Acquires", "to"),
    ("who imports {}", "Supplies Sources", "what"),
    ("what does {} import", "Supplies Sources", "to"),
    ("who makes {}", "Produces Supplies Sources", "what"),
    ("what does {} make", "Produces Supplies Sources", "by"),
    ("where is {} made", "Produces", "what"),
    ("where does {} produce", "Produces", "by"),
    ("who develops {}", "Develops", "what"),
    ("what does {} develop", "Develops", "by"),
    ("who supplies {}", "Supplies Sources", "what to"),
    ("what does {} supply", "Supplies Sources", "by"),
    ("whom does {} supply", "Supplies Sources", "by"),
    ("who does {} sell to", "Supplies Sources", "by"),
    ("who buys from {}", "Supplies Sources", "by"),
    ("who sells to {}", "Supplies Sources", "to"),
    ("who does {} buy from", "Supplies Sources", "to"),
    ("who sells {}", "Supplies Sources SellsIn", "what"),
    ("what does {} sell", "Supplies Sources SellsIn", "by"),
    ("who sells in {}", "SellsIn", "in"),
    ("where does {} sell", "SellsIn", "by"),
    ("who owns {}", "Owns Acquires", "what"),
    ("what does {} own", "Owns Acquires", "by"),
    ("who acquired {}", "Acquires", "what"),
    ("what did {} acquire", "Acquires", "by"),
    ("who invests in {}", "Invests", "what"),
    ("what does {} invest in", "Invests", "by"),
    ("who licenses {}", "Licenses", "what"),
    ("what does {} license", "Licenses", "by"),
    ("who licenses to {}", "Licenses", "to"),
    ("whom does {} license to", "Licenses", "by"),
    ("who has a licence for {}", "Licenses", "what"),
    ("who restricts {}", "Restricts", "what towards"),
    ("what does {} restrict", "Restricts", "by under"),
    ("whom does {} restrict", "Restricts", "by under"),
    ("since when is {} under export control", "Restricts", "what"),
    ("who works with {}", "Partners", "with"),
    ("who competes with {}", "Competes", "with"),
    ("who operates {}", "Operates", "what"),
    ("what does {} operate", "Operates", "by"),
    ("who heads {}", "Holds", "what"),
    ("where does {} hold a post", "Holds", "by"),
    ("who hosts {}", "Hosts", "what"),
    ("what does {} host", "Hosts", "by"),
    ("who attends {}", "Attends", "what"),
    ("what does {} attend", "Attends", "by"),
    ("who are the members of {}", "MemberOf", "what"),
    ("what does {} belong to", "MemberOf", "by"),
    ("who authorised {}", "Authorises", "what"),
    ("what does {} authorise", "Authorises", "by"),
];

#[test]
fn whoever_is_asked_for_plays_the_role_of_the_sentence_in_every_fact_of_the_answer() {
    let world = &*BUILT_IN;
    let asked: Vec<EntityIx> = world.entities().collect();
    for (sentence, claims, roles) in SENTENCES {
        for &entity in &asked {
            let question = sentence.replace("{}", world.id(entity));
            let read = world
                .world
                .understand(&question)
                .unwrap_or_else(|fault| panic!("{question}: {fault}"));
            let Question::Facts(filter) = read.value else {
                panic!("“{question}” asks for no facts: {:?}", read.value)
            };
            let [(role, who)] = filter.roles.as_slice() else {
                panic!("“{question}” gives {:?}", filter.roles)
            };
            assert_eq!(*who, entity.into(), "{question}");
            assert!(
                roles.split(' ').any(|meant| meant == role.word()),
                "“{question}” takes it as {role}"
            );
            assert!(
                filter
                    .claims
                    .iter()
                    .all(|claim| claims.split(' ').any(|meant| meant == claim.word())),
                "{question}"
            );
            assert_role(world, &question, &filter);
        }
    }
}

/// The one entity that plays a role.
fn only(set: &Set<Subject>) -> EntityIx {
    set.one()
        .and_then(|one| one.entity())
        .expect("one entity is named")
}

/// That in each fact of an answer the entity of the question, or a kind of it, plays its role.
fn assert_role(world: &Staged, question: &str, filter: &FactFilter) {
    let (role, entity) = (filter.roles[0].0, only(&filter.roles[0].1));
    let (answered, expected) = (world.answered(filter), world.expected(filter));
    let wrong: Vec<&String> = answered.difference(&expected).collect();
    assert!(
        wrong.is_empty(),
        "“{question}”: {} is not “{role}” in {wrong:?}",
        world.id(entity)
    );
}

/// Sentences about known names: the claims, who is given for which role, and the role that is asked
/// for.
const TABLE: &[(&str, &str, &str, &str)] = &[
    (
        "who supplies LG Energy Solution",
        "Supplies Sources",
        "to:lg-energy-solution",
        "by",
    ),
    (
        "who supplies traction motor cores",
        "Supplies Sources",
        "what:traction-motor-core",
        "by",
    ),
    (
        "who supplies graphite to South Korea",
        "Supplies Sources",
        "what:graphite to:south-korea",
        "by",
    ),
    (
        "who supplies South Korea with graphite",
        "Supplies Sources",
        "to:south-korea what:graphite",
        "by",
    ),
    ("suppliers of Kia", "Supplies Sources", "to:kia", "by"),
    (
        "what does LG Energy Solution supply",
        "Supplies Sources",
        "by:lg-energy-solution",
        "what",
    ),
    (
        "whom does LG Energy Solution supply",
        "Supplies Sources",
        "by:lg-energy-solution",
        "to",
    ),
    (
        "to whom does Posco International sell",
        "Supplies Sources",
        "by:posco-international",
        "to",
    ),
    (
        "what does Posco International supply to Kia",
        "Supplies Sources",
        "by:posco-international to:kia",
        "what",
    ),
    (
        "customers of Posco International",
        "Supplies Sources",
        "by:posco-international",
        "to",
    ),
    (
        "who are Posco International's customers",
        "Supplies Sources",
        "by:posco-international",
        "to",
    ),
    (
        "who are Posco International's suppliers",
        "Supplies Sources",
        "to:posco-international",
        "by",
    ),
    (
        "to whom does Hanmi Semiconductor supply the Big Die FC Bonder",
        "Supplies Sources",
        "by:hanmi-semiconductor what:big-die-fc-bonder",
        "to",
    ),
    (
        "whom does Samsung SDI supply with ESS batteries",
        "Supplies Sources",
        "by:samsung-sdi what:ess-battery",
        "to",
    ),
    (
        "where does Posco International get rare earths from",
        "Supplies Sources",
        "to:posco-international what:rare-earths",
        "by",
    ),
    (
        "who sells electric vehicles in South Korea",
        "SellsIn",
        "what:electric-vehicle in:south-korea",
        "by",
    ),
    (
        "what does South Korea import from China",
        "Supplies Sources",
        "to:south-korea by:china",
        "what",
    ),
    (
        "what does China import from South Korea",
        "Supplies Sources",
        "to:china by:south-korea",
        "what",
    ),
    (
        "who buys graphite from China",
        "Supplies Sources",
        "what:graphite by:china",
        "to",
    ),
    (
        "who bought posco-p-and-s",
        "Acquires",
        "what:posco-p-and-s",
        "to",
    ),
    (
        "who buys graphite",
        "Supplies Sources",
        "what:graphite",
        "to",
    ),
    (
        "who bought branchburg-biopharmaceutical-plant from Eli Lilly",
        "Acquires",
        "what:branchburg-biopharmaceutical-plant from:eli-lilly",
        "by",
    ),
    ("who uses HBM", "Uses Supplies Sources", "what:hbm", "to"),
    (
        "what does SMIC use",
        "Uses Supplies Sources",
        "to:smic",
        "what",
    ),
    (
        "who makes DRAM in China",
        "Produces",
        "what:dram in:china",
        "by",
    ),
    (
        "what does SK hynix make in China",
        "Produces",
        "by:sk-hynix in:china",
        "what",
    ),
    (
        "who makes LFP batteries",
        "Produces Supplies Sources",
        "what:lfp-battery",
        "by",
    ),
    (
        "who makes Samsung Electronics",
        "Produces Supplies Sources",
        "what:samsung-electronics",
        "by",
    ),
    (
        "what does Samsung Electronics make",
        "Produces Supplies Sources",
        "by:samsung-electronics",
        "what",
    ),
    (
        "where is NAND flash made",
        "Produces",
        "what:nand-flash",
        "in",
    ),
    ("who owns BYD", "Owns Acquires", "what:byd", "by"),
    ("what does BYD own", "Owns Acquires", "by:byd", "what"),
    (
        "who acquired posco-p-and-s",
        "Acquires",
        "what:posco-p-and-s",
        "by",
    ),
    (
        "what did SK hynix acquire",
        "Acquires",
        "by:sk-hynix",
        "what",
    ),
    (
        "who licenses Cenobamate",
        "Licenses",
        "what:cenobamate",
        "by",
    ),
    (
        "who licenses to Ono Pharmaceutical",
        "Licenses",
        "to:ono-pharmaceutical",
        "by",
    ),
    (
        "whom does SK Biopharm license to",
        "Licenses",
        "by:sk-biopharm",
        "to",
    ),
    ("who restricts graphite", "Restricts", "what:graphite", "by"),
    ("who restricts China", "Restricts", "towards:china", "by"),
    ("what does China restrict", "Restricts", "by:china", "what"),
    (
        "what does the US tariff on LFP ESS batteries restrict",
        "Restricts",
        "under:united-states-tariff-on-chinese-lfp-batteries-for-ess",
        "what",
    ),
    (
        "whom does the US tariff on LFP ESS batteries restrict",
        "Restricts",
        "under:united-states-tariff-on-chinese-lfp-batteries-for-ess",
        "towards",
    ),
    ("who works with SK On", "Partners", "with:sk-on", "with"),
    ("who competes with China", "Competes", "with:china", "with"),
    (
        "who runs samsung-electronics-xian-plant",
        "Operates",
        "what:samsung-electronics-xian-plant",
        "by",
    ),
    ("who runs Zeekr", "Holds", "what:zeekr", "by"),
    (
        "which plants does Posco International operate",
        "Operates",
        "by:posco-international",
        "what",
    ),
    (
        "who attends yellen-visit-to-seoul-2022",
        "Attends",
        "what:yellen-visit-to-seoul-2022",
        "by",
    ),
    (
        "what does Janet Yellen attend",
        "Attends",
        "by:janet-yellen",
        "what",
    ),
    (
        "who hosts chip-4-meeting-of-august-2022",
        "Hosts",
        "what:chip-4-meeting-of-august-2022",
        "by",
    ),
    (
        "what does the United States host",
        "Hosts",
        "by:united-states",
        "what",
    ),
];

#[test]
fn sentences_ask_for_one_end_of_a_relation() {
    let world = &*BUILT_IN;
    for (sentence, claims, given, open) in TABLE {
        let filter = world.asked(sentence);
        let told: Vec<&str> = filter.claims.iter().map(|claim| claim.word()).collect();
        assert_eq!(told.join(" "), *claims, "{sentence}");
        let roles: BTreeSet<String> = filter
            .roles
            .iter()
            .map(|(role, set)| format!("{role}:{}", world.id(only(set))))
            .collect();
        assert_eq!(
            roles,
            given.split(' ').map(str::to_owned).collect(),
            "{sentence}"
        );
        assert_eq!(filter.open.map(Role::word), Some(*open), "{sentence}");
    }
}

#[test]
fn both_ends_of_every_fact_are_asked_for_apart() {
    let world = &*BUILT_IN;
    for (fact, claims) in [
        ("Supplies", "Supplies Sources"),
        ("Sources", "Supplies Sources"),
        ("Owns", "Owns Acquires"),
    ] {
        let (to, from) = if fact == "Owns" {
            ("who owns {}", "what does {} own")
        } else {
            ("who sells to {}", "who buys from {}")
        };
        let end = if fact == "Owns" { Role::What } else { Role::To };
        let claim = Claim::from_word(fact).expect("it is a claim");
        for (ix, known) in world
            .catalogue()
            .facts_with_index()
            .filter(|(_, known)| known.claim == claim)
        {
            let (by, other) = (&world.players[&(ix, Role::By)], &world.players[&(ix, end)]);
            let of = |sentence: &str, who: &BTreeSet<EntityIx>| {
                world.answered(
                    &world.asked(&sentence.replace("{}", world.id(*who.first().unwrap()))),
                )
            };
            let id = known.id.to_string();
            assert!(
                of(to, other).contains(&id) && of(from, by).contains(&id),
                "{id} of {claims}"
            );
            assert!(
                !of(to, by).contains(&id) && !of(from, other).contains(&id),
                "{id} is told from the wrong end"
            );
        }
    }
}

const SMALL: &str = r#"[
    Document(id: "d", title: "D", publisher: "P", date: "2025"),
    Firm(id: "acme", en: "Acme"), Economy(id: "chile", en: "Chile"), Plant(id: "works", en: "Works"), Product(id: "cell", en: "cell"),
    SellsIn(seller: "acme", place: "chile", evidence: [Reported(doc: "d", at: "p1")]),
    Produces(by: "acme", good: "cell", at: "works", evidence: [Reported(doc: "d", at: "p2")]),
    Produces(by: "chile", good: "cell", evidence: [Reported(doc: "d", at: "p3")]),
    Partners(partner: "acme", with: "chile", evidence: [Reported(doc: "d", at: "p4")]),
]"#;

#[test]
fn a_fact_in_which_nobody_else_plays_the_role_asked_for_is_no_answer() {
    let world = Staged::new(World::of_texts([("a.ron", SMALL)]).expect("the facts are sound"));
    let found = |question: &str| {
        world
            .answered(&world.asked(question))
            .into_iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(found("what does acme sell"), [""; 0]);
    assert_eq!(found("where does acme sell").len(), 1);
    assert_eq!(found("where is cell made").len(), 1);
    assert_eq!(found("who makes cell").len(), 2);
    assert_eq!(found("which firms make cell").len(), 1);
    assert_eq!(found("which countries make cell").len(), 1);
    assert_eq!(found("which materials make cell"), [""; 0]);
    assert_eq!(
        (
            found("who works with acme").len(),
            found("who works with chile").len()
        ),
        (1, 1)
    );
    let both = vec![(Role::With, world.world.entity("acme").unwrap().into())];
    let open = FactFilter {
        claims: vec![Claim::Partners],
        roles: both,
        open: Some(Role::With),
        ..FactFilter::default()
    };
    assert_eq!(
        world.answered(&FactFilter {
            kinds: vec![EntityKind::Firm],
            ..open
        }),
        BTreeSet::new()
    );
}
