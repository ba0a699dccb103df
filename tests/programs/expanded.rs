//! The expansion, pasted into a file, behaves like the macro.

use crate::program::{Program, Received};

#[test]
fn the_pasted_expansion_behaves_like_the_macro() {
    let by_macro = Program::serve("products", &[]);
    let by_hand = Program::serve("products_expanded", &[]);
    for method in ["GET", "HEAD", "POST", "OPTIONS", "DELETE"] {
        for path in [
            "/",
            "/products",
            "/products/",
            "/nope",
            "/%70roducts",
            "/%zz",
            "//",
        ] {
            let ask = |server: &Program| summary(&server.ask(method, path, &[], ""));
            assert_eq!(ask(&by_macro), ask(&by_hand), "{method} {path}");
        }
    }
}

fn summary(response: &Received) -> (u16, String, String, String) {
    let header = |name| response.header(name).to_owned();
    let body = response.body.clone();
    (
        response.status,
        header("content-type"),
        header("allow"),
        body,
    )
}
