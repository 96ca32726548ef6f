//! The commands: load, answer, show.

use std::path::Path;

use hanjung::ask::understand;
use hanjung::data::{self, Origin, load};
use hanjung::facts::{BadData, Catalogue, EntityIx, EntityKind, Names, nearest};
use hanjung::graph::Graph;
use hanjung::query::{
    Answer, FactFilter, Filter, KIND_WORDS, Misunderstanding, Question, Read, Subject, answer, entity, kinds, subject,
};

use crate::args::{Args, Command, Relation};
use crate::output::{self, Status};

/// Why a command could not do its work.
pub enum Failure {
    /// The data can't be used.
    BadData(BadData),
    /// The question could not be made out.
    Misunderstood(Box<(Catalogue, Misunderstanding)>),
    /// A word on the command line stands for nothing.
    BadWord { what: &'static str, word: String, nearest: Vec<String> },
}

/// Carries out a command.
pub fn run(args: &Args) -> Result<Status, Failure> {
    match &args.command {
        Command::Check { dir } => Ok(check(dir.as_deref(), args)),
        _ => {
            let catalogue = load(&args.common.origin()).map_err(Failure::BadData)?;
            let question = match question(&catalogue, &args.command) {
                Ok(question) => question,
                Err(Fault::Word(failure)) => return Err(failure),
                Err(Fault::Question(fault)) => return Err(Failure::Misunderstood(Box::new((catalogue, fault)))),
            };
            Ok(output::show(&answered(&catalogue, question, args), args))
        }
    }
}

fn answered(catalogue: &Catalogue, question: Read<Question>, args: &Args) -> Answer {
    let graph = Graph::build(catalogue);
    let mut answer = answer(catalogue, &graph, &question.value, args.common.lang.into());
    answer.notes.splice(0..0, question.notes);
    answer
}

fn check(dir: Option<&Path>, args: &Args) -> Status {
    let mut origin: Origin = args.common.origin();
    origin.folders.extend(dir.map(Path::to_owned));
    match data::check(&origin) {
        Ok((catalogue, warnings)) => output::show_faults(catalogue.sources(), &warnings, args),
        Err(bad) => output::show_faults(&bad.sources, &bad.diagnostics, args),
    }
}

/// Why no question could be made of a command.
enum Fault {
    Question(Misunderstanding),
    Word(Failure),
}

impl From<Misunderstanding> for Fault {
    fn from(fault: Misunderstanding) -> Self {
        Fault::Question(fault)
    }
}

fn question(catalogue: &Catalogue, command: &Command) -> Result<Read<Question>, Fault> {
    let names = Names::new(catalogue);
    let reader = Reader { catalogue, names: &names };
    match command {
        Command::Ask { question } => Ok(understand(catalogue, &names, &question.join(" "))?),
        Command::Dependents(relation) => reader.relation(relation, |of, filter, relation| Question::Dependents {
            of,
            filter,
            follow: relation.include.follow(),
        }),
        Command::Dependencies(relation) => reader.relation(relation, |of, filter, relation| Question::Dependencies {
            of,
            filter,
            follow: relation.include.follow(),
        }),
        Command::Why { a, b, limit, include } => {
            let (from, to) = (subject(catalogue, &names, a)?, subject(catalogue, &names, b)?);
            let question = Question::Why { from: from.value, to: to.value, follow: include.follow(), most: *limit };
            Ok(Read { value: question, notes: [from.notes, to.notes].concat() })
        }
        Command::Show { name } => Ok(entity(catalogue, &names, name)?.map(|entity| Question::Show { entity })),
        Command::List { kind, within } => {
            let kinds = reader.kinds(kind.as_slice())?;
            Ok(reader.entity(within.as_deref())?.map(|within| Question::List { kinds, within }))
        }
        Command::Find { text } => Ok(Read::plain(Question::Find { text: text.clone() })),
        Command::Documents => Ok(Read::plain(Question::Documents)),
        Command::Facts { claim, entity, kinds, document, status } => {
            let document = document.as_deref().map(|id| reader.document(id)).transpose()?;
            Ok(reader.entity(entity.as_deref())?.map(|about| {
                let (claims, with_kinds) = (claim.clone(), *kinds);
                Question::Facts(FactFilter { claims, about, with_kinds, document, status: *status })
            }))
        }
        Command::Check { .. } => unreachable!("check asks no question"),
    }
}

/// Looks up the names in a command.
struct Reader<'c> {
    catalogue: &'c Catalogue,
    names: &'c Names<'c>,
}

impl Reader<'_> {
    fn relation(
        &self,
        relation: &Relation,
        question: impl Fn(Subject, Filter, &Relation) -> Question,
    ) -> Result<Read<Question>, Fault> {
        let of = subject(self.catalogue, self.names, &relation.name)?;
        let within = self.entity(relation.within.as_deref())?;
        let depth = if relation.direct { Some(1) } else { relation.depth };
        let filter = Filter { kinds: self.kinds(&relation.kind)?, within: within.value, depth };
        Ok(Read { value: question(of.value, filter, relation), notes: [of.notes, within.notes].concat() })
    }

    fn entity(&self, name: Option<&str>) -> Result<Read<Option<EntityIx>>, Fault> {
        match name {
            Some(name) => Ok(entity(self.catalogue, self.names, name)?.map(Some)),
            None => Ok(Read::plain(None)),
        }
    }

    fn kinds(&self, words: &[String]) -> Result<Vec<EntityKind>, Fault> {
        let mut found = Vec::new();
        for word in words {
            found.extend(kinds(word).ok_or_else(|| bad_word("kind of entities", word, KIND_WORDS.iter().copied()))?);
        }
        Ok(found)
    }

    fn document(&self, id: &str) -> Result<hanjung::facts::DocumentIx, Fault> {
        let ids = self.catalogue.documents().iter().map(|document| document.id.as_str());
        self.catalogue.document(id).ok_or_else(|| bad_word("document", id, ids))
    }
}

fn bad_word<'w>(what: &'static str, word: &str, known: impl Iterator<Item = &'w str> + Clone) -> Fault {
    let near: Vec<&str> = nearest(word, known.clone(), 3);
    let names = if near.is_empty() { known.collect() } else { near };
    let nearest = names.into_iter().map(str::to_owned).collect();
    Fault::Word(Failure::BadWord { what, word: word.to_owned(), nearest })
}
