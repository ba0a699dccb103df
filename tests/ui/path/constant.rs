use onward::prelude::*;

const PRODUCTS: &str = "/products";
mod paths {
    pub const USERS: &str = "/users";
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(PRODUCTS => "a");
    route!(paths::USERS => "b");
    route!(concat!("/a", "/b") => "c");
}

fn main() {}
