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
    route!("/e" => StatusCode::from_u16(99).unwrap());
    a
}

fn main() {}
