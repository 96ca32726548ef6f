//! The rows of an answer as a table, for those who read rather than look, and for paper.

use super::super::picture::{Picture, PictureNode, id_of};
use super::super::xml::escaped;
use super::data::is_at;
use super::sources::CitedDocuments;
use crate::query::{
    Answer, Cause, Derivation, EntityView, Instead, NodeView, ReadingView, Row, RowProof, Step,
    Term,
};
use crate::render::caveats::warnings;
use crate::render::instead::{DOCUMENTED_INSTEAD, facts, words};
use crate::render::lines::{
    OtherSources, bound_words, by_group, capitalised, cause, dates, distance, elsewhere, lost,
    mark, name, nothing, omitted, omitted_here, others, term_words,
};

/// Writes all rows of an answer, also those that the diagram has no room for.
pub(super) fn table(answer: &Answer, picture: &Picture, sources: &CitedDocuments) -> String {
    let table = Table {
        answer,
        picture,
        sources,
    };
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
    text + &table.instead() + "</table>"
}

/// Numbers as an attribute lists them, each once.
fn numbers(mut numbers: Vec<usize>) -> String {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .iter()
        .map(usize::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_about(node: &PictureNode, row: &Row) -> bool {
    let is_output = |view: &NodeView| {
        node.entity.as_ref() == Some(&view.entity) && node.by == view.by && node.into == view.into
    };
    let is_it = |entity: &EntityView| node.entity.as_ref() == Some(&entity.id) && node.by.is_none();
    row.output
        .as_ref()
        .map_or_else(|| row.entity.as_ref().is_some_and(is_it), is_output)
}

/// Where in a box of several a row stands.
fn member(node: &PictureNode, row: &Row) -> Option<usize> {
    let id = match &row.output {
        Some(output) => id_of(output.by.as_deref(), &output.entity),
        None => row.entity.as_ref()?.id.clone(),
    };
    node.folded.iter().position(|member| member.id == id)
}

/// The boxes through which the chain of a row runs.
fn through(picture: &Picture, row: &Row) -> Vec<usize> {
    let ends = row.all_steps().flat_map(|step| [&step.from, &step.to]);
    ends.flat_map(|view| boxes(picture, view)).collect()
}

/// The boxes of a node: where several stand for aspects of one thing, that of the aspect.
fn boxes(picture: &Picture, view: &NodeView) -> Vec<usize> {
    let all: Vec<usize> = (0..picture.nodes.len())
        .filter(|&ix| is_at(&picture.nodes[ix], view))
        .collect();
    let is_exact = |&ix: &usize| {
        (picture.nodes[ix].node, picture.nodes[ix].aspect) == (view.node, view.aspect)
    };
    let exact: Vec<usize> = all.iter().copied().filter(is_exact).collect();
    if exact.is_empty() { all } else { exact }
}

/// The facts by which the bounds of a row come about.
fn derived(row: &Row) -> Vec<&ReadingView> {
    row.derivations
        .iter()
        .flat_map(terms)
        .flat_map(|term| &term.step.facts)
        .collect()
}

/// All terms of a derivation, however deep.
fn terms(derivation: &Derivation) -> Vec<&Term> {
    let Cause::Need { terms: own, .. } = &derivation.by else {
        return Vec::new();
    };
    own.iter()
        .flat_map(|term| std::iter::once(term).chain(terms(&term.of)))
        .collect()
}

/// Items as a list, if there are any.
fn list(tag: &str, items: String) -> String {
    if items.is_empty() {
        items
    } else {
        format!("<{tag}>{items}</{tag}>")
    }
}

struct Table<'a> {
    answer: &'a Answer,
    picture: &'a Picture,
    sources: &'a CitedDocuments<'a>,
}

impl Table<'_> {
    fn group(&self, group: &str, rows: &[&Row]) -> String {
        let heading = match group {
            "" => String::new(),
            group => {
                format!(
                    "<tr><th colspan=\"2\" scope=\"rowgroup\">{}</th></tr>\n",
                    escaped(group)
                )
            }
        };
        let rows: String = rows.iter().map(|row| self.row(row)).collect();
        format!("<tbody>\n{heading}{rows}</tbody>\n")
    }

    /// What is documented instead of an answer.
    fn instead(&self) -> String {
        if self.answer.instead.is_empty() {
            return String::new();
        }
        let told = |instead: &Instead| {
            let facts: String = facts(instead)
                .map(|(reading, _)| self.fact(reading, None, None))
                .collect();
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                escaped(&words(instead)),
                list("ul", facts)
            )
        };
        let rows: String = self.answer.instead.iter().map(told).collect();
        let heading =
            format!("<tr><th colspan=\"2\" scope=\"rowgroup\">{DOCUMENTED_INSTEAD}</th></tr>");
        format!("<tbody>\n{heading}\n{rows}</tbody>\n")
    }

    /// A row says in its attributes which facts it and its loss cannot do without, and through
    /// which boxes its chain runs, so that the filter can hide what no longer stands, here and in
    /// the diagram.
    fn row(&self, row: &Row) -> String {
        let kind = row.entity.as_ref().map_or("", |entity| entity.kind.noun());
        let node = self
            .node(row)
            .map(|node| format!(" data-node=\"{node}\""))
            .unwrap_or_default();
        let member = self
            .member(row)
            .map(|member| format!(" data-member=\"{member}\""))
            .unwrap_or_default();
        format!(
            "<tr data-kind=\"{kind}\" data-needs=\"{}\" data-figures=\"{}\" data-through=\"{}\"{node}{member}><th scope=\"row\">{}</th><td>{}</td></tr>\n",
            numbers(self.needs(row)),
            numbers(self.figures(row)),
            numbers(through(self.picture, row)),
            self.head(row),
            self.proof(row)
        )
    }

    fn number(&self, reading: &ReadingView) -> Option<usize> {
        self.answer.facts.get_index_of(&reading.fact)
    }

    /// The facts without which a row says nothing: those of its chain, else those by which its
    /// bounds come about.
    fn needs(&self, row: &Row) -> Vec<usize> {
        let proving = row.proofs.iter().flat_map(|proof| &proof.facts);
        let of_chains = row.all_steps().flat_map(|step| &step.facts);
        let mut facts: Vec<&ReadingView> = of_chains.chain(proving).collect();
        if facts.is_empty() {
            facts = derived(row);
        }
        facts
            .into_iter()
            .filter_map(|reading| self.number(reading))
            .collect()
    }

    /// The further facts without which its loss is not what it says.
    fn figures(&self, row: &Row) -> Vec<usize> {
        let facts = row
            .all_steps()
            .flat_map(|step| &step.figures)
            .chain(derived(row));
        facts.filter_map(|reading| self.number(reading)).collect()
    }

    /// The box that a row is about, or in which it is folded.
    fn node(&self, row: &Row) -> Option<usize> {
        let is_it = |node: &PictureNode| is_about(node, row) || member(node, row).is_some();
        self.picture.nodes.iter().position(is_it)
    }

    /// Which of the things in the box it is.
    fn member(&self, row: &Row) -> Option<usize> {
        member(&self.picture.nodes[self.node(row)?], row)
    }

    fn head(&self, row: &Row) -> String {
        let document = row.document.clone().unwrap_or_default();
        let of = match &row.entity {
            Some(_) => name(row),
            None => row.date.clone().unwrap_or(document),
        };
        let kind = row
            .entity
            .as_ref()
            .map(|entity| entity.kind.noun().to_owned());
        let about = [kind, Some(distance(row))]
            .into_iter()
            .flatten()
            .map(|words| escaped(&words));
        let lost = lost(row).map(|lost| format!("<span class=\"lost\">{}</span>", escaped(&lost)));
        let about: Vec<String> = about
            .chain(lost)
            .filter(|words| !words.is_empty())
            .collect();
        format!(
            "<bdi class=\"of\">{}</bdi> <span class=\"about\">{}</span>",
            escaped(&of),
            about.join(", ")
        )
    }

    /// A chain or facts, with the set in which they put the row where there are several.
    fn one_proof(&self, row: &Row, proof: &RowProof) -> String {
        let of = row
            .label(proof)
            .map(|set| format!("<p>in {}:</p>", escaped(set)));
        let steps: String = proof.steps.iter().map(|step| self.step(step)).collect();
        let facts = proof.facts.iter();
        let facts: String = facts
            .map(|reading| self.fact(reading, None, None))
            .collect();
        [of.unwrap_or_default(), list("ol", steps), list("ul", facts)].concat()
    }

    fn proof(&self, row: &Row) -> String {
        let steps: String = row.steps.iter().map(|step| self.step(step)).collect();
        let facts: String = row
            .facts
            .iter()
            .map(|reading| self.fact(reading, None, row.date.as_deref()))
            .collect();
        let proofs: String = row
            .proofs
            .iter()
            .map(|proof| self.one_proof(row, proof))
            .collect();
        let elsewhere: String = elsewhere(self.answer, row)
            .iter()
            .map(|elsewhere| self.elsewhere(elsewhere))
            .collect();
        let derived: String = row
            .derivations
            .iter()
            .map(|derivation| self.derivation(derivation))
            .collect();
        let remarks: String = row
            .remarks
            .iter()
            .map(|remark| format!("<p>{}</p>", escaped(remark)))
            .collect();
        [
            list("ol", steps),
            proofs,
            list("ul", facts),
            list("ul", elsewhere),
            list("ul", derived),
            remarks,
        ]
        .concat()
    }

    fn elsewhere(&self, OtherSources { words, facts }: &OtherSources) -> String {
        let facts: String = facts
            .iter()
            .map(|reading| self.fact(reading, None, None))
            .collect();
        format!("<li>{}{}</li>", escaped(words), list("ul", facts))
    }

    fn step(&self, step: &Step) -> String {
        let readings = step.facts.iter().chain(&step.figures);
        let marks: Vec<&str> = others(step).into_iter().chain(mark(step)).collect();
        let marks = Some(marks.join("; ")).filter(|marks| !marks.is_empty());
        readings
            .map(|reading| self.fact(reading, marks.as_deref(), None))
            .collect()
    }

    /// A fact: its date, its sentence, what to know of it, and where it is from.
    fn fact(&self, reading: &ReadingView, mark: Option<&str>, date: Option<&str>) -> String {
        let date = date
            .map(|date| format!("<time>{}</time> ", escaped(date)))
            .unwrap_or_default();
        let text = format!("{date}<bdi>{}</bdi>", escaped(&reading.text));
        let Some((number, _, fact)) = self.answer.facts.get_full(&reading.fact) else {
            return format!("<li>{text}</li>");
        };
        let small = |words: &str| {
            if words.is_empty() {
                String::new()
            } else {
                format!(" <small>({})</small>", escaped(words))
            }
        };
        let warning = |(word, words): (&str, &str)| {
            format!(
                " <strong>{}:</strong> {}",
                capitalised(word),
                escaped(words)
            )
        };
        format!(
            "<li data-fact=\"{number}\">{text}{}{} {}{}</li>",
            small(&dates(fact)),
            small(mark.unwrap_or_default()),
            self.sources.cite(fact),
            warnings(fact).map(warning).collect::<String>()
        )
    }

    /// What gives a bound, as a nested list.
    fn derivation(&self, derivation: &Derivation) -> String {
        let of = bound_words(derivation);
        let omitted = omitted(derivation)
            .map(|words| format!("<p>{}</p>", escaped(&words)))
            .unwrap_or_default();
        format!(
            "<li>{}{}{omitted}</li>",
            escaped(&of),
            self.cause(derivation)
        )
    }

    fn cause(&self, derivation: &Derivation) -> String {
        let Cause::Need { terms, omitted, .. } = &derivation.by else {
            return format!("<ul><li>{}</li></ul>", escaped(cause(&derivation.by)));
        };
        let mut items = String::new();
        for term in terms {
            let facts: String = self.step(&term.step);
            let facts = if facts.is_empty() {
                facts
            } else {
                format!("<ul>{facts}</ul>")
            };
            items += &format!(
                "<li>{}{facts}{}</li>",
                escaped(&term_words(derivation.side, term)),
                self.cause(&term.of)
            );
        }
        let omitted = omitted_here(*omitted)
            .map(|words| format!("<li>{}</li>", escaped(&words)))
            .unwrap_or_default();
        format!("<ul>{items}{omitted}</ul>")
    }
}
