//! The tree and the reference make the same decisions, for random tables and requests.

use super::interpret::Lookup;
use super::reference::{Reference, characters};
use super::sample::{Decision, SampleRoute, methods, pattern};
use super::{Route, Tree};
use crate::http::methods::Methods;
use crate::server::pattern::SegmentPart;
use crate::server::tree::{build, overlap};

const TABLES: u64 = 10_000;
const PATHS: usize = 100;

#[test]
fn the_tree_decides_as_the_routes_read_in_order() {
    let mut seen = Seen::default();
    let failure = (1..=TABLES).find_map(|seed| difference(seed, &HONEST, &mut seen));
    assert!(failure.is_none(), "{}", failure.unwrap_or_default());
    seen.assert_that_it_was_worth_it();
}

#[test]
fn a_tree_that_ignores_the_order_is_caught() {
    let partial = Subject {
        tree: |routes, bare_rest| build::tree(routes, bare_rest, |_, _| false),
        ..HONEST
    };
    assert!(is_caught(&partial));
}

#[test]
fn a_tree_that_ignores_tails_is_caught() {
    let partial = Subject {
        tree: |routes, bare_rest| {
            build::tree(routes, bare_rest, |a, b| {
                let has_tail = |route: &Route<'_>| route.pattern.split_tail().1.is_some();
                !has_tail(a) && !has_tail(b) && overlap(a.pattern, b.pattern, bare_rest)
            })
        },
        ..HONEST
    };
    assert!(is_caught(&partial));
}

#[test]
fn a_tree_that_forgets_which_guards_failed_is_caught() {
    let partial = Subject {
        skip: |_| 0,
        ..HONEST
    };
    assert!(is_caught(&partial));
}

#[test]
fn a_tree_that_forgets_the_bare_rest_is_caught() {
    let partial = Subject {
        tree: |routes, _| Tree::new(routes, false),
        ..HONEST
    };
    assert!(is_caught(&partial));
}

/// The implementation under test, and ways to break it.
struct Subject {
    tree: fn(&[Route<'_>], bool) -> Tree,
    skip: fn(usize) -> usize,
}

const HONEST: Subject = Subject {
    tree: |routes, bare_rest| Tree::new(routes, bare_rest),
    skip: |skip| skip,
};

fn is_caught(partial: &Subject) -> bool {
    (1..=TABLES).any(|seed| difference(seed, partial, &mut Seen::default()).is_some())
}

/// Creates a table and its requests from `seed`, and reports the first difference.
fn difference(seed: u64, subject: &Subject, seen: &mut Seen) -> Option<String> {
    let mut random = Random::new(seed);
    let bare_rest = random.one_in(4);
    let rows: Vec<SampleRoute> = (0..=random.below(12)).map(|_| row(&mut random)).collect();
    let table = Table::new(&rows, bare_rest, subject);
    for _ in 0..PATHS {
        let path = path(&mut random, &rows);
        let method = requested(&mut random);
        if table.differs(method, &path, seen).is_some() {
            return Some(report(rows.clone(), bare_rest, subject, method, &path));
        }
    }
    None
}

struct Table<'a> {
    rows: &'a [SampleRoute],
    reference: Reference<'a>,
    tree: Tree,
    subject: &'a Subject,
}

impl<'a> Table<'a> {
    fn new(rows: &'a [SampleRoute], bare_rest: bool, subject: &'a Subject) -> Self {
        let routes: Vec<_> = rows.iter().map(SampleRoute::route).collect();
        Self {
            rows,
            reference: Reference::new(rows, bare_rest),
            tree: (subject.tree)(&routes, bare_rest),
            subject,
        }
    }

    /// Compares both decisions. Like a handler, it decides again as long as a guard fails.
    fn differs(
        &self,
        method: Methods,
        path: &str,
        seen: &mut Seen,
    ) -> Option<(Decision, Decision)> {
        let characters = characters(path);
        let mut skip = 0;
        loop {
            let wanted = self.reference.decide(method, &characters, skip);
            let lookup = Lookup {
                rows: self.rows,
                method,
                path,
                skip: (self.subject.skip)(skip),
            };
            let got = self.tree.decide(lookup);
            seen.note(&wanted, skip);
            let chosen = wanted.route.as_ref().map(|(index, _)| &self.rows[*index]);
            let needs_allow = chosen.is_none_or(|row| row.is_mount);
            if got.route != wanted.route || (needs_allow && got.allow != wanted.allow) {
                return Some((wanted, got));
            }
            match wanted.route {
                Some((index, _)) if self.rows[index].guard == Some(false) => skip = index + 1,
                _ => return None,
            }
        }
    }
}

/// Removes routes as long as there is still a difference, and shows the remaining ones.
fn report(
    mut rows: Vec<SampleRoute>,
    bare_rest: bool,
    subject: &Subject,
    method: Methods,
    path: &str,
) -> String {
    let differs = |rows: &[SampleRoute]| {
        Table::new(rows, bare_rest, subject).differs(method, path, &mut Seen::default())
    };
    while let Some(fewer) = (0..rows.len()).find_map(|at| {
        let mut fewer = rows.clone();
        fewer.remove(at);
        differs(&fewer).map(|_| fewer)
    }) {
        rows = fewer;
    }
    let table: String = rows.iter().map(|row| format!("    {row}\n")).collect();
    let difference = differs(&rows);
    let method = method.names().next().unwrap_or("an extension method");
    format!("{method} {path}, bare rest: {bare_rest}, in\n{table}(wanted, got): {difference:#?}")
}

/// Counts the kinds of decisions: a test in which nothing matches proves nothing.
#[derive(Default)]
struct Seen {
    answered: u64,
    second_tries: u64,
    wrong_method: u64,
    not_found: u64,
}

impl Seen {
    fn note(&mut self, decision: &Decision, skip: usize) {
        let kind = match decision {
            Decision { route: Some(_), .. } if skip > 0 => &mut self.second_tries,
            Decision { route: Some(_), .. } => &mut self.answered,
            Decision { allow, .. } if allow.is_empty() => &mut self.not_found,
            Decision { .. } => &mut self.wrong_method,
        };
        *kind += 1;
    }

