//! The rest of a path: `{rest..}`.

use crate::client::{get, with};
use onward::prelude::*;

#[server]
async fn files(req: Request, res: Response) -> Result {
    route!("/files/{path..}" => {
        let text: &str = &path;
        format!("{} of {} bytes: {path:?}", text.split('/').count(), path.len())
    });
    route!("/users/{name}/{id: u8}/{more..}" => format!("{name}, {id}, {more}"));
    route!("/compare/{what..}" => (what == "a/b").to_string());
    route!("/owned/{what..}" => what.as_str().to_owned());
}

#[server]
async fn everything(req: Request, res: Response) -> Result {
    route!("/{all..}" => format!("[{all}]"));
}

#[tokio::test]
async fn a_rest_is_the_rest_of_the_path() {
    assert_eq!(get(files, "/files/a").await, r#"200 1 of 1 bytes: "a""#);
    assert_eq!(
        get(files, "/files/a/b.c/d").await,
        r#"200 3 of 7 bytes: "a/b.c/d""#
    );
    assert_eq!(get(files, "/files/a/").await, r#"200 2 of 2 bytes: "a/""#);
    assert_eq!(get(files, "/users/ada/7/x/y").await, "200 ada, 7, x/y");
    assert_eq!(get(files, "/users/ada/x/x/y").await, "404");
    assert_eq!(get(files, "/compare/a/b").await, "200 true");
}

#[tokio::test]
async fn a_rest_may_be_empty_but_its_slash_is_required() {
    assert_eq!(get(files, "/files/").await, r#"200 1 of 0 bytes: """#);
    assert_eq!(get(files, "/files").await, "404");
    assert_eq!(get(files, "/filesystem").await, "404");
    assert_eq!(
        with("OPTIONS", files, "/files/").await,
        "204 GET, HEAD, OPTIONS"
    );
}

#[tokio::test]
async fn a_rest_at_the_root_matches_every_path() {
    assert_eq!(get(everything, "/").await, "200 []");
    assert_eq!(get(everything, "/a/b?c").await, "200 [a/b]");
}

#[tokio::test]
async fn a_rest_is_decoded() {
    assert_eq!(
        get(everything, "/a%20b/c%2Fd/100%25").await,
        "200 [a b/c/d/100%]"
    );
    assert_eq!(get(everything, "/%252F").await, "200 [%2F]");
}
