use onward::prelude::*;

#[server]
async fn shop(mut req: Request, mut res: Response) -> Result {
    let date = new Date();
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
