//! Articles, their favorites, and the feed.

mod list;
mod model;
mod slug;
mod store;

pub use list::{Filter, Page};
pub use model::{Article, ArticleBody, ArticleChange, Articles, NewArticle};
pub use store::tags;

use crate::app::App;
use crate::auth::{TOKEN, Viewer};
use crate::comments;
use crate::error::ConduitError;
use onward::prelude::*;
use sqlx::SqlitePool;

/// Routes for everyone. The mounted servers `feed` and `writing` require a user.
#[server(openapi = strict)]
pub async fn server(req: Request, res: Response, app: App) -> Result<Sent, ConduitError> {
    let viewer = app.tokens.viewer(&req)?;
    let db = app.db;

    /// The latest articles.
    route!("/?{limit: u32 = 20}&{offset: u32 = 0}&{filter..: Filter}" as articles -> Json<Articles> =>
        Json(list::latest(&db, viewer, filter, Page { limit, offset }).await?));

    route!(mount "/feed" => feed(req, res, db, viewer).await);

    /// One article.
    route!("/{slug}" as article -> Json<ArticleBody<Article>> => article(&db, viewer, slug).await?);

    route!(mount "/{slug}/comments" => comments::server(req, res, db, viewer, slug).await);
    route!(mount "/" => writing(req, res, db, viewer).await);
}

/// The articles of the users that the viewer follows.
#[server(openapi = strict, security = TOKEN)]
async fn feed(
    req: Request,
    res: Response,
    db: SqlitePool,
    viewer: Viewer,
) -> Result<Sent, ConduitError> {
    route!(unmatched);
    viewer.user()?;

    /// The latest articles of users that the viewer follows.
    route!("/?{limit: u32 = 20}&{offset: u32 = 0}" as feed -> Json<Articles> =>
        Json(list::feed(&db, viewer, Page { limit, offset }).await?));
}

/// Routes for users.
#[server(openapi = strict, security = TOKEN)]
async fn writing(
    req: Request,
    res: Response,
    db: SqlitePool,
    viewer: Viewer,
) -> Result<Sent, ConduitError> {
    route!(unmatched);
    let user = viewer.user()?;

    /// Adds an article.
    route!(POST "/" (Json(ArticleBody { article: new }): Json<ArticleBody<NewArticle>>) as create_article
        -> Created<Json<ArticleBody<Article>>> => {
        let slug = store::insert(&db, user, new.checked()?).await?;
        article(&db, viewer, &slug).await.map(Created)?
    });

    /// Changes the fields that are present.
    route!(PUT "/{slug}" (Json(ArticleBody { article: change }): Json<ArticleBody<ArticleChange>>) as update_article
        -> Json<ArticleBody<Article>> => {
        let id = store::owned(&db, user, slug).await?;
        let slug = store::update(&db, id, change.checked()?).await?;
        article(&db, viewer, &slug).await?
    });

    /// Deletes an article.
    route!(DELETE "/{slug}" as delete_article -> NoContent => {
        let id = store::owned(&db, user, slug).await?;
        store::delete(&db, id).await?;
        NoContent
    });

    /// Adds an article to the favorites of the user.
    route!(POST "/{slug}/favorite" as favorite -> Json<ArticleBody<Article>> => {
        store::favorite(&db, user, slug).await?;
        article(&db, viewer, slug).await?
    });

    /// Removes an article from the favorites of the user.
    route!(DELETE "/{slug}/favorite" as unfavorite -> Json<ArticleBody<Article>> => {
        store::unfavorite(&db, user, slug).await?;
        article(&db, viewer, slug).await?
    });
}

async fn article(
    db: &SqlitePool,
    viewer: Viewer,
    slug: &str,
) -> Result<Json<ArticleBody<Article>>, ConduitError> {
    let article = list::find(db, viewer, slug).await?;
    let article = article.ok_or(ConduitError::not_found("article"))?;
    Ok(Json(ArticleBody { article }))
}
