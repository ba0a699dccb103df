//! `#[server]` inside `macro_rules!`: its input consists of fragments, some of them in invisible groups.

use onward::prelude::*;

macro_rules! servers {
    ($name:ident, $path:literal, $method:ident, $url:ident, $ty:ty, $reply:expr, $guard:expr, $seven:expr) => {
        #[server]
        async fn $name(req: Request, res: Response, scale: u32) -> Result {
            route!($path => $reply);
            route!($method $path if $guard => $reply);
            route!("/named" as $url => format!("{}", $seven * scale));
            route!("/typed" => format!("{}", <$ty>::MAX));
            route!("/tuple" => (StatusCode::CREATED, $reply));
            route!("/own/{id: u32}" => format!("{}", id + $seven));
        }
    };
}

servers!(
    shop,
    "/first",
    POST,
    named,
    u8,
    "a reply",
    scale_of(2) == 4,
    3 + 4
);

const fn scale_of(factor: u32) -> u32 {
    2 * factor
}

macro_rules! whole {
    ($(#[$attr:meta])* $vis:vis $name:ident($req:ident, $res:ident) { $($body:tt)* }) => {
        $(#[$attr])*
        #[server]
        $vis async fn $name($req: Request, $res: Response) -> Result { $($body)* }
    };
}

whole! {
    /// A server whose body is passed to another macro.
    pub(crate) whole(request, response) {
        route!("/{name}" as user => format!("hi {name}"));
        route!(POST "/{name}" => response.send(format!("{name} at {}", request.url.path())));
    }
}

macro_rules! block {
    ($name:ident, $ty:ty, $body:block) => {
        #[server]
        async fn $name(req: Request, res: Response, state: $ty) -> Result {
            route!("/" => $body);
            route!("/state" => state.to_string());
        }
    };
}

block!(from_block, Vec2, { String::from("a block") });

macro_rules! body {
    ($name:ident, $body:block) => {
        #[server]
        async fn $name(req: Request, res: Response) -> Result $body
    };
}

body!(from_body, {
    route!("/" => "the body");
    route!("/{name}" as named => name.to_owned());
});

macro_rules! statements {
    ($name:ident, $($statement:stmt;)*) => {
        #[server]
        async fn $name(req: Request, res: Response) -> Result {
            $($statement;)*
        }
    };
}

statements!(from_statements, let greeting = "hi"; route!("/" => greeting); route!("/{name}" => format!("{greeting} {name}")););

macro_rules! mounts {
    ($name:ident, $path:literal, $url:ident, $inner:path) => {
        #[server]
        async fn $name(req: Request, res: Response) -> Result {
            route!(unmatched => "unmatched");
            route!(mount $path as $url => $inner(req, res).await);
            route!(mount "/ident" => from_body(req, res).await?);
        }
    };
}

mounts!(mounting, "/body", body_url, from_body);

#[derive(Clone, Copy)]
struct Vec2(u8, u8);

impl std::fmt::Display for Vec2 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

fn text(result: Result) -> String {
    result.map_or_else(|error| error.to_string(), |sent| sent.text())
}

#[tokio::test]
async fn fragments_keep_their_meaning() {
    let sent = mounting(Request::get("/body/x"), Response::new()).await;
    assert_eq!(text(sent), "x", "a mounted server");
    let sent = mounting(Request::get("/ident/x"), Response::new()).await;
    assert_eq!(text(sent), "x", "a mounted server with its own name");
    assert_eq!(mounting::body_url(from_body::named("x")), "/body/x");
    let ask = async |path| text(shop(Request::get(path), Response::new(), 2).await);
    assert_eq!(
        ask("/first").await,
        "a reply",
        "a literal and an expression"
    );
    assert_eq!(ask("/named").await, "14", "(3 + 4) * 2");
    assert_eq!(ask("/typed").await, "255", "a type");
    assert_eq!(ask("/tuple").await, "a reply", "an expression in a tuple");
    assert_eq!(ask("/own/1").await, "8", "a parameter of the macro's own");
    assert_eq!(shop::named(), "/named", "a name");
    let sent = shop(Request::post("/first"), Response::new(), 2).await;
    assert_eq!(text(sent), "a reply", "a method and a guard");
    let sent = whole(Request::post("/x"), Response::new()).await;
    assert_eq!(text(sent), "x at /x", "arguments with names from outside");
    let sent = from_block(Request::get("/state"), Response::new(), Vec2(1, 2)).await;
    assert_eq!(text(sent), "1 2", "a type of the state");
    let sent = from_block(Request::get("/"), Response::new(), Vec2(1, 2)).await;
    assert_eq!(text(sent), "a block", "a block");
    assert_eq!(whole::user("x"), "/x", "a URL");
    let sent = from_body(Request::get("/"), Response::new()).await;
    assert_eq!(text(sent), "the body", "the body of a function");
    let sent = from_body(Request::get(&from_body::named("x")), Response::new()).await;
    assert_eq!(text(sent), "x", "a parameter in the body");
    let sent = from_statements(Request::get("/x"), Response::new()).await;
    assert_eq!(text(sent), "hi x", "statements");
}
