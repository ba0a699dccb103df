//! The errors of malformed requests.

use http::StatusCode;

/// The error in a request. It is small, because every function that reads requests returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParseError {
    RequestLine,
    NotHttp,
    Version,
    MethodCase,
    Fragment,
    TargetCharacter,
    TargetTooLong,
    AsteriskForm,
    AuthorityForm,
    ConnectBody,
    RelativePath,
    Authority,
    BareCr,
    BareLf,
    ControlCharacter,
    ObsoleteFold,
    Header,
    HeadTooLong,
    TooManyHeaders,
    MissingHost,
    EmptyHost,
    DuplicateHost,
    InvalidHost,
    DuplicateContentLength,
    InvalidContentLength,
    ContentLengthWithTransferEncoding,
    DuplicateTransferEncoding,
    TransferEncodingInHttp10,
    ChunkedNotFinal,
    UnsupportedTransferCoding,
    IncompleteHead,
    Timeout,
    /// A chunked body is not valid.
    Chunk(ChunkError),
    BodyTooLong,
    IncompleteBody,
}

impl ParseError {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Chunk(error) => error.status(),
            Self::HeadTooLong | Self::TooManyHeaders => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::UnsupportedTransferCoding => StatusCode::NOT_IMPLEMENTED,
            Self::BodyTooLong => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Returns the message for the client.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::RequestLine => "the request line is not `METHOD /path HTTP/1.1`",
            Self::NotHttp => "the request is not HTTP",
            Self::Version => {
                "unsupported protocol version: this server speaks HTTP/1.1 and HTTP/1.0"
            }
            Self::MethodCase => "methods are case-sensitive: standard methods are uppercase",
            Self::Fragment => "the request target must not have a fragment",
            Self::TargetCharacter => {
                "the request target has a character that must be percent-encoded"
            }
            Self::TargetTooLong => "the request target exceeds the server's limit",
            Self::AsteriskForm => "the request target `*` is valid only with OPTIONS",
            Self::AuthorityForm => "the request target of CONNECT must be a host and a port",
            Self::ConnectBody => "a CONNECT request must not have a body",
            Self::RelativePath => "the path of the request target must begin with `/`",
            Self::Authority => {
                "the authority of the request target is not a host with an optional port"
            }
            Self::BareCr => "bare CR in the request",
            Self::BareLf => "a line ends with LF instead of CRLF",
            Self::ControlCharacter => "a header contains a control character",
            Self::ObsoleteFold => "obsolete line folding is not supported",
            Self::Header => "a header is not `name: value`",
            Self::HeadTooLong => "request line and headers exceed the server's limit",
            Self::TooManyHeaders => "the request has more headers than the server allows",
            Self::MissingHost => "an HTTP/1.1 request must have a `host` header",
            Self::EmptyHost => "the `host` header is empty",
            Self::DuplicateHost => "there is more than one `host` header",
            Self::InvalidHost => "the `host` header is not a host with an optional port",
            Self::DuplicateContentLength => "there is more than one `content-length` header",
            Self::InvalidContentLength => "the `content-length` is not a number",
            Self::ContentLengthWithTransferEncoding => {
                "a request must not have both `content-length` and `transfer-encoding`"
            }
            Self::DuplicateTransferEncoding => "there is more than one `transfer-encoding` header",
            Self::TransferEncodingInHttp10 => "HTTP/1.0 does not have `transfer-encoding`",
            Self::ChunkedNotFinal => "the final transfer coding is not `chunked`",
            Self::UnsupportedTransferCoding => {
                "unsupported transfer coding: only `chunked` is supported"
            }
            Self::IncompleteHead => "the connection was closed before the request was complete",
            Self::Timeout => "the request took too long to arrive",
            Self::Chunk(error) => error.message(),
            Self::BodyTooLong => "the request body exceeds the server's limit",
            Self::IncompleteBody => "the request body ended prematurely",
        }
    }
}

/// The error in a chunked body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChunkError {
    MissingSize,
    InvalidSize,
    SizeTooLong,
    TooLong,
    BareCr,
    BareLf,
    Extension,
    ExtensionsTooLong,
    Trailer,
    ForbiddenTrailer,
    TrailersTooLong,
}

impl ChunkError {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::TrailersTooLong => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::ExtensionsTooLong => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::MissingSize => "a chunk has no size",
            Self::InvalidSize => "a chunk size is not a hexadecimal number",
            Self::SizeTooLong => "a chunk size has too many digits",
            Self::TooLong => "a chunk is longer than its size",
            Self::BareCr => "bare CR in a chunked body",
            Self::BareLf => "a line of a chunked body ends with LF instead of CRLF",
            Self::Extension => "a chunk extension is not `;name=value`",
            Self::ExtensionsTooLong => "the chunk extensions exceed the server's limit",
            Self::Trailer => "a trailer field is not `name: value`",
            Self::ForbiddenTrailer => "this field is not allowed in trailers",
            Self::TrailersTooLong => "the trailer fields exceed the server's limit",
        }
    }
}

impl From<ChunkError> for ParseError {
    fn from(error: ChunkError) -> Self {
        Self::Chunk(error)
    }
}
