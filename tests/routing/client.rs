//! A client that calls a handler directly and returns the response as one line.

use onward::prelude::*;
use std::future::Future;

/// Returns a line such as `200 hello`: the status, `allow` and `location`, then the body; for an error its message.
pub(crate) async fn ask<F>(handler: impl FnOnce(Request, Response) -> F, req: Request) -> String
where
    F: Future<Output = Result>,
{
    let line = match handler(req, Response::new()).await {
        Ok(sent) => {
            let headers = ["allow", "location"].map(|name| text(&sent, name));
            let words = [sent.status_code().as_str().to_owned()].into_iter();
            let words = words.chain(headers).chain([sent.text()]);
            words.filter(|it| !it.is_empty()).collect::<Vec<_>>()
        }
        Err(error) => vec![
            error.status().as_str().to_owned(),
            error.message().to_owned(),
        ],
    };
    line.join(" ").trim_end().to_owned()
}

/// Returns the value of a header of a response, or an empty string if the header is missing.
pub(crate) fn text(sent: &Sent, header: &str) -> String {
    let value = sent.header(header);
    value.map_or_else(String::new, |value| {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    })
}

pub(crate) async fn get<F>(handler: impl FnOnce(Request, Response) -> F, url: &str) -> String
where
    F: Future<Output = Result>,
{
    ask(handler, Request::get(url)).await
}

pub(crate) async fn post<F>(handler: impl FnOnce(Request, Response) -> F, url: &str) -> String
where
    F: Future<Output = Result>,
{
    ask(handler, Request::post(url)).await
}

pub(crate) async fn with<F>(
    method: &str,
    handler: impl FnOnce(Request, Response) -> F,
    url: &str,
) -> String
where
    F: Future<Output = Result>,
{
    let method = method.parse().expect("a method");
    ask(handler, Request::with_method(method, url)).await
}
