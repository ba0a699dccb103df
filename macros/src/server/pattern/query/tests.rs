//! Valid and invalid queries.

use super::{parse_query, split_query};

/// Returns the query of a path in a short notation: `page=[page: u32 = 1] [..all: Filter]`.
fn notation(text: &str) -> String {
    let (path, query) = split_query(text);
    let query = query.unwrap_or_else(|| panic!("{text} has no query"));
    let params = parse_query(query, path).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let params = params.iter().map(|param| {
        let default = param.default.as_ref();
        let default = default.map_or(String::new(), |default| format!(" = {default}"));
        match param.all {
            true => format!("[{}..: {}]", param.name, param.ty),
            false => format!("{}=[{}: {}{default}]", param.key, param.name, param.ty),
        }
    });
    params.collect::<Vec<_>>().join(" ")
}

#[test]
fn valid_queries() {
    let cases = [
        ("/?{a: u32}", "a=[a: u32]"),
        ("/?{a:u32=1}&{b: bool}", "a=[a: u32 = 1] b=[b: bool]"),
        ("/?per-page={a: u32}", "per-page=[a: u32]"),
        ("/?tag[]={tags: Vec<String>}", "tag[]=[tags: Vec<String>]"),
        ("/?{ all .. : Filter }", "[all..: Filter]"),
        ("/?{a: HashMap<u8, [u8; 4]>}", "a=[a: HashMap<u8, [u8; 4]>]"),
        ("/?{a: std::num::NonZeroU8}", "a=[a: std::num::NonZeroU8]"),
        (
            "/?{a: String = \"}&={\\\"?\"}",
            "a=[a: String = \"}&={\\\"?\"]",
        ),
        ("/?{a: Sort = Sort::Name}", "a=[a: Sort = Sort::Name]"),
        ("/?{a: Box<dyn X<Y = u8>>}", "a=[a: Box<dyn X<Y = u8>>]"),
        ("/?{r#type: u8}", "type=[r#type: u8]"),
        ("/x/{id: u32}?{a: u8}", "a=[a: u8]"),
        ("/x/{id}?{a: u8}", "a=[a: u8]"),
        ("/{{?{a: u8}", "a=[a: u8]"),
        ("/? {a: u8} & {b: u8} ", "a=[a: u8] b=[b: u8]"),
    ];
    for (text, expected) in cases {
        assert_eq!(notation(text), expected, "{text}");
    }
}

/// Queries, each with text that its help contains.
const INVALID: &[(&str, &str)] = &[
    ("/users?", "\"/users\""),
    ("/users?page=1", "`?{page: u32}`"),
    ("/users?page", "`?{page: String}`"),
    ("/users?per-page=1", "`?per-page={per_page: u32}`"),
    ("/?<page>", "`?{page: String}`"),
    ("/?:page", "`?{page: String}`"),
    ("/?q=:q&all=true", "`?{q: String}&{all: bool}`"),
    ("/?<q>&<all..>", "`?{q: String}&{all..: Filter}`"),
    ("/?{page}", "`{page: Option<String>}`"),
    ("/?{page:}", "`{page: String}`"),
    ("/?{page = 1}", "`{page: u32 = 1}`"),
    ("/?{page = \"a\"}", "`{page: String = \"a\"}`"),
    ("/?{page: u32 =}", "`{page: u32}`"),
    ("/?{page?: u32}", "`{page: Option<u32>}`"),
    ("/?{page: u32?}", "`{page: Option<u32>}`"),
    ("/?{page: Optional<u32>}", "`{page: Option<u32>}`"),
    ("/?{page: int}", "`{page: i64}`"),
    ("/?{page: string}", "`{page: String}`"),
    ("/?{u32 page}", "`{page: u32}`"),
    ("/?{mut page: u32}", "`{page: u32}`"),
    ("/?{..all: Filter}", "`{all..: Filter}`"),
    ("/?{*all}", "`{all..: Filter}`"),
    ("/?{all..}", "`{all..: Filter}`"),
    ("/?{all..: Filter = 1}", "#[serde(default)]"),
    ("/?{all..: Filter}&{a: u8}", "move it to the end"),
    ("/?{all..: Filter}&{more..: Filter}", "remove `{more..: …}`"),
    ("/?filter={all..: Filter}", "`{all..: Type}`"),
    ("/?{a: u8}&{a: u8}", "`{a: Vec<String>}`"),
    ("/?{a: u8}&a={b: u8}", "`a={b: Vec<String>}`"),
    ("/?{a: u8}{b: u8}", "`{a: u8}&{b: u8}`"),
    ("/?{a: u8},{b: u8}", "`{a: u8}&{b: u8}`"),
    ("/?{a: u8};{b: u8}", "`{a: u8}&{b: u8}`"),
    ("/?{a: u8}?{b: u8}", "`?{a: u8}&{b: u8}`"),
    ("/?{a: u8}&", "remove the `&`"),
    ("/?&{a: u8}", "remove the `&`"),
    ("/?{a: u8}#top", "\"/?{a: u8}\""),
    ("/?{a: u8", "`{a}`"),
    ("/?a: u8}", "remove the `}`"),
    ("/?{a: u8}x", "?{page: u32 = 1}"),
    ("/?x{a: u8}", "?{page: u32 = 1}"),
    ("/?={a: u8}", "`page={name: String}`"),
    ("/?a%20b={a: u8}", "`a20b={name: String}`"),
    ("/?{: u8}", "`{name: u8}`"),
    ("/?{_: u8}", "`key={_name: u8}`"),
    ("/?{type: u8}", "`type={type_: String}`"),
    ("/?{per-page: u8}", "`per-page={per_page: String}`"),
];

/// Checks the help of the first error in each query.
#[test]
fn invalid_queries_have_a_help() {
    for (text, help) in INVALID {
        let (path, query) = split_query(text);
        let errors = parse_query(query.unwrap_or_default(), path).expect_err(text);
        let (message, found) = errors[0].split_once("\nhelp: ").expect(text);
        assert!(
            found.contains(help),
            "{text}: {message}\n{found}\nlacks {help}"
        );
        assert!(!message.ends_with('.'), "{message}");
    }
}

#[test]
fn every_error_in_a_query_is_reported() {
    let errors = parse_query("{a}&b=1&{c: int}", "/").expect_err("three errors");
    assert_eq!(errors.len(), 3, "{errors:#?}");
}
