//! Trees as sets.

use super::Name;
use super::spelling::{
    CALLS, DIRECT, QUESTIONS, SET_KEYS, WITH_KINDS, WORD_KEYS, claim_of, claim_word,
};
use super::tree::{Call, Fault, Input, Operator, Tree, Word};
use crate::facts::{Claim, Field, KindSet, Role, nearest};
use crate::request::aliases::{ALIASES, Alias, alias_of};
use crate::request::names::kinds;
use crate::request::set::{Dependence, Part, RoleSet, Set};

/// The set that a tree means; faults say why where it is none.
pub(super) fn set(tree: &Tree, faults: &mut Vec<Fault>) -> Option<Set<Name>> {
    match tree {
        Tree::Name { word, is_quoted } => named(word, *is_quoted, faults),
        Tree::Call(call) => of_call(call, faults),
        Tree::Nothing(_) => None,
        Tree::Both(operator, a, b) => {
            let (a, b) = (set(a, faults), set(b, faults));
            Some(match operator {
                Operator::And => a?.and(b?),
                Operator::Or => a?.or(b?),
                Operator::Minus => a?.minus(b?),
            })
        }
    }
}

/// The names in a tree, whatever else is wrong with it.
pub(super) fn names(tree: &Tree, found: &mut Vec<Name>) {
    match tree {
        Tree::Name { .. } => {
            if let Some(Set::One(name)) = set(tree, &mut Vec::new()) {
                found.push(name);
            }
        }
        Tree::Call(call) if call.name.text == "find" => {}
        Tree::Call(call) => {
            let sets = call.inputs.iter().filter(|input| takes_set(input));
            sets.for_each(|input| names(&input.value, found));
        }
        Tree::Nothing(_) => {}
        Tree::Both(_, a, b) => {
            names(a, found);
            names(b, found);
        }
    }
}

/// Whether names may stand in an input, not words or numbers.
fn takes_set(input: &Input) -> bool {
    let Some(key) = &input.key else {
        return !is_flag(input, DIRECT) && !is_flag(input, WITH_KINDS);
    };
    let is_like_word = || !nearest(&key.text, WORD_KEYS, 1).is_empty();
    !WORD_KEYS.contains(&key.text.as_str()) && (is_set_key(&key.text) || !is_like_word())
}

/// A kind, or a name. In quotes it is a name in any case.
fn named(word: &Word, is_quoted: bool, faults: &mut Vec<Fault>) -> Option<Set<Name>> {
    if !is_quoted && let Some(kinds) = kinds(&word.text) {
        return Some(Set::Kinds(kinds.to_vec()));
    }
    if !is_quoted && let Some(fault) = colon(word) {
        faults.push(fault);
        return None;
    }
    if !is_quoted && let Some((key, behind)) = key_in(&word.text) {
        let hint = match behind.starts_with(' ') {
            true if CALLS.contains(&key) => format!("write {key}({})", behind.trim_start()),
            true => "keys stand in the brackets of a call, each behind a comma".to_owned(),
            false => format!("write {key}: and a blank"),
        };
        let at = word.at.start..word.at.start + key.len() + 1;
        faults.push(Fault::new(at, format!("“{key}:” runs into a name"), hint));
        return None;
    }
    Some(Set::One(Name {
        text: word.text.clone(),
        at: word.at.clone(),
    }))
}

/// A colon with nothing on one side says nothing.
fn colon(word: &Word) -> Option<Fault> {
    let at = if word.text.starts_with(':') {
        word.at.start..word.at.start + 1
    } else if word.text.ends_with(':') {
        word.at.end - 1..word.at.end
    } else {
        return None;
    };
    let hint = "a maker’s output of a good is china:graphite; keys stand in the brackets of a call";
    Some(Fault::new(
        at,
        "something is wanted on both sides of this",
        hint,
    ))
}

/// The key at the beginning of a name, and what stands behind its colon.
fn key_in(text: &str) -> Option<(&str, &str)> {
    let is_key = |key: &str| is_set_key(key) || WORD_KEYS.contains(&key);
    text.split_once(':').filter(|(key, _)| is_key(key))
}

fn is_set_key(word: &str) -> bool {
    SET_KEYS.contains(&word) || Role::from_word(word).is_some() || field_of(word).is_some()
}

