//! The code for the query, the body and the reply of a route.
//!
//! ```text
//! let page: u32 = req.url.query_or("page", || 1)?;                     // read.rs
//! let Json(new): Json<NewProduct> = req.take_body().read().await?;
//! let reply: Created<Json<Product>> = …;                               // ../handler/reply.rs
//! return ::onward::__private::reply(reply, res);
//!
//! route(&["POST"], "/products", 9).body(content!(…)).replies(…)        // info.rs
//! Url::new("/products").maybe::<u32>("page", page).finish()            // url.rs
//! ```

pub(super) mod info;
mod read;
pub(super) mod url;

pub(super) use read::with_mutable_request;
