//! Writes lines on a separate thread, so that requests never wait for the destination.
//!
//! Invariants:
//!
//! 1. `push` never waits for the destination: it copies a line into a buffer of a limited size, or counts it as lost.
//! 2. The destination is used only by the thread of the writer, without the lock.
//! 3. If the destination fails or panics, the lines that it was given are lost; the destination still gets later lines.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How many bytes may wait for the destination.
const MAX_WAITING: usize = 1024 * 1024;

/// How long dropping a writer waits for the last lines to be written.
const DROP_TIMEOUT: Duration = Duration::from_secs(1);

pub(super) type Destination = Box<dyn Write + Send>;

pub(super) struct LineWriter(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    /// Notified when there are lines to write, or when no more lines will follow.
    has_lines: Condvar,
    /// Notified when the thread has ended.
    ended: Condvar,
}

struct State {
    /// The destination, until the first line is pushed, which starts the thread.
    unstarted: Option<Destination>,
    is_running: bool,
    is_closing: bool,
    waiting: Lines,
    lost: u64,
}

#[derive(Default)]
struct Lines {
    bytes: Vec<u8>,
    count: u64,
}

impl LineWriter {
    #[inline]
    pub(super) fn new(destination: Destination) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::new(State {
                unstarted: Some(destination),
                is_running: false,
                is_closing: false,
                waiting: Lines::default(),
                lost: 0,
            }),
            has_lines: Condvar::new(),
            ended: Condvar::new(),
        }))
    }

    #[inline]
    pub(super) fn push(&self, line: &str) {
        let mut state = self.0.lock();
        if let Some(destination) = state.unstarted.take() {
            state.is_running = start(Arc::clone(&self.0), destination);
        }
        if !state.is_running || state.waiting.bytes.len() + line.len() > MAX_WAITING {
            state.lost += 1;
            return;
        }
        state.waiting.bytes.extend_from_slice(line.as_bytes());
        state.waiting.count += 1;
        if state.waiting.count == 1 {
            self.0.has_lines.notify_one();
        }
    }

    /// Returns the number of lines that were not written.
    #[inline]
    pub(super) fn lost(&self) -> u64 {
        self.0.lock().lost
    }
}

/// Waits until the last lines are written, for a limited time, because a program usually ends right after it drops its
/// log.
impl Drop for LineWriter {
    #[inline]
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.is_closing = true;
        self.0.has_lines.notify_one();
        let ended = &self.0.ended;
        let waited = ended.wait_timeout_while(state, DROP_TIMEOUT, |state| state.is_running);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }
}

/// Starts the thread. Returns whether it was started.
#[inline]
fn start(shared: Arc<Shared>, destination: Destination) -> bool {
    let thread = thread::Builder::new().name("access-log".to_owned());
    let started = thread.spawn(move || run(&shared, destination));
    if let Err(error) = &started {
        eprintln!("the access log cannot be written: {error}");
    }
    started.is_ok()
}

/// Writes lines until no more will follow.
#[inline]
fn run(shared: &Shared, mut destination: Destination) {
    let mut lines = Lines::default();
    let mut reported = 0;
    let mut was_written = true;
    while shared.next(&mut lines) {
        let written = write(&mut destination, &lines.bytes);
        if written.is_err() {
            shared.lock().lost += lines.count;
        }
        match &written {
            // A destination that keeps failing is reported once.
            Err(error) if was_written => {
                eprintln!("the access log cannot be written, and loses lines: {error}");
                reported = shared.lock().lost;
            }
            Err(_) => {}
            Ok(()) => report_lost(shared, &mut reported),
        }
        was_written = written.is_ok();
    }
    // Closing the destination may take a while.
    drop(destination);
    shared.lock().is_running = false;
    shared.ended.notify_all();
}

/// Reports lines that were lost because the destination was too slow or failed.
#[inline]
fn report_lost(shared: &Shared, reported: &mut u64) {
    let lost = shared.lock().lost;
    if lost > *reported {
        eprintln!(
            "the access log has lost {lost} lines, because its destination is slow or has failed"
        );
        *reported = lost;
    }
}

#[inline]
fn write(destination: &mut Destination, bytes: &[u8]) -> io::Result<()> {
    let written = catch_unwind(AssertUnwindSafe(|| {
        destination.write_all(bytes)?;
        destination.flush()
    }));
    written.unwrap_or_else(|_| Err(io::Error::other("the destination panicked")))
}

impl Shared {
    #[inline]
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for lines, and swaps them with `lines`, which have been written. Returns `false` if no more will follow.
    #[inline]
    fn next(&self, lines: &mut Lines) -> bool {
        lines.bytes.clear();
        lines.count = 0;
        let state = self.lock();
        let is_idle = |state: &mut State| state.waiting.count == 0 && !state.is_closing;
        let waited = self.has_lines.wait_while(state, is_idle);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::swap(&mut state.waiting, lines);
        lines.count > 0
    }
}
