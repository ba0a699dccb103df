//! The responses of every server in the benchmark.
//!
//! | request | response |
//! |---|---|
//! | `GET /` | [`HELLO`] as text |
//! | `GET /json` | a [`Message`] |
//! | `GET /products/{id}` | the [`Product`] of that number |
//! | `POST /products` with an [`Item`] | the same [`Item`] |
//!
//! Servers for other measurements differ: the file servers send the files of [`folder`] below `/files/`; the servers
//! with TLS and those for HTTP/2 need only `GET /`; the servers of `--what websocket` have `/echo`, and those of
//! `--what fan-out` have `/live` and `POST /sold`.

use serde::{Deserialize, Serialize};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;

pub const HELLO: &str = "Hello, world!";

#[derive(Serialize)]
pub struct Message {
    pub message: &'static str,
}

impl Message {
    pub const HELLO: Self = Self { message: HELLO };
}

#[derive(Serialize)]
pub struct Product {
    pub id: u32,
    pub name: String,
}

impl Product {
    pub fn find(id: u32) -> Self {
        Self {
            id,
            name: format!("product {id}"),
        }
    }
}

#[derive(Deserialize, Serialize)]
pub struct Item {
    pub name: String,
    pub price_cents: u32,
}

/// The event that the servers of `--what fan-out` send.
#[derive(Clone, Copy, Serialize)]
pub struct Sold {
    pub product: &'static str,
    pub left: u32,
}

impl Sold {
    pub const LAMP: Self = Self {
        product: "lamp",
        left: 7,
    };
}

/// Listens on the address. On Linux, connections inherit `TCP_NODELAY` from their listener. This function is for
/// servers that have no option for `TCP_NODELAY` but accept a listener.
pub fn listener() -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address())?;
    listener.set_nonblocking(true)?;
    socket2::SockRef::from(&listener).set_tcp_nodelay(true)?;
    Ok(listener)
}

/// Returns the address to listen on: the last argument.
pub fn address() -> SocketAddr {
    let argument = std::env::args()
        .next_back()
        .expect("an address as last argument");
    argument.parse().expect("an address such as 127.0.0.1:3000")
}

/// The names and the lengths of the files that are sent.
pub const FILES: [(&str, usize); 2] = [("small.css", 4 * 1024), ("large.bin", 1024 * 1024)];

/// Returns the folder with the files or the certificate: the first argument.
pub fn folder() -> PathBuf {
    let argument = std::env::args_os().nth(1);
    argument.expect("a folder as first argument").into()
}

/// Returns the certificate and its key, in the folder that is the first argument.
pub fn certificate() -> (PathBuf, PathBuf) {
    let folder = folder();
    (folder.join("cert.pem"), folder.join("key.pem"))
}
