//! A connection as all its parts share it: the stream, what has been read of it, what waits to be sent.
//!
//! hyper reads and writes through it ([`Io`](super::io::Io)), the connection's task looks after it, and whoever holds the
//! request's socket may ask it.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use hyper::rt::ReadBufCursor;
use tokio::io::ReadBuf;

use super::event::{self, SocketEvents};
use super::exchange::lock;
use super::head::{Flaw, Rules};
use super::inbound::{Arrived, Inbound};
use super::io::Stream;
use super::outbound::{GATHERED, Outbound, taken, total};
use super::progress::Progress;
use crate::events::Emitter;

/// How much is read at a time, and how much is read ahead while a request is answered, in bytes.
const CHUNK: usize = 16 * 1024;

#[derive(Debug)]
pub(crate) struct Wire {
    state: Mutex<State>,
    progress: Progress,
    /// Somebody wants the connection to be cut.
    destroyed: AtomicBool,
    emitter: Emitter<SocketEvents>,
}

#[derive(Debug)]
struct State {
    stream: Option<Stream>,
    inbound: Inbound,
    outbound: Outbound,
    /// How many requests the handler was called for.
    started: u64,
    read: u64,
    written: u64,
    /// The connection's task.
    task: Option<Waker>,
}

/// What a connection without a request finds.
pub(crate) enum Found {
    /// A request, up to its body.
    Head,
    /// The client is done.
    End,
    Flaw(Flaw),
    Failed(io::Error),
}

/// A request as its handler is called.
pub(crate) struct Started {
    /// Its number on this connection, from 1.
    pub(crate) number: u64,
    /// It has an `expect` or an `upgrade`, or is a CONNECT.
    pub(crate) special: bool,
    pub(crate) arrived: Arrived,
}

/// What a connection's clock needs to know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traffic {
    pub(crate) heads: u64,
    /// The next head has begun.
    pub(crate) begun: bool,
    /// The client sends no more.
    pub(crate) ended: bool,
    /// What was sent waits for the client to take it.
    pub(crate) blocked: bool,
    /// Bytes in and out.
    pub(crate) bytes: u64,
}

impl Wire {
    /// A wire that leads nowhere: that of a request or response made by hand, or of a connection that is not served yet.
    pub(crate) fn detached() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                stream: None,
                inbound: Inbound::new(Rules {
                    size: 0,
                    count: 0,
                    host: false,
                }),
                outbound: Outbound::default(),
                started: 0,
                read: 0,
                written: 0,
                task: None,
            }),
            progress: Progress::new(),
            destroyed: AtomicBool::new(false),
            emitter: Emitter::new(),
        })
    }

    /// Gives it the stream it is for.
    pub(crate) fn attach(&self, stream: Stream, rules: Rules) {
        let mut state = lock(&self.state);
        state.stream = Some(stream);
        state.inbound = Inbound::new(rules);
    }

    /// Sends an interim answer (1xx), complete with its blank line, ahead of the answer to the request in hand. `false` if
    /// nobody reads any more.
    pub(crate) fn inform(&self, interim: &[u8]) -> bool {
        let mut state = lock(&self.state);
        if state.stream.is_none() {
            return false;
        }
        state.outbound.push(interim);
        let task = state.task.clone();
        drop(state);
        wake(task);
        true
    }

    /// The handler sent a 100: hyper's own is held back.
    pub(crate) fn continued(&self) {
        lock(&self.state).outbound.continued();
    }

    /// The next head goes out without `date`.
    pub(crate) fn undated(&self) {
        lock(&self.state).outbound.undated();
    }

    /// Cuts the connection.
    pub(crate) fn destroy(&self) {
        self.destroyed.store(true, Relaxed);
        let task = lock(&self.state).task.clone();
        wake(task);
    }

    #[inline]
    pub(crate) fn is_destroyed(&self) -> bool {
        self.destroyed.load(Relaxed)
    }

    /// How many bytes came from the client.
    pub(crate) fn bytes_read(&self) -> u64 {
        lock(&self.state).read
    }

    /// How many bytes went to the client.
    pub(crate) fn bytes_written(&self) -> u64 {
        lock(&self.state).written
    }

    pub(crate) fn emitter(&self) -> &Emitter<SocketEvents> {
        &self.emitter
    }
}

fn wake(task: Option<Waker>) {
    if let Some(task) = task {
        task.wake();
    }
}

