//! Requests as expressions that read back as the same.

use std::fmt::{self, Display, Formatter};

use super::Name;
use super::spelling::{DIRECT, claim_word};
use super::tree::quoted;
use crate::facts::EntityKind;
use crate::graph::Follow;
use crate::request::aliases::{ALIASES, Alias};
use crate::request::names::{KIND_WORDS, kinds};
use crate::request::question::{Cut, DEFAULT_CHAINS, FactFilter, FigureFilter, Filter, Request};
use crate::request::set::{Dependence, Part, RoleSet, Set};

impl Display for Name {
    /// In quotes where it would be read as something else, be it between the brackets of a call.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is_it = |set: &Set<Name>| set.one() == Some(self);
        match super::read_set(&format!("in( {} )", self.text)) {
            Ok(Set::In(of)) if is_it(&of) && !self.text.eq_ignore_ascii_case(DIRECT) => {
                f.write_str(&self.text)
            }
            _ => f.write_str(&quoted(&self.text)),
        }
    }
}

impl Display for Set<Name> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Set::One(name) => name.fmt(f),
            Set::Kinds(kinds) => kinds_word(kinds).fmt(f),
            Set::In(of) => write!(f, "in({of})"),
            Set::From(of) => write!(f, "from({of})"),
            Set::Role(roles) => roles.fmt(f),
            Set::Dependents(of) => write!(f, "dependents({of})"),
            Set::Dependencies(of) => write!(f, "dependencies({of})"),
            Set::And(a, b) => write!(f, "{} & {}", Within(a, LEFT), Within(b, RIGHT)),
            Set::Minus(a, b) => write!(f, "{} - {}", Within(a, LEFT), Within(b, RIGHT)),
            Set::Or(a, b) => write!(f, "{a} | {}", Within(b, OF_OR)),
        }
    }
}

/// A set beside an operator, in brackets where it would be torn apart.
struct Within<'s>(&'s Set<Name>, fn(&Set<Name>) -> bool);

/// What must stand in brackets on the left of `&` or `-`, on their right, and on the right of `|`.
const LEFT: fn(&Set<Name>) -> bool = |set| matches!(set, Set::Or(..));
const RIGHT: fn(&Set<Name>) -> bool =
    |set| matches!(set, Set::Or(..) | Set::And(..) | Set::Minus(..));
const OF_OR: fn(&Set<Name>) -> bool = |set| matches!(set, Set::Or(..));

impl Display for Within<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Within(set, is_torn) = self;
        if is_torn(set) {
            write!(f, "({set})")
        } else {
            set.fmt(f)
        }
    }
}

/// A set of nothing.
const NOTHING: &str = "(firms - firms)";

/// The word that stands for some kinds; where none does, several with `|`.
fn kinds_word(wanted: &[EntityKind]) -> String {
    let is_all = |word: &&&str| kinds(word).is_some_and(|kinds| kinds == wanted);
    if let Some(word) = KIND_WORDS.iter().find(is_all) {
        return (*word).to_owned();
    }
    let each: Vec<&str> = wanted.iter().map(|kind| kind.plural()).collect();
    match each.as_slice() {
        [] => NOTHING.to_owned(),
        [one] => (*one).to_owned(),
        several => format!("({})", several.join(" | ")),
    }
}

impl Display for RoleSet<Name> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some((alias, first, more)) = alias(self) {
            return write!(f, "{}({first}{})", alias.words[0], Parts(more, ", "));
        }
        let of = |claim| format!("{}.{}", claim_word(claim), self.open.word());
        let each = self.claims.iter().map(|claim| of(*claim));
        let each: Vec<String> = each
            .map(|of| format!("{of}({})", Parts(&self.filled, "")))
            .collect();
        match each.as_slice() {
            [] => f.write_str(NOTHING),
            [one] => f.write_str(one),
            several => write!(f, "({})", several.join(" | ")),
        }
    }
}

