//! The common code of both hyper servers: a `service_fn`, and `Full` as the body.

use app::{HELLO, Item, Message, Product};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use std::convert::Infallible;
use std::io;
use tokio::net::TcpListener;

pub(crate) async fn serve(http: &http1::Builder) -> io::Result<()> {
    let listener = TcpListener::bind(app::address()).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(http.serve_connection(TokioIo::new(stream), service_fn(answer)));
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(match (request.method(), request.uri().path()) {
        (&Method::GET, "/") => with_type(
            HeaderValue::from_static("text/plain; charset=utf-8"),
            HELLO.into(),
        ),
        (&Method::GET, "/json") => json(&Message::HELLO),
        (&Method::POST, "/products") => match request.into_body().collect().await {
            Ok(body) => match serde_json::from_slice::<Item>(&body.to_bytes()) {
                Ok(item) => json(&item),
                Err(_) => status(StatusCode::BAD_REQUEST),
            },
            Err(_) => status(StatusCode::BAD_REQUEST),
        },
        (&Method::GET, path) => {
            match path
                .strip_prefix("/products/")
                .and_then(|id| id.parse().ok())
            {
                Some(id) => json(&Product::find(id)),
                None => status(StatusCode::NOT_FOUND),
            }
        }
        _ => status(StatusCode::NOT_FOUND),
    })
}

fn json(value: &impl Serialize) -> Response<Full<Bytes>> {
    match serde_json::to_vec(value) {
        Ok(body) => with_type(HeaderValue::from_static("application/json"), body.into()),
        Err(_) => status(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

fn with_type(content_type: HeaderValue, body: Full<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

fn status(code: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::default();
    *response.status_mut() = code;
    response
}
