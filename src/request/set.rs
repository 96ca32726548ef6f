//! Sets of things, as expressions. Who or what a request is about is a set, and sets combine.

use crate::facts::{Claim, EntityIx, EntityKind, Field, FieldForm, KindSet, Role};

use super::subject::Subject;

/// A set of things. `R` is how it names a thing: as it was typed, or looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Set<R> {
    /// One thing: an entity, or one maker's output of a good.
    One(R),
    /// All entities of some kinds.
    Kinds(Vec<EntityKind>),
    /// All that is in a territory: smaller places, plants, and who has a seat there.
    In(Box<Set<R>>),
    /// All who are of an economy, wherever they are.
    From(Box<Set<R>>),
    /// All who play a role in facts in which others play theirs.
    Role(RoleSet<R>),
    /// All that depends on something.
    Dependents(Dependence<R>),
    /// All that something depends on.
    Dependencies(Dependence<R>),
    /// What is in both.
    And(Box<Set<R>>, Box<Set<R>>),
    /// What is in either.
    Or(Box<Set<R>>, Box<Set<R>>),
    /// What is in the first and not documented to be in the second.
    Minus(Box<Set<R>>, Box<Set<R>>),
}

/// Who plays a role in facts of some claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSet<R> {
    /// The claims; it is enough that a fact of one of them says so.
    pub claims: Vec<Claim>,
    /// The part that is left open: those who play it are the set.
    pub open: Part,
    /// Who must play which other part: any one of the set.
    pub filled: Vec<(Part, Set<R>)>,
}

/// A part that an entity plays in a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What stands in a field.
    Field(Field),
    /// Who plays a role, whatever the claim calls it.
    Role(Role),
    /// Who plays one of several roles.
    AnyOf(&'static [Role]),
}

/// What depends on something, or what that depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependence<R> {
    /// On what, or of what: any one of the set.
    pub of: Box<Set<R>>,
    /// At most so many facts away.
    pub depth: Option<u32>,
    /// Only what depends on one of these, which itself depends on what is asked about.
    pub through: Option<Box<Set<R>>>,
}

impl Part {
    /// Its word; of several roles the first's.
    ///
    /// ```
    /// use hanjung::facts::{Field, Role};
    /// use hanjung::request::Part;
    ///
    /// assert_eq!(Part::Role(Role::By).word(), "by");
    /// assert_eq!(Part::Field(Field::Good).word(), "good");
    /// ```
    pub fn word(self) -> &'static str {
        match self {
            Part::Field(field) => field.word(),
            Part::Role(role) => role.word(),
            Part::AnyOf(roles) => roles.first().map_or("", |role| role.word()),
        }
    }

    /// The fields in which it stands in a claim.
    pub fn fields_of(self, claim: Claim) -> impl Iterator<Item = Field> {
        let forms = claim.form().fields.iter();
        forms
            .filter(move |form| self.is_played_in(form))
            .map(|form| form.field)
    }

    /// Whether it says where something is, or is done.
    pub(crate) fn is_where_in(self, claim: Claim) -> bool {
        let forms = claim.form().fields.iter();
        forms
            .filter(|form| self.is_played_in(form))
            .any(|form| form.roles.contains(&Role::In))
    }

    /// The kinds of entities that can play it in some of these claims.
    pub(crate) fn kinds_in(self, claims: &[Claim]) -> KindSet {
        let forms = claims.iter().flat_map(|claim| claim.form().fields);
        let played = forms.filter(|form| self.is_played_in(form));
        played.fold(KindSet::of(&[]), |kinds, form| {
            let instead = form.instead.map_or(KindSet::of(&[]), |(_, kinds)| kinds);
            kinds.and(form.kinds()).and(instead)
        })
    }

    /// Whether it is a role, or may be.
    pub(super) fn has(self, role: Role) -> bool {
        match self {
            Part::Field(_) => false,
            Part::Role(it) => it == role,
            Part::AnyOf(roles) => roles.contains(&role),
        }
    }

    fn is_played_in(self, form: &FieldForm) -> bool {
        match self {
            Part::Field(field) => form.field == field,
            Part::Role(role) => form.roles.contains(&role),
            Part::AnyOf(roles) => roles.iter().any(|role| form.roles.contains(role)),
        }
    }
}

