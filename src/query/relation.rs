//! Who plays which role: which facts of a relation are wanted, and how the question for them reads.

use std::collections::HashSet;

use super::answer::Given;
use super::listing::{facts_where, wanted_entities};
use super::party::Party;
use super::territory::with_sites;
use super::writer::Writer;
use crate::facts::{
    ACTORS, Catalogue, Claim, EntityIx, EntityKind, Fact, FactIx, KindSet, Role, Tie, in_number,
    with_article,
};
use crate::request::{FactFilter, Set};

impl<S, D> FactFilter<S, D> {
    /// Whether it asks for who plays which role.
    pub fn has_roles(&self) -> bool {
        !self.roles.is_empty() || self.open.is_some()
    }
}

impl FactFilter {
    /// Where the one who plays its role plays only another one in some facts of these claims: the
    /// questions for those.
    pub fn turned(&self, catalogue: &Catalogue) -> Vec<FactFilter> {
        let Some((role, entity)) = self.only_player() else {
            return Vec::new();
        };
        let others = Role::ALL.iter().filter(|&&other| other != role);
        let mut found: Vec<(Role, Vec<FactIx>)> = Vec::new();
        for &other in others {
            let facts = self.with_only(other, Party::one(entity)).played(catalogue);
            if !facts.is_empty() && found.iter().all(|(_, known)| *known != facts) {
                found.push((other, facts));
            }
        }
        let turned = found.into_iter();
        turned
            .map(|(role, _)| self.with_only(role, Set::from(entity)))
            .collect()
    }

    /// The one entity that plays a role, where that is all that is given.
    pub fn only_player(&self) -> Option<(Role, EntityIx)> {
        let [(role, set)] = self.roles.as_slice() else {
            return None;
        };
        Some((*role, set.one()?.entity()?))
    }

    fn with_only<S>(&self, role: Role, player: S) -> FactFilter<S> {
        let claims = self
            .claims
            .iter()
            .copied()
            .filter(|claim| claim.form().fields_of(role).next().is_some());
        FactFilter {
            claims: claims.collect(),
            roles: vec![(role, player)],
            with_kinds: self.with_kinds,
            ..FactFilter::default()
        }
    }
}

impl FactFilter<Party> {
    fn played(&self, catalogue: &Catalogue) -> Vec<FactIx> {
        let players = Players::new(catalogue, self);
        facts_where(catalogue, |fact| {
            self.claims.contains(&fact.claim) && players.play_in(fact)
        })
    }
}

/// Those who must play their roles in a fact, and what must be found in it.
pub(super) struct Players<'c> {
    catalogue: &'c Catalogue,
    roles: Vec<(Role, HashSet<EntityIx>)>,
    open: Option<Role>,
    kinds: &'c [EntityKind],
}

impl<'c> Players<'c> {
    pub fn new(catalogue: &'c Catalogue, filter: &'c FactFilter<Party>) -> Self {
        // What is somewhere in a country is in that country.
        let sites = |place: EntityIx| with_sites(catalogue, place);
        let wanted = |(role, party): &(Role, Party)| match role {
            Role::In => (*role, party.entities().flat_map(sites).collect()),
            _ => (*role, wanted_entities(catalogue, party, filter)),
        };
        let roles = filter.roles.iter().map(wanted).collect();
        Players {
            catalogue,
            roles,
            open: filter.open,
            kinds: &filter.kinds,
        }
    }

    /// Whether each plays its role in a fact, and somebody else the one that is asked for.
    pub fn play_in(&self, fact: &Fact) -> bool {
        let plays = |(role, wanted): &(Role, HashSet<EntityIx>)| {
            fact.in_role(*role).any(|ix| wanted.contains(&ix))
        };
        self.roles.iter().all(plays)
            && self
                .open
                .is_none_or(|role| fact.in_role(role).any(|ix| self.answers(role, ix)))
    }

    fn answers(&self, open: Role, entity: EntityIx) -> bool {
        let is_given = self
            .roles
            .iter()
            .any(|(role, wanted)| *role == open && wanted.contains(&entity));
        !is_given && (self.kinds.is_empty() || self.kinds.contains(&self.catalogue[entity].kind))
    }
}

/// The end that a question looks from: of who does something, or of who gets it.
pub(super) fn view(filter: &FactFilter<Party>) -> Option<Role> {
    const ENDS: [Role; 3] = [Role::By, Role::To, Role::With];
    filter.has_roles().then_some(())?;
    let is_end = |role: &Role| ENDS.contains(role) && is_played(&filter.claims, *role);
    let given = |end: &Role| filter.roles.iter().any(|(role, _)| role == end);
    let asked = asked(filter).filter(is_end);
    asked
        .or_else(|| ENDS.into_iter().find(|end| is_end(end) && given(end)))
        .or_else(|| ENDS.into_iter().find(is_end))
}

