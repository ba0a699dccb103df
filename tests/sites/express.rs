//! Express's example applications, written with Onward. Each section has the name of the original.

use std::sync::{Arc, Mutex};

use onward::cookies::Keys;
use onward::files::Files;
use onward::prelude::*;
use onward::sessions::{MemoryStore, Session, Sessions};
use onward::{cookies, http, redirect};
use serde::{Deserialize, Serialize};

const FORM: &str = "application/x-www-form-urlencoded";

fn cookie(sent: &Sent) -> String {
    let cookie = sent.header("set-cookie").unwrap();
    cookie
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned()
}

fn keys() -> Keys {
    Keys::new("a secret of at least 32 random bytes").unwrap()
}

// auth

#[derive(Clone, Default, Deserialize, Serialize)]
struct Login {
    user: Option<String>,
    message: Option<String>,
}

#[derive(Deserialize)]
struct Credentials {
    username: String,
    password: String,
}

#[server]
async fn auth(req: Request, mut res: Response, sessions: Sessions) -> Result {
    let session: Session<Login> = sessions.open(&req, &mut res).await?;
    route!("/" => redirect("/login"));
    route!("/login" => Html(session.get().message.unwrap_or_else(|| "please log in".into())));
    route!(POST "/login" => {
        let form: Credentials = req.body.form().await?;
        if (&*form.username, &*form.password) != ("tj", "foobar") {
            session.edit(|it| it.message = Some("authentication failed".into()))?;
            return Ok(res.send(redirect("/login")));
        }
        session.renew()?;
        session.edit(move |it| it.user = Some(form.username.clone()))?;
        res.send(redirect("/restricted"))
    });
    route!("/logout" => {
        session.destroy()?;
        redirect("/")
    });
    let Some(user) = session.get().user else {
        session.edit(|it| it.message = Some("access denied".into()))?;
        return Ok(res.send(redirect("/login")));
    };
    route!("/restricted" => format!("wahoo, {user}! restricted area"));
}

#[tokio::test]
async fn auth_works() {
    let sessions = Sessions::new(MemoryStore::new(10), keys());
    let call = |req| auth(req, Response::new(), sessions.clone());
    let denied = call(Request::get("/restricted")).await.unwrap();
    assert_eq!(denied.header("location").unwrap(), "/login");
    let login = call(Request::get("/login").header("cookie", cookie(&denied)))
        .await
        .unwrap();
    assert_eq!(login.text(), "access denied");
    let req = Request::post("/login").header("content-type", FORM);
    let sent = call(req.body("username=tj&password=foobar")).await.unwrap();
    let restricted = call(Request::get("/restricted").header("cookie", cookie(&sent)))
        .await
        .unwrap();
    assert_eq!(restricted.text(), "wahoo, tj! restricted area");
}

// content-negotiation

#[server]
async fn content_negotiation(req: Request, res: Response) -> Result {
    let names = ["Tobi", "Loki", "Jane"];
    route!("/" => match req.accepts(&["text/html", "text/plain", "application/json"]) {
        Some("text/html") => Ok(res.send(Html(names.map(|it| format!("<li>{it}</li>")).concat()))),
        Some("text/plain") => Ok(res.send(names.map(|it| format!(" - {it}\n")).concat())),
        Some(_) => Ok(res.send(Json(names))),
        None => Err(StatusCode::NOT_ACCEPTABLE.into_failure()),
    });
}

trait IntoFailure {
    fn into_failure(self) -> Failure;
}

impl IntoFailure for StatusCode {
    fn into_failure(self) -> Failure {
        Failure::new(self, "")
    }
}

