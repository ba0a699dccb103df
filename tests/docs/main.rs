//! Checks the documents: links lead to existing targets, figures are those that were measured, and outputs are those
//! that are printed.

mod excerpts;
mod figures;
mod links;
mod promises;
mod questions;
mod table;
mod tasks;

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the folder of the repository.
fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are a folder of the repository")
        .to_owned()
}

/// Reads a file of the repository, by its path from the root.
fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the files in a folder and its subfolders whose names end with `ending`, by their paths from the root.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("a folder of the repository") {
        let entry = entry.expect("an entry of the folder");
        let path = Path::new(folder).join(entry.file_name());
        // Symbolic links are not followed: the files that they lead to are found at their own location.
        let kind = entry.file_type().expect("the type of an entry");
        if kind.is_dir() {
            files.extend(self::files(&path.to_string_lossy(), ending));
        } else if kind.is_file() && path.to_string_lossy().ends_with(ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}
