//! A normal client, which measures how long its requests take.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpSocket, TcpStream};

use crate::attacked::NAME;
use crate::certificates::Connector;
use crate::client::{request, send};

/// The number of requests on a connection. The time of the first one includes that of connecting.
const PER_CONNECTION: usize = 200;

/// The time between two requests.
const PAUSE: Duration = Duration::from_millis(2);

pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A server, and the protocols over which clients connect to it.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) addr: SocketAddr,
    /// The connector for TLS, if clients use it.
    pub(crate) connector: Option<Connector>,
    pub(crate) is_http2: bool,
}

impl Target {
    pub(crate) async fn connect(&self) -> std::io::Result<Box<dyn Stream>> {
        self.secure(TcpStream::connect(self.addr).await?).await
    }

    /// Connects with a receive buffer of this size, in bytes.
    pub(crate) async fn connect_with(&self, buffer: u32) -> std::io::Result<Box<dyn Stream>> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(buffer)?;
        self.secure(socket.connect(self.addr).await?).await
    }

    async fn secure(&self, stream: TcpStream) -> std::io::Result<Box<dyn Stream>> {
        stream.set_nodelay(true)?;
        Ok(match &self.connector {
            Some(connector) => Box::new(connector.shake_hands(stream, NAME).await?),
            None => Box::new(stream),
        })
    }

    /// Measures requests in a separate thread until `stop` is set.
    pub(crate) fn measure(&self, stop: &Arc<AtomicBool>) -> JoinHandle<Latency> {
        let (target, stop) = (self.clone(), Arc::clone(stop));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let mut times = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    match target.is_http2 {
                        true => target.http2(&mut times).await,
                        false => target.http1(&mut times).await,
                    }
                }
                Latency::of(times)
            })
        })
    }

    async fn http1(&self, times: &mut Vec<Duration>) {
        let request = request("/");
        let mut begun = Instant::now();
        let mut stream = self.connect().await.unwrap();
        for _ in 0..PER_CONNECTION {
            let response = send(&mut stream, &request).await.unwrap();
            times.push(begun.elapsed());
            assert_eq!((response.0, response.1.as_slice()), (200, &b"hello"[..]));
            tokio::time::sleep(PAUSE).await;
            begun = Instant::now();
        }
    }

    async fn http2(&self, times: &mut Vec<Duration>) {
        let mut begun = Instant::now();
        let stream = self.connect().await.unwrap();
        let (mut requests, connection) = h2::client::handshake(stream).await.unwrap();
        let connection = tokio::spawn(connection);
        for _ in 0..PER_CONNECTION {
            let request = http::Request::get("http://a/").body(()).unwrap();
            let mut ready = requests.ready().await.unwrap();
            let (response, _) = ready.send_request(request, true).unwrap();
            let mut body = response.await.unwrap().into_body();
            assert_eq!(body.data().await.unwrap().unwrap(), Bytes::from("hello"));
            times.push(begun.elapsed());
            tokio::time::sleep(PAUSE).await;
            begun = Instant::now();
            requests = ready;
        }
        drop(requests);
        // The server may close its side of TLS first.
        drop(connection.await);
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Latency {
    pub(crate) requests: usize,
    pub(crate) median: Duration,
    pub(crate) p99: Duration,
}

impl Latency {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self {
            requests: times.len(),
            median: times[times.len() / 2],
            p99: times[times.len() * 99 / 100],
        }
    }
}
