//! A connection as its task has it: the stream, what has been read of it, what waits to be sent.
//!
//! hyper reads and writes through it ([`Io`](crate::http::connection::stream::Io)), and the task looks after it. It has one owner at any time
//! ([`Hand`](crate::http::connection::in_hand::Hand)), and needs no lock. What others want of it goes by the [`ConnectionHandle`].

use std::io::{self, IoSlice};
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use hyper::rt::ReadBufCursor;
use tokio::io::ReadBuf;

use crate::http::connection::progress::Progress;
use crate::http::connection::scratch;
use crate::http::connection::stream::SocketStream;
use crate::http::event;
use crate::http::h1::inbound::{Arrived, Inbound};
use crate::http::h1::outbound::{Outbound, Untold, taken};
use crate::http::h1::parse_error::Flaw;
use crate::http::h1::request_head::Rules;
use crate::http::socket::handle::ConnectionHandle;

/// How much is read ahead while a request is answered, in bytes.
const AHEAD: usize = 16 * 1024;

pub(crate) struct Line {
    handle: Arc<ConnectionHandle>,
    stream: Option<SocketStream>,
    inbound: Inbound,
    outbound: Outbound,
    progress: Progress,
    /// How many requests the handler was called for.
    started: u64,
    read: u64,
    written: u64,
    /// The task that the handle wakes.
    task: Option<Waker>,
    /// The stream may hold back some of what it took, as those do that encrypt it.
    unflushed: bool,
    /// What there was has been read, since the connection was polled: most likely there is no more.
    drained: bool,
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
    pub(crate) has_body: bool,
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

/// The connection's side.
impl Line {
    pub(crate) fn new(stream: SocketStream, rules: Rules, handle: Arc<ConnectionHandle>) -> Self {
        handle.open();
        Self {
            handle,
            stream: Some(stream),
            inbound: Inbound::new(rules),
            outbound: Outbound::default(),
            progress: Progress::default(),
            started: 0,
            read: 0,
            written: 0,
            task: None,
            unflushed: false,
            drained: false,
        }
    }

    /// A request that is complete up to its body, for a connection that has none.
    pub(crate) fn poll_head(&mut self, cx: &mut Context<'_>) -> Poll<Found> {
        loop {
            if self.inbound.find_head() {
                return Poll::Ready(Found::Head);
            }
            if let Some(flaw) = self.inbound.flaw() {
                return Poll::Ready(Found::Flaw(flaw));
            }
            if self.inbound.ended {
                return Poll::Ready(match self.inbound.begun() {
                    true => Found::Flaw(Flaw::CutHead),
                    false => Found::End,
                });
            }
            if let Err(error) = ready!(self.poll_fill(cx)) {
                return Poll::Ready(Found::Failed(error));
            }
        }
    }

    /// Reads ahead while a request is answered, as far as that is bounded: so that a client that is gone is noticed.
    /// `true`: it sends no more.
    pub(crate) fn poll_watch(&mut self, cx: &mut Context<'_>) -> io::Result<bool> {
        loop {
            if self.inbound.ended || self.inbound.waiting() >= AHEAD {
                return Ok(self.inbound.ended);
            }
            let Poll::Ready(filled) = self.poll_fill(cx) else {
                return Ok(false);
            };
            filled?;
            if self.inbound.in_body() {
                // hyper may wait for this.
                cx.waker().wake_by_ref();
            }
        }
    }

    /// Sends what is gathered.
    #[inline]
    pub(crate) fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let task = self.task.as_ref();
        if !task.is_some_and(|task| task.will_wake(cx.waker())) {
            self.handle.set_waker(cx.waker());
            self.task = Some(cx.waker().clone());
        }
        self.take_interim();
        self.drained = false;
        self.poll_send_on(cx)
    }

    pub(crate) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.stream {
            Some(stream) => stream.poll_shutdown(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    /// Reads and throws away, until the client has nothing left to send or is gone.
    pub(crate) fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(());
        };
        let mut chunk = scratch::take();
        let discarded = loop {
            let mut chunk = ReadBuf::new(&mut *chunk);
            match stream.poll_read(cx, &mut chunk) {
                Poll::Ready(Ok(())) if !chunk.filled().is_empty() => {}
                read => break read.map(drop),
            }
        };
        scratch::put(chunk);
        discarded
    }

    /// The handler is called for the head that hyper has read.
    pub(crate) fn start(&mut self) -> Started {
        self.started = self.inbound.heads();
        Started {
            number: self.started,
            special: self.inbound.special(),
            has_body: self.inbound.arrived().has_body(),
        }
    }

    /// What has arrived of the request whose handler is called.
    pub(crate) fn arrived(&mut self) -> &mut Arrived {
        self.inbound.arrived()
    }

    /// The head that hyper writes next is that of this answer.
    pub(crate) fn expect(&mut self, untold: Untold) {
        self.outbound.expect(untold);
    }

    pub(crate) fn traffic(&self) -> Traffic {
        Traffic {
            heads: self.inbound.heads(),
            begun: self.inbound.begun(),
            ended: self.inbound.ended,
            blocked: self.is_writing(),
            bytes: self.read + self.written,
        }
    }

    /// Whether the handler was called for the head that came last.
    pub(crate) fn was_started(&self) -> bool {
        self.inbound.in_message() && self.inbound.heads() == self.started
    }