/// The role that is asked for; where none is named, the first that nobody is given for.
fn asked(filter: &FactFilter<Party>) -> Option<Role> {
    let count = |role| {
        filter
            .roles
            .iter()
            .filter(|(given, _)| *given == role)
            .count()
    };
    let is_open = |role: &Role| {
        is_played(&filter.claims, *role) && count(*role) <= usize::from(*role == Role::With)
    };
    filter.open.or_else(|| {
        [Role::By, Role::With, Role::What, Role::To]
            .into_iter()
            .find(is_open)
    })
}

fn is_played(claims: &[Claim], role: Role) -> bool {
    claims
        .iter()
        .any(|claim| claim.form().fields_of(role).next().is_some())
}

/// Who may play a role in facts of some claims.
fn kinds_in(claims: &[Claim], role: Role) -> KindSet {
    claims.iter().fold(KindSet::of(&[]), |kinds, claim| {
        kinds.and(claim.form().kinds_of(role))
    })
}

/// The question for the facts of a relation, in words: `Who supplies LG Energy Solution`.
pub(super) fn relation(writer: &Writer, filter: &FactFilter<Party>) -> String {
    match QuestionWording::new(writer, filter) {
        Some(wording) if wording.has_chains_beside() => {
            format!("{} directly, as stated", wording.question())
        }
        Some(wording) => wording.question(),
        None => without_verb(writer, filter),
    }
}

fn without_verb(writer: &Writer, filter: &FactFilter<Party>) -> String {
    let given = filter
        .roles
        .iter()
        .map(|(role, party)| format!("{} as “{role}”", writer.party_name(party)));
    let asked = filter.open.map(|role| format!("somebody as “{role}”"));
    format!(
        "Facts with {}",
        given.chain(asked).collect::<Vec<_>>().join(" and ")
    )
}

/// Puts the question for the facts of a relation into words.
struct QuestionWording<'w, 'c> {
    writer: &'w Writer<'c>,
    filter: &'w FactFilter<Party>,
    view: Role,
    asked: Option<Role>,
}

/// The order in which those behind the verb are told.
const BEHIND_THE_VERB: [Role; 9] = [
    Role::What,
    Role::By,
    Role::To,
    Role::From,
    Role::With,
    Role::Towards,
    Role::In,
    Role::For,
    Role::Under,
];

impl<'w, 'c> QuestionWording<'w, 'c> {
    fn new(writer: &'w Writer<'c>, filter: &'w FactFilter<Party>) -> Option<Self> {
        Some(QuestionWording {
            writer,
            filter,
            view: view(filter)?,
            asked: asked(filter),
        })
    }

    fn question(&self) -> String {
        let (subject, is_many) = self.subject();
        let mut words = vec![subject, in_number(&self.verbs(), is_many)];
        words.extend(self.objects());
        words.join(" ")
    }

    /// Who does or gets it, with the word that asks; and whether those are many.
    fn subject(&self) -> (String, bool) {
        if self.asked == Some(self.view) {
            return (self.asking(), !self.filter.kinds.is_empty());
        }
        let Some(subject) = self.named_subject() else {
            return (format!("{} {}", self.asking(), self.anybody()), false);
        };
        (
            format!("{} {}", self.asking(), self.name(subject)),
            self.is_many(subject),
        )
    }

    /// The word that asks.
    fn asking(&self) -> String {
        let kinds: Vec<&str> = self.filter.kinds.iter().map(|kind| kind.plural()).collect();
        let word = match self.asked {
            Some(Role::By | Role::To | Role::With | Role::What) if !kinds.is_empty() => {
                return format!("Which {}", kinds.join(" or "));
            }
            Some(Role::By | Role::To | Role::With) if self.is_about_somebody() => "Who",
            Some(Role::By | Role::To | Role::With | Role::What) => "What",
            Some(Role::In) => "Where",
            Some(Role::For) => "For what",
            Some(Role::From) => "From whom",
            Some(Role::Towards) => "Towards whom",
            Some(Role::Under) => "Under what",
            None => "Whether",
        };
        word.to_owned()
    }

