//! Mounts.

use super::{assert_ifs, decide};

#[test]
fn a_mount_gets_the_methods_of_the_routes_above_it() {
    assert_ifs(
        &["GET /admin", "GET /admin/{x}", "mount /admin", "POST /b"],
        r#"if let Some(path) = path.strip_prefix('/') {
            if let Some(path) = path.strip_prefix("admin") {
                if path.is_empty() {
                    match *method {
                        Method::GET | Method::HEAD => return Self::A,
                        _ => allow |= Allow::GET,
                    }
                    return Self::C { __allow: allow };
                } else if let Some(path) = path.strip_prefix('/') {
                    if let Some(x) = last_segment(path) {
                        match *method {
                            Method::GET | Method::HEAD => return Self::B { x },
                            _ => allow |= Allow::GET,
                        }
                    }
                    return Self::C { __allow: allow };
                }
            } else if path == "b" {
                match *method {
                    Method::POST => return Self::D,
                    _ => allow |= Allow::POST,
                }
            }
        }"#,
    );
}

#[test]
fn a_mount_without_routes_above_it_needs_no_more_than_its_path() {
    assert_eq!(
        decide(&["mount /admin"]),
        r#"fn decide(method: &::onward::__private::Method, path: &str) -> Self {
    use ::core::option::Option::Some;
    use ::onward::__private::{Allow, Unmatched};
    let allow = Allow::NONE;
    if let Some(path) = path.strip_prefix("/admin") {
        if path.is_empty() {
            return Self::A { __allow: allow };
        } else if path.starts_with('/') {
            return Self::A { __allow: allow };
        }
    }
    Self::Unmatched(Unmatched::new(method, path, Allow::NONE))
}
"#
    );
}
