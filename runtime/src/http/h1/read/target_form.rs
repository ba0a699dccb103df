//! The forms of a request target: origin, absolute, authority and asterisk.

use super::parse_error::ParseError;
use crate::http::request::syntax::host::{is_authority, is_host_and_port};
use crate::http::request::syntax::target_bytes::MAX_LEN;

/// Checks the form of a target (RFC 9112, 3.2), which depends on the method.
pub(super) fn check_target(method: &[u8], target: &[u8]) -> Result<(), ParseError> {
    if target.len() > MAX_LEN {
        return Err(ParseError::TargetTooLong);
    }
    let is_connect = method == b"CONNECT";
    match target {
        _ if is_connect && is_host_and_port(target) => Ok(()),
        _ if is_connect => Err(ParseError::AuthorityForm),
        [b'/', ..] => Ok(()),
        b"*" if method == b"OPTIONS" => Ok(()),
        b"*" => Err(ParseError::AsteriskForm),
        _ => check_absolute(target),
    }
}

fn check_absolute(target: &[u8]) -> Result<(), ParseError> {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let (start, rest) = target.split_at_checked(scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme.as_bytes())
            .then_some(rest)
    });
    let Some(rest) = rest else {
        return Err(ParseError::RelativePath);
    };
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?'));
    match is_authority(&rest[..end.unwrap_or(rest.len())]) {
        true => Ok(()),
        false => Err(ParseError::Authority),
    }
}
