use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let host = req.headers.get("host").to_str();
    let agent = req.headers.get("user-agent").to_string();
    let length = req.headers.get("x-key").len();
    route!("/" => format!("{host:?} {agent} {length}"));
}

fn main() {
    let _ = shop;
}
