use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => "a");
    route!("/x" if req.headers.is_empty() => "b");
}

fn main() {}
