//! Products, as they are received and sent.

use crate::error::ShopError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A product in the store.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Product {
    pub id: i64,
    pub name: String,
    pub price_cents: i64,
}

/// A product as a client sends it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProduct {
    pub name: String,
    pub price_cents: i64,
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
        Ok(self)
    }
}
