//! Expressions in which the request, the response or other variables with the same names occur, and which do not
//! consume the response. Each route replies with the text next to it in the table below.

#![allow(clippy::all, reason = "unusual forms are what is tested")]

use std::fmt::Write as _;

use onward::prelude::*;

/// A user-defined type whose fields and methods have names that other frameworks use.
#[derive(Clone, Default)]
struct Own {
    params: u8,
    query: u8,
    body: Inner,
    status: u8,
}

#[derive(Clone, Default)]
struct Inner {
    name: &'static str,
}

impl Own {
    fn json(&self, n: u8) -> String {
        format!("json {}", self.params + n)
    }

    fn header(&self, name: &str) -> String {
        format!("{name} {}", self.status)
    }
}

/// An extension of the response.
trait Extension {
    fn param(&self, name: &str) -> String;
    fn json(&self, value: u8) -> String;
    fn status(&mut self, status: u16) -> &mut Self;
}

impl Extension for Response {
    fn param(&self, name: &str) -> String {
        name.to_owned()
    }

    fn json(&self, value: u8) -> String {
        format!("{{{value}}}")
    }

    fn status(&mut self, status: u16) -> &mut Self {
        self.status_code = StatusCode::from_u16(status).unwrap_or_default();
        self
    }
}

fn some(n: u8) -> Option<u8> {
    (n > 0).then_some(n)
}

fn ok(n: u8) -> Result<u8, &'static str> {
    some(n).ok_or("none")
}

fn path_of(req: &Request) -> String {
    req.url.path().to_owned()
}

fn count(res: &Response) -> String {
    res.headers().len().to_string()
}

fn mark(res: &mut Response) -> &'static str {
    res.set_header("x-mark", "1");
    "marked"
}

macro_rules! name_of {
    ($name:ident) => {
        stringify!($name)
    };
}

struct Pair {
    res: u8,
    req: u8,
}

/// Variables named `res` or `req` other than the response and the request.
#[server]
async fn others(req: Request, res: Response) -> Result {
    route!("/01" => { let res = 1; res.to_string() });
    route!("/02" => { let req = 2; req.to_string() });
    route!("/03" => match some(3) { Some(res) => res.to_string(), None => String::new() });
    route!("/04" => match ok(4) { Ok(res) if res > 3 => res.to_string(), Ok(_) | Err(_) => String::new() });
    route!("/05" => if let Some(res) = some(5) { res.to_string() } else { String::new() });
    route!("/06" => if let Some(res) = some(6) && res == 6 { res.to_string() } else { String::new() });
    route!("/07" => { let mut all = vec![3, 4]; let mut sum = 0; while let Some(res) = all.pop() { sum += res; } sum.to_string() });
    route!("/08" => { let mut sum = 0; for res in [3, 5] { sum += res; } sum.to_string() });
    route!("/09" => { let (_, res) = (0, 9); res.to_string() });
    route!("/10" => { let [res, ..] = [10, 0]; res.to_string() });
    route!("/11" => { let Pair { res, req } = Pair { res: 5, req: 6 }; (res + req).to_string() });
    route!("/12" => { let Pair { res: twelve, .. } = Pair { res: 12, req: 0 }; twelve.to_string() });
    route!("/13" => { let pair = Pair { res: 6, req: 7 }; (pair.res + pair.req).to_string() });
    route!("/14" => { let res = 14; let pair = Pair { res, req: 0 }; (pair.res + pair.req).to_string() });
    route!("/15" => { let Some(res) = some(15) else { return Err(Error::not_found()) }; res.to_string() });
    route!("/16" => { let double = |res: u8| res * 2; double(8).to_string() });
    route!("/17" => { let sum = |(_, res): (u8, u8)| res; sum((0, 17)).to_string() });
    route!("/18" => [(1, 8), (0, 10)].iter().map(|(_, res)| res).sum::<u8>().to_string());
    route!("/19" => matches!(some(1), Some(res) if res == 1).to_string());
    route!("/20" => { let res = [2, 0]; format!("{res:?}") });
    route!("/21" => { let res = 21; format!("{res}") });
    route!("/22" => { let res = 2; format!("{:>res$}", 22) });
    route!("/23" => { let mut text = String::new(); let res = 23; write!(text, "{res}")?; text });
    route!("/24" => { fn inner(res: u8) -> String { res.to_string() } inner(24) });
    route!("/25" => { let res = async { 25 }.await; res.to_string() });
    route!("/26" => { let res = { let res = 13; res * 2 }; res.to_string() });
    route!("/27" => json!({ "res": match ok(27) { Ok(res) => res, Err(_) => 0 } }));
    route!("/28" => { let res = 28; json!([res]) });
    route!("/29" => name_of!(req));
    route!("/30" => { const RES: u8 = 30; let res = RES; res.to_string() });
    route!("/31" => { let res = Own { params: 30, ..Own::default() }; res.json(1) });
    route!("/32" => { let res = Own { status: 32, ..Own::default() }; res.header("x") });
    route!("/33" => { let req = Own { query: 33, ..Own::default() }; req.query.to_string() });
    route!("/34" => { let req = Own { body: Inner { name: "34" }, ..Own::default() }; req.body.name });
    route!("/35" => Some(Own::default()).map(|req| req.params.to_string()));
    route!("/36" => { let f = |req: &Own| req.status; f(&Own::default()).to_string() });
    route!("/37" => 'res: { if req.complete() { break 'res "37" } "no" });
    route!("/38" => { struct Local { res: u8 } Local { res: 38 }.res.to_string() });
}

