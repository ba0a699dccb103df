//! Builds the tree: a radix trie that keeps the order of the routes if it matters.
//!
//! At a node, some routes continue with text and some with a capture. The order in which they are tried matters only
//! for two routes that can match the same request: the one written first must be tried first, and all others can be
//! reordered. So a node takes all routes that continue with text unless one of them must wait for a capture, then all
//! captures that need not wait for a remaining text, and so on until no route is left. This nearly always takes one
//! round of each kind.

use super::{Group, Leaf, Node, Route, Split, Step, Text, Tree};
use crate::server::pattern::Segment;

/// The maximum number of texts with a common prefix that are compared one by one. With 5000 routes and 200 different
/// first words, that is as fast as branching at every byte.
const MOST_WORDS: usize = 8;

/// Builds the tree. `overlap` takes two routes, the earlier one first, and returns whether some path is matched by
/// both; `true` is always safe.
pub(super) fn tree(
    routes: &[Route<'_>],
    bare_rest: bool,
    overlap: impl Fn(&Route<'_>, &Route<'_>) -> bool,
) -> Tree {
    let mut paths = Vec::new();
    for (index, route) in routes.iter().enumerate() {
        push_paths(&mut paths, index, route, bare_rest);
    }
    let builder = Builder { routes, overlap };
    let mut entries = Vec::new();
    for (route, path) in &paths {
        entries.push(Entry {
            route: *route,
            text: &path.text,
            pieces: &path.pieces,
        });
    }
    Tree {
        root: builder.node(entries),
    }
}

/// A pattern in the order in which a path is read: text, then captures alternating with text. The texts are encoded as
/// in a request path, where `%` is `%25`.
struct Path {
    text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    kind: PieceKind,
    /// The text after the capture, up to the next piece.
    text: String,
}

/// The continuation of a route's path that is not text.
#[derive(Clone, PartialEq, Eq)]
enum PieceKind {
    Segment(Vec<String>),
    Tail,
}

/// Adds the path of a route, and the path without its tail if that is optional.
fn push_paths(paths: &mut Vec<(usize, Path)>, index: usize, route: &Route<'_>, bare_rest: bool) {
    let pattern = route.pattern;
    let mut path = Path::of(&pattern.segments);
    if pattern.segments.is_empty() {
        path.push_text("/");
    }
    paths.push((index, path));
    if pattern.has_optional_tail(bare_rest) {
        paths.push((index, Path::of(pattern.split_tail().0)));
    }
}

impl Path {
    fn of(segments: &[Segment]) -> Self {
        let mut path = Path {
            text: String::new(),
            pieces: Vec::new(),
        };
        for segment in segments {
            path.push_text("/");
            path.push_text(&segment.text);
            if segment.is_tail() {
                path.push(PieceKind::Tail);
            } else if !segment.captures.is_empty() {
                let texts = segment.captures.iter().map(|it| normal(&it.text));
                path.push(PieceKind::Segment(texts.collect()));
            }
        }
        path
    }

    fn push_text(&mut self, text: &str) {
        let last = self.pieces.last_mut().map(|piece| &mut piece.text);
        last.unwrap_or(&mut self.text).push_str(&normal(text));
    }

    fn push(&mut self, kind: PieceKind) {
        self.pieces.push(Piece {
            kind,
            text: String::new(),
        });
    }
}

/// Returns the text as encoded in a request path: `%` is `%25`, because a `%` would start an escape.
fn normal(text: &str) -> String {
    text.replace("%", "%25")
}

/// A route, and the rest of its path at a node.
#[derive(Clone, Copy)]
struct Entry<'a> {
    route: usize,
    text: &'a str,
    pieces: &'a [Piece],
}

impl Text {
    /// Merges a text with those that follow it: `"pro"` followed by `"ducts"` or `"file"` is easier to read, and
    /// faster, as `"products"` or `"profile"`. This is not done for more than [`MOST_WORDS`] words, or if the text ends
    /// with a slash.
    fn whole_words(self) -> Vec<Self> {
        let Self { text, then } = self;
        match <[Step; 1]>::try_from(then.steps) {
            Ok([Step::Texts(ends)]) if ends.len() <= MOST_WORDS && !text.ends_with('/') => ends
                .into_iter()
                .map(|end| Self {
                    text: format!("{text}{}", end.text),
                    then: end.then,
                })
                .collect(),
            Ok([step]) => vec![Self {
                text,
                then: Node { steps: vec![step] },
            }],
            Err(steps) => vec![Self {
                text,
                then: Node { steps },
            }],
        }
    }
}

impl<'a> Entry<'a> {
    /// Returns how the route continues; `None` is text, or the end.
    fn kind(&self) -> Option<&'a PieceKind> {
        if self.text.is_empty() {
            self.pieces.first().map(|piece| &piece.kind)
        } else {
            None
        }
    }

    /// Returns the entry without its next piece.
    fn after_piece(self) -> Self {
        match self.pieces {
            [piece, pieces @ ..] => Entry {
                text: &piece.text,
                pieces,
                ..self
            },
            [] => self,
        }
    }
}

struct Builder<'a, O> {
    routes: &'a [Route<'a>],
    overlap: O,
}

