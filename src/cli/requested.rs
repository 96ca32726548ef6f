//! Requests in files.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use hanjung::request::{BadRequest, RequestFile};

use crate::args::Command;
use crate::failure::Failure;

/// The bytes of the largest file that is read as a request.
const MOST_BYTES: u64 = 1 << 20;

/// The request in the file that a command names, if it names one.
pub fn requested(command: &Command) -> Result<Option<RequestFile>, Failure> {
    let Command::Query(query) = command else {
        return Ok(None);
    };
    let file = query.request.as_deref();
    file.map(request_in).transpose()
}

fn request_in(path: &Path) -> Result<RequestFile, Failure> {
    let bad = |message: String, hint: &str| {
        Failure::BadRequest(path.to_owned(), message, hint.to_owned())
    };
    let text = text_of(path)
        .map_err(|error| bad(error.to_string(), "name a file of JSON, or - for stdin"))?;
    RequestFile::from_json(&text).map_err(
        |BadRequest {
             message,
             hint,
             place,
         }| {
            let place = place.map(|(line, column)| format!("{line}:{column}: "));
            bad(format!("{}{message}", place.unwrap_or_default()), &hint)
        },
    )
}

fn text_of(path: &Path) -> io::Result<String> {
    if path == Path::new("-") {
        return bounded(io::stdin().lock());
    }
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    bounded(File::open(path)?)
}

fn bounded(file: impl Read) -> io::Result<String> {
    let mut text = String::new();
    file.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::other(format!(
            "it is larger than {MOST_BYTES} bytes"
        )));
    }
    Ok(text)
}
