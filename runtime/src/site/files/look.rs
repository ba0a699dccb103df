//! Finds the file at a path below a directory.

use std::io;
use std::path::PathBuf;

use super::conditions::Conditions;
use super::encoding::Encoding;
use super::open::{self, Found, Opened};
use crate::routing::Under as _;

#[derive(Clone, Debug)]
pub(super) struct Config {
    pub(super) root: PathBuf,
    pub(super) index: Option<String>,
    pub(super) fallback: Option<String>,
    pub(super) precompressed: bool,
    pub(super) hidden: bool,
}

pub(super) enum Looked {
    File(Box<Opened>),
    /// The path is that of a directory but does not end with `/`.
    AddSlash,
    Missing,
}

impl Config {
    pub(super) fn find(
        &self,
        path: &str,
        encodings: &[Encoding],
        accepts_html: bool,
        conditions: &Conditions,
    ) -> io::Result<Looked> {
        let looked = self.look(path, encodings, conditions)?;
        match (&self.fallback, looked) {
            (Some(fallback), Looked::Missing) if accepts_html => {
                self.look(fallback, encodings, conditions)
            }
            (_, looked) => Ok(looked),
        }
    }

    fn look(
        &self,
        path: &str,
        encodings: &[Encoding],
        conditions: &Conditions,
    ) -> io::Result<Looked> {
        let is_hidden = path.split('/').any(|segment| segment.starts_with('.'));
        let Some(file) = path.under(&self.root).filter(|_| self.hidden || !is_hidden) else {
            return Ok(Looked::Missing);
        };
        let names_directory = path.is_empty() || path.ends_with('/');
        let root = Some(&*self.root);
        let index = match open::open(root, &file, encodings, conditions)? {
            Found::File(_) if names_directory => return Ok(Looked::Missing),
            Found::File(opened) => return Ok(Looked::File(opened)),
            Found::Missing => return Ok(Looked::Missing),
            Found::Directory => self.index.as_ref().map(|index| file.join(index)),
        };
        let Some(index) = index else {
            return Ok(Looked::Missing);
        };
        match open::open(root, &index, encodings, conditions)? {
            Found::File(_) if !names_directory => Ok(Looked::AddSlash),
            Found::File(opened) => Ok(Looked::File(opened)),
            Found::Missing | Found::Directory => Ok(Looked::Missing),
        }
    }
}
