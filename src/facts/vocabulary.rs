//! The words of the RON files, as tables: kinds of entities, claims with their fields and
//! sentences, statuses.
//!
//! A new claim is a row in [`CLAIMS`] and, if it makes a dependency that none of its ties makes, a
//! rule in `graph::build`.

use super::roles::{ArrowForm, Heading, Mood, Role, ShareOf, Tie, Tied, Whole};
use super::status::Status;
use crate::text::word_enum;

word_enum! {
    /// What sort of thing an entity is. The word is the one that begins its record.
    #[non_exhaustive]
    pub enum EntityKind {
        /// A country or the like: an actor, and the territory of that name.
        Economy = "Economy",
        /// A territory that is not an economy: a region, province or city.
        Place = "Place",
        /// A firm.
        Firm = "Firm",
        /// A named set of firms, or a corporate group. It never stands for each of its members.
        Group = "Group",
        /// A ministry, association, institute or alliance.
        Organisation = "Organisation",
        /// A person.
        Person = "Person",
        /// A mineral, or what is refined from it.
        Material = "Material",
        /// A component, good or service.
        Product = "Product",
        /// A factory or production line.
        Plant = "Plant",
        /// A process or know-how.
        Technology = "Technology",
        /// A control, tariff, law, agreement or programme.
        Policy = "Policy",
        /// A branch of industry.
        Sector = "Sector",
        /// A conference, summit or visit.
        Event = "Event",
    }
}

impl EntityKind {
    /// The kind in running text: `material`.
    pub const fn noun(self) -> &'static str {
        self.nouns().0
    }

    /// The kind in running text, many of it: `materials`.
    pub const fn plural(self) -> &'static str {
        self.nouns().1
    }

    const fn nouns(self) -> (&'static str, &'static str) {
        match self {
            EntityKind::Economy => ("economy", "economies"),
            EntityKind::Place => ("place", "places"),
            EntityKind::Firm => ("firm", "firms"),
            EntityKind::Group => ("group", "groups"),
            EntityKind::Organisation => ("organisation", "organisations"),
            EntityKind::Person => ("person", "people"),
            EntityKind::Material => ("material", "materials"),
            EntityKind::Product => ("product", "products"),
            EntityKind::Plant => ("plant", "plants"),
            EntityKind::Technology => ("technology", "technologies"),
            EntityKind::Policy => ("policy", "policies"),
            EntityKind::Sector => ("sector", "sectors"),
            EntityKind::Event => ("event", "events"),
        }
    }
}

/// A set of entity kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSet(u16);

impl KindSet {
    /// Every kind.
    pub const ANY: KindSet = KindSet(u16::MAX);

    /// The set of these kinds.
    pub const fn of(kinds: &[EntityKind]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < kinds.len() {
            bits |= 1 << kinds[at] as u16;
            at += 1;
        }
        KindSet(bits)
    }

    /// The kinds of either.
    pub const fn and(self, other: KindSet) -> Self {
        KindSet(self.0 | other.0)
    }

