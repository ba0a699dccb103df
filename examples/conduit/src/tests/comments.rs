use super::client::{Client, error};
use serde_json::json;

#[tokio::test]
async fn comments_are_added_listed_and_deleted() {
    let client = Client::new().await;
    let (ada, bob) = (client.register("ada").await, client.register("bob").await);
    let comments = format!(
        "/api/articles/{}/comments",
        client.write(&ada, "Notes", &[]).await
    );
    let comment = |body: &str| json!({ "comment": { "body": body } });

    let (status, body) = client.post(&comments, &bob, comment("first")).await;
    assert_eq!(
        (status, &body["comment"]["author"]["username"]),
        (201, &json!("bob"))
    );
    let first = format!("{comments}/{}", body["comment"]["id"]);
    client.post(&comments, &ada, comment("second")).await;

    let (status, body) = client.delete(&first, &ada).await;
    assert_eq!(
        (status, error(&body, "comment").as_str()),
        (403, "forbidden")
    );
    assert_eq!(client.delete(&first, &bob).await.0, 204);
    let (status, body) = client.delete(&first, &bob).await;
    assert_eq!(
        (status, error(&body, "comment").as_str()),
        (404, "not found")
    );

    let (status, body) = client.get(&comments, "").await;
    let listed = body["comments"].as_array().unwrap();
    assert_eq!(
        (status, listed.len(), &listed[0]["body"]),
        (200, 1, &json!("second"))
    );
}

#[tokio::test]
async fn a_comment_needs_an_author_a_text_and_an_article() {
    let client = Client::new().await;
    let ada = client.register("ada").await;
    let comments = format!(
        "/api/articles/{}/comments",
        client.write(&ada, "Notes", &[]).await
    );
    let comment = |body: &str| json!({ "comment": { "body": body } });

    let (status, body) = client.post(&comments, "", comment("text")).await;
    assert_eq!(
        (status, error(&body, "token").as_str()),
        (401, "is missing")
    );
    let (status, body) = client.post(&comments, &ada, comment("")).await;
    assert_eq!(
        (status, error(&body, "body").as_str()),
        (422, "can't be blank")
    );
    for (status, body) in [
        client.get("/api/articles/none/comments", "").await,
        client
            .post("/api/articles/none/comments", &ada, comment("text"))
            .await,
        client.delete("/api/articles/none/comments/1", &ada).await,
    ] {
        assert_eq!(
            (status, error(&body, "article").as_str()),
            (404, "not found")
        );
    }
}
