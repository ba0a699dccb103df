use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    rout!("/x" => "a");
}

fn main() {}
