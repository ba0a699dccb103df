use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" req.headers.is_empty() => "a");
    route!("/y" unless true => "b");
}

fn main() {}
