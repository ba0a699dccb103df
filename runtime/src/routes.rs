//! The list of a server's routes.

use std::fmt;
use std::sync::OnceLock;

/// A route, as written.
///
/// The constant `ROUTES` of every `#[server]` function lists its routes in order. The `Display` output is one line with
/// methods, path and name.
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
    /// The name given by `as`.
    pub name: Option<&'static str>,
    /// The doc comment, or an empty string.
    pub docs: &'static str,
    /// The line in the source file of the function.
    pub line: u32,
    /// The routes of the mounted server; empty unless the route is a `mount`.
    ///
    /// A server that mounts others also has a function `routes()`, which lists theirs in place of the mounts, with whole
    /// paths.
    pub routes: &'static [RouteInfo],
}

/// A parameter in the path of a route.
///
/// Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/products/{id: u32}" => format!("product {id}"));
/// }
///
/// let param = shop::ROUTES[0].params[0];
/// assert_eq!((param.name, param.ty, param.rest), ("id", Some("u32"), false));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RouteParam {
    /// The name.
    pub name: &'static str,
    /// The type, as written; `None` for text.
    pub ty: Option<&'static str>,
    /// Whether it matches the rest of the path: `{rest..}`.
    pub rest: bool,
}

/// Creates a route without parameters, name or docs.
#[doc(hidden)]
pub const fn route(methods: &'static [&'static str], path: &'static str, line: u32) -> RouteInfo {
    RouteInfo {
        methods,
        path,
        params: &[],
        name: None,
        docs: "",
        line,
        routes: &[],
    }
}

#[doc(hidden)]
impl RouteInfo {
    pub const fn params(self, params: &'static [RouteParam]) -> Self {
        Self { params, ..self }
    }

    pub const fn named(self, name: &'static str) -> Self {
        Self {
            name: Some(name),
            ..self
        }
    }

    pub const fn documented(self, docs: &'static str) -> Self {
        Self { docs, ..self }
    }

    pub const fn mounting(self, routes: &'static [Self]) -> Self {
        Self { routes, ..self }
    }
}

/// The routes of a server and of those that are mounted in it, with whole paths.
#[doc(hidden)]
#[derive(Debug)]
pub struct Flattened(OnceLock<Vec<RouteInfo>>);

#[doc(hidden)]
#[expect(clippy::new_without_default, reason = "it is only used in a `static`")]
impl Flattened {
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Joins the paths at the first call. They are never freed: a program has a fixed number of servers.
    pub fn of(&self, routes: &[RouteInfo]) -> &[RouteInfo] {
        self.0.get_or_init(|| flatten("", &[], routes))
    }
}

fn flatten(prefix: &str, params: &[RouteParam], routes: &[RouteInfo]) -> Vec<RouteInfo> {
    let mut all = Vec::new();
    for route in routes {
        let path = join(prefix, route.path);
        let params = [params, route.params].concat();
        if route.routes.is_empty() {
            all.push(RouteInfo {
                path: path.leak(),
                params: params.leak(),
                ..*route
            });
        } else {
            all.extend(flatten(&path, &params, route.routes));
        }
    }
    all
}

fn join(prefix: &str, path: &str) -> String {
    match (prefix, path) {
        ("" | "/", path) => path.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        // The fallback of a mounted server handles the rest of the path.
        (prefix, "_") => format!("{prefix}/{{_..}}"),
        (prefix, path) => format!("{prefix}{path}"),
    }
}

/// Creates a `{name}`.
#[doc(hidden)]
pub const fn text(name: &'static str) -> RouteParam {
    RouteParam {
        name,
        ty: None,
        rest: false,
    }
}

/// Creates a `{name: Type}`.
#[doc(hidden)]
pub const fn typed(name: &'static str, ty: &'static str) -> RouteParam {
    RouteParam {
        name,
        ty: Some(ty),
        rest: false,
    }
}

/// Creates a `{name..}`.
#[doc(hidden)]
pub const fn rest(name: &'static str) -> RouteParam {
    RouteParam {
        name,
        ty: None,
        rest: true,
    }
}

impl fmt::Display for RouteInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<12} {}", self.methods.join(" | "), self.path)?;
        match self.name {
            Some(name) => write!(f, "  as {name}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Flattened, RouteInfo, route, text, typed};

    #[test]
    fn a_listing_has_one_column_of_paths() {
        const ROUTES: &[RouteInfo] = &[
            route(&["GET"], "/products/{id: u32}", 7)
                .params(&[typed("id", "u32")])
                .named("product"),
            route(&["POST", "PUT"], "/products", 8),
        ];
        let listing: Vec<String> = ROUTES.iter().map(ToString::to_string).collect();
        assert_eq!(
            listing,
            [
                "GET          /products/{id: u32}  as product",
                "POST | PUT   /products"
            ]
        );
    }

    #[test]
    fn mounted_routes_have_whole_paths() {
        const INNER: &[RouteInfo] = &[
            route(&["GET"], "/", 3),
            route(&["GET"], "/users/{id: u32}", 4)
                .params(&[typed("id", "u32")])
                .named("user"),
            route(&["ANY"], "_", 5),
        ];
        const OUTER: &[RouteInfo] = &[
            route(&["GET"], "/", 7),
            route(&["ANY"], "/shops/{shop}", 8)
                .params(&[text("shop")])
                .mounting(INNER),
            route(&["ANY"], "/", 9).mounting(INNER),
        ];
        let flattened = Flattened::new();
        let routes = flattened.of(OUTER);
        let listing: Vec<String> = routes.iter().map(ToString::to_string).collect();
        assert_eq!(
            listing,
            [
                "GET          /",
                "GET          /shops/{shop}",
                "GET          /shops/{shop}/users/{id: u32}  as user",
                "ANY          /shops/{shop}/{_..}",
                "GET          /",
                "GET          /users/{id: u32}  as user",
                "ANY          _",
            ]
        );
        assert_eq!(routes[2].params, [text("shop"), typed("id", "u32")]);
        assert_eq!(routes[2].line, 4);
    }
}
