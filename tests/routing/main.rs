//! The routing language as its users write it. Handlers are called directly, without a socket, but for what only a
//! connection shows.

mod answers;
mod attributes;
mod client;
mod encoding;
mod errors;
mod fallback;
mod futures;
mod github;
mod guards;
mod info;
mod methods;
mod middleware;
mod nesting;
mod not_found;
mod order;
mod parameters;
mod rest;
mod segments;
mod signature;
mod trailing_slash;
mod urls;
mod wire;
