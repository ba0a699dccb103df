//! URLs with a query.

use crate::client::get;
use onward::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Sort {
    Name,
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Filter {
    max: Option<u32>,
    #[serde(default)]
    tag: Vec<String>,
}

const TEN: u32 = 10;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products?{page: u32 = 1}&{search: Option<String>}" as products => format!("{page} {search:?}"));
    route!("/tagged?{tag: Vec<String>}&{exact: bool}" as tagged => format!("{tag:?} {exact}"));
    route!("/products/{id: u32}/{name}?per-page={size: u32 = TEN}" as product => format!("{id} {name} {size}"));
    route!("/sorted?{sort: Sort}&{sort_by: Option<Sort>}" as sorted => format!("{sort:?} {sort_by:?}"));
    route!("/filtered?{page: u32 = 1}&{filter..: Filter}" as filtered => format!("{page} {filter:?}"));
    route!("/?{q: String}" as root => q);
    route!("/a%?{x: u8}" as percent => x.to_string());
}

#[server]
async fn outer(req: Request, res: Response) -> Result {
    route!(mount "/shops/{name}" as inner => named(req, res, name.to_owned()).await);
}

#[server]
async fn named(req: Request, res: Response, shop: String) -> Result {
    route!("/products?{page: u32 = 1}" as products -> String => format!("{shop} {page}"));
}

#[tokio::test]
async fn urls_take_the_query_and_omit_parameters_that_are_none() {
    assert_eq!(shop::products(2, None), "/products?page=2");
    assert_eq!(shop::products(None, None), "/products");
    let url = shop::products(None, "a b&c=é/?#%".to_owned());
    assert_eq!(url, "/products?search=a+b%26c%3D%C3%A9%2F%3F%23%25");
    assert_eq!(get(shop, &url).await, r#"200 1 Some("a b&c=é/?#%")"#);
    assert_eq!(
        shop::products(Some(3), Some("x".into())),
        "/products?page=3&search=x"
    );
    assert_eq!(shop::root("x".to_owned()), "/?q=x");
    assert_eq!(shop::percent(1), "/a%25?x=1");
}

#[tokio::test]
async fn urls_are_read_back_as_the_same_parameters() {
    let url = shop::tagged(vec!["a b".into(), String::new()], true);
    assert_eq!(url, "/tagged?tag=a+b&tag=&exact=true");
    assert_eq!(get(shop, &url).await, r#"200 ["a b", ""] true"#);
    assert_eq!(shop::tagged(vec![], false), "/tagged?exact=false");
    let url = shop::product(7, "a/b?", None);
    assert_eq!(url, "/products/7/a%2Fb%3F");
    assert_eq!(get(shop, &url).await, "200 7 a/b? 10");
    assert_eq!(shop::product(7, "a", 20), "/products/7/a?per-page=20");
    let url = shop::sorted(Sort::Name, None);
    assert_eq!(get(shop, &url).await, "200 Name None");
    assert_eq!(
        shop::sorted(Sort::Name, Sort::Name),
        "/sorted?sort=name&sort_by=name"
    );
}

#[tokio::test]
async fn the_fields_of_a_rest_are_written_one_by_one() {
    let filter = Filter {
        max: Some(9),
        tag: vec!["a".into(), "b".into()],
    };
    let url = shop::filtered(2, filter);
    assert_eq!(url, "/filtered?page=2&max=9&tag=a&tag=b");
    assert_eq!(
        get(shop, &url).await,
        r#"200 2 Filter { max: Some(9), tag: ["a", "b"] }"#
    );
    assert_eq!(shop::filtered(None, Filter::default()), "/filtered");
}

#[tokio::test]
async fn urls_of_mounted_servers_keep_their_query() {
    let url = outer::inner("tea", named::products(2));
    assert_eq!(url, "/shops/tea/products?page=2");
    assert_eq!(get(outer, &url).await, "200 tea 2");
}
