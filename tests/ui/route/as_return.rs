use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    return route!("/x" => "a");
}

fn main() {}
