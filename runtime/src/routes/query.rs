//! A parameter in the query of a route.

use std::fmt;

#[cfg(feature = "serde")]
use serde_json::Value;

use super::RouteType;
#[cfg(feature = "serde")]
use crate::http::Deserializable;

/// A parameter in the query of a route.
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
///     route!("/products?{page: u32 = 1}&max-price={max: Option<u32>}" => format!("{page} {max:?}"));
/// }
///
/// let [page, max] = shop::ROUTES[0].query else { panic!("two parameters") };
/// assert_eq!((page.key, page.ty.as_str(), page.is_required()), ("page", "u32", false));
/// assert_eq!(page.default.and_then(|it| it.value()), Some(1.into()));
/// assert_eq!((max.key, max.name), ("max-price", "max"));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RouteQuery {
    /// The key in the query, which is the name if no other key is specified. It is not used if `all` is `true`.
    pub key: &'static str,
    /// The name of the variable.
    pub name: &'static str,
    /// The type, as written.
    pub ty: RouteType,
    /// The default, if there is one.
    pub default: Option<RouteDefault>,
    /// Whether the parameter reads all keys that no other parameter of the route reads: `{all..: Type}`.
    pub all: bool,
    required: fn() -> bool,
}

impl RouteQuery {
    /// Returns whether a request without the parameter gets a 400.
    ///
    /// A parameter with a default is not required. For other parameters, the type decides: `Option<T>` and `Vec<T>` may
    /// be missing, as may your own types if their `Deserialize` accepts a missing value. The result is `false` if the
    /// type depends on a generic parameter of the function, or is declared in it. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/products?{search: String}" => search);
    /// }
    ///
    /// assert!(shop::ROUTES[0].query[0].is_required());
    /// ```
    #[inline]
    pub fn is_required(&self) -> bool {
        self.default.is_none() && (self.required)()
    }

    #[doc(hidden)]
    #[inline]
    pub const fn or(self, default: RouteDefault) -> Self {
        Self {
            default: Some(default),
            ..self
        }
    }

    #[doc(hidden)]
    #[inline]
    pub const fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    /// Creates the entry for a type that only the server's function can name, such as one of its generic parameters.
    #[doc(hidden)]
    #[inline]
    pub const fn of_generic_type(name: &'static str, ty: RouteType) -> Self {
        Self {
            key: name,
            name,
            ty,
            default: None,
            all: false,
            required: || false,
        }
    }
}

/// The function `required` is not compared, because the type determines it.
impl PartialEq for RouteQuery {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        let parts = |it: &Self| (it.key, it.name, it.ty, it.default, it.all);
        parts(self) == parts(other)
    }
}

impl Eq for RouteQuery {}

/// Creates the entry for a `{name: Type}`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[inline]
pub const fn query<T: Deserializable>(name: &'static str, ty: RouteType) -> RouteQuery {
    RouteQuery {
        required: || crate::http::is_required::<T>(),
        ..RouteQuery::of_generic_type(name, ty)
    }
}

/// Creates the entry for a `{name..: Type}`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[inline]
pub const fn query_rest<T: Deserializable>(name: &'static str, ty: RouteType) -> RouteQuery {
    RouteQuery {
        all: true,
        required: || crate::http::is_rest_required::<T>(),
        ..RouteQuery::of_generic_type(name, ty)
    }
}

/// The default of a query parameter.
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
///     route!("/products?{sort: String = \"name\"}" => sort);
/// }
///
/// let default = shop::ROUTES[0].query[0].default.unwrap();
/// assert_eq!((default.text, default.value()), ("\"name\"", Some("name".into())));
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct RouteDefault {
    /// The expression, as written.
    pub text: &'static str,
    #[cfg(feature = "serde")]
    value: fn() -> Option<Value>,
}

#[cfg(feature = "serde")]
impl RouteDefault {
    /// Returns the value as JSON, or `None` if it cannot be serialized.
    ///
    /// A value cannot be serialized if its type does not implement serde's `Serialize`, or if the type depends on a
    /// generic parameter of the function or is declared in it.
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
    ///     route!("/products?{page: u32 = 1}" => page.to_string());
    /// }
    ///
    /// let default = shop::ROUTES[0].query[0].default.unwrap();
    /// assert_eq!(default.value(), Some(1.into()));
    /// ```
    #[inline]
    pub fn value(&self) -> Option<Value> {
        (self.value)()
    }
}

impl fmt::Debug for RouteDefault {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl PartialEq for RouteDefault {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for RouteDefault {}

/// Creates the entry for a default.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[inline]
pub const fn default_of(text: &'static str, value: fn() -> Option<Value>) -> RouteDefault {
    RouteDefault { text, value }
}
