use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(GET => "a");
    route!(=> "b");
}

fn main() {}
