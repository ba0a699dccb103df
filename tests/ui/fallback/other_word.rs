use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => "a");
    route!(else => "b");
    route!(default => "c");
}

fn main() {}
