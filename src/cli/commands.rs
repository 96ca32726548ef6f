//! The commands: load, answer, show.

use std::path::Path;

use hanjung::ask::understand;
use hanjung::data::{self, Origin, documents, load};
use hanjung::facts::{
    Catalogue, Claim, Date, DocumentIx, EntityIx, EntityKind, Names, Role, name_key,
};
use hanjung::graph::Graph;
use hanjung::query::{self, Answer, answer};
use hanjung::request::{
    Cut, FactFilter, FigureFilter, Filter, KIND_WORDS, LONGEST_NAME, Misunderstanding, Question,
    Read, Subject, entity, is_subject, kinds, subject,
};

use crate::args::{Args, Ask, Command, FactsArgs, Include, Job, Relation, Render, Rows};
use crate::drawing::Page;
use crate::failure::Failure;
use crate::hints::hints;
use crate::output::{self, Status};

/// Carries out a command.
pub fn run(args: &Args) -> Result<Status, Failure> {
    match &args.job {
        Job::Answer(command) => output::show(answered(command, args)?, args),
        Job::Render(render) => draw(render, args),
        Job::Verify { documents } => verify(documents, args),
        Job::Check { dir } => check(dir.as_deref(), args),
    }
}

fn draw(render: &Render, args: &Args) -> Result<Status, Failure> {
    let page = Page::new(render).map_err(Failure::NoDrawing)?;
    let answer = answered(&render.question, args)?;
    output::draw(answer, &page, render.output.as_deref(), args)
}

fn answered(command: &Command, args: &Args) -> Result<&'static Answer, Failure> {
    // Never freed, no more than the answer: the process ends with it.
    let (catalogue, graph) = Box::leak(Box::new(knowledge(args)?));
    let question = question(catalogue, command)?;
    let mut answer = answer(catalogue, graph, &question.value, args.common.lang.into());
    answer.notes.splice(0..0, question.notes);
    if let Question::Facts(filter) = &question.value
        && answer.is_empty()
    {
        answer.notes.extend(hints(catalogue, graph, filter));
    }
    answer.notes.extend(args.common.as_of.map(as_of));
    Ok(Box::leak(Box::new(answer)))
}

fn as_of(date: Date) -> String {
    format!(
        "as of {date}: what began or was first known later is left out; kinds, inputs and parts of things stay"
    )
}

/// The facts and their graph; those that were known by a date, if one is given.
fn knowledge(args: &Args) -> Result<(Catalogue, Graph), Failure> {
    let (catalogue, graph) = load(&args.common.origin()).map_err(Failure::BadData)?;
    let Some(date) = args.common.as_of else {
        return Ok((catalogue, graph));
    };
    let catalogue = catalogue.known_at(date);
    let graph = Graph::build(&catalogue);
    Ok((catalogue, graph))
}

fn verify(folder: &Path, args: &Args) -> Result<Status, Failure> {
    let documents = documents(folder).map_err(Failure::BadData)?;
    let (catalogue, graph) = knowledge(args)?;
    output::show_misses(
        &query::verify(&catalogue, &graph, &documents, args.common.lang.into()),
        args,
    )
}

fn check(dir: Option<&Path>, args: &Args) -> Result<Status, Failure> {
    let mut origin: Origin = args.common.origin();
    origin.folders.extend(dir.map(Path::to_owned));
    match data::check(&origin) {
        Ok(checked) => output::show_faults(&checked.sources, &checked.warnings, args),
        Err(bad) => output::show_faults(&bad.sources, &bad.diagnostics, args),
    }
}

