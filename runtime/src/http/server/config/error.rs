//! The errors of options that were read as text.

use std::fmt;

use super::table::OPTIONS;

/// The error for an option that is unknown or set twice, or whose value is not valid.
///
/// `Display` writes the key and a description of the error. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::http::ServerOptions;
///
/// let error = ServerOptions::from_vars("HTTP", [("HTTP_MAX_BODYSIZE", "64KiB")]).unwrap_err();
/// assert_eq!(error.to_string(), "HTTP_MAX_BODYSIZE: unknown option, did you mean `max_body_size`?");
/// ```
#[derive(Debug)]
pub struct OptionsError {
    /// The key of the option; empty if it is not known yet.
    key: String,
    message: String,
}

impl OptionsError {
    pub(super) fn new(message: String) -> Self {
        Self {
            key: String::new(),
            message,
        }
    }

    pub(super) fn unknown(key: &str) -> Self {
        let names = OPTIONS.iter().map(|(name, _)| *name);
        let closest = names.min_by_key(|name| distance(key, name));
        Self::new(match closest {
            Some(name) if distance(key, name) <= 1 + key.len() / 6 => {
                format!("unknown option, did you mean `{name}`?")
            }
            _ => "unknown option".to_owned(),
        })
    }

    pub(super) fn of(self, key: &str) -> Self {
        Self {
            key: key.to_owned(),
            ..self
        }
    }
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, message } = self;
        write!(f, "{key}: {message}")
    }
}

impl std::error::Error for OptionsError {}

/// Returns the number of characters to insert, remove or replace to turn one string into the other, or `usize::MAX` if
/// `from` is more than twice as long as `to`: comparing a long string would take too long.
fn distance(from: &str, to: &str) -> usize {
    if from.len() > 2 * to.len() {
        return usize::MAX;
    }
    let to: Vec<char> = to.chars().collect();
    let mut previous: Vec<usize> = (0..=to.len()).collect();
    for (row, from) in from.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in to.iter().enumerate() {
            let replaced = previous[column] + usize::from(from != *to);
            let inserted = current[column] + 1;
            current.push(replaced.min(inserted).min(previous[column + 1] + 1));
        }
        previous = current;
    }
    previous[to.len()]
}
