use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => => "a");
    route!("GET" => "/y" => "b");
}

fn main() {}
