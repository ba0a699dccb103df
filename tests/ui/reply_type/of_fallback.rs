use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(_ -> String => "none".to_owned());
}

fn main() {}
