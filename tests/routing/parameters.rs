//! Parameters of a path: `{name}` and `{name: Type}`.

use crate::client::{get, post, with};
use onward::prelude::*;
use std::str::FromStr;

/// A custom type: a color such as `ff8000`.
#[derive(Debug, PartialEq)]
struct Color(u8, u8, u8);

impl FromStr for Color {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let part = |at: usize| {
            let digits = text.get(at..at + 2).ok_or("six digits")?;
            u8::from_str_radix(digits, 16).map_err(|error| error.to_string())
        };
        if text.len() != 6 {
            return Err("six digits".to_owned());
        }
        Ok(Self(part(0)?, part(2)?, part(4)?))
    }
}

/// A custom type with a type parameter.
struct Quoted<T>(T);

impl<T: FromStr> FromStr for Quoted<T> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let inside = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        inside
            .and_then(|text| text.parse().ok())
            .map(Self)
            .ok_or(())
    }
}

mod shapes {
    pub(crate) type Side = f32;
}

#[server]
async fn paint(req: Request, res: Response) -> Result {
    route!("/text/{name}" => {
        let text: &str = name;
        format!("{text} of {} bytes", name.len())
    });
    route!("/number/{number: i32}" => (number - 1).to_string());
    route!("/bool/{yes: bool}" => (!yes).to_string());
    route!("/char/{char: char}" => char.is_alphabetic().to_string());
    route!("/address/{at: std::net::IpAddr}" => at.is_loopback().to_string());
    route!("/nonzero/{n: ::std::num::NonZeroU8}" => n.get().to_string());
    route!("/side/{length: shapes::Side}" => (length * 2.0).to_string());
    route!("/color/{color: Color}" => format!("{color:?}"));
    route!("/quoted/{n: Quoted<u8>}" => { let Quoted(n) = n; (n + 1).to_string() });
    route!("/owned/{text: String}" => text);
    route!("/{shop}/{year: u16}/{_month}/{day: u8}" => format!("{shop} {year} {day}"));
}

#[tokio::test]
async fn a_name_is_text_of_one_segment() {
    assert_eq!(get(paint, "/text/a.b-c").await, "200 a.b-c of 5 bytes");
    assert_eq!(get(paint, "/text/caf%C3%A9").await, "200 café of 5 bytes");
    for path in ["/text", "/text/", "/text/a/b", "/text/a/"] {
        assert_eq!(get(paint, path).await, "404", "{path}");
    }
}

#[tokio::test]
async fn a_type_is_any_that_implements_from_str() {
    assert_eq!(get(paint, "/number/-7").await, "200 -8");
    assert_eq!(get(paint, "/bool/true").await, "200 false");
    assert_eq!(get(paint, "/char/%C3%A9").await, "200 true");
    assert_eq!(get(paint, "/address/::1").await, "200 true");
    assert_eq!(get(paint, "/nonzero/7").await, "200 7");
    assert_eq!(get(paint, "/side/1.5").await, "200 3");
    assert_eq!(get(paint, "/color/ff8000").await, "200 Color(255, 128, 0)");
    assert_eq!(get(paint, "/quoted/%227%22").await, "200 8");
    assert_eq!(get(paint, "/owned/a%2Fb%25").await, "200 a/b%");
}

#[tokio::test]
async fn a_segment_that_does_not_parse_does_not_match() {
    for path in [
        "/number/x",
        "/number/99999999999",
        "/number/",
        "/bool/1",
        "/char/ab",
        "/nonzero/0",
        "/color/ff80",
        "/quoted/7",
    ] {
        assert_eq!(get(paint, path).await, "404", "{path}");
        assert_eq!(with("OPTIONS", paint, path).await, "404", "{path}");
    }
    assert_eq!(
        post(paint, "/number/7").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
    assert_eq!(post(paint, "/number/x").await, "404");
}

#[tokio::test]
async fn a_number_has_one_spelling() {
    for path in [
        "/number/007",
        "/number/+7",
        "/number/-0",
        "/number/-07",
        "/number/%2B7",
        "/nonzero/07",
        "/nonzero/+7",
        "/side/+1.5",
        "/side/01.5",
        "/side/1e3",
        "/side/.5",
        "/side/inf",
        "/side/NaN",
    ] {
        assert_eq!(get(paint, path).await, "404", "{path}");
    }
    assert_eq!(get(paint, "/number/0").await, "200 -1");
    assert_eq!(get(paint, "/side/-0.5").await, "200 -1");
    assert_eq!(get(paint, "/owned/007").await, "200 007");
}

#[tokio::test]
async fn a_path_may_have_many_parameters() {
    assert_eq!(get(paint, "/cups/2024/may/31").await, "200 cups 2024 31");
    assert_eq!(get(paint, "/cups/2024/may/310").await, "404");
    assert_eq!(get(paint, "/cups/66000/may/31").await, "404");
    assert_eq!(get(paint, "/cups//may/31").await, "404");
}

#[server]
async fn words(req: Request, res: Response) -> Result {
    route!("/{path}/{segment}/{allow}/{method: u8}/{parse: u8}/{skip}" if parse > 1 =>
        format!("{path} {segment} {allow} {method} {parse} {skip}"));
    route!("/{größe}/{self_}/{p}" => format!("{größe} {self_} {p}"));
    route!("/{unmatched}-{other}/{route..}" => format!("{unmatched} {other} {route}"));
}

#[tokio::test]
async fn a_parameter_may_have_the_name_of_any_variable() {
    assert_eq!(get(words, "/a/b/c/4/5/f").await, "200 a b c 4 5 f");
    assert_eq!(get(words, "/a/b/c/4/0/f").await, "404");
    assert_eq!(get(words, "/g/s/p").await, "200 g s p");
    assert_eq!(get(words, "/u-o/r/s/t").await, "200 u o r/s/t");
}

#[server]
async fn late(req: Request, res: Response) -> Result {
    route!(POST "/{name}/{color: Color}" => {
        let body = req.body.text().await?;
        drop(res);
        tokio::task::yield_now().await;
        return Ok(Response::new().send(format!("{name} {} {body}", color.0)));
    });
}

#[tokio::test]
async fn parameters_outlive_the_request() {
    let response = crate::client::ask(late, Request::post("/a%2Fb/010203").body("x")).await;
    assert_eq!(response, "200 a/b 1 x");
}
