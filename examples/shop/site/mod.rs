//! The pages, for people: a separate server, mounted below the routes of the API.
//!
//! Each file covers one subject. All pages work without JavaScript; `assets/live.js` keeps the stock on them up to
//! date.

mod account;
mod assets;
mod cart;
mod catalog;
mod layout;
mod password;
mod pictures;
mod sell;
mod visitor;

use crate::Shop;
use crate::error::ShopError;
use onward::csrf;
use onward::prelude::*;

pub use layout::error_page;
pub use pictures::Pictures;
pub use visitor::Visitor;

#[server]
pub async fn site(req: Request, mut res: Response, shop: Shop) -> Result<Sent, ShopError> {
    // Assets and pictures need no session.
    route!("/assets/shop.css" => assets::style(res));
    route!("/assets/live.js" => assets::script(res));
    route!("/assets/icon.svg" => assets::icon(res));
    route!("/pictures/{name}" as picture => shop.pictures.send(&req, res, name).await?);

    // A form on another site can neither buy anything nor log a member out.
    csrf(&req)?;
    let visitor = visitor::open(&shop.sessions, &req, &mut res).await?;

    /// The products, by name.
    route!("/?{search: String = \"\"}&{page: u32 = 1}" as home =>
        catalog::list(res, &visitor, &shop.store, search, page).await?);
    /// One product.
    route!("/items/{id: i64}" as item => catalog::product(res, &visitor, &shop.store, id).await?);

    route!("/cart" as cart => cart::page(res, &visitor, &shop.store).await?);
    route!(POST "/cart/{id: i64}" as add_to_cart => cart::add(res, &visitor, &shop.store, id).await?);
    route!(POST "/cart/{id: i64}/remove" as remove_from_cart => cart::remove(res, &visitor, id)?);

    route!("/register?{next: String = \"/\"}" as register => account::register_page(res, &visitor, &next));
    route!(POST "/register" (Form(form): Form<account::Credentials>) =>
        account::register(res, &visitor, &shop.store, form).await?);
    route!("/login?{next: String = \"/\"}" as login => account::login_page(res, &visitor, &next));
    route!(POST "/login" (Form(form): Form<account::Credentials>) =>
        account::log_in(res, &visitor, &shop.store, form).await?);
    route!(POST "/logout" as logout => account::log_out(res, &visitor)?);

    // The routes below are for members. A path without a route results in a 404, not in a redirect to the login.
    route!(unmatched);
    let Some(user) = visitor.user() else {
        return Ok(account::ask_to_log_in(&req, res, &visitor)?);
    };

    route!("/sell" as sell => sell::page(res, &visitor));
    route!(POST "/sell" => sell::offer(req.body, res, &visitor, &shop, &user).await?);
    /// Sets the picture of a product.
    route!(POST "/items/{id: i64}/picture" as set_picture => sell::set_picture(req.body, res, &visitor, &shop, &user, id).await?);
    route!(POST "/checkout" as checkout => cart::check_out(res, &visitor, &shop.store).await?);
}
