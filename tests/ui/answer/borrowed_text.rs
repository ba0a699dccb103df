use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{name}" => (StatusCode::OK, name));
}

fn main() {}