#[tokio::test]
async fn content_negotiation_works() {
    for (accept, expected) in [
        ("text/html", "<li>Tobi</li><li>Loki</li><li>Jane</li>"),
        ("text/plain", " - Tobi\n - Loki\n - Jane\n"),
        ("application/json", r#"["Tobi","Loki","Jane"]"#),
    ] {
        let req = Request::get("/").header("accept", accept);
        assert_eq!(
            content_negotiation(req, Response::new())
                .await
                .unwrap()
                .text(),
            expected
        );
    }
    let req = Request::get("/").header("accept", "image/png");
    let error = content_negotiation(req, Response::new()).await.unwrap_err();
    assert_eq!(error.status(), StatusCode::NOT_ACCEPTABLE);
}

// cookies

#[server]
async fn remember(req: Request, mut res: Response) -> Result {
    let cookies = cookies(&req, &mut res);
    route!("/" => match cookies.get("remember") {
        Some(_) => "Remembered :)",
        None => "check to remember me",
    });
    route!("/forget" => {
        cookies.remove("remember")?;
        redirect("/")
    });
    route!(POST "/" => {
        cookies.set(("remember", "1"))?;
        redirect("/")
    });
}

#[tokio::test]
async fn cookies_works() {
    let sent = remember(Request::post("/"), Response::new()).await.unwrap();
    let req = Request::get("/").header("cookie", cookie(&sent));
    assert_eq!(
        remember(req, Response::new()).await.unwrap().text(),
        "Remembered :)"
    );
    let sent = remember(Request::get("/forget"), Response::new())
        .await
        .unwrap();
    assert_eq!(cookie(&sent), "remember=");
}

// cookie-sessions

#[server]
async fn cookie_sessions(req: Request, mut res: Response, keys: &Keys) -> Result {
    let cookies = cookies(&req, &mut res);
    route!("/" => {
        let count = cookies.signed(keys).get("count").and_then(|it| it.parse::<u32>().ok()).unwrap_or(0) + 1;
        cookies.signed(keys).set(("count", count.to_string()))?;
        format!("viewed {count} times")
    });
}

#[tokio::test]
async fn cookie_sessions_work() {
    let first = cookie_sessions(Request::get("/"), Response::new(), &keys())
        .await
        .unwrap();
    assert_eq!(first.text(), "viewed 1 times");
    let req = Request::get("/").header("cookie", cookie(&first));
    assert_eq!(
        cookie_sessions(req, Response::new(), &keys())
            .await
            .unwrap()
            .text(),
        "viewed 2 times"
    );
}

// downloads

#[server]
async fn downloads(req: Request, mut res: Response, files: Files) -> Result {
    route!("/" => Html("<a href='/files/notes/groceries.txt'>groceries</a>"));
    route!("/files/{path..}" => {
        res.set_header("content-disposition", "attachment");
        files.send(&req, res, path).await
    });
}

#[tokio::test]
async fn downloads_works() {
    let root = std::env::temp_dir().join(format!("onward-downloads-{}", std::process::id()));
    std::fs::create_dir_all(root.join("notes")).unwrap();
    std::fs::write(root.join("notes/groceries.txt"), "milk").unwrap();
    let files = Files::new(&root);
    let sent = downloads(
        Request::get("/files/notes/groceries.txt"),
        Response::new(),
        files.clone(),
    )
    .await
    .unwrap();
    assert_eq!(
        (sent.text(), sent.header("content-disposition").unwrap()),
        ("milk".into(), "attachment".parse().unwrap())
    );
    for url in [
        "/files/missing.txt",
        "/files/../x",
        "/files/..%2f..%2fetc%2fpasswd",
    ] {
        let error = downloads(Request::get(url), Response::new(), files.clone())
            .await
            .unwrap_err();
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
    }
    std::fs::remove_dir_all(root).unwrap();
}

// error-pages

#[derive(Debug)]
struct Page(Failure);

impl From<Failure> for Page {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl Reply for Page {
    fn reply(self, res: Response) -> Sent {
        let status = self.0.status();
        let accepted = res
            .req()
            .and_then(|req| req.headers.accepts(&["text/html", "application/json"]));
        match accepted {
            Some("application/json") => res.send((status, json!({ "error": status.as_u16() }))),
            _ => res.send((status, Html(format!("<h2>{status}</h2>")))),
        }
    }
}

#[server]
async fn error_pages(req: Request, res: Response) -> Result<Sent, Page> {
    route!("/" => Html("<h1>pages</h1>"));
    route!("/403" => StatusCode::FORBIDDEN.into_failure());
    route!("/500" => StatusCode::INTERNAL_SERVER_ERROR.into_failure());
}

#[tokio::test]
async fn error_pages_work() {
    let server = http::create_server(error_pages);
    server.on(event::Error, |_| {});
    for (url, status) in [("/404", 404), ("/403", 403), ("/500", 500)] {
        let req = Request::get(url).header("accept", "application/json");
        let sent = server.dispatch(req, Response::new()).await;
        assert_eq!(
            (sent.status_code().as_u16(), sent.text()),
            (status, format!("{{\"error\":{status}}}"))
        );
        assert_eq!(sent.header("vary").unwrap(), "accept");
        let sent = server
            .dispatch(
                Request::get(url).header("accept", "text/html"),
                Response::new(),
            )
            .await;
        assert!(
            sent.text().starts_with(&format!("<h2>{status}")),
            "{}",
            sent.text()
        );
    }
}

// mvc, resource, params

#[derive(Clone, Default)]
struct Users(Arc<Mutex<Vec<String>>>);

impl Users {
    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

#[derive(Deserialize)]
struct Rename {
    name: String,
}

#[server]
async fn users(req: Request, res: Response, users: Users) -> Result {
    route!("/" as index => Json(users.all()));
    route!("/{id: usize}" as show => users.all().get(id).cloned());
    route!("/{from: usize}..{to: usize}" if from <= to => users.all().get(from..=to).map(|it| Json(it.to_vec())));
    route!(PUT "/{id: usize}" => {
        let form: Rename = req.body.form().await?;
        let Some(name) = users.0.lock().unwrap().get_mut(id).map(|it| std::mem::replace(it, form.name)) else {
            return Err(Error::not_found());
        };
        format!("{name} was renamed")
    });
    route!(DELETE "/{id: usize}" if id < users.all().len() => users.0.lock().unwrap().remove(id));
}

#[server]
async fn mvc(req: Request, res: Response, state: Users) -> Result {
    route!("/" => redirect(mvc::all(users::index())));
    route!(mount "/users" as all => users(req, res, state).await);
}

#[tokio::test]
async fn mvc_resource_and_params_work() {
    let state = Users::default();
    state
        .0
        .lock()
        .unwrap()
        .extend(["Tobi", "Loki", "Jane"].map(String::from));
    let call = |req| mvc(req, Response::new(), state.clone());
    let moved = call(Request::get("/")).await.unwrap();
    let location = moved.header("location").unwrap();
    assert_eq!(
        call(Request::get(location.to_str().unwrap()))
            .await
            .unwrap()
            .json::<Vec<String>>()
            .len(),
        3
    );
    assert_eq!(call(Request::get("/users/1")).await.unwrap().text(), "Loki");
    assert_eq!(
        call(Request::get("/users/9")).await.unwrap_err().status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        call(Request::get("/users/1..2"))
            .await
            .unwrap()
            .json::<Vec<String>>(),
        ["Loki", "Jane"]
    );
    let rename = Request::put("/users/1")
        .header("content-type", FORM)
        .body("name=Ada");
    assert_eq!(call(rename).await.unwrap().text(), "Loki was renamed");
    assert_eq!(
        call(Request::delete("/users/0")).await.unwrap().text(),
        "Tobi"
    );
    assert_eq!(state.all(), ["Ada", "Jane"]);
}

// vhost

#[server]
async fn vhost(req: Request, res: Response) -> Result {
    let host = req
        .headers
        .get("host")
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let subdomain = host.strip_suffix(".example.com").map(str::to_owned);
    route!("/" if host == "example.com" => "the main site");
    route!(ANY "/{path..}" if subdomain.is_some() => format!("{path} of {}", subdomain.unwrap_or_default()));
}

#[tokio::test]
async fn vhost_works() {
    for (host, path, expected) in [
        ("example.com", "/", "the main site"),
        ("foo.example.com", "/a/b", "a/b of foo"),
    ] {
        let req = Request::get(path).header("host", host);
        assert_eq!(vhost(req, Response::new()).await.unwrap().text(), expected);
    }
}

// web-service

#[server]
async fn web_service(req: Request, res: Response) -> Result {
    route!("/" => "a web service");
    let key: String = req
        .url
        .query("api-key")
        .map_err(|_| Error::bad_request("api key required"))?;
    if !["foo", "bar", "baz"].contains(&&*key) {
        return Err(Error::new(StatusCode::UNAUTHORIZED, "invalid api key"));
    }
    route!("/api/users" => Json([json!({ "name": "tobi" }), json!({ "name": "loki" })].map(|it| it.to_string())));
    route!("/api/user/{name}/repos" if name == "tobi" => Json(["express", "cluster"]));
}

#[tokio::test]
async fn web_service_works() {
    for (url, expected) in [
        ("/api/users", 400),
        ("/api/users?api-key=rawr", 401),
        ("/api/user/eve/repos?api-key=foo", 404),
    ] {
        let error = web_service(Request::get(url), Response::new())
            .await
            .unwrap_err();
        assert_eq!(error.status().as_u16(), expected, "{url}");
    }
    let sent = web_service(
        Request::get("/api/user/tobi/repos?api-key=foo"),
        Response::new(),
    )
    .await
    .unwrap();
    assert_eq!(sent.json::<Vec<String>>(), ["express", "cluster"]);
}
