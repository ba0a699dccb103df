//! Creates a table of routes and requests from bytes, and compares the tree with the reference.

use crate::choices::Choices;
use crate::macros::http::methods::Methods;
use crate::macros::server::tree::{Tree, covers};
use crate::tested::interpret::Lookup;
use crate::tested::reference::{Reference, characters};
use crate::tested::sample::{SampleRoute, methods, pattern};

/// Compares the decisions of the tree and of the reference for the table and the requests that `bytes` describes.
///
/// # Panics
/// Panics if the tree and the reference differ, or if [`covers`] returns `true` for a route that does not match
/// everything that the other route matches.
pub fn check_matching(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let bare_rest = choices.below(4) == 1;
    let rows: Vec<SampleRoute> = (0..=choices.below(10)).map(|_| row(&mut choices)).collect();
    let routes: Vec<_> = rows.iter().map(SampleRoute::route).collect();
    let tree = Tree::new(&routes, bare_rest);
    let reference = Reference::new(&rows, bare_rest);
    loop {
        let method = methods(choices.pick(METHODS));
        let path = path(&mut choices, &rows);
        check_decision(&rows, &tree, &reference, method, &path);
        check_covers(&rows, bare_rest, &path);
        if choices.is_empty() {
            break;
        }
    }
}

/// Compares the decisions of the tree and the reference. As in a handler, the next route is tried as long as a guard
/// fails.
fn check_decision(
    rows: &[SampleRoute],
    tree: &Tree,
    reference: &Reference<'_>,
    method: Methods,
    path: &str,
) {
    let characters = characters(path);
    let mut skip = 0;
    loop {
        let wanted = reference.decide(method, &characters, skip);
        let got = tree.decide(Lookup {
            rows,
            method,
            path,
            skip,
        });
        assert_eq!(
            got.route, wanted.route,
            "{path} from {skip} on in {rows:#?}"
        );
        match wanted.route {
            Some((index, _)) if rows[index].guard == Some(false) => skip = index + 1,
            Some((index, _)) if !rows[index].is_mount => return,
            // A mount passes the methods of the routes above it to the mounted server.
            _ => {
                assert_eq!(got.allow, wanted.allow, "{path} in {rows:#?}");
                return;
            }
        }
    }
}

/// Checks that a route that covers another one matches everything that the other one matches.
fn check_covers(rows: &[SampleRoute], bare_rest: bool, path: &str) {
    let fits = |row: &SampleRoute| {
        let row = [SampleRoute {
            cfg: None,
            guard: None,
            methods: Methods::ANY,
            ..row.clone()
        }];
        let reference = Reference::new(&row, bare_rest);
        reference
            .decide(Methods::GET, &characters(path), 0)
            .route
            .is_some()
    };
    let fitting: Vec<bool> = rows.iter().map(fits).collect();
    for (earlier, earlier_fits) in rows.iter().zip(&fitting) {
        for (later, later_fits) in rows.iter().zip(&fitting) {
            if *later_fits && !earlier_fits {
                let hides = covers(&earlier.pattern, &later.pattern, bare_rest);
                assert!(!hides, "{earlier} should not hide {later} from {path}");
            }
        }
    }
}

const METHODS: &[&str] = &["GET", "POST", "HEAD", "DELETE", "GET|POST", "ANY"];
const TEXTS: &[&str] = &["a", "b", "-", ".", "é", "è", "5", "2", "F", "%", "25"];
const VALUES: &[&str] = &[
    "a", "b", "-", ".", "é", "è", "5", "2", "F", "%25", "%2F", "/",
];
const TYPES: &[&str] = &["", ": u8", ": Odd"];

fn row(choices: &mut Choices<'_>) -> SampleRoute {
    let mut path = String::new();
    for _ in 0..choices.below(4) {
        path.push('/');
        push_segment(choices, &mut path);
    }
    let end = choices.below(6);
    match end {
        1 => path.push_str("/{rest..}"),
        _ if path.is_empty() => path.push('/'),
        _ => {}
    }
    let is_mount = end == 2;
    let written = pattern(&path);
    SampleRoute {
        pattern: match is_mount {
            true => written.with_everything_below(),
            false => written,
        },
        path,
        methods: match is_mount {
            true => Methods::ANY,
            false => methods(choices.pick(METHODS)),
        },
        is_mount,
        guard: [None, None, Some(true), Some(false)][choices.below(4)],
        cfg: [None, None, None, Some(true), Some(false)][choices.below(5)],
    }
}

/// Appends a segment of texts and parameters: never two adjacent parameters, and never an empty segment.
fn push_segment(choices: &mut Choices<'_>, path: &mut String) {
    let mut is_behind_param = false;
    for piece in 0..=choices.below(5) {
        if !is_behind_param && choices.below(2) == 1 {
            let ty = choices.pick(TYPES);
            path.push_str(&format!("{{p{}_{piece}{ty}}}", path.len()));
            is_behind_param = true;
        } else {
            path.push_str(choices.pick(TEXTS));
            is_behind_param = false;
        }
    }
}

/// Creates a path that is similar to the path of a row.
fn path(choices: &mut Choices<'_>, rows: &[SampleRoute]) -> String {
    let row = &rows[choices.below(rows.len())];
    let mut path = String::new();
    for (at, piece) in row.path.split(['{', '}']).enumerate() {
        if at % 2 == 0 {
            path.push_str(&piece.replace('%', "%25"));
            continue;
        }
        for _ in 0..choices.below(4) {
            path.push_str(choices.pick(VALUES));
        }
    }
    let mut characters = characters(&path);
    let at = choices.below(characters.len() + 1);
    match choices.below(4) {
        1 => characters.insert(at, choices.pick(VALUES)),
        2 if at < characters.len() => drop(characters.remove(at)),
        _ => {}
    }
    characters.concat()
}
