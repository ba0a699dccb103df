//! The statement `compress`.

use onward::http;
use onward::prelude::*;
use onward::{compress, etag};

use crate::client::{Ask, Client, Protocol, ask, get};
use crate::codec::{self, Random};
use crate::http1::Part;
use crate::server::{Gate, serve};

fn accepting(path: &str, coding: &str) -> Ask {
    get(path).header("accept-encoding", coding)
}

/// Sends the body that the seed determines, whole or in chunks.
async fn random(req: Request, mut res: Response) -> Result {
    compress(&req, &mut res);
    let seed: u64 = req.url.query("seed")?;
    let chunks = Random::new(seed).chunks();
    res.set_header("content-type", "text/plain");
    if req.url.path() == "/whole" {
        return Ok(res.end_with(chunks.concat()));
    }
    let mut random = Random::new(!seed);
    for chunk in chunks {
        res.write(chunk).await?;
        if random.below(2) == 0 {
            tokio::task::yield_now().await;
        }
    }
    Ok(res.end())
}

async fn bodies_are_equal_after_decoding(protocol: Protocol, seeds: std::ops::Range<u64>) {
    let served = serve(http::create_server(random));
    let mut client = served.connect(protocol).await;
    for seed in seeds {
        let body = Random::new(seed).chunks().concat();
        let coding = codec::ALL[usize::try_from(seed).unwrap() % 3];
        for path in ["whole", "stream"] {
            let path = format!("/{path}?seed={seed}");
            let answer = client.ask(accepting(&path, coding)).await;
            assert!(answer.is_whole, "{path}");
            if let Some(length) = answer.header("content-length") {
                assert_eq!(length, answer.body.len().to_string(), "{path}");
            }
            let decoded = match answer.header("content-encoding") {
                Some(encoding) => {
                    assert_eq!(encoding, coding, "{path}");
                    codec::decode(coding, &answer.body)
                }
                None => {
                    let is_whole = path.starts_with("/whole") || body.is_empty();
                    assert!(is_whole && body.len() < 1024, "{path}");
                    answer.body
                }
            };
            assert!(decoded == body, "{path} {coding}");
        }
    }
}

#[tokio::test]
async fn random_bodies_over_http1_are_equal_after_decoding() {
    bodies_are_equal_after_decoding(Protocol::Http1, 0..150).await;
}

#[tokio::test]
async fn random_bodies_over_http2_are_equal_after_decoding() {
    bodies_are_equal_after_decoding(Protocol::Http2, 150..250).await;
}

/// This test takes too long to be part of every run.
#[tokio::test]
#[ignore = "takes minutes"]
async fn ten_thousand_random_bodies_for_each_coding_are_equal_after_decoding() {
    bodies_are_equal_after_decoding(Protocol::Http1, 0..30_000).await;
}

async fn events_arrive_one_by_one(protocol: Protocol) {
    for coding in codec::ALL {
        let gate = Gate::default();
        let inside = gate.clone();
        let server = http::create_server(move |req, mut res| {
            let gate = inside.clone();
            async move {
                compress(&req, &mut res);
                res.set_header("content-type", "text/event-stream");
                for n in 0..5 {
                    res.write(format!("data: {n}\n\n")).await?;
                    gate.pass().await;
                }
                Ok::<_, Error>(res.end())
            }
        });
        let served = serve(server);
        let mut client = served.connect(protocol).await;
        let mut call = client.open(&accepting("/", coding), true).await;
        let head = call.head().await.unwrap();
        assert_eq!(head.headers["content-encoding"], coding);
        let mut received = Vec::new();
        let mut expected = String::new();
        for n in 0..5 {
            gate.reached().await;
            expected.push_str(&format!("data: {n}\n\n"));
            // The next event is not written before this one has arrived.
            while codec::decode_part(coding, &received) != expected.as_bytes() {
                match call.part().await {
                    Part::Data(data) => received.extend(data),
                    Part::End(_) | Part::Truncated => panic!("the body ended early"),
                }
            }
            gate.open();
        }
        let rest = call.rest(head).await;
        assert!(rest.is_whole);
        received.extend(rest.body);
        assert_eq!(codec::decode(coding, &received), expected.as_bytes());
    }
}

#[tokio::test]
async fn events_over_http1_arrive_one_by_one() {
    events_arrive_one_by_one(Protocol::Http1).await;
}

#[tokio::test]
async fn events_over_http2_arrive_one_by_one() {
    events_arrive_one_by_one(Protocol::Http2).await;
}

