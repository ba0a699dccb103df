//! The data that a server reports about a request: its route, its id and the record for `Finish`.

use std::sync::Arc;
use std::time::Instant;

use super::extras::Record;
use super::{ResponseChannel, ResponseState};
use crate::error::Error;
use crate::http::request::summary::RequestSummary;
use crate::http::sync::lock;

/// A record with the data that the channel adds to it.
pub(crate) struct FinishedRecord {
    pub(crate) record: Record,
    pub(crate) summary: RequestSummary,
    /// The number of bytes of the body that the protocol has taken.
    pub(crate) body_bytes: u64,
    /// Whether the response was aborted after its head was sent.
    pub(crate) is_aborted: bool,
    #[cfg(feature = "tracing")]
    pub(crate) span: Option<tracing::Span>,
}

impl ResponseChannel {
    /// Begins the record of a request.
    #[cold]
    pub(crate) fn begin_record(&self) {
        let record = Record::new();
        lock(&self.state).extras().record = Some(record);
    }

    /// Takes the record once the response has ended. Returns `None` if nothing is recorded.
    #[cold]
    pub(crate) fn take_record(&self) -> Option<FinishedRecord> {
        let mut state = lock(&self.state);
        let extras = state.extras.as_mut()?;
        let record = extras.record.take()?;
        let encoded = extras.encoded.as_ref();
        let bytes = encoded.map(|body| body.sent).or(record.body_bytes);
        #[cfg(feature = "tracing")]
        let span = extras.span.take();
        let body_bytes = match (record.head, bytes) {
            (Some(_), None) if state.has_body() => state.taken(),
            (Some(_), Some(bytes)) if state.has_body() => bytes,
            _ => 0,
        };
        Some(FinishedRecord {
            record,
            is_aborted: state.aborted,
            summary: self.summary_with(&state)?,
            body_bytes,
            #[cfg(feature = "tracing")]
            span,
        })
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn set_span(&self, span: tracing::Span) {
        lock(&self.state).extras().span = Some(span);
    }

    /// Returns the summary of the request, with its route if the route is recorded.
    pub(crate) fn summary(&self) -> Option<RequestSummary> {
        self.summary_with(&lock(&self.state))
    }

    fn summary_with(&self, state: &ResponseState) -> Option<RequestSummary> {
        let mut summary = self.request.summary()?;
        summary.route = state.routes.pattern();
        summary.request_id = state.request_id();
        Some(summary)
    }

    /// Records the route of the request.
    #[cold]
    pub(crate) fn set_route(&self, pattern: &'static str) {
        lock(&self.state).routes.set_route(pattern);
    }

    /// Records a mount above the route of the request.
    #[cold]
    pub(crate) fn push_mount(&self, pattern: &'static str) {
        lock(&self.state).routes.push_mount(pattern);
    }

    pub(crate) fn set_request_id(&self, id: Arc<str>) {
        let mut state = lock(&self.state);
        let extras = state.extras();
        extras.request_id = Some(Arc::clone(&id));
        #[cfg(feature = "tracing")]
        if let Some(span) = extras.span.clone() {
            // A subscriber may run arbitrary code, so the lock is released first.
            drop(state);
            span.record("request_id", &*id);
        }
    }

    pub(crate) fn request_id(&self) -> Option<Arc<str>> {
        lock(&self.state).request_id()
    }

    /// Reports an error, unless an error was already reported for this response.
    pub(crate) fn report_once(&self, error: &mut Error) {
        let reported = lock(&self.state).reported;
        if !reported {
            self.report(error);
        }
    }

    /// Reports an error with its request as the server's `Error` event, or prints it.
    pub(crate) fn report(&self, error: &mut Error) {
        let cause = self.request.is_watched.then(|| error.to_string());
        let mut state = lock(&self.state);
        state.reported = true;
        let reports_to = match &mut *state.extras {
            Some(extras) => {
                if let Some(record) = &mut extras.record {
                    record.cause = record.cause.take().or(cause);
                }
                extras.reports_to.clone()
            }
            None => None,
        };
        drop(state);
        if let Some(channel) = reports_to {
            return channel.report(error);
        }
        error.set_request(self.summary());
        match &self.reporter {
            Some(reporter) => reporter.report(error),
            None => eprintln!("{error}"),
        }
    }
}

impl ResponseState {
    fn request_id(&self) -> Option<Arc<str>> {
        self.extras.as_ref()?.request_id.clone()
    }

    /// Returns how many bytes of the body were taken.
    fn taken(&self) -> u64 {
        self.written.saturating_sub(self.body.len() as u64)
    }

    /// Called when the protocol stops reading the body.
    pub(super) fn record_end(&mut self) {
        let taken = self.taken();
        if let Some(extras) = &mut *self.extras
            && let Some(record) = &mut extras.record
        {
            record.body_bytes.get_or_insert(taken);
        }
    }

    /// Called when the protocol takes the head.
    pub(super) fn record_head(&mut self) {
        let status = self.head.status;
        if let Some(extras) = &mut *self.extras
            && let Some(record) = &mut extras.record
        {
            record.head = Some((Instant::now(), status));
        }
    }
}
