//! The commands: load, answer, show.

use std::path::Path;

use hanjung::ask::understand;
use hanjung::data::{self, Origin, World, documents};
use hanjung::facts::{Catalogue, Date, EntityKind, Names, name_key};
use hanjung::graph::Follow;
use hanjung::query::{self, Answer};
use hanjung::request::{
    Cut, FactFilter, FigureFilter, Filter, Misunderstanding, Question, Read, Request, RequestFile,
    Written, is_expression, kinds, kinds_of_words, named, read_cut, read_whole, resolve,
    resolve_expression,
};

use crate::args::{
    Args, Ask, Command, FactsArgs, Include, Job, QueryArgs, RelationArgs, Render, Rows,
};
use crate::drawing::DrawingOptions;
use crate::failure::Failure;
use crate::hints::hints;
use crate::output::{self, ExitStatus};
use crate::requested::requested;

/// Carries out a command.
pub fn run(args: &Args) -> Result<ExitStatus, Failure> {
    if args.common.explain_question {
        return match &args.job {
            Job::Answer(command) => explain(command, args),
            Job::Render(render) => explain(&render.question, args),
            Job::Verify { .. } | Job::Check { .. } => Err(Failure::NoQuestion),
        };
    }
    match &args.job {
        Job::Answer(command) => output::show(answered(command, args)?, args),
        Job::Render(render) => draw(render, args),
        Job::Verify { documents } => verify(documents, args),
        Job::Check { dir } => check(dir.as_deref(), args),
    }
}

fn draw(render: &Render, args: &Args) -> Result<ExitStatus, Failure> {
    let options = DrawingOptions::new(render).map_err(Failure::NoDrawing)?;
    let answer = answered(&render.question, args)?;
    output::draw(answer, &options, render.output.as_deref(), args)
}

fn answered(command: &Command, args: &Args) -> Result<&'static Answer, Failure> {
    // Never freed, no more than the answer: the process ends with it.
    let file = requested(command)?;
    let as_of = as_of_date(file.as_ref(), args);
    let world = Box::leak(Box::new(knowledge(as_of, args)?));
    let question = question(world.parts().catalogue, command, file.as_ref())?;
    let mut answer = world.answer(&question.value, args.common.lang.into());
    answer.notes.splice(0..0, question.notes);
    if let Question::Facts(filter) = &question.value
        && answer.is_empty()
    {
        answer.notes.extend(hints(world, filter));
    }
    answer.notes.extend(as_of.map(as_of_words));
    Ok(Box::leak(Box::new(answer)))
}

/// The date of which is asked: on the command line, or in the file of a request.
fn as_of_date(file: Option<&RequestFile>, args: &Args) -> Option<Date> {
    args.common.as_of.or_else(|| file?.as_of)
}

/// Prints what a command asks, as an expression and as JSON, and does not answer it.
fn explain(command: &Command, args: &Args) -> Result<ExitStatus, Failure> {
    let file = requested(command)?;
    let as_of = as_of_date(file.as_ref(), args);
    let world = Box::leak(Box::new(knowledge(as_of, args)?));
    let catalogue = world.parts().catalogue;
    let read = question(catalogue, command, file.as_ref())?;
    let request = named(catalogue, &read.value);
    let file = RequestFile::new(&request, as_of);
    output::show_request(&request.to_string(), &file, &read.notes, args)
}

fn as_of_words(date: Date) -> String {
    format!(
        "as of {date}: what began or was first known later is left out; kinds, inputs and parts of things stay"
    )
}

/// The facts; those that were known by a date, if one is given.
fn knowledge(as_of: Option<Date>, args: &Args) -> Result<World, Failure> {
    let world = World::load(&args.common.origin()).map_err(Failure::BadData)?;
    Ok(match as_of {
        Some(date) => world.known_at(date),
        None => world,
    })
}

fn verify(folder: &Path, args: &Args) -> Result<ExitStatus, Failure> {
    let documents = documents(folder).map_err(Failure::BadData)?;
    let world = knowledge(args.common.as_of, args)?;
    output::show_misses(
        &query::verify(&world, &documents, args.common.lang.into()),
        args,
    )
}

