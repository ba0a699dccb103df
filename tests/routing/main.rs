//! The routing language as its users write it. Handlers are called directly, without a socket.

mod smoke;
