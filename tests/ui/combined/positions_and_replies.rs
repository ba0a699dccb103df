use onward::prelude::*;

#[server]
#[server]
async fn shop(req: Request, res: Response) -> Result {
    let a = route!("/a" => "a");
    loop {
        route!("/b" => "b");
    }
    route!("/c" "c");
    route!("/d" => res.end("x"));
    route!();
    route!("/e" => { let _ = onward::http::HeaderName::from_static("X-Own"); "e" });
    a
}

fn main() {}
