use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x{rest..}" => rest);
    route!("/{rest..}.html" => rest);
}

fn main() {}
