//! Why a client is refused.

use http::StatusCode;

/// What is wrong with a request. It is as small as can be, for it is handed on wherever a request is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    RequestLine,
    Version,
    MethodInLowerCase,
    Fragment,
    UrlCharacter,
    UrlTooLong,
    Asterisk,
    ConnectTarget,
    RelativePath,
    CarriageReturn,
    LineFeed,
    ControlCharacter,
    ContinuedHeader,
    Header,
    HeadTooLong,
    TooManyHeaders,
    NoHost,
    EmptyHost,
    TwoHosts,
    Host,
    TwoLengths,
    Length,
    LengthAndCoding,
    TwoCodings,
    CodingInHttp10,
    CodingWithoutEnd,
    OtherCoding,
    CutHead,
    NotHttp,
    Late,
    ChunkWithoutSize,
    ChunkSize,
    ChunkSizeTooLong,
    ChunkTooLong,
    CarriageReturnInChunks,
    LineFeedInChunks,
    ChunkExtension,
    TooManyExtensions,
    Trailer,
    HeaderAsTrailer,
    TrailersTooLong,
}

impl Flaw {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::HeadTooLong | Self::TooManyHeaders | Self::TrailersTooLong => {
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
            }
            Self::UrlTooLong => StatusCode::URI_TOO_LONG,
            Self::Late => StatusCode::REQUEST_TIMEOUT,
            Self::OtherCoding => StatusCode::NOT_IMPLEMENTED,
            Self::TooManyExtensions => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// What the client is told.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::RequestLine => "the request line is not `METHOD /path HTTP/1.1`",
            Self::Version => "this server speaks HTTP/1.1 and HTTP/1.0",
            Self::MethodInLowerCase => "a method is written in upper case",
            Self::Fragment => "a fragment, `#…`, is not sent to a server",
            Self::UrlCharacter => {
                "a URL is of printable ASCII: other characters are percent-encoded"
            }
            Self::UrlTooLong => "the URL is longer than this server reads",
            Self::Asterisk => "`*` is only for OPTIONS",
            Self::ConnectTarget => "CONNECT is for a host and a port",
            Self::RelativePath => "the path of a URL begins with `/`",
            Self::CarriageReturn => "a carriage return without a line feed",
            Self::LineFeed => "a line ends in a line feed without a carriage return",
            Self::ControlCharacter => "there is a control character in a header",
            Self::ContinuedHeader => "a header is continued on a line of its own",
            Self::Header => "a header is not `name: value`",
            Self::HeadTooLong => "request line and headers are longer than this server reads",
            Self::TooManyHeaders => "the request has more headers than this server reads",
            Self::NoHost => "a request of HTTP/1.1 needs a `host` header",
            Self::EmptyHost => "the `host` header is empty",
            Self::TwoHosts => "there are two `host` headers",
            Self::Host => "the `host` header is not a host with or without a port",
            Self::TwoLengths => "there are two `content-length` headers",
            Self::Length => "the `content-length` is not a number",
            Self::LengthAndCoding => "there are `content-length` and `transfer-encoding`",
            Self::TwoCodings => "there are two `transfer-encoding` headers",
            Self::CodingInHttp10 => "HTTP/1.0 has no `transfer-encoding`",
            Self::CodingWithoutEnd => "the `transfer-encoding` does not say where the body ends",
            Self::OtherCoding => "the only `transfer-encoding` of this server is `chunked`",
            Self::CutHead => "the request ended before its head did",
            Self::NotHttp => "the request is not valid HTTP",
            Self::Late => "the request took too long to arrive",
            Self::ChunkWithoutSize => "a chunk has no size",
            Self::ChunkSize => "the size of a chunk is not a hexadecimal number",
            Self::ChunkSizeTooLong => "the size of a chunk is too long a number",
            Self::ChunkTooLong => "a chunk is longer than its size",
            Self::CarriageReturnInChunks => "a carriage return stands alone in a chunked body",
            Self::LineFeedInChunks => {
                "a line of a chunked body ends in a line feed without a carriage return"
            }
            Self::ChunkExtension => "the extension of a chunk is not `;name=value`",
            Self::TooManyExtensions => "the chunks have more extensions than this server reads",
            Self::Trailer => "a trailer is not `name: value`",
            Self::HeaderAsTrailer => "a header stands among the trailers where it comes too late",
            Self::TrailersTooLong => "the trailers are longer than this server reads",
        }
    }
}
