use onward::prelude::*;

async fn find() -> u32 {
    7
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let number = find().catch(|_error| 0);
    route!("/" => find().then(|number| format!("{number}")));
    route!("/text" => format!("text").as_str());
}

fn main() {
    let _ = shop;
}
