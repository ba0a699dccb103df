use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
}

fn main() {
    http::create_server(|_req, res| res.send("hello"));
    http::create_server(|req, res| { shop(req, res); });
    http::create_server(|req, res| async move { shop(req, res) });
}
