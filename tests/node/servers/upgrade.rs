use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncWriteExt, copy, split};

use super::x;
use crate::event_log::EventLog;

pub(super) fn server(name: &str, events: &EventLog) -> Server {
    let server = events.serve(x);
    let log = events.clone();
    match name {
        "upgrade-listener" => {
            server.on(event::Upgrade, move |pending| {
                let (req, stream) = pending.take().unwrap();
                log.log(format!("server:upgrade {} {}", req.method, req.url));
                log.log("  upgrade");
                tokio::spawn(echo(stream, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"));
            });
        }
        "upgrade-listener-plain-get" => {
            server.on(event::Upgrade, move |_| log.log("  upgrade!"));
        }
        "upgrade-refused" => {
            server.on(event::Upgrade, move |pending| {
                let (req, mut stream) = pending.take().unwrap();
                log.log(format!("server:upgrade {} {}", req.method, req.url));
                tokio::spawn(async move {
                    stream
                        .write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n")
                        .await
                        .unwrap();
                    stream.shutdown().await.unwrap();
                });
            });
        }
        "connect-listener" => {
            server.on(event::Connect, move |pending| {
                let (req, stream) = pending.take().unwrap();
                log.log(format!("server:connect {} {}", req.method, req.url));
                log.log(format!("  connect url={}", req.url));
                tokio::spawn(echo(stream, "HTTP/1.1 200 OK\r\n\r\n"));
            });
        }
        _ => {}
    }
    server
}

async fn echo(mut stream: onward::http::UpgradedStream, head: &str) {
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut read, mut write) = split(stream);
    let _ = copy(&mut read, &mut write).await;
}
