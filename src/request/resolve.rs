//! The one place where the names in a request are looked up, all of them in one go.

use std::ops::Range;

use super::expression::{
    Fault, Name, QUOTES, names_in, place_of_key, quoted, read_request, read_set,
};
use super::map::Reading;
use super::meant::{meant, name_around};
use super::names::{
    KIND_WORDS, LONGEST_NAME, Misunderstanding, Read, entity, is_subject, is_subject_with_marks,
    is_whole_name, kinds, marks, subject,
};
use super::question::{Cut, FactFilter, MOST_CHAINS, Question, Request};
use super::set::{Place, Set};
use super::subject::Subject;
use crate::data::World;
use crate::facts::{
    Catalogue, DocumentIx, Entity, EntityKind, GOODS, Names, Role, TERRITORIES, nearest,
    with_article,
};
use crate::graph::Follow;

/// A request as it comes from a command line, from JSON or from a program: its sets are texts, each
/// a name or an expression.
pub type Written = Request<String, String>;

/// What in a request could not be made out, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub fault: Misunderstanding,
    /// The text that it stands in, and its place there in bytes.
    pub text: Option<(String, Range<usize>)>,
    /// Of a request in JSON: the field of that text, as `exposure.of`.
    pub field: Option<String>,
}

/// All that in a request could not be made out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Troubles(pub Vec<Trouble>);

impl From<Misunderstanding> for Troubles {
    fn from(fault: Misunderstanding) -> Self {
        Troubles(vec![fault.into()])
    }
}

impl std::error::Error for Troubles {}

impl std::fmt::Display for Troubles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let each: Vec<String> = self
            .0
            .iter()
            .map(|trouble| trouble.fault.to_string())
            .collect();
        f.write_str(&each.join("; "))
    }
}

impl World {
    /// Reads a request that is written as an expression, and looks up everything in it.
    ///
    /// # Errors
    ///
    /// All that can't be made out, each with its place.
    ///
    /// ```
    /// use hanjung::request::Question;
    ///
    /// let world = hanjung::World::built_in()?;
    /// let read = world.read("firms & dependents(graphite) - dependents(rare-earths)")?;
    /// assert!(matches!(read.value, Question::Select { .. }));
    /// let troubles = world.read("frims & dependants(graphite)").unwrap_err();
    /// assert_eq!(troubles.0.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(&self, expression: &str) -> Result<Read<Question>, Troubles> {
        let catalogue = self.parts().catalogue;
        let names = Names::new(catalogue);
        let request = read_whole(catalogue, &names, expression).map_err(Troubles)?;
        resolve_expression(catalogue, &names, expression, &request).map_err(Troubles)
    }
}

impl From<Misunderstanding> for Trouble {
    fn from(fault: Misunderstanding) -> Self {
        Trouble {
            fault,
            text: None,
            field: None,
        }
    }
}

/// Looks up everything in a request that is written as texts. A text that is as a whole the name of
/// something is that name; any other is an expression if it has operators or brackets, or is the
/// word of a kind.
///
/// # Errors
///
/// All that can't be made out, in the order of the request.
///
/// ```
/// use hanjung::World;
/// use hanjung::facts::Names;
/// use hanjung::request::{Request, Written, resolve};
///
/// let world = World::built_in()?;
/// let catalogue = world.parts().catalogue;
/// let names = Names::new(catalogue);
/// let show = |of: &str| Written::Show { of: of.to_owned() };
/// assert!(resolve(catalogue, &names, &show("firms & from(china)")).is_ok());
/// let troubles = resolve(catalogue, &names, &show("firms & from(qrxv)")).unwrap_err();
/// assert_eq!(troubles[0].text, Some(("firms & from(qrxv)".to_owned(), 13..17)));
/// # Ok::<(), hanjung::facts::BadData>(())
/// ```
pub fn resolve(
    catalogue: &Catalogue,
    names: &Names,
    request: &Written,
) -> Result<Read<Question>, Vec<Trouble>> {
    let mut read = Resolver::new(catalogue, names);
    read.check(request);
    read.note_cuts(request);
    let found = request.read_with(&mut read);
    read.finish(found)
}

