use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST (name: String) "/products" => name);
}

fn main() {}
