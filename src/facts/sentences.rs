//! Sentences: a fact in words, from either end.

use super::catalogue::{Catalogue, Entity, EntityIx, Fact, Value};
use super::roles::{Role, Whole};
use super::value::Extent;
use super::vocabulary::{Claim, EntityKind, Field, TERRITORIES};

/// The language of the names in a sentence; its frame is English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
    /// Chinese.
    Zh,
}

/// Room for most sentences.
const USUAL_LENGTH: usize = 96;

impl Catalogue {
    /// The name of an entity in a language; in English where it has none.
    pub fn name(&self, entity: EntityIx, lang: Lang) -> &str {
        let entity = &self[entity];
        let name = match lang {
            Lang::En => None,
            Lang::Ko => entity.ko.as_deref(),
            Lang::Zh => entity.zh.as_deref(),
        };
        name.unwrap_or(&entity.en)
    }

    /// A fact in words, as its claim reads or from the other end.
    ///
    /// ```
    /// use hanjung::World;
    /// use hanjung::facts::Lang;
    ///
    /// let world = World::built_in()?;
    /// let catalogue = world.parts().catalogue;
    /// let fact = catalogue.facts().find(|fact| &*fact.id == "needs:graphite-anode:graphite").unwrap();
    /// assert_eq!(catalogue.sentence(fact, false, Lang::En), "graphite anode needs graphite");
    /// assert_eq!(catalogue.sentence(fact, true, Lang::En), "graphite goes into graphite anode");
    /// # Ok::<(), hanjung::facts::BadData>(())
    /// ```
    pub fn sentence(&self, fact: &Fact, reversed: bool, lang: Lang) -> String {
        let frames = fact
            .claim
            .form()
            .sentences(|field| fact.value(field).is_some());
        let frame = frames[usize::from(reversed)];
        let mut sentence = String::with_capacity(USUAL_LENGTH);
        let filling = |sentence: &mut String, field: &str| {
            named(fact, field)
                .map(|(field, value)| self.push_field(sentence, fact, field, value, lang))
                .is_some()
        };
        fill(&mut sentence, frame, self.is_many(fact, frame), &filling);
        for (what, words) in shares_in_words(fact) {
            sentence.push_str(&format!(" ({what}: “{words}”)"));
        }
        if let Some(date) = fact.perhaps_known_by {
            sentence.push_str(&format!(" (perhaps known by {date})"));
        }
        sentence
    }

    /// Adds what a field holds, in words; a site with its preposition.
    fn push_field(
        &self,
        sentence: &mut String,
        fact: &Fact,
        field: Field,
        value: &Value,
        lang: Lang,
    ) {
        if let Value::Entity(site) = value
            && is_site(fact.claim, field)
        {
            sentence.push_str(self.before_site(*site));
        }
        match value {
            Value::Entity(entity) => sentence.push_str(self.name(*entity, lang)),
            Value::Text(text) => sentence.push_str(text),
            other => sentence.push_str(&self.filling(other, lang)),
        }
    }

    fn before_site(&self, site: EntityIx) -> &'static str {
        match self[site].kind {
            EntityKind::Plant => "at ",
            kind if TERRITORIES.contains(kind) => "in ",
            _ => "",
        }
    }

    /// Whether the first field of a frame names many.
    fn is_many(&self, fact: &Fact, frame: &str) -> bool {
        let subject = frame
            .split_once('{')
            .and_then(|(_, rest)| rest.split_once('}'))
            .map(|(field, _)| field);
        match subject.and_then(|field| Some(named(fact, field)?.1)) {
            Some(Value::Entity(entity)) => self.names_many(*entity),
            _ => false,
        }
    }

    /// Whether the name of an entity is that of many: "Chinese battery makers", "rare earths".
    pub fn names_many(&self, entity: EntityIx) -> bool {
        let Entity { kind, en, .. } = &self[entity];
        match kind {
            EntityKind::Group => en.split(' ').any(is_plural_noun),
            _ => en.rsplit(' ').next().is_some_and(is_plural_noun),
        }
    }

    fn filling(&self, value: &Value, lang: Lang) -> String {
        match value {
            Value::Entity(entity) => self.name(*entity, lang).to_owned(),
            Value::Entities(entities) => entities
                .iter()
                .map(|&entity| self.name(entity, lang))
                .collect::<Vec<_>>()
                .join(", "),
            Value::Share(share) => share.as_percent(),
            Value::Amount(amount) => amount.to_string(),
            Value::Text(text) => text.owned(),
            Value::Date(date) => date.to_string(),
            Value::Period(period) => period.to_string(),
            Value::Flag => String::new(),
        }
    }
}

impl Fact {
    /// What a reader must know, lest the sentence be taken for more than the documents say: what
    /// follows from its fields, then what its record adds.
    pub fn caveat(&self) -> Option<String> {
        let caveats = self
            .implied_caveat()
            .into_iter()
            .chain(self.declared_caveat.as_deref());
        let caveats: Vec<&str> = caveats.collect();
        (!caveats.is_empty()).then(|| caveats.join("; "))
    }