impl<R> Set<R> {
    /// What is in both sets.
    pub fn and(self, other: Set<R>) -> Set<R> {
        Set::And(Box::new(self), Box::new(other))
    }

    /// What is in either set.
    pub fn or(self, other: Set<R>) -> Set<R> {
        Set::Or(Box::new(self), Box::new(other))
    }

    /// What is in this set and not documented to be in the other.
    pub fn minus(self, other: Set<R>) -> Set<R> {
        Set::Minus(Box::new(self), Box::new(other))
    }

    /// The one thing that it names, if it is no more than that.
    pub fn one(&self) -> Option<&R> {
        match self {
            Set::One(one) => Some(one),
            _ => None,
        }
    }

    /// The same set with each thing named otherwise; `place` says what the thing is to be. `None`
    /// if any can't be, after all have been tried, so that every fault is found.
    pub(crate) fn try_map<S>(
        &self,
        place: Place,
        name: &mut impl FnMut(&R, Place) -> Option<S>,
    ) -> Option<Set<S>> {
        Some(match self {
            Set::One(one) => Set::One(name(one, place)?),
            Set::Kinds(kinds) => Set::Kinds(kinds.clone()),
            Set::In(of) => Set::In(of.boxed(Place::Territory, name)?),
            Set::From(of) => Set::From(of.boxed(Place::Economy, name)?),
            Set::Role(roles) => Set::Role(roles.try_map(name)?),
            Set::Dependents(of) => Set::Dependents(of.try_map(name)?),
            Set::Dependencies(of) => Set::Dependencies(of.try_map(name)?),
            Set::And(a, b) => {
                let (a, b) = (a.boxed(place, name), b.boxed(place, name));
                Set::And(a?, b?)
            }
            Set::Or(a, b) => {
                let (a, b) = (a.boxed(place, name), b.boxed(place, name));
                Set::Or(a?, b?)
            }
            Set::Minus(a, b) => {
                let (a, b) = (a.boxed(place, name), b.boxed(place, name));
                Set::Minus(a?, b?)
            }
        })
    }

    /// The same, put away at once: of a long expression every set lies on the stack.
    fn boxed<S>(
        &self,
        place: Place,
        name: &mut impl FnMut(&R, Place) -> Option<S>,
    ) -> Option<Box<Set<S>>> {
        self.try_map(place, name).map(Box::new)
    }
}

/// What a name may stand for where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// An entity, or one maker's output of a good.
    Anything,
    /// An entity.
    Entity,
    /// An entity that others can be in.
    Territory,
    /// An economy.
    Economy,
    /// An entity of one of these kinds, for others can't play the part.
    Player(KindSet),
}

impl<R> RoleSet<R> {
    fn try_map<S>(&self, name: &mut impl FnMut(&R, Place) -> Option<S>) -> Option<RoleSet<S>> {
        let filled: Vec<Option<(Part, Set<S>)>> = self
            .filled
            .iter()
            .map(|(part, set)| {
                let place = Place::Player(part.kinds_in(&self.claims));
                Some((*part, set.try_map(place, name)?))
            })
            .collect();
        Some(RoleSet {
            claims: self.claims.clone(),
            open: self.open,
            filled: filled.into_iter().collect::<Option<_>>()?,
        })
    }
}

impl<R> Dependence<R> {
    /// What depends on a set, or what a set depends on, however far away.
    pub fn of(of: Set<R>) -> Self {
        Dependence {
            of: Box::new(of),
            depth: None,
            through: None,
        }
    }

    fn try_map<S>(&self, name: &mut impl FnMut(&R, Place) -> Option<S>) -> Option<Dependence<S>> {
        let of = self.of.try_map(Place::Anything, name);
        let through = match &self.through {
            Some(through) => Some(through.try_map(Place::Anything, name)?.into()),
            None => None,
        };
        Some(Dependence {
            of: Box::new(of?),
            depth: self.depth,
            through,
        })
    }
}

impl From<Subject> for Set<Subject> {
    fn from(subject: Subject) -> Self {
        Set::One(subject)
    }
}

impl From<EntityIx> for Set<Subject> {
    fn from(entity: EntityIx) -> Self {
        Set::One(Subject::Entity(entity))
    }
}