fn question(catalogue: &'static Catalogue, command: &Command) -> Result<Read<Question>, Failure> {
    let reader = Reader {
        catalogue,
        names: Names::new(catalogue),
    };
    match command {
        Command::Ask(Ask { question }) => {
            reader.looked_up(understand(catalogue, &reader.names, &question.join(" ")))
        }
        Command::Dependents(relation) => {
            reader.relation(relation, |of, filter, relation| Question::Dependents {
                of,
                filter,
                follow: relation.include.follow(),
            })
        }
        Command::Dependencies(relation) => {
            reader.relation(relation, |of, filter, relation| Question::Dependencies {
                of,
                filter,
                follow: relation.include.follow(),
            })
        }
        Command::Why {
            a,
            b,
            limit,
            include,
        } => {
            let (from, to) = (reader.subject(a)?, reader.subject(b)?);
            let question = Question::Why {
                from: from.value,
                to: to.value,
                follow: include.follow(),
                most: *limit,
            };
            Ok(Read {
                value: question,
                notes: [from.notes, to.notes].concat(),
            })
        }
        Command::Exposure {
            name,
            to,
            rows,
            include,
        } => reader.exposure(name.as_deref(), to.as_deref(), rows, include),
        Command::WhatIf {
            cut,
            explain,
            rows,
            include,
        } => reader.what_if(cut, explain.as_deref(), rows, include),
        Command::Chokepoints {
            name,
            reverse,
            rows,
            include,
        } => {
            let (of, filter) = (reader.subject_if(name.as_deref())?, reader.filter(rows)?);
            let (notes, follow) = ([of.notes, filter.notes].concat(), include.follow());
            let value = match of.value {
                Some(of) if *reverse => Question::Stoppers { of, follow },
                of => Question::Chokepoints {
                    of,
                    filter: filter.value,
                    follow,
                },
            };
            Ok(Read { value, notes })
        }
        Command::Sector { name, within, from } => {
            let (entity, whence) = (
                reader.entity(name)?,
                reader.whence(within.as_deref(), from.as_deref())?,
            );
            let (within, from) = whence.value;
            let value = Question::Sector {
                entity: entity.value,
                within,
                from,
            };
            Ok(Read {
                value,
                notes: [entity.notes, whence.notes].concat(),
            })
        }
        Command::Overview => Ok(Read::plain(Question::Overview)),
        Command::Show { name } => Ok(reader.entity(name)?.map(|entity| Question::Show { entity })),
        Command::List { kind, within, from } => {
            let kinds = reader.kinds(kind.as_slice())?;
            let whence = reader.whence(within.as_deref(), from.as_deref())?;
            Ok(whence.map(|(within, from)| Question::List {
                kinds,
                within,
                from,
            }))
        }
        Command::Find { text } => Ok(Read::plain(Question::Find {
            text: reader.text(text)?,
        })),
        Command::Documents => Ok(Read::plain(Question::Documents)),
        Command::Facts(facts) => reader.facts(facts),
        Command::Figures {
            name,
            measure,
            good,
            towards,
            period,
        } => {
            let (of, good) = (
                reader.entity_if(name.as_deref())?,
                reader.entity_if(good.as_deref())?,
            );
            let towards = reader.entity_if(towards.as_deref())?;
            let notes = [of.notes, good.notes, towards.notes].concat();
            let (of, good, towards) = (of.value, good.value, towards.value);
            let measure = measure
                .as_deref()
                .map(|text| reader.text(text))
                .transpose()?;
            let filter = FigureFilter {
                of,
                measure,
                good,
                towards,
                when: *period,
            };
            Ok(Read {
                value: Question::Figures(filter),
                notes,
            })
        }
        Command::Conflicts => Ok(Read::plain(Question::Conflicts)),
        Command::Timeline { name } => Ok(reader
            .entity_if(name.as_deref())?
            .map(|entity| Question::Timeline { entity })),
        Command::Plans { name } => Ok(reader
            .entity_if(name.as_deref())?
            .map(|entity| Question::Plans { entity })),
        Command::Coverage => Ok(Read::plain(Question::Coverage)),
    }
}

/// The territory that rows are to be in, and the economy whose they are to be.
type Whence = (Option<EntityIx>, Option<EntityIx>);

/// Looks up the names in a command.
struct Reader {
    catalogue: &'static Catalogue,
    names: Names<'static>,
}

impl Reader {
    fn looked_up<T>(&self, result: Result<T, Misunderstanding>) -> Result<T, Failure> {
        result.map_err(|fault| Failure::Misunderstood(self.catalogue, fault))
    }

    fn subject(&self, name: &str) -> Result<Read<Subject>, Failure> {
        self.looked_up(subject(self.catalogue, &self.names, name))
    }