/// Reads a request that is written as an expression. A text that is as a whole the name of something
/// is that, whatever marks it holds.
///
/// # Errors
///
/// All that is wrong with it, with the names that nothing bears.
pub fn read_whole(
    catalogue: &Catalogue,
    names: &Names,
    text: &str,
) -> Result<Request<Set<Name>, Name>, Vec<Trouble>> {
    if is_whole_name(catalogue, names, text) {
        return Ok(Request::Select {
            set: Set::One(Name::whole(text)),
            follow: Follow::default(),
        });
    }
    read_request(text).map_err(|faults| troubles(catalogue, names, text, faults))
}

/// Looks up the names in a request that was read as an expression.
///
/// # Errors
///
/// All that can't be made out, in the order of the request.
pub fn resolve_expression(
    catalogue: &Catalogue,
    names: &Names,
    text: &str,
    request: &Request<Set<Name>, Name>,
) -> Result<Read<Question>, Vec<Trouble>> {
    let mut read = Resolver::new(catalogue, names);
    read.text = Some(text.to_owned());
    read.check(request);
    let found = request.read_with(&mut read);
    read.finish(found)
}

/// Looks up the names in a request that was read from no one text.
///
/// # Errors
///
/// All that can't be made out, in the order of the request.
pub fn resolve_names(
    catalogue: &Catalogue,
    names: &Names,
    request: &Request<Set<Name>, Name>,
) -> Result<Read<Question>, Troubles> {
    let mut read = Resolver::new(catalogue, names);
    let found = request.read_with(&mut read);
    read.finish(found).map_err(Troubles)
}

/// The faults of an expression as troubles with it, with those of its names, in the order of the
/// places.
pub fn troubles(
    catalogue: &Catalogue,
    names: &Names,
    text: &str,
    faults: Vec<Fault>,
) -> Vec<Trouble> {
    let mut read = Resolver::new(catalogue, names);
    read.text = Some(text.to_owned());
    for name in names_in(text) {
        let is_at_fault = |fault: &Fault| fault.at.contains(&name.at.start);
        if !faults.iter().any(is_at_fault) {
            read.subject(&name, Place::Anything);
        }
    }
    let of = |Fault { at, message, hint }| Trouble {
        fault: Misunderstanding::BadExpression { message, hint },
        text: Some((text.to_owned(), at)),
        field: None,
    };
    let mut troubles: Vec<Trouble> = faults.into_iter().map(of).chain(read.troubles).collect();
    troubles.sort_by_key(|trouble| trouble.text.as_ref().map(|(_, at)| at.start));
    unquoted(catalogue, troubles)
}

struct Resolver<'c> {
    catalogue: &'c Catalogue,
    names: &'c Names<'c>,
    /// The text that is being read, if places in it are to be told.
    text: Option<String>,
    notes: Vec<String>,
    troubles: Vec<Trouble>,
}

impl<'c> Resolver<'c> {
    fn new(catalogue: &'c Catalogue, names: &'c Names<'c>) -> Self {
        Resolver {
            catalogue,
            names,
            text: None,
            notes: Vec::new(),
            troubles: Vec::new(),
        }
    }

    fn finish(self, found: Option<Question>) -> Result<Read<Question>, Vec<Trouble>> {
        match found {
            Some(value) if self.troubles.is_empty() => Ok(Read {
                value,
                notes: self.notes,
            }),
            _ => Err(unquoted(self.catalogue, self.troubles)),
        }
    }

    fn take<T>(
        &mut self,
        read: Result<Read<T>, Misunderstanding>,
        at: Option<Range<usize>>,
    ) -> Option<T> {
        match read {
            Ok(read) => {
                self.notes.extend(read.notes);
                Some(read.value)
            }
            Err(fault) => {
                let text = self.text.clone().zip(at);
                let trouble = Trouble::from(fault);
                self.troubles.push(Trouble { text, ..trouble });
                None
            }
        }
    }

    /// What a name stands for, where it stands in an expression or is one by itself.
    fn subject(&mut self, name: &Name, place: Place) -> Option<Subject> {
        let whole = self.text.as_ref().map(|text| 0..text.len());
        let at = Some(name.at.clone()).filter(|at| whole.as_ref() != Some(at));
        if let Some(fault) = self.mistaken(name) {
            return self.take(Err(fault), at);
        }
        let found = match place {
            Place::Anything => subject(self.catalogue, self.names, &name.text),
            _ => {
                entity(self.catalogue, self.names, &name.text).map(|read| read.map(Subject::Entity))
            }
        };
        let found = self.take(found, at.clone())?;
        match self.misplaced(name, found, place) {
            Some(fault) => self.take(Err(fault), at),
            None => Some(found),
        }
    }

