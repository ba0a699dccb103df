//! The list of a server's routes.

use std::fmt;

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
    /// The doc comment; empty if there is none.
    pub docs: &'static str,
    /// The line in the source file of the function.
    pub line: u32,
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
    use super::{RouteInfo, route, typed};

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
}
