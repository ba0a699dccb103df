//! Files on the wire: the cases of RFC 9110, random paths, files that change.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use onward::files::{Files, send_download};
use onward::http;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Received, exchange, request};
use crate::served::{Served, serve, soon};

const SECRET: &str = "nobody may read this";
const MODIFIED: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const EARLIER: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
const LATER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";

/// A directory that is removed at the end.
struct Tree(PathBuf);

impl Tree {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("onward-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(root.join("www/docs/.git")).unwrap();
        std::fs::create_dir_all(root.join("www/empty")).unwrap();
        let tree = Self(root);
        tree.write("secret.txt", SECRET);
        tree.write("www/ten.txt", "0123456789");
        tree.write("www/empty.txt", "");
        tree.write("www/index.html", "<h1>home</h1>");
        tree.write("www/docs/index.html", "<h1>docs</h1>");
        tree.write("www/docs/a b\u{e9}.css", "p {}");
        tree.write("www/docs/.git/config", SECRET);
        tree.write("www/.env", SECRET);
        tree.write("www/app.js", "plain");
        tree.write("www/app.js.br", "brotli");
        tree.write("www/app.js.gz", "gzip");
        tree.write("www/only.js", "plain");
        tree
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        let modified = UNIX_EPOCH + Duration::from_secs(784_111_777);
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(modified)
            .unwrap();
    }