    /// What is wrong with a name that is none to the letter, and says something else as it stands:
    /// words of expressions, or quotes.
    fn mistaken(&self, name: &Name) -> Option<Misunderstanding> {
        let (catalogue, names) = (self.catalogue, self.names);
        if is_subject(catalogue, names, &name.text) {
            return None;
        }
        let text = self.text.as_ref()?;
        let is_quoted = text.get(name.at.clone());
        if is_quoted.is_some_and(|text| text.starts_with(QUOTES)) {
            let found = subject(catalogue, names, &name.text);
            return Some(found.map_or_else(|fault| fault, |read| no_whole_name(name, read.value)));
        }
        Some(Misunderstanding::BadExpression {
            message: format!("nothing in the data is named “{}”", name.text),
            hint: meant(catalogue, names, &name.text)?,
        })
    }

    fn misplaced(&self, name: &Name, found: Subject, place: Place) -> Option<Misunderstanding> {
        let entity = &self.catalogue[found.owner()];
        match place {
            Place::Economy if entity.kind != EntityKind::Economy => {
                Some(unknown_word("economy", &name.text, self.economies()))
            }
            _ if let Subject::Supply { good, .. } = found
                && !GOODS.contains(self.catalogue[good].kind) =>
            {
                let good = &self.catalogue[good];
                Some(misfit(good, "what somebody makes is a good"))
            }
            Place::Player(kinds) if !kinds.contains(entity.kind) => Some(misfit(
                entity,
                &format!("in this role stands {}", with_article(&kinds.describe())),
            )),
            Place::Territory if !TERRITORIES.contains(entity.kind) => {
                Some(Misunderstanding::BadExpression {
                    message: format!(
                        "nothing is said to be in {}: {}",
                        with_article(entity.kind.noun()),
                        entity.en
                    ),
                    hint: "name an economy or a place".to_owned(),
                })
            }
            _ => None,
        }
    }

    fn economies(&self) -> impl Iterator<Item = &str> + Clone {
        let is_one = |entity: &&crate::facts::Entity| entity.kind == EntityKind::Economy;
        let economies = self.catalogue.entities().filter(is_one);
        economies.map(|entity| entity.id.as_str())
    }

    /// What numbers and roles in a request may not be.
    fn check<S, D>(&mut self, request: &Request<S, D>) {
        match request {
            Request::Find { text } => self.check_length(text),
            Request::Figures(filter) => {
                if let Some(measure) = &filter.measure {
                    self.check_length(measure);
                }
            }
            Request::Facts(filter) => self.check_roles(filter),
            Request::Why { most, .. } if !(1..=MOST_CHAINS).contains(most) => {
                let message = format!("{most} chains can’t be shown");
                self.bad(message, format!("ask for 1 to {MOST_CHAINS}"));
            }
            Request::WhatIf { cuts, .. } | Request::Explain { cuts, .. } => self.check_cuts(cuts),
            Request::Compare { sets, .. } if sets.len() < 2 => {
                self.bad(
                    "there is nothing to compare with".to_owned(),
                    "name two or more sets".to_owned(),
                );
            }
            _ => {}
        }
    }

    fn check_cuts<S>(&mut self, cuts: &[Cut<S>]) {
        for cut in cuts.iter().filter(|cut| !(0.0..=1.0).contains(&cut.part)) {
            let message = format!("“{}” does not say how much is cut", cut.part);
            self.bad(
                message,
                "write the part that is cut as a number from 0 to 1".to_owned(),
            );
        }
        if cuts.is_empty() {
            self.bad("nothing is cut".to_owned(), "name what is cut".to_owned());
        }
    }

    /// That what is cut by no part of it is not cut.
    fn note_cuts(&mut self, request: &Written) {
        if let Request::WhatIf { cuts, .. } | Request::Explain { cuts, .. } = request {
            let uncut = cuts.iter().filter(|cut| cut.part == 0.0);
            self.notes
                .extend(uncut.map(|cut| format!("nothing of “{}” is cut", cut.of)));
        }
    }

