//! The guarantee about parameters, tested with random paths over a hostile alphabet.

use super::{before, ending, last_segment, own_path, parse, segment};
use crate::http::Url;

/// Parts of paths that are special to a decoder, to a file system or to this crate.
const ALPHABET: [&str; 30] = [
    "/", "/", "/", ".", ".", "..", "%2F", "%2f", "%2e", "%2E", "%2e%2e", "\\", "%5c", "%5C", "%00",
    "a", "b", "-", "-", "v", ".j", "%25", "%252f", "%252e", "%C3%A9", ":", "~", "//", "/../",
    "%2F..",
];

/// xorshift64*: the tests need variety, not quality, and the same paths on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap_or(0) % limit
    }

    fn path(&mut self) -> String {
        let mut path = String::from("/");
        for _ in 0..self.below(9) {
            path.push_str(ALPHABET[self.below(ALPHABET.len())]);
        }
        path
    }
}

/// Checks the guarantee without the code under test.
fn assert_safe(value: &str, may_end_with_slash: bool, path: &str) {
    assert!(!value.contains('\0'), "{value:?} of {path}");
    let checked = match value.strip_suffix('/') {
        Some(shorter) if may_end_with_slash => shorter,
        _ => value,
    };
    for part in checked.split('/') {
        assert!(!matches!(part, "" | "." | ".."), "{value:?} of {path}");
    }
    for part in value.split(['/', '\\']) {
        assert_ne!(part, "..", "{value:?} of {path}");
    }
}

/// Returns every parameter that a route could capture from the beginning of `text`.
fn captures(text: &str) -> Vec<&str> {
    let mut captures: Vec<&str> = last_segment(text).into_iter().collect();
    let Some((whole, _)) = segment(text) else {
        return captures;
    };
    captures.push(whole);
    for affix in ["-", ".j", "a", ".", "b-", "25", "F"] {
        captures.extend(ending(whole, affix));
        if let Some((first, second)) = before(whole, affix) {
            captures.push(first);
            captures.extend(ending(second, affix));
            captures.extend(Some(second).filter(|second| !second.is_empty()));
        }
    }
    captures
}

/// Checks every parameter that a route could capture from the path, and returns their number.
fn check(path: &str) -> usize {
    let url = Url::new(path.parse().expect("a path"));
    let Ok(own) = own_path(&url) else {
        return 0;
    };
    let mut found = 0;
    for (at, _) in own.match_indices('/') {
        let rest = &own[at + 1..];
        // A route may have literal text of any length before its parameter, but not a part of an escape.
        for (start, _) in rest.char_indices() {
            if rest[..start].ends_with('%') || rest[..start].ends_with("%2") {
                continue;
            }
            for raw in captures(&rest[start..]) {
                assert_safe(own.decode(raw), false, path);
                assert_eq!(parse::<String>(raw).as_deref(), Some(own.decode(raw)));
                found += 1;
            }
        }
        if !rest.is_empty() {
            let rest = own.rest(rest);
            assert_safe(&rest, true, path);
            let nested = own_path(&url.clone().below(rest.slashes()));
            assert!(nested.is_ok_and(|nested| !nested.is_empty()), "{path}");
        }
    }
    found
}

#[test]
fn no_parameter_of_a_random_path_leads_out_of_a_directory() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let found: usize = (0..40_000).map(|_| check(&random.path())).sum();
    assert!(found > 100_000, "only {found} parameters");
}
