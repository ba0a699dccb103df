//! The frame of all pages. `html!` escapes every value that is not HTML.

use super::{Visitor, site};
use maud::{DOCTYPE, Markup, html};
use onward::prelude::*;

/// Returns a page for a visitor.
pub fn page(visitor: &Visitor, title: &str, content: Markup) -> Html<String> {
    let user = visitor.user();
    let in_cart: u32 = visitor.cart().values().sum();
    let message = visitor.take_message();
    document(
        title,
        html! {
            a href=(site::cart()) { "Cart (" (in_cart) ")" }
            a href=(site::sell()) { "Sell" }
            @if let Some(user) = user {
                form method="post" action=(site::logout()) {
                    button.link type="submit" { "Log out " (user.name) }
                }
            } @else {
                a href=(site::login(None)) { "Log in" }
                a href=(site::register(None)) { "Register" }
            }
        },
        html! {
            @if let Some(message) = message {
                p.message role="status" { (message) }
            }
            h1 { (title) }
            (content)
        },
    )
}

/// Returns an error page. It does not show who is logged in, because the error may be that the session cannot be
/// opened.
pub fn error_page(status: StatusCode, message: &str) -> Html<String> {
    let title = status.canonical_reason().unwrap_or("Error");
    document(
        title,
        html! { a href=(site::cart()) { "Cart" } },
        html! {
            h1 { (title) }
            p.reason { (message) }
            p { a href=(site::home(None, None)) { "Back to the products" } }
        },
    )
}

fn document(title: &str, links: Markup, content: Markup) -> Html<String> {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Shop" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/shop.css";
                script src="/assets/live.js" type="module" {}
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header {
                    nav aria-label="Shop" {
                        a.home href=(site::home(None, None)) { "Shop" }
                        (links)
                    }
                }
                main id="content" { (content) }
                footer {
                    p { "An example of Onward. " span id="live" {} }
                }
            }
        }
    };
    Html(document.into_string())
}

/// Formats a price, such as `9.50`.
pub fn price(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
