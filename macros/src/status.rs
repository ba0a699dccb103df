//! The names of statuses.

/// The constant of `StatusCode` for the usual numbers.
pub(crate) fn constant(number: u16) -> Option<&'static str> {
    let usual = [
        (200, "OK"),
        (201, "CREATED"),
        (202, "ACCEPTED"),
        (204, "NO_CONTENT"),
        (301, "MOVED_PERMANENTLY"),
        (302, "FOUND"),
        (303, "SEE_OTHER"),
        (304, "NOT_MODIFIED"),
        (307, "TEMPORARY_REDIRECT"),
        (308, "PERMANENT_REDIRECT"),
        (400, "BAD_REQUEST"),
        (401, "UNAUTHORIZED"),
        (403, "FORBIDDEN"),
        (404, "NOT_FOUND"),
        (405, "METHOD_NOT_ALLOWED"),
        (406, "NOT_ACCEPTABLE"),
        (409, "CONFLICT"),
        (410, "GONE"),
        (413, "PAYLOAD_TOO_LARGE"),
        (415, "UNSUPPORTED_MEDIA_TYPE"),
        (422, "UNPROCESSABLE_ENTITY"),
        (429, "TOO_MANY_REQUESTS"),
        (500, "INTERNAL_SERVER_ERROR"),
        (501, "NOT_IMPLEMENTED"),
        (502, "BAD_GATEWAY"),
        (503, "SERVICE_UNAVAILABLE"),
    ];
    let found = usual.iter().find(|(code, _)| *code == number);
    found.map(|(_, name)| *name)
}

/// The value of `StatusCode` for a number.
pub(crate) fn value(number: u16) -> String {
    match constant(number) {
        Some(constant) => format!("StatusCode::{constant}"),
        None => format!("StatusCode::from_u16({number})?"),
    }
}

/// The constant for `NotFound` or `not_found`, as other crates write it.
pub(crate) fn constant_like(name: &str) -> Option<&'static str> {
    let plain = |text: &str| text.replace('_', "").to_lowercase();
    let name = plain(name);
    (100..600).filter_map(constant).find(|it| plain(it) == name)
}

/// A number that may be a status.
pub(crate) fn number(number: &syn::LitInt) -> Option<u16> {
    let number: u16 = number.base10_parse().ok()?;
    (100..600).contains(&number).then_some(number)
}
