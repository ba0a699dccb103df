//! The types in the declarations of a route.

use std::fmt;

#[cfg(feature = "openapi")]
use super::TypeDescription;

/// A type that a route declares for a query parameter, its body or its reply.
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
///     route!(POST "/names" (name: String) -> Created<Json<String>> => Created(Json(name)));
/// }
///
/// let create = &shop::ROUTES[0];
/// assert_eq!(create.body.unwrap().as_str(), "String");
/// assert_eq!(create.reply.unwrap().to_string(), "Created<Json<String>>");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RouteType {
    text: &'static str,
    #[cfg(feature = "openapi")]
    pub(crate) description: TypeDescription,
}

impl RouteType {
    /// Returns the type as written.
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
    ///     route!("/names" -> Json<Vec<String>> => Json(Vec::new()));
    /// }
    ///
    /// assert_eq!(shop::ROUTES[0].reply.unwrap().as_str(), "Json<Vec<String>>");
    /// ```
    #[inline]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    #[doc(hidden)]
    #[inline]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            #[cfg(feature = "openapi")]
            description: TypeDescription::UNKNOWN,
        }
    }

    /// Adds the description of the type for OpenAPI documents.
    #[cfg(feature = "openapi")]
    #[doc(hidden)]
    #[inline]
    pub const fn described(self, describe: fn(&mut crate::openapi::Description<'_>)) -> Self {
        Self {
            description: TypeDescription(describe),
            ..self
        }
    }
}

impl fmt::Display for RouteType {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl fmt::Debug for RouteType {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// Describes a body or a reply. Only the text of the type is used; the feature `openapi` replaces this definition.
#[cfg(not(feature = "openapi"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __content {
    ($text:literal $(, $ty:ty)?) => {
        $crate::__private::RouteType::new($text)
    };
}

/// Describes the type of a parameter. Only the text of the type is used; the feature `openapi` replaces this
/// definition.
#[cfg(not(feature = "openapi"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __parameter_type {
    ($text:literal, $ty:ty) => {
        $crate::__private::RouteType::new($text)
    };
}

/// Describes a parameter of a query.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __parameter {
    ($name:literal, $text:literal) => {
        $crate::__private::RouteQuery::of_generic_type(
            $name,
            $crate::__private::RouteType::new($text),
        )
    };
    ($name:literal, $text:literal, $ty:ty) => {
        $crate::__private::query::<$ty>($name, $crate::__private::parameter_type!($text, $ty))
    };
    (..$name:literal, $text:literal, $ty:ty) => {
        $crate::__private::query_rest::<$ty>($name, $crate::__private::parameter_type!($text, $ty))
    };
}

/// Describes the default of a parameter.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __default {
    ($text:literal) => {
        $crate::__private::default_of($text, || $crate::__private::None)
    };
    ($text:literal, $ty:ty, $value:expr) => {
        $crate::__private::default_of($text, || {
            #[allow(unused_imports, reason = "one of the two applies")]
            use $crate::__private::probe::{Known as _, Unknown as _};
            let value: $ty = $value;
            (&$crate::__private::probe::Probe(value)).__onward_json()
        })
    };
}

#[cfg(feature = "serde")]
pub mod probe {
    //! Detects whether a type implements `Serialize`: for a receiver `&Probe<T>`, method resolution finds the method of
    //! `Probe<T>` before that of `&Probe<T>`.

    use serde_core::Serialize;
    use serde_json::Value;

    /// The value to test.
    #[derive(Debug)]
    pub struct Probe<T>(pub T);

    /// A type that implements `Serialize`.
    pub trait Known {
        /// Returns the value as JSON, or `None` if it cannot be serialized.
        fn __onward_json(&self) -> Option<Value>;
    }

    impl<T: Serialize> Known for Probe<T> {
        #[inline]
        fn __onward_json(&self) -> Option<Value> {
            serde_json::to_value(&self.0).ok()
        }
    }

    /// Any other type.
    pub trait Unknown {
        /// Returns `None`.
        fn __onward_json(&self) -> Option<Value>;
    }

    impl<T> Unknown for &Probe<T> {
        #[inline]
        fn __onward_json(&self) -> Option<Value> {
            None
        }
    }
}
