use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => hello());
}

async fn hello() -> String {
    String::new()
}

fn main() {}
