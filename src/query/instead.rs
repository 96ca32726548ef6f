//! What is documented where nothing answers a question: facts that name what it is about, the other
//! way round, what each depends on or is depended on by, and what would answer it if more were
//! followed. Worked out only for answers without rows.

use std::collections::HashSet;

use super::answer::{Answer, Instead, InsteadSort, Row};
use super::dependence::{Side, chain_row, nearest};
use super::figures::has_amount;
use super::listing::{facts_where, kinds_of, wanted_entities};
use super::territory::{with_plants, with_sites};
use super::writer::Writer;
use crate::facts::{Catalogue, EntityIx, EntityKind, Fact, FactIx, GOODS, TERRITORIES};
use crate::graph::Follow;
use crate::request::{DEFAULT_CHAINS, FactFilter, FigureFilter, Filter, Question, Subject};

/// How many rows of each sort are told; of all of them the number.
const MOST_ROWS: usize = 3;

/// What is documented instead of what a question asks for; `rows` answers others.
pub(super) fn instead(
    writer: &mut Writer,
    question: &Question,
    rows: impl Fn(&Question) -> Answer,
) -> Vec<Instead> {
    let more = more_rows(question, rows);
    // Where rows are only filtered out, facts at large would lead away from them.
    let is_hidden = more.iter().any(|more| more.sort == InsteadSort::RowsOfAll);
    let found = match question {
        Question::Why {
            from,
            to,
            follow,
            most,
        } if from != to => of_pair(writer, *from, *to, follow, *most),
        Question::Exposure { of, to, follow } => {
            of_pair(writer, *of, *to, &by_every_way(follow), DEFAULT_CHAINS)
        }
        Question::Facts(filter) => of_relation(writer, filter),
        Question::Figures(filter) => of_figures(writer, filter),
        _ => about(question)
            .into_iter()
            .flat_map(|(of, side)| of_one(writer, of, side, is_hidden))
            .collect(),
    };
    more.into_iter().chain(found).collect()
}

/// What a question for rows is about, and the side that it does not ask for.
fn about(question: &Question) -> Vec<(Subject, Option<Side>)> {
    match question {
        Question::Dependents { of, .. } | Question::Exposed { to: of, .. } => {
            vec![(*of, Some(Side::Dependencies))]
        }
        Question::Dependencies { of, .. } | Question::Exposures { of, .. } => {
            vec![(*of, Some(Side::Dependents))]
        }
        Question::WhatIf { cuts, .. } if cuts.iter().all(|cut| cut.part > 0.0) => cuts
            .iter()
            .map(|cut| (cut.of, Some(Side::Dependencies)))
            .collect(),
        Question::Chokepoints { of: Some(of), .. } => vec![(*of, None)],
        Question::Sector { entity, .. }
        | Question::Plans {
            entity: Some(entity),
        }
        | Question::Timeline {
            entity: Some(entity),
        } => vec![(Subject::Entity(*entity), None)],
        _ => Vec::new(),
    }
}

/// Exposure to another is told by markets, owners and licences in any case.
fn by_every_way(follow: &Follow) -> Follow {
    Follow {
        market: true,
        ownership: true,
        technology: true,
        ..*follow
    }
}

/// Where one does not depend on the other: what names both, whether it is the other way round, what
/// more would be followed, and what each has to do with.
fn of_pair(
    writer: &mut Writer,
    from: Subject,
    to: Subject,
    follow: &Follow,
    most: usize,
) -> Vec<Instead> {
    let both = [from, to]
        .map(|subject| standing_for(writer.catalogue, subject))
        .concat();
    let together = facts_where(writer.catalogue, |fact| names_all(fact, &both));
    let of = vec![writer.given(from), writer.given(to)];
    let mut found = Vec::new();
    found.extend(chains_with_more(writer, from, to, follow, most));
    found.extend(
        of_facts(writer, InsteadSort::NamesBoth, together).map(|instead| Instead {
            of: of.clone(),
            ..instead
        }),
    );
    found.extend(the_other_way_round(writer, from, to, follow));
    let is_named = found
        .iter()
        .any(|instead| instead.sort == InsteadSort::NamesBoth);
    for (subject, side) in [(from, Side::Dependencies), (to, Side::Dependents)] {
        let around = around(writer, subject, side, follow);
        found.extend(around.or_else(|| {
            if is_named {
                None
            } else {
                naming(writer, subject)
            }
        }));
    }
    found
}

