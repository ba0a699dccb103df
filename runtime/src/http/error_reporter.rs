//! Reports errors for which there is no caller to return them to.

use std::sync::Arc;

use crate::error::Error;

/// Reports errors. A server emits them as its `Error` event.
pub(crate) trait ReportError: Send + Sync + std::fmt::Debug {
    fn report(&self, error: &Error);
}

pub(crate) type ErrorReporter = Arc<dyn ReportError>;