/// The connection's side.
impl Wire {
    /// A request that is complete up to its body, for a connection that has none.
    pub(crate) fn poll_head(&self, cx: &mut Context<'_>) -> Poll<Found> {
        loop {
            let mut state = lock(&self.state);
            if state.inbound.find_head() {
                return Poll::Ready(Found::Head);
            }
            if let Some(flaw) = state.inbound.flaw() {
                return Poll::Ready(Found::Flaw(flaw));
            }
            if state.inbound.ended {
                return Poll::Ready(match state.inbound.begun() {
                    true => Found::Flaw(super::head::bad("the request ended before its head did")),
                    false => Found::End,
                });
            }
            let read = ready!(state.poll_fill(cx));
            drop(state);
            match read {
                Ok(read) => self.tell_read(read),
                Err(error) => return Poll::Ready(Found::Failed(error)),
            }
        }
    }

    /// Reads ahead while a request is answered, as far as that is bounded: so that a client that is gone is noticed.
    /// `true`: it sends no more.
    pub(crate) fn poll_watch(&self, cx: &mut Context<'_>) -> io::Result<bool> {
        loop {
            let mut state = lock(&self.state);
            if state.inbound.ended || state.inbound.waiting() >= CHUNK {
                return Ok(state.inbound.ended);
            }
            let Poll::Ready(read) = state.poll_fill(cx) else {
                return Ok(false);
            };
            if state.inbound.in_body() {
                // hyper may wait for this.
                cx.waker().wake_by_ref();
            }
            drop(state);
            self.tell_read(read?);
        }
    }

