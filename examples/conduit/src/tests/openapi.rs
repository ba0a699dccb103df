use super::client::Client;
use onward::prelude::*;
use serde_json::{Value, json};

#[tokio::test]
async fn the_document_lists_every_operation_and_which_ones_need_a_token() {
    let client = Client::new().await;
    let (_, document) = client.get("/openapi.json", "").await;
    let paths = document["paths"].as_object().unwrap();
    let operations: Vec<&Value> = paths
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
        .collect();
    assert_eq!(operations.len(), 19);

    let with_token = operations
        .iter()
        .filter(|operation| operation.get("security").is_some());
    assert_eq!(with_token.count(), 12);
    let article = &document["components"]["schemas"]["ArticleBody"]["properties"]["article"];
    assert_eq!(article["$ref"], json!("#/components/schemas/Article"));
}

#[tokio::test]
async fn pages_of_other_origins_may_send_a_token() {
    let client = Client::new().await;
    let preflight = Request::with_method(Method::OPTIONS, "/api/articles")
        .header("origin", "https://blog.example")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization, content-type",
        );
    let sent = client.server.dispatch(preflight, Response::new()).await;
    assert_eq!(sent.status_code(), StatusCode::NO_CONTENT);
    assert_eq!(sent.header("access-control-allow-origin").unwrap(), "*");
    assert_eq!(
        sent.header("access-control-allow-headers").unwrap(),
        "authorization, content-type"
    );
}
