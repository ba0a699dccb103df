//! Finds and reads files, on threads that may block.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::conditions::{Conditions, Selection, Validators};
use super::encoding::Encoding;
use super::media_type;

/// The maximum number of bytes that are read at once.
pub(super) const CHUNK: u64 = 256 * 1024;

/// The kind of file at a path.
pub(super) enum Found {
    File(Box<Opened>),
    Directory,
    Missing,
}

/// A file, the content to send, and the first bytes of it.
pub(super) struct Opened {
    pub(super) content: Content,
    pub(super) validators: Validators,
    pub(super) media_type: &'static str,
    pub(super) encoding: Option<Encoding>,
    pub(super) selection: Selection,
    pub(super) first: Vec<u8>,
}

/// A file in the state in which it was opened.
pub(super) struct Content {
    file: File,
    pub(super) len: u64,
    modified: Option<SystemTime>,
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

/// Returns the kind of file at a path. It checks each component below the root, because any of them may be a link.
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

/// Whether there is no file that this process can read. Clients cannot distinguish a missing file from one without
/// permission.
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
    let mut content = Content {
        file,
        len,
        modified,
    };
    let variant = encoding.map_or("", Encoding::extension);
    let validators = Validators::of(modified, len, variant);
    let selection = conditions.select(&validators, len);
    let first = match &selection {
        Selection::Whole if !conditions.is_head => content.read(0..len)?,
        Selection::Part(part) => content.read(part.clone())?,
        _ => Vec::new(),
    };
    Ok(Found::File(Box::new(Opened {
        content,
        validators,
        media_type,
        encoding,
        selection,
        first,
    })))
}

impl Content {
    /// Reads the start of a part, up to [`CHUNK`].
    ///
    /// # Errors
    ///
    /// - If the file was shortened or written to after it was opened, because the rest would not match the part that
    ///   was sent.
    pub(super) fn read(&mut self, part: Range<u64>) -> io::Result<Vec<u8>> {
        let length = (part.end - part.start).min(CHUNK);
        let mut bytes = Vec::with_capacity(usize::try_from(length).map_err(io::Error::other)?);
        self.file.seek(SeekFrom::Start(part.start))?;
        (&mut self.file).take(length).read_to_end(&mut bytes)?;
        let metadata = self.file.metadata()?;
        let is_same = metadata.len() == self.len && metadata.modified().ok() == self.modified;
        match is_same && bytes.len() as u64 == length {
            true => Ok(bytes),
            false => Err(io::Error::other("the file was changed while it was sent")),
        }
    }
}
