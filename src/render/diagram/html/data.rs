//! What the script of the page works on: boxes, arrows, facts and documents, as JSON.

use indexmap::IndexMap;
use serde::Serialize;

use super::super::keys::{arrow_key, node_keys};
use super::super::look::stroke;
use super::super::picture::{Arrow, Picture, PictureNode, id_of};
use super::sources::CitedDocuments;
use crate::facts::{Claim, Date, Status};
use crate::query::{Answer, DocumentView, EvidenceView, FactView, NamesView, NodeView, Row, Step};
use crate::render::lines::{dates, loss};

/// Writes the data of a page as JSON that may stand inside a script element.
pub(super) fn data(answer: &Answer, picture: &Picture, sources: &CitedDocuments) -> String {
    let keys = node_keys(picture);
    let data = Data {
        nodes: picture
            .nodes
            .iter()
            .zip(&keys)
            .map(|(node, key)| node_data(answer, node, key))
            .collect(),
        arrows: arrows(answer, picture, &keys),
        facts: answer
            .facts
            .iter()
            .map(|(id, fact)| fact_data(answer, id, fact))
            .collect(),
        documents: documents(sources),
    };
    in_script(&serde_json::to_string(&data).expect("a JSON value can always be written"))
}

/// JSON in which nothing can end the script element or open another, and no old reader of scripts
/// sees a line end. All these letters stand in strings only, where an escape means the same.
fn in_script(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                text += &format!("\\u{:04x}", u32::from(letter))
            }
            letter => text.push(letter),
        }
    }
    text
}

#[derive(Serialize)]
struct Data<'a> {
    nodes: Vec<NodeData<'a>>,
    arrows: Vec<ArrowData<'a>>,
    facts: Vec<FactData<'a>>,
    documents: IndexMap<&'a str, DocumentData<'a>>,
}

#[derive(Serialize)]
struct NodeData<'a> {
    /// What tells it apart in the address of the page, also when the page is made anew from changed
    /// facts.
    key: &'a str,
    name: &'a str,
    kind: &'static str,
    country: Option<&'a str>,
    loss: Option<String>,
    asked: bool,
    folded: Vec<&'a str>,
    /// The names of its entity; none for several folded into one.
    names: Option<&'a NamesView>,
    /// The names of the maker, for a supply: it is found by them too.
    maker: Option<&'a NamesView>,
}

#[derive(Serialize)]
struct ArrowData<'a> {
    key: String,
    from: usize,
    to: usize,
    verb: &'a str,
    part: Option<&'a str>,
    look: &'static str,
    /// Numbers of facts, each with its sentence from where the arrow begins.
    facts: Vec<(usize, &'a str)>,
    /// Sets of facts, each enough for the arrow by itself.
    proofs: Vec<Vec<usize>>,
}

#[derive(Serialize)]
struct FactData<'a> {
    id: &'a str,
    claim: Claim,
    status: Status,
    dates: String,
    /// The first day on which it holds and is known; none where it always counts.
    begins: Option<String>,
    /// The first day on which it was surely known, if it may have been known before.
    surely: Option<String>,
    /// The last day on which it holds.
    ends: Option<String>,
    /// Whether no day is known from which it counts.
    undated: bool,
    caveat: Option<&'a str>,
    note: Option<&'a str>,
    conflict: Option<&'a str>,
    evidence: &'a [EvidenceView],
    at: &'a str,
}

#[derive(Serialize)]
struct DocumentData<'a> {
    number: usize,
    text: &'a str,
    care: Option<&'a str>,
}

fn documents<'a>(sources: &'a CitedDocuments) -> IndexMap<&'a str, DocumentData<'a>> {
    let data = |source: &'a super::super::picture::CitedDocument| {
        let care = sources.care(&source.document);
        (
            source.document.as_str(),
            DocumentData {
                number: source.number,
                text: &source.text,
                care,
            },
        )
    };
    sources.iter().map(data).collect()
}

fn node_data<'a>(answer: &'a Answer, node: &'a PictureNode, key: &'a str) -> NodeData<'a> {
    let names = |id: &'a Option<String>| answer.entities.get(id.as_ref()?)?.names.as_ref();
    NodeData {
        key,
        name: &node.name,
        kind: node.kind.noun(),
        country: node.country_name.as_deref(),
        loss: node.loss.map(loss),
        asked: node.is_asked,
        folded: node
            .folded
            .iter()
            .map(|member| member.name.as_str())
            .collect(),
        names: names(&node.entity),
        maker: names(&node.by),
    }
}

