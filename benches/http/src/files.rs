//! The files that the servers of `--what files` send.

use app::FILES;
use std::fs;
use std::io;
use std::path::PathBuf;

/// Writes the files to a folder in the target folder, and returns that folder.
pub(crate) fn folder() -> io::Result<PathBuf> {
    let folder = crate::builds::folder("files")?;
    for (name, length) in FILES {
        fs::write(folder.join(name), content(length))?;
    }
    Ok(folder)
}

/// Returns text of this length.
pub(crate) fn content(length: usize) -> String {
    let line = "p { color: black; background: white; margin: 0 auto; max-width: 60em }\n";
    line.chars().cycle().take(length).collect()
}
