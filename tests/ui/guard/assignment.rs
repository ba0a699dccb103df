use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let mut admin = true;
    route!("/x" if admin = true => "a");
}

fn main() {}