fn arrows<'a>(answer: &'a Answer, picture: &'a Picture, keys: &[String]) -> Vec<ArrowData<'a>> {
    let steps = steps(answer);
    let number = |id: &String| answer.facts.get_index_of(id);
    let data = |arrow: &'a Arrow| ArrowData {
        key: arrow_key(arrow, keys),
        from: arrow.from,
        to: arrow.to,
        verb: &arrow.verb,
        part: arrow.part.as_deref(),
        look: stroke(arrow, &picture.nodes[arrow.from]).word(),
        facts: arrow
            .facts
            .iter()
            .filter_map(|fact| Some((number(&fact.fact)?, fact.text.as_str())))
            .collect(),
        proofs: proofs(answer, picture, arrow, &steps),
    };
    picture.arrows.iter().map(data).collect()
}

/// The steps of all chains, and those by which bounds come about.
fn steps(answer: &Answer) -> Vec<&Step> {
    let rows = || answer.rows.iter().chain(&answer.aside);
    rows().flat_map(Row::all_steps).collect()
}

/// The sets of facts that make an arrow: those of each step that it was drawn for. A fact that is
/// drawn by itself is enough by itself.
fn proofs(answer: &Answer, picture: &Picture, arrow: &Arrow, steps: &[&Step]) -> Vec<Vec<usize>> {
    let number = |id: &String| answer.facts.get_index_of(id);
    let is_drawn = |step: &&&Step| {
        let cites = |fact: &String| arrow.facts.iter().any(|drawn| drawn.fact == *fact);
        is_at(&picture.nodes[arrow.from], &step.to)
            && is_at(&picture.nodes[arrow.to], &step.from)
            && !step.facts.is_empty()
            && step.facts.iter().all(|reading| cites(&reading.fact))
    };
    let set = |step: &&Step| {
        step.facts
            .iter()
            .filter_map(|reading| number(&reading.fact))
            .collect()
    };
    let mut sets: Vec<Vec<usize>> = steps.iter().filter(is_drawn).map(set).collect();
    if sets.is_empty() {
        sets = arrow
            .facts
            .iter()
            .filter_map(|fact| Some(vec![number(&fact.fact)?]))
            .collect();
    }
    sets.sort();
    sets.dedup();
    sets
}

/// Whether a box stands for a node, by itself or among others.
pub(super) fn is_at(node: &PictureNode, view: &NodeView) -> bool {
    match &node.entity {
        Some(entity) => *entity == view.entity && node.by == view.by,
        None => {
            let id = id_of(view.by.as_deref(), &view.entity);
            node.folded.iter().any(|member| member.id == id)
        }
    }
}

fn fact_data<'a>(answer: &Answer, id: &'a str, fact: &'a FactView) -> FactData<'a> {
    let since = fact
        .since
        .as_deref()
        .and_then(Date::parse)
        .map(|date| day(date.first_day()));
    let is_standing = fact.claim.holds_at_every_date(fact.status);
    let [known, surely] = if is_standing {
        [None, None]
    } else {
        known_since(answer, fact)
    };
    FactData {
        id,
        claim: fact.claim,
        status: fact.status,
        dates: dates(fact),
        undated: known.is_none() && !is_standing,
        surely: surely.filter(|surely| known.as_ref().is_some_and(|known| known < surely)),
        begins: since.max(known),
        ends: fact
            .until
            .as_deref()
            .and_then(Date::parse)
            .map(|date| day(date.last_day())),
        caveat: fact.caveat.as_deref(),
        note: fact.note.as_deref(),
        conflict: fact.conflict.as_deref(),
        evidence: &fact.evidence,
        at: &fact.at,
    }
}

/// The first day on which a fact was known, and the first on which it surely was, as `--as-of`
/// takes them: its own, else that of the earliest document that states it.
fn known_since(answer: &Answer, fact: &FactView) -> [Option<String>; 2] {
    let own = fact
        .as_of
        .as_deref()
        .or(fact.since.as_deref())
        .and_then(Date::parse);
    let documents = || {
        fact.evidence
            .iter()
            .filter_map(|evidence| answer.documents.get(evidence.document.as_ref()?))
    };
    let own = own.map(|date| day(date.first_day()));
    [
        own.clone().or_else(|| {
            documents()
                .filter_map(|document| Some(days_of(document)?.0))
                .min()
        }),
        own.or_else(|| {
            documents()
                .filter_map(|document| Some(days_of(document)?.1))
                .min()
        }),
    ]
}

/// The first and the last day that a document may be known from.
fn days_of(document: &DocumentView) -> Option<(String, String)> {
    let parse = |date: &Option<String>| date.as_deref().and_then(Date::parse);
    match Date::parse(&document.date) {
        Some(date) => Some((day(date.first_day()), day(date.first_day()))),
        None => Some((
            day(parse(&document.earliest)?.first_day()),
            day(parse(&document.latest)?.last_day()),
        )),
    }
}

fn day((year, month, day): (u16, u8, u8)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_leave_its_script() {
        let json = serde_json::to_string("</script><!--<script>&\u{2028}\u{2029}흑연").unwrap();
        let text = in_script(&json);
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        assert_eq!(
            serde_json::from_str::<String>(&text).unwrap(),
            "</script><!--<script>&\u{2028}\u{2029}흑연"
        );
    }
}
