//! Expressions that consume the response: their value is returned. Each route replies with the text next to it in the
//! table below.

#![allow(clippy::all, reason = "unusual forms are what is tested")]

use std::future::Future;

use onward::prelude::*;

async fn page(_req: Request, res: Response) -> Result {
    Ok(res.send("page"))
}

async fn plain(res: Response) -> Sent {
    res.send("plain")
}

fn wrap(mut res: Response) -> Response {
    res.set_header("x-wrapped", "1");
    res
}

fn boxed(res: Response) -> Box<dyn Future<Output = Sent> + Send + Unpin> {
    Box::new(Box::pin(plain(res)))
}

fn own_error(res: Response, fails: bool) -> Result<Sent, Failure> {
    if fails {
        return Err(Failure::bad_request("failed"));
    }
    Ok(res.send("fine"))
}

struct Page(&'static str);

impl Reply for Page {
    fn reply(self, res: Response) -> Sent {
        res.send(self.0)
    }
}

impl Page {
    fn send_to(self, res: Response) -> Sent {
        self.reply(res)
    }
}

macro_rules! send {
    ($res:expr, $text:literal) => {
        $res.send($text)
    };
}

#[server]
async fn consumed(req: Request, mut res: Response) -> Result {
    route!("/01" => res.send("1"));
    route!("/02" => res.end());
    route!("/03" => res.end_with("3"));
    route!("/04" => { let sent: Result = Ok(res.send("4")); sent });
    route!("/05" => { res.set_header("x-a", "1"); res.send("5") });
    route!("/06" => { let mut res = res; res.write("6"); res.end() });
    route!("/07" => { let res = wrap(res); res.send("7") });
    route!("/08" => wrap(res).send("8"));
    route!("/09" => page(req, res).await);
    route!("/10" => page(req, res).await?);
    route!("/11" => plain(res).await);
    route!("/12" => boxed(res).await);
    route!("/13" => Page("13").reply(res));
    route!("/14" => Reply::reply("14", res));
    route!("/15" => Page("15").send_to(res));
    route!("/16" => Response::send(res, "16"));
    route!("/17" => if req.complete() { res.send("17") } else { res.end() });
    route!("/18" => match req.url.path() { "/18" => res.send("18"), _ => res.end() });
    route!("/19" => { let sent = res.send("19"); sent });
    route!("/20" => async { res.send("20") }.await);
    route!("/21" => (move || res.send("21"))());
    route!("/22" => { let send = |res: Response| res.send("22"); send(res) });
    route!("/23" => send!(res, "23"));
    route!("/24" => { let (_, res) = (0, res); res.send("24") });
    route!("/25" => own_error(res, false));
    route!("/26" => { for n in 2..4 { res.write(n.to_string()).await?; } res.end() });
    route!("/27" => 'all: { if req.complete() { break 'all res.send("27") } res.end() });
    route!("/28" => { let mut held = Some(res); held.take().map_or_else(|| Response::new().end(), |res| res.send("28")) });
    route!("/29" => loop { break res.send("29") });
    route!("/30" => { let Some(res) = Some(res) else { return Err(Error::not_found()) }; res.send("30") });
    route!("/31" => res.send(req.body.text().await?));
    route!("/32" => own_error(res, true));
}

const CONSUMED: [(&str, &str); 31] = [
    ("/01", "1"),
    ("/02", ""),
    ("/03", "3"),
    ("/04", "4"),
    ("/05", "5"),
    ("/06", "6"),
    ("/07", "7"),
    ("/08", "8"),
    ("/09", "page"),
    ("/10", "page"),
    ("/11", "plain"),
    ("/12", "plain"),
    ("/13", "13"),
    ("/14", "14"),
    ("/15", "15"),
    ("/16", "16"),
    ("/17", "17"),
    ("/18", "18"),
    ("/19", "19"),
    ("/20", "20"),
    ("/21", "21"),
    ("/22", "22"),
    ("/23", "23"),
    ("/24", "24"),
    ("/25", "fine"),
    ("/26", "23"),
    ("/27", "27"),
    ("/28", "28"),
    ("/29", "29"),
    ("/30", "30"),
    ("/31", ""),
];

#[tokio::test]
async fn an_expression_that_consumes_the_response_is_returned() {
    for (url, expected) in CONSUMED {
        let sent = consumed(Request::get(url), Response::new()).await;
        assert_eq!(sent.expect(url).text(), expected, "{url}");
    }
    let failed = consumed(Request::get("/32"), Response::new()).await;
    assert_eq!(
        failed.map_err(|error| error.status()).err(),
        Some(StatusCode::BAD_REQUEST)
    );
}
