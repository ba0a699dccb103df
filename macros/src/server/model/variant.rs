//! Names for the variants of the generated enum.
//!
//! ```text
//! "/"                             Root
//! "/products/{id: u32}"           ProductsId
//! POST "/products"                PostProducts
//! ANY "/admin/{rest..}" as admin  Admin
//! mount "/shop"                   MountShop
//! ```

use super::Route;
use crate::http::methods::Methods;
use crate::server::pattern::{Pattern, SegmentPart, is_identifier};
use proc_macro2::{Ident, Span};
use std::collections::HashSet;

/// The variant for requests that no route matched.
pub(crate) const UNMATCHED: &str = "Unmatched";

/// Names that the variant of a route cannot have; all but the first two are constants.
const TAKEN: [&str; 6] = [
    UNMATCHED,
    "Self",
    "ROUTES",
    "SLASH",
    "HANDLES_ALL",
    "IS_SERVER",
];

/// Chooses names that are unique in the enum.
pub(super) struct VariantNames {
    taken: HashSet<String>,
}

impl VariantNames {
    pub(super) fn new() -> Self {
        let mut taken = HashSet::new();
        for name in TAKEN {
            taken.insert(name.to_owned());
        }
        Self { taken }
    }

    pub(super) fn choose(&mut self, wish: &str, span: Span) -> Ident {
        let wish = if is_identifier(wish) || wish == "Self" {
            wish
        } else {
            "Route"
        };
        let mut name = wish.to_owned();
        let mut number = 1;
        while self.taken.contains(&name) {
            number += 1;
            name = format!("{wish}{number}");
        }
        self.taken.insert(name.clone());
        Ident::new(&name, span)
    }
}

/// Returns the preferred name of a route's variant.
pub(super) fn wish(route: &Route) -> String {
    if let Some(name) = &route.name {
        return camel(name.to_string().trim_start_matches("r#"));
    }
    let mut wish = match route.mount {
        Some(_) => "Mount".to_owned(),
        None => method_prefix(route.methods),
    };
    let pattern = &route.pattern;
    let path = path_words(pattern);
    wish.push_str(if path.is_empty() { "Root" } else { &path });
    wish
}

/// Returns the prefix for the methods, which is empty for GET, the default.
fn method_prefix(methods: Methods) -> String {
    if methods.is_any() {
        return "Any".to_owned();
    }
    let names: Vec<&str> = methods.names().collect();
    match names.as_slice() {
        ["GET"] | ["GET", "HEAD"] => String::new(),
        names => names
            .iter()
            .filter(|name| !(**name == "HEAD" && names.contains(&"GET")))
            .map(|name| camel(&name.to_lowercase()))
            .collect(),
    }
}

fn path_words(pattern: &Pattern) -> String {
    let mut words = String::new();
    for segment in &pattern.segments {
        for part in segment.parts() {
            words.push_str(&camel(match part {
                SegmentPart::Text(text) => text,
                SegmentPart::Param(param) => &param.name,
            }));
        }
    }
    words
}

/// Converts `order-items` to `OrderItems`; characters that are not valid in a name are left out.
fn camel(text: &str) -> String {
    let mut camel = String::new();
    for word in text.split(|char: char| !char.is_alphanumeric()) {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            camel.extend(first.to_uppercase());
        }
        camel.push_str(chars.as_str());
    }
    camel
}

/// Assigns a variant to every route.
pub(super) fn assign(routes: &mut [Route]) {
    let mut names = VariantNames::new();
    for route in routes {
        let wish = wish(route);
        let wish = if wish.starts_with(char::is_numeric) {
            format!("N{wish}")
        } else {
            wish
        };
        let span = route.name.as_ref().map_or(route.path.span(), Ident::span);
        route.variant = names.choose(&wish, span);
    }
}
