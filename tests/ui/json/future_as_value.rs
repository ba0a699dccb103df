use onward::prelude::*;

async fn list() -> Vec<u32> {
    Vec::new()
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => json!({ "list": list() }));
}

fn main() {}
