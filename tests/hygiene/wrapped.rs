//! Functions as `#[tracing::instrument]` above `#[server]` leaves them: the body is in an async block.

use onward::prelude::*;

async fn instrument<T>(future: impl Future<Output = T>) -> T {
    future.await
}

#[server]
#[expect(
    clippy::empty_loop,
    unreachable_code,
    reason = "as in the attribute's output"
)]
async fn traced(req: Request, res: Response) -> Result {
    let __tracing_instrument_future = async move {
        if false {
            let __tracing_attr_fake_return: Result = loop {};
            return __tracing_attr_fake_return;
        }
        {
            route!("/" => "home");
            route!("/products/{id: u32}" as product => format!("product {id}"));
            if req.headers.is_empty() {
                return Ok(res.send("no headers"));
            }
            route!("/headers" => req.headers.len().to_string());
        }
    };
    instrument(__tracing_instrument_future).await
}

#[tokio::test]
async fn a_body_inside_an_async_block_is_recognized() {
    let cases = [
        ("/", "home"),
        ("/products/7", "product 7"),
        ("/headers", "no headers"),
    ];
    for (url, expected) in cases {
        let sent = traced(Request::get(url), Response::new()).await;
        assert_eq!(sent.expect(url).text(), expected, "{url}");
    }
    let request = Request::get("/headers").header("x-a", "b");
    let sent = traced(request, Response::new()).await;
    assert_eq!(sent.expect("a route").text(), "1");
    let request = Request::get("/nowhere").header("x-a", "b");
    let failed = traced(request, Response::new()).await;
    assert_eq!(
        failed.expect_err("no route").status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(traced::product(7), "/products/7");
}
