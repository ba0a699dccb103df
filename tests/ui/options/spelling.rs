use onward::prelude::*;

#[server(trailing-slash = ignore)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
}

#[server(trailingSlash = ignore)]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "b");
}

fn main() {}
