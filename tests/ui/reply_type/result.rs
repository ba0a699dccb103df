use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> Result => "all");
    route!("/users" -> onward::Result => "all");
}

fn main() {}
