use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{rest..: String}" => rest);
    route!("/a/{rest: String..}" => rest);
}

fn main() {}
