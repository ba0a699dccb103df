use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: u23}" => id.to_string());
    route!("/flags/{flag: boolean}" => flag.to_string());
}

fn main() {}
