//! A gibibyte is transferred in each direction, and the process grows by less than 16 MiB. This is a separate test
//! program, because it measures the memory of the whole process.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod bombs;
mod tower;

use bytes::Bytes;
use onward::http;
use onward::http::Server;
use onward::multipart::Multipart;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const GIB: usize = 1 << 30;
const CHUNK: usize = 64 << 10;

/// The number of bytes by which the process may grow.
const ROOM: usize = 16 << 20;

async fn connect(server: &Server) -> TcpStream {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(server.clone().listen(listener));
    TcpStream::connect(at).await.unwrap()
}

/// Returns the resident memory of this process, in bytes. This includes the client.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.unwrap().trim().trim_end_matches(" kB");
    kib.parse::<usize>().unwrap() * 1024
}

/// The growth of the process's memory, from samples.
struct Growth {
    before: usize,
    most: usize,
    looks: usize,
}

impl Growth {
    fn new() -> Self {
        let before = resident();
        Self {
            before,
            most: before,
            looks: 0,
        }
    }

    fn look(&mut self) {
        self.looks += 1;
        if self.looks.is_multiple_of(64) {
            self.most = self.most.max(resident());
        }
    }

    fn sample(&mut self) {
        self.looks += 1;
        self.most = self.most.max(resident());
    }

    fn is_small(&self) {
        let grown = self.most - self.before;
        println!("grew by {} KiB", grown / 1024);
        assert!(grown < ROOM, "grew by {grown} bytes");
    }
}

async fn count(mut req: Request, res: Response) -> Result {
    let mut bytes = 0;
    while let Some(chunk) = req.body.next().await? {
        bytes += chunk.len();
    }
    Ok(res.send(bytes.to_string()))
}

async fn much(_req: Request, mut res: Response) -> Result {
    let chunk = Bytes::from(vec![b'x'; CHUNK]);
    res.set_header("content-length", GIB);
    for _ in 0..GIB / CHUNK {
        res.write(chunk.clone()).await?;
    }
    Ok(res.end())
}

#[tokio::test]
async fn a_large_response_takes_little_memory() {
    let mut stream = connect(&http::create_server(much)).await;
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut growth = Growth::new();
    let mut buffer = vec![0; CHUNK];
    let mut bytes = 0;
    loop {
        // Lets the server write ahead as far as it can before the client reads on.
        for _ in 0..8 {
            tokio::task::yield_now().await;
        }
        growth.look();
        match stream.read(&mut buffer).await.unwrap() {
            0 => break,
            read => bytes += read,
        }
    }
    assert!((GIB..GIB + 1024).contains(&bytes), "{bytes}");
    growth.is_small();
}

/// Stores the file of a form in a temporary file.
async fn save(req: Request, res: Response) -> Result {
    let mut form = Multipart::new(req.body)?
        .max_file(1 << 31)
        .max_total(1 << 31);
    let mut bytes = 0;
    while let Some(part) = form.next().await? {
        bytes += part.save().await?.map_or(0, |file| file.size());
    }
    Ok(res.send(bytes.to_string()))
}

async fn upload(head: &str, part: &[u8], end: &str) {
    upload_to(&http::create_server(count), head, part, end).await;
}

async fn upload_to(server: &Server, head: &str, part: &[u8], end: &str) {
    let mut stream = connect(server).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut growth = Growth::new();
    for _ in 0..GIB / CHUNK {
        stream.write_all(part).await.unwrap();
        growth.look();
    }
    stream.write_all(end.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    assert!(response.ends_with(&format!("\r\n\r\n{GIB}")), "{response}");
    growth.is_small();
}

#[tokio::test]
async fn a_large_upload_takes_little_memory() {
    let head =
        format!("POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {GIB}\r\n\r\n");
    upload(&head, &[b'x'; CHUNK], "").await;
}

#[tokio::test]
async fn a_large_chunked_upload_takes_little_memory() {
    let head =
        "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    let part = [format!("{CHUNK:x}\r\n").as_bytes(), &[b'x'; CHUNK], b"\r\n"].concat();
    upload(head, &part, "0\r\n\r\n").await;
}

#[tokio::test]
async fn a_large_file_of_a_form_takes_little_memory() {
    let start = "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n";
    let end = "\r\n--b--\r\n";
    let length = start.len() + GIB + end.len();
    let head = format!(
        "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {length}\r\n\
         content-type: multipart/form-data; boundary=b\r\n\r\n{start}"
    );
    // A body of carriage returns is the worst case: each byte may begin a boundary.
    upload_to(&http::create_server(save), &head, &[b'\r'; CHUNK], end).await;
}

/// The responses share the memory of one body.
#[tokio::test]
async fn a_body_that_many_clients_do_not_read_is_stored_once() {
    static BODY: [u8; ROOM] = [0; ROOM];
    let server = http::create_server(|_req, res| async move { res.end_with(&BODY[..]) });
    let mut streams = vec![connect(&server).await];
    let at = streams[0].peer_addr().unwrap();
    for _ in 1..32 {
        streams.push(TcpStream::connect(at).await.unwrap());
    }
    let mut growth = Growth::new();
    for stream in &mut streams {
        stream
            .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
            .await
            .unwrap();
        // The response to this client has begun.
        stream.read_u8().await.unwrap();
        for _ in 0..64 {
            tokio::task::yield_now().await;
            growth.look();
        }
    }
    growth.is_small();
    drop(streams);
}

/// If a client reads nothing, the handler waits, and little is buffered.
#[tokio::test]
async fn an_unread_response_takes_little_memory() {
    let mut stream = connect(&http::create_server(much)).await;
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    let mut growth = Growth::new();
    for _ in 0..64 * 64 {
        tokio::task::yield_now().await;
        growth.look();
    }
    growth.is_small();
    drop(stream);
}
