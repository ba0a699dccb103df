use app::{HELLO, Item};
use onward::prelude::*;

#[server]
pub(crate) async fn products(req: Request, res: Response) -> Result {
    route!("/" => HELLO);
    route!("/json" => json!({ "message": "Hello, world!" }));
    route!("/products/{id: u32}" => json!({ "id": id, "name": format!("product {id}") }));
    route!(POST "/products" => Json(req.body.json::<Item>().await?));
}
