//! A real table: 130 routes of GitHub's API in one server.
//!
//! `github/server.rs` is written from `data/github.routes` and checked in; to write it anew:
//!
//! ```sh
//! ONWARD_WRITE_TABLES=1 cargo test -p onward-tests --test routing the_server_is_fresh
//! ```

#[rustfmt::skip]
mod server;

use crate::wire::Wire;
use server::github;
use std::fmt::Write;

/// The path of every route, in order.
fn paths() -> Vec<&'static str> {
    let lines = include_str!("../data/github.routes").lines();
    let routes = lines.filter(|line| !line.starts_with('#'));
    routes
        .filter_map(|line| line.strip_prefix("GET\t"))
        .collect()
}

fn source() -> String {
    let mut source = HEAD.to_owned();
    for (index, path) in paths().into_iter().enumerate() {
        let params: Vec<_> = names(path).collect();
        let params = params.join(", ");
        writeln!(
            source,
            "    route!({path:?} => told({index}, &[{params}]));"
        )
        .expect("text");
    }
    source + "}\n"
}

const HEAD: &str = r#"//! WriteFuture by `github.rs` from `data/github.routes`.

use onward::prelude::*;

fn told(route: usize, params: &[&str]) -> String {
    format!("{route} {params:?}")
}

#[server]
pub(super) async fn github(req: Request, res: Response) -> Result {
"#;

fn names(path: &str) -> impl Iterator<Item = &str> {
    let pieces = path.split('{').skip(1);
    pieces.filter_map(|piece| piece.split('}').next())
}

#[test]
fn the_server_is_fresh() {
    if std::env::var_os("ONWARD_WRITE_TABLES").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/routing/github/server.rs");
        std::fs::write(path, source()).expect("the source can be written");
        return;
    }
    assert!(
        source() == include_str!("github/server.rs"),
        "server.rs is not what its routes say"
    );
}

/// The path with `value` and a number for each parameter, and what is told of it.
fn request(index: usize, path: &str, value: &str, encoded: &str) -> (String, String) {
    let params: Vec<_> = names(path).collect();
    let mut url = path.to_owned();
    for (at, name) in params.iter().enumerate() {
        url = url.replacen(&format!("{{{name}}}"), &format!("{encoded}{at}"), 1);
    }
    let values: Vec<_> = (0..params.len()).map(|at| format!("{value}{at}")).collect();
    (url, format!("{index} {values:?}"))
}

#[tokio::test]
async fn every_route_is_reached_with_its_parameters_over_one_connection() {
    let mut wire = Wire::serve(github).await;
    let paths = paths();
    assert_eq!(paths.len(), 130);
    assert_eq!(github::ROUTES.len(), 130);
    for (index, path) in paths.into_iter().enumerate() {
        for (value, encoded) in [("rust-lang", "rust-lang"), ("é/%", "%C3%A9%2F%25")] {
            let (url, told) = request(index, path, value, encoded);
            let answer = wire.ask("GET", &url).await;
            assert_eq!((answer.status, answer.body), (200, told), "{url}");
            assert_eq!(wire.ask("HEAD", &url).await.status, 200, "{url}");
            assert_eq!(
                wire.ask("POST", &url).await.header("allow"),
                "GET, HEAD, OPTIONS",
                "{url}"
            );
            assert_eq!(
                wire.ask("GET", &format!("{url}/")).await.status,
                404,
                "{url}"
            );
        }
    }
}

#[tokio::test]
async fn no_path_beside_the_routes_is_reached() {
    let mut wire = Wire::serve(github).await;
    for path in paths() {
        let (url, _) = request(0, path, "", "x");
        assert_eq!(
            wire.ask("GET", &format!("{url}/x/y/z/x/y")).await.status,
            404,
            "{url}"
        );
        assert_eq!(
            wire.ask("GET", &format!("/x{url}")).await.status,
            404,
            "{url}"
        );
    }
}
