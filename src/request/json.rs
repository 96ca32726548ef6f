//! Requests for machines: JSON in, JSON out.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::expression::Name;
use super::json_words;
use super::map::Reading;
use super::names::{Misunderstanding, Read};
use super::question::{Question, Request};
use super::resolve::{Trouble, Written, resolve};
use super::set::{Place, Set};
use crate::facts::{Catalogue, Date, Names};

/// The number of the format. It changes whenever a request that was understood would mean something
/// else.
pub const REQUEST_FORMAT: u32 = 1;

/// A request with what it is asked of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RequestFile {
    /// The number of the format.
    pub format: u32,
    /// Only facts that held or were known by this date.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "day")]
    pub as_of: Option<Date>,
    /// The request.
    pub request: Written,
}

/// Why a text is no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct BadRequest {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Line and column, where it has a place.
    pub place: Option<(usize, usize)>,
}

impl RequestFile {
    /// A request as a value to be kept.
    pub fn new(request: &Request<Set<Name>, Name>, as_of: Option<Date>) -> Self {
        let request = request.read_with(&mut Writing);
        RequestFile {
            format: REQUEST_FORMAT,
            as_of,
            request: request.expect("every set can be written"),
        }
    }

    /// Reads a request from JSON.
    ///
    /// # Errors
    ///
    /// If it is no JSON, of another format, or no such request. Names are not looked up.
    ///
    /// ```
    /// use hanjung::request::RequestFile;
    ///
    /// let text = r#"{"format": 1, "request": {"why": {"from": "kia", "to": "graphite | cobalt"}}}"#;
    /// let file = RequestFile::from_json(text).unwrap();
    /// assert_eq!(RequestFile::from_json(&file.to_json()), Ok(file));
    ///
    /// let newer = RequestFile::from_json(r#"{"format": 2, "ask": "why"}"#).unwrap_err();
    /// assert_eq!(newer.message, "a request of format 2 can’t be read: this is format 1");
    /// ```
    pub fn from_json(text: &str) -> Result<Self, BadRequest> {
        if !text.trim_start().starts_with('{') {
            return Err(no_object());
        }
        let head: Head = serde_json::from_str(text).map_err(bad_json)?;
        match head.format {
            Some(REQUEST_FORMAT) => read(text),
            Some(other) => Err(of_format(other)),
            None => Err(BadRequest {
                message: "it does not say of which format it is".to_owned(),
                hint: format!("begin it with \"format\": {REQUEST_FORMAT}"),
                place: None,
            }),
        }
    }

    /// Looks up everything in it.
    ///
    /// # Errors
    ///
    /// All that can’t be made out, each with the field it stands in.
    pub fn resolve(
        &self,
        catalogue: &Catalogue,
        names: &Names,
    ) -> Result<Read<Question>, Vec<Trouble>> {
        resolve(catalogue, names, &self.request).map_err(|mut troubles| {
            for trouble in &mut troubles {
                trouble.field = self.field_of(trouble);
            }
            troubles
        })
    }

    fn field_of(&self, trouble: &Trouble) -> Option<String> {
        let text = match (&trouble.text, &trouble.fault) {
            (Some((text, _)), _) => text,
            (None, Misunderstanding::UnknownName { name, .. })
            | (None, Misunderstanding::Ambiguous { name, .. }) => name,
            _ => return None,
        };
        field_with(&serde_json::to_value(&self.request).ok()?, text)
    }

    /// Writes a request as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a request has no keys but words")
    }
}

/// The way to the first field in which a text stands.
fn field_with(value: &Value, text: &str) -> Option<String> {
    match value {
        Value::String(found) => (found == text).then(String::new),
        Value::Array(all) => all.iter().find_map(|value| field_with(value, text)),
        Value::Object(fields) => fields.iter().find_map(|(key, value)| {
            let within = field_with(value, text)?;
            Some(format!("{key}.{within}").trim_end_matches('.').to_owned())
        }),
        _ => None,
    }
}

/// How a request in JSON is come by.
const PRINTED: &str = "--explain-question --format json prints the JSON of any question, and \
                       nothing else; docs/query.md tells its words";

fn no_object() -> BadRequest {
    BadRequest {
        message: "it does not begin with {, so it is no JSON of a request".to_owned(),
        hint: PRINTED.to_owned(),
        place: None,
    }
}

fn of_format(other: u32) -> BadRequest {
    BadRequest {
        message: format!(
            "a request of format {other} can’t be read: this is format {REQUEST_FORMAT}"
        ),
        hint: "ask with the version that wrote it, or write it anew: --explain-question prints \
               the JSON of a question"
            .to_owned(),
        place: None,
    }
}

fn read(text: &str) -> Result<RequestFile, BadRequest> {
    serde_json::from_str(text).map_err(|error| no_question(text).unwrap_or_else(|| bad_json(error)))
}

/// What is wrong with a text that is JSON, and does not hold one question.
fn no_question(text: &str) -> Option<BadRequest> {
    let value: Value = serde_json::from_str(text).ok()?;
    let request = value.get("request")?;
    let message = match request.as_object().map(Map::len) {
        Some(1) => return None,
        Some(count) => format!("it holds {count} questions"),
        None if request.is_string() => return None,
        None => "what stands behind “request” is no question".to_owned(),
    };
    Some(BadRequest {
        message,
        hint: "ask one question in each file: a word, or an object with one word for its key"
            .to_owned(),
        place: None,
    })
}

fn bad_json(error: serde_json::Error) -> BadRequest {
    let place = (error.line(), error.column());
    let message = error.to_string();
    let without_place = message.rsplit_once(" at line ").map(|(before, _)| before);
    let (message, hint) = json_words::plainly(without_place.unwrap_or(&message));
    BadRequest {
        message,
        hint: hint.unwrap_or_else(|| PRINTED.to_owned()),
        place: (place.0 > 0).then_some(place),
    }
}

/// What is read of a request before it is known of which format it is.
#[derive(Deserialize)]
struct Head {
    format: Option<u32>,
}

/// Dates as people write them.
mod day {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::facts::Date;

    #[allow(clippy::ref_option)] // as serde calls it
    pub fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => serializer.collect_str(date),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Date>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else {
            return Ok(None);
        };
        let bad = || D::Error::custom(format!("“{text}” is no date: write 2023 or 2023-11-30"));
        Date::parse(&text).map(Some).ok_or_else(bad)
    }
}

struct Writing;

impl Reading<Set<Name>, Name> for Writing {
    type Set = String;
    type Document = String;

    fn set(&mut self, set: &Set<Name>, _: Place) -> Option<String> {
        Some(match set {
            // As a whole text the word of a kind would be the name of what is called so.
            Set::Kinds(_) => format!("({set})"),
            _ => set.to_string(),
        })
    }

    fn document(&mut self, document: &Name) -> Option<String> {
        Some(document.text.clone())
    }
}
