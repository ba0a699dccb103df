//! How clients authenticate.

use serde_json::{Value, json};

/// A security scheme: how the clients of a server authenticate.
///
/// `#[server(security = SCHEME)]` declares it for all routes of the server and of the servers that it mounts; with
/// `security = [FIRST, SECOND]`, a client uses one of the two schemes. A scheme documents what the statements of the
/// server check; it does not check anything itself. The operations of the document also list `401 Unauthorized`. Routes
/// that need no authentication belong in another server, which mounts this one. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::openapi::{OpenApi, Security};
/// use onward::prelude::*;
///
/// const KEY: Security = Security::header("x-api-key").described("From the page of your account.");
///
/// #[server(security = [Security::bearer(), KEY])]
/// async fn account(req: Request, res: Response) -> Result {
///     route!("/name" -> String => "ada".to_owned());
/// }
///
/// let api = OpenApi::new(account::ROUTES);
/// let schemes = &api.document()["components"]["securitySchemes"];
/// assert_eq!(schemes["bearer"]["scheme"], "bearer");
/// assert_eq!(schemes["x-api-key"]["in"], "header");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Security {
    pub(crate) name: &'static str,
    docs: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Http(&'static str),
    Key(&'static str, &'static str),
    OpenIdConnect(&'static str),
}

impl Security {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            docs: "",
            kind,
        }
    }

    /// Creates a scheme with a token in `authorization: Bearer TOKEN` (RFC 6750).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::Security;
    /// use onward::prelude::*;
    ///
    /// #[server(security = Security::bearer())]
    /// async fn account(req: Request, res: Response) -> Result {
    ///     route!("/name" -> String => "ada".to_owned());
    /// }
    /// ```
    pub const fn bearer() -> Self {
        Self::new("bearer", Kind::Http("bearer"))
    }

    /// Creates a scheme with a name and a password in `authorization: Basic …` (RFC 7617).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::Security;
    /// use onward::prelude::*;
    ///
    /// #[server(security = Security::basic())]
    /// async fn account(req: Request, res: Response) -> Result {
    ///     route!("/name" -> String => "ada".to_owned());
    /// }
    /// ```
    pub const fn basic() -> Self {
        Self::new("basic", Kind::Http("basic"))
    }

    /// Creates a scheme with a key in a header.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::Security;
    /// use onward::prelude::*;
    ///
    /// #[server(security = Security::header("x-api-key"))]
    /// async fn account(req: Request, res: Response) -> Result {
    ///     route!("/name" -> String => "ada".to_owned());
    /// }
    /// ```
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Kind::Key("header", name))
    }

    /// Creates a scheme with a cookie, such as that of a session.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::Security;
    /// use onward::prelude::*;
    ///
    /// #[server(security = Security::cookie("session"))]
    /// async fn account(req: Request, res: Response) -> Result {
    ///     route!("/name" -> String => "ada".to_owned());
    /// }
    /// ```
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Kind::Key("cookie", name))
    }

    /// Creates a scheme with a key in the query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::Security;
    /// use onward::prelude::*;
    ///
    /// #[server(security = Security::query("key"))]
    /// async fn account(req: Request, res: Response) -> Result {
    ///     route!("/name" -> String => "ada".to_owned());
    /// }
    /// ```
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Kind::Key("query", name))
    }

    /// Creates a scheme for OpenID Connect, with the URL of its discovery document.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::Security;
    /// use onward::prelude::*;
    ///
    /// #[server(security = Security::open_id_connect("https://login.example/.well-known/openid-configuration"))]
    /// async fn account(req: Request, res: Response) -> Result {
    ///     route!("/name" -> String => "ada".to_owned());
    /// }
    /// ```
    pub const fn open_id_connect(url: &'static str) -> Self {
        Self::new("openIdConnect", Kind::OpenIdConnect(url))
    }

    /// Sets the name of the scheme in the document. Two schemes with the same name are treated as one.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::Security;
    ///
    /// const ADMIN: Security = Security::bearer().named("admin");
    /// # assert_ne!(ADMIN, Security::bearer());
    /// ```
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// Sets the description.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::Security;
    /// use onward::prelude::*;
    ///
    /// #[server(security = Security::bearer().described("From the page of your account."))]
    /// async fn account(req: Request, res: Response) -> Result {
    ///     route!("/name" -> String => "ada".to_owned());
    /// }
    /// ```
    #[must_use]
    pub const fn described(self, docs: &'static str) -> Self {
        Self { docs, ..self }
    }

    pub(crate) fn to_json(self) -> Value {
        let mut scheme = match self.kind {
            Kind::Http(scheme) => json!({ "type": "http", "scheme": scheme }),
            Kind::Key(place, name) => json!({ "type": "apiKey", "in": place, "name": name }),
            Kind::OpenIdConnect(url) => json!({ "type": "openIdConnect", "openIdConnectUrl": url }),
        };
        if !self.docs.is_empty() {
            scheme["description"] = self.docs.into();
        }
        scheme
    }
}
