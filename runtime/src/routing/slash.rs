//! The trailing slash of a path.

use std::borrow::Cow;

/// Removes the trailing slash, except that of the root.
#[inline]
pub fn without_trailing_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some("") | None => path,
        Some(path) => path,
    }
}

/// Adds a trailing slash, or removes the one there is. The root and the empty path, which no route has, are unchanged.
pub fn other_slash(path: &str) -> Cow<'_, str> {
    match path.strip_suffix('/') {
        Some("") => Cow::Borrowed(path),
        Some(path) => Cow::Borrowed(path),
        None if path.is_empty() => Cow::Borrowed(path),
        None => Cow::Owned(format!("{path}/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slash_is_removed_but_not_that_of_the_root() {
        let trimmed = ["/users/", "/users", "/", ""].map(without_trailing_slash);
        assert_eq!(trimmed, ["/users", "/users", "/", ""]);
    }

    #[test]
    fn the_other_path_differs_by_a_slash() {
        let other = ["/users/", "/users", "/", ""].map(other_slash);
        assert_eq!(other, ["/users", "/users/", "/", ""]);
    }
}
