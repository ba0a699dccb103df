//! Custom encoders.

use std::io;

use onward::http;
use onward::http::Encoder;
use onward::prelude::*;
use tokio::sync::mpsc;

use crate::client::{Protocol, get};
use crate::server::serve;

/// An encoder that marks each call.
struct Marks;

impl Encoder for Marks {
    fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        out.push(b'[');
        out.extend_from_slice(chunk);
        out.push(b']');
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        out.push(b'.');
        Ok(())
    }
}

/// An encoder that fails or panics at the second chunk and at the end.
struct Failing {
    calls: usize,
    panics: bool,
}

impl Encoder for Failing {
    fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        self.calls += 1;
        assert!(!self.panics || self.calls < 2, "on purpose");
        out.extend_from_slice(chunk);
        Err(io::Error::other("broken")).or_else(|error| match self.calls {
            1 => Ok(()),
            _ => Err(error),
        })
    }

    fn finish(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        match self.panics {
            true => panic!("on purpose"),
            false => Err(io::Error::other("broken")),
        }
    }
}

#[server]
async fn site(req: Request, mut res: Response) -> Result {
    let name = req.url.path().rsplit('/').next().unwrap_or_default();
    match name {
        "marks" => res.before_head(|head| {
            head.encode_body(Marks);
        }),
        "two" => res.before_head(|head| {
            head.encode_body(Marks).encode_body(Marks);
        }),
        "replaced" => res.before_head(|head| {
            head.encode_body(Marks).replace_body("other");
        }),
        "fails" | "panics" => {
            let panics = name == "panics";
            res.before_head(move |head| {
                head.encode_body(Failing { calls: 0, panics });
            })
        }
        _ => &mut res,
    };
    route!("/whole/{_name}" => res.send("hello"));
    route!("/stream/{_name}" => {
        for chunk in ["a", "b"] {
            res.write(chunk).await?;
            tokio::task::yield_now().await;
        }
        res.end()
    });
}

#[tokio::test]
async fn an_encoder_gets_all_of_the_body() {
    for protocol in [Protocol::Http1, Protocol::Http2] {
        let server = http::create_server(site);
        let (sender, mut finished) = mpsc::unbounded_channel();
        server.on(event::Finish, move |it| {
            sender.send(it.response_bytes).unwrap()
        });
        let served = serve(server);
        let mut client = served.connect(protocol).await;
        for (path, body) in [
            ("/whole/marks", "[hello]."),
            ("/whole/two", "[[hello]][.]."),
            ("/whole/replaced", "other"),
            ("/stream/marks", "[a][b]."),
            ("/stream/two", "[[a]][[b]][.]."),
            ("/stream/replaced", "other"),
        ] {
            let answer = client.ask(get(path)).await;
            assert_eq!(answer.text(), body, "{path}");
            assert!(answer.is_whole);
            let bytes = finished.recv().await.unwrap();
            assert_eq!(bytes, body.len() as u64, "{path}");
        }
    }
}

#[tokio::test]
async fn an_encoder_that_fails_aborts_the_response() {
    for protocol in [Protocol::Http1, Protocol::Http2] {
        let server = http::create_server(site);
        let (sender, mut errors) = mpsc::unbounded_channel();
        server.on(event::Error, move |error| {
            sender.send(error.to_string()).unwrap()
        });
        let served = serve(server);
        for (path, error) in [
            ("/whole/fails", "could not be encoded: broken"),
            ("/whole/panics", "an encoder panicked: on purpose"),
            ("/stream/fails", "could not be encoded: broken"),
            ("/stream/panics", "an encoder panicked: on purpose"),
        ] {
            let mut client = served.connect(protocol).await;
            let answer = client.ask(get(path)).await;
            match path.starts_with("/whole") {
                true => assert_eq!((answer.status, answer.is_whole), (500, true), "{path}"),
                false => assert_eq!((answer.status, answer.is_whole), (200, false), "{path}"),
            }
            let reported = errors.recv().await.unwrap();
            assert!(reported.ends_with(error), "{reported}");
        }
    }
}

#[tokio::test]
async fn a_detached_response_is_encoded() {
    for (path, body) in [("/whole/marks", "[hello]."), ("/stream/marks", "[ab].")] {
        let sent = site(Request::get(path), Response::new()).await.unwrap();
        assert_eq!(sent.text(), body);
    }
}
