//! Routes for the shopkeeper only: a separate server, mounted at `/admin`.

use crate::error::ShopError;
use crate::store::Store;
use onward::http::header;
use onward::openapi::Security;
use onward::prelude::*;

#[server(security = Security::bearer())]
pub async fn admin(req: Request, mut res: Response, store: Store) -> Result<Sent, ShopError> {
    // Requests that match no route end here: neither a 404 nor the OPTIONS request of a browser requires the token.
    route!(unmatched);

    // The routes below require the token.
    authorize(&req, &mut res)?;

    /// The number of products.
    route!("/stats" => json!({ "products": store.count().await?, "asked": req.url.original().path() }));
}

fn authorize(req: &Request, res: &mut Response) -> Result<(), Failure> {
    let token = std::env::var("SHOP_TOKEN").unwrap_or_else(|_| "let-me-in".to_owned());
    let expected = format!("Bearer {token}");
    let given = req.headers.get(header::AUTHORIZATION);
    if given.is_some_and(|given| given.as_bytes() == expected.as_bytes()) {
        Ok(())
    } else {
        // A 401 states how to authenticate (RFC 9110, 15.5.2). The header is kept in the error response.
        res.set_header(header::WWW_AUTHENTICATE, "Bearer realm=\"shop\"");
        Err(Failure::new(
            StatusCode::UNAUTHORIZED,
            "a token is needed: `authorization: Bearer …`",
        ))
    }
}
