//! `as name`: a function that returns the URL of the route.

use crate::client::{get, post};
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" as home => "home");
    route!("/café au lait/100%" as coffee => "coffee");
    route!("/products/{id: u32}" as product => id.to_string());
    route!("/users/{name}" as user => format!("[{name}]"));
    route!("/users/{name}/{day: i8}/{more}" as several => format!("[{name}] [{day}] [{more}]"));
    route!("/img/{name}_{size: u8}.png" as image => format!("[{name}] [{size}]"));
    route!("/files/{path..}" as file => format!("[{path}]"));
    route!(POST "/products" as r#type => "posted");
}

#[test]
fn a_name_generates_a_url_function() {
    assert_eq!(shop::product(7), "/products/7");
    assert_eq!(shop::home(), "/");
    assert_eq!(shop::r#type(), "/products");
    assert_eq!(shop::several("ada", -7, 1.5), "/users/ada/-7/1.5");
    assert_eq!(shop::image("cup", 64), "/img/cup_64.png");
    assert_eq!(shop::file("a/b.c"), "/files/a/b.c");
    assert_eq!(shop::file(""), "/files/");
    let owned: String = shop::user(String::from("ada"));
    assert_eq!(owned, "/users/ada");
}

#[test]
fn urls_are_percent_encoded() {
    assert_eq!(shop::coffee(), "/caf%C3%A9%20au%20lait/100%25");
    assert_eq!(
        shop::user("a/b?c#d%e é"),
        "/users/a%2Fb%3Fc%23d%25e%20%C3%A9"
    );
    assert_eq!(shop::user("a-b.c_d~e@f:g"), "/users/a-b.c_d~e@f:g");
    assert_eq!(shop::file("a b/c%d?e/é"), "/files/a%20b/c%25d%3Fe/%C3%A9");
}

const TEXTS: [&str; 12] = [
    "a",
    "a/b",
    "%",
    "%2F",
    "%252F",
    "é ß",
    "?x=1#y",
    "\"<>\\^`{|}",
    "a+b&c=d;e,f",
    "...",
    "日本",
    "\u{1}\n",
];

#[tokio::test]
async fn a_url_matches_its_route_with_the_same_parameters() {
    for text in TEXTS {
        assert_eq!(get(shop, &shop::user(text)).await, format!("200 [{text}]"));
        let url = shop::several(text, 7, text);
        assert_eq!(
            get(shop, &url).await,
            format!("200 [{text}] [7] [{text}]"),
            "{url}"
        );
        assert_eq!(
            get(shop, &shop::image(text, 7)).await,
            format!("200 [{text}] [7]")
        );
        let rest = format!("{text}/x/{text}");
        assert_eq!(get(shop, &shop::file(&rest)).await, format!("200 [{rest}]"));
    }
    assert_eq!(get(shop, &shop::product(u32::MAX)).await, "200 4294967295");
    assert_eq!(get(shop, &shop::coffee()).await, "200 coffee");
    assert_eq!(post(shop, &shop::r#type()).await, "200 posted");
}

mod inner {
    use onward::prelude::*;

    /// A server whose URLs are as visible as the function itself.
    #[server]
    pub(crate) async fn inner(req: Request, res: Response) -> Result {
        route!("/x/{y}" as x => format!("{y}, next: {}", inner::x("é")));
    }
}

#[tokio::test]
async fn urls_are_as_visible_as_the_function() {
    assert_eq!(inner::inner::x(1), "/x/1");
    assert_eq!(get(inner::inner, "/x/1").await, "200 1, next: /x/%C3%A9");
}
