use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(r"/users/{id:\d+}" => id);
    route!("/items/{id:[0-9]+}" => id);
    route!(r"/pages/:id(\d+)" => id);
}

fn main() {}
