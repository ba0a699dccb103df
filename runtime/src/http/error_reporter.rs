//! Reports errors that cannot be returned to a caller.

use std::sync::Arc;

use crate::error::Error;

/// A reporter of errors. A server emits them as its `Error` event.
pub(crate) trait ReportError: Send + Sync {
    fn report(&self, error: &Error);
}

pub(crate) type ErrorReporter = Arc<dyn ReportError>;