    /// Sends what is gathered.
    pub(crate) fn poll_send(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut state = lock(&self.state);
        match &mut state.task {
            Some(task) => task.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
        state.poll_send(cx)
    }

    pub(crate) fn poll_shutdown(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut lock(&self.state).stream {
            Some(stream) => stream.poll_shutdown(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    /// Reads and throws away, until the client has nothing left to send or is gone.
    pub(crate) fn poll_discard(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = lock(&self.state);
        let mut chunk = [MaybeUninit::uninit(); CHUNK];
        while let Some(stream) = &mut state.stream {
            let mut chunk = ReadBuf::uninit(&mut chunk);
            match ready!(stream.poll_read(cx, &mut chunk)) {
                Ok(()) if !chunk.filled().is_empty() => {}
                _ => break,
            }
        }
        Poll::Ready(())
    }

    /// The handler is called for the head that hyper has read.
    pub(crate) fn start(&self) -> Started {
        let mut state = lock(&self.state);
        state.started = state.inbound.heads();
        Started {
            number: state.started,
            special: state.inbound.special(),
            arrived: state.inbound.take_arrived(),
        }
    }

    pub(crate) fn traffic(&self) -> Traffic {
        let state = lock(&self.state);
        Traffic {
            heads: state.inbound.heads(),
            begun: state.inbound.begun(),
            ended: state.inbound.ended,
            blocked: self.progress.is_held_back() || !state.outbound.is_empty(),
            bytes: state.read + state.written,
        }
    }

    /// Whether the handler was called for the head that came last.
    pub(crate) fn was_started(&self) -> bool {
        let state = lock(&self.state);
        state.inbound.in_message() && state.inbound.heads() == state.started
    }

    /// Whether an answer is on its way to the client: hyper still writes it, or it is gathered here.
    pub(crate) fn is_writing(&self) -> bool {
        self.progress.is_held_back() || !lock(&self.state).outbound.is_empty()
    }

    /// Whether bytes of a next request have come.
    pub(crate) fn begun(&self) -> bool {
        lock(&self.state).inbound.begun()
    }

    /// Whether the client has more to say than was read: closed now, the connection would be reset.
    pub(crate) fn is_cut_short(&self) -> bool {
        let state = lock(&self.state);
        !state.inbound.ended && (state.inbound.in_body() || state.inbound.waiting() > 0)
    }

    /// Why the client cannot be read on.
    pub(crate) fn flaw(&self) -> Option<Flaw> {
        lock(&self.state).inbound.flaw()
    }

    /// Answers the client without hyper.
    pub(crate) fn push(&self, bytes: &[u8]) {
        lock(&self.state).outbound.push(bytes);
    }

    /// The stream, for another protocol, and what came behind the request in hand.
    pub(crate) fn detach(&self) -> Option<(Stream, Vec<u8>)> {
        let mut state = lock(&self.state);
        let stream = state.stream.take()?;
        Some((stream, state.inbound.take_rest()))
    }

    /// What has come of a request that cannot be read.
    pub(crate) fn held(&self) -> Bytes {
        lock(&self.state).inbound.held()
    }

    /// Lets go of memory while nothing happens.
    pub(crate) fn shrink(&self) {
        let mut state = lock(&self.state);
        state.inbound.shrink();
        state.outbound.shrink();
    }

    /// Tells the socket's listeners of what was read; none of it: the end.
    fn tell_read(&self, read: usize) {
        if read == 0 {
            self.emitter.emit(event::End, &());
        } else {
            self.emitter.emit(event::Data, &read);
        }
    }
}

/// hyper's side.
impl Wire {
    pub(crate) fn poll_read(
        &self,
        cx: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let mut state = lock(&self.state);
            if !state.inbound.in_message() && self.progress.is_starved() {
                return Poll::Pending;
            }
            if !state.inbound.is_dry()
                && let Poll::Ready(handed) = state.hand_on(&mut into)
            {
                return Poll::Ready(handed);
            }
            let read = ready!(state.poll_fill(cx))?;
            let handed = state.hand_on(&mut into);
            drop(state);
            self.tell_read(read);
            if handed.is_ready() {
                return handed;
            }
        }
    }

    pub(crate) fn poll_write(
        &self,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut state = lock(&self.state);
        self.progress.write();
        let total = total(parts);
        if state.inbound.heads() > state.started {
            // hyper cannot read the head, and says so in its own words. Ours come when it is done.
            return Poll::Ready(Ok(total));
        }
        if state.outbound.is_edited() {
            state.outbound.push_edited(parts);
            return Poll::Ready(Ok(total));
        }
        if state.outbound.unsent().len() + total > GATHERED {
            ready!(state.poll_send(cx))?;
        }
        if total > GATHERED {
            return state.poll_write(cx, parts);
        }
        for part in parts {
            state.outbound.push(part);
        }
        Poll::Ready(Ok(total))
    }

    /// Nothing is sent yet: that is done when the poll of the connection is over.
    pub(crate) fn flush(&self, cx: &mut Context<'_>) {
        if self.progress.flush() {
            cx.waker().wake_by_ref();
        }
    }
}

impl State {
    /// Gives hyper what it may have. `Pending`: there is nothing yet.
    fn hand_on(&mut self, into: &mut ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let ended = self.inbound.ended;
        if !self.inbound.in_message() && !self.inbound.find_head() {
            // To hyper a head that is none is the end of the connection.
            let over = ended || self.inbound.flaw().is_some();
            return if over {
                Poll::Ready(Ok(()))
            } else {
                Poll::Pending
            };
        }
        let room = into.remaining();
        match self.inbound.hand_on(room, |bytes| into.put_slice(bytes)) {
            Ok(0) if !ended => Poll::Pending,
            Ok(_) => Poll::Ready(Ok(())),
            Err(flaw) => {
                let error = io::Error::new(io::ErrorKind::InvalidData, flaw.reason);
                Poll::Ready(Err(error))
            }
        }
    }

    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let Some(stream) = &mut self.stream else {
            self.inbound.ended = true;
            return Poll::Ready(Ok(0));
        };
        let mut chunk = [MaybeUninit::uninit(); CHUNK];
        let mut chunk = ReadBuf::uninit(&mut chunk);
        ready!(stream.poll_read(cx, &mut chunk))?;
        let read = chunk.filled();
        self.inbound.fill(read);
        self.inbound.ended = read.is_empty();
        self.read += read.len() as u64;
        Poll::Ready(Ok(read.len()))
    }

    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.outbound.is_empty() {
            let Some(stream) = &mut self.stream else {
                return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
            };
            let sent = ready!(stream.poll_write(cx, self.outbound.unsent()));
            let sent = taken(sent?)?;
            self.outbound.sent(sent);
            self.written += sent as u64;
        }
        Poll::Ready(Ok(()))
    }

    /// Sends what is too long to be gathered.
    fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
        };
        let written = ready!(stream.poll_write_vectored(cx, parts))?;
        self.written += written as u64;
        Poll::Ready(Ok(written))
    }
}
