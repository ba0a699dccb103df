use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" if true if req.headers.is_empty() => "a");
}

fn main() {}