fn check(dir: Option<&Path>, args: &Args) -> Result<ExitStatus, Failure> {
    let mut origin: Origin = args.common.origin();
    origin.folders.extend(dir.map(Path::to_owned));
    match data::check(&origin) {
        Ok(checked) => output::show_faults(&checked.sources, &checked.warnings, args),
        Err(bad) => output::show_faults(&bad.sources, &bad.diagnostics, args),
    }
}

/// What a command asks, with everything in it looked up.
fn question(
    catalogue: &'static Catalogue,
    command: &Command,
    file: Option<&RequestFile>,
) -> Result<Read<Question>, Failure> {
    let names = Names::new(catalogue);
    let misunderstood = |troubles| Failure::Misunderstood(catalogue, troubles);
    match command {
        Command::Ask(Ask { question }) => understand(catalogue, &names, &question.join(" "))
            .map_err(|troubles| misunderstood(troubles.0)),
        Command::Query(query) => match file {
            Some(file) => file.resolve(catalogue, &names).map_err(misunderstood),
            None => queried(catalogue, &names, query),
        },
        _ => {
            let request = Asking { catalogue, names }.request(command)?;
            resolve(catalogue, &names, &request).map_err(misunderstood)
        }
    }
}

/// What an expression asks.
fn queried(
    catalogue: &'static Catalogue,
    names: &Names,
    query: &QueryArgs,
) -> Result<Read<Question>, Failure> {
    let misunderstood = |troubles| Failure::Misunderstood(catalogue, troubles);
    let text = query.expression.join(" ");
    let mut request = read_whole(catalogue, names, &text).map_err(misunderstood)?;
    let more = query.include.follow();
    match request.follow_mut() {
        Some(follow) => *follow = follow.and(more),
        None if more.is_usual() => {}
        None => return Err(Failure::FollowsNothing),
    }
    resolve_expression(catalogue, names, &text, &request).map_err(misunderstood)
}

/// Makes requests of what was typed. Names are looked up later, all at once.
struct Asking<'c> {
    catalogue: &'static Catalogue,
    names: Names<'c>,
}

