//! The course of a connection: it begins, it has requests, it ends.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use crate::http::connection::close;
use crate::http::connection::driver::Connection;
use crate::http::connection::stream::SocketStream;
use crate::http::event;
use crate::http::{
    connection::open_connections::ConnectionGuard, exchange::context::ConnectionContext,
};

/// The task of a connection, by hand: every request wakes it, and each async function within another is one more step to
/// where it waits.
pub(crate) struct ConnectionTask {
    at: TaskState,
    context: Arc<ConnectionContext>,
    /// It counts until all else is gone.
    _open: ConnectionGuard,
}

#[expect(
    clippy::large_enum_variant,
    reason = "a connection is what this is made for, and is in memory of its own by this"
)]
enum TaskState {
    Beginning(Option<SocketStream>),
    Requests(Connection),
    /// The end is being said.
    End(Pin<Box<dyn Future<Output = ()> + Send>>),
}

impl ConnectionTask {
    pub(crate) fn new(
        stream: SocketStream,
        context: Arc<ConnectionContext>,
        open: ConnectionGuard,
    ) -> Self {
        Self {
            at: TaskState::Beginning(Some(stream)),
            context,
            _open: open,
        }
    }

    fn begin(&self, stream: SocketStream) -> TaskState {
        let connection = Connection::new(Arc::clone(&self.context), stream);
        self.context
            .service
            .emitter
            .emit(event::Connection, &self.context.socket);
        TaskState::Requests(connection)
    }
}

impl Future for ConnectionTask {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        loop {
            this.at = match &mut this.at {
                TaskState::Requests(connection) => {
                    let end = ready!(connection.poll(cx));
                    let Some(line) = connection.take_line() else {
                        return Poll::Ready(());
                    };
                    TaskState::End(Box::pin(close::say(end, line, Arc::clone(&this.context))))
                }
                TaskState::Beginning(stream) => match stream.take() {
                    Some(stream) => this.begin(stream),
                    None => return Poll::Ready(()),
                },
                TaskState::End(farewell) => return farewell.as_mut().poll(cx),
            };
        }
    }
}
