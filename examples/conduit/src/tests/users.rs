use super::client::{Client, error};
use serde_json::json;

#[tokio::test]
async fn a_user_registers_logs_in_and_is_the_current_user() {
    let client = Client::new().await;
    client.register("ada").await;

    let login = json!({ "user": { "email": "ada@example.com", "password": "correct horse" } });
    let (status, body) = client.post("/api/users/login", "", login).await;
    assert_eq!(status, 200);
    let token = body["user"]["token"].as_str().unwrap();

    let (status, body) = client.get("/api/user", token).await;
    assert_eq!((status, &body["user"]["username"]), (200, &json!("ada")));
    assert_eq!(body["user"]["bio"], json!(null));
}

#[tokio::test]
async fn fields_must_not_be_blank_and_names_are_unique() {
    let client = Client::new().await;
    client.register("ada").await;
    let register = async |name: &str, email: &str, password: &str| {
        let user = json!({ "user": { "username": name, "email": email, "password": password } });
        client.post("/api/users", "", user).await
    };
    for (name, email, password, status, field, reason) in [
        (
            "",
            "b@example.com",
            "correct horse",
            422,
            "username",
            "can't be blank",
        ),
        ("bob", " ", "correct horse", 422, "email", "can't be blank"),
        (
            "bob",
            "b@example.com",
            "",
            422,
            "password",
            "can't be blank",
        ),
        (
            "bob",
            "b@example.com",
            "short7c",
            422,
            "password",
            "is too short (minimum is 8 characters)",
        ),
        (
            "ada",
            "b@example.com",
            "correct horse",
            409,
            "username",
            "has already been taken",
        ),
        (
            "bob",
            "ada@example.com",
            "correct horse",
            409,
            "email",
            "has already been taken",
        ),
    ] {
        let (found, body) = register(name, email, password).await;
        assert_eq!((found, error(&body, field).as_str()), (status, reason));
    }
    let (status, body) = client
        .post("/api/users", "", json!({ "user": { "username": "bob" } }))
        .await;
    assert_eq!(status, 422);
    assert!(
        error(&body, "email").contains("missing field `email`"),
        "{body}"
    );
}

#[tokio::test]
async fn a_failed_login_does_not_reveal_what_is_wrong() {
    let client = Client::new().await;
    client.register("ada").await;
    for (email, password) in [
        ("ada@example.com", "wrong password"),
        ("eve@example.com", "correct horse"),
    ] {
        let login = json!({ "user": { "email": email, "password": password } });
        let (status, body) = client.post("/api/users/login", "", login).await;
        assert_eq!(
            (status, error(&body, "credentials").as_str()),
            (401, "invalid")
        );
    }
}

#[tokio::test]
async fn a_change_keeps_the_fields_that_are_missing() {
    let client = Client::new().await;
    let token = client.register("ada").await;
    let change = async |user| {
        client
            .put("/api/user", &token, json!({ "user": user }))
            .await
    };

    let (status, body) =
        change(json!({ "bio": "writes", "image": "https://example.com/a.png" })).await;
    assert_eq!((status, &body["user"]["bio"]), (200, &json!("writes")));
    let (_, body) = change(json!({ "bio": "", "username": "countess" })).await;
    assert_eq!(
        (&body["user"]["bio"], &body["user"]["username"]),
        (&json!(null), &json!("countess"))
    );
    assert_eq!(body["user"]["image"], "https://example.com/a.png");
    let (_, body) = change(json!({ "image": null })).await;
    assert_eq!(body["user"]["image"], json!(null));
    assert_eq!(body["user"]["email"], "ada@example.com");

    for wrong in [
        json!({ "email": null }),
        json!({ "username": "" }),
        json!({ "password": "short7c" }),
    ] {
        assert_eq!(change(wrong).await.0, 422);
    }
    assert_eq!(change(json!({ "password": "another horse" })).await.0, 200);
    let login = json!({ "user": { "email": "ada@example.com", "password": "another horse" } });
    assert_eq!(client.post("/api/users/login", "", login).await.0, 200);
}

#[tokio::test]
async fn the_current_user_needs_a_valid_token() {
    let client = Client::new().await;
    let (status, body) = client.get("/api/user", "").await;
    assert_eq!(
        (status, error(&body, "token").as_str()),
        (401, "is missing")
    );
    let (status, body) = client.get("/api/user", "forged.token.here").await;
    assert_eq!(
        (status, error(&body, "token").as_str()),
        (401, "is invalid")
    );

    // This token was issued by another server.
    let other = Client::new().await;
    let token = other.register("eve").await;
    assert_eq!(client.get("/api/user", &token).await.0, 401);
}
