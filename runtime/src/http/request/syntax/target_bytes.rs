//! The bytes of a request target.

/// The maximum length of a target, in bytes: the limit of `http::Uri`, which
/// [`Url::original`](crate::http::request::Url::original) returns.
pub(crate) const MAX_LEN: usize = 65_534;

/// The parts of a target that may contain a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    /// Only in the query: RFC 3986 does not allow the byte, but browsers send it.
    Query,
    Nowhere,
}

const PLACES: [Place; 256] = places();

const fn places() -> [Place; 256] {
    let mut places = [Place::Nowhere; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        places[byte as usize] = match byte {
            b'#' | b'"' | b'<' | b'>' => Place::Nowhere,
            b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => Place::Query,
            _ => Place::Anywhere,
        };
        byte += 1;
    }
    places
}

#[inline]
fn place(byte: u8) -> Place {
    PLACES[usize::from(byte)]
}

/// Returns whether any part of a target may contain the byte.
pub(crate) fn is_target_byte(byte: u8) -> bool {
    place(byte) != Place::Nowhere
}

/// Returns the length of the valid target at the beginning of `bytes`.
#[inline]
pub(crate) fn valid_len(bytes: &[u8]) -> usize {
    let len = len_while(bytes, |place| place == Place::Anywhere);
    let in_query = bytes
        .get(len)
        .is_some_and(|&next| place(next) == Place::Query)
        && bytes[..len].contains(&b'?');
    match in_query {
        // The query extends to the end of the target.
        true => len + len_while(&bytes[len..], |place| place != Place::Nowhere),
        false => len,
    }
}

#[inline]
fn len_while(bytes: &[u8], fits: impl Fn(Place) -> bool) -> usize {
    let end = bytes.iter().position(|&byte| !fits(place(byte)));
    end.unwrap_or(bytes.len())
}
