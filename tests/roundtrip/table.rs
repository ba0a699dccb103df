//! Handlers, and the responses that every client reads.

use onward::prelude::*;

/// A response as a client reads it, without the headers that the connection adds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    /// `None` if the body was truncated.
    pub(crate) body: Option<String>,
}

pub(crate) struct Case {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: Option<&'static str>,
}

impl Case {
    pub(crate) fn expected(&self) -> Seen {
        let headers = self.headers.iter();
        Seen {
            status: self.status,
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            body: self.body.map(str::to_owned),
        }
    }
}

const fn case(
    method: &'static str,
    path: &'static str,
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: Option<&'static str>,
) -> Case {
    Case {
        method,
        path,
        status,
        headers,
        body,
    }
}

const PROBLEM: (&str, &str) = ("content-type", "application/problem+json");
const FAILED: Option<&str> =
    Some(r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#);
const TEXT: (&str, &str) = ("content-type", "text/plain; charset=utf-8");
const LENGTH: (&str, &str) = ("content-length", "5");

/// All cases. The headers of a response are sorted by name.
pub(crate) const CASES: &[Case] = &[
    case("GET", "/text", 200, &[LENGTH, TEXT], Some("hello")),
    case("HEAD", "/text", 200, &[LENGTH, TEXT], Some("")),
    case("GET", "/streamed", 200, &[], Some("hello, world")),
    case("HEAD", "/streamed", 200, &[], Some("")),
    case("GET", "/declared", 200, &[LENGTH], Some("hello")),
    case("GET", "/chunked", 200, &[], Some("hello")),
    case("GET", "/empty", 200, &[("content-length", "0")], Some("")),
    case("GET", "/no_content", 204, &[], Some("")),
    case(
        "GET",
        "/reset_content",
        205,
        &[("content-length", "0")],
        Some(""),
    ),
    case("GET", "/not_modified", 304, &[LENGTH], Some("")),
    case(
        "GET",
        "/values",
        200,
        &[("content-length", "0"), ("x-a", "1, 2")],
        Some(""),
    ),
    case("GET", "/hints", 200, &[LENGTH, TEXT], Some("hello")),
    case("GET", "/trailers", 200, &[], Some("hello")),
    case("GET", "/close", 200, &[LENGTH, TEXT], Some("hello")),
    case(
        "GET",
        "/wrong_length",
        500,
        &[("content-length", "67"), PROBLEM],
        FAILED,
    ),
    case(
        "GET",
        "/two_lengths",
        500,
        &[("content-length", "67"), PROBLEM],
        FAILED,
    ),
    case(
        "GET",
        "/bad_coding",
        500,
        &[("content-length", "67"), PROBLEM],
        FAILED,
    ),
    case(
        "GET",
        "/panic",
        500,
        &[("content-length", "67"), PROBLEM],
        FAILED,
    ),
    case("GET", "/panic_late", 200, &[], None),
    case("GET", "/too_short", 200, &[("content-length", "10")], None),
    case("GET", "/dropped_by_task", 200, &[], None),
    case("GET", "/text", 200, &[LENGTH, TEXT], Some("hello")),
];

pub(crate) async fn handle(req: Request, mut res: Response) -> Result {
    match req.url.path() {
        "/text" => return Ok(res.send("hello")),
        "/streamed" => {
            res.write("hello, ").await?;
            tokio::task::yield_now().await;
            res.write("world").await?;
        }
        "/declared" => {
            res.set_header("content-length", 5_u32);
            res.write("hel").await?;
            res.write("lo").await?;
        }
        "/chunked" => {
            res.set_header("transfer-encoding", "chunked");
            res.set_header("content-length", 3_u32);
            return Ok(res.end_with("hello"));
        }
        "/no_content" => res.status_code = StatusCode::NO_CONTENT,
        "/reset_content" => {
            res.status_code = StatusCode::RESET_CONTENT;
            res.write("nothing of this is sent").await?;
        }
        "/not_modified" => {
            res.status_code = StatusCode::NOT_MODIFIED;
            res.set_header("content-length", 5_u32);
        }
        "/values" => drop(res.set_header("x-a", ["1", "2"])),
        "/hints" => {
            res.write_processing();
            res.write_early_hints([("link", "</a.css>"), ("content-length", "7")]);
            return Ok(res.send("hello"));
        }
        "/trailers" => {
            res.write("hello");
            res.add_trailers([("x-sum", "1")]);
        }
        "/close" => {
            res.set_header("connection", "close");
            return Ok(res.send("hello"));
        }
        path => return fail(path.to_owned(), res).await,
    }
    Ok(res.end())
}

/// Makes the mistake that the path names.
async fn fail(path: String, mut res: Response) -> Result {
    match &*path {
        "/wrong_length" => drop(res.set_header("content-length", 3_u32)),
        "/two_lengths" => drop(res.set_header("content-length", ["5", "5"])),
        "/bad_coding" => drop(res.set_header("transfer-encoding", "a b")),
        "/panic" => panic!("before anything was sent"),
        "/panic_late" => {
            begin(&mut res).await?;
            panic!("after the beginning was sent");
        }
        "/too_short" => {
            res.set_header("content-length", 10_u32);
            begin(&mut res).await?;
        }
        "/dropped_by_task" => {
            let sent = tokio::spawn(async move { begin(&mut res).await });
            sent.await.expect("the task does not panic")?;
            // The client receives the end of the connection, although the handler never returns.
            return std::future::pending().await;
        }
        _ => {}
    }
    Ok(res.end_with(if path == "/empty" { "" } else { "hello" }))
}

async fn begin(res: &mut Response) -> Result<()> {
    res.write("hel").await?;
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    Ok(())
}
