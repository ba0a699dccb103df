//! The task of a connection, from its `Connection` event to its `Close` event.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::close::{self, CloseReason, Continuation};
use super::driver::Driver;
use super::open_connections::ConnectionGuard;
use super::stream::SocketStream;
use crate::http::events::server_events;
use crate::http::exchange::context::ConnectionContext;

/// The future of a connection. It is written manually because it is polled for every request, and each nested async
/// function would add a step to every poll.
pub(crate) struct ConnectionTask {
    state: TaskState,
    context: Arc<ConnectionContext>,
    /// The guard that counts the connection as open. It is the last field, so that it is dropped last.
    _guard: ConnectionGuard,
}

enum TaskState {
    Beginning(Option<SocketStream>),
    Driving(Box<Driver>),
    Closing(Pin<Box<dyn Future<Output = Option<Continuation>> + Send>>),
    /// Another protocol continues. It may run for a long time, so the memory of the earlier states is released.
    Continuing(Continuation),
}

impl ConnectionTask {
    pub(crate) fn new(
        stream: SocketStream,
        context: Arc<ConnectionContext>,
        guard: ConnectionGuard,
    ) -> Self {
        Self {
            state: TaskState::Beginning(Some(stream)),
            context,
            _guard: guard,
        }
    }

    /// Drops the driver and its exchange, then begins to close the connection.
    fn close(&mut self, reason: CloseReason) -> TaskState {
        let state = std::mem::replace(&mut self.state, TaskState::Beginning(None));
        let TaskState::Driving(driver) = state else {
            return TaskState::Beginning(None);
        };
        let (transport, abort) = driver.into_parts();
        let context = Arc::clone(&self.context);
        TaskState::Closing(Box::pin(close::finish(reason, transport, abort, context)))
    }

    fn begin(&self, stream: SocketStream) -> TaskState {
        let driver = Driver::new(Arc::clone(&self.context), stream);
        let emitter = &self.context.service.emitter;
        emitter.emit(server_events::Connection, &self.context.socket);
        TaskState::Driving(Box::new(driver))
    }
}

impl Future for ConnectionTask {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        loop {
            this.state = match &mut this.state {
                TaskState::Driving(driver) => {
                    let reason = ready!(driver.poll(cx));
                    this.close(reason)
                }
                TaskState::Beginning(stream) => match stream.take() {
                    Some(stream) => this.begin(stream),
                    None => return Poll::Ready(()),
                },
                TaskState::Closing(closing) => match ready!(closing.as_mut().poll(cx)) {
                    Some(continuation) => TaskState::Continuing(continuation),
                    None => return Poll::Ready(()),
                },
                TaskState::Continuing(continuation) => return continuation.as_mut().poll(cx),
            };
        }
    }
}
