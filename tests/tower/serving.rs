use std::net::SocketAddr;

use onward::http::{self, Server};

/// Serves a router with axum.
pub(crate) async fn by_axum(router: ::axum::Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move { ::axum::serve(listener, router).await.unwrap() });
    addr
}

pub(crate) fn by_onward(server: Server) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(server.listen(listener));
    addr
}

/// The addresses of two servers for one service: axum and Onward.
macro_rules! by_both {
    ($service:expr) => {
        [
            $crate::serving::by_axum(::axum::Router::new().fallback_service($service)).await,
            $crate::serving::by_onward(onward::http::create_server(onward::http::service(
                $service,
            ))),
        ]
    };
}
pub(crate) use by_both;

/// Creates the server of most tests.
pub(crate) fn hello() -> Server {
    http::create_server(|req, res| async move { res.send(format!("hello {}", req.url)) })
}
