//! TLS over sockets, with rustls as the client.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod certificates_of_clients;
mod chosen;
mod ends;
mod files;
mod h2spec;
mod handshakes;
mod reload;
mod served;
mod suites;

#[path = "../support/certificates.rs"]
mod certificates;
#[path = "../support/served.rs"]
mod support;

use std::net::SocketAddr;

use onward::http::{self, Server, Tls};
use onward::prelude::*;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::certificates::Authority;
pub(crate) use crate::support::{Served, serve, soon};

/// An authority and a server with a certificate for `a.example`, whose responses describe the connections.
pub(crate) struct Site {
    pub(crate) authority: Authority,
    pub(crate) tls: Tls,
}

impl Site {
    pub(crate) fn new() -> Self {
        let authority = Authority::new();
        let (certificate, key) = authority.issue("a", &["a.example"]);
        let tls = Tls::pem(certificate, key).unwrap();
        Self { authority, tls }
    }

    pub(crate) fn serve(&self, tls: Tls) -> Served {
        serve(facts().tls(tls))
    }

    /// Sends a request on a new connection and returns the response.
    pub(crate) async fn get(&self, addr: SocketAddr, name: &str) -> std::io::Result<String> {
        let client = self.authority.client(None, &[]);
        let mut stream = client.connect(addr, name).await?;
        exchange(&mut stream).await
    }
}

pub(crate) fn facts() -> Server {
    http::create_server(|req: Request, res: Response| async move {
        let socket = &req.socket;
        let tls = socket.tls().map(|tls| {
            let alpn = tls.alpn_protocol.as_deref().unwrap_or("-");
            let name = tls.server_name.as_deref().unwrap_or("-");
            format!("{} {alpn} {name}", tls.version)
        });
        let certificates = socket.peer_certificates().len();
        let (encrypted, version) = (socket.encrypted(), req.version);
        res.send(format!("{version:?} {encrypted} {tls:?} {certificates}"))
    })
}

pub(crate) const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\n\r\n";

/// Sends a request and returns the whole response.
pub(crate) async fn exchange(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
) -> std::io::Result<String> {
    stream.write_all(REQUEST).await?;
    let mut response = String::new();
    soon("a response", stream.read_to_string(&mut response)).await?;
    Ok(response)
}

/// Collects the failed handshakes of a server.
pub(crate) fn failures(server: &Server) -> UnboundedReceiver<(std::io::ErrorKind, String)> {
    let (sender, receiver) = unbounded_channel();
    server.on(event::TlsClientError, move |failed| {
        let _ = sender.send((failed.error.kind(), failed.to_string()));
    });
    receiver
}
