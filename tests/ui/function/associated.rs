use onward::prelude::*;

struct Shop;

impl Shop {
    #[server]
    async fn shop(req: Request, res: Response) -> Result {
        route!("/" => "a");
    }
}

fn main() {}
