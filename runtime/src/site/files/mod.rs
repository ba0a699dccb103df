//! Static files: directories, single files, downloads, and files that are embedded in the program.
//!
//! # Invariants
//!
//! 1. No path of a request leads out of the directory, not even through a link. Links are checked before a file is
//!    opened, so this does not hold if a program that can write to the directory replaces a file with a link in
//!    between.
//! 2. A response contains one version of the file: if the file changes while it is being sent, the response is
//!    truncated in a way that the client can detect.
//! 3. No async thread waits for the disk.

mod conditions;
mod content;
mod directory;
mod disposition;
mod embedded;
mod encoding;
mod look;
mod media_type;
mod open;
mod range;
mod respond;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, StatusCode, header};

use self::conditions::Conditions;
use self::directory::redirect_to_directory;
use self::embedded::Embedded;
use self::encoding::Encoding;
use self::look::{Config, Looked, Root};
use self::open::Found;
use super::blocking::blocking;
use crate::error::Failure;
use crate::http::{Request, Response, Sent};

/// A directory whose files are served.
///
/// [`send`](Self::send) sends the file at a path, with an `etag`, `last-modified` and the content type of its
/// extension, and supports conditional requests, requests for one or several ranges, and HEAD. A name that is not safe
/// on every platform, a hidden file (one whose name, or the name of a directory above it, begins with a dot) and a link
/// that leads out of the directory result in a 404. Node.js: no counterpart; Express: `express.static`.
///
/// # Examples
///
/// ```
/// use onward::files::Files;
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(req: Request, mut res: Response, www: Files) -> Result {
///     route!("/" => www.send(&req, res, "index.html").await);
///     res.set_header("cache-control", "max-age=3600");
///     route!("/assets/{path..}" => www.send(&req, res, path).await);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let root = std::env::temp_dir().join(format!("onward-files-{}", std::process::id()));
/// std::fs::create_dir_all(&root)?;
/// std::fs::write(root.join("a.css"), "p {}")?;
/// let www = Files::new(&root);
///
/// let req = Request::get("/assets/a.css").header("range", "bytes=0-0");
/// let sent = site(req, Response::new(), www.clone()).await?;
/// assert_eq!(sent.status_code(), StatusCode::PARTIAL_CONTENT);
/// assert_eq!(sent.header("content-type").unwrap(), "text/css; charset=utf-8");
/// assert_eq!(sent.text(), "p");
///
/// let error = site(Request::get("/assets/.env"), Response::new(), www).await.unwrap_err();
/// assert_eq!(error.status(), StatusCode::NOT_FOUND);
/// # std::fs::remove_dir_all(&root)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Files(Arc<Config>);

impl Files {
    /// Serves the files of a directory, which need not exist yet.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::files::Files;
    /// let www = Files::new("www");
    /// ```
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self::of(Root::Directory(root.into()))
    }

    /// Serves files that are part of the program: pairs of a path and its content.
    ///
    /// A crate such as `include_dir` or `rust-embed` creates them at compile time; `include_bytes!` includes a single
    /// file. Static content is not copied. Everything is the same as for a directory, except that `etag` is computed
    /// once, from the content, and that there is no `last-modified`. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::files::Files;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn site(req: Request, res: Response, www: Files) -> Result {
    ///     route!("/{path..}" => www.send(&req, res, path).await);
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let www = Files::embedded([
    ///     ("index.html", "<h1>hello</h1>"), // or `include_str!("../www/index.html")`
    ///     ("css/site.css", "p {}"),
    /// ]);
    /// let sent = site(Request::get("/css/site.css"), Response::new(), www.clone()).await?;
    /// assert_eq!((sent.header("content-type").unwrap(), sent.text()), ("text/css; charset=utf-8".parse()?, "p {}".into()));
    /// assert_eq!(site(Request::get("/"), Response::new(), www).await?.text(), "<h1>hello</h1>");
    /// # Ok(())
    /// # }
    /// ```
    pub fn embedded<P: AsRef<Path>, B: Into<Bytes>>(
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        Self::of(Root::Embedded(Embedded::new(files)))
    }

    fn of(root: Root) -> Self {
        Self(Arc::new(Config {
            root,
            index: Some("index.html".into()),
            fallback: None,
            precompressed: false,
            hidden: false,
        }))
    }

    /// Sets the file that is sent for a directory. Default: `index.html`.
    ///
    /// A request for a directory whose path does not end with `/` is redirected to the path with `/`, so that relative
    /// links work.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::files::Files;
    /// let www = Files::new("www").index("default.html");
    /// ```
    #[must_use]
    pub fn index(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.with(|config| config.index = Some(name))
    }

    /// Responds to directories with a 404.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::files::Files;
    /// let uploads = Files::new("uploads").no_index();
    /// ```
    #[must_use]
    pub fn no_index(self) -> Self {
        self.with(|config| config.index = None)
    }

    /// Sets the file that is sent instead of one that does not exist, such as the page of an application that routes in
    /// the browser.
    ///
    /// The response is a 200, and is sent only to clients that accept HTML, so that a missing script is still a 404.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::files::Files;
    /// let app = Files::new("dist").fallback("index.html");
    /// ```
    #[must_use]
    pub fn fallback(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.with(|config| config.fallback = Some(name))
    }

    /// Sends `a.css.br`, `a.css.zst` or `a.css.gz` instead of `a.css` if that file exists and the client accepts its
    /// encoding.
    ///
    /// Default: off. If the option is on, `vary: accept-encoding` is added to every response.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::files::Files;
    /// let www = Files::new("www").precompressed();
    /// ```
    #[must_use]
    pub fn precompressed(self) -> Self {
        self.with(|config| config.precompressed = true)
    }

    /// Also serves hidden files: files whose name, or the name of a directory above them, begins with a dot.
    ///
    /// Default: off, so a hidden file results in a 404.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::files::Files;
    /// let acme = Files::new("/var/lib/acme").hidden();
    /// ```
    #[must_use]
    pub fn hidden(self) -> Self {
        self.with(|config| config.hidden = true)
    }

    fn with(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Arc::unwrap_or_clone(self.0);
        change(&mut config);
        Self(Arc::new(config))
    }

    /// Sends the file at a path below the directory.
    ///
    /// The headers that are set on `res` are kept, including `content-type`; only those that this function sets, such
    /// as `etag`, are replaced.
    ///
    /// # Errors
    ///
    /// - `404 Not Found` if there is no such file, or it must not be served.
    /// - `405 Method Not Allowed` if the method is neither GET nor HEAD.
    /// - `412 Precondition Failed` if the condition of `if-match` or `if-unmodified-since` is false.
    /// - `500 Internal Server Error` if the file cannot be read. If it changes while it is being sent, the response is
    ///   truncated.
    /// - The errors of [`Response::write`].
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the response is truncated, as with any handler.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::files::Files;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let www = Files::embedded([("a.css", "p {}")]);
    /// let req = Request::get("/a.css");
    /// let sent = www.send(&req, Response::new(), "a.css").await?;
    /// assert_eq!(sent.text(), "p {}");
    /// assert!(www.send(&req, Response::new(), "b.css").await.is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send(
        &self,
        req: &Request,
        mut res: Response,
        path: impl AsRef<str>,
    ) -> Result<Sent, Failure> {
        check_method(req, &mut res)?;
        let conditions = Conditions::of(req);
        let is_head = conditions.is_head;
        let encodings = match self.0.precompressed {
            true => Encoding::accepted(req),
            false => Vec::new(),
        };
        if self.0.precompressed {
            res.add_vary(&header::ACCEPT_ENCODING);
        }
        let accepts_html = self.0.fallback.is_some() && req.accepts(&["text/html"]).is_some();
        let path = path.as_ref();
        let found = match self.0.root {
            Root::Embedded(_) => self.0.find(path, &encodings, accepts_html, &conditions),
            Root::Directory(_) => {
                let (config, path) = (Arc::clone(&self.0), path.to_owned());
                let find = move || config.find(&path, &encodings, accepts_html, &conditions);
                blocking(find).await
            }
        };
        match found.map_err(failed)? {
            Looked::File(opened) => respond::send(*opened, is_head, res).await,
            Looked::AddSlash => Ok(redirect_to_directory(req, res)),
            Looked::Missing => Err(Failure::not_found()),
        }
    }
}

fn check_method(req: &Request, res: &mut Response) -> Result<(), Failure> {
    if matches!(req.method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    res.set_header(header::ALLOW, "GET, HEAD");
    let what = "allowed methods: GET, HEAD";
    Err(Failure::new(StatusCode::METHOD_NOT_ALLOWED, what))
}

/// Sends one file, whose path the program chooses. Never pass a path that a client sent.
///
/// Headers, ranges and conditional requests are handled in the same way as by [`Files`].
/// Node.js: no counterpart; Express: `res.sendFile`.
///
/// # Errors
///
/// - The errors of [`Files::send`].
///
/// # Cancel safety
///
/// If the future is dropped, the response is truncated, as with any handler.
///
/// # Examples
///
/// ```
/// use onward::files::send_file;
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(req: Request, res: Response) -> Result {
///     route!("/license" => send_file(&req, res, "Cargo.toml").await);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = site(Request::get("/license"), Response::new()).await?;
/// assert_eq!(sent.header("content-type").unwrap(), "application/toml");
/// # Ok(())
/// # }
/// ```
pub async fn send_file(
    req: &Request,
    mut res: Response,
    path: impl AsRef<Path>,
) -> Result<Sent, Failure> {
    check_method(req, &mut res)?;
    let conditions = Conditions::of(req);
    let is_head = conditions.is_head;
    let path = path.as_ref().to_owned();
    let found = blocking(move || open::open(None, &path, &[], &conditions));
    match found.await.map_err(failed)? {
        Found::File(opened) => respond::send(*opened, is_head, res).await,
        Found::Directory | Found::Missing => Err(Failure::not_found()),
    }
}

/// Sends one file that the browser stores under a name instead of showing it.
///
/// The name may contain any character: `content-disposition` contains it as ASCII and, if that is not enough, as UTF-8
/// (RFC 6266). Otherwise, the function does the same as [`send_file`].
/// Node.js: no counterpart; Express: `res.download`.
///
/// # Errors
///
/// - The errors of [`Files::send`].
///
/// # Cancel safety
///
/// If the future is dropped, the response is truncated, as with any handler.
///
/// # Examples
///
/// ```
/// use onward::files::send_download;
/// use onward::prelude::*;
///
/// #[server]
/// async fn site(req: Request, res: Response) -> Result {
///     route!("/report" => send_download(&req, res, "Cargo.toml", "Übersicht.toml").await);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = site(Request::get("/report"), Response::new()).await?;
/// let expected = "attachment; filename=\"_bersicht.toml\"; filename*=UTF-8''%C3%9Cbersicht.toml";
/// assert_eq!(sent.header("content-disposition").unwrap(), expected);
/// # Ok(())
/// # }
/// ```
pub async fn send_download(
    req: &Request,
    mut res: Response,
    path: impl AsRef<Path>,
    name: &str,
) -> Result<Sent, Failure> {
    res.set_header(header::CONTENT_DISPOSITION, disposition::attachment(name));
    send_file(req, res, path).await
}

fn failed(error: io::Error) -> Failure {
    let what = "a file could not be read";
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error)
}
