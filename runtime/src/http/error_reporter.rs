//! Where an error goes that no caller can return.

use std::sync::Arc;

use crate::error::Error;

/// Reports errors; a server emits them as its `Error` event.
pub(crate) trait ReportError: Send + Sync + std::fmt::Debug {
    fn report(&self, error: &Error);
}

pub(crate) type ErrorReporter = Arc<dyn ReportError>;
