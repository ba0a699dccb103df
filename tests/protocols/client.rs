use std::future::poll_fn;
use std::net::SocketAddr;

use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{RecvStream, SendStream};
use onward::http::{HeaderMap, HeaderName, HeaderValue};
use tokio::task::JoinHandle;

use crate::http1::{Part, Wire};
use crate::server::soon;
use crate::stream::{Stream, connect};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http1,
    Http2,
}

/// A request to send.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
}

pub(crate) fn get(path: &str) -> Ask {
    ask("GET", path)
}

pub(crate) fn post(path: &str) -> Ask {
    ask("POST", path)
}

pub(crate) fn ask(method: &'static str, path: &str) -> Ask {
    Ask {
        method,
        path: path.to_owned(),
        headers: Vec::new(),
    }
}

impl Ask {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) trailers: HeaderMap,
    /// Whether the body is complete.
    pub(crate) is_whole: bool,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// A connection to the server.
pub(crate) enum Client {
    Http1(Wire),
    Http2 {
        requests: SendRequest<Bytes>,
        connection: JoinHandle<Result<(), h2::Error>>,
    },
}

/// A request whose head was sent.
pub(crate) enum Call<'c> {
    Http1(&'c mut Wire),
    Http2(Box<Http2Call>),
}

pub(crate) struct Http2Call {
    body: SendStream<Bytes>,
    response: ResponseFuture,
    received: Option<RecvStream>,
}

impl Client {
    pub(crate) async fn connect(addr: SocketAddr, protocol: Protocol) -> Self {
        Self::over(connect(addr, protocol).await, protocol).await
    }

    pub(crate) async fn connect_without_tls(addr: SocketAddr, protocol: Protocol) -> Self {
        let stream = tokio::net::TcpStream::connect(addr).await.unwrap();
        Self::over(Box::new(stream), protocol).await
    }

    async fn over(stream: Box<dyn Stream>, protocol: Protocol) -> Self {
        match protocol {
            Protocol::Http1 => Self::Http1(Wire::new(stream)),
            Protocol::Http2 => Self::http2(stream, &h2::client::Builder::new()).await,
        }
    }

    pub(crate) async fn http2(stream: Box<dyn Stream>, builder: &h2::client::Builder) -> Self {
        let (requests, connection) = builder.handshake(stream).await.unwrap();
        Self::Http2 {
            requests,
            connection: tokio::spawn(connection),
        }
    }

    /// Sends the head of a request. `has_body` states whether a body follows.
    pub(crate) async fn open(&mut self, ask: &Ask, has_body: bool) -> Call<'_> {
        self.try_open(ask, has_body).await.unwrap()
    }

    pub(crate) async fn try_open(
        &mut self,
        ask: &Ask,
        has_body: bool,
    ) -> Result<Call<'_>, h2::Error> {
        let requests = match self {
            Self::Http1(wire) => {
                wire.open(ask, has_body).await;
                return Ok(Call::Http1(wire));
            }
            Self::Http2 { requests, .. } => requests,
        };
        let uri = format!("http://a{}", ask.path);
        let mut request = http_request(ask.method, &uri);
        for (name, value) in &ask.headers {
            let name = HeaderName::from_static(name);
            let value = HeaderValue::from_str(value).unwrap();
            request.headers_mut().append(name, value);
        }
        let mut ready = soon("a stream", requests.clone().ready()).await?;
        let (response, body) = ready.send_request(request, !has_body)?;
        Ok(Call::Http2(Box::new(Http2Call {
            body,
            response,
            received: None,
        })))
    }

    pub(crate) async fn ask(&mut self, ask: Ask) -> Answer {
        self.open(&ask, false).await.answer().await
    }

    /// Sends a request with its whole body.
    pub(crate) async fn send(&mut self, ask: Ask, body: &[u8]) -> Answer {
        let ask = ask.header("content-length", &body.len().to_string());
        let mut call = self.open(&ask, true).await;
        call.send(body).await;
        call.end(&[]).await;
        call.answer().await
    }

    /// Waits until the server closes the connection.
    pub(crate) async fn closed(self) {
        match self {
            Self::Http1(mut wire) => wire.closed().await,
            Self::Http2 {
                requests,
                connection,
            } => {
                // `requests` is dropped last: without it, the client would close the connection itself.
                let _ = soon("the end of the connection", connection).await;
                drop(requests);
            }
        }
    }

    /// Closes the connection without waiting for the server.
    pub(crate) fn abort(self) {
        if let Self::Http2 { connection, .. } = self {
            connection.abort();
        }
    }
}

