//! Trailer fields of requests.

/// Fields that are needed to frame, route or decode the message. In a trailer section, they would come too late.
const FORBIDDEN: [&[u8]; 5] = [
    b"content-length",
    b"transfer-encoding",
    b"host",
    b"trailer",
    b"content-encoding",
];

pub(crate) fn is_forbidden(name: &[u8]) -> bool {
    FORBIDDEN.iter().any(|it| name.eq_ignore_ascii_case(it))
}
