use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::LazyLock;

use onward::http::{Server, Tls};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::certificates::Authority;
use crate::client::Protocol;

/// The name of the server.
const NAME: &str = "a.example";

/// Certificates, if the tests run over TLS.
static TLS: LazyLock<Option<(Authority, (PathBuf, PathBuf))>> = LazyLock::new(|| {
    std::env::var_os("ONWARD_TLS")?;
    let authority = Authority::new();
    let files = authority.issue("a", &[NAME]);
    Some((authority, files))
});

pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

pub(crate) fn with_tls(server: Server) -> Server {
    match &*TLS {
        Some((_, (certificate, key))) => server.tls(Tls::pem(certificate, key).unwrap()),
        None => server,
    }
}

pub(crate) async fn connect(addr: SocketAddr, protocol: Protocol) -> Box<dyn Stream> {
    let Some((authority, _)) = &*TLS else {
        let stream = TcpStream::connect(addr).await.unwrap();
        stream.set_nodelay(true).unwrap();
        return Box::new(stream);
    };
    let protocol = match protocol {
        Protocol::Http1 => "http/1.1",
        Protocol::Http2 => "h2",
    };
    let client = authority.client(None, &[protocol]);
    Box::new(client.connect(addr, NAME).await.unwrap())
}

/// Returns whether the server still accepts bytes.
pub(crate) async fn write(stream: &mut Box<dyn Stream>, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok() && stream.flush().await.is_ok()
}
