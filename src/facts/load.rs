//! From the texts of files to a checked catalogue.

use super::assemble::assemble;
use super::catalogue::Catalogue;
use super::check::{Draft, check};
use super::read::{ReadTexts, read};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Sources;

/// Data that can't be used, and all that is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("the data has {} fault(s)", .diagnostics.len())]
#[non_exhaustive]
pub struct BadData {
    /// The files.
    pub sources: Sources,
    /// What is wrong; at least one error among them.
    pub diagnostics: Vec<Diagnostic>,
}

/// A catalogue with the files that it was made from, and what to warn of.
#[derive(Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// The files.
    pub sources: Sources,
    /// Faults that keep nobody from using it.
    pub warnings: Vec<Diagnostic>,
}

/// Reads and checks the texts of files and merges their facts. `faults` are those that were found
/// when the files were fetched. Warnings are not errors: they come with the catalogue.
///
/// Takes time in proportion to the text, but for sorting entities and facts by id.
///
/// # Errors
///
/// [`BadData`] with every fault, if there is an error among them.
///
/// ```
/// use hanjung::facts::catalogue;
/// use hanjung::text::{Source, Sources};
///
/// let mut sources = Sources::default();
/// sources.add(Source::new("mine.ron", "[Firm(id: \"Acme\", en: \"Acme\")]"));
/// let bad = catalogue(sources, Vec::new()).unwrap_err();
/// assert_eq!(bad.diagnostics[0].code.word(), "malformed-id");
/// ```
pub fn catalogue(sources: Sources, faults: Vec<Diagnostic>) -> Result<Checked, BadData> {
    let mut reading = ReadTexts {
        diagnostics: faults,
        ..ReadTexts::default()
    };
    for (file, source) in sources.iter() {
        read(file, source, &mut reading);
    }
    let ReadTexts {
        records,
        damaged_ids,
        mut diagnostics,
    } = reading;
    let is_whole = diagnostics.is_empty();
    let found = check(&Draft::new(&records, &damaged_ids));
    // What seems unused may be used in what could not be read, so warnings wait until all is.
    diagnostics.extend(
        found
            .into_iter()
            .filter(|fault| is_whole || fault.severity() == Severity::Error),
    );
    diagnostics.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.place));
    if diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity() == Severity::Error)
    {
        drop(records);
        return Err(BadData {
            sources,
            diagnostics,
        });
    }
    let catalogue = assemble(&records, &sources);
    drop(records);
    Ok(Checked {
        catalogue,
        sources,
        warnings: diagnostics,
    })
}
