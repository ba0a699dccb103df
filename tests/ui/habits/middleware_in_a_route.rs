use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!(POST "/a", validator("json") => "a");
    route!("/b", authenticate, log => "b");
    route!("/c", (req, res) => res.send("c"));
}

fn main() {}
