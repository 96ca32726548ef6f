//! The rows of an answer as a table, for those who read rather than look, and for paper.

use super::super::picture::{Picture, PictureNode};
use super::super::xml::escaped;
use super::sources::Sources;
use crate::query::{Answer, Cause, Derivation, NodeView, ReadingView, Row, Step};
use crate::render::lines::{
    by_group, cause, dates, distance, loss, mark, name, nothing, omitted, omitted_here, percent, term_words,
};

/// Writes all rows of an answer, also those that the diagram has no room for.
pub(super) fn table(answer: &Answer, picture: &Picture, sources: &Sources) -> String {
    let table = Table { answer, picture, sources };
    let mut text = String::new();
    if answer.rows.is_empty() {
        text += &format!("<p>{}</p>\n", escaped(nothing(answer)));
    }
    text += "<table id=\"rows\">\n<thead><tr><th scope=\"col\">What</th><th scope=\"col\">Why: each step and where it is from</th></tr></thead>\n";
    for rows in [&answer.rows, &answer.aside] {
        for (group, rows) in by_group(rows) {
            text += &table.group(group, &rows);
        }
    }
    text + "</table>"
}

struct Table<'a> {
    answer: &'a Answer,
    picture: &'a Picture,
    sources: &'a Sources<'a>,
}

impl Table<'_> {
    fn group(&self, group: &str, rows: &[&Row]) -> String {
        let heading = match group {
            "" => String::new(),
            group => format!("<tr><th colspan=\"2\" scope=\"rowgroup\">{}</th></tr>\n", escaped(group)),
        };
        let rows: String = rows.iter().map(|row| self.row(row)).collect();
        format!("<tbody>\n{heading}{rows}</tbody>\n")
    }

    /// A row says in its attributes which facts it cannot do without, so that the filter can hide what no longer stands.
    fn row(&self, row: &Row) -> String {
        let needs = row.steps.iter().flat_map(|step| &step.facts).filter_map(|reading| self.number(reading));
        let needs = needs.map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
        let kind = row.entity.as_ref().map_or("", |entity| entity.kind.noun());
        let node = self.node(row).map(|node| format!(" data-node=\"{node}\"")).unwrap_or_default();
        format!(
            "<tr data-kind=\"{kind}\" data-needs=\"{needs}\"{node}><th scope=\"row\">{}</th><td>{}</td></tr>\n",
            self.head(row),
            self.proof(row)
        )
    }

    fn number(&self, reading: &ReadingView) -> Option<usize> {
        self.answer.facts.get_index_of(&reading.fact)
    }

    /// The box that a row is about.
    fn node(&self, row: &Row) -> Option<usize> {
        let entity = row.entity.as_ref()?;
        let is_output = |node: &PictureNode, view: &NodeView| {
            node.entity.as_ref() == Some(&view.entity) && node.by == view.by && node.into == view.into
        };
        let is_it = |node: &PictureNode| match &row.output {
            Some(output) => is_output(node, output),
            None => node.entity.as_ref() == Some(&entity.id) && node.by.is_none(),
        };
        self.picture.nodes.iter().position(is_it)
    }

    fn head(&self, row: &Row) -> String {
        let document = row.document.clone().unwrap_or_default();
        let of = match &row.entity {
            Some(_) => name(row),
            None => row.date.clone().unwrap_or(document),
        };
        let kind = row.entity.as_ref().map(|entity| entity.kind.noun().to_owned());
        let about = [kind, Some(distance(row)), row.bounds.map(loss)].into_iter().flatten();
        let about: Vec<String> = about.filter(|words| !words.is_empty()).collect();
        format!("<bdi class=\"of\">{}</bdi> <span class=\"about\">{}</span>", escaped(&of), escaped(&about.join(", ")))
    }

    fn proof(&self, row: &Row) -> String {
        let steps: String = row.steps.iter().map(|step| self.step(step)).collect();
        let facts: String = row.facts.iter().map(|reading| self.fact(reading, None, row.date.as_deref())).collect();
        let elsewhere = row.alternatives.iter().flat_map(|step| &step.facts);
        let elsewhere: String =
            elsewhere.map(|reading| self.fact(reading, Some("documented elsewhere"), None)).collect();
        let derived: String = row.derivations.iter().map(|derivation| self.derivation(derivation)).collect();
        let remarks: String = row.remarks.iter().map(|remark| format!("<p>{}</p>", escaped(remark))).collect();
        let list = |tag: &str, items: String| if items.is_empty() { items } else { format!("<{tag}>{items}</{tag}>") };
        [list("ol", steps), list("ul", facts), list("ul", elsewhere), list("ul", derived), remarks].concat()
    }

    fn step(&self, step: &Step) -> String {
        let readings = step.facts.iter().chain(&step.figures);
        readings.map(|reading| self.fact(reading, mark(step), None)).collect()
    }

    /// A fact: its date, its sentence, what to know of it, and where it is from.
    fn fact(&self, reading: &ReadingView, mark: Option<&str>, date: Option<&str>) -> String {
        let date = date.map(|date| format!("<time>{}</time> ", escaped(date))).unwrap_or_default();
        let text = format!("{date}<bdi>{}</bdi>", escaped(&reading.text));
        let Some((number, _, fact)) = self.answer.facts.get_full(&reading.fact) else {
            return format!("<li>{text}</li>");
        };
        let small = |words: &str| {
            if words.is_empty() { String::new() } else { format!(" <small>({})</small>", escaped(words)) }
        };
        let conflict = fact.conflict.as_ref().map(|why| format!(" <strong>Contradicted:</strong> {}", escaped(why)));
        format!(
            "<li data-fact=\"{number}\">{text}{}{} {}{}</li>",
            small(&dates(fact)),
            small(mark.unwrap_or_default()),
            self.sources.cite(fact),
            conflict.unwrap_or_default()
        )
    }

    /// What gives a bound, as a nested list.
    fn derivation(&self, derivation: &Derivation) -> String {
        let share = percent(derivation.bound, if derivation.side == "least" { f64::floor } else { f64::ceil });
        let of = format!("at {} {share} % of {}", derivation.side, derivation.of.name);
        let omitted = omitted(derivation).map(|words| format!("<p>{}</p>", escaped(&words))).unwrap_or_default();
        format!("<li>{}{}{omitted}</li>", escaped(&of), self.cause(derivation))
    }

    fn cause(&self, derivation: &Derivation) -> String {
        let Cause::Need { terms, omitted, .. } = &derivation.by else {
            return format!("<ul><li>{}</li></ul>", escaped(cause(&derivation.by)));
        };
        let mut items = String::new();
        for term in terms {
            let facts: String = self.step(&term.step);
            let facts = if facts.is_empty() { facts } else { format!("<ul>{facts}</ul>") };
            items +=
                &format!("<li>{}{facts}{}</li>", escaped(&term_words(derivation.side, term)), self.cause(&term.of));
        }
        let omitted = omitted_here(*omitted).map(|words| format!("<li>{}</li>", escaped(&words))).unwrap_or_default();
        format!("<ul>{items}{omitted}</ul>")
    }
}
