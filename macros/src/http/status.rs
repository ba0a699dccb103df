//! The names of statuses.

/// The constants of `StatusCode` for common statuses.
const CONSTANTS: [(u16, &str); 38] = [
    (200, "OK"),
    (201, "CREATED"),
    (202, "ACCEPTED"),
    (204, "NO_CONTENT"),
    (206, "PARTIAL_CONTENT"),
    (301, "MOVED_PERMANENTLY"),
    (302, "FOUND"),
    (303, "SEE_OTHER"),
    (304, "NOT_MODIFIED"),
    (307, "TEMPORARY_REDIRECT"),
    (308, "PERMANENT_REDIRECT"),
    (400, "BAD_REQUEST"),
    (401, "UNAUTHORIZED"),
    (402, "PAYMENT_REQUIRED"),
    (403, "FORBIDDEN"),
    (404, "NOT_FOUND"),
    (405, "METHOD_NOT_ALLOWED"),
    (406, "NOT_ACCEPTABLE"),
    (408, "REQUEST_TIMEOUT"),
    (409, "CONFLICT"),
    (410, "GONE"),
    (411, "LENGTH_REQUIRED"),
    (412, "PRECONDITION_FAILED"),
    (413, "PAYLOAD_TOO_LARGE"),
    (414, "URI_TOO_LONG"),
    (415, "UNSUPPORTED_MEDIA_TYPE"),
    (416, "RANGE_NOT_SATISFIABLE"),
    (418, "IM_A_TEAPOT"),
    (422, "UNPROCESSABLE_ENTITY"),
    (423, "LOCKED"),
    (428, "PRECONDITION_REQUIRED"),
    (429, "TOO_MANY_REQUESTS"),
    (451, "UNAVAILABLE_FOR_LEGAL_REASONS"),
    (500, "INTERNAL_SERVER_ERROR"),
    (501, "NOT_IMPLEMENTED"),
    (502, "BAD_GATEWAY"),
    (503, "SERVICE_UNAVAILABLE"),
    (504, "GATEWAY_TIMEOUT"),
];

/// Returns the constant of `StatusCode` for a common status number.
pub(crate) fn constant(number: u16) -> Option<&'static str> {
    let found = CONSTANTS.iter().find(|(code, _)| *code == number);
    found.map(|(_, name)| *name)
}

/// Returns the value of `StatusCode` for a number.
pub(crate) fn value(number: u16) -> String {
    match constant(number) {
        Some(constant) => format!("StatusCode::{constant}"),
        None => format!("StatusCode::from_u16({number})?"),
    }
}

/// Returns the constant for `NotFound`, `not_found`, `HTTP_404_NOT_FOUND`, `StatusNotFound` or `SC_NOT_FOUND`, as other
/// crates and languages write it.
pub(crate) fn constant_like(name: &str) -> Option<&'static str> {
    let name = ["HTTP_", "SC_", "Status", "STATUS_"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    let name = name.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let mut constants = CONSTANTS.iter().map(|(_, constant)| *constant);
    constants.find(|constant| letters(constant).eq(letters(name)))
}

/// Returns the letters in lowercase, without underscores.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|letter| *letter != '_');
    letters.map(|letter| letter.to_ascii_lowercase())
}

/// Returns the `StatusCode` expression for a status written as a number, a constant, or a name from another framework.
pub(crate) fn of(text: &str) -> Option<String> {
    let last = text.rsplit(['.', ':']).next().unwrap_or(text);
    if text.starts_with("StatusCode::") && !last.contains(char::is_lowercase) {
        return Some(text.to_owned());
    }
    let number: Option<u16> = text.parse().ok();
    let number = number.filter(|number| (100..600).contains(number));
    // A lowercase name without a path, such as `created`, is a variable.
    let is_name = last != text || last.starts_with(char::is_uppercase);
    let constant = constant_like(last).filter(|_| is_name);
    let constant = constant.map(|constant| format!("StatusCode::{constant}"));
    number.map(value).or(constant)
}

/// Returns a number that may be a status.
pub(crate) fn number(number: &syn::LitInt) -> Option<u16> {
    let number: u16 = number.base10_parse().ok()?;
    (100..600).contains(&number).then_some(number)
}
