//! The cart, which is part of the session, and the checkout.

use super::catalog::stock;
use super::layout::{self, price};
use super::{Visitor, site};
use crate::error::ShopError;
use crate::product::Product;
use crate::store::{Purchase, Store};
use maud::html;
use onward::prelude::*;
use onward::redirect;

/// The maximum quantity of one product in a cart.
const MAX: u32 = 99;

pub async fn page(res: Response, visitor: &Visitor, store: &Store) -> Result<Sent, ShopError> {
    let lines = lines(visitor, store).await?;
    let total: i64 = lines
        .iter()
        .fold(0, |sum, line| sum.saturating_add(line.cents()));
    let content = html! {
        @if lines.is_empty() {
            p.empty { "Your cart is empty." }
        } @else {
            table {
                caption { "What you have chosen" }
                thead {
                    tr {
                        th scope="col" { "Product" }
                        th scope="col" { "Available" }
                        th.number scope="col" { "Price" }
                        th.number scope="col" { "Count" }
                        td {}
                    }
                }
                tbody {
                    @for Line { product, count } in &lines {
                        tr data-product=(product.id) {
                            th scope="row" { a data-name href=(site::item(product.id)) { (product.name) } }
                            td data-stock { (stock(product)) }
                            td.number { (price(product.price_cents)) }
                            td.number { (count) }
                            td {
                                form method="post" action=(site::remove_from_cart(product.id)) {
                                    button type="submit" aria-label={ "Remove " (product.name) } { "Remove" }
                                }
                            }
                        }
                    }
                }
            }
            p.total { "Total: " (price(total)) }
            form method="post" action=(site::checkout()) {
                button.main type="submit" { "Buy" }
            }
        }
    };
    Ok(res.send(layout::page(visitor, "Cart", content)))
}

/// A product in the cart.
struct Line {
    product: Product,
    count: u32,
}

impl Line {
    fn cents(&self) -> i64 {
        self.product.price_cents.saturating_mul(self.count.into())
    }
}

/// Returns the products in the cart, without those that were deleted in the meantime.
async fn lines(visitor: &Visitor, store: &Store) -> Result<Vec<Line>, ShopError> {
    let mut lines = Vec::new();
    for (id, count) in visitor.cart() {
        if let Some(product) = store.find(id).await? {
            lines.push(Line { product, count });
        }
    }
    Ok(lines)
}

pub async fn add(
    res: Response,
    visitor: &Visitor,
    store: &Store,
    id: i64,
) -> Result<Sent, ShopError> {
    let product = store.find(id).await?.ok_or_else(Failure::not_found)?;
    visitor.edit_cart(move |cart| {
        let count = cart.entry(id).or_default();
        *count = (*count + 1).min(MAX);
    })?;
    visitor.set_message(format!("{} is in your cart.", product.name))?;
    // A redirect follows each form, so that reloading the page does not send the form again.
    Ok(res.send(redirect(site::cart())))
}

pub fn remove(res: Response, visitor: &Visitor, id: i64) -> Result<Sent, ShopError> {
    visitor.edit_cart(move |cart| {
        cart.remove(&id);
    })?;
    Ok(res.send(redirect(site::cart())))
}

/// Buys the products in the cart. There is no payment; the stock is reduced.
pub async fn check_out(res: Response, visitor: &Visitor, store: &Store) -> Result<Sent, ShopError> {
    let lines = lines(visitor, store).await?;
    if lines.is_empty() {
        return Ok(res.send(redirect(site::cart())));
    }
    let cart = lines.iter().map(|line| (line.product.id, line.count));
    let message = match store.buy(cart.collect()).await? {
        Purchase::Complete => {
            visitor.edit_cart(|cart| cart.clear())?;
            "Thank you for your order.".to_owned()
        }
        Purchase::SoldOut(id) => {
            let line = lines.iter().find(|line| line.product.id == id);
            let name = line.map_or("One product", |line| &line.product.name);
            format!("{name} is no longer available in this quantity. Nothing was bought.")
        }
    };
    visitor.set_message(message)?;
    Ok(res.send(redirect(site::cart())))
}
