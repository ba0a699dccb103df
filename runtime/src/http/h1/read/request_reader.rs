//! Reads requests and their bodies from the bytes that a connection received.

use bytes::Bytes;
use http::{Method, Version};

use super::chunked::ChunkedDecoder;
use super::head_parser::{HeadParser, ParserConfig};
use super::header_cache::HeaderCache;
use super::parse_error::ParseError;
use super::request_head::{BodyFraming, RequestHead};
use crate::http::exchange::ReceivedBody;
use crate::http::h1::buffer::Buffer;
use crate::http::request::channel::body_part::BodyPart;
use crate::http::request::target_parts::Target;

/// The maximum size of a part of a body, in bytes.
const MAX_PIECE: usize = 64 * 1024;

#[derive(Debug)]
pub(crate) struct RequestReader {
    /// Bytes that were received but not consumed.
    input: Buffer,
    state: ReadState,
    parser: HeadParser,
    cache: HeaderCache,
    config: ParserConfig,
    /// The number of complete heads read.
    heads: u64,
    /// The client has closed its write side.
    pub(crate) is_ended: bool,
}

#[derive(Debug)]
enum ReadState {
    /// Before or in a head.
    Head,
    /// A head was consumed; its body follows.
    Body(IncomingBody),
    Failed(ParseError),
}

#[derive(Debug)]
enum IncomingBody {
    /// The number of remaining bytes.
    Length(u64),
    Chunked(Box<ChunkedDecoder>),
    /// The trailers of a chunked body, which is otherwise complete.
    Trailers(Bytes),
}

impl IncomingBody {
    fn is_complete(&self) -> bool {
        match self {
            Self::Length(rest) => *rest == 0,
            Self::Chunked(decoder) => decoder.is_complete(),
            Self::Trailers(_) => false,
        }
    }
}

/// A request head, and the body if it was received completely with the head.
#[derive(Debug)]
pub(crate) struct ReceivedHead {
    pub(crate) head: RequestHead,
    pub(crate) method: Method,
    pub(crate) version: Version,
    pub(crate) target: Target,
    pub(crate) body: ReceivedBody,
}

impl RequestReader {
    pub(crate) fn new(config: ParserConfig) -> Self {
        Self {
            input: Buffer::default(),
            state: ReadState::Head,
            parser: HeadParser::default(),
            cache: HeaderCache::default(),
            config,
            heads: 0,
            is_ended: false,
        }
    }

    /// Appends bytes that were received.
    pub(crate) fn receive(&mut self, bytes: &[u8]) {
        self.input.push(bytes);
    }

    /// Returns the number of bytes that were received but not consumed.
    pub(crate) fn buffered_len(&self) -> usize {
        self.input.rest().len()
    }

    /// Returns whether at least a part of the next request head has been received. Empty lines do not begin a head.
    pub(crate) fn has_begun(&self) -> bool {
        matches!(self.state, ReadState::Head) && !self.input.rest().trim_ascii_start().is_empty()
    }

    /// Returns whether the body of the current request is incomplete.
    pub(crate) fn is_in_body(&self) -> bool {
        matches!(&self.state, ReadState::Body(body) if !body.is_complete())
    }

