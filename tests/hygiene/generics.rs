//! Functions with lifetimes, type parameters and bounds.

use onward::http;
use onward::prelude::*;
use std::fmt::{Debug, Display};

trait Store: Send + Sync {
    fn find(&self, id: u32) -> Option<String>;
}

#[derive(Clone)]
struct Memory;

impl Store for Memory {
    fn find(&self, id: u32) -> Option<String> {
        (id == 7).then(|| String::from("cup"))
    }
}

#[server]
async fn by_type<S: Store>(req: Request, res: Response, store: S) -> Result {
    route!("/{id: u32}" as product => store.find(id));
    route!("/by/{name}" => name.to_owned());
}

#[server]
async fn by_lifetime<'a, S>(req: Request, res: Response, store: &'a S, name: &'a str) -> Result
where
    S: Store + ?Sized,
{
    route!("/{id: u32}" as product => store.find(id));
    route!("/name" => name.to_owned());
    route!("/by/{other}" if other == name => "the same");
}

#[server]
async fn by_trait(
    req: Request,
    res: Response,
    store: impl Store,
    show: impl Display + Debug + Send + Sync,
) -> Result {
    route!("/{id: u32}" => store.find(id));
    route!("/show" => format!("{show} {show:?}"));
}

#[server]
async fn by_const<const N: usize>(req: Request, res: Response, names: [&'static str; N]) -> Result {
    route!("/{id: usize}" => names.get(id).copied());
}

#[server]
async fn mounting<S: Store + Clone>(req: Request, res: Response, store: S) -> Result {
    route!(unmatched);
    route!(mount "/type" => by_type(req, res, store.clone()).await);
    route!(mount "/turbofish" => by_type::<S>(req, res, store).await);
    route!(mount "/const" => by_const::<2>(req, res, ["a", "b"]).await);
}

#[server]
async fn anonymous(
    req: Request,
    mut res: Response,
    store: &dyn Store,
    log: &mut Vec<String>,
) -> Result {
    log.push(req.url.to_string());
    res.set_header("x-count", log.len());
    route!("/{id: u32}" => store.find(id));
    route!(_ => StatusCode::NOT_FOUND);
}

fn text(result: Result) -> String {
    result.map_or_else(|error| error.to_string(), |sent| sent.text())
}

#[tokio::test]
async fn state_may_be_generic_or_borrowed() {
    let get = |path: &str| (Request::get(path), Response::new());
    let (req, res) = get("/7");
    assert_eq!(
        text(by_type(req, res, Memory).await),
        "cup",
        "a type parameter"
    );
    let (req, res) = get("/turbofish/7");
    assert_eq!(
        text(mounting(req, res, Memory).await),
        "cup",
        "a mounted server"
    );
    let (req, res) = get("/name");
    assert_eq!(
        text(by_lifetime(req, res, &Memory, "cup").await),
        "cup",
        "a lifetime"
    );
    let (req, res) = get("/show");
    assert_eq!(
        text(by_trait(req, res, Memory, "x").await),
        "x \"x\"",
        "impl in the arguments"
    );
    let (req, res) = get("/1");
    assert_eq!(
        text(by_const(req, res, ["a", "b"]).await),
        "b",
        "a const parameter"
    );
    let (req, res) = get("/7");
    let mut log = Vec::new();
    assert_eq!(
        text(anonymous(req, res, &Memory, &mut log).await),
        "cup",
        "references"
    );
    assert_eq!(log, ["/7"], "a statement above the routes");
    assert_eq!(
        by_type::product(7),
        by_lifetime::product(7),
        "URL functions are not generic"
    );
    let _server = http::create_server(|req, res| by_type(req, res, Memory));
}
