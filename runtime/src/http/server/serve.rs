//! Serves connections and requests that no listener accepted.

use std::future::Future;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::Handle;

use crate::http::connection::stream::SocketStream;
use crate::http::exchange::dispatch::dispatch;
use crate::http::request::Request;
use crate::http::response::{Response, Sent};
use crate::http::server::Server;
use crate::http::socket::handle::ConnectionHandle;
use crate::http::socket::{Endpoint, Socket};

/// Serving without a listener.
impl Server {
    /// Serves a connection that was accepted elsewhere, such as a TLS stream or one end of `tokio::io::duplex`.
    ///
    /// The first bytes of the stream decide whether it is HTTP/1 or HTTP/2 (feature `http2`). The connection is served
    /// in its own task, like an accepted connection: [`event::Connection`](crate::http::event::Connection) is emitted,
    /// the connection counts as one of the [`connections`](Self::connections), and [`close`](Self::close) ends it. The
    /// server need not listen. If a client disconnects while more than 16 KiB of its data are unread, the server
    /// notices only when it has read them: unlike a socket of the operating system, a stream reports a disconnect only
    /// at its end. Both addresses of the connection's socket are `127.0.0.1:0`; use [`serve_from`](Self::serve_from) to
    /// set that of the client. Node.js: `server.emit('connection', stream)`.
    ///
    /// # Errors
    ///
    /// - `ConnectionRefused` if the server is closed or already has [`max_connections`](Self::max_connections) open,
    ///   or the client already has [`max_connections_per_address`](Self::max_connections_per_address).
    /// - `Other` if it is called outside of a tokio runtime.
    ///
    /// The stream is dropped in these cases.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use tokio::io::{AsyncReadExt, AsyncWriteExt};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let (mut client, stream) = tokio::io::duplex(1024);
    /// server.serve(stream)?;
    /// client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await?;
    /// let mut response = String::new();
    /// client.read_to_string(&mut response).await?;
    /// assert!(response.ends_with("\r\n\r\nhello"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn serve<S>(&self, stream: S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        self.serve_socket(stream, Socket::detached())
    }

    /// Serves a connection that was accepted elsewhere and whose client has this address.
    ///
    /// `req.socket.remote_addr` is `remote_addr`, and `local_addr` is the address that the server listens on, if it is
    /// listening. Apart from that, this method behaves like [`serve`](Self::serve). Node.js: no counterpart; there, a
    /// stream has its own addresses.
    ///
    /// # Errors
    ///
    /// The errors of [`serve`](Self::serve).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
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
        let local_addr = match self.address() {
            Some(address) => address.endpoint().clone(),
            None => Socket::detached().local_addr.clone(),
        };
        let handle = ConnectionHandle::detached();
        self.serve_socket(stream, Socket::new(remote_addr.into(), local_addr, handle))
    }

    fn serve_socket<S>(&self, stream: S, socket: Socket) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        if Handle::try_current().is_err() {
            return Err(io::Error::other("`serve` needs a tokio runtime"));
        }
        let refused = |message| io::Error::new(io::ErrorKind::ConnectionRefused, message);
        // The server does not end while there is a receiver.
        let control = self.shared.control.subscribe();
        if control.borrow().closing {
            return Err(refused("the server is closed"));
        }
        let stream = SocketStream::Other(Box::new(stream));
        let Some(admission) = self.shared.try_open(socket, self.shared.limits()) else {
            return Err(refused(
                "the server or the client already has the maximum number of connections",
            ));
        };
        self.shared.start(stream, admission);
        Ok(())
    }

    /// Calls the handler with a given request and response.
    ///
    /// This method is meant for tests, and for listeners that took a request.
    /// [`event::Request`](crate::http::event::Request) is emitted, and failures are handled as on a connection: a
    /// missing response results in a 404, an error becomes a response, and a panic results in a 500.
    ///
    /// The handler gets a separate response, which starts with the status, reason phrase, headers and `send_date` of
    /// `res`; everything that the handler sends, except interim responses, is sent through `res`. Listeners of the
    /// handler's response receive the `Finish` and `Close` of `res`. The future resolves when the handler has ended.
    /// The [`Sent`] of a [`Response::new`] contains the whole response. [`trust_proxy`](Self::trust_proxy) applies to
    /// the request; the client of a [`Request::get`] is `127.0.0.1`. Node.js: `server.emit('request', req, res)`.
    ///
    /// # Panics
    ///
    /// Panics if the handler fails after it has sent headers. (On a connection, the response is aborted in this case.)
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the handler is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
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
    #[doc(alias = "test")]
    pub fn dispatch(
        &self,
        mut req: Request,
        res: Response,
    ) -> impl Future<Output = Sent> + Send + use<> {
        let limits = self.shared.limits();
        if let (Some(proxies), None) = (&limits.proxies, req.socket.proxies()) {
            req.socket = req.socket.clone().with_proxies(proxies);
        }
        let hook_timeout = limits.response.hook;
        dispatch(Arc::clone(&self.shared.service), hook_timeout, req, res)
    }
}
