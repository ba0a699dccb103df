//! Valid but unusual replies, guards and statements.

use onward::prelude::*;
use std::sync::{Arc, Mutex};

type State = Arc<Mutex<Vec<String>>>;

macro_rules! servers {
    ($($name:ident => $path:literal),*) => {$(
        #[server]
        async fn $name(req: Request, res: Response) -> Result {
            route!($path => stringify!($name));
        }
    )*};
}

servers!(alpha => "/alpha", beta => "/beta");

fn ready() -> std::future::Ready<bool> {
    std::future::ready(true)
}

/// More lines than clippy allows, as a table of routes may have.
#[server]
async fn unusual(mut req: Request, mut res: Response, state: State) -> Result {
    let Some(first) = req.url.path().chars().next() else {
        return Ok(res.end());
    };
    route!("/let-else" => first.to_string());
    route!("/label" => 'found: {
        for number in 0..3 {
            if number == 2 {
                break 'found number.to_string();
            }
        }
        String::from("none")
    });
    route!("/loop" => loop {
        if first == '/' {
            break "left";
        }
    });
    route!("/async" => async { "block" }.await);
    route!("/async/move" => async move { first.to_string() }.await);
    let double = async |number: u8| number * 2;
    route!("/async/closure/{number: u8}" => double(number).await.to_string());
    route!("/item" => {
        const fn inner() -> &'static str {
            "item"
        }
        inner()
    });
    route!("/try" => {
        let number: u32 = "7".parse()?;
        number.to_string()
    });
    route!("/lock" => state.lock().map(|it| it.len().to_string()).unwrap_or_default());
    route!("/chain" if let Some(x) = req.headers.get("x") && !x.is_empty() => "chain");
    route!("/chain" if ready().await => "awaited");
    route!("/chain" => "neither");
    route!("/else" if if first == 'q' { ready().await } else { first == '/' } => "if in a guard");
    route!("/early" => {
        if first == '/' {
            return Ok(res.send("early"));
        }
        "late"
    });
    route!("/typed" => Ok::<_, Error>("typed"));
    route!("/typed/err" => Err::<&str, _>(Error::not_found()));
    route!("/ünïcödé/日本語" => "unicode");
    route!("/{name}🎉" => name.to_owned());
    route!("/a.b-c_d~e!$&'()*+,;=:@" => "signs");
    route!("/wiki/Fate／stay_night" => "a full-width slash");
    route!("/cow" => std::borrow::Cow::Borrowed("cow"));
    route!("/bytes" => b"bytes");
    route!("/unit" => ());
    route!("/option" => Some("option").filter(|_| first == '/'));
    route!("/rebound/{name}" => {
        let mut name = name.to_uppercase();
        name.push('!');
        name
    });
    route!("/match/{name}" => match name {
        "a" => "first",
        _ => "other",
    });
    route!("/diverges/{end}" => match end {
        "return" => return Ok(res.send("returned")),
        _ => return Err(Error::not_found()),
    });
    route!("/braces" => { "braces" });
    route!("/braces/res" => { res.send("sent") });
    route!("/parens" => ("parens"));
    route!("/camel/{userId: u32}" => userId.to_string());
    #[allow(non_snake_case)]
    route!("/capitals/{ID: u32}/{NAME}" => format!("{ID} {NAME}"));
    route!("/endless" => loop {
        tokio::task::yield_now().await;
    });
    route!("/exit" => std::process::exit(7));
    route!("/inner" => {
        #[server]
        async fn inner(req: Request, res: Response) -> Result {
            route!("/inner" as place => "inner");
        }
        inner(req, res).await
    });
    req.headers.clear();
    res.set_header("x-late", "yes");
    #[cfg(debug_assertions)]
    route!("/debug" => "debug");
    #[cfg(not(debug_assertions))]
    route!("/debug" => "release");
    match first {
        'q' => {}
        _ => drop(state),
    }
    #[allow(
        clippy::needless_return,
        reason = "a `return` at the end is a matter of taste"
    )]
    return Ok(res.send("the end"));
}

/// A server whose names are keywords, and whose request and response are used only by the generated code.
#[server]
async fn r#match(_req: Request, _res: Response, r#type: u8) -> Result {
    route!("/" as r#fn => r#type.to_string());
    route!("/{r#loop}" as r#match => r#loop.to_owned());
    route!(_ => return Err(Error::not_found()));
}

#[tokio::test]
async fn unusual_code_is_not_rejected() {
    let cases = [
        ("/let-else", "/"),
        ("/label", "2"),
        ("/loop", "left"),
        ("/async", "block"),
        ("/async/move", "/"),
        ("/async/closure/7", "14"),
        ("/item", "item"),
        ("/try", "7"),
        ("/lock", "0"),
        ("/chain", "awaited"),
        ("/else", "if in a guard"),
        ("/early", "early"),
        ("/typed", "typed"),
        ("/%C3%BCn%C3%AFc%C3%B6d%C3%A9/日本語", "unicode"),
        ("/x🎉", "x"),
        ("/a.b-c_d~e!$&'()*+,;=:@", "signs"),
        ("/wiki/Fate%EF%BC%8Fstay_night", "a full-width slash"),
        ("/cow", "cow"),
        ("/bytes", "bytes"),
        ("/unit", ""),
        ("/option", "option"),
        ("/rebound/x", "X!"),
        ("/match/a", "first"),
        ("/diverges/return", "returned"),
        ("/braces", "braces"),
        ("/braces/res", "sent"),
        ("/parens", "parens"),
        ("/camel/7", "7"),
        ("/capitals/7/all", "7 all"),
        ("/inner", "inner"),
        ("/nothing", "the end"),
    ];
    for (path, expected) in cases {
        let state = State::default();
        let sent = unusual(Request::get(path), Response::new(), state).await;
        let text = sent.map_or_else(|error| error.to_string(), |sent| sent.text());
        assert_eq!(text, expected, "{path}");
    }
    let sent = r#match(Request::get("/x"), Response::new(), 7).await;
    let text = sent.map_or_else(|error| error.to_string(), |sent| sent.text());
    assert_eq!(text, "x", "a raw identifier");
    assert_eq!(r#match::r#match("x"), "/x", "a URL with a raw name");
    let sent = alpha(Request::get("/alpha"), Response::new()).await;
    assert!(sent.is_ok(), "a server of a list");
    let sent = beta(Request::get("/alpha"), Response::new()).await;
    assert!(sent.is_err(), "another server of the list");
}
