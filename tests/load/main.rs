//! A thousand clients that take their time are shed when it is up, and a client that does not is served meanwhile.

#![expect(
    clippy::unwrap_used,
    reason = "here a panic is how a failure is told, and its line says what failed"
)]

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

const CLIENTS: usize = 1000;

/// What a slow client gets of the server's time.
const DEADLINE: Duration = Duration::from_millis(300);

/// A test that hangs should end. Nothing is decided by this time.
const HANGS: Duration = Duration::from_secs(30);

/// Runs slow clients. What each of them got.
async fn shed(server: Server, slow: &'static [u8]) -> Vec<String> {
    let (_server, at) = serve(server);
    let clients = async {
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            // One by one, so that none is forgotten by a system that cannot queue so many.
            let stream = TcpStream::connect(at).await.unwrap();
            clients.spawn(be_slow(stream, slow));
        }
        clients.join_all().await
    };
    beside(at, clients).await
}

fn serve(server: Server) -> (Server, SocketAddr) {
    room();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(server.clone().listen(listener));
    (server, at)
}

/// Both ends of all connections are files of this process.
fn room() {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
        setrlimit(Resource::RLIMIT_NOFILE, most, most).unwrap();
    }
}

/// Sends what it has, and then waits. All that came when the server closed the connection.
async fn be_slow(mut stream: TcpStream, bytes: &[u8]) -> String {
    // It may be shed before it has sent this.
    let _ = stream.write_all(bytes).await;
    let mut told = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut told).await;
    String::from_utf8_lossy(&told).into_owned()
}

/// A client as it should be, on one connection.
struct Normal {
    stream: TcpStream,
    times: Vec<Duration>,
}

impl Normal {
    async fn connect(at: SocketAddr) -> Self {
        let stream = TcpStream::connect(at).await.unwrap();
        Self {
            stream,
            times: Vec::new(),
        }
    }

    async fn ask(&mut self) {
        let begin = Instant::now();
        let ask = b"GET /normal HTTP/1.1\r\nhost: a\r\n\r\n";
        self.stream.write_all(ask).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\nnormal") {
            let read = timeout(HANGS, self.stream.read_buf(&mut answer));
            assert_ne!(read.await.unwrap().unwrap(), 0, "it is cut");
        }
        assert!(answer.starts_with(b"HTTP/1.1 200 "));
        self.times.push(begin.elapsed());
    }

    /// How long an answer takes it, at the median.
    fn median(&mut self) -> Duration {
        let mut times = std::mem::take(&mut self.times);
        times.sort();
        times[times.len() / 2]
    }
}

/// Runs what is slow, beside a client that is not.
async fn beside<T>(at: SocketAddr, slow: impl Future<Output = T>) -> T {
    let mut normal = Normal::connect(at).await;
    for _ in 0..200 {
        normal.ask().await;
    }
    let alone = normal.median();
    let mut slow = pin!(timeout(HANGS, slow));
    let done = loop {
        tokio::select! {
            biased;
            () = normal.ask() => {}
            done = &mut slow => break done,
        }
    };
    let answers = normal.times.len();
    let meanwhile = normal.median();
    println!(
        "a normal answer took {alone:?} alone, and {meanwhile:?} meanwhile ({answers} answers)"
    );
    done.expect("all are shed")
}

async fn read_body(req: Request, res: Response) -> Result {
    if req.url == "/normal" {
        return Ok(res.send("normal"));
    }
    let body = req.body.bytes().await?;
    Ok(res.send(format!("{} bytes", body.len())))
}

fn are_408(told: &[String]) {
    assert_eq!(told.len(), CLIENTS);
    for answer in told {
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer:?}");
    }
}

#[tokio::test]
async fn clients_with_slow_headers_get_a_408() {
    let server = http::create_server(read_body).headers_timeout(DEADLINE);
    are_408(&shed(server, b"GET / HTTP/1.1\r\nhost: a\r\nx: ").await);
}

#[tokio::test]
async fn clients_that_send_nothing_get_a_408() {
    let server = http::create_server(read_body).headers_timeout(DEADLINE);
    are_408(&shed(server, b"").await);
}

#[tokio::test]
async fn clients_with_slow_bodies_get_a_408() {
    let server = http::create_server(read_body).request_timeout(DEADLINE);
    let part = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\npart of it";
    are_408(&shed(server, part).await);
}

#[tokio::test]
async fn clients_with_slow_chunks_get_a_408() {
    let server = http::create_server(read_body).request_timeout(DEADLINE);
    let part =
        b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nffff\r\npart of it";
    are_408(&shed(server, part).await);
}

/// Counts the answers that are being written.
struct Writing(Arc<AtomicUsize>);

impl Drop for Writing {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Clients that ask for much and read nothing.
#[tokio::test]
async fn clients_that_do_not_read_are_disconnected() {
    let writing = Arc::new(AtomicUsize::new(0));
    let inside = Arc::clone(&writing);
    let server = http::create_server(move |req, mut res| {
        let normal = req.url == "/normal";
        let writing = (!normal).then(|| {
            inside.fetch_add(1, Ordering::Relaxed);
            Writing(Arc::clone(&inside))
        });
        async move {
            if normal {
                return Ok::<_, Error>(res.send("normal"));
            }
            let _writing = writing;
            let chunk = bytes::Bytes::from_static(&[b'x'; 16 << 10]);
            loop {
                res.write(chunk.clone()).await?;
            }
        }
    });
    let (server, at) = serve(server.idle_timeout(DEADLINE));
    let slow = async {
        let mut clients = Vec::new();
        for _ in 0..CLIENTS {
            let mut stream = TcpStream::connect(at).await.unwrap();
            let ask = stream.write_all(b"GET /much HTTP/1.1\r\nhost: a\r\n\r\n");
            ask.await.unwrap();
            clients.push(stream);
        }
        // The normal client stays.
        while server.connections() > 1 || writing.load(Ordering::Relaxed) > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        clients
    };
    let mut begun = 0;
    for mut client in beside(at, slow).await {
        let mut got = Vec::new();
        let read = timeout(HANGS, client.read_buf(&mut got)).await.unwrap();
        begun += usize::from(read.is_ok_and(|read| read > 0));
    }
    // They were shed in the middle of their answers. On a machine that is busy some come too late for one.
    assert!(begun > CLIENTS / 2, "{begun} answers had begun");
}
