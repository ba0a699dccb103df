//! A client that distinguishes a whole response from an aborted one.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// The time after which a test counts as hung.
const HANGS: Duration = Duration::from_secs(60);

/// The numbers of requests that ended in each way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// The number of requests whose whole response arrived.
    pub(crate) whole: usize,
    /// The number of requests whose connection ended or was reset before the whole response arrived. The client detects
    /// this.
    pub(crate) aborted: usize,
}

impl Counts {
    pub(crate) fn add<T>(&mut self, result: &io::Result<T>) {
        match result {
            Ok(_) => self.whole += 1,
            Err(_) => self.aborted += 1,
        }
    }
}

/// Sends a request, and returns the status and the body of the response. Panics after [`HANGS`].
pub(crate) async fn send(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    request: &[u8],
) -> io::Result<(u16, Vec<u8>)> {
    let exchange = async {
        // A server may respond before it has read the whole request.
        let written = async {
            stream.write_all(request).await?;
            stream.flush().await
        };
        let written = written.await;
        match read(stream).await {
            Ok(response) => Ok(response),
            Err(error) => written.and(Err(error)),
        }
    };
    let result = tokio::time::timeout(HANGS, exchange).await;
    result.expect("a response or the end of the connection")
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<(u16, Vec<u8>)> {
    let mut response = Vec::new();
    let end = loop {
        if let Some(end) = response.windows(4).position(|it| it == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut response).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    };
    let head = String::from_utf8(response[..end].to_ascii_lowercase()).unwrap();
    let length = head.split_once("content-length: ").unwrap().1;
    let length: usize = length.split_once("\r\n").unwrap().0.parse().unwrap();
    while response.len() < end + length {
        if stream.read_buf(&mut response).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    let status = head[9..12].parse().unwrap();
    Ok((status, response.split_off(end)))
}

pub(crate) fn request(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n").into_bytes()
}

/// Sends a GET on a new connection and returns the body of the response. Panics unless its status is 200.
pub(crate) async fn get(addr: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(addr).await?;
    let (status, body) = send(&mut stream, &request(path)).await?;
    assert_eq!(status, 200);
    Ok(String::from_utf8(body).unwrap())
}

/// Returns a form with one file of this length.
pub(crate) fn upload(length: usize) -> Vec<u8> {
    let mut body =
        b"--b\r\ncontent-disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n".to_vec();
    body.extend(std::iter::repeat_n(b'x', length));
    body.extend(b"\r\n--b--\r\n");
    let mut request = format!(
        "POST /upload HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend(body);
    request
}
