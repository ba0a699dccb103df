//! The value of `{rest..}`.

use std::fmt;
use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use super::under::Under;

/// The value of a `{rest..}` parameter: the decoded rest of the path.
///
/// It dereferences to `str`. No segment of it is `.`, `..` or empty, except that the last one may be empty (as in
/// `/files/a/`), and it contains no NUL; a request that would violate this does not match the route. Use
/// [`under`](Self::under) for a file path, and [`Request::at`](crate::http::Request::at) to nest a handler. Node.js: no
/// counterpart; Express: `req.params.splat`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(req: Request, res: Response) -> Result {
///     route!("/files/{path..}" => format!("{} bytes", path.len()));
///     route!(ANY "/admin/{rest..}" => admin(req.at(rest), res).await);
/// }
///
/// #[server]
/// async fn admin(req: Request, res: Response) -> Result {
///     route!("/users" => "all users");
/// }
///
/// # #[tokio::main]
/// # async fn main() -> Result<()> {
/// let sent = site(Request::get("/files/caf%C3%A9/1"), Response::new()).await?;
/// assert_eq!(sent.text(), "7 bytes");
/// let sent = site(Request::get("/admin/users"), Response::new()).await?;
/// assert_eq!(sent.text(), "all users");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Rest<'p> {
    text: &'p str,
    slashes: usize,
}

impl<'p> Rest<'p> {
    pub(super) fn new(text: &'p str, slashes: usize) -> Self {
        Self { text, slashes }
    }

    /// Returns the text, with the lifetime of the path instead of the `Rest`'s.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn site(req: Request, res: Response) -> Result {
    ///     route!("/files/{path..}" => path.as_str().to_owned());
    /// }
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<()> {
    /// let sent = site(Request::get("/files/a/b"), Response::new()).await?;
    /// assert_eq!(sent.text(), "a/b");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'p str {
        self.text
    }

    /// Returns the path of the file with this name below `dir`, or `None` if the name is not safe on every platform.
    ///
    /// This is the same as [`Under::under`], which also works on the text of a `{name}`.
    /// Node.js: no counterpart; Express: `res.sendFile(name, { root })`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn site(req: Request, res: Response) -> Result {
    ///     route!("/files/{name..}" => name.under("public").map(|path| path.display().to_string()));
    /// }
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<()> {
    /// let sent = site(Request::get("/files/docs/a.txt"), Response::new()).await?;
    /// assert!(sent.text().ends_with("a.txt"));
    /// let error = site(Request::get("/files/C:/a.txt"), Response::new()).await.unwrap_err();
    /// assert_eq!(error.status(), StatusCode::NOT_FOUND);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn under(self, dir: impl AsRef<Path>) -> Option<PathBuf> {
        Under::under(self.text, dir)
    }

    /// Returns the path of the existing file with this name below `dir`, with symbolic links resolved.
    ///
    /// This is the same as [`Under::under_resolved`], which also works on the text of a `{name}`.
    /// Node.js: `fs.realpathSync(path)`, without the check.
    ///
    /// # Errors
    ///
    /// - The errors of [`Under::under_resolved`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn site(req: Request, res: Response) -> Result {
    ///     route!("/files/{name..}" => name.under_resolved(".")?.map(|path| path.display().to_string()));
    /// }
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<()> {
    /// let sent = site(Request::get("/files/Cargo.toml"), Response::new()).await?;
    /// assert!(sent.text().ends_with("Cargo.toml"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn under_resolved(self, dir: impl AsRef<Path>) -> io::Result<Option<PathBuf>> {
        Under::under_resolved(self.text, dir)
    }

    /// Returns the number of slashes up to and including the one that precedes the rest, which is the same in the path
    /// of the URL, even if that path is percent-encoded.
    pub(crate) fn slashes(self) -> usize {
        self.slashes
    }
}

impl Deref for Rest<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

impl AsRef<str> for Rest<'_> {
    fn as_ref(&self) -> &str {
        self
    }
}

impl PartialEq<str> for Rest<'_> {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Rest<'_> {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Display for Rest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Debug for Rest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
