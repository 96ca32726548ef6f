//! Sentences: a fact in words, from either end.

use super::catalogue::{Catalogue, Entity, EntityIx, Fact, Value};
use super::value::Extent;
use super::vocabulary::{Claim, EntityKind, Field, TERRITORIES};

/// The language of the names in a sentence; its frame is English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
    /// Chinese.
    Zh,
}

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
    /// use hanjung::data::{Origin, load};
    /// use hanjung::facts::Lang;
    ///
    /// let (catalogue, _) = load(&Origin::default())?;
    /// let fact = catalogue.facts().find(|fact| &*fact.id == "needs:graphite-anode:graphite").unwrap();
    /// assert_eq!(catalogue.sentence(fact, false, Lang::En), "graphite anode needs graphite");
    /// assert_eq!(catalogue.sentence(fact, true, Lang::En), "graphite goes into graphite anode");
    /// # Ok::<(), hanjung::facts::BadData>(())
    /// ```
    pub fn sentence(&self, fact: &Fact, reversed: bool, lang: Lang) -> String {
        let form = fact.claim.form();
        let frame = if reversed { form.reversed } else { form.reads };
        let frame = agree(frame, self.is_many(fact, frame));
        let mut sentence = fill(&frame, &|field| self.field_words(fact, named(fact, field)?, lang));
        for (what, words) in shares_in_words(fact) {
            sentence.push_str(&format!(" ({what}: “{words}”)"));
        }
        sentence
    }

    /// What a field holds, in words; a site with its preposition.
    fn field_words(&self, fact: &Fact, field: Field, lang: Lang) -> Option<String> {
        let value = fact.value(field)?;
        let words = self.filling(value, lang);
        match value {
            Value::Entity(site) if field == Field::At && self[*site].kind == EntityKind::Plant => {
                Some(format!("at {words}"))
            }
            Value::Entity(site)
                if field == Field::At && fact.claim != Claim::Holds && TERRITORIES.contains(self[*site].kind) =>
            {
                Some(format!("in {words}"))
            }
            _ => Some(words),
        }
    }

    /// Whether the first field of a frame names many: "Chinese battery makers", "rare earths".
    fn is_many(&self, fact: &Fact, frame: &str) -> bool {
        let subject = frame.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(field, _)| field);
        let Some(Value::Entity(entity)) = subject.and_then(|field| fact.value(named(fact, field)?)) else {
            return false;
        };
        let Entity { kind, en, .. } = &self[*entity];
        match kind {
            EntityKind::Group => en.split(' ').any(is_plural_noun),
            _ => en.rsplit(' ').next().is_some_and(is_plural_noun),
        }
    }

    fn filling(&self, value: &Value, lang: Lang) -> String {
        match value {
            Value::Entity(entity) => self.name(*entity, lang).to_owned(),
            Value::Entities(entities) => {
                entities.iter().map(|&entity| self.name(entity, lang)).collect::<Vec<_>>().join(", ")
            }
            Value::Share(share) => share.as_percent(),
            Value::Amount(amount) => amount.to_string(),
            Value::Text(text) => text.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Period(period) => period.to_string(),
        }
    }
}

/// The field of this name, unless it holds a share in words, which no frame has a place for.
fn named(fact: &Fact, name: &str) -> Option<Field> {
    let (field, value) = fact.values.iter().find(|(field, _)| field.word() == name)?;
    (!matches!(value, Value::Share(Extent::InWords(_)))).then_some(*field)
}

fn shares_in_words(fact: &Fact) -> impl Iterator<Item = (&'static str, &str)> {
    fact.values.iter().filter_map(|(field, value)| {
        let what = match field {
            Field::OutputShare => "share of its output",
            Field::WorldShare => "share of world supply",
            Field::BusinessShare => "share of its business",
            _ => "extent",
        };
        match value {
            Value::Share(Extent::InWords(words)) => Some((what, words.as_str())),
            _ => None,
        }
    })
}

/// Whether a word is the plural of a common noun, by its looks.
fn is_plural_noun(word: &str) -> bool {
    let is_common = word.starts_with(|c: char| c.is_ascii_lowercase());
    is_common
        && word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending))
}

/// Puts the verbs of a frame, written `<makes|make>`, into the right number.
fn agree(frame: &str, is_many: bool) -> String {
    let mut agreed = String::new();
    let mut rest = frame;
    while let Some((before, behind)) = rest.split_once('<') {
        let (verbs, after) = behind.split_once('>').unwrap_or((behind, ""));
        let (one, many) = verbs.split_once('|').unwrap_or((verbs, verbs));
        agreed.push_str(before);
        agreed.push_str(if is_many { many } else { one });
        rest = after;
    }
    agreed + rest
}

/// Fills a frame: `{field}` gives way to what the field holds, and what stands in `[…]` goes if a field in it holds nothing.
fn fill(frame: &str, filling: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = frame;
    while let Some(open) = rest.find('[') {
        let close = rest[open..].find(']').map_or(rest.len(), |at| open + at);
        filled.push_str(&fill_fields(&rest[..open], filling).unwrap_or_default());
        filled.push_str(&fill_fields(&rest[open + 1..close], filling).unwrap_or_default());
        rest = rest.get(close + 1..).unwrap_or("");
    }
    filled.push_str(&fill_fields(rest, filling).unwrap_or_default());
    filled
}

fn fill_fields(frame: &str, filling: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = frame;
    while let Some((before, behind)) = rest.split_once('{') {
        let (field, after) = behind.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&filling(field)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let filling = |field: &str| (field == "a").then(|| "A".to_string());
        for (frame, filled) in
            [("{a}", "A"), ("{a} x[ {b}]", "A x"), ("[{a} of ]{a}[, {b}]!", "A of A!"), ("plain", "plain")]
        {
            assert_eq!(fill(frame, &filling), filled);
        }
        assert_eq!(agree("{a} <is|are> here", false), "{a} is here");
        assert_eq!(agree("{a} <is|are> here", true), "{a} are here");
    }
}
