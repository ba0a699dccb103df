//! Routes that compile to ifs, on a server that emits events.

pub mod events;
pub mod http;

#[doc(hidden)]
pub mod __private;
mod error;
mod json;
mod reply;
mod routes;
mod routing;

pub use error::{Error, Result};
pub use json::{JsonText, json};
pub use onward_macros::{route, server};
pub use reply::{Html, Json, Reply};
pub use routes::{RouteInfo, RouteParam};

/// What a program that serves needs by name: `use onward::prelude::*;`.
pub mod prelude {
    #[doc(no_inline)]
    pub use crate::http::{self, Method, Request, Response, Sent, StatusCode, event};
    #[doc(no_inline)]
    pub use crate::{Error, Html, Json, Reply, Result, json, route, server};
}
