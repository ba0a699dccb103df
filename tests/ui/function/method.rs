use onward::http::{Request, Response};
use onward::{Result, route, server};

struct Shop;

impl Shop {
    #[server]
    async fn shop(&self, req: Request, res: Response) -> Result {
        route!("/" => "a");
    }

    async fn call(&self, req: Request, res: Response) -> Result {
        self.shop(req, res).await
    }
}

fn main() {}
