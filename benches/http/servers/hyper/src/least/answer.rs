//! The response, and its future, which is not an `async` block: except for a POST it is ready when it is created.

use crate::text::Text;
use app::{HELLO, Item, Product};
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde::Serialize;
use std::convert::Infallible;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

pub(crate) enum Answer {
    /// `None` once hyper has taken it.
    Ready(Option<Response<Text>>),
    /// The item has not been read yet.
    Reading(Incoming, Vec<u8>, HeaderMap),
}

enum Found {
    Hello,
    Message,
    Json(Vec<u8>),
    Nothing(StatusCode),
}

const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// [`Message::HELLO`](app::Message::HELLO), serialized in advance.
const MESSAGE: &str = r#"{"message":"Hello, world!"}"#;

impl Answer {
    pub(crate) fn to(request: Request<Incoming>) -> Self {
        let (head, body) = request.into_parts();
        let headers = head.headers;
        let found = match (&head.method, head.uri.path()) {
            (&Method::GET, "/") => Found::Hello,
            (&Method::GET, "/json") => Found::Message,
            (&Method::GET, path) => product(path),
            (&Method::POST, "/products") => return Self::Reading(body, Vec::new(), headers),
            _ => Found::Nothing(StatusCode::NOT_FOUND),
        };
        Self::Ready(Some(found.response(headers)))
    }
}

impl Future for Answer {
    type Output = Result<Response<Text>, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(Ok(match self.get_mut() {
            Self::Ready(response) => response.take().expect("hyper polls only once"),
            Self::Reading(body, read, headers) => {
                let found = ready!(poll_item(body, read, cx));
                found.response(mem::take(headers))
            }
        }))
    }
}

impl Found {
    /// Creates the response. `headers` is the map of the request; hyper reuses it for the headers of the next request.
    // Inlining saves a move of the response.
    #[inline(always)]
    fn response(self, mut headers: HeaderMap) -> Response<Text> {
        headers.clear();
        let (content_type, text) = match self {
            Self::Hello => (TEXT, Text::fixed(HELLO)),
            Self::Message => (JSON, Text::fixed(MESSAGE)),
            Self::Json(text) => (JSON, Text::written(text)),
            Self::Nothing(code) => return empty(code),
        };
        headers.insert(CONTENT_TYPE, content_type);
        let mut response = Response::new(text);
        *response.headers_mut() = headers;
        response
    }
}

fn empty(code: StatusCode) -> Response<Text> {
    let mut response = Response::new(Text::EMPTY);
    *response.status_mut() = code;
    response
}

fn product(path: &str) -> Found {
    let id = path.strip_prefix("/products/");
    match id.and_then(|id| id.parse().ok()) {
        Some(id) => json(&Product::find(id)),
        None => Found::Nothing(StatusCode::NOT_FOUND),
    }
}

/// Reads the whole body, and serializes the item that it contains.
fn poll_item(body: &mut Incoming, read: &mut Vec<u8>, cx: &mut Context<'_>) -> Poll<Found> {
    const WRONG: Found = Found::Nothing(StatusCode::BAD_REQUEST);
    loop {
        match ready!(Pin::new(&mut *body).poll_frame(cx)) {
            Some(Ok(frame)) => read.extend_from_slice(frame.data_ref().map_or(&[], |it| it)),
            Some(Err(_)) => return Poll::Ready(WRONG),
            None => {
                let item = serde_json::from_slice::<Item>(read);
                return Poll::Ready(item.map_or(WRONG, |item| json(&item)));
            }
        }
    }
}

fn json(value: &impl Serialize) -> Found {
    match serde_json::to_vec(value) {
        Ok(text) => Found::Json(text),
        Err(_) => Found::Nothing(StatusCode::INTERNAL_SERVER_ERROR),
    }
}
