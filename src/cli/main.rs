//! The command line: arguments become a question, the question an answer, the answer output.

mod args;
mod commands;
mod hints;
mod drawing;
mod raster;
mod output;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match commands::run(&args) {
        Ok(status) => status.into(),
        Err(failure) => output::complain(&failure, &args).into(),
    }
}
