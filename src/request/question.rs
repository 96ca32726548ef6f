//! Requests as values. A [`Request`] names what it is about as far as it has been read: as written,
//! as sets of names, or, as a [`Question`], with everything looked up, so that answering can't fail.

use serde::{Deserialize, Serialize};

use super::set::Set;
use super::subject::Subject;
use super::words;
use crate::facts::{Catalogue, Claim, DocumentIx, EntityKind, Period, Role, Status};
use crate::graph::{Arc, ArcIx, Channel, Direction, Follow, Graph, Node, NodeIx, Standing};

/// How many chains `why` shows unless told otherwise.
pub const DEFAULT_CHAINS: usize = 3;

/// How many chains `why` can be asked for: with each, the search takes longer, and nobody reads
/// more.
pub const MOST_CHAINS: usize = 100;

/// Something that is cut, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut<S = Set<Subject>> {
    /// What is cut: all of a set. A policy stands for all that it keeps from being exported.
    pub of: S,
    /// The part of each that is gone, from 0 to 1.
    #[serde(default = "all", skip_serializing_if = "is_all")]
    pub part: f64,
}

fn all() -> f64 {
    1.0
}

#[allow(clippy::float_cmp)] // as it was written
fn is_all(part: &f64) -> bool {
    *part == all()
}

impl<S> Cut<S> {
    /// All of it.
    pub fn whole(of: impl Into<S>) -> Self {
        Cut {
            of: of.into(),
            part: all(),
        }
    }
}

impl Cut<Subject> {
    /// The nodes that are cut, each with the part of it that is gone.
    pub(crate) fn nodes(self, catalogue: &Catalogue, graph: &Graph) -> Vec<(NodeIx, f64)> {
        let restricted = self
            .restricted(catalogue, graph)
            .into_iter()
            .map(|ix| graph.arc(ix).from);
        let nodes = self
            .of
            .target_nodes(catalogue, graph)
            .into_iter()
            .chain(restricted);
        nodes.map(|node| (node, self.part)).collect()
    }

    /// The arcs by which what a policy keeps from being exported leads to the policy: from all that
    /// comes from somewhere, and to that from what is made there.
    pub(crate) fn restricted(self, catalogue: &Catalogue, graph: &Graph) -> Vec<ArcIx> {
        let into = |nodes: &[NodeIx], channel: Channel| -> Vec<ArcIx> {
            let is_wanted =
                |arc: &Arc| graph.channel(arc) == channel && arc.standing == Standing::Documented;
            graph
                .arcs_at(nodes, Direction::Dependents)
                .filter(|&ix| is_wanted(graph.arc(ix)))
                .collect()
        };
        let mut arcs = into(&self.of.target_nodes(catalogue, graph), Channel::Policy);
        arcs.retain(|&ix| {
            matches!(
                graph.node(graph.arc(ix).from),
                Node::Origin { .. } | Node::Supply { .. }
            )
        });
        let origins: Vec<NodeIx> = arcs.iter().map(|&ix| graph.arc(ix).from).collect();
        let made = into(&origins, Channel::Origin)
            .into_iter()
            .filter(|&ix| graph.readings(ix).is_empty());
        arcs.into_iter().chain(made).collect()
    }
}

/// Which rows of an answer are wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "S: Deserialize<'de>"))]
pub struct Filter<S = Set<Subject>> {
    /// Entities of these kinds; all where empty.
    #[serde(
        default,
        rename = "kind",
        with = "words::kinds",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub kinds: Vec<EntityKind>,
    /// What is in this territory: places, plants and firms with their seat there, and what is
    /// supplied from there.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub within: Option<S>,
    /// Firms, groups, organisations and people of this economy, wherever they are, and what they
    /// supply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<S>,
    /// At most this many facts away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<u32>,
}

impl<S> Default for Filter<S> {
    /// Every row.
    fn default() -> Self {
        Filter {
            kinds: Vec::new(),
            within: None,
            from: None,
            depth: None,
        }
    }
}

impl<S: PartialEq> Filter<S> {
    fn is_open(&self) -> bool {
        *self == Filter::default()
    }
}

