use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" GET => "a");
}

fn main() {}
