//! The content of a file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::time::SystemTime;

use bytes::Bytes;

use super::super::blocking::blocking;

/// The maximum number of bytes that are read at once.
const CHUNK: u64 = 256 * 1024;

/// The content of a file, as it was when the file was opened.
pub(super) enum Content {
    Disk(OnDisk),
    /// A file that is embedded in the program.
    Memory(Bytes),
}

pub(super) struct OnDisk {
    pub(super) file: File,
    pub(super) len: u64,
    pub(super) modified: Option<SystemTime>,
}

impl Content {
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Disk(disk) => disk.len,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// Reads the start of a part, without blocking the thread.
    ///
    /// # Errors
    ///
    /// - An I/O error if the file cannot be read or was changed: see [`OnDisk::read`].
    pub(super) async fn read(self, part: Range<u64>) -> io::Result<(Self, Bytes)> {
        match self {
            Self::Memory(bytes) => {
                let part = slice(&bytes, part)?;
                Ok((Self::Memory(bytes), part))
            }
            Self::Disk(mut disk) => {
                blocking(move || {
                    let bytes = disk.read(part)?;
                    Ok((Self::Disk(disk), bytes))
                })
                .await
            }
        }
    }
}

fn slice(bytes: &Bytes, part: Range<u64>) -> io::Result<Bytes> {
    let index = |at: u64| usize::try_from(at).map_err(io::Error::other);
    Ok(bytes.slice(index(part.start)?..index(part.end)?))
}

impl OnDisk {
    /// Reads the start of a part, up to [`CHUNK`].
    ///
    /// # Errors
    ///
    /// - An I/O error if the file cannot be read, or if it was shortened or written to after it was opened, because the
    ///   rest would not match the part that was sent.
    pub(super) fn read(&mut self, part: Range<u64>) -> io::Result<Bytes> {
        let length = (part.end - part.start).min(CHUNK);
        let mut bytes = Vec::with_capacity(usize::try_from(length).map_err(io::Error::other)?);
        self.file.seek(SeekFrom::Start(part.start))?;
        (&mut self.file).take(length).read_to_end(&mut bytes)?;
        let metadata = self.file.metadata()?;
        let is_same = metadata.len() == self.len && metadata.modified().ok() == self.modified;
        match is_same && bytes.len() as u64 == length {
            true => Ok(bytes.into()),
            false => Err(io::Error::other(
                "the file was changed while it was being sent",
            )),
        }
    }
}
