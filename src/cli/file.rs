//! Files written whole or not at all. What was there before outlives every failure, and nothing
//! half written is left behind.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use watch::Watch;
pub use watch::outlive_limits_of_stdout;

/// Writes a file.
///
/// A new file is written beside it and takes its name once all is on the disk. Links are followed.
/// Where that would part hard links, change the owner, or is not allowed in the folder, it is
/// written in place, and put back as it was if that fails. What is no regular file, such as a pipe,
/// is written through.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => {
            Watch::over(|watch| replace(&fs::canonicalize(path)?, bytes, &there, watch))
        }
        Ok(_) => write_through(path, bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Watch::over(|watch| create(&followed(path), bytes, watch))
        }
        Err(error) => Err(error),
    }
}

/// Lets no signal end it: whoever waits for a reader of a pipe can be told to stop.
fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.write_all(bytes)?;
    file.flush()
}

/// How many links are followed one behind the other, as by Linux.
const MOST_LINKS: usize = 40;

/// Where a path that holds no file yet leads to, if it is a link.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        path = folder(&path).join(target);
    }
    path
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

fn create(path: &Path, bytes: &[u8], watch: &Watch) -> io::Result<()> {
    let new = beside(path, true)?;
    fill(new.as_file(), bytes, watch)?;
    new.persist(path).map(drop).map_err(|fault| fault.error)
}

fn replace(path: &Path, bytes: &[u8], there: &Metadata, watch: &Watch) -> io::Result<()> {
    // Whoever may not write a file may not replace it either.
    let old = OpenOptions::new().write(true).open(path)?;
    match beside(path, false) {
        Ok(new) if takes_its_place(&new.as_file().metadata()?, there) => {
            fill(new.as_file(), bytes, watch)?;
            new.as_file().set_permissions(there.permissions())?;
            new.persist(path).map(drop).map_err(|fault| fault.error)
        }
        Err(error)
            if !matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            Err(error)
        }
        _ => overwrite(&old, &fs::read(path)?, bytes, watch),
    }
}

/// A new file with a name of its own that goes away unless it is given another: readable for all
/// who may read new files, or for nobody else.
fn beside(path: &Path, is_open: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if is_open {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let folder = folder(path);
    fs::metadata(folder)?;
    // The error as it comes names a file that nobody asked for.
    builder
        .prefix(".hanjung-")
        .tempfile_in(folder)
        .map_err(|error| error.kind().into())
}

/// Whether a new file can stand for another without anybody noticing.
#[cfg(unix)]
fn takes_its_place(new: &Metadata, old: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    old.nlink() == 1 && (new.uid(), new.gid()) == (old.uid(), old.gid())
}

#[cfg(not(unix))]
fn takes_its_place(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// Writes over what a file holds, and that back if it fails.
fn overwrite(file: &File, old: &[u8], new: &[u8], watch: &Watch) -> io::Result<()> {
    fill(file, new, watch).map_err(|error| match fill(file, old, &Watch::default()) {
        Ok(()) => error,
        Err(_) => io::Error::new(
            error.kind(),
            format!("{error}; and what was in it can’t be put back"),
        ),
    })
}

/// How much is written between two looks at the signals that came.
const CHUNK: usize = 1 << 16;

/// Makes some bytes all that a file holds, and sees that they are on the disk.
fn fill(mut file: &File, bytes: &[u8], watch: &Watch) -> io::Result<()> {
    file.rewind()?;
    for chunk in bytes.chunks(CHUNK) {
        watch.look()?;
        file.write_all(chunk)?;
    }
    file.set_len(bytes.len() as u64)?;
    file.sync_all()?;
    watch.look()
}

/// Signals that would end the program while a file is half written: they wait until that is tidied
/// up.
#[cfg(unix)]
mod watch {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsFd;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
    use signal_hook::flag;
    use signal_hook::low_level::emulate_default_handler;

    const ENDING: [i32; 4] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];

    /// The signal that came, if one did.
    #[derive(Default)]
    pub struct Watch(Arc<AtomicUsize>);

    impl Watch {
        /// Has a file written; then lets the signals end the program that came meanwhile or come
        /// later.
        pub fn over(write: impl FnOnce(&Watch) -> io::Result<()>) -> io::Result<()> {
            outlive_limits();
            let (is_over, watch) = (Arc::new(AtomicBool::new(false)), Watch::default());
            for signal in ENDING {
                flag::register_conditional_default(signal, is_over.clone())?;
                flag::register_usize(signal, watch.0.clone(), signal as usize)?;
            }
            let written = write(&watch);
            is_over.store(true, SeqCst);
            match watch.0.load(SeqCst) {
                0 => written,
                signal => emulate_default_handler(signal as i32).and(written),
            }
        }

        /// An error if a signal came.
        pub fn look(&self) -> io::Result<()> {
            if self.0.load(SeqCst) == 0 {
                Ok(())
            } else {
                Err(io::Error::other("ended by a signal"))
            }
        }
    }

    /// Has a file that is larger than the system allows be an error rather than the end of the
    /// program.
    pub fn outlive_limits() {
        let _ = flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    }

    /// As [`outlive_limits`], if what goes to stdout goes into a file: no question to a terminal or
    /// a pipe waits for it.
    pub fn outlive_limits_of_stdout() {
        let stdout = io::stdout().as_fd().try_clone_to_owned().map(File::from);
        if stdout
            .and_then(|stdout| stdout.metadata())
            .is_ok_and(|metadata| metadata.is_file())
        {
            outlive_limits();
        }
    }
}

#[cfg(not(unix))]
mod watch {
    use std::io;

    #[derive(Default)]
    pub struct Watch;

    impl Watch {
        pub fn over(write: impl FnOnce(&Watch) -> io::Result<()>) -> io::Result<()> {
            write(&Watch)
        }

        pub fn look(&self) -> io::Result<()> {
            Ok(())
        }
    }

    pub fn outlive_limits_of_stdout() {}
}
