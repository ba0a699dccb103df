use onward::prelude::*;

#[server]
async fn shop(mut req: Request, mut res: Response) -> Result {
    const user = "ada";
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
