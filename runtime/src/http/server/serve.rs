//! Serving what was connected elsewhere.

use std::future::Future;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::Handle;

use crate::http::connection::stream::SocketStream;
use crate::http::exchange::dispatch::dispatch;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::response::Sent;
use crate::http::server::Server;
use crate::http::socket::handle::ConnectionHandle;
use crate::http::socket::{Endpoint, Socket};

/// Without a listener.
impl Server {
    /// Serves a connection that comes from elsewhere: a TLS stream, an end of `tokio::io::duplex`. Node:
    /// `server.emit('connection', stream)`.
    ///
    /// It is served in a task of its own, as one that was accepted: [`event::Connection`](crate::http::event::Connection)
    /// tells of it, it counts as one of the [`connections`](Self::connections), and [`close`](Self::close) ends it. The
    /// server need not listen. A stream whose two ends are known is better served by
    /// [`serve_from`](Self::serve_from).
    ///
    /// # Errors
    /// `ConnectionRefused` if the server is closed, or has all the connections it
    /// [may have](Self::max_connections); `Other` outside of a tokio runtime. The stream is dropped.
    ///
    /// ```
    /// use onward::prelude::*;
    /// use tokio::io::{AsyncReadExt, AsyncWriteExt};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let (mut client, stream) = tokio::io::duplex(1024);
    /// server.serve(stream)?;
    /// client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await?;
    /// let mut answer = String::new();
    /// client.read_to_string(&mut answer).await?;
    /// assert!(answer.ends_with("\r\n\r\nhello"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn serve<S>(&self, stream: S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        self.serve_socket(stream, Socket::detached())
    }

    /// [Serves](Self::serve) a connection whose client is at this address: `req.socket.remote_addr` shows it.
    ///
    /// # Errors
    /// As for [`serve`](Self::serve).
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::net::SocketAddr;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connection, |socket| assert_eq!(socket.remote_addr.to_string(), "10.0.0.7:1234"));
    /// let (_client, stream) = tokio::io::duplex(1024);
    /// server.serve_from(stream, SocketAddr::from(([10, 0, 0, 7], 1234)))
    /// # }
    /// ```
    pub fn serve_from<S>(&self, stream: S, remote_addr: impl Into<Endpoint>) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let nowhere = Socket::detached();
        let local_addr = self
            .address()
            .map_or_else(|| nowhere.local_addr.clone(), |at| at.endpoint().clone());
        let socket = Socket::new(remote_addr.into(), local_addr, ConnectionHandle::detached());
        self.serve_socket(stream, socket)
    }

    fn serve_socket<S>(&self, stream: S, socket: Socket) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        if Handle::try_current().is_err() {
            return Err(io::Error::other("a server needs a tokio runtime to serve"));
        }
        let refused = |why| io::Error::new(io::ErrorKind::ConnectionRefused, why);
        // The server does not end while somebody takes its control.
        let control = self.shared.control.subscribe();
        if control.borrow().closing {
            return Err(refused("the server is closed"));
        }
        let stream = SocketStream::Other(Box::new(stream));
        match self.shared.try_accept(stream, socket, self.shared.limits()) {
            true => Ok(()),
            false => Err(refused("the server has all the connections it may have")),
        }
    }

    /// Answers a request that came over no connection: the handler is called for it as for any other. Node:
    /// `server.emit('request', req, res)`.
    ///
    /// For tests, and for listeners that took a request over. [`event::Request`](crate::http::event::Request) tells of it; a
    /// request that is not answered gets a 404, an error of the handler is answered, and a panic is a 500.
    ///
    /// The handler gets a response of its own, which says at first what `res` says: status, words of the status, headers, and
    /// whether there is a `date`. What the handler makes of them is the answer. Listeners of that response hear what becomes
    /// of `res`: `Finish` when the answer was sent, `Close` behind that or when the client has gone.
    ///
    /// It resolves when the handler has ended; the [`Sent`] of a [`Response::new`] holds the whole answer.
    ///
    /// # Panics
    /// If the handler fails in the middle of its answer. On a connection the answer is cut by that, as it has to be.
    ///
    /// # Cancellation
    /// If the future is dropped, so is the handler's.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = http::create_server(|req, res| async move {
    ///     let name: String = req.url.query("name")?;
    ///     Ok::<_, Error>(res.send(format!("hello {name}")))
    /// });
    /// let sent = server.dispatch(Request::get("/?name=world"), Response::new()).await;
    /// assert_eq!(sent.text(), "hello world");
    /// let sent = server.dispatch(Request::get("/"), Response::new()).await;
    /// assert_eq!(sent.status_code(), StatusCode::BAD_REQUEST);
    /// # }
    /// ```
    pub fn dispatch(
        &self,
        req: Request,
        res: Response,
    ) -> impl Future<Output = Sent> + Send + use<> {
        dispatch(Arc::clone(&self.shared.service), req, res)
    }
}
