//! Orders, which reduce the stock.

use super::products::product;
use super::{Saved, Store};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The result of [`Store::buy`].
pub enum Purchase {
    Complete,
    /// There is not enough stock of this product, so nothing was bought.
    SoldOut(i64),
}

impl Store {
    /// Takes products out of the stock, all or none of them. The keys of the cart are the ids.
    pub async fn buy(&self, cart: BTreeMap<i64, u32>) -> rusqlite::Result<Purchase> {
        let events = Arc::clone(&self.events);
        self.run(move |db| {
            let order = db.transaction()?;
            let mut sold = Vec::new();
            for (id, count) in cart {
                // The condition is part of the change, so two customers cannot both buy the last item.
                let changed = order
                    .prepare_cached(
                        "UPDATE products SET stock = stock - ?2
                         WHERE id = ?1 AND (stock IS NULL OR stock >= ?2) RETURNING *",
                    )?
                    .query_row(params![id, count], product)
                    .optional()?;
                match changed {
                    Some(product) => sold.push(product),
                    // The transaction is rolled back when it is dropped.
                    None => return Ok(Purchase::SoldOut(id)),
                }
            }
            order.commit()?;
            for product in &sold {
                events.emit(Saved, product);
            }
            Ok(Purchase::Complete)
        })
        .await
    }
}
