use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let routes = async move {
        route!("/" => "home");
        route!("/products/{id: u32}" => format!("product {id}"));
        Ok(res.end())
    };
    routes.await
}

fn main() {
    let _ = shop;
}
