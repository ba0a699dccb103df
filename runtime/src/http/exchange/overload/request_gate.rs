//! Limits how many requests are handled at a time, and for how long further requests wait.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use super::Gate;
use super::latency_gate::LatencyGate;
use crate::http::events::DropReason;
use crate::http::request::Request;

/// A function that returns whether a request is exempt from the limits.
pub(crate) type Exempt = Arc<dyn Fn(&Request) -> bool + Send + Sync>;

#[derive(Clone)]
pub(crate) struct GateLimits {
    /// How many requests may be handled at a time.
    pub(crate) concurrent: Option<usize>,
    /// How many more requests may wait; `None` means as many as may be handled.
    pub(crate) queued: Option<usize>,
    /// How long a request may wait in the queue.
    pub(crate) queue_timeout: Option<Duration>,
    /// The latency above which an overloaded server rejects requests.
    pub(crate) latency: Option<Duration>,
    pub(crate) exempt: Option<Exempt>,
}

impl Default for GateLimits {
    fn default() -> Self {
        Self {
            concurrent: None,
            queued: None,
            queue_timeout: Some(Duration::from_secs(1)),
            latency: None,
            exempt: None,
        }
    }
}

impl fmt::Debug for GateLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GateLimits").finish_non_exhaustive()
    }
}

/// The gate that the requests of a server pass before their handler is called.
#[derive(Debug)]
pub(crate) struct RequestGate {
    limits: GateLimits,
    concurrent: Option<Arc<Semaphore>>,
    /// The number of requests that are waiting for other requests to end.
    queued: AtomicUsize,
    latency: Option<LatencyGate>,
}

/// The permission to handle a request. Dropping it admits the next request.
#[derive(Debug, Default)]
pub(super) struct Permit {
    /// Held until the handler returns.
    _concurrent: Option<OwnedSemaphorePermit>,
    /// Held until the handler has been polled once.
    start: Option<OwnedSemaphorePermit>,
}

impl Permit {
    /// Called when the handler has been polled.
    #[inline]
    pub(super) fn started(&mut self) {
        self.start = None;
    }
}

pub(super) type Waiting = Pin<Box<dyn Future<Output = Result<Permit, DropReason>> + Send>>;

pub(super) enum Entry {
    Open(Permit),
    Waiting(Waiting),
    Rejected(DropReason),
}

impl RequestGate {
    /// Creates a gate, or returns `None` if nothing is limited.
    pub(crate) fn of(limits: &GateLimits) -> Option<Arc<dyn Gate>> {
        if limits.concurrent.is_none() && limits.latency.is_none() {
            return None;
        }
        let semaphore = |count: usize| Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS)));
        Some(Arc::new(Self {
            concurrent: limits.concurrent.map(semaphore),
            queued: AtomicUsize::new(0),
            latency: limits.latency.map(LatencyGate::new),
            limits: limits.clone(),
        }))
    }

    /// Decides whether a request passes, waits or is rejected. Calls the `exempt` function of the program, which may
    /// panic.
    pub(super) fn enter(self: &Arc<Self>, req: &Request) -> Entry {
        if self
            .limits
            .exempt
            .as_ref()
            .is_some_and(|exempt| exempt(req))
        {
            return Entry::Open(Permit::default());
        }
        let concurrent = match &self.concurrent {
            None => None,
            Some(semaphore) => match Arc::clone(semaphore).try_acquire_owned() {
                Ok(permit) => Some(permit),
                Err(_) => return self.enter_queue(),
            },
        };
        match self.latency {
            None => Entry::Open(Permit {
                _concurrent: concurrent,
                start: None,
            }),
            Some(_) => {
                let gate = Arc::clone(self);
                Entry::Waiting(Box::pin(gate.start(concurrent, Instant::now())))
            }
        }
    }

    #[cold]
    fn enter_queue(self: &Arc<Self>) -> Entry {
        let limit = self.limits.queued.or(self.limits.concurrent);
        let before = self.queued.fetch_add(1, Ordering::Relaxed);
        let place = QueuePlace(Arc::clone(self));
        match before < limit.unwrap_or(usize::MAX) {
            true => Entry::Waiting(Box::pin(place.wait())),
            false => Entry::Rejected(DropReason::QueueFull),
        }
    }

    async fn start(
        self: Arc<Self>,
        concurrent: Option<OwnedSemaphorePermit>,
        received: Instant,
    ) -> Result<Permit, DropReason> {
        let start = match &self.latency {
            None => None,
            Some(latency) => Some(latency.pass(received).await.ok_or(DropReason::Latency)?),
        };
        Ok(Permit {
            _concurrent: concurrent,
            start,
        })
    }
}

/// The place of a request that waits for another one to end. Dropping the place removes the request from the count.
struct QueuePlace(Arc<RequestGate>);

impl QueuePlace {
    async fn wait(self) -> Result<Permit, DropReason> {
        let received = Instant::now();
        let gate = Arc::clone(&self.0);
        let concurrent = match &gate.concurrent {
            None => None,
            Some(semaphore) => {
                let acquired = Arc::clone(semaphore).acquire_owned();
                let acquired = match gate.limits.queue_timeout {
                    None => Ok(acquired.await),
                    Some(limit) => timeout(limit, acquired).await,
                };
                // The semaphore is never closed.
                acquired.map_err(|_| DropReason::QueueTimeout)?.ok()
            }
        };
        drop(self);
        gate.start(concurrent, received).await
    }
}

impl Drop for QueuePlace {
    fn drop(&mut self) {
        self.0.queued.fetch_sub(1, Ordering::Relaxed);
    }
}
