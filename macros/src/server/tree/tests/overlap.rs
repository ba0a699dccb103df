//! `overlap` and `covers`, compared with trying all paths up to some length.

use super::interpret::Lookup;
use super::reference::Reference;
use super::sample::{SampleRoute, pattern};
use crate::http::methods::Methods;
use crate::server::pattern::Pattern;
use crate::server::tree::Tree;
use crate::server::tree::overlap::{
    covers, example, overlap, segment_covers, segments_overlap, split,
};

/// A text, or captures with the texts around them, in the letters `0` and `1`; `*` is a capture.
const SEGMENTS: &[&str] = &[
    "", "0", "1", "01", "00", "*", "0*", "1*", "01*", "00*", "*0", "*1", "*01", "*11", "0*0",
    "0*1", "01*0", "0*10", "00*0", "1*01", "*0*", "*1*", "0*0*", "0*1*", "*0*0", "*1*0", "1*0*0",
    "*00*", "*01*", "0*01*1", "*0*1*", "*1*1*0", "0*0*0*",
];

/// Sets of three characters; the patterns use the first two of each. In all sets but the first, one character is, as
/// bytes, the start or the end of another.
const ALPHABETS: [[&str; 3]; 4] = [
    ["a", "b", "z"],
    ["5", "%25", "z"],
    ["2", "F", "%2F"],
    ["%25", "2", "%2F"],
];

/// The maximum length of a text, long enough for a path that two of `SEGMENTS` share: both ends, both middles and an
/// unused character in each gap.
const LENGTH: u32 = 9;

#[test]
fn segments_overlap_and_cover_as_their_texts_do() {
    for alphabet in ALPHABETS {
        let texts = texts(alphabet);
        let patterns: Vec<_> = SEGMENTS.iter().map(|it| in_letters(it, alphabet)).collect();
        let matched: Vec<Vec<bool>> = patterns
            .iter()
            .map(|pattern| matches(pattern, &texts))
            .collect();
        for (a, in_a) in patterns.iter().zip(&matched) {
            for (b, in_b) in patterns.iter().zip(&matched) {
                let shared = in_a.iter().zip(in_b).any(|(a, b)| *a && *b);
                let covered = in_a.iter().zip(in_b).all(|(a, b)| *a || !*b);
                let (a, b) = (pattern(a), pattern(b));
                let (a, b) = (&split(&a).0[0], &split(&b).0[0]);
                assert_eq!(segments_overlap(a, b), shared, "{a:?} and {b:?}");
                assert_eq!(segment_covers(a, b), covered, "{a:?} over {b:?}");
            }
        }
    }
}

/// Returns the segment as a path in the letters of an alphabet. `%25` in a path is written `%` in a pattern.
fn in_letters(segment: &str, [zero, one, _]: [&str; 3]) -> String {
    let letters = segment.chars().map(|letter| match letter {
        '*' => "{x}".to_owned(),
        '0' => zero.replace("%25", "%"),
        _ => one.replace("%25", "%"),
    });
    format!("/{}", letters.collect::<String>())
}

/// Returns all texts of `alphabet` up to [`LENGTH`] characters, each as a path.
fn texts(alphabet: [&str; 3]) -> Vec<Vec<&str>> {
    let mut texts = vec![vec!["/"]];
    let mut longest = 0..1;
    for _ in 0..LENGTH {
        let next = texts.len();
        for at in longest {
            for letter in alphabet {
                let text = [texts[at].as_slice(), &[letter]].concat();
                texts.push(text);
            }
        }
        longest = next..texts.len();
    }
    texts
}

fn matches(path: &str, paths: &[Vec<&str>]) -> Vec<bool> {
    let rows = [SampleRoute::new(&format!("ANY {path}"))];
    let reference = Reference::new(&rows, false);
    let matched = |path: &Vec<&str>| reference.decide(Methods::ANY, path, 0).route.is_some();
    paths.iter().map(matched).collect()
}

const PATTERNS: &[&str] = &[
    "/",
    "/{rest..}",
    "/a",
    "/a/",
    "/a/b",
    "/{x}",
    "/{x}/b",
    "/a/{x}",
    "/{x}/{y}",
    "/{x}b",
    "/a/{rest..}",
    "/b/{rest..}",
    "/{x}/{rest..}",
    "/a/b/{rest..}",
    "/a/{x}/{rest..}",
    "/{x}-{y}/{rest..}",
    "/a/{x}/b",
    "/a//b",
    "/a-{x}/b/",
];

