//! Metrics of servers, for Prometheus.

mod labels;
mod open;
mod server_metrics;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::header;
use prometheus_client::encoding::prometheus_text;
use prometheus_client::registry::Registry;

use self::open::Open;
use self::server_metrics::ServerMetrics;
use crate::http::{Response, Sent, Server, event};
use crate::reply::Reply;

/// The metrics of one or several servers, and the page from which Prometheus reads them.
///
/// It is a handle: clones share the metrics. As a reply, it is the page, in Prometheus's text format.
///
/// | metric | type | labels |
/// |---|---|---|
/// | `http_server_requests_total` | counter | `method`, `route`, `status` |
/// | `http_server_request_duration_seconds` | histogram | `method`, `route`, `status` |
/// | `http_server_request_body_bytes_total`, `http_server_response_body_bytes_total` | counter | `method`, `route`, `status` |
/// | `http_server_requests_in_flight` | gauge | |
/// | `http_server_connections_total` | counter | |
/// | `http_server_open_connections` | gauge | |
/// | `http_server_dropped_requests_total` | counter | |
/// | `http_server_dropped_connections_total` | counter | |
///
/// A client cannot create new label values: `method` is a method of RFC 9110, `PATCH`, `QUERY` or `_OTHER`; `route` is
/// the pattern of a route of the program, such as `/products/{id: u32}`, or `unmatched`; `status` is `1xx` to `5xx`,
/// `other` for a status of 600 or more, or `none` if no headers were sent. A request is counted when its response ends,
/// and is in flight from the call to its handler until its response is sent and its body is read or discarded. A
/// dropped request is one that [`event::DropRequest`] reports; it is counted among the requests with `5xx` as well. A
/// dropped connection is one that [`event::Drop`] reports.
///
/// Node.js: no counterpart; the package `prom-client`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::observe::Metrics;
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response, metrics: Metrics) -> Result {
///     route!("/" => "hello");
///     route!("/metrics" => metrics);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let metrics = Metrics::new();
/// let handle = metrics.clone();
/// let server = http::create_server(move |req, res| shop(req, res, handle.clone()));
/// metrics.observe(&server);
///
/// server.dispatch(Request::get("/"), Response::new()).await;
/// let page = server.dispatch(Request::get("/metrics"), Response::new()).await.text();
/// assert!(page.contains(r#"http_server_requests_total{method="GET",route="/",status="2xx"} 1"#));
/// # }
/// ```
#[derive(Clone)]
pub struct Metrics(Arc<Shared>);

struct Shared {
    registry: Mutex<Registry>,
    server: ServerMetrics,
}

impl Metrics {
    /// Creates metrics with a new registry.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::observe::Metrics;
    ///
    /// assert!(Metrics::new().text().contains("http_server_open_connections 0"));
    /// ```
    pub fn new() -> Self {
        let mut registry = Registry::default();
        let server = ServerMetrics::register(&mut registry);
        Self(Arc::new(Shared {
            registry: Mutex::new(registry),
            server,
        }))
    }

    /// Counts the requests and the connections of a server, from now on.
    ///
    /// Call this method once for each server, before the server listens.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::observe::Metrics;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// Metrics::new().observe(&server);
    /// # assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    pub fn observe(&self, server: &Server) {
        let metrics = self.0.server.clone();
        server.on(event::Connection, move |socket| {
            metrics.connections.inc();
            let open = Open::count(&metrics.open_connections);
            socket.once(event::Close, move |_| drop(open));
        });
        let in_flight = self.0.server.in_flight.clone();
        server.on(event::Request, move |req| {
            let open = Open::count(&in_flight);
            req.once(event::Close, move |_| drop(open));
        });
        let dropped = self.0.server.dropped_requests.clone();
        server.on(event::DropRequest, move |_| {
            dropped.inc();
        });
        let dropped = self.0.server.dropped_connections.clone();
        server.on(event::Drop, move |_| {
            dropped.inc();
        });
        let metrics = self.0.server.clone();
        server.on(event::Finish, move |finished| metrics.record(finished));
    }

    /// Calls `register` with the registry, to add metrics of the program to the page.
    ///
    /// The registry is a type of the crate `prometheus-client`, which
    /// [`observe::prometheus_client`](crate::observe::prometheus_client) re-exports. Do not use this `Metrics` or its
    /// clones inside `register`, because a lock is held while `register` runs.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::observe::Metrics;
    /// use onward::observe::prometheus_client::metrics::counter::Counter;
    ///
    /// let orders: Counter = Counter::default();
    /// let metrics = Metrics::new();
    /// metrics.register(|registry| registry.register("orders", "Orders placed", orders.clone()));
    /// orders.inc();
    /// assert!(metrics.text().contains("orders_total 1\n"));
    /// ```
    pub fn register<T>(&self, register: impl FnOnce(&mut Registry) -> T) -> T {
        register(&mut self.registry())
    }

    /// Returns the page, in Prometheus's text format, version 0.0.4.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::observe::Metrics;
    ///
    /// let page = Metrics::new().text();
    /// assert!(page.contains("# TYPE http_server_connections_total counter\n"));
    /// ```
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail; if one of the program's own metrics fails, the page ends there.
        let _ = prometheus_text::encode(&mut text, &self.registry());
        text
    }

    fn registry(&self) -> MutexGuard<'_, Registry> {
        let registry = self.0.registry.lock();
        registry.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

/// The page of [`text`](Metrics::text).
impl Reply for Metrics {
    fn reply(self, mut res: Response) -> Sent {
        res.set_header(header::CONTENT_TYPE, prometheus_text::CONTENT_TYPE);
        res.end_with(self.text())
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}
