//! The code that `#[server]` generates, in hostile programs: strict lints are denied, and the names that it might rely
//! on have different meanings.
#![deny(warnings)]
#![deny(
    missing_docs,
    missing_debug_implementations,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unused_qualifications,
    unused_lifetimes,
    non_ascii_idents,
    let_underscore_drop,
    unsafe_code
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
// Lints that the code of these tests triggers itself.
#![allow(
    clippy::cargo_common_metadata,
    clippy::multiple_crate_versions,
    clippy::redundant_pub_crate,
    reason = "about the package, or a matter of taste"
)]

extern crate onward as renamed;

mod foreign_methods;
mod foreign_names;
mod fragments;
mod generics;
mod imports;
mod order;
mod parts;
mod places;
mod plain;
mod plain_responses;
mod rename;
mod scopes;
mod shadow;
mod spelling;
mod unusual;
mod urls;
mod valid_habits;
mod valid_values;
mod wrapped;
