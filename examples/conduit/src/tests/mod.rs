//! The API, called without a socket.

mod articles;
mod client;
mod comments;
mod lists;
mod openapi;
mod profiles;
mod users;
