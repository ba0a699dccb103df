//! hyper's server as a reader.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response, Version};

use super::ours::pairs;
use super::{MAX_TRAILERS, ReadRequest};
use crate::feed::{End, Feed};

/// Returns a target as hyper's type displays it.
pub(crate) fn shown(target: &str) -> String {
    match target.parse::<hyper::Uri>() {
        Ok(uri) => uri.to_string(),
        Err(_) => target.to_owned(),
    }
}

pub(crate) async fn read(bytes: &[u8]) -> Vec<ReadRequest> {
    let requests = Arc::<Mutex<Vec<ReadRequest>>>::default();
    let log = Arc::clone(&requests);
    let service = service_fn(move |request: Request<Incoming>| {
        let log = Arc::clone(&log);
        async move {
            let read = read_request(request).await;
            log.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(read);
            Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new()))
        }
    });
    let feed = Feed::default();
    feed.push(bytes);
    feed.end(End::Orderly);
    let mut builder = Builder::new();
    builder.half_close(true).max_headers(MAX_TRAILERS);
    let connection = builder.serve_connection(feed, service);
    // hyper returns an error for input that it rejects.
    let _ = tokio::time::timeout(Duration::from_secs(1), connection).await;
    let requests = requests.lock().unwrap_or_else(PoisonError::into_inner);
    requests.clone()
}

async fn read_request(request: Request<Incoming>) -> ReadRequest {
    let (head, mut body) = request.into_parts();
    let mut read = ReadRequest {
        method: head.method.to_string(),
        target: head.uri.to_string(),
        is_http10: head.version == Version::HTTP_10,
        headers: pairs(&head.headers),
        ..ReadRequest::default()
    };
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return read;
        };
        match frame.into_data() {
            Ok(data) => read.body.extend_from_slice(&data),
            Err(frame) => read.trailers = frame.trailers_ref().map(pairs).unwrap_or_default(),
        }
    }
    read.is_complete = true;
    read
}
