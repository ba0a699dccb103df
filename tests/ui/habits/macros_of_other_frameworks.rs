use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    let hello = warp::path!("hello" / String).map(|name| format!("hello, {name}"));
    route!("/" => "home");
}

fn main() {
    let _ = shop;
}
