//! Answers as CSV: one line for each fact of each step, so that a spreadsheet can filter by any of
//! them.

use super::caveats::caveat;
use super::instead::words;
use super::lines::{citation, dates, name, omitted};
use super::plain::plain;
use crate::facts::Interval;
use crate::query::{
    Answer, Cause, Derivation, Instead, OtherSource, ReadingView, Row, RowProof, Step,
};

const HEAD: [&str; 20] = [
    "row",
    "counted",
    "group",
    "entity",
    "kind",
    "name",
    "distance",
    "least",
    "most",
    "least_in_proportion",
    "most_in_proportion",
    "step",
    "from",
    "to",
    "channel",
    "text",
    "fact",
    "status",
    "citation",
    "caveat",
];

/// Writes an answer as CSV with a head line.
pub(super) fn csv(answer: &Answer) -> String {
    let mut sheet = Sheet {
        answer,
        writer: csv::Writer::from_writer(Vec::new()),
        row: 0,
    };
    sheet.line(HEAD.map(str::to_owned));
    for (rows, counted) in [(&answer.rows, "yes"), (&answer.aside, "no")] {
        for row in rows {
            sheet.row += 1;
            sheet.rows(row, counted);
        }
    }
    answer
        .instead
        .iter()
        .for_each(|instead| sheet.instead(instead));
    let bytes = sheet
        .writer
        .into_inner()
        .expect("writing to memory can't fail");
    String::from_utf8(bytes).expect("all that was written is UTF-8")
}

struct Sheet<'a> {
    answer: &'a Answer,
    writer: csv::Writer<Vec<u8>>,
    row: usize,
}

