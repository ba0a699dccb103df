//! `json!` in a module that shadows common names, with strict lints denied.

#![deny(warnings, unused, rust_2018_idioms, let_underscore)]
#![deny(
    unused_qualifications,
    unused_results,
    trivial_casts,
    single_use_lifetimes
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]

/// Names that a handler's author might have used.
#[allow(dead_code, clippy::redundant_pub_crate)]
mod taken {
    pub(crate) struct Result;
    pub(crate) struct Option;
    pub(crate) struct String;
    pub(crate) struct Vec;
    pub(crate) trait Into {}
    pub(crate) trait Serialize {}
    pub(crate) struct Ok;
    pub(crate) struct Err;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Writer;
    pub(crate) mod core {}
    pub(crate) mod std {}
    pub(crate) mod onward {}
    pub(crate) mod serde_json {}
    pub(crate) mod json {}
}

#[allow(unused_imports)]
use taken::*;

fn product(id: u32, name: &str) -> ::onward::JsonText {
    if id == 0 {
        ::onward::json!({ "error": "no such user", "tags": [] })
    } else {
        ::onward::json!({ "id": id + 1, "name": name, (name): [id, { "of": (id) }] })
    }
}

#[test]
fn it_works() {
    assert_eq!(product(0, "a"), r#"{"error":"no such user","tags":[]}"#);
    assert_eq!(product(1, "a"), r#"{"id":2,"name":"a","a":[1,{"of":1}]}"#);
}

/// The macro's own variable does not collide with the user's.
#[test]
fn locals_do_not_collide() {
    let __json = 1;
    let text = ::onward::json!({ "mine": __json, "nested": ::onward::json!([__json]) });
    assert_eq!(text, r#"{"mine":1,"nested":[1]}"#);
}
