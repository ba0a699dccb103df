//! Bodies that serde deserializes.

use std::future::Future;

use super::FromBody;
use crate::error::Failure;
use crate::http::{Body, Deserializable};
use crate::reply::Json;

/// An HTML form in the body of a request: `application/x-www-form-urlencoded`.
///
/// Needs the feature `serde`, which is on by default. Node.js: no counterpart; Express:
/// `express.urlencoded()`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Order {
///     product: String,
///     count: u32,
/// }
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!(POST "/order" (Form(order): Form<Order>) => format!("{} × {}", order.count, order.product));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let req = Request::post("/order").body("product=tea+cup&count=2");
/// assert_eq!(shop(req, Response::new()).await?.text(), "2 × tea cup");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form<T>(pub T);

impl<T: Deserializable> FromBody for Json<T> {
    #[inline]
    fn from_body(body: Body) -> impl Future<Output = Result<Self, Failure>> + Send {
        body.json_as(Self)
    }
}

impl<T: Deserializable> FromBody for Form<T> {
    #[inline]
    async fn from_body(body: Body) -> Result<Self, Failure> {
        Ok(Self(body.form().await?))
    }
}
