use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/users/{id: 7}" => id);
    route!("/items/{id: u32,}" => id);
}

fn main() {}
