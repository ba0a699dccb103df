use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(("0.0.0.0", 3000)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let connection =
            http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(hello));
        tokio::spawn(connection);
    }
}

async fn hello(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
    match request.uri().path() {
        "/" => Ok(Response::new("hello".into())),
        _ => Response::builder().status(404).body(Full::default()),
    }
}
