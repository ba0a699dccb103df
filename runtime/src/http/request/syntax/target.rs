//! The bytes of a request target.

/// The longest target, in bytes: `http::Uri`, which handlers may ask for, holds no more.
pub(crate) const MAX_LEN: usize = 65_534;

/// How many bytes may be those of a target. They are checked in groups, which takes fewer instructions than one by one.
#[inline]
pub(crate) fn valid_len(bytes: &[u8]) -> usize {
    const GROUP: usize = 16;
    let groups = bytes.chunks_exact(GROUP);
    let clean = groups.take_while(|group| {
        let odd = group
            .iter()
            .fold(false, |found, &byte| found | is_odd(byte));
        !odd
    });
    let mut len = clean.count() * GROUP;
    while let Some(&byte) = bytes.get(len) {
        if is_odd(byte) && !(is_odd_in_path_only(byte) && bytes[..len].contains(&b'?')) {
            break;
        }
        len += 1;
    }
    len
}

/// Whether a byte must not be in a target, or ends it.
fn is_odd(byte: u8) -> bool {
    byte <= b' '
        || byte >= 0x7f
        || byte == b'#'
        || byte == b'"'
        || byte == b'<'
        || byte == b'>'
        || is_odd_in_path_only(byte)
}

/// RFC 3986 allows these nowhere, but browsers send them in queries.
fn is_odd_in_path_only(byte: u8) -> bool {
    byte == b'\\' || byte == b'^' || byte == b'`' || byte == b'{' || byte == b'|' || byte == b'}'
}
