//! The query of a URL without secrets.

use std::borrow::Cow;

/// The parameters that OpenTelemetry's conventions list: credentials in signed URLs, which grant access to
/// anyone who has the URL.
const SECRET: [&str; 7] = [
    "AWSAccessKeyId",
    "Signature",
    "X-Amz-Credential",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
    "X-Goog-Signature",
    "sig",
];

/// Replaces the values of secret parameters with `REDACTED`.
pub(super) fn redacted(query: &str) -> Cow<'_, str> {
    if !query.split('&').any(is_secret) {
        return Cow::Borrowed(query);
    }
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(pair) => Cow::Owned(format!("{name}=REDACTED")),
        _ => Cow::Borrowed(pair),
    });
    Cow::Owned(pairs.collect::<Vec<_>>().join("&"))
}

fn is_secret(pair: &str) -> bool {
    let name = pair.split_once('=').map(|(name, _)| name);
    name.is_some_and(|name| {
        SECRET
            .iter()
            .any(|secret| secret.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secret_parameters_are_replaced() {
        for (query, expected) in [
            ("", ""),
            ("page=2&sort=name", "page=2&sort=name"),
            ("sig=abc", "sig=REDACTED"),
            (
                "a=1&x-amz-signature=ab=cd&b",
                "a=1&x-amz-signature=REDACTED&b",
            ),
            ("design=1&sig", "design=1&sig"),
        ] {
            assert_eq!(redacted(query), expected);
        }
    }
}
