//! Mounted servers: `route!(mount …)`.

use crate::client::{get, post, with};
use crate::wire::Wire;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "shop");
    route!("/admin/hello" => "the shop's own");
    route!(PUT "/admin/users/{name}" => name.to_owned());
    route!(POST "/admin" => "posted");
    route!(mount "/admin" as admin => admin(req, res, "ada").await);
    route!(mount "/s/{name}" as named if name != "closed" => admin(req, res, name).await);
    route!(DELETE "/s/{name}/hello" => name.to_owned());
    route!(mount "/n/{id: u8}" as numbered => deep(req, res, id).await?);
}

#[server]
async fn admin(req: Request, res: Response, user: &str) -> Result {
    route!("/" as home => format!("{user}'s root: {} of {}", req.url, req.url.original()));
    route!("/hello" => "admin's");
    route!("/users/{name}" as user => format!("{name} at {} of {}", req.url, req.url.original()));
    route!(POST | DELETE "/users/{name}" => name.to_owned());
    route!(PUT "/deep/{name}" => name.to_owned());
    route!(mount "/deep" as deeper => deep(req, res, 1).await);
}

#[server]
async fn deep(req: Request, res: Response, number: u8) -> Result {
    route!("/" => format!("deep root {number}: {} of {}", req.url, req.url.original()));
    route!("/{name}" as item => format!("deep [{name}] {number}: {} of {}", req.url, req.url.original()));
}

#[tokio::test]
async fn a_mount_matches_its_path_and_everything_below_it() {
    for (url, response) in [
        ("/admin", "200 ada's root: / of /admin"),
        ("/admin/", "200 ada's root: / of /admin/"),
        ("/admin?x=1", "200 ada's root: /?x=1 of /admin?x=1"),
        (
            "/admin/users/bob?x",
            "200 bob at /users/bob?x of /admin/users/bob?x",
        ),
        (
            "/s/eve/users/bob",
            "200 bob at /users/bob of /s/eve/users/bob",
        ),
        ("/s/eve", "200 eve's root: / of /s/eve"),
        ("/n/7/x", "200 deep [x] 7: /x of /n/7/x"),
        ("/admin/deep", "200 deep root 1: / of /admin/deep"),
        ("/admin/deep/", "200 deep root 1: / of /admin/deep/"),
        (
            "/%61dmin/d%65ep/a%2Fb",
            "200 deep [a/b] 1: /a%2Fb of /%61dmin/d%65ep/a%2Fb",
        ),
        ("/administrator", "404"),
        ("/admin/users", "404"),
        ("/admin//", "404"),
        ("/admin/../hello", "404"),
        ("/n/x/x", "404"),
    ] {
        assert_eq!(get(shop, url).await, response, "{url}");
    }
    assert_eq!(post(shop, "/admin/users/bob").await, "200 bob");
}

#[tokio::test]
async fn the_routes_above_a_mount_win() {
    assert_eq!(get(shop, "/admin/hello").await, "200 the shop's own");
    assert_eq!(with("PUT", shop, "/admin/users/x").await, "200 x");
    assert_eq!(post(shop, "/admin").await, "200 posted");
    assert_eq!(get(shop, "/s/eve/hello").await, "200 admin's");
}

#[tokio::test]
async fn the_methods_of_the_routes_above_a_mount_are_allowed_as_well() {
    for (method, url, response) in [
        (
            "PATCH",
            "/admin/users/x",
            "405 allowed methods: GET, HEAD, POST, PUT, DELETE, OPTIONS",
        ),
        (
            "OPTIONS",
            "/admin/users/x",
            "204 GET, HEAD, POST, PUT, DELETE, OPTIONS",
        ),
        ("OPTIONS", "/admin/hello", "204 GET, HEAD, OPTIONS"),
        ("OPTIONS", "/admin", "204 GET, HEAD, POST, OPTIONS"),
        ("OPTIONS", "/admin/", "204 GET, HEAD, OPTIONS"),
        (
            "PUT",
            "/admin",
            "405 allowed methods: GET, HEAD, POST, OPTIONS",
        ),
        (
            "DELETE",
            "/admin/deep/x",
            "405 allowed methods: GET, HEAD, PUT, OPTIONS",
        ),
        ("OPTIONS", "/admin/deep/x", "204 GET, HEAD, PUT, OPTIONS"),
        ("OPTIONS", "/admin/nope", "404"),
        ("PURGE", "/admin/hello", "501 method not implemented"),
    ] {
        assert_eq!(with(method, shop, url).await, response, "{method} {url}");
    }
}

