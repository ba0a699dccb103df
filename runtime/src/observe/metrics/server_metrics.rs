//! The metrics of a server.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::labels::{self, Labels};
use crate::http::FinishedRequest;

/// The bucket boundaries, in seconds, that OpenTelemetry's conventions recommend for `http.server.request.duration`.
const DURATIONS: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];

#[derive(Clone)]
pub(super) struct ServerMetrics {
    requests: Family<Labels, Counter>,
    durations: Family<Labels, Histogram>,
    request_bytes: Family<Labels, Counter>,
    response_bytes: Family<Labels, Counter>,
    pub(super) in_flight: Gauge,
    pub(super) connections: Counter,
    pub(super) open_connections: Gauge,
    pub(super) dropped_requests: Counter,
    pub(super) dropped_connections: Counter,
}

impl ServerMetrics {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let metrics = Self {
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(DURATIONS)),
            request_bytes: Family::default(),
            response_bytes: Family::default(),
            in_flight: Gauge::default(),
            connections: Counter::default(),
            open_connections: Gauge::default(),
            dropped_requests: Counter::default(),
            dropped_connections: Counter::default(),
        };
        // prometheus-client adds a period to each description, and `_total` to the name of each counter.
        let http = registry.sub_registry_with_prefix("http_server");
        metrics.clone().register_requests(http);
        metrics.clone().register_connections(http);
        metrics
    }

    fn register_requests(self, http: &mut Registry) {
        http.register(
            "requests",
            "Requests whose response has ended",
            self.requests,
        );
        http.register(
            "request_duration_seconds",
            "Time from the end of the request headers until the end of the response",
            self.durations,
        );
        http.register(
            "request_body_bytes",
            "Received bytes of request bodies",
            self.request_bytes,
        );
        http.register(
            "response_body_bytes",
            "Sent bytes of response bodies",
            self.response_bytes,
        );
        http.register(
            "requests_in_flight",
            "Requests that are being handled",
            self.in_flight,
        );
        http.register(
            "dropped_requests",
            "Requests rejected because the server was overloaded",
            self.dropped_requests,
        );
    }

    fn register_connections(self, http: &mut Registry) {
        http.register("connections", "Accepted connections", self.connections);
        http.register(
            "open_connections",
            "Open connections",
            self.open_connections,
        );
        http.register(
            "dropped_connections",
            "Connections closed because there were too many",
            self.dropped_connections,
        );
    }

    pub(super) fn record(&self, finished: &FinishedRequest) {
        let labels = labels::of(finished);
        self.requests.get_or_create(&labels).inc();
        let seconds = finished.duration.as_secs_f64();
        self.durations.get_or_create(&labels).observe(seconds);
        let bytes = finished.request_bytes;
        self.request_bytes.get_or_create(&labels).inc_by(bytes);
        let bytes = finished.response_bytes;
        self.response_bytes.get_or_create(&labels).inc_by(bytes);
    }
}
