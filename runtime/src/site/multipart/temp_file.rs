//! Temporary files.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::StatusCode;
use tempfile::{NamedTempFile, PathPersistError, TempPath};

use super::super::blocking::blocking;
use crate::error::Failure;

/// The number of bytes that are buffered before they are written.
const BUFFER: usize = 256 * 1024;

/// The usual length of the path of a temporary file, in bytes.
const PATH: usize = 64;

/// A file that a client sent, in a temporary file that is removed when this value is dropped.
///
/// Use it as the type of a field in the struct that [`Multipart::form`](super::Multipart::form) reads. The file is in
/// the operating system's directory for temporary files, and only the user that runs the process can read it. A process
/// that is killed does not remove it. Node.js: no counterpart; Express: `file.path` of `multer`, which is never
/// removed.
///
/// # Examples
///
/// ```
/// use onward::multipart::TempFile;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Upload {
///     picture: TempFile,
///     attachments: Vec<TempFile>,
///     thumbnail: Option<TempFile>,
/// }
/// ```
#[doc(alias = "upload")]
pub struct TempFile {
    path: TempPath,
    file_name: Option<String>,
    content_type: Option<String>,
    size: u64,
}

impl TempFile {
    pub(super) fn new(
        path: TempPath,
        file_name: Option<String>,
        content_type: Option<String>,
        size: u64,
    ) -> Self {
        Self {
            path,
            file_name,
            content_type,
            size,
        }
    }

    /// Returns the path of the file, whose name is random.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn read(file: onward::multipart::TempFile) -> std::io::Result<()> {
    /// let bytes = std::fs::read(file.path())?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the name of the file on the client, or an empty string.
    ///
    /// It contains no directory and no control characters. You can show it or send it as the name of a download, but do
    /// not store the file under it.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn show(file: &onward::multipart::TempFile) -> String {
    /// format!("received {}", file.file_name())
    /// # }
    /// ```
    pub fn file_name(&self) -> &str {
        self.file_name.as_deref().unwrap_or_default()
    }

    /// Returns the type that the client declared, which might not match the content.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn is_png(file: &onward::multipart::TempFile) -> bool {
    /// file.content_type() == Some("image/png")
    /// # }
    /// ```
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the size in bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn is_empty(file: &onward::multipart::TempFile) -> bool {
    /// file.size() == 0
    /// # }
    /// ```
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Moves the file permanently to a path, and replaces an existing file.
    ///
    /// If the path is on another file system, the file is copied. The work is done on a thread that may block.
    ///
    /// # Errors
    ///
    /// - An I/O error if the file cannot be moved. The temporary file is removed.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the file is still moved.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn keep(file: onward::multipart::TempFile) -> std::io::Result<()> {
    /// file.persist("uploads/7").await
    /// # }
    /// ```
    pub async fn persist(self, path: impl Into<PathBuf>) -> io::Result<()> {
        let path = path.into();
        blocking(move || {
            let Err(PathPersistError { error, path: temp }) = self.path.persist(&path) else {
                return Ok(());
            };
            match error.kind() {
                io::ErrorKind::CrossesDevices => copy(&temp, &path),
                _ => Err(error),
            }
        })
        .await
    }
}

/// Copies a file in such a way that a partial file never has the final name.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().filter(|it| !it.as_os_str().is_empty());
    let mut copy = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    io::copy(&mut std::fs::File::open(from)?, &mut copy)?;
    copy.persist(to).map_err(|error| error.error)?;
    Ok(())
}

impl fmt::Debug for TempFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TempFile")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// A temporary file that is being written. The file is created when the buffer is first written to it, so a short file
/// needs only one job on a blocking thread.
#[derive(Default)]
pub(super) struct TempWriter {
    file: Option<NamedTempFile>,
    buffer: Vec<u8>,
}

impl TempWriter {
    pub(super) async fn write(mut self, chunk: Bytes) -> Result<Self, Failure> {
        self.buffer.extend_from_slice(&chunk);
        if self.buffer.len() < BUFFER {
            return Ok(self);
        }
        let flushed = blocking(move || {
            self.file = Some(self.flush()?);
            Ok(self)
        });
        flushed.await.map_err(failed)
    }

    pub(super) async fn finish(mut self) -> Result<TempPath, Failure> {
        // The memory of the path is freed on an async thread, so it is also allocated on one. Otherwise, the allocator
        // would reuse it for a buffer of the async thread, which would then grow in the arena of the thread that wrote
        // the file.
        let mut path = PathBuf::with_capacity(PATH);
        let finished = blocking(move || {
            path.push(self.flush()?.into_temp_path().keep()?);
            TempPath::try_from_path(path)
        });
        finished.await.map_err(failed)
    }

    /// Writes the buffer to the file, and blocks while it does so.
    fn flush(&mut self) -> io::Result<NamedTempFile> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => NamedTempFile::new()?,
        };
        file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(file)
    }
}

fn failed(error: io::Error) -> Failure {
    let what = "a file of a form could not be stored";
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error)
}
