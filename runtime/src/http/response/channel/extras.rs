//! Parts that most responses do not have, in a separate allocation.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use http::StatusCode;

use super::ResponseChannel;
use super::head_hooks::HookCode;
use crate::http::response::encoding::encoded_body::EncodedBody;
use crate::http::response::hooks::Hook;
use crate::http::response::hooks::run::HookRun;

#[derive(Default)]
pub(super) struct Extras {
    /// The hooks in the order in which they were added.
    pub(super) hooks: Vec<Hook>,
    /// The code that runs the hooks, once a hook has been added.
    pub(super) hook_code: Option<&'static HookCode>,
    /// The running hooks, once they have started.
    pub(super) run: Option<HookRun>,
    /// The encoder of a streamed body.
    pub(super) encoded: Option<Box<EncodedBody>>,
    /// The status that the handler wrote, once the hooks have started.
    pub(super) handler_status: Option<StatusCode>,
    pub(super) request_id: Option<Arc<str>>,
    /// The data for the server's `Finish` event, if it has a listener.
    pub(super) record: Option<Record>,
    /// The span of the request, until its record is taken.
    #[cfg(feature = "tracing")]
    pub(super) span: Option<tracing::Span>,
    /// The channel to which this channel passes the errors that it reports.
    pub(super) reports_to: Option<Arc<ResponseChannel>>,
}

impl Extras {
    /// Removes the parts, and keeps the allocation. The fields are reset one by one, because most of them are
    /// already empty.
    pub(super) fn clear(&mut self) {
        self.hooks.clear();
        self.hook_code = None;
        self.run = None;
        self.encoded = None;
        self.handler_status = None;
        self.request_id = None;
        self.record = None;
        #[cfg(feature = "tracing")]
        {
            self.span = None;
        }
        self.reports_to = None;
    }
}

/// The data that is recorded while a request is handled.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) start: Instant,
    /// The time at which the head was taken, and its status.
    pub(crate) head: Option<(Instant, StatusCode)>,
    /// The number of bytes of the body that were taken before the protocol stopped reading it.
    pub(crate) body_bytes: Option<u64>,
    /// The first error that was reported.
    pub(crate) cause: Option<String>,
}

impl Record {
    pub(super) fn new() -> Self {
        Self {
            start: Instant::now(),
            head: None,
            body_bytes: None,
            cause: None,
        }
    }
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras").finish_non_exhaustive()
    }
}
