use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    log(req);
    route!("/products?{page: u32}" => page.to_string());
}

fn log(_: Request) {}

fn main() {}
