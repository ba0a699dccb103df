use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(POST "/products" (a: String, b: String) => a + &b);
}

fn main() {}
