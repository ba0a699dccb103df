//! A TCP proxy that simulates network faults between clients and a server.

use std::future::pending;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The treatment of the bytes of each connection, in both directions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    /// The maximum number of bytes that are forwarded at a time.
    pub(crate) part: usize,
    /// The time before each part.
    pub(crate) delay: Duration,
    /// The time before every tenth part, as if a packet had been lost and sent again.
    pub(crate) loss: Duration,
    /// The number of bytes from the server after which the connection ends.
    pub(crate) end: Option<(usize, End)>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    /// Both connections are reset.
    Reset,
    /// Nothing is forwarded anymore, and nothing is closed, as if the cable had been cut.
    Vanish,
}

pub(crate) const NONE: Fault = Fault {
    part: 64 * 1024,
    delay: Duration::ZERO,
    loss: Duration::ZERO,
    end: None,
};

/// A running proxy. Dropping it closes its connections.
pub(crate) struct Proxy {
    pub(crate) addr: SocketAddr,
    task: JoinHandle<()>,
}

impl Proxy {
    pub(crate) async fn start(server: SocketAddr, fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (client, _) = listener.accept().await.unwrap();
                connections.spawn(forward(client, server, fault));
                while connections.try_join_next().is_some() {}
            }
        });
        Self { addr, task }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn forward(client: TcpStream, server: SocketAddr, fault: Fault) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    if let Some((_, End::Reset)) = fault.end {
        for stream in [&client, &server] {
            // The connection is reset when the stream is dropped.
            stream.set_zero_linger().unwrap();
        }
    }
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let upward = pump(from_client, to_server, Fault { end: None, ..fault });
    let downward = pump(from_server, to_client, fault);
    let (upward, downward) = (Box::pin(upward), Box::pin(downward));
    tokio::select! {
        ended = downward => if ended == Ended::Vanished {
            pending::<()>().await;
        },
        // A client that has closed its write side still receives its response.
        () = async {
            if upward.await != Ended::Closed {
                return;
            }
            pending::<()>().await;
        } => {}
    }
}

#[derive(PartialEq)]
enum Ended {
    Closed,
    Failed,
    Vanished,
}

async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, fault: Fault) -> Ended {
    let mut part = vec![0; fault.part];
    let (mut parts, mut total) = (0_usize, 0);
    loop {
        let length = match from.read(&mut part).await {
            Ok(0) => {
                let _ = to.shutdown().await;
                return Ended::Closed;
            }
            Ok(length) => length,
            Err(_) => return Ended::Failed,
        };
        parts += 1;
        if !fault.delay.is_zero() {
            tokio::time::sleep(fault.delay).await;
        }
        if parts.is_multiple_of(10) && !fault.loss.is_zero() {
            tokio::time::sleep(fault.loss).await;
        }
        if let Some((end, how)) = fault.end
            && total + length > end
        {
            let _ = to.write_all(&part[..end - total]).await;
            return match how {
                End::Reset => Ended::Failed,
                End::Vanish => {
                    // Keeps both halves open.
                    pending::<()>().await;
                    Ended::Vanished
                }
            };
        }
        total += length;
        if to.write_all(&part[..length]).await.is_err() {
            return Ended::Failed;
        }
    }
}
