use onward::prelude::*;

#[server]
async fn shop(req: Request<String>, res: Response) -> Result {
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