/// The alias that says the same, with what stands first in its brackets, and what else.
#[allow(clippy::type_complexity)] // it is taken apart at once
fn alias(of: &RoleSet<Name>) -> Option<(&'static Alias, &Set<Name>, &[(Part, Set<Name>)])> {
    let ((given, first), more) = of.filled.split_first()?;
    let is_it = |alias: &&Alias| {
        alias.claims == of.claims && Part::Role(alias.open) == of.open && alias.given == *given
    };
    let alias = ALIASES.iter().find(is_it)?;
    Some((alias, first, more))
}

/// Who plays which part, behind a mark.
struct Parts<'s>(&'s [(Part, Set<Name>)], &'static str);

impl Display for Parts<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Parts(filled, before) = self;
        for (at, (part, set)) in filled.iter().enumerate() {
            let before = if at == 0 { before } else { ", " };
            write!(f, "{before}{}: {set}", part.word().replace('_', "-"))?;
        }
        Ok(())
    }
}

impl Display for Dependence<Name> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.of.fmt(f)?;
        match self.depth {
            Some(1) => f.write_str(", direct")?,
            Some(depth) => write!(f, ", depth: {depth}")?,
            None => {}
        }
        match &self.through {
            Some(through) => write!(f, ", through: {through}"),
            None => Ok(()),
        }
    }
}

impl Display for Request<Set<Name>, Name> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Request::Select { set, follow } = self
            && follow.is_usual()
            && !is_question(set)
        {
            return set.fmt(f);
        }
        let mut inputs = Written::default();
        let word = inputs.request(self);
        write!(f, "{word}({})", inputs.0.join(", "))?;
        Ok(())
    }
}

/// Whether a set that stands by itself would be read as a question.
fn is_question(set: &Set<Name>) -> bool {
    match set {
        Set::Dependents(of) | Set::Dependencies(of) => of.through.is_none(),
        _ => false,
    }
}

/// What is written between the brackets of a question.
#[derive(Default)]
struct Written(Vec<String>);

