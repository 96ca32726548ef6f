//! The ways to ask for the facts of a relation. A slot is named for the role that stands in it; the
//! answer is in the role left open.

use super::pattern::Fit;
use super::shapes::{Asked, Asker};
use crate::facts::{Claim, EntityKind, GOODS, Role};
use crate::request::{FactFilter, Name, Request, Set};

/// A way to ask for the facts of some claims.
pub(super) struct Relation {
    /// How it is asked, for people: an example, unless one of the other end will do.
    pub example: Option<&'static str>,
    /// The patterns, one a line; what stands in `{by}` plays the role `by`, in `{kind}` what kind of
    /// entity is asked for.
    pub patterns: &'static str,
    claims: &'static [Claim],
    /// The role that is asked for; where none is, every fact that fits.
    open: Option<Role>,
    /// The measures of restrictions.
    measures: &'static [&'static str],
}

const fn relation(
    example: &'static str,
    patterns: &'static str,
    claims: &'static [Claim],
    open: Role,
) -> Relation {
    Relation {
        example: Some(example),
        patterns,
        claims,
        open: Some(open),
        measures: &[],
    }
}

const fn other_end(patterns: &'static str, claims: &'static [Claim], open: Role) -> Relation {
    Relation {
        example: None,
        patterns,
        claims,
        open: Some(open),
        measures: &[],
    }
}

const fn restrictions(
    example: &'static str,
    patterns: &'static str,
    measures: &'static [&'static str],
) -> Relation {
    Relation {
        example: Some(example),
        patterns,
        claims: &[Claim::Restricts],
        open: None,
        measures,
    }
}

// Supplies and Sources tell the same of both ends.
const MAKING: &[Claim] = &[Claim::Produces, Claim::Supplies, Claim::Sources];
const SUPPLY: &[Claim] = &[Claim::Supplies, Claim::Sources];
const SALE: &[Claim] = &[Claim::Supplies, Claim::Sources, Claim::SellsIn];
const USE: &[Claim] = &[Claim::Uses, Claim::Supplies, Claim::Sources];
const PURCHASE: &[Claim] = &[Claim::Supplies, Claim::Sources, Claim::Acquires];
const OWNING: &[Claim] = &[Claim::Owns, Claim::Acquires];

