//! Clients that send at a fixed rate, whether or not the server responds.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

use crate::PATIENCE;

/// A client opens no new connection while this many clients, including itself, wait for their responses.
const MAX_OPEN: usize = 2000;

/// The number of requests per second that ended in each way, and the latency of the good ones.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) offered: f64,
    /// Requests that got a 200 in time.
    pub(crate) good: f64,
    /// Requests that got a status other than 200: a 503.
    pub(crate) rejected: f64,
    /// Requests that got no response in time, a connection error, or no connection because of [`MAX_OPEN`].
    pub(crate) gave_up: f64,
    /// The latency of the good responses, in milliseconds.
    pub(crate) median: f64,
    pub(crate) percentile_99: f64,
}

/// Measures the responses per second of four clients that send their next request after each response.
pub(crate) async fn closed(addr: SocketAddr, length: Duration) -> f64 {
    let count = Rc::new(Cell::new(0));
    let end = Instant::now() + length;
    let client = |count: Rc<Cell<u32>>| async move {
        let Ok(mut stream) = TcpStream::connect(addr).await else {
            return;
        };
        while Instant::now() < end && ask(&mut stream).await.is_ok_and(|status| status == 200) {
            count.set(count.get() + 1);
        }
    };
    let local = LocalSet::new();
    for _ in 0..4 {
        local.spawn_local(client(Rc::clone(&count)));
    }
    local.await;
    f64::from(count.get()) / length.as_secs_f64()
}

#[derive(Default)]
struct Clients {
    idle: RefCell<Vec<TcpStream>>,
    open: Cell<usize>,
    good: RefCell<Vec<Duration>>,
    rejected: Cell<u32>,
    gave_up: Cell<u32>,
}

/// Sends this many requests per second. The first second is not counted.
pub(crate) async fn open(addr: SocketAddr, rate: f64, length: Duration) -> Outcome {
    let clients = Rc::new(Clients::default());
    let local = LocalSet::new();
    let sender = Rc::clone(&clients);
    let sent = local
        .run_until(async move {
            let warm = Duration::from_secs(1);
            let mut tick = tokio::time::interval(Duration::from_millis(1));
            let begun = Instant::now();
            let (mut sent, mut sent_warm) = (0, None);
            while begun.elapsed() < warm + length {
                if sent_warm.is_none() && begun.elapsed() >= warm {
                    sent_warm = Some(sent);
                    sender.forget();
                }
                while f64::from(sent) < rate * begun.elapsed().as_secs_f64() {
                    sent += 1;
                    tokio::task::spawn_local(client(Rc::clone(&sender), addr));
                }
                tick.tick().await;
            }
            sent - sent_warm.unwrap_or_default()
        })
        .await;
    clients.outcome(sent, length)
}

impl Clients {
    /// Resets the counters.
    fn forget(&self) {
        self.good.borrow_mut().clear();
        self.rejected.set(0);
        self.gave_up.set(0);
    }

    fn outcome(&self, sent: u32, length: Duration) -> Outcome {
        let seconds = length.as_secs_f64();
        let mut good = self.good.take();
        good.sort();
        let millis = |part: f64| {
            let index = (good.len() as f64 * part) as usize;
            good.get(index).map_or(0.0, |it| it.as_secs_f64() * 1000.0)
        };
        Outcome {
            offered: f64::from(sent) / seconds,
            good: good.len() as f64 / seconds,
            rejected: f64::from(self.rejected.get()) / seconds,
            gave_up: f64::from(self.gave_up.get()) / seconds,
            median: millis(0.5),
            percentile_99: millis(0.99),
        }
    }
}

/// Sends one request on a connection that is idle, or on a new one. A client that gives up closes its connection.
async fn client(clients: Rc<Clients>, addr: SocketAddr) {
    let begun = Instant::now();
    let exchange = async {
        let idle = clients.idle.borrow_mut().pop();
        let mut stream = match idle {
            Some(stream) => stream,
            None if clients.open.get() >= MAX_OPEN => return Err(io::ErrorKind::OutOfMemory.into()),
            None => TcpStream::connect(addr).await?,
        };
        let status = ask(&mut stream).await?;
        Ok::<_, io::Error>((status, stream))
    };
    clients.open.set(clients.open.get() + 1);
    let result = tokio::time::timeout(PATIENCE, exchange).await;
    clients.open.set(clients.open.get() - 1);
    match result {
        Ok(Ok((200, stream))) => {
            clients.good.borrow_mut().push(begun.elapsed());
            clients.idle.borrow_mut().push(stream);
        }
        Ok(Ok((_, stream))) => {
            clients.rejected.set(clients.rejected.get() + 1);
            clients.idle.borrow_mut().push(stream);
        }
        Ok(Err(_)) | Err(_) => clients.gave_up.set(clients.gave_up.get() + 1),
    }
}

/// Sends a request, and returns the status when the whole response has arrived.
async fn ask(stream: &mut TcpStream) -> io::Result<u16> {
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        .await?;
    let mut response = Vec::with_capacity(512);
    loop {
        if stream.read_buf(&mut response).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&response);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let is_length = name.eq_ignore_ascii_case("content-length");
            is_length.then(|| value.parse().ok())?
        });
        if body.len() >= length.unwrap_or(0) {
            let status = head.get(9..12).and_then(|status| status.parse().ok());
            return status.ok_or_else(|| io::ErrorKind::InvalidData.into());
        }
    }
}