impl Asking<'_> {
    #[expect(clippy::too_many_lines, reason = "an arm for each command")]
    fn request(&self, command: &Command) -> Result<Written, Failure> {
        Ok(match command {
            Command::Ask(_) | Command::Query(_) => unreachable!("they are no flags"),
            Command::Dependents(relation) => Request::Dependents {
                of: relation.name.clone(),
                filter: self.relation_filter(relation)?,
                follow: relation.include.follow(),
            },
            Command::Dependencies(relation) => Request::Dependencies {
                of: relation.name.clone(),
                filter: self.relation_filter(relation)?,
                follow: relation.include.follow(),
            },
            Command::Why {
                a,
                b,
                through,
                limit,
                include,
            } => Request::Why {
                from: a.clone(),
                to: b.clone(),
                through: through.clone(),
                follow: include.follow(),
                most: *limit,
            },
            Command::Exposure {
                name,
                to,
                rows,
                include,
            } => self.exposure(name.clone(), to.clone(), rows, include)?,
            Command::WhatIf {
                cut,
                explain,
                rows,
                include,
            } => self.what_if(cut, explain.clone(), rows, include)?,
            Command::Chokepoints {
                name,
                reverse,
                rows,
                include,
            } => self.chokepoints(name.clone(), *reverse, rows, include)?,
            Command::Sector { name, within, from } => Request::Sector {
                of: name.clone(),
                within: within.clone(),
                from: from.clone(),
            },
            Command::Overview => Request::Overview,
            Command::Show { name } => Request::Show { of: name.clone() },
            Command::List { kind, within, from } => self.list(kind.as_deref(), within, from)?,
            Command::Find { text } => Request::Find { text: text.clone() },
            Command::Documents => Request::Documents,
            Command::Facts(facts) => Request::Facts(self.facts(facts)?),
            Command::Figures {
                name,
                measure,
                good,
                towards,
                period,
            } => Request::Figures(FigureFilter {
                of: name.clone(),
                measure: measure.clone(),
                good: good.clone(),
                towards: towards.clone(),
                when: *period,
            }),
            Command::Conflicts => Request::Conflicts,
            Command::Timeline { name } => Request::Timeline { of: name.clone() },
            Command::Plans { name } => Request::Plans { of: name.clone() },
            Command::Coverage => Request::Coverage,
        })
    }

    fn misunderstood(&self, fault: Misunderstanding) -> Failure {
        Failure::Misunderstood(self.catalogue, vec![fault.into()])
    }

    fn kinds(&self, words: &[String]) -> Result<Vec<EntityKind>, Failure> {
        kinds_of_words(words).map_err(|fault| self.misunderstood(fault))
    }

    fn relation_filter(&self, relation: &RelationArgs) -> Result<Filter<String>, Failure> {
        Ok(Filter {
            kinds: self.kinds(&relation.kind)?,
            within: relation.within.clone(),
            from: relation.from.clone(),
            depth: relation.direct.then_some(1).or(relation.depth),
        })
    }

    fn filter(&self, rows: &Rows) -> Result<Filter<String>, Failure> {
        Ok(Filter {
            kinds: self.kinds(&rows.kind)?,
            within: rows.within.clone(),
            from: rows.from.clone(),
            depth: None,
        })
    }

    fn exposure(
        &self,
        of: Option<String>,
        to: Option<String>,
        rows: &Rows,
        include: &Include,
    ) -> Result<Written, Failure> {
        let (filter, follow) = (self.filter(rows)?, include.follow());
        Ok(match (of, to) {
            (Some(of), Some(to)) => Request::Exposure { of, to, follow },
            (Some(of), None) => Request::Exposures { of, filter, follow },
            (None, Some(to)) => Request::Exposed { to, filter, follow },
            (None, None) => unreachable!("one of both is required"),
        })
    }

    fn what_if(
        &self,
        cut: &[String],
        explain: Option<String>,
        rows: &Rows,
        include: &Include,
    ) -> Result<Written, Failure> {
        let cuts: Result<Vec<Cut<String>>, Failure> =
            cut.iter().map(|text| self.cut(text)).collect();
        let (cuts, filter, follow) = (cuts?, self.filter(rows)?, include.follow());
        Ok(match explain {
            Some(of) => Request::Explain { cuts, of, follow },
            None => Request::WhatIf {
                cuts,
                filter,
                follow,
            },
        })
    }

    fn cut(&self, text: &str) -> Result<Cut<String>, Failure> {
        read_cut(self.catalogue, &self.names, text).ok_or_else(|| Failure::BadCut(text.to_owned()))
    }

    fn chokepoints(
        &self,
        of: Option<String>,
        reverse: bool,
        rows: &Rows,
        include: &Include,
    ) -> Result<Written, Failure> {
        let (filter, follow) = (self.filter(rows)?, include.follow());
        Ok(match of {
            Some(of) if reverse => Request::Stoppers { of, follow },
            of => Request::Chokepoints { of, filter, follow },
        })
    }

    /// The entities of a kind; or, where it is the word of none, those in a set.
    fn list(
        &self,
        kind: Option<&str>,
        within: &Option<String>,
        from: &Option<String>,
    ) -> Result<Written, Failure> {
        let kinds = match kind {
            Some(text) if self.is_set(text) => {
                return Ok(Request::Select {
                    set: narrowed(text, within, from),
                    follow: Follow::default(),
                });
            }
            kind => self.kinds(&kind.map(str::to_owned).into_iter().collect::<Vec<_>>())?,
        };
        Ok(Request::List {
            kinds,
            within: within.clone(),
            from: from.clone(),
        })
    }

    /// Whether a text is a set that is more than all of a kind.
    fn is_set(&self, text: &str) -> bool {
        kinds(text).is_none() && is_expression(self.catalogue, &self.names, text)
    }

    fn facts(&self, args: &FactsArgs) -> Result<FactFilter<String, String>, Failure> {
        let roles = args.roles.given();
        Ok(FactFilter {
            claims: args.claim.clone(),
            about: args.entity.clone(),
            roles: roles.map(|(role, name)| (role, name.to_owned())).collect(),
            with_kinds: args.kinds,
            open: args.ask,
            kinds: self.kinds(&args.kind)?,
            document: args.document.clone(),
            status: args.status,
            measures: args.measure.clone(),
            words: args
                .words
                .iter()
                .flat_map(|text| text.split_whitespace())
                .map(name_key)
                .collect(),
        })
    }
}

/// A set, and only what of it is in a territory or of an economy.
fn narrowed(set: &str, within: &Option<String>, from: &Option<String>) -> String {
    let within = within.iter().map(|place| format!(" & in({place})"));
    let from = from.iter().map(|economy| format!(" & from({economy})"));
    format!("({set}){}", within.chain(from).collect::<String>())
}
