//! A follower: a response that ends when its client disconnects or the server closes.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body, Frame};
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep};

use super::groups::Place;
use super::ring::{Next, Ring};
use super::stream::set_headers;
use crate::http::{Feed, Outlet, Request, Response, Sent, Socket};
use crate::reply::Reply;

/// The maximum duration of silence: a comment is sent before it elapses.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The reply that [`Live::follow`](super::Live::follow) returns.
///
/// It sends the events until the client disconnects or the server closes.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use std::time::Duration;
///
/// #[server]
/// async fn shop(req: Request, res: Response, live: Live) -> Result {
///     route!("/live" => live.follow(&req).keep_alive(Duration::from_secs(5)));
/// }
/// ```
#[must_use = "use it as the value of a route, or pass it to `res.send`"]
pub struct Follow {
    ring: Arc<Ring>,
    next: u64,
    socket: Socket,
    keep_alive: Duration,
    retry: Option<Duration>,
}

impl Follow {
    #[inline]
    pub(super) fn new(ring: Arc<Ring>, req: &Request) -> Self {
        Self {
            next: next_event(&ring, &req.headers),
            ring,
            socket: req.socket.clone(),
            keep_alive: KEEP_ALIVE,
            retry: None,
        }
    }

    /// Sets the maximum duration of silence: a comment, which browsers ignore, is sent before it elapses.
    ///
    /// Proxies close connections that are silent for a long time, and only sending detects that a client has vanished
    /// without closing its connection. Default: 15 s. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let live = Live::new(100);
    /// let reply = live.follow(&Request::get("/live")).keep_alive(Duration::from_secs(5));
    /// # let _ = reply;
    /// ```
    #[inline]
    pub fn keep_alive(mut self, silence: Duration) -> Self {
        // A timer with a duration of zero would keep the task busy.
        self.keep_alive = silence.max(Duration::from_millis(2));
        self
    }

    /// Sets how long a browser waits before it reconnects.
    ///
    /// Default: not sent; browsers wait about 3 s. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let live = Live::new(100);
    /// let reply = live.follow(&Request::get("/live")).retry(Duration::from_millis(500));
    /// # let _ = reply;
    /// ```
    #[inline]
    pub fn retry(mut self, delay: Duration) -> Self {
        self.retry = Some(delay);
        self
    }

    #[inline]
    fn into_body(self) -> FollowBody {
        // Half of the duration, because the timer is not reset by each event: see `poll_silence`.
        let period = self.keep_alive / 2;
        let place = self.ring.enter(Handle::current(), self.next);
        FollowBody {
            beginning: Some(self.beginning()),
            ring: self.ring,
            place,
            server_closing: Some(Box::pin(self.socket.server_closing())),
            period,
            timer: Box::pin(sleep(period)),
            was_silent: false,
            next_at_check: self.next,
        }
    }

    /// Returns the first block. It contains the id of the event before the client's first one, so that the client can
    /// resume even if it receives no event. A block without data is not an event.
    #[inline]
    fn beginning(&self) -> Bytes {
        let retry = self
            .retry
            .map(|delay| format!("retry: {}\n", delay.as_millis()));
        let retry = retry.unwrap_or_default();
        match self.next {
            // The client gets a gap event next, and that event has an id.
            MISSED => format!("{retry}\n").into(),
            next => format!("{retry}id: {:x}-{next}\n\n", self.ring.epoch).into(),
        }
    }
}

/// The sequence number that stands for the next event of a client that missed events. No event has this number.
const MISSED: u64 = u64::MAX;

/// Returns the sequence number of the next event for a client. The id of the last event that the client received
/// contains the epoch and this number.
#[inline]
fn next_event(ring: &Ring, headers: &HeaderMap) -> u64 {
    let Some(last) = headers.get("last-event-id") else {
        return ring.end();
    };
    let id = last.to_str().ok().and_then(|id| id.split_once('-'));
    match id.map(|(epoch, next)| (u64::from_str_radix(epoch, 16), next.parse())) {
        Some((Ok(epoch), Ok(next))) if epoch == ring.epoch => next,
        _ => MISSED,
    }
}

impl Reply for Follow {
    #[inline]
    fn reply(self, mut res: Response) -> Sent {
        set_headers(&mut res);
        res.end_feed(self.into_body())
    }
}

impl fmt::Debug for Follow {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Follow").finish_non_exhaustive()
    }
}

/// The body of a follower's response. It holds no events: it reads each from the ring when the connection has room for
/// it. While the connection waits, the feed writes events to it directly.
struct FollowBody {
    ring: Arc<Ring>,
    place: Place,
    beginning: Option<Bytes>,
    /// A future that resolves when the server begins to close; `None` after that.
    server_closing: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    period: Duration,
    timer: Pin<Box<Sleep>>,
    /// Whether this body has sent nothing since the timer was last checked.
    was_silent: bool,
    /// The sequence number of the next event when the timer was last checked.
    next_at_check: u64,
}

impl FollowBody {
    /// Returns the next block, or `None` if no block is available yet.
    #[inline]
    fn next_block(&mut self, cx: &Context<'_>) -> Option<Bytes> {
        if let Some(beginning) = self.beginning.take() {
            return Some(beginning);
        }
        match self.place.take_next(&self.ring, cx.waker()) {
            Next::Event(event) => Some(event.data().clone()),
            Next::Gap(end) => {
                let gap = format!(
                    "event: gap\nid: {:x}-{end}\ndata: null\n\n",
                    self.ring.epoch
                );
                Some(gap.into())
            }
            Next::Wait => None,
        }
    }

    /// Becomes ready when nothing has been sent for between one and two periods of the timer.
    #[inline]
    fn poll_silence(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.timer.as_mut().poll(cx).is_ready() {
            self.timer.as_mut().reset(Instant::now() + self.period);
            let next = self.place.next_number();
            let is_unchanged = std::mem::replace(&mut self.next_at_check, next) == next;
            if std::mem::replace(&mut self.was_silent, true) && is_unchanged {
                return Poll::Ready(());
            }
        }
        Poll::Pending
    }

    /// Becomes ready when the server begins to close.
    #[inline]
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(closing) = &mut self.server_closing {
            std::task::ready!(closing.as_mut().poll(cx));
            self.server_closing = None;
        }
        Poll::Ready(())
    }
}

impl Body for FollowBody {
    type Data = Bytes;
    type Error = Infallible;

    #[inline]
    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        let block = match this.next_block(cx) {
            Some(block) => block,
            // The end is polled after the events, so that events emitted before the server closes are still sent.
            None if this.poll_end(cx).is_ready() => return Poll::Ready(None),
            None => {
                std::task::ready!(this.poll_silence(cx));
                Bytes::from_static(b":\n\n")
            }
        };
        this.was_silent = false;
        Poll::Ready(Some(Ok(Frame::data(block))))
    }
}

impl Feed for FollowBody {
    #[inline]
    fn set_outlet(&mut self, outlet: Arc<dyn Outlet>) {
        self.place.set_outlet(outlet);
    }
}

impl Drop for FollowBody {
    #[inline]
    fn drop(&mut self) {
        self.ring.leave(&self.place);
    }
}
