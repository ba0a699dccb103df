//! The same app for both frameworks: the first routes of REST-1000 or REST-5000, each handled by its own async
//! function.

use std::fmt::Write;

/// The framework that an app is written for.
#[derive(Clone, Copy)]
pub enum Framework {
    Onward,
    Axum,
}

impl Framework {
    /// Both frameworks, Onward first.
    pub const BOTH: [Self; 2] = [Self::Onward, Self::Axum];

    pub fn name(self) -> &'static str {
        match self {
            Self::Onward => "onward",
            Self::Axum => "axum",
        }
    }

    /// Returns the lines under `[dependencies]`. tokio has the features of a typical first program.
    pub fn dependencies(self) -> String {
        match self {
            Self::Onward => {
                let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/../../runtime");
                format!(
                    "onward = {{ path = {runtime:?} }}\n\
                     tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n"
                )
            }
            Self::Axum => "axum = \"0.8\"\n\
                 tokio = { version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }\n"
                .to_owned(),
        }
    }

    /// Returns the `main.rs` of the app with this many routes.
    pub fn app(self, routes: usize) -> String {
        let all = self::routes(routes);
        let code = match self {
            Self::Onward => onward(&all),
            Self::Axum => axum(&all),
        };
        code + DATABASE
    }
}

/// Returns the `main.rs` of the same app for Onward, with the body of each handler after its `=>`.
pub fn inline_app(routes: usize) -> String {
    let mut server = String::new();
    for (
        index,
        Route {
            method,
            path,
            parameters,
        },
    ) in self::routes(routes).iter().enumerate()
    {
        let keys = parameters.join(", ");
        let _ = writeln!(
            server,
            "    route!({method} {path:?} => db.read({index}, &[{keys}]).await);"
        );
    }
    onward_app(&server, "") + DATABASE
}

/// Returns the first routes of REST-1000, or of REST-5000 if `count` is more than 1000.
pub(crate) fn routes(count: usize) -> Vec<Route> {
    let text = match count {
        ..=1000 => include_str!("../../data/rest1000.routes"),
        _ => include_str!("../../data/rest5000.routes"),
    };
    let all: Vec<Route> = text.lines().map(Route::parse).take(count).collect();
    assert_eq!(all.len(), count, "there are 5000 routes to take from");
    all
}

/// The code of the state that every handler reads.
pub(crate) const DATABASE: &str = r#"
#[derive(Clone, Default)]
struct Db(std::sync::Arc<std::sync::Mutex<Vec<String>>>);

impl Db {
    async fn read(&self, route: usize, keys: &[&str]) -> String {
        tokio::task::yield_now().await;
        let rows = self.0.lock().map_or(0, |rows| rows.len());
        format!("{route} {keys:?} {rows}")
    }
}
"#;

pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) parameters: Vec<&'static str>,
}

impl Route {
    fn parse(line: &'static str) -> Self {
        let (method, path) = line.split_once('\t').expect("a line is method, tab, path");
        let braces = path.split('{').skip(1);
        let names = braces.filter_map(|text| text.split_once('}'));
        let parameters = names.map(|(name, _)| name).collect();
        Self {
            method,
            path,
            parameters,
        }
    }
}

/// Returns the `main.rs` of the app for Onward, which contains:
///
/// ```ignore
/// #[server]
/// async fn app(req: Request, res: Response, db: Db) -> Result {
///     route!(GET "/users/{p1}" => answer_0(p1, &db).await);
/// }
/// async fn answer_0(p1: &str, db: &Db) -> String { db.read(0, &[p1]).await }
/// ```
fn onward(routes: &[Route]) -> String {
    let mut server = String::new();
    let mut answers = String::new();
    for (
        index,
        Route {
            method,
            path,
            parameters,
        },
    ) in routes.iter().enumerate()
    {
        let keys = parameters.join(", ");
        let passed: String = parameters.iter().map(|name| format!("{name}, ")).collect();
        let taken: String = parameters
            .iter()
            .map(|name| format!("{name}: &str, "))
            .collect();
        let _ = writeln!(
            server,
            "    route!({method} {path:?} => answer_{index}({passed}&db).await);"
        );
        let _ = writeln!(
            answers,
            "async fn answer_{index}({taken}db: &Db) -> String {{ db.read({index}, &[{keys}]).await }}"
        );
    }
    onward_app(&server, &answers)
}

fn onward_app(server: &str, answers: &str) -> String {
    format!(
        "use onward::prelude::*;\n\n#[server]\nasync fn app(req: Request, res: Response, db: Db) -> Result {{\n\
         {server}}}\n\n{answers}\n\
         #[tokio::main]\nasync fn main() -> std::io::Result<()> {{\n    \
         let db = Db::default();\n    \
         onward::http::create_server(move |req, res| app(req, res, db.clone())).listen(3000).await\n}}\n"
    )
}

/// Returns the `main.rs` of the app for axum, which contains:
///
/// ```ignore
/// async fn answer_0(Path(p1): Path<String>, State(db): State<Db>) -> String { db.read(0, &[&p1]).await }
/// Router::new().route("/users/{p1}", get(answer_0)).with_state(db)
/// ```
fn axum(routes: &[Route]) -> String {
    let mut router = String::new();
    let mut answers = String::new();
    for (
        index,
        Route {
            method,
            path,
            parameters,
        },
    ) in routes.iter().enumerate()
    {
        let keys: Vec<String> = parameters.iter().map(|name| format!("&{name}")).collect();
        let keys = keys.join(", ");
        let taken = match parameters.as_slice() {
            [] => String::new(),
            [name] => format!("Path({name}): Path<String>, "),
            names => format!(
                "Path(({})): Path<({})>, ",
                names.join(", "),
                vec!["String"; names.len()].join(", ")
            ),
        };
        let method = method.to_lowercase();
        let _ = writeln!(
            router,
            "        .route({path:?}, routing::{method}(answer_{index}))"
        );
        let _ = writeln!(
            answers,
            "async fn answer_{index}({taken}State(db): State<Db>) -> String {{ db.read({index}, &[{keys}]).await }}"
        );
    }
    format!(
        "#![allow(unused_imports)]\n\nuse axum::extract::{{Path, State}};\nuse axum::{{Router, routing}};\n\n{answers}\n\
         #[tokio::main]\nasync fn main() -> std::io::Result<()> {{\n    \
         let app = Router::new()\n{router}        .with_state(Db::default());\n    \
         let listener = tokio::net::TcpListener::bind((\"0.0.0.0\", 3000)).await?;\n    \
         axum::serve(listener, app).await\n}}\n"
    )
}