    /// Whether an answer is on its way to the client: hyper still writes it, or it is gathered here, or the stream holds it
    /// back.
    pub(crate) fn is_writing(&self) -> bool {
        self.progress.is_held_back() || !self.outbound.is_empty() || self.unflushed
    }

    /// Whether bytes of a next request have come.
    pub(crate) fn begun(&self) -> bool {
        self.inbound.begun()
    }

    /// Whether the client has more to say than was read: closed now, the connection would be reset.
    pub(crate) fn is_cut_short(&self) -> bool {
        !self.inbound.ended && (self.inbound.in_body() || self.inbound.waiting() > 0)
    }

    /// Why the client cannot be read on.
    pub(crate) fn flaw(&self) -> Option<Flaw> {
        self.inbound.flaw()
    }

    /// Whether somebody wants it to be cut.
    pub(crate) fn is_destroyed(&self) -> bool {
        self.handle.is_destroyed()
    }

    /// Answers the client without hyper.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.outbound.push(bytes);
    }

    /// The stream, for another protocol, and what came behind the request in hand.
    pub(crate) fn detach(&mut self) -> Option<(SocketStream, Vec<u8>)> {
        self.handle.close();
        let stream = self.stream.take()?;
        Some((stream, self.inbound.take_rest()))
    }

    /// What has come of a request that cannot be read.
    pub(crate) fn held(&self) -> Bytes {
        self.inbound.held()
    }

    /// Lets go of memory while nothing happens.
    pub(crate) fn shrink(&mut self) {
        self.inbound.shrink();
        self.outbound.shrink();
    }
}

/// hyper's side.
impl Line {
    pub(crate) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            if !self.inbound.in_message() && self.progress.is_starved(self.outbound.is_full()) {
                return Poll::Pending;
            }
            if !self.inbound.is_dry()
                && let Poll::Ready(handed) = self.hand_on(&mut into)
            {
                return Poll::Ready(handed);
            }
            ready!(self.poll_fill(cx))?;
        }
    }

    /// Nothing small is sent yet: that is done when the poll of the connection is over.
    pub(crate) fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = self.poll_take(cx, bytes);
        let all = matches!(written, Poll::Ready(Ok(written)) if written == bytes.len());
        if self.progress.write(all) {
            cx.waker().wake_by_ref();
        }
        written
    }

    #[inline]
    fn take_interim(&mut self) {
        let outbound = &mut self.outbound;
        self.handle.drain_outbox(|interim, continued| {
            outbound.push(interim);
            if continued {
                outbound.continued();
            }
        });
    }

    fn poll_take(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.take_interim();
        if self.inbound.heads() > self.started {
            // hyper cannot read the head, and says so in its own words. Ours come when it is done.
            return Poll::Ready(Ok(bytes.len()));
        }
        if self.outbound.takes(bytes.len()) {
            self.outbound.take(bytes)?;
            return Poll::Ready(Ok(bytes.len()));
        }
        ready!(self.poll_send_on(cx))?;
        let stream = self.stream.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        let sent = taken(ready!(stream.poll_write(cx, bytes))?)?;
        self.count(sent);
        Poll::Ready(Ok(sent))
    }
}

impl Line {
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
                let error = io::Error::new(io::ErrorKind::InvalidData, flaw.reason());
                Poll::Ready(Err(error))
            }
        }
    }

    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(stream) = &mut self.stream else {
            self.inbound.ended = true;
            return Poll::Ready(Ok(()));
        };
        if self.drained {
            ready!(stream.poll_read_ready(cx))?;
        }
        let mut chunk = scratch::take();
        let mut filled = ReadBuf::new(&mut *chunk);
        let polled = stream.poll_read(cx, &mut filled);
        let read = filled.filled().len();
        if read > 0 {
            self.inbound.fill(filled.filled());
        }
        scratch::put(chunk);
        ready!(polled)?;
        self.inbound.ended = read == 0;
        self.drained = read < scratch::LEN;
        self.read += read as u64;
        self.handle.set_bytes_read(self.read);
        self.tell(read);
        Poll::Ready(Ok(()))
    }

    /// Tells the socket's listeners of what was read; none of it: the end.
    fn tell(&self, read: usize) {
        if read == 0 {
            self.handle.emitter().emit(event::End, &());
        } else {
            self.handle.emitter().emit(event::Data, &read);
        }
    }

    fn poll_send_on(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.outbound.is_empty() {
            let Some(stream) = &mut self.stream else {
                return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
            };
            let (gathered, long) = (self.outbound.gathered(), self.outbound.long());
            let sent = ready!(match (gathered, long) {
                (gathered, []) => stream.poll_write(cx, gathered),
                ([], long) => stream.poll_write(cx, long),
                (gathered, long) => {
                    let both = [IoSlice::new(gathered), IoSlice::new(long)];
                    stream.poll_write_vectored(cx, &both)
                }
            });
            let sent = taken(sent?)?;
            self.outbound.sent(sent);
            self.count(sent);
        }
        if self.unflushed {
            ready!(self.poll_flush(cx))?;
        }
        if self.progress.sent() {
            cx.waker().wake_by_ref();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Some(stream) = &mut self.stream {
            ready!(stream.poll_flush(cx))?;
        }
        self.unflushed = false;
        Poll::Ready(Ok(()))
    }

    fn count(&mut self, sent: usize) {
        self.unflushed = matches!(self.stream, Some(SocketStream::Other(_)));
        self.written += sent as u64;
        self.handle.set_bytes_written(self.written);
    }
}
