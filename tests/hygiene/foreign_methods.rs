//! Methods and variables that a program declares keep their meaning, even if other frameworks use the same names.

use onward::http::{HeaderMap, Url};
use onward::prelude::*;

trait MyUrl {
    fn starts_with(&self, text: &str) -> bool;
}

impl MyUrl for Url {
    fn starts_with(&self, text: &str) -> bool {
        self.path().starts_with(text)
    }
}

/// Content that is written to a response.
struct Page(String);

trait Pipe {
    fn pipe(&mut self, res: Response) -> Sent;
}

impl Pipe for Page {
    fn pipe(&mut self, res: Response) -> Sent {
        res.send(self.0.clone())
    }
}

/// Runs a handler.
trait Oneshot: Fn(Page) -> String + Sized {
    fn oneshot(self, page: Page) -> String {
        self(page)
    }
}

impl<F: Fn(Page) -> String> Oneshot for F {}

trait MyResponse {
    fn status(&mut self, number: u16) -> &mut Self;
    fn json(&self, number: u32) -> String;
    fn not_found(&self) -> &'static str;
    fn render(&self, name: &str) -> String;
}

impl MyResponse for Response {
    fn status(&mut self, number: u16) -> &mut Self {
        self.set_header("x-status", number)
    }

    fn json(&self, number: u32) -> String {
        format!("{}[{number}]", self.headers_sent())
    }

    fn not_found(&self) -> &'static str {
        if self.headers_sent() {
            "sent"
        } else {
            "own not found"
        }
    }

    fn render(&self, name: &str) -> String {
        format!("{}<{name}>", self.has_header("x-status"))
    }
}

trait MyRequest {
    fn param<T: std::str::FromStr>(&self, name: &str) -> Option<T>;
    fn is_ajax(&self) -> bool;
}

impl MyRequest for Request {
    fn param<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        let path = self.url.path();
        path.strip_prefix("/param/")
            .filter(|_| name == "id")?
            .parse()
            .ok()
    }

    fn is_ajax(&self) -> bool {
        self.headers.text("accept").is_empty()
    }
}

trait MyHeaders {
    fn text(&self, name: &str) -> String;
}

impl MyHeaders for HeaderMap {
    fn text(&self, name: &str) -> String {
        let value = self.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    }
}

struct Context {
    user: &'static str,
}

impl Context {
    const fn json(&self) -> &'static str {
        self.user
    }
}

#[server]
async fn site(req: Request, mut res: Response, app: Context) -> Result {
    let ctx = Context { user: "ada" };
    res.status(201);
    route!("/url" if req.url.starts_with("/u") => "own url");
    route!("/pipe" => Page("piped".to_owned()).pipe(res));
    route!("/oneshot" => (|page: Page| page.0).oneshot(Page("called".to_owned())));
    route!("/json" => res.json(7));
    route!("/missing" => res.not_found());
    route!("/render" => res.render("page"));
    route!("/param/{_id}" => req.param::<u32>("id").map(|id| id.to_string()));
    route!("/ajax" if req.is_ajax() => "ajax");
    route!("/ctx" => ctx.json());
    route!("/app" => app.user);
    route!("/c/{c}" => c.to_uppercase());
    route!("/closure" => [1, 2].map(|c: u32| c.pow(2)).len().to_string());
    route!("/headers" => req.headers.text("x-a"));
    route!("/request" => {
        let request = Some("request");
        request.map(str::to_uppercase)
    });
    route!("/shadowed" => {
        let res = Context { user: "grace" };
        res.json()
    });
}

#[tokio::test]
async fn methods_and_variables_of_the_program_keep_their_meaning() {
    let text = async |url| {
        let req = Request::get(url).header("x-a", "1");
        let sent = site(req, Response::new(), Context { user: "app" }).await;
        sent.map(|it| it.text())
    };
    assert_eq!(text("/url").await.unwrap(), "own url");
    assert_eq!(text("/pipe").await.unwrap(), "piped");
    assert_eq!(text("/oneshot").await.unwrap(), "called");
    assert_eq!(text("/json").await.unwrap(), "false[7]");
    assert_eq!(text("/missing").await.unwrap(), "own not found");
    assert_eq!(text("/render").await.unwrap(), "true<page>");
    assert_eq!(text("/param/7").await.unwrap(), "7");
    assert_eq!(text("/ajax").await.unwrap(), "ajax");
    assert_eq!(text("/ctx").await.unwrap(), "ada");
    assert_eq!(text("/app").await.unwrap(), "app");
    assert_eq!(text("/c/x").await.unwrap(), "X");
    assert_eq!(text("/closure").await.unwrap(), "2");
    assert_eq!(text("/headers").await.unwrap(), "1");
    assert_eq!(text("/request").await.unwrap(), "REQUEST");
    assert_eq!(text("/shadowed").await.unwrap(), "grace");
}
