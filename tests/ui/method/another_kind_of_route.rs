use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!(WEBSOCKET "/ws" => "connected");
    route!(SSE "/events" => "connected");
    route!(STATIC "/public" => "public");
    route!(REDIRECT "/old" => "/new");
    route!(RESOURCE "/users" => "users");
    route!(FALLBACK "/" => "none");
    route!(BEFORE "/" => "none");
    route!(PAGE "/" => "home");
}

fn main() {
    let _ = shop;
}
