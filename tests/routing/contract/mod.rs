//! What a route declares besides its path: query, body and reply. One test for each sentence of the grammar.

mod body;
mod info;
mod query;
mod reply;
mod types;
mod urls;