/// Every way. What can't play the role of its slot is tried in the others of the same words.
pub(super) const RELATIONS: &[Relation] = &[
    relation(
        "who uses LFP batteries",
        "
            who|what uses|use {what}
            which|what {kind} uses|use {what}
            [the] users of {what}
        ",
        USE,
        Role::To,
    ),
    other_end(
        "
            what does|do {to} use
            which|what {kind} does|do {to} use
        ",
        USE,
        Role::What,
    ),
    relation(
        "who buys traction motor cores",
        "
            who|what buys|buy|bought {what}
            which|what {kind} buys|buy|bought {what}
            who|what are [the] buyers of {what}
            buyers of {what}
        ",
        PURCHASE,
        Role::To,
    ),
    other_end(
        "
            who|what buys|buy|bought|imports|import {what} from {by}
            who|what imports|import {what}
            which|what {kind} imports|import {what}
            who|what buys|buy|imports|import from {by}
            who|whom does|do {by} supply|sell [to]
            to whom does|do {by} supply|sell
            to whom does|do {by} supply|sell {what}
            who|whom does|do {by} supply|sell {what} to
            who|whom does|do {by} supply with {what}
            who|what is|are supplied by {by}
            who|what are [the] customers|buyers|clients of {by}
            customers|buyers|clients of {by}
            who|what are {by} customers|buyers|clients
        ",
        SUPPLY,
        Role::To,
    ),
    relation(
        "what does South Korea import from China",
        "
            what does|do|did {to} import|source
            what does|do {to} get|buy|import|source from {by}
            which|what {kind} does|do {to} get|buy|import|source from {by}
        ",
        SUPPLY,
        Role::What,
    ),
    other_end("what does|do|did {to} buy", PURCHASE, Role::What),
    relation(
        "who makes LFP batteries",
        "
            who|what makes|make|produces|produce|manufactures|manufacture {what}
            which|what {kind} makes|make|produces|produce|manufactures|manufacture {what}
            who|what makes|make|produces|produce|manufactures|manufacture {what} in {in}
            which|what {kind} makes|make|produces|produce|manufactures|manufacture {what} in {in}
            who|what is|are {what} made|produced|manufactured by
            [the] makers|producers|manufacturers of {what}
        ",
        MAKING,
        Role::By,
    ),
    relation(
        "what does Posco International make",
        "
            what does|do {by} make|produce|manufacture
            which|what {kind} does|do {by} make|produce|manufacture
            what does|do {by} make|produce|manufacture in {in}
            what is|are made|produced|manufactured by {by}
        ",
        MAKING,
        Role::What,
    ),
    relation(
        "where is NAND flash made",
        "where is|are {what} made|produced|manufactured",
        &[Claim::Produces],
        Role::In,
    ),
    other_end(
        "
            where does|do {by} make|produce|manufacture
            where does|do {by} make|produce|manufacture {what}
        ",
        &[Claim::Produces],
        Role::In,
    ),
    relation(
        "who develops all-solid-state batteries",
        "
            who|what develops|develop {what}
            which|what {kind} develops|develop {what}
        ",
        &[Claim::Develops],
        Role::By,
    ),
    other_end("what does|do {by} develop", &[Claim::Develops], Role::What),
    relation(
        "who supplies traction motor cores",
        "
            who|what supplies|supply {what}
            which|what {kind} supplies|supply {what}
            who|what supplies|supply {what} to {to}
            who|what supplies|supply {to} with {what}
            who|what are [the] suppliers of {what}
            [the] suppliers of {what}
            where does|do {to} get|buy|source|import {what} [from]
        ",
        SUPPLY,
        Role::By,
    ),
    other_end(
        "
            who|what supplies|supply {to}
            which|what {kind} supplies|supply {to}
            who|what sells|sell|supplies|supply to {to}
            who|what does|do {to} buy|import|source from
            who|what are [the] suppliers of {to}
            [the] suppliers of {to}
            who|what are {to} suppliers
        ",
        SUPPLY,
        Role::By,
    ),
    relation(
        "what does LG Energy Solution supply",
        "
            what does|do {by} supply
            which|what {kind} does|do {by} supply
            what does|do {by} supply|sell to {to}
            what is|are supplied by {by}
        ",
        SUPPLY,
        Role::What,
    ),
    other_end(
        "
            who|what sells|sell {what}
            which|what {kind} sells|sell {what}
        ",
        SALE,
        Role::By,
    ),
    other_end("what does|do {by} sell", SALE, Role::What),
    relation(
        "who sells in China",
        "
            who|what sells|sell in {in}
            who|what sells|sell {what} in {in}
        ",
        &[Claim::SellsIn],
        Role::By,
    ),
    other_end("where does|do {by} sell", &[Claim::SellsIn], Role::In),
    relation(
        "who owns Zeekr",
        "
            who|what owns|own|owned {what}
            who|what are|is [the] owners|owner of {what}
            [the] owner|owners of {what}
        ",
        OWNING,
        Role::By,
    ),
    relation(
        "what does BYD own",
        "
            what does|do|did {by} own
            who|what is|are owned by {by}
        ",
        OWNING,
        Role::What,
    ),
    relation(
        "who acquired Posco P&S",
        "
            who|what acquires|acquire|acquired {what}
            who|what takes|took over {what}
            who|what buys|buy|bought|acquires|acquire|acquired {what} from {from}
        ",
        &[Claim::Acquires],
        Role::By,
    ),
    other_end(
        "
            what did|does|do|has|have {by} acquire|acquired
            who|what was|is|were|are acquired by {by}
        ",
        &[Claim::Acquires],
        Role::What,
    ),
    relation(
        "who invests in robotics",
        "
            who|what invests|invest|invested in {what}
            which|what {kind} invests|invest|invested in {what}
        ",
        &[Claim::Invests],
        Role::By,
    ),
    other_end(
        "
            what does|do|did {by} invest in
            where does|do|did {by} invest
        ",
        &[Claim::Invests],
        Role::What,
    ),
    relation(
        "who licenses cenobamate",
        "who|what licenses|license|licensed {what}",
        &[Claim::Licenses],
        Role::By,
    ),
    other_end(
        "who|what licenses|license|licensed to {to}",
        &[Claim::Licenses],
        Role::By,
    ),
    other_end(
        "what does|do|did {by} license",
        &[Claim::Licenses],
        Role::What,
    ),
    other_end(
        "
            who|what has|have|holds [a|the] licence|license for {what}
            who|whom does|do|did {by} license to
        ",
        &[Claim::Licenses],
        Role::To,
    ),
    relation(
        "who restricts graphite",
        "who|what restricts|restrict|restricted|controls|control {what}",
        &[Claim::Restricts],
        Role::By,
    ),
    other_end(
        "
            who|what restricts|restrict|restricted|sanctions|sanction {towards}
            who|what restricts|restrict|restricted trade with {towards}
        ",
        &[Claim::Restricts],
        Role::By,
    ),
    relation(
        "what does China restrict",
        "
            what does|do|did {by} restrict|control
            what is|are restricted|controlled by {by}
        ",
        &[Claim::Restricts],
        Role::What,
    ),
    other_end(
        "what does|do|did {under} restrict|control",
        &[Claim::Restricts],
        Role::What,
    ),
    other_end(
        "who|whom does|do|did {by} restrict|hit",
        &[Claim::Restricts],
        Role::Towards,
    ),
    other_end(
        "who|whom does|do|did {under} restrict|hit",
        &[Claim::Restricts],
        Role::Towards,
    ),
    restrictions(
        "what is under export control",
        "
            what|which|who is|are under export control|controls [and] [since] [when]
            what|which export controls are there|known
            since when is|are {what} under export control|controls
        ",
        &["export-control", "export-ban"],
    ),
    restrictions(
        "which restrictions are there",
        "
            what|which [goods] is|are restricted|controlled [and] [since] [when]
            what|which restrictions are there|known
        ",
        &[],
    ),
    restrictions(
        "which tariffs are there",
        "
            what|which tariffs are there|known
            what|which [goods] is|are under tariff|tariffs
        ",
        &["tariff"],
    ),
    relation(
        "who works with SK On",
        "
            who|what works|work|cooperates|partners|partner with {with}
            who|whom|what does|do {with} work|cooperate|partner with
            who|what are [the] partners of {with}
        ",
        &[Claim::Partners],
        Role::With,
    ),
    Relation {
        open: None,
        ..other_end(
            "what does|do|did|has|have {by} say|said of|about|on {what}",
            &[Claim::Says],
            Role::What,
        )
    },
    relation(
        "who competes with South Korea",
        "
            who|what competes|compete with {with}
            who|whom|what does|do {with} compete with
            who|what are [the] competitors|rivals of {with}
        ",
        &[Claim::Competes],
        Role::With,
    ),
    other_end(
        "where is|are|was|were {by}",
        &[Claim::Located, Claim::PartOf, Claim::Headquartered],
        Role::In,
    ),
    relation(
        "who operates Samsung's Xi'an plant",
        "who|what operates|operate|runs|run {what}",
        &[Claim::Operates],
        Role::By,
    ),
    other_end(
        "
            what|which [plants] does|do {by} operate|run
            who|what is|are operated|run by {by}
        ",
        &[Claim::Operates],
        Role::What,
    ),
    relation(
        "who heads SK On",
        "
            who heads|leads|runs {what}
            who is|are president|minister|chairman|ceo|head of|at {what}
            who holds|has posts|office at|in {what}
        ",
        &[Claim::Holds],
        Role::By,
    ),
    other_end(
        "
            where does|do {by} hold [a|the] post|posts|office
            what|which posts|post|office does|do {by} hold
        ",
        &[Claim::Holds],
        Role::What,
    ),
    relation(
        "who hosts the meeting on Chip 4 scheduled for August 2022",
        "who|what hosts|host|hosted {what}",
        &[Claim::Hosts],
        Role::By,
    ),
    other_end("what does|do|did {by} host", &[Claim::Hosts], Role::What),
    relation(
        "who attends the tour of Central Asia by Yoon Suk-yeol",
        "
            who|what attends|attend|attended {what}
            who|what takes|take|took part in {what}
        ",
        &[Claim::Attends],
        Role::By,
    ),
    other_end(
        "
            what does|do|did {by} attend
            what does|do|did {by} take part in
        ",
        &[Claim::Attends],
        Role::What,
    ),
    relation(
        "who are the members of Chip 4",
        "
            who|what belongs|belong to {what}
            who|what are [the] members of {what}
            [the] members of {what}
        ",
        &[Claim::MemberOf],
        Role::By,
    ),
    other_end(
        "what does|do {by} belong to",
        &[Claim::MemberOf],
        Role::What,
    ),
    relation(
        "who authorised Avtozma",
        "who|what authorises|authorised|authorizes|authorized|approved|approves {what}",
        &[Claim::Authorises],
        Role::By,
    ),
    other_end(
        "what does|do|did {by} authorise|authorize|approve",
        &[Claim::Authorises],
        Role::What,
    ),
];

