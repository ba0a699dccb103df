//! What can be read from the text of a request.

use serde::de::DeserializeOwned;

/// A type that can be read from a request: from JSON ([`Body::json`](crate::http::request::Body::json)), from a form
/// ([`Body::form`](crate::http::request::Body::form)), from a parameter of the query ([`Url::query`](crate::http::request::Url::query)).
///
/// It is every type that serde reads and that borrows nothing. There is nothing to implement: the trait is there so that the
/// compiler says what is missing.
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
    label = "this reads a `{Self}`, which is not `Deserialize`",
    note = "write `#[derive(serde::Deserialize)]` above it (serde with its feature `derive`); a field that borrows, such as a \
            `&str`, has to own what it holds, as a `String` does"
)]
pub trait Deserializable: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Deserializable for T {}
