use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> std::io::Result<()> {
    route!("/" => "a");
}

fn main() {}
