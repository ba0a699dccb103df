//! Types that only the function can name: its generic parameters, its lifetimes, and items inside it.

use crate::client::{ask, get};
use onward::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::borrow::Cow;
use std::fmt::Debug;

trait Store: Send + Sync {
    fn name(&self) -> String;
}

struct Memory;

impl Store for Memory {
    fn name(&self) -> String {
        "memory".to_owned()
    }
}

#[server]
async fn generic<'a, T>(req: Request, res: Response, store: &'a impl Store, _kind: T) -> Result
where
    T: DeserializeOwned + Serialize + Debug + Send + 'static,
{
    route!("/query?{value: Option<T>}" => format!("{value:?}"));
    route!(POST "/body" (Json(value): Json<T>) -> Json<T> => Json(value));
    route!("/name" as name -> Json<Cow<'a, str>> => Json(Cow::Owned(store.name())));
}

#[tokio::test]
async fn a_generic_parameter_may_be_a_part_of_query_body_and_reply() {
    let handler = |req, res| async move { generic(req, res, &Memory, 1_u8).await };
    assert_eq!(get(handler, "/query?value=7").await, "200 Some(7)");
    let body = Request::post("/body").body("7");
    assert_eq!(ask(handler, body).await, "200 7");
    assert_eq!(get(handler, "/name").await, r#"200 "memory""#);
    let types: Vec<_> = generic::routes().iter().map(ToString::to_string).collect();
    assert_eq!(types[0], "GET          /query?{value: Option<T>}");
    assert_eq!(types[1], "POST         /body  (Json<T>)  -> Json<T>");
    assert_eq!(
        types[2],
        "GET          /name  as name  -> Json<Cow<'a, str>>"
    );
}

#[server]
async fn inner(req: Request, res: Response) -> Result {
    #[derive(Deserialize, Serialize)]
    struct Note {
        text: String,
    }
    use std::collections::BTreeSet as Numbers;
    route!(POST "/notes" (Json(note): Json<Note>) -> Json<Note> => Json(note));
    route!("/numbers?{n: Numbers<u8>}" -> Json<Numbers<u8>> => Json(n));
}

#[tokio::test]
async fn a_type_inside_the_function_may_be_a_part_of_query_body_and_reply() {
    let body = Request::post("/notes").body(r#"{"text":"a"}"#);
    assert_eq!(ask(inner, body).await, r#"200 {"text":"a"}"#);
    assert_eq!(get(inner, "/numbers?n=2&n=1").await, "200 [1,2]");
    assert_eq!(
        inner::ROUTES[0].body.map(|it| it.as_str()),
        Some("Json<Note>")
    );
}
