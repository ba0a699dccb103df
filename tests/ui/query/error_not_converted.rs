use onward::prelude::*;

#[derive(Debug)]
struct MyError;

#[server]
async fn shop(req: Request, res: Response) -> Result<Sent, MyError> {
    route!("/products?{page: u32}" -> String => page.to_string());
    route!(POST "/products" (name: String) -> String => name);
}

fn main() {}
