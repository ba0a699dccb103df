//! A thousand slow clients are disconnected at the deadline, while a normal client is being served.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

const CLIENTS: usize = 1000;

/// The timeout for slow clients.
const DEADLINE: Duration = Duration::from_millis(300);

/// The time after which a test counts as hung. No result depends on it.
const HANGS: Duration = Duration::from_secs(30);

/// Runs slow clients. Returns what each of them received.
async fn run_slow_clients(server: Server, slow: &'static [u8]) -> Vec<String> {
    let (_server, at) = serve(server);
    let clients = async {
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            // The clients connect one by one, because the accept queue might not hold all of them.
            let stream = TcpStream::connect(at).await.unwrap();
            clients.spawn(be_slow(stream, slow));
        }
        clients.join_all().await
    };
    with_normal_client(at, clients).await
}

fn serve(server: Server) -> (Server, SocketAddr) {
    raise_file_limit();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(server.clone().listen(listener));
    (server, at)
}

/// Raises the limit of open files, because both ends of every connection are file descriptors of this process.
fn raise_file_limit() {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
        setrlimit(Resource::RLIMIT_NOFILE, most, most).unwrap();
    }
}

/// Sends `bytes` and waits. Returns everything that is received until the server closes the connection.
async fn be_slow(mut stream: TcpStream, bytes: &[u8]) -> String {
    // The server may close the connection before all bytes are sent.
    let _ = stream.write_all(bytes).await;
    let mut received = Vec::new();
    // A reset counts as the end.
    let _ = stream.read_to_end(&mut received).await;
    String::from_utf8_lossy(&received).into_owned()
}

/// A normal client, which measures its response times on one connection.
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

    async fn request(&mut self) {
        let begin = Instant::now();
        let request = b"GET /normal HTTP/1.1\r\nhost: a\r\n\r\n";
        self.stream.write_all(request).await.unwrap();
        let mut response = Vec::new();
        while !response.ends_with(b"\r\n\r\nnormal") {
            let read = timeout(HANGS, self.stream.read_buf(&mut response));
            assert_ne!(read.await.unwrap().unwrap(), 0, "the response is truncated");
        }
        assert!(response.starts_with(b"HTTP/1.1 200 "));
        self.times.push(begin.elapsed());
    }

    /// Returns the median response time.
    fn median(&mut self) -> Duration {
        let mut times = std::mem::take(&mut self.times);
        times.sort();
        times[times.len() / 2]
    }
}

/// Runs `slow` while a normal client sends requests.
async fn with_normal_client<T>(at: SocketAddr, slow: impl Future<Output = T>) -> T {
    let mut normal = Normal::connect(at).await;
    for _ in 0..200 {
        normal.request().await;
    }
    let alone = normal.median();
    let mut slow = pin!(timeout(HANGS, slow));
    let done = loop {
        tokio::select! {
            biased;
            () = normal.request() => {}
            done = &mut slow => break done,
        }
    };
    let responses = normal.times.len();
    let under_load = normal.median();
    println!(
        "a normal response took {alone:?} alone, and {under_load:?} under load ({responses} responses)"
    );
    done.expect("all are disconnected")
}

async fn read_body(req: Request, res: Response) -> Result {
    if req.url == "/normal" {
        return Ok(res.send("normal"));
    }
    let body = req.body.bytes().await?;
    Ok(res.send(format!("{} bytes", body.len())))
}

fn are_408(received: &[String]) {
    assert_eq!(received.len(), CLIENTS);
    for response in received {
        assert!(response.starts_with("HTTP/1.1 408 "), "{response:?}");
    }
}

#[tokio::test]
async fn clients_with_slow_headers_get_a_408() {
    let server = http::create_server(read_body).headers_timeout(DEADLINE);
    are_408(&run_slow_clients(server, b"GET / HTTP/1.1\r\nhost: a\r\nx: ").await);
}

#[tokio::test]
async fn clients_that_send_nothing_get_a_408() {
    let server = http::create_server(read_body).headers_timeout(DEADLINE);
    are_408(&run_slow_clients(server, b"").await);
}

#[tokio::test]
async fn clients_with_slow_bodies_get_a_408() {
    let server = http::create_server(read_body).request_timeout(DEADLINE);
    let part = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\npart of it";
    are_408(&run_slow_clients(server, part).await);
}

#[tokio::test]
async fn clients_with_slow_chunks_get_a_408() {
    let server = http::create_server(read_body).request_timeout(DEADLINE);
    let part =
        b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nffff\r\npart of it";
    are_408(&run_slow_clients(server, part).await);
}

/// A response that is being written. The counter contains the number of these values.
struct Writing(Arc<AtomicUsize>);

impl Drop for Writing {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Each of these clients sends a request and does not read the response.
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
    let (server, at) = serve(server.send_timeout(DEADLINE));
    let slow = async {
        let mut clients = Vec::new();
        for _ in 0..CLIENTS {
            let mut stream = TcpStream::connect(at).await.unwrap();
            let request = stream.write_all(b"GET /much HTTP/1.1\r\nhost: a\r\n\r\n");
            request.await.unwrap();
            clients.push(stream);
        }
        // The normal client stays connected.
        while server.connections() > 1 || writing.load(Ordering::Relaxed) > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        clients
    };
    let mut begun = 0;
    for mut client in with_normal_client(at, slow).await {
        let mut got = Vec::new();
        let read = timeout(HANGS, client.read_buf(&mut got)).await.unwrap();
        begun += usize::from(read.is_ok_and(|read| read > 0));
    }
    // The slow clients were disconnected during their responses. On a busy machine, some connect too late to get a
    // response.
    assert!(begun > CLIENTS / 2, "{begun} responses had begun");
}
