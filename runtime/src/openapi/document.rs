//! An OpenAPI document.

use std::fmt;

use serde_json::{Value, json};

use super::build;
use crate::http::{Response, Sent};
use crate::reply::{Json, Reply};
use crate::routes::RouteInfo;

/// The OpenAPI document of a server and of all servers that it mounts.
///
/// It uses OpenAPI 3.1; [`v3_0`](Self::v3_0) converts it to OpenAPI 3.0.3. As a reply, it is JSON. A route with
/// `#[doc(hidden)]` is not part of the document, and neither is a fallback. Creating it takes a few milliseconds for
/// hundreds of routes, so create it once. Node.js: no counterpart; Fastify: `@fastify/swagger`.
///
/// | document | source |
/// |---|---|
/// | `info` | name and docs of the function; version and license of its package |
/// | `tags` | the module of the function |
/// | `operationId` | the name of the route, after those of its mounts, or [`RouteInfo::operation`] |
/// | `summary`, `description` | the docs of the route: the first line, and the whole text |
/// | `parameters`, `requestBody`, `responses` | the types in the line of the route |
/// | failures | 400, 401, 404, 405, 413 and 415 if they can occur, with the body that the error type declares |
/// | `security` | the option `security` |
///
/// # Examples
///
/// ```
/// use onward::openapi::OpenApi;
/// use onward::prelude::*;
/// use schemars::JsonSchema;
/// use serde::Serialize;
///
/// #[derive(Serialize, JsonSchema)]
/// struct Product {
///     id: u32,
/// }
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     /// One product.
///     route!("/products/{id: u32}" as product -> Option<Json<Product>> => (id < 9).then_some(Json(Product { id })));
///
///     #[doc(hidden)]
///     route!("/openapi.json" => OpenApi::new(shop::ROUTES));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let document: serde_json::Value = shop(Request::get("/openapi.json"), Response::new()).await?.json();
/// let product = &document["paths"]["/products/{id}"]["get"];
/// assert_eq!((&product["operationId"], &product["summary"]), (&"product".into(), &"One product.".into()));
/// let schema = &product["responses"]["200"]["content"]["application/json"]["schema"];
/// assert_eq!(schema["$ref"], "#/components/schemas/Product");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct OpenApi {
    document: Value,
    losses: Vec<String>,
}

impl OpenApi {
    /// Creates the document for the `ROUTES` of a server.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::OpenApi;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/name" -> &'static str => "shop");
    /// }
    ///
    /// let api = OpenApi::new(shop::ROUTES);
    /// assert_eq!(api.document()["info"]["title"], "Shop");
    /// ```
    pub fn new(routes: &[RouteInfo]) -> Self {
        let (document, losses) = build::build(routes);
        Self { document, losses }.with_losses()
    }

    /// Sets the title. Default: the name of the function as text, such as `Tea shop` for `tea_shop`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::OpenApi;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/name" -> &'static str => "shop");
    /// }
    ///
    /// let api = OpenApi::new(shop::ROUTES).title("Tea shop").version("2.1.0").server("https://shop.example");
    /// assert_eq!(api.document()["info"]["title"], "Tea shop");
    /// ```
    #[must_use]
    pub fn title(mut self, title: &str) -> Self {
        self.document["info"]["title"] = title.into();
        self
    }

    /// Sets the version of the API. Default: the version of the package.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::OpenApi;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/name" -> &'static str => "shop");
    /// }
    ///
    /// let api = OpenApi::new(shop::ROUTES).version("2.1.0");
    /// assert_eq!(api.document()["info"]["version"], "2.1.0");
    /// ```
    #[must_use]
    pub fn version(mut self, version: &str) -> Self {
        self.document["info"]["version"] = version.into();
        self
    }

    /// Sets the URL at which clients reach the server. Default: `/`, the host that serves the document.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::OpenApi;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/name" -> &'static str => "shop");
    /// }
    ///
    /// let api = OpenApi::new(shop::ROUTES).server("https://shop.example");
    /// assert_eq!(api.document()["servers"][0]["url"], "https://shop.example");
    /// ```
    #[must_use]
    pub fn server(mut self, url: &str) -> Self {
        self.document["servers"] = json!([{ "url": url }]);
        self
    }

    /// Returns the same document in OpenAPI 3.0.3, for generators that do not read 3.1.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::OpenApi;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/point" -> Json<(u32, bool)> => Json((7, true)));
    /// }
    ///
    /// let api = OpenApi::new(shop::ROUTES).v3_0();
    /// assert_eq!(api.document()["openapi"], "3.0.3");
    /// assert!(api.losses()[0].ends_with("the items of a tuple have no order"));
    /// ```
    #[must_use]
    pub fn v3_0(&self) -> Self {
        let mut losses = self.losses.clone();
        let document = build::convert(&self.document, &mut losses);
        Self { document, losses }.with_losses()
    }

    /// Returns the document.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::OpenApi;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/name" -> &'static str => "shop");
    /// }
    ///
    /// let api = OpenApi::new(shop::ROUTES);
    /// assert_eq!(api.document()["openapi"], "3.1.1");
    /// ```
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Returns a list of what the document's version of OpenAPI cannot express. The document contains it as `x-losses`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::OpenApi;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/name" -> &'static str => "shop");
    /// }
    ///
    /// assert!(OpenApi::new(shop::ROUTES).losses().is_empty());
    /// ```
    pub fn losses(&self) -> &[String] {
        &self.losses
    }

    fn with_losses(mut self) -> Self {
        if !self.losses.is_empty() {
            self.document["x-losses"] = json!(self.losses);
        }
        self
    }
}

/// Writes the document as formatted JSON.
impl fmt::Display for OpenApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.document)
    }
}

impl Reply for OpenApi {
    fn reply(self, res: Response) -> Sent {
        Json(self.document).reply(res)
    }
}

/// Prints the document if the program was started with `--openapi`, or with `--openapi=3.0` for OpenAPI 3.0.3.
///
/// Returns whether the document was printed, in which case the program should end without starting a server. Node.js:
/// no counterpart.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/" -> &'static str => "hello");
/// }
///
/// if onward::openapi::print_if_requested(shop::ROUTES) {
///     return;
/// }
/// ```
pub fn print_if_requested(routes: &[RouteInfo]) -> bool {
    let version = std::env::args()
        .skip(1)
        .find(|it| it == "--openapi" || it == "--openapi=3.0");
    let Some(version) = version else {
        return false;
    };
    let document = OpenApi::new(routes);
    match version.as_str() {
        "--openapi=3.0" => println!("{}", document.v3_0()),
        _ => println!("{document}"),
    }
    true
}
