//! The whole server: users, profiles and articles have separate servers, each mounted below its path.

use crate::auth::Tokens;
use crate::error::ConduitError;
use crate::{articles, profiles, users};
use onward::cors;
use onward::openapi::OpenApi;
use onward::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::SqlitePool;

/// The resources of the handlers; clones share them.
#[derive(Clone)]
pub struct App {
    pub db: SqlitePool,
    pub tokens: Tokens,
}

#[derive(Serialize, JsonSchema)]
struct Tags {
    tags: Vec<String>,
}

/// RealWorld: a site for articles.
#[server(openapi = strict)]
pub async fn conduit(req: Request, mut res: Response, app: App) -> Result<Sent, ConduitError> {
    // The pages that use this API come from other origins.
    cors(&req, &mut res, "*");

    /// The tags of all articles.
    route!("/api/tags" as tags -> Json<Tags> => Json(Tags { tags: articles::tags(&app.db).await? }));

    #[doc(hidden)]
    route!("/openapi.json" => OpenApi::new(conduit::ROUTES));

    route!(mount "/api/users" => users::server(req, res, app).await);
    route!(mount "/api/user" => users::current(req, res, app).await);
    route!(mount "/api/profiles" => profiles::server(req, res, app).await);
    route!(mount "/api/articles" => articles::server(req, res, app).await);
}
