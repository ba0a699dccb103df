//! The bound for types that are deserialized from a request.

use serde_core::de::DeserializeOwned;

/// A type that can be deserialized from a request: from JSON ([`Body::json`](crate::http::request::Body::json)), from a
/// form ([`Body::form`](crate::http::request::Body::form)) or from a query parameter
/// ([`Url::query`](crate::http::request::Url::query)).
///
/// It is implemented for every type that implements serde's `Deserialize` and owns its data, and cannot be implemented
/// for other types. The purpose of this trait is a clear error message if a type does not qualify.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct NewProduct {
///     name: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let req = Request::post("/products").body(r#"{"name": "cups"}"#);
/// let new: NewProduct = req.body.json().await?;
/// assert_eq!(new.name, "cups");
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a request",
    label = "`{Self}` does not implement `Deserialize`, or borrows data",
    note = "add `#[derive(serde::Deserialize)]` to it (serde with its feature `derive`); replace a field that borrows, such \
            as a `&str`, with one that owns its data, such as a `String`",
    note = "if it is `!`, the type to read is unknown: add it, as in `req.url.query::<u32>(\"page\")?`, or declare it, \
            as in `let new: NewProduct = req.body.json().await?`"
)]
pub trait Deserializable: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Deserializable for T {}
