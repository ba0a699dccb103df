use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products?{dry: bool}" (dry: String) => dry);
}

fn main() {}
