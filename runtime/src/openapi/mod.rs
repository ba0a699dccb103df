//! OpenAPI documents of servers, generated from their routes. Needs the feature `openapi`.
//!
//! [`OpenApi`] is the document. It contains what the routes declare, and is created from the constant `ROUTES`, so it
//! cannot differ from the code. Types in a body, a reply or a query derive `schemars::JsonSchema`, which reads serde's
//! attributes; for this, the program depends on the crate `schemars`. The guide contains a page about OpenAPI.
//!
//! # Examples
//!
//! ```
//! use onward::openapi::OpenApi;
//! use onward::prelude::*;
//! use schemars::JsonSchema;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Deserialize, Serialize, JsonSchema)]
//! struct Product {
//!     name: String,
//! }
//!
//! #[server(openapi = strict)] // every type must have a schema
//! async fn shop(req: Request, res: Response) -> Result {
//!     /// Adds a product.
//!     route!(POST "/products" (Json(new): Json<Product>) as add -> Created<Json<Product>> => Created(Json(new)));
//! }
//!
//! let api = OpenApi::new(shop::ROUTES);
//! let add = &api.document()["paths"]["/products"]["post"];
//! let statuses: Vec<&String> = add["responses"].as_object().unwrap().keys().collect();
//! assert_eq!(statuses, ["201", "400", "413", "415"]);
//! ```

// Invariants:
// 1. A document lists a status only if a route can reply with it, and a content type only if it is sent or accepted.
// 2. A reply of a type that is not described has no content type, and such a body has `*/*` without a schema; the other
//    parts of the operation are complete.
// 3. The document depends only on `ROUTES`, so it is the same in every run.

mod build;
mod builtin;
mod describe;
mod document;
mod page;
#[doc(hidden)]
pub mod probe;
mod security;
#[doc(hidden)]
pub mod strict;

pub use describe::{Describe, Description, HasSchema};
pub use document::{OpenApi, print_if_requested};
pub use page::{ApiPage, api_page};
pub use security::Security;
