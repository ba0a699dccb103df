use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => -> String { "home".to_owned() });
}

fn main() {
    let _ = shop;
}
