//! Forms with files: `multipart/form-data`.
//!
//! # Invariants
//!
//! 1. A body is read chunk by chunk; only the current chunk, the head of a part, text fields, and up to 256 KiB of a
//!    file that is being stored are in memory.
//! 2. An error of the client results in a 4xx, whose message names the field if the error concerns a single field.
//! 3. A temporary file is removed when its value is dropped, unless it was persisted.

mod disposition;
mod fields;
mod form_data;
mod limits;
mod parser;
mod part;
mod temp_file;

use std::fmt;

use http::StatusCode;

use self::disposition::{PartHead, boundary};
use self::fields::FormValue;
use self::limits::Limits;
use self::parser::{Event, Malformed, Parser};
use crate::contract::FromBody;
use crate::error::Failure;
use crate::http::{Body, Deserializable};

pub use self::form_data::FormData;
pub use self::part::Part;
pub use self::temp_file::TempFile;

/// A form with files: the body of a request with the type `multipart/form-data`.
///
/// [`next`](Self::next) yields the parts one after another, as they are received; [`form`](Self::form) reads them into
/// a struct, with files in temporary files. Limits are on by default: 64 KiB for a text field, 16 MiB for a file, 100
/// parts, 64 MiB in total. The server's limit for bodies that are read as a whole does not apply.
/// Node.js: no counterpart; Express: `multer`.
///
/// # Examples
///
/// ```
/// use onward::multipart::{FormData, Multipart, TempFile};
/// use onward::prelude::*;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Signup {
///     name: String,
///     avatar: Option<TempFile>,
/// }
///
/// #[server]
/// async fn site(req: Request, res: Response) -> Result {
///     route!(POST "/signup" => {
///         let form: Signup = Multipart::new(req.body)?.max_file(1 << 20).form().await?;
///         let size = form.avatar.map_or(0, |file| file.size());
///         format!("{} sent {size} bytes", form.name)
///     });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let form = FormData::new().text("name", "Ada").file("avatar", "a.png", "image/png", "…");
/// let req = Request::post("/signup").multipart(&form);
/// assert_eq!(site(req, Response::new()).await?.text(), "Ada sent 3 bytes");
/// # Ok(())
/// # }
/// ```
#[doc(alias = "upload")]
pub struct Multipart {
    body: Body,
    parser: Parser,
    limits: Limits,
    /// The head of the current part, until its end.
    current: Option<PartHead>,
    parts: usize,
    total: u64,
}