    fn assert_that_it_was_worth_it(&self) {
        let tenth = TABLES * PATHS as u64 / 10;
        assert!(self.answered > 3 * tenth, "{} answered", self.answered);
        assert!(
            self.wrong_method > tenth,
            "{} with a wrong method",
            self.wrong_method
        );
        assert!(self.not_found > tenth, "{} not found", self.not_found);
        assert!(
            self.second_tries > tenth / 10,
            "{} second tries",
            self.second_tries
        );
    }
}

fn row(random: &mut Random) -> SampleRoute {
    let mut path = String::new();
    for _ in 0..random.below(4) {
        let from = if random.one_in(2) { CAPTURES } else { TEXTS };
        let segment = random.pick(from);
        path.push('/');
        for (at, part) in segment.split('*').enumerate() {
            if at > 0 {
                let ty = random.pick(&["", "", ": u8", ": Odd"]);
                path.push_str(&format!("{{p{}{ty}}}", path.len()));
            }
            path.push_str(part);
        }
    }
    let has_rest = random.one_in(5);
    if has_rest {
        path.push_str("/{rest..}");
    } else if path.is_empty() {
        path.push('/');
    }
    let is_mount = !has_rest && random.one_in(6);
    let names = random.pick(&[
        "GET", "GET", "GET", "POST", "DELETE", "GET|POST", "HEAD", "ANY",
    ]);
    SampleRoute {
        pattern: match is_mount {
            true => pattern(&path).with_everything_below(),
            false => pattern(&path),
        },
        path,
        methods: methods(if is_mount { "ANY" } else { names }),
        is_mount,
        guard: random.one_in(3).then(|| random.one_in(3)),
        cfg: random.one_in(6).then(|| random.one_in(2)),
    }
}

const TEXTS: &[&str] = &[
    "a", "a", "b", "ab", "ba", "aa", "a-b", "a.b", "é", "è", "7", "5", "%", "a%", "%25", "",
];
const CAPTURES: &[&str] = &[
    "*", "*", "*", "*", "a*", "*b", "a*b", "*.b", "*-*", "*-*.b", "a*a*a", "*aa*", "*%", "*5",
    "*2F*", "é*", "*é*", "%*",
];
const VALUES: &[&str] = &[
    "a", "b", "x", "7", "300", "a-b", "a.b", "-", ".b", "%25", "%2F", "5", "ab", "é", "x%2F", "aa",
    "aaa", "",
];
const CHARACTERS: &[&str] = &[
    "/", "/", "a", "b", "-", ".", "%25", "%2F", "5", "7", "2", "F", "é",
];

/// Returns a path that one of `rows` matches or nearly matches.
fn path(random: &mut Random, rows: &[SampleRoute]) -> String {
    let pattern = &rows[random.below(rows.len())].pattern;
    let (segments, tail) = pattern.split_tail();
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        for part in segment.parts() {
            match part {
                SegmentPart::Text(text) => path.push_str(&in_path(text)),
                SegmentPart::Param(_) => path.push_str(random.pick(VALUES)),
            }
        }
    }
    if tail.is_some() && !random.one_in(4) {
        path.push('/');
        path.push_str(random.pick(&["", "a", "b/7", "a/", "%2F/x"]));
    } else if path.is_empty() {
        path.push('/');
    }
    if random.one_in(3) {
        mutated(random, &path)
    } else {
        path
    }
}

fn in_path(text: &str) -> String {
    text.replace('%', "%25")
}

fn mutated(random: &mut Random, path: &str) -> String {
    let mut path = characters(path);
    for _ in 0..=random.below(2) {
        let at = random.below(path.len() + 1);
        match random.below(3) {
            0 if at < path.len() => drop(path.remove(at)),
            1 if at < path.len() => path[at] = random.pick(CHARACTERS),
            _ => path.insert(at, random.pick(CHARACTERS)),
        }
    }
    path.concat()
}

fn requested(random: &mut Random) -> Methods {
    let without_name = Methods::NAMES
        .iter()
        .fold(Methods::ANY, |left, name| left.without(methods(name)));
    match random.below(8) {
        0 => methods("HEAD"),
        1 => methods("DELETE"),
        2 | 3 => methods("POST"),
        4 => without_name,
        // GET does not include HEAD here, because a request has one method.
        _ => Methods::GET.without(methods("HEAD")),
    }
}

/// A xorshift64* generator: the tables are the same in every run, and no dependency is needed.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from((self.next() >> 33) % bound as u64).expect("less than `bound`")
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}
