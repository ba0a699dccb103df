use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(_ => "a");
    route!("/x" => "b");
}

fn main() {}
