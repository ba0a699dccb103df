//! An access log with one line per request.

mod escape;
mod line;
mod utc;
mod writer;

use std::fmt;
use std::io;
use std::sync::Arc;

use self::line::Format;
use self::writer::LineWriter;
use crate::events::ListenerId;
use crate::http::{FinishedRequest, Server, event};

/// An access log with one line per request, which is written once the response has ended.
///
/// It is a listener of [`event::Finish`](crate::http::event::Finish): a request that is not valid HTTP has no line, but
/// is reported by [`event::ClientError`](crate::http::event::ClientError). Lines go to standard output, or to the
/// destination of [`write_to`](Self::write_to). A separate thread writes them, so no request waits for the destination.
/// Up to 1 MiB of lines wait for a slow destination; further lines are lost, as are lines that a destination fails to
/// write. [`lost_lines`](Self::lost_lines) counts lost lines, and a message on the standard error stream reports them.
/// An observed server holds a clone as long as it exists; dropping the last clone waits up to 1 s for the last lines to
/// be written.
///
/// | format | line |
/// |---|---|
/// | [`common`](Self::common) | `192.0.2.7 - - [29/Nov/2026:18:14:03 +0000] "GET /products?page=2 HTTP/1.1" 200 1234` |
/// | [`combined`](Self::combined) | the same, and `"https://shop.example/" "curl/8.14.1"`: `referer` and `user-agent` |
/// | [`json`](Self::json) | an object with the members `time`, `client`, `method`, `url`, `route`, `version`, `status`, `outcome`, `request_bytes`, `response_bytes`, `duration_ms`, `time_to_head_ms`, `referer`, `user_agent`, `request_id`, `cause` |
///
/// Times are those at which requests were received, in UTC. The client is
/// [`FinishedRequest::client_addr`](crate::http::FinishedRequest::client_addr). Missing values are `-`, or `null` in
/// JSON: for example, the status if no headers were sent. In the first two formats, a response length of 0 is also `-`.
///
/// A client can neither forge nor split a line: lines consist of visible ASCII characters and spaces. In the first two
/// formats, other bytes are written as `\xhh`, and a backslash precedes each quote and each backslash, as in Apache's
/// logs; in JSON, they are escaped as JSON prescribes, and bytes that are not UTF-8 become U+FFFD. At most 8 KiB of a
/// URL or a header are written.
///
/// Node.js: no counterpart; the package `morgan`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::observe::AccessLog;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// AccessLog::combined().observe(&server);
/// # assert_eq!(server.listener_count(event::Finish), 1);
/// ```
#[derive(Clone)]
pub struct AccessLog {
    format: Format,
    writer: Arc<LineWriter>,
}

impl AccessLog {
    /// Creates a log in the Common Log Format.
    ///
    /// Node.js: no counterpart; the package `morgan`: `morgan('common')`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::AccessLog;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// AccessLog::common().observe(&server);
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    #[inline]
    pub fn common() -> Self {
        Self::new(Format::Common)
    }

    /// Creates a log in the Combined Log Format, which adds `referer` and `user-agent`.
    ///
    /// Node.js: no counterpart; the package `morgan`: `morgan('combined')`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::AccessLog;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// AccessLog::combined().observe(&server);
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    #[inline]
    pub fn combined() -> Self {
        Self::new(Format::Combined)
    }

    /// Creates a log of JSON objects, one per line.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::AccessLog;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// AccessLog::json().observe(&server);
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    #[inline]
    pub fn json() -> Self {
        Self::new(Format::Json)
    }

    #[inline]
    fn new(format: Format) -> Self {
        Self {
            format,
            writer: Arc::new(LineWriter::new(Box::new(io::stdout()))),
        }
    }

    /// Sets the destination of the lines. Default: standard output.
    ///
    /// The thread of the log writes complete lines to it, and writing may block. Clones made before this call keep
    /// their destination.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use std::fs::File;
    ///
    /// use onward::http;
    /// use onward::observe::AccessLog;
    /// use onward::prelude::*;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let file = File::options().create(true).append(true).open("access.log")?;
    /// AccessLog::combined().write_to(file).observe(&server);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    #[inline]
    pub fn write_to(self, destination: impl io::Write + Send + 'static) -> Self {
        Self {
            writer: Arc::new(LineWriter::new(Box::new(destination))),
            ..self
        }
    }

    /// Writes a line for each request of a server, until the listener with the returned id is removed with
    /// [`off`](crate::events::Emitter::off).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::AccessLog;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let id = AccessLog::json().observe(&server);
    /// server.off(event::Finish, id);
    /// # assert_eq!(server.listener_count(event::Finish), 0);
    /// ```
    #[inline]
    pub fn observe(&self, server: &Server) -> ListenerId {
        let log = self.clone();
        server.on(event::Finish, move |finished| log.write(finished))
    }

    /// Writes a line for one request. Call this method in a listener that selects the requests.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::AccessLog;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let log = AccessLog::common();
    /// server.on(event::Finish, move |finished| {
    ///     if finished.url.path() != "/health" {
    ///         log.write(finished);
    ///     }
    /// });
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    #[inline]
    pub fn write(&self, finished: &FinishedRequest) {
        self.writer.push(&self.format.line(finished));
    }

    /// Returns how many lines were lost because the destination was too slow or failed.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::observe::AccessLog;
    ///
    /// assert_eq!(AccessLog::common().lost_lines(), 0);
    /// ```
    #[inline]
    pub fn lost_lines(&self) -> u64 {
        self.writer.lost()
    }
}

impl fmt::Debug for AccessLog {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessLog")
            .field("format", &self.format)
            .field("lost_lines", &self.lost_lines())
            .finish_non_exhaustive()
    }
}
