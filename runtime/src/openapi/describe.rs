//! The descriptions of types.

use http::StatusCode;
use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// A type of a body, a reply or an error that OpenAPI documents can describe.
///
/// It is implemented for the types of `onward`; `Json<T>` and `Form<T>` need a `T` that derives
/// [`JsonSchema`](schemars::JsonSchema). Implement it for your own types that implement
/// [`FromBody`](crate::FromBody) or [`Reply`](crate::Reply), and for your error type. A type that does not implement it
/// is unknown in the document, which `#[server(openapi = strict)]` does not allow.
/// Node.js: no counterpart.
///
/// # Examples
///
/// A reply:
///
/// ```
/// use onward::openapi::{Describe, Description, OpenApi};
/// use onward::prelude::*;
///
/// struct Csv(String);
///
/// impl Reply for Csv {
///     fn reply(self, mut res: Response) -> Sent {
///         res.set_header("content-type", "text/csv");
///         res.send(self.0)
///     }
/// }
///
/// impl Describe for Csv {
///     fn describe(it: &mut Description<'_>) {
///         it.content::<String>("text/csv");
///     }
/// }
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/products.csv" -> Csv => Csv("id,name\n7,cup\n".to_owned()));
/// }
///
/// let api = OpenApi::new(shop::ROUTES);
/// let ok = &api.document()["paths"]["/products.csv"]["get"]["responses"]["200"];
/// assert_eq!(ok["content"]["text/csv"]["schema"]["type"], "string");
/// ```
///
/// An error type:
///
/// ```
/// use onward::openapi::{Describe, Description, OpenApi};
/// use onward::prelude::*;
/// use schemars::JsonSchema;
/// use serde::Serialize;
///
/// #[derive(Serialize, JsonSchema)]
/// struct Message {
///     error: String,
/// }
///
/// #[derive(Debug)]
/// enum ShopError {
///     Failure(Failure),
///     SoldOut,
/// }
///
/// impl From<Failure> for ShopError {
///     fn from(failure: Failure) -> Self {
///         Self::Failure(failure)
///     }
/// }
///
/// impl Reply for ShopError {
///     fn reply(self, res: Response) -> Sent {
///         let (status, error) = match self {
///             Self::Failure(failure) => (failure.status(), failure.message().to_owned()),
///             Self::SoldOut => (StatusCode::CONFLICT, "sold out".to_owned()),
///         };
///         res.send((status, Json(Message { error })))
///     }
/// }
///
/// impl Describe for ShopError {
///     fn describe(it: &mut Description<'_>) {
///         it.failures::<Json<Message>>();
///         it.reply::<Json<Message>>(StatusCode::CONFLICT, "The product is sold out.");
///     }
/// }
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result<Sent, ShopError> {
///     route!("/products/{id: u32}" -> String => match id {
///         0 => Err(ShopError::SoldOut)?,
///         id => id.to_string(),
///     });
/// }
///
/// let api = OpenApi::new(shop::ROUTES);
/// let responses = &api.document()["paths"]["/products/{id}"]["get"]["responses"];
/// assert_eq!(responses["409"]["description"], "The product is sold out.");
/// let schema = &responses["404"]["content"]["application/json"]["schema"];
/// assert_eq!(schema["$ref"], "#/components/schemas/Message");
/// ```
#[diagnostic::on_unimplemented(
    message = "OpenAPI documents cannot describe `{Self}`",
    label = "does not implement `openapi::Describe`",
    note = "`openapi = strict` requires every type of a route to be described",
    note = "implement `onward::openapi::Describe` for your own type; `Json<T>` and `Form<T>` implement it if `T` \
            implements `schemars::JsonSchema`"
)]
pub trait Describe {
    /// Describes the type.
    ///
    /// # Examples
    ///
    /// See [`Describe`].
    fn describe(description: &mut Description<'_>);
}

/// A type with a schema: every type that implements [`JsonSchema`](schemars::JsonSchema).
///
/// # Examples
///
/// ```
/// use onward::openapi::HasSchema;
/// use schemars::JsonSchema;
///
/// #[derive(JsonSchema)]
/// struct Product {
///     id: u32,
/// }
///
/// fn has_schema<T: HasSchema>() {}
/// has_schema::<Product>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no schema",
    label = "does not implement `schemars::JsonSchema`",
    note = "add `#[derive(schemars::JsonSchema)]` to `{Self}`"
)]
pub trait HasSchema {
    #[doc(hidden)]
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

#[diagnostic::do_not_recommend]
impl<T: JsonSchema + ?Sized> HasSchema for T {
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// One content type of a body, with its schema if that is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Media {
    pub(crate) ty: &'static str,
    pub(crate) schema: Option<Value>,
}

/// A response, or the body of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Content {
    pub(crate) status: u16,
    pub(crate) docs: &'static str,
    /// `None` if there is no body.
    pub(crate) media: Option<Media>,
}

