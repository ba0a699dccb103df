use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    match req.url {
        "/a" | "/b" => println!("a or b"),
        _ => {}
    }
    match (&req.method, req.url.path()) {
        ("GET", "/a") => println!("a"),
        _ => {}
    }
    if req.url.starts_with("/api") {
        println!("{}", req.url.split('/').count());
    }
    route!("/" => match req.method {
        "GET" => "get",
        _ => "other",
    });
}

fn main() {
    let _ = shop;
}
