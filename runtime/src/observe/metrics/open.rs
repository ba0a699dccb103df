//! Counts what is currently open or in flight: connections and requests.

use prometheus_client::metrics::gauge::Gauge;

/// A guard that counts as one until it is dropped.
pub(super) struct Open(Gauge);

impl Open {
    pub(super) fn count(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}
