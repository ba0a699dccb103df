use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{}" => "a");
    route!("/items/{: u32}" => "b");
}

fn main() {}