    fn anybody(&self) -> &'static str {
        if self.is_about_somebody() {
            "somebody"
        } else {
            "something"
        }
    }

    fn is_about_somebody(&self) -> bool {
        kinds_in(&self.filter.claims, self.view)
            .is_within(ACTORS.and(KindSet::of(&[EntityKind::Plant])))
    }

    /// Whether somebody may depend on the good along a chain without being told to get it.
    fn has_chains_beside(&self) -> bool {
        let is_getting = |claim: &Claim| claim.form().tie(Tie::Gets).is_some();
        self.view == Role::To && self.filter.claims.iter().any(is_getting)
    }

    /// The verbs of the claims, each once.
    fn verbs(&self) -> String {
        let mut verbs = Vec::new();
        for claim in &self.filter.claims {
            let verb = claim.form().verbs[usize::from(self.view == Role::To)];
            if !verb.is_empty() && !verbs.contains(&verb) {
                verbs.push(verb);
            }
        }
        verbs.join(" or ")
    }

    fn named_subject(&self) -> Option<&'w Party> {
        self.given(self.view)
            .next()
            .filter(|_| self.asked != Some(self.view))
    }

    fn given(&self, role: Role) -> impl Iterator<Item = &'w Party> + use<'w> {
        self.filter
            .roles
            .iter()
            .filter(move |(given, _)| *given == role)
            .map(|(_, party)| party)
    }

    fn is_many(&self, party: &Party) -> bool {
        let is_many = |entity| self.writer.catalogue.names_many(entity);
        party.entity().is_none_or(is_many)
    }

    /// Those behind the verb, each with its preposition.
    fn objects(&self) -> Vec<String> {
        let mut objects: Vec<String> = self.something().into_iter().collect();
        for role in BEHIND_THE_VERB {
            let given = self.given(role).skip(usize::from(
                role == self.view && self.named_subject().is_some(),
            ));
            let names: Vec<String> = given.map(|party| self.name(party)).collect();
            objects.extend(
                (!names.is_empty())
                    .then(|| format!("{}{}", self.preposition(role), names.join(" and "))),
            );
        }
        objects
    }

    /// A word for what is neither given nor asked for.
    fn something(&self) -> Option<String> {
        let is_missing =
            is_played(&self.filter.claims, Role::What) && self.given(Role::What).next().is_none();
        let is_told = self.asked == Some(Role::What) || self.has_receiver_alone();
        (is_missing && !is_told).then(|| "something".to_owned())
    }

    /// Whether it is asked who supplies somebody, whatever the good.
    fn has_receiver_alone(&self) -> bool {
        let has = |role| self.given(role).next().is_some();
        self.asked == Some(self.view) && self.view == Role::By && has(Role::To) && !has(Role::What)
    }

    fn preposition(&self, role: Role) -> &'static str {
        match role {
            Role::What => "",
            Role::To if self.has_receiver_alone() => "",
            Role::By | Role::From => "from ",
            Role::To => "to ",
            Role::With => "with ",
            Role::Towards => "towards ",
            Role::In => "in ",
            Role::For => "for ",
            Role::Under => "under ",
        }
    }

    fn name(&self, party: &Party) -> String {
        let name = self.writer.party_name(party);
        let their = if self.is_many(party) { "their" } else { "its" };
        let kinds = Claim::IsA.form().kinds_of(Role::What);
        let may_have_kinds = |entity: EntityIx| kinds.contains(self.writer.catalogue[entity].kind);
        if self.filter.with_kinds && party.entities().any(may_have_kinds) {
            format!("{name} and {their} kinds")
        } else {
            name
        }
    }
}

/// For each who can't play its role in any fact of the claims, why.
pub(super) fn misfits(writer: &Writer, filter: &FactFilter<Party>) -> Vec<String> {
    filter
        .roles
        .iter()
        .flat_map(|(role, party)| party.entities().map(|entity| (*role, entity)))
        .filter_map(|(role, entity)| misfit(writer, &filter.claims, role, entity))
        .collect()
}

fn misfit(writer: &Writer, claims: &[Claim], role: Role, entity: EntityIx) -> Option<String> {
    let (kind, kinds) = (writer.catalogue[entity].kind, kinds_in(claims, role));
    let open = FactFilter {
        claims: claims.to_vec(),
        open: Some(role),
        ..FactFilter::default()
    };
    let who = uncapitalised(&QuestionWording::new(writer, &open)?.question());
    let name = writer.name(entity);
    (!kinds.contains(kind)).then(|| {
        format!(
            "{name} is {}, but {who} is {}",
            with_article(kind.noun()),
            with_article(&kinds.describe())
        )
    })
}

fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// The roles of a question, by name.
pub(super) fn roles_given(
    writer: &Writer,
    filter: &FactFilter<Party>,
) -> Vec<(&'static str, Given)> {
    let mut given = Vec::new();
    for &role in Role::ALL {
        let players = filter.roles.iter().filter(|(r, _)| *r == role);
        let players: Vec<&Party> = players.map(|(_, party)| party).collect();
        match players.as_slice() {
            [] => {}
            [one] => given.push((role.word(), writer.given_party(one))),
            many => given.push((
                role.word(),
                Given::Words(
                    many.iter()
                        .map(|party| writer.party_written(party))
                        .collect(),
                ),
            )),
        }
    }
    given.extend(
        filter
            .open
            .map(|role| ("ask", Given::Text(role.word().to_owned()))),
    );
    let kinds: Vec<String> = filter
        .kinds
        .iter()
        .map(|kind| kind.noun().to_owned())
        .collect();
    given.extend((!kinds.is_empty()).then_some(("kind", Given::Words(kinds))));
    given
}