    fn bad(&mut self, message: String, hint: String) {
        self.troubles
            .push(Misunderstanding::BadExpression { message, hint }.into());
    }

    fn check_length(&mut self, text: &str) {
        let fits =
            Misunderstanding::of_length("a text", text.chars().count(), "letters", LONGEST_NAME);
        self.troubles.extend(fits.err().map(Trouble::from));
    }

    /// Each role must be one that some of the claims know.
    fn check_roles<S, D>(&mut self, filter: &FactFilter<S, D>) {
        let has = |role: Role| {
            let mut claims = filter.claims.iter();
            claims.any(|claim| claim.form().fields_of(role).next().is_some())
        };
        let roles = filter
            .roles
            .iter()
            .map(|(role, _)| *role)
            .chain(filter.open);
        for role in roles.filter(|&role| !filter.claims.is_empty() && !has(role)) {
            let known = Role::ALL.iter().filter(|&&role| has(role));
            let fault = Misunderstanding::UnknownWord {
                what: "role in such facts",
                word: role.word().to_owned(),
                nearest: known.map(|role| role.word().to_owned()).collect(),
            };
            let text = self.text.clone().and_then(|text| {
                let at = place_of_key(&text, role.word())?;
                Some((text, at))
            });
            let trouble = Trouble::from(fault);
            self.troubles.push(Trouble { text, ..trouble });
        }
    }
}

/// That an entity is of a kind that can't stand where it does.
fn misfit(entity: &Entity, wanted: &str) -> Misunderstanding {
    Misunderstanding::BadExpression {
        message: format!(
            "{} is {}: {wanted}",
            entity.en,
            with_article(entity.kind.noun())
        ),
        hint: "see which role it stands in; docs/query.md tells who plays which".to_owned(),
    }
}

/// Troubles with parts of a name that holds marks are one: the name is to stand in quotes.
fn unquoted(catalogue: &Catalogue, troubles: Vec<Trouble>) -> Vec<Trouble> {
    let each = troubles.into_iter().map(|trouble| {
        let name = trouble.text.as_ref();
        let name = name.and_then(|(text, at)| name_around(catalogue, text, at));
        match (name, trouble) {
            (
                Some(at),
                Trouble {
                    text: Some((text, _)),
                    ..
                },
            ) => to_be_quoted(text, at),
            (_, trouble) => trouble,
        }
    });
    let mut all: Vec<Trouble> = each.collect();
    all.dedup();
    all
}

fn to_be_quoted(text: String, at: Range<usize>) -> Trouble {
    let name = &text[at.clone()];
    let fault = Misunderstanding::BadExpression {
        message: format!("“{name}” is a name that holds marks of expressions"),
        hint: format!("put it in quotes: {}", quoted(name)),
    };
    Trouble {
        fault,
        text: Some((text, at)),
        field: None,
    }
}

/// In quotes a name stands as a whole.
fn no_whole_name(name: &Name, near: Subject) -> Misunderstanding {
    Misunderstanding::UnknownName {
        name: name.text.clone(),
        nearest: vec![near.owner()],
    }
}

/// A word that is none of those known.
pub fn unknown_word<'w>(
    what: &'static str,
    word: &str,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Misunderstanding {
    let near: Vec<&str> = nearest(word, known.clone(), 3);
    let words = if near.is_empty() {
        known.collect()
    } else {
        near
    };
    Misunderstanding::UnknownWord {
        what,
        word: word.to_owned(),
        nearest: words.into_iter().map(str::to_owned).collect(),
    }
}

/// The kinds that words stand for.
///
/// # Errors
///
/// Of the first word that stands for none.
pub fn kinds_of_words(words: &[String]) -> Result<Vec<EntityKind>, Misunderstanding> {
    let of = |word: &String| {
        let unknown = || unknown_word("kind of entities", word, KIND_WORDS.iter().copied());
        kinds(word).ok_or_else(unknown)
    };
    let found: Result<Vec<&[EntityKind]>, Misunderstanding> = words.iter().map(of).collect();
    Ok(found?.concat())
}

