//! The items that generated code uses. This is not a public API: it changes without notice.

pub use ::core::option::Option::{None, Some};
pub use ::http::Method;

pub use ::onward_macros::{events, events_error};

pub use crate::__content as content;
#[cfg(feature = "serde")]
pub use crate::__default as default_value;
pub use crate::__name as name;
#[cfg(feature = "serde")]
pub use crate::__parameter as parameter;
pub use crate::__parameter_type as parameter_type;
pub use crate::__server_info as server_info;
pub use crate::__unmatched_by as unmatched_by;
#[cfg(feature = "serde")]
pub use crate::contract::UrlWithQuery as Url;
pub use crate::contract::default;
pub use crate::habits::{held_across_await, held_until_end, route_outside_server};
#[cfg(feature = "serde")]
pub use crate::json::private as json;
#[cfg(feature = "openapi")]
pub use crate::openapi::{probe as known, strict};
pub use crate::reply::Reply;
pub use crate::routes::{Flattened, RouteQuery, RouteType, ServerInfo, rest, route, text, typed};
#[cfg(feature = "serde")]
pub use crate::routes::{default_of, probe, query, query_rest};
pub use crate::routing::{
    Allow, IntoSent, Mountable, Path, Slash, Unmatched, before, below, decide, decode, encode,
    encode_rest, ending, group, incomplete as draft, incomplete_with_response as half, join,
    last_segment, matched, mount, mounted, not_found, other_slash, own_path, parse, path, redirect,
    reply, require_server, respond_unmatched as unmatched,
    respond_unmatched_below as unmatched_below, segment, sent, without_trailing_slash,
};
