//! Registration, login, and the current user.

mod model;
mod store;

pub use model::{Account, Login, NewUser, UserBody, UserChange};

use crate::app::App;
use crate::auth::TOKEN;
use crate::error::ConduitError;
use crate::passwords;
use onward::prelude::*;
use store::User;

/// Routes for everyone.
#[server(openapi = strict)]
pub async fn server(req: Request, res: Response, app: App) -> Result<Sent, ConduitError> {
    /// Registers a user.
    route!(POST "/" (Json(UserBody { user }): Json<UserBody<NewUser>>) as register
        -> Created<Json<UserBody<Account>>> => {
        let user = user.checked()?;
        let password = passwords::hash(user.password).await?;
        account(&app, store::insert(&app.db, &user.username, &user.email, &password).await?).map(Created)?
    });

    /// Logs a user in.
    route!(POST "/login" (Json(UserBody { user: login }): Json<UserBody<Login>>) as login -> Json<UserBody<Account>> =>
        log_in(&app, login).await?);
}

/// The routes of the user whom the token identifies.
#[server(openapi = strict, security = TOKEN)]
pub async fn current(req: Request, res: Response, app: App) -> Result<Sent, ConduitError> {
    route!(unmatched);
    let id = app.tokens.viewer(&req)?.user()?;

    /// The current user.
    route!("/" as current_user -> Json<UserBody<Account>> => {
        let user = store::find(&app.db, id).await?;
        account(&app, user.ok_or(ConduitError::unauthorized("token", "is invalid"))?)?
    });

    /// Changes the fields that are present.
    route!(PUT "/" (Json(UserBody { user: change }): Json<UserBody<UserChange>>) as update_user
        -> Json<UserBody<Account>> => {
        let mut change = change.checked()?;
        if let Some(password) = change.password {
            change.password = Some(passwords::hash(password).await?);
        }
        account(&app, store::update(&app.db, id, change).await?)?
    });
}

async fn log_in(app: &App, login: Login) -> Result<Json<UserBody<Account>>, ConduitError> {
    let login = login.checked()?;
    let user = store::find_by_email(&app.db, &login.email).await?;
    let hash = user.as_ref().map(|user| user.password.clone());
    let is_right = passwords::is_right(login.password, hash).await?;
    match user {
        Some(user) if is_right => account(app, user),
        _ => Err(ConduitError::unauthorized("credentials", "invalid")),
    }
}

/// Returns a user as the owner sees it, with a token.
fn account(app: &App, user: User) -> Result<Json<UserBody<Account>>, ConduitError> {
    let user = Account {
        token: app.tokens.issue(user.id)?,
        email: user.email,
        username: user.username,
        bio: user.bio,
        image: user.image,
    };
    Ok(Json(UserBody { user }))
}
