//! The list of products, and the page of a product.

use super::layout::{page, price};
use super::{Visitor, site};
use crate::error::ShopError;
use crate::product::Product;
use crate::shop;
use crate::store::{PAGE, Store};
use maud::{Markup, html};
use onward::prelude::*;

pub async fn list(
    res: Response,
    visitor: &Visitor,
    store: &Store,
    search: String,
    number: u32,
) -> Result<Sent, ShopError> {
    let products = store.list(search.clone(), number).await?;
    let is_last = u32::try_from(products.len()).is_ok_and(|len| len < PAGE);
    let to = |number: u32| site::home(search.clone(), number);
    // The script gets the same products from the API.
    let source = shop::products(search.clone(), number);
    let blank = Product {
        name: "A new product".to_owned(),
        ..Product::default()
    };
    let content = html! {
        search {
            form action=(site::home(None, None)) {
                label for="search" { "Name" }
                input id="search" name="search" type="search" value=(search);
                button type="submit" { "Search" }
            }
        }
        @if products.is_empty() {
            p.empty { "There is nothing here." }
        }
        ul.products data-source=(source) {
            @for product in &products { (card(product)) }
        }
        // The script fills a copy of this template for a product that is added while the page is open.
        template id="card" { (card(&blank)) }
        @if number > 1 || !is_last {
            nav.pages aria-label="Pages" {
                @if number > 1 { a href=(to(number - 1)) rel="prev" { "Previous page" } }
                @if !is_last { a href=(to(number.saturating_add(1))) rel="next" { "Next page" } }
            }
        }
    };
    Ok(res.send(page(visitor, "Products", content)))
}

fn card(product: &Product) -> Markup {
    html! {
        li data-product=(product.id) {
            (picture(product))
            h2 { a data-name href=(site::item(product.id)) { (product.name) } }
            (offer(product))
        }
    }
}

pub async fn product(
    res: Response,
    visitor: &Visitor,
    store: &Store,
    id: i64,
) -> Result<Sent, ShopError> {
    let product = store.find(id).await?.ok_or_else(Failure::not_found)?;
    let may_change = visitor.user().is_some_and(|it| product.belongs_to(it.id));
    let content = html! {
        article.product data-product=(product.id) {
            (picture(&product))
            div { (offer(&product)) }
        }
        @if may_change {
            form.box method="post" action=(site::set_picture(id)) enctype="multipart/form-data" {
                h2 { "Change the picture" }
                (picture_field(true))
                button type="submit" { "Upload" }
            }
        }
    };
    Ok(res.send(page(visitor, &product.name, content)))
}

/// Returns the form field for a picture.
pub fn picture_field(is_required: bool) -> Markup {
    html! {
        label for="picture" { "Picture (PNG, JPEG, GIF or WebP, up to 2 MiB)" }
        input id="picture" name="picture" type="file" required[is_required]
            accept="image/png,image/jpeg,image/gif,image/webp";
    }
}

/// Returns the picture, or an empty frame. A picture needs no description, because the name is next to it.
fn picture(product: &Product) -> Markup {
    html! {
        div.picture {
            @if let Some(url) = &product.picture { img src=(url) alt=""; }
        }
    }
}

/// Returns the price, the stock and the button.
fn offer(product: &Product) -> Markup {
    html! {
        p { span.price data-price { (price(product.price_cents)) } }
        p { span.stock data-stock { (stock(product)) } }
        form method="post" action=(site::add_to_cart(product.id)) {
            button type="submit" data-buy disabled[product.is_sold_out()] { "Add to cart" }
        }
    }
}

/// Returns the stock in words. `live.js` uses the same words.
pub fn stock(product: &Product) -> String {
    match product.stock {
        None => "made to order".to_owned(),
        Some(0) => "sold out".to_owned(),
        Some(left) => format!("{left} left"),
    }
}
