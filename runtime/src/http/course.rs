//! The course of a connection: it begins, it has requests, it ends.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::connection::Connection;
use super::event;
use super::farewell;
use super::io::Stream;
use super::server::{Open, Visit};

/// The task of a connection, by hand: every request wakes it, and each async function within another is one more step to
/// where it waits.
pub(crate) struct Course {
    at: At,
    visit: Arc<Visit>,
    /// It counts until all else is gone.
    _open: Open,
}

#[expect(
    clippy::large_enum_variant,
    reason = "a connection is what this is made for, and is in memory of its own by this"
)]
enum At {
    Beginning(Option<Stream>),
    Requests(Connection),
    /// The end is being said.
    End(Pin<Box<dyn Future<Output = ()> + Send>>),
}

impl Course {
    pub(crate) fn new(stream: Stream, visit: Arc<Visit>, open: Open) -> Self {
        Self {
            at: At::Beginning(Some(stream)),
            visit,
            _open: open,
        }
    }

    fn begin(&self, stream: Stream) -> At {
        let connection = Connection::new(Arc::clone(&self.visit), stream);
        self.visit
            .server
            .emit(event::Connection, &self.visit.socket);
        At::Requests(connection)
    }
}

impl Future for Course {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        loop {
            this.at = match &mut this.at {
                At::Requests(connection) => {
                    let end = ready!(connection.poll(cx));
                    let Some(line) = connection.take_line() else {
                        return Poll::Ready(());
                    };
                    At::End(Box::pin(farewell::say(end, line, Arc::clone(&this.visit))))
                }
                At::Beginning(stream) => match stream.take() {
                    Some(stream) => this.begin(stream),
                    None => return Poll::Ready(()),
                },
                At::End(farewell) => return farewell.as_mut().poll(cx),
            };
        }
    }
}