impl Written {
    #[expect(clippy::too_many_lines, reason = "an arm for each question")]
    fn request(&mut self, request: &Request<Set<Name>, Name>) -> &'static str {
        match request {
            Request::Select { set, follow } => self.set(set).follow("select", follow),
            Request::Count { set, follow } => self.set(set).follow("count", follow),
            Request::Compare { sets, follow } => {
                sets.iter().for_each(|set| {
                    self.set(set);
                });
                self.follow("compare", follow)
            }
            Request::Dependents { of, filter, follow } => {
                self.set(of).filter(filter).follow("dependents", follow)
            }
            Request::Dependencies { of, filter, follow } => {
                self.set(of).filter(filter).follow("dependencies", follow)
            }
            Request::Why {
                from,
                to,
                through,
                follow,
                most,
            } => {
                self.set(from).set(to).keyed("through", through.as_ref());
                if *most != DEFAULT_CHAINS {
                    self.key("limit", most);
                }
                self.follow("why", follow)
            }
            Request::Exposure { of, to, follow } => {
                self.set(of).key("to", to).follow("exposure", follow)
            }
            Request::Exposed { to, filter, follow } => {
                self.key("to", to).filter(filter).follow("exposure", follow)
            }
            Request::Exposures { of, filter, follow } => {
                self.set(of).filter(filter).follow("exposure", follow)
            }
            Request::WhatIf {
                cuts,
                filter,
                follow,
            } => self.cuts(cuts).filter(filter).follow("what_if", follow),
            Request::Explain { cuts, of, follow } => {
                self.cuts(cuts).key("explain", of).follow("what_if", follow)
            }
            Request::Chokepoints { of, filter, follow } => self
                .set_if(of.as_ref())
                .filter(filter)
                .follow("chokepoints", follow),
            Request::Stoppers { of, follow } => self.set(of).follow("stoppers", follow),
            Request::Sector { of, within, from } => {
                self.set(of)
                    .keyed("in", within.as_ref())
                    .keyed("from", from.as_ref());
                "sector"
            }
            Request::Overview => "overview",
            Request::Show { of } => {
                self.set(of);
                "show"
            }
            Request::List {
                kinds,
                within,
                from,
            } => {
                self.kinds(kinds)
                    .keyed("in", within.as_ref())
                    .keyed("from", from.as_ref());
                "list"
            }
            Request::Find { text } => {
                self.0.push(quoted(text));
                "find"
            }
            Request::Documents => "documents",
            Request::Facts(filter) => self.facts(filter),
            Request::Figures(filter) => self.figures(filter),
            Request::Conflicts => "conflicts",
            Request::Timeline { of } => {
                self.set_if(of.as_ref());
                "timeline"
            }
            Request::Plans { of } => {
                self.set_if(of.as_ref());
                "plans"
            }
            Request::Coverage => "coverage",
        }
    }

    fn set(&mut self, set: &Set<Name>) -> &mut Self {
        self.0.push(set.to_string());
        self
    }

    fn set_if(&mut self, set: Option<&Set<Name>>) -> &mut Self {
        self.0.extend(set.map(Set::to_string));
        self
    }

    fn key(&mut self, key: &str, value: impl Display) -> &mut Self {
        self.0.push(format!("{key}: {value}"));
        self
    }

    fn keyed(&mut self, key: &str, value: Option<impl Display>) -> &mut Self {
        if let Some(value) = value {
            self.key(key, value);
        }
        self
    }

    fn words(&mut self, key: &str, words: &[String]) -> &mut Self {
        if words.is_empty() {
            return self;
        }
        self.key(key, words.join(" | "))
    }

    fn kinds(&mut self, kinds: &[EntityKind]) -> &mut Self {
        let words: Vec<String> = kinds.iter().map(|kind| kind.plural().to_owned()).collect();
        self.words("kind", &words)
    }

    fn filter(&mut self, filter: &Filter<Set<Name>>) -> &mut Self {
        self.kinds(&filter.kinds)
            .keyed("in", filter.within.as_ref())
            .keyed("from", filter.from.as_ref())
            .keyed("depth", filter.depth)
    }

    fn follow(&mut self, word: &'static str, follow: &Follow) -> &'static str {
        let words: Vec<String> = follow.words().map(str::to_owned).collect();
        self.words("include", &words);
        word
    }

    fn cuts(&mut self, cuts: &[Cut<Set<Name>>]) -> &mut Self {
        for Cut { of, part } in cuts {
            let of = Within(of, RIGHT);
            self.0.push(match *part {
                1.0 => of.to_string(),
                part => format!("{of}={part}"),
            });
        }
        self
    }

    fn facts(&mut self, filter: &FactFilter<Set<Name>, Name>) -> &'static str {
        let claims: Vec<String> = filter
            .claims
            .iter()
            .map(|claim| claim_word(*claim))
            .collect();
        let measures: Vec<String> = filter
            .measures
            .iter()
            .map(|word| (*word).to_owned())
            .collect();
        let words: Vec<String> = filter.words.iter().map(|word| quoted(word)).collect();
        self.words("claim", &claims)
            .keyed("entity", filter.about.as_ref());
        for (role, set) in &filter.roles {
            self.key(role.word(), set);
        }
        if filter.with_kinds {
            self.0.push("kinds".to_owned());
        }
        self.keyed("ask", filter.open)
            .kinds(&filter.kinds)
            .words("measure", &measures)
            .words("words", &words)
            .keyed("document", filter.document.as_ref())
            .keyed("status", filter.status);
        "facts"
    }

    fn figures(&mut self, filter: &FigureFilter<Set<Name>>) -> &'static str {
        let measure = filter.measure.as_deref().map(quoted);
        self.set_if(filter.of.as_ref())
            .keyed("measure", measure)
            .keyed("good", filter.good.as_ref())
            .keyed("towards", filter.towards.as_ref())
            .keyed("period", filter.when);
        "figures"
    }
}
