//! Finds and opens files, on threads that may block.

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::conditions::{Conditions, Selection, Validators};
use super::content::{Content, OnDisk};
use super::encoding::Encoding;
use super::media_type;

/// The kind of file at a path.
pub(super) enum Found {
    File(Box<Opened>),
    Directory,
    Missing,
}

/// A file, the content to send, and its first bytes.
pub(super) struct Opened {
    pub(super) content: Content,
    pub(super) validators: Validators,
    pub(super) media_type: &'static str,
    pub(super) encoding: Option<Encoding>,
    pub(super) selection: Selection,
    pub(super) first: Bytes,
}

/// Opens a file below `root`, or the encoded file next to it that the client prefers.
pub(super) fn open(
    root: Option<&Path>,
    path: &Path,
    encodings: &[Encoding],
    conditions: &Conditions,
) -> io::Result<Found> {
    let kind = match kind(root, path) {
        Err(error) if is_missing(&error) => return Ok(Found::Missing),
        other => other?,
    };
    match kind {
        Kind::Directory => return Ok(Found::Directory),
        Kind::Other => return Ok(Found::Missing),
        Kind::File => {}
    }
    for &encoding in encodings {
        let mut encoded = path.as_os_str().to_owned();
        encoded.push(encoding.extension());
        let encoded = PathBuf::from(encoded);
        if matches!(kind_of(root, &encoded), Some(Kind::File)) {
            return opened(&encoded, media_type::of(path), Some(encoding), conditions);
        }
    }
    opened(path, media_type::of(path), None, conditions)
}

fn kind_of(root: Option<&Path>, path: &Path) -> Option<Kind> {
    kind(root, path).ok()
}

enum Kind {
    File,
    Directory,
    /// A device, a pipe, a socket, or a link that leads out of the root: opening it could block or disclose other
    /// files.
    Other,
}

/// Returns the kind of file at a path. Each component below the root is checked, because any of them may be a link.
fn kind(root: Option<&Path>, path: &Path) -> io::Result<Kind> {
    let Some(root) = root else {
        return std::fs::metadata(path).map(|it| Kind::of(&it));
    };
    let below = path.strip_prefix(root).map_err(io::Error::other)?;
    let mut current = root.to_path_buf();
    let mut last = None;
    for component in below.components() {
        current.push(component);
        let metadata = std::fs::symlink_metadata(&current)?;
        if metadata.is_symlink() {
            let is_inside = path.canonicalize()?.starts_with(root.canonicalize()?);
            return match is_inside {
                true => std::fs::metadata(path).map(|it| Kind::of(&it)),
                false => Ok(Kind::Other),
            };
        }
        last = Some(metadata);
    }
    Ok(last.map_or(Kind::Directory, |it| Kind::of(&it)))
}

impl Kind {
    fn of(metadata: &Metadata) -> Self {
        match (metadata.is_file(), metadata.is_dir()) {
            (true, _) => Self::File,
            (_, true) => Self::Directory,
            _ => Self::Other,
        }
    }
}

/// Returns whether an error means that there is no file that this process may read. Clients cannot distinguish a
/// missing file from one without permission.
fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidFilename
            | io::ErrorKind::PermissionDenied
    )
}

fn opened(
    path: &Path,
    media_type: &'static str,
    encoding: Option<Encoding>,
    conditions: &Conditions,
) -> io::Result<Found> {
    let file = match File::open(path) {
        Err(error) if is_missing(&error) => return Ok(Found::Missing),
        file => file?,
    };
    let metadata = file.metadata()?;
    let (len, modified) = (metadata.len(), metadata.modified().ok());
    let mut disk = OnDisk {
        file,
        len,
        modified,
    };
    let variant = encoding.map_or("", Encoding::extension);
    let validators = Validators::of(modified, len, variant);
    let selection = conditions.select(&validators, len);
    let first = match &selection {
        Selection::Whole if !conditions.is_head => disk.read(0..len)?,
        Selection::Part(part) => disk.read(part.clone())?,
        _ => Bytes::new(),
    };
    Ok(Found::File(Box::new(Opened {
        content: Content::Disk(disk),
        validators,
        media_type,
        encoding,
        selection,
        first,
    })))
}
