use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/caf%C3%A9" => "a");
}

fn main() {}
