//! The app whose routes read a query or a body, with code written manually or with a declaration in the route.

use std::fmt::Write;

use crate::app::{DATABASE, Route, routes};

/// The ways in which the routes of the app read their requests.
#[derive(Clone, Copy)]
pub enum Contract {
    /// Neither the query nor the body is read.
    Unread,
    ByHand,
    Declared,
}

impl Contract {
    pub const ALL: [Self; 3] = [Self::Unread, Self::ByHand, Self::Declared];

    pub fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::ByHand => "manual",
            Self::Declared => "declared",
        }
    }

    /// Returns the `main.rs` of the app with this many routes. POST, PUT and PATCH read a body, the others a query,
    /// unless the app is [`Self::Unread`]. The code of [`Self::Declared`]:
    ///
    /// ```ignore
    /// #[server]
    /// async fn app(req: Request, res: Response, db: Db) -> Result {
    ///     route!(GET "/users/{p1}?{page: u32 = 1}&{search: Option<String>}" -> Json<Row> =>
    ///         Json(answer_0(&[p1], page, search, &db).await));
    ///     route!(POST "/users" (Json(new): Json<Row>) -> Json<Row> => Json(answer_1(&[], new, &db).await));
    /// }
    /// ```
    pub fn app(self, count: usize) -> String {
        let mut server = String::new();
        let mut answers = String::new();
        for (index, route) in routes(count).iter().enumerate() {
            let has_body = matches!(route.method, "POST" | "PUT" | "PATCH");
            let _ = writeln!(server, "    {}", self.route(index, route, has_body));
            let taken = match self {
                Self::Unread => "",
                _ if has_body => "new: Row, ",
                _ => "page: u32, search: Option<String>, ",
            };
            let row = match self {
                Self::Unread => format!("Row {{ name: String::new(), left: {index} }}"),
                _ if has_body => "new".to_owned(),
                _ => "Row { name: search.unwrap_or_default(), left: page }".to_owned(),
            };
            let _ = writeln!(
                answers,
                "async fn answer_{index}(keys: &[&str], {taken}db: &Db) -> Row {{ db.read({index}, keys).await; {row} }}"
            );
        }
        format!("{USE}{server}{MAIN}{answers}{DATABASE}")
    }

    fn route(self, index: usize, route: &Route, has_body: bool) -> String {
        let Route {
            method,
            path,
            parameters,
        } = route;
        let keys = parameters.join(", ");
        let call = |read: &str| format!("Json(answer_{index}(&[{keys}], {read}&db).await)");
        match (self, has_body) {
            (Self::Unread, _) => format!("route!({method} {path:?} => {});", call("")),
            (Self::ByHand, true) => format!(
                "route!({method} {path:?} => {{ let new: Row = req.body.json().await?; {} }});",
                call("new, ")
            ),
            (Self::ByHand, false) => format!(
                "route!({method} {path:?} => {{ let page = req.url.query::<Option<u32>>(\"page\")?.unwrap_or(1); \
                 let search: Option<String> = req.url.query(\"search\")?; {} }});",
                call("page, search, ")
            ),
            (Self::Declared, true) => format!(
                "route!({method} {path:?} (Json(new): Json<Row>) -> Json<Row> => {});",
                call("new, ")
            ),
            (Self::Declared, false) => format!(
                "route!({method} \"{path}?{{page: u32 = 1}}&{{search: Option<String>}}\" -> Json<Row> => {});",
                call("page, search, ")
            ),
        }
    }
}

const USE: &str = "use onward::prelude::*;

#[derive(serde::Serialize, serde::Deserialize)]
struct Row { name: String, left: u32 }

#[server]
async fn app(req: Request, res: Response, db: Db) -> Result {
";

const MAIN: &str = "}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let db = Db::default();
    onward::http::create_server(move |req, res| app(req, res, db.clone())).listen(3000).await
}
";
