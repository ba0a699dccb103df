//! What a server says of its routes.

use std::fmt;

/// A route as it was written. The constant `ROUTES` next to every `#[server]` function lists them in order.
///
/// ```ignore
/// for route in shop::ROUTES {
///     println!("{route}");
/// }
/// ```
///
/// prints
///
/// ```text
/// GET          /products/{id: u32}  as product
/// POST | PUT   /products
/// ANY          /admin/{rest..}
/// ANY          _
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RouteInfo {
    /// The methods it was written for. `GET` answers HEAD as well; `["ANY"]` stands for every method.
    pub methods: &'static [&'static str],
    /// The path as it was written; `_` for the fallback.
    pub path: &'static str,
    /// The parameters of the path, in order.
    pub params: &'static [RouteParam],
    /// The name that `as` gives it.
    pub name: Option<&'static str>,
    /// Its doc comment; empty if there is none.
    pub docs: &'static str,
    /// The line it is written on, in the file of its function.
    pub line: u32,
}

/// A parameter in the path of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RouteParam {
    /// Its name.
    pub name: &'static str,
    /// Its type as it was written; text without one.
    pub ty: Option<&'static str>,
    /// Whether it takes all that is left of the path: `{rest..}`.
    pub rest: bool,
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
    use crate::__private::{route_info, route_param};

    #[test]
    fn a_listing_has_one_column_of_paths() {
        const PARAMS: &[super::RouteParam] = &[route_param("id", Some("u32"), false)];
        let path = "/products/{id: u32}";
        let product = route_info(&["GET"], path, PARAMS, Some("product"), "", 7);
        assert_eq!(
            product.to_string(),
            "GET          /products/{id: u32}  as product"
        );
        let products = route_info(&["POST", "PUT"], "/products", &[], None, "", 8);
        assert_eq!(products.to_string(), "POST | PUT   /products");
    }
}
