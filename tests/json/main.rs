//! `json!` as users write it.

mod brackets;
mod constant;
mod expression;
mod failure;
mod hygiene;
mod same;
mod text;
