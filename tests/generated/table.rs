//! Tables of routes as data.

use crate::random::Random;
use crate::reference::{self, Decision};
use crate::request;
use std::fmt;

const TABLES: usize = 40;
const ROWS: usize = 12;

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) number: usize,
    pub(crate) seed: u64,
    /// The value of `trailing_slash`.
    pub(crate) slash: &'static str,
    pub(crate) has_fallback: bool,
    pub(crate) rows: Vec<Row>,
}

/// A route as written.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The methods; empty for GET.
    pub(crate) methods: Vec<&'static str>,
    pub(crate) path: String,
    /// The value of the guard, if the route has one.
    pub(crate) guard: Option<Guard>,
    /// The value of the `#[cfg]` condition, if the route has one.
    pub(crate) cfg: Option<bool>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Guard {
    Yes,
    No,
}

impl Row {
    pub(crate) fn is_present(&self) -> bool {
        self.cfg != Some(false)
    }
}

impl Table {
    pub(crate) fn with_rows(&self, change: impl Fn(&mut Row)) -> Self {
        let mut table = self.clone();
        table.rows.iter_mut().for_each(change);
        table
    }
}

pub(crate) fn all() -> Vec<Table> {
    (0..TABLES).map(table).collect()
}

/// Generates a table. Adds a row only if a request can reach it, because an unreachable route does not compile. Nothing
/// is added after a row that matches everything.
fn table(number: usize) -> Table {
    let seed = 1 + number as u64;
    let mut random = Random::new(seed);
    let mut table = Table {
        number,
        seed,
        slash: random.pick(&["strict", "strict", "ignore", "redirect"]),
        has_fallback: random.one_in(5),
        rows: Vec::new(),
    };
    for _ in 0..4 * ROWS {
        let row = row(&mut random);
        table.rows.push(row);
        if table.rows.len() > ROWS || !is_reached(&mut random, &table) {
            table.rows.pop();
        }
    }
    table
}

/// Returns whether a request can reach the last row. A row that is compiled out is treated as if it were present.
fn is_reached(random: &mut Random, table: &Table) -> bool {
    let mut table = table.clone();
    let Some(last) = table.rows.last_mut() else {
        return false;
    };
    last.cfg = None;
    let last = table.rows.len() - 1;
    (0..200).any(|_| {
        let asked = request::for_row(random, &table.rows[last]);
        matches!(reference::ask(&table, &asked), Decision::Route { row, .. } if row == last)
    })
}

fn row(random: &mut Random) -> Row {
    let mut path = String::new();
    for _ in 0..random.below(4) {
        let from = if random.one_in(2) { CAPTURES } else { TEXTS };
        path.push('/');
        for (at, piece) in random.pick(from).split('*').enumerate() {
            if at > 0 {
                let ty = random.pick(&["", "", ": u8", ": Odd", ": String"]);
                path.push_str(&format!("{{p{}{ty}}}", path.len()));
            }
            path.push_str(piece);
        }
    }
    if random.one_in(5) {
        path.push_str("/{rest..}");
    } else if path.is_empty() {
        path.push('/');
    }
    Row {
        path,
        methods: random.pick(METHODS).to_vec(),
        guard: random
            .one_in(3)
            .then(|| random.pick(&[Guard::Yes, Guard::No])),
        cfg: random.one_in(6).then(|| random.one_in(2)),
    }
}

const METHODS: &[&[&str]] = &[
    &[],
    &[],
    &[],
    &["GET"],
    &["POST"],
    &["DELETE"],
    &["GET", "POST"],
    &["PUT", "HEAD"],
    &["HEAD"],
    &["OPTIONS"],
    &["ANY"],
];

const TEXTS: &[&str] = &[
    "a", "a", "b", "ab", "ba", "aa", "a-b", "a.b", "é", "è", "7", "5", "%", "a%", "a b", "25", "2F",
];

const CAPTURES: &[&str] = &[
    "*", "*", "*", "*", "a*", "*b", "a*b", "*.b", "*-*", "*-*.b", "a*a*a", "*aa*", "*%", "*5",
    "*25*", "*2F", "é*è", "*F",
];

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cfg {
            Some(true) => f.write_str("#[cfg(test)] ")?,
            Some(false) => f.write_str("#[cfg(any())] ")?,
            None => {}
        }
        write!(f, "{} {:?}", self.methods.join(" | "), self.path)?;
        match self.guard {
            Some(Guard::Yes) => f.write_str(" if yes"),
            Some(Guard::No) => f.write_str(" if !yes"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "table {}, trailing_slash = {}", self.number, self.slash)?;
        for row in &self.rows {
            writeln!(f, "    {row}")?;
        }
        if self.has_fallback {
            writeln!(f, "    _")?;
        }
        Ok(())
    }
}
