//! Reads articles.

use super::{Article, Articles};
use crate::auth::Viewer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::SqlitePool;

/// The part of a list that a request asks for.
pub struct Page {
    pub limit: u32,
    pub offset: u32,
}

/// The conditions that the articles of a list satisfy.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
pub struct Filter {
    pub tag: Option<String>,
    /// The name of the author.
    pub author: Option<String>,
    /// The name of a user who likes the articles.
    pub favorited: Option<String>,
}

/// Selects articles as the viewer `?1` sees them.
macro_rules! articles {
    ($body:literal, $condition:expr) => {
        concat!(
            "SELECT slug, title, description, created_at, updated_at, ", $body, " AS body,
                (SELECT json_group_array(tag ORDER BY tag) FROM article_tags WHERE article = articles.id) AS tag_list,
                EXISTS (SELECT 1 FROM favorites WHERE article = articles.id AND user = ?1) AS favorited,
                (SELECT count(*) FROM favorites WHERE article = articles.id) AS favorites_count,
                username, bio, image,
                EXISTS (SELECT 1 FROM follows WHERE follower = ?1 AND followed = author) AS following
             FROM articles JOIN users ON users.id = author WHERE ", $condition
        )
    };
}

/// The condition that the articles of a list satisfy, for the viewer `?1`.
macro_rules! condition {
    () => {
        "(?2 IS NULL OR articles.id IN (SELECT article FROM article_tags WHERE tag = ?2))
         AND (?3 IS NULL OR username = ?3)
         AND (?4 IS NULL OR articles.id IN
            (SELECT article FROM favorites JOIN users ON users.id = user WHERE username = ?4))
         AND (NOT ?5 OR author IN (SELECT followed FROM follows WHERE follower = ?1))"
    };
}

pub async fn find(db: &SqlitePool, viewer: Viewer, slug: &str) -> sqlx::Result<Option<Article>> {
    sqlx::query_as(articles!("body", "slug = ?2"))
        .bind(viewer.0)
        .bind(slug)
        .fetch_optional(db)
        .await
}

/// Returns one page of the articles that match a filter, the latest first.
pub async fn latest(
    db: &SqlitePool,
    viewer: Viewer,
    filter: Filter,
    page: Page,
) -> sqlx::Result<Articles> {
    list(db, viewer, filter, false, page).await
}

/// Returns one page of the articles of the users that the viewer follows, the latest first.
pub async fn feed(db: &SqlitePool, viewer: Viewer, page: Page) -> sqlx::Result<Articles> {
    list(db, viewer, Filter::default(), true, page).await
}

async fn list(
    db: &SqlitePool,
    viewer: Viewer,
    filter: Filter,
    is_feed: bool,
    page: Page,
) -> sqlx::Result<Articles> {
    let count = concat!(
        "SELECT count(*) FROM articles JOIN users ON users.id = author WHERE ",
        condition!()
    );
    let articles_count = sqlx::query_scalar(count)
        .bind(viewer.0)
        .bind(&filter.tag)
        .bind(&filter.author)
        .bind(&filter.favorited)
        .bind(is_feed)
        .fetch_one(db)
        .await?;
    let articles = articles!(
        "NULL",
        concat!(
            condition!(),
            " ORDER BY articles.id DESC LIMIT ?6 OFFSET ?7"
        )
    );
    let articles = sqlx::query_as(articles)
        .bind(viewer.0)
        .bind(filter.tag)
        .bind(filter.author)
        .bind(filter.favorited)
        .bind(is_feed)
        .bind(page.limit.min(100))
        .bind(page.offset)
        .fetch_all(db)
        .await?;
    Ok(Articles {
        articles,
        articles_count,
    })
}
