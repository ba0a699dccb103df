//! hyper's client, which reads the responses that a server sent.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper::{HeaderMap, Request, Version};
use tokio::time::timeout;

use super::parser::{Placed, Reply};
use super::script::Ask;
use crate::feed::{End, Feed};

/// A time after which nothing happens. The clock stands still while a task can run, so anything that takes this long
/// will never happen.
const NEVER: Duration = Duration::from_secs(1);

/// Reads the responses to the requests, one after another. `end` is how the connection was closed after them.
///
/// # Panics
/// Panics if the client reads a response that differs from the one in `placed`.
pub(crate) async fn check(asks: &[Ask], received: &[u8], placed: &[Placed], end: End) {
    let feed = Feed::default();
    let mut builder = Builder::new();
    builder.max_headers(200);
    let (mut sender, connection) = builder
        .handshake(feed.clone())
        .await
        .expect("a new connection");
    let driving = tokio::spawn(connection);
    for (at, (ask, placed_at)) in asks.iter().zip(placed).enumerate() {
        let slice = &received[placed_at.start..placed_at.end];
        let is_last = at + 1 == placed.len();
        let read = exchange(&mut sender, &feed, ask, slice, is_last.then_some(end));
        let read = timeout(NEVER, read).await;
        let shown = || slice.escape_ascii().to_string();
        let read = read.unwrap_or_else(|_| panic!("the client waits for more than {}", shown()));
        compare(&placed_at.reply, &read, &shown());
    }
    driving.abort();
}

async fn exchange(
    sender: &mut SendRequest<Empty<Bytes>>,
    feed: &Feed,
    ask: &Ask,
    response: &[u8],
    end: Option<End>,
) -> Result<Reply, hyper::Error> {
    sender.ready().await?;
    let sending = sender.send_request(request(ask));
    tokio::pin!(sending);
    // The request is sent first, because hyper treats bytes that arrive before it as an error.
    assert!(
        timeout(Duration::from_millis(1), &mut sending)
            .await
            .is_err()
    );
    feed.push(response);
    if let Some(end) = end {
        feed.end(end);
    }
    let (head, mut body) = sending.await?.into_parts();
    let mut reply = Reply {
        is_http10: head.version == Version::HTTP_10,
        status: head.status.as_u16(),
        headers: pairs(&head.headers),
        body: Vec::new(),
        trailers: Vec::new(),
        is_complete: false,
    };
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Ok(reply);
        };
        match frame.into_data() {
            Ok(data) => reply.body.extend_from_slice(&data),
            Err(frame) => reply.trailers = frame.trailers_ref().map(pairs).unwrap_or_default(),
        }
    }
    reply.is_complete = true;
    Ok(reply)
}

fn request(ask: &Ask) -> Request<Empty<Bytes>> {
    let mut request = Request::builder().method(ask.method).uri("/");
    if ask.is_http10 {
        request = request.version(Version::HTTP_10);
    }
    for header in ask.headers.iter().filter(|it| is_kept(it)) {
        let (name, value) = header.split_once(": ").expect("a header");
        request = request.header(name, value);
    }
    request.body(Empty::new()).expect("a request")
}

/// Returns whether a header is kept. The body is not sent again, so the headers that announce it are removed.
fn is_kept(header: &str) -> bool {
    !header.starts_with("content-length") && !header.starts_with("expect")
}

fn pairs(map: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    let pairs = map.iter();
    pairs
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

/// Groups the values of a name, as a map does; apart from that, the order is the same.
fn grouped(headers: &[(String, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = headers.to_vec();
    let first = |name: &str| headers.iter().position(|it| it.0 == name);
    all.sort_by_key(|(name, _)| first(name));
    all
}

fn compare(ours: &Reply, read: &Result<Reply, hyper::Error>, shown: &str) {
    let mut ours = ours.clone();
    ours.headers = grouped(&ours.headers);
    ours.trailers = grouped(&ours.trailers);
    let mut read = match read {
        Ok(read) => read.clone(),
        Err(error) => panic!("{error:?} from {shown}"),
    };
    if !ours.is_complete {
        // hyper may return less of a truncated body than was received.
        assert!(ours.body.starts_with(&read.body), "{shown}");
        read.body.clone_from(&ours.body);
    }
    assert_eq!(ours, read, "{shown}");
}
