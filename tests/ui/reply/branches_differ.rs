use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{id: u32}" => if id == 7 { "seven" } else { StatusCode::NOT_FOUND });
}

fn main() {}
