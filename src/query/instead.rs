//! What is documented where nothing answers a question: facts that name what it is about, the other
//! way round, what each depends on or is depended on by, and what would answer it if more were
//! followed. Worked out only for answers without rows.

use std::collections::HashSet;

use super::answer::{Answer, Instead, InsteadSort, Row};
use super::dependence::{chain_row, nearest, stated};
use super::figures::has_amount;
use super::listing::{facts_where, kinds_of, wanted_entities};
use super::party::{Party, Worked};
use super::territory::{with_plants, with_sites};
use super::writer::Writer;
use crate::facts::{Catalogue, EntityIx, EntityKind, Fact, FactIx, GOODS, TERRITORIES};
use crate::graph::{Direction, Follow, FollowWord};
use crate::request::{DEFAULT_CHAINS, FactFilter, FigureFilter, Filter, Request, Subject};

/// How many rows of each sort are told; of all of them the number.
const MOST_ROWS: usize = 3;

/// What is documented instead of what a question asks for; `rows` answers others.
pub(super) fn instead(
    writer: &mut Writer,
    question: &Worked,
    rows: impl Fn(&Worked) -> Answer,
) -> Vec<Instead> {
    let more = more_rows(question, rows);
    // Where rows are only filtered out, facts at large would lead away from them.
    let is_hidden = more.iter().any(|more| more.sort == InsteadSort::RowsOfAll);
    let found = match question {
        Request::Why {
            from,
            to,
            follow,
            most,
            through: None,
        } if from != to => of_pair(writer, from, to, follow, *most),
        Request::Exposure { of, to, follow } => {
            of_pair(writer, of, to, &by_every_way(follow), DEFAULT_CHAINS)
        }
        Request::Facts(filter) => of_relation(writer, filter),
        Request::Figures(filter) => of_figures(writer, filter),
        _ => about(question)
            .into_iter()
            .flat_map(|(of, direction)| of_one(writer, of, direction, is_hidden))
            .collect(),
    };
    more.into_iter().chain(found).collect()
}