/// Where nothing stands on one side of something: what names it, and what stands on the other.
fn of_one(writer: &mut Writer, of: Subject, other: Option<Side>, is_hidden: bool) -> Vec<Instead> {
    let named = if is_hidden { None } else { naming(writer, of) };
    let around = other.and_then(|side| around(writer, of, side, &Follow::default()));
    named.into_iter().chain(around).collect()
}

/// For each thing that facts must name to name a subject the entities that stand for it.
type Named = Vec<HashSet<EntityIx>>;

/// What stands for a subject in facts: a territory with what is in it, a good with its kinds,
/// others with their plants and those who act for them.
fn standing_for(catalogue: &Catalogue, subject: Subject) -> Named {
    match subject {
        Subject::Entity(entity) => vec![with_its_own(catalogue, entity)],
        Subject::Supply { by, good } => [by, good]
            .map(|entity| with_its_own(catalogue, entity))
            .into(),
    }
}

fn with_its_own(catalogue: &Catalogue, entity: EntityIx) -> HashSet<EntityIx> {
    let acting = catalogue
        .entities_with_index()
        .filter(|(_, other)| other.acts_for == Some(entity))
        .map(|(ix, _)| ix);
    let own = match catalogue[entity].kind {
        kind if GOODS.contains(kind) => kinds_of(catalogue, entity),
        kind if TERRITORIES.contains(kind) => with_sites(catalogue, entity),
        _ => with_plants(catalogue, entity),
    };
    own.into_iter().chain(acting).collect()
}

/// Whether a fact names something of each set, and not one thing for two.
fn names_all(fact: &Fact, named: &[HashSet<EntityIx>]) -> bool {
    let has = |set: &HashSet<EntityIx>| fact.entities().any(|entity| set.contains(&entity));
    let hits: HashSet<EntityIx> = fact
        .entities()
        .filter(|entity| named.iter().any(|set| set.contains(entity)))
        .collect();
    named.iter().all(has) && hits.len() >= named.len()
}

/// The first of some facts, what holds now before plans and opinions.
fn of_facts(writer: &mut Writer, sort: InsteadSort, mut facts: Vec<FactIx>) -> Option<Instead> {
    facts.sort_by_key(|&ix| !writer.catalogue[ix].is_actual());
    of_sorted_facts(writer, sort, &facts)
}

fn of_sorted_facts(writer: &mut Writer, sort: InsteadSort, facts: &[FactIx]) -> Option<Instead> {
    let row = |ix: &FactIx| Row {
        group: sort.heading(),
        facts: vec![writer.fact(*ix, false)],
        ..Row::default()
    };
    let rows: Vec<Row> = facts.iter().take(MOST_ROWS).map(row).collect();
    (!rows.is_empty()).then(|| Instead {
        count: facts.len(),
        rows,
        ..Instead::of(sort)
    })
}

/// Facts that name something, by themselves.
fn naming(writer: &mut Writer, of: Subject) -> Option<Instead> {
    let entities = match of {
        Subject::Entity(entity) => vec![entity],
        Subject::Supply { by, good } => vec![by, good],
    };
    let facts = facts_where(writer.catalogue, |fact| {
        entities
            .iter()
            .all(|wanted| fact.entities().any(|entity| entity == *wanted))
    });
    let of = vec![writer.given(of)];
    of_facts(writer, InsteadSort::Names, facts).map(|instead| Instead { of, ..instead })
}

