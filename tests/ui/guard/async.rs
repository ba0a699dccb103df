use onward::prelude::*;

async fn allowed() -> bool {
    true
}

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" if allowed() => "a");
}

fn main() {}
