use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    let agent = req.headers().get("user-agent");
    println!("{} {agent:?}", req.method());
    res.status_code(201);
    res.vary("origin");
    route!("/" if req.accepts("html") => "home");
}

fn main() {
    onward::http::create_server(shop).bind("127.0.0.1:3000");
}
