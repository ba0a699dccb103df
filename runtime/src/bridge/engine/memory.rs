//! An engine in memory, for tests.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::sealed::Split;
use super::{EngineError, Inbound, Outbound, Received, Resumed};
use crate::bridge::frame;

/// The maximum number of stored frames. Older frames are removed.
const MAX_FRAMES: usize = 1024;

/// How long to wait for frames.
const WAIT: Duration = Duration::from_millis(100);

/// An engine in memory, for tests: bridges over clones of it are replicas of each other.
///
/// Node.js: no counterpart; Socket.IO: the in-memory adapter.
///
/// # Examples
///
/// ```
/// use onward::bridge::{Bridge, Memory};
/// use onward::events::Emitter;
///
/// onward::events! { ShopEvents { Sold(u32) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let engine = Memory::new();
/// let (berlin, paris) = (Emitter::<ShopEvents>::new(), Emitter::<ShopEvents>::new());
/// let bridge = Bridge::over(engine.clone()).carry(&berlin, Sold);
/// let _other = Bridge::over(engine).carry(&paris, Sold);
///
/// let sold = onward::events::once_with(&paris, Sold, |id| *id);
/// assert!(bridge.emit(Sold, &7));
/// assert_eq!(sold.await, Ok(7));
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Memory(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<Log>,
    changed: Notify,
}

#[derive(Default)]
struct Log {
    frames: VecDeque<Bytes>,
    /// The number of removed frames.
    first: u64,
    is_stopped: bool,
    /// How many more frames with events the engine loses.
    to_lose: u64,
}

impl Memory {
    /// Creates an engine that no bridge uses yet.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, Memory};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let bridge = Bridge::over(Memory::new());
    /// # }
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the engine until [`start`](Self::start), as if it could not be reached: bridges emit `Down`.
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
    /// onward::events::once_with(&bridge, bridge::Up, |_| ()).await.unwrap();
    /// let down = onward::events::once_with(&bridge, bridge::Down, |_| ());
    /// engine.stop();
    /// down.await.unwrap();
    /// # }
    /// ```
    pub fn stop(&self) {
        self.lock().is_stopped = true;
        self.0.changed.notify_waiters();
    }

    /// Starts the engine after [`stop`](Self::stop). The stored events are kept.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{self, Bridge, Memory};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let engine = Memory::new();
    /// engine.stop();
    /// let bridge = Bridge::over(engine.clone());
    /// let up = onward::events::once_with(&bridge, bridge::Up, |_| ());
    /// engine.start();
    /// up.await.unwrap();
    /// # }
    /// ```
    pub fn start(&self) {
        self.lock().is_stopped = false;
        self.0.changed.notify_waiters();
    }

    /// Loses the next `messages` messages that contain events, so that replicas emit `Gap`.
    ///
    /// A message contains up to 256 events.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{self, Bridge, Memory};
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ShopEvents { Sold(u32) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), bridge::EmitError> {
    /// let engine = Memory::new();
    /// let shop: Emitter<ShopEvents> = Emitter::new();
    /// let bridge = Bridge::over(engine.clone()).carry(&shop, Sold);
    /// let other = Bridge::over(engine.clone()).carry(&shop, Sold);
    ///
    /// bridge.emit_confirmed(Sold, &1).await?;
    /// let gap = onward::events::once_with(&other, bridge::Gap, |gap| gap.count);
    /// engine.lose(1);
    /// bridge.emit_confirmed(Sold, &2).await?;
    /// bridge.emit(Sold, &3);
    /// assert_eq!(gap.await, Ok(Some(1)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn lose(&self, messages: u64) {
        self.lock().to_lose += messages;
    }

    fn lock(&self) -> MutexGuard<'_, Log> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    fn end(&self) -> u64 {
        self.first + self.frames.len() as u64
    }

    fn check(&self) -> Result<(), EngineError> {
        match self.is_stopped {
            true => Err(EngineError::new("the engine is stopped")),
            false => Ok(()),
        }
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl Split for Memory {
    type Outbound = Self;
    type Inbound = MemoryInbound;

    fn split(self) -> (Self, MemoryInbound) {
        let inbound = MemoryInbound {
            next: self.lock().end(),
            engine: self.clone(),
        };
        (self, inbound)
    }
}

impl Outbound for Memory {
    fn max_frame(&self) -> usize {
        usize::MAX
    }

    async fn send(&mut self, frame: &Bytes) -> Result<(), EngineError> {
        let mut log = self.lock();
        log.check()?;
        if log.to_lose > 0 && frame::has_events(frame) {
            log.to_lose -= 1;
            return Ok(());
        }
        log.frames.push_back(frame.clone());
        if log.frames.len() > MAX_FRAMES {
            log.frames.pop_front();
            log.first += 1;
        }
        drop(log);
        self.0.changed.notify_waiters();
        Ok(())
    }
}

pub struct MemoryInbound {
    engine: Memory,
    next: u64,
}

impl MemoryInbound {
    /// Returns the frames that have not been received yet.
    fn read(&mut self) -> Result<Received, EngineError> {
        let log = self.engine.lock();
        log.check()?;
        let resumed = match self.next < log.first {
            true => Resumed::MayHaveMissed,
            false => Resumed::Complete,
        };
        // The index fits, because it is not greater than the length of the queue.
        let skip = self.next.saturating_sub(log.first) as usize;
        let frames = log.frames.iter().skip(skip).cloned().collect();
        self.next = log.end();
        Ok(Received {
            frames,
            resumed,
            is_complete: true,
        })
    }
}

impl Inbound for MemoryInbound {
    async fn connect(&mut self) -> Result<Resumed, EngineError> {
        self.engine.lock().check()?;
        Ok(Resumed::Complete)
    }

    async fn receive(&mut self) -> Result<Received, EngineError> {
        let engine = self.engine.clone();
        let changed = engine.0.changed.notified();
        let received = self.read()?;
        if !received.frames.is_empty() {
            return Ok(received);
        }
        // A timeout is not an error: `read` then returns no frames.
        let _ = timeout(WAIT, changed).await;
        self.read()
    }
}