/// The description of a body, a reply or an error type, to which [`Describe::describe`] adds content types and
/// responses.
///
/// Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::openapi::{Describe, Description};
/// use onward::prelude::*;
///
/// /// A product as JSON, or as a picture.
/// struct Product;
///
/// impl Describe for Product {
///     fn describe(it: &mut Description<'_>) {
///         it.content::<str>("text/plain");
///         it.opaque("image/png");
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Description<'a> {
    generator: &'a mut SchemaGenerator,
    /// The status and the description of the content types that are added next.
    status: StatusCode,
    docs: &'static str,
    pub(crate) contents: Vec<Content>,
    /// The bodies of failures, if the type is an error type that declares them.
    pub(crate) failures: Option<Vec<Content>>,
    /// Whether a body may be missing, or a reply may result in a 404.
    pub(crate) is_optional: bool,
    /// Whether the body is read as a whole, and is therefore limited in size.
    pub(crate) is_limited: bool,
    /// Whether bodies with other content types are rejected.
    pub(crate) is_exclusive: bool,
    /// Whether reading the body may fail because of its content.
    pub(crate) is_parsed: bool,
}

impl<'a> Description<'a> {
    pub(crate) fn of(
        generator: &'a mut SchemaGenerator,
        describe: fn(&mut Description<'_>),
    ) -> Self {
        let mut description = Self {
            generator,
            status: StatusCode::OK,
            docs: "",
            contents: Vec::new(),
            failures: None,
            is_optional: false,
            is_limited: false,
            is_exclusive: false,
            is_parsed: false,
        };
        describe(&mut description);
        description
    }

    /// Adds a content type with the schema of `T`, as serde reads it in a request or writes it in a response.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::{Describe, Description};
    ///
    /// struct Csv(String);
    ///
    /// impl Describe for Csv {
    ///     fn describe(it: &mut Description<'_>) {
    ///         it.content::<String>("text/csv");
    ///     }
    /// }
    /// ```
    pub fn content<T: HasSchema + ?Sized>(&mut self, media_type: &'static str) {
        let schema = T::schema(self.generator).to_value();
        self.add(Some(Media {
            ty: media_type,
            schema: Some(schema),
        }));
    }

    /// Adds a content type without a schema.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::{Describe, Description};
    ///
    /// struct Image(Vec<u8>);
    ///
    /// impl Describe for Image {
    ///     fn describe(it: &mut Description<'_>) {
    ///         it.opaque("image/png");
    ///     }
    /// }
    /// ```
    pub fn opaque(&mut self, media_type: &'static str) {
        self.add(Some(Media {
            ty: media_type,
            schema: None,
        }));
    }

    /// Adds a response with a status, a description of when it occurs, and the body of `R`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::{Describe, Description};
    /// use onward::prelude::*;
    ///
    /// struct SoldOut;
    ///
    /// impl Describe for SoldOut {
    ///     fn describe(it: &mut Description<'_>) {
    ///         it.reply::<String>(StatusCode::CONFLICT, "The product is sold out.");
    ///     }
    /// }
    /// ```
    pub fn reply<R: Describe>(&mut self, status: StatusCode, docs: &'static str) {
        self.at(status, docs, R::describe);
    }

    /// Sets the body of the responses to failures, such as a 404, which are converted to the error type.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::{Describe, Description};
    /// use onward::prelude::*;
    /// use schemars::JsonSchema;
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize, JsonSchema)]
    /// struct Message {
    ///     error: String,
    /// }
    ///
    /// struct ShopError(Failure);
    ///
    /// impl Describe for ShopError {
    ///     fn describe(it: &mut Description<'_>) {
    ///         it.failures::<Json<Message>>();
    ///     }
    /// }
    /// ```
    pub fn failures<R: Describe>(&mut self) {
        let contents = std::mem::take(&mut self.contents);
        R::describe(self);
        self.failures = Some(std::mem::replace(&mut self.contents, contents));
    }

    /// Adds a response with a status, and describes its body.
    pub(crate) fn at(
        &mut self,
        status: StatusCode,
        docs: &'static str,
        describe: impl FnOnce(&mut Self),
    ) {
        let outer = (self.status, self.docs);
        (self.status, self.docs) = (status, docs);
        describe(self);
        (self.status, self.docs) = outer;
    }

    /// Adds a response without a body.
    pub(crate) fn empty(&mut self) {
        self.add(None);
    }

    /// Adds the schema of a value.
    pub(crate) fn value<T: JsonSchema + ?Sized>(&mut self) {
        self.content::<T>("");
    }

    /// Returns the schema of a value, if it is known.
    pub(crate) fn into_value(self) -> Option<Value> {
        let first = self.contents.into_iter().next();
        first.and_then(|content| content.media?.schema)
    }

    fn add(&mut self, media: Option<Media>) {
        self.contents.push(Content {
            status: self.status.as_u16(),
            docs: self.docs,
            media,
        });
    }
}
