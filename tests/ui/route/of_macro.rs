use onward::prelude::*;

macro_rules! routes {
    () => {
        route!("/a" => "a");
    };
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    routes!();
}

fn main() {}
