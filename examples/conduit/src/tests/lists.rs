use super::client::Client;
use serde_json::{Value, json};

/// Returns the slugs of a list, and the number of articles on all of its pages.
fn slugs(body: &Value) -> (Vec<&str>, i64) {
    let articles = body["articles"].as_array().unwrap();
    let slugs = articles
        .iter()
        .map(|article| article["slug"].as_str().unwrap());
    (slugs.collect(), body["articlesCount"].as_i64().unwrap())
}

#[tokio::test]
async fn articles_are_listed_by_tag_author_and_favorite() {
    let client = Client::new().await;
    let (ada, bob) = (client.register("ada").await, client.register("bob").await);
    client.write(&ada, "First", &["maths"]).await;
    client.write(&ada, "Second", &["music", "maths"]).await;
    client.write(&bob, "Third", &["music"]).await;
    client
        .post("/api/articles/first/favorite", &bob, Value::Null)
        .await;

    for (query, expected) in [
        ("", vec!["third", "second", "first"]),
        ("?tag=maths", vec!["second", "first"]),
        ("?author=bob", vec!["third"]),
        ("?favorited=bob", vec!["first"]),
        ("?favorited=ada", vec![]),
        ("?tag=music&author=ada", vec!["second"]),
        ("?tag=%25", vec![]),
    ] {
        let (status, body) = client.get(&format!("/api/articles{query}"), "").await;
        assert_eq!(
            (status, slugs(&body)),
            (200, (expected.clone(), expected.len() as i64)),
            "{query}"
        );
    }

    let (_, body) = client.get("/api/articles?tag=maths", &bob).await;
    assert_eq!(body["articles"][1]["favorited"], json!(true));
    assert_eq!(body["articles"][0].get("body"), None);
    let (_, body) = client.get("/api/tags", "").await;
    assert_eq!(body, json!({ "tags": ["maths", "music"] }));
}

#[tokio::test]
async fn lists_have_pages() {
    let client = Client::new().await;
    let ada = client.register("ada").await;
    for number in 1..=21 {
        client.write(&ada, &format!("no {number}"), &[]).await;
    }
    let list = async |query| client.get(&format!("/api/articles{query}"), "").await;

    let (_, body) = list("").await;
    assert_eq!((slugs(&body).0.len(), slugs(&body).1), (20, 21));
    let (_, body) = list("?limit=2&offset=1").await;
    assert_eq!(slugs(&body), (vec!["no-20", "no-19"], 21));
    let (_, body) = list("?offset=99").await;
    assert_eq!(slugs(&body), (vec![], 21));
    assert_eq!(list("?limit=two").await.0, 422);
}

#[tokio::test]
async fn the_feed_has_the_articles_of_users_that_the_viewer_follows() {
    let client = Client::new().await;
    let (ada, bob, eve) = (
        client.register("ada").await,
        client.register("bob").await,
        client.register("eve").await,
    );
    client.write(&bob, "By Bob", &[]).await;
    client.write(&bob, "By Bob again", &[]).await;
    client.write(&eve, "By Eve", &[]).await;

    assert_eq!(
        slugs(&client.get("/api/articles/feed", &ada).await.1),
        (vec![], 0)
    );
    client
        .post("/api/profiles/bob/follow", &ada, Value::Null)
        .await;
    let (_, body) = client.get("/api/articles/feed?limit=1", &ada).await;
    assert_eq!(slugs(&body), (vec!["by-bob-again"], 2));
    assert_eq!(body["articles"][0]["author"]["following"], json!(true));
    assert_eq!(client.get("/api/articles/feed", "").await.0, 401);
}
