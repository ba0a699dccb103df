//! Whether a route sends the response itself depends on the variable that a name refers to, not on the name.

use onward::prelude::*;

fn find(id: u32) -> Option<u32> {
    (id < 3).then_some(id * 100)
}

const fn check(id: u32) -> std::result::Result<u32, &'static str> {
    if id < 3 { Ok(id) } else { Err("too big") }
}

const fn wrap(mut res: Response) -> Response {
    res.status_code = StatusCode::CREATED;
    res
}

/// Variables named `res` other than the response.
#[server]
async fn others(req: Request, res: Response) -> Result {
    route!("/match/{id: u32}" => match check(id) { Ok(res) => res.to_string(), Err(error) => error.to_owned() });
    route!("/if/{id: u32}" => if let Some(res) = find(id) && res > 0 { res.to_string() } else { "none".to_owned() });
    route!("/while" => {
        let mut ids = vec![1_u32, 2];
        let mut sum = 0;
        while let Some(res) = ids.pop() { sum += res; }
        sum.to_string()
    });
    route!("/for" => {
        let mut sum = 0;
        for res in [1, 2] { sum += res; }
        sum.to_string()
    });
    route!("/tuple" => { let (_, res) = (1, "two"); res });
    route!("/else/{id: u32}" => {
        let Some(res) = find(id) else { return Ok(res.send("none")) };
        res.to_string()
    });
    route!("/closure" => [(1, 2), (3, 4)].iter().map(|(_, res)| res).sum::<i32>().to_string());
    route!("/matches/{id: u32}" => matches!(find(id), Some(res) if res > 100).to_string());
    route!("/format" => { let res = [7]; format!("{res:?} {:?}", res[0]) });
    route!("/json/{id: u32}" => json!({ "found": match check(id) { Ok(res) => res, Err(error) => error.len().try_into()? } }));
}

/// The response under another name, or under the same one again.
#[server]
async fn renamed(req: Request, mut res: Response) -> Result {
    route!("/again" => { let mut res = res; res.set_header("x-a", "b"); res.send("again") });
    route!("/wrapped" => { let res = wrap(res); res.send("wrapped") });
    route!("/closure" => { let sum: i32 = [1, 2].iter().map(|res| res + 1).sum(); res.send(sum.to_string()) });
    route!("/early/{id: u32}" => {
        if id > 3 {
            let sent = res.send("early");
            return Ok(sent);
        }
        "late"
    });
    res.set_header("x-last", "1");
}

#[tokio::test]
async fn a_name_means_what_it_is_bound_to() {
    let cases = [
        ("/match/1", "1"),
        ("/match/7", "too big"),
        ("/if/1", "100"),
        ("/while", "3"),
        ("/for", "3"),
        ("/tuple", "two"),
        ("/else/1", "100"),
        ("/else/7", "none"),
        ("/closure", "6"),
        ("/matches/2", "true"),
        ("/format", "[7] 7"),
        ("/json/2", "{\"found\":2}"),
    ];
    for (url, expected) in cases {
        let sent = others(Request::get(url), Response::new()).await;
        assert_eq!(sent.expect(url).text(), expected, "{url}");
    }
    let cases = [
        ("/again", "again"),
        ("/wrapped", "wrapped"),
        ("/closure", "5"),
        ("/early/7", "early"),
        ("/early/1", "late"),
    ];
    for (url, expected) in cases {
        let sent = renamed(Request::get(url), Response::new()).await;
        assert_eq!(sent.expect(url).text(), expected, "{url}");
    }
}

macro_rules! trace {
    ($res:expr) => {
        let _ = $res.status_code;
    };
}

/// Statements that pass the arguments on, or replace them.
#[server]
async fn replaced(req: Request, res: Response) -> Result {
    let (req, mut res) = before(req, res);
    if req.headers.contains_key("x-stop") {
        return Ok(res.send("stopped"));
    }
    if req.headers.contains_key("x-wrap") {
        res = wrap(res);
    }
    let res = wrap(res);
    trace!(res);
    route!("/" => "replaced");
    let Some(name) = req.url.query_string() else {
        return Ok(res.send("no name"));
    };
    route!("/name" => name.to_owned());
    let req = inspect(req);
    route!("/last" => req.to_string());
}

const fn before(req: Request, res: Response) -> (Request, Response) {
    (req, res)
}

fn inspect(req: Request) -> usize {
    let Request { headers, .. } = req;
    headers.len()
}

#[tokio::test]
async fn statements_may_replace_the_arguments() {
    let cases = [
        ("/", "replaced"),
        ("/name", "no name"),
        ("/name?x", "x"),
        ("/last?x", "0"),
    ];
    for (url, expected) in cases {
        let sent = replaced(Request::get(url), Response::new()).await;
        let sent = sent.expect(url);
        assert_eq!(sent.text(), expected, "{url}");
        assert_eq!(sent.status_code(), StatusCode::CREATED, "{url}");
    }
}