/// The field that a word means, however it is spelt.
fn field_of(word: &str) -> Option<Field> {
    Field::from_word(&word.replace('-', "_"))
}

fn of_call(call: &Call, faults: &mut Vec<Fault>) -> Option<Set<Name>> {
    if let Some(behind) = &call.behind {
        let hint = "only compare( ) takes one: compare(a, b; suppliers)";
        faults.push(Fault::new(
            behind.at.clone(),
            "no set has a semicolon",
            hint,
        ));
    }
    let mut inputs = Inputs::new(call, faults);
    let name = call.name.text.as_str();
    let set = match (name, name.split_once('.'), alias_of(name)) {
        ("in", ..) => inputs.first().map(|of| Set::In(of.into())),
        ("from", ..) => inputs.first().map(|of| Set::From(of.into())),
        ("dependents", ..) => dependence(&mut inputs).map(Set::Dependents),
        ("dependencies", ..) => dependence(&mut inputs).map(Set::Dependencies),
        (_, Some((claim, role)), _) => roles(&mut inputs, claim, role).map(Set::Role),
        (_, _, Some(alias)) => of_alias(&mut inputs, alias).map(Set::Role),
        _ => {
            inputs.unknown_set();
            inputs.skip();
            None
        }
    };
    inputs.leave_none();
    set
}

fn dependence(inputs: &mut Inputs) -> Option<Dependence<Name>> {
    let (of, depth) = (inputs.first(), inputs.depth());
    let through = match inputs.keyed("through") {
        Some(set) => Some(Box::new(set?)),
        None => None,
    };
    Some(Dependence {
        of: of?.into(),
        depth,
        through,
    })
}

/// Who plays a role in facts of one claim: `supplies.from(good: graphite)`.
fn roles(inputs: &mut Inputs, claim: &str, role: &str) -> Option<RoleSet<Name>> {
    let claim = inputs.claim(claim);
    let open = claim.and_then(|claim| inputs.open_part(claim, role));
    let (Some(claim), Some(open)) = (claim, open) else {
        inputs.skip();
        return None;
    };
    let filled = inputs.parts(|key| part(claim, key), &parts_of(claim));
    let filled = filled?;
    inputs.check_parts(&[claim], open, &filled);
    Some(RoleSet {
        claims: vec![claim],
        open,
        filled,
    })
}

fn of_alias(inputs: &mut Inputs, alias: &Alias) -> Option<RoleSet<Name>> {
    inputs.needless_key(alias);
    let first = inputs.first();
    let of_role = |word: &str| Some(Part::Role(role_of(alias, word)?));
    let known: Vec<&str> = Role::ALL
        .iter()
        .map(|role| role.word())
        .filter(|word| of_role(word).is_some())
        .collect();
    let (more, open) = (inputs.parts(of_role, &known), Part::Role(alias.open));
    inputs.check_parts(alias.claims, open, more.as_deref().unwrap_or_default());
    let mut filled = vec![(alias.given, first?)];
    filled.extend(more?);
    Some(RoleSet {
        claims: alias.claims.to_vec(),
        open,
        filled,
    })
}

/// The role that a word means in the claims of an alias: its own word, or that of a field which
/// plays it wherever the field is.
fn role_of(alias: &Alias, word: &str) -> Option<Role> {
    let is_played = |role: &Role| {
        let mut claims = alias.claims.iter();
        claims.any(|claim| Part::Role(*role).fields_of(*claim).next().is_some())
    };
    let role = Role::from_word(word).filter(is_played);
    role.or_else(|| role_of_field(alias, field_of(word)?))
}

fn role_of_field(alias: &Alias, field: Field) -> Option<Role> {
    let forms = alias.claims.iter().flat_map(|claim| claim.form().fields);
    let mut roles = forms
        .filter(|form| form.field == field)
        .map(|form| form.roles);
    match roles.next()? {
        &[role] if roles.all(|roles| *roles == [role]) => Some(role),
        _ => None,
    }
}