    fn entity(&self, name: &str) -> Result<Read<EntityIx>, Failure> {
        self.looked_up(entity(self.catalogue, &self.names, name))
    }

    /// A text that is looked for in names.
    fn text(&self, text: &str) -> Result<String, Failure> {
        let fits =
            Misunderstanding::of_length("a text", text.chars().count(), "letters", LONGEST_NAME);
        self.looked_up(fits.map(|()| text.to_owned()))
    }

    fn relation(
        &self,
        relation: &Relation,
        question: impl Fn(Subject, Filter, &Relation) -> Question,
    ) -> Result<Read<Question>, Failure> {
        let of = self.subject(&relation.name)?;
        let whence = self.whence(relation.within.as_deref(), relation.from.as_deref())?;
        let (within, from) = whence.value;
        let depth = if relation.direct {
            Some(1)
        } else {
            relation.depth
        };
        let filter = Filter {
            kinds: self.kinds(&relation.kind)?,
            within,
            from,
            depth,
        };
        Ok(Read {
            value: question(of.value, filter, relation),
            notes: [of.notes, whence.notes].concat(),
        })
    }

    /// Where and whose rows are to be.
    fn whence(&self, within: Option<&str>, from: Option<&str>) -> Result<Read<Whence>, Failure> {
        let (within, from) = (
            self.entity_if(within)?,
            from.map(|name| self.economy(name)).transpose()?,
        );
        let notes = within
            .notes
            .into_iter()
            .chain(from.iter().flat_map(|from| from.notes.clone()))
            .collect();
        Ok(Read {
            value: (within.value, from.map(|from| from.value)),
            notes,
        })
    }

    fn economy(&self, name: &str) -> Result<Read<EntityIx>, Failure> {
        let found = self.entity(name)?;
        match self.catalogue[found.value].kind {
            EntityKind::Economy => Ok(found),
            _ => Err(Failure::bad_word("economy", name, self.economies())),
        }
    }

    fn economies(&self) -> impl Iterator<Item = &str> + Clone {
        self.catalogue
            .entities()
            .filter(|entity| entity.kind == EntityKind::Economy)
            .map(|entity| &*entity.id)
    }

    fn subject_if(&self, name: Option<&str>) -> Result<Read<Option<Subject>>, Failure> {
        name.map_or(Ok(Read::plain(None)), |name| {
            Ok(self.subject(name)?.map(Some))
        })
    }

    fn filter(&self, rows: &Rows) -> Result<Read<Filter>, Failure> {
        let whence = self.whence(rows.within.as_deref(), rows.from.as_deref())?;
        let kinds = self.kinds(&rows.kind)?;
        Ok(whence.map(|(within, from)| Filter {
            kinds,
            within,
            from,
            depth: None,
        }))
    }

    fn exposure(
        &self,
        name: Option<&str>,
        to: Option<&str>,
        rows: &Rows,
        include: &Include,
    ) -> Result<Read<Question>, Failure> {
        let (of, to, filter) = (
            self.subject_if(name)?,
            self.subject_if(to)?,
            self.filter(rows)?,
        );
        let (notes, follow) = (
            [of.notes, to.notes, filter.notes].concat(),
            include.follow(),
        );
        let filter = filter.value;
        let value = match (of.value, to.value) {
            (Some(of), Some(to)) => Question::Exposure { of, to, follow },
            (Some(of), None) => Question::Exposures { of, filter, follow },
            (None, Some(to)) => Question::Exposed { to, filter, follow },
            (None, None) => unreachable!("one of both is required"),
        };
        Ok(Read { value, notes })
    }

    fn what_if(
        &self,
        cut: &[String],
        explain: Option<&str>,
        rows: &Rows,
        include: &Include,
    ) -> Result<Read<Question>, Failure> {
        let (mut cuts, mut notes) = (Vec::new(), Vec::new());
        for text in cut {
            let cut = self.cut(text)?;
            notes.extend(cut.notes);
            cuts.push(cut.value);
        }
        let (of, filter) = (self.subject_if(explain)?, self.filter(rows)?);
        notes.extend(of.notes.into_iter().chain(filter.notes));
        let follow = include.follow();
        let value = match of.value {
            Some(of) => Question::Explain { cuts, of, follow },
            None => Question::WhatIf {
                cuts,
                filter: filter.value,
                follow,
            },
        };
        Ok(Read { value, notes })
    }

