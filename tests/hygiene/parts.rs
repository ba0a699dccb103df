//! Variables and items that a program declares keep their meaning, even if parts of a request have the same names.

use onward::prelude::*;

/// Tables and columns of a query builder, which are items in lowercase.
#[allow(non_camel_case_types, clippy::unused_self)]
mod dsl {
    pub(super) struct files;
    pub(super) struct body;

    impl files {
        pub(super) const fn filter(&self, condition: bool) -> &'static str {
            if condition { "one file" } else { "no file" }
        }
    }

    impl body {
        pub(super) const fn eq(&self, text: &str) -> bool {
            !text.is_empty()
        }
    }
}

#[derive(Clone)]
struct State {
    db: Db,
}

#[derive(Clone)]
struct Db {
    name: &'static str,
}

impl Db {
    async fn list(&self) -> String {
        std::future::ready(self.name.to_owned()).await
    }
}

struct Next;

impl Next {
    async fn run(&self) -> &'static str {
        std::future::ready("next").await
    }
}

/// A constant, although handlers often have this name.
#[allow(non_upper_case_globals)]
const index: &str = "index";

#[server]
async fn shop(req: Request, res: Response, state: State) -> Result {
    use dsl::{body, files};
    let State { db } = state.clone();
    let next = Next;
    if req.url == "/early" {
        let _early = [1, 2].map(|it: u32| {
            if it == 2 {
                return;
            }
            println!("{it}");
        });
    }
    route!("/" => index);
    route!("/shadowed" => {
        let res = "shadowed";
        println!("{res}");
        res
    });
    route!("/sent" => {
        let res = format!("{}", res.headers_sent());
        println!("{res}");
        res
    });
    route!("/template" => "/users/{id}");
    route!("/items" => files.filter(body.eq("text")));
    route!("/state" => state.db.list().await);
    route!("/db" => db.list().await);
    route!("/next" => next.run().await);
    route!("/query" => {
        let query = Db { name: "query" };
        query.name
    });
    route!("/params/{user}" => user.to_string());
    route!("/match" => match req.url.path() {
        "/match" => "matched",
        _ => "other",
    });
    route!("/method" => match req.method.as_str() {
        "GET" => "get",
        _ => "other",
    });
    route!("/headers" => {
        let get = || Some(req.headers.get("x-a")?.to_str().ok()?.to_owned());
        get().unwrap_or_default()
    });
    route!("/empty" => [1, 2].iter().for_each(|it| {
        if *it == 1 {
            return;
        }
        println!("{it}");
    }));
}

#[tokio::test]
async fn variables_and_items_keep_their_meaning() {
    let text = async |url| {
        let db = Db { name: "db" };
        let sent = shop(Request::get(url), Response::new(), State { db }).await;
        sent.map(|it| it.text())
    };
    assert_eq!(text("/").await.unwrap(), "index");
    assert_eq!(text("/shadowed").await.unwrap(), "shadowed");
    assert_eq!(text("/sent").await.unwrap(), "false");
    assert_eq!(text("/template").await.unwrap(), "/users/{id}");
    assert_eq!(text("/items").await.unwrap(), "one file");
    assert_eq!(text("/state").await.unwrap(), "db");
    assert_eq!(text("/db").await.unwrap(), "db");
    assert_eq!(text("/next").await.unwrap(), "next");
    assert_eq!(text("/query").await.unwrap(), "query");
    assert_eq!(text("/params/ada").await.unwrap(), "ada");
    assert_eq!(text("/match").await.unwrap(), "matched");
    assert_eq!(text("/method").await.unwrap(), "get");
    assert_eq!(text("/headers").await.unwrap(), "");
    assert_eq!(text("/empty").await.unwrap(), "");
}
