use onward::prelude::*;

struct Shop;

#[server]
impl Shop {
    async fn shop(req: Request, res: Response) -> Result {
        route!("/" => "a");
    }
}

fn main() {}
