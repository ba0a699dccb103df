use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/{id: u32}" => id.to_string());
    route!("/{number: u32}" => number.to_string());
}

fn main() {}
