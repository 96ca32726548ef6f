//! Questions as values: everything in them is looked up already, so answering can't fail.

use crate::facts::{Catalogue, Claim, DocumentIx, EntityIx, EntityKind, Period, Role, Status};
use crate::graph::{Arc, ArcIx, Channel, Direction, Follow, Graph, Node, NodeIx, Standing};

/// How many chains `why` shows unless told otherwise.
pub const DEFAULT_CHAINS: usize = 3;

/// How many chains `why` can be asked for: with each, the search takes longer, and nobody reads
/// more.
pub const MOST_CHAINS: usize = 100;

/// What a question is about: an entity, or one maker's output of a good ("graphite from China"). Of
/// an economy, that is what it makes and what is made on its territory, by whomever; asked who
/// depends on it, with the kinds of the good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Subject {
    /// An entity.
    Entity(EntityIx),
    /// One maker's output of a good.
    Supply {
        /// The maker.
        by: EntityIx,
        /// The good.
        good: EntityIx,
    },
}

impl Subject {
    /// The nodes that stand for it when it is asked what it depends on.
    pub(crate) fn subject_nodes(self, catalogue: &Catalogue, graph: &Graph) -> Vec<NodeIx> {
        match self {
            Subject::Entity(entity) => graph.subject_nodes(catalogue, entity),
            Subject::Supply { by, good } => graph.output(by, good).into_iter().collect(),
        }
    }

    /// The nodes that stand for it when it is asked who depends on it.
    pub(crate) fn target_nodes(self, catalogue: &Catalogue, graph: &Graph) -> Vec<NodeIx> {
        match self {
            Subject::Entity(entity) => graph.target_nodes(catalogue, entity),
            Subject::Supply { by, good } => graph.output_as_target(by, good),
        }
    }

    /// The entity; of one maker's output, the maker.
    pub fn owner(self) -> EntityIx {
        match self {
            Subject::Entity(entity) => entity,
            Subject::Supply { by, .. } => by,
        }
    }

    /// The entity, if it is one.
    pub fn entity(self) -> Option<EntityIx> {
        match self {
            Subject::Entity(entity) => Some(entity),
            Subject::Supply { .. } => None,
        }
    }
}

/// Something that is cut, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// What is cut. A policy stands for all that it keeps from being exported.
    pub of: Subject,
    /// The part that is gone, from 0 to 1.
    pub part: f64,
}

impl Cut {
    /// All of it.
    pub fn whole(of: Subject) -> Self {
        Cut { of, part: 1.0 }
    }

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Entities of these kinds; all where empty.
    pub kinds: Vec<EntityKind>,
    /// What is in this territory: places, plants and firms with their seat there, and what is
    /// supplied from there.
    pub within: Option<EntityIx>,
    /// Firms, groups, organisations and people of this economy, wherever they are, and what they
    /// supply.
    pub from: Option<EntityIx>,
    /// At most this many facts away.
    pub depth: Option<u32>,
}