fn http_request(method: &str, uri: &str) -> http::Request<()> {
    let request = http::Request::builder().method(method).uri(uri);
    request.body(()).unwrap()
}

impl Call<'_> {
    /// Sends a part of the body as soon as the server accepts it. Returns whether the server accepts it.
    pub(crate) async fn send(&mut self, data: &[u8]) -> bool {
        let call = match self {
            Self::Http1(wire) => return wire.send(data).await,
            Self::Http2(call) => call,
        };
        let mut rest = Bytes::copy_from_slice(data);
        while !rest.is_empty() {
            call.body.reserve_capacity(rest.len());
            let capacity = poll_fn(|cx| call.body.poll_capacity(cx)).await;
            let Some(Ok(capacity)) = capacity else {
                return false;
            };
            let part = rest.split_to(capacity.min(rest.len()));
            if call.body.send_data(part, false).is_err() {
                return false;
            }
        }
        true
    }

    pub(crate) async fn end(&mut self, trailers: &[(&str, &str)]) {
        let call = match self {
            Self::Http1(wire) => return wire.end(trailers).await,
            Self::Http2(call) => call,
        };
        if trailers.is_empty() {
            // The server may have reset a stream whose body it does not read.
            let _ = call.body.send_data(Bytes::new(), true);
            return;
        }
        let mut fields = HeaderMap::new();
        for (name, value) in trailers {
            let name = HeaderName::try_from(*name).unwrap();
            fields.append(name, HeaderValue::from_str(value).unwrap());
        }
        call.body.send_trailers(fields).unwrap();
    }

    /// Receives the head of the response. Returns `None` if there is no response.
    pub(crate) async fn head(&mut self) -> Option<Head> {
        match self {
            Self::Http1(wire) => wire.head().await,
            Self::Http2(call) => {
                let response = soon("a response", &mut call.response).await.ok()?;
                let (head, body) = response.into_parts();
                call.received = Some(body);
                Some(Head {
                    status: head.status.as_u16(),
                    headers: head.headers,
                })
            }
        }
    }

    pub(crate) async fn part(&mut self) -> Part {
        let call = match self {
            Self::Http1(wire) => return wire.part().await,
            Self::Http2(call) => call,
        };
        let body = call.received.as_mut().unwrap();
        match soon("a part of the body", body.data()).await {
            Some(Ok(data)) => {
                body.flow_control().release_capacity(data.len()).unwrap();
                Part::Data(data.to_vec())
            }
            Some(Err(_)) => Part::Truncated,
            None => match body.trailers().await {
                Ok(trailers) => Part::End(trailers.unwrap_or_default()),
                Err(_) => Part::Truncated,
            },
        }
    }

    pub(crate) async fn answer(&mut self) -> Answer {
        let head = self.head().await.expect("a response");
        self.rest(head).await
    }

    pub(crate) async fn rest(&mut self, head: Head) -> Answer {
        let mut answer = Answer {
            status: head.status,
            headers: head.headers,
            body: Vec::new(),
            trailers: HeaderMap::new(),
            is_whole: false,
        };
        loop {
            match self.part().await {
                Part::Data(data) => answer.body.extend(data),
                Part::Truncated => return answer,
                Part::End(trailers) => {
                    answer.trailers = trailers;
                    answer.is_whole = true;
                    return answer;
                }
            }
        }
    }

    /// Reads at least `len` bytes of the body.
    pub(crate) async fn read(&mut self, len: usize) -> Vec<u8> {
        let mut body = Vec::new();
        while body.len() < len {
            match self.part().await {
                Part::Data(data) => body.extend(data),
                Part::End(_) | Part::Truncated => panic!("the body has {} bytes", body.len()),
            }
        }
        body
    }
}
