//! Redirects on the wire.

use onward::prelude::*;
use onward::{Redirect, redirect};

use crate::client::once;

#[derive(Debug)]
struct Page(Failure);

impl From<Failure> for Page {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl Reply for Page {
    fn reply(self, res: Response) -> Sent {
        res.send((self.0.status(), format!("page: {}", self.0.message())))
    }
}

#[server]
async fn site(req: Request, res: Response) -> Result<Sent, Page> {
    route!("/products/{id: u32}" as product => format!("product {id}"));
    route!("/product" => redirect(site::product(7)));
    route!("/moved" => redirect(site::product(7)).permanent());
    route!("/pay" => Redirect::external("https://pay.example/7"));
    route!(ANY "/next" => redirect(req.url.query::<String>("to")?));
    route!(ANY "/next/or" => redirect(req.url.query::<String>("to")?).or("/"));
}

#[tokio::test]
async fn a_redirect_is_sent() {
    for (line, status, location) in [
        ("GET /product", 303, Some("/products/7")),
        ("GET /moved", 308, Some("/products/7")),
        ("GET /pay", 303, Some("https://pay.example/7")),
        ("POST /next?to=/cart%3Fa=1", 303, Some("/cart?a=1")),
        ("POST /next?to=//evil.example", 400, None),
        ("POST /next?to=/%5Cevil.example", 400, None),
        ("POST /next?to=/%09/evil.example", 400, None),
        ("POST /next?to=https://evil.example", 400, None),
        ("POST /next?to=/a%0D%0Aset-cookie:b=c", 400, None),
        ("POST /next/or?to=//evil.example", 303, Some("/")),
    ] {
        let received = once(site, &[line, "content-length: 0"]).await;
        assert_eq!(
            (received.status, received.header("location")),
            (status, location),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_rejected_url_goes_through_the_error_type_of_the_server() {
    let received = once(site, &["GET /next?to=//evil.example"]).await;
    assert_eq!(
        received.text(),
        "page: the URL of the redirect does not belong to this site"
    );
}
