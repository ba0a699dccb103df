//! Users, as others see them, and who follows whom.

use crate::app::App;
use crate::auth::{TOKEN, Viewer};
use crate::error::ConduitError;
use onward::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::{FromRow, SqlitePool};

/// A user as others see it.
#[derive(Serialize, JsonSchema, FromRow)]
pub struct Profile {
    pub username: String,
    pub bio: Option<String>,
    pub image: Option<String>,
    /// Whether the viewer follows this user.
    pub following: bool,
}

/// The body of responses.
#[derive(Serialize, JsonSchema)]
pub struct ProfileBody {
    profile: Profile,
}

/// Routes for everyone.
#[server(openapi = strict)]
pub async fn server(req: Request, res: Response, app: App) -> Result<Sent, ConduitError> {
    let viewer = app.tokens.viewer(&req)?;

    /// A profile.
    route!("/{name}" as profile -> Json<ProfileBody> => profile(&app.db, viewer, name).await?);

    route!(mount "/" => follows(req, res, app.db, viewer).await);
}

/// Routes for users.
#[server(openapi = strict, security = TOKEN)]
async fn follows(
    req: Request,
    res: Response,
    db: SqlitePool,
    viewer: Viewer,
) -> Result<Sent, ConduitError> {
    route!(unmatched);
    let user = viewer.user()?;

    /// Follows a user.
    route!(POST "/{name}/follow" as follow -> Json<ProfileBody> => {
        sqlx::query("INSERT OR IGNORE INTO follows SELECT ?, id FROM users WHERE username = ?")
            .bind(user)
            .bind(name)
            .execute(&db)
            .await?;
        profile(&db, viewer, name).await?
    });

    /// Stops following a user.
    route!(DELETE "/{name}/follow" as unfollow -> Json<ProfileBody> => {
        sqlx::query("DELETE FROM follows WHERE follower = ? AND followed = (SELECT id FROM users WHERE username = ?)")
            .bind(user)
            .bind(name)
            .execute(&db)
            .await?;
        profile(&db, viewer, name).await?
    });
}

async fn profile(
    db: &SqlitePool,
    viewer: Viewer,
    name: &str,
) -> Result<Json<ProfileBody>, ConduitError> {
    let profile = sqlx::query_as(
        "SELECT username, bio, image,
            EXISTS (SELECT 1 FROM follows WHERE follower = ? AND followed = users.id) AS following
         FROM users WHERE username = ?",
    )
    .bind(viewer.0)
    .bind(name)
    .fetch_optional(db)
    .await?
    .ok_or(ConduitError::not_found("profile"))?;
    Ok(Json(ProfileBody { profile }))
}
