//! The state of a follower that the feed shares with the follower's connection.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use super::ring::{Latest, Next, Ring};
use crate::http::{Outlet, Written};

/// A place for a follower, which is empty before [`begin`](Self::begin) and after [`end`](Self::end).
#[derive(Default)]
pub(super) struct Follower {
    state: Mutex<FollowerState>,
}

#[derive(Default)]
struct FollowerState {
    /// The sequence number of the next event.
    next: u64,
    /// The connection's task, while it waits for an event.
    waiting: Option<Waker>,
    /// The output of the connection. `None` if only its task can write.
    outlet: Option<Arc<dyn Outlet>>,
}

impl Follower {
    #[inline]
    fn lock(&self) -> MutexGuard<'_, FollowerState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins with the event that has this sequence number.
    #[inline]
    pub(super) fn begin(&self, next: u64) {
        self.lock().next = next;
    }

    #[inline]
    pub(super) fn end(&self) {
        let state = std::mem::take(&mut *self.lock());
        // The lock is released before the state is dropped.
        drop(state);
    }

    /// Returns the sequence number of the next event.
    #[inline]
    pub(super) fn next_number(&self) -> u64 {
        self.lock().next
    }

    #[inline]
    pub(super) fn set_outlet(&self, outlet: Arc<dyn Outlet>) {
        self.lock().outlet = Some(outlet);
    }

    /// Returns the next event for the connection's task, or stores its waker.
    #[inline]
    pub(super) fn take_next(&self, ring: &Ring, waker: &Waker) -> Next {
        let mut state = self.lock();
        // The lock is held until the waker is stored, so an event that this call misses wakes the task.
        let next = ring.get(state.next);
        match &next {
            Next::Event(_) => state.next += 1,
            Next::Gap(end) => state.next = *end,
            Next::Wait => match &mut state.waiting {
                Some(waiting) => waiting.clone_from(waker),
                waiting => *waiting = Some(waker.clone()),
            },
        }
        next
    }

    /// Writes the latest event, or wakes the connection's task. If the follower has not received earlier events either,
    /// the task sends all of them together.
    #[inline]
    pub(super) fn deliver(&self, latest: Option<&Latest>) -> Written {
        let mut state = self.lock();
        if state.waiting.is_none() || latest.is_some_and(|latest| state.next > latest.number) {
            return Written::Nothing;
        }
        let written = match (&state.outlet, latest) {
            (Some(outlet), Some(latest)) if state.next == latest.number => {
                outlet.write(&latest.part)
            }
            _ => Written::Nothing,
        };
        if written != Written::Nothing {
            state.next += 1;
        }
        if written == Written::Whole {
            return written;
        }
        let waker = state.waiting.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use bytes::Bytes;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;
    use crate::http::{self, SharedPart};
    use crate::live::Live;

    async fn read_until(client: &mut TcpStream, end: &str) -> String {
        let mut text = String::new();
        while !text.ends_with(end) {
            let byte = client.read_u8().await.expect("the response continues");
            text.push(byte.into());
        }
        text
    }

    async fn serve(live: &Live) -> TcpStream {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let addr = listener.local_addr().expect("its address");
        let live = live.clone();
        let server = http::create_server(move |req, res| {
            let follow = live.follow(&req);
            async move { res.send(follow) }
        });
        tokio::spawn(server.listen(listener));
        TcpStream::connect(addr).await.expect("a connection")
    }

    /// The test and the connection share a thread: when the client has received a part, the connection's task waits.
    #[tokio::test]
    async fn an_event_is_written_without_waking_the_connection() {
        let live = Live::new(4);
        let mut client = serve(&live).await;
        let request = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";
        client.write_all(request).await.expect("it is open");
        read_until(&mut client, "\n\n\r\n").await;
        let group = live.0.first_group().expect("a group");
        let follower = &group[0];
        let latest = Latest {
            number: 0,
            part: Arc::new(SharedPart::new(Bytes::from_static(b"one"))),
        };
        assert_eq!(follower.deliver(Some(&latest)), Written::Whole);
        assert_eq!(follower.next_number(), 1);
        assert_eq!(follower.deliver(Some(&latest)), Written::Nothing);
        let chunk = "3\r\none\r\n";
        assert_eq!(read_until(&mut client, chunk).await, chunk);
    }
}
