//! The expansion, pasted into a file, does what the macro does.

use crate::program::{Answer, Program};

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
            let ask = |server: &Program| told(&server.ask(method, path, &[], ""));
            assert_eq!(ask(&by_macro), ask(&by_hand), "{method} {path}");
        }
    }
}

fn told(answer: &Answer) -> (u16, String, String, String) {
    let header = |name| answer.header(name).to_owned();
    let body = answer.body.clone();
    (answer.status, header("content-type"), header("allow"), body)
}
