use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    use other::admin;
    route!(mount "/admin" => admin(req, res).await);
}

mod other {}

fn main() {}