/// Which facts are wanted; what is left open lets all pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    bound(deserialize = "S: Deserialize<'de>, D: Deserialize<'de>")
)]
pub struct FactFilter<S = Set<Subject>, D = DocumentIx> {
    /// Facts of these claims.
    #[serde(default, rename = "claim", skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// Facts about any of these, whatever its role, or said by it.
    #[serde(default, rename = "entity", skip_serializing_if = "Option::is_none")]
    pub about: Option<S>,
    /// Facts in which each role is played by one of a set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<(Role, S)>,
    /// Whether kinds of these entities count too.
    #[serde(default, rename = "kinds", skip_serializing_if = "std::ops::Not::not")]
    pub with_kinds: bool,
    /// The role that is asked for: facts in which nobody else plays it are left out.
    #[serde(default, rename = "ask", skip_serializing_if = "Option::is_none")]
    pub open: Option<Role>,
    /// Of these kinds must be who plays the role that is asked for; all where empty.
    #[serde(
        default,
        rename = "kind",
        with = "words::kinds",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub kinds: Vec<EntityKind>,
    /// Of the facts that are left, those with most of these words (as
    /// [`name_key`](crate::facts::name_key) writes them) in their sentence.
    #[serde(default, with = "words::keys", skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Facts that this document supports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<D>,
    /// Facts with evidence of this status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Restrictions of these measures: `export-control`, `tariff`; all facts where empty.
    #[serde(
        default,
        rename = "measure",
        with = "words::measures",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub measures: Vec<&'static str>,
}

impl<S, D> Default for FactFilter<S, D> {
    /// Every fact.
    fn default() -> Self {
        FactFilter {
            claims: Vec::new(),
            about: None,
            roles: Vec::new(),
            with_kinds: false,
            open: None,
            kinds: Vec::new(),
            words: Vec::new(),
            document: None,
            status: None,
            measures: Vec::new(),
        }
    }
}

/// A time as people name it: "November", "November 2023", "2022-Q1", "2021".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// This month, whatever the year.
    Month(u8),
    /// This period.
    Period(Period),
}

impl When {
    /// Reads a time: a date or period as in the RON files, the name of a month, or a month and a
    /// year.
    ///
    /// ```
    /// use hanjung::request::When;
    ///
    /// assert_eq!(When::parse("nov"), Some(When::Month(11)));
    /// assert_eq!(When::parse("November 2023"), When::parse("2023-11"));
    /// assert_eq!(When::parse("2022 to 2023"), When::parse("2022/2023"));
    /// assert_eq!(When::parse("soon"), None);
    /// ```
    pub fn parse(text: &str) -> Option<When> {
        if let Some(period) = Period::parse(&text.replace(" to ", "/")) {
            return Some(When::Period(period));
        }
        let (name, year) = text
            .split_once(' ')
            .map_or((text, None), |(name, year)| (name, Some(year)));
        let month = month(name)?;
        match year {
            None => Some(When::Month(month)),
            Some(year) => Period::parse(&format!("{year}-{month:02}")).map(When::Period),
        }
    }

    /// Whether a period is the time meant or lies within it.
    ///
    /// ```
    /// use hanjung::facts::Period;
    /// use hanjung::request::When;
    ///
    /// let november = Period::parse("2023-11").unwrap();
    /// assert!(When::parse("2023").unwrap().has(november));
    /// assert!(!When::Period(november).has(Period::parse("2023").unwrap()));
    /// ```
    pub fn has(self, period: Period) -> bool {
        match self {
            When::Period(wanted) => {
                let begins = wanted.from.first_day() <= period.from.first_day();
                begins && period.to.last_day() <= wanted.to.last_day()
            }
            When::Month(month) => {
                let ((year, from, _), (to_year, to, _)) =
                    (period.from.first_day(), period.to.last_day());
                (year, from, to) == (to_year, month, month)
            }
        }
    }

