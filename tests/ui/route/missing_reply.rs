use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x");
    route!("/y" =>);
}

fn main() {}
