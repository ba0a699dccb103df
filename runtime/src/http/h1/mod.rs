//! HTTP/1.x on the wire.

pub(crate) mod buffer;
pub(crate) mod byte_class;
pub(crate) mod chunked;
pub(crate) mod expect;
pub(crate) mod host;
pub(crate) mod inbound;
pub(crate) mod outbound;
pub(crate) mod parse_error;
pub(crate) mod request_head;
