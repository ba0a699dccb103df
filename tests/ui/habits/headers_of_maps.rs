use onward::prelude::*;

#[server]
async fn shop(mut req: Request, mut res: Response) -> Result {
    req.headers.insert("x-shop", "cups");
    res.headers().insert("x-shop", "cups");
    req.method = "POST";
    if req.method == Method::Post {
        println!("posted");
    }
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
