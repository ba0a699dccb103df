use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" => format!("product {id}"));
    route!("/users/{user}" => {
        println!("{user} {page:?}");
        format!("{user}")
    });
}

fn main() {
    let _ = shop;
}
