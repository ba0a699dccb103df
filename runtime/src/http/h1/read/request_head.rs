//! The parts of a request head that a connection needs.

use super::fields::{ConnectionOptions, Fields};
use super::head_parser::ParserConfig;
use super::parse_error::ParseError;
use super::request_line::RequestLine;
use crate::http::exchange::request_kind::RequestKind;
use crate::http::request::target_parts::Span;

/// A complete request head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestHead {
    pub(crate) line: RequestLine,
    pub(crate) fields: FieldSummary,
}

/// The declarations in the headers of a request. Spans are relative to the beginning of the first header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldSummary {
    /// The length of the header lines with the empty line, in bytes.
    pub(crate) len: usize,
    pub(crate) framing: BodyFraming,
    content_type: Option<Span>,
    pub(crate) kind: RequestKind,
    /// The kind of the request if the server ignores its `upgrade` (RFC 9110, 7.8).
    pub(crate) kind_without_upgrade: RequestKind,
    pub(crate) expects_continue: bool,
    pub(crate) connection: ConnectionOptions,
    pub(crate) accepts_trailers: bool,
}

/// How the end of a request's body is determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyFraming {
    /// The body ends after this many bytes.
    Length(u64),
    Chunked,
}

impl Default for BodyFraming {
    fn default() -> Self {
        Self::Length(0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Expectation {
    Continue,
    Other,
}

impl RequestHead {
    /// Returns the length of the head in bytes, including the empty line.
    pub(crate) fn len(&self) -> usize {
        self.line.end + self.fields.len
    }

    /// Returns the range of the first `content-type` value, with surrounding whitespace.
    pub(crate) fn content_type(&self) -> Option<Span> {
        let span = self.fields.content_type;
        span.map(|span| span.offset_by(self.line.end))
    }

    /// Returns whether the client keeps the connection open after this request: in HTTP/1.1 unless it sent `close`, in
    /// HTTP/1.0 only if it sent `keep-alive`.
    pub(crate) fn is_persistent(&self) -> bool {
        let connection = self.fields.connection;
        !connection.close && (!self.line.is_http10 || connection.keep_alive)
    }
}

impl FieldSummary {
    pub(crate) fn of(
        line: &RequestLine,
        fields: &Fields,
        len: usize,
        config: ParserConfig,
    ) -> Result<Self, ParseError> {
        if config.require_host && fields.hosts == 0 && !line.is_http10 {
            return Err(ParseError::MissingHost);
        }
        if config.require_host && fields.empty_host {
            return Err(ParseError::EmptyHost);
        }
        let framing = framing(line, fields)?;
        let kind_without_upgrade = kind_without_upgrade(line, fields);
        Ok(Self {
            len,
            framing,
            content_type: fields.content_type,
            kind: match asks_for_upgrade(line, fields) {
                true => RequestKind::Upgrade,
                false => kind_without_upgrade,
            },
            kind_without_upgrade,
            expects_continue: !line.is_http10 && fields.expectation == Some(Expectation::Continue),
            connection: fields.connection,
            accepts_trailers: fields.accepts_trailers,
        })
    }
}

fn framing(line: &RequestLine, fields: &Fields) -> Result<BodyFraming, ParseError> {
    let framing = match (fields.length, fields.chunked) {
        (Some(_), true) => return Err(ParseError::ContentLengthWithTransferEncoding),
        (None, true) if line.is_http10 => return Err(ParseError::TransferEncodingInHttp10),
        (None, true) => BodyFraming::Chunked,
        (length, false) => BodyFraming::Length(length.unwrap_or(0)),
    };
    if line.is_connect && framing != BodyFraming::Length(0) {
        return Err(ParseError::ConnectBody);
    }
    Ok(framing)
}

/// Returns whether the request asks for another protocol. An `upgrade` counts only if `connection` lists it; HTTP/1.0
/// has no upgrades.
fn asks_for_upgrade(line: &RequestLine, fields: &Fields) -> bool {
    let is_listed = fields.has_upgrade && fields.connection.upgrade;
    is_listed && !line.is_http10 && !line.is_connect
}

/// Returns the kind of a request whose `upgrade` is ignored. HTTP/1.0 has no expectations.
fn kind_without_upgrade(line: &RequestLine, fields: &Fields) -> RequestKind {
    match fields.expectation.filter(|_| !line.is_http10) {
        _ if line.is_connect => RequestKind::Connect,
        Some(Expectation::Continue) => RequestKind::ExpectContinue,
        Some(Expectation::Other) => RequestKind::UnknownExpectation,
        None => RequestKind::Plain,
    }
}
