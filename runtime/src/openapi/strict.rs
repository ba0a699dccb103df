//! The functions that `openapi = strict` calls: they compile only for types that are described.

use super::{Describe, HasSchema};
use crate::error::Result;
use crate::http::Sent;

/// Accepts the type of a parameter.
pub fn value<T: HasSchema>() {}

/// Accepts the type of a body or a reply.
pub fn content<T: Describe>() {}

/// Accepts the return type of a server.
pub fn error<T: Output>() {}

/// A return type whose error type is described.
pub trait Output {}

#[diagnostic::do_not_recommend]
impl<E: Describe> Output for Result<Sent, E> {}
