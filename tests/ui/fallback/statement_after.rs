use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => "a");
    route!(_ => "b");
    println!("never");
}

fn main() {}
