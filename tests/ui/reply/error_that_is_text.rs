use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{name}" => find(name));
    route!("/first/product" => Some("cup").ok_or("no such product"));
    route!("/json/product" => Err::<&str, _>(json!({ "error": "no such product" })));
}

fn find(name: &str) -> Result<String, String> {
    Err(format!("no product {name}"))
}

fn main() {}