    /// Whether each of its kinds is in another set.
    pub const fn is_within(self, other: KindSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether a kind is in the set.
    pub const fn contains(self, kind: EntityKind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }

    /// The kinds of the set, in words: `material, product or technology`.
    pub fn describe(self) -> String {
        let nouns: Vec<_> = EntityKind::ALL
            .iter()
            .filter(|&&kind| self.contains(kind))
            .map(|kind| kind.noun())
            .collect();
        match nouns.as_slice() {
            [] => String::new(),
            [only] => (*only).to_string(),
            [head @ .., last] => format!("{} or {last}", head.join(", ")),
        }
    }
}

use EntityKind::*;

/// Materials, products and technologies: what can be made, needed, supplied.
pub const GOODS: KindSet = KindSet::of(&[Material, Product, Technology]);
/// Firms, groups, organisations and economies: who makes, buys and sells.
pub const MAKERS: KindSet = KindSet::of(&[Firm, Group, Organisation, Economy]);
/// Makers and people.
pub const ACTORS: KindSet = MAKERS.and(KindSet::of(&[Person]));
/// Economies and places.
pub const TERRITORIES: KindSet = KindSet::of(&[Economy, Place]);

const MAKERS_AND_PLANTS: KindSet = MAKERS.and(KindSet::of(&[Plant]));
const SITES: KindSet = TERRITORIES.and(KindSet::of(&[Plant]));
const KINDS_OF_THINGS: KindSet = GOODS.and(KindSet::of(&[Sector, Policy, Group]));
/// Firms, groups and organisations.
pub const COMPANIES: KindSet = KindSet::of(&[Firm, Group, Organisation]);

word_enum! {
    /// A field of a record.
    #[non_exhaustive]
    pub enum Field {
        /// The id of an entity or document.
        Id = "id",
        /// Name in English.
        En = "en",
        /// Name in Korean.
        Ko = "ko",
        /// Name in Chinese.
        Zh = "zh",
        /// Further names.
        Aliases = "aliases",
        /// The economy that somebody is of, as is commonly known.
        Home = "home",
        /// The economy that an office, or who holds it, speaks and acts for.
        ActsFor = "acts_for",
        /// What a curator adds: how a passage is read, or what else it says.
        Note = "note",
        /// What a reader must know, lest a fact be taken for more than the documents say.
        Caveat = "caveat",
        /// A document's title.
        Title = "title",
        /// A document's publisher.
        Publisher = "publisher",
        /// A document's date.
        Date = "date",
        /// Why a document has no date.
        Undated = "undated",
        /// The earliest day that an undated document may be of.
        Earliest = "earliest",
        /// The latest day that an undated document may be of.
        Latest = "latest",
        /// The month that a document calls this one, where it is not that of its date.
        ThisMonth = "this_month",
        /// What to know about a document's reliability.
        Care = "care",
        /// The passage labels of a document.
        Passages = "passages",
        /// The document cited.
        Doc = "doc",
        /// The passage cited; or where something is made.
        At = "at",
        /// Who says so; or who makes or restricts something.
        By = "by",
        /// Who says so, where unnamed.
        ByUnnamed = "by_unnamed",
        /// Broken forms in which a passage prints figures or names.
        Garbled = "garbled",
        /// Entities that a passage means without naming them.
        Unnamed = "unnamed",
        /// What a passage words otherwise than the fact, and why the fact stands.
        Read = "read",
        /// Why a curator infers something, or leaves a passage out.
        Why = "why",
        /// The kind below.
        Child = "child",
        /// The kind above.
        Parent = "parent",
        /// The good concerned.
        Good = "good",
        /// The good that is needed.
        Input = "input",
        /// The good that is no longer needed.
        Replaced = "replaced",
        /// What something goes into, or where.
        In = "in",
        /// Share of the maker's output of the good that is made at the site.
        OutputShare = "output_share",
        /// Share of the world's supply of the good.
        WorldShare = "world_share",
        /// Whether the supply is that of the economy's companies, wherever they make it.
        Held = "held",
        /// Share of the maker's business.
        BusinessShare = "business_share",
        /// What can be made in a time.
        Capacity = "capacity",
        /// The firm concerned.
        Firm = "firm",
        /// The plant concerned.
        Plant = "plant",
        /// The territory concerned.
        Place = "place",
        /// The smaller territory.
        Part = "part",
        /// The larger territory.
        Whole = "whole",
        /// Where something comes from.
        From = "from",
        /// Where something goes.
        To = "to",
        /// A share whose whole the claim tells.
        Share = "share",
        /// A quantity of goods.
        Volume = "volume",
        /// A sum of money, or the value of a figure.
        Value = "value",
        /// Who buys.
        Buyer = "buyer",
        /// The good that another is used in.
        For = "for",
        /// Who sells.
        Seller = "seller",
        /// Who belongs to something.
        Member = "member",
        /// What somebody belongs to.
        Of = "of",
        /// Who owns.
        Owner = "owner",
        /// What is owned.
        Owned = "owned",
        /// What is bought whole.
        Target = "target",
        /// Who invests.
        Investor = "investor",
        /// What for.
        Purpose = "purpose",
        /// Who gives a licence.
        Licensor = "licensor",
        /// Who takes a licence.
        Licensee = "licensee",
        /// One of two partners.
        Partner = "partner",
        /// The other party.
        With = "with",
        /// The matter of a partnership.
        On = "on",
        /// The agreement something is done under.
        Under = "under",
        /// The policy concerned.
        Policy = "policy",
        /// Whom something is directed at.
        Towards = "towards",
        /// The kind of a restriction, or what a figure measures.
        Measure = "measure",
        /// The rate of a tariff.
        Rate = "rate",
        /// Who plans or aims.
        Actor = "actor",
        /// What is planned or aimed at.
        What = "what",
        /// The day something is to be done by.
        ByWhen = "by_when",
        /// Where a target starts from.
        Start = "start",
        /// Where a target leads.
        Goal = "goal",
        /// What a figure is about.
        Subject = "subject",
        /// The time a figure covers.
        Period = "period",
        /// Who speaks.
        Speaker = "speaker",
        /// What is spoken about.
        About = "about",
        /// What is said.
        Gist = "gist",
        /// Who holds a post.
        Person = "person",
        /// The post held.
        Post = "post",
        /// Who hosts.
        Host = "host",
        /// The event concerned.
        Event = "event",
        /// Who attends.
        Who = "who",
        /// Who authorises.
        Regulator = "regulator",
        /// Who is given an authorisation.
        Holder = "holder",
        /// When a fact began to hold.
        Since = "since",
        /// When a fact ceased to hold.
        Until = "until",
        /// When a fact was known to hold.
        AsOf = "as_of",
        /// Why a fact is kept although another contradicts it.
        Conflict = "conflict",
        /// What supports a fact.
        Evidence = "evidence",
    }
}

/// What may stand in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Slot {
    /// A text, for people.
    Text,
    /// A list of texts.
    Texts,
    /// One word of a fixed list.
    Choice(&'static [&'static str]),
    /// An id being declared.
    Id,
    /// The id of a document.
    Document,
    /// A passage label.
    Passage,
    /// A list of passage labels.
    Passages,
    /// The id of an entity of one of these kinds.
    One(KindSet),
    /// A list of ids of entities of these kinds.
    Many(KindSet),
    /// A share of something, in 0 to 1.
    Share,
    /// A number with its unit.
    Amount,
    /// A date.
    Date,
    /// A date, or two.
    Period,
    /// Yes or no; left out, it is no.
    Flag,
    /// A list of evidence.
    Evidence,
}

/// One field that a form has.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FieldForm {
    /// Its name.
    pub field: Field,
    /// What may stand in it.
    pub slot: Slot,
    /// Whether it must be there.
    pub required: bool,
    /// The field that may stand instead of it, and what must stand there then.
    pub instead: Option<(Field, KindSet)>,
    /// What part the entity in it plays in the claim.
    pub roles: &'static [Role],
    /// What the share in it is a share of, and who has it.
    pub share_of: Option<ShareOf>,
}

impl FieldForm {
    const fn or(self, field: Field, kinds: KindSet) -> Self {
        FieldForm {
            instead: Some((field, kinds)),
            ..self
        }
    }

    const fn is(self, roles: &'static [Role]) -> Self {
        FieldForm { roles, ..self }
    }

    /// It holds what share of a whole somebody or something has.
    const fn held_by(self, holder: Role, whole: Whole, of: Role) -> Self {
        let good = None;
        let share_of = Some(ShareOf {
            whole,
            of,
            good,
            holder,
        });
        FieldForm { share_of, ..self }
    }

    /// The same, where the whole is that of the good alone.
    const fn held_in_good_by(self, holder: Role, whole: Whole, of: Role) -> Self {
        let good = Some(Role::What);
        let share_of = Some(ShareOf {
            whole,
            of,
            good,
            holder,
        });
        FieldForm { share_of, ..self }
    }

    /// The entities that may stand in it; none where it holds none.
    pub const fn kinds(&self) -> KindSet {
        match self.slot {
            Slot::One(kinds) | Slot::Many(kinds) => kinds,
            _ => KindSet::of(&[]),
        }
    }
}

