use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    for _ in 0..3 {
        route!("/x" => "a");
    }
}

fn main() {}