impl Multipart {
    /// Reads a body as a form.
    ///
    /// # Errors
    ///
    /// - `415 Unsupported Media Type` if its type is not `multipart/form-data` with a valid boundary.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::multipart::Multipart;
    /// use onward::prelude::*;
    ///
    /// let error = Multipart::new(Request::post("/").body("a=1").body).unwrap_err();
    /// assert_eq!(error.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    /// ```
    pub fn new(body: Body) -> Result<Self, Failure> {
        let declared = body.content_type().unwrap_or_default();
        let Some(boundary) = boundary(&String::from_utf8_lossy(declared)) else {
            let what = "expected a form of type `multipart/form-data` with a boundary";
            return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what));
        };
        Ok(Self {
            body,
            parser: Parser::new(&boundary),
            limits: Limits::default(),
            current: None,
            parts: 0,
            total: 0,
        })
    }

    /// Sets the maximum size of a text field in bytes. Default: 64 KiB.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{multipart::Multipart, prelude::*};
    /// # fn read(req: Request) -> Result<()> {
    /// let form = Multipart::new(req.body)?.max_field(1024);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_field(mut self, bytes: u64) -> Self {
        self.limits.field = bytes;
        self
    }

    /// Sets the maximum size of a file in bytes. Default: 16 MiB.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{multipart::Multipart, prelude::*};
    /// # fn read(req: Request) -> Result<()> {
    /// let form = Multipart::new(req.body)?.max_file(1 << 30).max_total(1 << 31);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_file(mut self, bytes: u64) -> Self {
        self.limits.file = bytes;
        self
    }

    /// Sets the maximum size of the field or the file with this name in bytes, instead of the general limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{multipart::Multipart, prelude::*};
    /// # fn read(req: Request) -> Result<()> {
    /// let form = Multipart::new(req.body)?.max_of("avatar", 1 << 20).max_of("bio", 4096);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_of(mut self, name: impl Into<String>, bytes: u64) -> Self {
        self.limits.named.push((name.into(), bytes));
        self
    }

    /// Sets the maximum number of parts (fields and files). Default: 100.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{multipart::Multipart, prelude::*};
    /// # fn read(req: Request) -> Result<()> {
    /// let form = Multipart::new(req.body)?.max_parts(10);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_parts(mut self, parts: usize) -> Self {
        self.limits.parts = parts;
        self
    }

    /// Sets the maximum size of the whole body in bytes. Default: 64 MiB.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::{multipart::Multipart, prelude::*};
    /// # fn read(req: Request) -> Result<()> {
    /// let form = Multipart::new(req.body)?.max_total(1 << 20);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_total(mut self, bytes: u64) -> Self {
        self.limits.total = bytes;
        self
    }

    /// Returns the next part, or `None` after the last one.
    ///
    /// The unread rest of the previous part is skipped.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the body is malformed or truncated, or a part has no name.
    /// - `413 Content Too Large` if a limit is exceeded.
    /// - The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, nothing is lost: the next call continues.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::multipart::Multipart;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn upload(req: Request, res: Response) -> Result {
    ///     route!(POST "/upload" => {
    ///         let mut form = Multipart::new(req.body)?;
    ///         let mut sizes = Vec::new();
    ///         while let Some(mut part) = form.next().await? {
    ///             let mut size = 0;
    ///             while let Some(chunk) = part.next().await? {
    ///                 size += chunk.len();
    ///             }
    ///             sizes.push((part.name().to_owned(), size));
    ///         }
    ///         Json(sizes)
    ///     });
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello\r\n--b--\r\n";
    /// let req = Request::post("/upload").header("content-type", "multipart/form-data; boundary=b").body(body);
    /// assert_eq!(upload(req, Response::new()).await?.text(), r#"[["a",5]]"#);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, Failure> {
        loop {
            match self.event().await? {
                Event::Head(head) => {
                    self.current = Some(self.named(&head)?);
                    return Ok(Part::new(self));
                }
                Event::Data(_) => {}
                Event::EndOfPart => self.current = None,
                Event::End => return Ok(None),
            }
        }
    }

    /// Reads all parts into a struct: text fields as in a form without files, and files as [`TempFile`].
    ///
    /// Use `Option` for parts that may be missing and `Vec` for several parts with one name. A file input without a
    /// chosen file counts as missing. Fields that the struct does not have are read and ignored.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the body is malformed or truncated, or a field is missing or invalid. The message names
    ///   the field.
    /// - `413 Content Too Large` if a limit is exceeded. The message names the field if the limit is that of a field.
    /// - `500 Internal Server Error` if a temporary file cannot be written.
    /// - The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, its temporary files are removed.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::multipart::{Multipart, TempFile};
    /// use onward::prelude::*;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Album {
    ///     pictures: Vec<TempFile>,
    ///     title: Option<String>,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let body = "--b\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"a.png\"\r\n\
    ///             Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n";
    /// let req = Request::post("/").header("content-type", "multipart/form-data; boundary=b").body(body);
    /// let album: Album = Multipart::new(req.body)?.form().await?;
    /// assert_eq!((album.pictures.len(), album.title), (1, None));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn form<T: Deserializable>(mut self) -> Result<T, Failure> {
        let mut values: Vec<(String, FormValue)> = Vec::new();
        while let Some(part) = self.next().await? {
            let name = part.name().to_owned();
            let value = match part.file_name() {
                None => FormValue::Text(part.text().await?),
                Some(_) => match part.save().await? {
                    Some(file) => FormValue::File(file),
                    None => continue,
                },
            };
            values.push((name, value));
        }
        fields::deserialize(values)
    }

    fn named(&mut self, head: &[u8]) -> Result<PartHead, Failure> {
        let head = PartHead::parse(head);
        if head.name.is_none() {
            return Err(Failure::bad_request("a part of the form has no name"));
        }
        self.parts += 1;
        if self.parts > self.limits.parts {
            let what = format!("the form has more than {} parts", self.limits.parts);
            return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, what));
        }
        Ok(head)
    }

    /// Returns the next event of the parser and reads as much of the body as necessary.
    async fn event(&mut self) -> Result<Event, Failure> {
        loop {
            match self.parser.next() {
                Ok(Some(event)) => return Ok(event),
                Ok(None) => {}
                Err(malformed) => return Err(self.malformed(&malformed)),
            }
            match self.body.next().await? {
                Some(chunk) => {
                    self.total += chunk.len() as u64;
                    if self.total > self.limits.total {
                        let what = format!("the form exceeds {} bytes", self.limits.total);
                        return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, what));
                    }
                    self.parser.push(&chunk);
                }
                None => self.parser.complete(),
            }
        }
    }

    fn malformed(&self, malformed: &Malformed) -> Failure {
        let name = self.current.as_ref().and_then(|it| it.name.as_deref());
        match name {
            Some(name) => {
                let what = format!("field `{name}`: {}", malformed.message());
                Failure::bad_request(what).with_field(name)
            }
            None => Failure::bad_request(malformed.message()),
        }
    }
}

/// The body of a route, with the default limits: `route!(POST "/upload" (form: Multipart) => …)`.
impl FromBody for Multipart {
    async fn from_body(body: Body) -> Result<Self, Failure> {
        Self::new(body)
    }
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart")
            .field("limits", &self.limits)
            .field("current", &self.current)
            .finish_non_exhaustive()
    }
}
