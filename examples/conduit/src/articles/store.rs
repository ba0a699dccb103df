//! Writes articles.

use super::slug::slug;
use super::{ArticleChange, NewArticle};
use crate::error::ConduitError;
use sqlx::{SqliteConnection, SqlitePool};

/// The slug `?1`, with a random suffix if an article other than `?2` has it.
macro_rules! free_slug {
    () => {
        "iif(EXISTS (SELECT 1 FROM articles WHERE slug = ?1 AND id IS NOT ?2), ?1 || '-' || lower(hex(randomblob(5))), ?1)"
    };
}

/// Adds an article and returns its slug.
pub async fn insert(db: &SqlitePool, author: i64, new: NewArticle) -> sqlx::Result<String> {
    // The transaction takes the write lock at its beginning, so that it does not fail later because of another writer.
    let mut change = db.begin_with("BEGIN IMMEDIATE").await?;
    let insert = concat!(
        "INSERT INTO articles (slug, author, title, description, body) VALUES (",
        free_slug!(),
        ", ?3, ?4, ?5, ?6)
         RETURNING id, slug"
    );
    let (id, slug): (i64, String) = sqlx::query_as(insert)
        .bind(slug(&new.title))
        .bind(None::<i64>)
        .bind(author)
        .bind(new.title)
        .bind(new.description)
        .bind(new.body)
        .fetch_one(&mut *change)
        .await?;
    set_tags(&mut change, id, &new.tag_list).await?;
    change.commit().await?;
    Ok(slug)
}

/// Changes the fields that are present and returns the slug, which changes with the title.
pub async fn update(db: &SqlitePool, id: i64, change: ArticleChange) -> sqlx::Result<String> {
    let mut update = db.begin_with("BEGIN IMMEDIATE").await?;
    let statement = concat!(
        "UPDATE articles SET slug = iif(?1 IS NULL OR title = ?3, slug, ", free_slug!(), "),
            title = coalesce(?3, title), description = coalesce(?4, description), body = coalesce(?5, body),
            updated_at = strftime('%Y-%m-%dT%H:%M:%fZ')
         WHERE id = ?2 RETURNING slug"
    );
    let slug = sqlx::query_scalar(statement)
        .bind(change.title.as_deref().map(slug))
        .bind(id)
        .bind(change.title)
        .bind(change.description)
        .bind(change.body)
        .fetch_one(&mut *update)
        .await?;
    if let Some(tags) = change.tag_list {
        set_tags(&mut update, id, &tags).await?;
    }
    update.commit().await?;
    Ok(slug)
}

async fn set_tags(
    change: &mut SqliteConnection,
    article: i64,
    tags: &[String],
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM article_tags WHERE article = ?")
        .bind(article)
        .execute(&mut *change)
        .await?;
    sqlx::query(
        "INSERT OR IGNORE INTO article_tags (article, tag) SELECT ?, value FROM json_each(?)",
    )
    .bind(article)
    .bind(sqlx::types::Json(tags))
    .execute(change)
    .await?;
    Ok(())
}

pub async fn delete(db: &SqlitePool, id: i64) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM articles WHERE id = ?")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Returns the id of an article, a 403 if the article belongs to another user, or a 404 if it does not exist.
pub async fn owned(db: &SqlitePool, user: i64, slug: &str) -> Result<i64, ConduitError> {
    let found: Option<(i64, i64)> =
        sqlx::query_as("SELECT id, author FROM articles WHERE slug = ?")
            .bind(slug)
            .fetch_optional(db)
            .await?;
    match found {
        Some((id, author)) if author == user => Ok(id),
        Some(_) => Err(ConduitError::forbidden("article")),
        None => Err(ConduitError::not_found("article")),
    }
}

pub async fn favorite(db: &SqlitePool, user: i64, slug: &str) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT OR IGNORE INTO favorites (article, user) SELECT id, ? FROM articles WHERE slug = ?",
    )
    .bind(user)
    .bind(slug)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn unfavorite(db: &SqlitePool, user: i64, slug: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM favorites WHERE user = ? AND article = (SELECT id FROM articles WHERE slug = ?)")
        .bind(user)
        .bind(slug)
        .execute(db)
        .await?;
    Ok(())
}

/// Returns the tags of all articles.
pub async fn tags(db: &SqlitePool) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("SELECT DISTINCT tag FROM article_tags ORDER BY tag")
        .fetch_all(db)
        .await
}
