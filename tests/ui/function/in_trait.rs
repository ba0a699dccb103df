use onward::prelude::*;

trait Shop {
    #[server]
    async fn shop(req: Request, res: Response) -> Result;
}

fn main() {}
