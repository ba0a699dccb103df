use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(as home "/" => "home");
}

fn main() {
    let _ = shop;
}