fn the_other_way_round(
    writer: &mut Writer,
    from: Subject,
    to: Subject,
    follow: &Follow,
) -> Option<Instead> {
    let (starts, ends) = (
        to.subject_nodes(writer.catalogue, writer.graph),
        from.target_nodes(writer.catalogue, writer.graph),
    );
    let (chains, _) = writer.graph.chains(&starts, &ends, &stated(follow), 1);
    let row = chain_row(
        writer,
        InsteadSort::OtherWay.heading(),
        from,
        chains.first()?,
    );
    let of = vec![writer.given(to), writer.given(from)];
    Some(Instead {
        of,
        count: 1,
        rows: vec![row],
        ..Instead::of(InsteadSort::OtherWay)
    })
}

/// Without plans and undocumented shares.
fn stated(follow: &Follow) -> Follow {
    Follow {
        plans: false,
        possible: false,
        ..*follow
    }
}

/// What something depends on, or what depends on it, nearest first.
fn around(writer: &mut Writer, of: Subject, side: Side, follow: &Follow) -> Option<Instead> {
    let sort = if side == Side::Dependencies {
        InsteadSort::DependsOn
    } else {
        InsteadSort::DependedOn
    };
    let (rows, count) = nearest(
        writer,
        (side, of),
        &stated(follow),
        sort.heading(),
        MOST_ROWS,
    );
    let of = vec![writer.given(of)];
    (count > 0).then(|| Instead {
        of,
        count,
        rows,
        ..Instead::of(sort)
    })
}

