//! The responses of the servers in `plain`.

use crate::plain::{mounting, only_fallback, plain, shop, unmatched};
use onward::prelude::*;

async fn ask(path: &str) -> String {
    let db = vec!["shoes".to_owned()];
    let reply = shop(Request::get(path), Response::new(), db).await;
    reply.map_or_else(|error| error.to_string(), |sent| sent.text())
}

#[tokio::test]
async fn the_servers_work_under_every_lint() {
    assert_eq!(ask("/products/0").await, "shoes", "a product");
    assert_eq!(ask("/range/1-2").await, "1 to 2", "two parameters");
    assert_eq!(ask("/admin/x").await, "x of /admin/x", "a nested server");
    assert_eq!(ask("/nothing").await, "no such page", "the fallback");
    assert_eq!(shop::range(1, 2), "/range/1-2", "a URL");
    assert_eq!(shop::product(7), "/products/7", "a URL");
    assert!(shop::user("a").ends_with('a'), "a URL");
    assert!(shop::tree("a/b").ends_with("a/b"), "a URL");
    let db = vec!["shoes".to_owned()];
    let sent = mounting(Request::get("/shop/products/0"), Response::new(), db).await;
    assert_eq!(
        sent.map(|sent| sent.text()).ok().as_deref(),
        Some("shoes"),
        "a mounted server"
    );
    assert_eq!(mounting::mounted(shop::product(7)), "/shop/products/7");
    assert_eq!(mounting::user_pages("a", "/b"), "/users/a/b");
    assert!(mounting::routes().len() > shop::ROUTES.len());
    let sent = unmatched(Request::get("/plain/x"), Response::new()).await;
    assert_eq!(
        sent.map(|sent| sent.text()).ok().as_deref(),
        Some("unmatched"),
        "unmatched"
    );
    let sent = plain(Request::get("/a/"), Response::new()).await;
    assert_eq!(
        sent.map(|sent| sent.text()).ok().as_deref(),
        Some("a"),
        "an ignored trailing slash"
    );
    let sent = only_fallback(Request::get("/a/"), Response::new()).await;
    assert_eq!(
        sent.map(|sent| sent.text()).ok().as_deref(),
        Some("all"),
        "fallback"
    );
}