/// The part that a word stands for in a claim: a field of entities by its name, or a role.
fn part(claim: Claim, word: &str) -> Option<Part> {
    let field = field_of(word).map(Part::Field);
    let role = Role::from_word(word).map(Part::Role);
    // Of two who do the same with each other each is the other's: both fields play one role.
    let field = match field {
        Some(Part::Field(field)) if plays_both(claim, field) => Some(Part::Role(Role::With)),
        other => other,
    };
    let is_played = |part: &Part| {
        let mut fields = part.fields_of(claim);
        fields.any(|field| holds_entities(claim, field))
    };
    field.filter(is_played).or(role.filter(is_played))
}

fn plays_both(claim: Claim, field: Field) -> bool {
    let mut forms = claim.form().fields.iter();
    forms.any(|form| form.field == field && form.roles == [Role::With])
}

fn holds_entities(claim: Claim, field: Field) -> bool {
    let mut forms = claim.form().fields.iter();
    forms.any(|form| form.field == field && form.kinds() != KindSet::of(&[]))
}

/// The words for the parts of a claim, its fields first.
fn parts_of(claim: Claim) -> Vec<&'static str> {
    let fields = claim.form().fields.iter().map(|form| form.field);
    let fields = fields.filter(|field| holds_entities(claim, *field));
    let roles = Role::ALL.iter().map(|role| role.word());
    let mut words: Vec<&str> = fields.map(Field::word).collect();
    for role in roles.filter(|role| part(claim, role).is_some()) {
        if !words.contains(&role) {
            words.push(role);
        }
    }
    words
}

/// Whether brackets must stand behind a word: it is the word of a call, or a part of a claim.
pub fn is_call_word(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let is_part = |(claim, role): (&str, &str)| {
        claim_of(claim).is_some_and(|claim| part(claim, role).is_some())
    };
    known_calls().contains(&word.as_str()) || word.split_once('.').is_some_and(is_part)
}

/// What stands in the brackets of a call, taken out piece by piece; what is left is at fault.
pub(super) struct Inputs<'t, 'f> {
    pub call: &'t Call,
    pub faults: &'f mut Vec<Fault>,
    left: Vec<&'t Input>,
    /// The keys and flags that were asked for: those that the call takes.
    keys: Vec<&'static str>,
    flags: Vec<&'static str>,
    /// Whether something in it was told to be no input, so that what is missing may be that.
    is_torn: bool,
}

impl<'t, 'f> Inputs<'t, 'f> {
    pub fn new(call: &'t Call, faults: &'f mut Vec<Fault>) -> Self {
        let (left, torn) = call
            .inputs
            .iter()
            .partition(|input| !is_key_with_equals(call, input));
        let mut inputs = Inputs {
            call,
            faults,
            left,
            keys: Vec::new(),
            flags: Vec::new(),
            is_torn: false,
        };
        inputs.tell_equals(torn);
        inputs
    }

    fn tell_equals(&mut self, torn: Vec<&Input>) {
        for input in torn {
            self.is_torn = true;
            if let (Tree::Name { word, .. }, Some(part)) = (&input.value, &input.part) {
                let hint = format!("write {}: {}", word.text, part.text);
                let at = word.at.start..part.at.end;
                let message = "a key is followed by : and not by =";
                self.faults.push(Fault::new(at, message, hint));
            }
        }
    }

    fn fault(&mut self, word: &Word, message: String, hint: impl Into<String>) {
        self.faults.push(Fault::new(word.at.clone(), message, hint));
    }

    /// The set that stands first and must be there.
    pub fn first(&mut self) -> Option<Set<Name>> {
        let first = self.take(|input| input.key.is_none() && !is_flag(input, DIRECT));
        if first.is_none() && !self.is_torn {
            let name = &self.call.name;
            let hint = format!("write {}( ) with a name or set in the brackets", name.text);
            self.fault(name, format!("{}( ) of what?", name.text), hint);
        }
        self.set_of(first?)
    }

    /// The set that stands second and must be there, where the first does.
    pub fn second(&mut self) -> Option<Set<Name>> {
        if self.call.inputs.iter().all(|input| input.key.is_some()) {
            return None;
        }
        let second = self.positional();
        if second.is_none() && !self.is_torn {
            let name = &self.call.name.text;
            let hint = format!("write both with a comma between: {name}(a, b)");
            let message = format!("{name}( ) is asked of two");
            self.faults
                .push(Fault::new(self.only_words(), message, hint));
        }
        self.set_of(second?)
    }

