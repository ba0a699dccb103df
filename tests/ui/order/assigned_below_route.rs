use onward::prelude::*;

#[server]
async fn shop(mut req: Request, res: Response) -> Result {
    route!("/" => "home");
    if let Some(method) = req.headers.get("x-http-method-override") {
        req.method = method.as_bytes().try_into()?;
    }
    req.url = Request::get("/products").url;
    req = Request::get("/products");
    route!("/products" => "products");
}

fn main() {
    let _ = shop;
}
