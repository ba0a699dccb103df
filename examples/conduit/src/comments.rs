//! The comments of an article.

use crate::auth::{TOKEN, Viewer};
use crate::error::ConduitError;
use crate::profiles::Profile;
use crate::validate;
use onward::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, SqlitePool};

#[derive(Serialize, JsonSchema, FromRow)]
#[serde(rename_all = "camelCase")]
struct Comment {
    id: i64,
    created_at: String,
    updated_at: String,
    body: String,
    #[sqlx(flatten)]
    author: Profile,
}

#[derive(Deserialize, JsonSchema)]
struct NewComment {
    body: String,
}

/// The body of requests and responses.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Body")]
struct CommentBody<T> {
    comment: T,
}

#[derive(Serialize, JsonSchema)]
struct Comments {
    comments: Vec<Comment>,
}

/// Selects comments as the viewer `?1` sees them.
macro_rules! comments {
    ($condition:literal) => {
        concat!(
            "SELECT comments.id, body, created_at, updated_at, username, bio, image,
                EXISTS (SELECT 1 FROM follows WHERE follower = ?1 AND followed = author) AS following
             FROM comments JOIN users ON users.id = author WHERE ", $condition
        )
    };
}

/// Routes for everyone.
#[server(openapi = strict)]
pub async fn server(
    req: Request,
    res: Response,
    db: SqlitePool,
    viewer: Viewer,
    slug: &str,
) -> Result<Sent, ConduitError> {
    /// The comments of an article.
    route!("/" as comments -> Json<Comments> => {
        let article = article(&db, slug).await?;
        let comments = sqlx::query_as(comments!("article = ?2 ORDER BY comments.id DESC"))
            .bind(viewer.0)
            .bind(article)
            .fetch_all(&db)
            .await?;
        Json(Comments { comments })
    });

    route!(mount "/" => writing(req, res, db, viewer, slug).await);
}

/// Routes for users.
#[server(openapi = strict, security = TOKEN)]
async fn writing(
    req: Request,
    res: Response,
    db: SqlitePool,
    viewer: Viewer,
    slug: &str,
) -> Result<Sent, ConduitError> {
    route!(unmatched);
    let user = viewer.user()?;
    let article = article(&db, slug).await?;

    /// Adds a comment.
    route!(POST "/" (Json(CommentBody { comment: new }): Json<CommentBody<NewComment>>) as add_comment
        -> Created<Json<CommentBody<Comment>>> => {
        validate::required("body", &new.body)?;
        let id: i64 = sqlx::query_scalar("INSERT INTO comments (article, author, body) VALUES (?, ?, ?) RETURNING id")
            .bind(article)
            .bind(user)
            .bind(new.body)
            .fetch_one(&db)
            .await?;
        let comment = sqlx::query_as(comments!("comments.id = ?2")).bind(user).bind(id).fetch_one(&db).await?;
        Created(Json(CommentBody { comment }))
    });

    /// Deletes a comment.
    route!(DELETE "/{id: i64}" as delete_comment -> NoContent => delete(&db, user, article, id).await?);
}

/// Returns the id of an article.
async fn article(db: &SqlitePool, slug: &str) -> Result<i64, ConduitError> {
    let id = sqlx::query_scalar("SELECT id FROM articles WHERE slug = ?")
        .bind(slug)
        .fetch_optional(db)
        .await?;
    id.ok_or(ConduitError::not_found("article"))
}

async fn delete(
    db: &SqlitePool,
    user: i64,
    article: i64,
    id: i64,
) -> Result<NoContent, ConduitError> {
    let author: Option<i64> =
        sqlx::query_scalar("SELECT author FROM comments WHERE id = ? AND article = ?")
            .bind(id)
            .bind(article)
            .fetch_optional(db)
            .await?;
    match author {
        Some(author) if author == user => {
            sqlx::query("DELETE FROM comments WHERE id = ?")
                .bind(id)
                .execute(db)
                .await?;
            Ok(NoContent)
        }
        Some(_) => Err(ConduitError::forbidden("comment")),
        None => Err(ConduitError::not_found("comment")),
    }
}