    /// Where several words without a comma stand in the brackets; else the word before them.
    fn only_words(&self) -> std::ops::Range<usize> {
        let words = self.call.inputs.iter().find(|input| input.key.is_none());
        match words.map(|input| &input.value) {
            Some(Tree::Name {
                word,
                is_quoted: false,
            }) if word.text.contains(' ') => word.at.clone(),
            _ => self.call.name.at.clone(),
        }
    }

    /// Complains of a key before what stands first in the brackets of an alias.
    fn needless_key(&mut self, alias: &Alias) {
        if self.left.iter().any(|input| input.key.is_none()) {
            return;
        }
        let is_given = |word: &str| {
            let role = role_of(alias, word);
            role.is_some_and(|role| alias.given.has(role))
        };
        let is_it = |input: &Input| input.key.as_ref().is_some_and(|key| is_given(&key.text));
        let Some(input) = self.take(is_it) else {
            return;
        };
        self.is_torn = true;
        let name = &self.call.name.text;
        let hint = format!("what stands first needs none: {name}(battery)");
        let key = input.key.clone();
        if let Some(key) = key {
            self.fault(
                &key,
                format!("{name}( ) takes no “{}:” here", key.text),
                hint,
            );
        }
        self.set_of(input);
    }

    /// The set that stands first, if there is one.
    pub fn first_if_any(&mut self) -> Option<Option<Set<Name>>> {
        let first = self.take(|input| input.key.is_none() && !is_flag(input, DIRECT));
        first.map(|input| self.set_of(input))
    }

