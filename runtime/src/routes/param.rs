//! A parameter in the path of a route.

#[cfg(feature = "openapi")]
use super::RouteType;

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
    /// The name of the parameter.
    pub name: &'static str,
    /// The type, as written; `None` for text.
    pub ty: Option<&'static str>,
    /// Whether the parameter matches the rest of the path: `{rest..}`.
    pub rest: bool,
    #[cfg(feature = "openapi")]
    pub(crate) described: Option<RouteType>,
}

/// Creates the entry for a `{name}`.
#[doc(hidden)]
#[inline]
pub const fn text(name: &'static str) -> RouteParam {
    RouteParam {
        name,
        ty: None,
        rest: false,
        #[cfg(feature = "openapi")]
        described: None,
    }
}

/// Creates the entry for a `{name: Type}`.
#[doc(hidden)]
#[inline]
pub const fn typed(name: &'static str, ty: &'static str) -> RouteParam {
    RouteParam {
        ty: Some(ty),
        ..text(name)
    }
}

/// Creates the entry for a `{name..}`.
#[doc(hidden)]
#[inline]
pub const fn rest(name: &'static str) -> RouteParam {
    RouteParam {
        rest: true,
        ..text(name)
    }
}