impl Reading<String, String> for Resolver<'_> {
    type Set = Set<Subject>;
    type Document = DocumentIx;

    fn set(&mut self, text: &String, place: Place) -> Option<Set<Subject>> {
        self.text = Some(text.clone());
        let set = match read_text(self.catalogue, self.names, text) {
            Ok(set) => set,
            Err(faults) => {
                let all = troubles(self.catalogue, self.names, text, faults);
                self.troubles.extend(all);
                return None;
            }
        };
        Reading::<Set<Name>, Name>::set(self, &set, place)
    }

    fn document(&mut self, id: &String) -> Option<DocumentIx> {
        let ids = self
            .catalogue
            .documents()
            .iter()
            .map(|document| document.id.as_str());
        let found = self.catalogue.document(id).map(Read::plain);
        self.take(found.ok_or_else(|| unknown_word("document", id, ids)), None)
    }
}

impl Reading<Set<Name>, Name> for Resolver<'_> {
    type Set = Set<Subject>;
    type Document = DocumentIx;

    fn set(&mut self, set: &Set<Name>, place: Place) -> Option<Set<Subject>> {
        set.try_map(place, &mut |name, place| self.subject(name, place))
    }

    fn document(&mut self, name: &Name) -> Option<DocumentIx> {
        Reading::<String, String>::document(self, &name.text)
    }
}

/// A text as a set: as a whole a name, or else an expression.
fn read_text(catalogue: &Catalogue, names: &Names, text: &str) -> Result<Set<Name>, Vec<Fault>> {
    let is_empty = text.trim().is_empty();
    if !is_empty && !is_expression(catalogue, names, text) {
        return Ok(Set::One(Name::whole(text)));
    }
    read_set(text)
}

/// Whether a text is to be read as an expression: it is no name as a whole, and has operators or
/// brackets, or is the word of a kind.
pub fn is_expression(catalogue: &Catalogue, names: &Names, text: &str) -> bool {
    match marks(text).is_empty() {
        true => kinds(text.trim()).is_some() && !is_subject(catalogue, names, text),
        false => !is_subject_with_marks(catalogue, names, text),
    }
}

/// What a cut on a command line says: what is cut, and behind the last `=` how much of it; all of
/// it, where the whole text is a name or has no `=`. `None` where that is no part.
pub fn read_cut(catalogue: &Catalogue, names: &Names, text: &str) -> Option<Cut<String>> {
    let divided = text
        .rsplit_once('=')
        .filter(|_| !is_subject(catalogue, names, text));
    let Some((of, of_it)) = divided else {
        return Some(Cut::whole(text));
    };
    Some(Cut {
        of: of.trim().to_owned(),
        part: part(of_it)?,
    })
}

/// A part of something: a number from 0 to 1.
pub fn part(text: &str) -> Option<f64> {
    let part: f64 = text.trim().parse().ok()?;
    (0.0..=1.0).contains(&part).then(|| part.abs())
}

/// The same request with everything in it called by its id.
pub fn named(catalogue: &Catalogue, question: &Question) -> Request<Set<Name>, Name> {
    let named = question.read_with(&mut Naming { catalogue });
    named.expect("everything that was looked up has an id")
}

/// A set as an expression, with everything in it called by its id.
pub fn written(catalogue: &Catalogue, set: &Set<Subject>) -> String {
    let named = Naming { catalogue }.set(set, Place::Anything);
    named.map_or_else(String::new, |set| set.to_string())
}

struct Naming<'c> {
    catalogue: &'c Catalogue,
}

impl Reading<Set<Subject>, DocumentIx> for Naming<'_> {
    type Set = Set<Name>;
    type Document = Name;

    fn set(&mut self, set: &Set<Subject>, place: Place) -> Option<Set<Name>> {
        set.try_map(place, &mut |subject, _| {
            Some(Name::whole(match *subject {
                Subject::Entity(entity) => self.catalogue[entity].id.to_string(),
                Subject::Supply { by, good } => {
                    format!("{}:{}", self.catalogue[by].id, self.catalogue[good].id)
                }
            }))
        })
    }

    fn document(&mut self, document: &DocumentIx) -> Option<Name> {
        Some(Name::whole(self.catalogue[*document].id.to_string()))
    }
}
