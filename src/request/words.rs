//! Words of a request for machines.

use crate::facts::name_key;

/// Words as they are looked for in sentences.
pub(super) fn keys_of<'w>(words: impl Iterator<Item = &'w str>) -> Vec<String> {
    let each = words.flat_map(str::split_whitespace).map(name_key);
    each.filter(|key| !key.is_empty()).collect()
}

/// Words that are looked for in sentences.
pub(super) mod keys {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(keys: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        keys.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<String>, D::Error> {
        let words = Vec::<String>::deserialize(deserializer)?;
        Ok(super::keys_of(words.iter().map(String::as_str)))
    }
}

/// Kinds of entities, by the words that people use for them.
pub(super) mod kinds {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::facts::EntityKind;
    use crate::request::names;

    pub fn serialize<S: Serializer>(
        kinds: &[EntityKind],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(kinds.iter().map(|kind| kind.plural()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<EntityKind>, D::Error> {
        let mut found = Vec::new();
        for word in Vec::<String>::deserialize(deserializer)? {
            let known = || names::KIND_WORDS.join(", ");
            let kinds = names::kinds(&word);
            let unknown = || format!("“{word}” is no kind of entities: try {}", known());
            found.extend(kinds.ok_or_else(|| D::Error::custom(unknown()))?);
        }
        Ok(found)
    }
}

/// Measures of restrictions.
pub(super) mod measures {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::facts::MEASURES;

    pub fn serialize<S: Serializer>(
        measures: &[&'static str],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        measures.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<&'static str>, D::Error> {
        let known = |word: &String| MEASURES.iter().find(|measure| *measure == word).copied();
        let words = Vec::<String>::deserialize(deserializer)?;
        let found = words.iter().map(|word| {
            let unknown = || format!("“{word}” is no measure: try {}", MEASURES.join(", "));
            known(word).ok_or_else(|| D::Error::custom(unknown()))
        });
        found.collect()
    }
}