/// The request and the response themselves.
#[server]
async fn own(req: Request, mut res: Response) -> Result {
    route!("/50" => req.url.path().to_owned());
    route!("/51" => path_of(&req));
    route!("/52" => { let req = &req; path_of(req) });
    route!("/53" => count(&res));
    route!("/54" => mark(&mut res));
    route!("/55" => { res.set_header("x-a", "1"); "set" });
    route!("/56" => { res.set_header("x-a", "1").set_header("x-b", "2"); count(&res) });
    route!("/57" => { let res = &mut res; res.set_header("x-a", "1"); "reborrowed" });
    route!("/58" => { res.status_code = StatusCode::ACCEPTED; res.status_code.as_str().to_owned() });
    route!("/59" => format!("{}", res.status_code.as_u16()));
    route!("/60" => format!("{:?}", res.get_header("x-none")));
    route!("/61" => json!({ "sent": res.headers_sent() }));
    route!("/62" => matches!(res.get_header("x-a"), None).to_string());
    route!("/63" => if res.has_header("x-a") { "yes" } else { "no" });
    route!("/64" => match res.status_code { StatusCode::OK => "200", _ => "?" });
    route!("/65" => { if req.headers.contains_key("x-no") { return Ok(res.end()); } "65" });
    route!("/66" => { if req.headers.contains_key("x-no") { return Ok(res.send("no")) } "66" });
    route!("/67" => { let name = |res: &Response| res.header_names().count(); name(&res).to_string() });
    route!("/68" => { println!("{res:?}"); "68" });
    route!("/69" => { assert_eq!(res.headers().len(), 0); "69" });
    route!("/70" => { let Request { url, .. } = req; url.path().to_owned() });
    route!("/71" => { let body = req.body; body.text().await? });
    route!("/72" => (res.status_code, "72"));
    route!("/73" => Some(res.status_code).map(|status| status.as_str().to_owned()));
    route!("/74" => res.json(74));
    route!("/75" => res.param("75"));
    route!("/76" => { res.status(202); res.status_code.as_str().to_owned() });
    route!("/77" => { for (name, value) in [("x-a", "1")] { res.set_header(name, value); } count(&res) });
    route!("/78" => { let mut n = 0; loop { n += 1; if n > 1 && !res.headers_sent() { break n.to_string() } } });
    route!("/79" => { (&res).headers().len().to_string() });
    route!("/80" => { let text = req.body.text().await?; mark(&mut res); text.len().to_string() });
    route!("/81" => { res = { let mut res = res; res.set_header("x-a", "1"); res }; count(&res) });
}

const OTHERS: [(&str, &str); 38] = [
    ("/01", "1"),
    ("/02", "2"),
    ("/03", "3"),
    ("/04", "4"),
    ("/05", "5"),
    ("/06", "6"),
    ("/07", "7"),
    ("/08", "8"),
    ("/09", "9"),
    ("/10", "10"),
    ("/11", "11"),
    ("/12", "12"),
    ("/13", "13"),
    ("/14", "14"),
    ("/15", "15"),
    ("/16", "16"),
    ("/17", "17"),
    ("/18", "18"),
    ("/19", "true"),
    ("/20", "[2, 0]"),
    ("/21", "21"),
    ("/22", "22"),
    ("/23", "23"),
    ("/24", "24"),
    ("/25", "25"),
    ("/26", "26"),
    ("/27", "{\"res\":27}"),
    ("/28", "[28]"),
    ("/29", "req"),
    ("/30", "30"),
    ("/31", "json 31"),
    ("/32", "x 32"),
    ("/33", "33"),
    ("/34", "34"),
    ("/35", "0"),
    ("/36", "0"),
    ("/37", "37"),
    ("/38", "38"),
];

const OWN: [(&str, &str); 32] = [
    ("/50", "/50"),
    ("/51", "/51"),
    ("/52", "/52"),
    ("/53", "0"),
    ("/54", "marked"),
    ("/55", "set"),
    ("/56", "2"),
    ("/57", "reborrowed"),
    ("/58", "202"),
    ("/59", "200"),
    ("/60", "None"),
    ("/61", "{\"sent\":false}"),
    ("/62", "true"),
    ("/63", "no"),
    ("/64", "200"),
    ("/65", "65"),
    ("/66", "66"),
    ("/67", "0"),
    ("/68", "68"),
    ("/69", "69"),
    ("/70", "/70"),
    ("/71", ""),
    ("/72", "72"),
    ("/73", "200"),
    ("/74", "{74}"),
    ("/75", "75"),
    ("/76", "202"),
    ("/77", "1"),
    ("/78", "2"),
    ("/79", "0"),
    ("/80", "0"),
    ("/81", "1"),
];

#[tokio::test]
async fn other_variables_may_have_the_names_of_the_arguments() {
    for (url, expected) in OTHERS {
        let sent = others(Request::get(url), Response::new()).await;
        assert_eq!(sent.expect(url).text(), expected, "{url}");
    }
}

#[tokio::test]
async fn an_expression_may_use_both_arguments_without_consuming_them() {
    for (url, expected) in OWN {
        let sent = own(Request::get(url), Response::new()).await;
        assert_eq!(sent.expect(url).text(), expected, "{url}");
    }
}
