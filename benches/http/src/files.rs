//! The files that the servers of the section `files` send.

use app::FILES;
use std::io::{self, Error};
use std::path::PathBuf;
use std::{env, fs};

/// A folder with the files, in the target folder.
pub(crate) fn folder() -> io::Result<PathBuf> {
    let own = env::current_exe()?;
    let target = own
        .ancestors()
        .nth(2)
        .ok_or(Error::other("no target folder"))?;
    let folder = target.join("files");
    fs::create_dir_all(&folder)?;
    for (name, length) in FILES {
        fs::write(folder.join(name), content(length))?;
    }
    Ok(folder)
}

/// Text of this length.
pub(crate) fn content(length: usize) -> String {
    let line = "p { color: black; background: white; margin: 0 auto; max-width: 60em }\n";
    line.chars().cycle().take(length).collect()
}
