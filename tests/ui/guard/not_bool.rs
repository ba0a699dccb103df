use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" if 1 => "a");
    route!("/y" if req.headers.get("x") => "b");
}

fn main() {}
