//! Products, as they are received and sent.

use crate::error::ShopError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A product in the store.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Product {
    pub id: i64,
    pub name: String,
    pub price_cents: i64,
    /// The number of items that are left. Without this field, the product is made to order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<i64>,
    /// The URL of the product's picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The member who sells the product; `None` if it was added through the API.
    #[serde(skip)]
    pub seller: Option<i64>,
}

impl Product {
    pub fn is_sold_out(&self) -> bool {
        self.stock == Some(0)
    }

    /// Returns whether a member may change the product.
    pub fn belongs_to(&self, user: i64) -> bool {
        self.seller.is_none_or(|seller| seller == user)
    }
}

/// A product as a client sends it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProduct {
    pub name: String,
    pub price_cents: i64,
    #[serde(default)]
    pub stock: Option<i64>,
}

impl NewProduct {
    /// Checks the rules that the type cannot express.
    pub fn checked(self) -> Result<Self, ShopError> {
        if self.name.trim().is_empty() {
            return Err(ShopError::Invalid("`name` is empty".to_owned()));
        }
        if self.price_cents < 0 {
            return Err(ShopError::Invalid("`price_cents` is negative".to_owned()));
        }
        if self.stock.is_some_and(|stock| stock < 0) {
            return Err(ShopError::Invalid("`stock` is negative".to_owned()));
        }
        Ok(self)
    }
}
