//! The names of the options, and the methods of a server that set them.

use std::sync::Arc;
use std::time::Duration;

use super::error::OptionsError;
use super::value::Value;
use crate::http::proxies::Networks;
use crate::http::server::Server;

/// A function that sets an option to the value that was read.
pub(super) type Setting = Arc<dyn Fn(Server) -> Server + Send + Sync>;

/// The type of an option, and the method that sets it.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Time(fn(Server, Duration) -> Server),
    /// A time that can be turned off. The other kinds whose names begin with `Optional` can be turned off too.
    OptionalTime(fn(Server, Option<Duration>) -> Server),
    Size(fn(Server, usize) -> Server),
    Count(fn(Server, usize) -> Server),
    OptionalCount(fn(Server, Option<usize>) -> Server),
    OptionalLongCount(fn(Server, Option<u64>) -> Server),
    ShortCount(fn(Server, u32) -> Server),
    Flag(fn(Server, bool) -> Server),
    Networks(fn(Server, Vec<String>) -> Server),
    #[cfg(unix)]
    Mode(fn(Server, u32) -> Server),
}

/// All options that have a key.
pub(super) const OPTIONS: &[(&str, Kind)] = &[
    ("max_header_size", Kind::Size(Server::max_header_size)),
    ("max_headers", Kind::Count(Server::max_headers)),
    (
        "headers_timeout",
        Kind::OptionalTime(Server::headers_timeout),
    ),
    (
        "request_timeout",
        Kind::OptionalTime(Server::request_timeout),
    ),
    (
        "keep_alive_timeout",
        Kind::OptionalTime(Server::keep_alive_timeout),
    ),
    ("idle_timeout", Kind::OptionalTime(Server::idle_timeout)),
    ("send_timeout", Kind::OptionalTime(Server::send_timeout)),
    ("max_body_size", Kind::Size(Server::max_body_size)),
    ("max_drain_size", Kind::Size(Server::max_drain_size)),
    ("max_unsent", Kind::Size(Server::max_unsent)),
    (
        "before_head_timeout",
        Kind::OptionalTime(Server::before_head_timeout),
    ),
    (
        "max_connections",
        Kind::OptionalCount(Server::max_connections),
    ),
    (
        "max_requests_per_socket",
        Kind::OptionalLongCount(Server::max_requests_per_socket),
    ),
    (
        "require_host_header",
        Kind::Flag(Server::require_host_header),
    ),
    ("allow_half_open", Kind::Flag(Server::allow_half_open)),
    (
        "max_connections_per_address",
        Kind::OptionalCount(Server::max_connections_per_address),
    ),
    (
        "max_concurrent_requests",
        Kind::OptionalCount(Server::max_concurrent_requests),
    ),
    (
        "max_queued_requests",
        Kind::OptionalCount(Server::max_queued_requests),
    ),
    ("queue_timeout", Kind::OptionalTime(Server::queue_timeout)),
    ("shed_latency", Kind::OptionalTime(Server::shed_latency)),
    ("close_delay", Kind::Time(Server::close_delay)),
    ("trust_proxy", Kind::Networks(Server::trust_proxy)),
    ("trust_forwarded", Kind::Networks(Server::trust_forwarded)),
    ("proxy_protocol", Kind::Networks(Server::proxy_protocol)),
    ("tcp_no_delay", Kind::Flag(Server::tcp_no_delay)),
    ("tcp_keep_alive", Kind::OptionalTime(Server::tcp_keep_alive)),
    ("backlog", Kind::ShortCount(Server::backlog)),
    ("reuse_port", Kind::Flag(Server::reuse_port)),
    ("ipv6_only", Kind::Flag(Server::ipv6_only)),
    #[cfg(unix)]
    ("unix_mode", Kind::Mode(Server::unix_mode)),
    ("threads", Kind::Count(Server::threads)),
];

impl Kind {
    pub(super) fn read(self, value: Value) -> Result<Setting, OptionsError> {
        Ok(match self {
            Self::Time(set) => setting(set, value.time()?),
            Self::OptionalTime(set) => setting(set, optional(&value, Value::time)?),
            Self::Size(set) => setting(set, value.size()?),
            Self::Count(set) => setting(set, value.count()?),
            Self::OptionalCount(set) => setting(set, optional(&value, Value::count)?),
            Self::OptionalLongCount(set) => setting(set, optional(&value, Value::count)?),
            Self::ShortCount(set) => setting(set, value.count()?),
            Self::Flag(set) => setting(set, value.flag()?),
            Self::Networks(set) => setting(set, networks(&value)?),
            #[cfg(unix)]
            Self::Mode(set) => setting(set, value.mode()?),
        })
    }
}

fn setting<T: Clone + Send + Sync + 'static>(set: fn(Server, T) -> Server, value: T) -> Setting {
    Arc::new(move |server| set(server, value.clone()))
}

fn optional<T>(
    value: &Value,
    read: impl FnOnce(&Value) -> Result<T, OptionsError>,
) -> Result<Option<T>, OptionsError> {
    match value.is_off() {
        true => Ok(None),
        false => read(value).map(Some),
    }
}

/// Returns the networks of a value. They are parsed here, because the methods of a server panic if a network is not
/// valid.
fn networks(value: &Value) -> Result<Vec<String>, OptionsError> {
    let list = value.list()?;
    match Networks::parse(&list) {
        Ok(_) => Ok(list),
        Err(invalid) => Err(OptionsError::new(invalid.to_string())),
    }
}
