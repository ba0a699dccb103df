//! hyper with as little on top as possible: it reads request heads and writes response heads, and does almost nothing
//! else.
//!
//! It has no limits, no timer and no events. Everything that saves hyper work is switched on, including what a public
//! server should avoid: with `pipeline_flush`, a client that has sent half of its next request does not receive the
//! response to the previous one.

mod answer;
mod socket;
mod text;

use answer::Answer;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper::{Request, Response};
use socket::Socket;
use std::convert::Infallible;
use std::io;
use text::Text;
use tokio::net::TcpListener;

fn main() -> io::Result<()> {
    // Without a timer, the runtime does not need to read the clock either.
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_io().build()?.block_on(serve())
}

async fn serve() -> io::Result<()> {
    let listener = TcpListener::bind(app::address()).await?;
    let mut http = http1::Builder::new();
    // With half-close, hyper does not check whether the client has disconnected while the response is being created.
    http.half_close(true).pipeline_flush(true);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(http.serve_connection(Socket::new(stream), App));
    }
}

struct App;

impl Service<Request<Incoming>> for App {
    type Response = Response<Text>;
    type Error = Infallible;
    type Future = Answer;

    fn call(&self, request: Request<Incoming>) -> Answer {
        Answer::to(request)
    }
}
