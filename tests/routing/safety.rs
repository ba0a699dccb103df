//! Neither a parameter nor a rest nor a nested server leads out of a directory.

use crate::client::{get, post};
use crate::wire::Wire;
use onward::prelude::*;

/// A server with every way to read a part of the path.
#[server]
async fn files(req: Request, res: Response) -> Result {
    route!("/name/{name}" => format!("[{name}]"));
    route!("/typed/{name: String}" => format!("[{name}]"));
    route!("/prefix-{name}" => format!("[{name}]"));
    route!("/typed-prefix-{name: String}" => format!("[{name}]"));
    route!("/suffix/{name}.txt" => format!("[{name}]"));
    route!("/both/{from}-{to}" => format!("[{from}] [{to}]"));
    route!("/inner/{name}/end" => format!("[{name}]"));
    route!("/rest/{rest..}" => format!("[{rest}] [{}]", rest.as_str()));
    route!(ANY "/nested/{rest..}" => nested(req.at(rest), res).await);
}

#[server(trailing_slash = ignore)]
async fn nested(req: Request, res: Response) -> Result {
    route!("/name/{name}" => format!("[{name}]"));
    route!("/rest/{rest..}" => format!("[{rest}]"));
}

/// Values that a parameter must not have if it is a whole segment.
const FORBIDDEN: [&str; 24] = [
    ".",
    "..",
    "%2e",
    "%2E%2e",
    ".%2e",
    "%2F",
    "%2fetc",
    "%2Fetc%2Fpasswd",
    "a%2F",
    "a%2f%2fb",
    "..%2fsecret",
    "%2e%2e%2fx",
    "a%2F..",
    "a%2F..%2Fb",
    "a%2F.%2Fb",
    ".%2Fa",
    "a%2F%2e%2e",
    "..%5cx",
    "a%5c..",
    "a%5C..%5cb",
    "a%2F..%5Cb",
    "a%00b",
    "%00",
    "..\\x",
];

/// Values that a parameter must not have if it is only a part of a segment, even though the whole segment, such as
/// `prefix-..`, is harmless.
const FORBIDDEN_PARTS: [&str; 10] = [
    ".",
    "..",
    "%2e%2e",
    "%2Fetc%2Fpasswd",
    "..%2fsecret",
    ".%2fa",
    "a%2f..",
    "a%2F",
    "..%5cx",
    "a%5C..",
];

#[tokio::test]
async fn over_the_wire_a_forbidden_segment_is_not_found() {
    let mut wire = Wire::serve(files).await;
    // A raw backslash does not reach the routes: such a request results in a 400.
    for value in FORBIDDEN.iter().filter(|value| !value.contains('\\')) {
        for route in [
            "/name/",
            "/typed/",
            "/rest/",
            "/rest/a/",
            "/nested/name/",
            "/nested/rest/",
            "/nested/",
        ] {
            let path = format!("{route}{value}");
            let response = wire.ask("GET", &path).await;
            assert_eq!(response.status, 404, "{path}: {}", response.body);
        }
        for path in [format!("/inner/{value}/end"), format!("/rest/{value}/b")] {
            let response = wire.ask("GET", &path).await;
            assert_eq!(response.status, 404, "{path}: {}", response.body);
        }
    }
}

#[tokio::test]
async fn over_the_wire_a_forbidden_part_of_a_segment_is_not_found() {
    let mut wire = Wire::serve(files).await;
    for value in FORBIDDEN_PARTS {
        let paths = [
            format!("/prefix-{value}"),
            format!("/typed-prefix-{value}"),
            format!("/suffix/{value}.txt"),
            format!("/both/{value}-b"),
            format!("/both/a-{value}"),
        ];
        for path in paths {
            let response = wire.ask("GET", &path).await;
            assert_eq!(response.status, 404, "{path}: {}", response.body);
        }
    }
}