    pub fn positional(&mut self) -> Option<&'t Input> {
        self.take(|input| input.key.is_none())
    }

    /// How far away at most: one fact, where it is to be direct.
    pub fn depth(&mut self) -> Option<u32> {
        let is_direct = self.takes_flag(DIRECT);
        let is_depth = |input: &&Input| input.key.as_ref().is_some_and(|key| key.text == "depth");
        let at = self
            .left
            .iter()
            .find(|input| is_depth(input))
            .map(|input| input.value.at());
        let depth = self.number("depth");
        match (is_direct, depth, at) {
            (true, Some(depth), Some(at)) if depth != 1 => {
                let hint = "write either direct or depth:";
                let message = format!("direct is one fact away, and this is {depth}");
                self.faults.push(Fault::new(at, message, hint));
                None
            }
            (true, ..) => Some(1),
            _ => depth,
        }
    }

    fn take(&mut self, is_it: impl Fn(&Input) -> bool) -> Option<&'t Input> {
        let at = self.left.iter().position(|input| is_it(input))?;
        Some(self.left.remove(at))
    }

    pub fn set_of(&mut self, input: &Input) -> Option<Set<Name>> {
        self.wants_no_part(input);
        set(&input.value, self.faults)
    }

    /// Complains of a part that is cut where nothing is.
    fn wants_no_part(&mut self, input: &Input) {
        if let Some(part) = &input.part {
            let hint = "only what_if( ) cuts parts of things";
            self.fault(part, "nothing is cut here".to_owned(), hint);
        }
    }

    /// What stands behind a key.
    fn take_key(&mut self, key: &'static str) -> Option<&'t Input> {
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
        self.take(|input| input.key.as_ref().is_some_and(|word| word.text == key))
    }

    /// The set behind a key, if the key is there.
    pub fn keyed(&mut self, key: &'static str) -> Option<Option<Set<Name>>> {
        let input = self.take_key(key)?;
        Some(self.set_of(input))
    }

    /// The words behind a key, joined by `|` or in several inputs with that key.
    pub fn words(&mut self, key: &'static str) -> Vec<Word> {
        let mut words = Vec::new();
        while let Some(input) = self.take_key(key) {
            self.wants_no_part(input);
            self.words_of(&input.value, &mut words);
        }
        words
    }

    /// The word behind a key that takes one.
    pub fn word(&mut self, key: &'static str) -> Option<Word> {
        let mut words = self.words(key).into_iter();
        let first = words.next();
        for more in words {
            let message = format!("{key}: takes only one word");
            self.fault(&more, message, "ask once for each");
        }
        first
    }

    /// The text that an input is.
    pub fn text_of(&mut self, input: &Input) -> Option<String> {
        self.wants_no_part(input);
        match &input.value {
            Tree::Name { word, .. } => Some(word.text.clone()),
            _ => None,
        }
    }

    fn words_of(&mut self, tree: &Tree, words: &mut Vec<Word>) {
        match tree {
            Tree::Name { word, .. } => words.push(word.clone()),
            Tree::Both(Operator::Or, a, b) => {
                self.words_of(a, words);
                self.words_of(b, words);
            }
            Tree::Nothing(_) => {}
            other => self.faults.push(Fault::new(
                other.at(),
                "words are wanted here",
                "write a word, or several with | between",
            )),
        }
    }

    /// The number behind a key.
    pub fn number(&mut self, key: &'static str) -> Option<u32> {
        let word = self.word(key)?;
        let number = word.text.parse().ok();
        if number.is_none() {
            let hint = format!("write a whole number, as in {key}: 2");
            self.fault(&word, format!("“{}” is no number", word.text), hint);
        }
        number
    }

    pub fn takes_flag(&mut self, flag: &'static str) -> bool {
        self.flags.push(flag);
        self.take(|input| is_flag(input, flag)).is_some()
    }

    /// What is left, each with the part that its key stands for.
    fn parts(
        &mut self,
        part: impl Fn(&str) -> Option<Part>,
        known: &[&str],
    ) -> Option<Vec<(Part, Set<Name>)>> {
        let mut filled = Vec::new();
        let mut is_whole = true;
        for input in std::mem::take(&mut self.left) {
            let Some(key) = &input.key else {
                is_whole = false;
                if self.set_of(input).is_none() {
                    continue; // what is wrong with it by itself comes first
                }
                let name = &self.call.name.text;
                let (at, message) = (input.value.at(), "in what role?");
                let hint = match role_before(&input.value, &part) {
                    Some(meant) => format!("write {meant}"),
                    None => format!(
                        "write the role before it: {name}({}: …)",
                        known.join(": …) or (")
                    ),
                };
                self.faults.push(Fault::new(at, message, hint));
                continue;
            };
            let (found, set) = (part(&key.text), self.set_of(input));
            if found.is_none() {
                self.unknown(key, "role in such facts", known.to_vec());
            }
            match found.zip(set) {
                Some(found) => filled.push(found),
                None => is_whole = false,
            }
        }
        is_whole.then_some(filled)
    }

    fn claim(&mut self, word: &str) -> Option<Claim> {
        let claim = claim_of(word);
        if claim.is_none() && !self.tell_glued() {
            let at = self.call.name.at.start;
            let name = Word {
                text: word.to_owned(),
                at: at..at + word.len(),
            };
            let words: Vec<String> = Claim::ALL.iter().map(|claim| claim_word(*claim)).collect();
            self.unknown(&name, "claim", words.iter().map(String::as_str).collect());
        }
        claim
    }

    fn open_part(&mut self, claim: Claim, word: &str) -> Option<Part> {
        let found = part(claim, word);
        if found.is_none() {
            let end = self.call.name.at.end;
            let name = Word {
                text: word.to_owned(),
                at: end - word.len()..end,
            };
            self.unknown(&name, "role in such facts", parts_of(claim));
        }
        found
    }

    fn unknown_set(&mut self) {
        let name = self.call.name.clone();
        let known = known_calls();
        if QUESTIONS.contains(&name.text.replace('-', "_").as_str()) {
            let hint = "a question stands by itself; only sets can be joined";
            let message = format!("{}( ) is a question and no set", name.text);
            self.fault(&name, message, hint);
        } else if self.tell_glued() {
        } else if nearest(&name.text, known.iter().copied(), 1).is_empty() {
            let hint = "sets are calls such as dependents, in, from, makers, supplies.to; \
                        docs/query.md lists all";
            self.fault(
                &name,
                format!("there is no set or question “{}”", name.text),
                hint,
            );
        } else {
            self.unknown(&name, "set or question", known);
        }
    }

    /// Complains of `firms-dependents(x)`, if it is that.
    fn tell_glued(&mut self) -> bool {
        let name = &self.call.name;
        let Some((before, call)) = glued(&name.text) else {
            return false;
        };
        let at = name.at.start + before.len();
        let hint = format!("write {before} - {call}( ) with blanks on both sides of the -");
        let message = "this is a hyphen, and takes nothing away";
        self.faults.push(Fault::new(at..at + 1, message, hint));
        true
    }

    /// A word that is none of those known.
    pub fn unknown(&mut self, word: &Word, what: &str, known: Vec<&str>) {
        let hint = match nearest(&word.text, known.iter().copied(), 1).first() {
            Some(near) => format!("did you mean {near}?"),
            None => format!("try {}", some_of(&known)),
        };
        self.fault(word, format!("there is no {what} “{}”", word.text), hint);
    }

    /// A part that only one thing plays can’t be given twice, nor be given where it is asked for.
    fn check_parts(&mut self, claims: &[Claim], open: Part, filled: &[(Part, Set<Name>)]) {
        let plays_one = |part: Part| {
            claims
                .iter()
                .all(|claim| part.fields_of(*claim).count() <= 1)
        };
        let is_same = |a: Part, b: Part| {
            let mut claims = claims.iter();
            claims.all(|claim| a.fields_of(*claim).eq(b.fields_of(*claim)))
        };
        let keys = self
            .call
            .inputs
            .iter()
            .filter_map(|input| input.key.as_ref());
        for (at, (key, (part, _))) in keys.zip(filled).enumerate() {
            if !plays_one(*part) {
                continue;
            }
            if is_same(*part, open) {
                let hint = "give other parts, and join what it is to be by &";
                self.fault(key, format!("“{}:” is what is asked for", key.text), hint);
            } else if filled[..at].iter().any(|(given, _)| is_same(*given, *part)) {
                let hint = "only one thing plays this part; join sets by | for either of them";
                self.fault(key, format!("“{}:” is given twice", key.text), hint);
            }
        }
    }

    /// Passes over what is left, where nobody knows what should stand there: only what is wrong by
    /// itself is told.
    fn skip(&mut self) {
        for input in std::mem::take(&mut self.left) {
            set(&input.value, self.faults);
        }
    }

    /// Complains of all that was not taken.
    pub fn leave_none(&mut self) {
        for input in std::mem::take(&mut self.left) {
            let fault = match &input.key {
                Some(key) => self.needless(key),
                None => self.stray(input),
            };
            self.faults.push(fault);
        }
    }

    /// A key that the call does not take.
    fn needless(&self, key: &Word) -> Fault {
        let (name, text) = (&self.call.name.text, &key.text);
        let is_begun =
            |known: &&&str| known.starts_with(text.as_str()) || text.starts_with(**known);
        let near = nearest(text, self.keys.iter().copied(), 1);
        let near = near.first().or(self.keys.iter().find(is_begun));
        let hint = match (near, text.as_str()) {
            (Some(near), _) => format!("did you mean {near}:?"),
            (None, "in" | "from") if self.takes_no_rows() => format!("join it: … & {text}(…)"),
            (None, field) if name == "facts" && field_of(field).is_some() => FACTS_ROLES.to_owned(),
            (None, "kind") if self.takes_no_rows() => "join it: firms & …".to_owned(),
            _ => self.taken(),
        };
        let message = format!("{name}( ) takes no “{text}:”");
        Fault::new(key.at.clone(), message, hint)
    }

    fn takes_no_rows(&self) -> bool {
        !self.keys.contains(&"kind")
    }

    /// What the call takes beside what stands first.
    fn taken(&self) -> String {
        let keys = self.keys.iter().map(|key| format!("{key}:"));
        let flags = self.flags.iter().map(|flag| (*flag).to_owned());
        let all: Vec<String> = keys.chain(flags).collect();
        match all.as_slice() {
            [] => "it takes no keys; join sets by &, | or -".to_owned(),
            all => format!("it takes {}", all.join(", ")),
        }
    }

    /// What stands without a key where one is needed, or no more is taken.
    fn stray(&self, input: &Input) -> Fault {
        let name = &self.call.name.text;
        let hint = self.meant(input).map(|meant| format!("write {meant}"));
        let message = match self.keys.is_empty() {
            true => format!("{name}( ) takes no more than what stands before"),
            false => format!("{name}( ) does not know what this is for"),
        };
        Fault::new(
            input.value.at(),
            message,
            hint.unwrap_or_else(|| self.taken()),
        )
    }

    /// How what stands without a key was perhaps meant.
    fn meant(&self, input: &Input) -> Option<String> {
        let Tree::Name { word, .. } = &input.value else {
            return None;
        };
        let text = word.text.to_lowercase();
        let is_flag =
            |flag: &&&str| text.starts_with(**flag) || nearest(&text, [**flag], 1).len() == 1;
        if let Some(flag) = self.flags.iter().find(is_flag) {
            return Some((*flag).to_owned());
        }
        if let Some((key, rest)) = text.split_once(' ')
            && let Some(key) = nearest(key, self.keys.iter().copied(), 1).first()
        {
            return Some(format!("{key}: {rest}"));
        }
        let is_wanted = |key: &str| self.keys.contains(&key);
        match kinds(&text) {
            Some(_) if is_wanted("kind") => Some(format!("kind: {text}")),
            None if is_wanted("to") && !self.is_given("to") => Some(format!("to: {text}")),
            _ => None,
        }
    }

    fn is_given(&self, key: &str) -> bool {
        let mut keys = self
            .call
            .inputs
            .iter()
            .filter_map(|input| input.key.as_ref());
        keys.any(|word| word.text == key)
    }

    /// The next role that is a key, with the set that plays it.
    pub fn role(&mut self) -> Option<(Role, Option<Set<Name>>)> {
        let role = |input: &Input| Role::from_word(&input.key.as_ref()?.text);
        let input = self.take(|input| role(input).is_some())?;
        Some((role(input)?, self.set_of(input)))
    }

    /// All that stand without a key, each with the part that is cut.
    pub fn cuts(&mut self) -> Vec<&'t Input> {
        let next = || self.take(|input| input.key.is_none() && !is_flag(input, DIRECT));
        std::iter::from_fn(next).collect()
    }
}