#[server]
async fn site(req: Request, mut res: Response) -> Result {
    compress(&req, &mut res);
    etag(&req, &mut res);
    route!("/" => "hello ".repeat(1000));
    route!("/short" => "hello");
    route!("/long" => "hello ".repeat(200_000));
    route!("/image" => {
        res.set_header("content-type", "image/png");
        res.end_with(vec![0; 5000])
    });
    route!("/encoded" => {
        res.set_header("content-encoding", "br");
        res.send("x".repeat(5000))
    });
    route!("/no-transform" => {
        res.set_header("cache-control", "public, No-Transform");
        res.send("x".repeat(5000))
    });
    route!("/range" => {
        res.set_header("content-range", "bytes 0-4999/9000");
        res.send((StatusCode::PARTIAL_CONTENT, "x".repeat(5000)))
    });
    route!("/strong" => {
        res.set_header("etag", "\"1\"");
        res.set_header("vary", "origin");
        res.send("x".repeat(5000))
    });
    route!("/length" => {
        res.set_header("content-length", 5000);
        res.send("x".repeat(5000))
    });
    route!("/nothing" => StatusCode::NO_CONTENT);
    route!("/trailers" => {
        res.set_header("content-type", "text/plain");
        res.write("x".repeat(5000));
        res.add_trailers([("x-sum", "7")]);
        res.end()
    });
    route!("/error" => Err::<&str, _>(Error::bad_request("x".repeat(5000))));
}

async fn client(protocol: Protocol) -> (Client, crate::server::Served) {
    let served = serve(http::create_server(site));
    (served.connect(protocol).await, served)
}

async fn only_suitable_bodies_are_compressed(protocol: Protocol) {
    let (mut client, _served) = client(protocol).await;
    for (path, status, encoding, vary) in [
        ("/", 200, Some("gzip"), true),
        ("/long", 200, Some("gzip"), true),
        ("/short", 200, None, true),
        ("/image", 200, None, false),
        ("/encoded", 200, Some("br"), false),
        ("/no-transform", 200, None, false),
        ("/range", 206, None, false),
        ("/strong", 200, Some("gzip"), true),
        ("/length", 200, Some("gzip"), true),
        ("/nothing", 204, None, false),
        ("/trailers", 200, Some("gzip"), true),
        ("/error", 400, Some("gzip"), true),
        ("/missing", 404, None, true),
    ] {
        for method in ["GET", "HEAD"] {
            let ask = ask(method, path).header("accept-encoding", "gzip");
            let answer = client.ask(ask.header("te", "trailers")).await;
            assert_eq!(answer.status, status, "{path}");
            assert_eq!(answer.header("content-encoding"), encoding, "{path}");
            let varies = answer.header("vary").unwrap_or_default();
            // The type of a problem document is compressible as well.
            assert_eq!(varies.contains("accept-encoding"), vary, "{path}");
            assert!(answer.is_whole);
            if method == "GET" && encoding == Some("gzip") {
                let body = codec::decode("gzip", &answer.body);
                assert!(body.len() > 4999, "{path}");
                assert!(answer.body.len() < body.len() / 2, "{path}");
            }
        }
    }
    let answer = client.ask(accepting("/strong", "br")).await;
    assert_eq!(answer.header("etag"), Some("W/\"1\""));
    let ask = accepting("/trailers", "zstd").header("te", "trailers");
    assert_eq!(client.ask(ask).await.trailers["x-sum"], "7");
}

#[tokio::test]
async fn only_suitable_bodies_over_http1_are_compressed() {
    only_suitable_bodies_are_compressed(Protocol::Http1).await;
}

#[tokio::test]
async fn only_suitable_bodies_over_http2_are_compressed() {
    only_suitable_bodies_are_compressed(Protocol::Http2).await;
}

#[tokio::test]
async fn codings_that_the_client_excludes_are_not_used() {
    let (mut client, _served) = client(Protocol::Http1).await;
    for (path, accept, status, encoding) in [
        ("/", "", 200, None),
        ("/", "gzip;q=0", 200, None),
        ("/", "identity;q=0, br", 200, Some("br")),
        ("/short", "identity;q=0, br", 200, Some("br")),
        ("/", "*;q=0", 406, None),
        ("/missing", "*;q=0", 404, None),
        ("/", "deflate", 200, None),
    ] {
        let answer = client.ask(accepting(path, accept)).await;
        assert_eq!(answer.status, status, "{path} {accept}");
        assert_eq!(answer.header("content-encoding"), encoding, "{accept}");
    }
    assert_eq!(client.ask(get("/")).await.header("content-encoding"), None);
}

#[tokio::test]
async fn a_304_has_the_vary_of_the_200() {
    let (mut client, _served) = client(Protocol::Http1).await;
    for path in ["/", "/short", "/strong"] {
        let first = client.ask(accepting(path, "gzip")).await;
        let tag = first.header("etag").unwrap();
        let ask = accepting(path, "gzip").header("if-none-match", tag);
        let second = client.ask(ask).await;
        assert_eq!((second.status, second.body.len()), (304, 0), "{path}");
        let vary = |headers: &http::HeaderMap| -> Vec<_> {
            headers.get_all("vary").iter().cloned().collect()
        };
        assert_eq!(vary(&first.headers), vary(&second.headers), "{path}");
        assert_eq!(second.header("content-encoding"), None);
        assert_eq!(
            second.header("etag").unwrap().trim_start_matches("W/"),
            tag.trim_start_matches("W/")
        );
    }
}
