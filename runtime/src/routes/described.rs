//! The data about a route and its server that OpenAPI documents need. Generated code calls the functions of this file
//! if the macros are built with the feature `openapi`. The functions also exist if this crate is built without the
//! feature, because Cargo may enable the feature of the macros alone.

use super::{RouteInfo, RouteParam, RouteType};

#[cfg(not(feature = "openapi"))]
#[doc(hidden)]
pub type ServerInfo = ();

#[cfg(feature = "openapi")]
pub use known::ServerInfo;
#[cfg(feature = "openapi")]
pub(crate) use known::{Described, TypeDescription};

#[doc(hidden)]
#[cfg_attr(
    not(feature = "openapi"),
    expect(unused_mut, unused_variables, reason = "only documents use them")
)]
impl RouteInfo {
    /// Records that the route has a guard.
    #[inline]
    pub const fn guarded(mut self) -> Self {
        #[cfg(feature = "openapi")]
        {
            self.described.is_guarded = true;
        }
        self
    }

    /// Records that documents omit the route.
    #[inline]
    pub const fn hidden(mut self) -> Self {
        #[cfg(feature = "openapi")]
        {
            self.described.is_hidden = true;
        }
        self
    }

    /// Records the server to which the route belongs.
    #[inline]
    pub const fn of(mut self, server: &'static ServerInfo) -> Self {
        #[cfg(feature = "openapi")]
        {
            self.described.server = Some(server);
        }
        self
    }
}

#[doc(hidden)]
#[cfg_attr(
    not(feature = "openapi"),
    expect(unused_mut, unused_variables, reason = "only documents use it")
)]
impl RouteParam {
    /// Records the type of the parameter.
    #[inline]
    pub const fn described(mut self, ty: RouteType) -> Self {
        #[cfg(feature = "openapi")]
        {
            self.described = Some(ty);
        }
        self
    }
}

/// Expands to the description of a server, which is empty without the feature `openapi`.
#[cfg(not(feature = "openapi"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __server_info {
    ($($anything:tt)*) => {
        ()
    };
}

#[cfg(feature = "openapi")]
mod known {
    use std::fmt;

    use crate::openapi::{Description, Security};

    /// The description of a type.
    #[derive(Clone, Copy)]
    pub(crate) struct TypeDescription(pub(crate) fn(&mut Description<'_>));

    impl TypeDescription {
        pub(crate) const UNKNOWN: Self = Self(|_| ());
    }

    /// All descriptions are equal: types are compared by their text.
    impl PartialEq for TypeDescription {
        #[inline]
        fn eq(&self, _: &Self) -> bool {
            true
        }
    }

    impl Eq for TypeDescription {}

    impl fmt::Debug for TypeDescription {
        #[inline]
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("TypeDescription")
        }
    }

    /// The properties of a route that only documents need.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) struct Described {
        pub(crate) is_guarded: bool,
        pub(crate) is_hidden: bool,
        pub(crate) server: Option<&'static ServerInfo>,
    }

    impl Described {
        pub(crate) const NOTHING: Self = Self {
            is_guarded: false,
            is_hidden: false,
            server: None,
        };
    }

    /// A `#[server]` function.
    #[doc(hidden)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ServerInfo {
        pub(crate) name: &'static str,
        pub(crate) docs: &'static str,
        pub(crate) module: &'static str,
        /// The version of the crate.
        pub(crate) version: Option<&'static str>,
        /// The license of the crate.
        pub(crate) license: Option<&'static str>,
        /// The description of the error type.
        pub(crate) error: TypeDescription,
        pub(crate) security: &'static [Security],
        /// Whether a fallback handles the requests that no route matches.
        pub(crate) handles_all: bool,
    }

    impl ServerInfo {
        #[doc(hidden)]
        #[inline]
        pub const fn new(name: &'static str, docs: &'static str, module: &'static str) -> Self {
            Self {
                name,
                docs,
                module,
                version: None,
                license: None,
                error: TypeDescription::UNKNOWN,
                security: &[],
                handles_all: false,
            }
        }

        #[doc(hidden)]
        #[inline]
        pub const fn package(
            self,
            version: Option<&'static str>,
            license: Option<&'static str>,
        ) -> Self {
            Self {
                version,
                license,
                ..self
            }
        }

        #[doc(hidden)]
        #[inline]
        pub const fn error(self, describe: fn(&mut Description<'_>)) -> Self {
            Self {
                error: TypeDescription(describe),
                ..self
            }
        }

        #[doc(hidden)]
        #[inline]
        pub const fn security(self, security: &'static [Security]) -> Self {
            Self { security, ..self }
        }

        #[doc(hidden)]
        #[inline]
        pub const fn handles_all(self, handles_all: bool) -> Self {
            Self {
                handles_all,
                ..self
            }
        }
    }
}
