//! The documents that facts are drawn from, read from a folder: who checks facts against them needs
//! their text, nobody else.

use std::collections::BTreeMap;
use std::path::Path;

use super::folder::{FolderWalk, text_of, unreadable};
use crate::facts::{BadData, is_passage_label};
use crate::text::Sources;

/// The text of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentText {
    /// What stands above the passages: `title`, `publisher`, `date` and the like.
    pub head: BTreeMap<String, String>,
    /// The passages by their labels. Where a label stands twice, its texts are one, in their order.
    pub passages: BTreeMap<String, String>,
}

/// The documents of a folder, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documents(BTreeMap<String, DocumentText>);

impl Documents {
    /// The document with this id.
    pub fn get(&self, id: &str) -> Option<&DocumentText> {
        self.0.get(id)
    }

    /// The ids with their documents, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &DocumentText)> {
        self.0.iter().map(|(id, document)| (id.as_str(), document))
    }
}

impl<I: Into<String>> FromIterator<(I, DocumentText)> for Documents {
    fn from_iter<T: IntoIterator<Item = (I, DocumentText)>>(documents: T) -> Self {
        Documents(
            documents
                .into_iter()
                .map(|(id, document)| (id.into(), document))
                .collect(),
        )
    }
}

impl DocumentText {
    /// Reads a document: lines `name: value`, then passages, each begun by its label in brackets.
    /// Whatever stands between is passed over.
    ///
    /// ```
    /// use hanjung::data::DocumentText;
    ///
    /// let document = DocumentText::parse("title: Yearbook\n\n[p1] Batteries need\ngraphite.\n\n[p2] So they do.\n");
    /// assert_eq!(document.head["title"], "Yearbook");
    /// assert_eq!(document.passages["p1"], "Batteries need\ngraphite.");
    /// ```
    pub fn parse(text: &str) -> Self {
        let mut document = DocumentText::default();
        let mut open: Option<&mut String> = None;
        for line in text.trim_start_matches('\u{feff}').lines() {
            match (labelled(line), &mut open) {
                (Some((label, text)), _) => {
                    let passage = document.passages.entry(label.to_owned()).or_default();
                    append(passage, text);
                    open = Some(passage);
                }
                (None, Some(passage)) => append(passage, line),
                (None, None) => document.head.extend(head_line(line)),
            }
        }
        document
    }
}

fn append(passage: &mut String, line: &str) {
    if !passage.is_empty() && !line.trim().is_empty() {
        passage.push('\n');
    }
    passage.push_str(line.trim());
}

/// The label at the start of a line, and the text behind it.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, text) = line.strip_prefix('[')?.split_once(']')?;
    is_passage_label(label).then_some((label, text))
}

fn head_line(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

/// Reads the documents of a folder: every file whose name ends in `.txt`. Its id is its name
/// without that.
///
/// # Errors
///
/// [`BadData`] with every fault: a folder or such a file that can't be read, and a folder where
/// there is none.
pub fn documents(folder: &Path) -> Result<Documents, BadData> {
    let mut walk = FolderWalk::flat("txt");
    walk.root(folder);
    let mut documents = BTreeMap::new();
    for path in &walk.files {
        let (text, fault) = text_of(path);
        walk.faults.extend(fault);
        match path.file_stem().and_then(|stem| stem.to_str()) {
            Some(id) => drop(documents.insert(
                id.to_owned(),
                DocumentText::parse(&text.unwrap_or_default()),
            )),
            None => walk.faults.push(unreadable(
                path,
                "its name is not UTF-8",
                "rename it to the document's id",
            )),
        }
    }
    if walk.faults.is_empty() {
        Ok(Documents(documents))
    } else {
        Err(BadData {
            sources: Sources::default(),
            diagnostics: walk.faults,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_there() {
        let text = "\u{feff}title: A: b\r\nno colon\r\n\r\n[III.2 p1]  First.\r\n[sic] goes on\r\n\r\n[p2]\r\n[p2] again";
        let document = DocumentText::parse(text);
        assert_eq!(document.head["title"], "A: b");
        assert_eq!(document.passages["III.2 p1"], "First.\n[sic] goes on");
        assert_eq!(document.passages["p2"], "again");
        for odd in ["", "[", "[]", "[p1", "]p1[", ":", "[p1]\0"] {
            DocumentText::parse(odd);
        }
    }

    #[test]
    fn a_folder_without_documents_is_an_error() {
        let fault = |folder: &str| {
            documents(Path::new(folder)).unwrap_err().diagnostics[0]
                .message
                .clone()
        };
        assert!(fault("no/such/folder").starts_with("can't read no/such/folder: "));
        assert_eq!(fault("src"), "can't read src: no file in it ends in .txt");
    }
}
