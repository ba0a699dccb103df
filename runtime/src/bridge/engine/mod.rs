//! The interface between a bridge and its engine.
//!
//! An engine transports frames without interpreting their bytes. It may lose frames and may deliver them twice, but the
//! frames of one replica arrive in the order in which they were sent.

mod memory;
#[cfg(feature = "bridge-nats")]
mod nats;
#[cfg(feature = "bridge-redis")]
mod redis;

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;

pub use memory::Memory;
#[cfg(feature = "bridge-nats")]
pub use nats::Nats;
#[cfg(feature = "bridge-redis")]
pub use redis::RedisStreams;

/// An engine that passes events on between replicas: [`Memory`], `RedisStreams` or `Nats`.
///
/// The trait cannot be implemented outside of this crate. Node.js: no counterpart; Socket.IO: an adapter.
///
/// # Examples
///
/// ```
/// use onward::bridge::{Bridge, Engine};
///
/// fn start(engine: impl Engine) -> Bridge {
///     Bridge::over(engine).capacity(4096)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an engine for a bridge",
    label = "not an engine",
    note = "use `RedisStreams::connect(url).await?`, `Nats::connect(url).await?` or, in tests, `Memory::new()`"
)]
pub trait Engine: sealed::Split {}

#[diagnostic::do_not_recommend]
impl<E: sealed::Split> Engine for E {}

/// The halves of an engine, each used by one task.
pub(super) mod sealed {
    use super::{Inbound, Outbound};

    #[allow(
        private_bounds,
        reason = "nothing outside of this crate uses the halves"
    )]
    pub trait Split: Send + 'static {
        type Outbound: Outbound;
        type Inbound: Inbound;

        fn split(self) -> (Self::Outbound, Self::Inbound);
    }
}

/// The half that sends.
pub(super) trait Outbound: Send + 'static {
    /// Returns the maximum length of a frame, in bytes.
    fn max_frame(&self) -> usize;

    /// Sends a frame, and connects first if necessary. Returns when the engine has stored the frame, or has received it
    /// if the engine stores nothing. After an error, it is unknown whether the engine has the frame, and the caller
    /// sends the same frame again.
    fn send(&mut self, frame: &Bytes) -> impl Future<Output = Result<(), EngineError>> + Send;
}

/// The half that receives: every frame that is sent after [`split`](sealed::Split::split), and possibly earlier ones.
pub(super) trait Inbound: Send + 'static {
    /// Connects. If the engine stores frames, receiving continues after the last frame that was received.
    fn connect(&mut self) -> impl Future<Output = Result<Resumed, EngineError>> + Send;

    /// Waits for the next frames, for about a second at most.
    fn receive(&mut self) -> impl Future<Output = Result<Received, EngineError>> + Send;
}

/// Whether frames may have been missed since the last ones that were received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resumed {
    Complete,
    MayHaveMissed,
}

/// Received frames.
pub(super) struct Received {
    pub(super) frames: Vec<Bytes>,
    /// Whether frames before these may be missing.
    pub(super) resumed: Resumed,
    /// Whether the engine had no further frames.
    pub(super) is_complete: bool,
}

/// The error of an engine: it cannot be reached, or rejects a command.
///
/// # Examples
///
/// ```
/// use onward::bridge::{self, Bridge, Memory};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let engine = Memory::new();
/// let bridge = Bridge::over(engine.clone());
/// let error = onward::events::once_with(&bridge, bridge::Down, |error| error.to_string());
/// # onward::events::once_with(&bridge, bridge::Up, |_| ()).await.unwrap();
/// engine.stop();
/// assert_eq!(error.await.unwrap(), "the engine is stopped");
/// # }
/// ```
#[derive(Clone)]
pub struct EngineError(Arc<dyn Error + Send + Sync>);

impl EngineError {
    pub(super) fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into().into())
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for EngineError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
