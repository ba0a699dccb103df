use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => "a" if req.headers.is_empty());
}

fn main() {}