    fn www(&self) -> Files {
        Files::new(self.0.join("www")).precompressed()
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[server]
async fn site(req: Request, res: Response, www: Files, root: &Path) -> Result {
    route!("/download" => send_download(&req, res, root.join("www/ten.txt"), "报告.txt").await);
    route!("/" => www.send(&req, res, "").await);
    route!("/app/{path..}" => www.clone().fallback("index.html").send(&req, res, path).await);
    route!(ANY "/{path..}" => www.send(&req, res, path).await);
}

fn served(tree: &Tree) -> Served {
    let (www, root) = (tree.www(), tree.0.clone());
    serve(http::create_server(move |req, res| {
        let (www, root) = (www.clone(), root.clone());
        async move { site(req, res, www, &root).await }
    }))
}

async fn get(served: &Served, lines: &[&str]) -> Received {
    Received::parse(&exchange(served.addr, &request(lines, b"")).await)
}

#[tokio::test]
async fn ranges_and_conditions_are_those_of_the_standard() {
    let tree = Tree::new("table");
    let served = served(&tree);
    let first = get(&served, &["GET /ten.txt"]).await;
    let etag = first.header("etag").unwrap().to_owned();
    assert_eq!(first.header("last-modified"), Some(MODIFIED));
    assert_eq!(first.header("accept-ranges"), Some("bytes"));
    assert_eq!(
        first.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!((first.status, &*first.text()), (200, "0123456789"));
    let weak = format!("W/{etag}");
    let whole = "0123456789";
    for (headers, status, body, range) in [
        (
            vec!["range: bytes=0-3".to_owned()],
            206,
            "0123",
            "bytes 0-3/10",
        ),
        (vec!["range: bytes=7-".into()], 206, "789", "bytes 7-9/10"),
        (vec!["range: bytes=-2".into()], 206, "89", "bytes 8-9/10"),
        (
            vec!["range: bytes=0-100".into()],
            206,
            whole,
            "bytes 0-9/10",
        ),
        (vec!["range: bytes=10-".into()], 416, "", "bytes */10"),
        (vec!["range: bytes=-0".into()], 416, "", "bytes */10"),
        (vec!["range: bytes=5-4".into()], 200, whole, ""),
        (vec!["range: lines=0-1".into()], 200, whole, ""),
        (
            vec!["range: bytes=0-1,1-4".into()],
            206,
            "01234",
            "bytes 0-4/10",
        ),
        (
            vec!["range: bytes=0-1".into(), format!("if-range: {etag}")],
            206,
            "01",
            "bytes 0-1/10",
        ),
        (
            vec!["range: bytes=0-1".into(), format!("if-range: {weak}")],
            200,
            whole,
            "",
        ),
        (
            vec!["range: bytes=0-1".into(), "if-range: \"x\"".into()],
            200,
            whole,
            "",
        ),
        (
            vec!["range: bytes=0-1".into(), format!("if-range: {MODIFIED}")],
            206,
            "01",
            "bytes 0-1/10",
        ),
        (
            vec!["range: bytes=0-1".into(), format!("if-range: {LATER}")],
            200,
            whole,
            "",
        ),
        (
            vec!["range: bytes=10-".into(), format!("if-range: {EARLIER}")],
            200,
            whole,
            "",
        ),
        (vec![format!("if-none-match: {etag}")], 304, "", ""),
        (vec![format!("if-none-match: {weak}")], 304, "", ""),
        (vec![format!("if-none-match: \"x\", {etag}")], 304, "", ""),
        (vec!["if-none-match: *".into()], 304, "", ""),
        (vec!["if-none-match: \"x\"".into()], 200, whole, ""),
        (
            vec![
                "if-none-match: \"x\"".into(),
                format!("if-modified-since: {LATER}"),
            ],
            200,
            whole,
            "",
        ),
        (
            vec![format!("if-none-match: {etag}"), "range: bytes=0-1".into()],
            304,
            "",
            "",
        ),
        (vec![format!("if-modified-since: {MODIFIED}")], 304, "", ""),
        (vec![format!("if-modified-since: {LATER}")], 304, "", ""),
        (
            vec![format!("if-modified-since: {EARLIER}")],
            200,
            whole,
            "",
        ),
        (vec!["if-modified-since: yesterday".into()], 200, whole, ""),
        (
            vec!["if-modified-since: Sunday, 06-Nov-94 08:49:37 GMT".into()],
            304,
            "",
            "",
        ),
        (
            vec!["if-modified-since: Sun Nov  6 08:49:37 1994".into()],
            304,
            "",
            "",
        ),
        (vec![format!("if-match: {etag}")], 200, whole, ""),
        (vec!["if-match: *".into()], 200, whole, ""),
        (vec![format!("if-match: {weak}")], 412, "", ""),
        (vec!["if-match: \"x\"".into()], 412, "", ""),
        (
            vec!["if-match: \"x\"".into(), format!("if-none-match: {etag}")],
            412,
            "",
            "",
        ),
        (
            vec![
                format!("if-match: {etag}"),
                format!("if-unmodified-since: {EARLIER}"),
            ],
            200,
            whole,
            "",
        ),
        (vec![format!("if-unmodified-since: {EARLIER}")], 412, "", ""),
        (
            vec![format!("if-unmodified-since: {MODIFIED}")],
            200,
            whole,
            "",
        ),
        (
            vec![format!("if-match: {etag}"), "range: bytes=0-0".into()],
            206,
            "0",
            "bytes 0-0/10",
        ),
    ] {
        for method in ["GET", "HEAD"] {
            let line = format!("{method} /ten.txt");
            let mut lines = vec![&*line];
            lines.extend(headers.iter().map(String::as_str));
            let received = get(&served, &lines).await;
            if method == "HEAD" {
                assert_eq!(received.body, b"", "{headers:?}");
                // Ranges apply only to GET.
                let expected = if matches!(status, 206 | 416) {
                    200
                } else {
                    status
                };
                assert_eq!(received.status, expected, "{headers:?}");
                continue;
            }
            assert_eq!(received.status, status, "{headers:?}");
            assert_eq!(
                received.header("content-range").unwrap_or_default(),
                range,
                "{headers:?}"
            );
            if status != 412 {
                assert_eq!(received.text(), body, "{headers:?}");
                assert_eq!(received.header("etag"), Some(&*etag), "{headers:?}");
            }
        }
    }
    let head = get(&served, &["HEAD /ten.txt"]).await;
    assert_eq!(head.header("content-length"), Some("10"));
    assert_eq!(
        get(&served, &["GET /empty.txt"])
            .await
            .header("content-length"),
        Some("0")
    );
    assert_eq!(
        get(&served, &["GET /empty.txt", "range: bytes=0-"])
            .await
            .status,
        416
    );
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn several_ranges_are_sent_as_parts() {
    let tree = Tree::new("parts");
    let served = served(&tree);
    let received = get(&served, &["GET /ten.txt", "range: bytes=0-1,-2,4-4"]).await;
    assert_eq!(received.status, 206);
    let boundary = received.header("content-type").unwrap();
    let boundary = boundary
        .strip_prefix("multipart/byteranges; boundary=")
        .unwrap()
        .to_owned();
    let part = |range: &str, text: &str| {
        format!(
            "\r\n--{boundary}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-range: bytes {range}/10\r\n\r\n{text}"
        )
    };
    let expected = part("0-1", "01")
        + &part("8-9", "89")
        + &part("4-4", "4")
        + &format!("\r\n--{boundary}--\r\n");
    assert_eq!(received.text(), expected);
    assert_eq!(
        received.header("content-length"),
        Some(&*expected.len().to_string())
    );
    assert_eq!(received.header("content-range"), None);
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn paths_are_files_directories_or_missing() {
    let tree = Tree::new("paths");
    #[cfg(unix)]
    {
        let link = |from: &str, to: &str| {
            std::os::unix::fs::symlink(tree.0.join(to), tree.0.join(from)).unwrap()
        };
        link("www/outside.txt", "secret.txt");
        link("www/inside.txt", "www/ten.txt");
        link("www/up", ".");
    }
    let served = served(&tree);
    for (line, status, body) in [
        ("GET /", 200, "<h1>home</h1>"),
        ("GET /index.html", 200, "<h1>home</h1>"),
        ("GET /docs/", 200, "<h1>docs</h1>"),
        ("GET /docs/a%20b%C3%A9.css", 200, "p {}"),
        ("GET /ten.txt/", 404, ""),
        ("GET /empty/", 404, ""),
        ("GET /empty", 404, ""),
        ("GET /missing", 404, ""),
        ("GET /.env", 404, ""),
        ("GET /docs/.git/config", 404, ""),
        ("GET /%2eenv", 404, ""),
        ("GET /../secret.txt", 404, ""),
        ("GET /..%2fsecret.txt", 404, ""),
        ("GET /docs/..%5c..%5csecret.txt", 404, ""),
        ("GET /%2fetc%2fpasswd", 404, ""),
        ("GET /outside.txt", 404, ""),
        ("GET /up/secret.txt", 404, ""),
        ("GET /inside.txt", 200, "0123456789"),
        ("POST /ten.txt", 405, ""),
        ("GET /app/any/page", 404, ""),
    ] {
        let received = get(&served, &[line, "content-length: 0", "accept: image/png"]).await;
        assert_eq!(received.status, status, "{line}");
        if status == 200 {
            assert_eq!(received.text(), body, "{line}");
        }
    }
    let page = get(&served, &["GET /app/any/page", "accept: text/html"]).await;
    assert_eq!((page.status, &*page.text()), (200, "<h1>home</h1>"));
    let moved = get(&served, &["GET /docs?a=1"]).await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (308, Some("./docs/?a=1"))
    );
    let download = get(&served, &["GET /download"]).await;
    let expected = "attachment; filename=\"__.txt\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.txt";
    assert_eq!(download.header("content-disposition"), Some(expected));
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn precompressed_files_are_chosen_by_the_client() {
    let tree = Tree::new("compressed");
    let served = served(&tree);
    for (path, accept, encoding, body) in [
        ("/app.js", "gzip, br", Some("br"), "brotli"),
        ("/app.js", "gzip", Some("gzip"), "gzip"),
        ("/app.js", "br;q=0.1, gzip", Some("gzip"), "gzip"),
        ("/app.js", "identity", None, "plain"),
        ("/app.js", "zstd", None, "plain"),
        ("/only.js", "br, gzip", None, "plain"),
    ] {
        let line = format!("GET {path}");
        let received = get(&served, &[&line, &format!("accept-encoding: {accept}")]).await;
        assert_eq!(
            (received.header("content-encoding"), &*received.text()),
            (encoding, body),
            "{path} {accept}"
        );
        assert_eq!(received.header("vary"), Some("accept-encoding"));
        assert_eq!(
            received.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
        let etag = format!("if-none-match: {}", received.header("etag").unwrap());
        let accept = format!("accept-encoding: {accept}");
        assert_eq!(get(&served, &[&line, &accept, &etag]).await.status, 304);
        if encoding.is_some() {
            assert_eq!(get(&served, &[&line, &etag]).await.status, 200);
        }
    }
    served.server.close();
    served.closed().await;
}

/// Returns a path of random parts, and advances the seed.
fn random_path(seed: &mut u64) -> String {
    const PIECES: [&str; 30] = [
        "/",
        "//",
        "\\",
        "..",
        ".",
        "%2e",
        "%2E%2e",
        "%2f",
        "%5c",
        "%5C",
        "%00",
        "%252e",
        "%c0%ae",
        "%c0%af",
        "~",
        "a",
        "docs",
        "www",
        "secret.txt",
        "etc",
        "passwd",
        ":",
        "C:",
        "%0a",
        ";",
        "..;",
        "...",
        "%ef%bc%8f",
        "up",
        ".env",
    ];
    let mut next = || {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize
    };
    let mut path = "/".to_owned();
    for _ in 0..1 + next() % 9 {
        path.push_str(PIECES[next() % PIECES.len()]);
        if next() % 2 == 0 {
            path.push('/');
        }
    }
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_random_paths_never_leave_the_directory() {
    let tree = Tree::new("random");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&tree.0, tree.0.join("www/up")).unwrap();
    let served = served(&tree);
    let mut seed = 7;
    for _ in 0..100 {
        let mut stream = TcpStream::connect(served.addr).await.unwrap();
        let mut text = String::new();
        for _ in 0..1000 {
            text += &format!("GET {} HTTP/1.1\r\nhost: a\r\n\r\n", random_path(&mut seed));
        }
        text += "GET /ten.txt HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        let (mut reads, mut writes) = stream.split();
        let mut bytes = Vec::new();
        let sent = writes.write_all(text.as_bytes());
        let received = reads.read_to_end(&mut bytes);
        // A malformed request closes the connection before all requests are sent.
        let (_, _) = soon("the responses", async { tokio::join!(sent, received) }).await;
        let all = String::from_utf8_lossy(&bytes);
        assert!(!all.contains(SECRET) && !all.contains("root:"), "{text}");
    }
    served.server.close();
    served.closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changes_while_it_is_sent_truncates_the_response() {
    let tree = Tree::new("change");
    let path = tree.0.join("www/big.bin");
    let len: usize = 64 << 20;
    let served = served(&tree);
    let shrinks: fn(&Path) = |path| {
        File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_len(1 << 20)
            .unwrap()
    };
    let is_written: fn(&Path) = |path| {
        let mut file = File::options().write(true).open(path).unwrap();
        file.write_all(b"x").unwrap();
        file.set_modified(SystemTime::now() + Duration::from_secs(5))
            .unwrap();
    };
    for change in [shrinks, is_written] {
        std::fs::write(&path, vec![b'a'; len]).unwrap();
        let mut stream = TcpStream::connect(served.addr).await.unwrap();
        stream
            .write_all(&request(&["GET /big.bin"], b""))
            .await
            .unwrap();
        let mut bytes = vec![0; 1000];
        stream.read_exact(&mut bytes).await.unwrap();
        assert!(bytes.starts_with(b"HTTP/1.1 200 "));
        change(&path);
        let rest = soon("the end", stream.read_to_end(&mut bytes)).await;
        assert!(rest.is_err() || bytes.len() < len, "{} bytes", bytes.len());
    }
    // If a file is replaced as a whole, its old version is sent.
    std::fs::write(&path, vec![b'a'; len]).unwrap();
    let mut stream = TcpStream::connect(served.addr).await.unwrap();
    stream
        .write_all(&request(&["GET /big.bin"], b""))
        .await
        .unwrap();
    let mut bytes = vec![0; 1000];
    stream.read_exact(&mut bytes).await.unwrap();
    tree.write("www/other.bin", "short");
    std::fs::rename(tree.0.join("www/other.bin"), &path).unwrap();
    soon("the end", stream.read_to_end(&mut bytes))
        .await
        .unwrap();
    assert_eq!(Received::parse(&bytes).body.len(), len);
    served.server.close();
    served.closed().await;
}
