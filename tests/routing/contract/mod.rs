//! The query, the body and the reply of a route, with one test for each rule of the grammar.

mod body;
mod info;
mod query;
mod reply;
mod types;
mod urls;