#[server]
async fn above(req: Request, res: Response) -> Result {
    route!(PUT "/in/only/above" => "put");
    route!("/in/guarded" if false => "never");
    route!(mount "/in" => admin(req, res, "ada").await);
}

#[tokio::test]
async fn a_404_of_a_mounted_server_is_a_405_if_a_route_above_has_the_path() {
    assert_eq!(
        get(above, "/in/only/above").await,
        "405 allowed methods: PUT, OPTIONS"
    );
    assert_eq!(
        with("OPTIONS", above, "/in/only/above").await,
        "204 PUT, OPTIONS"
    );
    assert_eq!(get(above, "/in/guarded").await, "404");
    assert_eq!(
        post(above, "/in/guarded").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
}

#[tokio::test]
async fn a_guard_of_a_mount_continues_with_the_routes_below() {
    assert_eq!(
        get(shop, "/s/closed/hello").await,
        "405 allowed methods: DELETE, OPTIONS"
    );
    assert_eq!(with("DELETE", shop, "/s/closed/hello").await, "200 closed");
    assert_eq!(get(shop, "/s/closed").await, "404");
}

#[server]
async fn root(req: Request, res: Response) -> Result {
    route!("/own" => "own");
    route!(mount "/" as rest => admin(req, res, "root").await);
}

#[tokio::test]
async fn a_mount_at_the_root_gets_every_other_path() {
    assert_eq!(get(root, "/own").await, "200 own");
    assert_eq!(get(root, "/").await, "200 root's root: / of /");
    assert_eq!(get(root, "/hello").await, "200 admin's");
    assert_eq!(
        post(root, "/own").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
    assert_eq!(with("OPTIONS", root, "*").await, "204");
    assert_eq!(root::rest(admin::user("x")), "/users/x");
    assert_eq!(root::rest(admin::home()), "/");
}

#[test]
fn urls_of_a_mounted_server_are_full() {
    assert_eq!(shop::admin(admin::user("a/b")), "/admin/users/a%2Fb");
    assert_eq!(shop::admin(admin::home()), "/admin");
    assert_eq!(shop::admin("/?x=1"), "/admin?x=1");
    assert_eq!(shop::named("e/e", admin::user(7)), "/s/e%2Fe/users/7");
    assert_eq!(shop::numbered(7, "/x"), "/n/7/x");
    assert_eq!(shop::admin(admin::deeper(deep::item("x"))), "/admin/deep/x");
}

#[test]
fn the_routes_of_mounted_servers_are_listed() {
    let mounts = shop::ROUTES.iter().filter(|route| !route.routes.is_empty());
    let mounts: Vec<String> = mounts.map(ToString::to_string).collect();
    assert_eq!(
        mounts,
        [
            "ANY          /admin  as admin",
            "ANY          /s/{name}  as named",
            "ANY          /n/{id: u8}  as numbered",
        ]
    );
    assert_eq!(shop::ROUTES[4].routes, admin::ROUTES);
    let all: Vec<String> = shop::routes().iter().map(ToString::to_string).collect();
    assert_eq!(
        all,
        [
            "GET          /",
            "GET          /admin/hello",
            "PUT          /admin/users/{name}",
            "POST         /admin",
            "GET          /admin  as home",
            "GET          /admin/hello",
            "GET          /admin/users/{name}  as user",
            "POST | DELETE /admin/users/{name}",
            "PUT          /admin/deep/{name}",
            "GET          /admin/deep",
            "GET          /admin/deep/{name}  as item",
            "GET          /s/{name}  as home",
            "GET          /s/{name}/hello",
            "GET          /s/{name}/users/{name}  as user",
            "POST | DELETE /s/{name}/users/{name}",
            "PUT          /s/{name}/deep/{name}",
            "GET          /s/{name}/deep",
            "GET          /s/{name}/deep/{name}  as item",
            "DELETE       /s/{name}/hello",
            "GET          /n/{id: u8}",
            "GET          /n/{id: u8}/{name}  as item",
        ]
    );
    assert_eq!(shop::routes().as_ptr(), shop::routes().as_ptr());
}

#[derive(Debug)]
struct InnerError(Failure);

impl From<Failure> for InnerError {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl Reply for InnerError {
    fn reply(self, res: Response) -> Sent {
        res.send((self.0.status(), format!("inner: {}", self.0.status())))
    }
}

#[derive(Debug)]
struct OuterError(String, StatusCode);

impl From<Failure> for OuterError {
    fn from(failure: Failure) -> Self {
        Self("outer".to_owned(), failure.status())
    }
}

impl From<InnerError> for OuterError {
    fn from(error: InnerError) -> Self {
        Self(
            format!("outer from {:?}", error.0.status()),
            error.0.status(),
        )
    }
}

impl Reply for OuterError {
    fn reply(self, res: Response) -> Sent {
        res.send((self.1, self.0))
    }
}

#[server]
async fn inner_with_error(req: Request, res: Response) -> Result<Sent, InnerError> {
    route!("/" => "inner");
    route!("/teapot" => StatusCode::IM_A_TEAPOT);
    route!("/panic" => if req.url == "/panic" { panic!("expected") } else { "calm" });
}

#[server]
async fn outer_with_error(req: Request, res: Response) -> Result<Sent, OuterError> {
    route!(POST "/plain" => "posted");
    route!(mount "/plain" => inner_with_error(req, res).await);
    route!(mount "/tried" => inner_with_error(req, res).await?);
    route!(mount "/mapped" => inner_with_error(req, res).await.map_err(|error| OuterError("mapped".into(), error.0.status())));
    route!(mount "/both" => inner_with_error(req, res).await.map_err(|error| OuterError("both".into(), error.0.status()))?);
}

#[tokio::test]
async fn errors_of_a_mounted_server_are_converted() {
    let error = |method: Method, url| async move {
        let req = Request::with_method(method, url);
        let error = outer_with_error(req, Response::new())
            .await
            .expect_err("an error");
        format!("{} {}", error.1.as_u16(), error.0)
    };
    assert_eq!(error(Method::GET, "/plain/x").await, "404 outer from 404");
    assert_eq!(error(Method::PUT, "/plain").await, "405 outer from 405");
    assert_eq!(error(Method::GET, "/tried/x").await, "404 outer from 404");
    assert_eq!(error(Method::GET, "/mapped/x").await, "404 mapped");
    assert_eq!(error(Method::GET, "/both/x").await, "404 both");
    assert_eq!(error(Method::GET, "/x").await, "404 outer");
    let sent = outer_with_error(Request::get("/tried/teapot"), Response::new()).await;
    assert_eq!(
        sent.expect("a reply").status_code(),
        StatusCode::IM_A_TEAPOT
    );
}

#[tokio::test]
async fn a_panic_of_a_mounted_server_is_an_error_of_the_outermost_server() {
    let mut wire = Wire::serve(outer_with_error).await;
    let response = wire.ask("GET", "/plain/panic").await;
    assert_eq!((response.status, response.body.as_str()), (500, "outer"));
}

/// A module whose server has the name that the reference recommends.
mod users {
    use onward::prelude::*;

    #[server]
    pub(super) async fn server(req: Request, mut res: Response) -> Result {
        route!("/{id: u32}" as user => {
            res.set_header("x-id", id);
            format!("{} {id}", req.url)
        });
    }
}

#[server]
async fn modules(req: Request, mut res: Response) -> Result {
    res.set_header("x-outer", "1");
    #[cfg(test)]
    route!(mount "/users" as users => users::server(req, res).await);
    #[cfg(not(test))]
    route!(mount "/no-users" => no_users::server(req, res).await);
    #[allow(clippy::let_and_return)]
    route!(mount "/more" => self::users::server(req, res).await);
}

#[tokio::test]
async fn a_server_of_a_module_is_mounted_by_its_path() {
    let sent = modules(Request::get("/users/7"), Response::new())
        .await
        .expect("a reply");
    assert_eq!(
        (sent.text(), sent.header("x-outer").is_some()),
        ("/7 7".into(), true)
    );
    assert_eq!(modules::users(users::server::user(7)), "/users/7");
    assert_eq!(get(modules, "/more/8").await, "200 /8 8");
    assert_eq!(modules::ROUTES.len(), 2);
}

#[tokio::test]
async fn over_the_wire_a_mounted_server_responds_to_every_request() {
    let mut wire = Wire::serve(shop).await;
    let options = wire.ask("OPTIONS", "/admin/users/x").await;
    let allow = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
    assert_eq!((options.status, options.header("allow")), (204, allow));
    let head = wire.ask("HEAD", "/admin").await;
    assert_eq!((head.status, head.header("content-length")), (200, "23"));
    let absolute = wire.ask("GET", "http://localhost/admin?x").await;
    let body = "ada's root: /?x of http://localhost/admin?x";
    assert_eq!((absolute.status, absolute.body.as_str()), (200, body));
    let unknown = wire.ask("GET", "/admin/nope").await;
    assert_eq!(unknown.status, 404);
}