    fn facts(&self, args: &FactsArgs) -> Result<Read<Question>, Failure> {
        let document = args
            .document
            .as_deref()
            .map(|id| self.document(id))
            .transpose()?;
        let (about, roles) = (self.entity_if(args.entity.as_deref())?, self.roles(args)?);
        let filter = FactFilter {
            claims: args.claim.clone(),
            about: about.value,
            roles: roles.value,
            with_kinds: args.kinds,
            open: args.ask,
            kinds: self.kinds(&args.kind)?,
            document,
            status: args.status,
            measures: args.measure.clone(),
            words: args
                .words
                .iter()
                .flat_map(|text| text.split_whitespace())
                .map(name_key)
                .collect(),
        };
        Ok(Read {
            value: Question::Facts(filter),
            notes: [about.notes, roles.notes].concat(),
        })
    }

    /// Who plays which role; each role must be one that some of the claims know.
    fn roles(&self, args: &FactsArgs) -> Result<Read<Vec<(Role, EntityIx)>>, Failure> {
        let (mut roles, mut notes) = (Vec::new(), Vec::new());
        for (role, name) in args.roles.given() {
            let entity = self.entity(name)?;
            roles.push((role, entity.value));
            notes.extend(entity.notes);
        }
        let mut asked = roles.iter().map(|(role, _)| *role).chain(args.ask);
        asked.try_for_each(|role| known_role(&args.claim, role))?;
        Ok(Read {
            value: roles,
            notes,
        })
    }

    /// What is cut: all of what the whole text names; or, as in `china:graphite=0.5`, the part
    /// behind the last `=`.
    fn cut(&self, text: &str) -> Result<Read<Cut>, Failure> {
        let Some((name, part)) = text
            .rsplit_once('=')
            .filter(|_| !is_subject(self.catalogue, &self.names, text))
        else {
            return Ok(self.subject(text)?.map(Cut::whole));
        };
        let part: Option<f64> = part
            .trim()
            .parse()
            .ok()
            .filter(|part| (0.0..=1.0).contains(part));
        let part = part.ok_or_else(|| Failure::BadCut(text.to_owned()))?.abs();
        let mut cut = self.subject(name.trim())?.map(|of| Cut { of, part });
        cut.notes
            .extend((part == 0.0).then(|| format!("“{text}” cuts nothing")));
        Ok(cut)
    }

    fn entity_if(&self, name: Option<&str>) -> Result<Read<Option<EntityIx>>, Failure> {
        name.map_or(Ok(Read::plain(None)), |name| {
            Ok(self.entity(name)?.map(Some))
        })
    }

    fn kinds(&self, words: &[String]) -> Result<Vec<EntityKind>, Failure> {
        let mut found = Vec::new();
        for word in words {
            found.extend(kinds(word).ok_or_else(|| {
                Failure::bad_word("kind of entities", word, KIND_WORDS.iter().copied())
            })?);
        }
        Ok(found)
    }

    fn document(&self, id: &str) -> Result<DocumentIx, Failure> {
        let ids = self
            .catalogue
            .documents()
            .iter()
            .map(|document| document.id.as_str());
        self.catalogue
            .document(id)
            .ok_or_else(|| Failure::bad_word("document", id, ids))
    }
}

fn known_role(claims: &[Claim], role: Role) -> Result<(), Failure> {
    let has = |role: &Role| {
        claims
            .iter()
            .any(|claim| claim.form().fields_of(*role).next().is_some())
    };
    if claims.is_empty() || has(&role) {
        return Ok(());
    }
    let nearest = Role::ALL
        .iter()
        .filter(|role| has(role))
        .map(|role| role.word().to_owned())
        .collect();
    Err(Failure::BadWord {
        what: "role in such facts",
        word: role.word().to_owned(),
        nearest,
    })
}
