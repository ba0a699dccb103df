//! The requests, as bytes, and the expected responses.

use crate::files;
use app::{FILES, HELLO, Item, Message, Product};
use serde_json::to_string;

/// One kind of request, which is a column of the tables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) what: What,
    pub(crate) browser: bool,
    /// The number of requests that are sent at once, before the first response is awaited.
    pub(crate) pipelined: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Plain,
    Json,
    Parameter,
    Post,
    SmallFile,
    LargeFile,
}

/// The expected response.
pub(crate) struct Expected {
    pub(crate) content_type: &'static str,
    pub(crate) body: String,
}

impl Kind {
    pub(crate) fn all() -> Vec<Self> {
        let both = [What::Plain, What::Json, What::Parameter, What::Post];
        let both = both.into_iter().flat_map(|what| {
            [false, true].map(|browser| Self {
                what,
                browser,
                pipelined: 1,
            })
        });
        let pipelined = Self {
            what: What::Plain,
            browser: false,
            pipelined: 16,
        };
        both.chain([pipelined]).collect()
    }

    /// Returns the requests for files.
    pub(crate) fn files() -> Vec<Self> {
        let all = [What::SmallFile, What::LargeFile].into_iter();
        let all = all.map(|what| Self {
            what,
            browser: false,
            pipelined: 1,
        });
        all.collect()
    }

    /// Returns the heading of the column.
    pub(crate) fn title(self) -> String {
        if self.pipelined > 1 {
            return format!("pipelined {}", self.pipelined);
        }
        let what = match self.what {
            What::Plain => "plain",
            What::Json => "JSON",
            What::Parameter => "parameter",
            What::Post => "POST",
            What::SmallFile => "4 KiB",
            What::LargeFile => "1 MiB",
        };
        let with = if self.browser { ", browser" } else { "" };
        format!("{what}{with}")
    }

    /// Returns the name on the command line: `pipelined`, or the title in lowercase with `-` in place of `, `.
    pub(crate) fn key(self) -> String {
        if self.pipelined > 1 {
            return "pipelined".to_owned();
        }
        self.title().to_lowercase().replace(", ", "-")
    }

    /// Returns the bytes that are written at once.
    pub(crate) fn bytes(self) -> Vec<u8> {
        let line = match self.what {
            What::Plain => "GET /",
            What::Json => "GET /json",
            What::Parameter => "GET /products/42",
            What::Post => "POST /products",
            What::SmallFile => "GET /files/small.css",
            What::LargeFile => "GET /files/large.bin",
        };
        let mut request = format!("{line} HTTP/1.1\r\nHost: localhost\r\n");
        if self.browser {
            request.push_str(BROWSER);
        }
        let body = match self.what {
            What::Post => cups(),
            _ => String::new(),
        };
        if !body.is_empty() {
            let length = body.len();
            request += &format!("Content-Type: application/json\r\nContent-Length: {length}\r\n");
        }
        request = request + "\r\n" + &body;
        request.repeat(self.pipelined).into_bytes()
    }

    pub(crate) fn expected(self) -> Expected {
        const JSON: &str = "application/json";
        let json = |body| Expected {
            content_type: JSON,
            body,
        };
        match self.what {
            What::Plain => Expected {
                content_type: "text/plain; charset=utf-8",
                body: HELLO.to_owned(),
            },
            What::Json => json(to_string(&Message::HELLO).expect("plain data can be serialized")),
            What::Parameter => {
                json(to_string(&Product::find(42)).expect("plain data can be serialized"))
            }
            What::Post => json(cups()),
            What::SmallFile => Expected {
                content_type: "text/css",
                body: files::content(FILES[0].1),
            },
            What::LargeFile => Expected {
                content_type: "application/octet-stream",
                body: files::content(FILES[1].1),
            },
        }
    }
}

fn cups() -> String {
    let item = Item {
        name: "cups".to_owned(),
        price_cents: 950,
    };
    to_string(&item).expect("plain data can be serialized")
}

/// The headers that a browser sends in addition to `host` when it loads a page.
const BROWSER: &str = "\
User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\
Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\
Accept-Language: en-GB,en;q=0.5\r\n\
Accept-Encoding: gzip, deflate, br, zstd\r\n\
Connection: keep-alive\r\n\
Referer: http://localhost/\r\n\
Cookie: session=6f1d0a52c3; theme=dark\r\n\
Sec-Fetch-Dest: document\r\n\
Sec-Fetch-Mode: navigate\r\n\
Sec-Fetch-Site: same-origin\r\n";
