//! The command line: arguments become a question, the question an answer, the answer output.

mod args;
mod commands;
mod hints;
mod drawing;
mod raster;
mod file;
mod output;
mod requested;
mod failure;

use std::process::ExitCode;

fn main() -> ExitCode {
    file::outlive_limits_of_stdout();
    let status = match args::parse() {
        Ok(args) => commands::run(&args)
            .unwrap_or_else(|failure| output::complain(&failure, args.common.format)),
        Err((usage, format)) => output::show_usage(usage, format),
    };
    status.into()
}