const fn must(field: Field, slot: Slot) -> FieldForm {
    FieldForm {
        field,
        slot,
        required: true,
        instead: None,
        roles: &[],
        share_of: None,
    }
}

const fn may(field: Field, slot: Slot) -> FieldForm {
    FieldForm {
        field,
        slot,
        required: false,
        instead: None,
        roles: &[],
        share_of: None,
    }
}

/// What a record or a piece of evidence is, by the word that begins it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Declares a document.
    Document,
    /// Declares an entity.
    Entity(EntityKind),
    /// States a fact.
    Fact(Claim),
    /// Declares passages that hold nothing to curate.
    Nothing,
    /// A piece of evidence.
    Evidence(Status),
}

/// A word that begins a record, and the fields behind it.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What the record is.
    pub sort: Sort,
    /// The word.
    pub head: &'static str,
    /// Its own fields.
    pub own: &'static [FieldForm],
    /// Fields it shares with others of its sort.
    pub common: &'static [FieldForm],
}

impl Form {
    /// Its fields.
    pub fn fields(&self) -> impl Iterator<Item = &'static FieldForm> {
        self.own.iter().chain(self.common)
    }

    /// The form of the field with this name.
    pub fn field(&self, name: &str) -> Option<&'static FieldForm> {
        self.fields().find(|form| form.field.word() == name)
    }
}

word_enum! {
    /// What a fact claims.
    #[non_exhaustive]
    pub enum Claim {
        /// Is a kind of.
        IsA = "IsA",
        /// Has as an input.
        Needs = "Needs",
        /// Takes the place of an input.
        Replaces = "Replaces",
        /// Makes.
        Produces = "Produces",
        /// Works on, does not yet make.
        Develops = "Develops",
        /// Runs a plant.
        Operates = "Operates",
        /// Stands in.
        Located = "Located",
        /// Is a part of.
        PartOf = "PartOf",
        /// Has its seat in.
        Headquartered = "Headquartered",
        /// Sells a good to a buyer.
        Supplies = "Supplies",
        /// Buys a good from somebody.
        Sources = "Sources",
        /// Uses a good, whoever supplies it.
        Uses = "Uses",
        /// Has a market in.
        SellsIn = "SellsIn",
        /// Is one of.
        MemberOf = "MemberOf",
        /// Owns.
        Owns = "Owns",
        /// Takes over.
        Acquires = "Acquires",
        /// Puts money into.
        Invests = "Invests",
        /// Lets another use know-how.
        Licenses = "Licenses",
        /// Works together with.
        Partners = "Partners",
        /// Competes with.
        Competes = "Competes",
        /// Restricts trade in a good.
        Restricts = "Restricts",
        /// Plans to.
        Plans = "Plans",
        /// Aims at.
        Targets = "Targets",
        /// A figure.
        Figure = "Figure",
        /// Somebody's opinion.
        Says = "Says",
        /// Holds a post.
        Holds = "Holds",
        /// Hosts an event.
        Hosts = "Hosts",
        /// Attends an event.
        Attends = "Attends",
        /// Authorises a good.
        Authorises = "Authorises",
    }
}

/// What a claim looks like: its fields, and its sentence from either end.
///
/// In a sentence `{field}` stands for what is in the field; of `<makes|make>` the second stands
/// where the first field names many; and what stands in `[…]` is left out when a field in it is
/// absent or holds a share in words.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ClaimForm {
    /// The claim.
    pub claim: Claim,
    /// Its fields, without those that every fact has.
    pub fields: &'static [FieldForm],
    /// The sentence.
    pub reads: &'static str,
    /// The sentence from the other end.
    pub reversed: &'static str,
    /// How it reads otherwise.
    pub otherwise: Option<Otherwise>,
    /// What a reader must know beside the sentence, where a field is filled.
    pub implied: Option<Implied>,
    /// The verb of who does it ([`Role::By`], [`Role::With`]), and of who gets it ([`Role::To`]);
    /// empty where nobody does. Of `<makes|make>` the second is for many.
    pub verbs: [&'static str; 2],
    /// What it is about.
    pub heading: Heading,
    /// How it is drawn; none where it names one thing and what is said of that.
    pub arrow: Option<ArrowForm>,
    /// What is said in stating it.
    pub mood: Mood,
    /// What those who play roles in it are to each other.
    pub ties: &'static [Tied],
    /// What its amounts measure; `{field}` stands for what is in the field. Empty where it has none.
    pub measure: &'static str,
}

/// The sentences of a claim where a field is filled, or where it is not.
#[derive(Clone, Copy, Debug)]
pub struct Otherwise {
    /// The field.
    pub field: Field,
    /// Whether these are the sentences where it is filled.
    pub is_filled: bool,
    /// The sentence.
    pub reads: &'static str,
    /// The sentence from the other end.
    pub reversed: &'static str,
    /// The verb on the arrow.
    pub arrow: &'static str,
}

/// A caveat that follows from what stands in a field.
#[derive(Clone, Copy, Debug)]
pub struct Implied {
    /// The field.
    pub field: Field,
    /// The word that stands in it; none where it is enough that it is filled.
    pub word: Option<&'static str>,
    /// What a reader must know then.
    pub caveat: &'static str,
}

impl ClaimForm {
    const fn warning(self, field: Field, word: Option<&'static str>, caveat: &'static str) -> Self {
        ClaimForm {
            implied: Some(Implied {
                field,
                word,
                caveat,
            }),
            ..self
        }
    }

