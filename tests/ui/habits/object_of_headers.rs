use onward::prelude::*;

#[server]
async fn shop(mut req: Request, mut res: Response) -> Result {
    res.set_header({ "x-shop": "cups" });
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
