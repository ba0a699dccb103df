//! Names of headers that differ from a registered one by a typo.

use crate::messages;

/// Registered names that are long enough for a similar name to be a typo.
const NAMES: &[&str] = &[
    "accept-encoding",
    "accept-language",
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "access-control-request-headers",
    "access-control-request-method",
    "authorization",
    "cache-control",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-type",
    "etag",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "last-event-id",
    "last-modified",
    "location",
    "permissions-policy",
    "proxy-authenticate",
    "proxy-authorization",
    "referer",
    "referrer-policy",
    "retry-after",
    "sec-websocket-accept",
    "sec-websocket-key",
    "sec-websocket-protocol",
    "sec-websocket-version",
    "set-cookie",
    "strict-transport-security",
    "traceparent",
    "transfer-encoding",
    "user-agent",
    "www-authenticate",
];

/// The shortest name for which one different letter is a typo, rather than another name.
const LONG: usize = 7;

/// Returns the warning for a name such as `cache-contrl`, `content_type` or `Referrer`.
pub(super) fn typo(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    if lower.starts_with("x-") || NAMES.contains(&lower.as_str()) {
        return None;
    }
    let dashed = lower.replace('_', "-");
    // `locations` may be a name of its own.
    let is_plural = |it: &str| !it.contains('-') && lower.strip_suffix('s') == Some(it);
    let is_near = |it: &str| it.len() >= LONG && messages::distance(&lower, it) == 1;
    let is_meant = |it: &str| it == dashed || is_near(it) && !is_plural(it);
    let meant = NAMES.iter().find(|it| is_meant(it))?;
    Some(messages::unknown_header(name, meant))
}

#[cfg(test)]
mod tests {
    use super::{NAMES, typo};

    #[test]
    fn a_name_with_a_typo_is_found() {
        for (name, meant) in [
            ("cache-contrl", "cache-control"),
            ("Content_Type", "content-type"),
            ("access_control_allow_origin", "access-control-allow-origin"),
            ("referrer", "referer"),
            ("set-cookies", "set-cookie"),
            ("autorization", "authorization"),
            ("ContentType", "content-type"),
        ] {
            let message = typo(name).unwrap_or_default();
            assert!(
                message.contains(&format!("`\"{meant}\"`")),
                "{name}: {message}"
            );
        }
    }

    #[test]
    fn other_names_are_not_typos() {
        let own = [
            "x-content-type",
            "x_request_id",
            "date",
            "tag",
            "etags",
            "origin",
            "cookie2",
            "last-seen",
            "locations",
        ];
        for name in NAMES.iter().chain(&own) {
            assert_eq!(typo(name), None, "{name}");
        }
        assert_eq!(typo("Content-Type"), None);
    }
}
