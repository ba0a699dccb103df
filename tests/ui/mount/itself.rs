use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(mount "/admin" => shop(req, res).await);
}

fn main() {}
