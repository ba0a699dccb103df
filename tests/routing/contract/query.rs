//! The query of a route: `"PATH?QUERY"`.

use crate::client::{get, post};
use onward::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sort {
    Name,
    Price,
}

const FIRST: u32 = 1;
const NAME: &str = "name";
const BY_NAME: Sort = Sort::Name;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/one?{page: u32}" => page.to_string());
    route!("/default?{page: u32 = 1}" => page.to_string());
    route!("/option?{page: Option<u32>}" => format!("{page:?}"));
    route!("/list?{tag: Vec<String>}" => format!("{tag:?}"));
    route!("/numbers?{n: Vec<i8>}" => format!("{n:?}"));
    route!("/text?{text: String}" => format!("[{text}]"));
    route!("/maybe?{text: Option<String>}" => format!("{text:?}"));
    route!("/key?per-page={size: u32}&{page: u32 = 1}" => format!("{size} {page}"));
    route!("/brackets?tag[]={tags: Vec<String>}&größe={size: Option<u8>}" => format!("{tags:?} {size:?}"));
    route!("/constant?{page: u32 = FIRST}&{sort: Sort = BY_NAME}" => format!("{page} {sort:?}"));
    route!("/literals?{a: i32 = -7}&{b: f64 = 1.5}&{c: char = '&'}&{d: bool = true}&{e: String = \"}?&=\"}"
        => format!("{a} {b} {c} {d} {e}"));
    route!("/borrowed?{name: String = NAME}&{path: std::path::PathBuf = \"/tmp\"}" => format!("{name} {path:?}"));
    route!("/variant?{sort: Sort = Sort::Price}" => format!("{sort:?}"));
    route!("/users/{id: u32}?{id_query: u32 = 0}" => format!("{id} {id_query}"));
    route!("/spaces? { page : u32 = 1 } & { size : u32 = 20 } " => format!("{page} {size}"));
    route!("/raw?{r#type: String}&match={matching: bool = false}" => format!("{type} {matching}"));
    route!("/ignored?n={_n: u8}" => "ignored");
    #[allow(non_snake_case)]
    route!("/capital?{PAGE: u8}" => PAGE.to_string());
}

