//! Finds the file at a path below a directory.

use std::io;
use std::path::PathBuf;

use super::conditions::Conditions;
use super::embedded::Embedded;
use super::encoding::Encoding;
use super::open::{self, Found, Opened};
use crate::routing::Under as _;

#[derive(Clone, Debug)]
pub(super) struct Config {
    pub(super) root: Root,
    pub(super) index: Option<String>,
    pub(super) fallback: Option<String>,
    pub(super) precompressed: bool,
    pub(super) hidden: bool,
}

/// The location of the files.
#[derive(Clone, Debug)]
pub(super) enum Root {
    Directory(PathBuf),
    Embedded(Embedded),
}

pub(super) enum Looked {
    File(Box<Opened>),
    /// The path leads to a directory with an index file but does not end with `/`.
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
        if is_hidden && !self.hidden {
            return Ok(Looked::Missing);
        }
        let names_directory = path.is_empty() || path.ends_with('/');
        let index = match self.open(path, encodings, conditions)? {
            Found::File(_) if names_directory => return Ok(Looked::Missing),
            Found::File(opened) => return Ok(Looked::File(opened)),
            Found::Missing => return Ok(Looked::Missing),
            Found::Directory => self.index.as_ref(),
        };
        let Some(index) = index else {
            return Ok(Looked::Missing);
        };
        let index = match path.trim_end_matches('/') {
            "" => index.clone(),
            path => format!("{path}/{index}"),
        };
        match self.open(&index, encodings, conditions)? {
            Found::File(_) if !names_directory => Ok(Looked::AddSlash),
            Found::File(opened) => Ok(Looked::File(opened)),
            Found::Missing | Found::Directory => Ok(Looked::Missing),
        }
    }

    fn open(
        &self,
        path: &str,
        encodings: &[Encoding],
        conditions: &Conditions,
    ) -> io::Result<Found> {
        match &self.root {
            Root::Embedded(files) => Ok(files.open(
                path.strip_suffix('/').unwrap_or(path),
                encodings,
                conditions,
            )),
            Root::Directory(root) => match path.under(root) {
                Some(file) => open::open(Some(root), &file, encodings, conditions),
                None => Ok(Found::Missing),
            },
        }
    }
}
