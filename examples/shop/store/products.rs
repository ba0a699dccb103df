//! The products in the database.

use super::{Deleted, Saved, Store};
use crate::product::{NewProduct, Product};
use rusqlite::{OptionalExtension, Row, params};
use std::sync::Arc;

/// The number of products on a page.
pub const PAGE: u32 = 20;

impl Store {
    /// Returns one page of the products whose names contain a text. Pages are counted from 1.
    pub async fn list(&self, search: String, page: u32) -> rusqlite::Result<Vec<Product>> {
        self.run(move |db| {
            let mut select = db.prepare_cached(
                "SELECT * FROM products
                 WHERE instr(lower(name), lower(?1)) > 0 ORDER BY name, id LIMIT ?2 OFFSET ?3",
            )?;
            let offset = u64::from(page.saturating_sub(1)) * u64::from(PAGE);
            let offset = i64::try_from(offset).unwrap_or(i64::MAX);
            let rows = select.query_map(params![search, PAGE, offset], product)?;
            rows.collect()
        })
        .await
    }

    pub async fn find(&self, id: i64) -> rusqlite::Result<Option<Product>> {
        self.run(move |db| {
            db.prepare_cached("SELECT * FROM products WHERE id = ?1")?
                .query_row([id], product)
                .optional()
        })
        .await
    }

    pub async fn insert(&self, new: NewProduct) -> rusqlite::Result<Product> {
        self.insert_of(None, new).await
    }

    /// Adds a product that a member sells.
    pub async fn insert_of(
        &self,
        seller: Option<i64>,
        new: NewProduct,
    ) -> rusqlite::Result<Product> {
        let events = Arc::clone(&self.events);
        self.run(move |db| {
            let saved = db
                .prepare_cached(
                    "INSERT INTO products (name, price_cents, stock, seller) VALUES (?1, ?2, ?3, ?4)
                     RETURNING *",
                )?
                .query_row(
                    params![new.name, new.price_cents, new.stock, seller],
                    product,
                )?;
            events.emit(Saved, &saved);
            Ok(saved)
        })
        .await
    }

    pub async fn update(&self, id: i64, new: NewProduct) -> rusqlite::Result<Option<Product>> {
        let events = Arc::clone(&self.events);
        self.run(move |db| {
            let saved = db
                .prepare_cached(
                    "UPDATE products SET name = ?2, price_cents = ?3, stock = ?4 WHERE id = ?1
                     RETURNING *",
                )?
                .query_row(params![id, new.name, new.price_cents, new.stock], product)
                .optional()?;
            if let Some(saved) = &saved {
                events.emit(Saved, saved);
            }
            Ok(saved)
        })
        .await
    }

    /// Sets the URL of the picture.
    pub async fn set_picture(&self, id: i64, url: String) -> rusqlite::Result<()> {
        let events = Arc::clone(&self.events);
        self.run(move |db| {
            let saved = db
                .prepare_cached("UPDATE products SET picture = ?2 WHERE id = ?1 RETURNING *")?
                .query_row(params![id, url], product)
                .optional()?;
            if let Some(saved) = saved {
                events.emit(Saved, &saved);
            }
            Ok(())
        })
        .await
    }

    /// Deletes a product. Returns `false` if there is no such product.
    pub async fn delete(&self, id: i64) -> rusqlite::Result<bool> {
        let events = Arc::clone(&self.events);
        self.run(move |db| {
            let is_deleted = db.execute("DELETE FROM products WHERE id = ?1", [id])? > 0;
            if is_deleted {
                events.emit(Deleted, &id);
            }
            Ok(is_deleted)
        })
        .await
    }

    pub async fn count(&self) -> rusqlite::Result<i64> {
        self.run(|db| db.query_row("SELECT count(*) FROM products", [], |row| row.get(0)))
            .await
    }
}

/// Reads all columns of a product.
pub(super) fn product(row: &Row<'_>) -> rusqlite::Result<Product> {
    Ok(Product {
        id: row.get("id")?,
        name: row.get("name")?,
        price_cents: row.get("price_cents")?,
        stock: row.get("stock")?,
        picture: row.get("picture")?,
        seller: row.get("seller")?,
    })
}
