use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(_ (name: String) => name);
}

fn main() {}
