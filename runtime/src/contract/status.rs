//! Replies with a status.

use http::StatusCode;

use crate::error::{Failure, Result};
use crate::http::{Response, Sent};
use crate::reply::Reply;

/// A reply with `201 Created`: `-> Created<Json<Product>>`.
///
/// Set `location` on `res` to the URL of the created resource. Node.js: no counterpart; Express: `res.status(201)`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, mut res: Response) -> Result {
///     route!(POST "/products" (name: String) -> Created<Json<String>> => {
///         res.set_header("location", "/products/7");
///         Created(Json(name))
///     });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = shop(Request::post("/products").body("cup"), Response::new()).await?;
/// assert_eq!((sent.status_code(), sent.text()), (StatusCode::CREATED, r#""cup""#.into()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "use it as the value of a route, or pass it to `res.send`"]
pub struct Created<R>(pub R);

/// A reply with `202 Accepted`: the request will be handled later.
///
/// Node.js: no counterpart; Express: `res.status(202)`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let sent = Response::new().send(Accepted("in the queue"));
/// assert_eq!(sent.status_code(), StatusCode::ACCEPTED);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "use it as the value of a route, or pass it to `res.send`"]
pub struct Accepted<R>(pub R);

/// A reply with `204 No Content`: `-> Option<NoContent>` is a 204 or a 404.
///
/// Node.js: no counterpart; Express: `res.sendStatus(204)`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let sent = Response::new().send(NoContent);
/// assert_eq!((sent.status_code(), sent.text()), (StatusCode::NO_CONTENT, String::new()));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "use it as the value of a route, or pass it to `res.send`"]
pub struct NoContent;

macro_rules! with_status {
    ($($name:ident $status:ident,)+) => {$(
        impl<R: Reply> Reply for $name<R> {
            #[inline]
            fn reply(self, res: Response) -> Sent {
                (StatusCode::$status, self.0).reply(res)
            }

            #[inline]
            fn try_reply(self, res: Response) -> Result<Sent, Failure> {
                (StatusCode::$status, self.0).try_reply(res)
            }
        }
    )+};
}

with_status! {
    Created CREATED,
    Accepted ACCEPTED,
}

impl Reply for NoContent {
    #[inline]
    fn reply(self, res: Response) -> Sent {
        StatusCode::NO_CONTENT.reply(res)
    }
}