    fn implied_caveat(&self) -> Option<&'static str> {
        let implied = self.claim.form().implied?;
        let is_so = match (self.value(implied.field)?, implied.word) {
            (Value::Text(text), Some(word)) => **text == *word,
            (_, word) => word.is_none(),
        };
        is_so.then_some(implied.caveat)
    }
}

/// Whether it is said in a field where something is done, without a preposition in the sentence.
fn is_site(claim: Claim, field: Field) -> bool {
    let mut places = claim.form().fields_of(Role::In);
    field == Field::At && places.any(|form| form.field == field)
}

/// The field of this name, unless it holds a share in words, which no frame has a place for.
fn named<'f>(fact: &'f Fact, name: &str) -> Option<(Field, &'f Value)> {
    let (field, value) = fact.values.iter().find(|(field, _)| field.word() == name)?;
    (!matches!(value, Value::Share(Extent::InWords(_)))).then_some((*field, value))
}

fn shares_in_words(fact: &Fact) -> impl Iterator<Item = (&'static str, &str)> {
    let shares = fact.claim.form().shares();
    shares.filter_map(|(field, of)| match fact.share(field)? {
        Extent::InWords(words) => Some((named_share(of.whole), words.as_str())),
        _ => None,
    })
}

/// What a share is called where the sentence does not say it.
const fn named_share(whole: Whole) -> &'static str {
    match whole {
        Whole::Output => "share of its output",
        Whole::WorldSupply => "share of world supply",
        Whole::Business => "share of its business",
        Whole::Need | Whole::Sales | Whole::Ownership => "extent",
    }
}

/// Whether a word is the plural of a common noun, by its looks.
fn is_plural_noun(word: &str) -> bool {
    let is_common = word.starts_with(|c: char| c.is_ascii_lowercase());
    is_common
        && word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"]
            .iter()
            .any(|ending| word.ends_with(ending))
}

/// A noun with its indefinite article.
///
/// ```
/// use hanjung::facts::with_article;
///
/// assert_eq!((with_article("firm"), with_article("economy")), ("a firm".into(), "an economy".into()));
/// ```
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// Words with their verbs, written `<makes|make>`, in the right number.
pub fn in_number(words: &str, is_many: bool) -> String {
    let mut written = String::new();
    agree(&mut written, words, is_many);
    written
}

/// Adds words with their verbs, written `<makes|make>`, in the right number.
fn agree(sentence: &mut String, words: &str, is_many: bool) {
    let mut rest = words;
    while let Some((before, behind)) = rest.split_once('<') {
        let (verbs, after) = behind.split_once('>').unwrap_or((behind, ""));
        let (one, many) = verbs.split_once('|').unwrap_or((verbs, verbs));
        sentence.push_str(before);
        sentence.push_str(if is_many { many } else { one });
        rest = after;
    }
    sentence.push_str(rest);
}

/// Adds what a field holds to a sentence; whether it holds anything.
type Filling<'f> = dyn Fn(&mut String, &str) -> bool + 'f;

/// Fills a frame: `{field}` gives way to what the field holds, and what stands in `[…]` goes if a
/// field in it holds nothing.
fn fill(sentence: &mut String, frame: &str, is_many: bool, filling: &Filling) {
    let mut rest = frame;
    while let Some(open) = rest.find('[') {
        let close = rest[open..].find(']').map_or(rest.len(), |at| open + at);
        fill_or_leave(sentence, &rest[..open], is_many, filling);
        fill_or_leave(sentence, &rest[open + 1..close], is_many, filling);
        rest = rest.get(close + 1..).unwrap_or("");
    }
    fill_or_leave(sentence, rest, is_many, filling);
}

/// Adds a part of a frame, or nothing of it if a field in it holds nothing.
fn fill_or_leave(sentence: &mut String, part: &str, is_many: bool, filling: &Filling) {
    let before = sentence.len();
    if fill_part(sentence, part, is_many, filling).is_none() {
        sentence.truncate(before);
    }
}

fn fill_part(sentence: &mut String, part: &str, is_many: bool, filling: &Filling) -> Option<()> {
    let mut rest = part;
    while let Some((before, behind)) = rest.split_once('{') {
        let (field, after) = behind.split_once('}')?;
        agree(sentence, before, is_many);
        filling(sentence, field).then_some(())?;
        rest = after;
    }
    agree(sentence, rest, is_many);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let filling = |sentence: &mut String, field: &str| {
            sentence.push_str(if field == "a" { "A" } else { "" });
            field == "a"
        };
        for (frame, is_many, filled) in [
            ("{a}", false, "A"),
            ("{a} x[ {b}]", false, "A x"),
            ("[{a} of ]{a}[, {b}]!", false, "A of A!"),
            ("plain", false, "plain"),
            ("{a} <is|are> here", false, "A is here"),
            ("{a} <is|are> here[ and <was|were> {b}]", true, "A are here"),
        ] {
            let mut sentence = String::new();
            fill(&mut sentence, frame, is_many, &filling);
            assert_eq!(sentence, filled);
        }
    }
}
