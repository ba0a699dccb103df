//! The routes.

use onward::prelude::*;
use onward::{readiness, security_headers};
use sqlx::SqlitePool;

#[server]
pub async fn app(req: Request, mut res: Response, db: SqlitePool) -> Result {
    security_headers(&mut res);
    route!("/" => Html("<!doctype html><title>Hello</title><h1>Hello</h1>"));
    route!("/readyz" => readiness(&req));

    route!("/notes" as notes -> Json<Vec<String>> =>
        Json(sqlx::query_scalar("SELECT text FROM notes ORDER BY id").fetch_all(&db).await?));
    route!(POST "/notes" (text: String) as add_note -> Created<String> => {
        sqlx::query("INSERT INTO notes (text) VALUES (?)").bind(&text).execute(&db).await?;
        Created(text)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn notes_are_added_and_listed() -> Result<()> {
        let db = crate::database::open("sqlite::memory:").await?;
        let req = Request::post("/notes").body("milk");
        let sent = app(req, Response::new(), db.clone()).await?;
        assert_eq!(sent.status_code(), StatusCode::CREATED);
        let sent = app(Request::get("/notes"), Response::new(), db).await?;
        assert_eq!(sent.json::<Vec<String>>(), ["milk"]);
        Ok(())
    }
}