impl Sheet<'_> {
    /// What is documented instead of an answer; of what has no rows, how much there is.
    fn instead(&mut self, instead: &Instead) {
        let told = Row {
            group: "Not counted",
            remarks: vec![words(instead)],
            ..Row::default()
        };
        let rows = if instead.rows.is_empty() {
            std::slice::from_ref(&told)
        } else {
            &instead.rows
        };
        for row in rows {
            self.row += 1;
            self.rows(row, "instead");
        }
    }

    fn rows(&mut self, row: &Row, counted: &str) {
        let start = self.start(row, counted);
        for (at, step) in row.steps.iter().enumerate() {
            self.step(&start, (at + 1).to_string(), step);
        }
        for (number, proof) in (1..).zip(&row.proofs) {
            if let Some(set) = row.label(proof) {
                self.words(&start, number.to_string(), format!("in {set}"));
            }
            self.proof(&start, number, proof);
        }
        let is_bare = row.steps.is_empty() && row.proofs.is_empty();
        if !is_bare && row.facts.is_empty() && !row.remarks.is_empty() {
            self.words(&start, String::new(), row.remarks.join("; "));
        }
        for OtherSource { step, exposed } in &row.alternatives {
            let number = if *exposed {
                "elsewhere, exposed too"
            } else {
                "elsewhere"
            };
            self.step(&start, number.to_owned(), step);
        }
        for derivation in &row.derivations {
            self.derivation(&start, derivation.side, derivation);
            self.omission(&start, derivation);
        }
        for reading in &row.facts {
            self.reading(&start, &Default::default(), reading, &row.remarks);
        }
        let is_bare = row.steps.is_empty() && row.facts.is_empty() && row.proofs.is_empty();
        if is_bare && row.derivations.is_empty() {
            self.remarks(start, row);
        }
    }

    /// The columns with which each line of a row begins.
    fn start(&self, row: &Row, counted: &str) -> [String; 11] {
        let entity = row.entity.as_ref();
        let id = entity.map(|entity| &entity.id).or(row.document.as_ref());
        let kind = entity.map(|entity| entity.kind.noun().to_owned());
        let distance = row.distance.map(|distance| distance.to_string());
        let [least, most] = ends(row.bounds);
        let [least_in_proportion, most_in_proportion] = ends(row.proportional.or(row.bounds));
        [
            self.row.to_string(),
            counted.to_owned(),
            row.group.to_owned(),
            id.cloned().unwrap_or_default(),
            kind.unwrap_or_default(),
            name(row),
            distance.unwrap_or_default(),
            least,
            most,
            least_in_proportion,
            most_in_proportion,
        ]
    }

    /// The line of a row that no fact is told of.
    fn remarks(&mut self, start: [String; 11], row: &Row) {
        let document = row.document.as_ref();
        let document = document.and_then(|id| self.answer.documents.get(id));
        let about = document.map(|document| {
            format!(
                "{} ({}, {})",
                document.title, document.publisher, document.date
            )
        });
        let text: Vec<String> = about
            .into_iter()
            .chain(row.remarks.iter().cloned())
            .collect();
        self.line(
            start
                .into_iter()
                .chain(<[String; 4]>::default())
                .chain(only(text.join("; "))),
        );
    }

    fn step(&mut self, start: &[String; 11], number: String, step: &Step) {
        let channel = format!("{:?}", step.channel).to_lowercase();
        let middle = [
            number,
            step.from.name.clone(),
            step.to.name.clone(),
            channel,
        ];
        for reading in step.facts.iter().chain(&step.figures) {
            self.reading(start, &middle, reading, &[]);
        }
    }

    /// A line of words.
    fn words(&mut self, start: &[String; 11], number: String, words: String) {
        let middle = [number, String::new(), String::new(), String::new()];
        self.line(start.iter().cloned().chain(middle).chain(only(words)));
    }

    /// One of several proofs: a chain whose steps are numbered `1.1`, or facts.
    fn proof(&mut self, start: &[String; 11], number: usize, proof: &RowProof) {
        for (at, step) in proof.steps.iter().enumerate() {
            self.step(start, format!("{number}.{}", at + 1), step);
        }
        let middle = [
            number.to_string(),
            String::new(),
            String::new(),
            String::new(),
        ];
        for reading in &proof.facts {
            self.reading(start, &middle, reading, &[]);
        }
    }

    /// The terms of a derivation, numbered as in a table of contents: `least 1.2`.
    fn derivation(&mut self, start: &[String; 11], number: &str, derivation: &Derivation) {
        let Cause::Need { terms, .. } = &derivation.by else {
            return;
        };
        for (at, term) in terms.iter().enumerate() {
            let gap = if number == derivation.side { " " } else { "." };
            let number = format!("{number}{gap}{}", at + 1);
            self.step(start, number.clone(), &term.step);
            self.derivation(start, &number, &term.of);
        }
    }

    /// A line that says how much of a derivation is left out.
    fn omission(&mut self, start: &[String; 11], derivation: &Derivation) {
        if let Some(words) = omitted(derivation) {
            let middle = [
                derivation.side.to_owned(),
                String::new(),
                String::new(),
                String::new(),
            ];
            self.line(start.iter().cloned().chain(middle).chain(only(words)));
        }
    }

    fn reading(
        &mut self,
        start: &[String; 11],
        middle: &[String; 4],
        reading: &ReadingView,
        remarks: &[String],
    ) {
        let fact = self.answer.facts.get(&reading.fact);
        let dates = fact
            .map(dates)
            .filter(|dates| !dates.is_empty())
            .map(|dates| format!(" ({dates})"))
            .unwrap_or_default();
        let text: Vec<String> = std::iter::once(format!("{}{dates}", reading.text))
            .chain(remarks.iter().cloned())
            .collect();
        let end = [
            text.join("; "),
            reading.fact.clone(),
            fact.map(|fact| fact.status.word().to_owned())
                .unwrap_or_default(),
            fact.map(citation).unwrap_or_default(),
            fact.and_then(caveat).unwrap_or_default(),
        ];
        self.line(start.iter().chain(middle).cloned().chain(end));
    }

    fn line(&mut self, fields: impl IntoIterator<Item = String>) {
        self.writer
            .write_record(fields.into_iter().map(inert))
            .expect("writing to memory can't fail");
    }
}

/// The least and the most of what is lost; nothing where that is not known.
fn ends(bounds: Option<Interval>) -> [String; 2] {
    match bounds {
        Some(Interval { lo, hi }) => [lo.to_string(), hi.to_string()],
        None => Default::default(),
    }
}

/// A text where no fact stands.
fn only(text: String) -> [String; 5] {
    [
        text,
        String::new(),
        String::new(),
        String::new(),
        String::new(),
    ]
}

/// Keeps a spreadsheet from taking a text for a formula, also one whose first letter stands behind
/// blanks or is of full width.
fn inert(text: String) -> String {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let text = plain(&text);
    if text.trim_start().starts_with(SIGNS) {
        format!("'{text}")
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("\n=cmd()", "' =cmd()"),
            ("\r\t@a", "'  @a"),
            ("\u{3000}＝1", "'\u{3000}＝1"),
            ("－1", "'－1"),
            ("a\r\nb", "a  b"),
            ("\u{1b}[2J", "\u{fffd}[2J"),
            ("about 4 = 2 + 2", "about 4 = 2 + 2"),
        ] {
            assert_eq!(inert(text.to_owned()), cell);
        }
    }
}
