use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => hello());
}

fn hello() -> std::result::Result<String, u8> {
    Ok(String::new())
}

fn main() {}