/// What a question for rows is about, and the direction in which it does not ask.
fn about(question: &Worked) -> Vec<(Subject, Option<Direction>)> {
    let each = |of: &Party, direction| of.all().iter().map(|&of| (of, direction)).collect();
    match question {
        Request::Dependents { of, .. } | Request::Exposed { to: of, .. } => {
            each(of, Some(Direction::Dependencies))
        }
        Request::Dependencies { of, .. } | Request::Exposures { of, .. } => {
            each(of, Some(Direction::Dependents))
        }
        Request::WhatIf { cuts, .. } if cuts.iter().all(|cut| cut.part > 0.0) => cuts
            .iter()
            .flat_map(|cut| each(&cut.of, Some(Direction::Dependencies)))
            .collect(),
        Request::Chokepoints { of: Some(of), .. }
        | Request::Sector { of, .. }
        | Request::Plans { of: Some(of) }
        | Request::Timeline { of: Some(of) } => each(of, None),
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
    from: &Party,
    to: &Party,
    follow: &Follow,
    most: usize,
) -> Vec<Instead> {
    let both = [from, to]
        .map(|party| any_of(writer.catalogue, party))
        .concat();
    let together = facts_where(writer.catalogue, |fact| names_all(fact, &both));
    let of = vec![writer.given_party(from), writer.given_party(to)];
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
    for (subject, direction) in [(from, Direction::Dependencies), (to, Direction::Dependents)] {
        for one in subject.all() {
            let around = around(writer, *one, direction, follow);
            found.extend(around.or_else(|| if is_named { None } else { naming(writer, *one) }));
        }
    }
    found
}

/// Where nothing stands on one side of something: what names it, and what stands on the other.
fn of_one(
    writer: &mut Writer,
    of: Subject,
    other: Option<Direction>,
    is_hidden: bool,
) -> Vec<Instead> {
    let named = if is_hidden { None } else { naming(writer, of) };
    let around = other.and_then(|direction| around(writer, of, direction, &Follow::default()));
    named.into_iter().chain(around).collect()
}

/// For each thing that a fact must name, the entities any of which will do: of one maker's output
/// the maker is one thing, and the good another.
type StandIns = Vec<HashSet<EntityIx>>;

/// What stands for a subject in facts: a territory with what is in it, a good with its kinds,
/// others with their plants and those who act for them.
fn standing_for(catalogue: &Catalogue, subject: Subject) -> StandIns {
    match subject {
        Subject::Entity(entity) => vec![with_its_own(catalogue, entity)],
        Subject::Supply { by, good } => [by, good]
            .map(|entity| with_its_own(catalogue, entity))
            .into(),
    }
}

/// What stands for one thing; of several, for any of them.
fn any_of(catalogue: &Catalogue, party: &Party) -> StandIns {
    match party.all() {
        [one] => standing_for(catalogue, *one),
        several => {
            let each = several
                .iter()
                .map(|one| with_its_own(catalogue, one.owner()));
            vec![each.flatten().collect()]
        }
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
    from: &Party,
    to: &Party,
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
    let of = vec![writer.given_party(to), writer.given_party(from)];
    Some(Instead {
        of,
        count: 1,
        rows: vec![row],
        ..Instead::of(InsteadSort::OtherWay)
    })
}

/// What something depends on, or what depends on it, nearest first.
fn around(
    writer: &mut Writer,
    of: Subject,
    direction: Direction,
    follow: &Follow,
) -> Option<Instead> {
    let sort = if direction == Direction::Dependencies {
        InsteadSort::DependsOn
    } else {
        InsteadSort::DependedOn
    };
    let (rows, count) = nearest(
        writer,
        (direction, &Party::one(of)),
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

fn set(mut follow: Follow, (_, of): &FollowWord, is_followed: bool) -> Follow {
    *of(&mut follow) = is_followed;
    follow
}

fn is_new(mut follow: Follow, (_, of): &FollowWord) -> bool {
    !*of(&mut follow)
}

/// How much there would be if more were followed: of one sort; where none is enough, of as many as
/// must be.
fn with_more(sort: InsteadSort, follow: &Follow, count: impl Fn(&Follow) -> usize) -> Vec<Instead> {
    let new: Vec<&FollowWord> = Follow::WORDS
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
    from: &Party,
    to: &Party,
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
fn more_rows(question: &Worked, rows: impl Fn(&Worked) -> Answer) -> Vec<Instead> {
    let count =
        |question: Option<Worked>| question.map_or(0, |question| rows(&question).rows.len());
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
fn followed(question: &Worked) -> Option<Follow> {
    match question {
        Request::Dependents { follow, .. } | Request::Dependencies { follow, .. } => Some(*follow),
        Request::Exposed { follow, .. } | Request::Exposures { follow, .. } => Some(*follow),
        Request::WhatIf { follow, cuts, .. } if cuts.iter().all(|cut| cut.part > 0.0) => {
            Some(*follow)
        }
        _ => None,
    }
}

fn following(question: &Worked, wanted: Follow) -> Option<Worked> {
    let mut question = question.clone();
    match &mut question {
        Request::Dependents { follow, .. } | Request::Dependencies { follow, .. } => {
            *follow = wanted
        }
        Request::Exposed { follow, .. } | Request::Exposures { follow, .. } => *follow = wanted,
        Request::WhatIf { follow, .. } => *follow = wanted,
        _ => return None,
    }
    Some(question)
}

/// The same question for all rows, if it asks for some only.
fn unfiltered(question: &Worked) -> Option<Worked> {
    let all = Filter::default();
    let mut question = question.clone();
    match &mut question {
        Request::Dependents { filter, .. } | Request::Dependencies { filter, .. }
            if *filter != all =>
        {
            *filter = all
        }
        Request::WhatIf { filter, .. } | Request::Exposures { filter, .. } if *filter != all => {
            *filter = all
        }
        Request::Exposed { filter, .. } => {
            *filter = Filter {
                kinds: EntityKind::ALL.to_vec(),
                ..all
            }
        }
        Request::Sector { within, from, .. } if within.is_some() || from.is_some() => {
            (*within, *from) = (None, None)
        }
        Request::Facts(filter) if !filter.kinds.is_empty() => filter.kinds.clear(),
        _ => return None,
    }
    Some(question)
}

/// Where nothing is stated of a relation: the facts that name all who are named, those of the same
/// relation first.
fn of_relation(writer: &mut Writer, filter: &FactFilter<Party>) -> Vec<Instead> {
    let catalogue = writer.catalogue;
    let asked: Vec<&Party> = filter
        .roles
        .iter()
        .map(|(_, party)| party)
        .chain(&filter.about)
        .collect();
    let named: StandIns = asked
        .iter()
        .map(|party| wanted_entities(catalogue, party, filter))
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
        .map(|party| writer.given_party(party))
        .collect();
    of_sorted_facts(writer, InsteadSort::Names, &facts)
        .map(|instead| Instead { of, ..instead })
        .into_iter()
        .collect()
}

/// Where there is no such figure: others of what is asked about, else what names it.
fn of_figures(writer: &mut Writer, filter: &FigureFilter<Party>) -> Vec<Instead> {
    let catalogue = writer.catalogue;
    let asked = [&filter.of, &filter.good, &filter.towards];
    let asked: Vec<&Party> = asked.into_iter().flatten().collect();
    let Some(of) = asked.first() else {
        return Vec::new();
    };
    let named: StandIns = asked
        .iter()
        .map(|party| party.entities().collect())
        .collect();
    let all = facts_where(catalogue, |fact| {
        has_amount(fact) && names_all(fact, &named)
    });
    let some = || {
        facts_where(catalogue, |fact| {
            has_amount(fact)
                && fact
                    .entities()
                    .any(|entity| of.entities().any(|of| of == entity))
        })
    };
    let facts = if all.is_empty() { some() } else { all };
    let given = vec![writer.given_party(of)];
    let figures = of_facts(writer, InsteadSort::Figures, facts).map(|instead| Instead {
        of: given,
        ..instead
    });
    figures
        .or_else(|| naming(writer, *of.all().first()?))
        .into_iter()
        .collect()
}
