use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/hello/{name}" => "hello " + name);
    route!("/products/{id: u32}" => "product " + id.to_string() + "!");
}

fn main() {
    let _ = shop;
}