/// Which facts are wanted; what is left open lets all pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactFilter {
    /// Facts of these claims.
    pub claims: Vec<Claim>,
    /// Facts about this entity, whatever its role, or said by it.
    pub about: Option<EntityIx>,
    /// Facts in which each of these plays its role.
    pub roles: Vec<(Role, EntityIx)>,
    /// Whether kinds of these entities count too.
    pub with_kinds: bool,
    /// The role that is asked for: facts in which nobody else plays it are left out.
    pub open: Option<Role>,
    /// Of these kinds must be who plays the role that is asked for; all where empty.
    pub kinds: Vec<EntityKind>,
    /// Of the facts that are left, those with most of these words (as
    /// [`name_key`](crate::facts::name_key) writes them) in their sentence.
    pub words: Vec<String>,
    /// Facts that this document supports.
    pub document: Option<DocumentIx>,
    /// Facts with evidence of this status.
    pub status: Option<Status>,
    /// Restrictions of these measures: `export-control`, `tariff`; all facts where empty.
    pub measures: Vec<&'static str>,
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
    /// assert_eq!(When::parse("soon"), None);
    /// ```
    pub fn parse(text: &str) -> Option<When> {
        if let Some(period) = Period::parse(text) {
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

/// Which figures are wanted; what is left open lets all pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureFilter {
    /// Figures of this entity.
    pub of: Option<EntityIx>,
    /// What they measure, as far as it is named.
    pub measure: Option<String>,
    /// Figures of this good.
    pub good: Option<EntityIx>,
    /// Figures towards this entity.
    pub towards: Option<EntityIx>,
    /// Figures of this time, or of one within it.
    pub when: Option<When>,
}

/// A question, with everything in it looked up.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Question {
    /// Who depends on it?
    Dependents {
        /// On what.
        of: Subject,
        /// Which rows.
        filter: Filter,
        /// Which arcs.
        follow: Follow,
    },
    /// What does it depend on?
    Dependencies {
        /// Whose dependencies.
        of: Subject,
        /// Which rows.
        filter: Filter,
        /// Which arcs.
        follow: Follow,
    },
    /// Why does one depend on the other?
    Why {
        /// The dependent.
        from: Subject,
        /// What it depends on.
        to: Subject,
        /// Which arcs.
        follow: Follow,
        /// How many chains at most; [`MOST_CHAINS`] where it is more.
        most: usize,
    },
    /// How exposed is one to the other, and through what?
    Exposure {
        /// What is exposed.
        of: Subject,
        /// To what.
        to: Subject,
        /// Which arcs.
        follow: Follow,
    },
    /// Who is exposed to it, and how much?
    Exposed {
        /// To what.
        to: Subject,
        /// Which rows.
        filter: Filter,
        /// Which arcs.
        follow: Follow,
    },
    /// What is it exposed to, and how much?
    Exposures {
        /// What is exposed.
        of: Subject,
        /// Which rows.
        filter: Filter,
        /// Which arcs.
        follow: Follow,
    },
    /// What is lost if these are cut?
    WhatIf {
        /// What is cut.
        cuts: Vec<Cut>,
        /// Which rows.
        filter: Filter,
        /// Which arcs.
        follow: Follow,
    },
    /// How do the bounds of the loss of one come about if these are cut?
    Explain {
        /// What is cut.
        cuts: Vec<Cut>,
        /// Whose loss.
        of: Subject,
        /// Which arcs.
        follow: Follow,
    },
    /// What can't be gone around?
    Chokepoints {
        /// By whom; by any firm where left out.
        of: Option<Subject>,
        /// Which rows.
        filter: Filter,
        /// Which arcs.
        follow: Follow,
    },
    /// Which cuts, as few as can be, stop it entirely?
    Stoppers {
        /// What is stopped.
        of: Subject,
        /// Which arcs.
        follow: Follow,
    },
    /// Who makes and buys a good and its kinds, and what goes into them?
    Sector {
        /// The good; of anything else, the facts that name it are told.
        entity: EntityIx,
        /// Only makers and buyers in this territory, and what concerns them.
        within: Option<EntityIx>,
        /// Only makers and buyers of this economy, and what concerns them.
        from: Option<EntityIx>,
    },
    /// What does most depend on?
    Overview,
    /// What is known of it?
    Show {
        /// The entity.
        entity: EntityIx,
    },
    /// Which entities of some kind are there?
    List {
        /// Of these kinds; all where empty.
        kinds: Vec<EntityKind>,
        /// In this territory.
        within: Option<EntityIx>,
        /// Of this economy.
        from: Option<EntityIx>,
    },
    /// Which entities have a text in their names?
    Find {
        /// The text.
        text: String,
    },
    /// Which documents are there?
    Documents,
    /// Which facts are there?
    Facts(FactFilter),
    /// Which figures are there?
    Figures(FigureFilter),
    /// Which facts contradict each other?
    Conflicts,
    /// What happened when?
    Timeline {
        /// About this; about everything where left out.
        entity: Option<EntityIx>,
    },
    /// What is planned or aimed at?
    Plans {
        /// About this; about everything where left out.
        entity: Option<EntityIx>,
    },
    /// What became of each passage of the documents?
    Coverage,
}