/// What words ask, and whether each that is named in it can play the role that it was given.
pub(super) struct Stated {
    pub asked: Asked,
    pub fits: bool,
}

impl Relation {
    /// What the words in the slots ask; `None` if they can't mean this relation.
    pub fn question(&self, asker: &Asker, fit: &Fit) -> Option<Stated> {
        let kinds = asker.kinds(fit)?;
        let roles = Role::ALL.iter().copied();
        let players: Vec<Player> = roles
            .filter_map(|role| Player::new(asker, fit, role))
            .collect();
        let claims = self.claims_for(&players);
        let fits = !claims.is_empty();
        let claims = if fits { claims } else { self.claims.to_vec() };
        let asked = Request::Facts(self.filter(claims, players, kinds));
        Some(Stated { asked, fits })
    }

    /// The claims in which each can play its role.
    fn claims_for(&self, players: &[Player]) -> Vec<Claim> {
        let can_play = |claim: &Claim| players.iter().all(|player| player.can_play_in(*claim));
        self.claims.iter().copied().filter(can_play).collect()
    }

    /// Of goods, their kinds count too: who makes LFP batteries makes batteries.
    fn filter(
        &self,
        claims: Vec<Claim>,
        players: Vec<Player>,
        kinds: Vec<EntityKind>,
    ) -> FactFilter<Set<Name>, Name> {
        let is_good = |player: &Player| player.kind.is_some_and(|kind| GOODS.contains(kind));
        FactFilter {
            claims,
            with_kinds: players.iter().any(is_good),
            roles: players
                .into_iter()
                .map(|player| (player.role, player.set))
                .collect(),
            open: self.open,
            kinds,
            measures: self.measures.to_vec(),
            ..FactFilter::default()
        }
    }
}

/// Who is given for a role.
struct Player {
    role: Role,
    set: Set<Name>,
    /// Of what kind it is, if the name is known.
    kind: Option<EntityKind>,
}

impl Player {
    fn new(asker: &Asker, fit: &Fit, role: Role) -> Option<Self> {
        let set = asker.one(fit, role.word())?;
        let kind = set.one().and_then(|name| asker.kind(&name.text));
        Some(Player { role, set, kind })
    }

    /// Whether it is of a kind that can play its role; of an unknown name nothing else is known.
    fn can_play_in(&self, claim: Claim) -> bool {
        let kinds = claim.form().kinds_of(self.role);
        self.kind.is_none_or(|kind| kinds.contains(kind))
    }
}