    /// Whether a period is just the time meant.
    pub fn is(self, period: Period) -> bool {
        match self {
            When::Period(wanted) => wanted == period,
            When::Month(month) => {
                let ((year, from, _), (to_year, to, _)) =
                    (period.from.first_day(), period.to.last_day());
                (year, from) == (to_year, to)
                    && from == month
                    && period.from.last_day() == period.to.last_day()
            }
        }
    }
}

/// The names of the months, as they are matched.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| name.len() >= 3 && month.starts_with(&name))?;
    Some(at as u8 + 1)
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            When::Month(month) => f.write_str(MONTHS[usize::from(*month) - 1]),
            When::Period(period) => period.fmt(f),
        }
    }
}

impl Serialize for When {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        When::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "“{text}” is no time: write 2023, 2023-Q4, 2023-11, november, or two dates with /"
            ))
        })
    }
}

/// Which figures are wanted; what is left open lets all pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "S: Deserialize<'de>"))]
pub struct FigureFilter<S = Set<Subject>> {
    /// Figures of any of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<S>,
    /// What they measure, as far as it is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// Figures of any of these goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good: Option<S>,
    /// Figures towards any of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub towards: Option<S>,
    /// Figures of this time, or of one within it.
    #[serde(default, rename = "period", skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

impl<S> Default for FigureFilter<S> {
    /// Every figure.
    fn default() -> Self {
        FigureFilter {
            of: None,
            measure: None,
            good: None,
            towards: None,
            when: None,
        }
    }
}

/// A request with everything in it looked up.
pub type Question = Request<Set<Subject>, DocumentIx>;

/// What is asked. `S` is how far the sets in it have been read, `D` how a document is named. Of
/// several things it is asked of any one of them, unless it says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    rename_all = "kebab-case",
    deny_unknown_fields,
    bound(
        serialize = "S: Serialize + PartialEq, D: Serialize",
        deserialize = "S: Deserialize<'de>, D: Deserialize<'de>"
    )
)]
#[non_exhaustive]
pub enum Request<S = Set<Subject>, D = DocumentIx> {
    /// Who or what is in a set?
    Select {
        /// The set.
        set: S,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// How many are in a set?
    Count {
        /// The set.
        set: S,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// What do sets have in common, and what not?
    Compare {
        /// The sets, two or more.
        sets: Vec<S>,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// Who depends on it?
    Dependents {
        /// On what.
        of: S,
        /// Which rows.
        #[serde(default, rename = "rows", skip_serializing_if = "Filter::is_open")]
        filter: Filter<S>,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// What does it depend on?
    Dependencies {
        /// Whose dependencies.
        of: S,
        /// Which rows.
        #[serde(default, rename = "rows", skip_serializing_if = "Filter::is_open")]
        filter: Filter<S>,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// Why does one depend on the other?
    Why {
        /// The dependent.
        from: S,
        /// What it depends on.
        to: S,
        /// Only chains that lead through one of these.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        through: Option<S>,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
        /// How many chains at most, from 1 to [`MOST_CHAINS`].
        #[serde(default = "usual_chains")]
        most: usize,
    },
    /// How exposed is one to the other, and through what?
    Exposure {
        /// What is exposed.
        of: S,
        /// To what: to all of a set together.
        to: S,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// Who is exposed to it, and how much?
    Exposed {
        /// To what: to all of a set together.
        to: S,
        /// Which rows.
        #[serde(default, rename = "rows", skip_serializing_if = "Filter::is_open")]
        filter: Filter<S>,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// What is it exposed to, and how much?
    Exposures {
        /// What is exposed.
        of: S,
        /// Which rows.
        #[serde(default, rename = "rows", skip_serializing_if = "Filter::is_open")]
        filter: Filter<S>,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// What is lost if these are cut?
    WhatIf {
        /// What is cut, all together.
        cuts: Vec<Cut<S>>,
        /// Which rows.
        #[serde(default, rename = "rows", skip_serializing_if = "Filter::is_open")]
        filter: Filter<S>,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// How do the bounds of the loss of one come about if these are cut?
    Explain {
        /// What is cut, all together.
        cuts: Vec<Cut<S>>,
        /// Whose loss.
        of: S,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// What can't be gone around?
    Chokepoints {
        /// By whom; by any firm where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<S>,
        /// Which rows.
        #[serde(default, rename = "rows", skip_serializing_if = "Filter::is_open")]
        filter: Filter<S>,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// Which cuts, as few as can be, stop it entirely?
    Stoppers {
        /// What is stopped.
        of: S,
        /// Which arcs.
        #[serde(default, rename = "include", skip_serializing_if = "Follow::is_usual")]
        follow: Follow,
    },
    /// Who makes and buys a good and its kinds, and what goes into them?
    Sector {
        /// The good; of anything else, the facts that name it are told.
        of: S,
        /// Only makers and buyers in this territory, and what concerns them.
        #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
        within: Option<S>,
        /// Only makers and buyers of this economy, and what concerns them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<S>,
    },
    /// What does most depend on?
    Overview,
    /// What is known of it?
    Show {
        /// The entity.
        of: S,
    },
    /// Which entities of some kind are there?
    List {
        /// Of these kinds; all where empty.
        #[serde(
            default,
            rename = "kind",
            with = "words::kinds",
            skip_serializing_if = "Vec::is_empty"
        )]
        kinds: Vec<EntityKind>,
        /// In this territory.
        #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
        within: Option<S>,
        /// Of this economy.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<S>,
    },
    /// Which entities have a text in their names?
    Find {
        /// The text.
        text: String,
    },
    /// Which documents are there?
    Documents,
    /// Which facts are there?
    Facts(FactFilter<S, D>),
    /// Which figures are there?
    Figures(FigureFilter<S>),
    /// Which facts contradict each other?
    Conflicts,
    /// What happened when?
    Timeline {
        /// About this; about everything where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<S>,
    },
    /// What is planned or aimed at?
    Plans {
        /// About this; about everything where left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<S>,
    },
    /// What became of each passage of the documents?
    Coverage,
}

impl<S, D> Request<S, D> {
    /// Which arcs it follows, if it follows any.
    pub fn follow(&self) -> Option<&Follow> {
        match self {
            Request::Select { follow, .. }
            | Request::Count { follow, .. }
            | Request::Compare { follow, .. }
            | Request::Dependents { follow, .. }
            | Request::Dependencies { follow, .. }
            | Request::Why { follow, .. }
            | Request::Exposure { follow, .. }
            | Request::Exposed { follow, .. }
            | Request::Exposures { follow, .. }
            | Request::WhatIf { follow, .. }
            | Request::Explain { follow, .. }
            | Request::Chokepoints { follow, .. }
            | Request::Stoppers { follow, .. } => Some(follow),
            Request::Sector { .. }
            | Request::Overview
            | Request::Show { .. }
            | Request::List { .. }
            | Request::Find { .. }
            | Request::Documents
            | Request::Facts(_)
            | Request::Figures(_)
            | Request::Conflicts
            | Request::Timeline { .. }
            | Request::Plans { .. }
            | Request::Coverage => None,
        }
    }

    /// The same, to be changed.
    pub fn follow_mut(&mut self) -> Option<&mut Follow> {
        match self {
            Request::Select { follow, .. }
            | Request::Count { follow, .. }
            | Request::Compare { follow, .. }
            | Request::Dependents { follow, .. }
            | Request::Dependencies { follow, .. }
            | Request::Why { follow, .. }
            | Request::Exposure { follow, .. }
            | Request::Exposed { follow, .. }
            | Request::Exposures { follow, .. }
            | Request::WhatIf { follow, .. }
            | Request::Explain { follow, .. }
            | Request::Chokepoints { follow, .. }
            | Request::Stoppers { follow, .. } => Some(follow),
            Request::Sector { .. }
            | Request::Overview
            | Request::Show { .. }
            | Request::List { .. }
            | Request::Find { .. }
            | Request::Documents
            | Request::Facts(_)
            | Request::Figures(_)
            | Request::Conflicts
            | Request::Timeline { .. }
            | Request::Plans { .. }
            | Request::Coverage => None,
        }
    }
}

fn usual_chains() -> usize {
    DEFAULT_CHAINS
}
