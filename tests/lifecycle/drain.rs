//! Readiness, the delay before a server stops listening, and the work that it waits for.

use std::time::Duration;

use onward::http;
use onward::readiness;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{serve, soon};

fn server() -> http::Server {
    http::create_server(|req, res| async move { res.send(readiness(&req)) })
}

async fn status(addr: std::net::SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(addr).await?;
    let request = b"GET /ready HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await?;
    let mut response = String::new();
    stream.read_to_string(&mut response).await?;
    Ok(response.get(9..12).unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_server_is_not_ready_before_it_stops_listening() {
    let served = serve(server().close_delay(Duration::from_millis(500)));
    assert_eq!(status(served.addr).await.unwrap(), "200");
    served.server.close();
    assert_eq!(status(served.addr).await.unwrap(), "503");
    assert!(served.server.listening());
    let addr = served.addr;
    served.closed().await;
    status(addr).await.unwrap_err();
}

#[tokio::test]
async fn closing_twice_ends_the_delay() {
    let served = serve(server().close_delay(Duration::from_secs(3600)));
    assert_eq!(status(served.addr).await.unwrap(), "200");
    served.server.close();
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn the_deadline_includes_the_delay() {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = server().close_delay(Duration::from_secs(3600));
    let served = serve(server.close_on(stopped, Duration::from_millis(200)));
    assert_eq!(status(served.addr).await.unwrap(), "200");
    drop(stop);
    served.closed().await;
}

#[tokio::test]
async fn a_closing_server_waits_for_tasks() {
    let served = serve(server());
    let (release, released) = tokio::sync::oneshot::channel::<()>();
    let (done, mut is_done) = tokio::sync::oneshot::channel();
    served.server.spawn(async move {
        released.await.unwrap();
        done.send(()).unwrap();
    });
    served.server.close();
    let server = served.server.clone();
    let closed = tokio::spawn(async move { server.closed().await });
    served.server.closing().await;
    assert!(is_done.try_recv().is_err() && !closed.is_finished());
    release.send(()).unwrap();
    soon("the end", closed).await.unwrap();
    is_done.try_recv().unwrap();
    served.closed().await;
}

#[tokio::test]
async fn a_task_is_dropped_at_the_deadline() {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = serve(server().close_on(stopped, Duration::from_millis(50)));
    let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
    served.server.spawn(async move {
        std::future::pending::<()>().await;
        drop(sender);
    });
    drop(stop);
    served.closed().await;
    soon("the drop of the task", receiver).await.unwrap_err();
}
