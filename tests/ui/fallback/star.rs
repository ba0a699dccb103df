use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => "a");
    route!("*" => "b");
    route!("_" => "c");
    route!("/*" => "d");
}

fn main() {}
