use super::client::{Client, error};
use serde_json::{Value, json};

#[tokio::test]
async fn a_user_follows_and_unfollows_another_one() {
    let client = Client::new().await;
    let (ada, _) = (client.register("ada").await, client.register("bob").await);
    let following = |body: &Value| body["profile"]["following"].clone();

    let (status, body) = client.get("/api/profiles/bob", "").await;
    assert_eq!((status, &body["profile"]["username"]), (200, &json!("bob")));
    assert_eq!(following(&body), json!(false));

    for _ in 0..2 {
        let (status, body) = client
            .post("/api/profiles/bob/follow", &ada, Value::Null)
            .await;
        assert_eq!((status, following(&body)), (200, json!(true)));
    }
    assert_eq!(
        following(&client.get("/api/profiles/bob", &ada).await.1),
        json!(true)
    );
    assert_eq!(
        following(&client.get("/api/profiles/bob", "").await.1),
        json!(false)
    );

    let (status, body) = client.delete("/api/profiles/bob/follow", &ada).await;
    assert_eq!((status, following(&body)), (200, json!(false)));
}

#[tokio::test]
async fn following_needs_a_user_on_both_sides() {
    let client = Client::new().await;
    let ada = client.register("ada").await;
    assert_eq!(
        client
            .post("/api/profiles/ada/follow", "", Value::Null)
            .await
            .0,
        401
    );
    assert_eq!(client.delete("/api/profiles/ada/follow", "").await.0, 401);
    for (status, body) in [
        client.get("/api/profiles/eve", "").await,
        client
            .post("/api/profiles/eve/follow", &ada, Value::Null)
            .await,
        client.delete("/api/profiles/eve/follow", &ada).await,
    ] {
        assert_eq!(
            (status, error(&body, "profile").as_str()),
            (404, "not found")
        );
    }
}