    const fn with(self, field: Field, sentences: [&'static str; 2], arrow: &'static str) -> Self {
        self.where_filled(field, true, sentences, arrow)
    }

    const fn without(
        self,
        field: Field,
        sentences: [&'static str; 2],
        arrow: &'static str,
    ) -> Self {
        self.where_filled(field, false, sentences, arrow)
    }

    const fn where_filled(
        self,
        field: Field,
        is_filled: bool,
        [reads, reversed]: [&'static str; 2],
        arrow: &'static str,
    ) -> Self {
        let otherwise = Some(Otherwise {
            field,
            is_filled,
            reads,
            reversed,
            arrow,
        });
        ClaimForm { otherwise, ..self }
    }

    const fn measuring(self, measure: &'static str) -> Self {
        ClaimForm { measure, ..self }
    }

    const fn in_mood(self, mood: Mood) -> Self {
        ClaimForm { mood, ..self }
    }

    const fn tying(self, ties: &'static [Tied]) -> Self {
        ClaimForm { ties, ..self }
    }

    /// Its sentence, and that from the other end, by which of its fields are filled.
    pub fn sentences(&self, is_filled: impl Fn(Field) -> bool) -> [&'static str; 2] {
        self.otherwise(is_filled)
            .map_or([self.reads, self.reversed], |it| [it.reads, it.reversed])
    }

    /// Its arrow, by which of its fields are filled.
    pub fn arrow(&self, is_filled: impl Fn(Field) -> bool) -> Option<ArrowForm> {
        let arrow = self.arrow?;
        let verb = self.otherwise(is_filled).map_or(arrow.verb, |it| it.arrow);
        Some(ArrowForm { verb, ..arrow })
    }

    fn otherwise(&self, is_filled: impl Fn(Field) -> bool) -> Option<Otherwise> {
        self.otherwise
            .filter(|it| is_filled(it.field) == it.is_filled)
    }

    /// Its shares, each with its field.
    pub fn shares(&self) -> impl Iterator<Item = (Field, ShareOf)> {
        self.fields
            .iter()
            .filter_map(|form| Some((form.field, form.share_of?)))
    }

    /// Who is tied so to whom, by their roles.
    pub fn tie(&self, tie: Tie) -> Option<&'static Tied> {
        self.ties.iter().find(|tied| tied.tie == tie)
    }

    /// Its fields in which a role is played.
    pub fn fields_of(&self, role: Role) -> impl Iterator<Item = &'static FieldForm> {
        self.fields
            .iter()
            .filter(move |form| form.roles.contains(&role))
    }

    /// Whether its sentence begins with who plays a role only if it is told from the other end.
    pub fn is_read_from_the_other_end(&self, role: Role) -> bool {
        let begins = |sentence| {
            self.fields_of(role)
                .any(|form| first_field(sentence) == Some(form.field.word()))
        };
        begins(self.reversed) && !begins(self.reads)
    }

    /// The entities that may play a role in it.
    pub fn kinds_of(&self, role: Role) -> KindSet {
        self.fields_of(role)
            .fold(KindSet::of(&[]), |kinds, form| kinds.and(form.kinds()))
    }
}

fn first_field(sentence: &str) -> Option<&str> {
    Some(sentence.split_once('{')?.1.split_once('}')?.0)
}

use Field as F;
use Heading as H;
use Role as R;
use Slot::{Amount, Many, One, Share, Text};
use Tie as T;
use Whole as W;

const ANYTHING: Slot = One(KindSet::ANY);
const GOOD: Slot = One(GOODS);
const MAKER: Slot = One(MAKERS);
const ACTOR: Slot = One(ACTORS);
const ECONOMY: Slot = One(KindSet::of(&[Economy]));
const TERRITORY: Slot = One(TERRITORIES);

/// The ways in which trade in a good is restricted.
pub const MEASURES: &[&str] = &[
    "export-control",
    "export-ban",
    "tariff",
    "import-ban",
    "sanction",
    "quota",
];

const fn claim(
    claim: Claim,
    heading: Heading,
    fields: &'static [FieldForm],
    [reads, reversed]: [&'static str; 2],
    verbs: [&'static str; 2],
    arrow: Option<ArrowForm>,
) -> ClaimForm {
    ClaimForm {
        claim,
        fields,
        reads,
        reversed,
        otherwise: None,
        implied: None,
        verbs,
        heading,
        arrow,
        mood: Mood::Present,
        ties: &[],
        measure: "",
    }
}

const fn arrow(from: Role, verb: &'static str, to: &'static [Role]) -> Option<ArrowForm> {
    Some(ArrowForm { from, verb, to })
}

const fn tie(one: Role, tie: Tie, other: Role) -> Tied {
    Tied { tie, one, other }
}

/// Every claim, in the order of [`Claim::ALL`].
pub const CLAIMS: &[ClaimForm] = &[
    claim(
        Claim::IsA,
        H::Kinds,
        &[must(F::Child, One(KINDS_OF_THINGS)).is(&[R::By]), must(F::Parent, One(KINDS_OF_THINGS)).is(&[R::What])],
        [
            "{child} <is|are> a kind of {parent}",
            "{parent} <includes|include> {child}",
        ],
        ["<is|are> a kind of", ""],
        arrow(R::What, "includes", &[R::By]),
    )
    .in_mood(Mood::Lasting)
    .tying(&[tie(R::By, T::KindOf, R::What)]),
    claim(
        Claim::Needs,
        H::Inputs,
        &[must(F::Good, GOOD).is(&[R::By]), must(F::Input, GOOD).is(&[R::What])],
        [
            "{good} <needs|need> {input}",
            "{input} <goes|go> into {good}",
        ],
        ["<needs|need>", ""],
        arrow(R::What, "goes into", &[R::By]),
    )
    .in_mood(Mood::Lasting),
    claim(
        Claim::Replaces,
        H::Inputs,
        &[must(F::Good, GOOD).is(&[R::By]), must(F::Replaced, GOOD).is(&[R::What]), must(F::In, GOOD).is(&[R::In])],
        [
            "{in} <needs|need> {good} instead of {replaced}",
            "{good} <replaces|replace> {replaced} in {in}",
        ],
        ["<replaces|replace>", ""],
        arrow(R::By, "replaces {replaced} in", &[R::In]),
    ),
    claim(
        Claim::Produces,
        H::Making,
        &[
            must(F::By, One(MAKERS_AND_PLANTS)).is(&[R::By]),
            must(F::Good, GOOD).is(&[R::What]),
            may(F::At, One(SITES)).is(&[R::In]),
            may(F::OutputShare, Share).held_in_good_by(R::In, W::Output, R::By),
            may(F::WorldShare, Share).held_by(R::By, W::WorldSupply, R::What),
            may(F::Held, Slot::Flag),
            may(F::BusinessShare, Share).held_by(R::What, W::Business, R::By),
            may(F::Capacity, Amount),
        ],
        [
            "{by} <makes|make> [{output_share} of its ]{good}[ {at}][, {world_share} of world supply][, {business_share} of its business][, capacity {capacity}]",
            "{good} <is|are> made by {by}[, {world_share} of world supply]",
        ],
        ["<makes|make>", ""],
        arrow(R::By, "makes", &[R::What]),
    )
    .measuring("capacity")
    .with(
        F::Held,
        [
            "companies of {by} hold [{world_share} of world ]supply of {good}[ {at}][, {output_share} of their output][, {business_share} of their business][, capacity {capacity}]",
            "{good} <is|are> held by companies of {by}[, {world_share} of world supply]",
        ],
        "holds",
    )
    .warning(F::Held, None, "held by companies, wherever they work")
    .tying(&[tie(R::By, T::WorksAt, R::In)]),
    claim(
        Claim::Develops,
        H::Making,
        &[must(F::By, ACTOR).is(&[R::By]), must(F::Good, GOOD).is(&[R::What])],
        [
            "{by} <develops|develop> {good}",
            "{good} <is|are> being developed by {by}",
        ],
        ["<develops|develop>", ""],
        arrow(R::By, "develops", &[R::What]),
    ),
    claim(
        Claim::Operates,
        H::Making,
        &[must(F::Firm, MAKER).is(&[R::By]), must(F::Plant, One(KindSet::of(&[Plant]))).is(&[R::What])],
        [
            "{firm} <operates|operate> {plant}",
            "{plant} <is|are> operated by {firm}",
        ],
        ["<operates|operate>", ""],
        arrow(R::By, "operates", &[R::What]),
    )
    .tying(&[tie(R::By, T::WorksAt, R::What)]),
    claim(
        Claim::Located,
        H::Places,
        &[
            must(F::Plant, One(KindSet::of(&[Plant, Organisation, Event]))).is(&[R::By]),
            must(F::Place, TERRITORY).is(&[R::In]),
        ],
        [
            "{plant} <is|are> in {place}",
            "{place} <has|have> {plant}",
        ],
        ["<is|are>", ""],
        arrow(R::In, "is the site of", &[R::By]),
    )
    .tying(&[tie(R::By, T::StandsIn, R::In)]),
    claim(
        Claim::PartOf,
        H::Places,
        &[must(F::Part, TERRITORY).is(&[R::By]), must(F::Whole, TERRITORY).is(&[R::In])],
        [
            "{part} <is|are> part of {whole}",
            "{whole} <includes|include> {part}",
        ],
        ["<lies|lie>", ""],
        arrow(R::In, "includes", &[R::By]),
    )
    .in_mood(Mood::Lasting)
    .tying(&[tie(R::By, T::PartOf, R::In)]),
    claim(
        Claim::Headquartered,
        H::Places,
        &[must(F::Firm, One(COMPANIES)).is(&[R::By]), must(F::Place, TERRITORY).is(&[R::In])],
        [
            "{firm} <is|are> seated in {place}",
            "{place} <is|are> the seat of {firm}",
        ],
        ["<has its|have their> seat", ""],
        arrow(R::In, "is the seat of", &[R::By]),
    )
    .tying(&[tie(R::By, T::SeatedIn, R::In)]),
    claim(
        Claim::Supplies,
        H::Trade,
        &[
            must(F::From, One(MAKERS_AND_PLANTS)).is(&[R::By]),
            must(F::To, MAKER).is(&[R::To]),
            must(F::Good, GOOD).is(&[R::What]),
            may(F::Share, Share).held_in_good_by(R::By, W::Need, R::To),
            may(F::Volume, Amount),
            may(F::Value, Amount),
        ],
        [
            "{from} <supplies|supply> {good} to {to}[, {share} of its need][ ({volume})][ ({value})]",
            "{to} <gets|get> [{share} of its ]{good} from {from}[ ({volume})][ ({value})]",
        ],
        ["<supplies|supply>", "<buys|buy>"],
        arrow(R::By, "supplies {good} to", &[R::To]),
    )
    .measuring("deal sum or amount of a supply")
    .tying(&[tie(R::By, T::Supplies, R::To), tie(R::To, T::Gets, R::What)]),
    claim(
        Claim::Sources,
        H::Trade,
        &[
            must(F::Buyer, MAKER).is(&[R::To]),
            must(F::Good, GOOD).is(&[R::What]),
            must(F::From, MAKER).is(&[R::By]),
            may(F::Share, Share).held_in_good_by(R::By, W::Need, R::To),
        ],
        [
            "{buyer} <gets|get> [{share} of its ]{good} from {from}",
            "{from} <supplies|supply> {good} to {buyer}[, {share} of its need]",
        ],
        ["<supplies|supply>", "<buys|buy>"],
        arrow(R::By, "supplies {good} to", &[R::To]),
    )
    .tying(&[tie(R::By, T::Supplies, R::To), tie(R::To, T::Gets, R::What)]),
    claim(
        Claim::Uses,
        H::Trade,
        &[
            must(F::By, One(MAKERS_AND_PLANTS)).is(&[R::By, R::To]),
            must(F::Good, GOOD).is(&[R::What]),
            may(F::For, GOOD).is(&[R::For]),
        ],
        [
            "{by} <uses|use> {good}[ for {for}]",
            "{good} <is|are> used by {by}[ for {for}]",
        ],
        ["<uses|use>", "<uses|use>"],
        arrow(R::What, "used by", &[R::By]),
    )
    .tying(&[tie(R::To, T::Gets, R::What)]),
    claim(
        Claim::SellsIn,
        H::Trade,
        &[
            must(F::Seller, MAKER).is(&[R::By]),
            must(F::Place, TERRITORY).is(&[R::In]),
            may(F::Good, GOOD).is(&[R::What]),
            may(F::Share, Share).held_in_good_by(R::In, W::Sales, R::By),
            may(F::Value, Amount),
        ],
        [
            "{seller} <sells|sell> [{good} ]in {place}[, {share} of its sales][ ({value})]",
            "{place} <is|are> a market of {seller}[ for {good}][, {share} of its sales]",
        ],
        ["<sells|sell>", ""],
        arrow(R::By, "sells {good} in", &[R::In]),
    )
    .measuring("sales in a market")
    .tying(&[tie(R::By, T::SellsIn, R::In)]),
    claim(
        Claim::MemberOf,
        H::Ties,
        &[
            must(F::Member, ACTOR).is(&[R::By]),
            must(F::Of, One(KindSet::of(&[Group, Organisation, Policy]))).is(&[R::What]),
        ],
        [
            "{member} <belongs|belong> to {of}",
            "{of} <includes|include> {member}",
        ],
        ["<belongs|belong> to", ""],
        arrow(R::By, "belongs to", &[R::What]),
    )
    .tying(&[tie(R::By, T::MemberOf, R::What)]),
    claim(
        Claim::Owns,
        H::Ties,
        &[
            must(F::Owner, ACTOR).is(&[R::By]),
            must(F::Owned, One(KindSet::of(&[Firm, Group, Plant, Organisation]))).is(&[R::What]),
            may(F::Share, Share).held_by(R::By, W::Ownership, R::What),
        ],
        [
            "{owner} <owns|own> [{share} of ]{owned}",
            "{owned} <belongs|belong> to {owner}[ ({share})]",
        ],
        ["<owns|own>", ""],
        arrow(R::By, "owns", &[R::What]),
    )
    .tying(&[tie(R::By, T::Owns, R::What)]),
    claim(
        Claim::Acquires,
        H::Ties,
        &[
            must(F::Buyer, MAKER).is(&[R::By, R::To]),
            must(F::Target, One(KindSet::of(&[Firm, Group, Plant, Organisation]))).is(&[R::What]),
            may(F::From, MAKER).is(&[R::From]),
            may(F::Value, Amount),
        ],
        [
            "{buyer} <acquires|acquire> {target}[ from {from}][ ({value})]",
            "{target} <is|are> acquired by {buyer}[ from {from}][ ({value})]",
        ],
        ["<acquires|acquire>", "<acquires|acquire>"],
        arrow(R::By, "acquires", &[R::What]),
    )
    .measuring("deal sum of an acquisition")
    .tying(&[tie(R::By, T::Owns, R::What)]),
    claim(
        Claim::Invests,
        H::Ties,
        &[
            must(F::Investor, ACTOR).is(&[R::By]),
            must(F::In, ANYTHING).is(&[R::What]),
            may(F::Value, Amount),
            may(F::Purpose, Text),
        ],
        [
            "{investor} <invests|invest> [{value} ]in {in}[ for {purpose}]",
            "{in} <receives|receive> [{value} ]from {investor}[ for {purpose}]",
        ],
        ["<invests|invest> in", ""],
        arrow(R::By, "invests in", &[R::What]),
    )
    .measuring("deal sum of an investment"),
    claim(
        Claim::Licenses,
        H::Ties,
        &[
            must(F::Licensor, MAKER).is(&[R::By]),
            must(F::Licensee, MAKER).is(&[R::To]),
            must(F::Good, GOOD).is(&[R::What]),
        ],
        [
            "{licensor} <licenses|license> {good} to {licensee}",
            "{licensee} <has|have> {good} under licence from {licensor}",
        ],
        ["<licenses|license>", "<has|have> a licence for"],
        arrow(R::By, "licenses {good} to", &[R::To]),
    ),
    claim(
        Claim::Partners,
        H::Ties,
        &[
            must(F::Partner, ACTOR).is(&[R::With]),
            must(F::With, ACTOR).is(&[R::With]),
            may(F::On, Text),
            may(F::Under, One(KindSet::of(&[Policy]))).is(&[R::Under]),
        ],
        [
            "{partner} <works|work> with {with}[ on {on}][ under {under}]",
            "{with} <works|work> with {partner}[ on {on}][ under {under}]",
        ],
        ["<works|work>", ""],
        arrow(R::With, "works with", &[R::With]),
    ),
    claim(
        Claim::Competes,
        H::Ties,
        &[
            must(F::Firm, ACTOR).is(&[R::With]),
            must(F::With, ACTOR).is(&[R::With]),
            may(F::In, One(GOODS.and(TERRITORIES).and(KindSet::of(&[Sector])))).is(&[R::In]),
        ],
        [
            "{firm} <competes|compete> with {with}[ in {in}]",
            "{with} <competes|compete> with {firm}[ in {in}]",
        ],
        ["<competes|compete>", ""],
        arrow(R::With, "competes with", &[R::With]),
    ),
    claim(
        Claim::Restricts,
        H::Restrictions,
        &[
            must(F::Policy, One(KindSet::of(&[Policy]))).is(&[R::Under]),
            must(F::By, One(KindSet::of(&[Economy, Organisation]))).is(&[R::By]),
            must(F::Good, GOOD).or(F::Towards, COMPANIES).is(&[R::What]),
            may(F::Towards, MAKER).is(&[R::Towards]),
            must(F::Measure, Slot::Choice(MEASURES)),
            may(F::Rate, Amount),
        ],
        [
            "{by} <restricts|restrict> {good}[ towards {towards}]: {policy}[, {rate}]",
            "{good} from {by} <is|are> under {policy}",
        ],
        ["<restricts|restrict>", ""],
        arrow(R::Under, "restricts", &[R::What, R::Towards]),
    )
    .measuring("{measure} rate")
    .without(
        F::Good,
        [
            "{by} <restricts|restrict> trade with {towards}: {policy}[, {rate}]",
            "{towards} <is|are> restricted by {by}: {policy}[, {rate}]",
        ],
        "restricts",
    )
    .warning(F::Measure, Some("export-control"), "a control, not a ban")
    .tying(&[tie(R::Under, T::PolicyOf, R::By)]),
    claim(
        Claim::Plans,
        H::Plans,
        &[
            must(F::Actor, ACTOR).is(&[R::By]),
            must(F::What, Text),
            may(F::Good, GOOD).is(&[R::What]),
            may(F::At, One(SITES)).is(&[R::In]),
            may(F::ByWhen, Slot::Date),
            may(F::Value, Amount),
        ],
        [
            "{actor} <plans|plan> to {what}[, {value}][, by {by_when}]",
            "{actor} <plans|plan> to {what}[, {value}][, by {by_when}]",
        ],
        ["<plans|plan> for", ""],
        arrow(R::By, "plans", &[R::What, R::In]),
    )
    .measuring("sum of a plan")
    .in_mood(Mood::Plan),
    claim(
        Claim::Targets,
        H::Plans,
        &[
            must(F::Actor, ACTOR).is(&[R::By]),
            must(F::What, Text),
            may(F::Good, GOOD).is(&[R::What]),
            may(F::Start, Amount),
            may(F::Goal, Amount),
            may(F::ByWhen, Slot::Date),
        ],
        [
            "{actor} <has|have> a target: {what}[, from {start}][, to {goal}][, by {by_when}]",
            "{actor} <has|have> a target: {what}[, from {start}][, to {goal}][, by {by_when}]",
        ],
        ["<has|have> targets for", ""],
        arrow(R::By, "aims at", &[R::What]),
    )
    .measuring("{what}")
    .in_mood(Mood::Target),
    claim(
        Claim::Figure,
        H::Figures,
        &[
            must(F::Subject, ANYTHING).is(&[R::By]),
            must(F::Measure, Text),
            must(F::Value, Amount),
            may(F::Period, Slot::Period),
            may(F::Towards, One(MAKERS.and(TERRITORIES))).is(&[R::Towards]),
            may(F::Good, GOOD).is(&[R::What]),
        ],
        [
            "{subject}: {measure}[, {good}][, {towards}][, {period}]: {value}",
            "{subject}: {measure}[, {good}][, {towards}][, {period}]: {value}",
        ],
        ["<has|have> figures on", ""],
        None,
    )
    .measuring("{measure}"),
    claim(
        Claim::Says,
        H::Statements,
        &[may(F::Speaker, ACTOR).is(&[R::By]), must(F::About, Many(KindSet::ANY)).is(&[R::What]), must(F::Gist, Text)],
        [
            "[{speaker} <says|say> that ]{gist}",
            "[{speaker} <says|say> that ]{gist}",
        ],
        ["<speaks|speak> of", ""],
        arrow(R::By, "speaks of", &[R::What]),
    )
    .in_mood(Mood::Statement),
    claim(
        Claim::Holds,
        H::Posts,
        &[
            must(F::Person, One(KindSet::of(&[Person]))).is(&[R::By]),
            must(F::Post, Text),
            must(F::At, MAKER).is(&[R::What]),
        ],
        [
            "{person}: {post}, {at}",
            "{at}: {person}, {post}",
        ],
        ["<holds|hold> a post at", ""],
        arrow(R::By, "{post}", &[R::What]),
    ),
    claim(
        Claim::Hosts,
        H::Posts,
        &[
            must(F::Host, ACTOR).is(&[R::By]),
            must(F::Event, One(KindSet::of(&[Event]))).is(&[R::What]),
            may(F::Place, TERRITORY).is(&[R::In]),
        ],
        [
            "{host} <hosts|host> {event}[ in {place}]",
            "{event} <is|are> hosted by {host}[ in {place}]",
        ],
        ["<hosts|host>", ""],
        arrow(R::By, "hosts", &[R::What]),
    ),
    claim(
        Claim::Attends,
        H::Posts,
        &[must(F::Who, ACTOR).is(&[R::By]), must(F::Event, One(KindSet::of(&[Event]))).is(&[R::What])],
        [
            "{who} <takes|take> part in {event}",
            "{event} <is|are> attended by {who}",
        ],
        ["<takes|take> part in", ""],
        arrow(R::By, "takes part in", &[R::What]),
    ),
    claim(
        Claim::Authorises,
        H::Posts,
        &[
            must(F::Regulator, One(KindSet::of(&[Organisation, Economy]))).is(&[R::By]),
            must(F::Good, GOOD).is(&[R::What]),
            may(F::Holder, MAKER).is(&[R::To]),
            may(F::In, TERRITORY).is(&[R::In]),
        ],
        [
            "{regulator} <authorises|authorise> {good}[ of {holder}][ in {in}]",
            "{good}[ of {holder}] <is|are> authorised by {regulator}[ in {in}]",
        ],
        ["<authorises|authorise>", "<has|have> leave for"],
        arrow(R::By, "authorises", &[R::What]),
    ),
];

impl Claim {
    /// What the claim looks like.
    pub fn form(self) -> &'static ClaimForm {
        &CLAIMS[self as usize]
    }

    /// Whether facts of this claim and status were so before anybody wrote of them.
    pub fn holds_at_every_date(self, status: Status) -> bool {
        self.form().mood.holds_at_every_date(status)
    }
}

const ENTITY_FIELDS: &[FieldForm] = &[
    must(F::Id, Slot::Id),
    must(F::En, Text),
    may(F::Ko, Text),
    may(F::Zh, Text),
    may(F::Aliases, Slot::Texts),
    may(F::Note, Text),
];

const HOME: FieldForm = may(F::Home, ECONOMY);
const ACTS_FOR: FieldForm = may(F::ActsFor, ECONOMY);

/// What else those of a kind may have: where they are of, and for whom they act.
const fn ties_of(kind: EntityKind) -> &'static [FieldForm] {
    match kind {
        Firm | Group => &[HOME],
        Organisation => &[HOME, ACTS_FOR],
        Person => &[ACTS_FOR],
        _ => &[],
    }
}

const DOCUMENT_FIELDS: &[FieldForm] = &[
    must(F::Id, Slot::Id),
    must(F::Title, Text),
    must(F::Publisher, Text),
    may(F::Date, Slot::Date),
    may(F::Undated, Text),
    may(F::Earliest, Slot::Date),
    may(F::Latest, Slot::Date),
    may(F::ThisMonth, Slot::Date),
    may(F::Care, Text),
    may(F::Passages, Slot::Passages),
];

const NOTHING_FIELDS: &[FieldForm] = &[
    must(F::Doc, Slot::Document),
    must(F::At, Slot::Passages),
    must(F::Why, Text),
];

const FACT_FIELDS: &[FieldForm] = &[
    may(F::Since, Slot::Date),
    may(F::Until, Slot::Date),
    may(F::AsOf, Slot::Date),
    may(F::Caveat, Text),
    may(F::Note, Text),
    may(F::Conflict, Text),
    may(F::Evidence, Slot::Evidence),
];

const EVIDENCE_FIELDS: &[FieldForm] = &[
    may(F::By, ACTOR),
    may(F::ByUnnamed, Text),
    may(F::Note, Text),
    may(F::Garbled, Slot::Texts),
    may(F::Unnamed, Many(KindSet::ANY)),
];
const CITED_FIELDS: &[FieldForm] = &[
    must(F::Doc, Slot::Document),
    must(F::At, Slot::Passage),
    may(F::Read, Slot::Texts),
];
const INFERRED_FIELDS: &[FieldForm] = &[
    must(F::Why, Text),
    may(F::Doc, Slot::Document),
    may(F::At, Slot::Passage),
];

/// The form of the record that begins with this word.
pub fn record_form(head: &str) -> Option<Form> {
    let form = |sort, head, own, common| {
        Some(Form {
            sort,
            head,
            own,
            common,
        })
    };
    if let Some(claim) = Claim::from_word(head) {
        return form(
            Sort::Fact(claim),
            claim.word(),
            claim.form().fields,
            FACT_FIELDS,
        );
    }
    if let Some(kind) = EntityKind::from_word(head) {
        return form(
            Sort::Entity(kind),
            kind.word(),
            ENTITY_FIELDS,
            ties_of(kind),
        );
    }
    match head {
        "Document" => form(Sort::Document, "Document", DOCUMENT_FIELDS, &[]),
        "Nothing" => form(Sort::Nothing, "Nothing", NOTHING_FIELDS, &[]),
        _ => None,
    }
}

/// Every word that can begin a record.
pub fn record_heads() -> impl Iterator<Item = &'static str> {
    let claims = Claim::ALL.iter().map(|claim| claim.word());
    let kinds = EntityKind::ALL.iter().map(|kind| kind.word());
    ["Document", "Nothing"]
        .into_iter()
        .chain(kinds)
        .chain(claims)
}

