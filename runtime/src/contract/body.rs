//! The body of a route: `(PATTERN: BODY)`.

use std::future::Future;

use bytes::Bytes;

use crate::error::Failure;
use crate::http::Body;

/// A type that can be read from the body of a request: `route!(POST "/products" (Json(new): Json<NewProduct>) => …)`.
///
/// The body is read after the method, the path and the guard have matched and the query has been read, and before the
/// expression of the route runs. A failure is converted to the error type of the handler. Implement this trait for your
/// own format. Node.js: no counterpart; Express: the body parsers.
///
/// | type | body |
/// |---|---|
/// | [`Json<T>`](crate::Json) | JSON, see [`Body::json`] |
/// | [`Form<T>`](crate::Form) | an HTML form, see [`Body::form`] |
/// | `String` | UTF-8 text |
/// | `Bytes` | bytes |
/// | [`Body`] | not read yet: [`Body::next`] returns its chunks |
/// | `Multipart` (feature `multipart`) | a form with files, whose parts are not read yet |
/// | `Option<B>` | `None` if the body is empty, otherwise `B` |
///
/// # Examples
///
/// ```
/// use onward::http::Body;
/// use onward::prelude::*;
/// use onward::FromBody;
///
/// struct Lines(Vec<String>);
///
/// impl FromBody for Lines {
///     async fn from_body(body: Body) -> Result<Self, Failure> {
///         let text = body.limit(1 << 20).text().await?;
///         Ok(Self(text.lines().map(str::to_owned).collect()))
///     }
/// }
///
/// #[server]
/// async fn count(req: Request, res: Response) -> Result {
///     route!(POST "/lines" (Lines(lines): Lines) => lines.len().to_string());
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = count(Request::post("/lines").body("a\nb"), Response::new()).await?;
/// assert_eq!(sent.text(), "2");
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the body of a route",
    label = "does not implement `FromBody`; use `Json<{Self}>` or `Form<{Self}>`",
    note = "a body is `Json<T>`, `Form<T>`, `String`, `Bytes`, `Body`, or an `Option` of one of them",
    note = "use `(Json(name): Json<{Self}>)` if the client sends JSON"
)]
pub trait FromBody: Sized {
    /// Reads the body.
    ///
    /// # Errors
    ///
    /// - A [`Failure`], which becomes the reply, if the body cannot be read or is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::FromBody;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body("hello");
    /// assert_eq!(String::from_body(req.body).await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    fn from_body(body: Body) -> impl Future<Output = Result<Self, Failure>> + Send;
}

impl Body {
    /// Reads the body as a type that implements [`FromBody`].
    ///
    /// `(PATTERN: TYPE)` in a route calls it. Node.js: no counterpart.
    ///
    /// # Errors
    ///
    /// The errors of [`FromBody::from_body`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the body.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let mut req = Request::post("/").json(&["shoes", "cups"]);
    /// let Json(names): Json<Vec<String>> = req.take_body().read().await?;
    /// assert_eq!(names, ["shoes", "cups"]);
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn read<B: FromBody>(self) -> impl Future<Output = Result<B, Failure>> + Send {
        B::from_body(self)
    }
}

impl FromBody for String {
    #[inline]
    async fn from_body(body: Body) -> Result<Self, Failure> {
        body.text().await
    }
}

impl FromBody for Bytes {
    #[inline]
    async fn from_body(body: Body) -> Result<Self, Failure> {
        body.bytes().await
    }
}

impl FromBody for Body {
    #[inline]
    async fn from_body(body: Body) -> Result<Self, Failure> {
        Ok(body)
    }
}

impl<B: FromBody> FromBody for Option<B> {
    #[inline]
    async fn from_body(mut body: Body) -> Result<Self, Failure> {
        if body.is_empty().await {
            return Ok(None);
        }
        B::from_body(body).await.map(Some)
    }
}
