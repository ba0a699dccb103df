//! A span for each request.

mod query;
mod span;
mod trace_parent;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tracing::Span;

pub use self::trace_parent::TraceParent;
use crate::http::{FinishedRequest, Request, Server, event};

type OnStart = dyn Fn(&Span, &Request) + Send + Sync;
type OnFinish = dyn Fn(&Span, &FinishedRequest) + Send + Sync;

/// A span of the crate `tracing` for each request, with the names of OpenTelemetry's conventions for HTTP servers.
///
/// The handler runs inside the span, so its log lines and its spans belong to the request. Its hooks of
/// [`before_head`](crate::http::Response::before_head) and the listeners of
/// [`event::Request`](crate::http::event::Request) and [`event::Finish`](crate::http::event::Finish) also run inside
/// the span. Bodies that the connection polls and tasks that the handler spawns do not: use `tracing::Instrument` for
/// these. The span ends when both the response and the handler have ended.
///
/// The span has the level `INFO`, the target `onward::request` and these fields:
///
/// | fields | recorded |
/// |---|---|
/// | `otel.name` (the method; at the end, if a route matched, `GET /products/{id: u32}`), `otel.kind`, `http.request.method` (`_OTHER` if it is not a method of RFC 9110, `PATCH` or `QUERY`; then `http.request.method_original` contains the method), `url.scheme`, `url.path`, `url.query` (without signatures), `server.address`, `server.port`, `network.protocol.version`, `network.peer.address`, `network.peer.port`, `client.address`, `user_agent.original` | at its start |
/// | `trace_id`, `parent_id`: those of [`TraceParent`] | at its start |
/// | `request_id`: that of [`request_id`](crate::observe::request_id) | when it is set |
/// | `http.route`, `http.response.status_code`, `http.request.body.size`, `http.response.body.size`, `error.type` (the status of a 5xx, or why the response is not complete), `otel.status_code` and `otel.status_description` (the cause of a 5xx or of an aborted response) | at its end |
///
/// A request that a listener of [`event::CheckContinue`](crate::http::event::CheckContinue) takes from the handler has
/// no span.
///
/// Node.js: no counterpart; the package `@opentelemetry/instrumentation-http`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::observe::Tracing;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move {
///     tracing::info!("this line belongs to the span of the request");
///     res.send("hello")
/// });
/// Tracing::new().observe(&server);
/// # assert_eq!(server.listener_count(event::Finish), 1);
/// ```
#[derive(Default)]
#[must_use = "call `observe`"]
pub struct Tracing {
    on_start: Option<Box<OnStart>>,
    on_finish: Option<Box<OnFinish>>,
}

impl Tracing {
    /// Creates a `Tracing` without callbacks.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::Tracing;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// Tracing::new().observe(&server);
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a function that is called with each new span, before it is entered.
    ///
    /// Use the function to give the span a parent that another program sent, or to record fields. If it panics, the
    /// span is used nevertheless. Default: none.
    ///
    /// # Examples
    ///
    /// With the crate `tracing-opentelemetry`, spans continue the trace of the client:
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::{TraceParent, Tracing};
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let tracing = Tracing::new().on_start(|span, req| {
    ///     if let Some(parent) = TraceParent::of(&req.headers) {
    ///         set_parent(span, parent); // the guide contains this function
    ///     }
    /// });
    /// tracing.observe(&server);
    /// # fn set_parent(_: &tracing::Span, _: TraceParent) {}
    /// ```
    pub fn on_start(mut self, f: impl Fn(&Span, &Request) + Send + Sync + 'static) -> Self {
        self.on_start = Some(Box::new(f));
        self
    }

    /// Sets a function that is called with each span when the response has ended and the fields have been recorded.
    ///
    /// Default: none.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::Tracing;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let tracing = Tracing::new().on_finish(|_span, finished| {
    ///     tracing::info!(route = finished.route, "a request ended");
    /// });
    /// tracing.observe(&server);
    /// ```
    pub fn on_finish(
        mut self,
        f: impl Fn(&Span, &FinishedRequest) + Send + Sync + 'static,
    ) -> Self {
        self.on_finish = Some(Box::new(f));
        self
    }

    /// Creates a span for each request of a server.
    ///
    /// Call this method once, before the server listens: connections that are already open get no spans, and a second
    /// call has no effect.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::Tracing;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// Tracing::new().observe(&server);
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    pub fn observe(self, server: &Server) {
        let Self {
            on_start,
            on_finish,
        } = self;
        let is_first = server.set_span_factory(Arc::new(move |req| {
            let span = span::new(req);
            if let Some(on_start) = &on_start {
                // A panic in `on_start` that is not caught would replace the handler's response.
                let _ = catch_unwind(AssertUnwindSafe(|| on_start(&span, req)));
            }
            span
        }));
        if !is_first {
            return;
        }
        server.on(event::Finish, move |finished| {
            let span = finished.span();
            span::record_end(span, finished);
            if let Some(on_finish) = &on_finish {
                on_finish(span, finished);
            }
        });
    }
}

impl fmt::Debug for Tracing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tracing").finish_non_exhaustive()
    }
}
