use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let name = req.body.text().await?;
    route!(POST "/products" (new: String) => name + &new);
}

fn main() {}
