use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a/{id: u32}" => json!({ id }));
    route!("/b/{id: u32}" => json!({ id: 1 }));
}

fn main() {}
