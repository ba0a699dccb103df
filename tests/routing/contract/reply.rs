//! The reply type of a route: `-> REPLY`.

use crate::client::{get, post};
use onward::prelude::*;
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
struct Product {
    id: u32,
}

#[derive(Debug)]
struct Gone;

impl onward::Reply for Gone {
    fn reply(self, res: Response) -> Sent {
        res.send((StatusCode::GONE, "gone"))
    }
}

fn find(id: u32) -> Option<Product> {
    (id < 10).then_some(Product { id })
}

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/json/{id: u32}" -> Json<Product> => Json(Product { id }));
    route!("/option/{id: u32}" -> Option<Json<Product>> => find(id).map(Json));
    route!("/ok" -> Result<&'static str> => Ok("ok"));
    route!("/err" -> Result<&'static str, Error> => Err(Error::bad_request("no")));
    route!("/none" -> Option<String> => None);
    route!("/text" -> Cow<'static, str> => "text".into());
    route!("/unit" -> () => ());
    route!("/pair" -> (StatusCode, &'static str) => (StatusCode::ACCEPTED, "pair"));
    route!("/status" -> StatusCode => StatusCode::IM_A_TEAPOT);
    route!("/own" -> Gone => Gone);
    route!("/block" -> String => { let text = "block"; text.to_owned() });
    route!("/braces" -> &'static str => { "braces" });
    route!("/early/{id: u32}" -> String => {
        if id == 0 {
            return Ok(res.send("early"));
        }
        id.to_string()
    });
    route!("/never" -> String => return Ok(res.send("never")));
    route!("/header" -> &'static str => { res.set_header("allow", "x"); "header" });
    route!("/tight"->Vec<u8>=>b"tight".to_vec());
    route!("/match" -> String => match find(1) { Some(res) => res.id.to_string(), None => String::new() });
    route!("/guard" as guard -> &'static str if req.url == "/guard?yes" => "yes");
    route!(POST "/created" -> Created<Json<Product>> => Created(Json(Product { id: 7 })));
    route!(POST "/accepted" -> Accepted<&'static str> => Accepted("later"));
    route!(DELETE "/products/{id: u32}" -> Option<NoContent> => find(id).map(|_| NoContent));
    route!(POST "/missing" -> Created<Option<Json<Product>>> => Created(find(70).map(Json)));
    route!(POST "/nothing" -> Created<()> => Created(()));
}

#[tokio::test]
async fn the_type_is_that_of_the_expression() {
    assert_eq!(get(shop, "/json/7").await, r#"200 {"id":7}"#);
    assert_eq!(get(shop, "/ok").await, "200 ok");
    assert_eq!(get(shop, "/err").await, "400 no");
    assert_eq!(get(shop, "/text").await, "200 text");
    assert_eq!(get(shop, "/unit").await, "200");
    assert_eq!(get(shop, "/pair").await, "202 pair");
    assert_eq!(get(shop, "/status").await, "418");
    assert_eq!(get(shop, "/own").await, "410 gone");
    assert_eq!(get(shop, "/block").await, "200 block");
    assert_eq!(get(shop, "/braces").await, "200 braces");
    assert_eq!(get(shop, "/tight").await, "200 tight");
    assert_eq!(get(shop, "/match").await, "200 1");
    assert_eq!(get(shop, "/guard?yes").await, "200 yes");
    assert_eq!(get(shop, "/guard").await, "404");
}

#[tokio::test]
async fn an_option_adds_a_404() {
    assert_eq!(get(shop, "/option/7").await, r#"200 {"id":7}"#);
    assert_eq!(get(shop, "/option/70").await, "404");
    assert_eq!(get(shop, "/none").await, "404");
}

#[tokio::test]
async fn the_expression_may_change_the_response() {
    assert_eq!(get(shop, "/header").await, "200 x header");
}

#[tokio::test]
async fn return_ends_the_function_with_another_reply() {
    assert_eq!(get(shop, "/early/0").await, "200 early");
    assert_eq!(get(shop, "/early/1").await, "200 1");
    assert_eq!(get(shop, "/never").await, "200 never");
}

#[tokio::test]
async fn created_accepted_and_no_content_carry_their_status() {
    assert_eq!(post(shop, "/created").await, r#"201 {"id":7}"#);
    assert_eq!(post(shop, "/accepted").await, "202 later");
    assert_eq!(post(shop, "/nothing").await, "201");
    assert_eq!(post(shop, "/missing").await, "404");
    let delete = |url: &'static str| crate::client::with("DELETE", shop, url);
    assert_eq!(delete("/products/7").await, "204");
    assert_eq!(delete("/products/70").await, "404");
}