#[tokio::test]
async fn over_the_wire_a_name_may_contain_a_decoded_slash() {
    let mut wire = Wire::serve(files).await;
    let cases = [
        ("/name/group%2Fproject", "[group/project]"),
        ("/typed/group%2fproject", "[group/project]"),
        ("/prefix-group%2Fproject", "[group/project]"),
        ("/suffix/a%2Fb.txt", "[a/b]"),
        ("/both/a%2Fb-c%2Fd", "[a/b] [c/d]"),
        ("/inner/a%2Fb/end", "[a/b]"),
        ("/rest/a%2Fb/c", "[a/b/c] [a/b/c]"),
        ("/rest/a/", "[a/] [a/]"),
        ("/rest/", "[] []"),
        ("/nested/name/a%2Fb", "[a/b]"),
        ("/name/...", "[...]"),
        ("/name/.env", "[.env]"),
        ("/prefix-.env", "[.env]"),
        ("/name/a..b", "[a..b]"),
        ("/name/%252e%252e", "[%2e%2e]"),
        ("/name/%252F", "[%2F]"),
        ("/name/a%5Cb", "[a\\b]"),
        ("/rest/..a/b..", "[..a/b..] [..a/b..]"),
    ];
    for (path, body) in cases {
        let response = wire.ask("GET", path).await;
        assert_eq!(
            (response.status, response.body.as_str()),
            (200, body),
            "{path}"
        );
    }
}

#[server]
async fn open(req: Request, res: Response) -> Result {
    route!("/files/{path..}" => format!("[{path}]"));
    route!("/{one}" => format!("one [{one}]"));
    route!("/{one}/{two}" => format!("two [{one}] [{two}]"));
}

#[tokio::test]
async fn a_path_is_not_normalized_and_forbidden_segments_are_not_found() {
    for path in [
        "/files/../etc",
        "/files/a/..",
        "/files/./a",
        "/.",
        "/..",
        "/files//a",
        "//",
        "//files/a",
        "/files/%2e%2e/etc",
        "/files/%2E/a",
        "/a/%2e.",
        "/files\\..\\a",
    ] {
        assert_eq!(get(open, path).await, "404", "{path}");
        assert_eq!(post(open, path).await, "404", "{path}");
    }
    for (path, body) in [
        ("/...", "one [...]"),
        ("/.a", "one [.a]"),
        ("/files/..a/b..", "[..a/b..]"),
    ] {
        assert_eq!(get(open, path).await, format!("200 {body}"));
    }
}

/// Replies with the paths that a file server would open.
#[server]
async fn paths(req: Request, res: Response) -> Result {
    route!("/under/{rest..}" => rest.under("dir").map(|path| path.display().to_string().replace('\\', "/")));
    route!("/name/{name}" => name.under("dir").map(|path| path.display().to_string().replace('\\', "/")));
    route!("/file/{rest..}" => rest.under_resolved("routing")?.map(|_| "a file"));
}

#[tokio::test]
async fn under_is_safe_on_every_platform() {
    for (path, body) in [
        ("/under/", "dir"),
        ("/under/a/b.txt", "dir/a/b.txt"),
        ("/under/a%2Fb", "dir/a/b"),
        ("/under/a/", "dir/a"),
        ("/name/a%2Fb", "dir/a/b"),
        ("/file/main.rs", "a file"),
        ("/file/github/server.rs", "a file"),
    ] {
        assert_eq!(get(paths, path).await, format!("200 {body}"), "{path}");
    }
    for path in [
        "/under/C:/x",
        "/under/C%3A",
        "/under/a%5Cb",
        "/under/%5Ca",
        "/under/NUL",
        "/under/com1.txt",
        "/under/a.txt:stream",
        "/under/a.",
        "/name/aux.c",
        "/name/C:",
        "/file/missing.rs",
        "/file/main.rs/x",
        "/under/..%2fsecret",
    ] {
        assert_eq!(get(paths, path).await, "404", "{path}");
    }
}
