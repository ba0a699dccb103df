//! All routes of a server, with the routes of mounted servers instead of the mounts.

use std::fmt;
use std::ops::Deref;
use std::slice::Iter;
use std::sync::OnceLock;

use super::{RouteInfo, RouteParam};

/// The routes of a server and of its mounted servers, with full paths.
///
/// `shop::routes()` returns it; this function exists if the server mounts others or if a route declares a query, a body
/// or a reply type. A `RouteTable` dereferences to a slice of [`RouteInfo`]; its `Display` output has a line for each
/// route, in aligned columns. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/names?{page: u32 = 1}" as names -> Json<Vec<u32>> => Json(vec![page]));
///     route!(POST "/names" (name: String) -> Created<Json<String>> => Created(Json(name)));
/// }
///
/// assert_eq!(shop::routes().len(), 2);
/// assert_eq!(shop::routes().to_string(), "\
/// GET   /names?page            -> Json<Vec<u32>>         as names
/// POST  /names       (String)  -> Created<Json<String>>
/// ");
/// ```
#[derive(Debug)]
pub struct RouteTable(Vec<RouteInfo>);

impl Deref for RouteTable {
    type Target = [RouteInfo];

    #[inline]
    fn deref(&self) -> &[RouteInfo] {
        &self.0
    }
}

impl<'a> IntoIterator for &'a RouteTable {
    type Item = &'a RouteInfo;
    type IntoIter = Iter<'a, RouteInfo>;

    #[inline]
    fn into_iter(self) -> Iter<'a, RouteInfo> {
        self.0.iter()
    }
}

impl fmt::Display for RouteTable {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<[String; 5]> = self.0.iter().map(columns).collect();
        let width = |column: usize| {
            let widths = rows.iter().map(|row| row[column].chars().count());
            widths.max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..5).map(width).collect();
        for row in &rows {
            let mut line = String::new();
            for (text, width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
                line.push_str(&format!("{text:<width$}  "));
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Returns the columns of a line: the methods, the path with the keys of the query, the body, the reply and the name.
#[inline]
fn columns(route: &RouteInfo) -> [String; 5] {
    let keys = route.query.iter().map(|query| match query.all {
        true => format!("{{{}..}}", query.name),
        false => query.key.to_owned(),
    });
    let keys: Vec<String> = keys.collect();
    let query = match keys.is_empty() {
        true => String::new(),
        false => format!("?{}", keys.join("&")),
    };
    [
        route.methods.join(" | "),
        format!("{}{query}", route.path),
        route.body.map_or_else(String::new, |it| format!("({it})")),
        route
            .reply
            .map_or_else(String::new, |it| format!("-> {it}")),
        route.name.map_or_else(String::new, |it| format!("as {it}")),
    ]
}

/// The table of a server, which is created when it is first used.
#[doc(hidden)]
#[derive(Debug)]
pub struct Flattened(OnceLock<RouteTable>);

#[doc(hidden)]
#[expect(clippy::new_without_default, reason = "it is used only in a `static`")]
impl Flattened {
    #[inline]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Returns the table, which is created on the first call. The joined paths and lists of parameters are never freed;
    /// they do not accumulate, because a program has a fixed number of servers.
    #[inline]
    pub fn of(&self, routes: &[RouteInfo]) -> &RouteTable {
        self.0.get_or_init(|| RouteTable(flatten("", &[], routes)))
    }
}

#[inline]
fn flatten(prefix: &str, params: &[RouteParam], routes: &[RouteInfo]) -> Vec<RouteInfo> {
    let mut all = Vec::new();
    for route in routes {
        let path = join(prefix, route.path);
        let params = [params, route.params].concat();
        if route.routes.is_empty() {
            all.push(RouteInfo {
                path: path.leak(),
                params: params.leak(),
                ..*route
            });
        } else {
            all.extend(flatten(&path, &params, route.routes));
        }
    }
    all
}

/// Joins the path of a mount and that of a route.
#[inline]
pub(crate) fn join(prefix: &str, path: &str) -> String {
    match (prefix, path) {
        ("" | "/", path) => path.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        // The fallback of a mounted server handles the rest of the path.
        (prefix, "_") => format!("{prefix}/{{_..}}"),
        (prefix, path) => format!("{prefix}{path}"),
    }
}
