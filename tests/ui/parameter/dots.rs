use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/{rest...}" => rest);
    route!("/b/{..rest}" => rest);
    route!("/c/{rest.}" => rest);
}

fn main() {}
