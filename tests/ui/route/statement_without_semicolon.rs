use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    let name = "cups"
    route!("/" => name);
}

fn main() {
    let _ = shop;
}
