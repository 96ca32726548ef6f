//! Trees as sets.

use super::Name;
use super::spelling::{CALLS, DIRECT, QUESTIONS, claim_of, claim_word};
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
        Tree::Call(call) => call
            .inputs
            .iter()
            .for_each(|input| names(&input.value, found)),
        Tree::Both(_, a, b) => {
            names(a, found);
            names(b, found);
        }
    }
}

/// A kind, or a name. In quotes it is a name in any case.
fn named(word: &Word, is_quoted: bool, faults: &mut Vec<Fault>) -> Option<Set<Name>> {
    if !is_quoted && let Some(kinds) = kinds(&word.text) {
        return Some(Set::Kinds(kinds.to_vec()));
    }
    if !is_quoted && let Some((key, _)) = word.text.split_once(':').filter(|(key, _)| is_key(key)) {
        let hint = format!("write {key}: and a blank");
        let at = word.at.start..word.at.start + key.len() + 1;
        faults.push(Fault::new(at, format!("“{key}:” runs into a name"), hint));
        return None;
    }
    Some(Set::One(Name {
        text: word.text.clone(),
        at: word.at.clone(),
    }))
}

fn is_key(word: &str) -> bool {
    Role::from_word(word).is_some() || Field::from_word(word).is_some() || word == "through"
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
    let of = inputs.first();
    let direct = inputs.takes_flag(DIRECT).then_some(1);
    let depth = inputs.number("depth");
    let through = match inputs.keyed("through") {
        Some(set) => Some(Box::new(set?)),
        None => None,
    };
    Some(Dependence {
        of: of?.into(),
        depth: direct.or(depth),
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
    Some(RoleSet {
        claims: vec![claim],
        open,
        filled: filled?,
    })
}

fn of_alias(inputs: &mut Inputs, alias: &Alias) -> Option<RoleSet<Name>> {
    let first = inputs.first();
    let of_role = |key: &str| {
        let part = Part::Role(Role::from_word(key)?);
        let has = |claim: &&Claim| part.fields_of(**claim).next().is_some();
        alias.claims.iter().any(|claim| has(&claim)).then_some(part)
    };
    let known: Vec<&str> = Role::ALL
        .iter()
        .map(|role| role.word())
        .filter(|word| of_role(word).is_some())
        .collect();
    let more = inputs.parts(of_role, &known);
    let mut filled = vec![(alias.given, first?)];
    filled.extend(more?);
    Some(RoleSet {
        claims: alias.claims.to_vec(),
        open: Part::Role(alias.open),
        filled,
    })
}

/// The part that a word stands for in a claim: a field of entities by its name, or a role.
fn part(claim: Claim, word: &str) -> Option<Part> {
    let field = Field::from_word(&word.replace('-', "_")).map(Part::Field);
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

/// What stands in the brackets of a call, taken out piece by piece; what is left is at fault.
pub(super) struct Inputs<'t, 'f> {
    pub call: &'t Call,
    pub faults: &'f mut Vec<Fault>,
    left: Vec<&'t Input>,
}

impl<'t, 'f> Inputs<'t, 'f> {
    pub fn new(call: &'t Call, faults: &'f mut Vec<Fault>) -> Self {
        Inputs {
            call,
            faults,
            left: call.inputs.iter().collect(),
        }
    }

    fn fault(&mut self, word: &Word, message: String, hint: impl Into<String>) {
        self.faults.push(Fault::new(word.at.clone(), message, hint));
    }

    /// The set that stands first and must be there.
    pub fn first(&mut self) -> Option<Set<Name>> {
        let first = self.positional();
        if first.is_none() {
            let name = &self.call.name;
            let hint = format!("write {}( ) with a name or set in the brackets", name.text);
            self.fault(name, format!("{}( ) of what?", name.text), hint);
        }
        self.set_of(first?)
    }

    /// The set that stands first, if there is one.
    pub fn first_if_any(&mut self) -> Option<Option<Set<Name>>> {
        let first = self.take(|input| input.key.is_none() && !is_flag(input, DIRECT));
        first.map(|input| self.set_of(input))
    }

    pub fn positional(&mut self) -> Option<&'t Input> {
        self.take(|input| input.key.is_none())
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
    fn take_key(&mut self, key: &str) -> Option<&'t Input> {
        self.take(|input| input.key.as_ref().is_some_and(|word| word.text == key))
    }

    /// The set behind a key, if the key is there.
    pub fn keyed(&mut self, key: &str) -> Option<Option<Set<Name>>> {
        let input = self.take_key(key)?;
        Some(self.set_of(input))
    }

    /// The words behind a key, joined by `|` or in several inputs with that key.
    pub fn words(&mut self, key: &str) -> Vec<Word> {
        let mut words = Vec::new();
        while let Some(input) = self.take_key(key) {
            self.wants_no_part(input);
            self.words_of(&input.value, &mut words);
        }
        words
    }

    /// The word behind a key that takes one.
    pub fn word(&mut self, key: &str) -> Option<Word> {
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
            other => self.faults.push(Fault::new(
                other.at(),
                "words are wanted here",
                "write a word, or several with | between",
            )),
        }
    }

    /// The number behind a key.
    pub fn number(&mut self, key: &str) -> Option<u32> {
        let word = self.word(key)?;
        let number = word.text.parse().ok();
        if number.is_none() {
            let hint = format!("write a whole number, as in {key}: 2");
            self.fault(&word, format!("“{}” is no number", word.text), hint);
        }
        number
    }

    pub fn takes_flag(&mut self, flag: &str) -> bool {
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
                let known_faults = self.faults.len();
                if self.set_of(input).is_none() && self.faults.len() > known_faults {
                    continue; // what is wrong with it by itself comes first
                }
                let name = &self.call.name.text;
                let (at, message) = (input.value.at(), "in what role?");
                let hint = format!(
                    "write the role before it: {name}({}: …)",
                    known.join(": …) or (")
                );
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
        if claim.is_none() {
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
        let aliases = ALIASES.iter().flat_map(|alias| alias.words).copied();
        let mut known: Vec<&str> = CALLS.into_iter().chain(aliases).collect();
        known.extend(QUESTIONS);
        let name = self.call.name.clone();
        if QUESTIONS.contains(&name.text.as_str()) {
            let hint = "a question stands by itself; only sets can be joined";
            self.fault(
                &name,
                format!("{}( ) is a question and no set", name.text),
                hint,
            );
        } else {
            self.unknown(&name, "set or question", known);
        }
    }

    /// A word that is none of those known.
    pub fn unknown(&mut self, word: &Word, what: &str, known: Vec<&str>) {
        let hint = match nearest(&word.text, known.iter().copied(), 1).first() {
            Some(near) => format!("did you mean {near}?"),
            None => format!("try {}", known.join(", ")),
        };
        self.fault(word, format!("there is no {what} “{}”", word.text), hint);
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
        let name = self.call.name.text.clone();
        for input in std::mem::take(&mut self.left) {
            let (at, message) = match &input.key {
                Some(key) => (
                    key.at.clone(),
                    format!("{name}( ) takes no “{}:”", key.text),
                ),
                None => (
                    input.value.at(),
                    format!("{name}( ) takes no more than what stands before"),
                ),
            };
            let hint = "docs/query.md tells what each takes; join sets by &, | or -";
            self.faults.push(Fault::new(at, message, hint));
        }
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
    let is_it = |word: &Word| input.key.is_none() && word.text == flag;
    matches!(&input.value, Tree::Name { word, is_quoted: false } if is_it(word))
}
