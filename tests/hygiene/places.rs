//! Servers in unusual positions, and valid routes that look like errors.

use onward::prelude::*;

fn text(result: Result) -> String {
    result.map_or_else(|error| error.to_string(), |sent| sent.text())
}

#[tokio::test]
async fn a_server_may_be_inside_a_function() {
    struct Local(u8);
    #[server]
    async fn inner(req: Request, res: Response, local: Local) -> Result {
        route!("/{id: u8}" as at => (id + local.0).to_string());
    }
    #[server]
    async fn outer(req: Request, res: Response, local: Local) -> Result {
        route!(unmatched);
        route!(mount "/in" as mounted => inner(req, res, local).await);
        route!(mount "/deep" => nested::deeper::shop(req, res).await);
    }
    let sent = outer(Request::get("/in/7"), Response::new(), Local(1)).await;
    assert_eq!(
        text(sent),
        "8",
        "a mounted server of the enclosing function"
    );
    assert_eq!(outer::mounted(inner::at(7)), "/in/7", "a URL");
    let sent = outer(Request::get("/deep/7"), Response::new(), Local(1)).await;
    assert_eq!(text(sent), "7", "a mounted server of a module");
    let sent = inner(Request::get("/7"), Response::new(), Local(1)).await;
    assert_eq!(text(sent), "8", "a type of the enclosing function");
    assert_eq!(inner::at(7), "/7", "a URL");
}

mod nested {
    pub(super) mod deeper {
        use onward::prelude::*;

        #[server]
        pub(in super::super) async fn shop(req: Request, res: Response) -> super::super::Alias {
            route!("/{id: u8}" as at => id.to_string());
        }
    }
}

type Alias = Result;

/// Valid routes that look invalid.
#[server]
async fn tricky(req: Request, mut res: Response) -> Result {
    // If routes overlap only partially, their order decides.
    route!("/a/{x}/c" => format!("x {x}"));
    route!("/a/b/{y}" => format!("y {y}"));
    // Numbers match first, then IP addresses, then all other text.
    route!("/n/{id: u8}" => format!("u8 {id}"));
    route!("/n/{id: u16}" => format!("u16 {id}"));
    route!("/n/{id: std::net::IpAddr}" => id.to_string());
    route!("/n/{id}" => format!("text {id}"));
    // Guards do not make later routes unreachable.
    route!("/g" if req.url.query_string() == Some("x") => "x");
    route!("/g" => "g");
    route!("/g/{n: u8}" if let 1..=5 = n => format!("few {n}"));
    route!("/g/{n: u8}" if n > 5 && n < 9 => format!("some {n}"));
    route!("/g/{n: u8}" if match n { 9 => true, _ => req.headers.len() > 99 } => "nine");
    // Routes may have several methods, other delimiters, trailing commas and raw strings.
    route!(POST | PUT "/m" => "post",);
    route! { GET "/m" => "get" }
    route![DELETE "/m" => "delete"];
    route!(GET | HEAD "/h" => "get and head");
    onward::route!(r"/raw" => "raw");
    route!(r#"/raws"# if false => "never");
    // The literal text of a path may be syntax in other routers.
    route!("/wiki/Rust_(language)" => "parentheses");
    route!("/v1/{name}:cancel" => format!("cancel {name}"));
    route!("/@{user}" => format!("@{user}"));
    route!("/~{user}/*.txt" => user.to_owned());
    route!("/{file}.json" => format!("json {file}"));
    route!("/☕/{size}" => size.to_owned());
    route!("/100%" => "percent");
    route!("/a b" => "blank");
    // Parameters may have names that generated code uses, and may be unused.
    route!("/own/{path}/{method}/{allow}" => format!("{path}{method}{allow}"));
    route!("/unused/{_id}" => "unused");
    // Expressions may return early, send the response themselves, or await.
    route!("/return" => return Ok(res.end()));
    route!("/later" => {
        tokio::task::yield_now().await;
        "later"
    });
    route!("/own" => {
        res.write("own");
        res.end()
    });
    route!("/branches" => if req.headers.is_empty() { Some("some") } else { None });
    route!("/shadow" => {
        let res = "not the response";
        res.len().to_string()
    });
    route!("/set" => {
        res.set_header("x-own-header", "x");
        res.set_header("content-type", "text/css");
        "a {}"
    });
    route!("/json" => json!([{ "res": req.url.path() }]));
    route!("/query" => req.url.query::<u32>("page")?.to_string());
    let closure = |end: u8| end + 1;
    route!("/closure/{n: u8}" => closure(n).to_string());
    #[expect(unused_variables, reason = "lint levels apply to the expression")]
    route!("/lint" => { let unused = 7; "lint" });
    route!("/kinds/{kind}/{r#type}" => format!("{kind} {}", r#type));
    route!(ANY "/rest/{rest..}" => format!("{rest}"));
    route!("/{rest..}" if rest.ends_with('x') => "x");
}

#[tokio::test]
async fn valid_code_is_not_rejected() {
    let cases = [
        ("/a/b/c", "x b"),
        ("/a/b/d", "y d"),
        ("/n/7", "u8 7"),
        ("/n/700", "u16 700"),
        ("/n/::1", "::1"),
        ("/n/x", "text x"),
        ("/g?x", "x"),
        ("/g", "g"),
        ("/g/3", "few 3"),
        ("/g/7", "some 7"),
        ("/g/9", "nine"),
        ("/m", "get"),
        ("/raw", "raw"),
        ("/wiki/Rust_(language)", "parentheses"),
        ("/v1/x:cancel", "cancel x"),
        ("/@x", "@x"),
        ("/~x/*.txt", "x"),
        ("/x.json", "json x"),
        ("/%E2%98%95/x", "x"),
        ("/100%25", "percent"),
        ("/a%20b", "blank"),
        ("/own/1/2/3", "123"),
        ("/unused/1", "unused"),
        ("/kinds/x/y", "x y"),
        ("/later", "later"),
        ("/own", "own"),
        ("/branches", "some"),
        ("/shadow", "16"),
        ("/set", "a {}"),
        ("/json", r#"[{"res":"/json"}]"#),
        ("/query?page=7", "7"),
        ("/closure/1", "2"),
        ("/lint", "lint"),
        ("/rest/a/b", "a/b"),
        ("/a/long/path/x", "x"),
    ];
    for (path, expected) in cases {
        let sent = tricky(Request::get(path), Response::new()).await;
        assert_eq!(text(sent), expected, "{path}");
    }
    let sent = nested::deeper::shop(Request::get("/7"), Response::new()).await;
    assert_eq!(text(sent), "7", "a server in a module");
    assert_eq!(nested::deeper::shop::at(7), "/7", "a URL from outside");
}
