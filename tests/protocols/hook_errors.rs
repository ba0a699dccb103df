//! A hook that fails is handled by the error type of the server's handler.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::Reply;
use onward::http;
use onward::http::Sent;
use onward::prelude::*;

use crate::client::{Protocol, get};
use crate::over_both;
use crate::server::serve;

/// The errors of a site, with custom pages. Replying to a 502 panics, and a 504 is sent with a status that is not
/// final.
#[derive(Debug)]
struct SiteError(StatusCode);

impl From<Failure> for SiteError {
    fn from(failure: Failure) -> Self {
        Self(failure.status())
    }
}

impl From<Error> for SiteError {
    fn from(error: Error) -> Self {
        Self(error.status())
    }
}

impl Reply for SiteError {
    fn reply(self, mut res: Response) -> Sent {
        assert!(self.0 != StatusCode::BAD_GATEWAY, "in the error type");
        res.status_code = match self.0 {
            StatusCode::GATEWAY_TIMEOUT => StatusCode::CONTINUE,
            status => status,
        };
        res.send(Html(format!("<h1>{}</h1>", self.0.as_u16())))
    }
}

async fn site(req: Request, mut res: Response) -> Result<Sent, SiteError> {
    res.set_header("x-kept", "yes");
    res.before_head(|head| {
        let status = head.status_code.as_u16();
        head.set_header("x-seen", status);
    });
    let path = req.url.path().to_owned();
    match path.as_str() {
        "/panic" => res.before_head(|_| panic!("on purpose")),
        "/header" => res.before_head(|head| {
            head.set_header("x-bad", "a\r\nb");
        }),
        "/informational" => res.before_head(|head| head.status_code = StatusCode::PROCESSING),
        "/never" => res.before_head_async(|_| std::future::pending()),
        path => {
            let status = path[1..].parse().unwrap();
            let status = StatusCode::from_u16(status).unwrap();
            res.before_head_async(move |_| async move { Err(Error::new(status, "a hook failed")) })
        }
    };
    Ok(res.send("hello"))
}

async fn the_error_type_of_the_handler_responds(protocol: Protocol) {
    let server = http::create_server(site).before_head_timeout(Some(Duration::from_millis(20)));
    let errors = Arc::new(Mutex::new(0));
    let count = Arc::clone(&errors);
    server.on(event::Error, move |_| *count.lock().unwrap() += 1);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for (path, status, body) in [
        ("/panic", 500, "<h1>500</h1>"),
        ("/header", 500, "<h1>500</h1>"),
        ("/informational", 500, "<h1>500</h1>"),
        ("/never", 500, "<h1>500</h1>"),
        ("/503", 503, "<h1>503</h1>"),
        ("/404", 404, "<h1>404</h1>"),
    ] {
        let answer = client.ask(get(path)).await;
        assert_eq!((answer.status, answer.text()), (status, body), "{path}");
        assert_eq!(answer.header("x-kept"), Some("yes"), "{path}");
        let reported = std::mem::take(&mut *errors.lock().unwrap());
        assert_eq!(reported, usize::from(status > 499), "{path}");
    }
}

async fn an_error_type_that_fails_as_well_is_a_500(protocol: Protocol) {
    let server = http::create_server(site);
    server.on(event::Error, |_| {});
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for path in ["/502", "/504"] {
        let answer = client.ask(get(path)).await;
        assert_eq!((answer.status, answer.is_whole), (500, true), "{path}");
        let problem = answer.header("content-type");
        assert_eq!(problem, Some("application/problem+json"), "{path}");
        assert_eq!(answer.header("x-kept"), Some("yes"), "{path}");
    }
}

over_both!(
    the_error_type_of_the_handler_responds,
    an_error_type_that_fails_as_well_is_a_500,
);