fn is_flag(input: &Input, flag: &str) -> bool {
    let is_it = |word: &Word| input.key.is_none() && word.text.eq_ignore_ascii_case(flag);
    matches!(&input.value, Tree::Name { word, is_quoted: false } if is_it(word))
}

/// Whether an input is `good = battery`, which was meant for `good: battery`.
fn is_key_with_equals(call: &Call, input: &Input) -> bool {
    let (
        Tree::Name {
            word,
            is_quoted: false,
        },
        Some(part),
        None,
    ) = (&input.value, &input.part, &input.key)
    else {
        return false;
    };
    let is_cut = call.name.text.starts_with("what") && crate::request::part(&part.text).is_some();
    let key = word.text.to_lowercase();
    !is_cut && (is_set_key(&key) || WORD_KEYS.contains(&key.as_str()))
}

/// Of which words the keys of facts( ) are.
const FACTS_ROLES: &str =
    "facts( ) takes roles and no fields: by:, what:, to:, with:, towards:, in:, for:, under:";

/// `good: battery`, where an input is `good battery`.
fn role_before(value: &Tree, part: impl Fn(&str) -> Option<Part>) -> Option<String> {
    let Tree::Name { word, .. } = value else {
        return None;
    };
    let (key, rest) = word.text.split_once(' ')?;
    part(key).map(|_| format!("{key}: {rest}"))
}

/// The words of all calls.
fn known_calls() -> Vec<&'static str> {
    let aliases = ALIASES.iter().flat_map(|alias| alias.words).copied();
    let questions = QUESTIONS.into_iter().filter(|word| !CALLS.contains(word));
    CALLS.into_iter().chain(aliases).chain(questions).collect()
}

/// `firms-dependents` as two words, of which the second is a call.
fn glued(text: &str) -> Option<(&str, &str)> {
    let hyphens = text.match_indices('-').map(|(at, _)| at);
    let mut halves = hyphens.map(|at| (&text[..at], &text[at + 1..]));
    halves.find(|(before, call)| !before.is_empty() && is_call_word(call))
}

/// The most words that are worth reading.
const MOST_WORDS: usize = 12;

fn some_of(words: &[&str]) -> String {
    let shown = words[..words.len().min(MOST_WORDS)].join(", ");
    match words.len().saturating_sub(MOST_WORDS) {
        0 => shown,
        more => format!("{shown} … and {more} more"),
    }
}