#[test]
fn patterns_overlap_and_cover_as_their_paths_do() {
    let paths = paths();
    for bare_rest in [false, true] {
        let matched: Vec<Vec<bool>> = PATTERNS
            .iter()
            .map(|path| matched(path, &paths, bare_rest))
            .collect();
        for (a, in_a) in PATTERNS.iter().zip(&matched) {
            for (b, in_b) in PATTERNS.iter().zip(&matched) {
                let shared = in_a.iter().zip(in_b).any(|(a, b)| *a && *b);
                let covered = in_a.iter().zip(in_b).all(|(a, b)| *a || !*b);
                let (a_, b_) = (pattern(a), pattern(b));
                assert_eq!(
                    overlap(&a_, &b_, bare_rest),
                    shared,
                    "{a} and {b}, {bare_rest}"
                );
                assert_eq!(
                    covers(&a_, &b_, bare_rest),
                    covered,
                    "{a} over {b}, {bare_rest}"
                );
            }
        }
    }
}

/// Returns all paths of up to four segments that are relevant to [`PATTERNS`].
fn paths() -> Vec<String> {
    let mut paths = vec![String::new()];
    let mut longest = 0..1;
    for _ in 0..4 {
        let next = paths.len();
        for at in longest {
            for segment in ["", "a", "b", "ab", "a-z", "z-b", "z"] {
                paths.push(format!("{}/{segment}", paths[at]));
            }
        }
        longest = next..paths.len();
    }
    paths.split_off(1)
}

fn matched(path: &str, paths: &[String], bare_rest: bool) -> Vec<bool> {
    let rows = [SampleRoute::new(&format!("ANY {path}"))];
    let tree = Tree::new(&[rows[0].route()], bare_rest);
    let is_matched = |path: &String| {
        let lookup = Lookup {
            rows: &rows,
            method: Methods::ANY,
            path,
            skip: 0,
        };
        tree.decide(lookup).route.is_some()
    };
    paths.iter().map(is_matched).collect()
}

fn pairs(a: &str, b: &str) -> (Pattern, Pattern) {
    (pattern(a), pattern(b))
}

#[test]
fn a_type_may_reject_so_it_covers_only_itself() {
    let is_covered = |a, b| {
        let (a, b) = pairs(a, b);
        covers(&a, &b, false)
    };
    assert!(is_covered("/{id: u8}", "/{number: u8}"));
    assert!(!is_covered("/{id: u8}", "/{id: u16}"));
    assert!(!is_covered("/{id: u8}", "/{id}"));
    assert!(is_covered("/{id: u8}", "/7"));
    assert!(!is_covered("/{id: u8}", "/007"));
    assert!(!is_covered("/{id: u8}", "/256"));
    assert!(!is_covered("/{id: Id}", "/7"));
    assert!(is_covered("/{name: String}", "/me"));
    assert!(is_covered("/{name: String}", "/{id: u8}"));
    assert!(is_covered("/{x: bool}", "/true"));
    assert!(!is_covered("/{x: bool}", "/yes"));
    assert!(is_covered("/v{major: u8}.{minor: u8}", "/v1.2"));
    assert!(!is_covered("/v{major: u8}.{minor: u8}", "/v1.x"));
    assert!(is_covered("/{id}", "/{id: u8}"));
    assert!(is_covered("/{a: u8}-{b}", "/{a: u8}-{b: u8}"));
    assert!(!is_covered("/{a: u8}-{b}", "/{a: u8}-{b}.json"));
}

#[test]
fn types_do_not_keep_patterns_from_overlapping() {
    let (a, b) = pairs("/{id: u8}", "/me");
    assert!(overlap(&a, &b, false) && overlap(&b, &a, false));
}

#[test]
fn an_example_is_a_path_of_its_pattern() {
    for (path, wanted) in [
        ("/", "/"),
        ("/users/{id: u32}/{tab}", "/users/7/tab"),
        ("/{from: f64}-{to: i8}.json", "/0.5--7.json"),
        ("/{flag: bool}/{letter: char}/{when: Date}", "/true/c/when"),
        ("/files/{rest..}", "/files/rest"),
        ("/{rest..}", "/rest"),
        ("/{r#type}", "/type"),
    ] {
        assert_eq!(example(&pattern(path)), wanted);
        assert_eq!(matched(&untyped(path), &[wanted.to_owned()], false), [true]);
    }
}

fn untyped(path: &str) -> String {
    let mut pieces = path.split(": ");
    let mut untyped = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        untyped.push_str(&piece[piece.find('}').expect("a closing brace")..]);
    }
    untyped
}
