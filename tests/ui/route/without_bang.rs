use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "a");
    route("/x" => "b");
}

fn main() {}
