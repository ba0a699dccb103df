//! What a server puts up with.

use std::time::Duration;

#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) body: usize,
    pub(crate) request: Option<Duration>,
}
