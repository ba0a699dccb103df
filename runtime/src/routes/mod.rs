//! The list of the routes of a server.

mod described;
mod display;
mod param;
mod query;
mod table;
#[cfg(test)]
mod tests;
mod ty;

pub use described::ServerInfo;
#[cfg(feature = "openapi")]
pub(crate) use described::{Described, TypeDescription};
pub use param::{RouteParam, rest, text, typed};
pub use query::{RouteDefault, RouteQuery};
#[cfg(feature = "serde")]
pub use query::{default_of, query, query_rest};
#[cfg(feature = "openapi")]
pub(crate) use table::join;
pub use table::{Flattened, RouteTable};
pub use ty::RouteType;
#[cfg(feature = "serde")]
pub use ty::probe;

/// A route, as written.
///
/// The constant `ROUTES` of every `#[server]` function lists its routes in order. The `Display` output is one line with
/// methods, path, name and the other declarations of the route; that of [`RouteTable`] lists all routes in columns.
/// Node.js: no counterpart; Express: `router.stack`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/products/{id: u32}" as product => format!("product {id}"));
///     route!(POST | PUT "/products" => StatusCode::CREATED);
///     route!(_ => (StatusCode::NOT_FOUND, "no such page"));
/// }
///
/// let listing: Vec<String> = shop::ROUTES.iter().map(ToString::to_string).collect();
/// assert_eq!(listing, [
///     "GET          /products/{id: u32}  as product",
///     "POST | PUT   /products",
///     "ANY          _",
/// ]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RouteInfo {
    /// The methods, as written. `GET` also handles HEAD; `["ANY"]` means every method.
    pub methods: &'static [&'static str],
    /// The path, as written; `_` for the fallback.
    pub path: &'static str,
    /// The parameters of the path, in order.
    pub params: &'static [RouteParam],
    /// The declared parameters of the query, in order.
    pub query: &'static [RouteQuery],
    /// The type of the body, if it is declared.
    pub body: Option<RouteType>,
    /// The type of the reply, if it is declared.
    pub reply: Option<RouteType>,
    /// The name given by `as`.
    pub name: Option<&'static str>,
    /// The doc comment, or an empty string.
    pub docs: &'static str,
    /// The line number of the route in its source file.
    pub line: u32,
    /// The routes of the mounted server; empty unless the route is a `mount`.
    ///
    /// A server that mounts others also has a function `routes()`, which lists the routes of the mounted servers in
    /// place of the mounts, with full paths. A server with a route that declares a query, a body or a reply type has
    /// this function as well.
    pub routes: &'static [RouteInfo],
    #[cfg(feature = "openapi")]
    pub(crate) described: Described,
}

/// Creates a route without parameters, name or docs.
#[doc(hidden)]
#[inline]
pub const fn route(methods: &'static [&'static str], path: &'static str, line: u32) -> RouteInfo {
    RouteInfo {
        methods,
        path,
        params: &[],
        query: &[],
        body: None,
        reply: None,
        name: None,
        docs: "",
        line,
        routes: &[],
        #[cfg(feature = "openapi")]
        described: Described::NOTHING,
    }
}

#[doc(hidden)]
impl RouteInfo {
    #[inline]
    pub const fn params(self, params: &'static [RouteParam]) -> Self {
        Self { params, ..self }
    }

    #[inline]
    pub const fn query(self, query: &'static [RouteQuery]) -> Self {
        Self { query, ..self }
    }

    #[inline]
    pub const fn body(self, body: RouteType) -> Self {
        Self {
            body: Some(body),
            ..self
        }
    }

    #[inline]
    pub const fn replies(self, reply: RouteType) -> Self {
        Self {
            reply: Some(reply),
            ..self
        }
    }

    #[inline]
    pub const fn named(self, name: &'static str) -> Self {
        Self {
            name: Some(name),
            ..self
        }
    }

    #[inline]
    pub const fn documented(self, docs: &'static str) -> Self {
        Self { docs, ..self }
    }

    #[inline]
    pub const fn mounting(self, routes: &'static [Self]) -> Self {
        Self { routes, ..self }
    }
}

impl RouteInfo {
    /// Returns a name for the operation: the name of the route, or one that is derived from its methods and its path.
    ///
    /// It is suitable as the `operationId` of an OpenAPI document. Two routes may have the same name, for example
    /// routes of different servers.
    /// Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/products/{id: u32}" as product => format!("product {id}"));
    ///     route!(PUT "/products/{id: u32}" => format!("replaced {id}"));
    /// }
    ///
    /// assert_eq!(shop::ROUTES[0].operation(), "product");
    /// assert_eq!(shop::ROUTES[1].operation(), "putProductsId");
    /// ```
    #[inline]
    pub fn operation(&self) -> String {
        if let Some(name) = self.name {
            return name.to_owned();
        }
        operation(self.methods, self.path)
    }
}

/// Derives the name of an operation from its methods and its path.
#[inline]
pub(crate) fn operation(methods: &[&str], path: &str) -> String {
    let mut name = String::new();
    for (at, method) in methods.iter().enumerate() {
        let method = method.to_lowercase();
        if at == 0 {
            name.push_str(&method);
        } else {
            name.push_str("Or");
            push_camel(&mut name, &method);
        }
    }
    let methods_end = name.len();
    let mut rest = path;
    while let Some((text, param)) = rest.split_once('{') {
        push_camel(&mut name, text);
        let (param, after) = param.split_once('}').unwrap_or((param, ""));
        // The name ends before the type and before the `..` of a rest parameter.
        let end = param.find([':', '.']).unwrap_or(param.len());
        push_camel(&mut name, &param[..end]);
        rest = after;
    }
    push_camel(&mut name, rest);
    if name.len() == methods_end {
        name.push_str("Root");
    }
    name
}

/// Converts text to camel case and appends it: `order-items` becomes `OrderItems`.
#[inline]
fn push_camel(name: &mut String, text: &str) {
    let mut begins_word = true;
    for it in text.chars() {
        if !it.is_alphanumeric() {
            begins_word = true;
        } else if begins_word {
            name.extend(it.to_uppercase());
            begins_word = false;
        } else {
            name.push(it);
        }
    }
}
