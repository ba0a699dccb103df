use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/products" -> String => name());
}

async fn name() -> String {
    String::new()
}

fn main() {}
