//! One part of a form.

use bytes::Bytes;
use http::StatusCode;

use super::Multipart;
use super::parser::Event;
use super::temp_file::{TempFile, TempWriter};
use crate::error::Failure;

/// A field or a file of a form; [`Multipart::next`] returns it.
///
/// Node.js: no counterpart; Express: a `file` of `multer`.
///
/// # Examples
///
/// ```
/// use onward::multipart::Multipart;
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let body = "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\
///             Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
/// let req = Request::post("/").header("content-type", "multipart/form-data; boundary=b").body(body);
/// let mut form = Multipart::new(req.body)?;
/// while let Some(mut part) = form.next().await? {
///     let mut size = 0;
///     while let Some(chunk) = part.next().await? {
///         size += chunk.len(); // nothing is stored
///     }
///     assert_eq!((part.name(), part.file_name(), size), ("picture", Some("a.png"), 3));
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Part<'a> {
    form: &'a mut Multipart,
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    limit: u64,
    size: u64,
    is_complete: bool,
}

impl<'a> Part<'a> {
    /// Creates the current part, of which nothing has been read.
    pub(super) fn new(form: &'a mut Multipart) -> Option<Self> {
        let head = form.current.as_ref()?;
        let name = head.name.clone()?;
        let file_name = head.file_name.clone();
        Some(Self {
            limit: form.limits.of(&name, file_name.is_some()),
            content_type: head.content_type.clone(),
            name,
            file_name,
            form,
            size: 0,
            is_complete: false,
        })
    }

    /// Returns the name of the field.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::multipart::Multipart;
    /// # use onward::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let body = "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\
    /// #             Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
    /// # let req = Request::post("/").header("content-type", "multipart/form-data; boundary=b").body(body);
    /// let mut form = Multipart::new(req.body)?;
    /// let part = form.next().await?.unwrap();
    /// assert_eq!(part.name(), "picture");
    /// # Ok(())
    /// # }
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the name of the file if the part is a file; the name is empty if no file was chosen.
    ///
    /// It is the last component of the name that the client sent, without control characters, directories and `..`. It
    /// may still be the name of another file or a reserved name of a platform, so do not store uploads under it.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::multipart::Multipart;
    /// # use onward::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let body = "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"C:\\\\pictures\\\\a.png\"\r\n\
    /// #             Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
    /// # let req = Request::post("/").header("content-type", "multipart/form-data; boundary=b").body(body);
    /// let mut form = Multipart::new(req.body)?;
    /// let part = form.next().await?.unwrap();
    /// assert_eq!(part.file_name(), Some("a.png")); // sent as `C:\pictures\a.png`
    /// # Ok(())
    /// # }
    /// ```
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Returns the type that the client declared, which might not match the content.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::multipart::Multipart;
    /// # use onward::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let body = "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\
    /// #             Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
    /// # let req = Request::post("/").header("content-type", "multipart/form-data; boundary=b").body(body);
    /// let mut form = Multipart::new(req.body)?;
    /// let part = form.next().await?.unwrap();
    /// assert_eq!(part.content_type(), Some("image/png"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the next chunk of the content, or `None` at its end.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the body is malformed or truncated.
    /// - `413 Content Too Large` if a limit is exceeded. The message names the field if the limit is that of the field.
    /// - The errors of [`Body`](crate::http::Body#errors).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, nothing is lost: the next call continues.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::multipart::Multipart;
    /// # use onward::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// # let body = "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n\
    /// #             Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
    /// # let req = Request::post("/").header("content-type", "multipart/form-data; boundary=b").body(body);
    /// let mut form = Multipart::new(req.body)?;
    /// let mut part = form.next().await?.unwrap();
    /// assert_eq!(part.next().await?.unwrap(), "PNG");
    /// assert_eq!(part.next().await?, None);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        if self.is_complete {
            return Ok(None);
        }
        let Event::Data(chunk) = self.form.event().await? else {
            // Only the end of the part can follow.
            self.is_complete = true;
            self.form.current = None;
            return Ok(None);
        };
        self.size += chunk.len() as u64;
        if self.size > self.limit {
            let what = format!("field `{}` exceeds {} bytes", self.name, self.limit);
            let failure = Failure::new(StatusCode::PAYLOAD_TOO_LARGE, what);
            return Err(failure.with_field(&*self.name));
        }
        Ok(Some(chunk))
    }

    /// Reads the content into memory.
    ///
    /// # Errors
    ///
    /// - The errors of [`next`](Self::next).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the part is lost.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{multipart::Multipart, prelude::*};
    /// # async fn read(req: Request) -> Result<()> {
    /// let mut form = Multipart::new(req.body)?;
    /// if let Some(part) = form.next().await? {
    ///     let bytes = part.bytes().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bytes(mut self) -> Result<Bytes, Failure> {
        let mut whole = Vec::new();
        while let Some(chunk) = self.next().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(Bytes::from(whole))
    }

    /// Reads the content as text.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if it is not UTF-8. The message names the field.
    /// - The errors of [`next`](Self::next).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the part is lost.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{multipart::Multipart, prelude::*};
    /// # async fn read(req: Request) -> Result<()> {
    /// let mut form = Multipart::new(req.body)?;
    /// if let Some(part) = form.next().await? {
    ///     let text = part.text().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn text(self) -> Result<String, Failure> {
        let name = self.name.clone();
        let bytes = self.bytes().await?;
        String::from_utf8(bytes.into()).map_err(|error| {
            let what = format!("field `{name}` is not UTF-8");
            Failure::bad_request(what)
                .with_field(name)
                .with_source(error)
        })
    }

    /// Writes the content to a temporary file, or returns `None` if no file was chosen.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` if the file cannot be written.
    /// - The errors of [`next`](Self::next).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the file is removed.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{multipart::Multipart, prelude::*};
    /// # async fn read(req: Request) -> Result<()> {
    /// let mut form = Multipart::new(req.body)?;
    /// while let Some(part) = form.next().await? {
    ///     if let Some(file) = part.save().await? {
    ///         let path = format!("uploads/{}", file.size());
    ///         file.persist(path).await?;
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn save(mut self) -> Result<Option<TempFile>, Failure> {
        let mut writer = TempWriter::default();
        while let Some(chunk) = self.next().await? {
            writer = writer.write(chunk).await?;
        }
        let is_chosen = self.file_name.as_ref().is_some_and(|name| !name.is_empty());
        if self.size == 0 && !is_chosen {
            return Ok(None);
        }
        let file = writer.finish().await?;
        Ok(Some(TempFile::new(
            file,
            self.file_name,
            self.content_type,
            self.size,
        )))
    }
}
