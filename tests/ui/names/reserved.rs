use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/a" as decide => "a");
    route!("/b" as ROUTES => "b");
}

fn main() {}
