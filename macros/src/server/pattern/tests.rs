//! Valid and invalid paths.

use super::{Pattern, SegmentPart, parse};

/// Returns the pattern in a short notation: `users/[id: u32]-[to]/[rest..]`.
fn notation(pattern: &Pattern) -> String {
    let segments = pattern.segments.iter().map(|segment| {
        let parts = segment.parts().map(|part| match part {
            SegmentPart::Text(text) => text.to_owned(),
            SegmentPart::Param(param) => {
                let ty = param.ty.as_ref();
                let ty = ty.map_or(String::new(), |ty| format!(": {ty}"));
                let dots = if param.extent.is_tail() { ".." } else { "" };
                format!("[{}{dots}{ty}]", param.name)
            }
        });
        parts.collect::<String>()
    });
    segments.collect::<Vec<_>>().join("/")
}

#[test]
fn valid_paths() {
    let cases = [
        ("/", ""),
        ("/products", "products"),
        ("/products/{id}", "products/[id]"),
        ("/products/{id: u32}", "products/[id: u32]"),
        ("/products/{ id:u32 }", "products/[id: u32]"),
        (
            "/x/{id: std::num::NonZeroU8}",
            "x/[id: std::num::NonZeroU8]",
        ),
        ("/x/{id: Wrapper<u8, 4>}", "x/[id: Wrapper<u8, 4>]"),
        ("/x/{id: [u8; 4]}", "x/[id: [u8; 4]]"),
        ("/{file}.json", "[file].json"),
        ("/@{user}", "@[user]"),
        ("/{from}-{to}", "[from]-[to]"),
        ("/v{major: u8}.{minor: u8}/x", "v[major: u8].[minor: u8]/x"),
        ("/files/{rest..}", "files/[rest..]"),
        ("/files/{ rest .. }", "files/[rest..]"),
        ("/{_id}", "[_id]"),
        ("/{r#type}", "[r#type]"),
        ("/{größe}", "[größe]"),
        ("/café/100%", "café/100%"),
        ("/wiki/Rust_(language)", "wiki/Rust_(language)"),
        ("/v1/{name}:cancel", "v1/[name]:cancel"),
        ("/.well-known/acme", ".well-known/acme"),
        ("/a b", "a b"),
        ("/~user/*.txt", "~user/*.txt"),
        ("/a$b+c,d;e=f!g'h", "a$b+c,d;e=f!g'h"),
        ("/[x-y]", "[x-y]"),
        ("/odata/$metadata", "odata/$metadata"),
        ("/price/{from}$", "price/[from]$"),
        ("/{{a}}", "{a}"),
        ("/x{{y}}{{z}}/{{", "x{y}{z}/{"),
        ("/{{{a}}}", "{[a]}"),
        ("/{a}{{b}}{c}", "[a]{b}[c]"),
        ("/{{a/b}}/{c}", "{a/b}/[c]"),
    ];
    for (path, expected) in cases {
        let pattern = parse(path).unwrap_or_else(|errors| panic!("{path}: {errors:?}"));
        assert_eq!(notation(&pattern), expected, "{path}");
    }
}

/// Invalid paths, each with a part of the help for its first error.
const INVALID: &[(&str, &str)] = &[
    ("", "\"/\""),
    ("products", "\"/products\""),
    ("{id}", "\"/{id}\""),
    ("http://localhost/products", "\"/products\""),
    ("/products/", "\"/products\""),
    ("/a//b", "\"/a/b\""),
    (" /a", "\"/a\""),
    ("/users?/new", "\"/users\""),
    ("/users/{id}?", "two routes"),
    ("/users/{id}?/edit", "two routes"),
    ("/docs#top", "\"/docs\""),
    ("/users/:id", "`{id}`"),
    ("/users/:id?", "two routes"),
    ("/users/{id?}", "two routes"),
    ("/users/{id}?", "two routes"),
    ("/users/<id>", "`{id}`"),
    ("/users/<int:id>", "`{id: i64}`"),
    ("/users/[id]", "`{id}`"),
    ("/users/$id", "`{id}`"),
    ("/users/$userId/posts", "`{userId}`"),
    ("/users/${id}.json", "`{id}.json`"),
    ("/users/%s", "`{name}`"),
    ("/files/<rest..>", "`{rest..}`"),
    ("/files/[...rest]", "`{rest..}`"),
    ("/files/*rest", "`{rest..}`"),
    ("/files/*", "`{rest..}`"),
    ("/files/{*rest}", "`{rest..}`"),
    ("/files/{rest...}", "`{rest..}`"),
    ("/files/{..rest}", "`{rest..}`"),
    ("/files/{rest*}", "`{rest..}`"),
    ("/files/{tail:.*}", "`{tail..}`"),
    (r"/users/{id:\d+}", "`{id: u32}`"),
    ("/users/{id:[0-9]+}", "`{id: u32}`"),
    ("/users/{id:[^/]+}", "`{id}`"),
    ("/users/{id:[a-z]{2,4}}", "`{id: u32}`"),
    (r"/users/:id(\d+)", "`{id: u32}`"),
    ("/users/{id:int}", "`{id: i64}`"),
    ("/users/{id: &str}", "`{id}`"),
    ("/users/{id", "`{id}`"),
    ("/users/id}", "`{name}`"),
    ("/users/{}", "`{name}`"),
    ("/users/{ : u32}", "`{name}`"),
    ("/users/{id:}", "`{id: u32}`"),
    ("/users/{user-id}", "`{user_id}`"),
    ("/users/{1st}", "`{_1st}`"),
    ("/users/{type}", "`{type_}`"),
    ("/users/{self}", "`{self_}`"),
    ("/users/{_}", "`{_name}`"),
    ("/{a}/{a}", "`{other_a}`"),
    ("/{a}{b}", "`{a}-{b}`"),
    ("/{rest..}/edit", "move `{rest..}` to the end"),
    ("/{rest..}.html", "`{rest}`"),
    ("/x{rest..}", "`/{rest..}`"),
    ("/{rest..: String}", "`{rest..}`"),
    ("/caf%C3%A9", "`café`"),
    ("/a/../b", "remove it"),
    ("/a\n", "\"/a\""),
];

/// Checks the help of the first error in each path.
#[test]
fn invalid_paths_have_a_help() {
    for (path, help) in INVALID {
        let errors = parse(path).expect_err(path);
        let (message, found) = errors[0].split_once("\nhelp: ").expect(path);
        assert!(
            found.contains(help),
            "{path}: {message}\n{found}\nlacks {help}"
        );
        assert!(!message.ends_with('.'), "{message}");
    }
}

#[test]
fn every_error_in_a_path_is_reported() {
    let errors = parse("/:a/{b-c}/<d>").expect_err("three errors");
    assert_eq!(errors.len(), 3, "{errors:#?}");
}
