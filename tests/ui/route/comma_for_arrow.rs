use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x", "a");
    route!("/y", handler);
    route!("/z", get(handler));
}

async fn handler(_req: Request, res: Response) -> Result {
    Ok(res.send("a"))
}

fn main() {}
