//! The proof that a response was completed.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Waker};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use percent_encoding::percent_decode_str;
#[cfg(feature = "serde")]
use serde_core::de::DeserializeOwned;

use crate::error::{Error, Failure};
use crate::http::response::channel::ResponseChannel;

/// A sent response, returned by `end` and `send`.
///
/// The compiler checks that a handler that returns a `Sent` responds on every code path.
///
/// The `Sent` of a detached [`Response::new`](crate::http::response::Response::new) holds the whole response, for a
/// test to read. If an asynchronous hook has to wait, the accessors panic until [`settled`](Self::settled) or
/// [`read_body`](Self::read_body) has completed. In a server, the connection takes the headers and the body to send
/// them; after that, only the status remains here. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let sent = Response::new().send(Json([7]));
/// assert_eq!(sent.text(), "[7]");
/// ```
pub struct Sent(Arc<ResponseChannel>);

impl Sent {
    #[inline]
    pub(crate) fn new(channel: Arc<ResponseChannel>) -> Self {
        Self(channel)
    }

    /// Reports the error from which the response was created, unless an error was already reported for this response.
    #[inline]
    pub(crate) fn report(&self, error: &mut Error) {
        self.0.report_once(error);
    }

    /// Returns whether this value belongs to the response with this channel.
    #[inline]
    pub(crate) fn is_of(&self, channel: &Arc<ResponseChannel>) -> bool {
        Arc::ptr_eq(&self.0, channel)
    }

    /// Waits for the asynchronous [`before_head`](crate::http::Response::before_head_async) hooks of a detached
    /// response.
    ///
    /// The response can be read afterward. The call is needed only if a hook has to wait; otherwise the future resolves
    /// immediately. A hook that does not complete within 10 s is dropped, and the response is a 500, as in a server.
    /// Node.js: no counterpart.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the hooks do not complete.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let mut res = Response::new();
    /// res.before_head_async(|mut head| async move {
    ///     tokio::task::yield_now().await;
    ///     head.set_header("x-saved", "yes");
    ///     Ok(head)
    /// });
    /// let sent = res.send("hello").settled().await;
    /// assert_eq!(sent.header("x-saved").unwrap(), "yes");
    /// # }
    /// ```
    #[inline]
    pub async fn settled(self) -> Self {
        poll_fn(|cx| self.0.poll_settled(cx)).await;
        self
    }

    /// Returns the channel. Panics if the response cannot be read yet.
    #[inline]
    fn readable(&self) -> &ResponseChannel {
        assert!(
            !self.0.is_waiting_for_hook(),
            "an asynchronous `before_head` hook has not completed: use `sent.settled().await`"
        );
        &self.0
    }

    /// Returns the status code.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Response::new().end().status_code(), StatusCode::OK);
    /// ```
    #[inline]
    pub fn status_code(&self) -> StatusCode {
        self.readable().status()
    }

    /// Returns the reason phrase, if the handler set one.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.status_message = Some("Fine".into());
    /// assert_eq!(res.end().status_message().as_deref(), Some("Fine"));
    /// ```
    #[inline]
    pub fn status_message(&self) -> Option<String> {
        self.readable().head().status_message()
    }

    /// Returns the headers.
    ///
    /// Headers that the server adds, such as `date` and `content-length`, are not included.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Response::new().end().headers().is_empty());
    /// ```
    #[inline]
    pub fn headers(&self) -> HeaderMap {
        let mut head = self.readable().head();
        head.apply_content_type();
        HeaderMap::clone(&head.headers)
    }

    /// Returns the first value of a header.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let sent = Response::new().send("hello");
    /// assert_eq!(sent.header("content-type").unwrap(), "text/plain; charset=utf-8");
    /// ```
    #[inline]
    pub fn header(&self, name: impl http::header::AsHeaderName) -> Option<HeaderValue> {
        self.headers().get(name).cloned()
    }

    /// Returns the value of a cookie that the response sets, percent-decoded.
    ///
    /// If the response sets several cookies with this name, this is the last one. A removed cookie has an empty value.
    /// Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("set-cookie", "drink=caf%C3%A9; Path=/");
    /// assert_eq!(res.end().cookie("drink").as_deref(), Some("café"));
    /// ```
    #[inline]
    pub fn cookie(&self, name: &str) -> Option<String> {
        let headers = self.headers();
        let mut cookies = set_cookies(&headers).filter(|cookie| cookie.name == name);
        let value = percent_decode_str(cookies.next_back()?.value);
        Some(value.decode_utf8_lossy().into_owned())
    }