impl<O: Fn(&Route<'_>, &Route<'_>) -> bool> Builder<'_, O> {
    fn node(&self, mut left: Vec<Entry<'_>>) -> Node {
        let mut steps = Vec::new();
        while !left.is_empty() {
            for kind in kinds(&left) {
                let (now, later) = self.take(kind, left);
                self.push_step(&mut steps, kind, now);
                left = later;
            }
        }
        Node { steps }
    }

    /// Divides `left` into the routes that continue with `kind` and need not wait, and all others.
    fn take<'e>(
        &self,
        kind: Option<&PieceKind>,
        left: Vec<Entry<'e>>,
    ) -> (Vec<Entry<'e>>, Vec<Entry<'e>>) {
        let (mut now, mut later) = (Vec::new(), Vec::<Entry<'e>>::new());
        for entry in left {
            let waits = entry.kind() != kind || later.iter().any(|it| self.precedes(it, &entry));
            if waits { &mut later } else { &mut now }.push(entry);
        }
        (now, later)
    }

    /// Returns whether `earlier` must be tried before `entry`, because a request can match both.
    fn precedes(&self, earlier: &Entry<'_>, entry: &Entry<'_>) -> bool {
        let (Some(earlier), Some(later)) =
            (self.routes.get(earlier.route), self.routes.get(entry.route))
        else {
            return false;
        };
        earlier.methods.intersects(later.methods) && (self.overlap)(earlier, later)
    }

    fn push_step(&self, steps: &mut Vec<Step>, kind: Option<&PieceKind>, now: Vec<Entry<'_>>) {
        if now.is_empty() {
            return;
        }
        match kind {
            None => self.push_fixed(steps, now),
            Some(PieceKind::Tail) => steps.push(Step::Tail(self.leaf(&now))),
            Some(PieceKind::Segment(shape)) => {
                let split = Split {
                    shape: shape.clone(),
                    then: self.node(now.into_iter().map(Entry::after_piece).collect()),
                };
                match steps.last_mut() {
                    Some(Step::Segment(splits)) => splits.push(split),
                    _ => steps.push(Step::Segment(vec![split])),
                }
            }
        }
    }

    fn push_fixed(&self, steps: &mut Vec<Step>, now: Vec<Entry<'_>>) {
        let (ends, texts): (Vec<_>, Vec<_>) = now.into_iter().partition(|it| it.text.is_empty());
        if !ends.is_empty() {
            steps.push(Step::End(self.leaf(&ends)));
        }
        if !texts.is_empty() {
            let mut words = Vec::new();
            for group in by_first_char(texts) {
                words.extend(self.text(group).whole_words());
            }
            steps.push(Step::Texts(words));
        }
    }

    /// Returns the longest common prefix of `entries`, and the entries without it.
    fn text(&self, entries: Vec<Entry<'_>>) -> Text {
        let texts = entries.iter().map(|entry| entry.text);
        let text = texts.reduce(common_prefix).unwrap_or_default().to_owned();
        let after = entries.iter().map(|entry| Entry {
            text: entry.text.strip_prefix(&text).unwrap_or_default(),
            ..*entry
        });
        let then = self.node(after.collect());
        Text { text, then }
    }

    fn leaf(&self, entries: &[Entry<'_>]) -> Leaf {
        let mut leaf = Leaf::new();
        for entry in entries {
            let Some(route) = self.routes.get(entry.route) else {
                continue;
            };
            let types = route.pattern.params().map(|param| param.ty.clone());
            let (types, cfg) = (types.collect(), route.cfg.map(str::to_owned));
            match self.group_for(&leaf, route, &types, cfg.as_deref()) {
                Some(at) => leaf[at].routes.push(entry.route),
                None => leaf.push(Group {
                    types,
                    cfg,
                    routes: vec![entry.route],
                }),
            }
        }
        leaf
    }

    /// Returns the group that `route` may join: no later group contains a route that must be tried first.
    fn group_for(
        &self,
        leaf: &Leaf,
        route: &Route<'_>,
        types: &Vec<Option<String>>,
        cfg: Option<&str>,
    ) -> Option<usize> {
        for (at, group) in leaf.iter().enumerate().rev() {
            if group.types == *types && group.cfg.as_deref() == cfg {
                return Some(at);
            }
            let mut earlier = group.routes.iter().filter_map(|it| self.routes.get(*it));
            if earlier.any(|it| it.methods.intersects(route.methods)) {
                return None;
            }
        }
        None
    }
}

/// Returns how `entries` continue: text first, then captures in written order, tails last.
fn kinds<'a>(entries: &[Entry<'a>]) -> Vec<Option<&'a PieceKind>> {
    let mut kinds = vec![None];
    for entry in entries {
        if let kind @ Some(PieceKind::Segment(_)) = entry.kind()
            && !kinds.contains(&kind)
        {
            kinds.push(kind);
        }
    }
    kinds.push(Some(&PieceKind::Tail));
    kinds
}

fn by_first_char(entries: Vec<Entry<'_>>) -> Vec<Vec<Entry<'_>>> {
    let mut chars = Vec::new();
    let mut groups: Vec<Vec<Entry<'_>>> = Vec::new();
    for entry in entries {
        let first = entry.text.chars().next();
        match chars.iter().position(|char| *char == first) {
            Some(at) => groups[at].push(entry),
            None => {
                chars.push(first);
                groups.push(vec![entry]);
            }
        }
    }
    groups
}

fn common_prefix<'a>(a: &'a str, b: &str) -> &'a str {
    let mut differing = a.char_indices().zip(b.chars());
    let at = differing
        .find(|((_, a), b)| a != b)
        .map_or(a.len().min(b.len()), |((at, _), _)| at);
    a.get(..at).unwrap_or_default()
}
