use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/x" => |req| "a");
    route!("/y" => |req, res| async move { res.send("b") });
    route!("/z" => async || "c");
    route!("/w" => move || "d");
}

fn main() {}