/// What can be followed beside what always is.
type Wider = (&'static str, fn(&mut Follow) -> &mut bool);

const WIDER: [Wider; 5] = [
    ("plans", |follow| &mut follow.plans),
    ("possible", |follow| &mut follow.possible),
    ("market", |follow| &mut follow.market),
    ("ownership", |follow| &mut follow.ownership),
    ("technology", |follow| &mut follow.technology),
];

fn set(mut follow: Follow, (_, of): &Wider, is_followed: bool) -> Follow {
    *of(&mut follow) = is_followed;
    follow
}

fn is_new(mut follow: Follow, (_, of): &Wider) -> bool {
    !*of(&mut follow)
}

/// How much there would be if more were followed: of one sort; where none is enough, of as many as
/// must be.
fn with_more(sort: InsteadSort, follow: &Follow, count: impl Fn(&Follow) -> usize) -> Vec<Instead> {
    let new: Vec<&Wider> = WIDER
        .iter()
        .filter(|wider| is_new(*follow, wider))
        .collect();
    let of = |include, count| Instead {
        include,
        count,
        ..Instead::of(sort)
    };
    let single = new
        .iter()
        .map(|wider| of(vec![wider.0], count(&set(*follow, wider, true))));
    let single: Vec<Instead> = single.filter(|found| found.count > 0).collect();
    if !single.is_empty() || count(&Follow::ALL) == 0 {
        return single;
    }
    let (mut follow, mut include) = (Follow::ALL, Vec::new());
    for wider in new {
        let without = set(follow, wider, false);
        if count(&without) > 0 {
            follow = without
        } else {
            include.push(wider.0)
        }
    }
    vec![of(include, count(&follow))]
}

fn chains_with_more(
    writer: &Writer,
    from: Subject,
    to: Subject,
    follow: &Follow,
    most: usize,
) -> Vec<Instead> {
    let graph = writer.graph;
    let (starts, ends) = (
        from.subject_nodes(writer.catalogue, graph),
        to.target_nodes(writer.catalogue, graph),
    );
    let count = |follow: &Follow| graph.chains(&starts, &ends, follow, most).0.len();
    let found = with_more(InsteadSort::ChainsWith, follow, count).into_iter();
    found
        .map(|found| Instead {
            more: found.count == most,
            ..found
        })
        .collect()
}

/// The rows that the same question would have if more were followed, or if rows were not filtered.
fn more_rows(question: &Question, rows: impl Fn(&Question) -> Answer) -> Vec<Instead> {
    let count =
        |question: Option<Question>| question.map_or(0, |question| rows(&question).rows.len());
    let all = Instead {
        count: count(unfiltered(question)),
        ..Instead::of(InsteadSort::RowsOfAll)
    };
    let more = followed(question).map(|follow| {
        with_more(InsteadSort::RowsWith, &follow, |follow| {
            count(following(question, *follow))
        })
    });
    std::iter::once(all)
        .filter(|all| all.count > 0)
        .chain(more.into_iter().flatten())
        .collect()
}

/// What a question for rows follows.
fn followed(question: &Question) -> Option<Follow> {
    match question {
        Question::Dependents { follow, .. } | Question::Dependencies { follow, .. } => {
            Some(*follow)
        }
        Question::Exposed { follow, .. } | Question::Exposures { follow, .. } => Some(*follow),
        Question::WhatIf { follow, cuts, .. } if cuts.iter().all(|cut| cut.part > 0.0) => {
            Some(*follow)
        }
        _ => None,
    }
}

fn following(question: &Question, wanted: Follow) -> Option<Question> {
    let mut question = question.clone();
    match &mut question {
        Question::Dependents { follow, .. } | Question::Dependencies { follow, .. } => {
            *follow = wanted
        }
        Question::Exposed { follow, .. } | Question::Exposures { follow, .. } => *follow = wanted,
        Question::WhatIf { follow, .. } => *follow = wanted,
        _ => return None,
    }
    Some(question)
}

/// The same question for all rows, if it asks for some only.
fn unfiltered(question: &Question) -> Option<Question> {
    let all = Filter::default();
    let mut question = question.clone();
    match &mut question {
        Question::Dependents { filter, .. } | Question::Dependencies { filter, .. }
            if *filter != all =>
        {
            *filter = all
        }
        Question::WhatIf { filter, .. } | Question::Exposures { filter, .. } if *filter != all => {
            *filter = all
        }
        Question::Exposed { filter, .. } => {
            *filter = Filter {
                kinds: EntityKind::ALL.to_vec(),
                ..all
            }
        }
        Question::Sector { within, from, .. } if within.is_some() || from.is_some() => {
            (*within, *from) = (None, None)
        }
        Question::Facts(filter) if !filter.kinds.is_empty() => filter.kinds.clear(),
        _ => return None,
    }
    Some(question)
}

/// Where nothing is stated of a relation: the facts that name all who are named, those of the same
/// relation first.
fn of_relation(writer: &mut Writer, filter: &FactFilter) -> Vec<Instead> {
    let catalogue = writer.catalogue;
    let asked: Vec<EntityIx> = filter
        .roles
        .iter()
        .map(|(_, entity)| *entity)
        .chain(filter.about)
        .collect();
    let named: Named = asked
        .iter()
        .map(|&entity| wanted_entities(catalogue, entity, filter))
        .collect();
    if named.is_empty() {
        return Vec::new();
    }
    let mut facts = facts_where(catalogue, |fact| names_all(fact, &named));
    facts.sort_by_key(|&ix| {
        (
            !filter.claims.contains(&catalogue[ix].claim),
            !catalogue[ix].is_actual(),
        )
    });
    let of = asked
        .iter()
        .map(|&entity| writer.given(Subject::Entity(entity)))
        .collect();
    of_sorted_facts(writer, InsteadSort::Names, &facts)
        .map(|instead| Instead { of, ..instead })
        .into_iter()
        .collect()
}

/// Where there is no such figure: others of what is asked about, else what names it.
fn of_figures(writer: &mut Writer, filter: &FigureFilter) -> Vec<Instead> {
    let catalogue = writer.catalogue;
    let Some(of) = filter.of.or(filter.good).or(filter.towards) else {
        return Vec::new();
    };
    let named: Named = [filter.of, filter.good, filter.towards]
        .iter()
        .flatten()
        .map(|&entity| HashSet::from([entity]))
        .collect();
    let all = facts_where(catalogue, |fact| {
        has_amount(fact) && names_all(fact, &named)
    });
    let some = || {
        facts_where(catalogue, |fact| {
            has_amount(fact) && fact.entities().any(|entity| entity == of)
        })
    };
    let facts = if all.is_empty() { some() } else { all };
    let given = vec![writer.given(Subject::Entity(of))];
    let figures = of_facts(writer, InsteadSort::Figures, facts).map(|instead| Instead {
        of: given,
        ..instead
    });
    figures
        .or_else(|| naming(writer, Subject::Entity(of)))
        .into_iter()
        .collect()
}
