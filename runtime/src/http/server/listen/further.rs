//! Further addresses of a server.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use super::Listen;
use super::active_listener::{ActiveListener, BindFuture};
use super::bind::{BindOptions, BoundSocket};
use crate::http::server::{Server, shared::Shared};
use crate::http::sync::lock;

/// A function that binds one address.
type Bind = Box<dyn FnOnce(BindOptions) -> BindFuture<'static> + Send>;

#[derive(Default)]
pub(crate) struct FurtherAddresses {
    all: Vec<Bind>,
    were_taken: bool,
}

impl FurtherAddresses {
    fn push(&mut self, bind: Bind) {
        self.all.push(bind);
    }

    /// Takes the addresses. Fails if they were taken before, because binding consumes them.
    fn take(&mut self) -> io::Result<Vec<Bind>> {
        if self.were_taken {
            let what = "an earlier `listen` or `run` has used the addresses of `also_listen`";
            return Err(io::Error::other(what));
        }
        self.were_taken = !self.all.is_empty();
        Ok(std::mem::take(&mut self.all))
    }
}

/// A listener with its first socket and the further sockets on the same address.
pub(crate) type BoundListener = (ActiveListener, BoundSocket, Vec<BoundSocket>);

impl Server {
    /// Adds an address to those that the server listens on.
    ///
    /// [`listen`](Self::listen) and [`run`](Self::run) bind their own address and all added ones, or fail. All
    /// addresses share the handler, the limits and the events of the server;
    /// [`event::Listening`](crate::http::event::Listening) is emitted for each, and [`address`](Self::address) returns
    /// the address passed to `listen` or `run`. All of them use TLS if the server does, except those in a `Plain`
    /// (feature `tls`). The addresses can be used once: if `listen` fails or its future is dropped after it has started
    /// to bind them, the server cannot listen again. Node.js: no counterpart; one server listens on one address.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") })
    ///     .also_listen("127.0.0.1:0");
    /// # server.close();
    /// server.listen("127.0.0.1:0").await
    /// # }
    /// ```
    #[must_use]
    pub fn also_listen(self, addr: impl Listen + 'static) -> Self {
        let bind: Bind =
            Box::new(move |options| Box::pin(async move { addr.bind(&options).await }));
        self.set_option(|options| options.further.push(bind))
    }
}

/// Binds all further addresses.
pub(crate) async fn bind(
    server: &Arc<Shared>,
    options: &BindOptions,
) -> io::Result<Vec<BoundListener>> {
    let further = lock(&server.options).further.take()?;
    let mut bound = Vec::new();
    for bind in further {
        bound.push(ActiveListener::bind_further(server, bind(options.clone()), options).await?);
    }
    Ok(bound)
}

/// Accepts connections with all listeners until the server closes.
pub(crate) async fn accept_all(
    listeners: Vec<(Arc<ActiveListener>, BoundSocket)>,
) -> io::Result<()> {
    let mut accepting: Vec<Pin<Box<dyn Future<Output = ()> + Send>>> = Vec::new();
    for (listener, socket) in listeners {
        let socket = socket.register()?;
        accepting.push(Box::pin(async move { listener.accept(socket).await }));
    }
    poll_fn(|cx| {
        accepting.retain_mut(|it| it.as_mut().poll(cx).is_pending());
        match accepting.is_empty() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
    Ok(())
}

impl fmt::Debug for FurtherAddresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FurtherAddresses")
            .field(&self.all.len())
            .finish()
    }
}
