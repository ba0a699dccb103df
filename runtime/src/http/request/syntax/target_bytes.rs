//! The bytes of a request target.

/// The maximum length of a target, in bytes: the limit of `http::Uri`, which [`Url`](crate::http::request::Url) returns.
pub(crate) const MAX_LEN: usize = 65_534;

/// The length of the valid target at the beginning of `bytes`. They are checked in groups, which takes fewer
/// instructions than checking them one by one.
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
    let mut is_in_query = None;
    while let Some(&byte) = bytes.get(len) {
        let query = &mut is_in_query;
        // The bytes so far are searched only once, because a query does not end before the target.
        let mut in_query = || *query.get_or_insert_with(|| bytes[..len].contains(&b'?'));
        if is_odd(byte) && !(is_odd_in_path_only(byte) && in_query()) {
            break;
        }
        len += 1;
    }
    len
}

/// Whether a byte is not allowed in a target, or ends it.
pub(crate) fn is_odd(byte: u8) -> bool {
    byte <= b' '
        || byte >= 0x7f
        || byte == b'#'
        || byte == b'"'
        || byte == b'<'
        || byte == b'>'
        || is_odd_in_path_only(byte)
}

/// Bytes that RFC 3986 does not allow, but that browsers send in queries.
pub(crate) fn is_odd_in_path_only(byte: u8) -> bool {
    byte == b'\\' || byte == b'^' || byte == b'`' || byte == b'{' || byte == b'|' || byte == b'}'
}