    /// Returns the cookies that the response sets, as a client sends them back.
    ///
    /// The result is the value of the `cookie` header of the next request. Cookies that are removed with `Max-Age=0`
    /// are not included. Other attributes, such as `Path`, are ignored. Node.js: no counterpart; supertest: `agent`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("set-cookie", ["user=ada; HttpOnly", "theme=dark", "old=; Max-Age=0"]);
    /// let sent = res.end();
    /// assert_eq!(sent.cookies(), "user=ada; theme=dark");
    /// let next = Request::get("/account").header("cookie", sent.cookies());
    /// ```
    #[inline]
    pub fn cookies(&self) -> String {
        let headers = self.headers();
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for cookie in set_cookies(&headers) {
            pairs.retain(|(name, _)| *name != cookie.name);
            if !cookie.is_removed {
                pairs.push((cookie.name, cookie.value));
            }
        }
        let mut cookies = String::new();
        for (at, (name, value)) in pairs.iter().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            cookies.extend([separator, name, "=", value]);
        }
        cookies
    }

    /// Returns the trailer fields.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Response::new().end().trailers().is_empty());
    /// ```
    #[inline]
    pub fn trailers(&self) -> HeaderMap {
        let channel = self.readable();
        self.collect_ready();
        channel.trailers()
    }

    /// Returns the body.
    ///
    /// After [`end_body`](crate::http::Response::end_body), the method returns the part that is available without
    /// waiting; [`read_body`](Self::read_body) waits for the rest.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Response::new().send("hello").body_bytes(), "hello");
    /// ```
    #[inline]
    pub fn body_bytes(&self) -> Bytes {
        let channel = self.readable();
        self.collect_ready();
        channel.body()
    }

    /// Polls a body from another crate without waiting. If the body fails, a later [`read_body`](Self::read_body) also
    /// fails.
    #[inline]
    fn collect_ready(&self) {
        let _ = self.0.poll_collect(&mut Context::from_waker(Waker::noop()));
    }

    /// Waits for the end of the body and returns the whole body.
    ///
    /// The future waits for the body that was passed to [`end_body`](crate::http::Response::end_body), and for
    /// asynchronous hooks; every other body is already complete.
    ///
    /// # Errors
    ///
    /// - `500 Internal Server Error` if the body failed or panicked, or if its size is not the `content-length`.
    /// - The status of the [`Failure`] with which the body failed, if it is below 500.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses no data: the next call continues.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let body = Request::post("/").body("hello").body;
    /// assert_eq!(Response::new().end_body(body).read_body().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub async fn read_body(&self) -> Result<Bytes, Failure> {
        poll_fn(|cx| self.0.poll_settled(cx)).await;
        poll_fn(|cx| self.0.poll_collect(cx)).await?;
        Ok(self.0.body())
    }

    /// Deserializes the body from JSON, for a test.
    ///
    /// # Panics
    ///
    /// Panics if the body cannot be deserialized as a `T`. The message contains the status and the body.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let sent = Response::new().send(Json(["cups"]));
    /// assert_eq!(sent.json::<Vec<String>>(), ["cups"]);
    /// ```
    #[cfg(feature = "serde")]
    #[track_caller]
    #[inline]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_slice(&self.body_bytes()) {
            Ok(value) => value,
            Err(error) => panic!(
                "the body of this {} is not the expected JSON: {error}: {}",
                self.status_code(),
                self.text()
            ),
        }
    }

    /// Returns the body as text.
    ///
    /// The text is that of [`body_bytes`](Self::body_bytes), with U+FFFD in place of invalid UTF-8.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Response::new().send("hello").text(), "hello");
    /// ```
    #[inline]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body_bytes()).into_owned()
    }
}

impl fmt::Debug for Sent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sent").field(&self.0.status()).finish()
    }
}

/// A `set-cookie` header.
struct SetCookie<'a> {
    name: &'a str,
    value: &'a str,
    is_removed: bool,
}

#[inline]
fn set_cookies(headers: &HeaderMap) -> impl DoubleEndedIterator<Item = SetCookie<'_>> {
    let lines = headers.get_all(header::SET_COOKIE).into_iter();
    lines.filter_map(|line| {
        let (pair, attributes) = match line.to_str().ok()? {
            line if line.contains(';') => line.split_once(';')?,
            line => (line, ""),
        };
        let (name, value) = pair.split_once('=')?;
        let mut attributes = attributes.split(';').map(str::trim);
        Some(SetCookie {
            name: name.trim(),
            value: value.trim(),
            is_removed: attributes.any(|it| it.eq_ignore_ascii_case("max-age=0")),
        })
    })
}
