//! What the fields of a claim are to each other, and what else its row in the vocabulary says for
//! others to read: words of which each place that reads them knows all.

use super::status::Status;
use crate::text::word_enum;

word_enum! {
    /// What part an entity plays in a claim. Two who do the same with each other play the same one.
    pub enum Role {
        /// Who does it, or of what it is said.
        By = "by",
        /// What it is done to, or said of it.
        What = "what",
        /// Who gets the good, firm, licence or leave.
        To = "to",
        /// Whom it is taken from.
        From = "from",
        /// One of those who do it with each other.
        With = "with",
        /// Whom it is directed at.
        Towards = "towards",
        /// Where.
        In = "in",
        /// What for.
        For = "for",
        /// Under which policy.
        Under = "under",
    }
}

word_enum! {
    /// What a claim is about: its facts are listed together with others of the same heading, in
    /// this order.
    pub enum Heading {
        /// What is a kind of what.
        Kinds = "kinds",
        /// What goes into what.
        Inputs = "inputs",
        /// Who makes, develops or runs what.
        Making = "making",
        /// What is where.
        Places = "places",
        /// Who sells, buys or uses what.
        Trade = "trade",
        /// Who has to do with whom.
        Ties = "ties",
        /// Who restricts trade.
        Restrictions = "restrictions",
        /// Figures.
        Figures = "figures",
        /// Posts, events and authorisations.
        Posts = "posts",
        /// What somebody says.
        Statements = "statements",
        /// What somebody plans or aims at.
        Plans = "plans",
    }
}

/// What is said in stating a claim: that something is so, or only that somebody means or says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// That it is so, and was before anybody wrote of it.
    Lasting,
    /// That it is so, from some day or on some day.
    Present,
    /// That somebody means to do it.
    Plan,
    /// That somebody aims at it.
    Target,
    /// That somebody says it.
    Statement,
}

impl Mood {
    /// Whether something is stated to be so, if the evidence carries that far.
    pub const fn is_of_facts(self) -> bool {
        matches!(self, Mood::Lasting | Mood::Present)
    }

    /// Whether it is stated what somebody intends, whatever the evidence.
    pub const fn is_intent(self) -> bool {
        matches!(self, Mood::Plan | Mood::Target)
    }

    /// Whether facts with this evidence were so before anybody wrote of them: what lasts, and what
    /// a curator infers; not that one thing replaces another, nor a plan.
    pub const fn holds_at_every_date(self, status: Status) -> bool {
        let is_lasting = matches!(self, Mood::Lasting) && status.is_actual();
        is_lasting || matches!(status, Status::InferredByCurator)
    }
}

word_enum! {
    /// What one who plays a role in a claim is to another.
    pub enum Tie {
        /// Is a kind of it.
        KindOf = "kind-of",
        /// Is a territory within it.
        PartOf = "part-of",
        /// Stands in it.
        StandsIn = "stands-in",
        /// Has its seat there, and may do anything elsewhere.
        SeatedIn = "seated-in",
        /// Is a policy of it.
        PolicyOf = "policy-of",
        /// Is one of its members.
        MemberOf = "member-of",
        /// Owns it.
        Owns = "owns",
        /// Runs it, or makes something there.
        WorksAt = "works-at",
        /// Supplies it.
        Supplies = "supplies",
        /// Gets it, to make something of it or for whatever it is good for.
        Gets = "gets",
        /// Has a market there.
        SellsIn = "sells-in",
    }
}

impl Tie {
    /// Whether nothing can be tied so to itself, over however many others.
    pub const fn is_an_order(self) -> bool {
        matches!(self, Tie::KindOf | Tie::PartOf)
    }
}

/// Two roles of a claim, and what who plays the one is to who plays the other.
#[derive(Clone, Copy, Debug)]
pub struct Tied {
    /// What.
    pub tie: Tie,
    /// The one.
    pub one: Role,
    /// The other.
    pub other: Role,
}

/// The arrow of a claim's facts when they are drawn by themselves.
///
/// It begins at who plays a role, in the first field that has it, and ends at who plays another, in
/// the last field that has it: so do two who play the same.
#[derive(Clone, Copy, Debug)]
pub struct ArrowForm {
    /// Where it begins.
    pub from: Role,
    /// What the one does to the other. `{field}` stands for what is in the field.
    pub verb: &'static str,
    /// Where it ends: at the first of these that anybody plays.
    pub to: &'static [Role],
}

/// What a share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whole {
    /// The world's supply.
    WorldSupply,
    /// All that somebody makes.
    Output,
    /// All that somebody does.
    Business,
    /// What somebody needs.
    Need,
    /// What somebody sells.
    Sales,
    /// Who owns something.
    Ownership,
}

/// Who holds a share of which whole.
#[derive(Clone, Copy, Debug)]
pub struct ShareOf {
    /// What the whole is.
    pub whole: Whole,
    /// Whose it is, or of what.
    pub of: Role,
    /// The good that it is of alone, if there is one.
    pub good: Option<Role>,
    /// Who or what has the share.
    pub holder: Role,
}
