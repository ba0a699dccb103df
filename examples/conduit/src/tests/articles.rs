use super::client::{Client, error};
use serde_json::{Value, json};

#[tokio::test]
async fn an_article_is_written_read_changed_and_deleted() {
    let client = Client::new().await;
    let ada = client.register("ada").await;
    let slug = client
        .write(&ada, "On Engines", &["maths", "engines", "maths"])
        .await;
    assert_eq!(slug, "on-engines");
    let url = format!("/api/articles/{slug}");

    let (status, body) = client.get(&url, "").await;
    assert_eq!(status, 200);
    let article = &body["article"];
    assert_eq!(
        (&article["body"], &article["author"]["username"]),
        (&json!("long"), &json!("ada"))
    );
    assert_eq!(article["tagList"], json!(["engines", "maths"]));
    assert_eq!(
        (&article["favorited"], &article["favoritesCount"]),
        (&json!(false), &json!(0))
    );

    let change = json!({ "article": { "body": "longer" } });
    let (_, body) = client.put(&url, &ada, change).await;
    assert_eq!(
        (&body["article"]["slug"], &body["article"]["body"]),
        (&json!("on-engines"), &json!("longer"))
    );
    assert_eq!(body["article"]["tagList"], json!(["engines", "maths"]));

    let change = json!({ "article": { "title": "On Looms", "tagList": [] } });
    let (_, body) = client.put(&url, &ada, change).await;
    assert_eq!(
        (&body["article"]["slug"], &body["article"]["tagList"]),
        (&json!("on-looms"), &json!([]))
    );
    assert_eq!(body["article"]["createdAt"], article["createdAt"]);
    assert_eq!(client.get(&url, "").await.0, 404);

    assert_eq!(client.delete("/api/articles/on-looms", &ada).await.0, 204);
    let (status, body) = client.get("/api/articles/on-looms", "").await;
    assert_eq!(
        (status, error(&body, "article").as_str()),
        (404, "not found")
    );
}

#[tokio::test]
async fn two_articles_may_have_the_same_title() {
    let client = Client::new().await;
    let ada = client.register("ada").await;
    let first = client.write(&ada, "Notes", &[]).await;
    let second = client.write(&ada, "Notes", &[]).await;
    assert_ne!(first, second);
    assert!(second.starts_with("notes-"), "{second}");

    // A change that keeps the title keeps the slug.
    let change = json!({ "article": { "title": "Notes" } });
    let (_, body) = client
        .put(&format!("/api/articles/{second}"), &ada, change)
        .await;
    assert_eq!(body["article"]["slug"], second);
}

#[tokio::test]
async fn fields_of_an_article_are_checked() {
    let client = Client::new().await;
    let ada = client.register("ada").await;
    for field in ["title", "description", "body"] {
        let mut article = json!({ "title": "a", "description": "b", "body": "c" });
        article[field] = json!("");
        let (status, body) = client
            .post("/api/articles", &ada, json!({ "article": article }))
            .await;
        assert_eq!(
            (status, error(&body, field).as_str()),
            (422, "can't be blank")
        );
    }
    let slug = client.write(&ada, "Notes", &["a"]).await;
    let change = json!({ "article": { "tagList": null } });
    assert_eq!(
        client
            .put(&format!("/api/articles/{slug}"), &ada, change)
            .await
            .0,
        422
    );
}

#[tokio::test]
async fn only_the_author_changes_an_article() {
    let client = Client::new().await;
    let (ada, bob) = (client.register("ada").await, client.register("bob").await);
    let url = format!("/api/articles/{}", client.write(&ada, "Notes", &[]).await);
    let change = json!({ "article": { "body": "mine" } });
    for (status, body) in [
        client.put(&url, &bob, change.clone()).await,
        client.delete(&url, &bob).await,
    ] {
        assert_eq!(
            (status, error(&body, "article").as_str()),
            (403, "forbidden")
        );
    }
    for (status, body) in [
        client.put(&url, "", change.clone()).await,
        client.delete(&url, "").await,
        client.post("/api/articles", "", Value::Null).await,
    ] {
        assert_eq!(
            (status, error(&body, "token").as_str()),
            (401, "is missing")
        );
    }
    assert_eq!(client.put("/api/articles/none", &ada, change).await.0, 404);
    assert_eq!(client.delete("/api/articles/none", &ada).await.0, 404);
}

#[tokio::test]
async fn an_article_is_a_favorite_once_per_user() {
    let client = Client::new().await;
    let (ada, bob) = (client.register("ada").await, client.register("bob").await);
    let url = format!("/api/articles/{}", client.write(&ada, "Notes", &[]).await);
    let favorite = format!("{url}/favorite");
    let state = |body: &Value| {
        (
            body["article"]["favorited"].clone(),
            body["article"]["favoritesCount"].clone(),
        )
    };

    client.post(&favorite, &ada, Value::Null).await;
    client.post(&favorite, &bob, Value::Null).await;
    let (status, body) = client.post(&favorite, &bob, Value::Null).await;
    assert_eq!((status, state(&body)), (200, (json!(true), json!(2))));
    assert_eq!(
        state(&client.get(&url, "").await.1),
        (json!(false), json!(2))
    );
    let (status, body) = client.delete(&favorite, &bob).await;
    assert_eq!((status, state(&body)), (200, (json!(false), json!(1))));

    assert_eq!(client.post(&favorite, "", Value::Null).await.0, 401);
    assert_eq!(
        client
            .post("/api/articles/none/favorite", &ada, Value::Null)
            .await
            .0,
        404
    );
    assert_eq!(
        client.delete("/api/articles/none/favorite", &ada).await.0,
        404
    );
}