const EVIDENCE_HEADS: [(&str, Status); 7] = [
    ("Reported", Status::Reported),
    ("Official", Status::Official),
    ("Plan", Status::Plan),
    ("Target", Status::Target),
    ("Forecast", Status::Forecast),
    ("Opinion", Status::Opinion),
    ("InferredByCurator", Status::InferredByCurator),
];

/// The form of the piece of evidence that begins with this word.
pub fn evidence_form(head: &str) -> Option<Form> {
    let &(head, status) = EVIDENCE_HEADS.iter().find(|(word, _)| *word == head)?;
    let own = if status == Status::InferredByCurator {
        INFERRED_FIELDS
    } else {
        CITED_FIELDS
    };
    Some(Form {
        sort: Sort::Evidence(status),
        head,
        own,
        common: EVIDENCE_FIELDS,
    })
}

/// Every word that can begin a piece of evidence.
pub fn evidence_heads() -> impl Iterator<Item = &'static str> {
    EVIDENCE_HEADS.iter().map(|(head, _)| *head)
}

#[cfg(test)]
mod rows;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_stand_in_the_order_of_their_enum() {
        for (at, form) in CLAIMS.iter().enumerate() {
            assert_eq!(form.claim as usize, at, "{}", form.claim);
        }
        assert_eq!(CLAIMS.len(), Claim::ALL.len());
    }

    #[test]
    fn sentences_name_only_fields_of_their_claim() {
        for form in CLAIMS {
            let otherwise = form
                .otherwise
                .into_iter()
                .flat_map(|it| [it.reads, it.reversed]);
            for sentence in otherwise.chain([form.reads, form.reversed]) {
                for word in sentence
                    .split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('}'))
                {
                    assert!(
                        form.fields.iter().any(|field| field.field.word() == word.0),
                        "{}: {}",
                        form.claim,
                        word.0
                    );
                }
            }
        }
    }

    #[test]
    fn caveats_follow_from_fields_and_words_of_their_claim() {
        for form in CLAIMS {
            let Some(implied) = form.implied else {
                continue;
            };
            let slot = form
                .fields
                .iter()
                .find(|field| field.field == implied.field)
                .map(|field| field.slot);
            let is_right = match (slot, implied.word) {
                (Some(Slot::Choice(words)), Some(word)) => words.contains(&word),
                (slot, word) => slot.is_some() && word.is_none(),
            };
            assert!(is_right, "{}: {}", form.claim, implied.field);
        }
    }

    #[test]
    fn a_role_is_played_in_every_field_of_entities_and_in_no_other() {
        for form in CLAIMS {
            for field in form.fields {
                let holds_entities = matches!(field.slot, One(_) | Many(_));
                assert_eq!(
                    holds_entities,
                    !field.roles.is_empty(),
                    "{}: {}",
                    form.claim,
                    field.field
                );
            }
            for field in record_form(form.claim.word()).unwrap().common {
                assert!(!matches!(field.slot, One(_) | Many(_)), "{}", field.field);
            }
        }
    }

    #[test]
    fn every_claim_says_who_does_it_and_to_or_with_what() {
        for form in CLAIMS {
            let has = |role: Role| form.fields_of(role).next().is_some();
            assert!(
                has(R::By) && (has(R::What) || has(R::In)) || form.fields_of(R::With).count() == 2,
                "{}",
                form.claim
            );
        }
    }

    #[test]
    fn no_role_is_played_twice_but_with_each_other() {
        for form in CLAIMS {
            for role in Role::ALL {
                let fields = form.fields_of(*role).count();
                assert!(fields <= 1 || *role == R::With, "{}: {role}", form.claim);
            }
        }
    }

    #[test]
    fn who_gets_something_has_a_verb() {
        for form in CLAIMS {
            let [does, gets] = form.verbs;
            assert!(!does.is_empty(), "{}", form.claim);
            assert_eq!(
                form.fields_of(R::To).next().is_some(),
                !gets.is_empty(),
                "{}",
                form.claim
            );
        }
    }

    #[test]
    fn heads_are_distinct() {
        let mut heads: Vec<_> = record_heads().chain(evidence_heads()).collect();
        let all = heads.len();
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), all);
    }
}