#[tokio::test]
async fn the_query_never_takes_part_in_matching() {
    #[server]
    async fn pages(req: Request, res: Response) -> Result {
        route!("/page?{number: u32}" => number.to_string());
        route!("/{name}" => name.to_owned());
    }
    assert_eq!(get(pages, "/page?number=7").await, "200 7");
    assert!(get(pages, "/page?number=x").await.starts_with("400 "));
    assert!(get(pages, "/page").await.starts_with("400 "));
    assert_eq!(get(pages, "/other?number=x").await, "200 other");
    assert_eq!(
        post(pages, "/page?number=7").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
}

#[tokio::test]
async fn the_query_is_read_after_the_guard() {
    #[server]
    async fn pages(req: Request, res: Response) -> Result {
        route!("/page?{number: u32}" if req.headers.contains_key("x") => number.to_string());
        route!("/page" => "the next route");
    }
    assert_eq!(get(pages, "/page?number=x").await, "200 the next route");
    let with_header = Request::get("/page?number=x").header("x", "1");
    let failed = crate::client::ask(pages, with_header).await;
    assert!(failed.starts_with("400 "), "{failed}");
}

#[tokio::test]
async fn a_missing_or_unreadable_parameter_is_a_400_that_names_it() {
    let missing = "400 query parameter `page` is missing";
    let invalid = "400 query parameter `page`: `two` is not a number of type u32";
    assert_eq!(get(shop, "/one").await, missing);
    assert_eq!(get(shop, "/one?other=1").await, missing);
    assert_eq!(get(shop, "/one?page=two").await, invalid);
    assert_eq!(get(shop, "/default?page=two").await, invalid);
    assert_eq!(get(shop, "/option?page=two").await, invalid);
    let failure = shop(Request::get("/key?per-page=x"), Response::new()).await;
    let failure = Failure::from(failure.expect_err("not a number"));
    assert_eq!(failure.field(), Some("per-page"));
}

#[derive(Debug)]
struct Own(Failure);

impl From<Failure> for Own {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl Reply for Own {
    fn reply(self, res: Response) -> Sent {
        res.send((self.0.status(), format!("own: {}", self.0.message())))
    }
}

#[tokio::test]
async fn errors_go_through_the_error_type_of_the_function() {
    #[server]
    async fn pages(req: Request, res: Response) -> Result<Sent, Own> {
        route!("/page?{number: u8}" -> String => number.to_string());
        route!(POST "/page" (Json(text): Json<String>) -> String => text);
    }
    let error = pages(Request::get("/page"), Response::new()).await;
    let sent = Response::new().send(error.expect_err("no number"));
    assert_eq!(sent.text(), "own: query parameter `number` is missing");
    let error = pages(Request::post("/page").body("{"), Response::new()).await;
    let error = error.expect_err("no JSON");
    assert_eq!(error.0.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn types_declare_what_may_be_missing() {
    assert_eq!(get(shop, "/default").await, "200 1");
    assert_eq!(get(shop, "/default?page=2").await, "200 2");
    assert_eq!(get(shop, "/option").await, "200 None");
    assert_eq!(get(shop, "/option?page=2").await, "200 Some(2)");
    assert_eq!(get(shop, "/list").await, "200 []");
}

#[tokio::test]
async fn a_repeated_key_gives_the_first_value_and_vec_all() {
    assert_eq!(get(shop, "/one?page=1&page=2").await, "200 1");
    assert_eq!(
        get(shop, "/list?tag=a&x=1&tag=b+c").await,
        r#"200 ["a", "b c"]"#
    );
    assert_eq!(get(shop, "/numbers?n=-1&n=2").await, "200 [-1, 2]");
    let invalid = "400 query parameter `n`: `x` is not a number of type i8";
    assert_eq!(get(shop, "/numbers?n=1&n=x").await, invalid);
}

#[tokio::test]
async fn unknown_keys_are_ignored() {
    assert_eq!(get(shop, "/one?utm=x&page=1&pages=2&=&").await, "200 1");
}

#[tokio::test]
async fn an_empty_value_counts_as_missing_unless_the_type_reads_empty_text() {
    assert_eq!(
        get(shop, "/one?page=").await,
        "400 query parameter `page` is missing"
    );
    assert_eq!(get(shop, "/default?page=").await, "200 1");
    assert_eq!(get(shop, "/default?page").await, "200 1");
    assert_eq!(get(shop, "/option?page=").await, "200 None");
    assert_eq!(get(shop, "/numbers?n=&n=1").await, "200 [1]");
    assert_eq!(get(shop, "/text?text=").await, "200 []");
    assert_eq!(get(shop, "/maybe?text=").await, r#"200 Some("")"#);
    assert_eq!(get(shop, "/list?tag=&tag=a").await, r#"200 ["", "a"]"#);
}

#[tokio::test]
async fn defaults_are_literals_or_constants() {
    assert_eq!(get(shop, "/literals").await, "200 -7 1.5 & true }?&=");
    assert_eq!(get(shop, "/constant").await, "200 1 Name");
    assert_eq!(
        get(shop, "/constant?sort=price&page=2").await,
        "200 2 Price"
    );
    assert_eq!(get(shop, "/borrowed").await, r#"200 name "/tmp""#);
    assert_eq!(get(shop, "/variant").await, "200 Price");
}

#[tokio::test]
async fn a_key_that_is_not_a_name_is_written_before_the_braces() {
    assert_eq!(get(shop, "/key?per-page=20").await, "200 20 1");
    assert_eq!(
        get(shop, "/key?size=20").await,
        "400 query parameter `per-page` is missing"
    );
    assert_eq!(
        get(shop, "/brackets?tag%5B%5D=a&gr%C3%B6%C3%9Fe=7").await,
        r#"200 ["a"] Some(7)"#
    );
    assert_eq!(get(shop, "/raw?type=a&match=true").await, "200 a true");
}

#[tokio::test]
async fn parameters_are_decoded_and_separated_by_ampersands() {
    assert_eq!(
        get(shop, "/text?text=a+b%26c%3D%C3%A9").await,
        "200 [a b&c=é]"
    );
    assert_eq!(get(shop, "/spaces?size=5").await, "200 1 5");
    assert_eq!(get(shop, "/users/7?id_query=8").await, "200 7 8");
    assert_eq!(get(shop, "/ignored?n=1").await, "200 ignored");
    assert!(get(shop, "/ignored?n=x").await.starts_with("400 "));
    assert_eq!(get(shop, "/capital?PAGE=1").await, "200 1");
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    max: Option<u32>,
    #[serde(default)]
    tag: Vec<String>,
    color: Option<String>,
}

#[server]
async fn search(req: Request, res: Response) -> Result {
    route!("/filter?{page: u32 = 1}&{filter..: Filter}"
        => format!("{page} {:?} {:?} {:?}", filter.max, filter.tag, filter.color));
    route!("/map?{page: u32}&{all..: BTreeMap<String, String>}" => format!("{page} {all:?}"));
    route!("/only?{all..: BTreeMap<String, Vec<u8>>}" => format!("{all:?}"));
}

#[tokio::test]
async fn the_last_parameter_may_read_the_keys_that_are_not_read_by_name_into_a_struct() {
    let filter = r#"200 2 Some(9) ["a", "b"] None"#;
    assert_eq!(
        get(search, "/filter?page=2&max=9&tag=a&tag=b").await,
        filter
    );
    assert_eq!(get(search, "/filter").await, "200 1 None [] None");
    let map = r#"200 1 {"a": "x", "b": "y z"}"#;
    assert_eq!(get(search, "/map?b=y+z&page=1&a=x").await, map);
    assert_eq!(
        get(search, "/only?a=1&a=2&b=3").await,
        r#"200 {"a": [1, 2], "b": [3]}"#
    );
}

#[tokio::test]
async fn a_struct_ignores_unknown_keys_and_treats_empty_values_as_missing() {
    assert_eq!(
        get(search, "/filter?utm=1&max=&color=").await,
        r#"200 1 None [] Some("")"#
    );
    let invalid = "400 query parameter `max`: `x` is not a number of type u32";
    assert_eq!(get(search, "/filter?max=x").await, invalid);
}

#[tokio::test]
async fn head_reads_the_query_like_get() {
    assert_eq!(
        crate::client::with("HEAD", shop, "/one?page=7").await,
        "200 7"
    );
}

#[tokio::test]
async fn the_url_of_a_mounted_server_has_the_query() {
    #[server]
    async fn outer(req: Request, res: Response) -> Result {
        route!(mount "/shop" => shop(req, res).await);
    }
    assert_eq!(get(outer, "/shop/one?page=7").await, "200 7");
}

#[tokio::test]
async fn hostile_queries_are_read_in_linear_time() {
    let many = "a=&".repeat(5000);
    let map = get(search, &format!("/only?{many}")).await;
    assert_eq!(map, "200 {}");
    let keys: String = (0..1000).map(|key| format!("k{key}=&")).collect();
    let response = get(search, &format!("/only?{keys}")).await;
    assert!(response.starts_with("400 query parameter `k"), "{response}");
}
