use onward::http;
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
}

fn main() {
    http::create_server(shop());
    http::serve("127.0.0.1:3000", shop);
    http::create_server(shop).listen(("127.0.0.1", 3000));
}
