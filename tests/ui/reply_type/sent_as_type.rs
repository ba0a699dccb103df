use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> Sent => res.send("all"));
    route!("/users" -> Result<Sent> => Ok(res.send("all")));
}

fn main() {}
