use onward::prelude::*;

const HOME: &str = "/";

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!({HOME} => "home");
}

fn main() {}