    pub(crate) fn error(&self) -> Option<ParseError> {
        match self.state {
            ReadState::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// Returns whether the next request is a HEAD request. The method is known before an error after it can be found,
    /// so the result does not depend on how the bytes arrive.
    pub(crate) fn is_head_request_next(&self) -> bool {
        let mut input = self.input.rest();
        while let Some(rest) = input.strip_prefix(b"\r\n") {
            input = rest;
        }
        input.starts_with(b"HEAD ")
    }

    /// Returns the number of complete heads read.
    pub(crate) fn heads(&self) -> u64 {
        self.heads
    }

    /// Returns the bytes that are not consumed, such as those of another protocol or of a malformed request.
    pub(crate) fn rest(&self) -> &[u8] {
        self.input.rest()
    }

    /// Reads the next request, once its head is complete. `head` receives the bytes of the head.
    pub(crate) fn next_head(
        &mut self,
        head: &mut Vec<u8>,
    ) -> Result<Option<ReceivedHead>, ParseError> {
        match &self.state {
            ReadState::Head => {}
            ReadState::Body(body) if body.is_complete() => self.state = ReadState::Head,
            ReadState::Body(_) => return Ok(None),
            ReadState::Failed(error) => return Err(*error),
        }
        if self.input.is_empty() {
            return Ok(None);
        }
        let parsed = self
            .parser
            .parse(self.input.rest(), self.config, &mut self.cache);
        let parsed = parsed.and_then(|parsed| parsed.map(|it| self.consume(it, head)).transpose());
        parsed.inspect_err(|&error| {
            self.state = ReadState::Failed(error);
        })
    }

    /// Consumes a complete head, and the body if that is also complete.
    fn consume(
        &mut self,
        head: RequestHead,
        bytes: &mut Vec<u8>,
    ) -> Result<ReceivedHead, ParseError> {
        let input = self.input.rest();
        let len = head.len();
        let method = Method::from_bytes(&input[head.line.method().range()]);
        let method = method.map_err(|_| ParseError::RequestLine)?;
        bytes.clear();
        bytes.extend_from_slice(&input[..len]);
        let (body, state) = match head.fields.framing {
            BodyFraming::Length(0) => (ReceivedBody::None, ReadState::Head),
            BodyFraming::Length(length) => whole_body(length, &input[len..], &head),
            BodyFraming::Chunked => {
                let decoder = Box::new(ChunkedDecoder::new(self.config.max_size));
                let state = ReadState::Body(IncomingBody::Chunked(decoder));
                (ReceivedBody::Following(None), state)
            }
        };
        let body_len = match &body {
            ReceivedBody::Whole(body) => body.len(),
            ReceivedBody::None | ReceivedBody::Following(_) => 0,
        };
        self.heads += 1;
        self.state = state;
        self.input.advance(len + body_len);
        Ok(ReceivedHead {
            method,
            version: match head.line.is_http10 {
                true => Version::HTTP_10,
                false => Version::HTTP_11,
            },
            target: Target::find(bytes, head.line.target),
            body,
            head,
        })
    }

    /// Reads the next part of the body, if any was received.
    pub(crate) fn next_part(&mut self) -> Result<Option<BodyPart>, ParseError> {
        let input = self.input.rest();
        let (len, part) = match &mut self.state {
            ReadState::Head => return Ok(None),
            ReadState::Failed(error) => return Err(*error),
            ReadState::Body(IncomingBody::Trailers(trailers)) => {
                let trailers = std::mem::take(trailers);
                self.state = ReadState::Body(IncomingBody::Length(0));
                return Ok(Some(BodyPart::TrailerLines(trailers)));
            }
            ReadState::Body(IncomingBody::Length(rest)) => {
                let len = usize::try_from(*rest).map_or(input.len(), |rest| rest.min(input.len()));
                let len = len.min(MAX_PIECE);
                *rest -= len as u64;
                let data = || BodyPart::Data(Bytes::copy_from_slice(&input[..len]));
                (len, (len > 0).then(data))
            }
            ReadState::Body(IncomingBody::Chunked(decoder)) => {
                let mut data = Vec::new();
                let piece = &input[..input.len().min(MAX_PIECE)];
                match decoder.decode(piece, &mut data) {
                    Ok(len) => {
                        if let Some(trailers) = decoder.take_trailers() {
                            self.state = ReadState::Body(IncomingBody::Trailers(trailers));
                        }
                        (len, (!data.is_empty()).then(|| BodyPart::Data(data.into())))
                    }
                    Err(error) => {
                        self.state = ReadState::Failed(error.into());
                        return Err(error.into());
                    }
                }
            }
        };
        self.input.advance(len);
        match (&part, &self.state) {
            (None, ReadState::Body(IncomingBody::Trailers(_))) => self.next_part(),
            _ => Ok(part),
        }
    }

    /// Releases memory of an idle connection.
    pub(crate) fn shrink(&mut self) {
        self.input.shrink();
        self.cache = HeaderCache::default();
    }
}

/// Takes a body of known length that was received completely with its head. The body is not taken if the client expects
/// a 100 (Continue), so that the 100 is still sent when the handler reads the body.
fn whole_body(length: u64, received: &[u8], head: &RequestHead) -> (ReceivedBody, ReadState) {
    let received = usize::try_from(length)
        .ok()
        .and_then(|len| received.get(..len));
    match received {
        Some(body) if !head.fields.expects_continue => {
            let body = ReceivedBody::Whole(Bytes::copy_from_slice(body));
            (body, ReadState::Head)
        }
        _ => (
            ReceivedBody::Following(Some(length)),
            ReadState::Body(IncomingBody::Length(length)),
        ),
    }
}
