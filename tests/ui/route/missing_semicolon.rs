use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => "a")
    route!("/y" => "b");
}

fn main() {}
