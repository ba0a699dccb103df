//! Routes with `#[cfg]`.

use super::{assert_ifs, decide};

#[test]
fn what_only_conditional_routes_need_is_conditional() {
    assert_ifs(
        &[
            "GET /a",
            "POST /a #unix",
            "GET /b/{x} #unix",
            "POST /b/{x} #windows",
            "ANY /c",
        ],
        r#"if let Some(path) = path.strip_prefix('/') {
            #[cfg(any(unix, windows))]
            if let Some(path) = path.strip_prefix("b/")
                && let Some(x) = last_segment(path)
            {
                #[cfg(unix)]
                match *method {
                    Method::GET | Method::HEAD => return Self::C { x },
                    _ => allow |= Allow::GET,
                }
                #[cfg(windows)]
                match *method {
                    Method::POST => return Self::D { x },
                    _ => allow |= Allow::POST,
                }
            }
            if path == "a" {
                match *method {
                    Method::GET | Method::HEAD => return Self::A,
                    _ => allow |= Allow::GET,
                }
                #[cfg(unix)]
                match *method {
                    Method::POST => return Self::B,
                    _ => allow |= Allow::POST,
                }
            } else if path == "c" {
                return Self::E;
            }
        }"#,
    );
}

#[test]
fn unused_code_is_allowed_only_with_conditions() {
    assert!(!decide(&["GET /a if", "ANY /{x..}"]).contains("#[allow"));
    let conditional = decide(&["GET /a #unix"]);
    assert!(conditional.starts_with("#[allow(unreachable_code, unused_imports, unused_mut, "));
}
