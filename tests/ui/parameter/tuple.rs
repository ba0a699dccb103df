use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/items/{(a, b): (u32, u32)}" => format!("{a} {b}"));
}

fn main() {}
