//! The statement `decompress`.

use onward::decompress;
use onward::http;
use onward::prelude::*;

use crate::client::{Protocol, post};
use crate::codec::{self, Random};
use crate::server::serve;

#[server]
async fn site(mut req: Request, mut res: Response) -> Result {
    decompress(&mut req, &mut res)?;
    route!(POST "/echo" => req.body.bytes().await?);
    route!(POST "/json" => Json(req.body.json::<u32>().await?));
    route!(POST "/unread" => "unread");
}

#[tokio::test]
async fn a_body_is_decoded_as_it_is_read() {
    for protocol in [Protocol::Http1, Protocol::Http2] {
        // Encoding is slow without optimizations, and the connection must stay open in the meantime.
        let server = http::create_server(site).keep_alive_timeout(None);
        let served = serve(server);
        let mut client = served.connect(protocol).await;
        let random = (0..30).map(|seed| Random::new(seed).chunks().concat());
        // Decoders use buffers of these sizes.
        let round = [1 << 12, 1 << 14, 3 << 14, 1 << 16, 1 << 20].map(|len| vec![b'x'; len]);
        for (seed, body) in random.chain(round).enumerate() {
            for coding in codec::ALL {
                let encoded = codec::encode(coding, &body);
                let ask = post("/echo").header("content-encoding", coding);
                // The body is sent in several chunks.
                let mut call = client
                    .open(
                        &ask.header("content-length", &encoded.len().to_string()),
                        true,
                    )
                    .await;
                for piece in encoded.chunks(1 + encoded.len() / 3) {
                    call.send(piece).await;
                }
                call.end(&[]).await;
                let what = format!("{protocol:?} {seed} {coding} {}", encoded.len());
                let head = call.head().await;
                let head = head.unwrap_or_else(|| panic!("no response: {what}"));
                let answer = call.rest(head).await;
                assert_eq!(answer.status, 200, "{}", answer.text());
                assert!(answer.body == body, "{what}");
            }
        }
        for coding in codec::ALL {
            let number = codec::encode(coding, b"7");
            let ask = post("/json").header("content-type", "application/json");
            let answer = client
                .send(ask.header("content-encoding", coding), &number)
                .await;
            assert_eq!(answer.text(), "7");
            let ask = post("/unread").header("content-encoding", coding);
            assert_eq!(client.send(ask, &number).await.text(), "unread");
        }
    }
}

#[tokio::test]
async fn a_malformed_body_is_a_400() {
    let served = serve(http::create_server(site));
    for coding in codec::ALL {
        let encoded = codec::encode(coding, &b"hello ".repeat(1000));
        let mut flipped = encoded.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0xff;
        for (what, body) in [
            ("truncated", &encoded[..encoded.len() - 1]),
            ("half", &encoded[..encoded.len() / 2]),
            ("flipped", &flipped),
            ("plain", &b"hello"[..]),
        ] {
            let mut client = served.connect(Protocol::Http1).await;
            let ask = post("/echo").header("content-encoding", coding);
            let answer = client.send(ask, body).await;
            // Only gzip always has a checksum.
            if coding == "gzip" || what != "flipped" {
                assert_eq!(answer.status, 400, "{coding} {what}");
                assert!(
                    answer.text().contains("content-encoding"),
                    "{}",
                    answer.text()
                );
            }
        }
    }
}

#[tokio::test]
async fn an_unknown_coding_is_a_415_that_names_the_known_ones() {
    let served = serve(http::create_server(site));
    let mut client = served.connect(Protocol::Http1).await;
    for coding in ["compress", "gzip, br", "gzip, gzip"] {
        let ask = post("/echo").header("content-encoding", coding);
        let answer = client.send(ask, b"hello").await;
        assert_eq!(answer.status, 415);
        assert_eq!(answer.header("accept-encoding"), Some("zstd, br, gzip"));
    }
    for coding in ["identity", ""] {
        let ask = post("/echo").header("content-encoding", coding);
        assert_eq!(client.send(ask, b"hello").await.text(), "hello");
    }
}
